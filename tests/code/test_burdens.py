"""Duties laid on somebody in other words than "must", and figures of speech that mean one event."""

from __future__ import annotations

import pytest

from tests.code.trees import coded, tell
from volteface.codebook import plover

# (sentence, who says it, what is proposed)
DUTIES = [
    (
        "The onus is on Norway to explain the sale, Sweden said.",
        "Sweden",
        "Sweden > REQUEST explain > Norway",
    ),
    ("It falls to Sudan to close the camps, Chad said.", "Chad", "Chad > REQUEST close > Sudan"),
    ("Athens has no choice but to pay, Germany said.", "Germany", "Germany > REQUEST pay > Athens"),
    ("The time had come for Chad to disarm, Sudan said.", "Sudan", "Sudan > REQUEST disarm > Chad"),
    ("China owes us an apology, Japan said.", "Japan", "Japan > REQUEST owes > China"),
    ("Libya would do well to leave, Egypt said.", "Egypt", "Egypt > REQUEST leave > Libya"),
    ("Libya cannot keep them for ever, Egypt said.", "Egypt", "Egypt > REQUEST keep > Libya"),
]

# (sentence, what is proposed)
WITHOUT_SPEAKER = [
    ("Tokyo called it vital that China leave.", ["Tokyo > REQUEST leave > China"]),
    ("A court gave Malaysia six months to pay.", ["A court > REQUEST pay > Malaysia"]),
    ("Chad expects Sudan to withdraw.", ["Chad > REQUEST expects > Sudan"]),
    ("Congo called on Rwanda to leave.", ["Congo > REQUEST called on > Rwanda"]),
    # pressure that nobody puts on asks nothing of anybody
    ("Mali is under pressure to withdraw.", []),
    ("The German approval of the loan surprised Athens.", ["German > SUPPORT approval > the loan"]),
    # a negation of will, and what goes on no more
    ("Egypt no longer supports Syria.", ["Egypt > SANCTION/discontinue supports > Syria"]),
    ("Kenya has no intention of meeting Somalia.", ["Kenya > REJECT has > Somalia"]),
    # the host refuses, not the guest
    ("China would not receive the Danish minister.", ["China > REJECT/meet receive > the Danish minister"]),
]


@pytest.mark.parametrize(("sentence", "source", "event"), DUTIES)
def test_duties_in_other_words(sentence: str, source: str, event: str) -> None:
    content = sentence.rpartition(",")[0]
    assert tell(sentence, claims=((source, "said", content),)) == [event]


@pytest.mark.parametrize(("sentence", "events"), WITHOUT_SPEAKER)
def test_who_asks_and_who_refuses(sentence: str, events: list[str]) -> None:
    assert tell(sentence) == events


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The responsibility lies with Norway, Sweden said.", "Sweden"),  # blame is no duty
        ("Mali is bound to expel the envoy, Niger said.", "Niger"),  # sure to
    ],
)
def test_no_duties(sentence: str, source: str) -> None:
    content = sentence.rpartition(",")[0]
    assert not [line for line in tell(sentence, claims=((source, "said", content),)) if "REQUEST" in line]


def test_a_figure_of_speech_means_one_type() -> None:
    _, (proposal,) = coded("Berlin washed its hands of Mali.")
    assert (proposal.type, proposal.unseen) == ("REJECT", True)
    assert plover().types.keys() - proposal.excluded == {"REJECT"}


def test_who_was_persuaded_has_not_been_helped() -> None:
    _, found = coded("Rwanda persuaded Congo to disarm.")
    assert "SUPPORT" in found[0].excluded
