"""A record as HTML for a notebook: no script, no link, no style sheet; everything from the page is
escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from volteface.records.marks import Stretch, clean, events_in, label, names, stretches, voices, when, where

if TYPE_CHECKING:
    from volteface.records.types import Block, Event, Record

QUAD_COLOURS = {
    "verbal cooperation": "#2b7a3d",
    "material cooperation": "#14532d",
    "verbal conflict": "#c2570c",
    "material conflict": "#b91c1c",
}
# A notebook cell of more paragraphs is more than anybody scrolls through; the rest is counted.
LONGEST = 200


def to_html(record: Record) -> str:
    """The article with its actors, actions and quotes marked, and its events beside each paragraph."""
    document = record.document
    date = document.published
    about = [document.publisher, date and f"{date.date} ({date.basis})", ", ".join(document.bylines)]
    rows = [_row(record, block) for block in document.blocks[:LONGEST]]
    more = len(document.blocks) - LONGEST
    if more > 0:
        rows.append(f'<tr><td colspan="2">… and {more} more paragraphs</td></tr>')
    return (
        '<div style="max-width:70em;line-height:1.5">'
        f"<div><b>{_text(document.headline or document.source)}</b></div>"
        f'<div style="opacity:.7">{_text(" · ".join(part for part in about if part))}</div>'
        f'<table style="border-collapse:collapse">{"".join(rows)}</table>'
        f'<div style="opacity:.7">{len(record.events)} events, {len(record.attributions)} attributions, '
        f"{len(record.actors)} actors</div></div>"
    )


def _row(record: Record, block: Block) -> str:
    text = "".join(_stretch(record, stretch) for stretch in stretches(record, block))
    strong = "font-weight:bold;" if block.kind in ("headline", "standfirst") else ""
    slanted = "opacity:.8;" if block.kind == "caption" else ""
    cell = "text-align:left;vertical-align:top;padding:.3em .8em .3em 0;"
    events = "".join(_event(record, event) for event in events_in(record, block))
    return (
        f'<tr><td style="{cell}{strong}{slanted}width:60%">{text}</td>'
        f'<td style="{cell}font-size:90%">{events}</td></tr>'
    )


def _stretch(record: Record, stretch: Stretch) -> str:
    style = ""
    if stretch.quote:
        style += "font-style:italic;"
    if stretch.cue or stretch.speaker:
        style += "text-decoration:underline dotted;"
    if stretch.actor:
        style += "color:#1d4ed8;"
    title = ""
    if stretch.event is not None:
        colour = QUAD_COLOURS.get(stretch.event.quad, "#444")
        style += f"background:{colour};color:#fff;border-radius:3px;"
        title = f' title="{_text(label(stretch.event) + ", " + stretch.event.status)}"'
    words = _text(record.document.text[stretch.start : stretch.end]).replace("\n", "<br>")
    return f'<span style="{style}"{title}>{words}</span>' if style else words


def _event(record: Record, event: Event) -> str:
    colour = QUAD_COLOURS.get(event.quad, "#444")
    sides = " → ".join(", ".join(names(record, event, side)) or "—" for side in ("actor", "recipient"))
    said = "; ".join(voices(record, event))
    according = f'<br><span style="opacity:.8">according to {_text(said)}</span>' if said else ""
    details = " · ".join(part for part in (event.status, when(event), where(event)) if part)
    return (
        f'<div style="border-left:4px solid {colour};padding-left:.5em;margin-bottom:.4em">'
        f"<b>{_text(label(event))}</b> {_text(sides)}<br>{_text(details)}{according}</div>"
    )


def _text(text: str) -> str:
    return escape(clean(text), quote=True)
