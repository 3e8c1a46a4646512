"""Words of a text as stems with weights: rare ones say more. The counts are of a fixed set of news texts, not of the
database, so that how alike two stories are does not change when others arrive (docs/decisions/0091-same-event.md)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

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
# Pairs whose vectors stand in memory at once, and what a sum of a vector's products can be wrong by.
AT_ONCE = 20_000
ROUNDING = 1e-9


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


def not_apart(vectors: Sequence[Vector], pairs: Sequence[tuple[int, int]], least: float) -> NDArray[np.bool_]:
    """Which pairs of vectors, by their numbers, may have a `likeness` of at least `least`: all at once, ten times as
    fast as one by one. Sums here depend on what else is asked, so what is decided is decided by `likeness`; this
    leaves out only what is below by more than rounding.
    """
    numbers: dict[str, int] = {}
    columns = [numbers.setdefault(word, len(numbers)) for vector in vectors for word in vector]
    lengths = np.array([vector.length or 1.0 for vector in vectors])
    counts = [len(vector) for vector in vectors]
    values = np.fromiter((value for vector in vectors for value in vector.values()), float, len(columns))
    values /= np.repeat(lengths, counts)
    shape = len(vectors), len(numbers)
    rows = csr_array((values, columns, np.cumsum([0, *counts])), shape=shape)
    asked = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    found = np.empty(len(asked), dtype=bool)
    for begin in range(0, len(asked), AT_ONCE):
        ones, others = asked[begin : begin + AT_ONCE].T
        found[begin : begin + AT_ONCE] = (rows[ones] * rows[others]).sum(axis=1) >= least - ROUNDING
    return found


def overlap(a: Vector, b: Vector) -> float:
    """The weight of shared words, as `a` has it, in the lesser of the two totals; 0 to 1 where the weights agree."""
    shared = a.keys() & b.keys()
    return math.fsum([a[word] for word in shared]) / min(a.total, b.total) if shared else 0.0
