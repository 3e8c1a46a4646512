"""Keys: the same actor has one whatever the document, who has no name has none."""

from __future__ import annotations

import pytest

from volteface.records import Evidence
from volteface.resolve import register
from volteface.resolve.keys import actor_key, normalised
from volteface.resolve.reading import Kind, Reading
from volteface.resolve.sectors import body_words


def reading(
    key: str | None, name: str, country: str | None, kind: Kind = "person", told: bool = True
) -> Reading:
    evidence = (Evidence(0, 1, "title", country, None, None),) if told and country else ()
    return Reading(key, name, country, None, kind, 0.5, (), evidence=evidence)


KEYS = [
    (reading("RUS", "Russia", "RUS", "state"), "RUS"),
    (reading("RUS/Kremlin", "Kremlin", "RUS", "body"), "RUS/Kremlin"),
    (reading("ISL/Parliament", "Iceland: Parliament", "ISL", "body"), "ISL/Parliament"),
    (reading("IGO", "an organisation", "IGO", "state"), None),
    (reading("person:Putin", "Vladimir Putin", "RUS"), "RUS/Vladimir Putin"),
    (reading("person:Blair", "Tony Blair", "IGO"), "GBR/Tony Blair"),
    (reading("person:José Pérez", "José  Pérez", "ESP"), "ESP/Jose Perez"),
    (reading("person:JOSE PEREZ", "JOSE PEREZ", None), "Jose Perez"),
    (reading("person:Ada Moor", "Ada Moor", "NOR", told=False), "Ada Moor"),
    (reading("person:Moor", "Moor", "NOR"), None),
    (reading("org:Aurora Front", "Aurora Front", "NOR", "body"), "NOR/Aurora Front"),
    (reading("TUR/MIL/military", "Turkish military", "TUR", "body"), "TUR/MIL/military"),
    (reading("TUR/MIL/military", "Turkish military", "TUR", "thing"), "TUR/MIL/military"),
    (reading("TUR/MIL/soldier", "Turkish soldiers", "TUR", "people"), None),
    (reading("TUR/GOV/delegation", "Turkish delegation", "TUR", "body"), None),
    (reading("SOM/REB/militant group", "Somalia: group", "SOM", "body"), None),
    (reading("IRQ/CVL/Kurds", "Kurds", "IRQ", "people"), "IRQ/Kurds"),
    (reading("None/CVL/Kurds", "Kurds", None, "people"), "Kurds"),
    (reading("RUS/CVL/Russia", "Russians", "RUS", "people"), None),
    (reading(None, "gunmen", "KEN", "people"), None),
]


@pytest.mark.parametrize(("one", "key"), KEYS)
def test_keys(one: Reading, key: str | None) -> None:
    assert actor_key(one, register()) == key


NAMES = [("The  José PÉREZ", "Jose PEREZ"), ("ADA MOOR", "Ada Moor"), ("KGB", "KGB"), ("O’Neil", "O'Neil")]


@pytest.mark.parametrize(("name", "wanted"), NAMES)
def test_names_as_keys_have_them(name: str, wanted: str) -> None:
    assert normalised(name) == wanted


BODIES = [
    ("ministry of defence", "defense ministry"),
    ("defense ministry", "defense ministry"),
    ("ministry of the interior", "interior ministry"),
    ("council of ministers", "council of ministers"),
]


@pytest.mark.parametrize(("words", "wanted"), BODIES)
def test_a_body_has_one_name(words: str, wanted: str) -> None:
    assert body_words(words) == wanted
