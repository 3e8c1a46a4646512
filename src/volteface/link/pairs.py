"""Are two coded events one occurrence? A score with its reasons for each pair that is worth comparing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, product

from volteface.link.features import Features, known, of_pair, of_stories
from volteface.link.keys import REACH
from volteface.link.profiles import MentionProfile, StoryProfile
from volteface.link.scorer import Scorer, Timing
from volteface.link.types import Likeness, Mention, Ref, Story
from volteface.link.words import not_apart

# Less likely pairs are not kept: they could not be joined by what others add to them (see `cluster`).
KEPT = 0.1
# By how many days a text may be wrong that tells the day, and how much later one may come that does not.
SLACK = 1
UNTOLD_SLACK = 10
# Stories less alike than this (cosine of their telling words) tell of different things: of gold's pairs of events that
# share keys, 2 in 100 are in such stories, and one in four of all pairs of stories.
SIMILAR = 0.12
# Events of one document that are compared, the first ones: a news page has some ten; one of a thousand is no news page
# and would cost a million comparisons.
MOST = 150


def near(
    candidates: Sequence[tuple[str, str]], profiles: Mapping[str, StoryProfile]
) -> list[tuple[str, str]]:
    """Of pairs of documents those that are alike enough for their events to be compared, and some at the edge."""
    documents = sorted({document for pair in candidates for document in pair})
    at = {document: number for number, document in enumerate(documents)}
    kept = not_apart(
        [profiles[document].words for document in documents],
        [(at[one], at[other]) for one, other in candidates],
        SIMILAR,
    )
    return [pair for pair, keep in zip(candidates, kept, strict=True) if keep]


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
        for a, b in combinations(one.mentions[:MOST], 2):
            # One trigger that was coded twice was taken apart on purpose: two parties, two deeds.
            if (a.mention.start, a.mention.end) != (b.mention.start, b.mention.end):
                yield a, b, of_pair(a, b, {}), timing(a.mention, one.story, b.mention, one.story)
        return
    stories = of_stories(one, other)
    if stories["story_words"] < SIMILAR:
        return
    for a, b in product(one.mentions[:MOST], other.mentions[:MOST]):
        if worth_comparing(a, b):
            strange = {"names_known": 0.5 * (known(a, other) + known(b, one))}
            when = timing(a.mention, one.story, b.mention, other.story)
            yield a, b, of_pair(a, b, stories | strange), when


def worth_comparing(a: MentionProfile, b: MentionProfile) -> bool:
    """The same type of deed, the same word for it, or much the same deed to the same."""
    x, y = a.mention, b.mention
    if x.type == y.type or a.heads == b.heads:
        return True
    return x.quad == y.quad and bool(a.recipients.words.keys() & b.recipients.words.keys())


def timing(a: Mention, one: Story, b: Mention, other: Story) -> Timing:
    """How far apart two events are told to be."""
    x, y = _days(a, one), _days(b, other)
    apart = max((y[0] - x[1]).days, (x[0] - y[1]).days, 0) if x is not None and y is not None else None
    dated = one.published is not None and other.published is not None
    published = abs((one.published - other.published).days) if dated else None  # type: ignore[operator]
    told = (a.days is not None) + (b.days is not None)
    return Timing(apart, published, told, (x is not None) + (y is not None))


def _days(mention: Mention, story: Story) -> tuple[date, date] | None:
    """When it can have happened: as told, else shortly before publication, or after it; background at any time."""
    if mention.days is not None:
        return mention.days
    if story.published is None or mention.status == "historical":
        return None
    return story.published - timedelta(REACH), story.published + timedelta(
        REACH if mention.status == "future" else 0
    )


def span(mention: Mention, story: Story) -> tuple[int, int] | None:
    """First and last day, as ordinals, between which it must have happened; None where nothing is known. Reports of one
    occurrence have a day in common, however alike they are otherwise (`cluster.average_linkage`)."""
    days = _days(mention, story)
    if days is None:
        return None
    slack = SLACK if mention.days is not None else UNTOLD_SLACK
    return days[0].toordinal() - slack, days[1].toordinal() + slack


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
