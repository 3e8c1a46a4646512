"""Everything that could be an attribution: over-generated from the parse, for the scorer to choose from.

Any verb, noun or adjective could be a cue; what depends on it could be its content; its subject, possessor or
author its source. No lexicon is asked here, so that words no list has can be found by what they are like
(docs/decisions/0031-attribution-scorer.md).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from volteface.annotate.attributions.clauses import clause_content, phrase_content, verb_cue
from volteface.annotate.attributions.drafts import Draft
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.attributions.sources import SUBJECTS, subject_of
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Span

# Verbs that are never the word of a cue themselves: "is", and auxiliaries of any verb.
_EMPTY = frozenset({"be", "do"})
_CLAUSES = ("ccomp", "xcomp", "advcl", "acomp", "oprd")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})
# Edges inside one noun phrase, up which its head is found.
_IN_PHRASE = frozenset({"det", "compound", "amod", "poss", "nummod", "nmod", "pobj", "prep", "appos"})
_AUTHORS = frozenset({"by", "from", "among", "of"})


@dataclass(slots=True)
class Candidate:
    """One reading of a cue: `head` is its token, `cue` all its tokens, `content` token indices, `source` the
    head of the source's noun phrase or None; `frame` says where the content stands, `how` where the source,
    `quoted` which share of the content is in quotation marks."""

    head: int
    frame: str
    how: str
    cue: tuple[int, ...]
    source: int | None
    content: frozenset[int]
    root: int | None
    said: Said | None = None
    quoted: float = 0.0

    @property
    def mixed(self) -> bool:
        """Whether the content is partly in quotation marks."""
        return 0 < self.quoted < 1

    @property
    def whole(self) -> frozenset[int]:
        """The content to hand on: the rules' own, punctuation and all, where the candidate is theirs."""
        return self.said.content if self.said is not None else self.content


@dataclass(frozen=True, slots=True)
class Said:
    """A draft of the rules with its content as tokens."""

    draft: Draft
    content: frozenset[int]


def tokens_in(annotation: Annotation, spans: list[Span]) -> frozenset[int]:
    """The tokens that begin in these spans."""
    tokens = annotation.tokens
    found: set[int] = set()
    for start, end in spans:
        first = bisect_left(tokens, start, key=lambda t: t.start)
        found.update(range(first, bisect_left(tokens, end, first, key=lambda t: t.start)))
    return frozenset(found)


def with_rules(scene: Scene, drafts: list[Draft]) -> list[Candidate]:
    """All candidates of a document, what the rules found among them, in the order of their cues."""
    relays = {i for d in drafts for v in d.via for i in tokens_in(scene.annotation, list(v.spans))}
    found = [c for c in generate(scene) if c.source is None or c.source not in relays]
    known = {(c.head, c.source, _words(scene, c.content)): c for c in reversed(found)}
    for draft in drafts:
        content = tokens_in(scene.annotation, draft.content)
        if not content:
            continue
        said = Said(draft, content)
        same = known.get((draft.head, draft.source_head, _words(scene, content)))
        if same is not None:
            same.said = said
        else:
            cue = tuple(sorted(tokens_in(scene.annotation, draft.cue)))
            found.append(
                Candidate(draft.head, "rule", draft.group, cue, draft.source_head, content, draft.root, said)
            )
        found.extend(_resourced(scene, draft, content, known))
    for candidate in found:
        candidate.quoted = sum(scene.quoted[i] >= 0 for i in candidate.content) / len(candidate.content)
    return sorted(found, key=lambda c: c.head)


def _resourced(
    scene: Scene,
    draft: Draft,
    content: frozenset[int],
    known: Collection[tuple[int, int | None, frozenset[int]]],
) -> Iterator[Candidate]:
    """What the rules say a verb's content is, with each other source the verb could have."""
    head = scene.annotation.tokens[draft.head]
    if head.pos != "VERB" or draft.via:
        return
    cue = tuple(sorted(tokens_in(scene.annotation, draft.cue)))
    for how, source in _verb_sources(scene, head):
        at = source.i if source is not None else None
        new = at != draft.source_head and (draft.head, at, _words(scene, content)) not in known
        if new and at not in content:
            yield Candidate(draft.head, "said", how, cue, at, content, draft.root)


