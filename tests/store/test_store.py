"""The database: what goes in comes out, once, in any order."""

from __future__ import annotations

import dataclasses
import itertools
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb
import msgspec
import pytest

from tests.fakes import TEXT, record
from volteface.errors import StoreError
from volteface.read import PageLines, RawPage, page_lines
from volteface.read.repeats import line_key
from volteface.records import Answer, Document, Principal
from volteface.store import Filters, Reading, Return, Store, page_id
from volteface.store.schema import migrations


def reading(key: str, text: str = TEXT, *, fingerprint: str = "", options: str = "{}") -> Reading:
    return Reading(key, key, fingerprint or text, options, record(text, source=key))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "news.duckdb")


def test_a_record_comes_back_byte_for_byte(store: Store) -> None:
    one = record(TEXT + "\nZwölf 🕊 “quotes” and a\ttab")
    store.add([Reading("id:a", "a", "f", "{}", one)], coder="c")
    assert store.record(one.document.id).to_json() == one.to_json()


@pytest.mark.parametrize(
    "name", ["https://n.example/a", "http://N.example/a/?utm_source=x#top", None, "prefix"]
)
def test_a_record_is_found_by_address_and_by_the_start_of_its_id(store: Store, name: str | None) -> None:
    one = record(source="https://n.example/a")
    store.add([Reading("https://n.example/a", "https://n.example/a", "f", "{}", one)], coder="c")
    wanted = {None: one.document.id, "prefix": one.document.id[:10]}.get(name, name)
    assert store.record(str(wanted)) == one


def test_no_document_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no document 'nothing'"):
        store.record("nothing")


def test_every_part_of_a_record_is_in_its_table(store: Store) -> None:
    store.add([reading("a")], coder="c")
    tables = ("records", "sentences", "actors", "mentions", "places", "times", "attributions", "events")
    counted = [store._connection.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0] for t in tables]
    assert counted == [1, 3, 3, 3, 1, 1, 2, 2]


def test_the_same_page_twice_is_one_document(store: Store) -> None:
    store.add([reading("a")], coder="c")
    before = store.digest()
    store.add([reading("a")], coder="c")
    assert store.digest() == before
    assert store.counts() == {"pages": 1, "documents": 1, "events": 2, "quotes": 2}


def test_the_same_text_at_two_addresses_is_one_document(store: Store) -> None:
    store.add([reading("b"), reading("a")], coder="c")
    assert store.counts() == {"pages": 2, "documents": 1, "events": 2, "quotes": 2}
    assert store.record("b").document.source == "a"


def test_a_changed_page_is_a_new_version(store: Store) -> None:
    store.add([reading("a")], coder="c")
    store.add([reading("a", TEXT + "\nCorrected.")], coder="c")
    assert store.counts() == {"pages": 1, "documents": 1, "events": 2, "quotes": 2}
    assert store.record("a").document.text.endswith("Corrected.")
    assert store.record(record().document.id).document.text == TEXT


def test_another_coder_keeps_both(store: Store) -> None:
    store.add([reading("a")], coder="one")
    store.add([reading("a")], coder="two")
    assert [version for _, version in store.coders()] == ["one", "two"]
    first = store.coders()[0][0]
    assert len(list(store.events())) == 2
    assert {row.coder for row in store.events()} == {store.coders()[1][0]}
    assert {row.coder for row in store.events(Filters(coder=first[:6]))} == {first}


def test_finished_knows_page_fingerprint_options_and_coder(store: Store) -> None:
    store.add([reading("a", fingerprint="f")], coder="one")
    assert [fingerprint for _, fingerprint in store.finished(options="{}")] == ["f"]
    assert not store.finished(options='{"published": "2031-01-01"}')
    assert not store.finished(options="{}", coder="two")


