"""Copies are told from independent reports as well as they have to be."""

from __future__ import annotations

from evaluation.copies import WANTED, judged, load_pairs, summary


def test_precision_and_recall_are_above_their_floors() -> None:
    pairs = load_pairs()
    found = summary(pairs, [judged(pair) for pair in pairs])
    assert found["all"]["pairs"] >= 500
    for split in ("open", "held", "all"):
        assert {name: found[split][name] >= floor for name, floor in WANTED.items()} == dict.fromkeys(
            WANTED, True
        )
