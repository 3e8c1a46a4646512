"""What is stored, asked for movement: the course between two actors, coalitions through time, and the week's digest.

The answers are worked out by `volteface.analyse` on acts; here they are read, and what carries them is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from volteface.analyse.carriers import Event, carriers
from volteface.analyse.coalitions import Coalitions, Passed, followed, of_pairs, windows
from volteface.analyse.course import ALARM, Change, Course, course, turning
from volteface.codebook.actors import countries
from volteface.show.digest import Digest, Line, Link, TurnLine
from volteface.store import ActFilter, ActRow, Filters, ReportRow, Store, reports
from volteface.store.acts import is_country
from volteface.store.linked import BriefRow, Sides, briefly, sides
from volteface.store.listing import is_code
from volteface.store.pairs import Stream, act_span, busy_pairs, pair_sums, streams
from volteface.store.reports import first_reports

# Sentences on each side of a turn.
MOST = 3
# Of the most telling acts, so many times as are shown are looked up, to leave out what repeats a sentence.
SPARE = 4
# An act that is dated less closely than this many days has no place on a curve.
LONGEST = 31
# How well an imported act is known, which has no confidence of its own.
IMPORTED = 0.5
# Of a digest: most lines of a part; the dyads most active in the week, whose courses are looked at; and how many weeks
# a turning point may shift from one week's reading to the next and still be the same.
LINES, DYADS, SAME = 12, 50, 4


# An act with its day: the middle one of those on which it can have happened.
Placed = tuple[date, ActRow]


@dataclass(frozen=True, slots=True)
class Told:
    """An act and the report that tells it best; imported acts have none."""

    act: ActRow
    report: ReportRow | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of course and what carries it."""

    change: Change
    before: tuple[Told, ...]
    after: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """The course of `actor` toward `recipient`: the acts it is drawn on with the day of each, the turns, and how many
    documents were published on which days."""

    actor: str
    recipient: str
    acts: tuple[ActRow, ...]
    days: tuple[date, ...]
    course: Course
    turns: tuple[Turn, ...]
    coverage: dict[date, int]


def follow(
    store: Store, filters: ActFilter, *, alarm: float = ALARM, most: int = MOST, covered: bool = True
) -> Followed:
    """The course of `filters.actor` toward `filters.recipient`. `alarm`: as in `analyse.course`; `most`: sentences on
    each side of a turn; not `covered`: without the documents of each day."""
    placed = _placed(store.acts(filters))
    days = tuple(day for day, _ in placed)
    found = course(days, _scores(placed), alarm=alarm)
    turns = _turns(store, placed, found.changes, range(len(found.changes)), most=most)
    # Imported acts alone have no documents.
    covered = covered and bool(days) and (not filters.origins or "reports" in filters.origins)
    coverage = store.published(days[0], days[-1]) if covered else {}
    return Followed(*_names(filters), tuple(act for _, act in placed), days, found, turns, coverage)


def coalitions(store: Store, filters: ActFilter, *, days: int | None = None) -> list[Coalitions]:
    """Who works with and against whom among countries, in windows of so many days, or one window of all."""
    found = act_span(store, filters)
    if found is None:
        return []
    since, until = filters.since or found[0], filters.until or found[1]
    length = days or (until - since).days + 1
    sums = pair_sums(store, filters, since=since, until=until, days=length)
    return followed(
        of_pairs(
            (Passed(p.one, p.other, p.cooperation, p.conflict, p.acts) for p in sums.get(number, ())), *each
        )
        for number, each in enumerate(windows(since, until, length))
    )


