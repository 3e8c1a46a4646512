"""The actor data files: complete, and a damaged one is said to be damaged."""

from __future__ import annotations

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
    assert sum(len(group.names) for group in actors.organisations().values()) >= 150
    assert sum(len(group.words) for group in actors.roles().role) >= 350
    assert len(actors.traps()) >= 50


def test_no_name_belongs_to_two_countries() -> None:
    seen: dict[str, str] = {}
    for code, country in actors.countries().items():
        seats = [name for names in country.seats.values() for name in names]
        own = {country.name, *country.aliases, *country.demonyms, *country.people, *country.capital}
        for name in sorted(own | set(country.regions) | set(country.historic) | set(seats)):
            assert seen.setdefault(name, code) == code, f"{name}: {seen[name]} and {code}"


@pytest.mark.parametrize(
    ("loader", "text", "says"),
    [
        (actors.countries, "[russia]\nname = 'Russia'", "three-letter"),
        (actors.countries, "[RUS]\nname = 'Russia'\nseats = {XXX = ['Kremlin']}", "no PLOVER sector XXX"),
        (actors.countries, "[RUS]\nname = 'Russia'\ngeneric = ['Senate']", "generic but no seat: Senate"),
        (actors.countries, "[RUS]\nnames = 'Russia'", "unknown field `names`"),
        (actors.countries, "[RUS", "countries.toml"),
        (actors.roles, "role = [{sector = 'GOV', kind = 'animal', words = []}]", "Invalid enum value"),
    ],
)
def test_a_damaged_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, loader: Any, text: str, says: str
) -> None:
    for file in ("countries.toml", "roles.toml"):
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    loader.cache_clear()
    with pytest.raises(CodebookError, match=says):
        loader()
