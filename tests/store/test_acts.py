"""Acts: what reports fill them with, and the sums over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import record
from volteface.store import ActFilter, Reading, Store, current
from volteface.store.write import insert


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "news.duckdb")


Party = tuple[str, str | None, str | None]
TROOPS, TOWN, SAID, NOBODY = (
    ("Ruritanian troops", "RUR", "MIL"),
    ("Grenzau", "SYL", "CVL"),
    ("Sylvania", "SYL", "GOV"),
    ("two", None, None),
)
LINKED = {
    "linked": "e1",
    "type": "ASSAULT",
    "contexts": [],
    "cameo": "190",
    "quad": "material conflict",
    "score": -9.0,
    "status": "actual",
    "contested": False,
    "date_start": date(2031, 3, 3),
    "date_end": date(2031, 3, 3),
    "dated_by": "event",
    "documents": 2,
    "sources": 1,
    "confidence": 0.5,
    "asserted_by": [],
    "denied_by": [],
}


def fill(store: Store, table: str, *rows: dict[str, Any]) -> None:
    columns = store._tables[table]
    insert(store._connection, table, columns, [tuple(row.get(name) for name, _ in columns) for row in rows])


def link(
    store: Store, actors: Sequence[Party] = (), recipients: Sequence[Party] = (), **changes: Any
) -> None:
    """A linked event, and the acts that come of it."""
    event = {**LINKED, **changes}
    fill(store, "linked_events", event)
    for side, parties in (("actor", actors), ("recipient", recipients)):
        for number, (name, country, sector) in enumerate(parties, 1):
            told = {"linked": event["linked"], "side": side, "number": number, "key": name}
            fill(store, "linked_participants", {**told, "name": name, "country": country, "sector": sector})
    store.refill_acts()


def pairs(store: Store) -> list[tuple[str | None, str | None]]:
    return [(row.actor, row.recipient) for row in store.acts()]


PAIRS: list[tuple[str, tuple[Party, ...], tuple[Party, ...], list[tuple[str | None, str | None]]]] = [
    ("ASSAULT", (TROOPS,), (TOWN,), [("RUR", "SYL")]),
    ("ASSAULT", (TROOPS,), (TOWN, SAID), [("RUR", "SYL"), ("RUR", "SYL")]),
    ("ASSAULT", (TROOPS,), (), [("RUR", None)]),
    ("ASSAULT", (), (TOWN,), [(None, "SYL")]),
    ("ASSAULT", (TROOPS, TOWN), (), [("RUR", None), ("SYL", None)]),
    ("CONSULT", (TROOPS, TOWN), (), [("RUR", "SYL"), ("SYL", "RUR")]),
    ("CONSULT", (TROOPS,), (), [("RUR", None)]),
    ("CONSULT", (TROOPS,), (TOWN,), [("RUR", "SYL")]),
    ("ACCUSE", (NOBODY,), (NOBODY,), [(None, None)]),
    ("ACCUSE", (), (), [(None, None)]),
]


@pytest.mark.parametrize(("type_", "actors", "recipients", "found"), PAIRS)
def test_each_meets_each(
    store: Store,
    type_: str,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    found: list[tuple[str | None, str | None]],
) -> None:
    link(store, actors, recipients, type=type_)
    assert pairs(store) == found
    assert len({row.act for row in store.acts()}) == 1


def test_an_event_between_several_counts_once(store: Store) -> None:
    link(store, (TROOPS, TOWN, SAID), type="CONSULT")
    assert len(pairs(store)) == 6
    for actor, directed in (("RUR", True), ("RUR", False), ("RUR:MIL", False), ("SYL", True)):
        wanted = ActFilter(actor=actor, recipient="SYL" if actor != "SYL" else "RUR", directed=directed)
        assert [row["events"] for row in store.series(wanted)] == [1], wanted
    assert [(r["a"], r["b"], r["events"]) for r in store.dyads()] == [
        ("RUR", "SYL", 1),
        ("SYL", "RUR", 1),
        ("SYL", "SYL", 1),
    ]
    undirected = [(r["a"], r["b"], r["events"]) for r in store.dyads(ActFilter(directed=False))]
    assert undirected == [("RUR", "SYL", 1), ("SYL", "SYL", 1)]


DATES = [
    (date(2031, 3, 1), date(2031, 3, 2), "event", 1),
    (date(2031, 3, 4), date(2031, 3, 4), "published", 1),
    (date(2031, 3, 1), date(2031, 3, 31), "event", 1),
    (date(2029, 1, 1), date(2029, 12, 31), "event", 0),
    (None, None, None, 0),
]


@pytest.mark.parametrize(("start", "end", "dated_by", "counted"), DATES)
def test_what_is_dated_to_no_month_is_in_no_series(
    store: Store, start: date | None, end: date | None, dated_by: str | None, counted: int
) -> None:
    link(store, (TROOPS,), (TOWN,), date_start=start, date_end=end, dated_by=dated_by)
    (row,) = store.acts()
    assert (row.day, row.day_end, row.dated_by) == (start, end, dated_by)
    assert sum(r["events"] for r in store.series(ActFilter(actor="RUR"))) == counted
    assert sum(r["events"] for r in store.dyads()) == counted


def test_acts_are_made_anew_when_links_or_decisions_change(store: Store) -> None:
    link(store, (TROOPS,), (TOWN,))
    assert not store.acts_are_stale()
    before = store.digest()
    store.refill_acts()
    assert store.digest() == before
    link(store, (TOWN,), linked="e2", type="PROTEST", date_start=date(2031, 4, 1), date_end=date(2031, 4, 1))
    assert pairs(store) == [("RUR", "SYL"), ("SYL", None)]
    made = datetime(2031, 4, 2)
    decision = (1, "actor", "Ruritanian troops", None, "country", "SYL", None, made, None, None, None)
    insert(store._connection, "decisions", store._tables["decisions"], [decision])
    current.redecide(store._connection)
    assert store.acts_are_stale()
    store.refill_acts()
    assert pairs(store) == [("SYL", "SYL"), ("SYL", None)]


def test_reports_leave_imports_alone(store: Store) -> None:
    put(store, {})
    link(store, (TROOPS,), (TOWN,))
    assert sorted(row.origin for row in store.acts()) == ["icews", "reports"]


ACT: dict[str, Any] = {
    "act": "x",
    "origin": "icews",
    "actor": "RUS",
    "actor_sector": "GOV",
    "actor_name": "Government (Russia)",
    "actor_key": "key:one",
    "recipient": "FRA",
    "type": "AID",
    "quad": "material cooperation",
    "score": 10.0,
    "status": "actual",
    "leads": True,
    "leads_pair": True,
    "contested": False,
    "documents": 1,
    "sources": 1,
    "import": "f",
}
MONDAY = date(2031, 3, 3)


def put(store: Store, *changes: dict[str, Any]) -> None:
    for n, change in enumerate(changes):
        row = {**ACT, "act": f"x{n}", "day": MONDAY, **change}
        fill(store, "acts", {"day_end": row["day"], **row})
        fill(store, "import_days", {"import": "f", "origin": row["origin"], "day": row["day"], "acts": 1})


def test_sums(store: Store) -> None:
    put(
        store,
        {"score": 0.1},
        {"score": 0.2, "type": "ACCUSE", "quad": "verbal conflict", "contested": True},
        {"score": 0.3, "type": None, "quad": None},
        {"score": None},
        {"status": "alleged", "contested": True},
    )
    (row,) = store.series(ActFilter(actor="RUS", recipient="FRA"))
    assert row["score_sum"] == 0.6
    assert row["score_mean"] == pytest.approx(0.2)
    assert row["score_variance"] == pytest.approx(0.01)
    told = {name: value for name, value in row.items() if value and not name.startswith("score")}
    counts = {"events": 4, "aid": 2, "accuse": 1, "untyped": 1, "contested": 1, "actual": 4, "alleged": 1}
    quads = {"material_cooperation": 2, "verbal_conflict": 1, "verbal": 1, "material": 2}
    assert told == {"period": MONDAY, "kept_out": 1, "kept_out_share": 0.2, "imported": 5} | counts | quads


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("day", [MONDAY + timedelta(n) for n in range(9)]),
        ("week", [MONDAY, MONDAY + timedelta(7)]),
        ("month", [date(2031, 3, 1)]),
    ],
)
def test_empty_periods_are_rows(store: Store, by: Any, periods: list[date]) -> None:
    put(store, {}, {"day": MONDAY + timedelta(8)}, {"actor": "USA", "day": MONDAY + timedelta(2)})
    store.add([Reading("a", "a", "f", "{}", record())], coder="c")
    rows = list(store.series(ActFilter(actor="RUS"), by=by))
    assert [row["period"] for row in rows] == periods
    assert sum(row["events"] for row in rows) == 2
    assert (sum(row["imported"] for row in rows), sum(row["documents"] for row in rows)) == (3, 1)


def test_bounds_make_rows_where_there_is_nothing(store: Store) -> None:
    put(store, {})
    wanted = ActFilter(actor="DEU", since=MONDAY, until=MONDAY + timedelta(2))
    assert [(row["events"], row["imported"]) for row in store.series(wanted)] == [(0, 1), (0, 0), (0, 0)]
    assert list(store.series(ActFilter(actor="DEU"))) == []


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({}, 7),
    ({"actor": "RUS"}, 6),
    ({"actor": "Russia"}, 6),
    ({"actor": "RUS:MIL"}, 1),
    ({"actor": "MIL"}, 1),
    ({"actor": "IGO"}, 0),
    ({"actor": "key:one"}, 7),
    ({"actor": "government"}, 7),
    ({"actor": "govern(ment|"}, 0),
    ({"actor": "RUS", "recipient": "FRA"}, 6),
    ({"actor": "FRA", "recipient": "RUS"}, 1),
    ({"actor": "FRA", "recipient": "RUS", "directed": False}, 7),
    ({"actor": "FRA", "directed": False}, 7),
    ({"types": ("accuse",)}, 1),
    ({"origins": ("gdelt",)}, 1),
    ({"sources": 2}, 1),
    ({"statuses": ("alleged",)}, 1),
    ({"statuses": ()}, 8),
    ({"since": MONDAY + timedelta(1)}, 1),
    ({"until": MONDAY - timedelta(1)}, 0),
]


@pytest.mark.parametrize(("filters", "count"), FILTERS)
def test_filters(store: Store, filters: dict[str, Any], count: int) -> None:
    put(
        store,
        {"day_end": MONDAY + timedelta(1)},
        {"actor_sector": "MIL"},
        {"type": "ACCUSE"},
        {"origin": "gdelt"},
        {"sources": 2},
        {"actor": "FRA", "recipient": "RUS"},
        {"status": "alleged"},
        {},
    )
    wanted = ActFilter(**filters)
    assert store.acts(wanted).count() == count
    if not wanted.since:
        assert sum(row["events"] for row in store.series(wanted)) == count


def test_another_period_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="by 'year'"):
        store.series(by="year")  # type: ignore[arg-type]
