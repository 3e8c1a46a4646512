"""A text → its lines: what stands on one line of the page, or on several where the text was wrapped by hand.

Works on positions, so that callers can keep the text's own characters.
"""

from __future__ import annotations

import re

from volteface.records import Span

LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
TERMINAL = re.compile(r"[.!?:;…。][\"'”’»)\]]{0,3}$")

# Lines wrapped by hand end near a fixed column: mail and terminals wrap at 60 to 80, seldom beyond 120.
NARROWEST, WIDEST = 45, 120


def lines(text: str) -> list[tuple[Span, bool]]:
    """The text's lines as (start, end) without outer white space, and whether an empty line stands before
    each.

    A sentence that was wrapped over several lines comes as one.
    """
    found: list[tuple[Span, bool]] = []
    end_of_last = 0
    for match in LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + raw.index(stripped)
        end = start + len(stripped)
        gap = bool(found) and text.count("\n", end_of_last, start) > 1
        if found and not gap and _continues(text, found[-1][0], start):
            found[-1] = ((found[-1][0][0], end), found[-1][1])
        else:
            found.append(((start, end), gap))
        end_of_last = end
    return found


def _continues(text: str, before: Span, start: int) -> bool:
    """Whether the line at `start` goes on with the sentence of the line before."""
    last = text.rfind("\n", before[0], before[1])
    width = before[1] - max(before[0], last + 1)
    if not (NARROWEST <= width <= WIDEST) or not text[start].islower():
        return False
    return TERMINAL.search(text, max(before[0], before[1] - 8), before[1]) is None
