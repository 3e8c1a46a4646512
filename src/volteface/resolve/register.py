"""The register: every name and role noun of the codebook, ready to be looked up in a text.

Names are found on characters, not on tokens, so that "U.S.-led", "anti-IS" and "Russia's" need no particular
tokenizer; roles are found on lemmas. The register is built once and never changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from volteface.codebook import actors as codebook
from volteface.codebook import plover
from volteface.records import Span

Form = Literal["name", "demonym", "people", "capital", "region", "seat", "organisation", "trap"]
Sex = Literal["m", "f", ""]

_RUN = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"(?:[^\W_]\.)+")
# "3-0", "412 for six"; a vote in a court or council looks the same, so a score alone says nothing.
_SCORE = re.compile(
    r"(?<![\d-])\d{1,2}[-–]\d{1,2}(?![\d-])|\b\d{2,3} for (?:one|two|three|four|five|six|seven|eight|nine)\b"
)
# Acronyms that are English words when a headline is set in capitals.
ALSO_WORDS = frozenset(
    {"US", "IS", "WHO", "CARE", "AU", "EC", "PA", "ICE", "MAS", "ADF", "CAR", "AP", "ALBA", "ARENA"}
)
# Where surnames come first.
SURNAME_FIRST = frozenset({"CHN", "HKG", "KOR", "PRK", "TWN", "VNM"})
# Names that are an actor's own; of a state's several entries (its regions, its people) its name is the one.
NAMING = ("name", "seat", "organisation")
LONGEST_WORD = max(map(len, ALSO_WORDS))
UPPER_FROM = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the codebook: whose it is (`key`), which country and sector it tells, and how it tells
    it."""

    key: str
    name: str
    form: Form
    country: str | None
    sector: str | None
    people: bool = False
    generic: bool = False
    coalition: bool = False
    since: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun says: its sector ("" unknown), what kind of thing it names, and whether a modifier
    decides."""

    words: str
    sector: str
    kind: codebook.RoleKind
    weak: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """An office holder of the codebook."""

    code: str
    person: codebook.Person

    def office(self, day: str | None) -> tuple[codebook.Office, bool]:
        """The office held on this day, or the last one begun before it; and whether it was held then."""
        offices = self.person.offices
        if day is None:
            return offices[-1], True
        for office in reversed(offices):
            if office.held(day):
                return office, True
        begun = [office for office in offices if office.since <= day]
        return (begun[-1], False) if begun else (offices[0], False)

    def holds(self, day: str | None) -> bool:
        """Whether they hold any office on this day."""
        return self.office(day)[1]


class Register:
    """Names → entries, lemmas → roles, personal names → office holders."""

    def __init__(self) -> None:
        # first word → names that begin with it, and their lengths, the longest first
        self._names: dict[str, dict[str, Entry]] = {}
        self.unless: dict[str, tuple[str, ...]] = {}
        self.wikidata: dict[str, str] = {}
        self._shared = frozenset(codebook.traps().shared)
        self._bearers: dict[str, list[Entry]] = {}
        self._add_countries()
        self._add_organisations()
        for name in codebook.traps().names:
            self._add(name, Entry(f"trap:{name}", name, "trap", None, None))
        self._lengths = {
            word: sorted({len(name) for name in names}, reverse=True) for word, names in self._names.items()
        }
        self._add_roles()
        self._add_people()
        self.codes = frozenset(codebook.countries()) | frozenset(plover().nonstate_countries)
        self.entries = {
            e.key: e for names in self._names.values() for e in names.values() if e.form in NAMING
        }

    def bearers(self, name: str) -> tuple[Entry, ...] | None:
        """All who bear a name that says too little by itself ("MLC"), or None for a name that says enough."""
        found = self._bearers.get(name)
        return None if found is None else tuple(found)

    def country_name(self, code: str | None) -> str:
        """The English name of a country code, or the code itself for a non-state one."""
        country = codebook.countries().get(code or "")
        return country.name if country else (code or "")

    def names(self, text: str) -> Iterator[tuple[Span, Entry]]:
        """All names in the text, longest first at each place, not overlapping, in text order."""
        text = text.replace("’", "'")
        shouted = _shouted(text)
        end = 0
        for run in _RUN.finditer(text):
            start = run.start()
            if start < end or text[start - 1 : start] in ("@", "/", "_"):
                continue
            names = self._names.get(run.group(), {})
            for length in self._lengths.get(run.group(), ()):
                stop = start + length
                entry = names.get(text[start:stop])
                if entry is None or stop > len(text) or not _ends(text, stop):
                    continue
                if length <= LONGEST_WORD and text[start:stop] in ALSO_WORDS and _inside(start, shouted):
                    continue
                yield (start, stop), entry
                end = stop
                break

    def role(self, lemmas: Sequence[str], last: int) -> tuple[Role, int] | None:
        """The longest role that ends with lemma number `last`, and the number of its first lemma."""
        for length in range(min(self._longest_role, last + 1), 0, -1):
            first = last + 1 - length
            found = self._roles.get(" ".join(lemmas[first : last + 1]).replace(" - ", "-"))
            if found is not None:
                return found, first
        return None

    def role_from(self, lemmas: Sequence[str], first: int) -> Role | None:
        """The longest role of several words with an "of" that begins at `first`: "chief of staff"."""
        for length in range(min(self._longest_role, len(lemmas) - first), 2, -1):
            found = self._roles.get(" ".join(lemmas[first : first + length]))
            if found is not None:
                return found
        return None

    def is_game(self, text: str, lemmas: Sequence[str]) -> bool:
        """Whether a sentence (its text and its lemmas) is about a game of sport."""
        if self._game.search(text):
            return True
        return bool(_SCORE.search(text)) and not self._beside_score.isdisjoint(lemmas)

    def holders(self, name: str) -> tuple[Holder, ...]:
        """Office holders of this full name, or known by this short one."""
        return self._people.get(name.replace("’", "'"), ())

    def home(self, name: str, code: str | None) -> str | None:
        """The country under which the register has the person who acts for `code`; for who served a state and an
        organisation that is the state. None for people it does not know."""
        codes = self._homes.get(name, [])
        states = [c for c in codes if c in codebook.countries()]
        if code not in codes or code in states:
            return code if code in codes else None
        return (states or codes)[0]

    def namesakes(self, surname: str) -> tuple[Holder, ...]:
        """Office holders with this surname, which says too little to be theirs without their office."""
        return self._namesakes.get(surname, ())

    def _add(self, name: str, entry: Entry) -> None:
        word = _RUN.match(name)
        if word is None:
            return
        shared = name in self._shared
        for spelling in (name, name.upper()) if len(name) >= UPPER_FROM else (name,):
            if shared and entry not in (bearers := self._bearers.setdefault(spelling, [])):
                bearers.append(entry)
            first = word.group() if spelling is name else word.group().upper()
            self._names.setdefault(first, {}).setdefault(spelling, entry)

    def _add_countries(self) -> None:
        for code, country in codebook.countries().items():
            if country.unless:
                self.unless[code] = country.unless
            state = Entry(code, country.name, "name", code, "GOV")
            if country.wikidata:
                self.wikidata[code] = country.wikidata
            for name in (country.name, *country.aliases):
                self._add(name, state)
            for form, names, sector in (
                ("demonym", country.demonyms, None),
                ("people", country.people, "CVL"),
                ("capital", country.capital, "GOV"),
                ("region", country.regions, None),
                ("name", country.historic, "GOV"),
            ):
                for name in names:
                    if name not in (country.name, *country.aliases):
                        self._add(name, Entry(code, country.name, form, code, sector))  # type: ignore[arg-type]
            for sector, names in country.bodies():
                for name in names:
                    generic = name in country.generic
                    # "Ruritania: Senate", not by what it is called at home
                    called = name if generic else names[0]
                    key = f"{code}/{names[0]}"
                    self._add(name, Entry(key, called, "seat", code, sector, generic=generic))

    def _add_organisations(self) -> None:
        states = codebook.countries()
        for one in codebook.organisations():
            # who reports from everywhere does not tell where
            home = one.kind == "organisation" and one.sector != "JRN" and one.country in states
            entry = Entry(
                f"{one.country}/{one.names[0]}" if home else one.names[0],
                one.names[0],
                "seat" if home else "organisation",
                one.country,
                one.sector,
                people=one.kind == "people",
                coalition=one.kind == "coalition",
                since=one.since,
                until=one.until,
            )
            if one.wikidata:
                self.wikidata[entry.key] = one.wikidata
            for name in one.names:
                self._add(name, entry)

    def _add_roles(self) -> None:
        book = codebook.roles()
        self._roles = {
            word: Role(word, group.sector, group.kind, group.weak)
            for group in book.role
            for word in group.words
        }
        # a hyphen is a token of its own: "secretary - general" is three
        self._longest_role = max(word.count(" ") + 2 * word.count("-") + 1 for word in self._roles)
        self.abstract = frozenset(
            word for group in book.role if group.kind == "thing" and not group.sector for word in group.words
        )
        self.transparent = frozenset(book.transparent.words)
        self.past = frozenset(book.past.words)
        self.craft = frozenset(book.craft.words)
        self.aboard = frozenset(book.aboard.words)
        self.international = frozenset(book.international.words)
        self.nobody = frozenset(book.nobody.words)
        self._game = re.compile(rf"\b(?:{'|'.join(map(re.escape, book.game.words))})s?\b", re.IGNORECASE)
        self._beside_score = frozenset(book.game.beside_score)
        self.modifiers = {word: sector for sector, words in book.modifiers.items() for word in words}

    def _add_people(self) -> None:
        found: dict[str, list[Holder]] = {}
        common: dict[str, list[Holder]] = {}
        self._homes: dict[str, list[str]] = {}
        for code, persons in codebook.people().items():
            for person in persons:
                holder = Holder(code, person)
                self._homes.setdefault(person.name, []).append(code)
                full = (person.name, *person.other)
                short = tuple(name.split()[-1] for name in full) if person.short is None else person.short
                bare = tuple(name[3:] for name in short if name[:3] in ("al-", "el-"))
                for name in dict.fromkeys((*full, *short, *bare)):
                    found.setdefault(name, []).append(holder)
                if person.short == () and " " in person.name:
                    for name in dict.fromkeys(name.split()[-(code not in SURNAME_FIRST)] for name in full):
                        common.setdefault(name, []).append(holder)
        self._namesakes = {name: tuple(holders) for name, holders in common.items()}
        self._people = {name: tuple(holders) for name, holders in found.items()}
        self.sexes = codebook.first_names()
        self.first_names = frozenset(name.split(" ")[0] for name in found if " " in name)


@cache
def register() -> Register:
    """The bundled register, built once. Raises `CodebookError` if a data file is damaged."""
    return Register()


def _inside(start: int, spans: Sequence[Span]) -> bool:
    return any(a <= start < b for a, b in spans)


def _ends(text: str, stop: int) -> bool:
    """Whether a name may end here: no letter or digit goes on, and no initials ("U.S" of "U.S.A.")."""
    if stop < len(text) and (text[stop].isalnum() or text[stop] == "_"):
        return False
    return not (
        text[stop : stop + 1] == "." and _INITIALS.fullmatch(text, stop + 1, min(stop + 3, len(text)))
    )


def _shouted(text: str) -> list[Span]:
    """Lines set in capitals, where "US" and "IS" may be words."""
    found = []
    start = 0
    for line in text.split("\n"):
        letters = sum(map(str.isalpha, line))
        if letters > 8 and sum(map(str.isupper, line)) > 0.7 * letters:
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
