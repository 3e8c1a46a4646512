"""Sentences of sport, business, culture and nature give no event; politics among them does."""

from __future__ import annotations

import pytest

from tests.build import annotation
from volteface.annotate import Annotation
from volteface.code.domains import Domains
from volteface.codebook.lexicon import word_groups


def words(*sentences: str) -> Annotation:
    """Sentences of `word/POS`, nouns where nothing is said; their trees do not matter here."""
    rows = []
    for sentence in sentences:
        tokens = [word.partition("/") for word in sentence.split()]
        rows.append(
            " ".join(f"{w}|{pos or 'NOUN'}|dep|{1 if n else 0}" for n, (w, _, pos) in enumerate(tokens))
        )
    return annotation(*rows)


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("norway ambushed/VERB sweden in/ADP the/DET handball hall", True),
        ("the/DET pianist attacked/VERB the/DET sonata", True),
        ("the/DET striker fired/VERB past/ADP the/DET post", True),
        ("the/DET truck maker launched/VERB an/DET assault on/ADP the/DET market", True),
        ("the/DET side was/AUX bowled/VERB out/ADP 3-1/NUM by/ADP the/DET captain", True),
        ("the/DET quarter -/PUNCT final saw/VERB norway attack/VERB", True),
        ("norway ambushed/VERB a/DET swedish/ADJ patrol", False),
        ("the/DET striker fired/VERB", False),
        ("the/DET minister attacked/VERB the/DET football federation", False),
        ("gunmen|NOUN", False),
        ("the/DET banks agreed/VERB to/PART share/VERB a/DET market", False),
    ],
)
def test_what_a_sentence_is_about(sentence: str, left_out: bool) -> None:
    found = words(sentence.replace("|NOUN", "/NOUN"))
    assert bool(Domains().unpolitical(found)) is left_out


def test_one_weak_cue_is_enough_on_a_sports_page() -> None:
    match = [
        "the/DET football match",
        "the/DET tennis title",
        "the/DET rugby final",
        "norway beat/VERB the/DET captain",
    ]
    assert Domains().unpolitical(words(*match)) == {0, 1, 2, 3}
    assert Domains().unpolitical(words(match[3])) == frozenset()


def test_a_football_war_is_politics() -> None:
    found = words(
        "the/DET football match",
        "the/DET army invaded/VERB",
        "the/DET government fell/VERB",
        "the/DET captain fired/VERB",
    )
    assert Domains().unpolitical(found) == {0}


def test_forces_are_nobody() -> None:
    domains = Domains()
    tokens = words("flood army storm").tokens
    assert domains.nobodys([tokens[0], tokens[2]])
    assert not domains.nobodys(tokens)
    assert not domains.nobodys([])


def test_no_cue_is_both_political_and_not() -> None:
    groups = word_groups("domains")
    strong = frozenset[str]().union(*(cues for name, cues in groups.items() if name.endswith("_strong")))
    assert not strong & groups["political"]
    for name, cues in groups.items():
        assert all(cue == cue.lower() and len(cue.split()) <= 3 for cue in cues), name
