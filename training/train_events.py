"""Train the event network, measure it by cross-validation, write it as int8 ONNX.

    python -m training.train_events --encoder DIR --relations relations-train.jsonl --spans spans-train.jsonl \
        --classes classes-train.jsonl [--cross-validate DIR]

`--encoder` is an unpacked all-MiniLM-L6-v2 (as a package ships it). Its embeddings and lower three layers stay as they
are and are read once a sentence (`trunk.onnx`); the upper three are trained, once a pair, with a learnt vector added
where the actor, the recipient and the trigger stand (`events.onnx`). `--cross-validate` puts there the five networks
of the folds and `scores.npz`, the held-out answers. Needs torch, transformers and onnx; what it writes needs
onnxruntime alone. Its card is `training/cards/events.md`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.event_examples import (
    ASIDE,
    FOLDS,
    NO_EVENT,
    Example,
    classes,
    gold_options,
    place_of,
    proposed,
    relations,
    swapped,
    with_triggers,
    written,
)
from training.nets import SEED, Reader, Upper, fit, stack, to_int8
from volteface.annotate import Parser
from volteface.annotate.encoder import MODELS, ROLES, Pair, read_roles
from volteface.codebook import plover
from volteface.records import Status

HERE = Path(__file__).parent
BUNDLED = HERE.parent / "src" / "volteface" / "annotate" / MODELS
LAYERS, EPOCHS = 3, 5
SMOOTHING = 0.1
# A given trigger is hidden this often, since `classify` is asked about pairs without one.
HIDDEN_TRIGGER = 0.5
STATUSES: tuple[Status, ...] = ("actual", "alleged", "future", "hypothetical", "negated", "historical")


def main() -> None:
    """Read examples, cross-validate where asked, fit on everything, write the networks."""
    options = event_options(__doc__, curve=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    examples = _examples(options)
    labels = _labels(examples)
    reader = Reader(options.encoder)
    data = _encode(examples, labels, reader)
    print(f"{len(examples)} examples, {len(labels.modes)} modes", file=sys.stderr)
    if options.cross_validate:
        _cross_validate(examples, labels, data, options)
        return
    network = _train(options.encoder, labels, data, range(len(examples)))
    _export(network, labels, options.out)
    _export_trunk(reader, options.encoder, options.out)


def event_options(description: str | None, *, curve: bool = False) -> Any:
    """Options that the trainings over one trunk have in common; `curve`: that a part of the examples can be taken."""
    parser = gold_options(description, "encoder")
    parser.add_argument("--cross-validate", type=Path, metavar="DIR")
    parser.add_argument("--only", type=int, nargs="*", default=list(range(FOLDS)), help="these folds alone")
    if curve:
        parser.add_argument(
            "--share", type=float, default=1.0, help="learn from this part of the examples: a learning curve"
        )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=BUNDLED)
    return parser.parse_args()


def _examples(options: Any) -> list[Example]:
    parser = Parser()
    gold = [*relations(options.relations), *classes(options.spans, options.classes)]
    gold = with_triggers(gold, parser)
    found = [*gold, *written(HERE / "data" / "events")]
    found += swapped(found, seed=SEED)
    return [*found, *proposed(options.spans, options.classes, parser)]


# ---- what goes in


@dataclass(frozen=True)
class Names:
    """The outputs of the three heads."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...] = STATUSES


@dataclass(frozen=True)
class Row:
    """One example as the network takes it: states (pieces, width), roles with and without the trigger, targets.

    `types` is a mask over type labels; `mode` and `status` are -1 where nothing is known.
    """

    states: Tensor
    roles: tuple[Tensor, Tensor]
    types: Tensor
    mode: int
    status: int
    weight: float


def _labels(examples: Sequence[Example]) -> Names:
    return Names(
        types=(*plover().types, NO_EVENT, ASIDE),
        modes=tuple(sorted({e.mode for e in examples if e.mode})),
    )


def _encode(examples: Sequence[Example], labels: Names, reader: Reader) -> list[Row]:
    found = []
    for example in examples:
        states, offsets = reader.read(example.text)
        with_trigger = read_roles(offsets, Pair(example.actors, example.recipients, example.trigger))
        without = read_roles(offsets, Pair(example.actors, example.recipients))
        found.append(
            Row(
                states,
                (torch.tensor(with_trigger), torch.tensor(without)),
                torch.tensor([float(t in example.labels) for t in labels.types]),
                labels.modes.index(example.mode) if example.mode else -1,
                labels.statuses.index(example.status) if example.status else -1,
                example.weight,
            )
        )
    return found


# ---- the network


