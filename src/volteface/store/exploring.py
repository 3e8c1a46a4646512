"""The questions of the page Explore: events narrowed, grouped and counted, on the flat table of acts.

An event is counted once in each group it belongs to: between two countries and a third, once for each pair of them.
A group is also a condition (`In`), so what is listed behind a number is what was counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import msgspec

from volteface.store.acts import LONGEST, ActFilter, ActRow, conditions
from volteface.store.among import among, names
from volteface.store.listing import EVENTS, LATEST, ORDER, PICKED
from volteface.store.reading_room import ADDRESS
from volteface.store.reports import first_reports
from volteface.store.store import Store
from volteface.store.table import EventRow, Table
from volteface.store.timeline import ONE, TOLD_OF, TimelineRow

# Groups of one question; of a page, a file or a picture fewer are shown.
MOST_GROUPS = 20_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """What acts can be grouped by. `value`: an expression on acts `a`, or on `d`, a relation (act, value) of its own:
    `others`, in which an act may stand several times. `match`: that an act has `{value}`, where `value` is several."""

    words: str
    value: str
    others: str = ""
    time: bool = False
    match: str = ""

    def holds(self, name: str) -> str:
        """That it is `$name`, or that there is none if that is null."""
        if self.others:
            inside = f"SELECT act FROM ({self.others}) d"
            return (
                f"CASE WHEN ${name} IS NULL THEN a.act NOT IN ({inside}) "
                f"ELSE a.act IN ({inside} WHERE d.value = ${name}) END"
            )
        if self.match:
            return self.match.format(value=f"${name}")
        return f"({self.value}) IS NOT DISTINCT FROM ${name}"


def _period(unit: str) -> Dimension:
    known = f"a.day_end - a.day <= {LONGEST}"
    return Dimension(
        unit, f"CASE WHEN {known} THEN date_trunc('{unit}', a.day)::DATE::VARCHAR END", time=True
    )


PUBLISHERS = """SELECT l.linked AS act, r.publisher AS value FROM linked l
  JOIN records r ON r.document = l.document AND r.coder = l.coder WHERE r.publisher IS NOT NULL"""
VOICES = "SELECT linked AS act, unnest(asserted_by) AS value FROM linked_events"
PLACES = "SELECT linked AS act, place_country AS value FROM linked_events WHERE place_country IS NOT NULL"
EITHER = """unnest(CASE WHEN a.actor IS NULL OR a.recipient IS NULL THEN [coalesce(a.actor, a.recipient)]
  ELSE [a.actor, a.recipient] END)"""
IS_EITHER = """CASE WHEN {value} IS NULL THEN a.actor IS NULL AND a.recipient IS NULL
  ELSE coalesce(a.actor = {value}, false) OR coalesce(a.recipient = {value}, false) END"""

DIMENSIONS: dict[str, Dimension] = {
    "actor": Dimension("who acts", "a.actor"),
    "recipient": Dimension("on whom", "a.recipient"),
    "country": Dimension("country, on either side", EITHER, match=IS_EITHER),
    "actor-name": Dimension("who acts, by name", "a.actor_name"),
    "recipient-name": Dimension("on whom, by name", "a.recipient_name"),
    "type": Dimension("type", "a.type::VARCHAR"),
    "quad": Dimension("cooperation and conflict", "a.quad::VARCHAR"),
    "status": Dimension("status", "a.status::VARCHAR"),
    "publisher": Dimension("publisher", "d.value", PUBLISHERS),
    "voice": Dimension("who says so", "d.value", VOICES),
    "place": Dimension("country of the place", "d.value", PLACES),
    "origin": Dimension("origin", "a.origin"),
    "day": _period("day"),
    "week": _period("week"),
    "month": _period("month"),
}

PUBLISHED_BY = """a.act IN (SELECT l.linked FROM linked l
  JOIN records r ON r.document = l.document AND r.coder = l.coder
  WHERE contains(lower(coalesce(r.publisher, '')), $source)
    OR (starts_with(r.source, 'http') AND contains(lower(r.source), $source)))"""

GROUPS = """
WITH chosen AS (SELECT DISTINCT a.act, {one} AS one, {other} AS other, a.quad, a.score
  FROM acts a{joins} WHERE {where}),
