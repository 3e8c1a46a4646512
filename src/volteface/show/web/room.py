"""The database behind the pages: opened for a page and closed after it, so that `volteface read` can write in between.

Connections of one process to one file share what they hold in memory, so that pages at the same time cost one opening.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from volteface.store import Store

T = TypeVar("T")
# Answers that take long to work out and are small, such as courses; the oldest go first.
KEPT = 256


class Room:
    """What all pages share: the path of the database, and answers that hold until it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()

    @contextmanager
    def open(self) -> Iterator[Store]:
        """The database, to be read. Raises `DatabaseBusy` while another process writes it."""
        with Store.open(self.path, read_only=True) as store:
            yield store

    def keep(self, key: tuple[Any, ...], work: Callable[[], T]) -> T:
        """What `work` gives, worked out once for each state of the database; `key` says what it is."""
        stat = self.path.stat()
        key = (stat.st_mtime_ns, stat.st_size, *key)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key])
        made = work()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made
