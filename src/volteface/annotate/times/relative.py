"""Readers of expressions counted from a reference time: this week, two years ago, the third quarter, the
next day."""

from __future__ import annotations

from datetime import date

from volteface.annotate.times import calendar
from volteface.annotate.times.scene import Found, Reading, Scene

_STEPS = {"l": -1, "t": 0, "x": 1, "r": 0, "y": 0}
_UNRESOLVED = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}


def read_deictic_unit(found: Found, scene: Scene) -> Reading | None:
    """`last week`, `earlier this year`, `the end of next month`; `that year`, `the same day` and `the
    following day` count from the day last named."""
    word, unit = found.get("ltxry"), found.get("U")
    if word is None or unit is None or unit.value[0] in "TG2":
        return None
    if unit.value == "E" and word.letter == "l":
        return Reading("DURATION", "P10Y")
    anchored = word.letter == "y" or found.has("following", "previous", "preceding")
    if unit.value == "D" and not anchored:
        anchored = scene.anchor is not None and word.letter == "x"
    base = (scene.anchor or scene.published) if anchored else scene.published
    if word.letter == "r" and unit.value == "Q":
        return Reading("DATE", _latest_quarter(scene))
    if base is None:
        return Reading("DATE", _UNRESOLVED.get(unit.value, "XXXX"))
    day = calendar.shift(base, _STEPS[word.letter], unit.value)
    if unit.value == "D" and anchored:
        scene.anchor = day
    value = calendar.value_at(day, unit.value)
    if unit.value == "Q":
        scene.quarter = _quarter_start(day)
    if found.get("f"):
        value = f"{value}-H{'2' if word.letter == 'l' else '1'}"
    return Reading("DATE", value)


def read_fiscal(found: Found, scene: Scene) -> Reading | None:
    """`the current fiscal year`, `last fiscal year`."""
    if found.get("Y"):
        return Reading("DATE", str(found.value("Y")))
    if scene.published is None:
        return Reading("DATE", "XXXX")
    word = found.get("ltxr")
    return Reading("DATE", str(scene.published.year + (_STEPS[word.letter] if word else 0)))


def read_ordinal_unit(found: Found, scene: Scene) -> Reading | None:
    """`the third quarter of 1989`, `first-quarter`, `the second half of this year`, `the 20th century`."""
    number = found.value("o")
    unit = found.get("Uf")
    word = next((w for w in found.words if w.letter in "lx" or w.letter == "t"), None)
    if unit is None:
        return None
    if unit.letter == "U" and unit.value == "C" and number:
        return Reading("DATE", f"{number - 1:02}")
    half = unit.letter == "f"
    if not half and unit.value != "Q":
        return None
    if not number and word is not None and word.text.lower() == "last":
        number = 2 if half else 4
    if not 1 <= number <= (2 if half else 4):
        return None
    year = _year(found, scene, half, number)
    if year is None:
        return Reading("DATE", f"XXXX-{'H' if half else 'Q'}{number}")
    if not half:
        scene.quarter = date(year, 3 * number - 2, 1)
    return Reading("DATE", f"{year}-{'H' if half else 'Q'}{number}")


def _year(found: Found, scene: Scene, half: bool, number: int) -> int | None:
    """The year of a quarter or half: the one given, else the last that has begun."""
    if found.get("Y"):
        return found.value("Y")
    if scene.published is None:
        return None
    if found.get("g<"):
        return (scene.quarter or scene.published).year - (
            1 if scene.quarter is None or scene.quarter.year == scene.published.year else 0
        )
    word = found.get("ltx")
    if word and sum(w.letter == "U" for w in found.words) > (0 if half else 1):
        return scene.published.year + _STEPS[word.letter]
    begins = date(scene.published.year, (6 if half else 3) * (number - 1) + 1, 1)
    if begins > scene.published and not scene.future(found):
        return scene.published.year - ((begins - scene.published).days > 100 or not half)
    return scene.published.year


def read_year_ago(found: Found, scene: Scene) -> Reading | None:
    """`a year earlier`, `the year-ago quarter`, `year-earlier`: the quarter a year before the last one
    named, or the year before."""
    unit = next((word for word in found.words if word.letter in "U"), None)
    if unit is None or unit.value != "Y":
        return None
    if scene.published is None:
        return Reading("DATE", "XXXX")
    if scene.quarter is not None:
        return Reading("DATE", calendar.value_at(calendar.shift(scene.quarter, -1, "Y"), "Q"))
    return Reading("DATE", str(scene.published.year - 1))


def read_ago(found: Found, scene: Scene) -> Reading | None:
    """`two weeks ago`, `a decade ago`, `months ago`."""
    return _counted(found, scene, scene.published, -1)


def read_earlier(found: Found, scene: Scene) -> Reading | None:
    """`two days earlier`, `a week before`: from the day last named."""
    return _counted(found, scene, scene.anchor or scene.published, -1)


