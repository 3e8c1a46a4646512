"""What all rules look up while they read one document: quoted tokens, and phrases that stand aside from the
clause around them ("according to …", "…, he said, …", "…, adding that …")."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from volteface.annotate.attributions.lexicon import Cues, cues
from volteface.annotate.attributions.quotes import Quote, find_quotes
from volteface.annotate.attributions.sources import SUBJECTS, subject_of
from volteface.annotate.tokens import Annotation, Token

# Participles that continue what the governing verb began: their source is its source.
_CONTINUING = frozenset(
    {
        "speech",
        "claim",
        "denial",
        "accusation",
        "judgement",
        "question",
        "request",
        "promise",
        "writing",
        "report",
    }
)


# What parts "adding that …" from what it continues.
_PARTERS = frozenset({",", "—", "–", "-", "--", "”", '"', "''"})


@dataclass(slots=True)
class Scene:
    """One document with its quotes. `quoted[i]` is the number of the quote token i stands in, or -1;
    `aside[i]` the head token of the parenthetical cue phrase it stands in, absent for the rest; `governor`
    maps a continuing participle to the cue verb it continues; `last_act` a word to the last token where it
    is a subject; `labels` counts the words in capitals before colons."""

    annotation: Annotation
    quotes: list[Quote]
    quoted: list[int]
    aside: dict[int, int] = field(default_factory=dict)
    governor: dict[int, int] = field(default_factory=dict)
    last_act: dict[str, int] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    lexicon: Cues = field(default_factory=cues)

    def tokens_of(self, quote: int) -> set[int]:
        """The tokens that stand in a quote, given by its number."""
        tokens, spans = self.annotation.tokens, self.quotes[quote]
        first = bisect_left(tokens, spans.start, key=lambda t: t.start)
        return set(range(first, bisect_left(tokens, spans.end, first, key=lambda t: t.start)))

    def free(self, indices: set[int], head: int) -> set[int]:
        """The indices that stand in no parenthetical cue phrase but, perhaps, the one `head` stands in."""
        own = self.aside.get(head)
        return {i for i in indices if self.aside.get(i, own) == own}


def set_scene(annotation: Annotation) -> Scene:
    """Find the quotes and the asides of a document."""
    quotes = find_quotes(annotation.document)
    scene = Scene(annotation, quotes, _quoted(annotation, quotes))
    for token in annotation.tokens:
        if token.text == ":" and token.i and annotation.tokens[token.i - 1].text.isupper():
            label = annotation.tokens[token.i - 1].text
            scene.labels[label] = scene.labels.get(label, 0) + 1
        if token.dep in SUBJECTS:
            scene.last_act[token.text] = token.i
        if token.lemma == "accord" and token.text.lower() == "according":
            _set_aside(scene, token)
        elif token.pos == "VERB" and token.lemma in scene.lexicon.groups:
            if is_parenthetic(scene, token) or _contrasts(scene, token):
                _set_aside(scene, token)
            elif governor := _governor(scene, token):
                scene.governor[token.i] = governor.i
                _set_aside(scene, token)
    return scene


def _quoted(annotation: Annotation, quotes: list[Quote]) -> list[int]:
    starts = [quote.start for quote in quotes]
    found = []
    for token in annotation.tokens:
        i = bisect_right(starts, token.start) - 1
        found.append(i if i >= 0 and token.start < quotes[i].end else -1)
    return found


def _set_aside(scene: Scene, head: Token) -> None:
    for token in scene.annotation.subtree(head):
        scene.aside.setdefault(token.i, head.i)


def is_parenthetic(scene: Scene, verb: Token) -> bool:
    """Whether a cue verb and its subject are put into or after the clause that is their content: "…, he
    said"."""
    if verb.i == verb.head or verb.lemma not in scene.lexicon.verbs["clause"]:
        return False
    annotation = scene.annotation
    children = annotation.children(verb)
    if not any(t.dep in ("nsubj", "nsubjpass") for t in children):
        return False
    if any(t.dep in ("ccomp", "xcomp", "mark") or t.tag in ("WP", "WDT") for t in children):
        return False
    if verb.dep == "parataxis":
        return True
    if verb.dep not in ("ccomp", "advcl"):
        return False
    first = annotation.subtree(verb)[0].i
    head = annotation.tokens[verb.head]
    if head.i > verb.i:  # "…, he said, will …": only with something of the clause before it
        return annotation.subtree(head)[0].i < first and annotation.tokens[first - 1].text in (
            ",",
            "—",
            "–",
            "-",
        )
    return first > 0 and annotation.tokens[first - 1].text == ","


