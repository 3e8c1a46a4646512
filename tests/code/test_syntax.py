"""Who stands where round a verb or an event noun."""

from __future__ import annotations

import pytest

from tests.code.trees import token, tree, words
from volteface.code.syntax import Syntax

# (sentence, its verb, who does it, who undergoes it)
ROLES = [
    # voice
    ("Egypt invaded Libya and Sudan.", "invaded", ["Egypt"], ["Libya", "Sudan"]),
    ("The convoy was bombed by Turkish jets.", "bombed", ["jets"], ["convoy"]),
    ("Three villages were shelled.", "shelled", [], ["villages"]),
    # relative clauses
    (
        "Turkey, whose military downed a Russian bomber, refused to apologize.",
        "downed",
        ["military"],
        ["bomber"],
    ),
    ("The rebels who attacked the base fled to Sudan.", "attacked", ["rebels"], ["base"]),
    ("The rebels who attacked the base fled to Sudan.", "fled", ["rebels"], []),
    ("France condemned the region that Russia annexed.", "annexed", ["Russia"], ["region"]),
    ("Chad expelled the envoy whom Sudan had sent.", "sent", ["Sudan"], ["envoy"]),
    ("The region Russia annexed voted on Sunday.", "annexed", ["Russia"], ["region"]),
    ("Soldiers guarding the embassy shot a protester.", "guarding", ["Soldiers"], ["embassy"]),
    # control
    ("Kyiv ordered its troops to withdraw from the town.", "withdraw", ["troops"], []),
    ("Sudan promised Chad to release the prisoners.", "release", ["Sudan"], ["prisoners"]),
    ("Berlin called on Moscow to stop the attacks.", "stop", ["Moscow"], ["attacks"]),
    ("Turkey plans to invade Syria.", "invade", ["Turkey"], ["Syria"]),
    ("Sudan was forced to withdraw its troops.", "withdraw", ["Sudan"], ["troops"]),
    ("Iran is ready to meet Israel.", "meet", ["Iran"], ["Israel"]),
    ("Appeals to Iran to stop the attacks continued.", "stop", ["Iran"], ["attacks"]),
    ("Egypt's pledge to send aid pleased Sudan.", "send", ["Egypt"], ["aid"]),
    # gerunds after prepositions
    ("Turkey accused Syria of bombing a village.", "bombing", ["Syria"], ["village"]),
    ("Iran was accused of attacking a tanker.", "attacking", ["Iran"], ["tanker"]),
    ("Poland supported Ukraine by sending tanks.", "sending", ["Poland"], ["tanks"]),
    ("Cuba thanked Spain for sending aid.", "sending", ["Spain"], ["aid"]),
    ("Oman warned Qatar against attacking the port.", "attacking", ["Qatar"], ["port"]),
    # coordination
    ("Russia and Syria bombed the town.", "bombed", ["Russia", "Syria"], ["town"]),
    ("Iran condemned and threatened Israel.", "threatened", ["Iran"], ["Israel"]),
    ("Iran condemned and threatened Israel.", "condemned", ["Iran"], ["Israel"]),
    ("Troops attacked the village and killed two farmers.", "killed", ["Troops"], ["farmers"]),
    ("Syria shelled a town and Iraq bombed a base, killing six soldiers.", "bombed", ["Iraq"], ["base"]),
    ("Syria shelled a town and Iraq bombed a base, killing six soldiers.", "killing", ["Iraq"], ["soldiers"]),
    ("Sudan, accusing Chad of lies, closed the border.", "accusing", ["Sudan"], ["Chad"]),
]

# (sentence, its verb, preposition, what that holds)
OBLIQUES = [
    ("Ukraine fired missiles across the border into Russia.", "fired", "into", ["Russia"]),
    ("Qatar offered to mediate between Sudan and Chad.", "mediate", "between", ["Sudan", "Chad"]),
    ("Sudan attacked the country with which it had signed a truce.", "signed", "with", ["country"]),
    ("Kenya agreed with Uganda to fight rebels.", "agreed", "with", ["Uganda"]),
]

# (sentence, its event noun, position, who stands there)
PARTIES = [
    ("Turkey's invasion of Cyprus was condemned by Greece.", "invasion", "poss", ["Turkey"]),
    ("Turkey's invasion of Cyprus was condemned by Greece.", "invasion", "of", ["Cyprus"]),
    ("The Saudi visit to Tehran ended.", "visit", "amod", ["Saudi"]),
    ("Talks between Serbia and Kosovo began.", "Talks", "between", ["Serbia", "Kosovo"]),
    ("The shelling of Kharkiv by Russian forces continued.", "shelling", "by", ["forces"]),
    # the parser hangs the "by" on the nearer noun
    ("The downing of a Russian bomber by Turkey angered Moscow.", "downing", "by", ["Turkey"]),
]

# (sentence, its event noun, the verb over it, how it hangs there)
GOVERNORS = [
    ("Israel launched an attack on Gaza.", "attack", "launched", "dobj"),
    ("Kyiv came under attack from Russian forces.", "attack", "came", "under"),
    ("Talks between Serbia and Kosovo began.", "Talks", "began", "nsubj"),
    ("Iran claimed responsibility for the attack on the ship.", "attack", "claimed", "dobj"),
    ("After talks with Chad, Sudan said the border would open.", "talks", "said", "after"),
]


@pytest.mark.parametrize(("sentence", "verb", "agents", "patients"), ROLES)
def test_roles(sentence: str, verb: str, agents: list[str], patients: list[str]) -> None:
    annotation = tree(sentence)
    roles = Syntax(annotation).roles(token(annotation, verb))
    assert (words(annotation, roles.agents), words(annotation, roles.patients)) == (agents, patients)


@pytest.mark.parametrize(("sentence", "verb", "preposition", "held"), OBLIQUES)
def test_obliques(sentence: str, verb: str, preposition: str, held: list[str]) -> None:
    annotation = tree(sentence)
    roles = Syntax(annotation).roles(token(annotation, verb))
    assert words(annotation, roles.obliques[preposition]) == held


@pytest.mark.parametrize(("sentence", "noun", "position", "parties"), PARTIES)
def test_parties_of_a_noun(sentence: str, noun: str, position: str, parties: list[str]) -> None:
    annotation = tree(sentence)
    found = Syntax(annotation).parties(token(annotation, noun))
    assert words(annotation, found[position]) == parties


@pytest.mark.parametrize(("sentence", "noun", "verb", "edge"), GOVERNORS)
def test_governors(sentence: str, noun: str, verb: str, edge: str) -> None:
    annotation = tree(sentence)
    found = Syntax(annotation).governor(token(annotation, noun))
    assert found is not None
    assert (found[0].text, found[1]) == (verb, edge)


def test_what_has_no_governor() -> None:
    annotation = tree("The village that was shelled by Chad burned.")
    assert Syntax(annotation).governor(token(annotation, "burned")) is None


def test_the_infinitive_after_the_addressee_is_the_appeals() -> None:
    annotation = tree("Berlin called on Moscow to stop the attacks.")
    found = Syntax(annotation).complements(token(annotation, "called"))
    assert [t.text for t in found] == ["stop"]
