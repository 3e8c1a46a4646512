"""`/events/LINKED`: one occurrence and all its reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from volteface.records import Event, Record
from volteface.records.marks import chain, deniers
from volteface.show.web.marks import Run, event_marks, runs
from volteface.show.web.pages.common import LAST, Sheet, number_of, render, window
from volteface.show.web.pages.deciding import deciding_of, kept_of
from volteface.show.web.room import Room
from volteface.store.deciding import alike
from volteface.store.reading_room import Joined, happening, records

# Reports on one page: each is a record to be opened.
REPORTS = 10
# Events that may be the same, to choose from.
NEAR = 12
ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Report:
    """One report: the event as this document has it, and its sentence."""

    joined: Joined
    event: Event
    sentence: Sequence[Run]
    chain: Sequence[str]
    denied_by: Sequence[str]


@get("/events/{linked:str}", sync_to_thread=True)
def event(
    request: Request[Any, Any, Any],
    room: NamedDependency[Room],
    linked: FromPath[str],
    page: FromQuery[str] = "",
    decided: FromQuery[str] = "",
    later: FromQuery[str] = "",
) -> Response[str]:
    """One occurrence."""
    if not ID.fullmatch(linked):
        raise NotFoundException
    number, deciding = number_of(page), deciding_of(request)
    with room.open() as store:
        found = happening(store, linked, **window(number, REPORTS))
        if found is None:
            raise NotFoundException
        happened, rows = found
        told = records(store, [row.document for row in rows[:REPORTS]])
        near = alike(store, linked, limit=NEAR) if deciding.visitor.may_write else []
        kept = kept_of(store, decided, later)
    reports = [report(told[row.document], row) for row in rows[:REPORTS] if row.document in told]
    shown = [report for report in reports if report is not None]
    sheet = Sheet(shown, number, more=len(rows) > REPORTS and number < LAST)
    return render("event.html", happened=happened, found=sheet, deciding=deciding, alike=near, kept=kept)


def report(record: Record, row: Joined) -> Report | None:
    """A report with its sentence marked; None if the document was coded again and has the event no more."""
    told = next((e for e in record.events if e.id == row.event), None)
    if told is None:
        return None
    pieces = runs(record.document.text, event_marks(told), [(told.sentence.start, told.sentence.end)])
    sentence = [replace(run, ids=()) for run in pieces[0]]  # ids are those of another page
    return Report(row, told, sentence, chain(record, told), deniers(record, told))
