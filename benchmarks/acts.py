"""How fast sums over many acts are: makes a database of synthetic acts, asks for a dyad's days and all dyads' months.

    python -m benchmarks.acts FOLDER [--acts 50000000] [--keep]

Prints one JSON object a line: what was asked, rows, seconds until they were an Arrow table, and what all processors
worked in that time: on a machine that does something else too, the seconds are longer than that by processor.
The database, some 20 bytes an act, is made in FOLDER and deleted at the end unless `--keep`; with `--keep` it is used
again by the next run. Countries have shares that fall with their rank (Zipf), two acts of five stay within a country.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.store import ActFilter, Store, Table
from volteface.store.acts import COLUMNS, STATUSES

FIRST, DAYS = date(2010, 1, 1), 4_000
DOMESTIC = 0.4
ACTUAL = 0.8
# Column of `acts` → SQL over a row's number `i` and random numbers; others are null.
VALUES = {
    "act": "'gdelt:' || (800000000 + i)",
    "origin": "'gdelt'",
    "day": f"DATE '{FIRST}' + (d * {DAYS - 1})::INTEGER",
    "day_end": f"DATE '{FIRST}' + (d * {DAYS - 1})::INTEGER",
    "dated_by": "'event'",
    "actor": "codes[a]",
    "actor_sector": "CASE WHEN s < 0.5 THEN 'GOV' WHEN s < 0.7 THEN 'MIL' WHEN s < 0.8 THEN 'OPP' END",
    "actor_name": "'Actor ' || a",
    "actor_key": "codes[a]",
    "recipient": "codes[b]",
    "recipient_sector": "CASE WHEN t < 0.5 THEN 'GOV' WHEN t < 0.7 THEN 'MIL' WHEN t < 0.8 THEN 'OPP' END",
    "recipient_name": "'Actor ' || b",
    "recipient_key": "codes[b]",
    "leads": "true",
    "leads_pair": "true",
    "type": "types[1 + least(15, (k * k * 16)::INTEGER)]",
    "quad": "quads[1 + least(15, (k * k * 16)::INTEGER)]",
    "score": "round(k * 20 - 10, 1)",
    "status": f"statuses[CASE WHEN s < {ACTUAL} THEN 1 ELSE 2 + (t * 4)::INTEGER END]",
    "contested": "t < 0.01",
    "documents": "1 + (t * t * 9)::INTEGER",
    "sources": "1 + (t * t * 5)::INTEGER",
    "import": "'000000000000'",
    "line": "i",
}


def make(path: Path, acts: int) -> None:
    """A database with so many acts, in the order in which an import stores them."""
    values = ", ".join(f"{VALUES.get(name, 'NULL')} AS {name}" for name in COLUMNS)
    types = plover().types
    lists = {
        "codes": sorted(countries())[:200],
        "types": list(types),
        "quads": [types[each].quad.lower() for each in types],
        "statuses": list(STATUSES),
    }
    given = ", ".join(f"${name}::VARCHAR[] AS {name}" for name in lists)
    rank = "1 + least(199, floor(pow(200, random()))::INTEGER - 1)"
    with Store.open(path) as store:
        connection = store._connection
        connection.execute("SET threads = 2")
        connection.execute("SELECT setseed(0.5)")
        connection.execute(
            f"""
            INSERT INTO acts
            SELECT {values}
            FROM (SELECT * REPLACE (CASE WHEN h < {DOMESTIC} THEN a ELSE b END AS b), {given}
              FROM (SELECT i, {rank} AS a, {rank} AS b, random() AS d, random() AS h, random() AS k, random() AS s,
                random() AS t FROM range({acts}) r(i)))
            ORDER BY actor, recipient, day, act""",
            lists,
        )
        connection.execute(
            "INSERT INTO import_days SELECT import, origin, day, count(*) FROM acts GROUP BY ALL ORDER BY ALL"
        )
        connection.execute("CHECKPOINT")


def measure(what: str, make_table: Callable[[], Table[Any]], times: int) -> None:
    """Ask some times; the first has nothing in memory that the ones before did not bring."""
    for number in range(times):
        begun, worked = time.perf_counter(), time.process_time()
        rows = make_table().arrow().num_rows
        seconds = {
            "seconds": round(time.perf_counter() - begun, 2),
            "processor_seconds": round(time.process_time() - worked, 2),
        }
        print(json.dumps({"asked": what, "time": number + 1, "rows": rows, **seconds}), flush=True)


def main() -> None:
    """Make, ask, print, delete."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--acts", type=int, default=50_000_000)
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    path: Path = args.folder / f"acts-{args.acts}.duckdb"
    begun = time.perf_counter()
    if not path.exists():
        make(path, args.acts)
    size = path.stat().st_size
    print(
        json.dumps({"acts": args.acts, "bytes": size, "made_in": round(time.perf_counter() - begun)}),
        flush=True,
    )
    first, second, third = sorted(countries())[:3]
    with Store.open(path, read_only=True) as store:
        for names in ((first, second), (second, third)):
            for directed in (True, False):
                wanted = ActFilter(actor=names[0], recipient=names[1], directed=directed)
                told = f"days of {'→'.join(names) if directed else '–'.join(names)}"
                measure(told, partial(store.series, wanted, by="day"), 3)
        wanted = ActFilter(actor=f"{first}:MIL", recipient=second)
        measure(f"days of {first}:MIL→{second}", partial(store.series, wanted, by="day"), 2)
        measure("months of all dyads", partial(store.dyads, by="month"), 2)
        measure(
            "months of all dyads, undirected", lambda: store.dyads(ActFilter(directed=False), by="month"), 1
        )
    if not args.keep:
        path.unlink()


if __name__ == "__main__":
    main()
