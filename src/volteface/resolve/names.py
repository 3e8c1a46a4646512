"""Personal names: which two may be one person's."""

from __future__ import annotations

from collections.abc import Sequence

# Before a name that is nobody's surname.
REGNAL = frozenset(
    {"king", "queen", "pope", "emir", "sultan", "prince", "princess", "emperor", "shah", "tsar", "patriarch"}
)
# Words of names that tell nothing about whose name it is.
PARTICLES = frozenset(
    {"al", "el", "bin", "ben", "ibn", "de", "van", "von", "la", "le", "da", "jr", "jr.", "sr.", "ii", "-"}
)


def strong_words(words: Sequence[str]) -> list[str]:
    """The words of a name that tell whose it is."""
    return [w for w in words if w.lower() not in PARTICLES]


def same_person(known: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a name may be another way to call whom the text has called `known` before."""
    strong = strong_words(words)
    if not strong:
        return False
    if len(strong) == 1:
        return strong[0] == known[-1] or (strong[0] in known and strong[0] == words[0] and len(words) == 1)
    if known[-1] != words[-1]:
        return set(strong) <= set(known) or set(known) <= set(words)
    # one last name: the same person unless both give different first names
    return (
        len(known) == 1 or known[0] == words[0] or (known[0][0] == words[0][0] and "." in known[0] + words[0])
    )


def may_be(holder: str, words: Sequence[str]) -> bool:
    """Whether an office holder found by a surname alone may be who the text then names in full."""
    return len(set(words) & set(holder.split())) > 1


def without_article(name: str) -> str:
    """A name without "the" before it."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() == "the" else name
