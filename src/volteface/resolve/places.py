"""Places: which words of a document name one, and which place of the gazetteer each means.

A name is looked for wherever a capital letter stands, not only where the parser marks an entity: it misses and
mislabels names of towns it never saw. What the parser says then decides how sure a name must be. Which of several
namesakes is meant is decided once for a document: by size, by the countries and divisions the other names of the
document lie in, and by what stands beside it ("Paris, Texas").
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from volteface.annotate import Annotation, Mention, Token
from volteface.errors import CodebookError
from volteface.records import Place
from volteface.resolve.gazetteer import ABBREVIATION, ALTERNATE, MOST_WORDS, Candidate, Gazetteer, fold

__all__ = ["Gazetteer", "find_places"]

# Entities of the parser that a place name may not be taken out of.
_NEVER_INSIDE = frozenset({"PERSON", "WORK_OF_ART", "LAW", "DATE", "TIME", "PRODUCT", "LANGUAGE"})
_LINKS = frozenset({"of", "the", "de", "la", "el", "al", "del", "and", "-", "–", "upon", "sur", "am", "ed", "es"})

# Weights of the choice between namesakes, in powers of ten of inhabitants; fitted by hand on LGL and GeoWebNews
# (`score_geo.py` on toponyms-train.jsonl).
_FEATURE = {"PCLI": 4.0, "PPLC": 3.0, "ADM1": 1.0, "ADM2": -0.5, "PPL": 0.0}
_NATURAL = 9.0  # seas, regions and the like, which have no inhabitants to count
_OTHER_NAME = -1.5
_SAME_COUNTRY, _SAME_DIVISION, _BESIDE, _KIND = 4.0, 4.0, 8.0, 4.0
# How large a town must be to be believed where the parser marks nothing, and where it marks something else.
_LARGE_UNMARKED, _LARGE_MISMARKED, _LARGE_EMBEDDED = 4.0, 5.0, 5.0
_ROUNDS = 3
_SHARPNESS = 0.7


@dataclass(frozen=True, slots=True)
class _Words:
    """The word groups of places.toml."""

    seldom: frozenset[str]
    locative: frozenset[str]
    titles: frozenset[str]
    things: frozenset[str]
    kind_after: dict[str, frozenset[str]]


@dataclass(slots=True)
class _Name:
    """A stretch of tokens `first:last` that some place goes by."""

    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    label: str
    beside: tuple[Candidate, ...] = ()


def find_places(annotation: Annotation, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places the document names, in text order, ids P1, P2, …

    Adjectives and nouns of a people ("Russian", "Iraqis") count as their country, as the gold data does; their
    `text` is not a name of `Place.name`, and `feature` is PCLI. A name the parser calls a place and the gazetteer
    does not know is given with no coordinates.
    """
    names = list(_names(annotation, gazetteer))
    _set_beside(annotation, names)
    chosen = _choose(annotation, names)
    found: list[tuple[int, int, Candidate | None]] = [
        (*annotation.span(name.first, name.last), pick) for name, pick in zip(names, chosen, strict=True)
    ]
    taken = [(start, end) for start, end, _ in found]
    for mention in annotation.mentions:
        located = mention.first > 0 and annotation.tokens[mention.first - 1].text.lower() in _words().locative
        if mention.label == "GPE" and located and not any(s < mention.end and mention.start < e for s, e in taken):
            found.append((mention.start, mention.end, None))
    found.sort(key=lambda item: item[:2])
    return tuple(
        _place(f"P{number}", annotation.text[start:end], start, end, pick)
        for number, (start, end, pick) in enumerate(found, 1)
    )


def _place(id_: str, text: str, start: int, end: int, pick: Candidate | None) -> Place:
    if pick is None:
        return Place(id_, text, start, end, text, None, None, None, None, None, None)
    site = pick.site
    return Place(
        id_, text, start, end, site.name, site.country, site.admin1, site.geonames, site.latitude, site.longitude,
        site.feature,
    )


def _names(annotation: Annotation, gazetteer: Gazetteer) -> Iterator[_Name]:
    """Names of places in text order; of names that overlap, the longest from the left."""
    inside: dict[int, Mention] = {i: m for m in annotation.mentions for i in range(m.first, m.last)}
    tokens, i = annotation.tokens, 0
    while i < len(tokens):
        name = _name_at(annotation, gazetteer, inside, i) if _capital(tokens[i]) else None
        if name is None:
            i += 1
            continue
        yield name
        i = name.last


