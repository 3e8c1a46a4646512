"""`/sql`: the database asked in its own language, within limits; `/sql/result.FORM`: the answer to take away."""

from __future__ import annotations

from typing import Any, cast

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, FromQuery

from volteface.errors import QueryRefused, TooManyQueries
from volteface.show.web.guard import asked_here
from volteface.show.web.pages.common import render
from volteface.show.web.pages.explore import FORMS, MOST
from volteface.show.web.room import Room
from volteface.store.asking.child import Form
from volteface.store.asking.desk import Answer, Desk
from volteface.store.asking.views import Relation, relations

# Rows on a page, and bytes of what is in them.
ROWS, BYTES = 500, 1_000_000
# Seconds that the database stays open round a query, beyond those that it may take.
AROUND = 30.0
# Characters of a query in a form: as an address it has to fit.
LONGEST = 5_000
EXAMPLE = """SELECT type, quad, count(*) AS events, avg(score) AS score
FROM linked_events
WHERE status = 'actual'
GROUP BY ALL
ORDER BY events DESC"""


@get("/sql", sync_to_thread=True)
def ask(
    request: Request[Any, Any, Any],
    room: NamedDependency[Room],
    desk: NamedDependency[Desk],
    q: FromQuery[str] = "",
) -> Response[str]:
    """A query and its answer. What another site made the browser ask is shown, and asked when somebody wants it."""
    answer: Answer | None = None
    error, status = "", 200
    here = asked_here(request.scope)
    if len(q) > LONGEST:
        raise ClientException(f"A query here has no more than {LONGEST:,} characters.")
    if q.strip() and here:
        try:
            with room.open(
                seconds=desk.bounds.seconds + AROUND
            ):  # a decision waits until the query has ended
                answer = desk.ask(q, rows=ROWS, most=BYTES)
        except QueryRefused as refused:
            error, status = str(refused), 400
        except TooManyQueries as busy:
            error, status = f"{str(busy)[:1].upper()}{str(busy)[1:]}.", 503
    return render(
        "sql.html",
        status=status,
        headers={"Retry-After": "5"} if status == 503 else {},
        wanted=q,
        example=EXAMPLE,
        held=not here,
        answer=answer,
        error=error,
        tables=described(room),
        forms=tuple(FORMS),
        bounds=desk.bounds,
        rows=ROWS,
        most=MOST,
        longest=LONGEST,
    )


@get("/sql/{name:str}", sync_to_thread=True)
def export(
    request: Request[Any, Any, Any],
    room: NamedDependency[Room],
    desk: NamedDependency[Desk],
    name: FromPath[str],
    q: FromQuery[str] = "",
) -> Response[bytes]:
    """The answer as a file: `result.csv`, `result.jsonl` or `result.parquet`."""
    stem, _, form = name.partition(".")
    if stem != "result" or form not in FORMS:
        raise NotFoundException
    if not asked_here(request.scope):
        raise ClientException("Another site asks for this file: open the page /sql and take it from there.")
    if len(q) > LONGEST:
        raise ClientException(f"A query here has no more than {LONGEST:,} characters.")
    try:
        with room.open(seconds=desk.bounds.seconds + AROUND):
            answer = desk.ask(q, form=cast("Form", form), rows=MOST)
    except QueryRefused as refused:
        raise ClientException(str(refused)) from refused
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return Response(answer.content, media_type=FORMS[form], headers=headers)


def described(room: Room) -> list[Relation]:
    """The tables and views that can be asked for."""
    with room.open() as store:
        return room.keep(("relations",), lambda: relations(store._rows))
