"""Copied text: which lines are the article."""

# ruff: noqa: E501 -- a case is one line of the table
from __future__ import annotations

import pytest

from volteface.read import RawPage, Repeats, count_repeats, to_document
from volteface.read.copied import page_title, read_copied
from volteface.records import Document

HEADLINE = "Orlan and Vesna Agree to Reopen Border Crossing"
BODY = (
    "The foreign ministers of Orlan and Vesna agreed on Tuesday to reopen the border crossing at Kamen, "
    "which had been closed since the army of Vesna shelled the customs house in March.",
    "“We have taken the first step,” Foreign Minister Anna Dorn said after the talks. “The second is harder.”",
    "Her counterpart was less hopeful.",
    "He said that his government would wait for the withdrawal of all heavy weapons from the valley before it "
    "sends its customs officers back, according to a statement of the ministry.",
    "The United Nations welcomed the agreement and promised to send twelve observers to the crossing.",
)
CAPTION = (
    "Foreign Minister Anna Dorn and her counterpart speak to reporters after talks in Kamen, March 4, 2014."
)
ABOVE = (
    "×",
    "Reading without banners?",
    "Since May we have shown no advertising on this site. It costs us 4,000 euros a month, and your support pays for it.",
    "Donate",
)
BELOW = (
    "Contact the author at a.writer@example.org",
    "Sign up for our newsletter",
    "Every Friday our editors send you the best stories of the week. Never miss an issue. Preview",
    "A message from the editors:",
    "Dear readers,",
    "The prosecutor of the republic has declared this newspaper an extremist organization, and our reporters face "
    "prison for doing their work. We will not stop reporting.",
    "But we need your help. Your support, however small, keeps independent journalism alive.",
    "Monthly",
    "Payment methods",
    "Remind me later",
    "Read more",
)


def page(*lines: str) -> RawPage:
    return RawPage(source="p.txt", path="p.txt", kind="copied", content="\n\n".join(lines))


def of_kind(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


PAGES = {
    "furniture above and below": (*ABOVE, HEADLINE, *BODY, *BELOW),
    "furniture below": (HEADLINE, *BODY, *BELOW),
    "furniture above": (*ABOVE, HEADLINE, *BODY),
    "nothing but the article": (HEADLINE, *BODY),
    "title of the browser": (
        HEADLINE + " - The Kamen Courier",
        "Home",
        "World",
        "Sport",
        HEADLINE,
        *BODY,
        *BELOW,
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_article_and_nothing_else(name: str) -> None:
    document = to_document(page(*PAGES[name]))
    assert document.headline == HEADLINE
    assert of_kind(document, "headline") == [HEADLINE]
    assert of_kind(document, "paragraph") == list(BODY)
    assert [d.text for d in document.dropped] == [x for x in PAGES[name] if x not in (HEADLINE, *BODY)]


def test_caption_is_kept_as_one() -> None:
    document = to_document(page(*ABOVE, HEADLINE, CAPTION, *BODY, *BELOW))
    assert of_kind(document, "caption") == [CAPTION]
    assert of_kind(document, "paragraph") == list(BODY)


@pytest.mark.parametrize(
    "quote",
    [BODY[3], "he said that his government would wait for the withdrawal of all heavy weapons"],
    ids=["a whole paragraph", "a part of one"],
)
def test_pull_quote_goes_and_the_flow_stays(quote: str) -> None:
    document = to_document(page(*ABOVE, HEADLINE, quote, *BODY, *BELOW))
    assert of_kind(document, "paragraph") == list(BODY)
    assert [d.text for d in document.dropped if d.kind == "repeat"] == [quote]


def test_plain_article_loses_nothing() -> None:
    text = "\n\n".join(BODY)
    document = to_document(page(*BODY))
    assert document.text == text
    assert document.dropped == ()


def test_brief_is_an_article() -> None:
    document = to_document(page(HEADLINE, BODY[0]))
    assert document.headline == HEADLINE
    assert of_kind(document, "paragraph") == [BODY[0]]


def test_byline_and_date_line() -> None:
    lines = (HEADLINE + " | Courier", "Home", HEADLINE, "By Ida Berg and Max Holm", "Updated March 5, 2014, 10:28 am", *BODY, *BELOW)  # fmt: skip
    document = to_document(page(*lines))
    assert document.bylines == ("Ida Berg", "Max Holm")
    assert document.publisher == "Courier"
    assert document.published is not None
    assert (document.published.date, document.published.basis) == ("2014-03-05", "metadata")


def test_dates_of_furniture_are_no_publication_date() -> None:
    lines = (
        *ABOVE,
        HEADLINE,
        *BODY,
        "Since July 1, 2019, we have shown no ads. Your support pays for it.",
        *BELOW,
    )
    assert to_document(page(*lines)).published is None


def test_characters_are_the_pages_own() -> None:
    body = (
        '“Curly” and "straight" — don’t touch, said\u00a0the minister of the republic on Tuesday evening.',
        *BODY,
    )
    document = to_document(page(HEADLINE, *body))
    assert of_kind(document, "paragraph") == list(body)


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (
            ["Ministers agree on border - Courier", "Home", "Ministers agree on border"],
            "Ministers agree on border",
        ),
        (["Home", "World", "Ministers agree on border"], None),
        ([], None),
    ],
)
def test_page_title(texts: list[str], title: str | None) -> None:
    assert page_title(texts) == title


def test_lines_of_several_pages_are_furniture() -> None:
    slogan = "The Courier has brought the valley its news on every morning of the year since it was founded."
    pages = [
        page(
            f"Council {n} votes on the budget of the town",
            f"The council of town number {n} voted on its budget. " * 4,
            slogan,
        )
        for n in range(4)
    ]
    repeats = count_repeats(pages)
    assert repeats == count_repeats(reversed(pages))
    assert repeats.furniture(slogan)
    assert slogan not in to_document(pages[0], repeats=repeats).text
    merged = count_repeats(pages[:2]) | count_repeats(pages[2:])
    assert merged == repeats
    assert not Repeats().furniture(slogan)


def test_copies_of_an_article_are_no_furniture() -> None:
    repeats = count_repeats([page(HEADLINE, *BODY)] * 5)
    assert not repeats.furniture(BODY[0])


def test_empty_text_gives_no_pieces() -> None:
    assert read_copied("").pieces == []
