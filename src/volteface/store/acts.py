"""The questions behind `Store.acts`, `Store.series` and `Store.dyads`.

A question is SQL with named parameters, as in `listing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal, get_args

import msgspec

from volteface.codebook import plover
from volteface.codebook.actors import country_codes
from volteface.records import Status
from volteface.store.listing import Question, is_code, words

Period = Literal["day", "week", "month"]
PERIODS: tuple[Period, ...] = ("day", "week", "month")
STATUSES: tuple[str, ...] = get_args(Status)
COUNTED = ("actual",)
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
# An act known to no more than "in 2014" would make a peak of the first of January: what is dated less closely than a
# month is in no series.
LONGEST = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFilter:
    """Which acts; None and () mean everything.

    `actor` and `recipient`: a country by its code or name (`RUS`, "Russia"), another PLOVER code (`IGO`, `MIL`), a
    sector of a country (`RUS:MIL`), the key of an actor, or words of a name. Not `directed`: between the two, whoever
    acts. `since` and `until`, both included, are compared with the days on which an act can have happened. `statuses`:
    those that count; the others are counted apart. `sources`: at least so many independent ones.
    """

    actor: str | None = None
    recipient: str | None = None
    directed: bool = True
    since: date | None = None
    until: date | None = None
    statuses: tuple[str, ...] = COUNTED
    origins: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    sources: int = 1
    limit: int | None = None


class ActRow(msgspec.Struct, frozen=True):
    """One row of `acts`: an event and a pair of its sides."""

    act: str
    origin: str
    day: Any
    day_end: Any
    dated_by: str | None
    actor: str | None
    actor_sector: str | None
    actor_name: str | None
    actor_key: str | None
    recipient: str | None
    recipient_sector: str | None
    recipient_name: str | None
    recipient_key: str | None
    type: str | None
    mode: str | None
    cameo: str | None
    quad: str | None
    score: float | None
    status: str
    contested: bool
    documents: int
    sources: int
    confidence: float | None


# The columns of the table, in order.
COLUMNS = (
    *ActRow.__struct_fields__[:13],
    "leads",
    "leads_pair",
    *ActRow.__struct_fields__[13:],
    "import",
    "line",
)

ACTS = f"""
SELECT {", ".join(ActRow.__struct_fields__)}
FROM acts WHERE {{where}}
ORDER BY day NULLS LAST, act, actor, recipient, actor_sector, recipient_sector, actor_key, recipient_key,
  actor_name, recipient_name{{limit}}"""

NAMED = "SELECT name FROM (SELECT DISTINCT {name} AS name FROM acts OFFSET 0) WHERE regexp_matches(name, ${words})"

# Scores in ten thousandths: sums of whole numbers do not depend on the order of the rows.
POINTS = "(score * 1e4)::INTEGER AS points"
# The sums of a group of acts; `counted` says of each whether it has a status that counts.
SUMS = """
  count(*) FILTER (counted) AS events,
  {types},
  sum(points) FILTER (counted) / 1e4 AS score_sum,
  sum(points::BIGINT * points) FILTER (counted) / 1e8 AS score_squares,
  count(score) FILTER (counted) AS scored,
  count(*) FILTER (counted AND contested) AS contested,
  {statuses}"""

SERIES = """
WITH chosen AS ({chosen}),
sums AS (SELECT date_trunc('{by}', day)::DATE AS period, {sums} FROM chosen GROUP BY ALL),
bounds AS (
  SELECT date_trunc('{by}', coalesce($since::DATE, min(period)))::DATE AS first,
    date_trunc('{by}', coalesce($until::DATE, max(period)))::DATE AS last FROM sums),
calendar AS (SELECT unnest(generate_series(first, last, INTERVAL 1 {by}))::DATE AS period FROM bounds),
published AS (
  SELECT date_trunc('{by}', r.published)::DATE AS period, count(*) AS documents
  FROM records r SEMI JOIN latest l ON l.document = r.document AND l.coder = r.coder
  WHERE r.published IS NOT NULL{published} GROUP BY ALL),
brought AS (
  SELECT date_trunc('{by}', day)::DATE AS period, sum(acts)::BIGINT AS imported
  FROM import_days WHERE {imported} GROUP BY ALL)
SELECT c.period, {columns},
  coalesce(p.documents, 0) AS documents, coalesce(b.imported, 0) AS imported
