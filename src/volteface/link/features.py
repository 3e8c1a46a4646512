"""What two reports of events have in common, as numbers for the scorer."""

from __future__ import annotations

from functools import cache

from volteface.link.profiles import MentionProfile, Side, StoryProfile
from volteface.link.words import likeness, overlap

Features = dict[str, float]

_HAPPENED = frozenset({"actual", "alleged", "historical"})
_GRAMS = 3


def of_stories(a: StoryProfile, b: StoryProfile) -> Features:
    """What two documents have in common; the same for every pair of their events."""
    return {"story_words": likeness(a.words, b.words), "story_names": likeness(a.names, b.names)}


def known(a: MentionProfile, b: StoryProfile) -> float:
    """The share, by weight, of names and numbers of an event's sentence that the other story has; 1 of none."""
    return overlap(a.names, b.words) if a.names else 1.0


def of_pair(a: MentionProfile, b: MentionProfile, stories: Features) -> Features:
    """What two events have in common, with what their stories have (none of that within one)."""
    x, y = a.mention, b.mention
    found = dict(stories)
    found["type"] = float(x.type == y.type)
    found["quad"] = float(x.quad == y.quad)
    found["mode"] = float(x.mode is not None and x.mode == y.mode)
    found["mode_differs"] = float(None not in (x.mode, y.mode) and x.mode != y.mode)
    # "Called" and "called on" are different deeds, unless what was coded says otherwise.
    found["head"] = float(a.heads == b.heads or (x.type == y.type and bool(a.heads & b.heads)))
    found["verbal"] = float(x.quad.startswith("verbal") and y.quad.startswith("verbal"))
    found["head_letters"] = _letters(a.head, b.head)
    found["head_there"] = 0.5 * ((a.head in b.words) + (b.head in a.words))
    found["sentence"] = likeness(a.words, b.words)
    found["names"] = likeness(a.names, b.names)
    found["numbers"] = float(bool(a.numbers & b.numbers))
    found["numbers_differ"] = float(bool(a.numbers and b.numbers) and not a.numbers & b.numbers)
    found["happened_differs"] = float((x.status in _HAPPENED) != (y.status in _HAPPENED))
    found.update(_sides("actors", a.actors, b.actors))
    found.update(_sides("recipients", a.recipients, b.recipients))
    found["swapped"] = max(
        _share(a.actors.countries, b.recipients.countries), _share(a.recipients.countries, b.actors.countries)
    )
    found["toll"] = float(_equal(x.killed, y.killed) or _equal(x.injured, y.injured))
    found["toll_differs"] = float(_unequal(x.killed, y.killed) or _unequal(x.injured, y.injured))
    here, there = x.spot, y.spot
    found["place"] = float(here is not None and there is not None and here.name == there.name)
    found["place_differs"] = float(here is not None and there is not None and here.country != there.country)
    for name in ("story_words", "story_names"):
        if name in found:
            found[f"head×{name}"] = found["head"] * found[name]
            found[f"type×{name}"] = found["type"] * found[name]
    found["head×sentence"] = found["head"] * found["sentence"]
    found["type×sentence"] = found["type"] * found["sentence"]
    return found


def _sides(side: str, a: Side, b: Side) -> Features:
    return {
        f"{side}_countries": _share(a.countries, b.countries),
        f"{side}_countries_differ": float(
            bool(a.countries and b.countries) and not a.countries & b.countries
        ),
        f"{side}_keys": float(bool(a.keys & b.keys)),
        f"{side}_words": overlap(a.words, b.words),
        f"{side}_numbers_differ": float(bool(a.numbers and b.numbers) and not a.numbers & b.numbers),
        f"{side}_surnames": float(bool(a.surnames & b.surnames)),
        f"{side}_surnames_differ": float(bool(a.surnames and b.surnames) and not a.surnames & b.surnames),
        f"{side}_words_differ": float(bool(a.words and b.words) and not a.words.keys() & b.words.keys()),
    }


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@cache
def _grams(word: str) -> frozenset[str]:
    return frozenset(f" {word} "[n : n + _GRAMS] for n in range(len(word)))


def _letters(a: str, b: str) -> float:
    """Dice's coefficient of the letter trigrams."""
    one, other = _grams(a), _grams(b)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _equal(a: int | None, b: int | None) -> bool:
    return a is not None and a == b


def _unequal(a: int | None, b: int | None) -> bool:
    return None not in (a, b) and a != b
