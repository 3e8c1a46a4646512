"""What a sentence shows about two given parties: named features for the pair classifier.

Words stand with the parties masked, so nothing is learnt about who usually attacks whom; the lexicon's
findings come in as features beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from volteface.annotate import Annotation, Sentence, Token
from volteface.code.proposal import Proposal
from volteface.code.propose import propose
from volteface.code.syntax import Syntax
from volteface.code.triggers import find_triggers
from volteface.codebook.lexicon import lexicon
from volteface.records import Span

# Longer paths and windows than these say nothing and cost time on hostile input.
MOST_STEPS = 12
MOST_TOKENS = 200
# Names and figures are no features: they would teach who, not what.
MASKED = {"PROPN": "NAME", "NUM": "NUMBER", "SPACE": "", "PUNCT": ""}


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of a pair read for it: features by name, and the events of the rules with how well each fits.

    `fits` holds (proposal, fit): 2 where both parties overlap its own, 1 where one does, else 0.
    """

    features: dict[str, float]
    fits: tuple[tuple[Proposal, int], ...]
    sentences: tuple[Sentence, ...]


def read_pair(annotation: Annotation, actor: Sequence[Span], recipient: Sequence[Span]) -> Reading:
    """Features of the event between two parties given as character spans; either may be empty."""
    sentences = _sentences(annotation, [*actor, *recipient])
    tokens = [t for s in sentences for t in annotation.of(s)][:MOST_TOKENS]
    side = {
        t.i: name for t in tokens for name, spans in (("A", actor), ("R", recipient)) if _inside(t, spans)
    }
    found: dict[str, float] = {}
    _words(found, tokens, side)
    _paths(found, annotation, tokens, side)
    fits = _events(found, annotation, sentences, actor, recipient)
    _triggers(found, annotation, sentences)
    return Reading(found, fits, tuple(sentences))


def _sentences(annotation: Annotation, spans: Sequence[Span]) -> list[Sentence]:
    """The sentences the spans stand in; without spans, the first few."""
    hit = [s for s in annotation.sentences if any(s.start < end and start < s.end for start, end in spans)]
    return hit or annotation.sentences[:3]


def _inside(token: Token, spans: Sequence[Span]) -> bool:
    return any(start < token.end and token.start < end for start, end in spans)


def _word(token: Token) -> str:
    if token.text.lower() in ("will", "would", "must", "should", "may", "might", "could", "can"):
        return token.text.lower()
    return MASKED.get(token.pos, token.lemma)


def _words(found: dict[str, float], tokens: Sequence[Token], side: dict[int, str]) -> None:
    """Single lemmas by region, and pairs of neighbours with the parties as A and R."""
    places = [n for n, t in enumerate(tokens) if t.i in side]
    first, last = (places[0], places[-1]) if places else (0, len(tokens))
    before = "^"
    for n, token in enumerate(tokens):
        word = side.get(token.i) or _word(token)
        if not word or (word == before and word in ("A", "R", "NAME")):
            continue
        if token.i not in side:
            found[f"w:{word}"] = 1.0
            found[f"{'b' if n < first else 'a' if n > last else 'm'}:{word}"] = 1.0
        found[f"g:{before}_{word}"] = 1.0
        before = word


def _paths(
    found: dict[str, float], annotation: Annotation, tokens: Sequence[Token], side: dict[int, str]
) -> None:
    """Lemmas on the way through the tree from each party up to where both meet."""
    ways = {name: _way(annotation, _head(tokens, side, name)) for name in ("A", "R")}
    for name, way in ways.items():
        for n, token in enumerate(way[1:4], 1):
            if token.i not in side:
                found[f"{name}{n}:{_word(token)}"] = 1.0
                found[f"{name}:{_word(token)}"] = 1.0
        if way:
            found[f"{name}d:{way[0].dep}"] = 1.0
    met = {t.i for t in ways["R"]}
    shared = next((t for t in ways["A"] if t.i in met), None)
    if shared is None:
        return
    found[f"top:{_word(shared)}"] = 1.0
    for name, way in ways.items():
        for token in way[1:]:
            if token.i == shared.i:
                break
            found[f"p:{_word(token)}"] = 1.0
            if token.dep == "neg" or any(annotation.tokens[c].dep == "neg" for c in token.children):
                found[f"neg:{name}"] = 1.0
    for child in annotation.children(shared, "aux", "neg", "auxpass"):
        found[f"aux:{_word(child)}"] = 1.0


def _head(tokens: Sequence[Token], side: dict[int, str], name: str) -> Token | None:
    """The token of a party that hangs on something outside it."""
    own = {t.i for t in tokens if side.get(t.i) == name}
    return next((t for t in tokens if t.i in own and (t.head not in own or t.head == t.i)), None)


def _way(annotation: Annotation, token: Token | None) -> list[Token]:
    if token is None:
        return []
    way = [token]
    for above in annotation.ancestors(token):
        if len(way) > MOST_STEPS:
            break
        way.append(above)
    return way


def _events(
    found: dict[str, float],
    annotation: Annotation,
    sentences: Sequence[Sentence],
    actor: Sequence[Span],
    recipient: Sequence[Span],
) -> tuple[tuple[Proposal, int], ...]:
    """The events the rules propose, by how well their parties fit the given ones."""
    wanted = {s.i for s in sentences}
    fits = []
    for proposal in propose(annotation, (), ()):
        if proposal.sentence not in wanted or proposal.type is None:
            continue
        acts = any(_overlap(annotation.span(p.first, p.last), actor) for p in proposal.actors)
        undergoes = any(_overlap(annotation.span(p.first, p.last), recipient) for p in proposal.recipients)
        swapped = any(_overlap(annotation.span(p.first, p.last), recipient) for p in proposal.actors)
        fit = int(acts) + int(undergoes or (acts and swapped))
        fits.append((proposal, fit))
        found[f"P{fit}:{proposal.type}"] = 1.0
        if fit:
            found[f"S{fit}:{proposal.type}:{proposal.status}"] = 1.0
            found[f"K:{proposal.cameo}"] = 1.0
    best = max(fits, key=lambda f: f[1], default=None)
    found[f"B:{best[0].type if best else 'none'}"] = 1.0
    return tuple(fits)


def _overlap(span: Span, spans: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _triggers(found: dict[str, float], annotation: Annotation, sentences: Sequence[Sentence]) -> None:
    """Every pattern that fires, consumed or not."""
    syntax, words = Syntax(annotation), lexicon()
    for sentence in sentences:
        for trigger in find_triggers(syntax, words, sentence.first, sentence.last):
            found[f"T:{trigger.pattern.type}"] = 1.0
            found[f"C:{trigger.pattern.entry.cameo[:3]}"] = 1.0
