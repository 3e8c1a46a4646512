"""The forms of the gold files: pages (`evaluation/gold`) and single sentences (`evaluation/cases`).

A page's gold names events by a phrase of their sentence, the types a careful coder may give them, and the
countries of actor and recipient (`~words` where there is no country, an empty string where nobody may be
named). What it lists under `optional` may be coded or left out. Quotes are found by a piece of their content.
"""

from __future__ import annotations

from pathlib import Path

import msgspec


class GoldEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event every careful reader would code. Fields from `attributed_to` on are asked only where given."""

    id: str
    phrase: str
    types: tuple[str, ...]
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    attributed_to: str | None = None
    via: str | None = None
    date: str | None = None
    killed: int | None = None
    status: tuple[str, ...] | None = None
    place: str | None = None
    once: bool = False


class GoldOptional(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that may be coded or not."""

    phrase: str
    types: tuple[str, ...]


class GoldQuote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something somebody says: a piece of it, a word of who says it, and who relays it."""

    content: str
    source: str
    form: str
    via: str | None = None


class GoldUndated(msgspec.Struct, frozen=True):
    """What the page must give when no date is told: years that may not appear, and what may be inferred."""

    forbidden_years: tuple[int, ...]
    inferred_from: str | None = None
    inferred_to: str | None = None


class GoldPage(msgspec.Struct, frozen=True):
    """One gold file. `published_given`: the date to code the page with, or None where it has its own."""

    file: str
    headline: str
    body_must_contain: tuple[str, ...]
    body_must_not_contain: tuple[str, ...]
    events: tuple[GoldEvent, ...]
    optional: tuple[GoldOptional, ...]
    quotes: tuple[GoldQuote, ...]
    undated: GoldUndated
    published_given: str | None = None
    split: str = "dev"


def load_gold(folder: Path) -> list[GoldPage]:
    """The gold files of a folder, by name. Raises `msgspec.ValidationError` for one that is not in form."""
    paths = sorted(folder.glob("*.gold.json"))
    return [msgspec.json.decode(path.read_bytes(), type=GoldPage) for path in paths]


class CaseEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event of a sentence. `actors` and `recipients`: countries, as far as the sentence tells them.

    `also`: types that are as right as `type`. `status`: each that is right; of a pledge, that of the pledge
    (actual) or of what is pledged (future). `killed`, `injured`: 0 where no number may be coded ("dozens"),
    1 where none need be ("a man was killed").
    """

    type: str
    also: tuple[str, ...] = ()
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: tuple[str, ...] = ("actual",)
    killed: int | None = None
    injured: int | None = None


class Unwanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may not be coded: an event of this type (any, if empty), these parties (on `either` side, or as
    actors and as recipients) and one of these statuses, as far as each is given."""

    type: str = ""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    status: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, the events in it, the types that may be coded besides, and what may never be."""

    text: str
    events: tuple[CaseEvent, ...] = ()
    published: str | None = None
    optional: tuple[str, ...] = ()
    never: tuple[Unwanted, ...] = ()


def load_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file. Raises `msgspec.ValidationError` for a line that is not in form."""
    return [msgspec.json.decode(line, type=Case) for line in path.read_bytes().splitlines() if line.strip()]
