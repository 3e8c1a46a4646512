"""Proposed events → weighed ones: the trained network has its say on whether there is an event, and of which type.

The rules say what a sentence could mean, with whole phrases and everything round them; the network, which has seen
whole sentences, says how likely each reading is. What decides is the sum of both (docs/decisions/0020-weighing.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from volteface.annotate import Annotation, Phrase
from volteface.annotate.encoder import Labels, Scores
from volteface.code.proposal import Proposal
from volteface.code.sight import Sight
from volteface.codebook import plover
from volteface.records import Status

NO_EVENT = "none"
# An event that the sentence tells in passing.
ASIDE = "aside"
NO_MODE = "-"
# What the answer of the rules is worth beside the network's log chances.
TRUST_IN_TYPE, TRUST_IN_MODE, TRUST_IN_STATUS = 4.0, 4.0, 3.0
# The same where chances are to be true frequencies: of 432 held-out events between gold parties 88 % have the right
# type, and with 4, 2, 1 and 0 the expected calibration error is .076, .039, .061 and .150 (training/cards/events.md).
TRUST_IN_CONFIDENCE = 2.0
LEAST = 1e-6
# A proposal stays an event unless "none" is this likely, or "none" and "in passing" together; more is asked where
# the rules are fairly sure: with a party found, and either the other too or a pattern of more than one word.
# What a sentence takes for granted ("after the attack on …") is told in passing by nature, and stays.
SURE = 0.65
SURE_FLOORS, UNSURE_FLOORS = (0.945, 0.98), (0.5, 0.8)
# What somebody claims to have done, or says that others must do: the gold of the training calls it no event, the
# record *alleged*, or a request.
CLAIM_FLOOR = 0.98
# What no pattern covers is an event only where its type is this likely.
NEW_FLOOR = 0.5
# … or where it is all but certain that something is done between two parties, though not which of several types, as
# long as these agree on whether it is cooperation or conflict.
SOME_EVENT, LEADING, OF_A_KIND = 0.7, 0.2, 0.4
# A sentence has events only where its likeliest one is this likely; those beside it may be less so.
MAIN_FLOOR = 0.1

# What several do of these they do with each other.
TOGETHER = frozenset({"COOPERATE", "CONSULT", "AGREE"})
# Statuses of a deed that a verbal act has in its type.
TURNED = {
    "REJECT": ("negated",),
    "THREATEN": ("future", "hypothetical"),
    "AGREE": ("future", "hypothetical"),
    "REQUEST": ("hypothetical",),
}


def weigh(annotation: Annotation, proposals: Sequence[Proposal], sight: Sight) -> list[Proposal]:
    """The proposals that are events, in the order they came, with parties, type, mode, CAMEO code, status and
    confidence settled."""
    found = []
    for proposal in proposals:
        if proposal.type is None:
            seen = sight.parties(annotation.sentences[proposal.sentence], proposal.trigger)
            proposal = settle_parties(proposal, *seen)
        if proposal.actors or proposal.recipients:
            weighed = settle_type(proposal, sight.judge(proposal), sight.labels)
            if weighed is not None:
                found.append(weighed)
    return _without_quiet(found)


def _without_quiet(proposals: Sequence[Proposal]) -> list[Proposal]:
    """What is left where the likeliest event of a sentence is likely enough, or of a kind that training leaves out."""
    heard = {p.sentence for p in proposals if p.unseen or p.confidence >= MAIN_FLOOR}
    return [p for p in proposals if p.sentence in heard]


def settle_parties(proposal: Proposal, actors: Sequence[Phrase], recipients: Sequence[Phrase]) -> Proposal:
    """On each side what rules and network both found, as the rules have it, and what the network alone found; what the
    rules alone found where the network sees nobody. Whom the rules have on the other side stays there.

    For words that no pattern covers. Where one does, the pattern knows better whose parties are whose: asking the
    network there too cost the pages .02 of recall and .02 of precision (docs/decisions/0020-weighing.md).
    """
    return replace(
        proposal,
        actors=_agreed(proposal.actors, actors, proposal.recipients),
        recipients=_agreed(proposal.recipients, recipients, proposal.actors),
    )


def _agreed(said: Sequence[Phrase], seen: Sequence[Phrase], others: Sequence[Phrase]) -> list[Phrase]:
    both = [p for p in said if any(_overlap(p, other) for other in seen)]
    new = [p for p in seen if not any(_overlap(p, other) for other in (*said, *others))]
    return [*both, *new] or list(said)


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.first < other.last and other.first < one.last


def settle_type(proposal: Proposal, scores: Scores, labels: Labels) -> Proposal | None:
    """The proposal as network and rules together have it; None where it is no event."""
    seen = shares(labels.types, scores.types)
    nothing, aside = seen.pop(NO_EVENT), seen.pop(ASIDE)
    none_floor, aside_floor = SURE_FLOORS if proposal.confidence >= SURE else UNSURE_FLOORS
    if proposal.status == "alleged" or proposal.unseen:
        none_floor = max(none_floor, CLAIM_FLOOR)
    told_in_passing = proposal.asserted and nothing + aside > aside_floor
    if nothing > none_floor or told_in_passing:
        return None
    if proposal.type is None and not _is_new(proposal, seen, nothing + aside):
        return None
    chances = shares(labels.types, scores.types, proposal.type, TRUST_IN_TYPE)
    type_ = max((t for t in seen if t not in proposal.excluded), key=chances.__getitem__)
    said = (proposal.mode or NO_MODE) if proposal.type == type_ else None
    mode = likeliest_mode(type_, scores, labels, said)
    same = (type_, mode) == (proposal.type, proposal.mode)
    return replace(
        proposal,
        type=type_,
        mode=mode,
        cameo=proposal.cameo if same else plover().cameo(type_, mode),
        status=_status(type_, scores, labels, proposal),
        confidence=_confidence(type_, scores, labels, proposal),
        mutual=proposal.mutual or (proposal.type is None and type_ in TOGETHER),
    )


def _is_new(proposal: Proposal, seen: dict[str, float], nothing: float) -> bool:
    """Whether a predicate that no pattern covers is an event; `nothing`: how likely it is none, or told in passing."""
    best = max(seen, key=seen.__getitem__)
    if seen[best] >= NEW_FLOOR:
        return True
    kind = math.fsum(share for type_, share in seen.items() if _side(type_) == _side(best))
    certain = seen[best] >= LEADING and kind >= OF_A_KIND and 1 - nothing >= SOME_EVENT
    return bool(certain and proposal.actors and proposal.recipients)


def _side(type_: str) -> str:
    """Cooperation or conflict."""
    return plover().quad(type_).rpartition(" ")[2]


def _confidence(type_: str, scores: Scores, labels: Labels, proposal: Proposal) -> float:
    """How likely it is that the type is right, given that the event is the sentence's."""
    chances = shares(labels.types, scores.types, proposal.type, TRUST_IN_CONFIDENCE)
    out = math.fsum(chances[t] for t in proposal.excluded if t in chances)
    return round(chances[type_] / (1 - chances[ASIDE] - out + LEAST), 2)


