"""An article as an enemy would write it: long, and each of its texts something that a browser could run."""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TypeVar

import msgspec

from tests.linked import reading
from tests.show.rooms import WORDS
from volteface.records import Actor, Block, Document, Event, Extent, Participant, Place, Time, Trigger
from volteface.store import Reading

T = TypeVar("T", Participant, Trigger)
# Each would tell itself by a dialog, a request to elsewhere, or an error of the policy.
TRAPS = (
    "<script>alert('run')</script>",
    "<img src=x onerror=alert('run')>",
    "<svg onload=alert('run')><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<iframe src='https://elsewhere.example/'></iframe>",
    "<a href='javascript:alert(1)' onclick='alert(2)'>press</a>",
    "</p></main></body><body onload=alert('run')>",
    "<style>* { display: none }</style><link rel=stylesheet href=https://elsewhere.example/x.css>",
    "<base href='https://elsewhere.example/'><meta http-equiv=refresh content='0;url=https://elsewhere.example/'>",
    "\" autofocus onfocus=alert('run') x=\"",
    "'; alert('run'); //",
    "{{ 7 * 7 }} ${7 * 7} {% raw %}",
    "\u202egnp.exe\u202c \u2066isolated\u2069 zero\u200bwidth\u2060\ufeff",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "https://elsewhere.example/track.png",
    "W" * 400,  # a word that no line holds
)
LINES = 1000
WORDS_A_LINE = 100


def hostile() -> Reading:
    """100,000 words and more: a paragraph and an event in each hundred, a trap in each paragraph."""
    chance = random.Random(2)
    one = reading("{Moldonia} [warned] <Sylvania>", source="javascript:alert('run')", publisher=TRAPS[0])
    opening = one.record.document.text
    lines = [
        f"{opening} of {' '.join(chance.choices(WORDS, k=WORDS_A_LINE))} {TRAPS[n % len(TRAPS)]}."
        for n in range(LINES)
    ]
    text = "\n".join(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
    ends = [start + len(line) for start, line in zip(starts, lines, strict=True)]
    trap = Actor("A9", TRAPS[1], None, None, TRAPS[4], None, (Extent(0, 8),), key=f"XXX/{TRAPS[1]}")
    document = msgspec.structs.replace(
        one.record.document,
        id=Document.id_of(text),
        text=text,
        headline=" ".join(TRAPS[:2]) + " \u202egnp.exe",
        bylines=(TRAPS[2], TRAPS[8]),
        blocks=tuple(Block("paragraph", start, end) for start, end in zip(starts, ends, strict=True)),
    )
    changed = msgspec.structs.replace(
        one.record,
        document=document,
        sentences=tuple(Extent(start, end) for start, end in zip(starts, ends, strict=True)),
        actors=(*one.record.actors, trap),
        places=(Place("P1", "Moldonia", 0, 8, TRAPS[3], None, None, None, None, None, None),),
        times=(Time("T1", "warned", 9, 15, "DATE", TRAPS[9]),),
        events=tuple(
            _event(one.record.events[0], number, start, end)
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        ),
    )
    return Reading(one.key, one.source, document.id, one.options, changed)


def _event(first: Event, number: int, start: int, end: int) -> Event:
    """The event of the first line, in the line at `start`."""
    return msgspec.structs.replace(
        first,
        id=f"E{number}",
        type="THREATEN",
        quad="verbal conflict",
        actors=tuple(_moved(party, start) for party in first.actors),
        recipients=tuple(_moved(party, start) for party in first.recipients),
        trigger=_moved(first.trigger, start),
        sentence=Extent(start, end),
    )


def _moved(part: T, by: int) -> T:
    return msgspec.structs.replace(part, start=part.start + by, end=part.end + by)
