"""Pictures: the same data give the same bytes; whatever a title says is text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path

import pytest

from volteface.analyse.coalitions import Act, through_time
from volteface.analyse.course import Change, Course, Point
from volteface.errors import StoreError
from volteface.show.plots import Dot, plot_coalitions, plot_course

FIRST = date(2024, 1, 1)
DAYS = [FIRST + timedelta(n) for n in range(0, 60, 3)]
COURSE = Course(
    tuple(Point(day, 2.0, 1.0, 3.0) for day in DAYS),
    (
        Change(DAYS[9], DAYS[8], DAYS[11], 4.0, -3.0, "conflict", 0.99),
        Change(DAYS[11], DAYS[10], DAYS[12], -3.0, 1.0, "cooperation", 0.95),
    ),
    2.0,
)
DOTS = [Dot(day, 2.5, "verbal cooperation") for day in DAYS] + [
    Dot(DAYS[3], -9.0, "material conflict"),
    Dot(DAYS[4], 0.0, None),
]
TIES = (("A", "B", 5.0), ("B", "C", 5.0), ("A", "D", -5.0)) * 2
WINDOWS = through_time(
    [Act(DAYS[0], *tie) for tie in TIES], since=FIRST, until=FIRST + timedelta(59), days=20
)


def draw(kind: str, path: Path, title: str = "Ruritania toward Sylvania") -> bytes:
    if kind == "course":
        plot_course(path, COURSE, DOTS, {FIRST: 3, FIRST + timedelta(7): 0}, title=title)
    else:
        plot_coalitions(path, WINDOWS, title=title)
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["course", "coalitions"])
@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_data_give_the_same_picture(tmp_path: Path, kind: str, form: str) -> None:
    first = draw(kind, tmp_path / f"a.{form}")
    assert first == draw(kind, tmp_path / f"b.{form}")
    assert len(first) > 5_000
    assert [path.suffix for path in tmp_path.iterdir()] == [f".{form}"] * 2


def test_nothing_to_draw_is_a_picture_too(tmp_path: Path) -> None:
    plot_course(tmp_path / "a.svg", Course(), [], {}, title="nothing")
    plot_coalitions(tmp_path / "b.svg", [], title="nothing")
    ET.parse(tmp_path / "a.svg")
    ET.parse(tmp_path / "b.svg")


@pytest.mark.parametrize("title", ["<script>x</script>", "$\\frac{a}{$", "a\x00\x1bb", "&amp; ]]>"])
def test_a_title_is_text(tmp_path: Path, title: str) -> None:
    tree = ET.fromstring(draw("course", tmp_path / "a.svg", title))
    assert not [node for node in tree.iter() if node.tag.endswith("script")]


def test_other_forms_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"a picture is \.svg or \.png"):
        draw("course", tmp_path / "a.pdf")
    with pytest.raises(StoreError, match="cannot be written"):
        draw("course", tmp_path / "none" / "a.svg")
