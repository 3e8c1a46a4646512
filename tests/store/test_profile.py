"""Profiles: evidence of many documents added up, the current first, what contradicts it beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import TEXT, find, record
from tests.store.test_decisions import keyed
from volteface.errors import StoreError
from volteface.records import Evidence, EvidenceKind, Record
from volteface.store import Filters, Reading, Store
from volteface.store.profile import facts
from volteface.store.rows import Row
from volteface.store.standing import Seen, many, seen

MOOR = "SYL/Ada Moor"


def told(
    number: int,
    day: str | None,
    key: str | None,
    *said: tuple[EvidenceKind, str | None, str | None, str | None],
) -> Record:
    """A document of its own that says these things of Ada Moor."""
    one = keyed(f"{TEXT}\n{number}", f"page {number}", ("RUR", "SYL", key))
    words = find(one.document.text, "President")
    evidence = tuple(Evidence(*words, kind, *rest) for kind, *rest in said)
    *others, moor = one.actors
    actors = (*others, msgspec.structs.replace(moor, evidence=evidence))
    published = record(TEXT, published=day).document.published if day else None
    document = msgspec.structs.replace(one.document, published=published)
    return msgspec.structs.replace(one, actors=actors, document=document)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.duckdb") as opened:
        yield opened


def add(store: Store, *records: Record) -> None:
    pages = [Reading(r.document.source, r.document.source, "f", "{}", r) for r in records]
    store.add(pages, coder="c")


MINISTER: tuple[EvidenceKind, str, str, str] = ("title", "SYL", "GOV", "Minister")
PRESIDENT: tuple[EvidenceKind, str, str, str] = ("apposition", "SYL", "GOV", "President")


def test_evidence_adds_up(store: Store) -> None:
    add(
        store,
        *(told(n, f"2029-01-0{n}", MOOR, MINISTER) for n in (1, 2, 3)),
        told(4, "2031-02-01", MOOR, PRESIDENT, ("holder", "SYL", "GOV", "President")),
        told(5, "2031-03-01", MOOR, PRESIDENT, ("member", "RUR", None, None)),
    )
    found = store.profile(MOOR)
    assert (found.name, found.documents, found.first, found.last) == (
        "Ada Moor",
        5,
        date(2029, 1, 1),
        date(2031, 3, 1),
    )
    facts = [(f.field, f.value, f.documents, str(f.first), str(f.last), f.register) for f in found.facts]
    assert facts == [
        ("country", "SYL", 5, "2029-01-01", "2031-03-01", True),
        ("country", "RUR", 1, "2031-03-01", "2031-03-01", False),
        ("sector", "GOV", 5, "2029-01-01", "2031-03-01", True),
        ("role", "President", 2, "2031-02-01", "2031-03-01", True),
        ("role", "Minister", 3, "2029-01-01", "2029-01-03", False),
    ]
    assert found.best("role") == "President"
    example = found.facts[0].example
    assert example is not None
    assert example.sentence == "“We will answer,” President Ada Moor told the Sylvan Post."
    assert [(p.key, p.side, p.events) for p in found.partners] == []
    assert [(p.key, p.side, p.events) for p in store.profile("RUR").partners] == [("SYL", "recipient", 5)]


def test_a_row_for_each_piece_of_evidence(store: Store) -> None:
    add(store, told(2, "2031-02-01", MOOR, PRESIDENT, MINISTER), told(1, "2031-01-01", MOOR, MINISTER))
    rows = list(store.evidence(MOOR))
    assert [(str(r.published), r.kind, r.role) for r in rows] == [
        ("2031-01-01", "title", "Minister"),
        ("2031-02-01", "apposition", "President"),
        ("2031-02-01", "title", "Minister"),
    ]
    assert all(r.sentence and r.text in r.sentence for r in rows)
    text = store.record(rows[0].document).document.text
    assert text[rows[0].starts : rows[0].ends] == rows[0].text == "President"


def test_what_a_person_decided_comes_first(store: Store) -> None:
    add(store, told(1, "2031-01-01", MOOR, MINISTER))
    number = store.correct(MOOR, {"role": "Envoy", "name": "A. Moor"})[0]
    found = store.profile(MOOR)
    assert (found.name, found.best("role"), found.best("sector")) == ("A. Moor", "Envoy", "GOV")
    assert [(f.value, f.decision) for f in found.facts if f.field == "role"] == [
        ("Envoy", number),
        ("Minister", None),
    ]
    store.undo(number)
    assert store.profile(MOOR).best("role") == "Minister"


# Keys of three documents' Ada Moor, decisions; keys of the profile of the first, namesakes
SAME = [
    ((MOOR, "Ada Moor", "Ada Moor"), [], (MOOR, "Ada Moor"), ()),
    (("Ada Moor", MOOR, "Ada Moor"), [], (MOOR, "Ada Moor"), ()),
    ((MOOR, "Ada Moor", "FRA/Ada Moor"), [], (MOOR,), ("Ada Moor", "FRA/Ada Moor")),
    ((MOOR, "FRA/Ada Moor", "FRA/Ada Moor"), [], (MOOR,), ("FRA/Ada Moor",)),
    ((MOOR, "Ada Moor", MOOR), [("different-actors", MOOR, "Ada Moor")], (MOOR,), ("Ada Moor",)),
    ((MOOR, "FRA/Ada Moor", "Bo Ek"), [("same-actor", MOOR, "FRA/Ada Moor")], ("FRA/Ada Moor", MOOR), ()),
    ((MOOR, "Bo Ek", "Cy Oe"), [("same-actor", MOOR, "Bo Ek"), ("same-actor", "Bo Ek", "Cy Oe")],
     ("Cy Oe", "Bo Ek", MOOR), ()),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "decided", "wanted", "namesakes"), SAME)
def test_one_actor_of_several_keys(
    store: Store,
    keys: tuple[str, ...],
    decided: list[tuple[str, str, str]],
    wanted: tuple[str, ...],
    namesakes: tuple[str, ...],
) -> None:
    add(store, *(told(n, "2031-01-01", key, MINISTER) for n, key in enumerate(keys)))
    for kind, one, other in decided:
        store.decide(kind, one, other)  # type: ignore[arg-type]
    found = store.profile(keys[0])
    assert (found.keys, found.namesakes) == (wanted, namesakes)
    assert store.evidence(keys[0]).count() == sum(key in wanted for key in keys)
    listed = {row.key: row.documents for row in store.actors(Filters(name="Moor"))}
    assert listed[wanted[0]] == found.documents


def test_no_such_actor(store: Store) -> None:
    add(store, told(1, "2031-01-01", MOOR))
    with pytest.raises(StoreError, match="no actor with the key 'Moor'"):
        store.profile("Moor")


# Evidence; documents that are copies and of which; roles and how many documents say so
ADDED = [
    ([("a", "X", 1), ("b", "X", 2)], {}, [("X", 2)]),
    ([("a", "X", 1), ("b", "X", 2)], {"b": "a"}, [("X", 1)]),
    ([("a", "X", 1), ("b", "X", 2), ("c", "Y", 3)], {}, [("X", 2), ("Y", 1)]),
    ([("a", "X", None), ("b", "X", None), ("c", "Y", None)], {}, [("X", 2), ("Y", 1)]),
    ([("a", "X", 1), ("b", "X", 2), ("c", "Y", 900)], {}, [("Y", 1), ("X", 2)]),
    ([], {}, []),
]


@pytest.mark.parametrize(("evidence", "copies", "wanted"), ADDED)
def test_copies_count_once_and_the_last_year_first(
    store: Store,
    evidence: list[tuple[str, str, int | None]],
    copies: dict[str, str],
    wanted: list[tuple[str, int]],
) -> None:
    ids = {}
    for number, (name, role, days) in enumerate(evidence):
        day = date.fromordinal(700_000 + days).isoformat() if days else None
        one = told(number, day, MOOR, ("title", None, None, role))
        ids[name] = one.document.id
        add(store, one)
    for copy, original in copies.items():
        store._insert("copies", [(ids[copy], ids[original], 0.9, [])])
    for stands in (seen(store._rows, [MOOR]), many(store._rows, [MOOR])):
        assert [(f.value, f.documents) for f in facts(store._rows, stands, ())] == wanted


VALUES = st.sampled_from([None, "SYL", "RUR"])
SAYING = st.tuples(
    st.sampled_from(["title", "apposition", "holder"]),
    VALUES,
    VALUES,
    st.sampled_from([None, "Minister", "President"]),
)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, "2028-01-01", "2030-12-30", "2031-01-01"]),
            st.sampled_from([MOOR, "RUR/Ada Moor"]),
            st.lists(SAYING, max_size=3),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_few_sightings_tell_what_many_would(documents: list[tuple[str | None, str, list[Any], int]]) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "news.duckdb") as store:
        ids: list[str] = []
        for number, (day, key, said, _) in enumerate(documents):
            one = told(number, day, key, *said)
            ids.append(one.document.id)
            add(store, one)
        copies: list[Row] = [
            (one, ids[of[3]], 0.9, []) for one, of in zip(ids, documents, strict=True) if of[3] < len(ids)
        ]
        store._insert("copies", copies)
        for keys in ([MOOR], ["RUR/Ada Moor"], [MOOR, "RUR/Ada Moor"], ["RUR/Jan Brennik"]):
            assert in_order(seen(store._rows, keys)) == in_order(many(store._rows, keys))


def in_order(stands: Seen) -> Seen:
    """What evidence tells has no order of its own."""
    return msgspec.structs.replace(stands, told=tuple(sorted(stands.told)))


def test_what_is_kept_is_what_would_be_worked_out(store: Store) -> None:
    one, other = told(1, "2031-01-01", MOOR, MINISTER), told(2, "2031-01-02", MOOR, PRESIDENT)
    add(store, one, other)
    again = msgspec.structs.replace(one, actors=one.actors[:-1])
    page = Reading(one.document.source, one.document.source, "g", "{}", again)
    newer = Reading(other.document.source, other.document.source, "g", "{}", told(3, "2031-01-03", None))
    steps: list[Callable[[], None]] = [
        lambda: None,
        lambda: store.add([page], coder="c"),
        lambda: store.add([newer], coder="d"),
        lambda: store.prefer("c"),
    ]
    for step in steps:
        step()
        for table in ("sightings", "meetings"):
            kept, now = (store._rows(f"FROM {name} ORDER BY ALL", {}) for name in (table, f"{table}_now"))
            assert kept == now
            assert kept
