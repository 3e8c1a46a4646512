"""A record in a terminal: the article with actors, actions and quotes in colour, its events beside or below.

Text from a page never reaches the terminal as more than text: control characters are dropped, and nothing of
it is read as markup.
"""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from volteface.records import Block, Event, Record
from volteface.records.marks import (
    Stretch,
    clean,
    deniers,
    events_in,
    label,
    names,
    stretches,
    voices,
    when,
    where,
)
from volteface.show.listing import line

QUAD_STYLES = {
    "verbal cooperation": "black on green",
    "material cooperation": "bold white on dark_green",
    "verbal conflict": "black on yellow",
    "material conflict": "bold white on red",
}
STATUS_STYLES = {
    "actual": "bold",
    "alleged": "magenta",
    "future": "cyan",
    "hypothetical": "dim",
    "negated": "red",
    "historical": "blue",
}
# Narrower than this, events stand below their paragraph instead of beside it.
WIDE = 110


def show(record: Record, console: Console) -> None:
    """Print a record."""
    console.print(heading(record))
    wide = console.width >= WIDE
    for block in record.document.blocks:
        text = paragraph(record, block)
        events = [event_text(record, event) for event in events_in(record, block)]
        console.print(_beside(text, events, console.width) if wide else text)
        for event in () if wide else events:
            console.print(Padding(event, (0, 0, 0, 4)))
        console.print()
    console.print(_footer(record))


def heading(record: Record) -> Text:
    """Where the article is from and when."""
    document = record.document
    published = document.published
    parts = [document.publisher, ", ".join(document.bylines)]
    if published is not None:
        latest = f", at the latest {published.latest}" if published.latest != published.date else ""
        parts.append(f"{published.date} ({published.basis}{latest})")
    parts += [document.source, document.id[:12]]
    return Text(line(" · ".join(part for part in parts if part)), style="dim")


def paragraph(record: Record, block: Block) -> Text:
    """One block with its marks."""
    base = {"headline": "bold", "standfirst": "bold", "caption": "dim"}.get(block.kind, "")
    text = Text(style=base)
    for stretch in stretches(record, block):
        text.append(clean(record.document.text[stretch.start : stretch.end]), style=_style(stretch))
    return text


def event_text(record: Record, event: Event) -> Text:
    """One event on a line or two: what, who to whom, status, when, where, according to whom."""
    text = Text("▸ ")
    text.append(line(label(event)), style=QUAD_STYLES.get(event.quad, "reverse"))
    actors, recipients = (", ".join(names(record, event, side)) or "—" for side in ("actor", "recipient"))
    text.append(f" {line(actors)} → {line(recipients)} · ")
    text.append(event.status, style=STATUS_STYLES.get(event.status, ""))
    for part in (when(event), where(event)):
        text.append(f" · {line(part)}" if part else "")
    said = voices(record, event)
    if said:
        text.append(f" · according to {line('; '.join(said))}", style="italic")
    denying = deniers(record, event)
    if denying:
        text.append(f" · denied by {line('; '.join(denying))}", style="italic")
    return text


def _style(stretch: Stretch) -> str:
    if stretch.event is not None:
        return QUAD_STYLES.get(stretch.event.quad, "reverse")
    styles = ["green"] if stretch.quote else []
    styles += ["bold cyan"] if stretch.actor else []
    styles += ["underline"] if stretch.cue or stretch.speaker else []
    return " ".join(styles)


def _beside(text: Text, events: list[Text], width: int) -> RenderableType:
    if not events:
        return Padding(text, (0, width - width * 3 // 5, 0, 0))
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=3)
    grid.add_column(ratio=2)
    grid.add_row(text, Text("\n").join(events))
    return grid


def _footer(record: Record) -> Text:
    text = Text("actors ", style="dim")
    text.append("actor", style="bold cyan not dim")
    for quad, style in QUAD_STYLES.items():
        text.append(" ")
        text.append(f" {quad} ", style=style)
    text.append(" quote", style="green not dim")
    text.append(f"   {len(record.events)} events, {len(record.attributions)} attributions", style="dim")
    return text
