"""Which place each name of a document means.

Decided once for a document and name: by size, by the countries and divisions that the other names of the
document lie in, and by what stands beside it ("Paris, Texas", "Aleppo province"). The names pull on each
other in a few rounds: each gives its country and division a share of its weight for every place it could be.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from volteface.annotate import Annotation
from volteface.records import Place, Precision
from volteface.resolve.gazetteer import ABBREVIATION, ALTERNATE, DEMONYM, MINOR, PRIMARY, Candidate, Gazetteer
from volteface.resolve.toponyms import MINOR_DIVISION, Name, find_names, is_located, kinds_said, prior

__all__ = ["Gazetteer", "find_places"]

# What a document all of whose other names lie in the same country or division adds to a place, what a
# neighbour that names its country or division adds, and what a word for its kind adds; in powers of ten of
# inhabitants, fitted by hand on 160 texts of LGL and GeoWebNews (docs/decisions/0021-gazetteer.md).
_SAME_COUNTRY, _SAME_DIVISION, _BESIDE_DIVISION, _BESIDE_COUNTRY, _KIND = 4.0, 5.0, 8.0, 5.0, 4.0
# An older or foreign name of one place that is the name of another today (Salisbury, once Harare).
_FORMER_NAME = -2.0
_ROUNDS = 3
# How much likelier a place of ten times the prior is counted when names are weighed, as a power of ten.
_SHARPNESS = 0.7

# Divisions too large for a name in them to say anything about another.
_WIDE = frozenset({("GBR", "England")})

# How exactly a feature of GeoNames is a place. What is not here is as exact as a division if it lies in one country.
_PRECISION: dict[str, Precision] = {
    **dict.fromkeys(("BLDG", "RD", "SQR", "AIRB", "HBR", "PPLX", "PASS", "HLL"), "point"),
    **dict.fromkeys(("PPL", "PPLC"), "city"),
    "ADM2": "district",
    "ADM1": "province",
    "PCLI": "country",
    "TERR": "country",
}

_Shares = dict[Candidate, float]
_Countries = Counter[str]
_Divisions = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Pick:
    """The place a name means, its share among all of that name, and why."""

    candidate: Candidate
    share: float
    reasons: tuple[str, ...]


def find_places(annotation: Annotation, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places the document names, in text order, ids P1, P2, …

    Adjectives and nouns of a people ("Russian", "Iraqis") count as their country, as in the gold data; their
    `text` is no name of `Place.name`, and `feature` is PCLI. A name that the parser calls a place, with a
    locative word before it, that the gazetteer does not know is given with its text as name and nothing else.
    """
    names = list(find_names(annotation, gazetteer))
    _set_beside(annotation, names)
    found: list[tuple[int, int, Pick | None]] = [
        (*annotation.span(name.first, name.last), pick)
        for name, pick in zip(names, _choose(names), strict=True)
    ]
    taken = {i for name in names for i in range(name.first, name.last)}
    for mention in annotation.mentions:
        unknown = mention.label == "GPE" and taken.isdisjoint(range(mention.first, mention.last))
        if unknown and is_located(annotation, mention.first):
            found.append((mention.start, mention.end, None))
    found.sort(key=lambda item: item[:2])
    return tuple(
        _place(f"P{number}", annotation.text[start:end], start, end, pick)
        for number, (start, end, pick) in enumerate(found, 1)
    )


def _place(id_: str, text: str, start: int, end: int, pick: Pick | None) -> Place:
    if pick is None:
        unknown = ("the words before it say a place; no gazetteer entry",)
        return Place(id_, text, start, end, text, None, None, None, None, None, None, reasons=unknown)
    site = pick.candidate.site
    return Place(
        id=id_,
        text=text,
        start=start,
        end=end,
        name=site.name,
        country=site.country,
        admin1=site.admin1,
        geonames=site.geonames,
        latitude=site.latitude,
        longitude=site.longitude,
        feature=site.feature,
        precision=_PRECISION.get(site.feature, "province" if site.country else None),
        score=round(pick.share, 2),
        reasons=pick.reasons,
    )


def _set_beside(annotation: Annotation, names: list[Name]) -> None:
    """For "Paris, Texas" and "Mosul in Iraq": give the first name what the second can be; for "Aleppo
    province", what kind it is."""
    tokens = annotation.tokens
    for name in names:
        name.kinds = kinds_said(annotation, name)
    for name, following in pairwise(names):
        between = [token.text for token in tokens[name.last : following.first]]
        after = tokens[following.last] if following.last < len(tokens) else None
        # In "talks in Vienna, U.S. officials said" the second name belongs to what follows it.
        modifies = after is not None and after.pos in ("PROPN", "NOUN", "ADJ")
        if between == ["in"] or (between in ([","], ["("]) and not modifies):
            name.beside = following.candidates


def _choose(names: list[Name]) -> list[Pick]:
    """One place for each name: the same for all mentions of a name, except where something stands beside
    one."""
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        groups[name.key].append(name)
    alone = {key: _alone(group) for key, group in groups.items()}
    weights = {key: 1 + math.log(len(group)) for key, group in groups.items()}
    shares = {key: _shares(scores) for key, scores in alone.items()}
    for _ in range(_ROUNDS):
        shares = _round(alone, weights, shares)
    usual = {key: max(share, key=lambda c: (share[c], -c.row)) for key, share in shares.items()}
    lying = Counter(c.site.country for c in usual.values())
    picks = []
    for name in names:
        candidate = _of_mention(name, usual[name.key])
        by_itself = candidate is not usual[name.key]
        share = (_shares(_says(name)) if by_itself else shares[name.key])[candidate]
        others = 0 if by_itself or not candidate.site.country else lying[candidate.site.country] - 1
        picks.append(Pick(candidate, share, _reasons(name, candidate, others)))
    return picks


