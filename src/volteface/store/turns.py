"""Whose turn it is at a database, and the database while somebody has it.

DuckDB lets one process write or many read, refuses whoever comes too late, and tells nobody that another waits. So who
wants to write takes the latch `FILE.turn` first: while it is taken readers do not begin, and let go what they keep
open between questions. The kernel takes it back from a process that ends, however it ends. Where files cannot be
locked (a read-only folder, some network file systems, Windows) everybody tries again and again, which is safe, since
DuckDB itself refuses, though a writer may wait long for readers that never pause.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import cast
from weakref import WeakSet

import duckdb

from volteface.errors import DatabaseBusy, StoreError
from volteface.store.schema import connect

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

# Whether this system can lock files.
LATCHED = fcntl is not None
# Seconds that a command waits for a database that others use.
WAIT = 5.0
# Seconds between two tries, the first and the longest; a try to open costs some 5 ms where it is refused.
STEP, LONGEST_STEP = 0.01, 0.1
# A writer that cannot get in keeps readers out for so long, then lets them have so long: one of them may have the
# database open for hours, and the others should not wait for it.
INSIST, RELENT = 3.0, 1.0
# After it let go, a writer does not come again for half the time that it had the database, at most so long: those who
# wait try at least as often.
REST = 2 * LONGEST_STEP


class Latch:
    """A file that one process at a time can hold."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> bool | None:
        """Whether it is taken now, or somebody else has it; None where it cannot be had at all."""
        if fcntl is None:
            return None
        while True:
            try:
                file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
            except OSError:
                return None
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(file)
                return False if isinstance(error, BlockingIOError) else None
            if self._is(file):
                self._file = file
                return True
            os.close(file)  # who had it has removed it since

    def release(self) -> None:
        """Let it go, and leave no file behind."""
        if self._file is not None:
            file, self._file = self._file, None
            try:
                self.path.unlink(missing_ok=True)
            finally:
                os.close(file)

    def taken(self) -> bool:
        """Whether somebody has it."""
        if fcntl is None:
            return False
        try:
            file = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return isinstance(error, BlockingIOError)
        finally:
            os.close(file)
        return False

    def _is(self, file: int) -> bool:
        try:
            return os.path.samestat(os.fstat(file), self.path.stat())
        except OSError:
            return False


def turn_latch(path: Path) -> Latch:
    """What is taken while somebody wants to write a database, or writes it."""
    return Latch(path.with_name(f"{path.name}.turn"))


class Hold:
    """A database that is open, or let go for others and taken again."""

    def __init__(self, path: Path, *, read_only: bool, config: dict[str, str] | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self._settings = config or {}
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._turn = turn_latch(path)
        self._taken = 0.0
        self._rested = float("-inf")

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The open database. Raises `StoreError` while it is let go."""
        if self._connection is None:
            raise StoreError(f"{self.path}: is not open now")
        return self._connection

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self._connection is not None

    def take(self, wait: float | None) -> None:
        """Open the database, waiting at most so many seconds for others to let it go, or with None as long as it
        takes. Raises `DatabaseBusy` when they do not, and `StoreError` where it cannot be opened at all."""
        until = float("inf") if wait is None else time.monotonic() + wait
        time.sleep(max(0.0, self._rested - time.monotonic()))
        step, insisting = STEP, time.monotonic()
        while self._connection is None:
            try:
                self._try()
            except DatabaseBusy:
                if time.monotonic() >= until:
                    self._turn.release()
                    raise
                if time.monotonic() - insisting > INSIST:
                    self._turn.release()
                    time.sleep(min(RELENT, max(0.0, until - time.monotonic())))
                    insisting = time.monotonic()
                time.sleep(step)
                step = min(2 * step, LONGEST_STEP)
            except BaseException:
                self._turn.release()
                raise

    def let_go(self) -> None:
        """Close the database; what was read from it ends."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            now = time.monotonic()
            self._rested = now + min(REST, (now - self._taken) / 2)
        self._turn.release()

    def _try(self) -> None:
        if self.read_only:
            if self._turn.taken():
                raise busy(self.path)
        elif self._turn.take() is False:
            raise busy(self.path)
        self._connection = connect(self.path, read_only=self.read_only)
        self._taken = time.monotonic()
        for (
            name,
            value,
        ) in self._settings.items():  # not when it is opened: this process may have it open otherwise
            self._connection.execute(f"SET {name} = '{value}'")


class Share(Hold):
    """One reader's part of a database that several read at once: cursors of its own, which can be stopped together.
    `until`: the time, as `time.monotonic` tells it, after which nothing more may be asked."""

    def __init__(self, hold: Hold, *, until: float = float("inf")) -> None:
        super().__init__(hold.path, read_only=True)
        self.until = until
        self._whole = hold.connection
        self._cursors: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._stopped = False

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """What gives cursors; nothing else is asked of it by who reads."""
        return cast("duckdb.DuckDBPyConnection", self)

    @property
    def is_open(self) -> bool:
        """Whether it may be asked."""
        return not self._stopped

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one question."""
        if self._stopped or time.monotonic() >= self.until:
            raise duckdb.InterruptException("INTERRUPT Error: stopped")
        cursor = self._whole.cursor()
        self._cursors.add(cursor)
        return cursor

    def stop(self) -> bool:
        """Stop what is being asked, and let nothing more be asked; whether that is new."""
        new, self._stopped = not self._stopped, True
        for cursor in list(self._cursors):
            cursor.interrupt()
        return new

    def let_go(self) -> None:
        """End it; the database stays open for others."""
        self._stopped = True
        for cursor in list(self._cursors):
            cursor.close()


def busy(path: Path) -> DatabaseBusy:
    """What is said where another process has the database, or waits for it."""
    return DatabaseBusy(f"{path}: in use by another process; try again when it has ended")