def week(store: Store, day: date) -> Digest:
    """The week of a day, Monday to Sunday, as it could be told on its last day."""
    monday = day - timedelta(day.weekday())
    sunday = monday + timedelta(6)
    span = Filters(since=monday, until=sunday)
    events = [row for row in briefly(store, span) if _within(row, monday, sunday)]
    happened = _happened(store, [row for row in events if row.status == "actual" and not row.contested])
    disputed = sorted((row for row in events if row.contested), key=lambda row: (-row.documents, row.event))
    chosen = happened[:LINES], disputed[:LINES]
    ids = [row.event for rows in chosen for row in rows]
    parties = sides(store, ids)
    links: dict[str, dict[str, Link]] = {}
    for report in reports(store, ids):  # originals first
        links.setdefault(report.act, {}).setdefault(report.source, _link(report))
    happened_lines, disputed_lines = (
        tuple(_line(row, parties[row.event], links[row.event].values()) for row in rows if row.event in links)
        for rows in chosen
    )
    return Digest(monday, sunday, happened_lines, disputed_lines, tuple(_turned(store, monday, sunday)))


def middle(act: ActRow) -> date:
    """The day of an act, or the middle one of those on which it can have happened."""
    return date.fromordinal((act.day.toordinal() + act.day_end.toordinal()) // 2)


def name_of(wanted: str) -> str:
    """A country's name for its code; anything else as it is."""
    code, colon, rest = wanted.partition(":")
    country = countries().get(code)
    return f"{country.name}{colon and ' '}{rest}" if country else wanted


def _names(filters: ActFilter) -> tuple[str, str]:
    return name_of(filters.actor or "anybody"), name_of(filters.recipient or "anybody")


def _scores(placed: Sequence[Placed]) -> list[float]:
    return [act.score or 0.0 for _, act in placed]


def _turns(
    store: Store,
    placed: Sequence[Placed],
    changes: Sequence[Change],
    numbers: Iterable[int],
    *,
    most: int = MOST,
) -> tuple[Turn, ...]:
    """Those of the changes with these numbers, and what carries them."""
    ranked = _telling(placed, changes, numbers, most=most)
    best = _best(store, (act for sides in ranked.values() for side in sides for act in side))
    return _told(changes, ranked, best, most=most)


def _telling(
    placed: Sequence[Placed], changes: Sequence[Change], numbers: Iterable[int], *, most: int = MOST
) -> dict[int, list[list[ActRow]]]:
    """By the number of a change, the acts on both sides that may be shown for it, the most telling first."""
    events = [Event(day, act.score or 0.0, act.confidence or IMPORTED) for day, act in placed]
    return {
        number: [
            [placed[place][1] for place in side[: SPARE * most]] for side in carriers(changes, number, events)
        ]
        for number in numbers
    }


def _told(
    changes: Sequence[Change],
    ranked: Mapping[int, list[list[ActRow]]],
    best: dict[str, ReportRow],
    *,
    most: int = MOST,
) -> tuple[Turn, ...]:
    return tuple(
        Turn(changes[number], *(_distinct(side, best, most) for side in sides))
        for number, sides in ranked.items()
    )


def _placed(acts: Iterable[ActRow]) -> list[Placed]:
    """Acts with a score and a day, oldest first, each with its day; one that stands for several parties once."""
    kept: dict[str, Placed] = {}
    for act in acts:
        if act.score is None or act.day is None or (act.day_end - act.day).days > LONGEST:
            continue
        if act.act not in kept:
            kept[act.act] = middle(act), act
    return sorted(kept.values(), key=lambda placed: (placed[0], placed[1].act))


def _best(store: Store, acts: Iterable[ActRow]) -> dict[str, ReportRow]:
    """The first original report of each act that has one."""
    return first_reports(store, {act.act for act in acts})


def _distinct(ranked: Sequence[ActRow], best: dict[str, ReportRow], most: int) -> tuple[Told, ...]:
    """The first acts that are told in sentences of their own, oldest first."""
    chosen: dict[str, Told] = {}
    for act in ranked:
        report = best.get(act.act)
        chosen.setdefault(report.sentence if report else act.act, Told(act, report))
    return tuple(sorted(list(chosen.values())[:most], key=lambda told: (middle(told.act), told.act.act)))


# The week


def _within(row: BriefRow, since: date, until: date) -> bool:
    """Whether an event has its day in the week, and not only a month that meets it."""
    return row.date_start is not None and since <= row.date_start and row.date_end <= until


def _happened(store: Store, rows: Iterable[BriefRow]) -> list[BriefRow]:
    """Events in which the country of somebody who acts is known, those most told of first, but before all others those
    in which the country of somebody acted on is known too. No more are looked at than it takes to show some."""
    left = sorted(
        rows, key=lambda row: (-row.sources, -row.documents, -abs(row.score), row.date_start, row.event)
    )
    both: list[BriefRow] = []
    one: list[BriefRow] = []
    size = SPARE * LINES
    while left and len(both) < LINES:
        piece, left, size = left[:size], left[size:], 2 * size
        parties = sides(store, [row.event for row in piece])
        for row in piece:
            acting, affected = (
                any(country for _, country in side)
                for side in (parties[row.event].actors, parties[row.event].recipients)
            )
            if acting:
                (both if affected else one).append(row)
    return [*both, *one]


def _line(row: BriefRow, parties: Sides, links: Iterable[Link]) -> Line:
    """An event with one sentence of each document that reports it."""
    return Line(
        day=row.date_start,
        actor=_parties(parties.actors),
        recipient=_parties(parties.recipients),
        what=row.type.lower() + (f" ({row.mode})" if row.mode else ""),
        sources=row.sources,
        links=tuple(links),
        asserted_by=tuple(row.asserted_by),
        denied_by=tuple(row.denied_by),
        linked=row.event,
    )


def _parties(side: Iterable[tuple[str, str | None]]) -> str:
    """Each once, with the country it belongs to."""
    told = []
    for name, code in side:
        country = name_of(code) if code else name
        told.append(name if country in name else f"{name} ({country})")
    return ", ".join(dict.fromkeys(told))


def _turned(store: Store, monday: date, sunday: date) -> Iterable[TurnLine]:
    """Courses that show a change on Sunday which they did not show the Sunday before."""
    pairs = busy_pairs(store, monday, sunday, limit=DYADS)
    known = [pair for pair in pairs if all(is_code(one) and is_country(one) for one in pair)]
    together = streams(store, known, until=sunday, longest=LONGEST)
    found = []
    for actor, recipient in pairs:
        filters = ActFilter(actor=actor, recipient=recipient, until=sunday)
        stream = together.get((actor, recipient)) or _stream(_placed(store.acts(filters)))
        changes, new = _new(stream, monday - timedelta(1))
        if new:
            placed = _placed(store.acts(filters))
            found.append((filters, changes, _telling(placed, changes, new)))
    best = _best(
        store, (act for *_, ranked in found for sides in ranked.values() for side in sides for act in side)
    )
    for filters, changes, ranked in found:
        for turn in _told(changes, ranked, best):
            yield TurnLine(
                *_names(filters), turn.change, *(_links(side) for side in (turn.before, turn.after))
            )


def _new(stream: Stream, earlier: date) -> tuple[tuple[Change, ...], list[int]]:
    """The changes of a stream, and the numbers of those that it did not show on an earlier day."""
    changes = turning(stream.days, stream.scores)
    known = stream.until(earlier) if changes else stream
    before = turning(known.days, known.scores) if changes else ()
    new = [
        number
        for number, change in enumerate(changes)
        if not any(abs(change.day - old.day) <= timedelta(weeks=SAME) for old in before)
    ]
    return changes, new


def _stream(placed: Sequence[Placed]) -> Stream:
    days = tuple(day for day, _ in placed)
    return Stream(days, tuple(_scores(placed)), tuple(act.day for _, act in placed))


def _links(side: Iterable[Told]) -> tuple[Link, ...]:
    return tuple(_link(told.report) for told in side if told.report is not None)


def _link(report: ReportRow) -> Link:
    return Link(
        report.source, report.publisher, report.sentence, report.published, report.document, report.event
    )