def likeliest_mode(type_: str, scores: Scores, labels: Labels, said: str | None = None) -> str | None:
    """The likeliest mode of a type, None where that is "no mode"; `said` is the rules' mode, where they have one."""
    own = [n for n, name in enumerate(labels.modes) if name.startswith(f"{type_}/")]
    names = [labels.modes[n].partition("/")[2] for n in own]
    chances = shares(names, scores.modes[own], said, TRUST_IN_MODE)
    best = max(chances, key=chances.__getitem__, default=NO_MODE)
    return None if best == NO_MODE else best


def _status(type_: str, scores: Scores, labels: Labels, proposal: Proposal) -> Status:
    # What was said not to be given is refused, what was said to come is threatened, promised or asked for: there
    # the negation or the future is in the type.
    turned = type_ != proposal.type and proposal.status in TURNED.get(type_, ())
    said = "actual" if turned else proposal.status
    excluded = frozenset() if turned else proposal.excluded
    chances = shares(labels.statuses, scores.statuses, said, TRUST_IN_STATUS)
    return max((s for s in labels.statuses if s not in excluded), key=chances.__getitem__)


def shares(
    names: Sequence[str], logits: NDArray[np.float32], said: str | None = None, trust: float = 0.0
) -> dict[str, float]:
    """The chance of each name, where what the rules said counts `trust` more."""
    if not names:
        return {}
    scores = logits.astype(np.float64)
    if said in names:
        scores[names.index(said)] += trust
    chances = np.exp(scores - scores.max())
    return dict(zip(names, (chances / chances.sum()).tolist(), strict=True))
