"""Who there is to act: countries, organisations, roles and office holders, read from TOML and checked.

The data files say in their own comments what each field means. Everything is read once, when first asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeVar

import msgspec

from volteface.codebook.plover import plover
from volteface.errors import CodebookError

RoleKind = Literal["person", "body", "people", "thing"]
T = TypeVar("T")
ORGANISATIONS = tuple(
    f"organisations/{name}.toml"
    for name in ("international", "armed_groups", "parties", "society", "media", "business", "peoples")
)
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One state or dependency; see the head of `countries.toml`. `seats`: sector → bodies, each a name or
    all its names."""

    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    historic: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    wikidata: str | None = None
    seats: dict[str, tuple[str | tuple[str, ...], ...]] = {}

    def bodies(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Sector and names of each seat, the usual name first."""
        for sector, seats in self.seats.items():
            for seat in seats:
                yield sector, (seat,) if isinstance(seat, str) else seat


class Organisation(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from", "until": "to"}
):
    """One organisation; see the head of `organisations/international.toml`. `since` … `until`: years, 0 where
    not told. `country` and `sector` are those of the table it stands in."""

    names: tuple[str, ...]
    kind: Literal["organisation", "people", "coalition"] = "organisation"
    since: int = 0
    until: int = 0
    wikidata: str | None = None
    country: str | None = None
    sector: str | None = None


class Traps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`traps.toml`: names that mean something else, and names that several bear or that are words."""

    names: tuple[str, ...]
    shared: tuple[str, ...] = ()


class RoleGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Role nouns of one sector and kind, lower case and singular."""

    sector: str
    kind: RoleKind
    words: tuple[str, ...]
    weak: bool = False


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plain list of words."""

    words: tuple[str, ...]


class Game(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell that a sentence is about a game: by themselves, and beside a score."""

    words: tuple[str, ...]
    beside_score: tuple[str, ...]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`roles.toml`: role nouns, counting nouns, modifiers by sector, words for what somebody no longer is,
    and nouns that resolution treats in a way of their own."""

    role: tuple[RoleGroup, ...]
    transparent: Words
    modifiers: dict[str, tuple[str, ...]]
    past: Words
    craft: Words
    aboard: Words
    international: Words
    game: Game
    nobody: Words


class Office(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from", "until": "to"}
):
    """A role held `since` … `until`: ISO dates, months or years; `until` "" while it lasts."""

    role: str
    since: str
    until: str = ""

    def held(self, day: str) -> bool:
        """Whether the role was held on this ISO day; a month or year counts as a whole."""
        return self.since <= day and (not self.until or day[: len(self.until)] <= self.until)


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One office holder; see `people/README.md`. `short` None: the last word of the name and other spellings."""

    name: str
    sex: Literal["m", "f"]
    offices: tuple[Office, ...]
    sector: str | None = None
    wikidata: str | None = None
    other: tuple[str, ...] = ()
    short: tuple[str, ...] | None = None


@cache
def countries() -> dict[str, Country]:
    """Code → country. Raises `CodebookError` if the file is not what it should be."""
    found = _read("countries.toml", dict[str, Country])
    for code, country in found.items():
        where = f"countries.toml [{code}]"
        if not re.fullmatch("[A-Z]{3}", code):
            raise CodebookError(f"{where}: not a three-letter code")
        _check_sectors(where, country.seats)
        seats = {name for _, names in country.bodies() for name in names}
        if lost := sorted(set(country.generic) - seats):
            raise CodebookError(f"{where}: generic but no seat: {', '.join(lost)}")
    return found


@cache
def country_codes() -> dict[str, str]:
    """Code of each country by its names, in lower case; of two that share an alias, the one whose name it is."""
    codes = {alias.casefold(): code for code, country in countries().items() for alias in country.aliases}
    return codes | {country.name.casefold(): code for code, country in countries().items()}


@cache
def organisations() -> tuple[Organisation, ...]:
    """All organisations, in the order of the files. Raises `CodebookError` if a file is not what it should
    be."""
    found: dict[tuple[str, str], Organisation] = {}
    for file in ORGANISATIONS:
        tables = _read(file, dict[str, dict[str, tuple[tuple[str, ...] | Organisation, ...]]])
        for code, sectors in tables.items():
            _check_country(f"{file} [{code}]", code or None)
            _check_sectors(f"{file} [{code}]", [sector for sector in sectors if sector])
            for sector, rows in sectors.items():
                for row in rows:
                    one = row if isinstance(row, Organisation) else Organisation(row)
                    if not one.names or (code, one.names[0]) in found:
                        raise CodebookError(
                            f"{file} [{code}]: no name, or one that stands twice: {one.names}"
                        )
                    found[code, one.names[0]] = msgspec.structs.replace(
                        one, country=code or None, sector=sector or None
                    )
    return tuple(found.values())


@cache
def roles() -> Roles:
    """Role nouns. Raises `CodebookError` if the file is not what it should be or has a word twice."""
    found = _read("roles.toml", Roles)
    seen: set[str] = set()
    for group in found.role:
        where = f"roles.toml {group.sector or '(no sector)'}/{group.kind}"
        _check_sectors(where, [group.sector] if group.sector else [])
        for word in group.words:
            if word in seen:
                raise CodebookError(f"{where}: {word!r} stands twice")
            seen.add(word)
    _check_sectors("roles.toml [modifiers]", found.modifiers)
    return found


@cache
def people() -> dict[str, tuple[Person, ...]]:
    """Country or non-state code → office holders. Raises `CodebookError` if a file of `people/` is not what it
    should be, or a code or person stands twice."""
    found: dict[str, tuple[Person, ...]] = {}
    known = {word for group in roles().role for word in group.words}
    folder = resources.files("volteface.codebook").joinpath("people")
    for file in sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml")):
        for code, persons in _read(f"people/{file}", dict[str, tuple[Person, ...]]).items():
            where = f"people/{file} [{code}]"
            _check_country(where, code)
            if code in found:
                raise CodebookError(f"{where}: stands in another file too")
            names: set[str] = set()
            for person in persons:
                _check_person(f"{where} {person.name}", person, known)
                if person.name in names:
                    raise CodebookError(f"{where}: {person.name!r} stands twice")
                names.add(person.name)
            found[code] = persons
    return found


@cache
def traps() -> Traps:
    """Names that are not, or not always, what they look like."""
    return _read("traps.toml", Traps)


@cache
def first_names() -> dict[str, Literal["m", "f", ""]]:
    """First name → sex, empty for a name of both. Raises `CodebookError` if a name stands under m and f."""
    found = _read("first_names.toml", dict[Literal["m", "f", "either"], tuple[str, ...]])
    if both := sorted(set(found.get("m", ())) & set(found.get("f", ()))):
        raise CodebookError(f"first_names.toml: under m and f: {', '.join(both)}")
    return {name: "" if sex == "either" else sex for sex, names in found.items() for name in names}


def _read(file: str, type_: type[T]) -> T:
    try:
        data: Any = tomllib.loads(resources.files("volteface.codebook").joinpath(file).read_text("utf-8"))
        return msgspec.convert(data, type_)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CodebookError(f"{file}: {error}") from error


def _check_person(where: str, person: Person, known: set[str]) -> None:
    _check_sectors(where, [person.sector] if person.sector else [])
    if not person.offices:
        raise CodebookError(f"{where}: no office")
    for office in person.offices:
        if office.role not in known:
            raise CodebookError(f"{where}: {office.role!r} is no role of roles.toml")
        if not all(_DATE.fullmatch(date) for date in (office.since, office.until or "0001")):
            raise CodebookError(f"{where}: {office.since!r} to {office.until!r} are no ISO dates")
        shorter = min(len(office.since), len(office.until))
        if office.until[:shorter] < office.since[:shorter]:
            raise CodebookError(f"{where}: {office.role} from {office.since} to {office.until}")
    if list(person.offices) != sorted(person.offices, key=lambda office: office.since):
        raise CodebookError(f"{where}: offices are not in order of time")


def _check_country(where: str, code: str | None) -> None:
    if code is not None and code not in countries() and code not in plover().nonstate_countries:
        raise CodebookError(f"{where}: no country or non-state code {code!r}")


def _check_sectors(where: str, sectors: Iterable[str]) -> None:
    if unknown := sorted(set(sectors) - set(plover().sectors)):
        raise CodebookError(f"{where}: no PLOVER sector {', '.join(unknown)}")
