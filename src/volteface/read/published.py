"""When a page was published: as given, or as its own article lets one infer.

Never from furniture and never from the clock: the same page gives the same date on any day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from volteface.read.dates import full_dates
from volteface.read.reading import Piece
from volteface.records import Published

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(
    rf"\b(?:(?P<before>last|next|every|each|coming)\s)?(?P<day>{'|'.join(WEEKDAYS)})\b", re.I
)
WEEKDAY_BEFORE = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:on\s)?$", re.I)
ARCHIVE = re.compile(r"\b(?:file|archive|archival|undated)\b", re.I)
AHEAD = re.compile(
    r"\b(?:will|would|is to|are to|plans? to|planned|scheduled|expected|due|upcoming|"
    r"ahead of|until|deadline|expires?|by)\b",
    re.I,
)
BACKGROUND = re.compile(
    r"\b(?:since|anniversary|born|founded|signed|ago|dated|dating|until|between|expires?|deadline)\b", re.I
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PAST_YEAR = re.compile(r"\b(?:in|of|since|during)\s(?:[a-z]+\s)?$", re.I)

# A weekday without a date is named within the week, so the last one named is at most six days before
# publication.
LATEST_AFTER = datetime.timedelta(days=6)

# Half of 681 PolNeAR articles that name a weekday came out a day or more after the last one they name (the
# same
# day 41 %, the next day 35 %, later 24 %): the median is the best single guess.
USUALLY_AFTER = datetime.timedelta(days=1)

# A weekday up to three days after the dated event is read as following it, a further one as the one before
# it.
FOLLOWS = 3

# Where a lead paragraph's own date can stand: "PARIS, Nov. 17, 2015 (Agency) —" and the first clause.
LEAD_PARAGRAPHS, LEAD_CHARS = 2, 80


def given(value: str) -> Published:
    """A date from the user or the page's own object: `YYYY-MM-DD`, with or without a time. Raises
    `ValueError`."""
    try:
        day = datetime.date.fromisoformat(value.strip()[:10]).isoformat()
    except ValueError:
        raise ValueError(f"{value!r} is no date (YYYY-MM-DD)") from None
    return Published(day, "given", day)


def infer(pieces: Sequence[Piece]) -> Published | None:
    """A publication date from the article's own text, or None.

    News gives a year only to what is not news, so a full date counts only where it is told as the story's
    own: in a
    caption that is no archive picture, or in the lead, beside a weekday or at its head. The newest such date
    is
    moved on to the last weekday the article names after it, and a day further (`USUALLY_AFTER`). `latest` is
    six
    days after that weekday. A later date or year elsewhere in the article makes all of it doubtful: None.
    """
    anchor = max(_anchors(pieces), default=None)
    if anchor is None or _told_later(pieces, anchor):
        return None
    ahead = [(name - anchor.weekday()) % 7 for name in _weekdays(pieces)]
    last = anchor + datetime.timedelta(days=max((n for n in ahead if n <= FOLLOWS), default=0))
    return Published((last + USUALLY_AFTER).isoformat(), "inferred", (last + LATEST_AFTER).isoformat())


def _anchors(pieces: Sequence[Piece]) -> Iterator[datetime.date]:
    paragraphs = 0
    for piece in pieces:
        paragraphs += piece.kind == "paragraph"
        for found in full_dates(piece.text):
            before = _clause(piece.text, found.start)
            if piece.kind == "caption":
                told = not ARCHIVE.search(piece.text)
            else:
                near = found.start <= LEAD_CHARS or WEEKDAY_BEFORE.search(before) is not None
                lead = piece.kind == "paragraph" and paragraphs <= LEAD_PARAGRAPHS
                told = near and lead and not BACKGROUND.search(before)
            if told and not AHEAD.search(before):
                yield found.day


def _told_later(pieces: Sequence[Piece], anchor: datetime.date) -> bool:
    """Whether the article tells of a day more than a week, or a year, after the anchor as past."""
    for piece in pieces:
        for found in full_dates(piece.text):
            if found.day > anchor + LATEST_AFTER and not AHEAD.search(_clause(piece.text, found.start)):
                return True
        for match in YEAR.finditer(piece.text):
            if int(match.group()) > anchor.year and PAST_YEAR.search(_clause(piece.text, match.start(), 20)):
                return True
    return False


def _clause(text: str, end: int, size: int = 60) -> str:
    """What stands before `end` in its sentence, at most `size` characters; abbreviated months do not end
    it."""
    before = text[max(0, end - size) : end]
    return before[max(before.rfind(". "), before.rfind("; "), before.rfind("\n")) + 1 :]


def _weekdays(pieces: Sequence[Piece]) -> set[int]:
    """Weekdays the article names, but for those still ahead and habitual ones: 0 is Monday."""
    found = set()
    for piece in pieces:
        for match in WEEKDAY.finditer(piece.text):
            if match.group("before") is None and not AHEAD.search(_clause(piece.text, match.start(), 50)):
                found.add(WEEKDAYS.index(match.group("day").lower()))
    return found
