"""Words of a text as stems with weights: rare ones say more. The counts are of a fixed set of news texts, not of the
database, so that how alike two stories are does not change when others arrive (docs/decisions/0091-same-event.md)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# Suffixes of inflection, longest first, and what is put in their place; the stem keeps three letters.
_SUFFIXES = (
    ("ies", "y"),
    ("ied", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)
_LEAST_STEM = 3


class Background(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In how many of `documents` news texts each stem stands; those in fewer than two are left out."""

    documents: int
    counts: dict[str, int]


@cache
def background() -> Background:
    """The bundled counts, made by `training/train_links.py`."""
    return msgspec.json.decode(_bundled("words.json"), type=Background)


@cache
def _irregular() -> dict[str, str]:
    forms = msgspec.toml.decode(_bundled("irregular.toml"), type=dict[str, list[str]])
    return {form: _regular(base) for base, several in forms.items() for form in several}


def _bundled(name: str) -> bytes:
    return resources.files("volteface.link").joinpath("data", name).read_bytes()


def words(text: str) -> list[str]:
    """Words and numbers in order, in lower case, without a genitive's ending."""
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(text.lower())]


@cache
def stem(word: str) -> str:
    """The word without its ending of number, tense or person; irregular verbs by a list."""
    return _irregular().get(word) or _regular(word)


def _regular(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM and not word.endswith("ss"):
            word = word[: len(word) - len(suffix)] + instead
            break
    # "expelled" and "expel", "kills" and "killed": a last letter that stands twice counts once, whatever the form.
    return word[:-1] if len(word) > _LEAST_STEM and word[-1] == word[-2] else word


@cache
def weight(stem: str) -> float:
    """Inverse document frequency, 0 for what stands in every text to 1 for what stands in none."""
    known = background()
    return math.log((known.documents + 1) / (known.counts.get(stem, 0) + 1)) / math.log(known.documents + 1)


def telling(text: str) -> Vector:
    """Stems of a text with how telling each is: rare and frequent here."""
    counts = Counter(map(stem, words(text)))
    return Vector({word: weight(word) * (1 + math.log(count)) for word, count in counts.items()})


class Vector(dict[str, float]):
    """Stems with weights, and what they add up to."""

    __slots__ = ("length", "total")

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self.total = math.fsum(self.values())
        self.length = math.sqrt(math.fsum(value * value for value in self.values()))


def likeness(a: Vector, b: Vector) -> float:
    """Cosine of two vectors, 0 to 1."""
    shared = a.keys() & b.keys()
    return math.fsum([a[word] * b[word] for word in shared]) / (a.length * b.length) if shared else 0.0


def overlap(a: Vector, b: Vector) -> float:
    """The weight of shared words, as `a` has it, in the lesser of the two totals; 0 to 1 where the weights agree."""
    shared = a.keys() & b.keys()
    return math.fsum([a[word] for word in shared]) / min(a.total, b.total) if shared else 0.0
