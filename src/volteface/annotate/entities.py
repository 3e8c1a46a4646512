"""Named entities as the pipeline's own recogniser finds them, its decisions taken for all tokens at once.

spaCy's recogniser (`spacy.TransitionBasedParser.v2`, state type "ner") walks token by token through states; most of its
time goes into the walking. Outside an entity a state is its token and nothing else, so the best move there is worked
out for all tokens in one product; only inside an entity, with its first token in view, one after the other. Weights,
features and rules are the pipeline's; docs/decisions/0032-attribution-cost.md has the proof that the entities are too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Tokens `first:last` and label.
Entity = tuple[int, int, str]
# Texts that go through the network together; more only costs memory.
BATCH = 64
# The features of a state: the token itself, the first token of the open entity, the token before.
FEATURES = 3


def can_read(recogniser: Any) -> bool:
    """Whether a spaCy recogniser is of the kind this module knows the states of."""
    model = recogniser.model
    return (
        model.has_ref("lower")
        and model.attrs.get("has_upper") is True
        and not model.attrs.get("unseen_classes")
        and model.get_ref("lower").get_dim("nF") == FEATURES
        and model.get_ref("lower").get_dim("nP") > 1
        and recogniser.cfg.get("beam_width") == 1
    )


class Recogniser:
    """One pipeline's recogniser. `of` is the verb."""

    def __init__(self, recogniser: Any) -> None:
        model = recogniser.model
        self._tokens = model.layers[0]
        self._lower, self._upper = model.get_ref("lower"), model.get_ref("upper")
        names = map(recogniser.moves.get_class_name, range(recogniser.moves.n_moves))
        moves = [name.partition("-") for name in names]
        self._moves = [(kind, label) for kind, _, label in moves]
        self._number = {move: n for n, move in enumerate(self._moves)}
        # no move is valid outside an entity that needs an open one, nor a single token without a label
        self._closed = np.array([k == "O" or (k in "BU" and label != "") for k, label in self._moves])
        self._begins = np.array([k == "B" for k, _ in self._moves])
        self._outside = np.array([k == "O" for k, _ in self._moves])

    def of(self, docs: Sequence[Any]) -> Iterator[list[Entity]]:
        """The entities of each parsed text, in order. Reads its sentence starts and white space."""
        for start in range(0, len(docs), BATCH):
            batch = docs[start : start + BATCH]
            # (tokens + 1, features, hidden, pieces), padding first
            sums = self._lower.predict(self._tokens.predict(batch))
            offset = 1
            for doc in batch:
                yield self._walk(doc, sums[0], sums[offset : offset + len(doc)])
                offset += len(doc)

    def _walk(self, doc: Any, none: NDArray[np.float32], sums: NDArray[np.float32]) -> list[Entity]:
        starts, spaces = doc.to_array(("SENT_START", "IS_SPACE")).T.tolist()
        ends = [*(start == 1 for start in starts[1:]), True]  # no entity goes on behind
        best = self._outside_moves(none, sums, np.array(ends), np.array(spaces, dtype=bool))
        found: list[Entity] = []
        i = 0
        while i < len(best):
            kind, label = self._moves[best[i]]
            first = i
            i += 1
            if kind == "O":
                continue
            while (
                kind == "B"
                and not ends[i]
                and self._goes_on(label, sums[i, 0] + sums[first, 1] + sums[i - 1, 2])
            ):
                i += 1
            i += kind == "B"
            found.append((first, i, label))
        return found

    def _outside_moves(
        self,
        none: NDArray[np.float32],
        sums: NDArray[np.float32],
        ends: NDArray[np.bool_],
        spaces: NDArray[np.bool_],
    ) -> list[int]:
        """The best move of each token where no entity is open."""
        scores = self._scores(sums[:, 0] + none[1] + none[2], self._upper.get_param("W"))
        scores += self._upper.get_param("b")
        scores[:, ~self._closed] = -np.inf
        scores[np.ix_(ends, self._begins)] = -np.inf
        scores[np.ix_(spaces, ~self._outside)] = -np.inf
        best: list[int] = scores.argmax(axis=1).tolist()
        return best

    def _goes_on(self, label: str, sums: NDArray[np.float32]) -> bool:
        """Whether an open entity goes on behind a token, rather than end with it."""
        ways = [self._number["I", label], self._number["L", label]]
        more, last = self._scores(sums, self._upper.get_param("W")[ways]) + self._upper.get_param("b")[ways]
        return bool(more > last or (more == last and ways[0] < ways[1]))

    def _scores(self, sums: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        hidden = (sums + self._lower.get_param("b")).max(axis=-1)
        return np.asarray(hidden @ weights.T)
