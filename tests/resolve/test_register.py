"""Names and roles found in text."""

from __future__ import annotations

import pytest

from volteface.resolve import register


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("U.S.-led and US-backed", ["U.S.=USA", "US=USA"]),
        ("it struck us", []),
        ("WHO IS NEXT, ASKS US", []),
        ("the WHO said", ["WHO=UNO"]),
        ("anti-IS raids", ["IS=IMG"]),
        ("New Mexico, Mexico", ["New Mexico=USA", "Mexico=MEX"]),
        ("Papua New Guinea", ["Papua New Guinea=PNG"]),
        ("Nigerian and Nigerien", ["Nigerian=NGA", "Nigerien=NER"]),
        ("South Sudanese troops", ["South Sudanese=SSD"]),
        ("South China Sea", ["South China Sea=None"]),
        ("somebody@Russia.example", []),
        ("TURKEY AND GREECE TALK", ["TURKEY=TUR", "GREECE=GRC"]),
        ("Da’esh", ["Da’esh=IMG"]),
    ],
)
def test_names(text: str, want: list[str]) -> None:
    assert [f"{text[s:e]}={entry.country}" for (s, e), entry in register().names(text)] == want


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("ELN", None),
        ("UPC", ["CAF", "COD"]),
        ("National Salvation Front", ["EGY", "ROU", "SSD"]),
        ("NATIONAL SALVATION FRONT", ["EGY", "ROU", "SSD"]),
        ("MLC", ["COD"]),
    ],
)
def test_bearers_of_a_name_that_says_too_little(name: str, want: list[str] | None) -> None:
    found = register().bearers(name)
    assert (None if found is None else sorted(str(entry.country) for entry in found)) == want


@pytest.mark.parametrize(
    ("lemmas", "want"),
    [
        ("the deputy foreign minister", "deputy foreign minister GOV person"),
        ("secretary - general", "secretary-general GOV person"),
        ("a fighter jet", "fighter jet MIL thing"),
        ("the rebel", "rebel REB person"),
        ("the budget", None),
    ],
)
def test_roles(lemmas: str, want: str | None) -> None:
    words = lemmas.split()
    found = register().role(words, len(words) - 1)
    assert (f"{found[0].words} {found[0].sector} {found[0].kind}" if found else None) == want


def test_holders_by_full_and_short_name() -> None:
    assert [h.code for h in register().holders("Putin")] == ["RUS"]
    assert [h.code for h in register().holders("Brown")] == []
    assert [h.code for h in register().holders("Gordon Brown")] == ["GBR"]
    assert [h.code for h in register().holders("Sisi")] == ["EGY"]