FROM calendar c LEFT JOIN sums s USING (period) LEFT JOIN published p USING (period)
LEFT JOIN brought b USING (period) ORDER BY c.period"""

# Groups by the million do not fit a processor's cache and make the sum several times slower. The acts are stored in the
# order of their actors, so one part after the other is summed (docs/decisions/0093-acts.md).
PART = 2_500_000
BY_ACTOR = "SELECT actor, count(*) FROM acts WHERE actor IS NOT NULL GROUP BY actor ORDER BY actor"
DYADS = """
WITH sums AS ({sums})
SELECT s.a, s.b, s.period, {columns} FROM (FROM sums ORDER BY a, b, period{limit}) s"""
DIRECTED = """
SELECT actor AS a, recipient AS b, date_trunc('{by}', day)::DATE AS period, {sums}
FROM (SELECT *, {points}, {counted} AS counted FROM acts WHERE {where} AND actor >= {low} AND actor < {high})
GROUP BY ALL"""
UNDIRECTED = """
SELECT least(a, b) AS a, greatest(a, b) AS b, period, {sums} FROM ({parts}) GROUP BY ALL"""


def acts(filters: ActFilter) -> Question:
    """Acts, oldest first."""
    where, parameters = conditions(filters)
    if filters.statuses:
        where.append("status IN (SELECT unnest($statuses))")
        parameters["statuses"] = list(filters.statuses)
    return ACTS.format(where=" AND ".join(where), limit=_limit(filters)), parameters


def series(filters: ActFilter, by: Period) -> Question:
    """What passed in each day, week or month, the empty ones too; weeks are those of their Monday."""
    where, parameters = conditions(filters)
    where += ["day IS NOT NULL", f"day_end - day <= {LONGEST}", *_days(filters)]
    whole = all(is_country(wanted) for wanted in (filters.actor, filters.recipient))
    if whole:
        where.append("leads" if filters.directed else "leads_pair")
    chosen = (
        f"SELECT {'' if whole else 'DISTINCT act, '}day, type, score, {POINTS}, contested, status, "
        f"{_counted(filters, parameters)} AS counted FROM acts WHERE {' AND '.join(where)}"
    )
    parameters |= {"since": filters.since, "until": filters.until}
    sql = SERIES.format(
        by=_period(by),
        chosen=chosen,
        sums=_sums(),
        columns=_columns(),
        published="" if not filters.origins or "reports" in filters.origins else " AND false",
        imported=" AND ".join(
            ["true", *["origin IN (SELECT unnest($origins))"] * bool(filters.origins), *_days(filters)]
        ),
    )
    return sql, parameters


def parts(counts: Iterable[tuple[str, int]]) -> list[dict[str, str]]:
    """Bounds that part the acts by actor into some millions each; `counts`: what `BY_ACTOR` gives."""
    bounds, rows = [""], 0
    for actor, count in counts:
        if rows and rows + count > PART:
            bounds.append(actor)
            rows = 0
        rows += count
    return [{"low": low, "high": high} for low, high in pairwise([*bounds, chr(0x10FFFF)])]


def dyads(filters: ActFilter, by: Period, parts: Iterable[Mapping[str, str]]) -> Question:
    """The same sums for every pair of countries that had anything to do with each other, as `a` and `b`: who acts and
    on whom, or not `directed`, in the order of their codes.

    What is directed is asked of one part after the other, as `low` and `high`; what is not is of all at once.
    """
    where, parameters = conditions(filters)
    where += ["day IS NOT NULL", f"day_end - day <= {LONGEST}", *_days(filters)]
    where += ["recipient IS NOT NULL", "leads" if filters.directed else "leads_pair"]
    counted = _counted(filters, parameters)

    def directed(low: str, high: str) -> str:
        told = {"sums": _sums(), "points": POINTS, "counted": counted, "where": " AND ".join(where)}
        return DIRECTED.format(by=_period(by), low=low, high=high, **told)

    if filters.directed:
        sums = directed("$low", "$high")
    else:
        again = ", ".join(
            f"sum({name})::{'DOUBLE' if name.startswith('score_') else 'BIGINT'} AS {name}"
            for name in _sum_names()
        )
        each = [directed(*(f"'{bound}'" for bound in part.values())) for part in parts]
        sums = UNDIRECTED.format(sums=again, parts=" UNION ALL ".join(each))
    return DYADS.format(sums=sums, columns=_columns(), limit=_limit(filters)), parameters


def conditions(filters: ActFilter) -> tuple[list[str], dict[str, object]]:
    """What rows of `acts` have to meet, and its parameters; statuses apart."""
    where, parameters = ["true"], dict[str, object]()
    sides = [
        _is_side(filters.actor, "actor", "a", parameters),
        _is_side(filters.recipient, "recipient", "b", parameters),
    ]
    if filters.directed:
        where += sides
    else:
        turned = [
            _is_side(filters.actor, "recipient", "a", parameters),
            _is_side(filters.recipient, "actor", "b", parameters),
        ]
        where.append(f"({' AND '.join(sides)} OR {' AND '.join(turned)})")
    if filters.origins:
        where.append("origin IN (SELECT unnest($origins))")
        parameters["origins"] = list(filters.origins)
    if filters.types:
        where.append("type IN (SELECT unnest($types))")
        parameters["types"] = [type_.upper() for type_ in filters.types]
    if filters.sources > 1:
        where.append("sources >= $sources")
        parameters["sources"] = filters.sources
    if filters.since:
        where.append("day_end >= $since")
        parameters["since"] = filters.since
    if filters.until:
        where.append("day <= $until")
        parameters["until"] = filters.until
    return where, parameters


def _days(filters: ActFilter) -> list[str]:
    """A series has an act on its first day alone."""
    return ["day >= $since"] * (filters.since is not None) + ["day <= $until"] * (filters.until is not None)


def _is_side(wanted: str | None, side: str, name: str, parameters: dict[str, object]) -> str:
    if wanted is None:
        return "true"
    wanted = wanted.strip()
    code, _, sector = wanted.partition(":")
    if is_code(code) and is_code(sector):
        parameters |= {name: code, f"{name}_sector": sector}
        return f"{side} = ${name} AND {side}_sector = ${name}_sector"
    code = _code(wanted) or ""
    if code:
        parameters[name] = code
        return f"{side} = ${name}" if code not in plover().sectors else f"{side}_sector = ${name}"
    parameters |= {name: wanted, f"{name}_words": words(wanted)}
    # Each name is looked at once, however many acts have it (OFFSET 0: not in every row after all).
    called = NAMED.format(name=f"{side}_name", words=f"{name}_words")
    return f"({side}_key = ${name} OR {side}_name IN ({called}))"


def is_country(wanted: str | None) -> bool:
    """Whether it stands in `actor` or `recipient` as it is, or by its code: else it is looked for elsewhere too."""
    code = _code(wanted or "")
    return code is not None and code not in plover().sectors


def _code(wanted: str) -> str | None:
    """A code as it is, or the one of a country's name."""
    return wanted if is_code(wanted) else country_codes().get(wanted.strip().casefold())


