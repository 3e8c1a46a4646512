"""Proposed events → weighed ones: the trained network has its say on whether there is an event, and of which type.

The rules say what a sentence could mean, with whole phrases and everything round them; the network, which has seen
whole sentences, says how likely each reading is. What decides is the sum of both (docs/decisions/0020-weighing.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from volteface.annotate import Annotation, Phrase
from volteface.annotate.encoder import Encoder, Labels, Pair, Scores
from volteface.code.proposal import Proposal
from volteface.codebook import plover
from volteface.records import Span, Status

NO_EVENT = "none"
# An event that the sentence tells in passing.
ASIDE = "aside"
NO_MODE = "-"
# What the answer of the rules is worth beside the network's log chances.
TRUST_IN_TYPE, TRUST_IN_MODE, TRUST_IN_STATUS = 4.0, 1.0, 1.0
# A proposal stays an event unless "none" is this likely, or "none" and "in passing" together.
NO_EVENT_FLOOR, ASIDE_FLOOR = 0.8, 0.95


def weigh(annotation: Annotation, proposals: Sequence[Proposal], encoder: Encoder) -> list[Proposal]:
    """The proposals that are events, in the order they came, with type, mode, CAMEO code and confidence settled."""
    found = []
    for number, group in groupby(proposals, key=lambda p: p.sentence):
        sentence = annotation.sentences[number]
        together = list(group)
        pairs = [pair_of(annotation, p, (sentence.start, sentence.end)) for p in together]
        first = annotation.tokens[together[0].trigger.first].start - sentence.start
        reading = encoder.read(annotation.text[sentence.start : sentence.end], around=first)
        for proposal, scores in zip(together, encoder.judge(reading, pairs), strict=True):
            weighed = settle_type(proposal, scores, encoder.labels)
            if weighed is not None:
                found.append(weighed)
    return found


def pair_of(annotation: Annotation, proposal: Proposal, sentence: Span) -> Pair:
    """The proposal's spans as characters of its sentence. Of actors alone, the first faces the others: both do it."""
    actors, recipients = proposal.actors, proposal.recipients
    if not recipients and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:]
    return Pair(
        _spans(annotation, actors, sentence),
        _spans(annotation, recipients, sentence),
        _spans(annotation, [proposal.trigger], sentence)[0],
    )


def _spans(annotation: Annotation, phrases: Sequence[Phrase], sentence: Span) -> tuple[Span, ...]:
    start, end = sentence
    spans = (annotation.span(p.first, p.last) for p in phrases)
    return tuple((s - start, e - start) for s, e in spans if start <= s and e <= end)


def settle_type(proposal: Proposal, scores: Scores, labels: Labels) -> Proposal | None:
    """The proposal as network and rules together have it; None where it is no event."""
    shares = _shares(labels.types, scores.types, proposal.type, TRUST_IN_TYPE)
    nothing, aside = shares.pop(NO_EVENT), shares.pop(ASIDE)
    if nothing > NO_EVENT_FLOOR or nothing + aside > ASIDE_FLOOR:
        return None
    type_ = max(shares, key=shares.__getitem__)
    mode = _mode(type_, scores, labels, proposal)
    return replace(
        proposal,
        type=type_,
        mode=mode,
        cameo=proposal.cameo
        if (type_, mode) == (proposal.type, proposal.mode)
        else plover().cameo(type_, mode),
        status=_status(type_, scores, labels, proposal),
        confidence=round(shares[type_] / (1 - aside), 2),
    )


def _mode(type_: str, scores: Scores, labels: Labels, proposal: Proposal) -> str | None:
    """The likeliest mode of a type, None where that is "no mode"."""
    own = [n for n, name in enumerate(labels.modes) if name.startswith(f"{type_}/")]
    names = [labels.modes[n].partition("/")[2] for n in own]
    said = (proposal.mode or NO_MODE) if proposal.type == type_ else None
    shares = _shares(names, scores.modes[own], said, TRUST_IN_MODE)
    best = max(shares, key=shares.__getitem__, default=NO_MODE)
    return None if best == NO_MODE else best


def _status(type_: str, scores: Scores, labels: Labels, proposal: Proposal) -> Status:
    # What was said not to be given is refused: there the negation is in the type.
    turned = type_ == "REJECT" and type_ != proposal.type and proposal.status == "negated"
    said = "actual" if turned else proposal.status
    shares = _shares(labels.statuses, scores.statuses, said, TRUST_IN_STATUS)
    return max(labels.statuses, key=lambda name: shares[name])


def _shares(
    names: Sequence[str], logits: NDArray[np.float32], said: str | None, trust: float
) -> dict[str, float]:
    """The chance of each name, where what the rules said counts `trust` more."""
    if not names:
        return {}
    scores = logits.astype(np.float64)
    if said in names:
        scores[names.index(said)] += trust
    chances = np.exp(scores - scores.max())
    return dict(zip(names, (chances / chances.sum()).tolist(), strict=True))