class Network(nn.Module):  # type: ignore[misc, unused-ignore]
    """Upper layers, and over what they make of the parties a linear head each for type, mode and status."""

    def __init__(self, encoder: Path, labels: Names) -> None:
        super().__init__()
        self.upper = Upper(encoder, LAYERS)
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleList(
            nn.Linear(self.upper.width * (len(ROLES) + 1), len(names))
            for names in (labels.types, labels.modes, labels.statuses)
        )

    def forward(self, states: Tensor, roles: Tensor, mask: Tensor | None = None) -> tuple[Tensor, ...]:
        """Logits of type, mode and status for (pairs, pieces) roles; `mask` is 1 where a piece is."""
        states = self.upper(states, roles, mask)
        there = torch.ones_like(roles).float() if mask is None else mask
        pools = [states[:, 0], _mean(states, there)]
        pools += [_mean(states, (roles == role).float() * there) for role in (1, 2, 3)]
        seen = self.drop(torch.cat(pools, dim=-1))
        logits: tuple[Tensor, ...] = tuple(head(seen) for head in self.heads)
        return logits


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    weights = chosen[..., None]
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1.0)


# ---- training


def _train(encoder: Path, labels: Names, data: Sequence[Row], inside: Sequence[int]) -> Network:
    torch.manual_seed(SEED)
    network = Network(encoder, labels)
    fit(
        network,
        [len(row.states) for row in data],
        inside,
        lambda batch, dice: _loss(network, [data[n] for n in batch], dice),
        epochs=EPOCHS,
    )
    return network


def _loss(network: Network, batch: Sequence[Row], dice: random.Random) -> Tensor:
    """The chance of every label that may be right, added up; modes and statuses where they are known."""
    hidden = [int(dice.random() < HIDDEN_TRIGGER) for _ in batch]
    types, modes, statuses = network(*_stack(batch, hidden))
    right = torch.stack([row.types for row in batch])
    weight = torch.tensor([row.weight for row in batch])
    log = types.log_softmax(-1)
    sharp = -torch.logsumexp(log.masked_fill(right == 0, -1e9), dim=-1)
    each = (1 - SMOOTHING) * sharp - SMOOTHING * log.mean(-1)
    loss: Tensor = (each * weight).mean()
    for logits, targets in (
        (modes, [row.mode for row in batch]),
        (statuses, [row.status for row in batch]),
    ):
        known = torch.tensor(targets)
        if (known >= 0).any():
            share = (known >= 0).float().mean()
            loss = loss + 0.5 * share * nn.functional.cross_entropy(logits, known, ignore_index=-1)
    return loss


def _stack(batch: Sequence[Row], hidden: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
    return (
        stack([row.states for row in batch]),
        stack([row.roles[n] for row, n in zip(batch, hidden, strict=True)]),
        stack([torch.ones(len(row.states)) for row in batch]),
    )


def _cross_validate(examples: Sequence[Example], labels: Names, data: Sequence[Row], options: Any) -> None:
    """Train on four fifths, answer the fifth, five times; near-identical sentences share a fold."""
    folder = options.cross_validate
    for fold in options.only:
        print(f"fold {fold}", file=sys.stderr)
        inside = [
            n for n, e in enumerate(examples) if fold not in e.folds() and place_of(e.group) < options.share
        ]
        print(f"learns from {len(inside)}", file=sys.stderr)
        outside = [n for n, e in enumerate(examples) if e.folds() == {fold}]
        network = _train(options.encoder, labels, data, inside)
        scores = {"index": np.array(outside)}
        for name, hide in (("given", 0), ("hidden", 1)):
            with torch.no_grad():
                parts = [network(*_stack([data[n]], [hide])) for n in outside]
            for head, kind in enumerate(("types", "modes", "statuses")):
                scores[f"{kind}_{name}"] = torch.cat([p[head] for p in parts]).numpy()
        _export(network, labels, folder / str(fold))
        np.savez(folder / f"scores-{fold}.npz", **scores)  # type: ignore[arg-type]
        _report(examples, labels, scores)


def _report(examples: Sequence[Example], labels: Names, scores: dict[str, Any]) -> None:
    said = scores["types_hidden"].argmax(1)
    for source in ("PLV", "spans", ""):
        chosen = [
            (labels.types[said[k]] in examples[n].labels)
            for k, n in enumerate(scores["index"])
            if (examples[n].id.startswith(source) if source else examples[n].id[:3] not in ("PLV", "spa"))
        ]
        print(f"  {source or 'written'}: {np.mean(chosen):.3f} of {len(chosen)} right", file=sys.stderr)


# ---- what comes out


def _export(network: Network, labels: Names, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = {"types": labels.types, "modes": labels.modes, "statuses": labels.statuses}
    (folder / "events.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    example = (torch.randn(1, 7, network.upper.width), torch.tensor([[0, 1, 0, 3, 2, 0, 0]]))
    to_int8(network, example, ("states", "roles"), ("types", "modes", "statuses"), folder / "events.onnx")


def _export_trunk(reader: Reader, encoder: Path, folder: Path) -> None:
    ids = (torch.ones(1, 7, dtype=torch.long),)
    to_int8(reader.trunk, ids, ("ids",), ("states",), folder / "trunk.onnx")
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"))


if __name__ == "__main__":
    main()
