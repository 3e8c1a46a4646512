"""What a person decided: kept apart from what was coded, numbered, undone but never deleted
(docs/decisions/0048-decisions.md).

Nothing here is rewritten by coding or linking anew. Actors are named by key; events by the characters of their trigger,
`DOCUMENT:START-END`, which stay valid when a page is coded again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.errors import DecidedAlready, DecisionRefused

Kind = Literal["actor", "same-actor", "different-actors", "same-event", "different-events", "wrong-event"]
Field = Literal["country", "sector", "role", "name", "wikidata"]
Rows = Callable[[str, dict[str, object]], list[tuple[Any, ...]]]

# Of one pair only one of these can hold.
OPPOSITE = {
    "same-actor": "different-actors",
    "different-actors": "same-actor",
    "same-event": "different-events",
    "different-events": "same-event",
}
REFERENCE = re.compile(r"([0-9a-f]+):(?:(\d+)-(\d+)|(E\d+))", re.I)
HINTS = 5


class Decision(msgspec.Struct, frozen=True):
    """One decision. `subject`, `object`: actor keys or event references; `field` and `value` of kind `actor`;
    `undone` None while it holds. Times are UTC. `who`: the name that whoever decided gave."""

    decision: int
    kind: Kind
    subject: str
    object: str | None
    field: Field | None
    value: str | None
    note: str | None
    made: datetime
    undone: datetime | None
    who: str | None = None


COLUMNS = ", ".join(Decision.__struct_fields__)
LIST = f"SELECT {COLUMNS} FROM decisions WHERE undone IS NULL OR $undone ORDER BY decision"


class Wish(NamedTuple):
    """A decision to be made; fields as in `Decision`."""

    kind: str
    subject: str
    object: str | None = None
    field: str | None = None
    value: str | None = None


def decisions(rows: Rows, *kinds: Kind, undone: bool = False) -> list[Decision]:
    """Decisions in the order in which they were made, of these kinds or of all; with `undone` also such."""
    return [
        d for d in (Decision(*row) for row in rows(LIST, {"undone": undone})) if not kinds or d.kind in kinds
    ]


def checked(
    rows: Rows, kind: str, subject: str, other: str | None, field: str | None, value: str | None
) -> tuple[str, str | None, str | None]:
    """Subject, object and value of a new decision, references in full.

    Raises `DecisionRefused` if it makes no sense.
    """
    if kind not in get_args(Kind):
        raise DecisionRefused(f"no kind of decision {kind!r}; there are {', '.join(get_args(Kind))}")
    if (other is None) is not (kind in ("actor", "wrong-event")):
        raise DecisionRefused(f"{kind} needs {'one' if other else 'two'}")
    name = _event if kind.endswith(("event", "events")) else _actor
    subject, other = name(rows, subject), name(rows, other) if other else None
    if kind == "actor":
        value = _value(field, value)
    elif field or value:
        raise DecisionRefused(f"{kind} has no field and no value")
    if subject == other:
        raise DecisionRefused(f"{subject} is the same as itself")
    _agree(decisions(rows), kind, subject, other, field, value)
    return subject, other, value


def _agree(
    held: Sequence[Decision], kind: str, subject: str, other: str | None, field: str | None, value: str | None
) -> None:
    """Raise `DecisionRefused` if what is decided anew is decided already, or otherwise."""
    same = [
        d for d in held if d.kind == kind and {d.subject, d.object} == {subject, other} and d.field == field
    ]
    if same and same[-1].value == value:
        raise DecidedAlready(same[-1].decision)
    if kind not in OPPOSITE or other is None:
        return
    join, part = (kind, OPPOSITE[kind]) if kind.startswith("same") else (OPPOSITE[kind], kind)
    joins = [d for d in held if d.kind == join]
    whole = _joined(joins, subject) | (_joined(joins, other) if kind == join else set())
    against = [d for d in held if kind == join and d.kind == part and {d.subject, d.object} <= whole]
    if kind == part and other in whole:
        against = [d for d in joins if d.subject in whole]
    if against:
        raise DecisionRefused(f"decision {against[-1].decision} says otherwise; undo it first")


def _joined(joins: Sequence[Decision], start: str) -> set[str]:
    """Everything that these decisions make one with `start`."""
    whole = {start}
    while (
        more := {x for d in joins if {d.subject, d.object} & whole for x in (d.subject, d.object or "")}
        - whole
    ):
        whole |= more
    return whole


def new_row(
    rows: Rows,
    kind: str,
    subject: str,
    other: str | None,
    field: str | None,
    value: str | None,
    note: str | None,
    who: str | None = None,
    form: str | None = None,
) -> tuple[int, *tuple[object, ...]]:
    """The row of a new decision. Raises `DecisionRefused` as `checked`."""
    subject, other, value = checked(rows, kind, subject, other, field, value)
    ((number,),) = rows("SELECT coalesce(max(decision), 0) + 1 FROM decisions", {})
    return number, kind, subject, other, field, value, note, _now(), None, who, form


def sent(rows: Rows, form: str) -> list[int]:
    """The numbers of the decisions that a form made."""
    sql = "SELECT decision FROM decisions WHERE form = $form ORDER BY decision"
    return [number for (number,) in rows(sql, {"form": form})]


def undo(rows: Rows, number: int, *, repeated: bool = False) -> None:
    """Mark a decision as undone. Raises `DecisionRefused` if there is none of this number, or, unless `repeated`, it no
    longer holds."""
    found = [d for d in decisions(rows, undone=True) if d.decision == number]
    if not found:
        raise DecisionRefused(f"no decision {number}; `volteface decisions` lists them")
    if found[0].undone is not None:
        if repeated:
            return
        raise DecisionRefused(f"decision {number} is undone already")
    rows("UPDATE decisions SET undone = $now WHERE decision = $number", {"now": _now(), "number": number})


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _actor(rows: Rows, key: str) -> str:
    """A key that some document has."""
    if not rows("SELECT 1 FROM actors WHERE key = $key LIMIT 1", {"key": key}):
        sql = "SELECT DISTINCT key FROM actors WHERE contains(lower(key), $part) ORDER BY 1 LIMIT $most"
        near = [name for (name,) in rows(sql, {"part": key.lower(), "most": HINTS})]
        hint = f"; there are {', '.join(map(repr, near))}" if near else "; `volteface actors NAME` shows keys"
        raise DecisionRefused(f"no actor with the key {key!r}{hint}")
    return key


def _event(rows: Rows, reference: str) -> str:
    """`DOCUMENT:START-END` in full, of an event that some coder found; `DOCUMENT:E3` is the latest coder's E3."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise DecisionRefused(f"{reference!r} is no event: DOCUMENT:START-END or DOCUMENT:E3")
    prefix, start, end, name = match.groups()
    documents = rows(
        "SELECT DISTINCT document FROM records WHERE starts_with(document, $prefix) ORDER BY 1 LIMIT 2",
        {"prefix": prefix.lower()},
    )
    if len(documents) != 1:
        raise DecisionRefused(f"{prefix!r} is the start of {'several ids' if documents else 'no document'}")
    document = documents[0][0]
    triggers = rows(
        "SELECT e.event, trigger_starts, trigger_ends, l.coder IS NOT NULL FROM events e "
        "LEFT JOIN latest l ON (l.document, l.coder) = (e.document, e.coder) "
        "WHERE e.document = $document ORDER BY 2, 3, 1",
        {"document": document},
    )
    if name is not None:
        found = [(s, e) for event, s, e, latest in triggers if latest and event == name.upper()]
    else:
        found = (
            [(int(start), int(end))]
            if any(s < int(end) and int(start) < e for _, s, e, _ in triggers)
            else []
        )
    if not found:
        near = [f"{document[:8]}:{s}-{e}" for _, s, e, latest in triggers if latest][:HINTS]
        raise DecisionRefused(
            f"no event at {reference!r}" + (f"; there are {', '.join(near)}" if near else "")
        )
    return f"{document}:{found[0][0]}-{found[0][1]}"


def _value(field: str | None, value: str | None) -> str:
    if field not in get_args(Field):
        raise DecisionRefused(f"no field {field!r} of an actor; there are {', '.join(get_args(Field))}")
    value = (value or "").strip()
    if field == "country" and value not in countries() and value not in plover().nonstate_countries:
        raise DecisionRefused(f"{value!r} is no ISO alpha-3 or PLOVER non-state code")
    if field == "sector" and not set(value.split("/")) <= set(plover().sectors):
        raise DecisionRefused(f"{value!r} is no PLOVER sector; there are {', '.join(plover().sectors)}")
    if field == "wikidata" and not re.fullmatch(r"Q[1-9]\d*", value):
        raise DecisionRefused(f"{value!r} is no Wikidata id")
    if not value:
        raise DecisionRefused(f"{field} needs a value")
    return value
