"""Predicates outside the lexicon that look like one party doing something to another."""

from __future__ import annotations

import pytest

from tests.code.trees import token, tree, words
from volteface.code.candidates import candidates
from volteface.code.syntax import Syntax

# (sentence, what is found: agents > predicate > patients)
FOUND = [
    # verbs, in either voice, in relative and reported clauses
    (
        "Ruritanian customs officers strip-searched two Sylvanian diplomats at the airport.",
        ["officers > searched > diplomats"],
    ),
    ("The villagers were harassed by the militia.", ["militia > harassed > villagers"]),
    ("The rebels, who had harassed the police, fled.", ["rebels > harassed > police"]),
    ("The minister said the army had pampered the rebels.", ["army > pampered > rebels"]),
    # the other party beside an object
    ("Chad dealt a blow to Libya.", ["Chad > dealt > Libya"]),
    # nouns with both parties round them, or one at the verb that carries them
    ("Libya's neutralization of Chad surprised Egypt.", ["Libya > neutralization > Chad"]),
    (
        "The mistreatment of prisoners by Sudanese soldiers went on.",
        ["soldiers > mistreatment > prisoners"],
    ),
    ("Kenya's overtures to Somalia pleased the rebels.", ["Kenya > overtures > Somalia"]),
    ("Rivalry between Iran and Turkey grew.", ["Iran + Turkey > Rivalry > -"]),
    ("Chad made concessions to the rebels.", ["Chad > concessions > rebels"]),
    # nobody acts, nobody is acted on, or nothing is done
    ("The storm ruined the harvest.", []),
    ("Peru has a border with Chile.", []),
]


def _found(sentence: str, taken: str = "") -> list[str]:
    annotation = tree(sentence)
    known = {token(annotation, taken).i} if taken else set()
    return [
        f"{' + '.join(words(annotation, parties.agents))} > {predicate.text} > "
        f"{' + '.join(words(annotation, parties.patients)) or '-'}"
        for predicate, parties in candidates(Syntax(annotation), annotation.sentences[0], known)
    ]


@pytest.mark.parametrize(("sentence", "found"), FOUND)
def test_candidates(sentence: str, found: list[str]) -> None:
    assert _found(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "taken"),
    [
        ("The villagers were harassed by the militia.", "harassed"),
        ("Chad dealt a blow to Libya.", "blow"),  # the verb only carries it
    ],
)
def test_what_is_taken_is_no_candidate(sentence: str, taken: str) -> None:
    assert _found(sentence, taken) == []
