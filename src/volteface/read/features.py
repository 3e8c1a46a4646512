"""What a line of a copied page looks like: numbers in [0, 1], for the line model.

A line is described by its own shape, the furniture words in it, and where it stands: near which lines, how
far into
the page's prose, under which heading. `NAMES` fixes the order; `describe` gives one row for each line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from volteface.read.cues import cues
from volteface.read.furniture import is_furniture, sections
from volteface.read.language import detect, function_words

WORD = re.compile(r"\w+(?:['’]\w+)*")
SENTENCE_END = re.compile(r"[.!?。！？।؟][\"'”’»)\]]{0,3}$")
INNER_END = re.compile(r"[.!?][\"'”’)]{0,2}\s+[\"'“‘(]?[A-ZÀ-ÞА-Я]")
QUOTE_START = re.compile(r"[\"“‘'«]")
BULLET = re.compile(r"(?:[-–—•*·▪►]|\d{1,3}[.)])\s")
ADDRESS = re.compile(r"@|https?:|www\.|\b\w{1,40}\.(?:com|org|net|co|ru|uk|de|info)\b")
SYMBOLS = re.compile(r"[|›»•→←✕×©®™▼▾✓☰]")
WE = frozenset(["we", "our", "us", "ours"])
YOU = frozenset(["you", "your", "yours", "you're", "you'll"])
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE_LIKE = re.compile(rf"\b(?:{MONTHS})[a-z]{{0,6}}\.?\s\d|\b\d{{1,2}}[:/.]\d\d|\b(?:19|20)\d\d\b", re.I)
BY = re.compile(r"(?:[Bb]y|BY)\s+[A-Z]")
INNER_NAME = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]{2,30}")
QUOTED = re.compile('["“][^"”]{0,2000}["”]')

GROUPS = [
    "subscription",
    "appeal",
    "sharing",
    "payment",
    "cookie",
    "contact",
    "copyright",
    "read_more",
    "advertisement",
    "comments",
    "media",
    "byline",
    "navigation",
]

SHAPE = [
    "bias",
    "words_1",
    "words_2_3",
    "words_4_6",
    "words_7_12",
    "words_13_20",
    "words_21_40",
    "words_41",
    "ends_sentence",
    "ends_colon",
    "ends_dots",
    "two_sentences",
    "comma",
    "starts_quote",
    "starts_lower",
    "bullet",
    "function_none",
    "function_some",
    "function_prose",
    "capitals",
    "all_capitals",
    "digits",
    "symbol",
    "address",
    "date_like",
    "by_line",
    "we",
    "you",
    "prose",
    "prose_we",
    "prose_you",
    "question",
]
PLACE = [
    "repeated",
    "is_title",
    "has_title",
    "after_title",
    "near_title_3",
    "near_title_10",
    "prose_prev_1",
    "prose_prev_2",
    "prose_next_1",
    "prose_next_2",
    "prose_near",
    "prose_far",
    "no_prose_before",
    "little_prose_before",
    "no_prose_after",
    "little_prose_after",
    "short_run_4",
    "short_run_10",
    "gap_before",
    "gap_after",
    "theme",
    "no_theme_prose",
    "head_self",
    "head_appeal",
    "head_1_2",
    "head_3_6",
    "cue_near_before",
    "cue_near_after",
    "first_lines",
    "next_heads",
    "bio_name",
    "rule",
    "in_section",
    "goes_on",
]
NAMES = (
    *SHAPE,
    *(f"cue_{g}_short" for g in GROUPS),
    *(f"cue_{g}_long" for g in GROUPS),
    "cue_dense",
    *PLACE,
)
INDEX = {name: i for i, name in enumerate(NAMES)}

# Bins of a line's length in words: feature, least, most.
LENGTHS = (
    ("words_1", 0, 1),
    ("words_2_3", 2, 3),
    ("words_4_6", 4, 6),
    ("words_7_12", 7, 12),
    ("words_13_20", 13, 20),
    ("words_21_40", 21, 40),
    ("words_41", 41, 10**9),
)

# A cue in a line of few words is most of what the line says.
SHORT_LINE = 9


@dataclass(slots=True)
class Line:
    """One line of a page and what `describe` found out about it before looking at its neighbours."""

    text: str
    gap_before: bool = False
    gap_after: bool = False
    words: list[str] = field(default_factory=list)
    cues: dict[str, int] = field(default_factory=dict)
    heads: str | None = None
    prose: bool = False
    function: float = 0.0


def lines_of(pieces: Sequence[tuple[str, bool]]) -> list[Line]:
    """Lines from (text, whether an empty line stands before it)."""
    known = cues()
    lines = []
    for n, (text, gap) in enumerate(pieces):
        head = text[:2000]
        line = Line(head, gap, n + 1 < len(pieces) and pieces[n + 1][1])
        line.words = [w.lower().replace("’", "'") for w in WORD.findall(head)]
        line.cues = known.find(head)
        line.heads = known.heads(text)
        lines.append(line)
    _mark_prose(lines)
    return lines


def _mark_prose(lines: Sequence[Line]) -> None:
    """Prose is a line of a sentence's length and punctuation with the function words of the page's
    language."""
    longest = sorted(lines, key=lambda line: -len(line.text))[:40]
    language = detect("\n".join(line.text for line in longest))
    known = function_words(language)
    for line in lines:
        ended = SENTENCE_END.search(line.text[-8:]) is not None
        if known:
            line.function = sum(w in known for w in line.words) / max(1, len(line.words))
        else:
            # A language without a list: what has a sentence's shape counts as having a sentence's words.
            line.function = 0.35 if len(line.text) >= 50 and ended else 0.0
        line.prose = ended and len(line.text) >= 60 and line.function >= 0.2


def describe(lines: Sequence[Line], title: str | None) -> list[list[float]]:
    """One row of `NAMES` for each line; `title` is the page's own title line, if it has one."""
    rows = [_shape(line) for line in lines]
    context = _Context(lines, title)
    for i, row in enumerate(rows):
        context.place(i, row)
    return rows


