"""How likely a candidate is what a careful annotator would mark: a small network over named features.

The features' rows are added up, then two layers; numpy only. Weights as signed bytes in `models/attribution.npz`,
made by `training/train_attribution.py`; the card is `training/cards/attribution.md`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from volteface.errors import ModelError

MODEL = "attribution.npz"
# The same kind of network over the edges of contents (`edges.py`), with one output.
EDGES = "edges.npz"
FORMAT = 1
# Parts of a model file beside names and format; `*_scale` turns the bytes of a row or layer back into weights.
LAYERS = ("rows", "bias", "hidden", "hidden_bias", "out", "out_bias")

Floats = NDArray[np.float32]


class Scorer:
    """Weights by feature name. `rows` is (features, width), `hidden` (width, middle), `out` (middle, outputs): of
    candidates logits of "content and source right", "content exact too" and "source exact too"; of edges one."""

    def __init__(self, names: Sequence[str], layers: Mapping[str, Floats]) -> None:
        self._index = {name: n for n, name in enumerate(names)}
        self._layers = dict(layers)

    @classmethod
    def load(cls, model: str = MODEL) -> Scorer:
        """A bundled model, read once. Raises `ModelError` if it is missing or damaged."""
        return _bundled(model)

    def scores(self, candidates: Sequence[Sequence[int]]) -> Floats:
        """(candidates, 3): how likely content and source are right, with an exact content, with an exact source."""
        return np.asarray(1 / (1 + np.exp(-self.logits(candidates))), dtype=np.float32)

    def rows(self, names: Iterable[str]) -> list[int]:
        """The rows of the features the network knows among these."""
        index = self._index
        return [row for name in names if (row := index.get(name)) is not None]

    def logits(self, candidates: Sequence[Sequence[int]]) -> Floats:
        """(candidates, outputs): what the network says of things given by the rows of their features."""
        layers = self._layers
        if not candidates:
            return np.zeros((0, layers["out_bias"].shape[0]), dtype=np.float32)
        every = layers["rows"][np.fromiter(chain.from_iterable(candidates), dtype=np.intp)]
        sums = np.empty((len(candidates), layers["bias"].shape[0]), dtype=np.float32)
        end = 0
        for n, rows in enumerate(candidates):
            start, end = end, end + len(rows)
            np.add.reduce(every[start:end], 0, None, sums[n])
        inner = np.maximum(sums + layers["bias"], 0)
        inner = np.maximum(inner @ layers["hidden"] + layers["hidden_bias"], 0)
        return np.asarray(inner @ layers["out"] + layers["out_bias"], dtype=np.float32)


@cache
def _bundled(model: str) -> Scorer:
    path = resources.files(__package__).joinpath("models", model)
    try:
        with resources.as_file(path) as file, np.load(file, allow_pickle=False) as data:
            if int(data["format"]) != FORMAT:
                raise ModelError(f"{model}: format {int(data['format'])}, expected {FORMAT}")
            names = bytes(data["names"]).decode().split("\n")
            layers = {name: data[name].astype(np.float32) for name in LAYERS}
            layers["rows"] *= data["rows_scale"].astype(np.float32)
            return Scorer(names, layers)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{model} is missing or damaged: {error}") from error
