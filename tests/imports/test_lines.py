"""Lines come in order, whole and numbered, however the file is packed."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from volteface.errors import InputError
from volteface.imports import lines
from volteface.imports.lines import read_lines

TEXT = "one\ttwo\r\nthree “é”\n\nlast"
LINES = ["one\ttwo", "three “é”", "", "last"]


def packed(path: Path, how: str) -> Path:
    data = TEXT.encode()
    if how == "zip":
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("events.csv", data)
    else:
        path.write_bytes(gzip.compress(data) if how == "gzip" else data)
    return path


@pytest.mark.parametrize("how", ["plain", "gzip", "zip"])
@pytest.mark.parametrize("lot", [1, 5, 1_000])
def test_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, lot: int) -> None:
    monkeypatch.setattr(lines, "LOT", lot)
    found = list(read_lines(packed(tmp_path / "f", how)))
    assert [text for each in found for text in each.texts] == LINES
    counted = 1
    for each in found:
        assert each.first == counted
        counted += len(each.texts)
    assert found[-1].share == 1 or (how == "zip" and 0 < found[-1].share < 1)


def test_odd_bytes(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"caf\xe9\tna\xc3\xafve\x00\n\xc3\xa9\n")
    assert [text for each in read_lines(path) for text in each.texts] == ["café\tnaÃ¯ve", "é"]


BROKEN = [
    (gzip.compress(b"x\n" * 1000, mtime=0)[:-9], "is damaged"),
    (b"PK\x03\x04 and nothing more", "is damaged"),
    (None, "cannot be read"),
]


@pytest.mark.parametrize(("data", "message"), BROKEN)
def test_broken_files(tmp_path: Path, data: bytes | None, message: str) -> None:
    path = tmp_path / "f"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        list(read_lines(path))


def test_a_zip_of_two_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f", "w") as file:
        file.writestr("a", "1")
        file.writestr("b", "2")
    with pytest.raises(InputError, match="a zip of 2 files"):
        list(read_lines(tmp_path / "f"))


def test_an_endless_line_is_no_event_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 10)
    (tmp_path / "f").write_text("short\n" + "x" * 50, encoding="utf-8")
    monkeypatch.setattr(lines, "LOT", 20)
    with pytest.raises(InputError, match="line 2 is longer than 10 bytes"):
        list(read_lines(tmp_path / "f"))
