"""A map of the world as plain SVG: countries shaded by how many events they have, places as circles.

The shapes are drawn by `scripts/shapes.py`; here places come to them by the same projection, Equal Earth (Šavrič,
Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949), and the part of the world that has events is chosen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from markupsafe import Markup

from volteface.store.front import Point

# Coefficients of Equal Earth.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
# A country smaller than this, in square units, is a circle that can be hit as well; so is one without a shape.
SMALL = 12.0
# Shades of countries, and circles of places in units of a map of the whole world.
SHADES = 5
LEAST_RADIUS, MOST_RADIUS = 3.0, 13.0
# The part that is shown is no narrower than this share of the world, and has so much room around what is in it.
NARROWEST, ROOM = 0.22, 0.12


@dataclass(frozen=True, slots=True)
class Area:
    """A country on the map: its shape or, where it is too small to be hit, the middle of a circle besides."""

    code: str
    events: int
    shade: int
    path: Markup
    circle: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map."""

    point: Point
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Map:
    """Everything to be drawn. `unit`: of the picture's units, how many are one of a map of the whole world as wide;
    `unseen`: events of countries that have no place on it."""

    land: Markup
    areas: tuple[Area, ...]
    spots: tuple[Spot, ...]
    box: str
    unit: float
    whole: bool
    unseen: int


@cache
def shapes() -> Any:
    """What `scripts/shapes.py` wrote."""
    return json.loads(resources.files("volteface.show.web").joinpath("data", "shapes.json").read_bytes())


@cache
def land() -> Markup:
    """All countries in one path: what has no events needs no element of its own."""
    return Markup("".join(shape["path"] for shape in shapes()["countries"].values()))


def place(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees in units of the picture."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = A1 + 3 * A2 * theta**2 + 7 * A3 * theta**6 + 9 * A4 * theta**8
    x = 2 * math.radians(longitude) * math.cos(theta) / (math.sqrt(3) * slope)
    y = theta * (A1 + A2 * theta**2 + A3 * theta**6 + A4 * theta**8)
    told = shapes()
    return (x - told["left"]) * told["scale"], (told["top"] - y) * told["scale"]


def draw(
    counts: Mapping[str | None, int],
    points: Sequence[Point],
    *,
    around: Collection[tuple[float, float]] = (),
    whole: bool = False,
) -> Map:
    """The map of so many events in each country. `around`: what has to be in sight, in units of the picture; without
    any, and if `whole`, that is the world."""
    countries = shapes()["countries"]
    most = max((n for code, n in counts.items() if code), default=1)
    own = {p.country: place(p.latitude, p.longitude) for p in reversed(points) if p.whole}
    box, unit = _box([] if whole else list(around))
    areas = []
    for code, n in counts.items():
        shape = countries.get(code)
        if code is None or not (shape or code in own):
            continue
        middle = (shape["x"], shape["y"]) if shape else own[code]
        small = not shape or shape["size"] < SMALL * unit**2
        path = Markup(shape["path"]) if shape else Markup()
        areas.append(Area(code, n, _shade(n, most), path, _rounded(*middle) if small else None))
    seen = {area.code for area in areas} | {point.country for point in points}
    largest = max((point.events for point in points), default=1)
    spots = [
        Spot(point, *_rounded(*place(point.latitude, point.longitude)), _radius(point.events, largest, unit))
        for point in points
        if not point.whole
    ]
    unseen = sum(n for code, n in counts.items() if code and code not in seen)
    return Map(land(), tuple(areas), tuple(spots), box, unit, unit == 1, unseen)


def middles(counts: Collection[str | None], points: Sequence[Point]) -> list[tuple[float, float]]:
    """Where these countries and places lie, for `around`."""
    countries = shapes()["countries"]
    found = [(countries[code]["x"], countries[code]["y"]) for code in counts if code in countries]
    return found + [place(point.latitude, point.longitude) for point in points]


def _box(around: Sequence[tuple[float, float]]) -> tuple[str, float]:
    """The part of the world with all this in it, in the world's proportions: as an SVG view box, and how wide."""
    width, height = shapes()["width"], shapes()["height"]
    if not around:
        return f"0 0 {width} {height}", 1.0
    xs, ys = zip(*around, strict=True)
    wide = max((max(xs) - min(xs)) / width, (max(ys) - min(ys)) / height) + 2 * ROOM
    unit = min(1.0, max(wide, NARROWEST))
    left = min(max((min(xs) + max(xs)) / 2 - unit * width / 2, 0), width * (1 - unit))
    top = min(max((min(ys) + max(ys)) / 2 - unit * height / 2, 0), height * (1 - unit))
    return f"{left:.0f} {top:.0f} {width * unit:.0f} {height * unit:.0f}", round(unit, 3)


def _shade(events: int, most: int) -> int:
    """1 to `SHADES`, by the logarithm: news tells of few countries much and of most little."""
    share = math.log(events) / math.log(most) if most > 1 else 1.0
    return 1 + round(share * (SHADES - 1))


def _radius(events: int, most: int, unit: float) -> float:
    """An area in proportion to the events."""
    return round(max(LEAST_RADIUS, MOST_RADIUS * math.sqrt(events / most)) * unit, 2)


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, 1), round(y, 1)
