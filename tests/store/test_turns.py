"""Readers and a writer at one database: processes of their own, since DuckDB locks between processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.store.test_crash import pages
from volteface.errors import DatabaseBusy, OldSchema, StoreError, TooSlow
from volteface.show.web.room import Room
from volteface.store import Store
from volteface.store.turns import Hold, Latch, turn_latch

READERS = 8
# Longer than any page waits: what is measured on a busy machine is that nobody waits without end.
PATIENCE = 30.0
HELD = """
import sys, time
from volteface.store import Store
with Store.open(sys.argv[1], read_only=sys.argv[2] == "read") as store:
    print("open", flush=True)
    time.sleep(float(sys.argv[3]))
"""


@contextmanager
def held(path: Path, how: str, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the database open, to `read` or `write` it, for so long."""
    command = [sys.executable, "-c", HELD, str(path), how, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    database = tmp_path / "news.duckdb"
    Store.open(database).close()
    return database


def test_a_latch_is_one_at_a_time_and_leaves_nothing(tmp_path: Path) -> None:
    one, other = Latch(tmp_path / "x.turn"), Latch(tmp_path / "x.turn")
    assert not other.taken()
    assert one.take()
    assert other.taken()
    assert other.take() is False
    one.release()
    assert not other.taken()
    assert other.take()
    other.release()
    assert list(tmp_path.iterdir()) == []


def test_a_latch_that_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Latch(tmp_path / "none" / "x.turn").take() is None
    (tmp_path / "link.turn").symlink_to(tmp_path / "elsewhere")
    assert Latch(tmp_path / "link.turn").take() is None
    assert not (tmp_path / "elsewhere").exists()
    monkeypatch.setattr("volteface.store.turns.fcntl", None)
    latch = Latch(tmp_path / "x.turn")
    assert latch.take() is None
    assert not latch.taken()


def test_who_waits_gets_in(path: Path) -> None:
    with held(path, "write", 0.5):
        Store.open(path, read_only=True, wait=PATIENCE).close()
    with held(path, "read", 0.5):
        Store.open(path, wait=PATIENCE).close()
    assert [p.name for p in path.parent.iterdir()] == ["news.duckdb"]


def test_who_does_not_is_told(path: Path) -> None:
    with held(path, "write", 60), pytest.raises(DatabaseBusy, match="in use by another process"):
        Store.open(path, read_only=True, wait=0.2)
    with held(path, "read", 60), pytest.raises(DatabaseBusy, match="in use by another process"):
        Store.open(path, wait=0.2)
    Store.open(path, wait=PATIENCE).close()  # both were killed


def test_readers_keep_out_while_a_writer_waits(path: Path) -> None:
    latch = turn_latch(path)
    assert latch.take()
    with pytest.raises(DatabaseBusy):
        Hold(path, read_only=True).take(0.1)
    latch.release()
    Hold(path, read_only=True).take(0)


def test_a_reader_that_stays_keeps_nobody_else_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that insists gives up for a while."""
    monkeypatch.setattr("volteface.store.turns.INSIST", 0.1)
    with held(path, "read", 60):
        writer = threading.Thread(target=lambda: Store.open(path, wait=PATIENCE).close())
        writer.start()
        for _ in range(3):
            Store.open(path, read_only=True, wait=PATIENCE).close()
    writer.join()


def test_without_latches_a_run_keeps_the_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("volteface.store.turns.fcntl", None)
    with Store.open(path) as store, store.by_turns():
        store.counts()


def test_a_run_lets_others_in_between_its_turns(path: Path) -> None:
    with Store.open(path) as store:
        with store.by_turns():
            with pytest.raises(StoreError, match="is not open now"):
                store.counts()
            Store.open(path, read_only=True, wait=0).close()
            with store.turn(), store.turn():
                store.counts()
            with (
                Store.open(path) as second,
                pytest.raises(DatabaseBusy, match="reads pages"),
                second.by_turns(),
            ):
                pass
        store.counts()


def test_a_room_gives_way_and_closes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(path)
    with room.open() as store:
        store.counts()
    with held(path, "write", 0.3), room.open() as store:
        store.counts()
    monkeypatch.setattr("volteface.show.web.room.IDLE", 0.0)
    time.sleep(0.5)
    Store.open(path, wait=0).close()  # where another connection of this process had it, it would be refused


def test_a_room_writes(path: Path) -> None:
    room = Room(path)
    with room.open() as store:
        assert store.counts()["pages"] == 0
    with room.write() as store:
        store.prefer("nothing")
    room.close()


def test_a_question_that_takes_too_long(path: Path) -> None:
    room = Room(path, seconds=0.3)
    endless = "SELECT count(*) FROM range(100000000000) a WHERE hash(a.range) = 1"
    with room.open() as store, pytest.raises(TooSlow):
        store._rows(endless, {})
    assert room.stopped == 1
    with room.open(seconds=0.0) as store:
        time.sleep(0.2)
        with pytest.raises(TooSlow):
            store.counts()
    with room.open() as store:
        store.counts()
    room.close()


def test_an_older_schema_is_said(path: Path) -> None:
    with Store.open(path) as store:
        store._connection.execute("DELETE FROM migrations WHERE name = '0008_places'")
    with pytest.raises(OldSchema):
        Store.open(path, read_only=True)


@pytest.mark.slow
@pytest.mark.parametrize("kill", ["nobody", "writer"])
def test_pages_while_read_writes(tmp_path: Path, kill: str) -> None:
    """A real server, a real run, eight readers: every page is had, and the database is that of an undisturbed run."""
    folder = pages(tmp_path / "pages", 12)
    alone, shared = tmp_path / "alone.duckdb", tmp_path / "shared.duckdb"
    subprocess.run(reading(alone, folder), check=True)
    Store.open(shared).close()
    with served(shared) as address:
        told: list[tuple[float, int]] = []
        over = threading.Event()
        readers = [threading.Thread(target=browse, args=(address, told, over)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            if kill == "writer":
                with subprocess.Popen(reading(shared, folder)) as process:
                    time.sleep(4)
                    process.send_signal(signal.SIGKILL)
            subprocess.run(reading(shared, folder), check=True, timeout=300)
        finally:
            over.set()
            for reader in readers:
                reader.join()
    assert {status for _, status in told} <= {200}
    assert max(seconds for seconds, _ in told) < PATIENCE
    assert digest(shared) == digest(alone)


def digest(path: Path) -> str:
    with Store.open(path, read_only=True, wait=PATIENCE) as store:
        return store.digest()


def reading(database: Path, folder: str) -> list[str]:
    return [sys.executable, "-m", "tests.store.read_with_fake_coder", str(database), folder]


@contextmanager
def served(path: Path) -> Iterator[str]:
    """A server of its own, and its address; killed, not ended."""
    command = [sys.executable, "-m", "volteface", "serve", "--rate", "0", "--db", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as server:
        assert server.stderr is not None
        try:
            yield next(line for line in server.stderr if line.startswith("http")).split()[0]
        finally:
            server.kill()


def browse(address: str, told: list[tuple[float, int]], over: threading.Event) -> None:
    """Ask for one page after the other; note how long each took, and its status."""
    with httpx.Client(base_url=address, timeout=2 * PATIENCE) as client:
        while not over.is_set():
            for page in ("", "documents", "actors", "explore", "search?q=Grenzau"):
                begun = time.monotonic()
                status = client.get(page).status_code
                told.append((time.monotonic() - begun, status))
