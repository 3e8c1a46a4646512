"""A browser and servers for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import stories
from tests.browser.driving import Served, Visitor, browsing, chromium, serving
from tests.browser.places import Places, places
from tests.show import rooms

NOT_HERE = "no Chromium on this machine: pages were not tried in a browser (apt-get install chromium)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tried, once and not by a letter alone."""
    left = [each for each in terminalreporter.stats.get("skipped", []) if NOT_HERE in str(each.longrepr)]
    if left:
        terminalreporter.write_line(f"{len(left)} tests skipped: {NOT_HERE}", yellow=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all. It lasts for this folder alone: while Playwright runs, nothing else can run an event loop."""
    program = chromium()
    if program is None:
        if os.environ.get("VOLTEFACE_BROWSER") == "required":
            pytest.fail(NOT_HERE)
        pytest.skip(NOT_HERE)
    with browsing(program) as found:
        yield found


@pytest.fixture(scope="package")
def samples_server(browser: Browser, samples_database: Path) -> Iterator[Served]:
    """A server over the bundled samples, as `volteface demo` leaves them."""
    with serving(samples_database) as served:
        yield served


@pytest.fixture(scope="package")
def sites(samples_database: Path) -> Places:
    """Where things are in the samples."""
    return places(samples_database)


@pytest.fixture(scope="package")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented stories: contested, hostile, long."""
    told = (rooms.SHELLED, rooms.FIRED, rooms.DENIED, rooms.hostile(), stories.hostile(), *rooms.stream())
    return rooms.database(tmp_path_factory.mktemp("browser") / "small.duckdb", *told)


@pytest.fixture(scope="package")
def small_server(browser: Browser, small_database: Path) -> Iterator[Served]:
    """A server over the invented stories."""
    with serving(small_database) as served:
        yield served


@pytest.fixture
def samples(browser: Browser, samples_server: Served) -> Iterator[Visitor]:
    """Opens pages of the samples; fails a test in which a page did what none may."""
    yield from _visiting(browser, samples_server)


@pytest.fixture
def small(browser: Browser, small_server: Served) -> Iterator[Visitor]:
    """Opens pages of the invented stories; fails a test in which a page did what none may."""
    yield from _visiting(browser, small_server)


def _visiting(browser: Browser, served: Served) -> Iterator[Visitor]:
    visitor = Visitor(browser, served)
    yield visitor
    visitor.close()
    assert visitor.troubles == []
