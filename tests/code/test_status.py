"""How certain an event is, from the words around it."""

from __future__ import annotations

import pytest

from tests.code.trees import token, tree
from volteface.code.status import Moods, status_of
from volteface.code.syntax import Syntax

# (sentence, the word of the event, its status)
CASES = [
    ("Egypt invaded Libya and Sudan.", "invaded", "actual"),
    ("The shelling of Kharkiv by Russian forces continued.", "shelling", "actual"),
    ("Israel launched an attack on Gaza.", "attack", "actual"),
    # negation and denial
    ("Sudan did not attack the village.", "attack", "negated"),
    ("Peru has never attacked Chile.", "attacked", "negated"),
    ("Iran denied attacking the tanker.", "attacking", "negated"),
    ("Serbia denied that its troops had shelled the town.", "shelled", "negated"),
    ("Iran did not deny attacking the tanker.", "attacking", "actual"),
    ("Japan refused to meet the delegation.", "meet", "negated"),
    ("Cuba failed to send aid.", "send", "negated"),
    ("Police foiled an attack on the embassy.", "attack", "negated"),
    ("Ukraine bombed the bridge without attacking the port.", "attacking", "negated"),
    ("A spokesman said Sudan had not bombed the camp.", "bombed", "negated"),
    # announced, planned, promised
    ("France will send aid to Mali.", "send", "future"),
    ("Turkey plans to invade Syria.", "invade", "future"),
    ("Kenya said it would bomb Somalia.", "bomb", "future"),
    ("Norway is preparing to expel two diplomats.", "expel", "future"),
    ("A planned attack on Aden was discussed.", "attack", "future"),
    ("Ghana threatened to attack Togo.", "attack", "future"),
    ("Fears that Iran will attack Israel grew.", "attack", "future"),
    # conditions, possibilities, requests
    ("Russia could attack Georgia.", "attack", "hypothetical"),
    ("If Iran attacks Israel, Jordan will close its border.", "attacks", "hypothetical"),
    ("If Iran attacks Israel, Jordan will close its border.", "close", "future"),
    ("Iran said it would attack Israel if it bombed Syria.", "attack", "hypothetical"),
    ("Iran said it would attack Israel if it bombed Syria.", "bombed", "hypothetical"),
    ("Syria asked Russia to send troops.", "send", "hypothetical"),
    ("Turkey must withdraw its troops.", "withdraw", "hypothetical"),
    # allegations
    ("Turkey accused Syria of bombing a village.", "bombing", "alleged"),
    ("Iran was accused of attacking a tanker.", "attacking", "alleged"),
    ("Sudan blamed Chad for the attack on the base.", "attack", "alleged"),
    ("Sudan allegedly bombed a hospital.", "bombed", "alleged"),
    ("Ruritania reportedly bombed the port.", "bombed", "alleged"),
    ("The alleged bombing of a hospital by Sudan was reported.", "bombing", "alleged"),
    # a report that is called untrue; twice denied is conceded
    ("Chad dismissed a claim that Sudan had bombed the camp.", "bombed", "negated"),
    ("A report that Sudan had bombed the camp was nonsense, Chad said.", "bombed", "negated"),
    ("Nobody denied that Chad had bombed the camp.", "bombed", "actual"),
    ("Far from expelling the envoys, Chad welcomed them.", "expelling", "negated"),
    # conditions without "if"
    ("In the event of an attack on Chad, Egypt would help.", "attack", "hypothetical"),
    ("Egypt proposed that he resign.", "resign", "hypothetical"),
    ("Twenty years after Chad attacked Sudan, the border is quiet.", "attacked", "historical"),
    ("Chad is reported to have bombed the camp.", "bombed", "alleged"),
    # what one has leave, or is forced, to do; what is ahead
    ("Turkish troops had orders to attack the camp.", "attack", "hypothetical"),
    ("The troops were forced to withdraw from Chad.", "withdraw", "actual"),
    ("Ahead of the deployment of Chadian troops, donors met.", "deployment", "future"),
    ("As soon as Chad reopens the border, Sudan will lift the ban.", "reopens", "hypothetical"),
    # answered, apart from what it says, or unknown
    (
        '"There is no truth in that," the minister said of reports that Chad had bombed the camp.',
        "bombed",
        "negated",
    ),
    (
        "Chad disputed a report, first published in Cairo, that Sudan had bombed the camp.",
        "bombed",
        "negated",
    ),
    ("Sudan has no knowledge of any request by Chad for the release of soldiers.", "request", "negated"),
    # a gerund of another time is not asked for
    ("After freeing the soldiers, Chad asked Sudan to open the border.", "freeing", "actual"),
    # a clause of its own keeps its own certainty
    ("On Monday Iran attacked a tanker that left port on Friday.", "left", "actual"),
    ("Turkey, whose military downed a Russian bomber, refused to apologize.", "downed", "actual"),
    ("Poland supported Ukraine by sending tanks.", "sending", "actual"),
    ("Sudan helped Chad to attack the rebels.", "attack", "actual"),
]


@pytest.mark.parametrize(("sentence", "word", "status"), CASES)
def test_status(sentence: str, word: str, status: str) -> None:
    annotation = tree(sentence)
    assert status_of(Syntax(annotation), token(annotation, word), Moods()) == status
