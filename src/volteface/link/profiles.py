"""What of a story and of each of its events is compared, worked out once for all comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from volteface.link.types import Mention, Party, Story
from volteface.link.words import stem, telling, weight, words

# A story's beginning tells what it is about; the end of a long one is background.
OPENING = 3_000
_NAME = re.compile(r"(?<=[\w,;:“\"'’)] )(?:[A-Z]\w+|[A-Z]{2,})|\b\d+(?:[.,]\d+)*\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Words of parties that tell nothing of who they are.
_PLAIN = frozenset(
    "a an the of in and or his her its their who whose that this two three some by for from".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event: countries, keys, and telling stems of its words, each with its weight."""

    countries: frozenset[str]
    keys: frozenset[str]
    words: dict[str, float]


@dataclass(frozen=True, slots=True)
class MentionProfile:
    """An event for comparison: `head` is the stem of the trigger's first word, `heads` all of them."""

    mention: Mention
    head: str
    heads: frozenset[str]
    words: dict[str, float]
    numbers: frozenset[str]
    actors: Side
    recipients: Side


@dataclass(frozen=True, slots=True)
class StoryProfile:
    """A story for comparison: telling stems of its opening, those of them that stand as names or numbers, and of its
    first two sentences."""

    story: Story
    words: dict[str, float]
    names: dict[str, float]
    mentions: tuple[MentionProfile, ...]


def profile(story: Story) -> StoryProfile:
    """Everything about a story that comparisons ask for."""
    opening = story.text[:OPENING]
    named = {stem(word) for found in _NAME.findall(opening) for word in words(found)}
    everything = telling(opening)
    names = {word: value for word, value in everything.items() if word in named}
    return StoryProfile(story, everything, names, tuple(map(_mention, story.mentions)))


def _mention(mention: Mention) -> MentionProfile:
    heads = [stem(word) for word in words(mention.trigger)] or [mention.trigger]
    return MentionProfile(
        mention,
        heads[0],
        frozenset(heads),
        telling(mention.sentence),
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
        {word: weight(word) for word in sorted(stems)},
    )
