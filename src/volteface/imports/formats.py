"""What a format says of its rows, and what the formats share: CAMEO codes and names of countries."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from volteface.codebook import plover
from volteface.codebook.actors import countries, country_codes, organisations
from volteface.errors import CodebookError, InputError

# What stands for nothing in one or another of the files.
MISSING = ("", "NA", "NULL", "None", "NaN", "---")


class Party(NamedTuple):
    """One side of a row: columns of `acts`."""

    country: str | None
    sector: str | None
    name: str | None
    key: str | None


class Kind(NamedTuple):
    """What happened: columns of `acts`."""

    type: str | None
    mode: str | None
    cameo: str | None
    quad: str | None


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of `data/`: the columns in order, and how the words of the format are those of the codebook.

    `countries`: names or codes that the codebook has not, or otherwise ("" is no country); `codes`: labels of
    non-state actors; `sectors`: labels of each PLOVER sector, the telling ones first.
    """

    columns: tuple[str, ...]
    countries: dict[str, str] = {}
    codes: dict[str, frozenset[str]] = {}
    sectors: tuple[tuple[str, frozenset[str]], ...] = ()

    def sector(self, labels: list[str]) -> str | None:
        """The first sector of the table that one of the labels has."""
        return next((sector for sector, known in self.sectors if not known.isdisjoint(labels)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of tab-separated rows. `id` … `sources`, `kind_of`, `actor_of`, `recipient_of`: names of columns.

    `kind` and `party` are given the texts of theirs, as they are in the file, and know nothing else of a row.
    """

    origin: str
    columns: tuple[str, ...]
    header: bool
    id: str
    day: str
    day_form: str
    score: str
    kind_of: tuple[str, ...]
    kind: Callable[..., Kind]
    actor_of: tuple[str, ...]
    recipient_of: tuple[str, ...]
    party: Callable[..., Party]
    documents: str | None = None
    sources: str | None = None

    def place(self, column: str) -> int:
        """Where the column stands in a row, from 1."""
        return self.columns.index(column) + 1

    def check_header(self, path: str, line: str) -> None:
        """Raise `InputError` unless this is the first line of such a file."""
        found = fields(line)
        if len(found) != len(self.columns):
            raise InputError(path, f"has {len(found)} columns; {self.origin} has {len(self.columns)}")
        if self.header:
            for number, (name, wanted) in enumerate(zip(found, self.columns, strict=True), 1):
                if name != wanted:
                    raise InputError(path, f"column {number} is {name!r}; of {self.origin} it is {wanted!r}")


def fields(line: str) -> list[str]:
    """The cells of a line, without the quotes that some writers put around them and the marks before a header."""
    return [cell(field) for field in line.removeprefix("\ufeff").removeprefix("#!").split("\t")]


def cell(text: str) -> str:
    """A cell without quotes around it."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text


def told(text: str) -> str | None:
    """A cell, None where it says nothing."""
    plain = cell(text).strip()
    return None if plain in MISSING else plain


@cache
def table(name: str) -> Table:
    """`data/NAME.toml`. Raises `CodebookError` if it is not what it should be."""
    data = resources.files("volteface.imports").joinpath(f"data/{name}.toml").read_text("utf-8")
    try:
        found = msgspec.convert(tomllib.loads(data), Table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CodebookError(f"{name}.toml: {error}") from error
    known = set(countries()) | set(plover().nonstate_countries) | {""}
    wrong = {*found.countries.values(), *found.codes} - known
    wrong |= {sector for sector, _ in found.sectors} - set(plover().sectors)
    if wrong:
        raise CodebookError(f"{name}.toml: no code of the codebook: {', '.join(sorted(wrong))}")
    return found


@cache
def organisation_codes() -> Mapping[str, str]:
    """Non-state code of each organisation that has one (`IGO`, `UNO`, …) by its names, in lower case."""
    return {
        name.casefold(): one.country
        for one in organisations()
        if one.country in plover().nonstate_countries
        for name in one.names
    }


def of_cameo(code: str | None) -> Kind:
    """Type and mode of a CAMEO code: those of the code, else of the next more general one, else of its root ("175" is
    "170"). None of them for roots that PLOVER has not: statements (01) and appeals (02)."""
    table = plover().cameo_to_plover
    general = [(code or "")[:n] for n in range(len(code or ""), 2, -1)] + [f"{(code or '')[:2]}0"]
    entry = next((table[each] for each in general if each in table), None)
    if entry is None:
        return Kind(None, None, code, None)
    return Kind(entry.type, entry.mode, code, plover().quad(entry.type))


def key_of(country: str | None, name: str | None, *, named: bool) -> str | None:
    """The key of an actor as reports have it: the code of a country for the country itself, `RUS/Vladimir Putin` for
    somebody `named`, `European Commission` for whom no country has, none for "police"."""
    if name is None:
        return None
    if country is not None and country_codes().get(name.casefold()) == country:
        return country
    return (f"{country}/{name}" if country in countries() else name) if named else None
