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

Sentences 1, 3, 5 … of each file are `open`: they may be looked at when rules are made. The others are `held`, and
`--misses` never shows them. New sentences go to the end of a file, so that none changes sides (note 0025).
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

Verdicts = Mapping[str, Sequence[tuple[Case, tuple[str, ...]]]]


def main() -> None:
    """Run over the cases and print a table, or JSON."""
    args = options(__doc__, misses="name what is wrong in open sentences").parse_args()
    verdicts = judge(Coder())
    for name, judged in verdicts.items() if args.misses and not args.json else ():
        for case, wrong in judged[::2]:
            print(f"{name}: {case.text}\n    {'; '.join(wrong)}\n" if wrong else "", end="")
    print_shares(summary(verdicts), as_json=args.json)


def judge(coder: Coder, folder: Path = CHALLENGE) -> Verdicts:
    """By phenomenon, in order: each case with its `faults`. Raises `msgspec.ValidationError` for a bad file."""
    return {
        path.stem: [(case, faults(case, coder.code(as_document(case)))) for case in load_cases(path)]
        for path in sorted(folder.glob("*.jsonl"))
    }


def summary(verdicts: Verdicts) -> Shares:
    """Shares right of open, held and all sentences; see `runner.split_shares`."""
    return split_shares({name: [not wrong for _, wrong in judged] for name, judged in verdicts.items()})


if __name__ == "__main__":
    main()
