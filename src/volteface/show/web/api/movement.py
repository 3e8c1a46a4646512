"""What moves: dyads through time, the course of one toward another, coalitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from volteface.analyse.coalitions import Coalitions, Move, moves
from volteface.courses import Followed, Told, Turn, coalitions, follow
from volteface.show.web.api import asking as ask
from volteface.show.web.api import shapes
from volteface.show.web.api.answers import accepted, encoded, in_rows, link, listed, reading
from volteface.show.web.api.asking import ROWS, acts_of, cursor_of, cut_of
from volteface.show.web.api.described import rows, whole
from volteface.show.web.api.problems import Asked as CannotAsk
from volteface.show.web.room import Room
from volteface.show.web.words import origin as origin_of
from volteface.show.web.words import unslug
from volteface.store import Period, held, served
from volteface.store.paging import Sequel

Asked = Request[Any, Any, Any]
# Windows of one answer, the most of one, and of all that have to be made for it.
WINDOWS, MOST_WINDOWS = 12, 60
MOST_IN_ALL = 600

By = Annotated[Period, QueryParameter(description="What a row counts; weeks begin on Monday.")]


@get("/dyads", operation_id="dyads", summary="Pairs", sync_to_thread=True, **rows(shapes.Dyad))
def dyads(
    request: Asked,
    room: NamedDependency[Room],
    actor: ask.Actor = None,
    recipient: ask.Recipient = None,
    since: ask.Since = None,
    until: ask.Until = None,
    type: ask.Types = None,  # noqa: A002 - as the parameter is called
    status: ask.Counted = None,
    origin: ask.Origins = None,
    sources: ask.Sources = 1,
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Who acts on whom among countries and other bodies, those with most between them first."""
    filters = acts_of(actor, recipient, since=since, until=until, type=type, status=status, origin=origin,
                      sources=sources)  # fmt: skip
    cut = cut_of(served.DYADS, limit, cursor)
    with reading(room) as store:
        return listed(request, served.DYADS, served.dyads(store, filters, cut), "oldest", form)


@get("/dyads/{actor:str}/{recipient:str}", operation_id="dyad", summary="One pair through time", sync_to_thread=True,
     **rows(shapes.Period))  # fmt: skip
