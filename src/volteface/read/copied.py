"""Copied text → the article's pieces: which lines are the article, which is the headline, what repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from volteface.read.crf import Chain, line_model
from volteface.read.cues import is_contact
from volteface.read.dateline import Dateline, find_dateline
from volteface.read.features import (
    INNER_END,
    INNER_NAME,
    QUOTE_START,
    QUOTED,
    SENTENCE_END,
    WE,
    YOU,
    Line,
    describe,
    lines_of,
    title_words,
)
from volteface.read.furniture import PROSE, is_furniture, sections
from volteface.read.heading import PICTURE_CREDIT, find_headline
from volteface.read.names import publisher_of
from volteface.read.reading import Piece, Reading
from volteface.read.repeats import PULL_QUOTE_WORDS, Repeats, plain, pull_quotes
from volteface.read.split import lines as split_lines
from volteface.records import Dropped

# A line is kept when the model gives it at least this probability. Cross-validated F1 in one run each:
# .897 at 0.3, .884 at 0.5, .884 at 0.65 (a line of the article lost costs more than one of furniture kept).
KEEP = 0.3

# "Headline - Site", "Headline | Site": what a browser's title adds.
SITE = re.compile(r"\s+[|–—·•»\-]{1,2}\s+(?=[^|–—·•»]{2,60}$)")

PICTURE = re.compile(
    r"^(?:(?:file )?photo|image|picture|caption|pictured|in this\b.{0,60}\b(?:photo|image|picture)|"
    r"an? (?:view|photo|man|woman|general view)\b)|\((?:l|r|left|right|c|center|l-r)\)",
    re.I,
)
PRESENT = re.compile(
    r"\b(?:attend|speak|stand|sit|shake|walk|hold|pose|arrive|listen|look|meet|wait|gesture|deliver|"
    r"address|carry|watch|march|ride|wave|greet|visit|"
    r"inspect|leave|gather|chant|work|talk|take part)(?:s|es|ies)?\b|"
    r"\bis (?:seen|shown|pictured)\b|\bare (?:seen|shown|pictured)\b|"
    r"\b(?:stands?|sits?) (?:in|at|on|near|guard)\b"
)
FULL_DATE_END = re.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2},?\s"
    r"(?:19|20)\d\d|\b\d{1,2}\s[A-Z][a-z]{2,8}\.?\s(?:19|20)\d\d)[.)]{0,2}$"
)

# An interruption has at most these lines, all furniture or of few words; what goes on with the article below
# it shares this part of its names, or of its longer words, with it (one, after a short interruption).
# After the sections in ENDS none goes on.
LABEL_WORDS = 5
INTERRUPTION, SHORT_INTERRUPTION, RESUMED_NAMES, RESUMED_THEMES = 16, 5, 0.3, 0.2
ENDS = frozenset({"comments", "legal"})

# Longer ones are columns by the editor, not appeals.
ADDRESS_WORDS = 80

# An appeal above the headline has few lines and little of the prose.
PREFACE_LINES, PREFACE_SHARE = 8, 0.35

# A text is taken whole when this share of its words is prose, prose begins in its first lines (after a
# headline and
# perhaps a standfirst), and no line is as much furniture as this. Of the 840 PolNeAR training articles,
# which have
# none, 509 are taken whole.
PLAIN_SHARE, PLAIN_TOP, PLAIN_CUES = 0.9, 4, 0.3


def page_title(texts: Sequence[str]) -> str | None:
    """The browser's title, where it was copied: a first line whose words stand in another line below."""
    for first in texts[:2]:
        words = set(title_words(SITE.split(first)[0]))
        if len(words) < 3 or len(first) > 300:
            continue
        for text in texts[1:400]:
            if text != first and len(text) > 300:
                continue
            other = set(title_words(text))
            if text is not first and len(words & other) >= 0.8 * max(len(words), len(other)):
                return SITE.split(first)[0]
    return None


def read_copied(text: str, *, model: Chain | None = None, repeats: Repeats | None = None) -> Reading:
    """The article in a page's copied text. A page without one gives a reading without pieces."""
    spans = split_lines(text)
    texts = [text[start:end] for (start, end), _ in spans]
    lines = lines_of([(t, gap) for t, (_, gap) in zip(texts, spans, strict=True)])
    title = page_title(texts)
    chance = (model or line_model()).article(describe(lines, title))
    kept = [p >= KEEP for p in chance]
    if _plain(lines):
        kept = [True] * len(kept)
    for i in _repeated(lines, kept, repeats):
        kept[i] = False
    gone = _furniture(texts, lines, kept)
    kept = [keep and i not in gone for i, keep in enumerate(kept)]
    for i in _resumed(lines, kept, gone):
        kept[i] = True
    return _compose(texts, lines, kept, title)


