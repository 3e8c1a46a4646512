"""Train the `classify` model and measure it by cross-validation.

    python -m training.train_classify --relations relations-train.jsonl --spans spans-train.jsonl \
        --classes classes-train.jsonl --predictions predictions.jsonl

Gold of pairs: JSON Lines `{"id", "text", "actor": [[s, e]], "recipient": [[s, e]], "type"}`. Sentences
without an event are the hand-written `data/classify_negatives.jsonl` and, where given, gold sentences whose
quad is null, with their spans. `--predictions` gets the cross-validated answers, for `score_relations.py`.
Needs scikit-learn; the model it writes does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped, unused-ignore]

from training.event_examples import (
    FOLDS,
    NO_EVENT,
    YIELDING,
    Example,
    classes,
    fold_of,
    group_of,
    parsed,
    relations,
    rows,
)
from volteface.annotate import Parser
from volteface.code.classify import FORMAT, MODEL, decide
from volteface.code.pairs import read_pair
from volteface.records import Span

HERE = Path(__file__).parent
BUNDLED = HERE.parent / "src" / "volteface" / "code" / "models" / MODEL
# Regularisation: .3, 1 and 3 give macro-F1 .819, .826 and .828 on the folds; 1 is the middle of a flat top.
STRENGTH = 1.0
# A feature seen once cannot be checked against anything.
LEAST_SEEN = 2


def main() -> None:
    """Read gold, cross-validate, fit on everything, write the model."""
    options = _options()
    examples = [*relations(options.relations), *negatives(HERE / "data" / "classify_negatives.jsonl")]
    if options.spans and options.classes:
        examples += quiet(options.spans, options.classes)
    features = read_features(examples)
    scores = _cross_validate(examples, features)
    temperature = _temperature(examples, scores)
    _report(examples, scores, temperature)
    if options.predictions:
        _write_predictions(options.predictions, examples, scores, temperature)
    names, weights, bias = fit(features, [label_of(e) for e in examples])
    _save(options.out, names, _labels(examples), weights, bias, temperature)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB, {len(names)} features")


def _options() -> Any:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--relations", type=Path, required=True)
    parser.add_argument("--spans", type=Path)
    parser.add_argument("--classes", type=Path)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument(
        "--out", type=Path, default=HERE.parent / "src" / "volteface" / "code" / "models" / MODEL
    )
    return parser.parse_args()


# ---- examples


def negatives(path: Path) -> list[Example]:
    """Hand-written pairs between whom nothing happens: the words of both stand in the text once."""
    found = []
    for n, row in enumerate(rows(path)):
        text = row["text"]
        actor, recipient = _where(text, row["actor"]), _where(text, row["recipient"])
        found.append(Example(f"negative-{n}", text, actor, recipient, None, (NO_EVENT,), group_of(text)))
    return found


def _where(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return ((start, start + len(words)),)


def quiet(spans: Path, classes_: Path) -> list[Example]:
    """Gold sentences with parties whose class is null, appeals left out."""
    return [e for e in classes(spans, classes_) if e.labels == (NO_EVENT,) and e.actors]


def label_of(example: Example) -> str:
    """The one label: conceding and retreating count as one."""
    return "YIELD" if example.labels == YIELDING else example.labels[0]


def read_features(examples: Sequence[Example]) -> list[dict[str, float]]:
    """The features of every pair."""
    parser = Parser()
    return [read_pair(parsed(parser, e.text), e.actors, e.recipients).features for e in examples]


# ---- fitting


def _labels(examples: Sequence[Example]) -> list[str]:
    return sorted({label_of(e) for e in examples})


def to_matrix(features: Sequence[dict[str, float]], index: dict[str, int]) -> Any:
    """A sparse row for each pair, a column for each name of `index`."""
    lines, columns, values = [], [], []
    for n, found in enumerate(features):
        for name, value in found.items():
            if name in index:
                lines.append(n)
                columns.append(index[name])
                values.append(value)
    return csr_matrix((values, (lines, columns)), shape=(len(features), len(index)))


def fit(
    features: Sequence[dict[str, float]], labels: Sequence[str]
) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    """Names of the features, (features, labels) weights and (labels,) bias, labels in alphabetical order."""
    seen = Counter(name for found in features for name in found)
    names = sorted(name for name, count in seen.items() if count >= LEAST_SEEN and "\n" not in name)
    index = {name: n for n, name in enumerate(names)}
    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(to_matrix(features, index), labels)
    return names, model.coef_.T, model.intercept_


def _cross_validate(examples: Sequence[Example], features: Sequence[dict[str, float]]) -> NDArray[np.float64]:
    folds = [fold_of(e.group) for e in examples]
    labels = _labels(examples)
    scores = np.full((len(examples), len(labels)), -30.0)
    for fold in range(FOLDS):
        inside = [n for n, f in enumerate(folds) if f != fold]
        outside = [n for n, f in enumerate(folds) if f == fold]
        known = sorted({label_of(examples[n]) for n in inside})
        names, weights, bias = fit([features[n] for n in inside], [label_of(examples[n]) for n in inside])
        columns = to_matrix([features[n] for n in outside], {name: n for n, name in enumerate(names)})
        scores[np.ix_(outside, [labels.index(k) for k in known])] = columns @ weights + bias
    return scores


def softmax(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Scores (pairs, labels) as chances."""
    exponents = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))


