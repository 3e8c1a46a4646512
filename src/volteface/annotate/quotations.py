"""Words between quotation marks, one inside the other: "he said 'go' to me"."""

from __future__ import annotations

from volteface.annotate.tokens import Annotation, Sentence

OPENING = frozenset("“‘")
CLOSING = {"”": "“", "’": "‘"}
STRAIGHT = frozenset({'"', "'"})
MARKS = ("``", "''")


def quotations(annotation: Annotation, sentence: Sentence) -> list[tuple[int, int]]:
    """Token ranges between the quotation marks of one sentence, outer before inner; one that is not closed ends with
    the sentence. Apostrophes are told from marks by their tag."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    marks = [t for t in annotation.of(sentence) if t.tag in MARKS]
    texts = [t.text for t in marks]
    for token in marks:
        mark = token.text
        opened = [m for m, _ in waiting]
        fresh = mark in STRAIGHT and mark not in opened
        if mark in OPENING or (fresh and (token.tag == MARKS[0] or texts.count(mark) % 2 == 0)):
            waiting.append((mark, token.i + 1))
        elif fresh:  # closes what an earlier sentence opened
            found.append((sentence.first, token.i))
        elif CLOSING.get(mark, mark) in opened:
            while waiting:
                other, first = waiting.pop()
                found.append((first, token.i))
                if other == CLOSING.get(mark, mark):
                    break
    found += [(first, sentence.last) for _, first in waiting]
    return sorted(found, key=lambda q: (q[0], -q[1]))


def innermost(annotation: Annotation, sentence: Sentence, i: int) -> tuple[int, int] | None:
    """The smallest quotation of the sentence that holds token `i`, or None."""
    holding = [q for q in quotations(annotation, sentence) if q[0] <= i < q[1]]
    return min(holding, key=lambda q: q[1] - q[0], default=None)
