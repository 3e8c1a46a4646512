"""The headline of a copied page: which line heads the body that begins below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from volteface.read.dateline import BYLINE, find_dateline
from volteface.read.features import INNER_END, Line, title_words
from volteface.read.furniture import STAMP, is_furniture
from volteface.read.repeats import PULL_QUOTE_WORDS, plain

# Below this a line is no headline of what follows.
MIN_SCORE = 0.5

# How far into the body a pull quote above it is looked for, in lines.
QUOTED_WITHIN = 200

# Author and date stand within so many lines below a headline, a standfirst between them; what that is
# worth beside
# the score's other parts (a title's words 4, the body's words up to 3).
SIGNED_NEAR, SIGNED_BELOW = 3, 1.5

# A line above the best one is preferred when it scores at most so much less, has these words and is shorter.
STANDFIRST_MARGIN, HEADLINE_LEAST = 1.2, 4
LONGEST_SIGNATURE = 120
PICTURE_CREDIT = re.compile(
    r"\((?:ap|afp|reuters|getty|photo|image|file|epa|tass)\b|getty images|ap photo|reuters/|/reuters|/afp|"
    r"afp/|/ap\b|"
    r"\bphoto(?:graph)?\s?(?:by|:)|\bimage\s?(?:by|:|credit)|credit:|"
    r"credit\.\.\.|shutterstock|file photo|courtesy of|/getty|/epa|screengrab",
    re.I,
)
BREADCRUMB = re.compile(r"\s[>›»/→]\s")


def find_headline(
    texts: Sequence[str], lines: Sequence[Line], first: int, title: str | None
) -> tuple[float, int | None]:
    """The line that heads the body that begins at `first`, and its score: short, without a sentence's end,
    near the body and above the lines of author and date, of the body's words, said again by the title."""
    wanted = set(title_words(title)) if title else set()
    theme = {w for line in lines[first : first + 6] if line.prose for w in line.words if len(w) > 3}
    prose = (line.text for line in lines[first : first + QUOTED_WITHIN] if line.prose)
    below = "|".join(plain(text) for text in prose)
    signed = [is_signature(texts[i]) for i in range(first)]
    scores: dict[int, float] = {}
    best: tuple[float, int | None] = (MIN_SCORE, None)
    for i in range(max(0, first - 60), first):
        own = set(title_words(texts[i]))
        if not own or not _may_head(texts[i], lines[i]):
            continue
        if len(lines[i].words) > PULL_QUOTE_WORDS and plain(texts[i]) in below:
            continue  # a pull quote: its words stand in the body
        score = 4.0 * (len(own & wanted) >= 0.7 * max(len(own), len(wanted)))
        long = [w for w in own if len(w) > 3]
        score += 3.0 * sum(w in theme for w in long) / max(1, len(long))
        score += 1.0 * (len(lines[i].words) >= 5) - 0.12 * min(first - i, 25) - 1.0 * (i == 0 and first > 3)
        score += SIGNED_BELOW * any(signed[i + 1 : i + 1 + SIGNED_NEAR])
        scores[i] = score
        if score >= best[0]:
            best = (score, i)
    best = _above_standfirst(lines, scores, best)
    return best if best[1] is not None else (0.0, _sentence_headline(texts, lines, first))


def _above_standfirst(
    lines: Sequence[Line], scores: dict[int, float], best: tuple[float, int | None]
) -> tuple[float, int | None]:
    """Of two lines that could head the article, the longer one right below the other is a standfirst."""
    score, i = best
    if i is None or i - 1 not in scores or i == 0:
        return best
    upper, lower = len(lines[i - 1].words), len(lines[i].words)
    near = scores[i - 1] >= score - STANDFIRST_MARGIN
    return (scores[i - 1], i - 1) if near and HEADLINE_LEAST <= upper < lower else best


def is_signature(text: str) -> bool:
    """A line that says who wrote the article or when, and nothing else."""
    if len(text) > LONGEST_SIGNATURE:
        return False
    line = find_dateline([text], -1, 1)
    return bool(line.bylines or line.date) or STAMP.match(text) is not None or BYLINE.match(text) is not None


def _sentence_headline(texts: Sequence[str], lines: Sequence[Line], first: int) -> int | None:
    """A headline written as a sentence, with its full stop: only where the text begins with it."""
    for i in range(min(first, 2)):
        short = 2 <= len(lines[i].words) <= 25 and INNER_END.search(texts[i]) is None
        if short and lines[i].heads is None and not is_furniture(texts[i]):
            return i if not any(lines[j].heads for j in range(first)) else None
    return None


def _may_head(text: str, line: Line) -> bool:
    if not 2 <= len(line.words) <= 35 or len(text) > 250 or line.heads is not None or text[0].islower():
        return False
    if BREADCRUMB.search(text) or is_signature(text):
        return False
    if text.endswith((".", ",", ";", ":", "…")) and not re.search(r"\b(?:[A-Z]\.){2,}$", text):
        return False
    if (
        is_furniture(text)
        or PICTURE_CREDIT.search(text)
        or re.match(r"(?:by|updated|published|posted)\b", text, re.I)
    ):
        return False
    return max(line.cues.values(), default=0) < 0.4 * len(text)