def _reasons(name: Name, pick: Candidate, others: int) -> tuple[str, ...]:
    """Why a name means a place; `others` other names of the document lie in its country."""
    site, rivals, reasons = pick.site, len(name.candidates), []
    if pick.kind == DEMONYM:
        reasons.append("a people or adjective, for its country")
    elif pick.kind in (ALTERNATE, ABBREVIATION):
        reasons.append(f"another name or abbreviation of {site.name}")
    if rivals == 1:
        reasons.append("the only place of this name")
    else:
        likeliest = prior(pick) >= max(map(prior, name.candidates))
        reasons.append(
            f"the largest or most general of {rivals} of this name"
            if likeliest
            else f"one of {rivals} of this name"
        )
    if _beside(name, pick):
        what = "a word for its kind" if not _nested(name, pick) else "the country or division it lies in"
        reasons.append(f"{what} stands beside it")
    if others:
        reasons.append(f"{others} other {'names' if others > 1 else 'name'} here in the same country")
    return tuple(reasons)


def _alone(group: list[Name]) -> dict[Candidate, float]:
    """What speaks for each place of a name without the document's other names."""
    candidates = group[0].candidates
    named = any(c.kind == PRIMARY for c in candidates)
    return {
        c: prior(c)
        + max(_nested(name, c) for name in group)
        # "Lagos state" is the state; it does not make one of every "Lagos".
        + min(_kind(name, c) for name in group)
        + (_FORMER_NAME if named and c.kind == ALTERNATE else 0.0)
        for c in candidates
    }


def _round(
    alone: dict[str, dict[Candidate, float]], weights: dict[str, float], shares: dict[str, _Shares]
) -> dict[str, _Shares]:
    """The shares of each name's places, given those of all other names."""
    countries, divisions = _votes(weights, shares)
    total = sum(weights.values())
    settled = {}
    for key, scores in alone.items():
        own_countries, own_divisions = _votes({key: weights[key]}, shares)
        rest = max(total - weights[key], 1.0)
        pulled = {}
        for candidate, score in scores.items():
            country, division = candidate.site.country, candidate.site.admin1
            if country:
                score += _SAME_COUNTRY * (countries[country] - own_countries[country]) / rest
            if country and division and (country, division) not in _WIDE:
                both = country, division
                score += _SAME_DIVISION * (divisions[both] - own_divisions[both]) / rest
            pulled[candidate] = score
        settled[key] = _shares(pulled)
    return settled


def _shares(scores: dict[Candidate, float]) -> _Shares:
    """Scores as shares of one, so that a name that could be many places pulls others little to any of
    them."""
    best = max(scores.values())
    raw = {candidate: 10 ** (_SHARPNESS * (score - best)) for candidate, score in scores.items()}
    total = sum(raw.values())
    return {candidate: value / total for candidate, value in raw.items()}


def _votes(weights: dict[str, float], shares: dict[str, _Shares]) -> tuple[_Countries, _Divisions]:
    """How much of the document's names lies in each country and in each first-order division."""
    countries: _Countries = Counter()
    divisions: _Divisions = Counter()
    for key, weight in weights.items():
        for candidate, share in shares[key].items():
            country = candidate.site.country or ""
            countries[country] += weight * share  # type: ignore[assignment]
            divisions[country, candidate.site.admin1 or ""] += weight * share  # type: ignore[assignment]
    return countries, divisions


def _of_mention(name: Name, usual: Candidate) -> Candidate:
    """The place of one mention: the document's, unless its own neighbours speak for another."""
    says = _says(name)
    best = max(name.candidates, key=lambda c: (says[c], -c.row))
    if _beside(name, best) <= _beside(name, usual):
        return usual
    return best if says[best] > says[usual] else usual


def _says(name: Name) -> dict[Candidate, float]:
    """What speaks for each place of one mention by itself."""
    return {c: _beside(name, c) + prior(c) for c in name.candidates}


def _beside(name: Name, candidate: Candidate) -> float:
    """What the words right beside a name say for a candidate."""
    return _nested(name, candidate) + _kind(name, candidate)


def _nested(name: Name, candidate: Candidate) -> float:
    """What the name right after says, if it is the candidate's country or division."""
    score, site = 0.0, candidate.site
    for larger in (other.site for other in name.beside if other.kind != DEMONYM):
        in_country = larger.feature == "PCLI" and larger.country == site.country and site.feature != "PCLI"
        in_division = larger.feature == "ADM1" and (larger.country, larger.name) == (
            site.country,
            site.admin1,
        )
        if in_division and site.feature != "ADM1":
            score = _BESIDE_DIVISION
        elif in_country:
            score = max(score, _BESIDE_COUNTRY)
    return score


def _kind(name: Name, candidate: Candidate) -> float:
    """What a word for a candidate's kind beside the name says; it makes a small division as good as any."""
    if candidate.site.feature not in name.kinds:
        return 0.0
    return _KIND - (MINOR_DIVISION if candidate.kind == MINOR else 0.0)
