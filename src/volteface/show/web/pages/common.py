"""What pages share: how they are made, and how what is asked for is read from an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypedDict, TypeVar

from litestar import MediaType, Response
from litestar.exceptions import ClientException

from volteface.show.web.words import templates

T = TypeVar("T")
# Rows of a list on one page, and the last page that can be asked for.
ROWS = 25
LAST = 400
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list."""

    rows: Sequence[T]
    number: int
    more: bool


def render(
    template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> Response[str]:
    """A page made of a template, as HTML."""
    text = templates().get_template(template).render(**context)
    return Response(
        text,
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "private, no-cache", **(headers or {})},
    )


def sheet(rows: Sequence[T], number: int, size: int = ROWS) -> Sheet[T]:
    """Of rows of which one more than fits was asked for, if there is one."""
    return Sheet(rows[:size], number, len(rows) > size and number < LAST)


class Window(TypedDict):
    """A piece of a list."""

    limit: int
    offset: int


def window(number: int, size: int = ROWS) -> Window:
    """The limit and offset of a page of a list."""
    return {"limit": size + 1, "offset": (number - 1) * size}


def number_of(text: str) -> int:
    """The number of a page of a list. Raises `ClientException`."""
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LAST:
        raise ClientException(f"“page” goes from 1 to {LAST}.")
    return int(text)


def words_of(text: str) -> str:
    """Words to look for. Raises `ClientException` for too many."""
    text = " ".join(text.split())
    if len(text) > LONGEST_WORDS:
        raise ClientException(f"No more than {LONGEST_WORDS} characters can be looked for.")
    return text


def day_of(text: str, name: str) -> date | None:
    """An ISO day. Raises `ClientException`."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ClientException(f"“{name}” has to be a day like 2015-11-27.") from error


def one_of(text: str, choices: Sequence[str], name: str) -> str | None:
    """One of these, or nothing. Raises `ClientException`."""
    if text and text not in choices:
        raise ClientException(f"“{name}” can be {', '.join(choices)}.")
    return text or None
