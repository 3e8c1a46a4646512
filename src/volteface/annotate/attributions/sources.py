"""Who says it: the whole noun phrase as a reader marks it, and whether it names anybody."""

from __future__ import annotations

from functools import cache

from volteface.annotate.attributions.drafts import trimmed
from volteface.annotate.attributions.lexicon import media, unnamed
from volteface.annotate.tokens import Annotation, Token
from volteface.codebook.actors import roles
from volteface.records import Span

SUBJECTS = ("nsubj", "nsubjpass")
# A noun phrase is never longer than this; a subject whose subtree is longer is a parse gone wrong.
LONGEST_SOURCE = 45
_DOUBLE_MARKS = frozenset({"“", "”", '"', "''", "``"})
_INDEFINITE = frozenset({"a", "an", "some", "any"})
# How many sentences back a pronoun's noun is looked for.
FARTHEST_REFERENT = 2
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


def source_spans(annotation: Annotation, head: Token, *, without: set[int], told: bool = True) -> list[Span]:
    """Characters of the noun phrase around this head: titles, appositions, relative clauses and all, but
    none of the tokens in `without` (cue, content). `told`: with the common noun a "who" stands for."""
    if told and (noun := _told_of(annotation, head)) is not None:
        clause = annotation.below(annotation.tokens[head.head])
        before = [s for s in source_spans(annotation, noun, without=clause) if s[1] <= head.start]
        return [*before, (head.start, head.end)]
    known = annotation.below(head) - without
    for child in annotation.children(head, "acl", "advcl"):  # "…, becoming the first to …" is the sentence's
        if child.tag == "VBG" and child.i > head.i and annotation.tokens[child.i - 1].text == ",":
            known -= annotation.below(child)
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
    if tokens[head.i].pos != "PRON":
        while last + 1 < len(tokens) and _goes_on(tokens[last], tokens[last + 1], without):
            last += 1
    while last > head.i and tokens[last].pos == "ADV":  # "workers here said"
        last -= 1
    while last > head.i and tokens[last].pos == "PUNCT" and tokens[last].text not in (")", "”", '"'):
        last -= 1
    span = trimmed(annotation, first, last + 1)
    return [span] if span else []


def _goes_on(last: Token, following: Token, without: set[int]) -> bool:
    """Whether the next word is more of the phrase's name, whatever the parser hangs it on ("former neurosurgeon
    Jane Roe")."""
    name = following.pos == "PROPN" and following.dep not in ("npadvmod", "dobj", "pobj", "dative")
    person = following.entity == "PERSON" and last.pos in ("NOUN", "PROPN")
    return name and person and following.i not in without and following.sentence == last.sentence


def antecedent(annotation: Annotation, pronoun: Token) -> Token | None:
    """The noun a relative pronoun stands for ("the crew of a ferry, *who* said …": crew), or None if the
    token is no relative pronoun. "Who" passes over a thing to the people it belongs to."""
    if pronoun.tag not in ("WP", "WDT") or pronoun.dep not in SUBJECTS:
        return None
    clause = annotation.tokens[pronoun.head]
    for _ in range(LONGEST_CLIMB):  # "who said A and warned B": the first verb hangs on the noun
        if clause.dep == "relcl" or clause.head == clause.i:
            break
        clause = annotation.tokens[clause.head]
    noun = annotation.tokens[clause.head]
    if clause.dep != "relcl" or noun.pos not in ("NOUN", "PROPN", "PRON"):
        return None
    if pronoun.text.lower() == "who" and not _is_human(noun):
        for above in annotation.ancestors(noun):
            if above.pos in ("VERB", "AUX"):
                break
            if _is_human(above):
                return above
    return noun


def _told_of(annotation: Annotation, pronoun: Token) -> Token | None:
    """The common noun before ", who said …", without which nobody could tell who that is; a name needs no
    repeating, since "who" resolves to it, and a restrictive clause ("voters who say …") tells of nobody."""
    before = annotation.tokens[pronoun.i - 1] if pronoun.i else pronoun
    noun = antecedent(annotation, pronoun) if before.text == "," else None
    return noun if noun is not None and noun.pos == "NOUN" and not noun.entity else None


def _is_human(token: Token) -> bool:
    words = unnamed()
    known = token.lemma in words.people or token.lemma in words.humans or _is_people(token)
    return known or token.entity == "PERSON" or token.pos == "PRON"


