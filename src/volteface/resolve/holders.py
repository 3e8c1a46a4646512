"""Which office holder a name is on the day it is printed.

A surname that only one family is known by tells by itself, unless the office is long past or far ahead. One that many
bear (Kim, Sharif, Brown) tells with an office: the title beside it, or one so high that news needs no first name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from volteface.codebook.actors import Office
from volteface.resolve.register import Holder

# Years that a lone surname stands for somebody out of office, and before the first one. Former presidents mediate
# and stand trial for decades (Carter in 2002, Gorbachev in 2010); who becomes one is in the news a year or two before.
YEARS_AFTER = 25
YEARS_BEFORE = 2
# Nobody in the news is called by a common surname alone, at first mention, but who holds one of these.
HIGHEST = frozenset({
    "president", "prime minister", "premier", "chancellor", "leader", "supreme leader", "secretary general",
    "secretary of state", "foreign minister", "foreign secretary", "party leader",
})  # fmt: skip
# ... or, in a document that names the country, one of these.
HIGH = HIGHEST | {
    "defense secretary", "defence secretary", "defense minister", "defence minister", "interior minister",
    "home secretary", "finance minister", "army chief",
}  # fmt: skip
# Errands that a former leader may run for an organisation without becoming its own.
ERRANDS = frozenset({"envoy", "special envoy", "representative", "special representative"})


def likeliest(
    holders: Sequence[Holder], day: str | None, *, alone: bool, around: Collection[str | None]
) -> Holder | None:
    """Of holders of one name the one whose country the document names, among them the one nearest to office on this
    ISO day; None if nobody is near.

    `alone`: the name is a surname, which stands for nobody long out of office. Without a day: the last in office.
    `around`: countries the document names.
    """
    if day is None:
        return max(holders, key=lambda h: h.person.offices[-1].since, default=None)
    near = [h for h in holders if not alone or -YEARS_BEFORE <= _years_off(h, day) <= YEARS_AFTER]
    states = {h.person.name for h in near if h.office(day)[0].role not in ERRANDS}

    def unlikely(holder: Holder) -> tuple[bool, bool, float]:
        errand = holder.office(day)[0].role in ERRANDS and holder.person.name in states
        return errand, holder.code not in around, abs(_years_off(holder, day))

    return min(near, key=unlikely, default=None)


def in_office(
    namesakes: Sequence[Holder],
    day: str | None,
    *,
    titles: Sequence[str],
    owners: Collection[str | None],
    around: Collection[str | None],
) -> Holder | None:
    """Of people with one common surname the only one whom title, country and day leave, else None.

    `titles`: roles the text gives; without any, only the highest office will do. `owners`: countries beside the
    title, which must be theirs; `around`: countries the document names, which decide between several.
    """
    if day is None or not namesakes:
        return None
    serving = [(h, office) for h in namesakes for office in h.person.offices if office.held(day)]
    fit = [h for h, office in serving if _fits(office, titles, HIGH if h.code in around else HIGHEST)]
    if theirs := set(owners) - {None}:
        fit = [h for h in fit if h.code in theirs]
    if len({h.person.name for h in fit}) > 1:
        fit = [h for h in fit if h.code in around]
    return fit[0] if len({h.person.name for h in fit}) == 1 else None


def _fits(office: Office, titles: Sequence[str], untitled: Collection[str]) -> bool:
    """Whether the office is one of the titles; without any, whether it is one that needs none."""
    if not titles:
        return office.role in untitled
    return any(
        title == office.role
        or office.role.endswith(f" {title}")
        or (title in ("leader", "ruler") and office.role in HIGHEST)
        for title in titles
    )


def _years_off(holder: Holder, day: str) -> float:
    """Years since the last office before this day; negative: until the first one; 0 in office."""
    office, held = holder.office(day)
    if held:
        return 0.0
    if day < office.since:
        return _year(day) - _year(office.since)
    return max(_year(day) - _year(office.until), 0.0)


def _year(date: str) -> float:
    """An ISO date, month or year as a number of years."""
    month = int(date[5:7]) if len(date) > 4 else 1
    return int(date[:4]) + (month - 1) / 12
