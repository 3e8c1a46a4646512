"""Which words may head the phrase of somebody who acts or is acted on."""

from __future__ import annotations

from functools import cache

from volteface.annotate import Token
from volteface.codebook.actors import roles

ENTITIES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
# Who acts: single people in an office, institutions, people seen as many; not things.
ACTING = frozenset({"person", "body", "people"})
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


@cache
def _role_nouns(kinds: frozenset[str]) -> frozenset[str]:
    groups = [g for g in roles().role if g.kind in kinds and g.sector]
    return frozenset(word.rsplit(" ", 1)[-1] for group in groups for word in group.words)
