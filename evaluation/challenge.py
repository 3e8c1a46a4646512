"""Code the hard sentences of `evaluation/cases/challenge` and print the share that is right, by phenomenon.

    python -m evaluation.challenge [--misses] [--json]

One file a phenomenon. A sentence is right, or wrong, as a whole. It is right where

- every wanted event is coded, each by an event of its own: with its type or one of `also`, one of its
  statuses, a country of its actors and one of its recipients where they are given (every country where
  there is no direction: meetings, and what both sides do to each other), its killed and injured where given;
- nothing is coded that the case lists as `never`: a type, a status of it, its parties swapped, a bystander;
- and, in a sentence without events, nothing is coded but types listed as `optional`.

What else is coded beside wanted events is not asked here (`evaluation.sentences` has precision). Where careful
coders would differ the case lists both answers.

The files of the folder itself are `open`: they may be looked at when rules are made. Those of its folder `held` were
written by somebody who had not seen the coder; `--misses` never shows what is wrong in them (note 0025).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from evaluation.forms import Case, load_cases
from evaluation.score import faults
from evaluation.sentences import as_document
from volteface.pipeline import Coder

CHALLENGE = Path(__file__).parent / "cases" / "challenge"
HELD = CHALLENGE / "held"

Verdicts = Mapping[str, Sequence[tuple[Case, tuple[str, ...]]]]


def main() -> None:
    """Run over the cases and print a table, or JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--misses", action="store_true", help="name what is wrong in open sentences")
    args = parser.parse_args()
    coder = Coder()
    opened = judge(coder)
    shares = summary(opened, judge(coder, HELD))
    if args.json:
        print(msgspec.json.encode(shares).decode())
        return
    for name, judged in opened.items() if args.misses else ():
        for case, wrong in judged:
            print(f"{name}: {case.text}\n    {'; '.join(wrong)}\n" if wrong else "", end="")
    print(f"{'':24}  open   held    all")
    for name, row in shares.items():
        print(f"{name:24}" + "".join(f"{row[split]:7.3f}" for split in ("open", "held", "all")))


def judge(coder: Coder, folder: Path = CHALLENGE) -> Verdicts:
    """By phenomenon, in order: each case with its `faults`. Raises `msgspec.ValidationError` for a bad file."""
    return {
        path.stem: [(case, faults(case, coder.code(as_document(case)))) for case in load_cases(path)]
        for path in sorted(folder.glob("*.jsonl"))
    }


def summary(opened: Verdicts, held: Verdicts) -> dict[str, dict[str, float]]:
    """Shares right of open, held and all sentences: for each phenomenon, the `worst` of these, and `all`.
    Raises `KeyError` for a phenomenon without held sentences."""
    rows = {name: _shares(_right(judged), _right(held[name])) for name, judged in opened.items()}
    worst = {split: min(row[split] for row in rows.values()) for split in ("open", "held", "all")}
    everything = _shares(*(_right(chain.from_iterable(split.values())) for split in (opened, held)))
    return rows | {"worst": worst, "all": everything}


def _right(judged: Iterable[tuple[Case, tuple[str, ...]]]) -> list[bool]:
    return [not wrong for _, wrong in judged]


def _shares(opened: Sequence[bool], held: Sequence[bool]) -> dict[str, float]:
    splits = {"open": opened, "held": held, "all": [*opened, *held]}
    return {split: round(sum(found) / len(found), 3) for split, found in splits.items()}


if __name__ == "__main__":
    main()