def test_the_order_of_pages_and_batches_does_not_matter(tmp_path: Path) -> None:
    pages = [reading("a"), reading("b"), reading("c", TEXT + "\nMore."), reading("d", TEXT + "\nMore.")]
    digests = set()
    for n, order in enumerate(itertools.permutations(pages)):
        with Store.open(tmp_path / f"{n}.duckdb") as store:
            store.add(order[: n % 4], coder="c")
            store.add(order[n % 4 :], coder="c")
            digests.add(store.digest())
    assert len(digests) == 1


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    store.add([reading("a")], coder="c")
    before = store.digest()
    bad = record(TEXT + "\nBad.", source="b", published="no day")
    with pytest.raises(ValueError, match="no day"):
        store.add([reading("c", TEXT + "\nGood."), Reading("b", "b", "f", "{}", bad)], coder="c")
    assert store.digest() == before
    store.add([reading("c", TEXT + "\nGood.")], coder="c")
    assert store.counts()["documents"] == 2


# Filters: (filters, events found)
FILTERS = [
    (Filters(), {"E1", "E2"}),
    (Filters(actor="RUR"), {"E1"}),
    (Filters(actor="MIL"), {"E1"}),
    (Filters(actor="ruritania"), {"E1"}),
    (Filters(actor="Moor"), {"E2"}),
    (Filters(actor="oor"), set()),
    (Filters(actor="(?i).*"), set()),
    (Filters(recipient="SYL"), {"E1"}),
    (Filters(recipient="Moor"), set()),
    (Filters(types=("assault",)), {"E1"}),
    (Filters(types=("ASSAULT", "THREATEN")), {"E1", "E2"}),
    (Filters(statuses=("future",)), {"E2"}),
    (Filters(since=date(2031, 3, 4)), {"E2"}),  # E2 has no day of its own: published on the 4th
    (Filters(until=date(2031, 3, 3)), {"E1"}),
    (Filters(source="page.HTML"), {"E1", "E2"}),
    (Filters(source="courier"), {"E1", "E2"}),
    (Filters(source="elsewhere"), set()),
    (Filters(limit=1), {"E1"}),
    (Filters(actor="'; DROP TABLE events; --"), set()),
]


@pytest.mark.parametrize(("filters", "found"), FILTERS)
def test_filters(store: Store, filters: Filters, found: set[str]) -> None:
    store.add([Reading("a", "a", "f", "{}", record())], coder="c")
    assert {row.event for row in store.events(filters)} == found


def test_an_event_row_says_who_to_whom_according_to_whom(store: Store) -> None:
    store.add([reading("a")], coder="c")
    first, second = store.events()
    assert (first.actors, first.actor_countries) == (["Ruritania"], ["RUR"])
    assert (first.recipients, first.recipient_countries) == (["Sylvania"], ["SYL"])
    assert (first.according_to, first.via, first.place) == (["Sylvania"], [], "Grenzau")
    assert (first.date_start, first.killed, first.injured) == (date(2031, 3, 3), 2, None)
    assert first.sentence.startswith("Ruritanian troops shelled")
    assert (second.according_to, second.via, second.recipients) == (["Ada Moor"], ["Sylvan Post"], [])


def test_quotes_and_actors(store: Store) -> None:
    store.add([reading("a"), reading("b", TEXT + "\nMore.")], coder="c")
    assert [q.speaker for q in store.quotes(Filters(actor="Moor"))] == ["Ada Moor", "Ada Moor"]
    assert {q.content for q in store.quotes(Filters(actor="Moor"))} == {"“We will answer,”"}
    actor = next(iter(store.actors(Filters(name="Moor"))))
    assert (actor.documents, actor.mentions, actor.acts, actor.receives, actor.speaks) == (2, 2, 2, 0, 2)


def test_a_quote_says_for_whom_and_an_event_who_denies_it(store: Store) -> None:
    made = record()
    said, denied = made.attributions
    source = msgspec.structs.replace(said.source, principal=Principal(((0, 4),), "A3"))
    said = msgspec.structs.replace(said, source=source)
    denied = msgspec.structs.replace(denied, answers=(Answer("Q1", "denies"),))
    store.add(
        [Reading("a", "a", "f", "{}", msgspec.structs.replace(made, attributions=(said, denied)))], coder="c"
    )
    assert [q.speaks_for for q in store.quotes()] == ["Ada Moor", None]
    assert [e.denied_by for e in store.events()] == [["Ada Moor"], []]


