"""Records of short stories by hand, for tests of links in a real database."""

from __future__ import annotations

import re
from typing import Any

from volteface.records import (
    Actor,
    Answer,
    Attribution,
    Block,
    Document,
    Event,
    EventDate,
    Extent,
    Participant,
    Published,
    Record,
    Source,
    Spans,
    Trigger,
)
from volteface.store import Reading

# Words in brackets are the trigger, in braces the actor, in angle brackets the recipient.
MARKS = re.compile(r"\[(?P<trigger>.+?)\]|\{(?P<actor>.+?)\}|<(?P<recipient>.+?)>")
COUNTRIES = {"Ruritania": "RUR", "Sylvania": "SYL", "Moldonia": "MOL"}


def record(
    text: str,
    *,
    source: str,
    published: str | None = "2031-03-04",
    publisher: str | None = None,
    **fields: Any,
) -> Record:
    """A story, one event in each line that has a trigger. `fields` are of the events; `by`, `denied`: who says it
    and who denies it, in words of the text."""
    plain, spans = _plain(text)
    actors: list[Actor] = []
    events: list[Event] = []
    claims: list[Attribution] = []
    by, denied = fields.pop("by", None), fields.pop("denied", None)
    for name, code in COUNTRIES.items():
        start = plain.find(name)
        if start >= 0:
            actors.append(
                Actor(
                    code,
                    name,
                    code,
                    "GOV",
                    None,
                    None,
                    (Extent(start, start + len(name)),),
                    key=f"country:{code}",
                )
            )
    for who, number in ((by, 1), (denied, 2)):
        if who:
            start = plain.find(who)
            span = ((start, start + len(who)),)
            answers = (Answer("Q1", "denies"),) if number == 2 else ()
            claims.append(
                Attribution(
                    f"Q{number}",
                    Source(span, COUNTRIES.get(who)),
                    Spans(span),
                    Spans(span),
                    "indirect",
                    answers=answers,
                )
            )
    for number, line in enumerate(spans, 1):
        sides = [
            tuple(
                Participant(plain[s:e], s, e, c, c, "GOV")
                for s, e in line[side]
                for c in [COUNTRIES.get(plain[s:e])]
            )
            for side in ("actor", "recipient")
        ]
        (start, end) = line["trigger"][0]
        usual: dict[str, Any] = {
            "type": "ASSAULT",
            "mode": None,
            "contexts": (),
            "cameo": "190",
            "quad": "material conflict",
            "score": -9.0,
            "date": None,
            "place": None,
            "killed": None,
            "injured": None,
            "status": "actual",
            "confidence": 0.9,
            "attributions": ("Q1",) if by else (),
        }
        usual.update(fields)
        if isinstance(usual["date"], str):
            usual["date"] = EventDate(usual["date"], usual["date"], None)
        sentence = Extent(plain.rfind("\n", 0, start) + 1, _end(plain, start))
        events.append(
            Event(
                id=f"E{number}",
                actors=sides[0],
                recipients=sides[1],
                trigger=Trigger(plain[start:end], start, end),
                sentence=sentence,
                **usual,
            )
        )
    document = Document(
        Document.id_of(plain),
        source,
        None,
        (),
        publisher,
        Published(published, "given", published) if published else None,
        "en",
        plain,
        (Block("paragraph", 0, len(plain)),),
    )
    return Record(document, (), tuple(actors), (), (), tuple(claims), tuple(events))


def reading(text: str, *, source: str, **fields: Any) -> Reading:
    """The same as a page that was read."""
    one = record(text, source=source, **fields)
    return Reading(f"id:{source}", source, one.document.id, "{}", one)


def _end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _plain(text: str) -> tuple[str, list[dict[str, list[tuple[int, int]]]]]:
    plain, lines, last = "", [dict[str, list[tuple[int, int]]]()], 0
    for match in MARKS.finditer(text):
        between = text[last : match.start()]
        if "\n" in between:
            lines.append({})
        plain += between
        kind = str(match.lastgroup)
        lines[-1].setdefault(kind, []).append((len(plain), len(plain) + len(match[kind])))
        plain += match[kind]
        last = match.end()
    plain += text[last:]
    for line in lines:
        line.setdefault("actor", [])
        line.setdefault("recipient", [])
    return plain, [line for line in lines if "trigger" in line]
