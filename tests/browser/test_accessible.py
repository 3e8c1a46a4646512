"""No page breaks a rule of WCAG 2.2 A or AA that a program can check (axe-core), at two widths, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.driving import HEIGHT, NARROW, USUAL, Visitor
from tests.browser.places import NAMES, Places
from tests.show import rooms

TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What the other scheme, and what the other width can break; all other rules are the same in both.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SIZES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "color-contrast"]}
RUN = """rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(found => found.violations.flatMap(
  each => each.nodes.slice(0, 5).map(node => `${each.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)))"""
INVENTED = [
    "/",
    f"/documents/{rooms.hostile().record.document.id}",
    "/explore?type=THREATEN",
    "/search?q=Grenzau",
]


def check(page: Page) -> None:
    """Everything once, then what can be otherwise on a small screen and in the dark."""
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(RUN, TAGS) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, COLOURS) == [], "dark"
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    assert page.evaluate(RUN, SIZES) == [], "narrow and dark"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(RUN, TAGS) == [], "narrow"


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_pages_of_the_samples(samples: Visitor, sites: Places, name: str) -> None:
    if name == "error":
        samples.expected.append("404")
    check(samples.open(sites[name], width=USUAL))


@pytest.mark.parametrize("address", INVENTED)
def test_pages_of_invented_stories(small: Visitor, address: str) -> None:
    check(small.open(address))
