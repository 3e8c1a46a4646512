"""The questions of the front page: how many events happened where and when, each narrowed by the other.

What is counted is the same everywhere: linked events reported as fact, with a day known to a month at least. So the
countries of a map, with those of no known place, add up to the bars of a timeline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import msgspec

from volteface.store.acts import LONGEST
from volteface.store.reading_room import Happened, happened_where
from volteface.store.store import Store

Side = Literal["place", "actor", "recipient"]
SIDES: tuple[Side, ...] = ("place", "actor", "recipient")
# Instead of a country: what has none.
NOWHERE = "none"

COUNTED = f"""e.status = 'actual' AND e.dated_by IS NOT NULL AND e.date_end - e.date_start <= {LONGEST}"""
BY_PLACE = "SELECT e.place_country, count(*) FROM linked_events e WHERE {where} GROUP BY ALL"
# Who has no country counts once, with those that have nobody on this side. Acts of reports are linked
# events with their sides: one table is read instead of two.
BY_PARTY = """
WITH party AS (SELECT DISTINCT e.linked, e.country FROM (
    SELECT act AS linked, day AS date_start, day_end AS date_end, dated_by, status, {side} AS country FROM acts
    WHERE origin = 'reports') e WHERE {where})
SELECT country, count(*) FROM party WHERE country IS NOT NULL GROUP BY ALL
UNION ALL
SELECT NULL, (SELECT count(*) FROM linked_events e WHERE {where})
  - (SELECT count(DISTINCT linked) FROM party WHERE country IS NOT NULL)"""
BY_DAY = """
SELECT e.date_start, count(*) FILTER (e.quad LIKE '%cooperation'), count(*) FILTER (e.quad LIKE '%conflict')
FROM linked_events e WHERE {where} GROUP BY ALL ORDER BY ALL"""
# Where only the country is known (GeoNames class PCL…), it is the country that is drawn.
POINTS = """
SELECT e.geonames, any_value(e.place), any_value(e.place_country), any_value(e.latitude), any_value(e.longitude),
  count(*) AS events, coalesce(any_value(e.feature), '') LIKE 'PCL%'
FROM linked_events e WHERE {where} AND e.latitude IS NOT NULL
GROUP BY e.geonames, CASE WHEN e.geonames IS NULL THEN (e.latitude, e.longitude) END
ORDER BY events DESC, e.geonames, 2 LIMIT {limit}"""

# Of each place what articles call it, too.
PLACES = f"""
WITH told AS (
  SELECT geonames, list_sort(list(DISTINCT text)) AS names FROM places SEMI JOIN latest USING (document, coder)
  WHERE geonames IS NOT NULL GROUP BY geonames),
happened AS (
  SELECT e.geonames, min(e.place) AS name, min(e.place_country) AS country, min(e.place_admin1) AS admin1,
    count(*) AS events, min(e.date_start) AS first, max(e.date_end) AS last
  FROM linked_events e WHERE {COUNTED} AND e.geonames IS NOT NULL GROUP BY e.geonames)
SELECT h.*, coalesce(t.names, []) FROM happened h LEFT JOIN told t USING (geonames) ORDER BY events DESC, geonames"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which events: from when to when, both days included; of a country, `none` for those without, by the place or a
    side; at a place, by its GeoNames id."""

    since: date | None = None
    until: date | None = None
    country: str | None = None
    side: Side = "place"
    place: int | None = None

    def anywhere(self) -> Chosen:
        """The same days."""
        return replace(self, country=None, place=None)

    def anytime(self) -> Chosen:
        """The same country and place."""
        return replace(self, since=None, until=None)


@dataclass(frozen=True, slots=True)
class Point:
    """A place with so many events; `whole`: it is a country. Few have no id."""

    geonames: int | None
    name: str
    country: str | None
    latitude: float
    longitude: float
    events: int
    whole: bool


class PlaceRow(msgspec.Struct, frozen=True):
    """A place by its GeoNames id, with its country and first-level division: how many events happened there, from which
    day to which, and what else articles call it."""

    geonames: int
    name: str
    country: str | None
    admin1: str | None
    events: int
    first: date
    last: date
    told: list[str]

    def called(self, pattern: re.Pattern[str]) -> bool:
        """Whether one of its names has this."""
        return any(pattern.search(name) for name in (self.name, *self.told))


def places(store: Store) -> list[PlaceRow]:
    """Where events happened, the places with most first."""
    found = []
    for *row, told in store._rows(PLACES, {}):
        others = {name.casefold(): name for name in reversed(told)}
        others.pop(row[1].casefold(), None)
        found.append(PlaceRow(*(*row, sorted(others.values()))))
    return found


def place_name(store: Store, geonames: int) -> str:
    """What a place is called."""
    rows = store._rows("SELECT min(place) FROM linked_events WHERE geonames = $place", {"place": geonames})
    return rows[0][0] or "one place"


def by_country(store: Store, chosen: Chosen) -> dict[str | None, int]:
    """Events of each country, the most first; None: of no known one. By a side an event counts once for each country
    on it."""
    where, parameters = _where(chosen)
    sql = (BY_PLACE if chosen.side == "place" else BY_PARTY).format(where=where, side=chosen.side)
    found = [(code, n) for code, n in store._rows(sql, parameters) if n]
    return dict(sorted(found, key=lambda row: (row[0] is None, -row[1], row[0] or "")))


def by_day(store: Store, chosen: Chosen) -> list[tuple[date, int, int]]:
    """Each day with events: how many of cooperation, how many of conflict."""
    where, parameters = _where(chosen)
    return [(day, coop, conf) for day, coop, conf in store._rows(BY_DAY.format(where=where), parameters)]


def points(store: Store, chosen: Chosen, *, limit: int) -> list[Point]:
    """The places with most events."""
    where, parameters = _where(chosen)
    return [Point(*row) for row in store._rows(POINTS.format(where=where, limit=int(limit)), parameters)]


def total(store: Store, chosen: Chosen) -> int:
    """How many events."""
    where, parameters = _where(chosen)
    ((found,),) = store._rows(f"SELECT count(*) FROM linked_events e WHERE {where}", parameters)
    return int(found)


def listed(store: Store, chosen: Chosen, *, limit: int, offset: int = 0) -> list[Happened]:
    """The events themselves, the newest first."""
    where, parameters = _where(chosen)
    return happened_where(store, where, parameters, limit=limit, offset=offset)


def _where(chosen: Chosen) -> tuple[str, dict[str, object]]:
    where, parameters = [COUNTED], dict[str, object]()
    if chosen.since:
        where.append("e.date_start >= $since")
        parameters["since"] = chosen.since
    if chosen.until:
        where.append("e.date_start <= $until")
        parameters["until"] = chosen.until
    if chosen.place is not None:
        where.append("e.geonames = $place")
        parameters["place"] = chosen.place
    if chosen.country == NOWHERE:
        where.append(
            "e.place_country IS NULL"
            if chosen.side == "place"
            else f"e.linked NOT IN (SELECT act FROM acts WHERE {chosen.side} IS NOT NULL)"
        )
    elif chosen.country:
        where.append(
            "e.place_country = $country"
            if chosen.side == "place"
            else f"e.linked IN (SELECT act FROM acts WHERE {chosen.side} = $country)"
        )
        parameters["country"] = chosen.country
    return " AND ".join(where), parameters
