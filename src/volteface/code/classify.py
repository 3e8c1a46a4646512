"""The `classify` model: which event there is between two given parties of a sentence.

A multinomial logistic regression over named features (`code.pairs`); numpy only, weights as signed bytes in
`models/classify.npz`, made by `training/train_classify.py`. Its card is `training/cards/classify.md`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from volteface.annotate import Annotation
from volteface.code.pairs import Reading, read_pair
from volteface.codebook import plover
from volteface.errors import ModelError
from volteface.records import Span

MODEL = "classify.npz"
FORMAT = 1
NO_EVENT = "none"
# "No event" is an answer only when this sure: cross-validated, a floor of .7 instead of 0 turns 1.4 % of all
# pairs from a wrong silence into a right event and still leaves 77 % of the sentences without an event alone
# (the card has the curve).
NO_EVENT_FLOOR = 0.7
# Gold corpora count conceding and retreating as one; the rules tell them apart afterwards.
YIELDING = "YIELD"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The event between two parties: PLOVER type, mode and quad (None: no event); `confidence` is 0 to 1."""

    type: str | None
    mode: str | None
    quad: str | None
    confidence: float


class PairClassifier:
    """Weights by feature name. `weights` is (features, labels), `bias` (labels,)."""

    def __init__(
        self,
        *,
        names: Sequence[str],
        labels: Sequence[str],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        temperature: float,
    ) -> None:
        self._index = {name: n for n, name in enumerate(names)}
        self.labels = tuple(labels)
        self._weights, self._bias, self._temperature = weights, bias, temperature

    @classmethod
    def load(cls) -> PairClassifier:
        """The bundled model, read once. Raises `ModelError` if it is missing or damaged."""
        return _bundled()

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Calibrated probability of every label, `none` among them."""
        known = [(self._index[name], value) for name, value in features.items() if name in self._index]
        rows = np.array([n for n, _ in known], dtype=np.intp)
        values = np.array([value for _, value in known], dtype=np.float32)
        scores = (values @ self._weights[rows] + self._bias) / self._temperature
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        return dict(zip(self.labels, shares.tolist(), strict=True))

    def classify(self, annotation: Annotation, actor: Sequence[Span], recipient: Sequence[Span]) -> Verdict:
        """The event between actor and recipient, each a list of character spans that may be empty."""
        reading = read_pair(annotation, actor, recipient)
        shares = self.probabilities(reading.features)
        label = decide(shares)
        if label == NO_EVENT:
            return Verdict(None, None, None, round(shares[label], 4))
        type_ = _yielding(reading) if label == YIELDING else label
        return Verdict(type_, _mode(reading, type_), plover().quad(type_), round(shares[label], 4))


def decide(shares: Mapping[str, float]) -> str:
    """The likeliest label, where `none` counts only from `NO_EVENT_FLOOR` up; ties go to the alphabet."""
    open_to = [label for label in sorted(shares) if label != NO_EVENT or shares[label] >= NO_EVENT_FLOOR]
    return max(open_to, key=shares.__getitem__)


def _yielding(reading: Reading) -> str:
    """CONCEDE or RETREAT, as the best fitting pattern of either says; without one, an act with effect."""
    found = [(fit, p.type) for p, fit in reading.fits if p.type in ("CONCEDE", "RETREAT")]
    return max(found)[1] if found else "RETREAT"


def _mode(reading: Reading, type_: str) -> str | None:
    """The mode of the pattern of this type that fits the pair best."""
    found = [(fit, -n, p.mode) for n, (p, fit) in enumerate(reading.fits) if p.type == type_ and p.mode]
    return max(found)[2] if found else None


@cache
def _bundled() -> PairClassifier:
    path = resources.files("volteface.code").joinpath("models", MODEL)
    try:
        with resources.as_file(path) as file, np.load(file, allow_pickle=False) as data:
            if int(data["format"]) != FORMAT:
                raise ModelError(f"{MODEL}: format {int(data['format'])}, expected {FORMAT}")
            weights = data["weights"].astype(np.float32) * data["scale"].astype(np.float32)
            return PairClassifier(
                names=bytes(data["names"]).decode().split("\n"),
                labels=bytes(data["labels"]).decode().split("\n"),
                weights=weights,
                bias=data["bias"].astype(np.float32),
                temperature=float(data["temperature"]),
            )
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{MODEL} is missing or damaged: {error}") from error
