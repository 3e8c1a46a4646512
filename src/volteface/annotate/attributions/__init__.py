"""Who said what: attributions read off the syntax and the quotation marks.

`attribute` is the verb, `claim_kind` says what an attribution makes of its content. Rules find the clear cases
and who relays: `quotes` (marks), `clauses` and `nominal` (cues and their content), `join` (quotes to cues), `via`
and `outlets` (relays), `nesting`, `sources` (noun phrases), `kinds`, `lexicon` (data). A trained scorer then
chooses among them and everything else that could be one: `candidates`, `features`, `scorer`, `choose`.
"""

from __future__ import annotations

from bisect import bisect_left

from volteface.annotate.attributions.candidates import with_rules
from volteface.annotate.attributions.choose import choose
from volteface.annotate.attributions.clauses import verb_draft
from volteface.annotate.attributions.disputes import with_answers
from volteface.annotate.attributions.drafts import Draft, merge
from volteface.annotate.attributions.join import join_quotes
from volteface.annotate.attributions.kinds import Kind, claim_kind
from volteface.annotate.attributions.nesting import outermost
from volteface.annotate.attributions.nominal import (
    according_draft,
    adjective_draft,
    adverb_draft,
    colon_draft,
    noun_draft,
    trailing_draft,
    wording_draft,
)
from volteface.annotate.attributions.principals import principal_span
from volteface.annotate.attributions.scene import Scene, set_scene
from volteface.annotate.attributions.scorer import Scorer
from volteface.annotate.attributions.sources import is_named
from volteface.annotate.attributions.via import find_relays, fold_relays, relay_draft
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Attribution, Form, Principal, Source, Span, Spans

__all__ = ["Kind", "attribute", "attribute_by_rules", "claim_kind", "with_answers"]

# From this share of quoted words a content is direct; the rule the field's scorers use (PolNeAR, quote
# types).
DIRECT_SHARE = 0.9


def attribute(annotation: Annotation) -> tuple[Attribution, ...]:
    """Every attribution of a document, in text order, with ids Q1, Q2, ….

    Sources are as the text has them (`source.actor` is None); `source.named` is false for unnamed and for
    empty sources. One attribution a cue; nested ones are attributions of their own.
    """
    scene = set_scene(annotation)
    return _finished(scene, choose(scene, with_rules(scene, by_rules(scene)), Scorer.load()))


def attribute_by_rules(annotation: Annotation) -> tuple[Attribution, ...]:
    """What lexicon and syntax find alone, without the trained scorer; as `attribute` in all else."""
    scene = set_scene(annotation)
    return _finished(scene, by_rules(scene))


def _finished(scene: Scene, drafts: list[Draft]) -> tuple[Attribution, ...]:
    drafts = sorted((d for d in drafts if d.content), key=lambda d: (d.start, d.head))
    return tuple(_finish(scene, number, draft) for number, draft in enumerate(drafts, 1))


def by_rules(scene: Scene) -> list[Draft]:
    """What lexicon and syntax find, before the scorer has its say."""
    annotation = scene.annotation
    drafts = [draft for token in annotation.tokens if (draft := _draft(scene, token))]
    drafts += _labels(scene, {d.head for d in drafts if d.content})
    drafts = outermost(scene, fold_relays(scene, join_quotes(scene, drafts)))
    for draft in drafts:
        draft.via = find_relays(scene, draft) + draft.via
    return drafts


def _draft(scene: Scene, token: Token) -> Draft | None:
    lexicon = scene.lexicon
    if token.pos in ("VERB", "AUX"):
        if token.lemma in lexicon.relay and (relayed := relay_draft(scene, token)):
            return relayed
        if token.lemma == "accord" or token.text.lower() == "according":
            return according_draft(scene, token)
        return verb_draft(scene, token) if token.lemma in lexicon.groups else None
    if token.pos == "NOUN":
        if token.lemma in lexicon.wording and (worded := wording_draft(scene, token)):
            return worded
        return noun_draft(scene, token)
    if token.pos == "ADJ":
        return adjective_draft(scene, token) if token.lemma in lexicon.adjectives else None
    if token.pos == "ADV":
        return adverb_draft(scene, token) if token.lemma in lexicon.adverbs else None
    return None


def _labels(scene: Scene, heads: set[int]) -> list[Draft]:
    """One try a block for "Name: …", and one for a headline's "…, Name Says" where no cue is known there."""
    found, block = [], -1
    sentences = scene.annotation.sentences
    for n, sentence in enumerate(sentences):
        if sentence.block == block:
            continue
        block = sentence.block
        last = n
        while last + 1 < len(sentences) and sentences[last + 1].block == block:
            last += 1
        if draft := colon_draft(scene, sentence.first, sentences[last].last):
            found.append(draft)
        end = sentences[last].last
        if end - 1 not in heads and (draft := trailing_draft(scene, sentence.first, end)):
            found.append(draft)
    return found


def _finish(scene: Scene, number: int, draft: Draft) -> Attribution:
    annotation = scene.annotation
    head = annotation.tokens[draft.source_head] if draft.source_head is not None else None
    content = tuple(merge(annotation.text, draft.content))
    principal = principal_span(annotation, draft.source)
    named = bool(draft.source) and is_named(annotation, head)
    return Attribution(
        id=f"Q{number}",
        source=Source(tuple(draft.source), None, named, Principal((principal,)) if principal else None),
        cue=Spans(tuple(merge(annotation.text, draft.cue))),
        content=Spans(content),
        form=_form(scene, content, -1 if draft.goes_on else scene.quoted[draft.head]),
        via=tuple(draft.via),
    )


def _form(scene: Scene, content: tuple[Span, ...], inside: int) -> Form:
    """How much of the content stands in quotation marks; a nested one is as its own words are, indirect."""
    if inside >= 0:
        return "indirect"
    tokens = scene.annotation.tokens
    words = quoted = 0
    for start, end in content:
        first = bisect_left(tokens, start, key=lambda t: t.start)
        for i in range(first, bisect_left(tokens, end, first, key=lambda t: t.start)):
            token = tokens[i]
            if token.pos != "PUNCT" and any(c.isalnum() for c in token.text):
                words += 1
                quoted += scene.quoted[token.i] >= 0
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT_SHARE * words else "mixed"
