"""Which words stand between which quotation marks."""

from __future__ import annotations

import pytest

from tests.build import annotation
from volteface.annotate.quotations import quotations

# (sentence, what stands in quotation marks, outer before inner)
CASES = [
    ("He|PRON|nsubj|2 said|VERB|ROOT|0 \"|``|punct|4 go|VERB|ccomp|2 \"|''|punct|4", ["go"]),
    ("“|``|punct|2 Go|VERB|ccomp|4 ,|PUNCT|punct|2 ”|''|punct|2 he|PRON|nsubj|6 said|VERB|ROOT|0", ["Go ,"]),
    (
        "\"|``|punct|3 He|PRON|nsubj|3 said|VERB|ROOT|0 '|``|punct|5 go|VERB|ccomp|3 '|''|punct|5 "
        "\"|''|punct|3",
        ["He said ' go '", "go"],
    ),
    ("Then|ADV|advmod|2 go|VERB|ROOT|0 .|PUNCT|punct|2 \"|''|punct|2", ["Then go ."]),
    ('"|``|punct|2 Go|VERB|ROOT|0 now|ADV|advmod|2', ["Go now"]),
    ("Chad|PROPN|poss|3 '|POS|case|1 s|NOUN|ROOT|0", []),
]


@pytest.mark.parametrize(("sentence", "quoted"), CASES)
def test_quotations(sentence: str, quoted: list[str]) -> None:
    found = annotation(sentence)
    ranges = quotations(found, found.sentences[0])
    assert [" ".join(t.text for t in found.tokens[a:b]) for a, b in ranges] == quoted
