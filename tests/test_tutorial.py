"""The tutorial's commands run, in order, and print what it shows; figures may change with the coder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.tutorial import BLOCK, PAGE, commands, outputs, written


@pytest.mark.slow
@pytest.mark.model
def test_the_tutorial_runs_and_prints_what_it_shows(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    printed = dict(outputs(page, tmp_path))
    assert all(out.strip() for out in printed.values())
    assert shape(written(page, printed)) == shape(page), "`python scripts/tutorial.py` writes it anew"


def shape(page: str) -> list[str]:
    """The first words that each command prints, without figures."""
    found = []
    for match in BLOCK.finditer(page):
        shown = match[3] if match[1] == "python" else match[2]
        first = next(line for line in shown.splitlines() if not line.startswith("$ "))
        found.append(" ".join(re.findall("[a-z]+", first)[:2]))
    return found


def test_the_page_is_made_of_its_own_blocks() -> None:
    page = PAGE.read_text(encoding="utf-8")
    kinds = [match[1] for match in BLOCK.finditer(page)]
    assert kinds.count("python") == 1
    assert kinds.count("console") == 6
    outs = {command: "out\n" for m in BLOCK.finditer(page) for command, _ in commands(m[1], m[2])}
    assert written(written(page, outs), outs) == written(page, outs)
