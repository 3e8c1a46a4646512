"""Are two coded events one occurrence? A score with its reasons for each pair that is worth comparing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product

from volteface.link.features import Features, known, of_pair, of_stories
from volteface.link.keys import REACH
from volteface.link.profiles import MentionProfile, StoryProfile
from volteface.link.scorer import Scorer, Timing
from volteface.link.types import Likeness, Mention, Ref, Story

# Less likely pairs are not kept: they could not be joined by what others add to them (see `cluster`).
KEPT = 0.1


def pairs(
    one: StoryProfile, other: StoryProfile, scorer: Scorer
) -> Iterator[tuple[tuple[Ref, Ref], Likeness]]:
    """Pairs of events of two stories, or of one, the lesser first, that may be one occurrence."""
    for a, b, found, when in compare(one, other):
        score = scorer.score(found, when)
        if score >= KEPT:
            first, second = sorted((a.mention.ref, b.mention.ref))
            yield (first, second), Likeness(round(score, 4), tuple(_reasons(a, b, found, when)))


def compare(
    one: StoryProfile, other: StoryProfile
) -> Iterator[tuple[MentionProfile, MentionProfile, Features, Timing]]:
    """What is compared of two stories, or within one: two events, what they have in common, how far apart they are
    told to be."""
    if one.story.document == other.story.document:
        for a, b in combinations(one.mentions, 2):
            # One trigger that was coded twice was taken apart on purpose: two parties, two deeds.
            if (a.mention.start, a.mention.end) != (b.mention.start, b.mention.end):
                yield a, b, of_pair(a, b, {}), timing(a.mention, one.story, b.mention, one.story)
        return
    stories: Features | None = None
    for a, b in product(one.mentions, other.mentions):
        if worth_comparing(a, b):
            stories = stories if stories is not None else of_stories(one, other)
            strange = {"names_known": 0.5 * (known(a, other) + known(b, one))}
            yield (
                a,
                b,
                of_pair(a, b, stories | strange),
                timing(a.mention, one.story, b.mention, other.story),
            )


def worth_comparing(a: MentionProfile, b: MentionProfile) -> bool:
    """The same kind of deed, or the same word for it."""
    return a.mention.type == b.mention.type or a.mention.quad == b.mention.quad or bool(a.heads & b.heads)


def timing(a: Mention, one: Story, b: Mention, other: Story) -> Timing:
    """How far apart two events are told to be."""
    x, y = _days(a, one), _days(b, other)
    apart = max((y[0] - x[1]).days, (x[0] - y[1]).days, 0) if x is not None and y is not None else None
    dated = one.published is not None and other.published is not None
    published = abs((one.published - other.published).days) if dated else None  # type: ignore[operator]
    return Timing(apart, published, (a.days is not None) + (b.days is not None))


def _days(mention: Mention, story: Story) -> tuple[date, date] | None:
    if mention.days is not None:
        return mention.days
    if story.published is None:
        return None
    return story.published - timedelta(REACH), story.published + timedelta(
        REACH if mention.status == "future" else 0
    )


def _reasons(a: MentionProfile, b: MentionProfile, found: Features, when: Timing) -> Iterator[str]:
    """What the two share, in words."""
    x, y = a.mention, b.mention
    if x.type == y.type:
        yield f"both {x.type}" + (f" {x.mode}" if x.mode and x.mode == y.mode else "")
    if a.heads & b.heads:
        yield (
            f"“{x.trigger}” and “{y.trigger}”"
            if x.trigger.lower() != y.trigger.lower()
            else f"both “{x.trigger}”"
        )
    for side, one, other in (("actors", a.actors, b.actors), ("recipients", a.recipients, b.recipients)):
        shared = one.countries & other.countries or one.words.keys() & other.words.keys()
        if shared:
            yield f"{side} share {', '.join(sorted(shared)[:3])}"
    if when.apart == 0 and x.days is not None and y.days is not None:
        yield f"days agree ({max(x.days[0], y.days[0])})"
    elif when.apart:
        yield f"{when.apart} days apart"
    if found["place"] and x.spot is not None:
        yield f"both in {x.spot.name}"
    if found["toll"]:
        yield "the same toll"
    if shared := a.numbers & b.numbers:
        yield f"both have {', '.join(sorted(shared)[:3])}"
    yield f"sentences {found['sentence']:.2f} alike"
    if "story_words" in found:
        yield f"stories {found['story_words']:.2f} alike"
