"""The lines around a headline that say who wrote the article and when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.read.dates import full_dates

# How many lines above and below the headline a byline or a date line may stand.
ABOVE, BELOW = 3, 10
LONGEST = 120

BYLINE = re.compile(r"(?:by|written by|story by)\s+(?P<names>[^\d|•·]{3,100})", re.I)
NAME = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]{0,30}(?:\s(?:[A-ZÀ-Þ][\w.'’-]{0,30}|de|van|von|der|bin|al|el|la|di|da)){1,4}"
)
PARTS = re.compile(r",|\band\b|&|;")
ROLE = re.compile(
    r"\b(?:staff|correspondent|editor|reporter|writer|news|press|reuters|updated|published)\b", re.I
)

# A line that is about its date: nothing but the date and words of publication.
STAMP_WORDS = re.compile(
    r"\b(?:updated?|last|modified|published|posted|first|on|at|by|edt|est|et|gmt|utc|cet|pt|pst|pdt|am|pm|a\.m|p\.m|"
    r"min|minutes?|read|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|date|time|ago|hours?|days?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Who and when, by the page's own line; empty and None where it has none."""

    bylines: tuple[str, ...] = ()
    date: str | None = None


def find_dateline(texts: Sequence[str], head: int, first: int) -> Dateline:
    """Byline and date from the short lines near the headline (`head`) and above the body (`first`)."""
    near = [
        i
        for i in (*range(head + 1, min(first, head + 1 + BELOW)), *range(max(0, head - ABOVE), head))
        if len(texts[i]) <= LONGEST
    ]
    names: tuple[str, ...] = ()
    date = None
    for i in near:
        names = names or _names(texts[i])
        date = date or _stamp(texts[i])
    return Dateline(names, date)


def _names(text: str) -> tuple[str, ...]:
    match = BYLINE.match(text)
    if match is None:
        return ()
    found = []
    for part in PARTS.split(match.group("names")):
        name = NAME.match(part.strip())
        if name and not ROLE.search(name.group()):
            found.append(name.group().strip(" .-"))
    return tuple(found)


def _stamp(text: str) -> str | None:
    """The first full date of a line that is about its date, or that is a byline with a date."""
    dates = full_dates(text)
    if not dates:
        return None
    rest = text
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    words = re.findall(r"[^\W\d_]{2,}", STAMP_WORDS.sub(" ", rest))
    return dates[0].iso if len(words) <= 3 or BYLINE.match(text) else None
