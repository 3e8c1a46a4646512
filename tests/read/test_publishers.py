"""Copied pages in the manner of many publishers: which lines stay, which go.

Each file of `publishers/` is a page written for this project. The first character of a line says what becomes
of it: `H` headline, `+` article, `-` furniture; `s` standfirst and `c` caption are not judged.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from volteface.read import RawPage, to_document

PAGES = sorted((Path(__file__).parent / "publishers").glob("*.txt"))


def marked(path: Path) -> list[tuple[str, str]]:
    """(mark, line) for each line of the page."""
    return [(line[:1], line[2:].rstrip()) for line in path.read_text("utf-8").splitlines() if line]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_article_stays_and_furniture_goes(path: Path) -> None:
    lines = marked(path)
    text = "\n".join(line for _, line in lines)
    document = to_document(RawPage(source="p", path="p", kind="copied", content=text))
    blocks = [document.text[b.start : b.end] for b in document.blocks]
    asked = [(mark, line) for mark, line in lines if line]
    assert document.headline == next(line for mark, line in asked if mark == "H")
    assert [x for mark, x in asked if mark in "+" and x not in blocks] == []
    assert [x for mark, x in asked if mark == "-" and x in blocks] == []
