"""Where an actor stands in current documents: how often and when, what it is called, and what evidence tells of it.

Of most actors there are few sightings. These are read and added up here, since for so few rows DuckDB would spend most
of its time on planning (docs/decisions/0105-kept-for-actors.md); of many it adds up itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from volteface.store.among import COPIED, within

Rows = Callable[[str, dict[str, object]], list[tuple[Any, ...]]]
FactField = Literal["country", "sector", "role"]
FIELDS: tuple[FactField, ...] = ("country", "sector", "role")

# What most documents of somebody's last year say is current: offices change, and a lone slip does not.
CURRENT_DAYS = 365
# Somebody with no more sightings than these has few.
FEW = 500
# Of the documents in which somebody speaks, or what is said mentions it, so many of the newest are told.
NEWEST = 26

# Keys are written as parameters: only so are they looked up in an index, or narrow what is read.
SIGHTED = """
SELECT document, coder, actor, name, published, speaks, named FROM sightings WHERE key IN ({keys}) LIMIT $most"""
PIECES = """
SELECT rowid, document, coder, actor, kind, number, country, sector, role, starts, ends FROM evidence
WHERE key IN ({keys})"""

# Of somebody with many sightings everything in one question: they are read once. The newest documents in which it
# speaks, and in which what is said mentions it, are what `quoted` begins with. `told`: each value that evidence tells,
# with the row of the latest that does; copies of one document count once.
SEEN = f"""
WITH seen AS MATERIALIZED (
  SELECT document, coder, actor, name, published, speaks, named FROM sightings WHERE key IN ({{keys}})),
called AS (SELECT name, count(DISTINCT hash(document)) AS documents FROM seen GROUP BY name),
speaking AS (
  SELECT document, any_value(coder) AS coder FROM seen WHERE speaks > 0
  GROUP BY document, published ORDER BY published DESC NULLS LAST, document LIMIT $newest),
spoken_of AS (
  SELECT document, any_value(coder) AS coder FROM seen WHERE named > 0
  GROUP BY document, published ORDER BY published DESC NULLS LAST, document LIMIT $newest),
pieces AS MATERIALIZED (
  SELECT rowid AS place, document, coder, actor, kind, number, country, sector, role, starts, ends FROM evidence
  WHERE key IN ({{keys}})),
said AS MATERIALIZED (
  SELECT e.place, e.document, e.country, e.sector, e.role, e.kind <> 'holder' AS told, s.published,
    row_number() OVER (ORDER BY s.published NULLS LAST, e.document, e.starts, e.ends, e.kind, e.number) AS late
  FROM pieces e JOIN seen s USING (document, coder, actor)),
one AS (
  SELECT s.*, hash(coalesce(c.original, s.document)) AS original FROM said s
  LEFT JOIN copies c ON c.document = s.document),
each AS (SELECT unnest($fields) AS field, unnest([country, sector, role]) AS value, * FROM one),
told AS (
  SELECT field, value, count(DISTINCT original) FILTER (told) AS documents, min(published) FILTER (told) AS first,
    max(published) FILTER (told) AS last, arg_max(place, late) FILTER (told) AS place, bool_or(NOT told) AS register,
    count(DISTINCT original) FILTER (published > recent) AS now
  FROM each, (SELECT max(published) - {CURRENT_DAYS} AS recent FROM said) WHERE value IS NOT NULL
  GROUP BY field, value)
SELECT (SELECT list((name, documents) ORDER BY documents DESC, name) FROM called),
  count(DISTINCT hash(document)), min(published), max(published),
  (SELECT list((document, coder)) FROM speaking), (SELECT list((document, coder)) FROM spoken_of),
  (SELECT list((field, value, documents, first, last, place, register, now)) FROM told)
