"""Who relays: the agency, broadcaster, paper or transcript through which a source reaches the reader.

"…, Obama said, CNN reported" has one source and one relay; "told Le Monde", "in an interview with the BBC",
"was quoted by SANA as saying" name the relay beside the cue.
"""

from __future__ import annotations

import itertools

from volteface.annotate.attributions.drafts import Draft, to_spans
from volteface.annotate.attributions.lexicon import media, unnamed
from volteface.annotate.attributions.outlets import media_phrase, name_in, relay_phrase
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.attributions.sources import source_spans, subject_of
from volteface.annotate.tokens import Annotation, Sentence, Token
from volteface.records import Span, Via

_OCCASIONS = frozenset(
    {
        "interview",
        "remark",
        "comment",
        "conversation",
        "appearance",
        "interviews",
        "article",
        "op-ed",
        "speak",
        "talk",
        "column",
        "statement",
        "show",
        "program",
        "programme",
        "post",
        "tweet",
    }
)
_PREPOSITIONS = frozenset({"on", "with", "to", "in", "by", "for", "from", "via", "through"})
_RELEASES = frozenset(
    {"release", "publish", "issue", "post", "carry", "provide", "air", "broadcast", "obtain", "distribute"}
)
# "…, the X news agency reported on Monday.": the verb among the last tokens, the name in so many before it.
LONGEST_TAIL = 7
LONGEST_NAME = 9
# A chain is never longer than this in print; parentage that goes on is a parse gone round.
LONGEST_CHAIN = 3


def find_relays(scene: Scene, draft: Draft) -> list[Via]:
    """Relays named beside the cue: the hearer that is a medium, and interviews, in the cue's own clause or
    sentence."""
    annotation = scene.annotation
    tokens = annotation.tokens
    found: list[Via] = []
    if draft.hearer is not None and (via := media_phrase(annotation, tokens[draft.hearer], sure=True)):
        found.append(via)
    sentence = annotation.sentences[tokens[draft.head].sentence]
    for token in tokens[sentence.first : sentence.last]:
        if token.dep != "pobj" or scene.quoted[token.i] >= 0 or _within(token, draft.content):
            continue
        preposition = tokens[token.head]
        if (
            preposition.text.lower() not in _PREPOSITIONS
            or _within(token, draft.source)
            or _within(token, draft.cue)
        ):
            continue
        if not _leads_to(scene, preposition, draft):
            continue
        above = tokens[preposition.head]
        via = media_phrase(annotation, token, sure=_is_occasion(above) or above.lemma in _RELEASES)
        if via and all(via.spans != other.spans for other in found + draft.via):
            found.append(via)
    return found[:LONGEST_CHAIN]


def _within(token: Token, spans: list[Span]) -> bool:
    return any(s <= token.start < e for s, e in spans)


def _leads_to(scene: Scene, preposition: Token, draft: Draft) -> bool:
    """Whether the phrase hangs on the cue, or on an interview in the same sentence."""
    annotation = scene.annotation
    above = annotation.tokens[preposition.head]
    if preposition.text.lower() == "by":
        return above.lemma in _RELEASES or above.i == draft.head
    if _is_occasion(above):
        return True
    return above.i == draft.head or (
        above.dep in ("prep", "pobj") and annotation.tokens[above.head].i == draft.head
    )


def _is_occasion(token: Token) -> bool:
    return token.lemma in _OCCASIONS or token.text.lower() in _OCCASIONS


