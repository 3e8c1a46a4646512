"""What several commands share: options, error messages, lines in and out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from volteface.errors import VoltefaceError

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    _ParamType = click.ParamType[date]
else:  # generic for type checkers only before click 8.2
    _ParamType = click.ParamType

DATABASE = "volteface.duckdb"
# The exit code of a program that Ctrl-C ended, as shells have it.
INTERRUPTED = 130
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Day(_ParamType):
    """An ISO day."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day like 2015-11-27", param, ctx)


class Commands(click.Group):
    """A group whose commands report this package's errors in one line and exit with 1; listed as they are
    added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the way through, not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except VoltefaceError as error:
            complain(str(error))
            ctx.exit(1)


@contextmanager
def interruptible(message: str) -> Iterator[None]:
    """Ctrl-C in here ends the program with a message; DuckDB reports one that meets a query as an error of
    its own."""
    try:
        yield
    except KeyboardInterrupt:
        complain(message)
        sys.exit(INTERRUPTED)
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        complain(message)
        sys.exit(INTERRUPTED)


def complain(message: str) -> None:
    """A message on standard error, without what could drive the terminal."""
    click.echo(HIDDEN.sub("", f"volteface: {message}"), err=True)


def put(line: str) -> None:
    """A line on standard output, UTF-8 whatever the locale, at once."""
    stream = sys.stdout.buffer
    stream.write(line.encode("utf-8", "backslashreplace") + b"\n")
    stream.flush()


def objects_in() -> Iterator[tuple[int, dict[str, Any] | None, str]]:
    """The JSON objects on standard input: (line number, object or None, what is wrong with it)."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield number, None, f"no JSON: {error}"
            continue
        if isinstance(value, dict) and isinstance(value.get("text"), str):
            yield number, value, ""
        else:
            yield number, None, "no object with a `text`"


def published_option(command: F) -> F:
    """`--published DATE`."""
    return click.option(
        "--published", type=Day(), help="Publication date of every page, over what the page itself says."
    )(command)


def pipeline_option(command: F) -> F:
    """`--pipeline NAME`."""
    return click.option(
        "--pipeline", metavar="NAME", help="Another installed spaCy pipeline, or a path to one."
    )(command)


def database_option(command: F) -> F:
    """`--db FILE`."""
    return click.option(
        "--db",
        "database",
        type=click.Path(dir_okay=False),
        default=DATABASE,
        show_default=True,
        help="The database.",
    )(command)


plot_option = click.option(
    "--plot", type=click.Path(dir_okay=False), help="Also draw it: FILE.svg or FILE.png."
)
