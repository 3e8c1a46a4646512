"""Code the sample pages that have gold files and print how well it went.

    python -m evaluation.pages [--json] [--misses] [--split dev] [--pages FOLDER] [--gold FOLDER]

One row a page: events found, precision, details, quotes, and whether headline, body, furniture and
the reading without a date are right. Totals are over all events, not means of pages. `--gold` may
name any folder of gold files in the form of `evaluation/gold`, `--pages` the folder their pages are in.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import msgspec

from evaluation.forms import GoldPage, load_gold
from evaluation.runner import options
from evaluation.score import PageScore, score_page, undated_ok
from volteface.errors import InputError
from volteface.pipeline import Coder
from volteface.read import open_pages
from volteface.records import Record

GOLD = Path(__file__).parent / "gold"
PAGES = Path(str(files("volteface") / "samples" / "pages"))
SPLITS = ("dev", "held", "all")


def main() -> None:
    """Run over the gold pages and print a table, or JSON."""
    parser = options(__doc__, misses="name what is missed and what is too much")
    parser.add_argument("--pages", type=Path, default=PAGES, help="folder of the pages")
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the gold files")
    parser.add_argument("--split", choices=["dev", "held"], help="only these gold files")
    args = parser.parse_args()
    gold = [g for g in load_gold(args.gold) if args.split in (None, g.split)]
    scores, undated, totals = measure(Coder(), gold, args.pages)
    if args.json:
        result = {"pages": scores, "undated": undated, "totals": totals}
        print(msgspec.json.encode(result).decode())
        return
    print(f"{'page':34} split  event recall  precision  details  quotes  h b f u")
    for g in gold:
        score = scores[g.file]
        print(f"{g.file:34} {g.split:5}  {_row(_total([score]))}  {_flags(score, undated[g.file])}")
        if args.misses:
            print("".join(f"    missed   {x}\n" for x in score.misses), end="")
            print("".join(f"    too much {x}\n" for x in score.spurious), end="")
    for split, total in totals.items():
        print(f"{'total':34} {split:5}  {_row(total)}")


def measure(
    coder: Coder, gold: Sequence[GoldPage], pages: Path = PAGES
) -> tuple[dict[str, PageScore], dict[str, bool], dict[str, dict[str, float]]]:
    """By file, the score and whether it is right without a date; and the totals of each of `SPLITS`."""
    scores = {g.file: score_page(g, _code(coder, pages / g.file, g.published_given)) for g in gold}
    undated = {g.file: undated_ok(g, _code(coder, pages / g.file, None)) for g in gold}
    totals = {split: _total([scores[g.file] for g in gold if split in ("all", g.split)]) for split in SPLITS}
    return scores, undated, totals


def _code(coder: Coder, path: Path, published: str | None) -> Record:
    pages = list(open_pages([str(path)]))
    if len(pages) != 1 or isinstance(pages[0], InputError):
        raise SystemExit(f"{path}: expected one page, found {pages}")
    return coder.read(pages[0], published=published)


def _total(rows: Sequence[PageScore]) -> dict[str, float]:
    """Shares over all events and quotes of these pages."""

    def share(right: str, asked: str) -> float:
        whole = sum(getattr(s, asked) for s in rows)
        return round(sum(getattr(s, right) for s in rows) / whole, 3) if whole else 0.0

    return {
        "event_recall": share("events_found", "events_gold"),
        "event_precision": share("events_used", "events_coded"),
        "detail_accuracy": share("details_right", "details_asked"),
        "quote_recall": share("quotes_found", "quotes_gold"),
    }


def _row(total: dict[str, float]) -> str:
    columns = (("event_recall", 12), ("event_precision", 9), ("detail_accuracy", 7), ("quote_recall", 6))
    return "  ".join(f"{total[name]:>{width}.3f}" for name, width in columns)


def _flags(score: PageScore, undated: bool) -> str:
    """Headline, body, furniture, undated: a dot where right, a cross where wrong."""
    return " ".join(
        "." if ok else "x" for ok in (score.headline, score.body_kept, score.furniture_dropped, undated)
    )


if __name__ == "__main__":
    main()
