"""A limit on the time that questions to a store may take."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any, cast

import duckdb

from volteface.errors import StoreError, TooSlow
from volteface.store.store import Store


class _Timed:
    """A connection of which all cursors are stopped together."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._cursors: list[duckdb.DuckDBPyConnection] = []
        self.stopped = False

    def cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self.stopped:
                raise duckdb.InterruptException("INTERRUPT Error: stopped")
            self._cursors.append(self._connection.cursor())
            return self._cursors[-1]

    def stop(self) -> None:
        with self._lock:
            self.stopped = True
            for cursor in self._cursors:
                cursor.interrupt()


@contextmanager
def within(store: Store, seconds: float) -> Iterator[Store]:
    """The same store for reading; questions that are not answered after so many seconds raise `TooSlow`."""
    timed = _Timed(store._connection)
    timer = threading.Timer(seconds, timed.stop)
    timer.daemon = True
    timer.start()
    limited = copy(store)
    limited._connection = cast(Any, timed)
    try:
        yield limited
    except (StoreError, duckdb.Error) as error:
        if timed.stopped:
            raise TooSlow(f"{store.path}: stopped after {seconds:g} s") from error
        raise
    finally:
        timer.cancel()
