"""Readers of calendar expressions: dates, weekdays, months, years, seasons, and times of day."""

from __future__ import annotations

from datetime import date

from volteface.annotate.times import calendar
from volteface.annotate.times.scene import Found, Reading, Scene

# A bare month is the one nearest to publication: further than this many months ahead, it is last year's.
_MONTHS_AHEAD = 1
# A date without a year this many days ahead is taken for the coming one unless the clause tells of the past.
_SOON = 75


def read_iso(found: Found, scene: Scene) -> Reading | None:
    """`2015-11-24`, `2015-11-24T10:30`; `11/24/2015`, where only one order of day and month is possible or
    American."""
    text = found.words[0].text
    if found.words[0].letter == "Z":
        parts = [int(piece) for piece in text[:10].split("-")]
        day = calendar.valid(*parts)
        tail = text[10:].rstrip("Z")
    else:
        one, two, year = (int(piece) for piece in text.split("/"))
        year += 0 if year > 99 else 1900 if year > 50 else 2000
        day = calendar.valid(year, one, two) or calendar.valid(year, two, one)
        tail = ""
    if day is None:
        return None
    scene.anchor = day
    return Reading("TIME" if tail else "DATE", day.isoformat() + tail)


def read_date(found: Found, scene: Scene) -> Reading | None:
    """`Nov. 13`, `13 November 2015`, `Friday, the 13th of November`."""
    value = _date_value(found, scene)
    return Reading("DATE", value) if value else None


def read_weekday(found: Found, scene: Scene) -> Reading | None:
    """`Friday`, `last Friday`, `next Monday`, `early Tuesday`."""
    value = _weekday_value(found, scene)
    return Reading("DATE", value) if value else None


def read_deictic_day(found: Found, scene: Scene) -> Reading | None:
    """`yesterday`, `today`, `tonight`, `tomorrow`; `tonight` is a TIME."""
    value = _deictic_value(found, scene)
    if found.has("tonight"):
        return Reading("TIME", value + "TNI")
    return Reading("DATE", value)


def read_clock(found: Found, scene: Scene) -> Reading | None:
    """`10:30 a.m.`, `8 p.m. Wednesday`, `3 p.m. EST, Nov. 9`: an hour of its day, else of the day last
    named."""
    hour = _hour(found)
    if hour is None:
        return None
    return Reading("TIME", f"{_day_of(found, scene)}T{hour}")


def read_part(found: Found, scene: Scene) -> Reading | None:
    """`Friday night`, `yesterday morning`, `last night`, `this evening`, `noon Thursday`, `midnight`."""
    part = found.get("P")
    if part is None or part.value is None:
        return None
    letters = found.letters
    if set(letters) <= set("hP") and part.text.lower() in ("morning", "night", "evening", "afternoon"):
        before = scene.before(found)
        if letters == "P" or before is None or before.text.lower() not in ("in", "during", "through", "of"):
            return None
    # "overnight" alone is the night before the page, whatever day was named last.
    day = (
        _plain_day(scene, 0) if letters == "P" and part.text.lower() == "overnight" else _day_of(found, scene)
    )
    if found.get("l") and part.value in ("NI", "EV"):
        day = _plain_day(scene, -1)
    return Reading("TIME", f"{day}T{part.value}")


def read_month(found: Found, scene: Scene) -> Reading | None:
    """`November 2015`, `early December`, `last April`, `June of this year`."""
    month = found.value("M")
    if found.get("Y"):
        return Reading("DATE", f"{found.value('Y'):04}-{month:02}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{month:02}")
    year = scene.published.year
    word = found.get("ltx")
    if found.get("U") and word:
        year += {"l": -1, "t": 0, "x": 1}[word.letter]
    elif word and word.letter == "l":
        year -= month >= scene.published.month
    elif word and word.letter == "x":
        year += month <= scene.published.month
    elif word is None:
        year = _year_of_month(month, found, scene)
    return Reading("DATE", f"{year:04}-{month:02}")


def read_season(found: Found, scene: Scene) -> Reading | None:
    """`the summer of 2015`, `last fall`, `this spring`."""
    season = found.get("S")
    if season is None:
        return None
    if found.get("Y"):
        return Reading("DATE", f"{found.value('Y'):04}-{season.value}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{season.value}")
    year, start = scene.published.year, {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season.value]
    words = {word.letter for word in found.words}
    if found.get("U"):
        year += -1 if "l" in words else 1 if "x" in words else 0
    elif "x" in words:
        year += start <= scene.published.month
    elif "t" not in words:
        year -= (start + 2 if "l" in words else start) >= scene.published.month and not scene.future(found)
    return Reading("DATE", f"{year:04}-{season.value}")


def read_year(found: Found, scene: Scene) -> Reading | None:
    """`1998`, `early 1991`, `the end of 1990`, `fiscal 1989`."""
    return Reading("DATE", f"{found.value('Y'):04}")


def read_decade(found: Found, scene: Scene) -> Reading | None:
    """`the late 1980s`, `the '90s`, `the nineties`."""
    word = found.get("E")
    if word:
        digits = "".join(c for c in word.text if c.isdigit())
        return Reading("DATE", f"{digits[:3] if len(digits) == 4 else '19' + digits[0]}X")
    return Reading("DATE", f"19{found.value('e')}X")


