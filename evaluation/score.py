"""How well a record fits a gold file: events, their details, quotes, and the article itself.

The figures of `score_page` are those of the project's outside measure, so that floors set here mean
the same there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

import msgspec

from evaluation.forms import Case, CaseEvent, GoldEvent, GoldOptional, GoldPage, GoldQuote, Unwanted
from volteface.records import Attribution, Event, Participant, Record, Span

# A shorter piece of a quote stands in too many places to be taken for the quote.
SHORTEST_PIECE = 20

STRAIGHT_QUOTES = str.maketrans("“”’‘", "\"\"''")


class PageScore(msgspec.Struct, frozen=True):
    """Counts of one page: right of asked. `misses` and `spurious` name what is wrong."""

    headline: bool
    body_kept: bool
    furniture_dropped: bool
    events_found: int
    events_gold: int
    events_used: int
    events_coded: int
    details_right: int
    details_asked: int
    quotes_found: int
    quotes_gold: int
    repeated: tuple[str, ...]
    misses: tuple[str, ...]
    spurious: tuple[str, ...]


def plain(text: str) -> str:
    """Lower case, straight quotation marks, single spaces: how texts are compared."""
    return re.sub(r"\s+", " ", text.translate(STRAIGHT_QUOTES)).strip().lower()


def score_page(gold: GoldPage, record: Record) -> PageScore:
    """Compare one record with its gold file."""
    page = _Coded(record)
    body = plain(record.document.text)
    matches = {wanted.id: [e for e in record.events if page.fits(e, wanted)] for wanted in gold.events}
    used = {e.id for found in matches.values() for e in found}
    used |= {e.id for e in record.events if any(page.is_optional(e, o) for o in gold.optional)}
    right = asked = 0
    misses: list[str] = []
    for wanted in gold.events:
        best = max((page.details(e, wanted) for e in matches[wanted.id]), key=_count_right, default=None)
        names = _asked(wanted)
        asked += len(names)
        right += _count_right(best or {})
        misses += [f"{wanted.id}.{k}" for k in names if not best[k]] if best is not None else [wanted.id]
    quotes = [(q, page.has_quote(q)) for q in gold.quotes]
    return PageScore(
        headline=plain(record.document.headline or "") == plain(gold.headline),
        body_kept=all(plain(x) in body for x in gold.body_must_contain),
        furniture_dropped=not any(plain(x) in body for x in gold.body_must_not_contain),
        events_found=sum(bool(found) for found in matches.values()),
        events_gold=len(gold.events),
        events_used=len(used),
        events_coded=len(record.events),
        details_right=right,
        details_asked=asked,
        quotes_found=sum(ok for _, ok in quotes),
        quotes_gold=len(quotes),
        repeated=tuple(
            w.id for w in gold.events if w.once and len({e.sentence.start for e in matches[w.id]}) > 1
        ),
        misses=tuple(misses + [f"quote: {q.content[:50]}" for q, ok in quotes if not ok]),
        spurious=tuple(f"{e.type}: {page.sentence(e)[:90]}" for e in record.events if e.id not in used),
    )


def undated_ok(gold: GoldPage, record: Record) -> bool:
    """Whether a record coded with no date given takes none from furniture or clock, and infers one it may."""
    rule = gold.undated
    published = record.document.published
    dates = " ".join(f"{e.date.start} {e.date.end}" for e in record.events if e.date)
    years = {int(y) for y in re.findall(r"\d{4}", dates)} | (
        {int(published.date[:4])} if published else set()
    )
    if years & set(rule.forbidden_years):
        return False
    if rule.inferred_from is None or rule.inferred_to is None:
        return True
    return published is not None and rule.inferred_from <= published.date <= rule.inferred_to


def _asked(wanted: GoldEvent) -> list[str]:
    names = ("date", "killed", "status", "place", "attributed_to", "via")
    return [name for name in names if getattr(wanted, name) is not None]


def _count_right(found: dict[str, bool]) -> int:
    return sum(found.values())


class _Coded:
    """A record with what comparing needs at hand."""

    def __init__(self, record: Record) -> None:
        self.text = record.document.text
        self.actors = {a.id: a for a in record.actors}
        self.attributions = {a.id: a for a in record.attributions}

    def sentence(self, event: Event) -> str:
        return plain(self.text[event.sentence.start : event.sentence.end])

    def fits(self, event: Event, wanted: GoldEvent) -> bool:
        return (
            event.type in wanted.types
            and plain(wanted.phrase) in self.sentence(event)
            and self._side(event.actors, wanted.actors)
            and self._side(event.recipients, wanted.recipients)
        )

    def is_optional(self, event: Event, optional: GoldOptional) -> bool:
        return event.type in optional.types and plain(optional.phrase) in self.sentence(event)

    def details(self, event: Event, wanted: GoldEvent) -> dict[str, bool]:
        place = f"{event.place.text} {event.place.name}" if event.place else ""
        claims = [self.attributions[i] for i in event.attributions if i in self.attributions]
        checks = {
            "date": (event.date.start if event.date else None) == wanted.date,
            "killed": event.killed == wanted.killed,
            "status": event.status in (wanted.status or ()),
            "place": plain(wanted.place or "") in plain(place),
            "attributed_to": any(plain(wanted.attributed_to or "") in self._source(c) for c in claims),
            "via": any(_relayed(c, wanted.via or "") for c in claims),
        }
        return {name: checks[name] for name in _asked(wanted)}

    def has_quote(self, wanted: GoldQuote) -> bool:
        return any(
            self._says(c, wanted.content)
            and plain(wanted.source) in self._source(c)
            and c.form == wanted.form
            and (wanted.via is None or _relayed(c, wanted.via))
            for c in self.attributions.values()
        )

    def _side(self, parties: Sequence[Participant], wanted: Sequence[str]) -> bool:
        found = [self.actors[p.actor] for p in parties if p.actor in self.actors]
        codes = {p.country for p in parties} | {a.country for a in found}
        names = " | ".join(plain(name) for name in [*(p.text for p in parties), *(a.name for a in found)])
        return not wanted or any(
            plain(w[1:]) in names if w.startswith("~") else w in codes if w else not parties for w in wanted
        )

    def _words(self, spans: Iterable[Span]) -> str:
        return " ".join(self.text[start:end] for start, end in spans)

    def _source(self, claim: Attribution) -> str:
        actor = self.actors.get(claim.source.actor or "")
        return plain(f"{self._words(claim.source.spans)} {actor.name if actor else ''}")

    def _says(self, claim: Attribution, content: str) -> bool:
        said, wanted = plain(self._words(claim.content.spans)), plain(content)
        piece = len(said) > SHORTEST_PIECE and said.strip("\"',.") in wanted
        return wanted.strip(",.") in said or piece


def _relayed(claim: Attribution, name: str) -> bool:
    return any(plain(name) in plain(via.name) for via in claim.via)


class CaseScore(msgspec.Struct, frozen=True):
    """One sentence: each gold event with the best event of its type, or None; and types coded for nothing."""

    pairs: tuple[tuple[CaseEvent, Event | None], ...]
    spurious: tuple[str, ...]
    coded: int


def score_case(case: Case, record: Record) -> CaseScore:
    """Pair the events of a sentence with coded ones of their types, those with the right parties first."""
    left = list(record.events)
    pairs: list[tuple[CaseEvent, Event | None]] = []
    for wanted in case.events:
        fitting = [e for e in left if e.type in (wanted.type, *wanted.also)]
        best = max(fitting, key=partial(_closeness, wanted), default=None)
        pairs.append((wanted, best))
        if best is not None:
            left.remove(best)
    excused = {t for e in case.events for t in (e.type, *e.also)} | set(case.optional)
    return CaseScore(tuple(pairs), tuple(e.type for e in left if e.type not in excused), len(record.events))


def _closeness(wanted: CaseEvent, event: Event) -> tuple[bool, bool, bool]:
    return event.type == wanted.type, who_right(wanted, event), event.status in wanted.status


def who_right(wanted: CaseEvent, event: Event) -> bool:
    """Whether each side shares a country with its gold one, where that has any.

    A meeting, and what both sides do to each other, has no direction: all its countries must be there, on
    whichever side.
    """
    sides = ((set(wanted.actors), event.actors), (set(wanted.recipients), event.recipients))
    if "CONSULT" in (wanted.type, event.type) or sides[0][0] == sides[1][0]:
        coded = {p.country for _, parties in sides for p in parties}
        return sides[0][0] | sides[1][0] <= coded
    return all(not codes or {p.country for p in parties} & codes for codes, parties in sides)


def faults(case: Case, record: Record) -> tuple[str, ...]:
    """What is wrong with a coded sentence, in words; none where it is right (`evaluation.challenge` says when)."""
    events = record.events
    missed = [f"no {_wanted_words(w)}" for w in case.events if not any(_is(w, e) for e in events)]
    if not missed and not _all_found(case.events, events):
        missed = ["one event coded for two"]
    stray = () if case.events else tuple(e for e in events if e.type not in case.optional)
    wrong = [e for e in events if e in stray or any(_is_unwanted(e, n) for n in case.never)]
    return (*missed, *(f"coded {_words(e)}" for e in wrong))


def _all_found(wanted: Sequence[CaseEvent], events: Sequence[Event]) -> bool:
    """Whether each wanted event can have a coded one of its own."""
    return not wanted or any(
        _is(wanted[0], e) and _all_found(wanted[1:], [other for other in events if other is not e])
        for e in events
    )


def _is(wanted: CaseEvent, event: Event) -> bool:
    return (
        event.type in (wanted.type, *wanted.also)
        and event.status in wanted.status
        and who_right(wanted, event)
        and _number_right(wanted.killed, event.killed)
        and _number_right(wanted.injured, event.injured)
    )


def _number_right(wanted: int | None, found: int | None) -> bool:
    return wanted in (None, found or 0) or (wanted == 1 and found is None)


def _is_unwanted(event: Event, unwanted: Unwanted) -> bool:
    actors, recipients = ({p.country for p in side} for side in (event.actors, event.recipients))
    asked = (
        (unwanted.actors, actors),
        (unwanted.recipients, recipients),
        (unwanted.either, actors | recipients),
    )
    return (
        unwanted.type in ("", event.type)
        and all(not codes or not found.isdisjoint(codes) for codes, found in asked)
        and (not unwanted.status or event.status in unwanted.status)
    )


def _wanted_words(wanted: CaseEvent) -> str:
    parties = f"{','.join(wanted.actors)}>{','.join(wanted.recipients)}"
    numbers = f"{_number(wanted.killed, 'killed')}{_number(wanted.injured, 'injured')}"
    return f"{'/'.join((wanted.type, *wanted.also))} {parties} {'/'.join(wanted.status)}{numbers}"


def _words(event: Event) -> str:
    actors, recipients = (
        ",".join(p.country or "?" for p in side) for side in (event.actors, event.recipients)
    )
    numbers = f"{_number(event.killed, 'killed')}{_number(event.injured, 'injured')}"
    return f"{event.type} {actors}>{recipients} {event.status}{numbers}"


def _number(number: int | None, name: str) -> str:
    return "" if number is None else f" {number} {name}"
