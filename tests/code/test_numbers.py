"""Killed and injured: a number only where the text gives one, at the event it belongs to."""

from __future__ import annotations

import pytest

from tests.code.trees import coded
from volteface.code.numbers import number_of

NUMBERS = [
    ("224", 224),
    ("1,200", 1200),
    ("zero", 0),
    ("twenty-one", 21),
    ("twenty one", 21),
    ("three hundred", 300),
    ("three hundred and five", 305),
    ("two thousand four hundred", 2400),
    ("1.5", None),
    ("dozens", None),
    ("hundred", None),
    ("some", None),
    ("and", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "number"), NUMBERS)
def test_number_of(words: str, number: int | None) -> None:
    assert number_of(words.split()) == number


# (sentence, for each event with a figure its trigger, killed and injured)
TOLLS: list[tuple[str, list[tuple[str, int | None, int | None]]]] = [
    ("The plane was shot down, killing all 224 people on board.", [("shot down", 224, None)]),
    ("Two soldiers were killed by Syrian troops.", [("killed", 2, None)]),
    ("The bombing killed at least twenty-one soldiers.", [("bombing", 21, None)]),
    ("Three hundred people died in the attack.", [("attack", 300, None)]),
    ("Some 1,200 people were injured in the bombing.", [("bombing", None, 1200)]),
    ("Turkish jets bombed a village on Monday, killing two.", [("bombed", 2, None)]),
    ("The attack by Chad killed two.", [("attack", 2, None)]),
    ("The shelling caused 15 deaths.", [("shelling", 15, None)]),
    ("The attack claimed the lives of three soldiers.", [("attack", 3, None)]),
    ("An air strike killed two farmers and wounded five.", [("air strike", 2, 5)]),
    # what is left behind
    ("The attack left 12 dead.", [("attack", 12, None)]),
    ("The attack left 12 people dead and 30 wounded.", [("attack", 12, 30)]),
    ("Israeli jets bombed the camp, leaving 12 dead and 30 wounded.", [("bombed", 12, 30)]),
    ("Shells killed nine people and left 25 injured.", [("killed", 9, 25)]),
    # the whole, not the part
    ("The bombing killed 45 people, including 10 children.", [("bombing", 45, None)]),
    # sums over single people and collectives; the dead of a deed and of a count
    ("Rebels killed the mayor, his driver and three guards.", [("killed", 5, None)]),
    ("The attack killed a crew of six.", [("attack", 6, None)]),
    ("The massacre of 90 Sudanese villagers shocked Khartoum.", [("massacre", 90, None)]),
    ("Chadian jets bombed the camp, and the number of the dead reached 58.", [("bombed", 58, None)]),
    # found, lost, or counted by a toll alone; single people side by side
    ("Soldiers recovered 17 bodies after the attack on the camp.", [("attack", 17, None)]),
    ("Rebels shot down the plane with the loss of all 98 people on board.", [("shot down", 98, None)]),
    ("The toll in the bombing of the camp rose to 38.", [("bombing", 38, None)]),
    ("Chadian shelling killed a woman and her grandson.", [("shelling", 2, None)]),
    ("Both soldiers were killed by rebels.", [("killed", 2, None)]),
    # of both together is of neither
    ("Syria said 300 soldiers had been killed or wounded.", []),
    # the deed it belongs to
    ("Syria shelled a town and Iraq bombed a base, killing six soldiers.", [("bombed", 6, None)]),
    # ages, dates and shares are no tolls, nor are words without a number
    ("Rebels killed a 34-year-old teacher.", []),
    ("The attack killed two soldiers, aged 19 and 22.", [("attack", 2, None)]),
    ("Rebels killed the mayor in 2014.", []),
    ("Rebels killed 30 percent of the herd.", []),
    ("Dozens were killed by the shelling.", []),
    ("No one was killed in the attack.", []),
]


@pytest.mark.parametrize(("sentence", "tolls"), TOLLS)
def test_tolls(sentence: str, tolls: list[tuple[str, int | None, int | None]]) -> None:
    annotation, proposals = coded(sentence)
    found = [
        (annotation.text[slice(*annotation.span(p.trigger.first, p.trigger.last))], p.killed, p.injured)
        for p in proposals
        if p.killed is not None or p.injured is not None
    ]
    assert found == tolls


def test_a_toll_makes_no_event_of_its_own() -> None:
    for sentence, tolls in TOLLS:
        if len(tolls) == 1 and "Iraq" not in sentence:
            assert len(coded(sentence)[1]) == 1, sentence
