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
from volteface.records import Span

NO_EVENT = "none"
# What the type that the lexicon names is worth beside the network's log chances.
TRUST_IN_RULES = 2.0
# A proposal stays an event unless "none" is this likely.
NO_EVENT_FLOOR = 0.8


def weigh(annotation: Annotation, proposals: Sequence[Proposal], encoder: Encoder) -> list[Proposal]:
    """The proposals that are events, in the order they came, with type, mode, CAMEO code and confidence settled."""
    found = []
    for number, group in groupby(proposals, key=lambda p: p.sentence):
        sentence = annotation.sentences[number]
        together = list(group)
        pairs = [pair_of(annotation, p, (sentence.start, sentence.end)) for p in together]
        reading = encoder.read(annotation.text[sentence.start : sentence.end], around=pairs[0].trigger[0])
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
    chances = _log_softmax(scores.types)
    if proposal.type is not None:
        chances[labels.types.index(proposal.type)] += TRUST_IN_RULES
    shares = np.exp(_log_softmax(chances))
    by_type = dict(zip(labels.types, shares.tolist(), strict=True))
    nothing = by_type.pop(NO_EVENT)
    type_ = max(by_type, key=lambda t: by_type[t])
    if nothing > NO_EVENT_FLOOR:
        return None
    sure = round(by_type[type_], 2)
    if type_ == proposal.type:
        return replace(proposal, confidence=sure)
    mode = _mode(type_, scores, labels)
    # What was said not to be given is refused: the negation is in the type.
    status = "actual" if type_ == "REJECT" and proposal.status == "negated" else proposal.status
    cameo = plover().cameo(type_, mode)
    return replace(proposal, type=type_, mode=mode, cameo=cameo, status=status, confidence=sure)


def _mode(type_: str, scores: Scores, labels: Labels) -> str | None:
    """The likeliest mode of a type, None where that is "no mode"."""
    own = {
        name.partition("/")[2]: score
        for name, score in zip(labels.modes, scores.modes.tolist(), strict=True)
        if name.startswith(f"{type_}/")
    }
    best = max(own, key=lambda m: own[m], default="-")
    return None if best == "-" else best


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    shifted = scores.astype(np.float64) - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))
