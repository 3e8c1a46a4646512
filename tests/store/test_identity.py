"""What is the same page."""

from __future__ import annotations

from pathlib import Path

import pytest

from volteface.store import page_key

# (source, path, key); None: as the first row of its group
SAME = [
    ("https://n.example/a", "https://n.example/a"),
    ("http://n.example/a", "https://n.example/a"),
    ("https://N.EXAMPLE:443/a/", "https://n.example/a"),
    ("https://n.example/a#comments", "https://n.example/a"),
    ("https://n.example/a?utm_source=x&fbclid=1", "https://n.example/a"),
    ("https://n.example/a?id=7&utm_medium=y", "https://n.example/a?id=7"),
    ("https://n.example:8080/a", "https://n.example:8080/a"),
    ("https://n.example/A", "https://n.example/A"),
    ("https://[broken/a", "url:https://[broken/a"),
]


@pytest.mark.parametrize(("source", "key"), SAME)
def test_urls(source: str, key: str) -> None:
    assert page_key(source, "pages.jsonl:1", "f") == key


def test_paths_become_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    keys = {
        page_key(path, path, "f") for path in ("a.html", "./a.html", "x/../a.html", str(tmp_path / "a.html"))
    }
    assert keys == {f"file:{tmp_path / 'a.html'}"}
    assert page_key("a.jsonl:3", "a.jsonl:3", "f") == f"file:{tmp_path / 'a.jsonl:3'}"


def test_ids_and_standard_input() -> None:
    assert page_key("story-7", "pages.jsonl:1", "f") == "id:story-7"
    assert page_key("-", "-", "f") == "stdin:f"
    assert page_key("-:2", "-:2", "f") == "stdin:f"
