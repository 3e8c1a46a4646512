"""Arithmetic on days and TIMEX3 values: no text here, only dates.

Values follow TIMEX3 (ISO 8601 with its extensions): `2015-11-24`, `2015-11`, `2015-W47`, `2015-W47-WE`,
`2015-Q3`, `2015-H1`, `2015-SU`, `2015`, `201X` or `201` (a decade), `20` (a century), with `T…` for a time of
day.
"""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date

# Month in which each season is taken to begin (northern meteorological seasons, as TimeBank's annotators
# read them).
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[0-9A-Z:]{1,9})?\Z")
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-XX)?\Z")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?\Z")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)\Z")
_YEAR = re.compile(r"(\d{4})(?:-XX(?:-XX)?)?\Z")
_DECADE = re.compile(r"(\d{3})X?\Z")
_CENTURY = re.compile(r"(\d\d)(?:XX)?\Z")


def valid(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, count: float, unit: str) -> date:
    """The day `count` units (D, W, WE, M, Q, Y, E, C) after `day`; the 31st becomes the last of a shorter
    month.

    Clipped to the years 1 to 9999, so a text that says "90,000 years ago" gives a date and no error.
    """
    days = {"D": 1, "W": 7, "WE": 7, "2W": 14}.get(unit)
    if days is not None:
        ordinal = day.toordinal() + round(count * days)
        return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
    months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200, "G": 300}[unit]
    index = day.year * 12 + day.month - 1 + round(count * months)
    year, month = divmod(index, 12)
    if year < MINYEAR:
        return date.min
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def value_at(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit (D, W, WE, M, Q, H, Y, E, C) that holds this day."""
    iso = day.isocalendar()
    values = {
        "D": day.isoformat(),
        "W": f"{iso.year}-W{iso.week:02}",
        "WE": f"{iso.year}-W{iso.week:02}-WE",
        "M": f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04}-H{1 if day.month < 7 else 2}",
        "E": f"{day.year // 10:03}X",
        "C": f"{day.year // 100:02}",
    }
    return values.get(unit, f"{day.year:04}")


def weekday(day: date, number: int, *, future: bool) -> date:
    """The weekday (ISO number) nearest to `day` in that direction; `day` itself if it is one, in both."""
    gap = (number - day.isoweekday()) % 7 if future else -((day.isoweekday() - number) % 7)
    return shift(day, gap, "D")


def day_range(value: str) -> tuple[str, str] | None:
    """First and last ISO day that a TIMEX3 value denotes; None for durations, sets, references, unresolved
    ones.

    `2015-11` is 2015-11-01 to 2015-11-30, `2015-W47` Monday to Sunday, `2015-11-24TNI` the day itself, a
    season its three months (winter begins in December of the year it is named by).
    """
    bounds = _bounds(value)
    return (bounds[0].isoformat(), bounds[1].isoformat()) if bounds else None


def _bounds(value: str) -> tuple[date, date] | None:
    if found := _DAY.match(value):
        day = valid(int(found[1]), int(found[2]), int(found[3]))
        return (day, day) if day else None
    if found := _MONTH.match(value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := _WEEK.match(value):
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
        return shift(monday, 5 if found[3] else 0, "D"), shift(monday, 6, "D")
    if found := _PART.match(value):
        part = found[2]
        if part[0] == "Q":
            return _months(int(found[1]), 3 * int(part[1]) - 2, 3)
        if part[0] == "H":
            return _months(int(found[1]), 6 * int(part[1]) - 5, 6)
        return _months(int(found[1]), _SEASON_START[part], 3)
    for pattern, years in ((_YEAR, 1), (_DECADE, 10), (_CENTURY, 100)):
        if found := pattern.match(value):
            return _months(int(found[1]) * years, 1, 12 * years)
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date] | None:
    first = valid(year, month, 1)
    if first is None or year + count // 12 > MAXYEAR:
        return None
    return first, shift(shift(first, count, "M"), -1, "D")
