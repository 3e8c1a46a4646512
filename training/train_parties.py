"""Train the parties network: which words of a sentence carry events, and who acts on whom in each.

    python -m training.train_parties --encoder DIR --relations relations-train.jsonl --spans spans-train.jsonl \
        --classes classes-train.jsonl [--cross-validate DIR]

Two layers over the same trunk as the event network (`training/train_events.py`, which explains the options). Without
roles it marks the triggers of a sentence, with one trigger marked the words of its actors and recipients
(`parties.onnx`). Triggers are learnt from the hand-written sentences alone, parties from these and from gold spans
whose trigger the rules find.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.event_examples import (
    NO_EVENT,
    Example,
    classes,
    fold_of,
    group_of,
    joined,
    relations,
    with_triggers,
    written,
)
from training.marked import load_marked
from training.nets import SEED, Reader, Upper, fit, stack, to_int8
from training.train_events import HERE, event_options
from volteface.annotate import Parser
from volteface.annotate.encoder import ROLES, Pair, read_roles
from volteface.records import Span

LAYERS, EPOCHS = 3, 4
# Of the sentences with parties, the share that is learnt once more joined to another sentence: without these the
# network takes the parties of another clause for its own.
JOINED_SHARE = 0.6
# Outputs for every word piece.
TAGS = ("trigger", "actor", "recipient")


@dataclass(frozen=True)
class Row:
    """One reading of a sentence: (pieces,) roles in, (pieces, tags) targets and, of the tags, which are known."""

    states: Tensor
    roles: Tensor
    targets: Tensor
    known: Tensor
    folds: set[int]


def main() -> None:
    """Read examples, cross-validate where asked, fit on everything, write the network."""
    options = event_options(__doc__)
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    gold = [*relations(options.relations), *classes(options.spans, options.classes)]
    folder = HERE / "data" / "events"
    examples = [*with_triggers(gold, Parser()), *written(folder)]
    reader = Reader(options.encoder)
    single = [e for e in examples if e.trigger is not None and e.labels != (NO_EVENT,)]
    rows = [_parties(e, reader) for e in (*single, *joined(single, share=JOINED_SHARE, seed=SEED))]
    rows += _triggers(folder, reader)
    print(f"{len(rows)} rows", file=sys.stderr)
    if not options.cross_validate:
        _export(_train(options.encoder, rows, range(len(rows))), options.out)
        return
    for fold in options.only:
        inside = [n for n, row in enumerate(rows) if fold not in row.folds]
        network = _train(options.encoder, rows, inside)
        _export(network, options.cross_validate / str(fold))
        _report(network, [row for row in rows if row.folds == {fold}])


def _parties(example: Example, reader: Reader) -> Row:
    states, offsets = reader.read(example.text)
    roles = read_roles(offsets, Pair((), (), example.trigger))
    actors = _touching(offsets, [*example.actors, *example.both])
    recipients = _touching(offsets, [*example.recipients, *example.both])
    targets = np.stack([np.zeros(len(offsets)), actors, recipients], axis=1)
    return _row(states, roles, targets, (0, 1, 1), example.folds())


def _triggers(folder: Path, reader: Reader) -> list[Row]:
    by_text: dict[str, list[Span]] = defaultdict(list)
    for path in sorted(folder.glob("*.txt")):
        for coding in load_marked(path):
            by_text[coding.text] += [coding.trigger] if coding.type and coding.trigger else []
    found = []
    for text, triggers in by_text.items():
        states, offsets = reader.read(text)
        targets = np.zeros((len(offsets), len(TAGS)))
        targets[:, 0] = _touching(offsets, triggers)
        found.append(
            _row(states, [ROLES["none"]] * len(offsets), targets, (1, 0, 0), {fold_of(group_of(text))})
        )
    return found


def _touching(offsets: Sequence[Span], spans: Sequence[Span]) -> Any:
    return np.array([float(any(s < end and start < e for s, e in spans)) for start, end in offsets])


def _row(states: Tensor, roles: Sequence[int], targets: Any, known: Sequence[int], folds: set[int]) -> Row:
    return Row(
        states,
        torch.tensor(roles),
        torch.tensor(targets, dtype=torch.float32),
        torch.tensor(known, dtype=torch.float32),
        folds,
    )


class Network(nn.Module):  # type: ignore[misc, unused-ignore]
    """Upper layers and a linear head over every word piece."""

    def __init__(self, encoder: Path) -> None:
        super().__init__()
        self.upper = Upper(encoder, LAYERS)
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleList([nn.Linear(self.upper.width, len(TAGS))])

    def forward(self, states: Tensor, roles: Tensor, mask: Tensor | None = None) -> Tensor:
        """Logits (readings, pieces, tags)."""
        tags: Tensor = self.heads[0](self.drop(self.upper(states, roles, mask)))
        return tags


def _train(encoder: Path, rows: Sequence[Row], inside: Sequence[int]) -> Network:
    torch.manual_seed(SEED)
    network = Network(encoder)
    lengths = [len(row.states) for row in rows]
    fit(network, lengths, inside, lambda batch, _: _loss(network, [rows[n] for n in batch]), epochs=EPOCHS)
    return network


def _loss(network: Network, batch: Sequence[Row]) -> Tensor:
    mask = stack([torch.ones(len(row.states)) for row in batch])
    logits = network(stack([row.states for row in batch]), stack([row.roles for row in batch]), mask)
    counted = mask[..., None] * torch.stack([row.known for row in batch])[:, None, :]
    each = nn.functional.binary_cross_entropy_with_logits(
        logits, stack([row.targets for row in batch]), reduction="none"
    )
    return (each * counted).sum() / counted.sum()


def _report(network: Network, rows: Sequence[Row]) -> None:
    """F1 over word pieces, for each tag."""
    counts = np.zeros((len(TAGS), 3))
    for row in rows:
        with torch.no_grad():
            said = (network(row.states[None], row.roles[None])[0] > 0).float() * row.known
        gold = row.targets * row.known
        for n, part in enumerate((said * gold, said, gold)):
            counts[:, n] += part.sum(0).numpy()
    for tag, (hit, said_, gold_) in zip(TAGS, counts, strict=True):
        print(f"  {tag}: F1 of word pieces {2 * hit / (said_ + gold_):.3f}", file=sys.stderr)


def _export(network: Network, folder: Path) -> None:
    example = (torch.randn(1, 7, network.upper.width), torch.tensor([[0, 0, 0, 3, 0, 0, 0]]))
    to_int8(network, example, ("states", "roles"), ("tags",), folder / "parties.onnx")


if __name__ == "__main__":
    main()
