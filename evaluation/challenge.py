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

from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.forms import Case, load_cases
from evaluation.runner import Shares, options, print_shares, split_shares
from evaluation.score import faults
from evaluation.sentences import as_document
from volteface.pipeline import Coder

CHALLENGE = Path(__file__).parent / "cases" / "challenge"
HELD = CHALLENGE / "held"

Verdicts = Mapping[str, Sequence[tuple[Case, tuple[str, ...]]]]


def main() -> None:
    """Run over the cases and print a table, or JSON."""
    args = options(__doc__, misses="name what is wrong in open sentences").parse_args()
    coder = Coder()
    opened = judge(coder)
    held = judge(coder, HELD)
    for name, judged in opened.items() if args.misses and not args.json else ():
        for case, wrong in judged:
            print(f"{name}: {case.text}\n    {'; '.join(wrong)}\n" if wrong else "", end="")
    print_shares(summary(opened, held), as_json=args.json)


def judge(coder: Coder, folder: Path = CHALLENGE) -> Verdicts:
    """By phenomenon, in order: each case with its `faults`. Raises `msgspec.ValidationError` for a bad file."""
    return {
        path.stem: [(case, faults(case, coder.code(as_document(case)))) for case in load_cases(path)]
        for path in sorted(folder.glob("*.jsonl"))
    }


def summary(opened: Verdicts, held: Verdicts) -> Shares:
    """Shares right of open, held and all sentences; see `runner.split_shares`. Raises `KeyError` for a phenomenon
    without held sentences."""
    return split_shares(_right(opened), _right(held))


def _right(verdicts: Verdicts) -> dict[str, list[bool]]:
    return {name: [not wrong for _, wrong in judged] for name, judged in verdicts.items()}


if __name__ == "__main__":
    main()
