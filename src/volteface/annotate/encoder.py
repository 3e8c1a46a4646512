"""The one small encoder: a sentence in, what is going on between two of its parties out.

`trunk.onnx` reads a sentence once (embeddings and lower layers of all-MiniLM-L6-v2); `events.onnx` reads what the
trunk made of it once for each pair of parties, with the places of actor, recipient and trigger marked. Both are int8
and run on one thread, sentence by sentence, so that what is said of a sentence depends on that sentence alone. Made by
`training/train_events.py`; the card is `training/cards/events.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from volteface.errors import ModelError
from volteface.records import Span, Status

MODELS = "models"
# Word pieces read of one sentence, about 100 words: what comes later in a longer one the networks do not see.
LONGEST = 128
# What a word piece is to the event; the network learns a vector for each.
ROLES = {"none": 0, "actor": 1, "recipient": 2, "trigger": 3}


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the outputs of the event network stand for, in their order."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the trunk sees it: word pieces with their characters, and (1, pieces, width) states."""

    offsets: list[Span]
    states: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pair:
    """Character spans, in the sentence, of the parties of one possible event and of the word that carries it."""

    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    """Chances (pieces,) of every word piece to carry an event, to be of its actors, of its recipients."""

    trigger: NDArray[np.float64]
    actor: NDArray[np.float64]
    recipient: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits of one pair: (types,), (modes,), (statuses,), in the order of `Encoder.labels`."""

    types: NDArray[np.float32]
    modes: NDArray[np.float32]
    statuses: NDArray[np.float32]


def read_roles(offsets: Sequence[Span], pair: Pair) -> list[int]:
    """The role of every word piece: the first of trigger, actor and recipient that it touches."""
    sides = (
        (ROLES["trigger"], (pair.trigger,) if pair.trigger else ()),
        (ROLES["actor"], pair.actors),
        (ROLES["recipient"], pair.recipients),
    )
    return [
        next((role for role, spans in sides if any(s < end and start < e for s, e in spans)), ROLES["none"])
        if end > start
        else ROLES["none"]
        for start, end in offsets
    ]


class Encoder:
    """The bundled networks, or those of another folder, loaded when first asked.

    Raises `ModelError` where a file is missing or damaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder  # what is not there is taken from the bundled ones

    def read(self, text: str) -> Reading:
        """One sentence; what is longer than `LONGEST` word pieces is cut there."""
        coded = self._tokenizer.encode(text)
        states = self._trunk.run(None, {"ids": np.array([coded.ids], dtype=np.int64)})[0]
        return Reading(coded.offsets, states)

    def judge(self, reading: Reading, pair: Pair) -> Scores:
        """Scores of one pair of parties."""
        roles = np.array([read_roles(reading.offsets, pair)], dtype=np.int64)
        types, modes, statuses = self._events.run(None, {"states": reading.states, "roles": roles})
        return Scores(types[0], modes[0], statuses[0])

    def tag(self, reading: Reading, trigger: Span | None = None) -> Tags:
        """Where the events of a sentence are; with a trigger, where the parties of that event are."""
        roles = np.array([read_roles(reading.offsets, Pair((), (), trigger))], dtype=np.int64)
        tags = self._parties.run(None, {"states": reading.states, "roles": roles})[0][0].astype(np.float64)
        chances = 1 / (1 + np.exp(-tags))
        return Tags(chances[:, 0], chances[:, 1], chances[:, 2])

    @cached_property
    def labels(self) -> Labels:
        """What the outputs stand for."""
        try:
            return msgspec.json.decode(self._path("events.json").read_bytes(), type=Labels)
        except (OSError, msgspec.MsgspecError) as error:
            raise ModelError(f"events.json is missing or damaged: {error}") from error

    def _path(self, name: str) -> Path:
        if self._folder is not None and (self._folder / name).exists():
            return self._folder / name
        return Path(str(resources.files("volteface.annotate").joinpath(MODELS, name)))

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._path("tokenizer.json")))
        except Exception as error:
            raise ModelError(f"tokenizer.json is missing or damaged: {error}") from error
        tokenizer.enable_truncation(LONGEST)
        return tokenizer

    @cached_property
    def _trunk(self) -> Any:
        return _session(self._path("trunk.onnx"))

    @cached_property
    def _parties(self) -> Any:
        return _session(self._path("parties.onnx"))

    @cached_property
    def _events(self) -> Any:
        return _session(self._path("events.onnx"))


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{path.name} is missing or damaged: {error}") from error
