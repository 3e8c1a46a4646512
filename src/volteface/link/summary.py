"""Reports of one occurrence as one linked event: what most of them say, and how far apart they are.

Copies, and documents of one publisher, have one vote together: reach is not evidence.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Literal, TypeVar

from volteface.link.cluster import connected
from volteface.link.types import Mention, Party, Spot, Story
from volteface.records import Status

T = TypeVar("T", bound=Hashable)

# What an occurrence is, the strongest that any report has: that something was announced before it happened, or is
# called background later, does not make it less real.
STRENGTH: tuple[Status, ...] = ("actual", "alleged", "historical", "future", "hypothetical", "negated")
ASSERTS: frozenset[Status] = frozenset({"actual", "alleged", "historical"})
# Who is on a side: those whom this share of the votes that name anybody there name, and always the first.
NAMED = 0.34


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedEvent:
    """One occurrence; fields as in the table `linked_events`, which says what they mean."""

    linked: str
    type: str
    mode: str | None
    contexts: list[str]
    cameo: str
    quad: str
    score: float
    status: Status
    contested: bool
    date_start: date | None
    date_end: date | None
    dated_by: Literal["event", "published"] | None
    spot: Spot | None
    killed: tuple[int, int] | None
    injured: tuple[int, int] | None
    documents: int
    sources: int
    first_report: date | None
    last_report: date | None
    confidence: float
    asserted_by: list[str]
    denied_by: list[str]
    actors: list[Party]
    recipients: list[Party]


def summarise(
    mentions: Iterable[Mention], stories: Mapping[str, Story], originals: Mapping[str, str]
) -> LinkedEvent:
    """One linked event of one or more reports. `originals`: of each story that is a copy, the story it copies."""
    reports = sorted(
        mentions, key=lambda m: (stories[m.document].published or date.max, m.document, m.start, m.event)
    )
    votes = _Votes(reports, stories, originals)
    type_ = votes.most(lambda m: m.type)
    assert type_ is not None
    alike = [m for m in reports if m.type == type_]
    of_type = _Votes(alike, stories, originals)
    asserted, denied = _stands(reports, stories)
    published = sorted(p for m in reports if (p := stories[m.document].published) is not None)
    days = votes.most(lambda m: m.days, rank=lambda days: (days[1] - days[0]).days)
    first = (published[0], published[0]) if published else None
    start, end = days or first or (None, None)
    return LinkedEvent(
        linked=_name(reports[0], stories),
        type=type_,
        mode=of_type.most(lambda m: m.mode),
        contexts=sorted({context for m in reports for context in m.contexts}),
        cameo=of_type.most(lambda m: m.cameo) or "",
        quad=of_type.most(lambda m: m.quad) or "",
        score=median_low(m.score for m in alike),
        status=min((m.status for m in reports), key=STRENGTH.index),
        contested=_contested(asserted, denied),
        date_start=start,
        date_end=end,
        dated_by="event" if days else "published" if first else None,
        spot=votes.most(lambda m: m.spot, rank=lambda spot: (spot.geonames is None, spot.name)),
        killed=_range(m.killed for m in reports),
        injured=_range(m.injured for m in reports),
        documents=len({m.document for m in reports}),
        sources=len(set(votes.voter.values())),
        first_report=published[0] if published else None,
        last_report=published[-1] if published else None,
        confidence=max(m.confidence for m in reports),
        asserted_by=asserted,
        denied_by=denied,
        actors=_parties(votes, lambda m: m.actors),
        recipients=_parties(votes, lambda m: m.recipients),
    )


class _Votes:
    """Who votes on an event: independent sources, each once for each thing that a report of it says."""

    def __init__(
        self, reports: Sequence[Mention], stories: Mapping[str, Story], originals: Mapping[str, str]
    ) -> None:
        self.reports = reports
        self.voter = _voters({m.document for m in reports}, stories, originals)

    def count(self, said: Callable[[Mention], Iterable[T]]) -> dict[T, set[str]]:
        """What reports say, in the order in which it was first said, with who says it."""
        found: dict[T, set[str]] = defaultdict(set)
        for mention in self.reports:
            for value in said(mention):
                found[value].add(self.voter[mention.document])
        return dict(found)

    def most(
        self, said: Callable[[Mention], T | None], *, rank: Callable[[T], Hashable] | None = None
    ) -> T | None:
        """What most say; of equally frequent, what ranks least, then what was said first. None is not counted."""
        found = self.count(lambda m: () if (value := said(m)) is None else (value,))
        if not found:
            return None
        order = {value: number for number, value in enumerate(found)}
        return min(found, key=lambda v: (-len(found[v]), rank(v) if rank else 0, order[v]))


def _voters(
    documents: Collection[str], stories: Mapping[str, Story], originals: Mapping[str, str]
) -> dict[str, str]:
    """For each document the least of those it is no independent source beside."""
    by: dict[str, list[str]] = defaultdict(list)
    for document in sorted(documents):
        by[f"text {originals.get(document, document)}"].append(document)
        by[f"voice {stories[document].voice}"].append(document)
    edges = [(group[0], other) for group in by.values() for other in group[1:]]
    return {document: group[0] for group in connected(documents, edges) for document in group}


def _stands(reports: Iterable[Mention], stories: Mapping[str, Story]) -> tuple[list[str], list[str]]:
    """Who says that it happened, and who that it did not."""
    asserted: set[str] = set()
    denied: set[str] = set()
    for mention in reports:
        speaker = mention.according_to[0] if mention.according_to else stories[mention.document].voice
        if mention.status in ASSERTS:
            asserted.add(speaker)
        elif mention.status == "negated":
            denied.add(speaker)
        denied.update(mention.denied_by)
    return sorted(asserted), sorted(denied)


def _contested(asserted: Sequence[str], denied: Sequence[str]) -> bool:
    """Somebody asserts it, and somebody else denies it."""
    return any(one != other for one in asserted for other in denied)


def _range(numbers: Iterable[int | None]) -> tuple[int, int] | None:
    given = [number for number in numbers if number is not None]
    return (min(given), max(given)) if given else None


def _parties(votes: _Votes, side: Callable[[Mention], tuple[Party, ...]]) -> list[Party]:
    """Who is on a side, the most named first; of one country's parties those that say the most."""
    found = votes.count(lambda m: {_who(party) for party in side(m)})
    voters = {votes.voter[m.document] for m in votes.reports if side(m)}
    told: dict[str, list[Party]] = defaultdict(list)
    for mention in votes.reports:
        for party in side(mention):
            told[_who(party)].append(party)
    ranked = sorted(found, key=lambda who: (-len(found[who]), list(told).index(who)))
    kept = [who for n, who in enumerate(ranked) if n == 0 or len(found[who]) >= NAMED * len(voters)]
    return [_fullest(told[who]) for who in kept]


def _who(party: Party) -> str:
    """What makes two parties the same here: the country, since reports name it by parts of it; else key or name."""
    return party.country or party.key or party.name.lower()


def _fullest(parties: Sequence[Party]) -> Party:
    """The one named most often, before it those with a sector."""
    counts: dict[Party, int] = defaultdict(int)
    for party in parties:
        counts[party] += 1
    return max(
        counts, key=lambda p: (p.sector is not None, counts[p], p.key is not None, -list(counts).index(p))
    )


def _name(first: Mention, stories: Mapping[str, Story]) -> str:
    """The id: of events that share a trigger, all but the first are told apart by their place among them."""
    sharing = [m.event for m in stories[first.document].mentions if m.reference == first.reference]
    place = sharing.index(first.event)
    text = first.reference + (f"#{place}" if place else "")
    return hashlib.sha256(text.encode()).hexdigest()[:12]
