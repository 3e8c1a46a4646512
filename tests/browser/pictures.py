"""The pictures of README and docs, and those that key regions are compared with: `python -m tests.browser.pictures`.

Without `--db` the samples are read anew, as `volteface read` does it.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tests.browser.driving import NARROW, USUAL, Scheme, Visitor, browsing, chromium, serving
from tests.browser.places import places
from tests.browser.regions import KEPT, REGIONS, picture, write
from tests.conftest import read_samples

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
# All together, so that a checkout stays small.
MOST_BYTES = 600_000


class Picture(NamedTuple):
    """A window on a page."""

    name: str
    page: str
    width: int = USUAL
    height: int = 860
    scheme: Scheme = "light"


SHOWN = (
    Picture("front", "front"),
    Picture("reader", "sentence"),
    Picture("reader-dark", "sentence", scheme="dark"),
    Picture("reader-narrow", "reader", width=NARROW, height=780),
    Picture("event", "contested"),
    Picture("course", "course", height=1000),
    Picture("coalitions", "coalitions", height=1300),
    Picture("explore", "explore"),
)


def take(database: Path, program: str) -> None:
    """Write every picture. Raises `AssertionError` if a page did what none may."""
    sites = places(database)
    with browsing(program) as browser, serving(database) as served:
        visitor = Visitor(browser, served)
        for shown in SHOWN:
            page = visitor.open(
                sites[shown.page], width=shown.width, height=shown.height, scheme=shown.scheme
            )
            page.wait_for_load_state("networkidle")
            page.evaluate("scrollTo(0, 0)")
            write(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), PICTURES / f"{shown.name}.png")
            visitor.close()
        for region in REGIONS:
            write(picture(visitor, sites, region), KEPT / f"{region.name}.png")
        assert visitor.troubles == []
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) <= MOST_BYTES


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--db", type=Path, help="a database of the samples")
    given = parser.parse_args()
    program = chromium()
    if program is None:
        parser.error("there is no Chromium on this machine")
    with tempfile.TemporaryDirectory() as folder:
        take(given.db or read_samples(Path(folder) / "samples.duckdb"), program)


if __name__ == "__main__":
    main()
