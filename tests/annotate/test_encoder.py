"""The encoder: the bundled networks load, answer the same twice, and say what is damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from volteface.annotate.encoder import LONGEST, Encoder, Pair
from volteface.codebook import plover
from volteface.errors import ModelError

SENTENCE = "Norway accused Iceland of ramming a trawler."


@pytest.mark.model
def test_answers_are_the_same_twice_and_whatever_was_asked_before() -> None:
    pair = Pair(((0, 6),), ((15, 22),), (7, 14))
    one, other = Encoder(), Encoder()
    other.judge(other.read("Peru sent blankets to Chile."), Pair(((0, 4),), ((22, 27),)))
    first, second = (e.judge(e.read(SENTENCE), pair) for e in (one, other))
    assert np.array_equal(first.types, second.types)
    assert np.array_equal(first.modes, second.modes)


@pytest.mark.model
def test_labels_are_of_the_ontology() -> None:
    labels = Encoder().labels
    assert set(plover().types) == set(labels.types) - {"none", "aside"}
    for name in labels.modes:
        type_, _, mode = name.partition("/")
        plover().check(type_, None if mode == "-" else mode, "events.json")


@pytest.mark.model
def test_a_sentence_without_end_is_cut() -> None:
    reading = Encoder().read("Norway condemned Iceland and " * 5_000)
    assert len(reading.offsets) == LONGEST == reading.states.shape[1]


@pytest.mark.model
def test_parties_of_a_trigger() -> None:
    encoder = Encoder()
    reading = encoder.read(SENTENCE)
    tags = encoder.tag(reading, (7, 14))
    spoken = [SENTENCE[start:end] for start, end in reading.offsets]
    assert tags.actor[spoken.index("Norway")] > 0.5 > tags.recipient[spoken.index("Norway")]
    assert tags.recipient[spoken.index("Iceland")] > 0.5 > tags.actor[spoken.index("Iceland")]


@pytest.mark.parametrize("name", ["trunk.onnx", "tokenizer.json"])
def test_damage_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no model")
    with pytest.raises(ModelError, match=name):
        Encoder(tmp_path).read(SENTENCE)
