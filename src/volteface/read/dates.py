"""Full dates (day, month and year) as English news writes them, with their places in the text."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
NUMBERS = {m[:3]: n for n, m in enumerate(MONTHS, 1)}
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
FULL_DATE = re.compile(
    rf"(?<![\w.]){_MONTH.format('m1')}\s{{1,3}}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y1>(?:19|20)\d\d)(?!\d)"
    rf"|(?<![\w.])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-]{{1,3}}{_MONTH.format('m2')},?[\s-]{{1,3}}(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\w.])(?P<y3>(?:19|20)\d\d)-(?P<n3>\d\d)-(?P<d3>\d\d)(?![\d-])"
    # Day before month, as it is written wherever dots are.
    r"|(?<![\w.])(?P<d4>\d{1,2})\.(?P<n4>\d{1,2})\.(?P<y4>(?:19|20)\d\d)(?![\d.]\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class FullDate:
    """A date and its characters."""

    day: datetime.date
    start: int
    end: int

    @property
    def iso(self) -> str:
        """`YYYY-MM-DD`."""
        return self.day.isoformat()


def full_dates(text: str) -> list[FullDate]:
    """Every date with day, month and year, in order; dates that do not exist are passed over."""
    found = []
    for match in FULL_DATE.finditer(text):
        g = match.groupdict()
        year = int(g["y1"] or g["y2"] or g["y3"] or g["y4"])
        figures = g["n3"] or g["n4"]
        month = int(figures) if figures else NUMBERS[(g["m1"] or g["m2"])[:3].lower()]
        day = int(g["d1"] or g["d2"] or g["d3"] or g["d4"])
        try:
            found.append(FullDate(datetime.date(year, month, day), match.start(), match.end()))
        except ValueError:
            continue
    return found
