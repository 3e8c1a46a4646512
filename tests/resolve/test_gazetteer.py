"""The gazetteer's file format, and what the bundled file must hold."""

from __future__ import annotations

import pytest

from volteface.codebook.actors import countries
from volteface.errors import ModelError
from volteface.resolve.gazetteer import ALTERNATE, DEMONYM, MINOR, PRIMARY, Gazetteer, Site, fold, pack

SITES = [
    Site("Testville", "USA", "Ohio", 11, 40.0, -83.5, "PPL", 5_000),
    Site("Testville", "GBR", "England", 12, 52.25, 0.5, "PPL", 90_000),
    Site("Ünland", "DEU", None, None, None, None, "PCLI", 1_000_000),
]
NAMES = {
    "testville": {0: PRIMARY, 1: PRIMARY},
    "unland": {2: PRIMARY},
    "unlander": {2: DEMONYM},
    "oldtest": {1: ALTERNATE},
}


def test_what_is_packed_is_found_again() -> None:
    gazetteer = Gazetteer(pack(SITES, NAMES))
    assert len(gazetteer) == 3
    assert [c.site for c in gazetteer.look_up("Testville")] == [SITES[1], SITES[0]]
    assert [(c.site, c.kind) for c in gazetteer.look_up("Ünlander")] == [(SITES[2], DEMONYM)]
    assert [c.kind for c in gazetteer.look_up("OLDTEST")] == [ALTERNATE]


@pytest.mark.parametrize("name", ["", "Test", "Testvillex", "zzz", "a", "t" * 500, "\n", "\x00"])
def test_unknown_names_are_not_found(name: str) -> None:
    assert Gazetteer(pack(SITES, NAMES)).look_up(name) == ()


def test_the_same_input_gives_the_same_bytes() -> None:
    assert pack(SITES, NAMES) == pack(SITES, dict(reversed(NAMES.items())))


@pytest.mark.parametrize("data", [b"", b"not a zip", pack(SITES, NAMES)[:200]])
def test_a_damaged_file_is_reported(data: bytes) -> None:
    with pytest.raises(ModelError):
        Gazetteer(data)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("Nagorno-Karabakh", "nagorno karabakh"),
        ("St. Louis", "st louis"),
        ("N’Djamena", "ndjamena"),
        ("  Abu   Dhabi ", "abu dhabi"),
        ("U.S.", "us"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "country", "geonames"),
    [
        ("Moscow", "RUS", 524901),
        ("Kyiv", "UKR", 703448),
        ("Tehran", "IRN", 112931),
        ("Jerusalem", "ISR", 281184),
        ("Taipei", "TWN", 1668341),
        ("Pristina", "KOS", 786714),
        ("France", "FRA", 3017382),
        ("Texas", "USA", 4736286),
        ("Gaza Strip", "PSE", None),
    ],
)
def test_the_bundled_file_knows(name: str, country: str, geonames: int | None) -> None:
    found = {(c.site.country, c.site.geonames) for c in Gazetteer.load().look_up(name)}
    assert (country, geonames) in found


def test_the_bundled_file_was_built_from_the_codebook_as_it_is() -> None:
    """Whoever changes countries.toml builds the gazetteer anew (docs/decisions/0021-gazetteer.md)."""
    gazetteer = Gazetteer.load()
    stale = [
        (code, name)
        for code, state in countries().items()
        for name in (state.name, *state.aliases, *state.demonyms, *state.people)
        if not any((c.site.country, c.site.feature) == (code, "PCLI") for c in gazetteer.look_up(name))
    ]
    assert stale == []


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Laurel County", "USA", PRIMARY),
        ("Saint Clair County", "USA", PRIMARY),
        ("St. Clair County", "USA", PRIMARY),
        ("Manbij District", "SYR", MINOR),
        ("Manbij", "SYR", MINOR),
        ("Provincia di Bergamo", "ITA", PRIMARY),
        ("Bergamo", "ITA", MINOR),
        ("Ketapang", "IDN", MINOR),
        ("Yonne", "FRA", MINOR),
    ],
)
def test_second_order_divisions(name: str, country: str, kind: int) -> None:
    found = {(c.site.country, c.kind) for c in Gazetteer.load().look_up(name) if c.site.feature == "ADM2"}
    assert (country, kind) in found
