"""What the coder proposes: a typed event whose parties are phrases of the text, not yet anybody in particular."""

from __future__ import annotations

from dataclasses import dataclass, field

from volteface.annotate import Phrase
from volteface.records import EventDate, Status


@dataclass(slots=True)
class Proposal:
    """One event as syntax and lexicon see it.

    `trigger`, `actors` and `recipients` are token ranges; `attributions` are ids, innermost first;
    `where` lists token ranges in which the event's place may stand, best first; `asserted` is false where
    the sentence takes the event for granted ("after the attack on"). `type` is None where no pattern of the lexicon
    covers the trigger: the network may still know what it is. `excluded` are statuses and types that the words
    rule out. `unseen`: of a kind that the gold of the training leaves out. `reached`: recipients that stand further
    down than their pattern says, and count where its own places name nobody. `mutual`: what several actors do, they
    do with each other. `abroad`: an event only between two states.
    """

    type: str | None
    mode: str | None
    cameo: str
    contexts: tuple[str, ...]
    trigger: Phrase
    sentence: int
    actors: list[Phrase] = field(default_factory=list)
    recipients: list[Phrase] = field(default_factory=list)
    reached: list[Phrase] = field(default_factory=list)
    status: Status = "actual"
    attributions: tuple[str, ...] = ()
    date: EventDate | None = None
    where: list[tuple[int, int]] = field(default_factory=list)
    killed: int | None = None
    injured: int | None = None
    confidence: float = 0.5
    asserted: bool = True
    excluded: frozenset[str] = frozenset()
    unseen: bool = False
    mutual: bool = False
    abroad: bool = False
