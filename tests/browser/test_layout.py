"""From a telephone to a wall screen, light and dark, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.driving import NARROW, USUAL, WALL, Visitor
from tests.browser.places import NAMES, Places

pytestmark = pytest.mark.model

# Elements that stick out of the window, other than within a box that scrolls by itself.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || !box.height || e.closest('.scroll, .hidden, .skip, svg')) return false;
  return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_wider_than_its_window(samples: Visitor, sites: Places, name: str) -> None:
    if name == "error":
        samples.expected.append("404")
    page = samples.open(sites[name], width=NARROW)
    for width in (NARROW, USUAL, WALL):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUTSIDE) == [], width


@pytest.mark.parametrize("width", [NARROW, USUAL, WALL])
def test_lines_can_be_read(samples: Visitor, sites: Places, width: int) -> None:
    """Characters in a line of the article: no more than 85, and on a telephone no fewer than 30."""
    page = samples.open(sites["reader"], width=width)
    text = page.locator("p.text").nth(1)
    letters = text.evaluate(
        "e => e.clientWidth / (() => { const s = document.createElement('span'); s.style.whiteSpace = 'nowrap';"
        " s.textContent = e.textContent.trim().slice(0, 100);"
        " e.append(s); const w = s.getBoundingClientRect().width / 100; s.remove(); return w; })()"
    )
    size = text.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert 30 <= letters <= 85
    assert size >= 16


def test_light_and_dark(samples: Visitor, sites: Places) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        page = samples.open(sites["reader"], scheme="light" if scheme == "light" else "dark")
        colours = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        seen[scheme] = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours]
    (paper, ink), (dark_paper, dark_ink) = seen["light"], seen["dark"]
    assert paper > 700 > 150 > ink
    assert dark_paper < 150 < 600 < dark_ink


PRINTED = ["reader", "course", "event", "week"]


@pytest.mark.parametrize("name", PRINTED)
def test_on_paper(samples: Visitor, sites: Places, name: str) -> None:
    page = samples.open(sites[name], width=USUAL, scheme="dark")
    headings = page.locator("main :is(h1, h2, h3)").count()
    page.emulate_media(media="print")
    for gone in ("nav", ".find", ".toggles", "form", ".skip"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.locator("main :is(h1, h2, h3):visible").count() == headings
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    # A4 less its margins, at 96 points an inch.
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert _cut(page) == []
    pdf = page.pdf(format="A4", margin={"top": "15mm", "right": "15mm", "bottom": "15mm", "left": "15mm"})
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 1
    assert len(pdf) > 5_000


def _cut(page: Page) -> list[str]:
    """What a box hides a part of."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(e =>
              !e.closest('.hidden') && getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1
            ).map(e => e.outerHTML.slice(0, 120))"""
        )
    )
