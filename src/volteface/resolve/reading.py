"""One way to read a phrase: who it stands for, as far as the text says, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from volteface.records import Evidence
from volteface.resolve.register import Sex

Kind = Literal["person", "state", "body", "people", "thing"]

# How far each kind of evidence is believed, 0 to 1. An order of trust, not a probability: what stands in the
# phrase itself is above what is inferred from around it. The coder may cut by it.
NAMED = 1.0
METONYM = 0.9
MODIFIER = 0.95
OF_PHRASE = 0.85
KNOWN_HOLDER = 0.8
DESCRIBED = 0.7
PRONOUN = 0.65
OWNED_THING = 0.5
CONTEXT = 0.4
BARE_SECTOR = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom a phrase stands for. `key` is the same for everything that is the same actor; None for a bare
    sector. `decided`: the actor's key where a decision says who it is."""

    key: str | None
    name: str
    country: str | None
    sector: str | None
    kind: Kind
    score: float
    reasons: tuple[str, ...]
    role: str | None = None
    wikidata: str | None = None
    sex: Sex = ""
    plural: bool = False
    evidence: tuple[Evidence, ...] = ()
    decided: str | None = None

    def because(self, reason: str, score: float) -> Reading:
        """The same reading reached in one more step, no surer than that step."""
        return replace(self, score=round(min(self.score, score), 2), reasons=(*self.reasons, reason))

    def same_as(self, other: Reading) -> bool:
        """Whether both stand for the same actor, or for the same country and sector."""
        if self.key is not None or other.key is not None:
            return self.key == other.key
        return (self.country, self.sector, self.name) == (other.country, other.sector, other.name)


def distinct(readings: list[Reading]) -> tuple[Reading, ...]:
    """Without doubles, first come first."""
    kept: list[Reading] = []
    for reading in readings:
        if not any(reading.same_as(k) for k in kept):
            kept.append(reading)
    return tuple(kept)
