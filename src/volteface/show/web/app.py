"""The application: pages by their addresses, what is said when something is wrong, and the guard before it all."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath
from litestar.types import ASGIApp

from volteface.errors import DatabaseBusy, DecisionRefused, NotStored, OldSchema, TooManyQueries, TooSlow
from volteface.show.web import api
from volteface.show.web.api import page as api_page
from volteface.show.web.api.problems import Asked, problem, wrongs
from volteface.show.web.guard import Guard
from volteface.show.web.inturn import InTurn
from volteface.show.web.kept import Kept
from volteface.show.web.limits import RATE, Limits
from volteface.show.web.pages import (
    actor,
    coalitions,
    course,
    deciding,
    digest,
    documents,
    event,
    explore,
    front,
    search,
    sql,
)
from volteface.show.web.pages.common import render
from volteface.show.web.room import Room
from volteface.store import Store
from volteface.store.asking.desk import Bounds, Desk

LOG = logging.getLogger(__name__)
STATIC = {
    "room.css": "text/css",
    "pictures.css": "text/css",
    "icon.svg": "image/svg+xml",
    "live.js": "text/javascript",
    "tip.js": "text/javascript",
    "slide.js": "text/javascript",
}

# What is told of an error, by status; never what the program says of it, which may name a file.
WORDS = {
    400: ("This cannot be asked", "A value in the address is not one that this page understands."),
    405: ("Not like this", "This address is for something else."),
    409: ("This cannot be decided", "It makes no sense with what was decided before."),
    404: ("Not here", "There is no such page, or what it showed is not in the database any more."),
    500: (
        "Something went wrong",
        "The page could not be made. Whoever runs the reading room finds why in its log.",
    ),
    503: (
        "The database is being written",
        "Somebody writes into it, or waits to. Try again in a few seconds.",
    ),
    504: (
        "This took too long",
        "What the page asks of the database was stopped. Ask for less, such as fewer days.",
    ),
}


@get("/static/{name:str}", sync_to_thread=False)
def static(name: FromPath[str]) -> Response[bytes]:
    """A file of the pages' own."""
    if name not in STATIC:
        raise NotFoundException
    content = resources.files("volteface.show.web").joinpath("static", name).read_bytes()
    return Response(content, media_type=STATIC[name], headers={"Cache-Control": "public, max-age=3600"})


OLD = (
    "The database was made by an older version of this program. Whoever runs the server brings it up to date: "
    "`volteface links --db FILE`, or `volteface serve` started anew."
)


HANDLERS = (
    front.front,
    search.search,
    documents.listing,
    documents.reader,
    event.event,
    actor.listing,
    actor.profile,
    course.choose,
    course.course_page,
    coalitions.coalitions_page,
    digest.latest,
    digest.week_page,
    digest.feed,
    explore.explore,
    explore.export,
    deciding.listing,
    deciding.undo,
    deciding.decide_event,
    deciding.decide_actor,
    sql.ask,
    sql.export,
    static,
    api_page.overview,
)


def make_app(
    path: Path,
    *,
    token: str | None = None,
    writing: str | None = None,
    bounds: Bounds | None = None,
    rate: int | None = RATE,
) -> ASGIApp:
    """The reading room over a database, as an ASGI application. `token`: what everybody has to show; without one
    only requests by a name of this machine for itself are answered, and decisions are taken from those alone who show
    `writing`. `bounds`: of queries in SQL. `rate`: requests a second that one address may go on sending, None for
    any."""
    room = Room(path)
    desk = Desk(path, bounds or Bounds())
    app = Litestar(
        route_handlers=[*HANDLERS, api.router()],
        dependencies={
            "room": Provide(lambda: room, sync_to_thread=False, use_cache=True),
            "desk": Provide(lambda: desk, sync_to_thread=False, use_cache=True),
        },
        exception_handlers={Exception: refuse},
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=4),
        on_startup=[partial(room.prepare, prepared(room))],
        on_shutdown=[room.close],
        openapi_config=api.config(),
        include_in_schema=False,
        logging_config=None,
        debug=False,
    )
    guarded = Guard(Kept(InTurn(app), path), token=token, writing=writing)
    return api.Problems(Limits(guarded, rate=rate) if rate else guarded)


def prepared(room: Room) -> list[Callable[[Store], object]]:
    """What pages show that many ask for first and that takes long to work out."""
    weeks = [partial(digest.prepare, room, back=back) for back in range(digest.PREPARED)]
    works = (front.prepare, actor.prepare, search.prepare, coalitions.prepare, course.prepare)
    pages = [partial(work, room) for work in works]
    return [*pages, *weeks]


def refuse(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A plain page that says what is wrong, or for programs a problem."""
    status = status_of(error)
    if api.is_api(request.url.path):
        if status == 500:
            LOG.error("%s", request.url.path, exc_info=error)
        wait = {"Retry-After": "5"} if status == 503 else {}
        return problem(status, wrongs(error), wait, words=OLD if isinstance(error, OldSchema) else None)
    title, words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    if isinstance(error, OldSchema):
        title, words = "The database is of an older version", OLD
    if isinstance(error, DecisionRefused):
        words = f"{str(error)[:1].upper()}{str(error)[1:]}."
    if status == 400 and isinstance(error, HTTPException) and error.extra is None and error.detail:
        words = error.detail
    if status == 500:
        LOG.error("%s", request.url.path, exc_info=error)
    headers = {"Retry-After": "5"} if status == 503 else {}
    return render("error.html", status=status, heading=title, words=words, headers=headers)


def status_of(error: Exception) -> int:
    """The status that an error is answered with."""
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, NotStored):
        return 404
    if isinstance(error, DecisionRefused):
        return 409
    if isinstance(error, Asked):
        return 400
    if isinstance(error, TooSlow):
        return 504
    return 503 if isinstance(error, DatabaseBusy | TooManyQueries | OldSchema) else 500