def _shape(line: Line) -> list[float]:
    row = [0.0] * len(NAMES)

    def put(name: str, value: float = 1.0) -> None:
        row[INDEX[name]] = value

    text, words = line.text, line.words
    count = len(words)
    put("bias")
    for name, low, high in LENGTHS:
        if low <= count <= high:
            put(name)
    tail = text[-8:]
    put("ends_sentence", float(SENTENCE_END.search(tail) is not None))
    put("ends_colon", float(text.endswith(":")))
    put("ends_dots", float(text.endswith(("...", "…", ".."))))
    put("question", float("?" in tail))
    put("two_sentences", float(INNER_END.search(text) is not None))
    put("comma", float("," in text))
    put("starts_quote", float(QUOTE_START.match(text) is not None))
    put("starts_lower", float(text[:1].islower()))
    put("bullet", float(BULLET.match(text) is not None))
    put("function_none", float(line.function == 0))
    put("function_some", float(0 < line.function < 0.2))
    put("function_prose", float(line.function >= 0.3))
    long_words = list(re.findall(r"[^\W\d_]{4,}", text))[:60]
    put("capitals", sum(w[0].isupper() for w in long_words) / max(1, len(long_words)))
    put("all_capitals", sum(w.isupper() for w in long_words) / max(1, len(long_words)))
    put("digits", min(1.0, 3 * sum(c.isdigit() for c in text) / max(1, len(text))))
    put("symbol", float(SYMBOLS.search(text) is not None))
    put("address", float(ADDRESS.search(text) is not None))
    put("date_like", float(DATE_LIKE.search(text) is not None))
    put("by_line", float(BY.match(text) is not None))
    put("prose", float(line.prose))
    _person(line, put)
    _cues(line, put)
    return row


def _person(line: Line, put: Callable[[str, float], None]) -> None:
    """We and you outside quotation marks: a publisher speaking to its readers."""
    outside = line.words
    if '"' in line.text or "“" in line.text:
        outside = [w.lower().replace("’", "'") for w in WORD.findall(QUOTED.sub(" ", line.text))]
    we = min(1.0, sum(w in WE for w in outside) / 3)
    you = min(1.0, sum(w in YOU for w in outside) / 3)
    put("we", we)
    put("you", you)
    put("prose_we", we * line.prose)
    put("prose_you", you * line.prose)


def _cues(line: Line, put: Callable[[str, float], None]) -> None:
    size = "short" if len(line.words) <= SHORT_LINE else "long"
    for group in line.cues:
        put(f"cue_{group}_{size}", 1.0)
    put("cue_dense", min(1.0, max(line.cues.values(), default=0) / max(1, len(line.text))))


