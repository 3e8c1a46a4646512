"""Which office holder a name is: by day, country and title. The people here are made up."""

from __future__ import annotations

import pytest

from volteface.codebook.actors import Office, Person
from volteface.resolve.holders import in_office, likeliest
from volteface.resolve.register import Holder


def holder(code: str, name: str, *offices: tuple[str, str, str]) -> Holder:
    return Holder(code, Person(name, "m", tuple(Office(*office) for office in offices)))


ELDER = holder("SWE", "Elder Moor", ("president", "1990", "1994"))
YOUNGER = holder("SWE", "Younger Moor", ("president", "2000-06-10", "2010"))
FOREIGN = holder("NOR", "Foreign Moor", ("foreign minister", "1992", "1996"))
AWAY = holder("UNO", "Elder Moor", ("envoy", "1995", "1999"))
GENERAL = holder("DNK", "General Moor", ("general", "1990", "2010"))


@pytest.mark.parametrize(
    ("day", "around", "want"),
    [
        ("1993-05-01", {"SWE"}, ELDER),
        ("1993-05-01", {"NOR"}, FOREIGN),
        ("2005-05-01", set(), YOUNGER),
        ("1996-05-01", {"SWE"}, ELDER),
        ("1999-05-01", {"SWE"}, YOUNGER),  # soon to be in office is nearer than long out of it
        (None, set(), YOUNGER),
        ("2040-05-01", {"SWE"}, None),
        ("1975-05-01", {"SWE"}, None),
    ],
)
def test_of_one_surname_the_nearest_to_office(day: str | None, around: set[str], want: Holder | None) -> None:
    assert likeliest([ELDER, YOUNGER, FOREIGN], day, alone=True, around=around) == want


def test_a_full_name_has_no_limit_of_years() -> None:
    assert likeliest([ELDER], "2040-05-01", alone=False, around=()) == ELDER


def test_an_errand_makes_nobody_an_organisations_own() -> None:
    assert likeliest([AWAY, ELDER], "1997-01-01", alone=True, around=()) == ELDER


@pytest.mark.parametrize(
    ("titles", "owners", "around", "want"),
    [
        (["president"], set(), set(), ELDER),
        (["minister"], set(), set(), FOREIGN),
        (["leader"], {"SWE"}, set(), ELDER),
        (["president"], {"NOR"}, set(), None),
        (["shopkeeper"], set(), set(), None),
        (["general"], {"DNK"}, set(), GENERAL),
        ([], set(), set(), None),  # a president and a foreign minister
        ([], set(), {"NOR"}, FOREIGN),
    ],
)
def test_a_common_surname_needs_office_and_country(
    titles: list[str], owners: set[str], around: set[str], want: Holder | None
) -> None:
    people = [ELDER, YOUNGER, FOREIGN, GENERAL]
    assert in_office(people, "1993-05-01", titles=titles, owners=owners, around=around) == want


def test_without_a_day_nobody_is_in_office() -> None:
    assert in_office([ELDER], None, titles=["president"], owners=(), around=()) is None
