"""Where a text says who somebody is: titles before a name, what stands in apposition, the of-phrase after it.

Windows are token ranges `[first, last)`; what they say is read in `introductions.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from volteface.annotate import Annotation, Token, noun_phrase
from volteface.resolve.register import Register

Window = tuple[int, int]

# A title is looked for this many tokens before a name: "German Deputy Minister of State for European
# Affairs X".
TITLE_REACH = 12
TITLE_POS = frozenset({"ADJ", "NOUN", "PROPN", "DET", "NUM"})
TITLE_WORDS = frozenset({"'s", "’s", "[", "]", "-", "“", "and", "of", "for"})
WORKPLACE = frozenset({"at", "in", "from", "with"})


def title_start(
    annotation: Annotation, register: Register, lemmas: Sequence[str], people: Collection[int], first: int
) -> int:
    """Where the run of modifiers before a name begins: "France's Defense Minister | Jean Dupont". `people`: tokens
    that name somebody."""
    tokens = annotation.tokens
    sentence = annotation.sentences[tokens[first].sentence]
    start = first
    while start > sentence.first and first - start < TITLE_REACH:
        token = tokens[start - 1]
        # "accused Israel and Egypt President …": a conjunction only joins parts of one title.
        if token.text == "and" and not register.role(lemmas, start):
            break
        if start - 1 in people or not (token.pos in TITLE_POS or token.text in TITLE_WORDS):
            break
        start -= 1
    return start


def origin(annotation: Annotation, first: int, last: int) -> list[Window]:
    """The of-phrase right after a name: "Ann Roe of the Kenyan electoral commission"."""
    tokens = annotation.tokens
    if last >= len(tokens) or tokens[last].lemma != "of" or not first <= tokens[last].head < last:
        return []
    phrases = [noun_phrase(annotation, t.i) for t in annotation.children(tokens[last], "pobj")]
    return [(phrase.first, phrase.last) for phrase in phrases]


def appositions(
    annotation: Annotation, people: Collection[int], first: int, last: int
) -> tuple[list[int], list[Window]]:
    """Nouns that stand in apposition to a name, and the windows they open. `people` as in `title_start`."""
    tokens = annotation.tokens
    nouns: list[int] = []
    windows: list[Window] = []
    for token in tokens[first:last]:
        for child in annotation.children(token, "appos"):
            if child.i >= last and child.i not in people and child.pos in ("NOUN", "PROPN"):
                phrase = noun_phrase(annotation, child.i)
                windows += [(phrase.first, phrase.last), *_workplaces(annotation, child)]
                nouns.append(child.i)
        above = tokens[token.head]
        if token.dep == "appos" and not first <= above.i < last and above.pos in ("NOUN", "PROPN"):
            noun = _top(annotation, above.i)
            phrase = noun_phrase(annotation, noun)
            windows.append((phrase.first, min(phrase.last, first) if phrase.first < first else phrase.last))
            nouns.append(noun)
    return nouns, windows


def _workplaces(annotation: Annotation, title: Token) -> list[Window]:
    """Where somebody is what an apposition says: "a doctor | at a Sudanese hospital"."""
    return [
        (phrase.first, phrase.last)
        for prep in annotation.children(title, "prep")
        if prep.lemma in WORKPLACE
        for place in annotation.children(prep, "pobj")
        if (phrase := noun_phrase(annotation, place.i)).first > prep.i
    ]


def _top(annotation: Annotation, i: int) -> int:
    """The noun whose of-phrase a token ends: "chief" for "Lagos" in "the police chief of Lagos"."""
    tokens = annotation.tokens
    while tokens[i].dep == "pobj":
        above = tokens[tokens[tokens[i].head].head]
        if above.pos not in ("NOUN", "PROPN") or above.i >= i:
            break
        i = above.i
    return i
