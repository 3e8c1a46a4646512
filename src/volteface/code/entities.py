"""Which words may head the phrase of somebody who acts or is acted on."""

from __future__ import annotations

from functools import cache

from volteface.annotate import Token
from volteface.codebook.actors import roles

ENTITIES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
# Who acts: single people in an office, institutions, people seen as many; not things.
ACTING = frozenset({"person", "body", "people"})
GROUPS = frozenset({"body", "people"})
# Sectors whose members act in bands: "the rebels said they had" is the rebels, "officials said they had" anybody.
FIGHTING = frozenset({"REB", "MIL", "PRM", "UAF", "CRM", "OPP", "LAB"})
HUMAN = frozenset({"person"})


def is_party(token: Token) -> bool:
    """Whether a phrase with this head may be a party: a name, or a noun of office, institution or people."""
    if token.entity:
        return token.entity in ENTITIES
    known = bool({token.lemma, token.text.lower()} & _role_nouns(ACTING))
    return token.pos == "PROPN" or (token.pos == "NOUN" and known)


def is_person(token: Token) -> bool:
    """Whether this is the noun or name of single human beings: "skipper", "Ada Quill"."""
    return token.entity == "PERSON" or (token.pos == "NOUN" and token.lemma in _role_nouns(HUMAN))


def acts_as_many(token: Token) -> bool:
    """Whether this names a body, a people or a group in arms or in the street, which speaks for itself."""
    return (
        token.entity in ("GPE", "NORP", "ORG")
        or token.lemma in _role_nouns(GROUPS)
        or token.lemma in _fighters()
    )


@cache
def _fighters() -> frozenset[str]:
    groups = [g for g in roles().role if g.sector in FIGHTING]
    return frozenset(word.rsplit(" ", 1)[-1] for group in groups for word in group.words)


@cache
def _role_nouns(kinds: frozenset[str]) -> frozenset[str]:
    groups = [g for g in roles().role if g.kind in kinds and g.sector]
    return frozenset(word.rsplit(" ", 1)[-1] for group in groups for word in group.words)
