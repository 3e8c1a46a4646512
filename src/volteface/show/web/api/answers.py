"""How the API answers: JSON, JSON Lines, CSV or Parquet, by `format` or by what the request accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, get_args
from urllib.parse import quote, urlencode

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from volteface.show.web.api.asking import Format, cursor_of
from volteface.show.web.room import Room
from volteface.store import Store, Table, written
from volteface.store.paging import Leaf, Order, Sequel

# Seconds that the questions of one answer may take.
SECONDS = 10.0
MEDIA: dict[Format, str] = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Accept"}


@contextmanager
def reading(room: Room) -> Iterator[Store]:
    """The database, to be asked for a bounded time. Raises `DatabaseBusy`, `TooSlow`."""
    with room.open(seconds=SECONDS) as limited:
        yield limited


def listed(
    request: Request[Any, Any, Any], sequel: Sequel, found: Leaf, order: Order, form: Format | None
) -> Response[bytes]:
    """Rows of a list, with where to go on."""
    return tabled(request, found.table, cursor_of(sequel, order, found.last) if found.last else None, form)


def tabled(
    request: Request[Any, Any, Any], table: Table[Any], cursor: str | None, form: Format | None
) -> Response[bytes]:
    """A table as a list, with where to go on."""
    chosen = form or accepted(request)
    if chosen == "json":
        return encoded({"items": list(table.dicts()), "next": cursor}, link(request, cursor))
    return in_rows(table, chosen, link(request, cursor))


def answered(request: Request[Any, Any, Any], value: object) -> Response[bytes]:
    """One thing, which is JSON alone. Raises `HTTPException` 406."""
    accepted(request, ("json",))
    return encoded(value)


def encoded(value: object, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """Something as JSON."""
    return Response(
        msgspec.json.encode(value), media_type=MEDIA["json"], headers={**HEADERS, **(headers or {})}
    )


def in_rows(table: Table[Any], form: Format, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """A table in another form."""
    return Response(written(table, form), media_type=MEDIA[form], headers={**HEADERS, **(headers or {})})


def link(request: Request[Any, Any, Any], cursor: str | None) -> dict[str, str]:
    """The header that leads to the rows after these (RFC 8288), if there are more."""
    if cursor is None:
        return {}
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    path = quote(request.url.path, safe="/~")
    return {"Link": f'<{path}?{urlencode([*rest, ("cursor", cursor)])}>; rel="next"'}


def accepted(request: Request[Any, Any, Any], forms: Sequence[Format] = get_args(Format)) -> Format:
    """Of these the form that a request accepts most of all, of equal ones the first. Raises `HTTPException` 406."""
    best: tuple[float, Format] | None = None
    for part in request.headers.get("accept", "*/*").split(","):
        kind, *more = (piece.strip() for piece in part.lower().split(";"))
        share = next((_share(piece[2:]) for piece in more if piece.startswith("q=")), 1.0)
        for form in forms:
            media = MEDIA[form]
            if kind in ("*/*", media, media.partition("/")[0] + "/*", "") and share > 0:
                if best is None or share > best[0]:
                    best = (share, form)
                break
    if best is None:
        raise HTTPException(status_code=406)
    return best[1]


def _share(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
