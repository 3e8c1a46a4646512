"""`volteface doctor`: what is installed, in which version, and whether the whole way through works."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from volteface.cli.common import HIDDEN, pipeline_option
from volteface.errors import VoltefaceError

if TYPE_CHECKING:
    from volteface.pipeline import Coder
    from volteface.records import Record

PACKAGES = ("volteface", "spacy", "duckdb", "msgspec", "trafilatura", "numpy", "click", "rich")
EXTRAS = ("pandas", "polars", "pyarrow")
# Written for this check; what must come of it is stated in `_check_record`.
TEXT = (
    "Turkey accused Syria of shelling a border village on Monday.\n\n"
    "“We condemn this attack,” the Turkish foreign minister told reporters in Ankara.\n"
)


@click.command()
@pipeline_option
def doctor(pipeline: str | None) -> None:
    """Say what is installed and whether it works; exit 1 if it does not.

    \b
    Example:
      volteface doctor
    """
    broken = 0
    for name, state, good in _findings(pipeline):
        mark = "ok    " if good else "BROKEN"
        click.echo(HIDDEN.sub("", f"{mark} {name:32} {state}"))
        broken += not good
    if broken:
        sys.exit(1)


def _findings(pipeline: str | None) -> Iterator[tuple[str, str, bool]]:
    yield "python", platform.python_version(), sys.version_info >= (3, 11)
    for package in PACKAGES:
        version = _version(package)
        yield package, version or "not installed", version is not None or package == "volteface"
    for package in EXTRAS:
        yield package, _version(package) or "not installed (optional: pip install 'volteface[frames]')", True
    yield from _self_check(pipeline)


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _self_check(pipeline: str | None) -> Iterator[tuple[str, str, bool]]:
    try:
        from volteface.codebook.versions import data_versions
        from volteface.pipeline import Coder

        coder = Coder() if pipeline is None else Coder(pipeline=pipeline)
    except (VoltefaceError, ImportError) as error:
        yield "coder", str(error), False
        return
    yield f"pipeline {coder.parser.name}", coder.parser.version, True
    for part, lines in groupby(data_versions(), key=lambda line: line.partition("/")[0]):
        files = list(lines)
        digest = hashlib.sha256("\n".join(files).encode()).hexdigest()[:12]
        yield f"data {part}", f"{digest} ({len(files)} files)", True
    yield "coder", coder.version, True
    record = None
    try:
        record = _code(coder)
        yield "self-check: coding", *_check_record(record)
    except Exception as error:  # noqa: BLE001 - whatever is broken, doctor is there to say so
        yield "self-check: coding", f"{type(error).__name__}: {error}", False
    if record is not None:
        yield "self-check: database", *_attempt(lambda: _check_store(record, coder.version))


def _code(coder: Coder) -> Record:
    from volteface.read import RawPage

    return coder.read(RawPage.of_text(TEXT, source="check", published="2012-10-05"))


def _check_record(record: Record) -> tuple[str, bool]:
    found = (
        f"{len(record.events)} events, {len(record.attributions)} attributions, {len(record.actors)} actors"
    )
    return found, bool(record.sentences and record.events and record.attributions)


def _check_store(record: Record, version: str) -> tuple[str, bool]:
    from volteface.store import Reading, Store

    with TemporaryDirectory() as folder, Store.open(Path(folder, "check.duckdb")) as store:
        store.add([Reading("file:check", "check", "0", "{}", record)], coder=version)
        same = store.record("check").to_json() == record.to_json()
        listed = len(list(store.events())) == len(record.events)
        return (
            "writes and reads back" if same and listed else "does not read back what it wrote",
            same and listed,
        )


def _attempt(check: Callable[[], tuple[str, bool]]) -> tuple[str, bool]:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever is broken, doctor is there to say so
        return f"{type(error).__name__}: {error}", False
