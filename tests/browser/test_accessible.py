"""No page breaks a rule of WCAG 2.2 A or AA that a program can check (axe-core), at two widths, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.driving import NARROW, USUAL, Scheme, Visitor
from tests.browser.places import NAMES, Places

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules that the colours of the other scheme can break; all others are the same in both.
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds, with the elements."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for each in found.response["violations"]
        for node in each["nodes"][:5]
    ]


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_pages_of_the_samples(samples: Visitor, sites: Places, name: str) -> None:
    if name == "error":
        samples.expected.append("404")
    page = samples.open(sites[name])
    for width in (USUAL, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        schemes: list[Scheme] = ["light", "dark"]
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert violations(page, rules=COLOURS if scheme == "dark" else None) == [], (width, scheme)
