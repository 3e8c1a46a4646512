"""Commands on movement: the course between two actors, coalitions through time, the week's digest."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from volteface.cli.analysing import act_filter, act_options, undirected_option
from volteface.cli.common import Day, database_option, plot_option
from volteface.cli.linking import refresh
from volteface.cli.output import Cells, plain, text_of, write
from volteface.errors import StoreError

if TYPE_CHECKING:
    from volteface.analyse.coalitions import Coalitions
    from volteface.courses import Followed, Told

Columns = dict[str, str]

SENTENCES: Columns = {
    "change": "DATE", "earliest": "DATE", "latest": "DATE", "direction": "VARCHAR", "before": "DOUBLE",
    "after": "DOUBLE", "sure": "DOUBLE", "side": "VARCHAR", "day": "DATE", "act": "VARCHAR", "type": "VARCHAR",
    "mode": "VARCHAR", "score": "DOUBLE", "sentence": "VARCHAR", "publisher": "VARCHAR", "published": "DATE",
    "document": "VARCHAR", "source": "VARCHAR",
}  # fmt: skip
CHANGES: Columns = {name: SENTENCES[name] for name in list(SENTENCES)[:7]}
CURVE: Columns = {
    "day": "DATE", "position": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE", "events": "BIGINT",
    "documents": "BIGINT",
}  # fmt: skip
MEMBERS: Columns = {
    "since": "DATE", "until": "DATE", "actor": "VARCHAR", "bloc": "INTEGER", "pull": "DOUBLE", "toward": "INTEGER",
    "between": "DOUBLE",
}  # fmt: skip
MOVES: Columns = {
    "since": "DATE", "actor": "VARCHAR", "move": "VARCHAR", "before": "INTEGER", "after": "INTEGER"
}  # fmt: skip
TIES: Columns = {
    "since": "DATE", "until": "DATE", "one": "VARCHAR", "other": "VARCHAR", "cooperation": "DOUBLE",
    "conflict": "DOUBLE", "acts": "BIGINT",
}  # fmt: skip
DIGITS = 3


@click.command(name="course")
@click.argument("actor")
@click.argument("recipient")
@undirected_option
@click.option(
    "--rows", type=click.Choice(("sentences", "changes", "curve")), default="sentences", show_default=True,
    help="What to list: the sentences that carry each change, the changes alone, or the curve day by day.",
)  # fmt: skip
@click.option(
    "--most", type=click.IntRange(1), default=3, show_default=True, help="Sentences on each side of a change."
)
@act_options
@plot_option
def course_(
    actor: str,
    recipient: str,
    undirected: bool,
    rows: str,
    most: int,
    plot: str | None,
    database: str,
    form: str,
    output: str | None,
    **filters: Any,
) -> None:
    """Show the course of ACTOR toward RECIPIENT: where it changed, when, how surely, and the sentences that carry
    each change, before and after.

    ACTOR, RECIPIENT: a country (RUS), a sector of one (RUS:MIL), another code (IGO), or words of a name. A change is
    told only if hardly one in ten streams without change would show one as strong.

    \b
    Example:
      volteface course RUS FRA --since 2015-01-01 --plot course.svg
    """
    from volteface.courses import follow
    from volteface.store import Store

    refresh(database)
    with Store.open(database, read_only=True) as store:
        found = follow(
            store, act_filter(actor=actor, recipient=recipient, directed=not undirected, **filters), most=most
        )
    title = f"{found.actor} {'and' if undirected else 'toward'} {found.recipient}"
    click.echo(_in_words(found, title), err=True)
    if plot:
        _plot_course(found, title, plot)
    columns, lines, cells = {
        "sentences": (SENTENCES, _sentences, SENTENCE_CELLS),
        "changes": (CHANGES, _changes, CHANGE_CELLS),
        "curve": (CURVE, _curve, _cells(CURVE)),
    }[rows]
    _write(columns, lines(found), form, output, cells)


@click.command(name="coalitions")
@click.option("--window", type=click.IntRange(1), help="Days of a window.  [default: one window of all]")
@click.option(
    "--rows", type=click.Choice(("members", "moves", "ties")), default="members", show_default=True,
    help="What to list: who stands where, who joined, left or moved between windows, or who did how much to whom.",
)  # fmt: skip
@act_options
@plot_option
def coalitions_(
    window: int | None,
    rows: str,
    plot: str | None,
    database: str,
    form: str,
    output: str | None,
    **filters: Any,
) -> None:
    """Show who works with and against whom among countries: blocs, who stands between them, and how that moves from
    window to window.

    \b
    Example:
      volteface coalitions --since 2015-01-01 --until 2015-12-31 --window 90 --rows moves
    """
    from volteface.courses import coalitions
    from volteface.store import Store

    refresh(database)
    with Store.open(database, read_only=True) as store:
        found = coalitions(store, act_filter(**filters), days=window)
    if plot:
        from volteface.show.plots import plot_coalitions

        plot_coalitions(plot, found, title="Who stands with whom")
    columns, lines = {"members": (MEMBERS, _members), "moves": (MOVES, _moves), "ties": (TIES, _ties)}[rows]
    _write(columns, lines(found), form, output, _cells(columns))


@click.command()
@click.option(
    "--week", "day", type=Day(), required=True, help="Any day of the week, which runs from Monday to Sunday."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("html", "md", "rss")),
    default="html",
    show_default=True,
    help="What to write.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file instead of standard output."
)
@database_option
def digest(day: date, form: Any, output: str | None, database: str) -> None:
    """Write a week as one page: what happened, what is contested, whose course changed, each line with its sources.

    HTML is fit for an e-mail: no script, nothing fetched. A change of course stands in the week in which it was first
    to be seen.

    \b
    Example:
      volteface digest --week 2015-11-24 --format md -o week.md
    """
    from volteface.courses import week
    from volteface.show.digest import render
    from volteface.store import Store

    refresh(database)
    with Store.open(database, read_only=True) as store:
        page = render(week(store, day), form)
    if output is None:
        sys.stdout.buffer.write(page.encode("utf-8", "replace"))
        return
    try:
        Path(output).write_text(page, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise StoreError(f"{output}: cannot be written: {error.strerror or error}") from error


def _write(
    columns: Columns, rows: Iterable[tuple[Any, ...]], form: str, output: str | None, cells: Cells
) -> None:
    from volteface.store import held

    table = held(columns, rows)
    try:
        write(table, form, output, cells=cells)
    finally:
        table.close()


def _in_words(found: Followed, title: str) -> str:
    """On how much the course rests, where it stands, how often it changed."""
    if not found.acts:
        return f"{title}: no events"
    days = {act.day for act in found.acts}
    last = found.course.points[-1]
    turns = len(found.turns)
    return (
        f"{title}: {len(found.acts)} events on {len(days)} days, {min(days)} to {max(days)}; "
        f"stands at {last.position:.1f} ({last.low:.1f} to {last.high:.1f}); "
        f"{turns or 'no'} change{'' if turns == 1 else 's'} of course"
    )


def _plot_course(found: Followed, title: str, path: str) -> None:
    from volteface.show.plots import Dot, plot_course

    dots = [Dot(day, act.score or 0.0, act.quad) for day, act in zip(found.days, found.acts, strict=True)]
    plot_course(path, found.course, dots, found.coverage, title=title)


def _changes(found: Followed) -> Iterator[tuple[Any, ...]]:
    for turn in found.turns:
        change = turn.change
        size = (round(change.before, DIGITS), round(change.after, DIGITS), round(change.sure, DIGITS))
        yield (change.day, change.earliest, change.latest, change.direction, *size)


def _sentences(found: Followed) -> Iterator[tuple[Any, ...]]:
    for turn, change in zip(found.turns, _changes(found), strict=True):
        for side in ("before", "after"):
            for told in getattr(turn, side):
                yield (*change, side, *_told(told))


def _told(told: Told) -> tuple[Any, ...]:
    act, report = told.act, told.report
    what = (act.day, act.act, act.type, act.mode, act.score)
    if report is None:
        return (*what, None, None, None, None, None)
    return (*what, report.sentence, report.publisher, report.published, report.document, report.source)


def _curve(found: Followed) -> Iterator[tuple[Any, ...]]:
    """The position, and of the days up to the next point how many events and how many documents at all."""
    points = found.course.points
    step = (points[1].day - points[0].day).days if len(points) > 1 else 1
    events, documents = Counter[int](), Counter[int]()
    for day in found.days:
        events[(day - points[0].day).days // step] += 1
    for day, count in found.coverage.items():
        documents[(day - points[0].day).days // step] += count
    for place, point in enumerate(points):
        known = (round(value, DIGITS) for value in (point.position, point.low, point.high))
        yield (point.day, *known, events[place], documents[place])


def _members(windows: list[Coalitions]) -> Iterator[tuple[Any, ...]]:
    for window in windows:
        order = sorted(
            window.members, key=lambda each: (each.bloc is None, each.bloc or 0, -each.pull, each.actor)
        )
        for each in order:
            place = (each.bloc, round(each.pull, DIGITS), each.toward, round(each.between, DIGITS))
            yield (window.since, window.until, each.actor, *place)


def _moves(windows: list[Coalitions]) -> Iterator[tuple[Any, ...]]:
    from volteface.analyse.coalitions import moves

    for move in moves(windows):
        yield (move.since, move.actor, move.kind, move.before, move.after)


def _ties(windows: list[Coalitions]) -> Iterator[tuple[Any, ...]]:
    for window in windows:
        for tie in window.ties:
            weights = (round(tie.cooperation, DIGITS), round(tie.conflict, DIGITS), tie.acts)
            yield (window.since, window.until, tie.one, tie.other, *weights)


def _cells(columns: Columns) -> Cells:
    return {name: plain(name) for name in columns}


def _step(row: dict[str, Any]) -> str:
    return f"{row['before']:+.1f} → {row['after']:+.1f}"


def _interval(row: dict[str, Any]) -> str:
    return f"{row['change']} ({row['earliest']:%m-%d} to {row['latest']:%m-%d})"


CHANGE_CELLS: Cells = {
    "change": _interval,
    "step": _step,
    "toward": lambda row: str(row["direction"]),
    "sure": lambda row: f"{row['sure']:.3f}",
}
SENTENCE_CELLS: Cells = {
    "change": _interval,
    "step": _step,
    "sure": lambda row: f"{row['sure']:.3f}",
    "side": lambda row: str(row["side"]),
    "date": lambda row: text_of(row["day"]),
    "event": lambda row: f"{row['type']} {row['mode'] or ''}",
    "sentence": lambda row: text_of(row["sentence"]),
    "publisher": lambda row: text_of(row["publisher"]),
    "document": lambda row: (row["document"] or "")[:8],
}
