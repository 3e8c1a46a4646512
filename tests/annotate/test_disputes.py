"""Which claims of a document answer which."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.code.trees import said, tree
from volteface.annotate.attributions import with_answers
from volteface.records import Actor, Attribution, Extent, Source

BOMBED = (
    "Chad said Sudanese planes had bombed a camp.",
    ("Chad", "said", "Sudanese planes had bombed a camp"),
)
NOT_BOMBED = (
    "Sudan said its planes had not bombed the camp.",
    ("Sudan", "said", "its planes had not bombed the camp"),
)
NO_CAMP = ("Sudan said no camp had been bombed.", ("Sudan", "said", "no camp had been bombed"))
CHARGE = ("A Sudanese spokesman denied the charge.", ("A Sudanese spokesman", "denied", "the charge"))
EGYPT = ("Egypt denied the charge.", ("Egypt", "denied", "the charge"))
LIE = ("Khartoum called the report a lie.", ("Khartoum", "called", "the report a lie"))
IT = ("Sudan denied it.", ("Sudan", "denied", "it"))
CONFIRMED = ("Sudan confirmed the report.", ("Sudan", "confirmed", "the report"))
CHEAP = ("Libya said oil would be cheap.", ("Libya", "said", "oil would be cheap"))
OPEN = ("The minister said the road was open.", ("The minister", "said", "the road was open"))

COUNTRIES = {"Sudan": "SDN", "Khartoum": "SDN", "Chad": "TCD", "Libya": "LBY", "Egypt": "EGY"}

# (what is said, in order, which claim which one answers and how)
DOCUMENTS = [
    ((BOMBED, NOT_BOMBED), [(1, 2, "denies")]),
    ((BOMBED, NO_CAMP), [(1, 2, "denies")]),
    ((BOMBED, CHARGE), [(1, 2, "denies")]),
    ((BOMBED, LIE), [(1, 2, "denies")]),
    ((BOMBED, IT), [(1, 2, "denies")]),
    ((BOMBED, CONFIRMED), [(1, 2, "confirms")]),
    ((BOMBED, CHEAP), []),
    # five sentences apart: the claim that speaks of Sudan, not the last one
    ((BOMBED, OPEN, OPEN, CHEAP, OPEN, CHARGE), [(1, 6, "denies")]),
    ((BOMBED, OPEN, OPEN, CHEAP, OPEN, NOT_BOMBED), [(1, 6, "denies")]),
    # nobody spoke of Egypt: the claim just before, if there is one
    ((CHEAP, EGYPT), [(1, 2, "denies")]),
    ((EGYPT,), []),
    # nobody denies what he says himself
    ((NO_CAMP, IT), []),
]


@pytest.mark.parametrize(("claims", "answers"), DOCUMENTS)
def test_answers(
    claims: tuple[tuple[str, tuple[str, str, str]], ...], answers: list[tuple[int, int, str]]
) -> None:
    made = tree(*(sentence for sentence, _ in claims))
    found: list[Attribution] = []
    at = 0
    for n, (sentence, claim) in enumerate(claims, 1):
        at = made.text.index(sentence, at)
        found.append(_moved(said(tree(sentence), *claim, name=f"Q{n}"), at))
        at += len(sentence)
    actors = [
        Actor(name, name, code, "GOV", None, None, _mentions(made.text, name))
        for name, code in COUNTRIES.items()
        if name in made.text
    ]
    found = [_resolved(a, made.text) for a in found]
    tied = with_answers(found, made, [*actors, *_sudanese(made.text)])
    assert [(int(n.claim[1:]), int(a.id[1:]), n.stand) for a in tied for n in a.answers] == answers


def _moved(claim: Attribution, by: int) -> Attribution:
    def moved(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((start + by, end + by) for start, end in spans)

    return replace(
        claim,
        source=Source(moved(claim.source.spans)),
        cue=replace(claim.cue, spans=moved(claim.cue.spans)),
        content=replace(claim.content, spans=moved(claim.content.spans)),
    )


def _resolved(claim: Attribution, text: str) -> Attribution:
    (start, end) = claim.source.spans[0]
    words = text[start:end]
    actor = "Sudanese" if "Sudanese" in words else words if words in COUNTRIES else None
    return replace(claim, source=replace(claim.source, actor=actor))


def _sudanese(text: str) -> list[Actor]:
    mentions = _mentions(text, "Sudanese")
    return [Actor("Sudanese", "Sudanese", "SDN", "MIL", None, None, mentions)] if mentions else []


def _mentions(text: str, name: str) -> tuple[Extent, ...]:
    found, start = [], text.find(name)
    while start >= 0:
        found.append(Extent(start, start + len(name)))
        start = text.find(name, start + 1)
    return tuple(found)
