"""Stems and how telling they are."""

from __future__ import annotations

import pytest

from volteface.link.words import likeness, stem, telling, weight, words

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
