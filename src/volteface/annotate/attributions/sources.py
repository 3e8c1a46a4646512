"""Who says it: the whole noun phrase as a reader marks it, and whether it names anybody."""

from __future__ import annotations

from volteface.annotate.attributions.drafts import trimmed
from volteface.annotate.attributions.lexicon import unnamed
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Span

SUBJECTS = ("nsubj", "nsubjpass")
# A noun phrase is never longer than this; a subject whose subtree is longer is a parse gone wrong.
LONGEST_SOURCE = 45
_DOUBLE_MARKS = frozenset({"“", "”", '"', "''", "``"})
# How many verbs up a participle or infinitive may look for its subject ("… hoping to persuade them, saying
# that …").
LONGEST_CLIMB = 6


def subject_of(annotation: Annotation, verb: Token) -> Token | None:
    """The one who does the verb: its own subject, else that of the verb it is coordinated with,
    complements, or modifies; for a participle on a noun, the noun."""
    if owned := _owned_subject(annotation, verb):
        return owned
    token = verb
    for _ in range(LONGEST_CLIMB):
        own = annotation.children(token, *SUBJECTS)
        if own:
            return _nearest(own, token)
        head = annotation.tokens[token.head]
        if head is token:
            return None
        if token.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
            return head
        if token.dep == "pcomp" and head.dep == "prep":
            head = annotation.tokens[head.head]
        if head.pos not in ("VERB", "AUX"):
            return None
        if (
            token.dep == "xcomp"
            and (objects := annotation.children(head, "dobj"))
            and objects[-1].i < token.i
        ):
            return objects[-1]
        token = head
    return None


def _owned_subject(annotation: Annotation, verb: Token) -> Token | None:
    """The name before a finite verb in "…, whose energy chief, Jane Roe, said …", which the parser takes for
    appositions of the owner and the verb for the outer clause's."""
    tokens = annotation.tokens
    i = verb.i - 1
    if verb.tag not in ("VBD", "VBZ", "VBP") or i < 0 or tokens[i].text != ",":
        return None
    named = tokens[i - 1] if i else verb
    if named.dep != "appos" or named.pos != "PROPN":
        return None
    above = tokens[named.head]
    owned = any(t.tag == "WP$" for t in annotation.children(above))
    return above if owned and above.dep == "appos" and above.i < named.i else None


def _nearest(found: list[Token], verb: Token) -> Token:
    before = [t for t in found if t.i < verb.i]
    return before[-1] if before else found[0]


def source_spans(annotation: Annotation, head: Token, *, without: set[int]) -> list[Span]:
    """Characters of the noun phrase around this head: titles, appositions, relative clauses and all, but
    none of the tokens in `without` (cue, content)."""
    known = {t.i for t in annotation.subtree(head)} - without
    for child in annotation.children(head, "acl", "advcl"):  # "…, becoming the first to …" is the sentence's
        if child.tag == "VBG" and child.i > head.i and annotation.tokens[child.i - 1].text == ",":
            known -= {t.i for t in annotation.subtree(child)}
    first = last = head.i
    while first - 1 in known and last - first < LONGEST_SOURCE:
        first -= 1
    while last + 1 in known and last - first < LONGEST_SOURCE:
        last += 1
    tokens = annotation.tokens
    marks = [i for i in range(first, last + 1) if tokens[i].text in _DOUBLE_MARKS]
    if len(marks) % 2:  # the subject cannot begin inside a quotation and end outside
        first = max([first, *(i + 1 for i in marks if i < head.i)])
        last = min([last, *(i - 1 for i in marks if i > head.i)])
    while first < head.i and tokens[first].pos in ("PUNCT", "CCONJ", "ADV", "SCONJ"):
        first += 1
    while last > head.i and tokens[last].pos == "PUNCT" and tokens[last].text not in (")", "”", '"'):
        last -= 1
    span = trimmed(annotation, first, last + 1)
    return [span] if span else []


def is_named(annotation: Annotation, head: Token | None) -> bool:
    """Whether the source says who it is: a name, a pronoun that stands for one, or a definite role or
    institution ("the ministry"). "An unidentified official", "sources", "a person familiar with the matter"
    are not."""
    if head is None:
        return False
    words = unnamed()
    inside = annotation.children(head)
    if any(t.lemma in words.anonymous for t in inside):
        return False
    if head.pos == "PROPN" or any(t.dep == "appos" and t.pos == "PROPN" for t in inside):
        return True
    if (
        head.pos == "NOUN"
        and head.tag != "NNS"
        and head.text[:1].isupper()
        and not annotation.children(head, "det", "poss")
    ):
        return head.lemma not in words.people  # a name the tagger does not know
    if head.pos == "PRON":
        return head.lemma not in words.vague
    if head.text.lower() in words.vague or head.pos in ("NUM", "DET", "ADJ"):
        return False
    if head.lemma in words.people or head.text.lower() in words.people:
        return any(t.dep == "poss" for t in inside) and head.tag != "NNS"
    definite = any(t.dep in ("det", "poss") and t.lemma not in ("a", "an", "some", "any") for t in inside)
    if head.tag == "NNS" or head.text.lower() in ("police",):
        return head.text.lower() == "police" or definite
    return definite or any(t.pos == "PROPN" and not _indefinite(inside) for t in inside)


def _indefinite(inside: list[Token]) -> bool:
    return any(t.dep == "det" and t.lemma in ("a", "an") for t in inside)
