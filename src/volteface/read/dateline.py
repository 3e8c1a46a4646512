"""The lines around a headline that say who wrote the article and when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.read.dates import full_dates

# How many lines above and below the headline a byline or a date line may stand.
ABOVE, BELOW = 3, 10
LONGEST = 120

BYLINE = re.compile(
    r"(?:by|written by|words by|words|text|text by|story by|story|reported by|reporting by|report by|"
    r"author|authors|from(?= our)|analysis by|article by)(?::\s{0,2}|\s)(?P<names>[^\d|•·]{3,100})",
    re.I,
)
_PART = r"[A-ZÀ-Þ][\w.'’-]{0,30}"
NAME = re.compile(rf"{_PART}(?:\s(?:{_PART}|de|van|von|der|bin|al|el|la|di|da)){{1,4}}")
# "Ida Berg in Oslo", "Ida Berg, Oslo correspondent": a name and what makes it an author's.
_IN = rf"\sin\s{_PART}(?:\s{_PART}){{0,3}}"
SIGNED = re.compile(
    rf"(?P<names>{NAME.pattern}(?:(?:,\s|\sand\s){NAME.pattern}){{0,3}}?"
    rf"(?:(?P<in>{_IN}(?:(?:,|\sand|;)\s{NAME.pattern}{_IN}){{0,3}})$|(?=(?:,|\s[|–—-])\s(?:[\w'’-]{{2,20}}\s){{0,4}}"
    r"(?:correspondent|editor|reporter|writer|columnist|analyst|journalist|bureau chief)s?\b)))"
)
# What stands in a byline's place without being anybody's name.
NOBODY = re.compile(
    r"\b(?:news|world|politics|europe|asia|africa|middle|east|west|north|south|business|sport|opinion|breaking|live|"
    r"exclusive|analysis|home|share|agency|agencies|staff|desk|team|print|email|facebook|twitter|foreign|affairs|the|wire|press|associated|service|online|times|editor|updated)\b",
    re.I,
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
    return Dateline(names or _beside_date(texts, near), date)


def _names(text: str) -> tuple[str, ...]:
    match = BYLINE.match(text) or SIGNED.match(text)
    if match is None:
        return ()
    found = []
    for part in PARTS.split(match.group("names")):
        name = NAME.match(re.split(r"\sin\s", part.strip())[0])
        if name and not ROLE.search(name.group()) and not NOBODY.search(name.group()):
            found.append(_shown(name.group().strip(" .-")))
    return tuple(found)


def _beside_date(texts: Sequence[str], near: Sequence[int]) -> tuple[str, ...]:
    """A name alone on a line next to the date line, or in capitals on it."""
    for i in near:
        rest = _rest(texts[i])
        if rest is not None:
            name = NAME.fullmatch(rest.strip(" |,–—-·•/"))
            if name and name.group().isupper() and not NOBODY.search(name.group()):
                return (_shown(name.group()),)
        elif (
            NAME.fullmatch(texts[i])
            and not NOBODY.search(texts[i])
            and len(texts[i].split()) <= 4
            and any(j in near and _stamp(texts[j]) for j in (i - 1, i + 1))
        ):
            return (_shown(texts[i]),)
    return ()


def _shown(name: str) -> str:
    return name.title() if name.isupper() else name


def _rest(text: str) -> str | None:
    """What a line with a full date says besides it and words of publication; None without a date."""
    dates = full_dates(text)
    if not dates:
        return None
    rest = text
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    return re.sub(r"\s{2,}", " ", re.sub(r"[\d:.]{2,}", " ", STAMP_WORDS.sub(" ", rest)))


def _stamp(text: str) -> str | None:
    """The first full date of a line that is about its date, or that is a byline with a date."""
    rest = _rest(text)
    if rest is None:
        return None
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return full_dates(text)[0].iso if len(words) <= 3 or BYLINE.match(text) else None