def dyad(
    request: Asked,
    room: NamedDependency[Room],
    actor: ask.Party,
    recipient: ask.Party,
    by: By = "day",
    undirected: ask.Undirected = False,
    since: ask.Since = None,
    until: ask.Until = None,
    type: ask.Types = None,  # noqa: A002
    status: ask.Counted = None,
    origin: ask.Origins = None,
    sources: ask.Sources = 1,
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """What one does to the other in each day, week or month, those in which there is nothing too."""
    filters = acts_of(actor, recipient, since=since, until=until, type=type, status=status, origin=origin,
                      sources=sources, undirected=undirected)  # fmt: skip
    cut = cut_of(served.PERIODS, limit, cursor)
    with reading(room) as store:
        return listed(request, served.PERIODS, served.periods(store, filters, by, cut), "oldest", form)


CourseRows = Annotated[
    Literal["sentences", "turns", "points"],
    QueryParameter(description="What the rows are, where the answer is not JSON."),
]
POINTS = {"day": "DATE", "position": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE"}
TURNS = {
    "turn": "DATE", "earliest": "DATE", "latest": "DATE", "direction": "VARCHAR", "before": "DOUBLE", "after": "DOUBLE",
    "sure": "DOUBLE",
}  # fmt: skip
SENTENCES = TURNS | {
    "side": "VARCHAR", "act": "VARCHAR", "day": "DATE", "day_end": "DATE", "type": "VARCHAR", "mode": "VARCHAR",
    "score": "DOUBLE", "sentence": "VARCHAR", "document": "VARCHAR", "publisher": "VARCHAR", "published": "DATE",
    "source": "VARCHAR",
}  # fmt: skip


@get("/courses/{actor:str}/{recipient:str}", operation_id="course", summary="The course of one toward another",
     sync_to_thread=True, **whole(shapes.Course, in_rows=True))  # fmt: skip
def course(
    request: Asked,
    room: NamedDependency[Room],
    actor: ask.Party,
    recipient: ask.Party,
    undirected: ask.Undirected = False,
    since: ask.Since = None,
    until: ask.Until = None,
    type: ask.Types = None,  # noqa: A002
    status: ask.Counted = None,
    origin: ask.Origins = None,
    sources: ask.Sources = 1,
    rows: CourseRows = "sentences",
    form: ask.Formed = None,
) -> Response[bytes]:
    """Where one stands toward the other through time, with its band, the turns of it, and the sentences that made
    them. `CSV`, `JSON Lines` and `Parquet` have its sentences, turns or points."""
    filters = acts_of(actor, recipient, since=since, until=until, type=type, status=status, origin=origin,
                      sources=sources, undirected=undirected)  # fmt: skip
    chosen = form or accepted(request)
    with reading(room) as store:
        found = room.keep(("course", filters), lambda: follow(store, filters))
        apart = {name: n for name, n in store.statuses(filters).items() if name not in filters.statuses}
    if chosen == "json":
        return encoded(_course(found, unslug(actor), unslug(recipient), apart))
    if rows == "points":
        return _rows(POINTS, ((p.day, p.position, p.low, p.high) for p in found.course.points), chosen)
    told = [_turn(turn) for turn in found.turns]
    if rows == "turns":
        return _rows(TURNS, (_head(turn) for turn in told), chosen)
    return _rows(SENTENCES, _sentences(told), chosen)


def _course(found: Followed, actor: str, recipient: str, apart: dict[str, int]) -> shapes.Course:
    return shapes.Course(
        actor=actor,
        recipient=recipient,
        events=len(found.acts),
        apart=apart,
        spread=found.course.spread,
        points=[
            shapes.Point(point.day, point.position, point.low, point.high) for point in found.course.points
        ],
        turns=[_turn(turn) for turn in found.turns],
    )


def _turn(turn: Turn) -> shapes.Turn:
    change = turn.change
    return shapes.Turn(
        day=change.day,
        earliest=change.earliest,
        latest=change.latest,
        direction="cooperation" if change.size > 0 else "conflict",
        before=change.before,
        after=change.after,
        sure=change.sure,
        sentences_before=[_carrier(told) for told in turn.before],
        sentences_after=[_carrier(told) for told in turn.after],
    )


def _carrier(told: Told) -> shapes.Carrier:
    act, report = told.act, told.report
    return shapes.Carrier(
        act=act.act,
        day=act.day,
        day_end=act.day_end,
        type=act.type,
        mode=act.mode,
        score=act.score,
        sentence=report.sentence if report else None,
        document=report.document if report else None,
        publisher=report.publisher if report else None,
        published=report.published if report else None,
        source=origin_of(report.source) if report else None,
    )


def _head(turn: shapes.Turn) -> tuple[Any, ...]:
    return turn.day, turn.earliest, turn.latest, turn.direction, turn.before, turn.after, turn.sure


def _sentences(turns: Iterable[shapes.Turn]) -> Iterator[tuple[Any, ...]]:
    for turn in turns:
        for side, carriers in (("before", turn.sentences_before), ("after", turn.sentences_after)):
            for carrier in carriers:
                yield *_head(turn), side, *msgspec.structs.astuple(carrier)


def _rows(columns: dict[str, str], made: Iterable[tuple[Any, ...]], form: ask.Format) -> Response[bytes]:
    table = held(columns, made)
    try:
        return in_rows(table, form)
    finally:
        table.close()


COALITIONS = Sequel("coalitions", {"since": ("since", "DATE")}, "", "")
Days = Annotated[
    int | None, QueryParameter(description="Days of a window. Without: one window of all.", ge=7, le=36_525)
]
CoalitionRows = Annotated[
    Literal["members", "edges", "moves"],
    QueryParameter(description="What the rows are, where the answer is not JSON."),
]
WindowLimit = Annotated[
    int, QueryParameter(description="Windows of the answer at most.", ge=1, le=MOST_WINDOWS)
]
MEMBERS = {
    "since": "DATE", "until": "DATE", "actor": "VARCHAR", "bloc": "INTEGER", "pull": "DOUBLE", "toward": "INTEGER",
    "between": "DOUBLE",
}  # fmt: skip
EDGES = {
    "since": "DATE", "until": "DATE", "one": "VARCHAR", "other": "VARCHAR", "cooperation": "DOUBLE",
    "conflict": "DOUBLE", "acts": "BIGINT",
}  # fmt: skip
MOVES = {"since": "DATE", "until": "DATE", "actor": "VARCHAR", "move": "VARCHAR", "before": "INTEGER",
         "after": "INTEGER"}  # fmt: skip


@get("/coalitions", operation_id="coalitions", summary="Who stands with whom", sync_to_thread=True,
     **rows(shapes.Window))  # fmt: skip
def windows(
    request: Asked,
    room: NamedDependency[Room],
    window: Days = None,
    since: ask.Since = None,
    until: ask.Until = None,
    type: ask.Types = None,  # noqa: A002
    status: ask.Counted = None,
    origin: ask.Origins = None,
    sources: ask.Sources = 1,
    rows: CoalitionRows = "members",
    limit: WindowLimit = WINDOWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Windows of time, oldest first, each with its signed network, its blocs, and who moved since the window before.
    `CSV`, `JSON Lines` and `Parquet` have its members, edges or moves."""
    filters = acts_of(
        None, None, since=since, until=until, type=type, status=status, origin=origin, sources=sources
    )
    cut = cut_of(COALITIONS, limit, cursor)
    chosen = form or accepted(request)
    with reading(room) as store:
        span = served.days_of(store, filters)
        if window and span and (span[1] - span[0]).days // window > MOST_IN_ALL:
            raise CannotAsk("window", f"These would be more than {MOST_IN_ALL} windows.")
        found = room.keep(("coalitions", filters, window), lambda: coalitions(store, filters, days=window))
    after = [one for one in found if cut.after is None or (one.since,) > cut.after]
    shown = after[:limit]
    following = cursor_of(COALITIONS, "oldest", (shown[-1].since,)) if len(after) > limit else None
    every = moves(found)
    told = [_window(one, [move for move in every if move.since == one.since]) for one in shown]
    if chosen == "json":
        return encoded({"items": told, "next": following}, link(request, following))
    columns, part = {"members": (MEMBERS, "members"), "edges": (EDGES, "edges"), "moves": (MOVES, "moves")}[
        rows
    ]
    table = held(
        columns,
        (
            (one.since, one.until, *msgspec.structs.astuple(each))
            for one in told
            for each in getattr(one, part)
        ),
    )
    try:
        return in_rows(table, chosen, link(request, following))
    finally:
        table.close()


def _window(one: Coalitions, moved: Iterable[Move]) -> shapes.Window:
    return shapes.Window(
        since=one.since,
        until=one.until,
        modularity=one.modularity,
        blocs={str(number): list(members) for number, members in one.blocs.items()},
        members=[shapes.Member(m.actor, m.bloc, m.pull, m.toward, m.between) for m in one.members],
        edges=[shapes.Edge(t.one, t.other, t.cooperation, t.conflict, t.acts) for t in one.ties],
        moves=[shapes.Moved(m.actor, m.kind, m.before, m.after) for m in moved],
    )