def _is_people(token: Token) -> bool:
    """Whether a common noun is of human beings, by the roles of the codebook ("soldier", "troops")."""
    return token.pos == "NOUN" and not _human_roles().isdisjoint((token.lemma, token.text.lower()))


@cache
def _human_roles() -> frozenset[str]:
    return frozenset(
        word for group in roles().role if group.kind in ("person", "people") for word in group.words
    )


def is_named(annotation: Annotation, head: Token | None) -> bool:
    """Whether the source says who it is: a name, a pronoun that stands for one, or a definite role or
    institution ("the ministry"). "An unidentified official", "sources", "a spokesman for X", "one of them"
    are not; a pronoun is as its antecedent."""
    if head is None:
        return False
    words = unnamed()
    if (noun := antecedent(annotation, head)) is not None:
        return is_named(annotation, noun)
    inside = annotation.children(head)
    if any(t.lemma in words.anonymous for t in inside):
        return False
    if head.text.lower() in words.people and all(t.pos == "PUNCT" for t in inside):
        return False  # "Officials: …" in a headline's capitals
    capitals = head.text.isupper() and len(head.text) > 1  # "ROE: …", whatever the tagger makes of it
    if head.pos == "PROPN" or head.entity == "PERSON" or capitals or _has_name(annotation, head):
        return True
    if head.pos == "PRON" and head.lemma not in words.vague:
        referent = _referent(annotation, head)
        return referent is None or is_named(annotation, referent)
    if head.text.lower() in words.vague or head.pos in ("NUM", "DET"):
        return False
    written = head.pos == "NOUN" and head.tag != "NNS" and head.text[:1].isupper()
    if written and not annotation.children(head, "det", "poss"):
        return head.lemma not in words.people  # a name the tagger does not know
    return head.pos != "ADJ" and _names_by_role(annotation, head)


def _names_by_role(annotation: Annotation, head: Token) -> bool:
    """Whether a common noun tells whom it means: an institution, "the minister", "his lawyer"; not people,
    nor a spokesman for somebody."""
    words = unnamed()
    inside = annotation.children(head)
    definite = any(t.dep in ("det", "poss") and t.lemma not in _INDEFINITE for t in inside)
    if head.lemma in words.institutions:
        return head.tag == "NNS" or definite or not any(t.lemma in _INDEFINITE for t in inside)
    if head.lemma in media().documents:  # "a police statement" is the police's
        return definite or any(t.dep in ("compound", "poss") for t in inside)
    if head.lemma in words.people or head.text.lower() in words.people:
        return any(t.dep == "poss" for t in inside) and head.tag != "NNS"
    if head.tag == "NNS" and _is_people(head) and not definite:  # "Rohingya refugees", "Hutu soldiers"
        return any(t.entity in ("ORG", "PERSON") for t in inside)
    return definite or any(t.pos == "PROPN" and not _indefinite(inside) for t in inside)


def _has_name(annotation: Annotation, head: Token) -> bool:
    """Whether an apposition names the head ("a villager, Jane Roe"), also where the parser hangs it deeper
    ("A spokesman for the king, Jane Roe"): a person's name that ends the phrase after a comma."""
    if any(t.pos == "PROPN" for t in annotation.children(head, "appos")):
        return True
    tokens = annotation.tokens
    below = [t for t in annotation.subtree(head) if t.i > head.i][:LONGEST_SOURCE]
    for token in below:
        if token.dep == "appos" and token.pos == "PROPN" and token.entity == "PERSON":
            first = annotation.subtree(token)[0].i
            host = tokens[token.head]
            if tokens[first - 1].text == "," and host.pos == "PROPN" and host.dep in ("pobj", "appos"):
                return True
    return False


def _referent(annotation: Annotation, pronoun: Token) -> Token | None:
    """Whom a pronoun stands for, as far as naming goes: the nearest subject before it, in this sentence or
    the two before, that is a person ("he", "she") or people ("they")."""
    many = pronoun.lemma in ("they", "them")
    if not many and pronoun.lemma not in ("he", "she", "him", "her"):
        return None
    sentences = annotation.sentences
    first = sentences[max(0, pronoun.sentence - FARTHEST_REFERENT)].first
    for token in reversed(annotation.tokens[first : pronoun.i]):
        if token.dep not in SUBJECTS or token.pos not in ("NOUN", "PROPN"):
            continue
        if many == (token.tag in ("NNS", "NNPS")) and _is_human(token):
            return token
    return None


def _indefinite(inside: list[Token]) -> bool:
    return any(t.dep == "det" and t.lemma in ("a", "an") for t in inside)
