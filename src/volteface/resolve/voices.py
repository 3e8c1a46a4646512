"""Who says that something happened, and whether that leaves it *alleged*.

What an accuser says of an opponent is alleged, and what anybody claims of another; so is what another source of the
document denies. What somebody tells of deeds of their own is not, nor what a third party (the United Nations, a
doctor, a witness, an official nobody knows the country of) tells of others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from volteface.annotate import Annotation, Phrase
from volteface.annotate.attributions import Kind, claim_kind
from volteface.records import Attribution, Participant
from volteface.resolve.cast import Cast

# Cues that by themselves leave open whether it is so, whoever uses them of another.
DOUBTFUL = frozenset({"accusation", "claim"})
# Bodies of many states tell what they see; NATO ("IGO", MIL) is a party as a state is.
NEUTRAL_BODIES = frozenset({"UNO", "IGO", "NGO", "MNC"})
# The two sides within one country. Whoever is of neither side is a third party.
STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PRM"})
OPPONENTS = frozenset({"REB", "OPP"})
PARTIES = STATE | OPPONENTS | {"PTY"}


@dataclass(frozen=True, slots=True)
class Voice:
    """The source of one attribution. `country` may be a guess from what stands around it, unless `sure`; `denied`:
    whether another source denies it; `kind`: what its cue makes of the content."""

    kind: Kind
    actor: str | None = None
    country: str | None = None
    sector: str | None = None
    sure: bool = False
    denied: bool = False


def voices(
    annotation: Annotation, claims: Sequence[Attribution], cast: Cast, sources: Mapping[str, Phrase]
) -> dict[str, Voice]:
    """The voice of each attribution, by its id. `claims` have their answers; `sources` are their phrases, which
    `cast` was asked for."""
    denied = {answer.claim for claim in claims for answer in claim.answers if answer.stand == "denies"}
    found = {}
    for claim in claims:
        kind, phrase = claim_kind(claim, annotation), sources.get(claim.id)
        readings = cast.of(phrase) if phrase is not None else ()
        one = readings[0] if len({r.country for r in readings}) == 1 else None
        found[claim.id] = Voice(
            kind,
            one.actor if one else None,
            one.country if one else None,
            one.sector if one else None,
            phrase is not None and cast.surely(phrase) is not None,
            claim.id in denied,
        )
    return found


def is_alleged(
    quad: str, actors: Sequence[Participant], recipients: Sequence[Participant], said: Sequence[Voice]
) -> bool:
    """Whether an event these voices assert, and nobody else, is alleged."""
    for voice in said:
        own = _is_own(voice, actors)
        if voice.denied and not (own and quad.startswith("verbal")):
            return True
        if own or not actors:
            continue
        if voice.kind in DOUBTFUL or (quad == "material conflict" and _accuses(voice, actors, recipients)):
            return True
    return False


def is_announced(actors: Sequence[Participant], said: Sequence[Voice]) -> bool:
    """Whether those who did it are all who tell of it, in words without doubt."""
    return bool(said) and all(_is_own(v, actors) and not v.denied and v.kind not in DOUBTFUL for v in said)


def _is_own(voice: Voice, actors: Sequence[Participant]) -> bool:
    """Whether the source, or the side of a country that it speaks for, is who does it."""
    if voice.actor is not None and voice.actor in {p.actor for p in actors}:
        return True
    same = [p for p in actors if p.country and p.country == voice.country]
    return any(p.sector == voice.sector or {p.sector, voice.sector} <= STATE for p in same)


def _accuses(voice: Voice, actors: Sequence[Participant], recipients: Sequence[Participant]) -> bool:
    """Whether the source is on another side than those who do it, or on that of those it is done to."""
    doers = {p.country for p in actors if p.country}
    if not doers or voice.country is None or voice.country in doers:
        return any(_are_opposed(voice.sector, p.sector) for p in actors)
    if voice.sure and voice.country in {p.country for p in recipients}:
        return True
    if voice.country in NEUTRAL_BODIES and voice.sector != "MIL":
        return False
    return voice.sector in PARTIES if voice.sector else voice.sure


def _are_opposed(one: str | None, other: str | None) -> bool:
    return (one in STATE and other in OPPONENTS) or (one in OPPONENTS and other in STATE)
