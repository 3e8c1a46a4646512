"""Many processes that code pages, each on its own: what one page does to its process never costs another
page.

A worker that dies (a crash in compiled code, the kernel short of memory) or runs past the time bound fails
the page it held and is replaced. Workers never outlive the process that started them: each has a thread
that waits on its pipe, and a closed pipe ends the worker at once, whatever it is doing.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from volteface.errors import InputError, ModelError, VoltefaceError
from volteface.records import Record

# A long article takes under two seconds to code; what runs for two minutes will not end well.
PAGE_SECONDS = 120.0
# A worker that dies this often before it is ready will not become ready.
STARTS = 3


class Reader(Protocol):
    """What a worker needs of a coder; `pipeline.Coder` is one."""

    @property
    def version(self) -> str:
        """Names the code, models, data and options that determine a record."""

    def read(self, page: Any, *, published: str | None, repeats: Any) -> Record:
        """Page to record. Raises `InputError` for a page that has no article."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker of a pool does: `make` builds its coder, the rest goes to `Reader.read`.
    Picklable."""

    make: Callable[[], Reader]
    published: str | None = None
    repeats: Any = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one page: its record as JSON, or what went wrong. `index` is the number it was submitted
    under."""

    index: int
    record: bytes | None = None
    problem: str | None = None


def processors() -> int:
    """How many processes to use unless told: the processors this one may run on."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Pool:
    """Up to `workers` processes, one page each; `submit` while `free`, `collect` what is done in any order.

    Raises `ModelError` from `collect` or `version` when workers cannot load their coder.
    """

    def __init__(self, job: Job, *, workers: int, seconds: float = PAGE_SECONDS) -> None:
        self._job = job
        self._size = max(1, workers)
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._version: str | None = None
        self._failed_starts = 0

    @property
    def free(self) -> bool:
        """Whether `submit` would find a worker at once."""
        return len(self._workers) < self._size or any(worker.index is None for worker in self._workers)

    @property
    def busy(self) -> int:
        """How many pages are being coded."""
        return sum(worker.index is not None for worker in self._workers)

    @property
    def version(self) -> str:
        """The coder's version, as the first worker to be ready reports it; waits for it."""
        if not self._workers:
            self._start()
        while self._version is None:
            for worker in list(self._workers):
                for outcome in self._hear(worker, 0.2):
                    raise VoltefaceError(f"unexpected answer before any version: {outcome}")
        return self._version

    def submit(self, index: int, page: Any) -> None:
        """Hand a page to a worker that is free, starting one if need be."""
        idle = next((worker for worker in self._workers if worker.index is None), None) or self._start()
        idle.index, idle.page = index, page
        idle.since = time.monotonic()
        if idle.ready:
            idle.send()

    def collect(self, timeout: float) -> list[Outcome]:
        """What has ended, waiting at most `timeout` seconds for the first."""
        busy = [worker for worker in self._workers if worker.index is not None]
        if not busy:
            return []
        left = [self._seconds - (time.monotonic() - worker.since) for worker in busy if worker.ready]
        wait([worker.pipe for worker in busy], max(0.0, min([timeout, *left])))
        outcomes: list[Outcome] = []
        for worker in busy:
            outcomes.extend(self._hear(worker, 0))
            if worker.index is not None and worker.ready and time.monotonic() - worker.since > self._seconds:
                outcomes.append(
                    Outcome(worker.index, problem=f"took longer than {self._seconds:g} s and was stopped")
                )
                self._drop(worker)
        return outcomes

    def close(self) -> None:
        """End every worker, whatever it is doing."""
        for worker in list(self._workers):
            self._drop(worker)

    def _start(self) -> _Worker:
        worker = _Worker(self._job)
        self._workers.append(worker)
        return worker

    def _drop(self, worker: _Worker) -> None:
        worker.kill()
        self._workers.remove(worker)

    def _hear(self, worker: _Worker, timeout: float) -> Iterator[Outcome]:
        try:
            if not worker.pipe.poll(timeout):
                return
            kind, *rest = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._mourn(worker)
            return
        if kind == "ready":
            self._version, self._failed_starts = rest[0], 0
            worker.ready, worker.since = True, time.monotonic()
            worker.send()
        elif kind == "broken":
            raise ModelError(rest[0])
        else:
            index, payload = rest
            worker.index = worker.page = None
            yield Outcome(index, record=payload) if kind == "record" else Outcome(index, problem=payload)

    def _mourn(self, worker: _Worker) -> Iterator[Outcome]:
        """A worker died. Before it was ready: try again with its page, a few times. After: its page
        failed."""
        self._drop(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= STARTS:
                raise ModelError(f"workers end before they are ready ({_death(worker.process)})")
            if worker.index is not None:
                self.submit(worker.index, worker.page)
        elif worker.index is not None:
            yield Outcome(
                worker.index, problem=f"the process that coded it ended early ({_death(worker.process)})"
            )


class _Worker:
    """The parent's end of one worker. `index` and `page` are what it holds, None when idle."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, job), daemon=True)
        self.ready = False
        self.index: int | None = None
        self.page: Any = None
        self.since = time.monotonic()
        with _interrupts_ignored():
            self.process.start()
        theirs.close()

    def send(self) -> None:
        """Send the page it holds; a worker that is already dead is noticed when it is next heard."""
        if self.index is not None:
            try:
                self.pipe.send((self.index, self.page))
            except OSError:
                return

    def kill(self) -> None:
        """End it and reap it."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """A worker started in here ignores Ctrl-C from its first moment: the parent alone answers it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _death(process: BaseProcess) -> str:
    code = process.exitcode
    if code is not None and code < 0:
        return f"signal {-code}, {signal.strsignal(-code)}"
    return f"exit code {code}"


def _work(pipe: Connection, job: Job) -> None:
    """The life of a worker: build the coder, then a page in, a record out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as many processes as cores: threads within only contend
    tasks: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, tasks), daemon=True).start()
    try:
        coder = job.make()
        pipe.send(("ready", coder.version))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent reports it and stops
        pipe.send(("broken", describe(error)))
        return
    while True:
        index, page = tasks.get()
        pipe.send(_answer(coder, job, index, page))


def _answer(coder: Reader, job: Job, index: int, page: Any) -> tuple[str, int, bytes | str]:
    try:
        record = coder.read(page, published=job.published, repeats=job.repeats)
        return "record", index, record.to_json().encode()
    except InputError as error:
        return "failed", index, error.problem
    except Exception as error:  # noqa: BLE001 - one page must not stop a batch; the error is reported with its name
        return "failed", index, f"cannot be coded: {describe(error)}"


def describe(error: BaseException) -> str:
    """An error in words: our own as they are, others with their name."""
    return str(error) if isinstance(error, VoltefaceError) else f"{type(error).__name__}: {error}"


def _listen(pipe: Connection, tasks: queue.SimpleQueue[tuple[int, Any]]) -> None:
    """Take pages from the parent; when the parent is gone, so is this process, without any cleaning up."""
    while True:
        try:
            tasks.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(1)
