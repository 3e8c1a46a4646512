"""`/explore`: events narrowed, grouped, counted and drawn, each number a link to its events; `/explore/WHAT.FORM`: the
same to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, FromQuery

from volteface.codebook import plover
from volteface.show.web import grouped
from volteface.show.web.bars import Unit, next_of
from volteface.show.web.pages.common import (
    LAST,
    LONGEST_WORDS,
    Sheet,
    day_of,
    number_of,
    one_of,
    render,
    window,
    words_of,
)
from volteface.show.web.room import Room
from volteface.show.web.words import STATUSES, code_of, country, day, query
from volteface.store import ActFilter, Table, written
from volteface.store.exploring import (
    DIMENSIONS,
    In,
    Question,
    act_table,
    group_table,
    groups,
    listed,
    report_table,
    total,
)

# Rows of a file to take away: made in memory, for whoever asks.
MOST = 20_000
# Rows and columns of the table on the page; events of a list.
SIDE, TOP, ROWS = 200, 16, 25
# Groups that an address may ask for events of.
MOST_IN = 6
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
FILES = {
    "events": "the reports of these events, each with its sentence",
    "acts": "the events, a row for each pair of their sides",
    "groups": "this table",
}
PLOTS = ("bars", "lines")
UNITS: dict[str, Unit] = {"day": "day", "week": "week", "month": "month"}
CODED = ("actor", "recipient", "country", "place")


@get("/explore", sync_to_thread=True)
def explore(
    room: NamedDependency[Room],
    actor: FromQuery[str] = "",
    recipient: FromQuery[str] = "",
    type: FromQuery[str] = "",  # noqa: A002 - as the command's option is called
    status: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    source: FromQuery[str] = "",
    group: FromQuery[list[str] | None] = None,
    by: FromQuery[str] = "",
    across: FromQuery[str] = "",
    plot: FromQuery[str] = "",
    page: FromQuery[str] = "",
) -> Response[str]:
    """Events of all origins, grouped if that is asked for, and listed, the newest first."""
    number = number_of(page)
    given: dict[str, Any] = {"actor": actor, "recipient": recipient, "type": type, "status": status, "since": since,
                             "until": until, "source": source, "group": group or []}  # fmt: skip
    question = question_of(**given)
    one, other, drawn = grouping_of(by, across, plot)
    with room.open() as store:
        events, first, last = room.keep(("explored", question), lambda: total(store, question))
        found = (
            room.keep(("grouped", question, one, other), lambda: groups(store, question, one, other))
            if one
            else []
        )
        rows = room.keep(
            ("listed", question, number), lambda: listed(store, question, **window(number, ROWS))
        )
    table = grouped.cells(found)
    return render(
        "explore.html",
        found=Sheet(rows[:ROWS], number, len(rows) > ROWS and number < LAST),
        given=given,
        chosen={"by": one, "across": other, "plot": drawn},
        question=question,
        events=events,
        days=(first, last),
        table=table,
        picture=grouped.picture(table, across=other, unit=UNITS.get(one), plot=drawn) if one else None,
        types=plover().types,
        dimensions=DIMENSIONS,
        plots=PLOTS,
        files=[(stem, words) for stem, words in FILES.items() if one or stem != "groups"],
        forms=tuple(FORMS),
        most=MOST,
        side=SIDE,
        top=TOP,
        others=grouped.OTHERS,
        named=named,
        in_=In,
        link=lambda *groups: address(given, groups, by=one, across=other, plot=drawn),
        events_of=lambda *groups: address(given, groups),
    )


@get("/explore/{name:str}", sync_to_thread=True)
def export(
    room: NamedDependency[Room],
    name: FromPath[str],
    actor: FromQuery[str] = "",
    recipient: FromQuery[str] = "",
    type: FromQuery[str] = "",  # noqa: A002
    status: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    source: FromQuery[str] = "",
    group: FromQuery[list[str] | None] = None,
    by: FromQuery[str] = "",
    across: FromQuery[str] = "",
) -> Response[bytes]:
    """A file: `events`, `acts` or `groups`, with the ending `.csv`, `.jsonl` or `.parquet`."""
    stem, _, form = name.partition(".")
    if stem not in FILES or form not in FORMS:
        raise NotFoundException
    question = question_of(actor, recipient, type, status, since, until, source, group or [])
    one, other, _ = grouping_of(by, across, "")
    if stem == "groups" and not one:
        raise ClientException("“by” says what to group by.")
    with room.open() as store:
        table: Table[Any]
        if stem == "groups":
            table = group_table(store, question, one, other, limit=MOST)
        else:
            table = (report_table if stem == "events" else act_table)(store, question, limit=MOST)
        content = written(table, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return Response(content, media_type=FORMS[form], headers=headers)


def question_of(
    actor: str,
    recipient: str,
    type: str,  # noqa: A002
    status: str,
    since: str,
    until: str,
    source: str,
    group: Sequence[str],
) -> Question:
    """What is asked for in an address. Raises `ClientException` for what cannot be."""
    kind = one_of(type, tuple(plover().types), "type")
    state = one_of(status, tuple(STATUSES), "status")
    filters = ActFilter(
        actor=code_of(words_of(actor)) or None,
        recipient=code_of(words_of(recipient)) or None,
        types=(kind,) if kind else (),
        statuses=(state,) if state else (),
        since=day_of(since, "since"),
        until=day_of(until, "until"),
    )
    if len(group) > MOST_IN:
        raise ClientException(f"No more than {MOST_IN} groups at once.")
    return Question(filters=filters, source=words_of(source) or None, groups=tuple(map(in_of, group)))


def in_of(text: str) -> In:
    """A group as an address has it, `month:2024-03-01`; with nothing after the colon, what has none. Raises
    `ClientException`."""
    name, colon, value = text.partition(":")
    if not colon or name not in DIMENSIONS or len(value) > LONGEST_WORDS * 2:
        raise ClientException(f"“group” is one of {', '.join(DIMENSIONS)}, a colon, and a value.")
    return In(name, value or None)


def grouping_of(by: str, across: str, plot: str) -> tuple[str, str | None, grouped.Plot]:
    """By what to group, across what, and how to draw it. Raises `ClientException`."""
    one = one_of(by, tuple(DIMENSIONS), "by") or ""
    other = one_of(across, tuple(DIMENSIONS), "across")
    return (
        one,
        other if one and other != one else None,
        "lines" if one_of(plot, PLOTS, "plot") == "lines" else "bars",
    )


def address(given: dict[str, Any], groups: Sequence[In], **rest: Any) -> str:
    """The address of the page for the events in these groups besides what is given; without `rest` they are listed
    alone."""
    told = [*given["group"], *(f"{group.dimension}:{group.value or ''}" for group in groups)]
    return "/explore?" + query(**{**given, "group": list(dict.fromkeys(told))}, **rest)


def named(dimension: str, value: str | None) -> str:
    """What a group is called."""
    if value is None:
        return "not known to a month" if DIMENSIONS[dimension].time else "none known"
    if value == grouped.OTHERS:
        return "all others"
    if dimension in CODED:
        return country(value)
    if DIMENSIONS[dimension].time:
        start = date.fromisoformat(value)
        if dimension == "week":
            return f"week of {day(start)}"
        return day(start) if next_of(start, "day") == next_of(start, UNITS[dimension]) else f"{start:%B %Y}"
    if dimension == "status":
        return STATUSES[value]
    return value.lower() if dimension == "type" else value
