"""Which words of a document name a place, before it is known which.

A name is looked for wherever a capital letter stands, not only where the parser marks an entity: it misses
and mislabels towns it never saw. What the parser says then decides how sure a name must be: a place to it is
one here; a person to it is one only where a locative word stands before the name and nobody of that name is
in the document.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from volteface.annotate import Annotation, Mention, Token
from volteface.errors import CodebookError
from volteface.resolve.gazetteer import ABBREVIATION, ALTERNATE, MINOR, MOST_WORDS, Candidate, Gazetteer, fold

# Entities of the parser that a place name may not be taken out of.
_NEVER_INSIDE = frozenset({"PERSON", "WORK_OF_ART", "LAW", "DATE", "TIME", "PRODUCT", "LANGUAGE"})
# Entities that say little about whether a name in them is a place.
_SAY_LITTLE = frozenset({"CARDINAL", "ORDINAL", "NORP", "GPE"})
# Seats of those who act: a place only where somebody is in or at it ("met at the White House").
_BUILDINGS = frozenset({"BLDG", "RD", "SQR"})
_LINKS = frozenset(
    {"of", "the", "de", "la", "el", "al", "del", "and", "-", "–", "upon", "sur", "am", "ed", "es"}
)
_ARABIC_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ul"})
_AROUND = frozenset({"the", "'s", "’s", "'"})

# How likely a place is meant, in powers of ten of inhabitants; these and the sizes below were fitted by hand
# on 160 texts of LGL and GeoWebNews (docs/decisions/0021-gazetteer.md).
_FEATURE = {"PCLI": 4.0, "PPLC": 3.0, "ADM1": -0.4, "ADM2": -0.5, "PPL": 0.0}
_NATURAL = 9.0  # seas, regions and the like, which have no inhabitants to count
_OTHER_NAME = -1.5
# A small second-order division stands behind all that share its name; see docs/decisions/0021-gazetteer.md.
MINOR_DIVISION = -12.0
# How large a town must be to be believed where the parser marks nothing, and where it marks something else.
_LARGE_UNMARKED, _LARGE_MISMARKED = 4.0, 5.0


@dataclass(frozen=True, slots=True)
class Cues:
    """The word groups of places.toml, in lower case."""

    seldom: frozenset[str]
    locative: frozenset[str]
    also_to_people: frozenset[str]
    titles: frozenset[str]
    things: frozenset[str]
    kind_after: dict[str, frozenset[str]]
    offices: frozenset[str]


@dataclass(slots=True)
class Name:
    """Tokens `first:last`, some place's name: its folded form, the places that go by it, those that the name
    right after it can be ("Paris, Texas"), and the features that a word right by it says ("Balad district")."""

    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    beside: tuple[Candidate, ...] = ()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Signs:
    """What speaks for a name being a place: `country`, one of its places is; `located`, a locative word
    before it; `size`, the prior of its likeliest place; `modifies`, it stands before a common noun ("the
    Basra office")."""

    country: bool
    located: bool
    before: str
    size: float
    modifies: bool


def prior(candidate: Candidate) -> float:
    """How likely a place is meant by a name, all else equal: its size, what it is, and whether that is its
    name."""
    site = candidate.site
    if site.population == 0 and site.feature not in ("PPL", "ADM1", "ADM2", "PPLC"):
        return _NATURAL
    score = math.log10(site.population + 10) + _FEATURE.get(site.feature, 0.0)
    return score + {ALTERNATE: _OTHER_NAME, MINOR: MINOR_DIVISION}.get(candidate.kind, 0.0)


def is_located(annotation: Annotation, first: int) -> bool:
    """Whether a locative word stands before token `first` ("in", "near the", "northern")."""
    return _before(annotation, first) in cues().locative


def find_names(annotation: Annotation, gazetteer: Gazetteer) -> Iterator[Name]:
    """Names of places in text order; of names that overlap, the longest from the left."""
    inside = {i: mention for mention in annotation.mentions for i in range(mention.first, mention.last)}
    surnames = _surnames(annotation)
    tokens, i = annotation.tokens, 0
    while i < len(tokens):
        name = _name_at(annotation, gazetteer, inside, i) if is_capital(tokens[i]) else None
        if name is None or (name.last == name.first + 1 and tokens[i].text in surnames):
            i += 1
            continue
        yield name
        i = name.last


def is_capital(token: Token) -> bool:
    """Whether the token begins with a capital letter."""
    return token.text[:1].isupper()


def _surnames(annotation: Annotation) -> frozenset[str]:
    """Last names of the people the document names in full: further on they stand alone."""
    found = set()
    for mention in annotation.mentions:
        if mention.label == "PERSON":
            words = [t.text for t in annotation.tokens[mention.first : mention.last]]
            words = [word for word in words if word.lower() not in _AROUND]
            if len(words) in (2, 3):
                found.add(words[-1])
    return frozenset(found)


def _name_at(annotation: Annotation, gazetteer: Gazetteer, inside: dict[int, Mention], i: int) -> Name | None:
    tokens = annotation.tokens
    stop = min(i + MOST_WORDS, annotation.sentences[tokens[i].sentence].last)
    last = i + 1
    while last < stop and (is_capital(tokens[last]) or tokens[last].text in _LINKS):
        last += 1
    for end in range(last, i, -1):
        if not is_capital(tokens[end - 1]):
            continue
        text = annotation.text[tokens[i].start : tokens[end - 1].end]
        point = end < len(tokens) and tokens[end].text == "." and tokens[end].start == tokens[end - 1].end
        candidates = _believable(gazetteer.look_up(text), text, point=point and end == i + 1)
        if candidates:
            name = Name(i, end, fold(text), candidates)
            if _is_place(annotation, name, inside.get(i) or inside.get(end - 1)):
                return name
    return None


def _believable(candidates: tuple[Candidate, ...], text: str, *, point: bool) -> tuple[Candidate, ...]:
    """Without what a name of this form cannot be: abbreviations have their point, and short words in
    capitals are countries and unions or abbreviations of something else, never towns."""
    if point or text.endswith("."):
        short = tuple(c for c in candidates if c.kind == ABBREVIATION)
        if short:
            return short
    candidates = tuple(c for c in candidates if c.kind != ABBREVIATION)
    if (len(text) <= 3 and text.isupper()) or (len(text) <= 4 and "." in text):
        return tuple(c for c in candidates if c.site.feature in ("PCLI", "RGN"))
    return candidates


def _is_place(annotation: Annotation, name: Name, mention: Mention | None) -> bool:
    tokens = annotation.tokens
    signs = _signs(annotation, name)
    if _is_something_else(tokens, name, signs):
        return False
    if name.key in cues().seldom and not (signs.country and len(name.key) < 4):
        marked = mention is not None and mention.label in ("GPE", "LOC") and _is_whole(tokens, mention, name)
        return marked and signs.located
    if mention is not None and mention.label not in _SAY_LITTLE:
        return _is_place_within(tokens, name, mention, signs)
    if tokens[name.first].pos not in ("PROPN", "ADJ", "NOUN"):
        return False
    if signs.country or (mention is not None and mention.label in ("GPE", "NORP")):
        return True
    opens = name.first == annotation.sentences[tokens[name.first].sentence].first
    least = _LARGE_MISMARKED if opens else _LARGE_UNMARKED
    return not _runs_on(tokens, name) and (signs.size >= least or signs.located)


def _signs(annotation: Annotation, name: Name) -> _Signs:
    tokens = annotation.tokens
    before = _before(annotation, name.first)
    after = tokens[name.last] if name.last < len(tokens) else None
    return _Signs(
        country=any(c.site.feature == "PCLI" or c.kind == ABBREVIATION for c in name.candidates),
        located=before in cues().locative,
        before=before,
        size=max(prior(c) for c in name.candidates),
        modifies=after is not None and after.pos == "NOUN" and tokens[name.last - 1].dep == "compound",
    )


def _before(annotation: Annotation, first: int) -> str:
    """The word before a token, in lower case, past an article."""
    before = annotation.tokens[first - 1].text.lower() if first else ""
    return annotation.tokens[first - 2].text.lower() if before == "the" and first > 1 else before


def _is_something_else(tokens: list[Token], name: Name, signs: _Signs) -> bool:
    """Whether the words around say that a person, a street, a newspaper is named, or a seat stands for its
    holder."""
    after = tokens[name.last] if name.last < len(tokens) else None
    following = [token.text.lower() for token in tokens[name.last : name.last + 2]]
    if not signs.country and following[:1] and following[0] in _ARABIC_ARTICLES and following[1:] == ["-"]:
        return True  # "Ain al-Asad" is not Ain; "in Iraq al-Qaeda" is Iraq
    if signs.before in cues().titles:
        return True
    if after is not None and is_capital(after) and after.text.lower() in cues().things:
        return True
    return not signs.located and max(name.candidates, key=prior).site.feature in _BUILDINGS


def _is_place_within(tokens: list[Token], name: Name, mention: Mention, signs: _Signs) -> bool:
    """Whether a name that the parser has as something else, or as part of a longer name, is a place all the
    same."""
    whole = _is_whole(tokens, mention, name)
    if all(c.kind == MINOR for c in name.candidates):
        return whole and mention.label in ("LOC", "FAC")
    starts = name.first <= mention.first + 1
    if mention.label in ("LOC", "FAC"):
        return whole or starts or signs.country
    if mention.label == "PERSON":
        surely_located = signs.located and signs.before not in cues().also_to_people
        known = signs.size >= _LARGE_MISMARKED and (signs.country or signs.modifies)
        county = tokens[name.last - 1].text == "County" and name.last > name.first + 1
        # No person is called like a sea or an island that takes several words.
        regional = any(c.kind != MINOR and not c.site.feature.startswith("PPL") for c in name.candidates)
        natural = signs.located and regional and name.last > name.first + 1
        return county or (whole and (surely_located or known or natural))
    if mention.label in _NEVER_INSIDE:
        return False
    if mention.label == "ORG" and tokens[name.first].text.isupper() and not signs.country:
        union = any(c.site.feature == "RGN" for c in name.candidates)
        return union or signs.located  # an acronym, or a place in a line of capitals
    if whole:
        return signs.country or signs.located or signs.modifies or signs.size >= _LARGE_MISMARKED
    return (
        signs.country or (starts and signs.size >= _LARGE_MISMARKED) or tokens[name.last - 1].text == "County"
    )


def _is_whole(tokens: list[Token], mention: Mention, name: Name) -> bool:
    """Whether the mention is the name, give or take an article before it and a clitic after it."""
    extra = (*range(mention.first, name.first), *range(name.last, mention.last))
    return all(tokens[i].text.lower() in _AROUND for i in extra)


def _runs_on(tokens: list[Token], name: Name) -> bool:
    """Whether the name runs on into another capitalised word: then it is part of a longer name."""
    around = [i for i in (name.first - 1, name.last) if 0 <= i < len(tokens)]
    return any(
        is_capital(tokens[i])
        and tokens[i].pos == "PROPN"
        and tokens[i].sentence == tokens[name.first].sentence
        for i in around
    )


def kinds_said(annotation: Annotation, name: Name) -> frozenset[str]:
    """The features that a word right by the name says: ADM2 of "Balad district" and "the district of Balad"."""
    tokens, kinds = annotation.tokens, cues().kind_after
    after = [token.text.lower() for token in tokens[name.last : name.last + 2]]
    before = [token.text.lower() for token in tokens[max(name.first - 3, 0) : name.first]]
    said: frozenset[str] = frozenset()
    if after and after[-1] not in cues().offices:
        said = kinds.get(after[0], said)
    # "The province of X", "the northern province of X"; but "the Ninth District of X" is a part of X.
    if before[2:] == ["of"] and (before[0] == "the" or before[0] in cues().locative):
        said |= kinds.get(before[1], frozenset())
    return said


@cache
def cues() -> Cues:
    """The word groups of places.toml, read once. Raises `CodebookError` if one is missing."""
    raw = tomllib.loads(
        resources.files("volteface.resolve").joinpath("places.toml").read_text(encoding="utf-8")
    )
    try:
        return Cues(
            seldom=frozenset(raw["seldom_places"]),
            locative=frozenset(raw["locative"]),
            also_to_people=frozenset(raw["also_to_people"]),
            titles=frozenset(raw["titles"]),
            things=frozenset(raw["things"]),
            kind_after={word: frozenset(features) for word, features in raw["kind_after"].items()},
            offices=frozenset(raw["offices"]),
        )
    except KeyError as error:
        raise CodebookError(f"places.toml: no table {error}") from error
