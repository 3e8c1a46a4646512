"""For whom a spokesman speaks."""

from __future__ import annotations

import pytest

from tests.code.trees import tree
from volteface.annotate.attributions.principals import principal_span

# (sentence, its source, for whom)
SPOKESMEN = [
    ("His spokesman said the president had a cold.", "His spokesman", "His"),
    ("Kremlin spokesman Anton Reza said nobody had called.", "Kremlin spokesman Anton Reza", "Kremlin"),
    (
        "Erik Dahl, a spokesman for the Danish navy, said the ship had stopped.",
        "Erik Dahl, a spokesman for the Danish navy",
        "the Danish navy",
    ),
    (
        "The prime minister's chief spokesman said nobody had called.",
        "The prime minister's chief spokesman",
        "The prime minister",
    ),
    ("An Israeli army spokesman said no shells had been fired.", "An Israeli army spokesman", "Israeli army"),
    ("A government spokeswoman said the tax would stay.", "A government spokeswoman", "government"),
    ("A Sudanese spokesman denied the charge.", "A Sudanese spokesman", "Sudanese"),
    (
        "Presidential press secretary Ana Luz said he would rest.",
        "Presidential press secretary Ana Luz",
        "Presidential",
    ),
    ("A tall spokesman said the road was open.", "A tall spokesman", None),
    ("The minister said the road was open.", "The minister", None),
]


@pytest.mark.parametrize(("sentence", "source", "principal"), SPOKESMEN)
def test_principals(sentence: str, source: str, principal: str | None) -> None:
    start = sentence.index(source)
    span = principal_span(tree(sentence), [(start, start + len(source))])
    assert (sentence[slice(*span)] if span else None) == principal
