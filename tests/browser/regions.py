"""Parts of pages that a reader knows the room by, each with a small picture of how it should look.

Fonts differ between machines, so a picture is compared as 24 by 24 mean colours: layout, marks and colours count,
letters do not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.browser.driving import USUAL, Scheme, Visitor
from tests.browser.places import Places

KEPT = Path(__file__).with_name("regions")
SIDE = 24
# Mean difference of the colours, of 1: the same region on another day gives 0, with its marks switched off or its
# sentence not pointed to .02 and more, in the dark .7 (test_regions.py holds all three).
MOST = 0.012
# Width and height may differ by a tenth: another font has other lengths.
STRETCH = 0.10


@dataclass(frozen=True, slots=True)
class Region:
    """An element of a page; `page` as in `places`."""

    name: str
    page: str
    selector: str
    scheme: Scheme = "light"
    width: int = USUAL


REGIONS = (
    Region("top", "course", ".top"),
    Region("switches", "sentence", ".toggles"),
    Region("sentence", "sentence", ".row:has(:target)"),
    Region("sentence-dark", "sentence", ".row:has(:target)", scheme="dark"),
    Region("sentence-narrow", "sentence", ".row:has(:target)", width=360),
    Region("chart", "course", ".chart svg"),
    Region("chart-dark", "course", ".chart svg", scheme="dark"),
    Region("turn", "course", ".turning:first-of-type"),
    Region("sheet", "event", ".sheet"),
)


def picture(visitor: Visitor, sites: Places, region: Region) -> Image.Image:
    """The region as it looks now."""
    page = visitor.open(sites[region.page], width=region.width, scheme=region.scheme)
    found = Image.open(io.BytesIO(page.locator(region.selector).first.screenshot()))
    visitor.close()
    return found.convert("RGB")


def colours(one: Image.Image) -> NDArray[np.float64]:
    """Mean colours, `(SIDE, SIDE, 3)` of 0 to 1."""
    return np.asarray(one.resize((SIDE, SIDE), Image.Resampling.BOX), dtype=np.float64) / 255


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures differ, 0 to 1."""
    return float(np.abs(colours(one) - colours(other)).mean())


def write(one: Image.Image, path: Path) -> None:
    """As a small PNG: 256 colours suffice for type on paper, chosen so that the rare ones (of meaning) are kept."""
    path.parent.mkdir(exist_ok=True)
    few = one.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
