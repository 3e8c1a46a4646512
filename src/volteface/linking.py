"""The layer of links, kept up to date with what is stored: copies, and coded events that are one occurrence.

What the layer holds is a function of current records, decisions on events and the linker, whatever the order in which
they came and however often it was stopped: pairs depend on the two documents alone, groups on their pairs. So only
what is new is compared, and only groups that new or removed pairs touch are made again
(docs/decisions/0092-layer-of-links.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from volteface.link.cluster import average_linkage
from volteface.link.copies import LIBRARY, copied, copy_keys, groups
from volteface.link.keys import COPY, SHARED, STORY, story_keys
from volteface.link.pairs import near, pairs, span
from volteface.link.profiles import StoryProfile, profile
from volteface.link.scorer import Scorer, bundled
from volteface.link.summary import LinkedEvent, summarise
from volteface.link.types import Likeness, Mention, Party, Ref, Story
from volteface.store import Store, words
from volteface.store.decisions import Kind
from volteface.store.links import Links, Verdict

# Change with any rule of `link/` that changes what is linked: links of another linker are made again.
VERSION = "1"
LINKER = f"volteface {VERSION}, {LIBRARY}"
# Documents added in one transaction: many, since each looks through the keys of all; few enough for memory, and that
# others have the database again in some seconds.
BATCH = 1_000
# How sure a link is that a person decided.
DECIDED = Likeness(1.0, ("a person decided that they are one",))
KINDS: tuple[Kind, ...] = ("same-event", "different-events", "wrong-event")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the documents whose links are missing have been linked."""

    total: int
    done: int


def is_stale(store: Store) -> bool:
    """Whether links are missing, outdated, or not what decisions ask for, or acts not what links ask for."""
    links = Links(store)
    stale = links.linker() != LINKER or any(links.news()) or links.verdicts() != _verdicts(store, links)
    return stale or store.acts_are_stale() or bool(words.fresh(store))


def bring_up_to_date(store: Store, *, report: Callable[[Progress], None] = lambda progress: None) -> int:
    """Link what is new and unlink what is gone, and make the acts anew; returns how many documents were linked.

    The database is whole at every moment: killed in between, the next call goes on; others read it between two
    batches. Raises `DatabaseBusy` if another process links it, and `StoreError` where it cannot be written.
    """
    with store.by_turns():
        links = Links(store)
        with store.turn():
            if links.linker() != LINKER:
                with links.change():
                    links.start_over(LINKER)
            fresh, gone = links.news()
            verdicts = _verdicts(store, links)
            old = links.verdicts()
        if fresh or gone or verdicts != old:
            decided = {ref for v in set(verdicts) ^ set(old) for ref in (v.one, v.other) if ref is not None}
            _update(store, _Update(links, verdicts), fresh, gone, decided, report)
        with store.turn():
            store.refill_acts()
            unread = words.fresh(store)
        while unread:
            with store.turn():
                unread = unread[words.add(store, unread) :]
    return len(fresh)


def _update(
    store: Store,
    update: _Update,
    fresh: Sequence[tuple[str, str]],
    gone: Collection[str],
    decided: Collection[Ref],
    report: Callable[[Progress], None],
) -> None:
    """One batch after the other; others have their turn in between."""
    for done in range(0, max(len(fresh), 1), BATCH):
        batch = fresh[done : done + BATCH]
        with store.turn(), update.links.change():
            if done == 0:
                update.forget(gone, decided)
            update.add(batch)
            if done + len(batch) == len(fresh):
                update.links.replace_verdicts(update.verdicts)
            update.settle()
        report(Progress(len(fresh), done + len(batch)))


def _verdicts(store: Store, links: Links) -> list[Verdict]:
    """Decisions as they hold for what is current: what they name is looked up again, since a page may have been coded
    again meanwhile."""
    decisions = store.decisions(*KINDS)
    found = links.find(reference for d in decisions for reference in (d.subject, d.object) if reference)
    verdicts: list[Verdict] = []
    for d in decisions:
        ones, others = found.get(d.subject, []), found.get(d.object or "", [])
        if d.kind == "wrong-event":
            verdicts += [Verdict(d.decision, d.kind, ref) for _, ref in ones]
            continue
        pairs = sorted(product(ones, others), key=lambda pair: pair[0][0] != pair[1][0])
        if d.kind == "same-event":  # one trigger may carry several events: those of one type are meant
            pairs = pairs[:1]
        verdicts += [Verdict(d.decision, d.kind, one, other) for (_, one), (_, other) in pairs]
    return sorted(verdicts, key=lambda v: (v.decision, v.kind, v.one, v.other or v.one))


