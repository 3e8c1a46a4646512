"""Which event there is between two given parties of a sentence.

Two models answer together. The event network sees the whole sentence (`annotate.encoder`); a multinomial logistic
regression over named features (`code.pairs`) sees what the rules find: numpy only, weights as signed bytes in
`models/classify.npz`, made by `training/train_classify.py`. The card of both is `training/cards/classify.md`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from volteface.annotate import Annotation
from volteface.annotate.encoder import Encoder, Pair
from volteface.code.pairs import read_pair
from volteface.code.weigh import ASIDE, NO_EVENT, likeliest_mode, shares
from volteface.codebook import plover
from volteface.errors import ModelError
from volteface.records import Span

MODEL = "classify.npz"
FORMAT = 1
# "No event" is an answer only when this sure: cross-validated, with both models, a floor of .8 instead of .7 turns 8
# of 1,049 pairs from a wrong silence into an answer, mostly a right one (training/cards/classify.md).
NO_EVENT_FLOOR = 0.8
# Gold corpora count conceding and retreating as one; the network tells them apart afterwards.
YIELDING, YIELDING_TYPES = "YIELD", ("CONCEDE", "RETREAT")
# What the features' log chances count beside the network's: on a held-out fold 0, .3, .5 and 1 give type macro-F1
# .842, .860, .854 and .855 (training/cards/classify.md).
TRUST_IN_FEATURES = 0.3
LEAST = 1e-6


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


def classify(
    annotation: Annotation,
    actor: Sequence[Span],
    recipient: Sequence[Span],
    *,
    classifier: PairClassifier,
    encoder: Encoder,
) -> Verdict:
    """The event between actor and recipient, each a list of character spans that may be empty."""
    reading = read_pair(annotation, actor, recipient)
    first = min((s.start for s in reading.sentences), default=0)
    last = max((s.end for s in reading.sentences), default=0)
    actors, recipients = (tuple((s - first, e - first) for s, e in side) for side in (actor, recipient))
    scores = encoder.judge(encoder.read(annotation.text[first:last]), Pair(actors, recipients))
    seen = shares(encoder.labels.types, scores.types)
    chances = together(seen, classifier.probabilities(reading.features))
    label = decide(chances)
    if label == NO_EVENT:
        return Verdict(None, None, None, round(chances[label], 4))
    type_ = max(YIELDING_TYPES, key=seen.__getitem__) if label == YIELDING else label
    mode = likeliest_mode(type_, scores, encoder.labels)
    return Verdict(type_, mode, plover().quad(type_), round(chances[label], 4))


def together(seen: Mapping[str, float], said: Mapping[str, float]) -> dict[str, float]:
    """The chance of every label that gold pairs have, from the network's and the features' chances."""
    seen = {label: chance for label, chance in seen.items() if label != ASIDE}
    seen[YIELDING] = sum(seen.pop(type_) for type_ in YIELDING_TYPES)
    logs = {
        label: log(chance + LEAST) + TRUST_IN_FEATURES * log(said.get(label, 0.0) + LEAST)
        for label, chance in seen.items()
    }
    top = max(logs.values())
    weights = {label: exp(score - top) for label, score in logs.items()}
    total = sum(weights.values())
    return {label: weight / total for label, weight in weights.items()}


def decide(shares: Mapping[str, float]) -> str:
    """The likeliest label, where `none` counts only from `NO_EVENT_FLOOR` up; ties go to the alphabet."""
    open_to = [label for label in sorted(shares) if label != NO_EVENT or shares[label] >= NO_EVENT_FLOOR]
    return max(open_to, key=shares.__getitem__)


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
