"""What a reader may not and an editor may: say that a report is wrong, and take it back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import Visitor
from tests.browser.test_accessible import check


def an_event(page: Page) -> None:
    """Go to the page of an event with several reports."""
    page.goto("/search?q=Grenzau")
    page.locator("main article a").first.click()
    page.locator(".note a.what").first.click()
    page.wait_for_url("**/events/*")


def test_a_reader_is_told_how_to_decide(small: Visitor) -> None:
    page = small.open("/")
    an_event(page)
    expect(page.locator(".decide")).to_have_count(0)
    expect(page.get_by_text("You see this room as a reader")).to_be_visible()


def test_wrong_and_undone(small: Visitor) -> None:
    page = small.open(small.served.deciding)
    assert "token" not in page.url
    an_event(page)
    reports = page.locator("main article").count()
    for each in page.locator("details.decide summary").all():
        each.click()
    check(page)
    report = page.locator("main article").last
    report.get_by_label("Why").fill("<b>The army</b> burned it")
    report.get_by_role("button", name="This report is misread").click()
    expect(page.locator(".notice")).to_contain_text("Kept")
    assert page.locator("main article").count() <= reports
    page.locator(".notice a").first.click()
    page.wait_for_url("**/decisions#d*")
    expect(page.locator("tbody tr").first).to_contain_text("<b>The army</b> burned it")
    check(page)
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("tbody tr").first).to_contain_text("undone")
