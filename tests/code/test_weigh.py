"""What network and rules together make of a proposed event."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from volteface.annotate import Phrase
from volteface.annotate.encoder import Labels, Pair, Scores, read_roles
from volteface.code.proposal import Proposal
from volteface.code.weigh import settle_type
from volteface.codebook import plover

LABELS = Labels(
    types=("REQUEST", "REJECT", "RETREAT", "none", "aside"),
    modes=("REJECT/-", "REJECT/yield", "RETREAT/release"),
    statuses=("actual", "negated"),
)


def scores(types: dict[str, float], mode: str = "REJECT/-") -> Scores:
    return Scores(
        np.array([types.get(t, -8.0) for t in LABELS.types], dtype=np.float32),
        np.array([3.0 if m == mode else 0.0 for m in LABELS.modes], dtype=np.float32),
        np.zeros(2, dtype=np.float32),
    )


def proposal(type_: str | None, *, status: str = "actual") -> Proposal:
    return Proposal(
        type=type_,
        mode="release" if type_ == "RETREAT" else None,
        cameo="0841" if type_ == "RETREAT" else "",
        contexts=(),
        trigger=Phrase(1, 2, 1),
        sentence=0,
        status=status,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("said", "seen", "type_", "mode", "cameo"),
    [
        # The network is unsure: the lexicon decides.
        ("RETREAT", {"RETREAT": 1.0, "REJECT": 3.0}, "RETREAT", "release", "0841"),
        # The network is sure of something else: its type, its mode, the code of both.
        ("RETREAT", {"RETREAT": 0.0, "REJECT": 6.0}, "REJECT", "yield", "128"),
        # No pattern covers the trigger: the network alone.
        (None, {"REQUEST": 4.0, "none": 1.0}, "REQUEST", None, "100"),
    ],
)
def test_type(said: str | None, seen: dict[str, float], type_: str, mode: str | None, cameo: str) -> None:
    found = settle_type(proposal(said), scores(seen, "REJECT/yield"), LABELS)
    assert found is not None
    assert (found.type, found.mode, found.cameo) == (type_, mode, cameo)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize(("said", "nothing"), [("RETREAT", 9.0), (None, 6.0)])
def test_no_event(said: str | None, nothing: float) -> None:
    assert settle_type(proposal(said), scores({"RETREAT": 1.0, "none": nothing}), LABELS) is None


def test_between_two_parties_something_is_done_though_its_type_is_unsure() -> None:
    one, other = [Phrase(0, 1, 0)], [Phrase(2, 3, 2)]
    seen = scores({"REQUEST": 1.0, "REJECT": 1.1, "RETREAT": 1.0, "none": -1.0})
    both = replace(proposal(None), actors=one, recipients=other)
    found = settle_type(both, seen, LABELS)
    assert found is not None
    assert found.type == "REJECT"
    assert settle_type(replace(both, recipients=[]), seen, LABELS) is None
    unsure = scores({"REQUEST": 1.0, "REJECT": 1.1, "RETREAT": 1.0, "none": 2.0})
    assert settle_type(both, unsure, LABELS) is None
    # Cooperation or conflict?
    torn = scores({"REQUEST": 1.0, "REJECT": 1.0, "RETREAT": 1.1, "none": -1.0})
    assert settle_type(both, torn, LABELS) is None


def test_a_refusal_is_no_denial() -> None:
    found = settle_type(proposal("RETREAT", status="negated"), scores({"REJECT": 6.0}), LABELS)
    assert found is not None
    assert (found.type, found.status) == ("REJECT", "actual")


@pytest.mark.parametrize(
    ("pair", "roles"),
    [
        (Pair(((0, 5),), ((15, 20),), (6, 14)), [0, 1, 3, 3, 2, 0]),
        (Pair((), ((15, 20),)), [0, 0, 0, 0, 2, 0]),
        (Pair(((0, 5),), ((15, 20),), (0, 20)), [0, 3, 3, 3, 3, 0]),
    ],
)
def test_roles(pair: Pair, roles: list[int]) -> None:
    # [CLS] Vesna | att | acked | Orlan [SEP]
    assert read_roles([(0, 0), (0, 5), (6, 9), (9, 14), (15, 20), (0, 0)], pair) == roles


def test_every_type_and_mode_has_a_cameo_code() -> None:
    for name, entry in plover().types.items():
        for mode in (None, *entry.modes):
            assert plover().cameo_to_plover[plover().cameo(name, mode)].type == name