def read_later(found: Found, scene: Scene) -> Reading | None:
    """`two days later`: from the day last named. "After two days of talks" and "a year after" are
    durations."""
    return _counted(found, scene, scene.anchor or scene.published, 1)


def _counted(found: Found, scene: Scene, base: date | None, sign: int) -> Reading | None:
    unit = found.get("Uu")
    vague = Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit is None:
        return None
    number = found.get("dn")
    if found.get("q") or (number is None and unit.letter == "u") or base is None:
        return vague if base is None or not found.has("couple") else _at(base, 2 * sign, unit.value, scene)
    if unit.value[0] == "T":
        return Reading("DATE", f"{base.isoformat()}") if unit.value != "TM" else vague
    return _at(base, sign * (float(number.value) if number else 1.0), unit.value, scene)


def _at(base: date, count: float, unit: str, scene: Scene) -> Reading:
    day = calendar.shift(base, count, unit)
    if unit == "D":
        scene.anchor = day
    # A week's distance is known to the day ("two weeks ago" in TimeBank is a day); a year's or month's is
    # not.
    grain = {"W": "D", "2W": "D", "WE": "WE", "E": "Y", "C": "Y", "G": "Y"}.get(unit, unit)
    return Reading("DATE", calendar.value_at(day, grain))


def read_bare_unit(found: Found, scene: Scene) -> Reading | None:
    """`the weekend`, `the quarter`, `the year`: the one under discussion."""
    unit = found.get("U")
    if unit is None or found.words[0].letter != "h":
        return None
    published = scene.published
    if unit.value == "WE":
        if published is None:
            return Reading("DATE", "XXXX-WXX-WE")
        back = 0 if scene.future(found) or published.isoweekday() >= 6 else -1
        return Reading("DATE", calendar.value_at(calendar.shift(published, back, "W"), "WE"))
    after = scene.after(found)
    if after is not None and (after.letter in "-s" or after.text.lower() in ("of", "when", "that")):
        return None
    if unit.value in "QY" and after is not None and after.text.lower() in ("ended", "ending", "ends"):
        return Reading("DURATION", f"P1{unit.value}")
    if unit.value == "Q":
        return Reading("DATE", _latest_quarter(scene))
    if unit.value == "Y":
        return Reading("DATE", str(published.year) if published else "XXXX")
    if unit.value in "WM" and published is not None:
        return Reading("DATE", calendar.value_at(published, unit.value))
    return None


def read_period(found: Found, scene: Scene) -> Reading | None:
    """`the latest period`, `the 1988 period`, `the year-earlier period`."""
    if found.get("Y"):
        year = found.value("Y")
        quarter = (scene.quarter.month + 2) // 3 if scene.quarter else None
        return Reading("DATE", f"{year}-Q{quarter}" if quarter else str(year))
    return Reading("DATE", _latest_quarter(scene))


def read_year_end(found: Found, scene: Scene) -> Reading | None:
    """`year-end`."""
    if found.words[0].value != "Y" or not found.has("end"):
        return None
    if scene.published is None:
        return Reading("DATE", "XXXX-12-31")
    return Reading("DATE", f"{scene.published.year - (scene.tense(found) == 'past')}-12-31")


def read_week_of(found: Found, scene: Scene) -> Reading | None:
    """`the week of March 2`."""
    from volteface.annotate.times.absolute import read_date

    inner = read_date(Found(found.first + 3, found.last, found.words[3:]), scene)
    unit = found.get("U")
    if inner is None or unit is None or unit.value != "W" or scene.anchor is None:
        return None
    return Reading("DATE", calendar.value_at(scene.anchor, "W"))


def read_named_year(found: Found, scene: Scene) -> Reading | None:
    """`the year 2000`, also in words."""
    unit, number = found.get("U"), found.get("Ynd")
    if unit is None or unit.value != "Y" or number is None or not 1000 <= number.value <= 2999:
        return None
    return Reading("DATE", f"{number.value:.0f}")


def read_reference(found: Found, scene: Scene) -> Reading | None:
    """`now`, `recently`, `soon`."""
    word = found.get("R")
    return Reading("DATE", str(word.value)) if word else None


def read_phrase_reference(found: Found, scene: Scene) -> Reading | None:
    """`the past`, `the future`, `in recent years`, `the coming months`."""
    word = found.get("lrxN")
    if word is None:
        return None
    if found.get("N"):
        return Reading("DATE", "FUTURE_REF")
    if word.letter == "l" and not found.get("u") and word.text.lower() != "past":
        return None
    return Reading("DATE", "FUTURE_REF" if word.letter == "x" else "PAST_REF")


def _quarter_start(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _latest_quarter(scene: Scene) -> str:
    """The quarter last named, else the last complete one."""
    if scene.quarter is None and scene.published is not None:
        scene.quarter = _quarter_start(calendar.shift(_quarter_start(scene.published), -1, "D"))
    return calendar.value_at(scene.quarter, "Q") if scene.quarter else "XXXX-QX"
