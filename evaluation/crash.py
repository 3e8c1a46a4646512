"""Kill a real `volteface read` again and again; the database must end as that of an undisturbed run.

python evaluation/crash.py samples --kills 50
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from volteface.store import Store

# Workers end when the pipe to their parent closes; on a loaded machine that may take a moment.
ORPHAN_SECONDS = 10.0


@dataclass
class Report:
    """`runs` complete databases were made under `kills` kills; `kept` is how often a kill came after
    something had been stored and before all had, its links with it."""

    kills: int = 0
    runs: int = 0
    kept: int = 0
    seconds: float = 0.0


def survive(
    command: Callable[[Path], Sequence[str]], folder: Path, *, kills: int, seed: int, wait: float = 0.05
) -> Report:
    """Run `command(database)` undisturbed, then kill it at random points until `kills` are reached, starting
    it again each time, and a new database whenever one is complete. Raises `AssertionError` when a database
    differs."""
    rng = random.Random(seed)
    report = Report()
    begun = time.monotonic()
    reference = folder / "undisturbed.duckdb"
    subprocess.run(command(reference), check=True, stderr=subprocess.DEVNULL)
    usual = time.monotonic() - begun
    wanted = _digest(reference)
    while report.kills < kills:
        database = folder / f"killed-{report.runs}.duckdb"
        started = time.monotonic()
        fresh = True
        while _killed(command(database), rng.uniform(wait, usual)):
            report.kills += 1
            report.kept += _documents(database) > 0 and _digest(database) != wanted
            fresh = False
        if fresh:  # the machine may have been busier when the undisturbed run was timed
            usual = max(wait, time.monotonic() - started)
        report.runs += 1
        if _digest(database) != wanted:
            shutil.copy(database, "differs.duckdb")
            raise AssertionError(
                f"seed {seed}, after {report.kills} kills: the database differs (differs.duckdb)"
            )
    report.seconds = time.monotonic() - begun
    return report


def _killed(command: Sequence[str], delay: float) -> bool:
    """Start it, kill it after `delay` seconds; False if it had ended by itself. Its children must be gone,
    too."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        code = process.wait(delay)
    except subprocess.TimeoutExpired:
        children = _children(process.pid)
        process.kill()
        process.wait()
        _wait_for_end(children)
        return True
    if code != 0:
        raise AssertionError(f"a run that was not killed ended with exit code {code}")
    return False


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return [int(child) for child in path.read_text().split()]
    except OSError:  # no /proc on this system, or it has just ended
        return []


def _wait_for_end(processes: Sequence[int]) -> None:
    patience = time.monotonic() + ORPHAN_SECONDS
    while any(_alive(pid) for pid in processes):
        if time.monotonic() > patience:
            raise AssertionError("workers outlive the process that started them")
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _digest(database: Path) -> str:
    with Store.open(database, read_only=True) as store:
        return store.digest()


def _documents(database: Path) -> int:
    """How many documents there are; opening it for writing, as the next run does, repairs what the kill
    left."""
    with Store.open(database) as store:
        return store.counts()["documents"]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", default="2")
    options = parser.parse_args()

    def command(database: Path) -> list[str]:
        head = [
            sys.executable,
            "-m",
            "volteface",
            "read",
            "--db",
            str(database),
            "--workers",
            options.workers,
        ]
        return [*head, *options.paths]

    with TemporaryDirectory() as folder:
        report = survive(command, Path(folder), kills=options.kills, seed=options.seed)
    print(json.dumps(asdict(report)))


if __name__ == "__main__":
    main()
