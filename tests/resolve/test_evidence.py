"""What a text says of who its actors are, on hand-built documents: title, apposition, role, office, list, lead."""

from __future__ import annotations

import pytest

from tests.build import annotation
from volteface.annotate import Annotation
from volteface.records import NO_CORRECTIONS, Actor, Corrections
from volteface.resolve import cast, register

TITLE = (
    "Kenyan|ADJ|amod|3 Defense|PROPN|compound|3 Minister|PROPN|compound|5 Ada|PROPN|compound|5 Moor|PROPN|nsubj|6 "
    "left|VERB|ROOT|0"
)
FORMER = (
    "Ada|PROPN|compound|2 Moor|PROPN|nsubj|11 ,|PUNCT|punct|2 a|DET|det|7 former|ADJ|amod|7 defense|NOUN|compound|7 "
    "minister|NOUN|appos|2 of|ADP|prep|7 Kenya|PROPN|pobj|8 ,|PUNCT|punct|2 left|VERB|ROOT|0"
)
OF = (
    "Ada|PROPN|compound|2 Moor|PROPN|nsubj|8 of|ADP|prep|2 the|DET|det|7 Kenyan|ADJ|amod|7 electoral|ADJ|amod|7 "
    "commission|NOUN|pobj|3 left|VERB|ROOT|0"
)
PARTICLE = (
    "General|PROPN|compound|4 Jean|PROPN|compound|4 Le|PROPN|compound|4 Brun|PROPN|nsubj|5 left|VERB|ROOT|0"
)
PUTIN = "Vladimir|PROPN|compound|2 Putin|PROPN|nsubj|3 left|VERB|ROOT|0"
LEADS = "Ada|PROPN|compound|2 Moor|PROPN|nsubj|3 led|VERB|ROOT|0|lead the|DET|det|6 Kenyan|ADJ|amod|6 army|NOUN|dobj|3"
FARC = "The|DET|det|3 Farc|PROPN|compound|3 rebels|NOUN|nsubj|4|rebel left|VERB|ROOT|0"
SPOKESMAN = "The|DET|det|3 Farc|PROPN|compound|3 spokesman|NOUN|nsubj|4 left|VERB|ROOT|0"
FRONT = (
    "The|DET|det|3 Aurora|PROPN|compound|3 Front|PROPN|nsubj|9 ,|PUNCT|punct|3 a|DET|det|7 Kenyan|ADJ|amod|7 "
    "party|NOUN|appos|3 ,|PUNCT|punct|3 left|VERB|ROOT|0"
)
GROUP = (
    "The|DET|det|3 militant|ADJ|amod|3 group|NOUN|nsubj|6 "
    "Jund|PROPN|compound|5 Qamar|PROPN|appos|3 left|VERB|ROOT|0"
)
SKARV = "Kenya|PROPN|poss|4 's|PART|case|1 Skarv|PROPN|compound|4 guerrillas|NOUN|nsubj|5|guerrilla left|VERB|ROOT|0"
SKARV_DENIED = "Skarv|PROPN|nsubj|2 denied|VERB|ROOT|0 it|PRON|dobj|2"
UNION = (
    "The|DET|det|3 Tigray|PROPN|compound|3 Union|PROPN|nsubj|10 (|PUNCT|punct|3 TU|PROPN|appos|3 )|PUNCT|punct|3 "
    "a|DET|det|9 rebel|NOUN|compound|9 group|NOUN|appos|3 left|VERB|ROOT|0"
)
UNION_DENIED = "TU|PROPN|nsubj|2 denied|VERB|ROOT|0 it|PRON|dobj|2"
SPOKEN_FOR = (
    "A|DET|det|2 spokesman|NOUN|nsubj|8 for|ADP|prep|2 Kenyan|ADJ|amod|7 Defense|PROPN|compound|7 "
    "Minister|PROPN|compound|7 Ada|PROPN|compound|8 Moor|PROPN|pobj|3 left|VERB|ROOT|0"
)
SKAGERRAK = "Skagerrak|PROPN|compound|2 TV|NOUN|nsubj|3|tv left|VERB|ROOT|0"

MENTIONS = {
    "Ada Moor": "PERSON", "Jean Le": "PERSON", "Vladimir Putin": "PERSON", "The Aurora Front": "ORG",
    "Jund Qamar": "PERSON", "Skarv": "PERSON", "Skagerrak": "ORG", "Tigray Union": "ORG", "TU": "ORG",
}  # fmt: skip


