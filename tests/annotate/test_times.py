"""Time expressions: what is found in a sentence and what it means, as tables of cases."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.annotate.times import day_range, find_times
from volteface.annotate.times.words import vocabulary

# A Thursday, ISO week 24.
PUBLISHED = "2021-06-17"

# Sentence, then each expression with its type and value, in text order.
CASES: list[tuple[str, list[tuple[str, str, str]]]] = [
    # Full dates
    (
        "The pact was signed on March 3, 2014, in Oslo.",
        [("March 3, 2014", "DATE", "2014-03-03")],
    ),
    ("The pact was signed on 3 March 2014.", [("3 March 2014", "DATE", "2014-03-03")]),
    ("They met on the 3rd of March, 2014.", [("the 3rd of March, 2014", "DATE", "2014-03-03")]),
    ("Signed on 2014-03-03 by both sides.", [("2014-03-03", "DATE", "2014-03-03")]),
    ("Issued 25/12/2019 in Rome.", [("25/12/2019", "DATE", "2019-12-25")]),
    ("On Tuesday, Nov. 13, 2018, the bridge fell.", [("Tuesday, Nov. 13, 2018", "DATE", "2018-11-13")]),
    ("There is no February 30, 2020.", [("February", "DATE", "2021-02"), ("2020", "DATE", "2020")]),
    # A day without its year
    ("The embassy was shelled on Jan. 5.", [("Jan. 5", "DATE", "2021-01-05")]),
    ("The embassy was shelled on Nov. 13.", [("Nov. 13", "DATE", "2020-11-13")]),
    ("The summit will open on Nov. 13.", [("Nov. 13", "DATE", "2021-11-13")]),
    ("The attack of June 18 was filmed.", [("June 18", "DATE", "2021-06-18")]),
    # Weekdays
    ("The minister said Tuesday he was content.", [("Tuesday", "DATE", "2021-06-15")]),
    ("The minister spoke on Thursday.", [("Thursday", "DATE", "2021-06-17")]),
    ("The two sides will meet on Friday.", [("Friday", "DATE", "2021-06-18")]),
    ("The ships arrived on Friday.", [("Friday", "DATE", "2021-06-11")]),
    ("The trial is scheduled to begin Monday.", [("Monday", "DATE", "2021-06-21")]),
    ("He left last Thursday.", [("last Thursday", "DATE", "2021-06-10")]),
    ("He returns next Thursday.", [("next Thursday", "DATE", "2021-06-24")]),
    ("Shells fell early Tuesday.", [("early Tuesday", "DATE", "2021-06-15")]),
    (
        "Officials who spoke Monday said the vote will be held Saturday.",
        [("Monday", "DATE", "2021-06-14"), ("Saturday", "DATE", "2021-06-19")],
    ),
    # Days from today
    ("Yesterday the border closed.", [("Yesterday", "DATE", "2021-06-16")]),
    (
        "Talks resume today and end tomorrow.",
        [("today", "DATE", "2021-06-17"), ("tomorrow", "DATE", "2021-06-18")],
    ),
    ("The curfew starts tonight.", [("tonight", "TIME", "2021-06-17TNI")]),
    # Times of day
    ("The blast came at 10:30 a.m. near the port.", [("10:30 a.m.", "TIME", "2021-06-17T10:30")]),
    ("They voted at 8 p.m. Tuesday.", [("8 p.m. Tuesday", "TIME", "2021-06-15T20:00")]),
    ("It struck on Monday night.", [("Monday night", "TIME", "2021-06-14TNI")]),
    ("It struck last night.", [("last night", "TIME", "2021-06-16TNI")]),
    ("They left yesterday morning.", [("yesterday morning", "TIME", "2021-06-16TMO")]),
    ("The truce begins at midnight.", [("midnight", "TIME", "2021-06-17T24:00")]),
    # Weeks, months, years
    ("Last week two envoys flew in.", [("Last week", "DATE", "2021-W23")]),
    ("The vote is next week.", [("next week", "DATE", "2021-W25")]),
    ("Last month the road was cut.", [("Last month", "DATE", "2021-05")]),
    ("Exports fell this year.", [("this year", "DATE", "2021")]),
    ("They withdrew late last year.", [("late last year", "DATE", "2020")]),
    ("A new round is due by the end of next month.", [("the end of next month", "DATE", "2021-07")]),
    ("Over the weekend the army fired.", [("the weekend", "DATE", "2021-W23-WE")]),
    ("In April the court ruled.", [("April", "DATE", "2021-04")]),
    ("In October the court ruled.", [("October", "DATE", "2020-10")]),
    ("It happened in early December.", [("early December", "DATE", "2020-12")]),
    ("It happened in mid-May 2019.", [("mid-May 2019", "DATE", "2019-05")]),
    ("It happened in November of last year.", [("November of last year", "DATE", "2020-11")]),
    ("He may march on the capital.", []),
    ("Jan Novak took a seat at the talks.", []),
    ("The war began in 1992.", [("1992", "DATE", "1992")]),
    ("Some 2000 soldiers marched.", []),
    ("It cost $1999 in all.", []),
    ("The late 1980s were calm.", [("The late 1980s", "DATE", "198X")]),
    ("The 20th century was not.", [("The 20th century", "DATE", "19")]),
    ("They fought in the summer of 2015.", [("the summer of 2015", "DATE", "2015-SU")]),
    ("They fought last winter.", [("last winter", "DATE", "2020-WI")]),
    # Quarters
    ("Output fell in the first quarter.", [("the first quarter", "DATE", "2021-Q1")]),
    ("Output fell in the third quarter of 2019.", [("the third quarter of 2019", "DATE", "2019-Q3")]),
    (
        "Output fell in the first quarter, from a rise in the year-ago quarter.",
        [("the first quarter", "DATE", "2021-Q1"), ("the year-ago quarter", "DATE", "2020-Q1")],
    ),
    ("The first half of 2020 was lost.", [("The first half of 2020", "DATE", "2020-H1")]),
    # Counted back and forth
    ("He fled two weeks ago.", [("two weeks ago", "DATE", "2021-06-03")]),
    ("He fled three days ago.", [("three days ago", "DATE", "2021-06-14")]),
    ("He fled 20 years ago.", [("20 years ago", "DATE", "2001")]),
    ("He fled several months ago.", [("several months ago", "DATE", "PAST_REF")]),
    (
        "The dam broke on May 3 and was sealed two days later.",
        [("May 3", "DATE", "2021-05-03"), ("two days later", "DATE", "2021-05-05")],
    ),
    (
        "The dam broke on May 3. The next day it was sealed.",
        [("May 3", "DATE", "2021-05-03"), ("The next day", "DATE", "2021-05-04")],
    ),
    # References
    ("In recent weeks the tone has changed.", [("recent weeks", "DATE", "PAST_REF")]),
    ("The two are now at odds.", [("now", "DATE", "PRESENT_REF")]),
    ("The coming months look grim.", [("The coming months", "DATE", "FUTURE_REF")]),
    # Durations
    ("The three-year war is over.", [("three-year", "DURATION", "P3Y")]),
    ("They talked for two weeks.", [("two weeks", "DURATION", "P2W")]),
    ("They talked for 36 hours.", [("36 hours", "DURATION", "PT36H")]),
    ("Over the past two months the front moved.", [("the past two months", "DURATION", "P2M")]),
    ("It lasted nearly twenty-four years.", [("nearly twenty-four years", "DURATION", "P24Y")]),
    ("It lasted for decades.", [("decades", "DURATION", "PXE")]),
    ("It lasted several days.", [("several days", "DURATION", "PXD")]),
    ("A 44-year-old driver was held.", []),
    ("Three-quarters of the crop was lost.", []),
    # Sets
    ("They meet every Friday.", [("every Friday", "SET", "XXXX-WXX-5")]),
    ("They meet on Mondays.", [("Mondays", "SET", "XXXX-WXX-1")]),
    ("They meet annually.", [("annually", "SET", "P1Y")]),
    ("They meet every two weeks.", [("every two weeks", "SET", "P2W")]),
    ("They meet twice a month.", [("twice a month", "SET", "P1M")]),
    # Feasts
    ("They met on Christmas Day.", [("Christmas Day", "DATE", "2020-12-25")]),
    ("They met last Thanksgiving.", [("last Thanksgiving", "DATE", "2020-11-26")]),
]

UNDATED: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("The minister said Thursday he was content.", [("Thursday", "DATE", "XXXX-WXX-4")]),
    ("The embassy was shelled on Nov. 13.", [("Nov. 13", "DATE", "XXXX-11-13")]),
    ("The embassy was shelled on Nov. 13, 2015.", [("Nov. 13, 2015", "DATE", "2015-11-13")]),
    ("It closed in November.", [("November", "DATE", "XXXX-11")]),
    ("It closed last week.", [("last week", "DATE", "XXXX-WXX")]),
    ("It closed last year.", [("last year", "DATE", "XXXX")]),
    ("It closed yesterday.", [("yesterday", "DATE", "XXXX-XX-XX")]),
    ("It closed two years ago.", [("two years ago", "DATE", "PAST_REF")]),
    ("It closed in the third quarter.", [("the third quarter", "DATE", "XXXX-Q3")]),
    ("It was shut for two weeks.", [("two weeks", "DURATION", "P2W")]),
    ("It opened last Christmas.", [("last Christmas", "DATE", "XXXX-12-25")]),
]

RANGES: list[tuple[str, tuple[str, str] | None]] = [
    ("2015-11-24", ("2015-11-24", "2015-11-24")),
    ("2015-11-24TNI", ("2015-11-24", "2015-11-24")),
    ("2015-11-24T10:30", ("2015-11-24", "2015-11-24")),
    ("2015-11", ("2015-11-01", "2015-11-30")),
    ("2016-02", ("2016-02-01", "2016-02-29")),
    ("2015-W47", ("2015-11-16", "2015-11-22")),
    ("2015-W47-WE", ("2015-11-21", "2015-11-22")),
    ("2015-Q3", ("2015-07-01", "2015-09-30")),
    ("2015-H2", ("2015-07-01", "2015-12-31")),
    ("2015-SU", ("2015-06-01", "2015-08-31")),
    ("2015-WI", ("2015-12-01", "2016-02-29")),
    ("2015", ("2015-01-01", "2015-12-31")),
    ("198X", ("1980-01-01", "1989-12-31")),
    ("19", ("1900-01-01", "1999-12-31")),
    ("2015-02-30", None),
    ("2015-13", None),
    ("2015-W60", None),
    ("P2W", None),
    ("PAST_REF", None),
    ("XXXX-WXX-4", None),
    ("XXXX-11-13", None),
    ("", None),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_dated(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(t.text, t.type, t.value) for t in find_times(sentence, PUBLISHED)] == expected


@pytest.mark.parametrize(("sentence", "expected"), UNDATED)
def test_undated(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(t.text, t.type, t.value) for t in find_times(sentence, None)] == expected


@pytest.mark.parametrize(("value", "expected"), RANGES)
def test_day_range(value: str, expected: tuple[str, str] | None) -> None:
    assert day_range(value) == expected


def test_the_callers_tense_wins_over_nearby_words() -> None:
    sentence = "The two sides meet on Friday."
    assert find_times(sentence, PUBLISHED, tense=lambda _: "future")[0].value == "2021-06-18"
    assert find_times(sentence, PUBLISHED, tense=lambda _: "past")[0].value == "2021-06-11"


def test_ids_count_in_text_order() -> None:
    assert [t.id for t in find_times("On Monday and Tuesday, and again in 2019.", PUBLISHED)] == [
        "T1",
        "T2",
        "T3",
    ]


def test_no_expression_runs_across_a_paragraph() -> None:
    assert [t.text for t in find_times("They met in March\n\n2019 was a hard year.", PUBLISHED)] == [
        "March",
        "2019",
    ]


WORDS = sorted(vocabulary().words)


@given(st.lists(st.sampled_from([*WORDS, "2015", "13", "31", ".", ",", "-", "'s", "\n\n", "May", "10:30"])))
def test_any_row_of_time_words_is_read_with_true_offsets(words: list[str]) -> None:
    text = " ".join(word.capitalize() for word in words)
    for published in (None, PUBLISHED):
        end = 0
        for found in find_times(text, published):
            assert text[found.start : found.end] == found.text
            assert end <= found.start < found.end
            end = found.end


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in find_times(text, "0001-01-01"):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("piece", ["1", "9,999", "\n ", "two ", "-", "the last ", "Nov. ", "a", "1:1", "' "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """A quadratic step takes minutes on such a text; the bound leaves room for a busy machine."""
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    find_times(text, PUBLISHED)
    assert time.process_time() - start < 10
