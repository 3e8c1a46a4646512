"""What the trainings of small networks share: the frozen trunk, one fitting loop, int8 ONNX out.

The trunk is the embeddings and lower layers of all-MiniLM-L6-v2 as a package ships them; every network is some of the
layers above it, with learnt vectors added where the roles of an event stand.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from volteface.annotate.encoder import LONGEST, ROLES
from volteface.records import Span

SEED = 7
TRUNK_LAYERS = 3
BATCH = 16
RATE, HEAD_RATE = 3e-4, 2e-3


class Trunk(nn.Module):  # type: ignore[misc, unused-ignore]
    """Embeddings and lower layers, as they come: (1, pieces) ids in, (1, pieces, width) states out."""

    def __init__(self, encoder: Path) -> None:
        super().__init__()
        bert = BertModel.from_pretrained(encoder, add_pooling_layer=False)
        bert.train(False)
        self.embeddings, self.layers = bert.embeddings, bert.encoder.layer[:TRUNK_LAYERS]

    def forward(self, ids: Tensor) -> Tensor:
        """Read one sentence."""
        states: Tensor = self.embeddings(input_ids=ids)
        for layer in self.layers:
            states = through(layer, states, None)
        return states


class Upper(nn.Module):  # type: ignore[misc, unused-ignore]
    """Layers above the trunk, over states with the roles added."""

    def __init__(self, encoder: Path, layers: int) -> None:
        super().__init__()
        bert = BertModel.from_pretrained(encoder, add_pooling_layer=False)
        self.width = int(bert.config.hidden_size)
        self.layers = bert.encoder.layer[TRUNK_LAYERS : TRUNK_LAYERS + layers]
        self.roles = nn.Embedding(len(ROLES), self.width)
        nn.init.normal_(self.roles.weight, std=0.02)

    def forward(self, states: Tensor, roles: Tensor, mask: Tensor | None = None) -> Tensor:
        """States (pairs, pieces, width) for (pairs, pieces) roles; `mask` is 1 where a piece is."""
        bias = None if mask is None else (1.0 - mask[:, None, None, :]) * -1e9
        states = states + self.roles(roles)
        for layer in self.layers:
            states = through(layer, states, bias)
        return states


def through(layer: nn.Module, states: Tensor, bias: Tensor | None) -> Tensor:
    """One transformer layer, whichever way the library's version returns it."""
    out: Any = layer(states, bias)
    first: Tensor = out[0] if isinstance(out, tuple) else out
    return first


class Reader:
    """Sentences through tokenizer and trunk, each text once: (pieces, width) states and character offsets."""

    def __init__(self, encoder: Path) -> None:
        self.trunk = Trunk(encoder)
        self._tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._read: dict[str, tuple[Tensor, list[Span]]] = {}

    def read(self, text: str) -> tuple[Tensor, list[Span]]:
        """States and offsets of one sentence."""
        if text not in self._read:
            coded = self._tokenizer.encode(text)
            with torch.no_grad():
                self._read[text] = self.trunk(torch.tensor([coded.ids]))[0], coded.offsets
        return self._read[text]


def fit(
    network: Any,
    lengths: Sequence[int],
    inside: Sequence[int],
    loss_of: Callable[[Sequence[int], random.Random], Tensor],
    *,
    epochs: int,
) -> None:
    """Train a network with `upper` and `heads` on the rows `inside`, numbered as `lengths` are."""
    dice = random.Random(SEED)
    slow = list(network.upper.layers.parameters())
    quick = [*network.upper.roles.parameters(), *network.heads.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": RATE}, {"params": quick, "lr": HEAD_RATE}], weight_decay=0.01
    )
    steps = epochs * -(-len(inside) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (0.1 * steps), max(0.0, (steps - n) / (0.9 * steps)))
    )
    started = time.monotonic()
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for batch in _batches(lengths, inside, dice):
            loss = loss_of(batch, dice)
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item() * len(batch)
        passed = time.monotonic() - started
        print(f"  epoch {epoch + 1}: loss {total / len(inside):.3f}, {passed:.0f} s", file=sys.stderr)
    network.eval()


def _batches(lengths: Sequence[int], inside: Sequence[int], dice: random.Random) -> Iterator[list[int]]:
    """Shuffled, rows of like length together, so that little is padding."""
    order = list(inside)
    dice.shuffle(order)
    batches = []
    for start in range(0, len(order), BATCH * 8):
        part = sorted(order[start : start + BATCH * 8], key=lambda n: lengths[n])
        batches += [part[n : n + BATCH] for n in range(0, len(part), BATCH)]
    dice.shuffle(batches)
    yield from batches


def stack(rows: Sequence[Tensor]) -> Tensor:
    """Rows of different length as one tensor, filled up with zeros."""
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True)


def to_int8(
    module: nn.Module, example: Any, inputs: Sequence[str], outputs: Sequence[str], path: Path
) -> None:
    """Write a module as int8 ONNX; the second axis of every input and of `states` and `tags` may be of any length."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    path.parent.mkdir(parents=True, exist_ok=True)
    full = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        module.eval(),
        example,
        str(full),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={
            name: {1: "pieces"} for name in (*inputs, *outputs) if name in (*inputs, "states", "tags")
        },
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    full.unlink()