class _Update:
    """One batch: documents that go and come, and the groups they touch."""

    def __init__(self, links: Links, verdicts: Sequence[Verdict]) -> None:
        self.links = links
        self.verdicts = verdicts
        self.scorer: Scorer = bundled()
        self.same = [(v.one, v.other) for v in verdicts if v.kind == "same-event" and v.other]
        self.different = [(v.one, v.other) for v in verdicts if v.kind == "different-events" and v.other]
        self.wrong = {v.one for v in verdicts if v.kind == "wrong-event"}
        self.events: set[Ref] = set()
        self.copies: set[str] = set()

    def forget(self, gone: Collection[str], decided: Collection[Ref]) -> None:
        """Remove documents; what was connected with them has to be settled again, and what decisions are on."""
        events, documents = self.links.forget(gone)
        self.events |= {*events, *decided}
        self.copies |= set(documents)

    def add(self, documents: Sequence[tuple[str, str]]) -> None:
        """Add documents, their keys, and the pairs that they make with all that is known."""
        if not documents:
            return
        self.links.know(documents)
        new = {document for document, _ in documents}
        stories = self.links.stories(new)
        profiles = {document: profile(story) for document, story in stories.items()}
        self.links.add_keys(key for p in profiles.values() for key in (*copy_keys(p.story), *story_keys(p)))
        copies = self.links.sharing(COPY, new, shared=1)
        alike = self.links.sharing(STORY, new, shared=SHARED)
        others = {document for pair in (*copies, *alike) for document in pair} - new
        profiles |= {document: profile(story) for document, story in self.links.stories(others).items()}
        found = {
            p: like for p in copies if (like := copied(*(profiles[d].story.text for d in p))) is not None
        }
        self.links.add_copy_pairs(found)
        self.links.add_pairs(self._pairs(new, near(alike, profiles), profiles))
        self.copies |= new
        self.events |= {m.ref for story in stories.values() for m in story.mentions}

    def _pairs(
        self, new: Iterable[str], alike: Iterable[tuple[str, str]], profiles: Mapping[str, StoryProfile]
    ) -> dict[tuple[Ref, Ref], Likeness]:
        found: dict[tuple[Ref, Ref], Likeness] = {}
        for one, other in (*((document, document) for document in sorted(new)), *alike):
            found.update(pairs(profiles[one], profiles[other], self.scorer))
        return found

    def settle(self) -> None:
        """Make the groups anew that are touched: of copies first, since a linked event counts its sources by them."""
        documents = self.links.copy_region(self.copies)
        known = self.links.stories(documents)
        before = self.links.originals(documents)
        rows = list(
            groups(documents, self.links.copy_pairs(documents), {d: s.published for d, s in known.items()})
        )
        self.links.replace_copies(documents, [(c, o, like.score, list(like.reasons)) for c, o, like in rows])
        after = {copy: original for copy, original, _ in rows}
        moved = {d for d in documents if before.get(d) != after.get(d)}
        self.events |= {m.ref for d in moved for m in known[d].mentions}
        self._settle_events()
        self.events, self.copies = set(), set()

    def _settle_events(self) -> None:
        region = self._region(self.events)
        if not region:
            return
        stories = self.links.stories({document for document, _ in region})
        mentions = {m.ref: m for story in stories.values() for m in story.mentions}
        originals = self.links.originals(stories)
        likes = self.links.pairs(region)
        here = [ref for ref in region if ref in mentions and ref not in self.wrong]
        inside = set(here)
        likes = {pair: like for pair, like in likes.items() if inside.issuperset(pair)}
        same = [pair for pair in self.same if inside.issuperset(pair)]
        different = [pair for pair in self.different if inside.issuperset(pair)]
        scores = {pair: like.score for pair, like in likes.items()}
        best = _best(likes | {(min(pair), max(pair)): DECIDED for pair in same})
        linked, events, parties = [], [], []
        spans = {ref: days for ref in here if (days := span(mentions[ref], stories[ref[0]])) is not None}
        for group in average_linkage(here, scores, same=same, different=different, spans=spans):
            event = summarise([mentions[ref] for ref in group], stories, originals)
            events.append(_event_row(event))
            parties += _party_rows(event)
            linked += [_linked_row(event.linked, mentions[ref], stories, best(ref, group)) for ref in group]
        self.links.replace_linked(
            region, {"linked": linked, "linked_events": events, "linked_participants": parties}
        )

    def _region(self, events: Collection[Ref]) -> list[Ref]:
        """What has to be settled together with these: all that pairs, or decisions that they are the same, connect."""
        region = set(self.links.region(events))
        while more := {ref for pair in self.same if region & set(pair) for ref in pair} - region:
            found = set(self.links.region(more)) - region
            if not found:
                break
            region |= found
        return sorted(region)


def _best(pairs: Mapping[tuple[Ref, Ref], Likeness]) -> Callable[[Ref, Sequence[Ref]], Likeness | None]:
    """To what report of its group an event is most like."""
    near: dict[Ref, list[tuple[float, Ref, Likeness]]] = {}
    for (a, b), like in pairs.items():
        near.setdefault(a, []).append((-like.score, b, like))
        near.setdefault(b, []).append((-like.score, a, like))

    def best(ref: Ref, group: Sequence[Ref]) -> Likeness | None:
        inside = set(group)
        return min((entry for entry in near.get(ref, ()) if entry[1] in inside), default=(0, ref, None))[2]

    return best


def _linked_row(
    linked: str, mention: Mention, stories: Mapping[str, Story], like: Likeness | None
) -> tuple[object, ...]:
    coder = stories[mention.document].coder
    score, reasons = (like.score, list(like.reasons)) if like else (None, [])
    return linked, mention.document, coder, mention.event, score, reasons


def _event_row(e: LinkedEvent) -> tuple[object, ...]:
    spot = e.spot
    place = (
        (spot.name, spot.country, spot.admin1, spot.geonames, spot.latitude, spot.longitude, spot.feature)
        if spot
        else (None,) * 7
    )
    return (
        *(e.linked, e.type, e.mode, e.contexts, e.cameo, e.quad, e.score, e.status, e.contested),
        *(
            e.date_start,
            e.date_end,
            e.dated_by,
            *place,
            *(e.killed or (None, None)),
            *(e.injured or (None, None)),
        ),
        *(e.documents, e.sources, e.first_report, e.last_report, e.confidence, e.asserted_by, e.denied_by),
    )


def _party_rows(e: LinkedEvent) -> list[tuple[object, ...]]:
    def rows(side: str, parties: Iterable[Party]) -> list[tuple[object, ...]]:
        return [(e.linked, side, n, p.key, p.name, p.country, p.sector) for n, p in enumerate(parties, 1)]

    return rows("actor", e.actors) + rows("recipient", e.recipients)