def read_holiday(found: Found, scene: Scene) -> Reading | None:
    """`last Christmas`, `Christmas Day`: the nearest one, in the direction of the clause."""
    word = found.get("H")
    if word is None:
        return None
    if found.get("Y"):
        return Reading("DATE", _feast(found.value("Y"), word.value).isoformat())
    if scene.published is None:
        return Reading("DATE", f"XXXX-{word.value}") if "W" not in word.value else None
    year = scene.published.year
    value = _nearest([_feast(y, word.value) for y in (year - 1, year, year + 1)], found, scene)
    return Reading("DATE", value) if value else None


def _date_value(found: Found, scene: Scene) -> str | None:
    month, day = found.value("M"), found.value("do")
    if not 1 <= day <= 31:
        return None
    if found.get("Y"):
        exact = calendar.valid(found.value("Y"), month, day)
        if exact is None:
            return None
        scene.anchor = exact
        return exact.isoformat()
    return _month_day(month, day, found, scene)


def _feast(year: int, rule: str) -> date:
    """The day of a holiday in a year: `12-25`, or `11-W4-4`, the fourth Thursday of November."""
    parts = rule.split("-")
    if len(parts) == 2:
        return date(year, int(parts[0]), int(parts[1]))
    first = calendar.weekday(date(year, int(parts[0]), 1), int(parts[2]), future=True)
    return calendar.shift(first, int(parts[1][1:]) - 1, "W")


def _month_day(month: int, day: int, found: Found, scene: Scene) -> str | None:
    if scene.published is None:
        return f"XXXX-{month:02}-{day:02}" if calendar.valid(2000, month, day) else None
    year = scene.published.year
    return _nearest(
        [d for y in (year - 1, year, year + 1) if (d := calendar.valid(y, month, day))], found, scene
    )


def _nearest(choices: list[date], found: Found, scene: Scene) -> str | None:
    """Of the same day in three years, the one the clause means: that with the weekday named, else the next
    one if it looks forward, else the last one, except that a date soon to come is rather that than nearly a
    year old."""
    published = scene.published
    if published is None or not choices:
        return None
    named = found.get("W")
    matching = [d for d in choices if named and d.isoweekday() == named.value]
    behind = [d for d in choices if d <= published]
    ahead = [d for d in choices if d >= published]
    soon = bool(ahead) and (ahead[0] - published).days <= _SOON
    if matching:
        best = min(matching, key=lambda d: abs((d - published).days))
    elif ahead and (scene.future(found) or (soon and not scene.told(found))):
        best = ahead[0]
    else:
        best = behind[-1] if behind else choices[0]
    scene.anchor = best
    return best.isoformat()


def _year_of_month(month: int, found: Found, scene: Scene) -> int:
    assert scene.published is not None
    year, now = scene.published.year, scene.published.month
    tense = scene.tense(found)
    if tense == "future":
        return year + (month < now)
    if tense == "past" or (month - now) % 12 > _MONTHS_AHEAD:
        return year - (month > now)
    return year + (month < now)


def _weekday_value(found: Found, scene: Scene) -> str | None:
    number = found.value("W")
    if scene.published is None:
        return f"XXXX-WXX-{number}"
    word = found.get("ltx")
    if word and word.letter == "x":
        day = calendar.weekday(calendar.shift(scene.published, 1, "D"), number, future=True)
    elif word and word.letter == "l":
        day = calendar.weekday(calendar.shift(scene.published, -1, "D"), number, future=False)
    else:
        day = calendar.weekday(scene.published, number, future=scene.future(found))
    scene.anchor = day
    return day.isoformat()


def _deictic_value(found: Found, scene: Scene) -> str:
    return _plain_day(scene, found.value("T"))


def _plain_day(scene: Scene, days: int) -> str:
    if scene.published is None:
        return "XXXX-XX-XX"
    scene.anchor = calendar.shift(scene.published, days, "D")
    return scene.anchor.isoformat()


def _day_of(found: Found, scene: Scene) -> str:
    """The day a time of day belongs to, as a value."""
    if found.get("M") and found.get("do"):
        day = _date_value(_without_clock(found), scene)
    elif found.get("W"):
        day = _weekday_value(found, scene)
    elif found.get("T"):
        day = _deictic_value(found, scene)
    elif found.get("t") or found.get("l"):
        day = _plain_day(scene, 0)
    elif found.get("x"):
        base = scene.anchor or scene.published
        scene.anchor = base and calendar.shift(base, 1, "D")
        day = scene.anchor.isoformat() if scene.anchor else None
    else:
        known: date | None = scene.anchor or scene.published
        day = known.isoformat() if known else None
    return day or "XXXX-XX-XX"


def _without_clock(found: Found) -> Found:
    """The match without its "8 p.m.", whose 8 is no day of a month."""
    cut = max((n + 1 for n, word in enumerate(found.words) if word.letter in "czk"), default=0)
    return Found(found.first + cut, found.last, found.words[cut:])


def _hour(found: Found) -> str | None:
    word = found.get("cd")
    if word is None:
        return None
    hour, minute = (int(p) for p in word.text.split(":")[:2]) if word.letter == "c" else (int(word.value), 0)
    half = found.get("z")
    part = found.get("P")
    late = (half is not None and half.value == "p") or (part is not None and part.value in ("AF", "EV", "NI"))
    if ((half or part) and hour > 12) or hour > 24 or minute > 59:
        return None
    if late and hour < 12:
        hour += 12
    elif half is not None and half.value == "a" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}"