def _counted(filters: ActFilter, parameters: dict[str, object]) -> str:
    if not filters.statuses:
        return "true"
    parameters["statuses"] = list(filters.statuses)
    return "list_contains($statuses, status)"


def _sums() -> str:
    return SUMS.format(
        types=",\n  ".join(
            f"count(*) FILTER (counted AND type = '{type_}') AS {type_.lower()}" for type_ in plover().types
        ),
        statuses=",\n  ".join(f"count(*) FILTER (status = '{status}') AS {status}" for status in STATUSES),
    )


def _sum_names() -> list[str]:
    types = (type_.lower() for type_ in plover().types)
    return ["events", *types, "score_sum", "score_squares", "scored", "contested", *STATUSES]


def _columns() -> str:
    quads = {
        quad: " + ".join(f"s.{type_.lower()}" for type_ in plover().types if plover().quad(type_) == quad)
        for quad in QUADS
    }
    verbal, material = (
        " + ".join(quads[q] for q in QUADS if q.startswith(w)) for w in ("verbal", "material")
    )
    told = " + ".join(f"s.{status}" for status in STATUSES)
    mean = "s.score_sum / nullif(s.scored, 0)"
    counts = {
        "events": "s.events",
        **{type_.lower(): f"s.{type_.lower()}" for type_ in plover().types},
        "untyped": f"s.events - ({verbal} + {material})",
        **{quad.replace(" ", "_"): count for quad, count in quads.items()},
        "verbal": verbal,
        "material": material,
        "scored": "s.scored",
        "score_sum": "s.score_sum",
    }
    apart = {"contested": "s.contested", **{status: f"s.{status}" for status in STATUSES}}
    apart["kept_out"] = f"{told} - s.events"
    return ",\n  ".join(
        [
            *(f"coalesce({count}, 0) AS {name}" for name, count in counts.items()),
            f"{mean} AS score_mean",
            f"(s.score_squares - s.score_sum * {mean}) / nullif(s.scored - 1, 0) AS score_variance",
            *(f"coalesce({count}, 0) AS {name}" for name, count in apart.items()),
            f"({told} - s.events) / nullif({told}, 0) AS kept_out_share",
        ]
    )


def _period(by: Period) -> Period:
    if by not in PERIODS:
        raise ValueError(f"by {by!r}: not {', '.join(PERIODS)}")
    return by


def _limit(filters: ActFilter) -> str:
    return f"\nLIMIT {int(filters.limit)}" if filters.limit is not None else ""
