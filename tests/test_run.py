"""The reading run and its processes, with a coder that needs no model."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.fakes import TEXT, FakeCoder, fake_coder
from volteface.errors import InputError, ModelError
from volteface.read import Repeats, open_pages
from volteface.records import Record
from volteface.run import Progress, code_pages, read_pages
from volteface.store import Store, query
from volteface.workers import Reader


def write(folder: Path, *words: str) -> str:
    folder.mkdir(exist_ok=True)
    for n, word in enumerate(words):
        (folder / f"{n:03}.txt").write_text(f"The page says {word} today.")
    return str(folder)


def read(
    database: Path,
    *paths: str,
    workers: int = 2,
    make: Callable[[], Reader] = fake_coder,
    seconds: float = 30,
    recode: bool = False,
    published: str | None = None,
    stdin: io.BytesIO | None = None,
) -> tuple[Progress, str, dict[str, int]]:
    with Store.open(database) as store:
        progress = read_pages(
            paths,
            store,
            workers=workers,
            make_coder=make,
            seconds=seconds,
            recode=recode,
            published=published,
            stdin=stdin,
        )
        return progress, store.digest(), store.counts()


def test_the_number_of_processes_does_not_matter(tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", *(f"word{n % 7}" for n in range(20)))
    digests = {read(tmp_path / f"{n}.duckdb", pages, workers=n)[1] for n in (1, 3)}
    assert len(digests) == 1


def test_finished_pages_are_skipped_and_changed_ones_are_read(tmp_path: Path) -> None:
    pages, database = write(tmp_path / "pages", "one", "two"), tmp_path / "news.duckdb"
    assert read(database, pages)[0].stored == 2
    again, digest, _ = read(database, pages)
    assert (again.stored, again.skipped) == (0, 2)
    write(tmp_path / "pages", "changed")
    changed, digest_after, counts = read(database, pages)
    assert (changed.stored, changed.skipped, counts["documents"]) == (1, 1, 2)
    assert digest_after != digest


def test_recode_codes_again_only_what_this_coder_has_not(tmp_path: Path) -> None:
    pages, database = write(tmp_path / "pages", "one", "two"), tmp_path / "news.duckdb"
    newer = partial(fake_coder, "fake 2")
    read(database, pages)
    assert read(database, pages, make=newer)[0].skipped == 2
    assert read(database, pages, make=newer, recode=True)[0].stored == 2
    assert read(database, pages, make=newer, recode=True)[0].skipped == 2
    with Store.open(database) as store:
        assert [version for _, version in store.coders()] == ["fake 1", "fake 2"]


def test_a_given_date_is_another_reading(tmp_path: Path) -> None:
    pages, database = write(tmp_path / "pages", "one"), tmp_path / "news.duckdb"
    read(database, pages)
    progress, _, counts = read(database, pages, published="2031-05-05")
    assert (progress.stored, counts["documents"]) == (1, 1)
    with Store.open(database) as store:
        assert {str(row.published) for row in store.events()} == {"2031-05-05"}


def test_what_fails_is_reported_and_tried_again(tmp_path: Path) -> None:
    words = ("one", "BAD", "RAISE", "CRASH", "SLEEP", "two")
    pages, database = write(tmp_path / "pages", *words), tmp_path / "news.duckdb"
    (tmp_path / "pages" / "empty.txt").write_text("")
    progress, digest, counts = read(database, pages, seconds=2)
    problems = {Path(error.source).name: error.problem for error in progress.failed}
    assert problems == {
        "001.txt": "has no article",
        "002.txt": "cannot be coded: ValueError: a bug",
        "003.txt": "the process that coded it ended early (signal 11, Segmentation fault)",
        "004.txt": "took longer than 2 s and was stopped",
        "empty.txt": "is empty",
    }
    assert counts["documents"] == progress.stored == 2
    again, digest_again, _ = read(database, pages, seconds=2)
    assert (again.stored, again.skipped, len(again.failed)) == (0, 2, 5)
    assert digest_again == digest


def test_versions_of_one_address_keep_the_order_of_the_input(tmp_path: Path) -> None:
    page = '{{"url": "https://n.example/a", "text": "Version {} of the page."}}\n'
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(page.format(n) for n in range(5)))
    _, digest, counts = read(tmp_path / "news.duckdb", str(path), workers=3)
    assert (counts["pages"], counts["documents"]) == (1, 1)
    with Store.open(tmp_path / "news.duckdb") as store:
        assert store.record("https://n.example/a").document.text.endswith("Version 4 of the page.")
    assert read(tmp_path / "news.duckdb", str(path))[1] == digest


SLOGAN = "Give the Courier a hand."


def with_slogan(folder: Path, *names: str) -> str:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(f"{SLOGAN}\n\nThe story named {name}.\n")
    return str(folder)


def texts(database: Path) -> dict[str, str]:
    """What is stored after `TEXT`, by file name."""
    rows = query(str(database), "SELECT source, text FROM documents").tuples()
    return {Path(source).stem: text.removeprefix(TEXT).strip() for source, text in rows}


def test_a_second_batch_knows_the_lines_of_the_first(tmp_path: Path) -> None:
    one, two = with_slogan(tmp_path / "one", "a", "b", "c"), with_slogan(tmp_path / "two", "d")
    database = tmp_path / "news.duckdb"
    read(database, one)
    read(database, two)
    assert texts(database) == {name: f"The story named {name}." for name in "abcd"}


def test_a_first_batch_does_not_know_the_second(tmp_path: Path) -> None:
    one, two = with_slogan(tmp_path / "one", "a", "b", "c"), with_slogan(tmp_path / "two", "d")
    database = tmp_path / "news.duckdb"
    read(database, two)
    read(database, one)
    assert texts(database)["d"].startswith(SLOGAN)
    assert not texts(database)["a"].startswith(SLOGAN)


def test_pages_of_the_input_are_counted_once_whether_stored_or_not(tmp_path: Path) -> None:
    pages = with_slogan(tmp_path / "pages", "a", "b")
    database = tmp_path / "news.duckdb"
    read(database, pages)
    copies = with_slogan(tmp_path / "copies", "a", "b")
    for _ in range(2):
        read(database, pages, copies, make=partial(fake_coder, "fake 2"), recode=True)
    assert all(text.startswith(SLOGAN) for text in texts(database).values())


def test_a_page_that_goes_back_is_shown_as_it_is(tmp_path: Path) -> None:
    pages, database = tmp_path / "pages", tmp_path / "news.duckdb"
    outcomes = []
    for word in ("one", "two", "one", "one"):
        progress, digest, _ = read(database, write(pages, word))
        outcomes.append((progress.stored, progress.skipped))
        assert list(texts(database).values()) == [f"The page says {word} today."]
    assert outcomes == [(1, 0), (1, 0), (0, 1), (0, 1)]
    assert read(database, str(pages))[1] == digest


# Versions of one page, in the order of the input, and what then is current
ORDERS = ["ABA", "ABAB", "ABxAx"]


@pytest.mark.parametrize("order", ORDERS)
def test_what_the_input_says_last_is_current_and_stays_so(tmp_path: Path, order: str) -> None:
    path, database = tmp_path / "pages.jsonl", tmp_path / "news.duckdb"
    page = '{{"url": "https://n.example/a", "text": "Version {} of the page."}}\n'
    other = '{"url": "https://n.example/b", "text": "Another page."}\n'
    path.write_text("".join(page.format(x) if x != "x" else other for x in order))
    _, digest, _ = read(database, str(path), workers=3)
    with Store.open(database) as store:
        text = store.record("https://n.example/a").document.text
    assert text.endswith(f"Version {order.strip('x')[-1]} of the page.")
    assert read(database, str(path), workers=1)[1] == digest


def test_standard_input_is_read_once_and_known_again(tmp_path: Path) -> None:
    database = tmp_path / "news.duckdb"
    page = b"The page on standard input is long enough.\n"
    assert read(database, "-", stdin=io.BytesIO(page))[0].stored == 1
    assert read(database, "-", stdin=io.BytesIO(page))[0].skipped == 1


def test_an_interrupted_run_keeps_what_is_done_and_goes_on(tmp_path: Path) -> None:
    pages, database = write(tmp_path / "pages", *(f"w{n}" for n in range(12))), tmp_path / "news.duckdb"

    def interrupt(progress: Progress) -> None:
        if progress.stored:
            raise KeyboardInterrupt

    slow = partial(fake_coder, seconds=0.4)
    with Store.open(database) as store, pytest.raises(KeyboardInterrupt):
        read_pages([pages], store, workers=1, make_coder=slow, report=interrupt)
    with Store.open(database, read_only=True) as store:
        kept = store.counts()["documents"]
    assert 0 < kept < 12
    progress, digest, _ = read(database, pages)
    assert (progress.skipped, progress.stored) == (kept, 12 - kept)
    assert digest == read(tmp_path / "undisturbed.duckdb", pages)[1]


def broken() -> FakeCoder:
    raise ModelError("no model here")


def dying() -> FakeCoder:
    raise SystemExit(3)


@pytest.mark.parametrize(("make", "message"), [(broken, "no model here"), (dying, "before they are ready")])
def test_a_coder_that_cannot_be_loaded_ends_the_run(
    tmp_path: Path, make: Callable[[], FakeCoder], message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        read(tmp_path / "news.duckdb", write(tmp_path / "pages", "one"), make=make)


def test_code_keeps_the_order_of_the_input(tmp_path: Path) -> None:
    words = ("one", "BAD", "two", "CRASH", "three", "RAISE", *(f"w{n}" for n in range(20)))
    pages = write(tmp_path / "pages", *words)

    def outcome(result: Record | InputError) -> str:
        return "failed" if isinstance(result, InputError) else result.document.text.split()[-2]

    results = code_pages(open_pages([pages]), repeats=Repeats(), workers=3, make_coder=fake_coder)
    wanted = ["failed" if word in ("BAD", "CRASH", "RAISE") else word for word in words]
    assert [outcome(result) for result in results] == wanted
