"""Commands on what passes between actors: dyads day by day, and timelines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from volteface.cli.common import Day, database_option, plot_option
from volteface.cli.database import STATUSES, STATUSES_SHORT, TERMINAL_ROWS, parties
from volteface.cli.linking import refresh
from volteface.cli.output import Cells, format_options, plain, text_of, write

if TYPE_CHECKING:
    from volteface.store import ActFilter

F = TypeVar("F", bound=Callable[..., Any])

PERIODS = ("day", "week", "month")
ORIGINS = ("reports", "icews", "gdelt", "polecat")


def act_options(command: F) -> F:
    """Which acts count."""
    options = (
        click.option("--since", type=Day(), help="First day."),
        click.option("--until", type=Day(), help="Last day."),
        click.option("--type", "types", multiple=True, help="PLOVER type; may be repeated."),
        click.option(
            "--status", "statuses", multiple=True, type=click.Choice(STATUSES),
            help="What counts; may be repeated.  [default: actual]",
        ),
        click.option(
            "--origin", "origins", multiple=True, type=click.Choice(ORIGINS),
            help="Where from; may be repeated.  [default: all]",
        ),
        click.option(
            "--sources", type=click.IntRange(1), default=1, help="Only what so many independent sources tell."
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return database_option(format_options(command))


def by_option(default: str) -> Callable[[F], F]:
    """`--by day|week|month`."""
    return click.option("--by", type=click.Choice(PERIODS), default=default, show_default=True, help="Rows.")


undirected_option = click.option("--undirected", is_flag=True, help="Whoever of the two acts.")


@click.command()
@click.argument("a")
@click.argument("b")
@by_option("day")
@undirected_option
@act_options
@plot_option
def dyad(
    a: str,
    b: str,
    by: Any,
    undirected: bool,
    plot: str | None,
    database: str,
    form: str,
    output: str | None,
    **filters: Any,
) -> None:
    """Count what A does to B by day, week or month: types, quads, scores, and how much was published at all.

    A, B: a country (RUS), a sector of one (RUS:MIL), another code (IGO, MIL), the key of an actor, or words of a name.
    Linked events count once, however many reports they have; what is alleged, announced, hypothetical or denied is
    kept out unless --status says otherwise, and counted beside.

    \b
    Example:
      volteface dyad RUS TUR --by week --since 2015-10-01 --plot dyad.svg
    """
    from volteface.analyse.dyads import in_words, summarise
    from volteface.store import Store

    refresh(database)
    wanted = act_filter(actor=a, recipient=b, directed=not undirected, **filters)
    with Store.open(database, read_only=True) as store:
        table = store.series(wanted, by=by)
        rows = list(table.dicts())
        write(table, form, output, cells=DYAD_CELLS, most=TERMINAL_ROWS)
    summary = summarise(rows, statuses=wanted.statuses)
    click.echo(f"{_pair(a, b, undirected)}: {in_words(summary, by=by)}", err=True)
    if plot:
        from volteface.show.plots_dyads import plot_series

        plot_series(plot, rows, by=by, title=_pair(a, b, undirected))


@click.command()
@by_option("month")
@undirected_option
@act_options
def dyads(by: Any, undirected: bool, database: str, form: str, output: str | None, **filters: Any) -> None:
    """Count the same for every pair of countries, in the days, weeks or months in which there is anything.

    \b
    Example:
      volteface dyads --by month --format parquet --output dyads.parquet
    """
    from volteface.store import Store

    refresh(database)
    with Store.open(database, read_only=True) as store:
        table = store.dyads(act_filter(directed=not undirected, **filters), by=by)
        pair: Cells = {"pair": lambda row: f"{row['a']} {'–' if undirected else '→'} {row['b']}"}
        write(table, form, output, cells=pair | PERIOD_CELLS, most=TERMINAL_ROWS)


@click.command()
@click.argument("actor")
@click.argument("other", required=False)
@click.option("--limit", type=click.IntRange(0), help="At most so many rows.")
@act_options
@plot_option
def timeline(
    actor: str,
    other: str | None,
    limit: int | None,
    plot: str | None,
    database: str,
    form: str,
    output: str | None,
    **filters: Any,
) -> None:
    """List what ACTOR did and what was done to it, day by day, with the sentence that first told of it; with OTHER,
    only what passed between the two.

    ACTOR, OTHER: as in `dyad`. What is alleged, announced, hypothetical or denied is kept out unless --status says
    otherwise, and counted.

    \b
    Example:
      volteface timeline RUS TUR --since 2015-11-24 --until 2015-12-01
    """
    from volteface.analyse.dyads import apart_in_words
    from volteface.store import Store

    refresh(database)
    wanted = act_filter(actor=actor, recipient=other, directed=False, limit=limit, **filters)
    with Store.open(database, read_only=True) as store:
        table = store.timeline(wanted)
        write(table, form, output, cells=TIMELINE_CELLS, most=TERMINAL_ROWS if limit is None else None)
        apart = {s: n for s, n in sorted(store.statuses(wanted).items()) if s not in wanted.statuses}
        if plot:
            from volteface.show.plots_dyads import plot_timeline

            plot_timeline(plot, list(table), title=f"{actor} and {other}" if other else actor)
    if apart:
        click.echo(f"kept out: {apart_in_words(apart)}; --status counts them", err=True)


def act_filter(*, statuses: tuple[str, ...], **filters: Any) -> ActFilter:
    """What the options of a command ask of acts."""
    from volteface.store import ActFilter

    return ActFilter(**filters, statuses=statuses or ("actual",))


def _pair(a: str, b: str, undirected: bool) -> str:
    return f"{a} and {b}" if undirected else f"{a} toward {b}"


def _mean(row: dict[str, Any]) -> str:
    return "" if row["score_mean"] is None else f"{row['score_mean']:+.1f}"


def _kept_out(row: dict[str, Any]) -> str:
    if not row["kept_out"]:
        return ""
    names = {status: STATUSES_SHORT.get(status, status) for status in STATUSES[1:]}
    return ", ".join(f"{row[status]} {name}" for status, name in names.items() if row[status])


def _count(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: str(row[name] or "")


def _types(row: dict[str, Any]) -> str:
    from volteface.codebook import plover

    told = {name: row[name.lower()] for name in plover().types}
    return ", ".join(f"{count} {name}" for name, count in told.items() if count)


def _period(row: dict[str, Any]) -> str:
    return text_of(row["period"])


PERIOD_CELLS: Cells = {
    "from": _period,
    "events": _count("events"),
    "coop. verbal": _count("verbal_cooperation"),
    "material": _count("material_cooperation"),
    "conflict verbal": _count("verbal_conflict"),
    "material ": _count("material_conflict"),
    "score": _mean,
    "types": _types,
    "kept out": _kept_out,
}
DYAD_CELLS: Cells = PERIOD_CELLS | {"documents": _count("documents"), "imported": _count("imported")}
TIMELINE_CELLS: Cells = {
    "day": lambda row: f"({text_of(row['day'])})" if row["dated_by"] == "published" else text_of(row["day"]),
    "event": lambda row: f"{row['type'] or ''} {row['mode'] or ''}",
    "status": lambda row: (
        f"{STATUSES_SHORT.get(row['status'], row['status'])}{', contested' if row['contested'] else ''}"
    ),
    "who → whom": parties,
    "sources": plain("sources"),
    "sentence": plain("sentence"),
    "document": lambda row: (row["document"] or row["act"])[:16],
}
