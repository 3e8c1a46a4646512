"""The database behind the pages: open while pages are made, and closed after the last, so that `volteface read` can
write in between.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from volteface.errors import DatabaseBusy
from volteface.store import Store

T = TypeVar("T")
# Answers that take long to work out and are small, such as courses; the oldest go first.
KEPT = 256
# Seconds that a page waits for the database, and between two tries.
WAIT, TICK = 8.0, 0.05


@dataclass(slots=True)
class _Once:
    """An answer that is worked out by who asks first; the others wait for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made: bool = False
    value: Any = None


class Room:
    """What all pages share: the open database, and answers that hold until it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._store: Store | None = None
        self._readers = 0
        self._kept: OrderedDict[tuple[Any, ...], _Once] = OrderedDict()

    @contextmanager
    def open(self) -> Iterator[Store]:
        """The database, to be read: every question is one cursor, so pages at the same time may share it.

        Raises `DatabaseBusy` while another process writes it.
        """
        with self._writing, self._lock:
            if self._store is None:
                self._store = Store.open(self.path, read_only=True)
            store = self._store
            self._readers += 1
        try:
            yield store
        finally:
            with self._lock:
                self._readers -= 1
                if self._readers == 0:
                    self._store = None
                    store.close()

    @contextmanager
    def write(self) -> Iterator[Store]:
        """The database, to be written: nobody reads it meanwhile. Raises `DatabaseBusy` as `open` does."""
        until = time.monotonic() + WAIT
        with self._writing:
            while (store := self._taken()) is None:
                if time.monotonic() > until:
                    raise DatabaseBusy(f"{self.path}: in use by another process; try again when it has ended")
                time.sleep(TICK)
            with store:
                yield store

    def _taken(self) -> Store | None:
        with self._lock:
            if self._readers:
                return None
        try:
            return Store.open(self.path)
        except DatabaseBusy:
            return None

    def keep(self, key: tuple[Any, ...], work: Callable[[], T]) -> T:
        """What `work` gives, worked out once for each state of the database; `key` says what it is."""
        stat = self.path.stat()
        key = (stat.st_mtime_ns, stat.st_size, *key)
        with self._lock:
            once = self._kept.setdefault(key, _Once())
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        with once.lock:
            if not once.made:
                once.value, once.made = work(), True
            return cast("T", once.value)
