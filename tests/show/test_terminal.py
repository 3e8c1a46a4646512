"""What a terminal and a notebook are given."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from tests.fakes import TEXT, record
from volteface.records import Record
from volteface.records.marks import stretches
from volteface.show import show

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m [red]markup[/red] [/] <script>alert(1)</script> & \u202eesrever"


def printed(one: Record, *, width: int = 80, colour: bool = False) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    show(one, console)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80, 140])
def test_an_article_with_its_events(width: int) -> None:
    words = " ".join(printed(record(), width=width).split())
    assert "Ruritania shells border town" in words
    for part in (
        "ASSAULT/heavy-weapons, 2 killed",
        "alleged",
        "2031-03-03 · in Grenzau",
        "THREATEN",
        "future",
    ):
        assert part in words


def test_events_say_according_to_whom() -> None:
    words = " ".join(printed(record()).split())
    assert "Ruritania [RUR] → Sylvania [SYL]" in words
    assert "according to Ada Moor, via Sylvan Post" in words


def test_colours_only_where_they_are_wanted() -> None:
    assert "\x1b[" in printed(record(), colour=True)
    assert "\x1b" not in printed(record())


@pytest.mark.parametrize("colour", [True, False])
def test_nothing_of_a_page_drives_the_terminal(colour: bool) -> None:
    hostile = msgspec.structs.replace(
        record(f"{TEXT}\n{HOSTILE}", source=HOSTILE).document, headline=HOSTILE, publisher=HOSTILE
    )
    out = printed(msgspec.structs.replace(record(f"{TEXT}\n{HOSTILE}"), document=hostile), colour=colour)
    assert "\x1b]" not in out
    assert "\x1b[2J" not in out
    assert not {"\x07", "\x9b", "\u202e"} & set(out)
    assert "[red]markup[/red] [/]" in out


def test_the_notebook_form_escapes_everything() -> None:
    one = msgspec.structs.replace(
        record(),
        document=msgspec.structs.replace(
            record(f"{TEXT}\n{HOSTILE}").document, headline=HOSTILE, publisher=HOSTILE
        ),
        actors=tuple(msgspec.structs.replace(a, name=HOSTILE) for a in record().actors),
    )
    html = one._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert not {"\x1b", "\x9b", "\u202e"} & set(html)
    assert "ASSAULT/heavy-weapons" in html


# (killed, injured, what is shown of them)
TOLLS = [(None, None, ""), (2, None, ", 2 killed"), (None, 7, ", 7 injured"), (2, 7, ", 2 killed, 7 injured")]


@pytest.mark.parametrize(("killed", "injured", "shown"), TOLLS)
def test_an_event_says_mode_toll_day_and_place(killed: int | None, injured: int | None, shown: str) -> None:
    one = record()
    event = msgspec.structs.replace(one.events[0], killed=killed, injured=injured)
    one = msgspec.structs.replace(one, events=(event,))
    wanted = f"ASSAULT/heavy-weapons{shown} Ruritania [RUR] → Sylvania [SYL]"
    assert wanted in " ".join(printed(one, width=400).split())
    assert f"<b>ASSAULT/heavy-weapons{shown}</b>" in one._repr_html_()
    assert "alleged · 2031-03-03 · in Grenzau" in one._repr_html_()


def test_stretches_part_a_block_without_gaps() -> None:
    one = record()
    for block in one.document.blocks:
        pieces = stretches(one, block)
        assert "".join(TEXT[p.start : p.end] for p in pieces) == TEXT[block.start : block.end]
    marked = {
        TEXT[p.start : p.end] for block in one.document.blocks for p in stretches(one, block) if p.event
    }
    assert marked == {"shelled", "answer"}
