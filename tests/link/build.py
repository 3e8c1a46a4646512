"""Stories written by hand: `story("a", "…text with [deeds] …")`, for tests of what is linked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from volteface.link.types import Mention, Party, Story

DAY = date(2031, 3, 4)


def party(words: str) -> Party:
    """`Ruritania=RUR` or a name alone."""
    name, _, country = words.partition("=")
    return Party(name, name, key=country or None, country=country or None)


def mention(document: str = "a", event: str = "E1", **fields: Any) -> Mention:
    """An event; `actors` and `recipients` may be given in words, by commas."""
    for side in ("actors", "recipients"):
        if isinstance(fields.get(side), str):
            fields[side] = tuple(party(words.strip()) for words in fields[side].split(","))
    start = fields.get("start", 10 * int(event[1:]))
    usual: dict[str, Any] = {
        "type": "ASSAULT",
        "quad": "material conflict",
        "score": -9.0,
        "trigger": "shelled",
        "start": start,
        "end": start + 7,
        "sentence": "Ruritanian troops shelled Grenzau.",
        "begins": 0,
        "status": "actual",
    }
    return Mention(document=document, event=event, **{**usual, **fields})


def story(document: str = "a", *mentions: Mention, **fields: Any) -> Story:
    """A story with these events."""
    usual: dict[str, Any] = {"coder": "c", "voice": document, "text": "", "published": DAY}
    return Story(document=document, mentions=mentions, **{**usual, **fields})


def told(document: str, text: str, *, actors: str = "", recipients: str = "", **fields: Any) -> Story:
    """A story of one sentence whose event is the word in brackets."""
    match = re.search(r"\[(.+?)\]", text)
    assert match is not None
    plain = text.replace("[", "").replace("]", "")
    sides = {name: value for name, value in (("actors", actors), ("recipients", recipients)) if value}
    of_story = {name: fields.pop(name) for name in ("published", "voice", "publisher") if name in fields}
    start = match.start()
    one = mention(
        document, trigger=match[1], start=start, end=start + len(match[1]), sentence=plain, **sides, **fields
    )
    return story(document, one, text=plain, **of_story)
