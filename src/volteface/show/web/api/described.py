"""The OpenAPI document: made from the handlers, with what all of them may answer beside what each says itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    License,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    Reference,
    Schema,
    SecurityScheme,
)
from msgspec import Meta

from volteface.show.web.api import problems
from volteface.show.web.api.answers import MEDIA
from volteface.version import VERSION

PREFIX = "/api/v1"
ABOUT = """What was read from news pages: who did or said what to whom, when, where, and according to whom.

Lists are `{"items": […], "next": "…"}`; `next`, given as `cursor`, leads to the rows after them, in an order that holds
while the database grows. Every list can be had as JSON, JSON Lines, CSV or Parquet, by `format` or `Accept`; the
header `Link` leads on in all of them. What goes wrong is a problem (RFC 9457). Days are ISO 8601, countries ISO 3166-1
alpha-3, types and statuses those of PLOVER; characters of a text are counted from 0.
"""
NEXT = "What to give as `cursor` for the rows after these; null if they are the last."
# Of every answer; those of one document, event or actor also 404, which is told of each.
REFUSALS = (400, 401, 405, 406, 414, 421, 429, 503, 504)


@dataclass
class Described(Operation):
    """An operation with all that can go wrong."""

    def __post_init__(self) -> None:
        responses = dict(self.responses or {})
        missing = (404,) if any(getattr(p, "param_in", "") == "path" for p in self.parameters or ()) else ()
        for status in sorted((*REFUSALS, *missing)):
            responses[str(status)] = Reference(ref=f"#/components/responses/{status}")
        for response in responses.values():
            if isinstance(response, OpenAPIResponse):
                response.headers = {}
        self.responses = responses
        for parameter in self.parameters or ():
            if isinstance(parameter, Parameter) and isinstance(parameter.schema, Schema):
                _given(parameter.schema)


@dataclass
class DescribedList(Described):
    """An operation that answers with rows, in any form."""

    def __post_init__(self) -> None:
        super().__post_init__()
        response = (self.responses or {})["200"]
        assert isinstance(response, OpenAPIResponse)
        assert response.content is not None
        text = Schema(type=OpenAPIType.STRING, description="The rows, with the names of their columns.")
        lines = Schema(description="The rows, an object in each line.")
        binary = Schema(type=OpenAPIType.STRING, content_media_type=MEDIA["parquet"], description="The rows.")
        schemas = {"jsonl": lines, "csv": text, "parquet": binary}
        for form, media in MEDIA.items():
            if form in schemas:
                response.content[media] = OpenAPIMediaType(schema=schemas[form])
        link = Schema(type=OpenAPIType.STRING)
        response.headers = {
            "Link": OpenAPIHeader(schema=link, description='`<…>; rel="next"` where there are more rows.')
        }


def _given(schema: Schema) -> None:
    """What a parameter that may be left out is where it is given: never null, which no address can say."""
    kept = [one for one in schema.one_of or () if isinstance(one, Schema) and one.type != OpenAPIType.NULL]
    if len(kept) == 1:
        schema.one_of = None
        schema.type, schema.format, schema.items = kept[0].type, kept[0].format, schema.items or kept[0].items
    if isinstance(schema.type, list):
        (schema.type,) = (one for one in schema.type if one != OpenAPIType.NULL)
        schema.enum = [value for value in schema.enum or () if value is not None] or None


def rows(row: Any) -> dict[str, Any]:
    """How a handler says that it answers with rows like this."""
    page = msgspec.defstruct(
        f"{row.__name__}Page",
        [("items", list[row]), ("next", Annotated[str | None, Meta(description=NEXT)])],
        namespace={"__doc__": "Some rows of a list."},
        frozen=True,
    )
    spec = ResponseSpec(page, description="Rows of the list.", generate_examples=False)
    return {"responses": {200: spec}, "operation_class": DescribedList}


def whole(shape: Any, *, in_rows: bool = False) -> dict[str, Any]:
    """How it says that it answers with one thing; `in_rows`: as JSON alone, otherwise with its rows."""
    spec = ResponseSpec(shape, description="What was asked for.", generate_examples=False)
    return {"responses": {200: spec}, "operation_class": DescribedList if in_rows else Described}


def config() -> OpenAPIConfig:
    """What the document says of the whole."""
    return OpenAPIConfig(
        title="volteface",
        version=VERSION,
        description=ABOUT,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        path=PREFIX,
        render_plugins=[JsonRenderPlugin(media_type="application/json")],  # type: ignore[arg-type]
        use_handler_docstrings=True,
        components=Components(
            responses={str(status): _refusal(status) for status in (404, *REFUSALS)},
            security_schemes={
                "token": SecurityScheme(
                    type="http", scheme="bearer", description="Needed if the server was started with a token."
                )
            },
        ),
        security=[{}, {"token": []}],
    )


def _refusal(status: int) -> OpenAPIResponse:
    text = Schema(type=OpenAPIType.STRING)
    wrong = Schema(
        type=OpenAPIType.OBJECT,
        properties={"parameter": text, "reason": text},
        required=["parameter", "reason"],
    )
    schema = Schema(
        type=OpenAPIType.OBJECT,
        properties={
            "title": text,
            "status": Schema(type=OpenAPIType.INTEGER, const=status),
            "detail": text,
            "errors": Schema(
                type=OpenAPIType.ARRAY, items=wrong, description="What is wrong with which parameter."
            ),
        },
        required=["title", "status", "detail"],
    )
    headers: dict[str, OpenAPIHeader | Reference] = {}
    if status in (429, 503):
        seconds = Schema(type=OpenAPIType.INTEGER)
        headers["Retry-After"] = OpenAPIHeader(schema=seconds, description="Seconds to wait.")
    return OpenAPIResponse(
        description=problems.WORDS[status],
        headers=headers or None,
        content={problems.MEDIA: OpenAPIMediaType(schema=schema)},
    )
