"""The publication date: given, or inferred from the article alone."""

# ruff: noqa: E501 -- a case is one line of the table
from __future__ import annotations

import pytest

from volteface.read.published import given, infer
from volteface.read.reading import Piece

# caption, paragraphs → (date, latest) or None
CASES = [
    # A dated picture (a Tuesday) and the days after it.
    ("Ministers meet in Kamen, March 4, 2014.", ["It said so on Tuesday.", "It agreed on Wednesday."], ("2014-03-06", "2014-03-11")),
    # A day named before the picture's does not carry the date on by a week.
    ("Ministers meet in Kamen, March 4, 2014.", ["It said so on Tuesday, the agency reported Monday."], ("2014-03-05", "2014-03-10")),
    ("Ministers meet in Kamen, 4 March 2014.", ["They will meet again on Thursday."], ("2014-03-05", "2014-03-10")),
    (None, ["KAMEN, March 4, 2014 — The ministers met on Tuesday."], ("2014-03-05", "2014-03-10")),
    (None, ["The ministers met on Tuesday, March 4, 2014, in Kamen."], ("2014-03-05", "2014-03-10")),
    # Background, plans, archive pictures, days without a year: no date.
    (None, ["The ministers met on Tuesday.", "The treaty was signed on March 4, 1994."], None),
    (None, ["The two will meet on March 4, 2014."], None),
    (None, ["The border has been closed since March 4, 2013, and was shelled on Tuesday."], None),
    ("FILE PHOTO: Ministers meet in Kamen, March 4, 2004.", ["The ministers met on Tuesday."], None),
    ("Ministers meet in Kamen, March 4, 2014.", ["The valley was taken in May 2016, and shelled on Tuesday."], None),
    (None, ["The ministers met on March 4, officials said Wednesday."], None),
    (None, ["Nothing is dated here."], None),
]  # fmt: skip


@pytest.mark.parametrize(("caption", "paragraphs", "wanted"), CASES)
def test_infer(caption: str | None, paragraphs: list[str], wanted: tuple[str, str] | None) -> None:
    pieces = [Piece("caption", caption)] if caption else []
    found = infer(pieces + [Piece("paragraph", p) for p in paragraphs])
    assert ((found.date, found.latest) if found else None) == wanted
    assert found is None or found.basis == "inferred"


@pytest.mark.parametrize("value", ["2015-11-19", "2015-11-19T10:00:00Z", " 2015-11-19 "])
def test_given(value: str) -> None:
    assert given(value).date == "2015-11-19"


@pytest.mark.parametrize("value", ["", "soon", "19.11.2015", "2015-13-01"])
def test_given_must_be_a_date(value: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        given(value)
