"""Import a file of event data into a database of its own and compare counts and sums with the file's, read apart.

    python -m evaluation.imports FILE…

By day: rows, and the exact sum of the scores; and the same of the series over all. Prints one JSON
object a file and exits with 1 if anything differs.
"""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from volteface.imports import FORMATS, Format
from volteface.store import ActFilter, Store

Totals = tuple[Counter[str], dict[str, Decimal]]


def main() -> None:
    """Compare each file."""
    good = True
    for name in sys.argv[1:]:
        good = compare(Path(name)) and good
    sys.exit(0 if good else 1)


def compare(path: Path) -> bool:
    """Import and compare one file; whether all is equal."""
    with TemporaryDirectory() as folder, Store.open(Path(folder, "check.duckdb")) as store:
        (one,) = store.import_files([path])
        if not one.stored:
            print(json.dumps({"file": path.name, "problems": one.problems}))
            return False
        wanted = of_file(path, FORMATS[one.origin])
        found = of_acts(store)
        series = list(store.series(ActFilter()))
        summed = sum((Decimal(str(row["score_sum"])) for row in series), Decimal(0))
    rows, score = sum(wanted[0].values()), sum(wanted[1].values(), Decimal(0))
    equal = wanted == found and (sum(row["events"] for row in series), round(summed, 4)) == (rows, score)
    told = {"file": path.name, "format": one.origin, "rows": rows, "acts": one.acts, "score": str(score)}
    print(json.dumps({**told, "days": len(wanted[0]), "malformed": one.malformed, "equal": equal}))
    return equal


def of_file(path: Path, form: Format) -> Totals:
    """Rows and sum of scores by day, as the file has them; it must not be malformed."""
    counts: Counter[str] = Counter()
    sums: dict[str, Decimal] = {}
    day, score = form.columns.index(form.day), form.columns.index(form.score)
    with _text(path) as stream:
        for line in _rows(stream, form):
            cells = line.split("\t")
            key = cells[day].strip('"').replace("-", "")
            counts[key] += 1
            told = cells[score].strip('"')
            sums[key] = sums.get(key, Decimal(0)) + (Decimal(told) if told not in ("", "NA", "None") else 0)
    return counts, sums


def of_acts(store: Store) -> Totals:
    """The same of the acts."""
    counts: Counter[str] = Counter()
    sums: dict[str, Decimal] = {}
    for act in store.acts(ActFilter(statuses=())):
        key = f"{act.day:%Y%m%d}"
        counts[key] += 1
        sums[key] = sums.get(key, Decimal(0)) + (Decimal(str(act.score)) if act.score is not None else 0)
    return counts, sums


def _rows(stream: TextIO, form: Format) -> Iterator[str]:
    lines = (line.rstrip("\r\n") for line in stream)
    if form.header:
        next(lines, None)
    return (line for line in lines if line)


def _text(path: Path) -> TextIO:
    with path.open("rb") as stream:
        head = stream.read(2)
    if head == b"PK":
        packed = zipfile.ZipFile(path)
        return TextIOWrapper(packed.open(packed.namelist()[0]), "utf-8", "replace", newline="\n")
    if head == b"\x1f\x8b":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="\n")
    return path.open(encoding="utf-8", errors="replace", newline="\n")


if __name__ == "__main__":
    main()
