"""Claims of different sources on the same thing in one document: A asserts, B denies or confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from volteface.annotate.attributions.candidates import tokens_in
from volteface.annotate.attributions.kinds import claim_kind
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Answer, Attribution

# Two contents are on the same thing where they share this much of the shorter one's words: names, nouns, verbs and
# numbers by lemma. Set by judgement; no gold says which claims answer which.
SHARED = 0.5
LEAST_SHARED = 2
# An answer stands at most so many sentences from what it answers.
FARTHEST = 12
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
# "Denied the accusation": words for what somebody else said, without saying it again.
_CLAIMS = frozenset(
    {
        "accusation",
        "allegation",
        "charge",
        "claim",
        "report",
        "assertion",
        "suggestion",
        "blame",
        "responsibility",
    }
)
_CONFIRMING = frozenset({"confirm", "acknowledge", "admit", "concede"})


@dataclass(frozen=True, slots=True)
class _Reading:
    id: str
    source: frozenset[str]
    words: frozenset[str]
    sentence: int
    negated: bool
    denies: bool
    confirms: bool


def with_answers(attributions: Sequence[Attribution], annotation: Annotation) -> tuple[Attribution, ...]:
    """The attributions, each with the claim of another source that it denies or confirms, if there is one.

    A claim is denied by a later one that says the same with the other polarity ("denied that …", "said it had not
    …"), or by "denied the accusation" right after it. `annotation` is the one the attributions were found in.
    """
    readings = [_read(a, annotation) for a in attributions]
    answers = (_answer(readings[:n], reading) for n, reading in enumerate(readings))
    return tuple(
        a if answer is None else msgspec.structs.replace(a, answers=(answer,))
        for a, answer in zip(attributions, answers, strict=True)
    )


def _answer(earlier: Sequence[_Reading], answer: _Reading) -> Answer | None:
    before = [r for r in earlier if answer.sentence - r.sentence <= FARTHEST and r.source != answer.source]
    same = [(share, r) for r in before if (share := _share(r, answer)) >= SHARED]
    if same:
        claim = max(same, key=lambda pair: (pair[0], pair[1].sentence))[1]
        if answer.denies != claim.denies or answer.negated != claim.negated:
            return Answer(claim.id, "denies")
        return Answer(claim.id, "confirms") if answer.confirms else None
    if answer.denies and answer.words & _CLAIMS and before:
        return Answer(before[-1].id, "denies")
    return None


def _read(attribution: Attribution, annotation: Annotation) -> _Reading:
    tokens = [annotation.tokens[i] for i in sorted(tokens_in(annotation, list(attribution.content.spans)))]
    source = [annotation.tokens[i] for i in tokens_in(annotation, list(attribution.source.spans))]
    cue = [annotation.tokens[i] for i in tokens_in(annotation, list(attribution.cue.spans))]
    return _Reading(
        id=attribution.id,
        source=frozenset(t.lemma for t in source if t.pos in _TELLING),
        words=frozenset(t.lemma for t in tokens if t.pos in _TELLING),
        sentence=cue[0].sentence if cue else 0,
        negated=_is_negated(annotation, tokens),
        denies=claim_kind(attribution, annotation) == "denial",
        confirms=any(t.lemma in _CONFIRMING for t in cue),
    )


def _is_negated(annotation: Annotation, tokens: Sequence[Token]) -> bool:
    """Whether the content's main verb is."""
    inside = {t.i for t in tokens}
    roots = [t for t in tokens if t.pos in ("VERB", "AUX") and t.head not in inside]
    return any(child.dep == "neg" for root in roots for child in annotation.children(root))


def _share(left: _Reading, right: _Reading) -> float:
    both = len(left.words & right.words)
    return both / min(len(left.words), len(right.words)) if both >= LEAST_SHARED else 0.0
