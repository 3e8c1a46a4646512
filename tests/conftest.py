"""What the end-to-end tests share: one coder for all of them, and the sample pages coded once."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from volteface.errors import InputError
from volteface.linking import bring_up_to_date
from volteface.pipeline import Coder
from volteface.read import RawPage, count_repeats, open_pages
from volteface.records import Record
from volteface.run import read_pages
from volteface.store import Store

# What pytest-xdist tells its workers of the terminal is not for the program that is tested.
os.environ.pop("COLUMNS", None)

SAMPLES = Path(str(files("volteface") / "samples" / "pages"))


@cache
def the_coder() -> Coder:
    """The real one. Loading takes seconds, so every test marked `model` that runs in this process uses it."""
    return Coder()


def sample_pages() -> list[RawPage]:
    """The bundled pages, in order."""
    pages = list(open_pages([str(SAMPLES)]))
    assert not [page for page in pages if isinstance(page, InputError)]
    return [page for page in pages if isinstance(page, RawPage)]


@cache
def the_records() -> tuple[Record, ...]:
    """Every bundled page as `volteface code` codes them all at once."""
    pages = sample_pages()
    repeats = count_repeats(pages)
    return tuple(the_coder().read(page, repeats=repeats) for page in pages)


def read_samples(path: Path) -> Path:
    """A new database of the bundled pages and months, at `path`."""
    with Store.open(path) as store:
        read_pages([str(SAMPLES), str(SAMPLES.parent / "months")], store, workers=1)
        bring_up_to_date(store)
    return path


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The real coder."""
    return the_coder()


@pytest.fixture(scope="session")
def records() -> tuple[Record, ...]:
    """Every bundled page, coded."""
    return the_records()


@pytest.fixture(scope="session")
def samples_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled pages and months in a database, coded and linked once a session: to be read only.

    `VOLTEFACE_SAMPLES` names one that is there already, so that work on pages need not wait for it.
    """
    if given := os.environ.get("VOLTEFACE_SAMPLES"):
        return Path(given)
    return read_samples(tmp_path_factory.mktemp("samples") / "samples.duckdb")
