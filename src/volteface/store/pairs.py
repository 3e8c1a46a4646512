"""What passed between each two actors in each window of time, summed where it is stored: a million acts need not come
to Python for a network of two hundred actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from volteface.store.acts import LONGEST, ActFilter, conditions
from volteface.store.store import Store

# An act has the middle one of the days on which it can have happened; one that stands for several parties counts once
# for each pair. Scores are summed in ten thousandths: sums of whole numbers do not depend on the order of the rows.
PLACED = """
SELECT actor, recipient, score, day, day + ((day_end - day) // 2)::INTEGER AS middle FROM acts
WHERE {where} AND leads AND score IS NOT NULL AND day IS NOT NULL AND day_end - day <= {longest}
  AND actor IS NOT NULL AND recipient IS NOT NULL"""
SUMS = """
SELECT (middle - $first) // $days AS number, least(actor, recipient), greatest(actor, recipient),
  coalesce(sum((score * 1e4)::BIGINT) FILTER (score > 0), 0) / 1e4,
  coalesce(sum((-score * 1e4)::BIGINT) FILTER (score < 0), 0) / 1e4, count(*)
FROM ({placed}) WHERE actor <> recipient AND score <> 0 AND middle BETWEEN $first AND $last
GROUP BY ALL ORDER BY ALL"""

# Pairs that act on each other on days that meet some.
BUSY = """
SELECT actor, recipient FROM acts WHERE status = 'actual' AND actor <> recipient
  AND day_end >= $since AND day <= $until
GROUP BY ALL ORDER BY count(*) DESC, actor, recipient LIMIT $limit"""
# What courses are drawn on, of many pairs at once: an act that stands for several parties counts once.
STREAMS = """
SELECT a.actor, a.recipient, day + ((day_end - day) // 2)::INTEGER AS middle, any_value(score), any_value(day)
FROM acts a WHERE (a.actor, a.recipient) IN (SELECT unnest($actors), unnest($recipients)) AND status = 'actual'
  AND score IS NOT NULL AND day <= $until AND day_end - day <= $longest
GROUP BY a.actor, a.recipient, middle, act ORDER BY a.actor, a.recipient, middle, act"""


@dataclass(frozen=True, slots=True)
class Stream:
    """The acts of a pair with a score and a day, oldest first: each has the middle one of the days on which it can have
    happened, and the first."""

    days: tuple[date, ...]
    scores: tuple[float, ...]
    first: tuple[date, ...]

    def until(self, last: date) -> Stream:
        """Those that can have happened by a day."""
        kept = [place for place, day in enumerate(self.first) if day <= last]
        columns = (self.days, self.scores, self.first)
        return Stream(*(tuple(column[place] for place in kept) for column in columns))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class PairSum:
    """Between two actors, in the order of their names: the sums of the sizes of friendly and hostile scores."""

    one: str
    other: str
    cooperation: float
    conflict: float
    acts: int


def act_span(store: Store, filters: ActFilter) -> tuple[date, date] | None:
    """The first day of the first act between two and of the last, None if there is none."""
    placed, parameters = _placed(filters)
    ((first, last),) = store._rows(f"SELECT min(day), max(day) FROM ({placed})", parameters)
    return (first, last) if first else None


def pair_sums(
    store: Store, filters: ActFilter, *, since: date, until: date, days: int
) -> dict[int, list[PairSum]]:
    """What passed between each two, by the number of the window of so many days, the first being 0."""
    placed, parameters = _placed(filters)
    found: dict[int, list[PairSum]] = {}
    rows = store._rows(
        SUMS.format(placed=placed), {**parameters, "first": since, "last": until, "days": days}
    )
    for number, *rest in rows:
        found.setdefault(number, []).append(PairSum(*rest))
    return found


def busy_pairs(store: Store, since: date, until: date, *, limit: int) -> list[tuple[str, str]]:
    """Who acts on whom in these days as a matter of fact, those who do most first."""
    return store._rows(BUSY, {"since": since, "until": until, "limit": limit})


def streams(
    store: Store, pairs: Sequence[tuple[str, str]], *, until: date, longest: int
) -> dict[tuple[str, str], Stream]:
    """What each of the pairs has had between them by a day, without acts dated less closely than `longest` days."""
    given = {
        "actors": [a for a, _ in pairs],
        "recipients": [b for _, b in pairs],
        "until": until,
        "longest": longest,
    }
    found = dict.fromkeys(pairs, Stream((), (), ()))
    rows = store._rows(STREAMS, given) if pairs else ()
    for pair, acts in groupby(rows, key=itemgetter(0, 1)):
        _, _, *columns = zip(*acts, strict=True)
        found[pair] = Stream(*columns)
    return found


def _placed(filters: ActFilter) -> tuple[str, dict[str, object]]:
    where, parameters = conditions(filters)
    if filters.statuses:
        where.append("status IN (SELECT unnest($statuses))")
        parameters["statuses"] = list(filters.statuses)
    return PLACED.format(where=" AND ".join(where), longest=LONGEST), parameters
