"""Once through everything with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Visitor
from tests.browser.places import NAMES, Places

pytestmark = pytest.mark.model
# More keys than any page of the samples has stops.
MOST = 400

# Where the focus is: what it is and says, whether it can be seen, whether it is on the screen and in front.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const look = () => [...e.querySelectorAll('*')].map(part => {
    const style = getComputedStyle(part);
    return [style.stroke, style.strokeWidth, style.fill, style.opacity].join();
  }).join();
  let drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  if (e.closest('svg')) {  // what is part of a picture shows its focus by its own lines
    const focused = look();
    e.blur();
    drawn = look() !== focused;
    e.focus();
  }
  return {
    tag: e.tagName.toLowerCase(), id: e.id, name: e.name || '', href: e.getAttribute('href') || '',
    text: (e.innerText || e.textContent || e.getAttribute('aria-label') || '').trim().slice(0, 60),
    seen: drawn && box.width > 0 && box.height > 0,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    order: [...document.querySelectorAll('*')].indexOf(e),
  };
}"""


def stops(page: Page, *, most: int = MOST) -> list[dict[str, object]]:
    """Every stop of the Tab key from the beginning of the page to its end."""
    found: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or (found and focus["order"] == found[0]["order"]):
            return found
        found.append(focus)
    raise AssertionError(f"no end after {most} stops: {found[-1]}")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "error"])
def test_each_page_from_its_beginning_to_its_end(samples: Visitor, sites: Places, name: str) -> None:
    page = samples.open(sites[name].partition("#")[0])
    found = stops(page)
    assert found[0]["href"] == "#main"
    assert [stop for stop in found if not stop["seen"]] == []
    assert [stop for stop in found if not stop["inside"]] == []
    order = [int(str(stop["order"])) for stop in found]
    assert order == sorted(order), "the focus jumps"
    inputs = page.locator(
        "main :is(a[href], button, input:not([type=hidden]), select, textarea, summary):not([tabindex='-1']):visible"
    ).count()
    in_main = sum(
        page.evaluate("n => !!document.querySelectorAll('*')[n].closest('main')", stop["order"])
        for stop in found
    )
    assert in_main >= inputs


def test_once_through(samples: Visitor) -> None:
    page = samples.open("/")
    press = page.keyboard.press
    press("Tab")
    expect(page.locator(".skip[href='#main']")).to_be_in_viewport()
    press("Enter")  # skip to the page: the next stop is in it
    press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    reach(page, "nav a[href='/documents']", backwards=True)
    press("Enter")
    page.wait_for_url("**/documents")
    reach(page, "#find")
    page.keyboard.type("trawler")
    press("Enter")
    page.wait_for_url("**/search?q=trawler*")
    reach(page, "main article a")
    press("Enter")
    page.wait_for_url("**/documents/*")
    reach(page, "#show-quote")
    press("Space")
    expect(page.locator("#show-quote")).not_to_be_checked()
    reach(page, ".note a.what")
    press("Enter")
    page.wait_for_url("**/events/*")
    reach(page, "nav a[href='/explore']")
    press("Enter")
    page.wait_for_url("**/explore")
    reach(page, "main input[name=actor]")
    page.keyboard.type("DNK")
    reach(page, "main form button")
    press("Enter")
    page.wait_for_url("**actor=DNK*")
    reach(page, "nav a[href='/course']")
    press("Enter")
    page.wait_for_url("**/course")
    reach(page, "main a[href='/course/DNK/NOR']")
    press("Enter")
    page.wait_for_url("**/course/DNK/NOR")
    reach(page, ".chart a[href^='#turn-']")
    press("Enter")
    expect(page.locator(".turning").first).to_be_in_viewport()
    press("Tab")  # from the turn on, not from the chart
    expect(page.locator(".turning a:focus")).to_have_count(1)
    reach(page, ".turning a[href^='/documents/']")
    press("Enter")
    page.wait_for_url("**/documents/*")
    expect(page.locator(".s:has(:target)")).to_be_in_viewport()


def reach(page: Page, selector: str, *, backwards: bool = False) -> None:
    """Press Tab until the focus is on one of these."""
    for _ in range(MOST):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached")
