"""Accuracy is a gate: the coder stays above its floors on the bundled gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.gates import below, corpus_digest, load_floors, measured, raised, write_floors
from volteface.pipeline import Coder


def test_the_floors_are_of_this_corpus() -> None:
    digest, _ = load_floors()
    assert digest == corpus_digest(), "gold or pages changed: look at the figures, then --reset the floors"


@pytest.mark.model
def test_nothing_is_below_its_floor(coder: Coder) -> None:
    assert below(measured(coder), load_floors()[1]) == []


def test_what_is_below_is_named() -> None:
    floors = {"pages": {"recall": 0.5, "precision": 0.5}}
    assert below({"pages": {"recall": 0.5, "precision": 0.49}}, floors) == [
        "pages precision: 0.49 is below 0.5"
    ]
    assert len(below({}, floors)) == 2


def test_floors_are_only_raised() -> None:
    found = {"pages": {"recall": 0.7, "precision": 0.5, "new": 0.01}}
    assert raised(found, {"pages": {"recall": 0.5, "precision": 0.6}}) == {
        "pages": {"recall": 0.68, "precision": 0.6, "new": 0.0}
    }


def test_a_phenomenon_has_a_wider_margin() -> None:
    assert raised({"phenomena": {"denial": 0.7}}, {}) == {"phenomena": {"denial": 0.64}}


def test_floors_come_back(tmp_path: Path) -> None:
    floors = {"pages-dev": {"recall": 0.5}, "sentences": {"quiet": 0.25}}
    write_floors(floors, tmp_path / "floors.toml")
    assert load_floors(tmp_path / "floors.toml") == (corpus_digest(), floors)