def _contrasts(scene: Scene, verb: Token) -> bool:
    """ "…, while B said …" after what A said: B's is no part of A's."""
    annotation = scene.annotation
    if (
        verb.dep != "advcl"
        or not annotation.children(verb, "nsubj")
        or not annotation.children(verb, "ccomp")
    ):
        return False
    marks = [
        t for t in annotation.children(verb, "mark") if t.lemma in ("while", "whereas", "though", "although")
    ]
    return bool(marks) and marks[0].i > 0 and annotation.tokens[marks[0].i - 1].text == ","


def _governor(scene: Scene, verb: Token) -> Token | None:
    """For "…, adding that …": the cue verb whose subject goes on speaking."""
    annotation = scene.annotation
    if verb.dep == "conj" and verb.tag != "VBG":
        return _coordinated(scene, verb)
    if verb.tag != "VBG" or verb.dep not in ("advcl", "acl", "conj", "dep", "prep"):
        return None
    if scene.lexicon.groups[verb.lemma] not in _CONTINUING or verb.i == 0:
        return None
    if annotation.children(verb, "nsubj", "mark", "aux"):
        return None
    before = annotation.tokens[annotation.subtree(verb)[0].i - 1]
    if before.text not in _PARTERS or before.sentence != verb.sentence:
        return None
    if relative := _relative(scene, verb):
        return relative
    for above in annotation.ancestors(verb):
        if above.pos != "VERB" or scene.lexicon.groups.get(above.lemma) not in _CONTINUING:
            continue
        if scene.quoted[above.i] == scene.quoted[verb.i] and subject_of(annotation, above):
            return above
    return None


def _relative(scene: Scene, verb: Token) -> Token | None:
    """For "the visit came as …, Ruritania, whose army crossed the river, accusing it of …": a thing cannot
    accuse, so where the participle hangs on a verb whose subject is one, the relative clause that ends at
    the comma is meant."""
    annotation = scene.annotation
    host = annotation.tokens[verb.head]
    subject = next(iter(annotation.children(host, "nsubj", "nsubjpass")), None)
    if verb.dep != "advcl" or subject is None or subject.pos != "NOUN" or subject.entity:
        return None
    first = annotation.subtree(verb)[0].i
    for token in reversed(annotation.tokens[host.i + 1 : first]):
        if token.dep == "relcl" and annotation.subtree(token)[-1].i >= first - 2:
            subjects = annotation.children(token, "nsubj")
            owned = subjects and any(t.tag == "WP$" for t in annotation.children(subjects[0]))
            return token if subjects and (owned or subjects[0].lemma == "who") else None
    return None


def _coordinated(scene: Scene, verb: Token) -> Token | None:
    """For "X said that A was lost but insisted that …", where the parser coordinates with "was": the cue
    verb of the same form above. Only a cue verb with a clause of its own and no subject of its own is taken
    up."""
    annotation = scene.annotation
    if verb.tag not in ("VBD", "VBZ", "VBP") or annotation.children(verb, "nsubj", "nsubjpass", "aux"):
        return None
    # "had attacked the port or asked them to": after "had" the second verb is no main verb
    second = annotation.tokens[verb.head].tag == "VBN"
    clauses = ("ccomp",) if second else ("ccomp", "xcomp")
    if not annotation.children(verb, *clauses) or scene.lexicon.groups[verb.lemma] not in _CONTINUING:
        return None
    for above in annotation.ancestors(verb):
        if above.dep == "ccomp" and above.head < above.i:
            governor = annotation.tokens[above.head]
            fits = governor.tag == verb.tag and scene.lexicon.groups.get(governor.lemma) in _CONTINUING
            return governor if fits and scene.quoted[governor.i] == scene.quoted[verb.i] else None
        if above.dep != "conj":
            return None
    return None