def test_frames(store: Store) -> None:
    store.add([reading("a")], coder="c")
    table = store.events()
    assert table.arrow().num_rows == len(table.df()) == table.pl().height == 2
    assert table.pl().columns == list(table.df().columns) == list(table.columns)


def test_a_missing_extra_says_how_to_get_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"volteface\[frames\]"):
        store.events().df()


def test_a_database_in_use_is_named(store: Store) -> None:
    store.add([reading("a")], coder="c")
    script = "import sys; from volteface.store import Store; Store.open(sys.argv[1], read_only=True)"
    done = subprocess.run([sys.executable, "-c", script, str(store.path)], capture_output=True, text=True)
    assert f"DatabaseBusy: {store.path}: in use by another process" in done.stderr


def test_what_is_no_database_of_ours(tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).execute("CREATE TABLE t (a INTEGER)").close()
    text = tmp_path / "text.duckdb"
    text.write_text("not a database " * 500)
    for path, message in [
        (other, "not one of volteface"),
        (text, "not a DuckDB database"),
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "folder.duckdb", "cannot be opened"),
    ]:
        with pytest.raises(StoreError, match=message) as caught:
            Store.open(path)
        assert str(path) in str(caught.value)
    with pytest.raises(StoreError, match="no such database"):
        Store.open(tmp_path / "none.duckdb", read_only=True)


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.duckdb"
    with Store.open(path) as store:
        store._connection.execute("INSERT INTO migrations VALUES ('9999_later')")
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(StoreError, match="newer version of volteface"):
            Store.open(path, read_only=read_only)
    assert path.read_bytes() == before


def test_reopening_applies_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    for _ in range(2):
        with Store.open(path) as store:
            names = store._connection.execute("SELECT name FROM migrations").fetchall()
    assert names == [(name,) for name, _ in migrations()]


DISK_FULL = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from tests.fakes import TEXT, record
from volteface.errors import StoreError
from volteface.store import Reading, Store
store = Store.open(sys.argv[1])
size = 3_000_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
import random
for n in range(100):
    noise = random.Random(n).randbytes(100_000).hex()
    one = record(f"{TEXT}\\n{n} {noise}", source=str(n))
    try:
        store.add([Reading(f"id:{n}", str(n), "f", "{}", one)], coder="c")
    except StoreError as error:
        print(n, error)
        break
