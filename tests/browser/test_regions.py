"""Key regions look as their kept pictures do (`python -m tests.browser.pictures` renews these)."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.browser.driving import Visitor
from tests.browser.places import Places
from tests.browser.regions import KEPT, MOST, REGIONS, STRETCH, Region, picture, unlike

pytestmark = pytest.mark.model


def kept(name: str) -> Image.Image:
    return Image.open(KEPT / f"{name}.png").convert("RGB")


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name)
def test_regions(samples: Visitor, sites: Places, region: Region) -> None:
    now, wanted = picture(samples, sites, region), kept(region.name)
    for side, wanted_side in zip(now.size, wanted.size, strict=True):
        assert abs(side - wanted_side) <= STRETCH * wanted_side
    assert unlike(now, wanted) <= MOST


def test_what_is_otherwise_is_noticed(samples: Visitor, sites: Places) -> None:
    assert unlike(kept("sentence"), kept("sentence-dark")) > 0.5
    page = samples.open(sites["sentence"])
    row = page.locator(".row:has(:target)").first
    marked = row.screenshot()
    page.locator("#show-actor").uncheck()
    page.locator("#show-note").uncheck()
    assert _unlike(marked, row.screenshot()) > MOST
    page.locator("#show-actor").check()
    page.locator("#show-note").check()
    assert _unlike(marked, row.screenshot()) <= MOST
    identity = page.locator(".s:has(:target)").get_attribute("id")
    page.goto(sites["reader"])
    assert _unlike(marked, page.locator(f".row:has(#{identity})").screenshot()) > MOST


def _unlike(one: bytes, other: bytes) -> float:
    return unlike(*(Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other)))
