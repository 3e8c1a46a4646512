"""Time expressions of a text as TIMEX3 spans and values (DATE, TIME, DURATION, SET).

The words are classified (`words`), short patterns find the expressions (`grammar`), and readers say what they
mean against the publication date (`absolute`, `relative`, `spans`). Why not a library:
docs/decisions/0020-own-time-grammar.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from volteface.annotate.times.calendar import day_range
from volteface.annotate.times.grammar import RULES
from volteface.annotate.times.scene import Found, Reading, Scene, Tense
from volteface.annotate.times.words import split
from volteface.records import Time

__all__ = ["day_range", "find_times"]

# Letters of words that no expression begins with.
_NEVER_FIRST = frozenset("_|,./'-sO&IkzKGj")


def find_times(
    text: str, published: str | None, *, tense: Callable[[int], Tense | None] | None = None
) -> tuple[Time, ...]:
    """The time expressions of `text` in order, ids T1, T2, …

    `published` is the ISO day that "Tuesday" and "last week" are counted from; without it such values stay
    open (`XXXX-WXX-2`). `tense` tells the tense of the clause around a character offset; where it is not
    given or gives None, nearby words decide. Raises `ValueError` if `published` is no ISO date. Linear in
    the length of the text.
    """
    words = split(text)
    codes = "".join(word.letter for word in words)
    scene = Scene(words, date.fromisoformat(published) if published else None, tense)
    times: list[Time] = []
    place = 0
    while place < len(codes):
        read = None if codes[place] in _NEVER_FIRST else _read(scene, codes, place)
        if read is None:
            place += 1
            continue
        reading, found = read
        start, end = found.words[0].start, found.words[-1].end
        times.append(Time(f"T{len(times) + 1}", text[start:end], start, end, reading.type, reading.value))
        place = found.last
    return tuple(times)


def _read(scene: Scene, codes: str, place: int) -> tuple[Reading, Found] | None:
    for rule in RULES:
        match = rule.pattern.match(codes, place)
        if match is None:
            continue
        last = match.end()
        while codes[last - 1] in ".,-":
            last -= 1
        found = Found(place, last, tuple(scene.words[place:last]))
        reading = rule.read(found, scene)
        if reading is not None:
            return reading, found
    return None
