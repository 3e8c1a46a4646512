"""Marked text as HTML. An article has a thousand marks; in a template each takes several calls of macros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from volteface.records.marks import clean
from volteface.show.web.marks import Run, linked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from volteface.show.web.pages.documents import Sentence


def marked(pieces: Iterable[Run]) -> Markup:
    """Runs that lead nowhere."""
    return Markup("".join(map(_run, pieces)))


def sentences(rows: Iterable[Sentence], events: Mapping[str, str], actors: Mapping[str, str]) -> Markup:
    """Sentences with their numbers; `events`, `actors`: addresses of what their ids in the record lead to."""
    found = []
    for one in rows:
        if one.number:
            found.append(f'<span class="s" id="s{one.number}">')
            found.append(f'<sup class="ref" aria-hidden="true">{one.number}</sup>')
        found += _linked(one.runs, events, actors)
        if one.number:
            found.append("</span>")
    return Markup("".join(found))


def _linked(pieces: Sequence[Run], events: Mapping[str, str], actors: Mapping[str, str]) -> Iterable[str]:
    for (event, actor), group in linked(pieces):
        path = events.get(event or "") or actors.get(actor or "")
        text = "".join(map(_run, group))
        yield f'<a href="{_text(path)}">{text}</a>' if path else text


def _run(one: Run) -> str:
    before = "".join(f'<span id="{_text(id_)}"></span>' for id_ in one.ids[1:])
    text = _text(one.text)
    if not one.kinds:
        return before + text
    id_ = f' id="{_text(one.ids[0])}"' if one.ids else ""
    title = f' title="{_text(one.title)}"' if one.title else ""
    return f'{before}<span class="{_text(" ".join(one.kinds))}"{id_}{title}>{text}</span>'


def _text(text: str) -> str:
    """What a template makes of a value."""
    return str(escape(clean(text)))
