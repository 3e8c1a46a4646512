"""`/api`: what can be asked, on a page."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from volteface.show.web.api.described import PREFIX
from volteface.show.web.pages.common import render

# An address to try, for what is asked by name.
TRY = {
    "search": "?q=fishing",
    "dyad": "/NOR/DNK?by=month",
    "course": "/NOR/DNK",
    "coalitions": "?window=91",
    "events": "?type=ASSAULT&limit=10",
    "linked-events": "?contested=true",
    "actor": "/NOR",
    "attributions": "?order=newest&limit=10",
}


@get("/api", sync_to_thread=False)
def overview(request: Request[Any, Any, Any]) -> Response[str]:
    """Every address of the API with what it takes, made from its OpenAPI document."""
    schema = request.app.openapi_schema.to_schema()
    operations = []
    for path, item in schema["paths"].items():
        told = item["get"]
        example = path.partition("/{")[0] + TRY.get(told["operationId"], "")
        operations.append(
            {
                **told,
                "path": path,
                "example": None if "{" in path and told["operationId"] not in TRY else example,
            }
        )
    return render("api.html", operations=operations, about=schema["info"]["description"], prefix=PREFIX)
