"""The week's page: what it says, and that nothing of a page becomes more than text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.analyse.course import Change
from volteface.show.digest import Digest, Form, Line, Link, TurnLine, render

MONDAY, SUNDAY = date(2024, 3, 11), date(2024, 3, 17)
TURN = Change(date(2024, 3, 12), date(2024, 3, 8), date(2024, 3, 14), 4.5, -4.0, "conflict", 0.999)
FORMS: tuple[Form, ...] = ("html", "md", "rss")


def week(text: str = "Denmark left.", address: str = "https://news.example/a?b=1&c=2") -> Digest:
    link = Link(address, text, text, date(2024, 3, 12))
    line = Line(date(2024, 3, 12), text, text, text, 2, (link,), (text,), (text,))
    return Digest(MONDAY, SUNDAY, (line,), (line,), (TurnLine(text, text, TURN, (link,), (link,)),))


class Tags(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


USUAL = {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "strong", "span", "a"}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "]]></description><script>x</script>",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "`code` **bold** _it_ # head\n# head\n- item\n\n<b>",
    "<http://evil.example>",
    "&lt;script&gt;",
    "a\x00b\x1b[31mred\u202egnp",
    "http://evil.example WWW.evil.example me@evil.example",
    "1. one",
    "+ one",
    "$x$ ~~y~~ | z |",
]  # fmt: skip


def test_what_it_says() -> None:
    page = Tags(render(week(), "html")).text
    for words in (
        "The week of 11 March 2024 to 17 March 2024",
        "Denmark left. → Denmark left.",
        "toward conflict, on about 12 March 2024 (between 8 March 2024 and 14 March 2024), from +4.5 to −4.0 points",
        "2 independent sources",
        "asserted by Denmark left.; denied by Denmark left.",
    ):
        assert words in page
    assert "[Denmark left., 12 March 2024](<https://news.example/a?b=1&c=2>)" in render(week(), "md")
    assert "Denmark left. → Denmark left. toward conflict" in render(week(), "rss")


def test_an_empty_week() -> None:
    for form in FORMS:
        assert "Nothing" in render(Digest(MONDAY, SUNDAY), form)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_has_its_own_tags_alone(text: str) -> None:
    shown = Tags(render(week(text), "html"))
    assert {tag for tag, _ in shown.tags} <= USUAL
    for _, attributes in shown.tags:
        assert set(attributes) <= {"style", "href", "lang", "charset"}
    assert len(shown.tags) == len(Tags(render(week(), "html")).tags)
    assert "script" not in {tag for tag, _ in shown.tags}


@pytest.mark.parametrize("text", HOSTILE)
def test_rss_is_xml_whose_description_is_the_page(text: str) -> None:
    feed = ET.fromstring(render(week(text), "rss"))
    (item,) = feed.iter("item")
    assert {each.tag for each in item} == {"title", "guid", "pubDate", "description"}
    assert {tag for tag, _ in Tags(item.findtext("description") or "").tags} <= USUAL


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_its_own_marks_alone(text: str) -> None:
    page = render(week(text), "md")
    bare = re.sub(r"\\.", "", page)
    assert page.count("\n") == render(week(), "md").count("\n")
    assert not re.search(
        r"<(?!https://news\.example/)|!\[|`|://(?!news\.example/)|(?i:www\.)|\w@|[$_~|]|- [-+]|- \d+\.",
        bare,
    )
    assert bare.count("](<https://news.example/a?b=1&c=2>)") == bare.count("[")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "pages/a.txt",
        "http://[bad",
        "//x.example/a",
        "",
    ],
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    for form in FORMS:
        page = render(week(address=address), form)
        assert "href" not in page
        assert "](" not in page


def test_an_address_cannot_end_its_link() -> None:
    address = 'https://news.example/a"onclick="x>) b](<c'
    (link, *_) = (
        attributes for tag, attributes in Tags(render(week(address=address), "html")).tags if tag == "a"
    )
    assert set(link) == {"href", "style"}
    assert "(<https://news.example/a%22onclick=%22x%3E%29%20b%5D%28%3Cc>)" in render(
        week(address=address), "md"
    )


def test_the_same_week_gives_the_same_bytes() -> None:
    for form in FORMS:
        assert render(week(), form) == render(week(), form)


@given(st.text(max_size=60), st.text(max_size=30))
def test_whatever_the_text(text: str, address: str) -> None:
    shown = Tags(render(week(text, address), "html"))
    assert {tag for tag, _ in shown.tags} <= USUAL
    ET.fromstring(render(week(text, address), "rss").encode("utf-8", "replace"))
