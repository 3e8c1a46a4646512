# ruff: noqa: E501 -- cases read as a table
"""Candidates, features, choice and disputes: on hand-built sentences, and the trained scorer at work."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.build import annotation, document
from volteface.annotate import Annotation, Parser
from volteface.annotate.attributions import attribute, by_rules, with_answers
from volteface.annotate.attributions.candidates import Candidate, Said, with_rules
from volteface.annotate.attributions.choose import select
from volteface.annotate.attributions.drafts import Draft
from volteface.annotate.attributions.edges import Edges, Side
from volteface.annotate.attributions.features import Reader
from volteface.annotate.attributions.scene import Scene, set_scene
from volteface.annotate.attributions.scorer import LAYERS, Scorer

# "Relished" is a cue that no lexicon has.
RELISHED = "Hart|PROPN|nsubj|2 relished|VERB|ROOT|0|relish the|DET|det|4 war|NOUN|dobj|2 .|PUNCT|punct|2"
SAID = "Hart|PROPN|nsubj|2 said|VERB|ROOT|0|say the|DET|det|4 bridge|NOUN|nsubj|5 fell|VERB|ccomp|2|fall .|PUNCT|punct|2"


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def candidates(*sentences: str) -> tuple[Scene, list[Candidate]]:
    scene = set_scene(annotation(*sentences))
    return scene, with_rules(scene, by_rules(scene))


def words(made: Annotation, found: Candidate) -> tuple[str, str, str]:
    def text(indices: tuple[int, ...]) -> str:
        return " ".join(made.tokens[i].text for i in indices if made.tokens[i].pos != "PUNCT")

    return (
        text(() if found.source is None else (found.source,)),
        text(found.cue),
        text(tuple(sorted(found.content))),
    )


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (RELISHED, ("Hart", "relished", "the war")),
        (SAID, ("Hart", "said", "the bridge fell")),
    ],
)
def test_any_verb_is_a_candidate(sentence: str, wanted: tuple[str, str, str]) -> None:
    scene, found = candidates(sentence)
    assert wanted in [words(scene.annotation, c) for c in found]


def test_what_the_rules_find_is_marked() -> None:
    _, found = candidates(SAID)
    assert [c.frame for c in found if c.said] == ["ccomp"]
    _, found = candidates(RELISHED)
    assert not any(c.said for c in found)


def test_features_tell_cue_source_content_and_the_rules_verdict() -> None:
    scene, found = candidates(SAID)
    said = next(c for c in found if c.said)
    names = Reader(scene, [c.said for c in found if c.said], list).features(said)
    for name in ("lemma=say", "frame=ccomp", "how=own nsubj", "rule group=speech|3", "source first=True"):
        assert name in names


# "Hart said the bridge fell and left the town": what follows "and" may be Hart's or the bridge's.
LEFT = (
    "Hart|PROPN|nsubj|2 said|VERB|ROOT|0|say the|DET|det|4 bridge|NOUN|nsubj|5 fell|VERB|ccomp|2|fall and|CCONJ|cc|5"
    " left|VERB|conj|5|leave the|DET|det|9 town|NOUN|dobj|7 .|PUNCT|punct|2"
)


@pytest.mark.parametrize(
    ("side", "way"),
    [("end", "the bridge fell"), ("begin", "left the town")],
)
def test_contents_may_begin_and_end_where_a_phrase_does(side: Side, way: str) -> None:
    scene, found = candidates(LEFT)
    said = next(c for c in found if c.said)
    others = Edges(scene).others(said, said.whole, side)
    texts = [" ".join(scene.annotation.tokens[i].text for i in sorted(o.content)) for o in others]
    assert texts[0].removesuffix(" .") == "the bridge fell and left the town"
    assert way in [text.removesuffix(" .") for text in texts[1:]]


def _scorer(*features: str) -> Scorer:
    """One that gives a thing a point for each of these features."""
    one = np.ones((1, 1), dtype=np.float32)
    layers: dict[str, NDArray[np.float32]] = {
        "rows": np.ones((len(features), 1), dtype=np.float32),
        "hidden": one,
        "out": one,
    }
    layers |= {name: np.zeros(1, dtype=np.float32) for name in ("bias", "hidden_bias", "out_bias")}
    return Scorer(features, layers)


def test_the_likeliest_edge_is_taken() -> None:
    scene, found = candidates(LEFT)
    said = next(c for c in found if c.said)
    best = Edges(scene).best(said, _scorer("end word=and|"))
    assert " ".join(scene.annotation.tokens[i].text for i in sorted(best)) == "the bridge fell"
    assert Edges(scene).best(said, _scorer("end no such feature")) == said.whole


def _draft(*, nested: bool = False) -> Draft:
    return Draft(0, "speech", [], None, [(0, 1)], [(0, 1)], nested=nested)


def _candidate(head: int, content: set[int], *, nested: bool | None = None) -> Candidate:
    said = None if nested is None else Said(_draft(nested=nested), frozenset(content))
    return Candidate(head, "dobj", "own", (head,), None, frozenset(content), None, said)


@pytest.mark.parametrize(
    ("found", "likely", "kept"),
    [
        ([_candidate(1, {2, 3}), _candidate(1, {2})], [0.9, 0.8], [0]),  # one reading a cue
        ([_candidate(1, {2, 3}), _candidate(5, {2, 3})], [0.7, 0.8], [1]),  # one cue a content
        ([_candidate(1, {2, 3}), _candidate(5, {6})], [0.7, 0.8], [1, 0]),
        ([_candidate(1, {2, 3})], [0.3], []),
        ([replace(_candidate(1, {2, 3}, nested=False), quoted=1.0)], [0.32], [0]),  # with a quotation, less
        ([_candidate(1, {2, 3, 4}, nested=False), _candidate(3, {4}, nested=True)], [0.9, 0.0], [1, 0]),
    ],
)
def test_choice(found: list[Candidate], likely: list[float], kept: list[int]) -> None:
    assert select(found, np.array([[p, p, p] for p in likely], dtype=np.float32)) == kept


def test_scores_are_sums_through_two_layers() -> None:
    shapes = {
        "rows": (2, 1),
        "bias": (1,),
        "hidden": (1, 1),
        "hidden_bias": (1,),
        "out": (1, 3),
        "out_bias": (3,),
    }
    layers = {name: np.zeros(shapes[name], dtype=np.float32) for name in LAYERS}
    layers |= {name: np.ones(shapes[name], dtype=np.float32) for name in ("rows", "hidden", "out")}
    scorer = Scorer(["a", "b"], layers)
    assert scorer.rows(["a", "b", "unknown"]) == [0, 1]
    assert scorer.scores([[0, 1], []])[:, 0] == pytest.approx([1 / (1 + np.exp(-2)), 0.5])
    assert scorer.scores([]).shape == (0, 3)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dorn relished the prospect of a second term.", ("Dorn", "the prospect of a second term")),
        ("The envoys balked at the price.", ("The envoys", "the price")),
        ("Hart is leaning toward a second round of talks.", None),
    ],
)
@pytest.mark.model
def test_cues_beyond_the_lexicon(parser: Parser, text: str, wanted: tuple[str, str] | None) -> None:
    found = [
        tuple(" | ".join(text[s:e] for s, e in spans) for spans in (a.source.spans, a.content.spans))
        for a in attribute(parser.annotate(document(text)))
    ]
    assert wanted is None or wanted in found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Turkey said the jet had crossed its border. Russia denied that the jet crossed the border.",
            [(1, 2, "denies")],
        ),
        (
            "Turkey said the jet had crossed the border. Russia said the jet had not crossed the border.",
            [(1, 2, "denies")],
        ),
        (
            "Police said two men died in the raid. The minister confirmed that two men had died.",
            [(1, 2, "confirms")],
        ),
        ("Ankara accused Damascus of shelling the camp. Syria denied the accusation.", [(1, 2, "denies")]),
        ("Dorn said the bridge had been blown up. Hart said the harvest would be poor.", []),
    ],
)
@pytest.mark.model
def test_answers(parser: Parser, text: str, wanted: list[tuple[int, int, str]]) -> None:
    made = parser.annotate(document(text))
    found = with_answers(attribute(made), made)
    assert [(int(n.claim[1:]), int(a.id[1:]), n.stand) for a in found for n in a.answers] == wanted
