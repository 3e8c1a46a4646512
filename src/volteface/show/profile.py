"""What is known of an actor, in a terminal: facts with the words they come from, names, partners, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from volteface.show.listing import brief, line

if TYPE_CHECKING:
    from volteface.store import Fact, Profile


def show_profile(profile: Profile, console: Console) -> None:
    """Print a profile."""
    console.print(Text(line(profile.name), style="bold"))
    span = _since(profile.first, profile.last)
    parts = [*profile.keys, f"{profile.documents} documents" + (f", {span}" if span else "")]
    console.print(Text(line(" · ".join(parts)), style="dim"))
    console.print()
    _table(console, ("is", "known since", "from", "words"), map(_fact, profile.facts))
    names = [f"{name} ({count})" for name, count in profile.names if name != profile.name]
    if names:
        console.print(Text(line(f"also called {', '.join(names)}")))
        console.print()
    rows = [(p.name, p.country or "", p.side, str(p.events), str(p.documents)) for p in profile.partners]
    _table(console, ("on the other side", "country", "as", "events", "documents"), rows)
    decided = [
        f"decision {d.decision}: {d.kind} {d.subject} {d.object or f'{d.field}={d.value}'}"
        for d in profile.decisions
    ]
    same = [f"same name: {key}" for key in profile.namesakes]
    for words in (*decided, *same):
        console.print(Text(line(words), style="dim"))


def _table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    if found := list(rows):
        console.print(brief(columns, found, width=console.width))
        console.print()


def _fact(fact: Fact) -> tuple[str, str, str, str]:
    sources = [f"decision {fact.decision}"] if fact.decision else []
    sources += [f"{fact.documents} document{'s' * (fact.documents > 1)}"] if fact.documents else []
    sources += ["the register"] if fact.register else []
    example = fact.example
    words = f"{example.sentence or example.text} ({example.document[:8]})" if example else ""
    return f"{fact.field} {fact.value}", _since(fact.first, fact.last), ", ".join(sources), words


def _since(first: date | None, last: date | None) -> str:
    return f"{first} to {last}" if first != last else str(first or "")
