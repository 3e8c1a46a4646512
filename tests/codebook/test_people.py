"""The register of office holders: large enough, in order, and nobody in an office that another holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from volteface.codebook import actors
from volteface.codebook.actors import Office
from volteface.errors import CodebookError
from volteface.resolve.register import register

# fmt: off
MUCH_IN_THE_NEWS = (
    "USA", "RUS", "CHN", "GBR", "FRA", "DEU", "ITA", "ISR", "IRN", "TUR", "UKR", "IND", "PAK", "JPN",
    "KOR", "POL", "ESP",
)
# fmt: on
# Offices of one holder at a time.
SINGLE = frozenset(
    {"president", "king", "queen", "emir", "sultan", "chancellor", "prime minister", "taoiseach"}
)
# Where two held one at a time, or presided over one country in two capacities.
SHARED = {
    ("BIH", "president"): "a presidency of three",
    ("CIV", "president"): "two after the vote of 2010",
    ("EUR", "president"): "of the Commission and of the Council",
    ("KGZ", "president"): "the revolt of 2010",
    ("KHM", "prime minister"): "two from 1993 to 1997",
    ("LBY", "prime minister"): "rival governments",
    ("MDG", "president"): "two after the vote of 2001",
    ("PSE", "prime minister"): "Gaza and Ramallah",
    ("RUS", "president"): "of the Soviet Union and of Russia",
    ("RUS", "prime minister"): "of the Soviet Union and of Russia",
    ("SRB", "president"): "of Yugoslavia and of Serbia",
}
# fmt: off
# The commonest surnames of the world's news: whoever bears one must be named in full.
# (Carter, from 1990 to 2006, is the former president: `resolve/holders.py` has a limit of years.)
COMMON = (
    "Ahmed", "Ali", "Banda", "Brown", "Chan", "Chen", "Clark", "Cohen", "Cook", "Costa",
    "Diallo", "Garcia", "Gomez", "Gonzalez", "Green", "Hassan", "Hussein", "Ibrahim", "Ivanov", "Johnson",
    "Jones", "Kelly", "Khan", "Kim", "King", "Lee", "Lewis", "Li", "Lin", "Liu", "Lopez", "Martin",
    "Miller", "Mohamed", "Mohammed", "Moore", "Nguyen", "Pavlov", "Perez", "Popov", "Ramos", "Rao",
    "Rice", "Rodriguez", "Sanchez", "Santos", "Sharma", "Silva", "Singh", "Smith", "Tan", "Taylor",
    "Torres", "Traore", "Wang", "White", "Williams", "Wilson", "Wong", "Wright", "Wu", "Yang", "Young",
    "Zhang", "Zhao",
)
# fmt: on


@pytest.fixture
def fresh() -> Iterator[None]:
    """Read the files anew, and leave nothing of a damaged one behind."""
    actors.people.cache_clear()
    yield
    actors.people.cache_clear()


def test_there_are_as_many_holders_as_promised() -> None:
    persons = [person for persons in actors.people().values() for person in persons]
    assert len({person.name for person in persons}) >= 4700
    # every state has at least its heads since 1990; dependencies and a few of the smallest states do not
    assert len(actors.people()) >= 200


def test_states_most_in_the_news_have_their_ministers() -> None:
    for code in MUCH_IN_THE_NEWS:
        assert len(actors.people()[code]) >= 30, code


def test_no_two_hold_one_office() -> None:
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for code, persons in actors.people().items():
        for person in persons:
            for office in person.offices:
                if office.role in SINGLE and code not in ("UNO", "IGO"):
                    held[code, office.role].append((office.since, office.until or "9999", person.name))
    for which, terms in held.items():
        terms.sort()
        for before, after in pairwise(terms):
            shorter = min(len(before[1]), len(after[0]))
            assert which in SHARED or after[0][:shorter] >= before[1][:shorter], f"{which}: {before} {after}"


def test_one_name_in_two_rows_is_one_sex_and_one_wikidata_id() -> None:
    seen: dict[str, actors.Person] = {}
    ids: dict[str, str] = {}
    for persons in actors.people().values():
        for person in persons:
            assert seen.setdefault(person.name, person).sex == person.sex, person.name
            if person.wikidata is not None:
                assert ids.setdefault(person.wikidata, person.name) == person.name, person.wikidata


def test_a_name_in_two_countries_is_told_by_date() -> None:
    bound: dict[str, list[tuple[str, actors.Person]]] = defaultdict(list)
    for code, persons in actors.people().items():
        for person in persons:
            full = (person.name, *person.other)
            short = [name.split()[-1] for name in full] if person.short is None else person.short
            for name in {*full, *short}:
                bound[name].append((code, person))
    # two kings, told apart by the country beside the name
    bound.pop("King Abdullah")
    for name, bearers in bound.items():
        for code, person in bearers:
            for other_code, other in bearers:
                if code != other_code and person.name != other.name:
                    assert not _at_one_time(person, other), f"{name}: {person.name} and {other.name}"


def _at_one_time(one: actors.Person, other: actors.Person) -> bool:
    """Whether there was a day on which both held some office."""
    return any(
        mine.since < (theirs.until or "9999") and theirs.since < (mine.until or "9999")
        for mine in one.offices
        for theirs in other.offices
    )


def test_common_surnames_do_not_stand_alone() -> None:
    bound = {name: register().holders(name) for name in sorted(COMMON)}
    assert not {name: [h.person.name for h in holders] for name, holders in bound.items() if holders}


def test_short_names_are_no_countries_or_capitals() -> None:
    places = {
        name
        for country in actors.countries().values()
        for name in (country.name, *country.aliases, *country.demonyms, *country.people, *country.capital)
    }
    assert not [name for name in sorted(places) if register().holders(name)]


@pytest.mark.parametrize(
    ("since", "until", "day", "held"),
    [
        ("1997-05-02", "2007-06-27", "2007-06-27", True),
        ("1997-05-02", "2007-06-27", "2007-06-28", False),
        ("1997-05-02", "", "2026-01-01", True),
        ("1997", "1999", "1997-01-01", True),
        ("1997", "1999", "1999-12-31", True),
        ("1997", "1999", "2000-01-01", False),
        ("1997-05", "1999-10", "1997-04-30", False),
        ("1997-05", "1999-10", "1999-10-31", True),
    ],
)
def test_a_month_or_year_counts_as_a_whole(since: str, until: str, day: str, held: bool) -> None:
    assert Office("president", since, until).held(day) is held


@pytest.mark.parametrize(
    ("name", "day", "who"),
    [
        ("Kaczynski", "2008-01-01", "Lech Kaczynski"),
        ("Assad", "1995-01-01", "Hafez al-Assad"),
        ("Assad", "2013-01-01", "Bashar al-Assad"),
        ("Papandreou", "2010-05-01", "George Papandreou"),
        ("Gadhafi", "1995-01-01", "Muammar Gaddafi"),
        ("Golani", "2016-01-01", "Ahmed al-Sharaa"),
    ],
)
def test_a_short_name_is_who_held_office_then(name: str, day: str, who: str) -> None:
    assert who in [h.person.name for h in register().holders(name) if h.holds(day)]


def row(**changes: str) -> str:
    """A row of the register as TOML, with these fields instead."""
    fields = {"name": '"Ada Rur"', "sex": '"f"', "offices": '[{role = "president", from = "1997"}]'} | changes
    return "[[FRA]]\n" + "\n".join(f"{key} = {value}" for key, value in fields.items()) + "\n"


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"a": row(), "b": row()}, r"people/b.toml \[FRA\]: stands in another file too"),
        ({"a": row() + row()}, "'Ada Rur' stands twice"),
        ({"a": row().replace("FRA", "XXX")}, "no country or non-state code 'XXX'"),
        ({"a": row(offices="[]")}, "Ada Rur: no office"),
        ({"a": row(offices='[{role = "wizard", from = "1997"}]')}, "'wizard' is no role"),
        ({"a": row(offices='[{role = "president", from = "97"}]')}, "no ISO dates"),
        ({"a": row(offices='[{role = "president", from = "1997-13"}]')}, "no ISO dates"),
        ({"a": row(offices='[{role = "president", from = "1997-05", to = "1996"}]')}, "from 1997-05 to 1996"),
        (
            {"a": row(offices='[{role = "president", from = "1997"}, {role = "president", from = "1995"}]')},
            "not in order of time",
        ),
        ({"a": row(sector='"XXX"')}, "no PLOVER sector XXX"),
        ({"a": row(born='"1950"')}, "unknown field `born`"),
    ],
)
def test_a_damaged_row_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: dict[str, str], says: str
) -> None:
    (tmp_path / "people").mkdir()
    for name, text in files.items():
        (tmp_path / "people" / f"{name}.toml").write_text(text, encoding="utf-8")
    actors.countries(), actors.roles()  # the real ones, read before the files are elsewhere
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    with pytest.raises(CodebookError, match=says):
        actors.people()
