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
        if token.dep == "pobj" and (owner := _broadcaster(annotation, token)) is not None:
            if not _within(token, draft.content) and _leads_to(scene, tokens[token.head], draft):
                found.append(owner)
            continue
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


def _broadcaster(annotation: Annotation, programme: Token) -> Via | None:
    """Whose a programme is: "on CNN's “State of the Union”"."""
    if annotation.tokens[programme.head].text.lower() != "on":
        return None
    owners = annotation.children(programme, "poss")
    return media_phrase(annotation, owners[0]) if owners else None


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
    below = annotation.below(saying) - {saying.i}
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
    folded = _fold_citing(scene, drafts) | _fold_row(scene, drafts)
    folded |= _fold_outer(scene, [d for d in drafts if d.content and d.head not in folded])
    folded |= _fold_trailing(scene, [d for d in drafts if d.head not in folded])
    drafts = [d for d in drafts if d.content and d.head not in folded]
    _cut_tails(scene, drafts)
    return drafts


def _fold_row(scene: Scene, drafts: list[Draft]) -> set[int]:
    """ "S, X said, M reported on Monday, according to N.": cues in a row at the end, whatever the parser made of
    them. S is the first one's; those after it that are media relay it."""
    folded: set[int] = set()
    annotation = scene.annotation
    ordered = sorted((d for d in drafts if d.source), key=lambda d: d.head)
    for n, first in enumerate(ordered):
        sentence = annotation.sentences[annotation.tokens[first.head].sentence]
        row = [first]
        for later in ordered[n + 1 :]:
            relays = _relays(scene, later) or _reports(annotation, later)
            if not _touch(annotation, row[-1], later) or not relays:
                break
            row.append(later)
        start = _bounds(first)[0]
        if len(row) < 3 or first.head in folded or start <= sentence.start or scene.quoted[first.head] >= 0:
            continue  # of two the parser makes what they are
        before = annotation.token_from(start)
        if not any(s < start for s, _ in first.content):
            first.content = to_spans(annotation, range(sentence.first, before))
        first.content = [(s, min(e, start)) for s, e in first.content if s < start]
        first.via = [
            *first.via,
            *(relay_phrase(annotation, annotation.tokens[d.source_head or 0]) for d in row[1:]),
        ]
        folded |= {d.head for d in row[1:]}
    return folded


def _reports(annotation: Annotation, draft: Draft) -> bool:
    """ "…, the Lusa agency reported": what reports after somebody's words is a medium, whatever it is called."""
    source = annotation.tokens[draft.source_head or 0]
    agency = source.lemma == "agency" or (
        source.pos == "PROPN" and source.entity not in ("PERSON", "GPE", "NORP")
    )
    return annotation.tokens[draft.head].lemma == "report" and agency


def _bounds(draft: Draft) -> Span:
    """From the first to the last character of source and cue."""
    spans = draft.source + draft.cue
    return min(s for s, _ in spans), max(e for _, e in spans)


def _touch(annotation: Annotation, one: Draft, other: Draft) -> bool:
    """Whether nothing stands between two cues with their sources but commas and a day."""
    end, start = _bounds(one)[1], _bounds(other)[0]
    between = annotation.tokens[annotation.token_from(end) : annotation.token_from(start)]
    days = all(t.text in (",", "on") or t.entity in ("DATE", "TIME") for t in between)
    return days and any(t.text == "," for t in between) and other.source_head is not None


def _fold_outer(scene: Scene, drafts: list[Draft]) -> set[int]:
    """ "Interfax reported that X said …": an outer cue whose content is the clause of an inner one."""
    folded: set[int] = set()
    by_head = {d.head: d for d in drafts}
    for outer in sorted(drafts, key=lambda d: (-_size(d), d.head)):
        inner = by_head.get(outer.root) if outer.root is not None else None
        if inner is None or inner is outer or outer.source_head is None or inner.source_head is None:
            continue
        if inner.source_head == outer.source_head or not _relays(scene, outer):
            continue
        source = scene.annotation.tokens[outer.source_head]
        inner.via = [*inner.via, relay_phrase(scene.annotation, source), *outer.via]
        folded.add(outer.head)
    return folded


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
        whole = first.content + first.source + first.cue
        if len(before) != len(second.content) or (before and not _overlap(before, whole)):
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
    """ "M reported that S, citing X", "M, quoting X, reported …": X is the source, the medium M relays."""
    annotation = scene.annotation
    tokens = annotation.tokens
    by_head = {d.head: d for d in drafts}
    by_source = {d.source_head: d for d in drafts if d.head not in scene.governor}
    folded: set[int] = set()
    for citing in tokens:
        if citing.lemma not in _CITING or citing.tag != "VBG":
            continue
        cited = next(iter(annotation.children(citing, "dobj")), None)
        above = tokens[citing.head]
        chain = (scene.governor.get(citing.i, -1), above.i, above.head if above.dep == "ccomp" else -1)
        governor = next((by_head[i] for i in chain if i in by_head), by_source.get(above.i))
        if governor is None or governor.head == citing.i or governor.source_head is None:
            continue
        medium = media_phrase(annotation, tokens[governor.source_head], sure=True)
        if cited is None or medium is None or not _speaks(cited):
            continue
        governor.via = [medium, *governor.via]
        governor.source = source_spans(annotation, cited, without=set())
        governor.source_head = cited.i
        folded.add(citing.i)
    return folded


def _speaks(token: Token) -> bool:
    if token.entity in ("PERSON", "ORG", "GPE", "NORP") or token.pos == "PROPN":
        return True
    return token.lemma in unnamed().people or token.lemma in media().documents or token.lemma in _BODIES


_CITING = frozenset({"cite", "quote"})
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
