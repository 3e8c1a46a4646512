"""Links in a real database: a function of what is stored and decided, whatever the order and however often stopped."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.linked import reading
from volteface import linking
from volteface.linking import bring_up_to_date, is_stale
from volteface.store import LinkRow, Reading, Return, Store, contested_events, linked_events

SHELLED = reading(
    "Troops of {Ruritania} [shelled] the border town of Grenzau in <Sylvania> at dawn, killing four customs men.\n"
    "The barracks at Grenzau burned until noon.",
    source="a",
    publisher="Courier",
    killed=4,
)
FIRED = reading(
    "{Ruritania} [shelled] Grenzau, a town in <Sylvania> with large barracks; six customs men are dead.",
    source="b",
    publisher="Ledger",
    published="2031-03-05",
    killed=6,
)
DENIED = reading(
    "{Ruritania} has not [shelled] Grenzau in <Sylvania>, its army says; barracks and customs men burned by accident.",
    source="c",
    publisher="Tribune",
    published="2031-03-05",
    status="negated",
    by="Ruritania",
)
TALKS = reading(
    "{Moldonia} [met] envoys of <Sylvania> on fishing quotas in the lake district.",
    source="d",
    publisher="Courier",
    type="CONSULT",
    quad="verbal cooperation",
    score=1.0,
    cameo="040",
)
LATER = reading(
    "Troops of {Ruritania} [shelled] the border town of Grenzau in <Sylvania>, killing customs men at the barracks.",
    source="e",
    publisher="Ledger",
    published="2031-09-01",
)
COPY = reading(
    SHELLED.record.document.text.replace("at dawn", "at first light"), source="f", publisher="Evening Star"
)
COPY = reading(
    "Border town hit\n"
    "Troops of {Ruritania} [shelled] the border town of Grenzau in <Sylvania> at dawn, killing four customs men.\n"
    "The barracks at Grenzau burned until noon.",
    source="f",
    publisher="Evening Star",
    published="2031-03-05",
    killed=4,
)
EVERYTHING = (SHELLED, FIRED, DENIED, TALKS, LATER, COPY)


def filled(path: Path, *batches: Iterable[Reading]) -> Store:
    """A database into which these batches were read, each linked before the next."""
    store = Store.open(path)
    for batch in batches:
        store.add(list(batch), coder="c")
        bring_up_to_date(store)
    return store


def rows(store: Store) -> list[LinkRow]:
    return list(linked_events(store))


def told(store: Store) -> set[str]:
    """Which pages report the same, in letters."""
    return {"".join(sorted(m["document"] for m in row.mentions)) for row in rows(store)}


def reference(one: Reading) -> str:
    event = one.record.events[0]
    return f"{one.record.document.id}:{event.trigger.start}-{event.trigger.end}"


def test_reports_of_one_occurrence_are_one_linked_event(tmp_path: Path) -> None:
    with filled(tmp_path / "n.duckdb", EVERYTHING) as store:
        assert told(store) == {"abcf", "d", "e"}
        row = next(r for r in rows(store) if len(r.mentions) == 4)
    assert (row.documents, row.sources, row.killed_min, row.killed_max) == (4, 3, 4, 6)
    assert (str(row.first_report), str(row.last_report), row.dated_by) == (
        "2031-03-04",
        "2031-03-05",
        "published",
    )
    assert (row.status, row.contested, row.denied_by) == ("actual", True, ["Ruritania"])
    assert (row.actor_countries, row.recipient_countries) == (["RUR"], ["SYL"])
    assert [m["copy_of"] is not None for m in row.mentions] == [m["document"] == "f" for m in row.mentions]
    assert all(m["reasons"] and m["score"] > 0.5 for m in row.mentions)


def test_a_denial_in_the_same_story_makes_it_contested(tmp_path: Path) -> None:
    one = reading(
        "{Ruritania} [shelled] Grenzau, Sylvania says. Moldonia denies it.",
        source="a",
        status="alleged",
        by="Sylvania",
        denied="Moldonia",
    )
    with filled(tmp_path / "n.duckdb", [one]) as store:
        (row,) = contested_events(store)
    assert (row.asserted_by, row.denied_by) == (["Sylvania"], ["Moldonia"])
    (pair,) = row.pairs
    assert {side: (claim["who"], claim["document"]) for side, claim in pair.items()} == {
        "asserts": ("Sylvania", "a"),
        "denies": ("Moldonia", "a"),
    }
    assert pair["asserts"]["says"].startswith("Ruritania shelled Grenzau")
    assert pair["denies"]["attribution"]


def test_each_who_asserts_stands_against_each_who_denies(tmp_path: Path) -> None:
    with filled(tmp_path / "n.duckdb", EVERYTHING) as store:
        (row,) = contested_events(store)
    pairs = [(pair["asserts"]["who"], pair["denies"]["who"]) for pair in row.pairs]
    assert pairs == [(who, denier) for who in row.asserted_by for denier in row.denied_by]


ORDERS: list[Sequence[Sequence[Reading]]] = [
    *([[one] for one in order] for order in itertools.islice(itertools.permutations(EVERYTHING), 0, 720, 97)),
    [EVERYTHING[:3], EVERYTHING[3:]],
    [EVERYTHING[3:], EVERYTHING[:3]],
]


@pytest.mark.parametrize("batches", ORDERS)
def test_the_order_of_reading_does_not_matter(tmp_path: Path, batches: Sequence[Sequence[Reading]]) -> None:
    with filled(tmp_path / "a.duckdb", EVERYTHING) as once, filled(tmp_path / "b.duckdb", *batches) as often:
        assert often.digest() == once.digest()


def test_the_size_of_batches_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(tmp_path / "a.duckdb", EVERYTHING) as whole:
        monkeypatch.setattr(linking, "BATCH", 2)
        with filled(tmp_path / "b.duckdb", EVERYTHING) as parts:
            assert parts.digest() == whole.digest()


def test_what_was_linked_is_not_linked_again(tmp_path: Path) -> None:
    with filled(tmp_path / "n.duckdb", EVERYTHING) as store:
        assert not is_stale(store)
        assert bring_up_to_date(store) == 0


@pytest.mark.parametrize("gone", EVERYTHING)
def test_a_page_that_changes_leaves_nothing_behind(tmp_path: Path, gone: Reading) -> None:
    """Its old text is as if it had never been read; when it comes back, as if it had never gone."""
    new = reading(
        "Nothing of interest stands here any more, not even one word on anything.", source=gone.source
    )
    others = [one for one in EVERYTHING if one is not gone]
    with filled(tmp_path / "a.duckdb", EVERYTHING) as store, filled(tmp_path / "b.duckdb", others) as without:
        before = sorted(told(store))
        store.add([new], coder="c")
        assert is_stale(store)
        bring_up_to_date(store)
        assert told(store) == told(without)
        store.returned([Return(gone.key, gone.fingerprint)])
        bring_up_to_date(store)
        assert sorted(told(store)) == before


def test_a_document_coded_again_is_linked_anew(tmp_path: Path) -> None:
    event = msgspec.structs.replace(SHELLED.record.events[0], type="COERCE", quad="verbal conflict")
    again = Reading(
        SHELLED.key, "a", SHELLED.fingerprint, "{}", msgspec.structs.replace(SHELLED.record, events=(event,))
    )
    with filled(tmp_path / "n.duckdb", EVERYTHING) as store:
        store.add([again], coder="a later one")
        bring_up_to_date(store)
        types = {m["document"]: row.type for row in rows(store) for m in row.mentions}
        assert set(types) == set("abcdef")
        assert store.counts()["events"] == sum(len(row.mentions) for row in rows(store))


def test_a_run_stopped_between_batches_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "BATCH", 2)

    def stop(progress: Any) -> None:
        raise KeyboardInterrupt

    with filled(tmp_path / "a.duckdb", EVERYTHING) as whole, Store.open(tmp_path / "b.duckdb") as store:
        store.add(EVERYTHING, coder="c")
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                bring_up_to_date(store, report=stop)
            assert is_stale(store)
        bring_up_to_date(store)
        assert store.digest() == whole.digest()


def test_links_of_another_linker_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(tmp_path / "n.duckdb", EVERYTHING) as store:
        before = store.digest()
        with monkeypatch.context() as patch:
            patch.setattr(linking, "LINKER", "another")
            assert is_stale(store)
            bring_up_to_date(store)
            assert store.digest() != before
        bring_up_to_date(store)
        assert store.digest() == before


# (decision, its pages, what is reported together then)
DECISIONS: list[tuple[Any, tuple[Reading, ...], set[str]]] = [
    ("same-event", (SHELLED, LATER), {"abcef", "d"}),
    ("same-event", (LATER, TALKS), {"abcf", "de"}),
    ("different-events", (SHELLED, COPY), {"abc", "d", "e", "f"}),
    ("wrong-event", (FIRED,), {"acf", "d", "e"}),
    ("wrong-event", (TALKS,), {"abcf", "e"}),
]


@pytest.mark.parametrize(("kind", "pages", "wanted"), DECISIONS)
def test_decisions_are_applied_and_undone(
    tmp_path: Path, kind: Any, pages: tuple[Reading, ...], wanted: set[str]
) -> None:
    with filled(tmp_path / "n.duckdb", EVERYTHING) as store:
        before = rows(store)
        number = store.decide(kind, *[reference(page) for page in pages])  # type: ignore[arg-type]
        assert is_stale(store)
        bring_up_to_date(store)
        if kind == "different-events":
            assert not any({"a", "f"} <= set(group) for group in told(store))
        else:
            assert told(store) == wanted
        assert not is_stale(store)
        store.undo(number)
        bring_up_to_date(store)
        assert rows(store) == before


def test_a_decision_holds_for_pages_that_come_later(tmp_path: Path) -> None:
    with (
        filled(tmp_path / "a.duckdb", [SHELLED, LATER]) as store,
        filled(tmp_path / "b.duckdb", EVERYTHING) as whole,
    ):
        for one in (store, whole):
            one.decide("same-event", reference(SHELLED), reference(LATER))
        bring_up_to_date(store)
        store.add([one for one in EVERYTHING if one not in (SHELLED, LATER)], coder="c")
        bring_up_to_date(store)
        bring_up_to_date(whole)
        assert rows(store) == rows(whole)
