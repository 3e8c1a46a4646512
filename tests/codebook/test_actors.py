"""The actor data files: complete, and a damaged one is said to be damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from volteface.codebook import actors
from volteface.errors import CodebookError

LOADERS = (actors.countries, actors.organisations, actors.roles, actors.people, actors.traps)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Each test reads the files anew, and leaves nothing of a damaged one behind."""
    yield
    for loader in LOADERS:
        loader.cache_clear()


def test_the_files_are_as_large_as_they_claim() -> None:
    assert len(actors.countries()) >= 249
    found = actors.organisations()
    assert sum(one.country in ("IGO", "UNO", "EUR") for one in found) >= 250
    assert sum(one.sector in ("REB", "PRM", "CRM") for one in found) >= 400
    assert sum(one.sector == "JRN" for one in found) >= 400
    assert sum(1 for country in actors.countries().values() for _ in country.bodies()) >= 600
    assert sum(len(group.words) for group in actors.roles().role) >= 350
    assert len(actors.traps().names) >= 50


def test_every_file_says_where_its_rows_are_from() -> None:
    folder = Path(actors.__file__).parent
    said = {
        "countries.toml": folder / "countries.toml",
        "organisations": folder / "organisations" / "international.toml",
        "people": folder / "people" / "README.md",
    }
    for file in (
        "countries.toml",
        *actors.ORGANISATIONS,
        *(f"people/{f.name}" for f in folder.glob("people/*.toml")),
    ):
        head = "".join((folder / file).read_text(encoding="utf-8").splitlines(keepends=True)[:14])
        source = said[file.split("/")[0]]
        assert source.name in head or source == folder / file, file
        assert "common" in source.read_text(encoding="utf-8").partition("knowledge")[0], source.name


def bearers() -> dict[str, set[str]]:
    """Each name of a state, a state's body or an organisation, and who bears it."""
    found: dict[str, set[str]] = {}
    for code, country in actors.countries().items():
        own = {country.name, *country.aliases, *country.demonyms, *country.people, *country.capital}
        for name in own | set(country.regions) | set(country.historic):
            found.setdefault(name, set()).add(code)
        for _, names in country.bodies():
            for name in names:
                found.setdefault(name, set()).add(f"{code}: {names[0]}")
    for one in actors.organisations():
        for name in one.names:
            found.setdefault(name, set()).add(f"{one.country}: {one.names[0]}")
    return found


def test_a_name_of_several_is_declared() -> None:
    shared = set(actors.traps().shared)
    assert {name: who for name, who in bearers().items() if len(who) > 1 and name not in shared} == {}


def test_declared_names_are_borne_by_somebody() -> None:
    assert set(actors.traps().shared) <= set(bearers())
    assert not set(actors.traps().names) & set(bearers())


def test_no_name_stands_twice_in_its_row() -> None:
    rows = [(names, code) for code, c in actors.countries().items() for _, names in c.bodies()]
    rows += [(one.names, one.country or "") for one in actors.organisations()]
    assert [row for row in rows if len(set(row[0])) < len(row[0])] == []


def test_wikidata_ids_are_ids_and_stand_once() -> None:
    ids = [c.wikidata for c in actors.countries().values() if c.wikidata]
    ids += [one.wikidata for one in actors.organisations() if one.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", one) for one in ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("loader", "text", "says"),
    [
        (actors.countries, "[russia]\nname = 'Russia'", "three-letter"),
        (actors.countries, "[RUS]\nname = 'Russia'\nseats = {XXX = ['Kremlin']}", "no PLOVER sector XXX"),
        (actors.countries, "[RUS]\nname = 'Russia'\ngeneric = ['Senate']", "generic but no seat: Senate"),
        (actors.countries, "[RUS]\nnames = 'Russia'", "unknown field `names`"),
        (actors.countries, "[RUS", "countries.toml"),
        (actors.organisations, "[XYZ]\nREB = [['Front']]", "no country or non-state code 'XYZ'"),
        (actors.organisations, "[COL]\nXXX = [['Front']]", "no PLOVER sector XXX"),
        (actors.organisations, "[COL]\nREB = [['Front'], ['Front']]", "stands twice"),
        (actors.organisations, "[COL]\nREB = [{ name = 'Front' }]", "unknown field `name`"),
        (actors.roles, "role = [{sector = 'GOV', kind = 'animal', words = []}]", "Invalid enum value"),
    ],
)
def test_a_damaged_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, loader: Any, text: str, says: str
) -> None:
    if loader is actors.organisations:
        actors.countries()  # the real ones
    (tmp_path / "organisations").mkdir()
    for file in ("countries.toml", "roles.toml", "organisations/international.toml"):
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    loader.cache_clear()
    with pytest.raises(CodebookError, match=says):
        loader()