def relay_draft(scene: Scene, verb: Token) -> Draft | None:
    """ "M quoted X as saying that S", "X was cited by M as saying": X is the source, M the relay."""
    annotation = scene.annotation
    passive = bool(annotation.children(verb, "nsubjpass"))
    speakers = annotation.children(verb, "nsubjpass" if passive else "dobj")
    saying = next(
        (
            inner
            for t in annotation.children(verb, "prep", "advcl", "mark", "xcomp", "ccomp")
            for inner in [t, *annotation.children(t)]
            if inner.tag == "VBG"
            and inner.lemma in ("say", "tell", "state", "write", "declare", "call", "add", "warn")
        ),
        None,
    )
    if not speakers or saying is None:
        return None
    below = {t.i for t in annotation.subtree(saying)} - {saying.i}
    speaker = min(speakers, key=lambda t: abs(t.i - verb.i))
    cue = [t.i for t in annotation.children(verb, "aux", "auxpass") if verb.i - t.i <= 3] + [verb.i]
    relayers = (
        [
            o
            for by in (*annotation.children(verb, "agent"), *annotation.children(saying, "agent", "prep"))
            if by.text.lower() == "by"
            for o in annotation.children(by, "pobj")
        ]
        if passive
        else [s for s in (subject_of(annotation, verb),) if s]
    )
    complement = annotation.children(saying, "ccomp", "dobj", "xcomp")
    content = {i for c in complement for i in (t.i for t in annotation.subtree(c))} & below
    if complement and complement[0].i > saying.i:
        content |= set(range(min(content), max(below) + 1)) if content else set()
    if not complement:
        # The quotation stands before: the parser makes the whole of it the clause's complement.
        fronted = [t for t in annotation.children(verb, "ccomp") if t.i < verb.i]
        content = {t.i for c in fronted for t in annotation.subtree(c)}
    spans = source_spans(annotation, speaker, without=content | below | {verb.i})
    if not spans:
        return None
    middle = [t.i for t in annotation.tokens[max(verb.i + 1, saying.i - 1) : saying.i + 1]]
    return Draft(
        head=verb.i,
        group="speech",
        source=spans,
        source_head=speaker.i,
        cue=to_spans(annotation, cue + middle),
        content=to_spans(annotation, content),
        quoting=True,
        root=complement[0].i if complement else None,
        via=[relay_phrase(annotation, m) for m in relayers[:1]],
    )


