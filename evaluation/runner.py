"""What the runners of hand-written cases have in common: their options, and shares of what is open and what is held."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

import msgspec

SPLITS = ("open", "held", "all")

Shares = dict[str, dict[str, float]]


def options(about: str | None, *, misses: str) -> argparse.ArgumentParser:
    """A parser with `--json` and `--misses`; `misses` says what the latter prints."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--misses", action="store_true", help=misses)
    return parser


def split_shares(opened: Mapping[str, Sequence[bool]], held: Mapping[str, Sequence[bool]]) -> Shares:
    """From what is right of each phenomenon: the shares of open, held and all cases, of each phenomenon, the `worst`
    of these, and `all`. Raises `KeyError` for a phenomenon that is not in both."""
    rows = {name: _shares(found, held[name]) for name, found in opened.items()}
    worst = {split: min(row[split] for row in rows.values()) for split in SPLITS}
    everything = _shares(*([ok for found in split.values() for ok in found] for split in (opened, held)))
    return rows | {"worst": worst, "all": everything}


def halves(cases: Mapping[str, Sequence[bool]]) -> tuple[dict[str, list[bool]], dict[str, list[bool]]]:
    """Cases 1, 3, 5 … of each phenomenon, and the others."""
    return (
        {name: list(found[::2]) for name, found in cases.items()},
        {name: list(found[1::2]) for name, found in cases.items()},
    )


def print_shares(shares: Shares, *, as_json: bool) -> None:
    """One JSON object, or a table."""
    if as_json:
        print(msgspec.json.encode(shares).decode())
        return
    print(f"{'':24}" + "".join(f"{split:>7}" for split in SPLITS))
    for name, row in shares.items():
        print(f"{name:24}" + "".join(f"{row[split]:7.3f}" for split in SPLITS))


def _shares(opened: Sequence[bool], held: Sequence[bool]) -> dict[str, float]:
    splits = {"open": opened, "held": held, "all": [*opened, *held]}
    return {split: round(sum(found) / len(found), 3) for split, found in splits.items()}