"""


def test_a_full_disk_leaves_what_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", DISK_FULL, str(path), str(root)], capture_output=True, text=True, check=False
    )
    stored, _, message = done.stdout.partition(" ")
    assert "nothing of this batch is stored" in message, done.stderr
    assert str(path) in message
    with Store.open(path) as store:
        assert 0 < store.counts()["documents"] == int(stored)
        assert store.record("0").document.source == "0"
        store.add([reading("after")], coder="c")


def lines(*texts: str, kind: Literal["copied", "html"] = "copied") -> PageLines | None:
    return page_lines(RawPage("p", "p", kind, "\n\n".join(texts)))


def copied(key: str, *texts: str) -> Reading:
    return Reading(key, key, "".join(texts), "{}", record(f"{TEXT}\n{key}", source=key), lines=lines(*texts))


SLOGAN, STORY = "Give the Courier a hand.", "A story of its own."
SLOGAN_KEY, STORY_KEY = line_key(SLOGAN), line_key(STORY)
ONE_EACH = {SLOGAN_KEY: 1, STORY_KEY: 1}

# What is stored, page by page; without which pages and bodies; what is counted of the two lines
LINE_COUNTS: list[tuple[list[Reading], set[str], set[int], dict[int, int]]] = [
    ([], set(), set(), {}),
    ([copied("a", SLOGAN), copied("b", SLOGAN, STORY)], set(), set(), {SLOGAN_KEY: 2, STORY_KEY: 1}),
    ([copied("a", SLOGAN), copied("b", SLOGAN, "More.")], {page_id("b")}, set(), {SLOGAN_KEY: 1}),
    ([copied("a", SLOGAN, STORY), copied("b", SLOGAN.upper(), STORY)], set(), set(), ONE_EACH),
    ([copied("a", SLOGAN), copied("b", SLOGAN, "More.")], set(), {line_key(SLOGAN)}, {SLOGAN_KEY: 1}),
    ([copied("a", SLOGAN), copied("a", STORY)], set(), set(), {STORY_KEY: 1}),
    ([copied("a", SLOGAN), reading("a")], set(), set(), {}),
]


@pytest.mark.parametrize(("stored", "without", "bodies", "counts"), LINE_COUNTS)
def test_lines_of_stored_pages_are_counted(
    store: Store, stored: list[Reading], without: set[str], bodies: set[int], counts: dict[int, int]
) -> None:
    for one in stored:
        store.add([one], coder="c")
    keys = [SLOGAN_KEY, STORY_KEY]
    assert store.line_counts(keys, without=without, bodies=bodies) == counts
    assert store.line_counts([], without=without, bodies=bodies) == {}


def versions(store: Store) -> list[tuple[int, str]]:
    rows = store._connection.execute("SELECT number, document FROM versions ORDER BY page, number").fetchall()
    names = {Document.id_of(text): name for name, text in CHANGES.items()}
    return [(number, names[document]) for number, document in rows]


CHANGES = {"A": TEXT, "B": TEXT + "\nCorrected.", "C": TEXT + "\nCorrected again."}

# What one page said, one input each (several letters: one input, small ones: not its last) → versions
HISTORIES = [
    (["A", "B"], "AB"),
    (["A", "A"], "A"),
    (["A", "B", "A"], "ABA"),
    (["A", "B", "A", "A", "C"], "ABAC"),
    (["aB"], "AB"),
    (["abA"], "ABA"),
    (["abaB"], "AB"),
    (["A", "B", "C", "abC"], "ABC"),
    (["A", "B", "C", "abA"], "ABCA"),
]


@pytest.mark.parametrize(("inputs", "wanted"), HISTORIES)
def test_what_a_page_says_last_is_its_current_version(store: Store, inputs: list[str], wanted: str) -> None:
    for n, letters in enumerate(inputs):
        batch = [
            dataclasses.replace(reading("a", CHANGES[x.upper()], fingerprint=f"{n} {x}"), newest=x.isupper())
            for x in letters
        ]
        store.add(batch, coder="c")
    assert versions(store) == list(enumerate(wanted, 1))
    assert store.record("a").document.text == CHANGES[wanted[-1]]


def test_a_page_that_says_again_what_it_said_returns(store: Store) -> None:
    for text in (CHANGES["A"], CHANGES["B"]):
        store.add([dataclasses.replace(reading("a", text), lines=lines(text))], coder="c")
    assert store.current() == {(page_id("a"), CHANGES["B"])}
    back = Return("a", CHANGES["A"], lines(SLOGAN))
    for _ in range(2):
        store.returned([back, Return("unknown", "f")])
        assert versions(store) == [(1, "A"), (2, "B"), (3, "A")]
    assert store.current() == {(page_id("a"), CHANGES["A"])}
    assert store.line_counts([SLOGAN_KEY], without=[], bodies=[]) == {SLOGAN_KEY: 1}
    assert store.counts()["documents"] == 1


def test_a_database_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    name, sql = migrations()[0]
    with duckdb.connect(str(path), config={"storage_compatibility_version": "v1.4.0"}) as old:
        old.execute("CREATE TABLE migrations (name VARCHAR NOT NULL)").execute(sql)
        old.execute("INSERT INTO migrations VALUES (?)", [name])
        old.execute("INSERT INTO pages VALUES ('p', 'k', 's')")
    with pytest.raises(StoreError, match="older version"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert store.counts()["pages"] == 1
        assert store.line_counts([1], without=[], bodies=[]) == {}
        store.add([copied("a", SLOGAN)], coder="c")
        fresh = Store.open(tmp_path / "new.duckdb")
        assert store.schema() == fresh.schema()