counted AS (SELECT one, other, count(*) AS events,
    count(*) FILTER (quad IN ('verbal cooperation', 'material cooperation')) AS cooperation,
    count(*) FILTER (quad IN ('verbal conflict', 'material conflict')) AS conflict,
    round(avg(score), 3) AS score_mean
  FROM chosen GROUP BY ALL)
SELECT {columns}, events, cooperation, conflict, score_mean FROM counted
ORDER BY {order} LIMIT {limit}"""
# Rows of one act follow each other, so the first rows are those of the first acts.
LIST = """
SELECT a.act, a.day FROM acts a WHERE {where} ORDER BY a.day DESC NULLS LAST, a.act LIMIT $rows"""
SHOWN = f"""
SELECT {TOLD_OF}, o.act, o.origin
FROM ({ONE.format(acts="(FROM acts WHERE {span} AND act IN ({acts}))")}) o"""
REPORTED = """(e.document, e.event) IN (
  SELECT l.document, l.event FROM linked l SEMI JOIN (SELECT a.act FROM acts a WHERE {where}) c ON c.act = l.linked)"""


@dataclass(frozen=True, slots=True)
class In:
    """That an event is in this group of a dimension; `value` None: in no other."""

    dimension: str
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which events. `source`: part of a publisher's name, or of the address of a report."""

    filters: ActFilter = field(default_factory=lambda: ActFilter(statuses=()))
    source: str | None = None
    groups: tuple[In, ...] = ()

    def within(self, *groups: In) -> Question:
        """Of these only those in such groups."""
        return replace(self, groups=(*self.groups, *groups))


class Group(msgspec.Struct, frozen=True):
    """A group, or a cell of two, with its events; `other` is None where there is one dimension only."""

    one: str | None
    other: str | None
    events: int
    cooperation: int
    conflict: int
    score_mean: float | None


class Shown(TimelineRow, frozen=True):
    """An event of the list; `event`: the id that its first report has in its document."""

    event: str | None


def total(store: Store, question: Question) -> tuple[int, date | None, date | None]:
    """How many events, the first day and the last."""
    where, parameters = _where(question)
    sql = f"SELECT count(DISTINCT a.act), min(a.day), max(a.day) FROM acts a WHERE {where}"
    ((events, first, last),) = store._rows(sql, parameters)
    return int(events), first, last


def groups(store: Store, question: Question, by: str, across: str | None = None) -> list[Group]:
    """The groups of a dimension, or of two, those with most events first; of time, the earliest."""
    sql, parameters = _groups(question, by, across)
    rows = store._rows(sql, parameters)
    return [Group(*row) if across else Group(row[0], None, *row[1:]) for row in rows]


def group_table(store: Store, question: Question, by: str, across: str | None, *, limit: int) -> Table[Any]:
    """The same to take away, a row a group, its columns called as the dimensions."""
    sql, parameters = _groups(question, by, across, limit=limit)
    return Table(store._connection, sql, parameters, dict)


