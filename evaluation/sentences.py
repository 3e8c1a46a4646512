"""Code the hand-written sentences of `evaluation/cases` and print how well it went.

    python -m evaluation.sentences [--json] [--misses] [FILE]

For each type: how many of its events are found, how many of its codings are right, and of those found how
many have the right parties, mode, status and number of killed. A coding is right where the sentence has an
event of its type, or lists the type as optional. `quiet`: of the sentences without events, the share in which
nothing is coded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from evaluation.forms import Case, load_cases
from evaluation.runner import options
from evaluation.score import CaseScore, score_case, who_right
from volteface.pipeline import Coder
from volteface.records import Block, Document, Published

CASES = Path(__file__).parent / "cases" / "events.jsonl"

# Sentences stand alone; where a case names no day, this one is given, so that weekdays can be resolved.
DEFAULT_DATE = "2024-03-15"


def main() -> None:
    """Run over the cases and print a table, or JSON."""
    parser = options(__doc__, misses="name what is missed and what is too much")
    parser.add_argument("file", type=Path, nargs="?", default=CASES, help="JSON Lines of cases")
    args = parser.parse_args()
    cases = load_cases(args.file)
    coder = Coder()
    scores = [score(coder, case) for case in cases]
    if args.misses:
        for case, result_of in zip(cases, scores, strict=True):
            _print_misses(case, result_of)
    result = summary(scores)
    if args.json:
        print(msgspec.json.encode(result).decode())
        return
    print(f"{'':10}" + "".join(f"{name:>10}" for name in result["all"]))
    for name, row in result.items():
        print(f"{name:10}" + "".join(f"{'' if value is None else value:>10}" for value in row.values()))


def summary(scores: Sequence[CaseScore]) -> dict[str, dict[str, float | None]]:
    """Shares for each type and for all: None where there is nothing to share."""
    types = sorted({wanted.type for score in scores for wanted, _ in score.pairs})
    rows = {name: _row(scores, {name}) for name in types}
    quiet = [s.coded == 0 for s in scores if not s.pairs]
    return rows | {"all": _row(scores, set(types)) | {"quiet": _share(sum(quiet), len(quiet))}}


def _row(scores: Sequence[CaseScore], types: set[str]) -> dict[str, float | None]:
    pairs = [(w, e) for s in scores for w, e in s.pairs if w.type in types]
    found = [(w, e) for w, e in pairs if e is not None]
    spurious = Counter(t for s in scores for t in s.spurious)
    wrong = sum(spurious[t] for t in types)
    with_mode = [(w, e) for w, e in found if w.mode]
    with_killed = [(w, e) for w, e in found if w.killed]
    return {
        "gold": len(pairs),
        "recall": _share(len(found), len(pairs)),
        "precision": _share(len(found), len(found) + wrong),
        "who": _share(sum(who_right(w, e) for w, e in found), len(found)),
        "mode": _share(sum(w.mode == e.mode for w, e in with_mode), len(with_mode)),
        "status": _share(sum(e.status in w.status for w, e in found), len(found)),
        "killed": _share(sum(w.killed == e.killed for w, e in with_killed), len(with_killed)),
    }


def _share(right: int, asked: int) -> float | None:
    return round(right / asked, 3) if asked else None


def score(coder: Coder, case: Case) -> CaseScore:
    """Code one sentence and compare."""
    return score_case(case, coder.code(as_document(case)))


def as_document(case: Case) -> Document:
    """The sentence as an article, without reading: what is measured here is coding alone."""
    day = case.published or DEFAULT_DATE
    return Document(
        id=Document.id_of(case.text),
        source="case",
        headline=None,
        bylines=(),
        publisher=None,
        published=Published(day, "given", day),
        language="en",
        text=case.text,
        blocks=(Block("paragraph", 0, len(case.text)),),
    )


def _print_misses(case: Case, score: CaseScore) -> None:
    wrong = [
        f"{w.type}: {'missed' if e is None else _difference(w.status, e.status)}"
        for w, e in score.pairs
        if e is None or e.status not in w.status or not who_right(w, e)
    ]
    if wrong or score.spurious:
        print(f"{case.text}\n    {'; '.join([*wrong, *(f'{t}: too much' for t in score.spurious)])}")


def _difference(wanted: Sequence[str], status: str) -> str:
    return f"{status}, not {' or '.join(wanted)}" if status not in wanted else "other parties"


if __name__ == "__main__":
    main()
