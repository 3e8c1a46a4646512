"""The hand-written training sentences: one coding a line, the parties and the trigger marked in the text.

    ASSAULT aerial actual killed=2 | [A Turkish jets] {shot down} [R a Russian bomber] near the border.
    CONSULT - actual | [B The foreign ministers of Peru] and [B Bolivia] {met} for two hours.
    NONE | [A The Lions] {attacked} [R the Bears' defence] from the first whistle.

`A` acts, `R` receives, `B` is on both sides; `{…}` is the trigger; `-` stands for no mode. `python -m training.marked
FILE…` checks files and counts what is in them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from volteface.codebook import plover
from volteface.records import Span, Status

NO_EVENT = "NONE"
STATUSES = frozenset(get_args(Status))
_MARK = re.compile(r"\[([ARB]) ([^\[\]{}]+)\]|\{([^\[\]{}]+)\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """One coding of one sentence. Spans are characters of `text`; `type` is None where there is no event."""

    text: str
    type: str | None
    mode: str | None
    status: str | None
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    both: tuple[Span, ...]
    trigger: Span | None
    killed: int | None
    injured: int | None


def load_marked(path: Path) -> list[Marked]:
    """Every coding of a file. Raises `ValueError` naming file, line and fault."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(_coding(line))
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from None
    return found


def _coding(line: str) -> Marked:
    labels, bar, marked = line.partition(" | ")
    if not bar:
        raise ValueError("no ' | ' between labels and sentence")
    text, spans = _unmark(marked.strip())
    trigger = spans["{"]
    if len(trigger) > 1:
        raise ValueError("more than one trigger")
    type_, mode, status, numbers = _labels(labels.split())
    if type_ is not None and not trigger:
        raise ValueError("an event without a trigger")
    return Marked(
        text=text,
        type=type_,
        mode=mode,
        status=status,
        actors=tuple(spans["A"]),
        recipients=tuple(spans["R"]),
        both=tuple(spans["B"]),
        trigger=trigger[0] if trigger else None,
        killed=numbers.get("killed"),
        injured=numbers.get("injured"),
    )


def _labels(words: list[str]) -> tuple[str | None, str | None, str | None, dict[str, int]]:
    if words == [NO_EVENT]:
        return None, None, None, {}
    if len(words) < 3:
        raise ValueError("labels are TYPE mode status, or NONE")
    type_, mode, status, *rest = words
    if type_ not in plover().types:
        raise ValueError(f"{type_} is no PLOVER type")
    if mode != "-" and mode not in plover().types[type_].modes:
        raise ValueError(f"{mode} is no mode of {type_}")
    if status not in STATUSES:
        raise ValueError(f"{status} is no status")
    numbers = {}
    for word in rest:
        name, _, number = word.partition("=")
        if name not in ("killed", "injured") or not number.isdigit():
            raise ValueError(f"{word} is no number of killed or injured")
        numbers[name] = int(number)
    return type_, None if mode == "-" else mode, status, numbers


def _unmark(marked: str) -> tuple[str, dict[str, list[Span]]]:
    spans: dict[str, list[Span]] = {"A": [], "R": [], "B": [], "{": []}
    pieces: list[str] = []
    done = size = 0
    for mark in _MARK.finditer(marked):
        before, inside = marked[done : mark.start()], mark[2] or mark[3]
        size += len(before)
        spans[mark[1] or "{"].append((size, size + len(inside)))
        pieces += [before, inside]
        size += len(inside)
        done = mark.end()
    text = "".join([*pieces, marked[done:]])
    if any(c in "[]{}" for c in text):
        raise ValueError("a mark that does not close, nests or names no A, R or B")
    return text, spans


def main() -> None:
    """Check the files named on the command line; exit 1 where one has a fault."""
    counts: Counter[str] = Counter()
    faults = 0
    for name in sys.argv[1:]:
        try:
            codings = load_marked(Path(name))
        except ValueError as error:
            faults += 1
            print(error, file=sys.stderr)
            continue
        counts.update(c.type or NO_EVENT for c in codings)
    print(f"{sum(counts.values())} codings: " + ", ".join(f"{n} {c}" for n, c in sorted(counts.items())))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
