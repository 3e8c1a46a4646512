"""Decisions: kept, checked, seen at once, undone; what was coded stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.fakes import TEXT, record
from volteface.errors import StoreError
from volteface.records import Corrections, Record
from volteface.store import Filters, Reading, Store

KEYS = ("RUR", "SYL", "SYL/Ada Moor")
SECOND = TEXT + "\nMore."


def keyed(text: str = TEXT, source: str = "a", keys: tuple[str | None, ...] = KEYS) -> Record:
    """`fakes.record` with these keys of its actors."""
    one = record(text, source=source)
    actors = tuple(msgspec.structs.replace(a, key=key) for a, key in zip(one.actors, keys, strict=True))
    return msgspec.structs.replace(one, actors=actors)


def add(store: Store, one: Record, coder: str = "c") -> None:
    store.add([Reading(one.document.source, one.document.source, "f", "{}", one)], coder=coder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.duckdb") as opened:
        add(opened, keyed())
        add(opened, keyed(SECOND, "b"))
        yield opened


MOOR = "SYL/Ada Moor"
ONE = record().document.id
TWO = record(SECOND).document.id
SHELLED = f"{ONE}:{TEXT.index('shelled')}-{TEXT.index('shelled') + 7}"

# What is decided; what is said of it
WRONG = [
    (("actor", "Moor", None, "country", "FRA"), "no actor with the key 'Moor'; there are 'SYL/Ada Moor'"),
    (("actor", "XYZ", None, "country", "FRA"), "`volteface actors NAME` shows keys"),
    (("actor", "RUR", None, "country", "France"), "'France' is no ISO alpha-3"),
    (("actor", "RUR", None, "sector", "ARMY"), "'ARMY' is no PLOVER sector"),
    (("actor", "RUR", None, "wikidata", "42"), "no Wikidata id"),
    (("actor", "RUR", None, "role", " "), "role needs a value"),
    (("actor", "RUR", None, "colour", "red"), "no field 'colour'"),
    (("actor", "RUR", "SYL", "country", "FRA"), "actor needs one"),
    (("same-actor", "RUR"), "same-actor needs two"),
    (("same-actor", "RUR", "RUR"), "RUR is the same as itself"),
    (("same-actor", "RUR", "SYL", "country", "FRA"), "no field and no value"),
    (("like", "RUR", "SYL"), "no kind of decision 'like'"),
    (("wrong-event", "E1"), "is no event"),
    (("wrong-event", "ff:1-2"), "'ff' is the start of no document"),
    (("wrong-event", f"{ONE[:9]}:1-2"), f"there are {ONE[:8]}:"),
    (("wrong-event", f"{ONE[:9]}:E9"), "no event at"),
]


@pytest.mark.parametrize(("decision", "message"), WRONG)
def test_what_makes_no_sense_is_refused(store: Store, decision: tuple[str, ...], message: str) -> None:
    before = store.digest()
    with pytest.raises(StoreError, match=message.replace("(", r"\(")):
        store.decide(*decision)  # type: ignore[arg-type]
    assert store.digest() == before


def test_an_event_is_known_by_its_trigger(store: Store) -> None:
    for reference in (f"{ONE[:8]}:E1", f"{ONE[:8]}:{SHELLED.partition(':')[2]}"):
        store.undo(store.decide("wrong-event", reference))
    assert {d.subject for d in store.decisions(undone=True)} == {SHELLED}
    store.decide("different-events", SHELLED, f"{TWO[:8]}:E1")
    assert [d.kind for d in store.decisions("different-events", "same-event")] == ["different-events"]


# What holds; what cannot hold beside it
AGAINST = [
    ([("same-actor", "RUR", "SYL")], ("different-actors", "SYL", "RUR")),
    ([("different-actors", "RUR", "SYL")], ("same-actor", "RUR", "SYL")),
    ([("same-actor", "RUR", "SYL")], ("same-actor", "SYL", "RUR")),
    ([("same-actor", "RUR", "SYL"), ("same-actor", "SYL", MOOR)], ("different-actors", "RUR", MOOR)),
    ([("same-actor", "RUR", "SYL"), ("different-actors", "RUR", MOOR)], ("same-actor", "SYL", MOOR)),
]


@pytest.mark.parametrize(("held", "new"), AGAINST)
def test_what_contradicts_a_decision_is_refused(
    store: Store, held: list[tuple[str, str, str]], new: tuple[str, str, str]
) -> None:
    for kind, one, other in held:
        store.decide(kind, one, other)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=r"decision \d+ says (otherwise|so already)"):
        store.decide(*new)  # type: ignore[arg-type]


def test_the_later_value_counts_until_it_is_undone(store: Store) -> None:
    first, second = (store.decide("actor", "SYL/Ada Moor", field="country", value=v) for v in ("FRA", "DEU"))
    with pytest.raises(StoreError, match=f"decision {second} says so already"):
        store.decide("actor", "SYL/Ada Moor", field="country", value="DEU")
    assert [row.country for row in store.actors(Filters(name="Moor"))] == ["DEU"]
    store.undo(second)
    assert [row.country for row in store.actors(Filters(name="Moor"))] == ["FRA"]
    store.undo(first)
    assert [row.country for row in store.actors(Filters(name="Moor"))] == ["SYL"]
    for number, message in ((first, "undone already"), (99, "no decision 99")):
        with pytest.raises(StoreError, match=message):
            store.undo(number)


def test_several_fields_are_decided_together_or_not_at_all(store: Store) -> None:
    with pytest.raises(StoreError, match="no PLOVER sector"):
        store.correct("RUR", {"country": "FRA", "sector": "NONE"})
    assert store.decisions() == []
    assert store.correct("RUR", {"country": "FRA", "sector": "GOV"}, note="seen") == [1, 2]
    assert {d.note for d in store.decisions()} == {"seen"}


def listed(store: Store) -> list[object]:
    return [*store.events(), *store.actors(), *store.quotes()]


def test_listings_follow_at_once_and_come_back(store: Store) -> None:
    before = listed(store)
    coded = [line for line in store.dump() if not line.startswith('["decisions')]
    store.correct("SYL/Ada Moor", {"country": "FRA", "name": "A. Moor"})
    store.decide("same-actor", "SYL", "SYL/Ada Moor")
    shelled, threatened = next(store.events().tuples()), list(store.events())[-1]
    assert (threatened.actors, threatened.actor_countries) == (["A. Moor"], ["FRA"])
    assert "FRA" in shelled[store.events().columns.index("recipient_countries")]
    assert {q.country for q in store.quotes()} == {"FRA"}
    assert [(a.name, a.documents, a.key) for a in store.actors(Filters(actor="FRA"))] == [
        ("A. Moor", 2, "SYL/Ada Moor")
    ]
    assert store.corrections() == Corrections(
        {"SYL/Ada Moor": {"country": "FRA", "name": "A. Moor"}},
        {"SYL": "SYL/Ada Moor", "SYL/Ada Moor": "SYL/Ada Moor"},
    )
    for decision in store.decisions():
        store.undo(decision.decision)
    assert listed(store) == before
    assert [line for line in store.dump() if not line.startswith('["decisions')] == coded
    assert not store.corrections()


def test_decisions_outlive_coding_anew(store: Store) -> None:
    store.decide("actor", "SYL/Ada Moor", field="sector", value="OPP")
    add(store, keyed(), coder="later")
    assert {row.sector for row in store.actors(Filters(name="Moor"))} == {"OPP"}


def test_a_coder_can_count_before_later_ones(store: Store) -> None:
    for coder in ("d", "e"):
        add(store, keyed(), coder=coder)
    for preferred, order in (("c", "dec"), ("e", "dce"), ("e", "dce"), ("unknown", "dce")):
        store.prefer(preferred)
        assert "".join(version for _, version in store.coders()) == order
        shown = {row.coder for row in store.events() if row.document == ONE}
        assert shown == {store.coders()[-1][0]}