def _furniture(texts: Sequence[str], lines: Sequence[Line], kept: Sequence[bool]) -> set[int]:
    """Lines that are furniture by a rule: what they say alone, a section they stand in below the article's
    first paragraph, the publisher asking for support."""
    gone = {i for i, text in enumerate(texts) if is_furniture(text) or _addresses_readers(lines[i])}
    first = next((i for i, keep in enumerate(kept) if keep and lines[i].prose and i not in gone), None)
    if first is not None:
        start = first + 1
        gaps = [line.gap_before for line in lines[start:]]
        gone.update(start + i for i in sections(texts[start:], gaps, [line.heads for line in lines[start:]]))
    return gone


def _resumed(lines: Sequence[Line], kept: Sequence[bool], gone: set[int]) -> list[int]:
    """Prose that goes on with the article after an interruption that is all furniture by a rule: it has
    names and words of the article above, and speaks to no reader."""
    found: list[int] = []
    known: set[str] = set()
    last = len(lines)
    for i, line in enumerate(lines):
        if line.heads in ENDS and last < i:
            break
        if kept[i]:
            last = i
            known |= _themes(line)
        elif i not in gone and i > last:
            parted = (
                all(j in gone or _label(lines[j]) for j in range(last + 1, i)) and i - last <= INTERRUPTION
            )
            next_to = i == last + 1 and last in found
            if parted and _speaks_as_article(line) and (next_to or _shares(line, known, i - last)):
                found.append(i)
                last = i
                known |= _themes(line)
    return found


def _label(line: Line) -> bool:
    """A few words without a sentence: a button or a name within a box."""
    return not line.prose and len(line.words) <= LABEL_WORDS


def _names(line: Line) -> set[str]:
    return set(INNER_NAME.findall(line.text)) - {line.text.split(" ", 1)[0]}


def _themes(line: Line) -> set[str]:
    return {w for w in line.words if len(w) > 4} | _names(line)


def _shares(line: Line, known: set[str], distance: int) -> bool:
    """Whether a line's names or longer words are those of the article above it."""
    names, themes = _names(line), _themes(line)
    if distance <= SHORT_INTERRUPTION:
        return bool(themes & known)
    shared = len(names & known) >= RESUMED_NAMES * len(names) if names else False
    return shared or len(themes & known) >= RESUMED_THEMES * len(themes)


def _speaks_as_article(line: Line) -> bool:
    spoken = set(QUOTED.sub(" ", line.text).lower().replace("’", "'").split())
    quiet = sum(line.cues.values()) <= 0.1 * len(line.text)
    sentence = line.prose or (len(line.text) >= PROSE and SENTENCE_END.search(line.text[-8:]) is not None)
    return sentence and quiet and not spoken & (WE | YOU)


def _repeated(lines: Sequence[Line], kept: Sequence[bool], repeats: Repeats | None) -> list[int]:
    """Kept lines that stand on many pages of the batch. Where they are half the article, it is an agency's,
    printed
    by several sites, and none of them is furniture."""
    if repeats is None or not repeats.counts:
        return []
    found = [i for i, keep in enumerate(kept) if keep and repeats.furniture(lines[i].text)]
    words = sum(len(line.words) for line, keep in zip(lines, kept, strict=True) if keep)
    return found if sum(len(lines[i].words) for i in found) <= 0.5 * words else []


def _addresses_readers(line: Line) -> bool:
    """The publisher asking its readers for support: we and you, outside quotation marks, with an appeal's
    words."""
    if "appeal" not in line.cues or len(line.words) > ADDRESS_WORDS:
        return False
    words = set(QUOTED.sub(" ", line.text).lower().replace("’", "'").split())
    return bool(words & WE) and bool(words & YOU) and not QUOTE_START.match(line.text)


def _plain(lines: Sequence[Line]) -> bool:
    """Whether the text is an article and nothing else: prose from beginning to end, no words of furniture."""
    words = sum(len(line.words) for line in lines)
    prose = sum(len(line.words) for line in lines if line.prose)
    if not lines or prose < PLAIN_SHARE * words or not any(line.prose for line in lines[:PLAIN_TOP]):
        return False
    return not any(
        line.heads
        or max(line.cues.values(), default=0) >= PLAIN_CUES * len(line.text)
        or is_contact(line.text)
        for line in lines
    )


