"""What the parser is given to read, and that the text stays as it was."""

from __future__ import annotations

import pytest

from tests.build import document
from volteface.annotate import Parser


@pytest.mark.model
@pytest.mark.parametrize("clitic", ["'s", "’s", "’ s", "' s"])
def test_a_torn_possessive_is_read_as_one(clitic: str) -> None:
    annotation = Parser().annotate(document(f"Syldavia{clitic} government expelled two diplomats."))
    owner, case, government = annotation.tokens[:3]
    assert (owner.dep, case.text, government.text) == ("poss", clitic, "government")
    assert all(annotation.text[t.start : t.end] == t.text for t in annotation.tokens)
