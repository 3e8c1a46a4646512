"""Claims of different sources on the same thing in one document: A asserts, B denies or confirms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from volteface.annotate.attributions.candidates import tokens_in
from volteface.annotate.attributions.kinds import Kind, claim_kind
from volteface.annotate.attributions.lexicon import cues
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Actor, Answer, Attribution, Span

# Two contents are on the same thing where they share this much of the shorter one's words: names, nouns, verbs and
# numbers by lemma. Set by judgement; no gold says which claims answer which.
SHARED = 0.5
LEAST_SHARED = 2
# An answer stands at most so many sentences from what it answers; one that says no more than "denied the charge", where
# the claim does not speak of whoever answers, at most so many.
FARTHEST = 12
NEAREST = 2
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
# What is asserted of somebody may be denied; a wish, an order or a question may not.
_DENIABLE: frozenset[Kind] = frozenset({"speech", "claim", "accusation", "report", "belief", "judgement"})
# "Denies it", "denied doing so".
_POINTING = frozenset({"do", "have", "be"})
_CONFIRMING = frozenset({"confirm", "acknowledge", "admit", "concede"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is compared. `who`: ids and countries of the source, `about`: of those its content names; `bare`: the
    content only points at what somebody else said ("the charge")."""

    id: str
    source: frozenset[str]
    actor: str | None
    who: frozenset[str]
    about: frozenset[str]
    words: frozenset[str]
    sentence: int
    kind: Kind
    negated: bool
    denies: bool
    confirms: bool
    bare: bool


def with_answers(
    attributions: Sequence[Attribution], annotation: Annotation, actors: Sequence[Actor] = ()
) -> tuple[Attribution, ...]:
    """The attributions, each with the claim of another source that it denies or confirms, if there is one.

    A claim is denied by a later one that says the same with the other polarity ("denied that …", "said it had not
    …", "said no shells had …"), or by words on claims alone ("denied the charge", "called the report a lie"): those
    answer the last claim that speaks of whoever denies, else one just before. `annotation` is the one the attributions
    were found in; `actors` are the document's, to whom sources are resolved.
    """
    named = _Named(actors)
    readings = [_read(a, annotation, named) for a in attributions]
    answers = (_answer(readings[:n], reading) for n, reading in enumerate(readings))
    return tuple(
        a if answer is None else msgspec.structs.replace(a, answers=(answer,))
        for a, answer in zip(attributions, answers, strict=True)
    )


class _Named:
    """Who is named where: ids and countries of actors, by their mentions."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._of = {actor.id: frozenset(filter(None, (actor.id, actor.country))) for actor in actors}
        found = sorted((m.start, m.end, actor.id) for actor in actors for m in actor.mentions)
        self._starts = [start for start, _, _ in found]
        self._found = found

    def of(self, actor: str | None) -> frozenset[str]:
        return self._of.get(actor or "", frozenset())

    def within(self, spans: Sequence[Span]) -> frozenset[str]:
        inside = [
            name
            for start, end in spans
            for _, stop, name in self._found[
                bisect_right(self._starts, start - 1) : bisect_right(self._starts, end)
            ]
            if stop <= end
        ]
        return frozenset().union(*(self.of(name) for name in inside))


def _answer(earlier: Sequence[_Reading], answer: _Reading) -> Answer | None:
    before = [r for r in earlier if answer.sentence - r.sentence <= FARTHEST and not _is_same(r, answer)]
    same = [(share, r) for r in before if (share := _share(r, answer)) >= SHARED]
    if same and not answer.bare:
        claim = max(same, key=lambda pair: (pair[0], pair[1].sentence))[1]
        if answer.denies != claim.denies or answer.negated != claim.negated:
            return Answer(claim.id, "denies")
        return Answer(claim.id, "confirms") if answer.confirms else None
    if not answer.bare or not (answer.denies or answer.confirms):
        return None
    claims = [r for r in before if r.kind in _DENIABLE and not r.bare]
    about = [r for r in claims if r.about & answer.who or r.words & answer.source]
    near = [r for r in claims if answer.sentence - r.sentence <= NEAREST]
    return (
        Answer((about or near)[-1].id, "denies" if answer.denies else "confirms") if about or near else None
    )


def _is_same(one: _Reading, other: _Reading) -> bool:
    if one.actor is not None and other.actor is not None:
        return one.actor == other.actor
    return one.source == other.source


def _read(attribution: Attribution, annotation: Annotation, named: _Named) -> _Reading:
    tokens = [annotation.tokens[i] for i in sorted(tokens_in(annotation, list(attribution.content.spans)))]
    source = [annotation.tokens[i] for i in tokens_in(annotation, list(attribution.source.spans))]
    cue = [annotation.tokens[i] for i in tokens_in(annotation, list(attribution.cue.spans))]
    kind = claim_kind(attribution, annotation)
    words = frozenset(t.lemma for t in tokens if t.pos in _TELLING)
    lexicon = cues()
    pointing = not words.isdisjoint(lexicon.claims) or (kind == "denial" and words <= _POINTING)
    bare = pointing and not any(
        t.pos == "VERB" and t.lemma not in lexicon.groups and t.lemma not in _POINTING for t in tokens
    )
    false = bare and not words.isdisjoint(lexicon.untrue)
    principal = attribution.source.principal
    return _Reading(
        id=attribution.id,
        source=frozenset(t.lemma for t in source if t.pos in _TELLING),
        actor=attribution.source.actor,
        who=named.of(attribution.source.actor) | named.of(principal.actor if principal else None),
        about=named.within(attribution.content.spans),
        words=words,
        sentence=cue[0].sentence if cue else 0,
        kind=kind,
        negated=_is_negated(annotation, tokens),
        denies=kind == "denial" or false,
        confirms=any(t.lemma in _CONFIRMING for t in cue),
        bare=bare,
    )


def _is_negated(annotation: Annotation, tokens: Sequence[Token]) -> bool:
    """Whether the content's main verb is, by itself ("had not fired") or by its subject or object ("no shells")."""
    inside = {t.i for t in tokens}
    roots = [t for t in tokens if t.pos in ("VERB", "AUX") and t.head not in inside]
    for child in (child for root in roots for child in annotation.children(root)):
        if child.dep == "neg" or child.lemma in ("never", "nobody", "none"):
            return True
        if child.dep in ("nsubj", "nsubjpass", "dobj", "attr") and any(
            t.lemma in ("no", "neither") for t in annotation.children(child, "det")
        ):
            return True
    return False


def _share(left: _Reading, right: _Reading) -> float:
    both = len(left.words & right.words)
    return both / min(len(left.words), len(right.words)) if both >= LEAST_SHARED else 0.0