def _compose(texts: list[str], lines: list[Line], kept: list[bool], title: str | None) -> Reading:
    _drop_preface(texts, lines, kept, title)
    prose = [i for i, keep in enumerate(kept) if keep and lines[i].prose]
    if prose and prose[0] == 0 and _opens(lines):
        prose = prose[1:]
    first = prose[0] if prose else next((i for i, keep in enumerate(kept) if keep), None)
    reading = Reading()
    if first is None:
        reading.dropped = [Dropped("furniture", t) for t in texts]
        return reading
    last = max(i for i, keep in enumerate(kept) if keep)
    _, head = find_headline(texts, lines, first, title)
    kinds: dict[int, str] = {}
    for i in range(len(texts)):
        if head is not None and i == head:
            kinds[i] = "headline"
        elif head is not None and i < head:
            continue
        elif i <= last and _caption(texts[i], between=head is not None and head < i < first, kept=kept[i]):
            kinds[i] = "caption"
        elif kept[i]:
            kinds[i] = "paragraph"
    if head is not None:
        standfirst = _standfirst(texts, lines, head, first, kinds)
        if standfirst is not None:
            kinds[standfirst] = "standfirst"
    line = find_dateline(texts, head if head is not None else first, first)
    _fill(reading, texts, kinds, head, line)
    return reading


def _opens(lines: list[Line]) -> bool:
    """Whether the first line, though it reads as a sentence, is the headline of what follows: one short
    sentence above a longer paragraph that has most of its words."""
    if (
        len(lines) < 2
        or len(lines[0].words) > 25
        or INNER_END.search(lines[0].text)
        or not lines[1].gap_before
    ):
        return False
    below = {w for line in lines[1:6] for w in line.words}
    own = [w for w in title_words(lines[0].text) if len(w) > 3]
    capitals = re.findall(r"\b[^\W\d_]{4,}", lines[0].text)
    titled = sum(w[0].isupper() for w in capitals) >= 0.8 * max(1, len(capitals))
    return titled and bool(own) and sum(w in below for w in own) >= 0.5 * len(own)


def _fill(
    reading: Reading, texts: list[str], kinds: dict[int, str], head: int | None, line: Dateline
) -> None:
    chosen = sorted(kinds)
    body = [i for i in chosen if i != head]
    whole = "|".join(plain(texts[i]) for i in body)
    again = {body[n] for n in pull_quotes([texts[i] for i in body])}
    for i, text in enumerate(texts):
        if i in again:
            reading.dropped.append(Dropped("repeat", text))
        elif i not in kinds:
            again_kept = len(text.split()) > PULL_QUOTE_WORDS and plain(text) in whole
            reading.dropped.append(Dropped("repeat" if again_kept else "furniture", text))
        else:
            shown = SITE.split(text)[0] if i == head == 0 else text
            reading.pieces.append(Piece(kinds[i], shown))  # type: ignore[arg-type]
    if head is not None:
        reading.headline = next(p.text for p in reading.pieces if p.kind == "headline")
    parts = SITE.split(texts[0])
    if len(parts) == 2 and head is not None and title_words(parts[0])[:3] == title_words(texts[head])[:3]:
        reading.publisher = parts[1].strip()
    if reading.publisher is None:
        reading.publisher = publisher_of([dropped.text for dropped in reading.dropped])
    reading.bylines, reading.date = line.bylines, line.date


def _drop_preface(texts: list[str], lines: list[Line], kept: list[bool], title: str | None) -> None:
    """Drop kept prose above the headline: an appeal that reads as an article until the real one begins.

    Told by a heading of furniture below it, followed by a line that heads the rest much better than anything
    heads
    the whole. Changes `kept`.
    """
    prose = [i for i, keep in enumerate(kept) if keep and lines[i].prose]
    total = sum(len(lines[i].words) for i in prose)
    above = 0
    for before, after in pairwise(prose[:PREFACE_LINES]):
        above += len(lines[before].words)
        if above > PREFACE_SHARE * total:
            return
        if not any(lines[i].heads in ("appeal", "subscription") for i in range(before, after)):
            continue
        score, head = find_headline(texts, lines, after, title)
        if (
            head is not None
            and head > before
            and score > find_headline(texts, lines, prose[0], title)[0] + 1.0
        ):
            kept[:head] = [False] * head
            return


def _caption(text: str, *, between: bool, kept: bool) -> bool:
    """A line that describes a picture. A line the model dropped counts only with a sentence's words in it."""
    if len(text) > 500 or len(text.split()) < 6 or is_furniture(text):
        return False
    dated = FULL_DATE_END.search(text) is not None
    credit = PICTURE_CREDIT.search(text) is not None
    if PICTURE.match(text) or (dated and PRESENT.search(text)) or (credit and PRESENT.search(text)):
        return kept or credit or dated
    return credit and len(text.split()) >= 10 and (kept or between)


def _standfirst(
    texts: list[str], lines: list[Line], head: int, first: int, kinds: dict[int, str]
) -> int | None:
    """The line directly below the headline, if it is a sentence about the story and the model left it out."""
    i = head + 1
    if i >= first or i in kinds:
        return None
    line = lines[i]
    sentence = 8 <= len(line.words) <= 60 and line.function >= 0.15
    cued = sum(line.cues.values()) > 0.1 * len(texts[i]) or line.heads is not None
    if sentence and not cued and not PICTURE_CREDIT.search(texts[i]):
        return i
    return None