def _words(scene: Scene, content: frozenset[int]) -> frozenset[int]:
    tokens = scene.annotation.tokens
    return frozenset(i for i in content if tokens[i].pos != "PUNCT")


def generate(scene: Scene) -> list[Candidate]:
    """All candidates of a document, in the order of their cues."""
    found: list[Candidate] = []
    for token in scene.annotation.tokens:
        if token.pos in ("VERB", "AUX"):
            if token.lemma not in _EMPTY and token.dep not in ("aux", "auxpass"):
                found.extend(_of(scene, token, _verb_contents(scene, token), _verb_sources(scene, token)))
        elif token.pos == "NOUN":
            found.extend(_of(scene, token, _noun_contents(scene, token), _noun_sources(scene, token)))
        elif token.pos == "ADJ":
            found.extend(
                _of(scene, token, _adjective_contents(scene, token), _adjective_sources(scene, token))
            )
    return found


# Frame, head of the content, its tokens, further tokens of the cue; `None` for the sources of the cue.
Content = tuple[str, int | None, set[int], list[int]]
Sources = list[tuple[str, Token | None]]
_NOBODY: Sources = [("none", None)]


def _of(scene: Scene, head: Token, contents: Iterator[Content], sources: Sources) -> Iterator[Candidate]:
    seen: set[tuple[frozenset[int], int | None]] = set()
    for frame, root, content, extra in contents:
        is_verb = head.pos in ("VERB", "AUX")
        cue = tuple(verb_cue(scene.annotation, head, extra) if is_verb else sorted([head.i, *extra]))
        whole = frozenset(_with_quotes(scene, head, content) - set(cue))
        if not whole:
            continue
        for how, source in _NOBODY if frame.startswith("seems") else sources:
            at = source.i if source is not None else None
            if at in whole or (whole, at) in seen:
                continue
            seen.add((whole, at))
            yield Candidate(head.i, frame, how, cue, at, whole, root)


def _with_quotes(scene: Scene, head: Token, content: set[int]) -> set[int]:
    """A content that reaches into a quotation takes all of it; one inside a quotation never leaves it."""
    inside = scene.quoted[head.i]
    if inside >= 0:
        return {i for i in content if scene.quoted[i] == inside}
    quotes = {scene.quoted[i] for i in content} - {-1}
    return content.union(*(scene.tokens_of(q) for q in quotes)) if quotes else content


def _verb_sources(scene: Scene, verb: Token) -> Sources:
    annotation = scene.annotation
    found: Sources = []
    passive = bool(annotation.children(verb, "nsubjpass", "auxpass"))
    if passive or verb.tag == "VBN":
        for by in annotation.children(verb, "agent"):
            found += [("agent", t) for t in annotation.children(by, "pobj")[:1]]
        if not found:
            found.append(("none", None))
    governor = scene.governor.get(verb.i)
    subject = subject_of(annotation, annotation.tokens[governor] if governor is not None else verb)
    if subject is not None:
        own = subject.head == verb.i
        how = "governor" if governor is not None else f"own {subject.dep}" if own else f"climb {verb.dep}"
        found.append((how, subject))
        if not own:
            found += [("none", None), *(("further", t) for t in _further(scene, verb, subject))]
    if verb.lemma in scene.lexicon.groups:
        taken = {t.i for _, t in found if t is not None}
        found += [(how, t) for how, t in _beside(scene, verb) if t.i not in taken]
    if not found:
        found.append(("none", None))
    return found


def _further(scene: Scene, verb: Token, nearest: Token) -> list[Token]:
    """The next subject further up ("the trip of the envoy, *telling* …" may be the trip's, the envoy's or the
    outer clause's), and the one before an object that controls."""
    annotation = scene.annotation
    for above in annotation.ancestors(verb):
        if above.pos in ("VERB", "AUX"):
            subjects = [t for t in annotation.children(above, *SUBJECTS) if t.i != nearest.i]
            if subjects:
                return subjects[:1]
    return []


