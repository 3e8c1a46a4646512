"""Starts a process for each query, waits for its answer, and ends it when that takes too long."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from volteface.errors import DatabaseBusy, QueryRefused, TooManyQueries
from volteface.store.asking.child import CANNOT, GRACE, TOO_MUCH, Form, Head, Task, too_long

LOG = logging.getLogger(__name__)
# Seconds that a query waits for its turn, and that the process takes to start on a busy machine.
PATIENCE = 3.0
START = 10.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may use. `memory`: megabytes; `bytes`: of the answer; `at_once`: queries at the same time."""

    seconds: float = 6.0
    memory: int = 512
    bytes: int = 20_000_000
    at_once: int = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows as text, or the bytes of a file; `more`: there are more."""

    columns: Sequence[str]
    types: Sequence[str]
    rows: Sequence[Sequence[str | None]]
    content: bytes
    count: int
    more: bool


class Desk:
    """Where queries on a database are asked, some at a time."""

    def __init__(self, path: Path, bounds: Bounds = Bounds()) -> None:
        self.path = path
        self.bounds = bounds
        self._free = threading.BoundedSemaphore(bounds.at_once)

    def ask(self, sql: str, *, form: Form = "page", rows: int, most: int | None = None) -> Answer:
        """The first `rows` rows, on a page no more than `most` bytes of them.

        Raises `QueryRefused`, `TooManyQueries`, or `DatabaseBusy` while another process writes the database.
        """
        task = Task(
            path=str(self.path.resolve()),
            sql=sql,
            form=form,
            rows=rows,
            bytes=min(most or self.bounds.bytes, self.bounds.bytes),
            seconds=self.bounds.seconds,
            memory=self.bounds.memory,
        )
        if not self._free.acquire(timeout=PATIENCE):
            raise TooManyQueries(f"{self.bounds.at_once} queries are running; ask again in a moment")
        try:
            head, body = self._answer(task)
        finally:
            self._free.release()
        if head.busy:
            raise DatabaseBusy("the database is being written")
        if head.error is not None:
            raise QueryRefused(head.error)
        shown = msgspec.json.decode(body, type=list[list[str | None]]) if form == "page" else []
        return Answer(head.columns, head.types, shown, b"" if form == "page" else body, head.rows, head.more)

    def _answer(self, task: Task) -> tuple[Head, bytes]:
        """What a process of its own says; it sees nothing of the environment but where the program is."""
        late = threading.Event()
        command = [sys.executable, "-P", "-m", "volteface.store.asking.child"]
        with (
            TemporaryDirectory() as folder,
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd=folder,
            ) as process,
        ):
            assert process.stdin is not None
            assert process.stdout is not None

            def end() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(task.seconds + GRACE + START, end)
            timer.start()
            try:
                process.stdin.write(msgspec.json.encode(task))
                process.stdin.close()
                # A few bytes more than the answer: its head. More is never read.
                out = process.stdout.read(2 * task.bytes + (1 << 20))
            except BrokenPipeError:
                out = b""
            finally:
                timer.cancel()
                process.kill()
        line, _, body = out.partition(b"\n")
        try:
            return msgspec.json.decode(line, type=Head), body
        except msgspec.DecodeError as error:
            stopped = late.is_set() or process.returncode in _OUT_OF_TIME
            if stopped:
                raise QueryRefused(too_long(task)) from error
            if process.returncode >= 0:
                LOG.error("the process of a query ended with %d", process.returncode)
            raise QueryRefused(CANNOT if process.returncode >= 0 else TOO_MUCH) from error


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
    }


# SIGALRM and SIGXCPU; the numbers are those of POSIX systems.
_OUT_OF_TIME = (-14, -24)