def _temperature(examples: Sequence[Example], scores: NDArray[np.float64]) -> float:
    """The temperature at which the held-out answers are likeliest."""
    labels = _labels(examples)
    truth = [labels.index(label_of(e)) for e in examples]

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(scores, temperature)[np.arange(len(truth)), truth] + 1e-12).mean())

    return min((t / 20 for t in range(6, 61)), key=loss)


def _report(examples: Sequence[Example], scores: NDArray[np.float64], temperature: float) -> None:
    labels, chances = _labels(examples), softmax(scores, temperature)
    said = [decide(dict(zip(labels, row, strict=True))) for row in chances.tolist()]
    sure = chances.max(axis=1)
    right = np.array([s == label_of(e) for s, e in zip(said, examples, strict=True)])
    events = np.array([label_of(e) != NO_EVENT for e in examples])
    f1 = [_f1(said, [label_of(e) for e in examples], label, events) for label in labels if label != NO_EVENT]
    print(f"cross-validated, {FOLDS} folds by sentence: {events.sum()} pairs with an event")
    print(
        f"  type macro-F1 {np.mean(f1):.4f}, accuracy {right[events].mean():.4f}, temperature {temperature}"
    )
    print(f"  no event: {(~events).sum()} pairs, answered so {right[~events].mean():.4f}")
    for floor in (0.5, 0.7, 0.8, 0.9):
        kept = sure >= floor
        print(f"  confidence >= {floor}: {kept.mean():.3f} of pairs, {right[kept].mean():.4f} right")


def _f1(said: Sequence[str], gold: Sequence[str], label: str, among: NDArray[np.bool_]) -> float:
    pairs = [(s, g) for s, g, ok in zip(said, gold, among, strict=True) if ok]
    hit = sum(s == g == label for s, g in pairs)
    total = sum(s == label for s, _ in pairs) + sum(g == label for _, g in pairs)
    return 2 * hit / total if total else 0.0


def _write_predictions(
    path: Path, examples: Sequence[Example], scores: NDArray[np.float64], temperature: float
) -> None:
    labels, chances = _labels(examples), softmax(scores, temperature)
    with path.open("w", encoding="utf-8") as file:
        for example, row in zip(examples, chances, strict=True):
            label = decide(dict(zip(labels, row.tolist(), strict=True)))
            answer = {
                "id": example.id,
                "type": None if label == NO_EVENT else label,
                "confidence": float(row.max()),
            }
            file.write(json.dumps(answer) + "\n")


def _save(
    path: Path,
    names: Sequence[str],
    labels: Sequence[str],
    weights: NDArray[np.float64],
    bias: NDArray[np.float64],
    temperature: float,
) -> None:
    """Weights as signed bytes with one scale for each label."""
    path.parent.mkdir(exist_ok=True)
    scale = np.abs(weights).max(axis=0, keepdims=True) / 127
    np.savez_compressed(
        path,
        format=np.int32(FORMAT),
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        labels=np.frombuffer("\n".join(labels).encode(), dtype=np.uint8),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
        temperature=np.float32(temperature),
    )


if __name__ == "__main__":
    main()
