"""What a reader does: from a chart to its sentence, from an event to its page and back, and to every page there is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Visitor
from tests.browser.places import NAMES, Places

pytestmark = pytest.mark.model


def sentence_in_sight(page: Page) -> str:
    """The sentence that the address points to: marked, and within the window."""
    marked = page.locator(".s:has(:target), .s:target")
    expect(marked).to_have_count(1)
    expect(marked).to_be_in_viewport()
    plain = page.locator(".s:not(:has(:target))").first
    assert _background(marked.element_handle()) != _background(plain.element_handle())
    return marked.inner_text()


def _background(element: object) -> str:
    return str(element.evaluate("e => getComputedStyle(e).backgroundColor"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_there(samples: Visitor, sites: Places, name: str) -> None:
    if name == "error":
        samples.expected.append("404")
    page = samples.open(sites[name])
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main")).to_be_visible()
    assert page.title().endswith("· volteface")
    assert len(page.locator("main").inner_text()) > 20


def test_from_the_front_page_to_the_sentence_of_a_turning_point(samples: Visitor) -> None:
    page = samples.open("/")
    page.get_by_role("link", name="Denmark toward Norway").first.click()
    page.wait_for_url("**/course/DNK/NOR*")
    page.locator(".chart a[href^='#turn-']").first.click()
    assert "#turn-2" in page.url
    turning = page.locator(".turning").first
    expect(turning).to_be_in_viewport()
    report = turning.locator("article", has_text="Denmark abandoned its support for Norway")
    report.get_by_role("link", name="The Northern Courier").click()
    page.wait_for_url("**/documents/*")
    assert "Denmark abandoned its support for Norway" in sentence_in_sight(page)


def test_from_an_event_to_its_sentence_to_the_event_and_back(samples: Visitor, sites: Places) -> None:
    page = samples.open(sites["contested"])
    expect(page.locator("h1")).to_be_visible()
    sentence = page.locator("blockquote.marked").first.inner_text()
    page.locator("main article a[href^='/documents/']").first.click()
    page.wait_for_url("**/documents/*#E*")
    assert _plain(sentence) in _plain(sentence_in_sight(page))
    number = page.locator(".s:has(:target)").get_attribute("id")
    assert number is not None
    trigger = page.url.rpartition("#")[2]
    page.locator(f".note:has(a.ref[href='#{trigger}']) a.what").click()
    page.wait_for_url("**" + sites["contested"])
    page.go_back()
    page.wait_for_url("**/documents/*#E*")
    sentence_in_sight(page)
    page.go_back()
    page.wait_for_url("**" + sites["contested"])


def _plain(text: str) -> str:
    return re.sub(r"[\s\d]+", " ", text).strip()


def test_from_a_note_to_its_sentence(samples: Visitor, sites: Places) -> None:
    page = samples.open(sites["reader"])
    note = page.locator(".note").last
    number = note.locator("a.ref").inner_text()
    note.locator("a.ref").click()
    assert page.locator(f"#s{number}").inner_text() == sentence_in_sight(page)


def test_search_leads_to_an_article(samples: Visitor) -> None:
    page = samples.open("/")
    page.locator("#q").fill("trawler")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search?q=trawler*")
    expect(page.locator("main mark").first).to_have_text(re.compile("trawler", re.IGNORECASE))
    page.locator("main article a").first.click()
    page.wait_for_url("**/documents/*")
    expect(page.locator(".reader")).to_contain_text("trawler")


def test_a_filter_of_events_holds(samples: Visitor) -> None:
    page = samples.open("/explore")
    page.locator("main select[name=status]").select_option("alleged")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**status=alleged*")
    rows = page.locator("tbody tr")
    assert rows.count() > 3
    expect(page.locator("tbody tr:has(.chip.alleged)")).to_have_count(rows.count())


# what a check box takes from the text: the kind, the style that is gone
SWITCHES = [
    ("actor", "backgroundColor", "rgba(0, 0, 0, 0)"),
    ("action", "textDecorationLine", "none"),
    ("quote", "backgroundColor", "rgba(0, 0, 0, 0)"),
    ("time", "borderBottomStyle", "none"),
    ("place", "borderBottomStyle", "none"),
]


@pytest.mark.parametrize("script", [True, False])
def test_marks_are_switched_on_and_off(samples: Visitor, sites: Places, *, script: bool) -> None:
    page = samples.open(sites["reader"], script=script)
    for kind, style, gone in SWITCHES:
        marked = page.locator(f"p.text .{kind}:not([class*=' '])").first
        box = page.locator(f"#show-{kind}")
        before = _style(marked, style)
        assert before != gone, kind
        box.uncheck()
        assert _style(marked, style) == gone, kind
        box.check()
        assert _style(marked, style) == before, kind
    page.locator("#show-note").uncheck()
    expect(page.locator(".note").first).to_be_hidden()
    page.locator("#show-note").check()
    expect(page.locator(".note").first).to_be_visible()


def _style(marked: object, name: str) -> str:
    return str(marked.evaluate(f"e => getComputedStyle(e).{name}"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "error"])
def test_all_can_be_read_without_script(samples: Visitor, sites: Places, name: str) -> None:
    page = samples.open(sites[name], script=False)
    without = page.locator("main").inner_text()
    assert page.locator("noscript").count() == 0 or "JavaScript" not in without
    assert len(without) > 20
    if name == "course":
        expect(page.locator(".chart svg .curve")).to_be_visible()
        page.locator(".chart a[href^='#turn-']").first.click()
        expect(page.locator(".turning").first).to_be_in_viewport()
