"""Listings stay within the line and a few lines a row."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from volteface.show import brief
from volteface.show.listing import MOST_LINES

COLUMNS = ["date", "event", "status", "who → whom", "according to", "sentence", "document"]
LONG = " ".join(["The foreign ministers of the two countries met in the border town of Grenzau."] * 5)
WHO = "Ruritania [RUR] → Sylvania [SYL]"
ROW = ["2031-03-03", "ASSAULT heavy-weapons", "alleged", WHO, "", LONG, "0a1b2c3d"]
ROWS = {
    "plain": ROW,
    "long names": [*ROW[:3], ", ".join([WHO] * 9), *ROW[4:]],
    "two days": ["2030-12-30 to 2031-01-05", *ROW[1:]],
    "a claim": [*ROW[:4], "Sylvan Foreign Ministry, via the Sylvan Post", *ROW[5:]],
    "wide characters": [*ROW[:5], "国境の町で" * 60, ROW[6]],
    "no spaces": [*ROW[:3], "x" * 400, "y" * 400, "z" * 400, ROW[6]],
    "nothing": [""] * 7,
}  # fmt: skip


def printed(rows: list[list[str]], width: int) -> list[str]:
    stream = io.StringIO()
    Console(file=stream, width=width).print(brief(COLUMNS, rows, width=width))
    return stream.getvalue().rstrip("\n").split("\n")


@pytest.mark.parametrize("width", [100, 160])
@pytest.mark.parametrize("name", ROWS)
def test_a_row_has_few_lines_within_the_width(name: str, width: int) -> None:
    lines = printed([ROWS[name]], width)
    rule = next((n for n, line in enumerate(lines) if "──" in line), 0)
    assert max(cell_len(line) for line in lines) <= width
    assert len(lines) - rule - 1 <= MOST_LINES


@pytest.mark.parametrize(("width", "least"), [(100, 90), (160, 200)])
def test_most_of_the_width_goes_to_what_is_read(width: int, least: int) -> None:
    together = " ".join(" ".join(printed([ROWS["plain"]], width)).split())
    assert sum(len(word) for word in together.split() if word in LONG.split()) >= least
    for whole in ("2031-03-03", "alleged", "0a1b2c3d", "heavy-weapons"):
        assert whole in together


def test_a_column_is_left_out_where_no_row_fills_it() -> None:
    assert "according" not in printed([ROW], 160)[0]
    assert "according to" in printed([ROW, ROWS["a claim"]], 160)[0]
    assert all(column.split()[0] in " ".join(printed([], 160)) for column in COLUMNS)


def test_a_cut_cell_says_so() -> None:
    assert "…" in "".join(printed([ROW], 100))
    assert "…" not in "".join(printed([[*ROW[:5], "Short.", ROW[6]]], 160))
