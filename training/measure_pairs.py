"""What `volteface classify` answers on held-out pairs: event networks of the folds and features' model together.

    python -m training.measure_pairs --relations relations-train.jsonl --spans spans-train.jsonl \
        --classes classes-train.jsonl --folds DIR --predictions FILE

`--folds` is what `training.train_events --cross-validate` wrote; folds that are not there are left out with their
pairs. The features' model is fitted anew without each fold. `--predictions` is for `score_relations.py`, as is the gold
of the same pairs, written beside it with the suffix `.gold`.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from training import train_classify
from training.event_examples import FOLDS, NO_EVENT, Example, fold_of, gold_options, relations, rows
from volteface.code.classify import decide, together
from volteface.code.weigh import shares


def main() -> None:
    """Answer every pair of the folds that were trained."""
    options = gold_options(__doc__, "folds", "predictions").parse_args()
    pairs = relations(options.relations)
    examples = [*pairs, *train_classify.quiet(options.spans, options.classes)]
    features = train_classify.read_features(examples)
    answers: dict[str, dict[str, object]] = {}
    for fold in range(FOLDS):
        path = options.folds / f"scores-{fold}.npz"
        if path.exists():
            answers |= _answers(fold, path, options.folds, examples, features, len(pairs))
    with options.predictions.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(answer) + "\n" for answer in answers.values())
    gold = [json.dumps(r) + "\n" for r in rows(options.relations) if r["id"] in answers]
    options.predictions.with_suffix(".gold").write_text("".join(gold), encoding="utf-8")
    print(f"{len(answers)} of {len(pairs)} pairs answered")


def _answers(
    fold: int,
    path: Path,
    folder: Path,
    examples: list[Example],
    features: list[dict[str, float]],
    pairs: int,
) -> dict[str, dict[str, object]]:
    names = json.loads((folder / str(fold) / "events.json").read_text(encoding="utf-8"))["types"]
    with np.load(path) as data:
        logits = dict(zip(data["index"].tolist(), data["types_hidden"], strict=True))
    inside = [n for n, e in enumerate(examples) if fold_of(e.group) != fold]
    outside = [n for n in range(pairs) if fold_of(examples[n].group) == fold]
    labels = [train_classify.label_of(e) for e in examples]
    known, weights, bias = train_classify.fit([features[n] for n in inside], [labels[n] for n in inside])
    matrix = train_classify.to_matrix(
        [features[n] for n in outside], {name: n for n, name in enumerate(known)}
    )
    said = train_classify.softmax(matrix @ weights + bias, 1.0)
    order = sorted({labels[n] for n in inside})
    found: dict[str, dict[str, object]] = {}
    for n, row in zip(outside, said.tolist(), strict=True):
        chances = together(shares(names, logits[n]), dict(zip(order, row, strict=True)))
        label = decide(chances)
        found[examples[n].id] = {
            "id": examples[n].id,
            "type": None if label == NO_EVENT else label,
            "confidence": round(chances[label], 4),
        }
    return found


if __name__ == "__main__":
    main()
