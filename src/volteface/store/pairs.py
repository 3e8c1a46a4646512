"""What passed between each two actors in each window of time, summed where it is stored: a million acts need not come
to Python for a network of two hundred actors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def _placed(filters: ActFilter) -> tuple[str, dict[str, object]]:
    where, parameters = conditions(filters)
    if filters.statuses:
        where.append("status IN (SELECT unnest($statuses))")
        parameters["statuses"] = list(filters.statuses)
    return PLACED.format(where=" AND ".join(where), longest=LONGEST), parameters