class _Context:
    """Everything about a page that a line's place is measured by."""

    def __init__(self, lines: Sequence[Line], title: str | None) -> None:
        self.lines = lines
        self.counts = Counter(line.text for line in lines)
        self.prose = [float(line.prose) for line in lines]
        self.before = [0.0]
        for line in lines:
            self.before.append(self.before[-1] + len(line.words) * line.prose)
        self.title = set(title_words(title or ""))
        self.titled = [self._overlap(line) for line in lines]
        self.last_title = self._distance([score >= 0.8 for score in self.titled])
        self.short = self._runs()
        self.heading = self._distance([line.heads is not None for line in lines])
        # Headings whose section is still open: prose of three or more lines after it closes it (the
        # article went on).
        theme = Counter(w for line in lines if line.prose for w in set(line.words) if len(w) > 3)
        self.theme = theme
        texts = [line.text for line in lines]
        self.rule = [is_furniture(text) for text in texts]
        self.section = sections(texts, [line.gap_before for line in lines], [line.heads for line in lines])
        self.names = self._names()

    def _overlap(self, line: Line) -> float:
        words = set(title_words(line.text))
        if not self.title or not words or len(line.words) > 40:
            return 0.0
        return len(words & self.title) / max(len(words), min(len(self.title), 4))

    def _distance(self, marks: Sequence[bool]) -> list[int]:
        """Lines since the last marked one (0 at it); a large number where there was none."""
        distances, since = [], 10**6
        for mark in marks:
            since = 0 if mark else since + 1
            distances.append(since)
        return distances

    def _runs(self) -> list[int]:
        """Length of the run of short lines without a sentence's end that each line stands in."""
        flags = [len(line.words) <= 6 and SENTENCE_END.search(line.text[-8:]) is None for line in self.lines]
        runs = [0] * len(flags)
        start = 0
        for i in range(len(flags) + 1):
            if i == len(flags) or not flags[i]:
                runs[start:i] = [i - start] * (i - start)
                start = i + 1
        return runs

    def _names(self) -> list[float]:
        """Share of each prose line's names that the prose above it has; of other lines 0.

        Where furniture interrupts an article, what names the same people and countries goes on with it.
        """
        seen: set[str] = set()
        shares = []
        for line in self.lines:
            own = set(INNER_NAME.findall(QUOTED.sub(" ", line.text))) if line.prose else set()
            shares.append(len(own & seen) / len(own) if own else 0.0)
            seen |= own
        return shares

    def _near(self, i: int, low: int, high: int) -> float:
        window = self.prose[max(0, i + low) : max(0, i + high + 1)]
        return sum(window) / max(1, len(window))

    def place(self, i: int, row: list[float]) -> None:
        """Fill in the features of where line `i` stands."""

        def put(name: str, value: float) -> None:
            row[INDEX[name]] = float(value)

        line, last = self.lines[i], len(self.lines) - 1
        put("repeated", self.counts[line.text] > 1)
        put("has_title", bool(self.title))
        put("is_title", self.titled[i] >= 0.8)
        put("after_title", self.last_title[i] < 10**6)
        put("near_title_3", self.last_title[i] <= 3)
        put("near_title_10", self.last_title[i] <= 10)
        put("prose_prev_1", i > 0 and self.prose[i - 1])
        put("prose_prev_2", i > 1 and self.prose[i - 2])
        put("prose_next_1", i < last and self.prose[i + 1])
        put("prose_next_2", i < last - 1 and self.prose[i + 2])
        put("prose_near", self._near(i, -3, 3))
        put("prose_far", self._near(i, -8, 8))
        self._progress(i, put)
        put("short_run_4", self.short[i] >= 4)
        put("short_run_10", self.short[i] >= 10)
        put("gap_before", line.gap_before)
        put("gap_after", line.gap_after)
        self._theme(line, put)
        put("head_self", line.heads is not None)
        put("head_appeal", line.heads in ("appeal", "subscription"))
        put("head_1_2", 1 <= self.heading[i] <= 2)
        put("head_3_6", 3 <= self.heading[i] <= 6)
        put("next_heads", i < last and self.lines[i + 1].heads is not None)
        put("cue_near_before", sum(bool(x.cues) for x in self.lines[max(0, i - 3) : i]) / 3)
        put("cue_near_after", sum(bool(x.cues) for x in self.lines[i + 1 : i + 4]) / 3)
        put("first_lines", i < 3)
        put("rule", self.rule[i])
        put("in_section", i in self.section)
        put("goes_on", self.names[i])
        put("bio_name", len(line.words) > 3 and line.text.split(" ", 1)[0] in ("About", "By"))

    def _progress(self, i: int, put: Callable[[str, float], None]) -> None:
        total = self.before[-1]
        before = self.before[i] / total if total else 0.0
        after = (total - self.before[i + 1]) / total if total else 0.0
        put("no_prose_before", before == 0)
        put("little_prose_before", before < 0.1)
        put("no_prose_after", after == 0)
        put("little_prose_after", after < 0.1)

    def _theme(self, line: Line, put: Callable[[str, float], None]) -> None:
        """Share of the line's longer words that the page's other prose has too."""
        words = {w for w in line.words if len(w) > 3}
        own = int(line.prose)
        shared = sum(self.theme[w] > own for w in words) / len(words) if words else 0.0
        put("theme", shared)
        put("no_theme_prose", line.prose and shared < 0.25)


def title_words(text: str) -> list[str]:
    """The words a title is compared by: lower case, without the commonest."""
    skip = function_words("en")
    return [w for w in (w.lower() for w in WORD.findall(text[:500])) if w not in skip]
