"""Readers of durations (`P3D`) and sets (`every Friday`)."""

from __future__ import annotations

from volteface.annotate.times import calendar
from volteface.annotate.times.scene import Found, Reading, Scene
from volteface.annotate.times.words import Word

_PERIODS = {
    "TS": "PT{}S",
    "TM": "PT{}M",
    "TH": "PT{}H",
    "D": "P{}D",
    "WE": "P{}WE",
    "W": "P{}W",
    "M": "P{}M",
    "Q": "P{}Q",
    "H": "P{}H",
    "Y": "P{}Y",
}
# Units TIMEX3 has no letter of its own for, as multiples of one it has.
_MULTIPLES = {"2W": (2, "W"), "E": (10, "Y"), "C": (100, "Y"), "G": (25, "Y")}
_VAGUE = "X"


def period(count: float | str, unit: str) -> str:
    """The TIMEX3 value of so many units; `count` may be the letter X."""
    if unit in _MULTIPLES:
        if isinstance(count, str):
            return {"2W": "PXW", "E": "PXE", "C": "PXC"}.get(unit, "PXY")
        factor, unit = _MULTIPLES[unit]
        count *= factor
    text = count if isinstance(count, str) else f"{count:g}" if count < 1e6 else str(round(count))
    return _PERIODS[unit].format(text)


def read_duration(found: Found, scene: Scene) -> Reading | None:
    """`three-year`, `two weeks`, `several months`, `a day`, `nearly 40 years`."""
    unit = found.get("Uu")
    if unit is None:
        return None
    count = _count(found)
    if count is None or (unit.value == "Q" and "-" in found.letters):
        return None
    if found.letters.startswith("a") and len(found.words) == 2 and not _measured(found, scene, unit):
        return None
    return Reading("DURATION", period(count, unit.value))


def read_counted_deixis(found: Found, scene: Scene) -> Reading | None:
    """`the past two months`, `the next 10 days`: a length of time seen from now."""
    unit = found.get("Uu")
    count = _count(found)
    return Reading("DURATION", period(count, unit.value)) if unit and count is not None else None


def read_past_unit(found: Found, scene: Scene) -> Reading | None:
    """`the past year`, `the past 24 hours`, `the past week`."""
    unit = found.get("U")
    if unit is None:
        return None
    if unit.value in ("Y", "Q") and scene.published is not None:
        return Reading("DATE", calendar.value_at(calendar.shift(scene.published, -1, unit.value), unit.value))
    return Reading("DURATION", period(1, unit.value))


def read_bare_units(found: Found, scene: Scene) -> Reading | None:
    """`for years`, `within weeks`, `decades of`."""
    unit = found.get("u")
    if unit is None:
        return None
    before = scene.before(found)
    if before is None or before.text.lower() not in _TAKES_UNITS:
        return None
    return Reading("DURATION", period(_VAGUE, unit.value))


_TAKES_UNITS = frozenset(
    (
        "for",
        "within",
        "in",
        "after",
        "over",
        "of",
        "during",
        "takes",
        "took",
        "take",
        "last",
        "lasted",
        "spent",
        "spend",
        "than",
        "recent",
    )
)


def read_weekday_set(found: Found, scene: Scene) -> Reading | None:
    """`every Friday`, `Mondays`, `Tuesday nights`."""
    word = found.get("Ww")
    part = found.get("P")
    tail = f"T{part.value}" if part else ""
    return Reading("SET", f"XXXX-WXX-{word.value}{tail}") if word else None


def read_named_set(found: Found, scene: Scene) -> Reading | None:
    """`every July`, `each spring`."""
    word = found.get("MSH")
    if word is None:
        return None
    return Reading("SET", f"XXXX-{word.value:02}" if word.letter == "M" else f"XXXX-{word.value}")


def read_every(found: Found, scene: Scene) -> Reading | None:
    """`every two weeks`, `each year`, `every morning`, `twice a month`, `once every ten days`."""
    unit = found.get("Uu")
    part = found.get("P")
    if unit is None:
        return Reading("SET", f"XXXX-XX-XXT{part.value}") if part else None
    counted = [w for w in found.words if w.letter in "dno" and found.get("v")]
    return Reading("SET", period(float(counted[-1].value) if counted else 1.0, unit.value))


def read_adverb(found: Found, scene: Scene) -> Reading | None:
    """`daily`, `annually`."""
    word = found.words[0]
    after = scene.after(found)
    if word.text[0].isupper() and after is not None and after.text[0].isupper():
        return None  # the name of a newspaper
    return Reading("SET", str(word.value))


def _count(found: Found) -> float | str | None:
    if found.has("couple"):
        return 2.0
    if found.get("q"):
        return 12.0 if found.has("dozen") else _VAGUE
    numbers: list[Word] = [word for word in found.words if word.letter in "dn"]
    if numbers:
        return float(numbers[-1].value)
    if found.get("a"):
        return 1.0
    return None


def _measured(found: Found, scene: Scene, unit: Word) -> bool:
    """Whether "a week" is a length of time, and neither a rate ("$40 a week") nor the day of something."""
    before = scene.before(found)
    after = scene.after(found)
    if unit.value[0] == "T" and unit.value != "TH":
        return False
    if before is None or before.letter in "dnY,":
        return False
    if before.text.lower() in (
        "shares",
        "times",
        "barrels",
        "percent",
        "cents",
        "dollars",
        "million",
        "billion",
    ):
        return False
    return after is None or after.text.lower() not in ("when", "that", "before")
