"""When a page was published: as given, as its markup or date line says, or as its own article lets one infer.

Never from furniture and never from the clock: the same page gives the same date on any day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from volteface.read.dates import full_dates
from volteface.read.reading import Piece
from volteface.records import Published

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(rf"\b(?P<before>last|next|every|each|this|coming)?\s?(?P<day>{'|'.join(WEEKDAYS)})\b", re.I)
BACKGROUND = re.compile(
    r"\b(?:since|until|from|anniversary|born|founded|signed|years? ago|back in|dating|history|historic|between|expires?|deadline|scheduled|"
    r"will|would|planned|due|by the end|starting|before)\b",
    re.I,
)
FUTURE_VERB = re.compile(r"\b(?:will|would|is to|are to|plans? to|planned|scheduled|expected|due|upcoming|ahead of|until)\b", re.I)

# The day of the dated event is at best the day before publication; a news article is printed within a week of the
# last weekday it names without a date, for a weekday further back would be ambiguous.
LATEST_AFTER = datetime.timedelta(days=6)

# Weekdays an article names lie in the week after the dated event.
WEEK = 7


def given(value: str) -> Published:
    """A date from the user or the page's own object: `YYYY-MM-DD`, with or without a time. Raises `ValueError`."""
    day = iso_day(value)
    return Published(day, "given", day)


def iso_day(value: str) -> str:
    """The day of an ISO date or date-time, as written (no change of zone). Raises `ValueError`."""
    text = value.strip()
    try:
        return datetime.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise ValueError(f"{value!r} is no date (YYYY-MM-DD)") from None


def infer(pieces: Sequence[Piece]) -> Published | None:
    """A publication date from the article's own text, or None.

    The newest full date that is told as news (a dated picture, a dated event; not an anniversary, a plan or a
    deadline) is the anchor; weekdays the article names after it move the date on to the last of them, within a
    week. `latest` is six days after: an article that names a weekday is not older than that.
    """
    anchor = _anchor(pieces)
    if anchor is None:
        return None
    day = anchor
    names = _weekdays(pieces)
    for ahead in range(WEEK):
        candidate = anchor + datetime.timedelta(days=ahead)
        if candidate.weekday() in names:
            day = candidate
    if names and anchor.weekday() not in names and WEEK - 1 in names:
        pass
    return Published(day.isoformat(), "inferred", (day + LATEST_AFTER).isoformat())


def _anchor(pieces: Sequence[Piece]) -> datetime.date | None:
    dates = []
    for piece in pieces:
        for found in full_dates(piece.text):
            before = piece.text[max(0, found.start - 60) : found.start]
            before = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
            if piece.kind == "caption" or not BACKGROUND.search(before):
                dates.append(found.day)
    return max(dates, default=None)


def _weekdays(pieces: Sequence[Piece]) -> set[int]:
    """Weekdays the article names as past or present: 0 is Monday."""
    found = set()
    for piece in pieces:
        for match in WEEKDAY.finditer(piece.text):
            clause = piece.text[max(0, match.start() - 50) : match.start()]
            clause = clause[max(clause.rfind(mark) for mark in ".;,") + 1 :]
            if (match.group("before") or "").lower() in ("last", "next", "every", "each", "coming"):
                continue
            if not FUTURE_VERB.search(clause):
                found.add(WEEKDAYS.index(match.group("day").lower()))
    return found
