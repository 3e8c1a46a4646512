"""Words and the documents that have them, over a small database."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from tests.linked import reading
from volteface.store import Store, words
from volteface.store.listing import beginning
from volteface.store.searching import articles, said
from volteface.store.words import holding

TEXTS = (
    "{Ruritania} [accused] <Sylvania> of raiding harbours and a harbourmaster.",
    "{Ruritania} [thanked] <Sylvania> for the harbour of St. Ives, and the EU.",
    "{Ruritania} [warned] <Sylvania> of Eulalia's harbor.",
    "{Ruritania} [met] <Sylvania> at the Élysée.",
)
# (what is looked for, the texts that have it)
FOUND = [
    ("harbour", [1, 0]),
    ("HARBOURMASTER", [0]),
    ("harbo", [2, 1, 0]),
    ("EU", [1]),
    ("eula", [2]),
    ("St. Ives", [1]),
    ("harbour raiding", [0]),
    ("harbours' raiding", []),
    ("élys", [3]),
    ("arbour", []),
    ("%%", []),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The first two texts are on the shelf, then the third; the last is on none."""
    with Store.open(tmp_path_factory.mktemp("searching") / "v.duckdb") as store:
        for number, text in enumerate(TEXTS):
            one = reading(text, source=f"https://a.example/{number}", published=f"2031-01-0{number + 1}")
            store.add([one], coder="c")
            if number in (1, 2):
                words.add(store, words.fresh(store))
        yield store


@pytest.mark.parametrize("most_forms", [words.MOST_FORMS, 0])
@pytest.mark.parametrize(("wanted", "found"), FOUND)
def test_words(
    store: Store, wanted: str, found: list[int], most_forms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words are found by their beginning, short ones as a whole; however many words begin so."""
    monkeypatch.setattr(words, "MOST_FORMS", most_forms)
    rows = articles(store, wanted, limit=10)
    assert [int(row.source[-1]) for row in rows] == found
    assert [articles(store, wanted, limit=1, offset=n)[0].source for n in range(len(rows))] == [
        row.source for row in rows
    ]


def test_each_word_is_spelled_once(store: Store) -> None:
    """Also where its shelf was made again."""
    spelled = store._rows("SELECT word, stem FROM vocabulary WHERE stem = 'harb' ORDER BY word", {})
    assert [word for word, _ in spelled] == ["harbor", "harbour", "harbourmaster", "harbours"]
    assert (
        store._rows("SELECT word FROM words ANTI JOIN vocabulary USING (word) WHERE length(word) > 3", {})
        == []
    )


def test_what_is_on_no_shelf_may_have_the_words(store: Store) -> None:
    """And nothing else."""
    assert len(holding(store, "nowhere")) == 1
    assert said(store, "nowhere", limit=5) == []


def test_a_word_is_found_where_the_plain_pattern_finds_it() -> None:
    """Whatever its case and what stands around it."""
    chance = random.Random(0)
    letters = "aAiIİıKkKſsSéÉßẞσςΣ_ .'-1²٣\n]^\\["
    hits = 0
    for _ in range(5_000):
        wanted = "".join(chance.choices(letters.replace(" ", "").replace("\n", ""), k=chance.randint(1, 4)))
        text = "".join(chance.choices(letters, k=30))
        end = r"(?![^\W_])" if len(wanted) <= 3 else ""
        plain = re.search(rf"(?<![^\W_]){re.escape(wanted)}{end}", text, re.IGNORECASE)
        found = beginning(wanted).search(text)
        assert (found and found.start()) == (plain and plain.start()), (wanted, text)
        hits += plain is not None
    assert hits > 100