FROM seen"""


class Seen(msgspec.Struct, frozen=True):
    """Where the actor with these keys stands. `names`: what it is called, and in how many documents; `speaks`,
    `named`: the newest documents (id, coder) in which it speaks, or what is said mentions it; `told`: the rows of
    `told` in `SEEN`."""

    keys: tuple[str, ...]
    names: tuple[tuple[str, int], ...]
    documents: int
    first: date | None
    last: date | None
    speaks: tuple[tuple[str, str], ...]
    named: tuple[tuple[str, str], ...]
    told: tuple[tuple[Any, ...], ...]


class Piece(msgspec.Struct, frozen=True):
    """A piece of evidence. `place`: its row; `original`: its document, or the one that this reprints."""

    place: int
    values: Mapping[FactField, str | None]
    original: str
    published: date | None
    register: bool


def seen(rows: Rows, keys: Sequence[str]) -> Seen:
    """Where the actor with these keys stands."""
    sighted = rows(*of_keys(SIGHTED, keys, most=FEW + 1))
    return few(rows, keys, sighted) if len(sighted) <= FEW else many(rows, keys)


def many(rows: Rows, keys: Sequence[str]) -> Seen:
    """The same of however many sightings."""
    ((names, documents, first, last, *lists),) = rows(
        *of_keys(SEEN, keys, newest=NEWEST, fields=list(FIELDS))
    )
    told = (tuple(each or ()) for each in lists)
    return Seen(tuple(keys), tuple(names or ()), documents, first, last, *told)


def few(rows: Rows, keys: Sequence[str], sighted: Sequence[tuple[Any, ...]]) -> Seen:
    """The same of all sightings, rows of `SIGHTED`."""
    called: dict[str, set[str]] = {}
    for document, _, _, name, *_ in sighted:
        called.setdefault(name, set()).add(document)
    days = [row[4] for row in sighted if row[4] is not None]
    return Seen(
        tuple(keys),
        tuple(sorted(((n, len(found)) for n, found in called.items()), key=lambda one: (-one[1], one[0]))),
        len({row[0] for row in sighted}),
        min(days, default=None),
        max(days, default=None),
        _newest(row for row in sighted if row[5] > 0),
        _newest(row for row in sighted if row[6] > 0),
        tuple(_told(list(_pieces(rows, keys, sighted)))),
    )


def _newest(sighted: Iterable[tuple[Any, ...]]) -> tuple[tuple[str, str], ...]:
    """The documents (id, coder) of these sightings, the newest first."""
    found = {document: (published, coder) for document, coder, _, _, published, *_ in sighted}
    order = sorted(found, key=lambda one: (*_before(found[one][0], latest=True), one))
    return tuple((document, found[document][1]) for document in order[:NEWEST])


def _before(day: date | None, *, latest: bool = False) -> tuple[bool, int]:
    """What days are in order of, none of all last."""
    number = day.toordinal() if day else 0
    return day is None, -number if latest else number


def _pieces(rows: Rows, keys: Sequence[str], sighted: Sequence[tuple[Any, ...]]) -> Iterable[Piece]:
    """The evidence in these sightings, the latest last."""
    published = {row[:3]: row[4] for row in sighted}
    found = [row for row in rows(*of_keys(PIECES, keys)) if row[1:4] in published]
    only, given = within({row[1] for row in found}, "document")
    copied: dict[str, str] = dict(rows(COPIED.format(only=only), given)) if found else {}
    day = {row[0]: published[row[1:4]] for row in found}
    found.sort(key=lambda row: (*_before(day[row[0]]), row[1], *row[9:], row[4], row[5]))
    for place, document, _, _, kind, _, *values, _, _ in found:
        told = dict(zip(FIELDS, values, strict=True))
        yield Piece(place, told, copied.get(document) or document, day[place], kind == "holder")


def _told(pieces: Sequence[Piece]) -> Iterable[tuple[Any, ...]]:
    """Rows of `told` in `SEEN`."""
    days = [piece.published for piece in pieces if piece.published is not None]
    recent = max(days) - timedelta(CURRENT_DAYS) if days else date.max
    for field in FIELDS:
        by_value: dict[str, list[Piece]] = {}
        for piece in pieces:
            value = piece.values[field]
            if value is not None:
                by_value.setdefault(value, []).append(piece)
        for value, found in by_value.items():
            told = [piece for piece in found if not piece.register]
            on = [piece.published for piece in told if piece.published is not None]
            yield (
                field,
                value,
                len({piece.original for piece in told}),
                min(on, default=None),
                max(on, default=None),
                told[-1].place if told else None,
                len(told) < len(found),
                len({piece.original for piece in found if piece.published and piece.published > recent}),
            )


def of_keys(sql: str, keys: Sequence[str], **parameters: object) -> tuple[str, dict[str, object]]:
    """A question on an actor with these keys, which are put in as `keys`, and its parameters."""
    given: dict[str, object] = {f"key{number}": key for number, key in enumerate(keys)}
    return sql.format(keys=", ".join(f"${name}" for name in given)), given | parameters
