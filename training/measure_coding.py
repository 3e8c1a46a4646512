"""Code the gold sentences whole, each with the networks that have not seen it, and say how far confidence holds.

    python -m training.measure_coding --relations relations-train.jsonl --spans spans-train.jsonl \
        --classes classes-train.jsonl --folds DIR --out OUT

`--folds` is what `training.train_events` and `training.train_parties --cross-validate` wrote; a fold without
networks is left out with its sentences. For each of the three files, `OUT` gets the gold (`relations.gold.jsonl`)
and the records (`relations.jsonl`), for `score_sentences.py` and, of spans, `score_spans.py`. The rules are those of
the package: only the networks are held out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from training.event_examples import FOLDS, GOLD_FILES, fold_of, gold_options, group_of, rows, spans
from volteface.annotate.encoder import Encoder
from volteface.pipeline import Coder
from volteface.read import RawPage, to_document
from volteface.records import Participant, Record, Span

NETWORKS = ("events.onnx", "parties.onnx")
YIELDING = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)

# A gold row with what was coded from it.
Coded = tuple[dict[str, Any], Record]


def main() -> None:
    """Code every sentence of the folds that were trained, write gold and records, print the calibration."""
    options = gold_options(__doc__, "folds", "out").parse_args()
    coders = _coders(options.folds)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in GOLD_FILES:
        coded = list(_code(rows(getattr(options, name)), coders))
        (options.out / f"{name}.gold.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row, _ in coded), encoding="utf-8"
        )
        (options.out / f"{name}.jsonl").write_text(
            "".join(record.to_json() + "\n" for _, record in coded), encoding="utf-8"
        )
        print(f"{name}: {len(coded)} sentences coded", file=sys.stderr)
        if name == "relations":
            _print_calibration(coded)


def _coders(folder: Path) -> dict[int, Coder]:
    complete = [n for n in range(FOLDS) if all((folder / str(n) / name).exists() for name in NETWORKS)]
    if not complete:
        sys.exit(f"{folder}: no fold has both {' and '.join(NETWORKS)}")
    return {n: Coder(encoder=Encoder(folder / str(n))) for n in complete}


def _code(gold: Sequence[dict[str, Any]], coders: dict[int, Coder]) -> Iterator[Coded]:
    for row in gold:
        coder = coders.get(fold_of(group_of(row["text"])))
        if coder is not None:
            page = RawPage.of_text(row["text"], source=row["id"])
            yield row, coder.code(to_document(page, any_language=True))


def _print_calibration(coded: Sequence[Coded]) -> None:
    """Of the events between gold parties: how sure the coder was, and how often the type was right."""
    found = np.array(
        [
            (event.confidence, YIELDING.get(event.type, event.type) == row["type"])
            for row, record in coded
            for event in record.events
            if _touch(event.actors, spans(row["actor"])) and _touch(event.recipients, spans(row["recipient"]))
        ],
        dtype=float,
    )
    sure, right = found[:, 0], found[:, 1]
    print(f"{len(found)} events between gold parties, {right.mean():.3f} of the right type")
    error = 0.0
    for low, high in pairwise(BOUNDS):
        part = (sure >= low) & (sure < high)
        if part.any():
            error += part.mean() * abs(sure[part].mean() - right[part].mean())
            said, were = sure[part].mean(), right[part].mean()
            print(f"  confidence {low:.2f} and more: {part.sum():4}, said {said:.3f}, right {were:.3f}")
    print(f"  expected calibration error {error:.3f}")


def _touch(parties: Sequence[Participant], gold: Sequence[Span]) -> bool:
    return any(p.start < end and start < p.end for p in parties for start, end in gold)


if __name__ == "__main__":
    main()