def fold_relays(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The drafts that have content. Outer attributions that only pass on an inner one become its relay: "…,
    he said, CNN reported", "X said …, according to the transcript released by the Kremlin", "Interfax
    reported that X said …"."""
    annotation = scene.annotation
    folded = _fold_trailing(scene, drafts) | _fold_citing(scene, drafts)
    drafts = [d for d in drafts if d.content]
    _cut_tails(scene, drafts)
    by_head = {d.head: d for d in drafts}
    for outer in sorted(drafts, key=lambda d: (-_size(d), d.head)):
        inner = by_head.get(outer.root) if outer.root is not None else None
        if (
            outer.head in folded
            or inner is None
            or inner is outer
            or outer.source_head is None
            or inner.source_head is None
        ):
            continue
        if inner.source_head == outer.source_head or not _relays(scene, outer):
            continue
        source = annotation.tokens[outer.source_head]
        inner.via = [*inner.via, relay_phrase(annotation, source), *outer.via]
        folded.add(outer.head)
    return [d for d in drafts if d.head not in folded]


def _fold_trailing(scene: Scene, drafts: list[Draft]) -> set[int]:
    """ "…," A said, B reported: B's clause after A's, both with the same words for content and B a medium."""
    tokens = scene.annotation.tokens
    folded: set[int] = set()
    ordered = sorted(drafts, key=lambda d: d.head)
    for first, second in itertools.pairwise(ordered):
        if (
            first.source_head is None
            or second.source_head is None
            or first.head in folded
            or not first.content
        ):
            continue
        begin = min(s for s, _ in second.source + second.cue)
        if tokens[first.head].sentence != tokens[second.head].sentence or scene.quoted[second.head] >= 0:
            continue
        before = [(s, e) for s, e in second.content if e <= begin]
        between = scene.annotation.text[max(e for _, e in first.source + first.cue) : begin]
        if len(before) != len(second.content) or (before and not _overlap(before, first.content)):
            continue
        if not before and (between.strip() != "," or first.content[0][0] > begin):
            continue
        if _relays(scene, second):
            relay = relay_phrase(scene.annotation, tokens[second.source_head])
            first.via = [*first.via, relay, *second.via]
            first.content = [(s, min(e, begin)) for s, e in first.content if s < begin]
            folded.add(second.head)
    return folded


def _cut_tails(scene: Scene, drafts: list[Draft]) -> None:
    """ "…, the Vesta news agency reported on Monday." where the parser saw no clause: the tail leaves every
    content that has run over it and becomes their relay."""
    annotation = scene.annotation
    heads = {d.head for d in drafts}
    tails: dict[int, tuple[int, Via]] = {}
    for sentence in annotation.sentences:
        if tail := _tail(annotation, sentence, heads):
            tails[sentence.i] = tail
    for draft in drafts:
        start, via = tails.get(annotation.tokens[draft.head].sentence, (0, None))
        if via is not None and draft.content[-1][1] > start > annotation.tokens[draft.head].start:
            draft.content = [(s, min(e, start)) for s, e in draft.content if s < start]
            draft.via = [*draft.via, via]


def _tail(annotation: Annotation, sentence: Sentence, heads: set[int]) -> tuple[int, Via] | None:
    tokens = annotation.tokens
    for verb in tokens[max(sentence.first, sentence.last - LONGEST_TAIL) : sentence.last]:
        if verb.lemma not in ("report", "say") or verb.tag not in ("VBD", "VBN") or verb.i in heads:
            continue
        comma = verb.i - 1
        while comma > sentence.first and tokens[comma].text != "," and verb.i - comma <= LONGEST_NAME:
            comma -= 1
        after = tokens[verb.i + 1 : sentence.last]
        if tokens[comma].text != "," or any(t.pos in ("VERB", "AUX", "SCONJ") for t in after):
            continue
        found = name_in(annotation, comma + 1, verb.i, sure=True)
        if found and (found[2] == verb.i or tokens[verb.i - 1].text.lower() in media().words):
            return tokens[comma].start, Via(found[0], (annotation.span(comma + 1, verb.i),))
    return None


def _fold_citing(scene: Scene, drafts: list[Draft]) -> set[int]:
    """ "M reported that S, citing X": X is the source, the medium M relays."""
    tokens = scene.annotation.tokens
    by_head = {d.head: d for d in drafts}
    folded: set[int] = set()
    for citing in drafts:
        governor = by_head.get(scene.governor.get(citing.head, -1))
        cited = tokens[citing.root] if citing.root is not None else None
        if (
            governor is None
            or cited is None
            or governor.source_head is None
            or tokens[citing.head].lemma != "cite"
        ):
            continue
        medium = media_phrase(scene.annotation, tokens[governor.source_head], sure=True)
        if medium is None or not _speaks(cited):
            continue
        governor.via = [medium, *governor.via]
        governor.source = source_spans(scene.annotation, cited, without=set())
        governor.source_head = cited.i
        folded.add(citing.head)
    return folded


def _speaks(token: Token) -> bool:
    if token.entity in ("PERSON", "ORG", "GPE", "NORP") or token.pos == "PROPN":
        return True
    return token.lemma in unnamed().people or token.lemma in media().documents or token.lemma in _BODIES


_BODIES = frozenset(
    {
        "ministry",
        "police",
        "guard",
        "army",
        "military",
        "government",
        "authority",
        "minister",
        "spokesman",
        "spokeswoman",
        "office",
        "department",
        "agency",
        "president",
        "statement",
        "commander",
        "general",
        "rebel",
        "group",
    }
)


def _overlap(left: list[Span], right: list[Span]) -> bool:
    return any(s < e2 and s2 < e for s, e in left for s2, e2 in right)


def _size(draft: Draft) -> int:
    return sum(e - s for s, e in draft.content)


def _relays(scene: Scene, outer: Draft) -> bool:
    """Whether a source of this kind passes on rather than speaks: a medium or a document; never a person, who
    has words of their own, nor a place."""
    annotation = scene.annotation
    assert outer.source_head is not None
    source = annotation.tokens[outer.source_head]
    return source.lemma in media().documents or media_phrase(annotation, source, sure=True) is not None
