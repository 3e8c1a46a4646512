"""A linear-chain conditional random field: probabilities of each line's state given all lines. NumPy only.

J. Lafferty, A. McCallum, F. Pereira, "Conditional Random Fields", ICML 2001.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from volteface.errors import ModelError
from volteface.read.features import NAMES

Floats = NDArray[np.float64]

# Before the article, in it, furniture within it, after it. Nothing comes back from `after`, nothing to
# `before`.
STATES = ("before", "article", "inside", "after")
ARTICLE = STATES.index("article")


class _Weights(msgspec.Struct):
    features: tuple[str, ...]
    states: tuple[str, ...]
    emission: list[list[float]]
    transition: list[list[float | None]]
    start: list[float]
    end: list[float]


@dataclass(frozen=True, slots=True)
class Chain:
    """Weights: emission (features, states), transition (states, states; from row to column), start, end
    (states)."""

    emission: Floats
    transition: Floats
    start: Floats
    end: Floats

    def article(self, rows: list[list[float]]) -> list[float]:
        """The probability of each line that it is the article's."""
        if not rows:
            return []
        scores = np.asarray(rows, dtype=np.float64) @ self.emission
        return [float(p) for p in self.marginals(scores)[:, ARTICLE]]

    def marginals(self, scores: Floats) -> Floats:
        """Forward-backward over emission scores (lines, states) → probabilities (lines, states)."""
        count = len(scores)
        local = np.exp(scores - scores.max(axis=1, keepdims=True))
        move = np.exp(self.transition)
        forward, backward = np.empty_like(local), np.empty_like(local)
        # Scaled at every step, so that a page of any length stays within floating point.
        forward[0] = np.exp(self.start) * local[0]
        forward[0] /= forward[0].sum()
        for i in range(1, count):
            new = (forward[i - 1] @ move) * local[i]
            forward[i] = new / new.sum()
        backward[-1] = np.exp(self.end)
        for i in range(count - 2, -1, -1):
            new = move @ (backward[i + 1] * local[i + 1])
            backward[i] = new / new.sum()
        both = forward * backward
        return np.asarray(both / both.sum(axis=1, keepdims=True), dtype=np.float64)


# Stands for "cannot happen" in log space; finite, so that differences stay defined.
NEVER = -1e4


@cache
def line_model() -> Chain:
    """The bundled line model (training/cards/lines.md). Raises `ModelError` if it does not fit this code."""
    data = files("volteface.read").joinpath("data/lines.json").read_bytes()
    try:
        weights = msgspec.json.decode(data, type=_Weights)
    except msgspec.DecodeError as error:
        raise ModelError(f"lines.json is damaged: {error}") from error
    if weights.features != NAMES or weights.states != STATES:
        raise ModelError("lines.json was trained for other features; run training/train_lines.py")
    return Chain(
        emission=np.array(weights.emission),
        transition=np.array([[NEVER if v is None else v for v in row] for row in weights.transition]),
        start=np.array(weights.start),
        end=np.array(weights.end),
    )