def _beside(scene: Scene, verb: Token) -> Iterator[tuple[str, Token]]:
    """Noun phrases that end right before the verb or begin right after it, whatever the parser makes of them."""
    tokens, quoted = scene.annotation.tokens, scene.quoted
    first = verb.i - 1
    while (
        first > 0 and tokens[first].pos in ("ADV", "AUX", "PART") and tokens[first].sentence == verb.sentence
    ):
        first -= 1
    if first > 0 and tokens[first].text == "," and tokens[first].sentence == verb.sentence:
        first -= 1  # "…, a former adviser to Mr. Roe, said"
    for how, i in (("beside before", first), ("beside after", verb.i + 1)):
        if not 0 <= i < len(tokens) or tokens[i].pos not in _NOMINAL or quoted[i] != quoted[verb.i]:
            continue
        token = tokens[i]
        while token.dep in _IN_PHRASE and tokens[token.head].i != token.i:
            token = tokens[token.head]
        if token.pos in ("NOUN", "PROPN", "PRON") and (token.i < verb.i) == (i < verb.i):
            yield how, token


def _verb_contents(scene: Scene, verb: Token) -> Iterator[Content]:
    annotation = scene.annotation
    passive = annotation.children(verb, "nsubjpass")
    subject = {t.i for s in passive[:1] if s.lemma != "it" for t in annotation.subtree(s)}
    active = {
        t.i for s in annotation.children(verb, "nsubj")[:1] if s.lemma != "it" for t in annotation.subtree(s)
    }
    objects = [t for t in annotation.children(verb, "dobj") if t.i > verb.i]
    for child in annotation.children(verb):
        if child.dep in _CLAUSES:
            content = clause_content(scene, verb, child)
            yield child.dep if child.i > verb.i else f"{child.dep} before", child.i, content, []
            if child.i > verb.i:
                if subject:
                    yield f"subject {child.dep}", child.i, content | subject, []
                elif active and child.dep != "ccomp":
                    yield f"seems {child.dep}", child.i, content | active, []
                if objects and objects[-1].i < child.i:
                    yield f"control {child.dep}", child.i, phrase_content(scene, verb, objects[-1]), []
                for inner in annotation.children(child, "mark"):
                    if inner.lemma in ("for", "whether", "if") and inner.i == min(content, default=-1):
                        yield f"mark {inner.lemma}", child.i, content - {inner.i}, [inner.i]
        elif child.dep in ("dobj", "dative", "attr") and child.i > verb.i:
            yield child.dep, child.i, phrase_content(scene, verb, child), []
            yield f"only {child.dep}", child.i, annotation.below(child), []
        elif child.dep in ("prep", "agent", "prt") and child.i > verb.i:
            for inner in annotation.children(child, "pobj", "pcomp"):
                if child.dep != "agent":
                    yield f"prep {inner.dep}", inner.i, phrase_content(scene, verb, inner), [child.i]
                    yield (
                        f"only prep {inner.dep}",
                        inner.i,
                        annotation.below(inner),
                        [child.i],
                    )
                    if subject:
                        below = annotation.below(inner)
                        yield "subject prep", inner.i, below | subject, [child.i]
    if subject:
        yield "subject", passive[0].i, subject, []
    yield from _around_verb(scene, verb)


def _around_verb(scene: Scene, verb: Token) -> Iterator[Content]:
    """Contents above the verb: the clause it is put into, the noun its relative clause or participle is on."""
    annotation = scene.annotation
    host = annotation.tokens[verb.head]
    own = annotation.below(verb)
    if verb.dep in ("ccomp", "advcl", "parataxis", "dep") and annotation.children(verb, *SUBJECTS):
        content = scene.free(annotation.below(host) - own, host.i)
        yield f"around {verb.dep}", host.i, content, []
    if verb.dep in ("relcl", "acl", "amod"):
        content = annotation.below(host) - own
        yield f"noun of {verb.dep}", host.i, content, []
    if verb.dep == "ROOT" or verb.dep == "conj":
        first = annotation.sentences[verb.sentence].first
        subject = annotation.children(verb, *SUBJECTS)
        left = min([verb.i, *(t.i for s in subject for t in annotation.subtree(s))])
        if left > first + 1:
            yield "left", None, set(range(first, left)), []