def told(actor: Actor, document: Annotation) -> list[str]:
    return [
        f"{document.text[e.start : e.end]}: {e.kind} {e.country or '-'} {e.sector or '-'} {e.role or '-'}"
        for e in actor.evidence
    ]


def named(
    sentences: list[str], corrections: Corrections = NO_CORRECTIONS
) -> tuple[Annotation, tuple[Actor, ...]]:
    document = annotation(*sentences, mentions=MENTIONS)
    return document, cast(document, [], register(), published="2015-06-01", corrections=corrections).actors


# sentences; key of the first actor; what the text says of it
TOLD = [
    ([TITLE], "KEN/Ada Moor", ["Kenyan Defense Minister: title KEN GOV Defense minister"]),
    ([FORMER], "KEN/Ada Moor", ["a former defense minister of Kenya: apposition KEN ELI Defense minister"]),
    ([OF], "KEN/Ada Moor", ["the Kenyan electoral commission: member KEN - -"]),
    ([PARTICLE], "Jean Le Brun", ["General: title - MIL General"]),
    ([PUTIN], "RUS/Vladimir Putin", ["Vladimir Putin: holder RUS GOV President"]),
    ([LEADS], "KEN/Ada Moor", ["the Kenyan army: leads KEN MIL -"]),
    ([FARC], "COL/FARC", ["The Farc rebels: role - REB Rebel"]),
    ([SPOKESMAN], "COL/FARC", []),
    ([FRONT], "KEN/Aurora Front", ["a Kenyan party: apposition KEN PTY Party"]),
    ([GROUP], "Jund Qamar", ["The militant group Jund Qamar: apposition - REB Militant group"]),
    ([UNION, UNION_DENIED], "Tigray Union", ["a rebel group: apposition - REB Rebel group"]),
    ([SPOKEN_FOR], "KEN/Ada Moor", ["Kenyan Defense Minister: title KEN GOV Defense minister"]),
    ([SKARV, SKARV_DENIED], "KEN/Skarv", ["Kenya's Skarv guerrillas: role KEN REB Guerrilla"]),
]


@pytest.mark.parametrize(("sentences", "key", "wanted"), TOLD)
def test_what_the_text_says(sentences: list[str], key: str, wanted: list[str]) -> None:
    document, actors = named(sentences)
    found = next(actor for actor in actors if actor.key == key)
    assert told(found, document) == wanted
    assert found.reasons
    assert 0 < found.score <= 1


def test_what_is_all_name_says_nothing() -> None:
    assert named([SKAGERRAK])[1] == ()


# Sentences; name, country and number of mentions of the newcomer
EVERYWHERE = [([SKARV, SKARV_DENIED], "Skarv", "KEN", 2), ([UNION, UNION_DENIED], "Tigray Union", None, 3)]


@pytest.mark.parametrize(("sentences", "name", "country", "mentions"), EVERYWHERE)
def test_a_name_explained_once_is_the_same_everywhere(
    sentences: list[str], name: str, country: str | None, mentions: int
) -> None:
    _, actors = named(sentences)
    found = next(actor for actor in actors if actor.name == name)
    assert (found.country, found.sector, len(found.mentions)) == (country, "REB", mentions)


# What was decided; name, country, sector and key of the first actor of FORMER and FRONT then
DECIDED = [
    (Corrections(), ["Ada Moor KEN ELI KEN/Ada Moor", "Aurora Front KEN PTY KEN/Aurora Front"]),
    (
        Corrections(facts={"KEN/Ada Moor": {"sector": "GOV", "country": "UGA"}}),
        ["Ada Moor UGA GOV KEN/Ada Moor", "Aurora Front KEN PTY KEN/Aurora Front"],
    ),
    (
        Corrections(joins={"KEN/Aurora Front": "COL/FARC", "COL/FARC": "COL/FARC"}),
        ["Ada Moor KEN ELI KEN/Ada Moor", "FARC COL REB COL/FARC"],
    ),
    (
        Corrections(joins={"KEN/Aurora Front": "KEN/Ada Moor", "KEN/Ada Moor": "KEN/Ada Moor"}),
        ["Ada Moor KEN ELI KEN/Ada Moor"],
    ),
]


@pytest.mark.parametrize(("corrections", "wanted"), DECIDED)
def test_decisions_are_an_overlay(corrections: Corrections, wanted: list[str]) -> None:
    _, actors = named([FORMER, FRONT], corrections)
    found = [f"{a.name} {a.country} {a.sector} {a.key}" for a in actors if a.key != "KEN"]
    assert found == wanted
    said = any("a person decided" in reason for actor in actors for reason in actor.reasons)
    assert said == bool(corrections)