def _name_at(annotation: Annotation, gazetteer: Gazetteer, inside: dict[int, Mention], i: int) -> _Name | None:
    tokens = annotation.tokens
    stop = min(i + MOST_WORDS, annotation.sentences[tokens[i].sentence].last)
    last = i + 1
    while last < stop and (_capital(tokens[last]) or tokens[last].text in _LINKS):
        last += 1
    for end in range(last, i, -1):
        if not _capital(tokens[end - 1]):
            continue
        text = annotation.text[tokens[i].start : tokens[end - 1].end]
        point = end < len(tokens) and tokens[end].text == "." and tokens[end].start == tokens[end - 1].end
        candidates = _believable(gazetteer.look_up(text), text, point and end == i + 1)
        if candidates:
            name = _Name(i, end, fold(text), candidates, "")
            if _is_place(annotation, name, inside):
                return name
    return None


def _believable(candidates: tuple[Candidate, ...], text: str, point: bool) -> tuple[Candidate, ...]:
    """Without what a name of this form cannot be: abbreviations have their point, and short words in capitals are
    countries and unions or abbreviations of something else, never towns."""
    if point or text.endswith("."):
        short = tuple(c for c in candidates if c.kind == ABBREVIATION)
        if short:
            return short
    candidates = tuple(c for c in candidates if c.kind != ABBREVIATION)
    if len(text) <= 3 and text.isupper() or len(text) <= 4 and "." in text:
        return tuple(c for c in candidates if c.site.feature in ("PCLI", "RGN"))
    return candidates


def _is_place(annotation: Annotation, name: _Name, inside: dict[int, Mention]) -> bool:
    tokens = annotation.tokens
    mention = inside.get(name.first) or inside.get(name.last - 1)
    before = tokens[name.first - 1].text.lower() if name.first else ""
    after = tokens[name.last] if name.last < len(tokens) else None
    if before in _words().titles or (after is not None and _capital(after) and after.text.lower() in _words().things):
        return False
    located = before in _words().locative
    country = any(c.site.feature == "PCLI" or c.kind == ABBREVIATION for c in name.candidates)
    best = max(_prior(c) for c in name.candidates)
    if name.key in _words().seldom and not (country and annotation.text[tokens[name.first].start].isupper() and len(name.key) < 4):
        return mention is not None and mention.label in ("GPE", "LOC") and located and _whole(mention, name)
    if mention is not None and mention.label not in ("CARDINAL", "ORDINAL", "NORP", "GPE"):
        return _is_place_inside(annotation, name, mention, sure=country, located=located, best=best)
    if tokens[name.first].pos not in ("PROPN", "ADJ", "NOUN"):
        return False
    if country or (mention is not None and mention.label in ("GPE", "NORP")):
        return True
    return not _joined(tokens, name) and (best >= _LARGE_UNMARKED or located)


def _is_place_inside(
    annotation: Annotation, name: _Name, mention: Mention, *, sure: bool, located: bool, best: float
) -> bool:
    """Whether a name that the parser has as something else, or as part of a longer name, is a place all the same."""
    whole = _whole(mention, name)
    if mention.label in ("LOC", "FAC"):
        return whole or name.first <= mention.first + 1 or sure
    if mention.label in _NEVER_INSIDE:
        return mention.label == "PERSON" and whole and (
            located or (best >= _LARGE_MISMARKED and (sure or _modifies(annotation.tokens, name)))
        )
    if whole:
        return sure or located or best >= _LARGE_MISMARKED or _modifies(annotation.tokens, name)
    starts = name.first <= mention.first + 1
    return sure or (starts and best >= _LARGE_EMBEDDED) or annotation.tokens[name.last - 1].text == "County"


def _whole(mention: Mention, name: _Name) -> bool:
    """Whether the mention is the name, give or take an article before and a clitic after it."""
    return mention.first >= name.first - 1 and mention.last <= name.last + 1


def _modifies(tokens: list[Token], name: _Name) -> bool:
    """Whether the name stands before a common noun, as in "the Baghdad office"."""
    after = tokens[name.last] if name.last < len(tokens) else None
    return after is not None and after.pos == "NOUN" and tokens[name.last - 1].dep == "compound"


def _joined(tokens: list[Token], name: _Name) -> bool:
    """Whether the name runs on into another capitalised word: then it is part of a longer name."""
    after = tokens[name.last] if name.last < len(tokens) else None
    ahead = tokens[name.first - 1] if name.first else None
    return (after is not None and _capital(after) and after.pos == "PROPN" and after.sentence == tokens[name.first].sentence) or (
        ahead is not None and _capital(ahead) and ahead.pos == "PROPN" and ahead.sentence == tokens[name.first].sentence
    )


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _set_beside(annotation: Annotation, names: list[_Name]) -> None:
    """For "Paris, Texas" and "Mosul in Iraq": give the first name what the second can be."""
    for name, following in zip(names, names[1:], strict=False):
        between = annotation.tokens[name.last : following.first]
        if len(between) == 1 and between[0].text in (",", "(") or [t.text for t in between] == ["in"]:
            name.beside = following.candidates


