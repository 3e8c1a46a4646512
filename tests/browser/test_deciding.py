"""Deciding and asking in a real browser, without JavaScript: what it sends is believed, twice is once, and each page
with its forms keeps the rules for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driving import NARROW, SECONDS, USUAL, Served, Visitor, serving
from tests.browser.test_accessible import check
from tests.browser.test_layout import OUTSIDE
from tests.show import rooms
from volteface.store import Store

expect.set_options(timeout=SECONDS * 1000)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rooms.database(
        tmp_path_factory.mktemp("deciding") / "news.duckdb", rooms.SHELLED, rooms.FIRED, rooms.DENIED
    )


@pytest.fixture(scope="module")
def server(browser: Browser, database: Path) -> Iterator[Served]:
    with serving(database) as served:
        yield served


@pytest.fixture
def visitor(browser: Browser, server: Served) -> Iterator[Visitor]:
    one = Visitor(browser, server)
    yield one
    one.close()
    assert one.troubles == []


def enter(visitor: Visitor, address: str, width: int = USUAL) -> Page:
    return visitor.open(with_token(visitor, address), script=False, width=width)


def with_token(visitor: Visitor, address: str) -> str:
    """The address as who may decide opens it first."""
    return address + visitor.served.deciding.removeprefix("/")


def event_page(page: Page) -> Page:
    page.goto(f"/documents/{rooms.SHELLED.record.document.id}")
    page.locator("a[href^='/events/']").first.click()
    return page


def test_a_reader_is_told_how_to_decide(visitor: Visitor) -> None:
    page = event_page(visitor.open("/"))
    expect(page.locator(".decide")).to_have_count(0)
    expect(page.get_by_text("You see this room as a reader")).to_be_visible()


def test_a_report_is_split_off_with_a_double_click_and_comes_back(visitor: Visitor, database: Path) -> None:
    page = event_page(enter(visitor, "/", width=NARROW))
    assert "token" not in page.url
    expect(page.get_by_role("heading", name="3 articles tell of it")).to_be_visible()
    page.get_by_text("Wrong, or another event?").nth(2).click()
    page.get_by_label("Why").locator("visible=true").fill("it is denied")
    page.get_by_label("Your name").locator("visible=true").fill("Ada Moor")
    page.get_by_role("button", name="It tells of another event").locator("visible=true").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Kept: decision 1, decision 2")
    expect(page.get_by_role("heading", name="1 article tells of it")).to_be_visible()
    with Store.open(database, read_only=True) as store:
        assert [(d.note, d.who) for d in store.decisions()] == [("it is denied", "Ada Moor")] * 2
    assert page.get_by_label("Your name").first.input_value() == "Ada Moor"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name="it is denied")).to_have_count(2)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(event_page(page).get_by_role("heading", name="3 articles tell of it")).to_be_visible()


def test_an_actor_is_corrected(visitor: Visitor) -> None:
    page = enter(visitor, "/actors/country:RUR")
    page.get_by_text("Correct it").click()
    page.get_by_label("Role").fill("neighbour")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.locator("dl strong", has_text="neighbour")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name="neighbour")).to_contain_text("undone")


def test_a_question_in_sql(visitor: Visitor) -> None:
    page = enter(visitor, "/explore")
    page.get_by_role("link", name="in SQL").click()
    page.get_by_label("Query").fill("SELECT 6 * 7 AS answer")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("cell", name="42")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="csv").click()
    assert Path(taken.value.path()).read_bytes() == b"answer\r\n42\r\n"
    visitor.expected.append("400")
    page.get_by_label("Query").fill("SELECT * FROM read_text('/etc/passwd')")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("is not allowed")


@pytest.mark.parametrize(
    "address", ["/events/", "/actors/country:RUR", "/decisions", "/sql?q=FROM+linked_events"]
)
def test_accessible(visitor: Visitor, address: str) -> None:
    page = visitor.open(with_token(visitor, "/"))
    if address == "/events/":
        event_page(page)
    else:
        page.goto(address)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    check(page)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
