"""The pair classifier: features of hand-built sentences, decisions, damage."""

from __future__ import annotations

import numpy as np
import pytest

from tests.build import annotation
from volteface.annotate import Annotation
from volteface.code.classify import NO_EVENT_FLOOR, PairClassifier, decide, together
from volteface.code.pairs import read_pair
from volteface.pipeline import Coder
from volteface.records import Span
from volteface.steps import classify

ACCUSED = (
    "Vesna|PROPN|nsubj|2 accused|VERB|ROOT|0|accuse Orlan|PROPN|dobj|2 of|ADP|prep|2 "
    "shelling|VERB|pcomp|4|shell a|DET|det|7 village|NOUN|dobj|5 .|PUNCT|punct|2"
)
QUIET = "Vesna|PROPN|nsubj|2 borders|VERB|ROOT|0|border Orlan|PROPN|dobj|2 .|PUNCT|punct|2"


def span(found: Annotation, words: str) -> list[Span]:
    start = found.text.index(words)
    return [(start, start + len(words))]


def small(weights: dict[str, dict[str, float]], labels: tuple[str, ...]) -> PairClassifier:
    """A classifier with these weights by feature and label."""
    table = np.array(
        [[row.get(label, 0.0) for label in labels] for row in weights.values()], dtype=np.float32
    )
    bias = np.zeros(len(labels), dtype=np.float32)
    return PairClassifier(names=list(weights), labels=labels, weights=table, bias=bias, temperature=1.0)


def test_parties_are_masked() -> None:
    found = annotation(ACCUSED)
    features = read_pair(found, span(found, "Vesna"), span(found, "Orlan")).features
    assert {"g:A_accuse", "g:accuse_R", "top:accuse", "m:accuse", "T:ACCUSE"} <= set(features)
    assert not any("Vesna" in name or "Orlan" in name or "vesna" in name for name in features)


def test_sentence_without_pattern_has_no_event_features() -> None:
    found = annotation(QUIET)
    features = read_pair(found, span(found, "Vesna"), span(found, "Orlan")).features
    assert features["B:none"] == 1.0
    assert not any(name.startswith(("P", "T:")) for name in features)


@pytest.mark.parametrize(("actor", "recipient"), [(False, False), (True, False), (False, True)])
def test_either_party_may_be_missing(actor: bool, recipient: bool) -> None:
    found = annotation(ACCUSED)
    sides = span(found, "Vesna") if actor else [], span(found, "Orlan") if recipient else []
    assert "w:accuse" in read_pair(found, *sides).features


def test_network_and_features_answer_together() -> None:
    seen = {"ACCUSE": 0.4, "CONCEDE": 0.2, "RETREAT": 0.25, "none": 0.1, "aside": 0.05}
    found = together(seen, {"ACCUSE": 0.5, "YIELD": 0.5})
    assert sum(found.values()) == pytest.approx(1.0)
    assert set(found) == {"ACCUSE", "YIELD", "none"}
    assert max(found, key=found.__getitem__) == "YIELD"  # .45 of conceding and retreating together
    assert max(together(seen, {"ACCUSE": 0.9, "YIELD": 0.1}).items(), key=lambda kv: kv[1])[0] == "ACCUSE"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "actor", "recipient", "type_", "quad"),
    [
        ("Norway accused Iceland of ramming a trawler.", "Norway", "Iceland", "ACCUSE", "verbal conflict"),
        ("Peru sent blankets to Chile.", "Peru", "Chile", "AID", "material cooperation"),
        ("Brazil beat Croatia on penalties in Doha.", "Brazil", "Croatia", None, None),
    ],
)
def test_bundled_models_together(
    text: str, actor: str, recipient: str, type_: str | None, quad: str | None
) -> None:
    row = {"id": "1", "text": text}
    sides = {
        name: [[text.index(words), text.index(words) + len(words)]]
        for name, words in (("actor", actor), ("recipient", recipient))
    }
    found = classify(Coder(), row | sides)
    assert (found["type"], found["quad"]) == (type_, quad)
    assert 0 < found["confidence"] <= 1


@pytest.mark.parametrize(
    ("shares", "label"),
    [
        ({"none": NO_EVENT_FLOOR, "AID": 1 - NO_EVENT_FLOOR}, "none"),
        ({"none": NO_EVENT_FLOOR - 0.01, "AID": 0.2, "ASSAULT": 0.11}, "AID"),
        ({"none": 0.0, "AID": 0.5, "ACCUSE": 0.5}, "ACCUSE"),
    ],
)
def test_no_event_needs_to_be_sure(shares: dict[str, float], label: str) -> None:
    assert decide(shares) == label


def test_unknown_features_leave_the_bias() -> None:
    model = small({"w:x": {"AID": 1.0}}, ("AID", "none"))
    assert model.probabilities({"w:never seen": 1.0}) == pytest.approx({"AID": 0.5, "none": 0.5})


def test_bundled_model_knows_the_types() -> None:
    model = PairClassifier.load()
    assert {"ACCUSE", "ASSAULT", "YIELD", "none"} <= set(model.labels)
    assert sum(model.probabilities({}).values()) == pytest.approx(1.0)
