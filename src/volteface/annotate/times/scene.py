"""What a reader of one time expression can see: the words found, the publication date, and what was read
before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from volteface.annotate.times.words import Word, vocabulary
from volteface.records import TimeType

Tense = Literal["past", "future"]

# How far the nearest cue of tense is looked for, in words: a clause of news prose is seldom longer.
_CUES_LEFT, _CUES_RIGHT = 12, 6
_CLOSE = 4


class Reading(NamedTuple):
    """What an expression means: TIMEX3 type and value."""

    type: TimeType
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """The words of one match: `words[first:last]` of the scene."""

    first: int
    last: int
    words: tuple[Word, ...]

    @property
    def letters(self) -> str:
        """The class letters of the words."""
        return "".join(word.letter for word in self.words)

    def get(self, letters: str) -> Word | None:
        """The first word of one of these classes."""
        return next((word for word in self.words if word.letter in letters), None)

    def value(self, letters: str) -> int:
        """The number the first word of one of these classes stands for; 0 where there is none."""
        word = self.get(letters)
        return int(word.value or 0) if word else 0

    def has(self, *texts: str) -> bool:
        """Whether one of the words is one of these (lower case)."""
        return any(word.text.lower() in texts for word in self.words)


@dataclass(slots=True)
class Scene:
    """One text being read from left to right.

    `anchor` is the last day an expression resolved to, for "the next day"; `quarter` the first day of the
    last quarter named, for "a year earlier"; both None at first.
    """

    words: list[Word]
    published: date | None
    clause_tense: Callable[[int], Tense | None] | None = None
    anchor: date | None = None
    quarter: date | None = None

    def tense(self, found: Found) -> Tense | None:
        """The tense of the clause around a match: from the caller if it knows, else from the nearest cue."""
        before = self.before(found)
        if before is not None and before.text.lower() == "by":
            return "future"  # a deadline, whatever tense sets it
        if self.clause_tense is not None:
            told = self.clause_tense(found.words[0].start)
            if told is not None:
                return told
        return self._cue(range(found.first - 1, max(-1, found.first - 1 - _CUES_LEFT), -1)) or self._cue(
            range(found.last, min(len(self.words), found.last + _CUES_RIGHT))
        )

    def future(self, found: Found) -> bool:
        """Whether the clause looks forward."""
        return self.tense(found) == "future"

    def told(self, found: Found) -> bool:
        """Whether the clause surely tells of the past: the caller says so, or the cue stands close before."""
        if self.clause_tense is not None and self.clause_tense(found.words[0].start) == "past":
            return True
        return self._cue(range(found.first - 1, max(-1, found.first - 1 - _CLOSE), -1)) == "past"

    def before(self, found: Found, back: int = 1) -> Word | None:
        """The word `back` places before the match, in the same sentence."""
        place = found.first - back
        if place < 0 or any(word.letter == "|" for word in self.words[place : found.first]):
            return None
        return self.words[place]

    def after(self, found: Found) -> Word | None:
        """The word after the match, in the same sentence."""
        if found.last >= len(self.words) or self.words[found.last].letter == "|":
            return None
        return self.words[found.last]

    def _cue(self, places: range) -> Tense | None:
        known = vocabulary()
        for place in places:
            word = self.words[place]
            if word.letter == "|":
                return None
            lower = word.text.lower()
            if lower in known.future:
                return "future"
            if (lower in known.past or lower.endswith("ed")) and not self._after_to_be(place):
                return "past"
        return None

    def _after_to_be(self, place: int) -> bool:
        return place > 0 and self.words[place - 1].text.lower() in ("be", "to", "get", "being")
