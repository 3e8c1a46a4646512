"""Stems and how telling they are."""

from __future__ import annotations

from itertools import combinations

import pytest

from volteface.link.words import likeness, not_apart, stem, telling, weight, words

SAME = [
    "kill kills killed killing",
    "shoot shot shooting shoots",
    "expel expelled expels expelling",
    "country countries",
    "accuse accused accuses accusing",
    "meet met meeting",
    "1,200 1200",
]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len(set(map(stem, forms.split()))) == 1


def test_words_lose_their_genitive() -> None:
    assert words("Ruritania’s army, the U.S.' 3.5 tonnes") == [
        "ruritania",
        "army",
        "the",
        "u",
        "s",
        "3.5",
        "tonnes",
    ]


def test_rare_words_tell_more() -> None:
    assert weight("the") < weight("govern") < weight(stem("customs")) < weight("grenzau") == 1


def test_likeness() -> None:
    one, other = telling("troops shelled Grenzau"), telling("Grenzau was shelled by troops")
    assert likeness(one, one) == pytest.approx(1)
    assert 0.5 < likeness(one, other) < 1
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, telling("fishing quotas")) == 0


@pytest.mark.parametrize("least", [0.05, 0.3, 0.6, 0.999])
def test_all_at_once_nothing_is_left_out_that_is_alike(least: float) -> None:
    told = [
        "Ruritania expelled two diplomats of Grenzau",
        "two diplomats expelled by Ruritania",
        "Ruritania expelled two diplomats of Grenzau",
        "fishing quotas",
        "",
        "quotas for fishing were agreed by Grenzau",
    ]
    vectors = [telling(text) for text in told]
    pairs = list(combinations(range(len(told)), 2))
    kept = not_apart(vectors, pairs, least)
    one_by_one = [likeness(vectors[a], vectors[b]) >= least for a, b in pairs]
    assert [bool(keep) for keep in kept] == one_by_one
    assert any(one_by_one)
    assert not all(one_by_one)


def test_of_no_pairs_none_is_alike() -> None:
    assert not len(not_apart([], [], 0.1))
