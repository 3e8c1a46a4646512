"""Commands that code without storing: pages or JSON Lines in, JSON Lines out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from volteface.cli.common import complain, objects_in, pipeline_option, published_option, put
from volteface.errors import InputError

if TYPE_CHECKING:
    from volteface.pipeline import Coder

T = TypeVar("T")


@click.command()
@published_option
@pipeline_option
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to code with."
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def code(published: date | None, pipeline: str | None, workers: int, files: tuple[str, ...]) -> None:
    """Code pages and print one record a line, in the order of the input.

    FILE: HTML, copied text, JSON, JSON Lines, each perhaps gzipped, a folder of these, or - for standard
    input.

    \b
    Example:
      volteface code --published 2015-11-27 page.html | jq '.events[].type'
    """
    from volteface.read import count_repeats
    from volteface.run import again, code_pages, default_coder

    pages = again(files, sys.stdin.buffer)
    repeats = count_repeats(page for page in pages() if not isinstance(page, InputError))
    results = code_pages(
        pages(),
        repeats=repeats,
        published=_iso(published),
        workers=workers,
        make_coder=partial(default_coder, pipeline),
    )
    _print(result if isinstance(result, InputError) else result.to_json() for result in results)


@click.command()
@published_option
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def extract(published: date | None, files: tuple[str, ...]) -> None:
    """Print the article of each page, without coding it: {"document": {…}}.

    \b
    Example:
      volteface extract page.html | jq -r .document.text
    """
    import msgspec

    from volteface.read import count_repeats, to_document
    from volteface.run import again

    pages = again(files, sys.stdin.buffer)
    repeats = count_repeats(page for page in pages() if not isinstance(page, InputError))

    def lines() -> Iterator[str | InputError]:
        for page in pages():
            if isinstance(page, InputError):
                yield page
                continue
            try:
                document = to_document(page, published=_iso(published), repeats=repeats, any_language=True)
            except InputError as error:
                yield error
            else:
                yield msgspec.json.encode({"document": document}).decode()

    _print(lines())


@click.command()
@pipeline_option
def classify(pipeline: str | None) -> None:
    """The type of the event between two parties, for JSON Lines on standard input.

    \b
    Example:
      echo '{"id": 1, "text": "Ruritania shelled Sylvania.", "actor": [[0, 9]], "recipient": [[18, 26]]}' \\
        | volteface classify
    """
    from volteface import steps

    coder = _coder(pipeline)
    _each(lambda row: steps.classify(coder, row))


@click.command()
@pipeline_option
def geoparse(pipeline: str | None) -> None:
    """Places in texts, for JSON Lines {"id", "text"} on standard input.

    \b
    Example:
      echo '{"id": 1, "text": "They met in Paris."}' | volteface geoparse
    """
    from volteface import steps

    coder = _coder(pipeline)
    _each(lambda row: steps.geoparse(coder, row))


@click.command()
@published_option
def timex(published: date | None) -> None:
    """Time expressions in texts, for JSON Lines {"id", "text", "dct"} on standard input.

    \b
    Example:
      echo '{"id": 1, "text": "They met on Tuesday.", "dct": "2015-11-27"}' | volteface timex
    """
    from volteface import steps

    _each(lambda row: steps.timex(row, _iso(published)))


@click.command()
@pipeline_option
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def attribute(pipeline: str | None, files: tuple[str, ...]) -> None:
    """Who says what in plain-text files, offsets into the file's own text.

    \b
    Example:
      volteface attribute article.txt | jq '.attributions[].source'
    """
    from volteface import steps

    coder = _coder(pipeline)

    def one(name: str) -> dict[str, Any]:
        return steps.attribute(coder, _plain_text(name), name)

    _print(_answer(name, one, name) for name in files)


def _coder(pipeline: str | None) -> Coder:
    from volteface.pipeline import Coder

    if pipeline is not None:
        return Coder(pipeline=pipeline)
    with _without("torch"):
        return Coder()


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Importing a module fails in here as if it were not installed. spaCy imports torch wherever it is, and takes
    two seconds for it; the default pipeline has no use for it."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain_text(name: str) -> str:
    try:
        if name == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(os.fspath(name), "rb") as stream:  # noqa: PTH123 - opened as named, also /dev/fd/63
                data = stream.read()
        return data.decode("utf-8")
    except OSError as error:
        raise InputError(name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError(name, f"is not UTF-8 text: {error.reason} at byte {error.start}") from error


def _each(step: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """One answer a line for the objects on standard input."""

    def lines() -> Iterator[str | InputError]:
        for number, row, problem in objects_in():
            source = f"standard input, line {number}"
            yield InputError(source, problem) if row is None else _answer(source, step, row)

    _print(lines())


def _answer(source: str, step: Callable[[T], dict[str, Any]], given: T) -> str | InputError:
    """What the step gives as JSON, or an error that names the source: one text must not stop the rest."""
    import msgspec

    try:
        return msgspec.json.encode(step(given)).decode()
    except InputError as error:
        return InputError(source, error.problem)
    except Exception as error:  # noqa: BLE001 - reported with its name
        return InputError(source, f"{type(error).__name__}: {error}")


def _print(lines: Iterator[str | InputError]) -> None:
    """Lines to standard output, errors to standard error; exit 1 at the end if there was any."""
    failed = 0
    for line in lines:
        if isinstance(line, InputError):
            complain(str(line))
            failed += 1
        else:
            put(line)
    if failed:
        sys.exit(1)
