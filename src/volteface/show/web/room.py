"""The database behind the pages: open while pages are made and a little longer, given way to whoever wants to write it,
and questions that take too long are stopped.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from volteface.errors import DatabaseBusy, VoltefaceError
from volteface.store import Store
from volteface.store.turns import LATCHED, Hold, Share, busy, turn_latch

T = TypeVar("T")
LOG = logging.getLogger(__name__)
# Answers that take long to work out and are small, such as courses; the oldest go first.
KEPT = 512
# Seconds that a page waits for the database, and that its questions may take together.
WAIT, SECONDS = 8.0, 15.0
# Seconds that the database stays open when nobody reads: opening costs 0.1 s of a processor, and the first page of a
# kind as much again, since what was read before is in memory no more. Who wants to write is let in at once, but where
# files cannot be locked nobody can tell.
IDLE = 60.0 if LATCHED else 5.0
# Seconds between two looks at whether somebody wants to write, or a question takes too long.
TICK = 0.02
# Seconds that an answer may take which is worked out before anybody asks.
PREPARING = 120.0
# One thread a question: several readers share the processors better so, and each question costs a sixth less.
CONFIG = {"threads": "1", "memory_limit": "2GB"}


@dataclass(slots=True)
class _Once:
    """An answer that is worked out by who asks first; the others wait for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made: bool = False
    value: Any = None


def state_of(path: Path) -> tuple[int, int, int]:
    """What is the same as long as a database is. Raises `OSError` where there is none."""
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


class Room:
    """What all pages share: the open database, and answers that hold until it changes."""

    def __init__(
        self,
        path: Path,
        *,
        wait: float = WAIT,
        seconds: float = SECONDS,
        config: dict[str, str] | None = None,
    ) -> None:
        """`wait`, `seconds`: what a page may wait for the database, and its questions take; `config`: settings of
        DuckDB."""
        self.path = path
        self.stopped = 0
        self._wait, self._seconds = wait, seconds
        self._config = CONFIG if config is None else config
        self._turn = turn_latch(path)
        self._changed = threading.Condition()
        self._hold: Hold | None = None
        self._opened = self._used = 0.0
        self._writing = False
        self._reading: set[Share] = set()
        self._kept: OrderedDict[tuple[Any, ...], _Once] = OrderedDict()

    @contextmanager
    def open(self, *, seconds: float | None = None) -> Iterator[Store]:
        """The database, to be read: every question is one cursor, so pages at the same time may share it. `seconds`:
        what the questions asked of it may take together.

        Raises `DatabaseBusy` while another process writes it for longer than a page waits, and `TooSlow` from a
        question that runs when the time is over, or is asked after it.
        """
        share = self._enter(self._seconds if seconds is None else seconds)
        try:
            yield Store(share)
        finally:
            share.let_go()
            with self._changed:
                self._reading.remove(share)
                self._used = time.monotonic()
                self._changed.notify_all()

    @contextmanager
    def write(self) -> Iterator[Store]:
        """The database, to be written: nobody reads it meanwhile. Raises `DatabaseBusy` as `open` does."""
        until = time.monotonic() + self._wait
        with self._changed:
            if not self._changed.wait_for(lambda: not self._writing, self._wait):
                raise busy(self.path)
            self._writing = True
        try:
            with self._changed:
                if not self._changed.wait_for(lambda: not self._reading, until - time.monotonic()):
                    raise busy(self.path)
                self._close()
            with Store.open(self.path, wait=max(0.0, until - time.monotonic())) as store:
                yield store
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def keep(self, key: tuple[Any, ...], work: Callable[[], T]) -> T:
        """What `work` gives, worked out once for each state of the database; `key` says what it is. Nothing is kept
        where it fails."""
        key = (*state_of(self.path), *key)
        with self._changed:
            once = self._kept.setdefault(key, _Once())
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        with once.lock:
            if not once.made:
                try:
                    once.value, once.made = work(), True
                finally:
                    if not once.made:
                        self._forget(key, once)
            return cast("T", once.value)

    def _forget(self, key: tuple[Any, ...], once: _Once) -> None:
        with self._changed:
            if self._kept.get(key) is once:
                del self._kept[key]

    def prepare(self, works: Iterable[Callable[[Store], object]]) -> None:
        """Work out in the background, one after the other, what `keep` keeps of pages that many ask for first."""

        def work() -> None:
            for one in works:
                try:
                    with self.open(seconds=PREPARING) as store:
                        one(store)
                except VoltefaceError as error:
                    LOG.warning("not prepared: %s", error)

        threading.Thread(target=work, name="prepare", daemon=True).start()

    def close(self) -> None:
        """Let the database go, when nobody reads it."""
        with self._changed:
            if not self._reading:
                self._close()

    def _enter(self, seconds: float) -> Share:
        came = time.monotonic()
        with self._changed:
            while not self._may_enter(came):
                left = came + self._wait - time.monotonic()
                if left <= 0:
                    raise busy(self.path)
                self._changed.wait(min(left, TICK))
            assert self._hold is not None
            share = Share(self._hold, until=time.monotonic() + seconds)
            self._reading.add(share)
            return share

    def _may_enter(self, came: float) -> bool:
        """Whether the database is open, or can be opened now, for a page that came then. While somebody waits to
        write, those alone enter who waited already when it was opened: so neither side waits for ever."""
        if self._writing:
            return False
        if self._hold is not None:
            if came <= self._opened or not self._turn.taken():
                return True
            if not self._reading:
                self._close()
            return False
        hold = Hold(self.path, read_only=True, config=self._config)
        try:
            hold.take(0)
        except DatabaseBusy:
            return False
        self._hold, self._opened = hold, time.monotonic()
        threading.Thread(target=self._watch, args=(hold,), name="room", daemon=True).start()
        return True

    def _watch(self, hold: Hold) -> None:
        """Stop what takes too long; close the database when somebody wants to write it or nobody has read it for a
        while. Ends with the closing."""
        while True:
            with self._changed:
                now = time.monotonic()
                for share in self._reading:
                    if now > share.until and share.stop():
                        self.stopped += 1
                        LOG.warning("a question took longer than it may and was stopped")
                if self._hold is not hold:
                    return
                if not self._reading and (now > self._used + IDLE or self._turn.taken()):
                    self._close()
                    return
            time.sleep(TICK)

    def _close(self) -> None:
        if self._hold is not None:
            self._hold.let_go()
            self._hold = None
            self._changed.notify_all()
