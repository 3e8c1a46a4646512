"""What of a story and of each of its events is compared, worked out once for all comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from volteface.link.types import Mention, Party, Story
from volteface.link.words import Vector, stem, telling, weight, words

# A story's beginning tells what it is about; the end of a long one is background.
OPENING = 3_000
_NAME = re.compile(r"(?<=[\w,;:“\"'’)] )(?:[A-Z]\w+|[A-Z]{2,})|\b\d+(?:[.,]\d+)*\b")
_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Words of parties that tell nothing of who they are.
_PLAIN = frozenset(
    "a an the of in and or his her its their who whose that this two three some by for from".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event: countries, keys, telling stems of its words with their weights, numbers among them, and
    the last capitalised words of its parties, which are people's surnames."""

    countries: frozenset[str]
    keys: frozenset[str]
    words: Vector
    numbers: frozenset[str]
    surnames: frozenset[str]


@dataclass(frozen=True, slots=True)
class MentionProfile:
    """An event for comparison: `head` is the stem of the trigger's first word, `heads` all of them; `names`: words of
    its sentence that stand as names or numbers."""

    mention: Mention
    head: str
    heads: frozenset[str]
    words: Vector
    names: Vector
    numbers: frozenset[str]
    actors: Side
    recipients: Side


@dataclass(frozen=True, slots=True)
class StoryProfile:
    """A story for comparison: telling stems of its opening, those of them that stand as names or numbers, and of its
    first two sentences."""

    story: Story
    words: Vector
    names: Vector
    mentions: tuple[MentionProfile, ...]


def profile(story: Story) -> StoryProfile:
    """Everything about a story that comparisons ask for."""
    opening = story.text[:OPENING]
    everything = telling(opening)
    return StoryProfile(story, everything, _names(opening, everything), tuple(map(_mention, story.mentions)))


def _names(text: str, everything: Mapping[str, float]) -> Vector:
    """Of a text's telling words those that stand as names or numbers in it."""
    named = {stem(word) for found in _NAME.findall(text) for word in words(found)}
    return Vector({word: value for word, value in everything.items() if word in named})


def _mention(mention: Mention) -> MentionProfile:
    heads = [stem(word) for word in words(mention.trigger)] or [mention.trigger]
    everything = telling(mention.sentence)
    return MentionProfile(
        mention,
        heads[0],
        frozenset(heads),
        everything,
        _names(mention.sentence, everything),
        frozenset(_NUMBER.findall(mention.sentence)),
        _side(mention.actors),
        _side(mention.recipients),
    )


def _side(parties: Iterable[Party]) -> Side:
    several = tuple(parties)
    stems = {stem(w) for p in several for text in (p.text, p.name) for w in words(text) if w not in _PLAIN}
    return Side(
        frozenset(p.country for p in several if p.country),
        frozenset(p.key for p in several if p.key),
        Vector({word: weight(word) for word in sorted(stems)}),
        frozenset(n for p in several for n in _NUMBER.findall(p.text)),
        frozenset(stem(found[-1].lower()) for p in several if (found := _CAPITALISED.findall(p.text))),
    )