def _noun_sources(scene: Scene, noun: Token) -> Sources:
    annotation = scene.annotation
    found: Sources = [("poss", t) for t in annotation.children(noun, "poss")[:1]]
    for preposition in annotation.children(noun, "prep", "agent"):
        if preposition.lemma in _AUTHORS:
            found += [
                (f"author {preposition.lemma}", t) for t in annotation.children(preposition, "pobj")[:1]
            ]
    for t in annotation.children(noun, "compound", "nmod", "amod"):
        if t.pos == "PROPN" or t.entity in ("NORP", "ORG", "PERSON"):
            found.append(("compound", t))
            break
    if not any(how == "poss" for how, _ in found):
        verb, way = annotation.tokens[noun.head], noun.dep
        if verb.pos == "ADP":
            way, verb = f"pobj {verb.lemma}", annotation.tokens[verb.head]
        if verb.pos in ("VERB", "AUX") and noun.dep not in SUBJECTS:
            subject = subject_of(annotation, verb)
            if subject is not None and subject.i != noun.i:
                found.append((f"subject over {way}", subject))
    if not found:
        found.append(("none", None))
    return found


def _noun_contents(scene: Scene, noun: Token) -> Iterator[Content]:
    annotation = scene.annotation
    verb = annotation.tokens[noun.head]
    for child in annotation.children(noun):
        if child.i < noun.i:
            continue
        below = annotation.below(child)
        if child.dep in ("acl", "relcl", "ccomp", "advcl", "xcomp"):
            yield f"N {child.dep}", child.i, below, []
        elif child.dep == "prep":
            for inner in annotation.children(child, "pobj", "pcomp"):
                yield f"N prep {inner.dep}", inner.i, annotation.below(inner), [child.i]
        elif child.dep == "appos":
            yield "N appos", child.i, below, []
    if noun.dep in ("dobj", "attr", "pobj"):
        above = verb if noun.dep != "pobj" else annotation.tokens[verb.head]
        for beside in annotation.children(above):
            if beside.i < noun.i or beside.i == verb.i:
                continue
            if beside.dep == "prep":
                for inner in annotation.children(beside, "pobj", "pcomp"):
                    yield (
                        f"beside prep {inner.dep}",
                        inner.i,
                        annotation.below(inner),
                        [beside.i],
                    )
            elif beside.dep in ("xcomp", "ccomp", "advcl", "acl"):
                yield f"beside {beside.dep}", beside.i, annotation.below(beside), []
    if noun.dep in SUBJECTS and verb.lemma == "be":
        for beside in annotation.children(verb, "ccomp", "xcomp", "attr", "advcl"):
            if beside.i > verb.i:
                yield f"is {beside.dep}", beside.i, annotation.below(beside), [verb.i]


def _adjective_sources(scene: Scene, adjective: Token) -> Sources:
    annotation = scene.annotation
    above = annotation.tokens[adjective.head]
    if above.pos in ("VERB", "AUX"):
        subject = subject_of(annotation, above)
        return [(f"holder {adjective.dep}", subject)]
    if above.pos in ("NOUN", "PROPN", "PRON"):
        return [(f"noun {adjective.dep}", above)]
    return [("none", None)]


def _adjective_contents(scene: Scene, adjective: Token) -> Iterator[Content]:
    annotation = scene.annotation
    for child in annotation.children(adjective):
        if child.i < adjective.i:
            continue
        if child.dep in ("ccomp", "xcomp", "advcl"):
            yield f"A {child.dep}", child.i, clause_content(scene, adjective, child), []
        elif child.dep == "prep":
            for inner in annotation.children(child, "pobj", "pcomp"):
                yield f"A prep {inner.dep}", inner.i, annotation.below(inner), [child.i]