def _choose(annotation: Annotation, names: list[_Name]) -> list[Candidate]:
    """One place for each name: the same for all mentions of a name, except where something stands beside one."""
    groups: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        groups[name.key].append(name)
    shares = {key: _shares({c: _prior(c) for c in group[0].candidates}) for key, group in groups.items()}
    for _ in range(_ROUNDS):
        countries, divisions = _votes(groups, shares)
        total = max(sum(countries.values()), 1.0)
        settled = {}
        for key, group in groups.items():
            weight = _weight(group)
            own_countries, own_divisions = _votes({key: group}, shares)
            rest = max(total - weight, 1.0)
            scores = {}
            for candidate in group[0].candidates:
                site = candidate.site
                country, division = site.country or "", (site.country or "", site.admin1 or "")
                scores[candidate] = _prior(candidate) + max(_by_neighbours(annotation, n, candidate) for n in group)
                if country:
                    scores[candidate] += _SAME_COUNTRY * (countries[country] - own_countries[country]) / rest
                if site.admin1:
                    scores[candidate] += _SAME_DIVISION * (divisions[division] - own_divisions[division]) / rest
            settled[key] = _shares(scores)
        shares = settled
    usual = {key: max(share, key=lambda c: (share[c], -c.row)) for key, share in shares.items()}
    return [_beside(annotation, name, usual[name.key]) for name in names]


_Shares = dict[Candidate, float]


def _shares(scores: dict[Candidate, float]) -> _Shares:
    """Scores as shares of one, so that a name that could be many places pulls others little to any of them."""
    best = max(scores.values())
    raw = {candidate: 10 ** (_SHARPNESS * (score - best)) for candidate, score in scores.items()}
    total = sum(raw.values())
    return {candidate: value / total for candidate, value in raw.items()}


def _votes(
    groups: dict[str, list[_Name]], shares: dict[str, _Shares]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How much of the document's names lie in each country and in each first-order division."""
    countries: Counter[str] = Counter()
    divisions: Counter[tuple[str, str]] = Counter()
    for key, group in groups.items():
        weight = _weight(group)
        for candidate, share in shares[key].items():
            country = candidate.site.country or ""
            countries[country] += weight * share  # type: ignore[assignment]
            divisions[country, candidate.site.admin1 or ""] += weight * share  # type: ignore[assignment]
    return countries, divisions


def _weight(group: list[_Name]) -> float:
    return 1 + math.log(len(group))


def _beside(annotation: Annotation, name: _Name, usual: Candidate) -> Candidate:
    """The place of one mention: the document's, unless its own neighbours speak for another."""
    best = max(name.candidates, key=lambda c: (_by_neighbours(annotation, name, c), c.row == usual.row, _prior(c)))
    return best if _by_neighbours(annotation, name, best) > _by_neighbours(annotation, name, usual) else usual


def _by_neighbours(annotation: Annotation, name: _Name, candidate: Candidate) -> float:
    """What the words right beside a name say for a candidate."""
    score, site = 0.0, candidate.site
    for other in name.beside:
        larger = other.site
        if larger.feature == "PCLI" and larger.country == site.country and site.feature != "PCLI":
            score = max(score, _BESIDE)
        elif larger.feature == "ADM1" and (larger.country, larger.name) == (site.country, site.admin1):
            if site.feature != "ADM1":
                score = max(score, _BESIDE)
    after = annotation.tokens[name.last].text.lower() if name.last < len(annotation.tokens) else ""
    if site.feature in _words().kind_after.get(after, ()):
        score += _KIND
    return score


def _prior(candidate: Candidate) -> float:
    """How likely a place is meant, all else equal."""
    site = candidate.site
    if site.population == 0 and site.feature not in ("PPL", "ADM1", "ADM2", "PPLC"):
        return _NATURAL
    score = math.log10(site.population + 10) + _FEATURE.get(site.feature, 0.0)
    return score + (_OTHER_NAME if candidate.kind == ALTERNATE else 0.0)


@cache
def _words() -> _Words:
    raw = tomllib.loads(resources.files("volteface.resolve").joinpath("places.toml").read_text(encoding="utf-8"))
    try:
        return _Words(
            frozenset(raw["seldom_places"]),
            frozenset(raw["locative"]),
            frozenset(raw["titles"]),
            frozenset(raw["things"]),
            {word: frozenset(features) for word, features in raw["kind_after"].items()},
        )
    except KeyError as error:
        raise CodebookError(f"places.toml: no table {error}") from error
