"""What the API can be asked for: its parameters, and how they are read from an address."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request
from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from volteface.codebook import plover
from volteface.records import Status
from volteface.show.web.api.problems import Asked
from volteface.show.web.words import code_of, unslug
from volteface.store import ActFilter, Filters
from volteface.store.paging import Cut, Order, Place, Sequel

Format = Literal["json", "jsonl", "csv", "parquet"]
Origin = Literal["reports", "icews", "gdelt", "polecat"]
# Rows of one answer.
ROWS, MOST = 100, 5_000
LONGEST = 200
LONGEST_CURSOR = 1_000


def _words(description: str, example: str | None = None) -> QueryParameter:
    examples = [Example(value=example)] if example else None
    return QueryParameter(description=description, examples=examples, min_length=1, max_length=LONGEST)


def _said(description: str, **more: Any) -> QueryParameter:
    return QueryParameter(description=description, **more)


Actor = Annotated[
    str | None,
    _words("Who acts or speaks: a code of a country, other body or sector (`NOR`, `IGO`, `MIL`), a country's name, or "
           "words of a name.", "NOR"),
]  # fmt: skip
Recipient = Annotated[str | None, _words("Who is acted on: as `actor`.", "DNK")]
Name = Annotated[str | None, _words("A code, or words of a name.", "Ministry")]
Source = Annotated[str | None, _words("Part of the address of the page, or of its publisher.")]
Wanted = Annotated[
    str, _words("Words, all of which are looked for: each as the beginning of a word.", "fishing")
]
Since = Annotated[date | None, _said("First day, included.", examples=[Example(value="2024-01-01")])]
Until = Annotated[date | None, _said("Last day, included.", examples=[Example(value="2024-12-31")])]
Types = Annotated[
    list[str] | None,
    _said("PLOVER types; may be repeated.", schema_extra={"items": {"type": "string", "enum": list(plover().types)}}),
]  # fmt: skip
Statuses = Annotated[list[Status] | None, _said("Statuses; may be repeated.")]
Counted = Annotated[list[Status] | None, _said("Statuses that count; may be repeated. Without: `actual`.")]
Origins = Annotated[list[Origin] | None, _said("Where acts come from; may be repeated.")]
Sources = Annotated[int, _said("Only what at least so many independent sources tell.", ge=1, le=1_000)]
Contested = Annotated[
    bool | None, _said("Only what somebody asserts and somebody else denies; `false`: only the rest.")
]
Undirected = Annotated[bool, _said("Whoever of the two acts.")]
OfDocument = Annotated[
    str | None,
    _said("Of this document alone: its id, or 12 or more of its first characters.", pattern="^[0-9a-f]{12,64}$"),
]  # fmt: skip
Limit = Annotated[int, _said("Rows of the answer at most.", ge=1, le=MOST)]
Cursor = Annotated[
    str | None,
    _said("Where to go on: `next` of an answer before, as it is.", min_length=1, max_length=LONGEST_CURSOR),
]
Sorted = Annotated[Order, _said("By day; what has none comes last.")]
Formed = Annotated[
    Format | None,
    QueryParameter(name="format", description="What to answer with, whatever `Accept` says. Where there are more "
                   "rows, the header `Link` leads to them."),
]  # fmt: skip
DocumentId = Annotated[
    str,
    PathParameter(description="Its id, or 12 or more of its first characters.", pattern="^[0-9a-f]{12,64}$"),
]
LinkedId = Annotated[str, PathParameter(description="Its id.", pattern="^[0-9a-f]{12}$")]
Party = Annotated[
    str,
    PathParameter(description="A country (`NOR`), a sector of one (`NOR:MIL`), another code (`IGO`), an actor's key or "
                  "words of a name; `/` is written `~1`, `~` is written `~0`.", min_length=1, max_length=LONGEST),
]  # fmt: skip
Key = Annotated[
    str,
    PathParameter(description="Key of an actor, as `/actors` has it; `/` is written `~1`, `~` is written `~0`.",
                  min_length=1, max_length=LONGEST),
]  # fmt: skip

# What a place in a list can be made of.
KINDS: dict[str, Any] = {
    "DATE": date,
    "VARCHAR": Annotated[str, msgspec.Meta(max_length=LONGEST_CURSOR)],
    "INTEGER": Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)],
    "BIGINT": Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)],
}


def known_only(request: Request[Any, Any, Any]) -> None:
    """Refuse a parameter that is not known, or comes twice, or is left out and may not be: who mistypes a filter would
    get everything. Raises `Asked`."""
    known: dict[str, bool] = {}
    pairs = list(request.query_params.multi_items())
    given = [name for name, _ in pairs]
    for name, field in request.route_handler.parsed_fn_signature.parameters.items():
        if isinstance(field.kwarg_definition, QueryParameter):
            known[field.kwarg_definition.name or name] = field.is_non_string_sequence
            if field.is_required and name not in given:
                raise Asked(name, "This has to be given.")
            # Litestar takes this word for what is left out.
            called = field.kwarg_definition.name or name
            nulls = [each for each, value in pairs if each == called and value.lower() == "null"]
            if nulls and str not in (field.annotation, *field.args):
                raise Asked(called, "This cannot be null.")
    for name in given:
        if name not in known:
            raise Asked(
                name[:LONGEST], f"There is no such parameter here; there is {', '.join(known) or 'none'}."
            )
        if given.count(name) > 1 and not known[name]:
            raise Asked(name, "This can be given once.")


def filters_of(
    *,
    actor: str | None = None,
    recipient: str | None = None,
    type: list[str] | None = None,  # noqa: A002 - as the parameter is called
    status: list[Status] | None = None,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
    name: str | None = None,
) -> Filters:
    """What a list is narrowed to. Raises `Asked`."""
    return Filters(
        actor=code_of(actor) if actor else None,
        recipient=code_of(recipient) if recipient else None,
        types=types_of(type),
        statuses=tuple(status or ()),
        since=since,
        until=until,
        source=source,
        name=code_of(name) if name else None,
    )


def acts_of(
    actor: str | None,
    recipient: str | None,
    *,
    since: date | None,
    until: date | None,
    type: list[str] | None = None,  # noqa: A002
    status: list[Status] | None = None,
    origin: list[Origin] | None = None,
    sources: int = 1,
    undirected: bool = False,
) -> ActFilter:
    """Which acts count. Raises `Asked`."""
    return ActFilter(
        actor=party_of(actor),
        recipient=party_of(recipient),
        directed=not undirected,
        since=since,
        until=until,
        statuses=tuple(status or ActFilter().statuses),
        origins=tuple(origin or ()),
        types=types_of(type),
        sources=sources,
    )


def party_of(part: str | None) -> str | None:
    """Who is meant by a part of an address."""
    return unslug(part) if part is not None else None


def types_of(given: list[str] | None) -> tuple[str, ...]:
    """PLOVER types. Raises `Asked`."""
    for each in given or ():
        if each not in plover().types:
            raise Asked("type", f"There is {', '.join(plover().types)}.")
    return tuple(given or ())


def cut_of(sequel: Sequel, limit: int, cursor: str | None, order: Order = "oldest") -> Cut:
    """Which rows of a list are asked for. Raises `Asked` for a cursor that is none of this list."""
    return Cut(limit, place_of(sequel, cursor, order) if cursor else None, order)


def cursor_of(sequel: Sequel, order: Order, place: Place) -> str:
    """A place as it stands in an address."""
    packed = msgspec.json.encode([f"{sequel.name} {order}", *place])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def place_of(sequel: Sequel, cursor: str, order: Order) -> Place:
    """The place that a cursor means. Raises `Asked`."""
    kinds = tuple(KINDS[type_] for _, type_ in sequel.keys.values())
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        name, *place = msgspec.json.decode(packed, type=tuple[(str, *kinds)])  # type: ignore[valid-type]
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise Asked("cursor", "This is not what an answer said under “next”.") from error
    if name != f"{sequel.name} {order}":
        raise Asked("cursor", "This is of another list, or of another order.")
    return tuple(place)
