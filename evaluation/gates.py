"""How good the coder is on the bundled gold, and the floors under that.

    python -m evaluation.gates              what is measured beside its floor; exit 1 if anything is below
    python -m evaluation.gates --raise      raise the floors to a margin below what is measured, where that is higher
    python -m evaluation.gates --reset      set them there whatever they were, and take the corpus as it is

`floors.toml` holds the floors and the digest of the corpus they were measured on. A floor is lowered, and a changed
corpus taken, only by `--reset`, so that somebody looks (docs/decisions/0080-accuracy-floors.md).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from evaluation import chains, challenge, dyads, mentions, sources
from evaluation.forms import load_cases, load_gold
from evaluation.pages import GOLD, PAGES, measure
from evaluation.score import PageScore
from evaluation.sentences import CASES, score, summary
from volteface.pipeline import Coder

FLOORS = Path(__file__).with_name("floors.toml")
# One event of the smaller split is worth about 0.02: less would fail on a change of no consequence.
MARGIN = 0.02
# A phenomenon has 38 sentences: two of them.
MARGINS = {"phenomena": 0.06}
SENTENCE_MEASURES = ("recall", "precision", "who", "mode", "status", "killed", "quiet")

HEADER = """\
# Floors under what `python -m evaluation.gates` measures, and the corpus they were measured on.
# Written by `python -m evaluation.gates --raise` (only upwards) and `--reset`; not by hand.
"""

Measures = dict[str, dict[str, float]]


def corpus_digest() -> str:
    """SHA-256 over names and bytes of the gold files, the case files, and the pages the gold is of."""
    digest = hashlib.sha256()
    pages = [PAGES / gold.file for gold in load_gold(GOLD)]
    cases = [CASES, chains.CASES, sources.CASES, dyads.CASES, *challenge.CHALLENGE.rglob("*.jsonl")]
    cases += mentions.MENTIONS.glob("*.jsonl")
    # Open and held cases have the same names: the folder tells them apart.
    for path in sorted(
        {*GOLD.glob("*.json"), *cases, *pages}, key=lambda path: (path.name, path.parent.name)
    ):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def measured(coder: Coder) -> Measures:
    """Every figure that has a floor, in groups: the pages of each split, how pages are read, single sentences,
    the challenge set as a whole and by phenomenon, chains of attribution, who the sources are, whom mentions mean,
    parties by country."""
    gold = load_gold(GOLD)
    scores, undated, totals = measure(coder, gold)
    sentences = summary([score(coder, case) for case in load_cases(CASES)])["all"]
    phenomena = challenge.summary(challenge.judge(coder), challenge.judge(coder, challenge.HELD))
    everything, _ = phenomena.pop("all"), phenomena.pop("worst")
    speakers = sources.summary(sources.judge(coder, sources.load_sources()))
    meant = mentions.summary(mentions.judge(coder, mentions.load_mentions()))
    return {
        "pages-dev": totals["dev"],
        "pages-held": totals["held"],
        "reading": _reading(list(scores.values()), list(undated.values())),
        "sentences": {name: sentences[name] or 0.0 for name in SENTENCE_MEASURES},
        "challenge": everything,
        "phenomena": {name: row["all"] for name, row in phenomena.items()},
        "chains": {"right": chains.summary(coder.parser, chains.load_chains())["all"]["right"]},
        "sources": speakers["all"],
        "mentions": {asked: shares["all"]["all"] for asked, shares in meant.items()},
        **{
            f"dyads-{name}": row
            for name, row in dyads.summary(dyads.judge(coder, dyads.load_dyads())).items()
        },
    }


def _reading(scores: list[PageScore], undated: list[bool]) -> dict[str, float]:
    def share(right: list[bool]) -> float:
        return round(sum(right) / len(right), 3)

    return {
        "headline": share([s.headline for s in scores]),
        "body_kept": share([s.body_kept for s in scores]),
        "furniture_dropped": share([s.furniture_dropped for s in scores]),
        "undated": share(undated),
    }


def load_floors(path: Path = FLOORS) -> tuple[str, Measures]:
    """The digest of the corpus and the floors."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return table.pop("corpus"), table


def below(found: Measures, floors: Measures) -> list[str]:
    """What is below its floor, or not measured any more, in words."""
    return [
        f"{group} {name}: {found.get(group, {}).get(name)} is below {floor}"
        for group, names in floors.items()
        for name, floor in names.items()
        if found.get(group, {}).get(name, -1.0) < floor
    ]


def raised(found: Measures, floors: Mapping[str, Mapping[str, float]], margin: float = MARGIN) -> Measures:
    """New floors: the old ones, or a margin (that of `MARGINS`, if wider) below what is measured, if higher."""
    wide = {group: max(margin, MARGINS.get(group, 0.0)) for group in found}
    return {
        group: {
            name: max(round(max(value - wide[group], 0.0), 3), floors.get(group, {}).get(name, 0.0))
            for name, value in names.items()
        }
        for group, names in found.items()
    }


def write_floors(floors: Measures, path: Path = FLOORS) -> None:
    """Write the floors with the digest of the corpus as it is."""
    lines = [HEADER, f'corpus = "{corpus_digest()}"']
    for group, names in floors.items():
        lines += ["", f"[{group}]", *(f"{name} = {floor}" for name, floor in names.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write new floors if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raise", action="store_true", dest="up", help="raise the floors")
    parser.add_argument(
        "--reset", action="store_true", help="set the floors, also lower, and take the corpus"
    )
    parser.add_argument("--margin", type=float, default=MARGIN, help="how far below what is measured")
    args = parser.parse_args()
    digest, floors = load_floors() if FLOORS.exists() else ("", {})
    same = digest == corpus_digest()
    found = measured(Coder())
    for group, names in found.items():
        for name, value in names.items():
            print(f"{group:11} {name:22} {value:.3f}  floor {floors.get(group, {}).get(name, 0.0):.3f}")
    if args.reset:
        write_floors(raised(found, {}, args.margin))
        return
    wrong = below(found, floors)
    wrong += [] if same else ["the corpus is not the one the floors were measured on; look, then --reset"]
    print("\n".join(wrong), end="\n" if wrong else "")
    if wrong:
        sys.exit(1)
    if args.up:
        write_floors(raised(found, floors, args.margin))


if __name__ == "__main__":
    main()