def listed(store: Store, question: Question, *, limit: int, offset: int = 0) -> list[Shown]:
    """The events themselves, the newest first."""
    where, parameters = _where(question)
    # Most events have one row, some a row for each of several parties.
    rows, found_all = max((offset + limit) * 3 // 2, 4 * limit), False
    while not found_all:
        told = store._rows(LIST.format(where=where), {**parameters, "rows": rows})
        days = dict(told)
        found_all = len(told) < rows or len(days) > offset + limit
        rows *= 2
    acts = list(days)[offset : offset + limit]
    return _shown(store, {act: days[act] for act in acts}) if acts else []


def _shown(store: Store, days: Mapping[str, date | None]) -> list[Shown]:
    """What there is to show of these acts, in this order; their days narrow what is read."""
    known = [day for day in days.values() if day]
    span = f"day BETWEEN DATE '{min(known)}' AND DATE '{max(known)}'" if known else "false"
    beside = "" if len(known) == len(days) else " OR day IS NULL"
    rows = store._rows(SHOWN.format(span=f"({span}{beside})", acts=names(days)), {})
    first = first_reports(store, days)
    found = {}
    for *told, act, origin in rows:
        report = first.get(act)
        said: list[Any] = [None] * 5
        if report is not None:
            said = [report.sentence, report.publisher, report.published, report.document, report.source]
        found[act] = Shown(*(*told, *said, act, origin, report.event if report else None))
    return [found[act] for act in days]


def act_table(store: Store, question: Question, *, limit: int) -> Table[ActRow]:
    """The events to take away: a row for each pair of their sides, as `Store.acts` has them."""
    where, parameters = _where(question)
    columns = ", ".join(f"a.{name}" for name in ActRow.__struct_fields__)
    order = "a.day NULLS LAST, a.act, a.actor, a.recipient, a.actor_name, a.recipient_name"
    sql = f"SELECT {columns} FROM acts a WHERE {where} ORDER BY {order} LIMIT {int(limit)}"
    return Table(store._connection, sql, parameters, ActRow)


def report_table(store: Store, question: Question, *, limit: int) -> Table[EventRow]:
    """The reports of the events to take away, as `Store.events` has them, without paths of the machine."""
    where, parameters = _where(question)
    picked = PICKED.format(
        chosen=LATEST, where=REPORTED.format(where=where), order=ORDER, limit=f"\nLIMIT {int(limit)}"
    )
    rows = store._rows(picked, parameters)
    keys = {name: [row[n] for row in rows] for n, name in enumerate(("document", "coder", "event"))}
    parts, among_them = among(store, set(keys["document"]))
    listed = "SELECT " + ", ".join(f"unnest(${name}::VARCHAR[]) AS {name}" for name in keys)
    sql = (
        f"SELECT * REPLACE ({ADDRESS} AS source) FROM ({EVENTS.format(listed=listed, order=ORDER, **parts)})"
    )
    return Table(store._connection, sql, {**keys, **among_them}, EventRow)


def _groups(
    question: Question, by: str, across: str | None, *, limit: int = MOST_GROUPS
) -> tuple[str, dict[str, object]]:
    where, parameters = _where(question)
    values, joins = [], ""
    for name, number in ((by, 1), (across, 2)):
        dimension = DIMENSIONS[name] if name else None
        values.append(
            dimension.value.replace("d.value", f"d{number}.value") if dimension else "NULL::VARCHAR"
        )
        if dimension and dimension.others:
            joins += f" LEFT JOIN ({dimension.others}) d{number} ON d{number}.act = a.act"
    order = "sum(events) OVER (PARTITION BY one) DESC, one NULLS LAST, events DESC, other NULLS LAST"
    columns = f'one AS "{by}"' + (f', other AS "{across}"' if across else "")
    sql = GROUPS.format(
        one=values[0],
        other=values[1],
        joins=joins,
        where=where,
        columns=columns,
        order="one NULLS LAST, other NULLS LAST" if DIMENSIONS[by].time else order,
        limit=int(limit),
    )
    return sql, parameters


def _where(question: Question) -> tuple[str, dict[str, object]]:
    where, parameters = conditions(question.filters)
    if question.filters.statuses:
        where.append("a.status IN (SELECT unnest($statuses))")
        parameters["statuses"] = list(question.filters.statuses)
    if question.source:
        where.append(PUBLISHED_BY)
        parameters["source"] = question.source.lower()
    for number, group in enumerate(question.groups):
        where.append(DIMENSIONS[group.dimension].holds(f"group{number}"))
        parameters[f"group{number}"] = group.value
    return " AND ".join(where), parameters
