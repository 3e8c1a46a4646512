"""The questions behind `Store.acts`, `Store.series` and `Store.dyads`, and what fills `acts` from reports.

A question is SQL with named parameters, as in `listing`. Scores are added up as decimals, so that a sum does not
depend on the order in which processors meet the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import msgspec

from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.store.listing import Question, is_code, words

Period = Literal["day", "week", "month"]
PERIODS: tuple[Period, ...] = ("day", "week", "month")
STATUSES = ("actual", "alleged", "future", "hypothetical", "negated", "historical")
COUNTED = ("actual",)
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
# An act known to no more than "in 2014" would make a peak of the first of January: what is dated less closely than a
# month is in no series.
LONGEST = 31
# What those who act do to each other where nobody is acted on: "France and Turkey met".
MUTUAL = ("AGREE", "CONSULT", "COOPERATE")


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

# The sums of a group of acts; `counted` says of each whether it has a status that counts.
SUMS = """
  count(*) FILTER (counted) AS events,
  {types},
  count(*) FILTER (counted AND type IS NULL) AS untyped,
  {quads},
  sum(score::DECIMAL(9, 4)) FILTER (counted)::DOUBLE AS score_sum,
  sum(score::DECIMAL(9, 4) * score::DECIMAL(9, 4)) FILTER (counted)::DOUBLE AS score_squares,
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
  SELECT date_trunc('{by}', day)::DATE AS period, count(*) AS imported
  FROM acts, bounds WHERE import IS NOT NULL{origins}{days} GROUP BY ALL)
SELECT c.period, {columns},
  coalesce(p.documents, 0) AS documents, coalesce(b.imported, 0) AS imported
FROM calendar c LEFT JOIN sums s USING (period) LEFT JOIN published p USING (period)
LEFT JOIN brought b USING (period) ORDER BY c.period"""

DYADS = """
WITH chosen AS ({chosen}),
sums AS (SELECT a, b, date_trunc('{by}', day)::DATE AS period, {sums} FROM chosen GROUP BY ALL)
SELECT s.a, s.b, s.period, {columns} FROM sums s ORDER BY s.a, s.b, s.period{limit}"""


# What `acts` is filled from: events with the document and day they come from, and their sides.
REPORTS = """
WITH event AS (
  SELECT substring(sha256(e.document || ':' || e.trigger_starts || '-' || e.trigger_ends), 1, 12) AS act,
    coalesce(e.date_start, r.published) AS day, coalesce(e.date_end, r.published) AS day_end,
    CASE WHEN e.date_start IS NOT NULL THEN 'event' WHEN r.published IS NOT NULL THEN 'published' END AS dated_by,
    e.type, e.mode, e.cameo, e.quad, e.score, e.status, false AS contested, 1 AS documents, 1 AS sources, e.confidence,
    e.document, e.coder, e.event
  FROM events e SEMI JOIN latest l ON l.document = e.document AND l.coder = e.coder
  JOIN records r ON r.document = e.document AND r.coder = e.coder
  QUALIFY row_number() OVER (PARTITION BY act ORDER BY e.event) = 1),
party AS (
  SELECT e.act, p.side, p.number, coalesce(p.country, a.country) AS country, coalesce(p.sector, a.sector) AS sector,
    coalesce(a.name, p.text) AS name,
    coalesce(a.country, '') || ':' || coalesce(a.name, p.text) AS key
  FROM event e JOIN participants p ON p.document = e.document AND p.coder = e.coder AND p.event = e.event
  LEFT JOIN actors a ON a.document = p.document AND a.coder = p.coder AND a.actor = p.actor)"""
# Of several parties a side each meets each. Where nobody is acted on, those who act meet one another if the type is
# mutual; a side that nobody is on is null.
REFILL = """
INSERT INTO acts
{source},
one AS (SELECT act, side, number, country, sector, name, key FROM party
  QUALIFY row_number() OVER (PARTITION BY act, side, country, sector, key ORDER BY number) = 1),
alone AS (SELECT act FROM event ANTI JOIN (SELECT act FROM one WHERE side = 'recipient') USING (act)
  WHERE list_contains($mutual, type)),
other AS (SELECT act, -1 AS self, country, sector, name, key FROM one WHERE side = 'recipient'
  UNION ALL SELECT act, number, country, sector, name, key FROM one SEMI JOIN alone USING (act)),
pair AS (
  SELECT e.*, 'reports' AS origin,
    a.country AS actor, a.sector AS actor_sector, a.name AS actor_name, a.key AS actor_key,
    b.country AS recipient, b.sector AS recipient_sector, b.name AS recipient_name, b.key AS recipient_key
  FROM event e LEFT JOIN one a ON a.act = e.act AND a.side = 'actor'
  LEFT JOIN other b ON b.act = e.act AND b.self IS DISTINCT FROM a.number)
SELECT {columns} FROM (
  SELECT *, row_number() OVER (PARTITION BY act, actor, recipient ORDER BY {order}) = 1 AS leads,
    row_number() OVER (PARTITION BY act, least(actor, recipient), greatest(actor, recipient)
      ORDER BY actor, recipient, {order}) = 1 AS leads_pair,
    NULL AS import, NULL AS line FROM pair)
ORDER BY actor, recipient, day, act, {order}"""
ORDER = "actor_sector, recipient_sector, actor_key, recipient_key, actor_name, recipient_name"


def acts(filters: ActFilter) -> Question:
    """Acts, oldest first."""
    where, parameters = _where(filters)
    if filters.statuses:
        where.append("status IN (SELECT unnest($statuses))")
        parameters["statuses"] = list(filters.statuses)
    return ACTS.format(where=" AND ".join(where), limit=_limit(filters)), parameters


def series(filters: ActFilter, by: Period) -> Question:
    """What passed in each day, week or month, the empty ones too; weeks are those of their Monday."""
    where, parameters = _where(filters)
    where += ["day IS NOT NULL", f"day_end - day <= {LONGEST}", *_days(filters)]
    whole = all(_is_country(wanted) for wanted in (filters.actor, filters.recipient))
    if whole:
        where.append("leads" if filters.directed else "leads_pair")
    chosen = (
        f"SELECT {'' if whole else 'DISTINCT act, '}day, type, quad, score, contested, status, "
        f"{_counted(filters, parameters)} AS counted FROM acts WHERE {' AND '.join(where)}"
    )
    parameters |= {"since": filters.since, "until": filters.until}
    sql = SERIES.format(
        by=_period(by),
        chosen=chosen,
        sums=_sums(),
        columns=_columns(),
        published="" if not filters.origins or "reports" in filters.origins else " AND false",
        origins=" AND origin IN (SELECT unnest($origins))" if filters.origins else "",
        days="".join(f" AND {each}" for each in _days(filters)),
    )
    return sql, parameters


def dyads(filters: ActFilter, by: Period) -> Question:
    """The same sums for every pair of countries that had anything to do with each other, as `a` and `b`: who acts and
    on whom, or not `directed`, in the order of their codes."""
    where, parameters = _where(filters)
    where += ["day IS NOT NULL", f"day_end - day <= {LONGEST}", *_days(filters)]
    where += ["actor IS NOT NULL", "recipient IS NOT NULL", "leads" if filters.directed else "leads_pair"]
    pair = (
        "actor AS a, recipient AS b"
        if filters.directed
        else "least(actor, recipient) AS a, greatest(actor, recipient) AS b"
    )
    chosen = (
        f"SELECT {pair}, day, type, quad, score, contested, status, {_counted(filters, parameters)} AS counted "
        f"FROM acts WHERE {' AND '.join(where)}"
    )
    sql = DYADS.format(chosen=chosen, by=_period(by), sums=_sums(), columns=_columns(), limit=_limit(filters))
    return sql, parameters


def refill() -> Question:
    """What fills `acts` from reports, after those of before were deleted."""
    sql = REFILL.format(source=REPORTS, columns=", ".join(COLUMNS), order=ORDER)
    return sql, {"mutual": list(MUTUAL)}


def _where(filters: ActFilter) -> tuple[list[str], dict[str, object]]:
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
    return f"({side}_key = ${name} OR regexp_matches({side}_name, ${name}_words))"


def _is_country(wanted: str | None) -> bool:
    code = _code(wanted or "")
    return code is not None and code not in plover().sectors


def _code(wanted: str) -> str | None:
    """A code as it is, or the one of a country's name."""
    return wanted if is_code(wanted) else _country_names().get(wanted.strip().casefold())


@cache
def _country_names() -> dict[str, str]:
    names = {alias.casefold(): code for code, country in countries().items() for alias in country.aliases}
    return names | {country.name.casefold(): code for code, country in countries().items()}


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
        quads=",\n  ".join(
            f"count(*) FILTER (counted AND quad = '{quad}') AS {quad.replace(' ', '_')}" for quad in QUADS
        ),
        statuses=",\n  ".join(f"count(*) FILTER (status = '{status}') AS {status}" for status in STATUSES),
    )


def _columns() -> str:
    types = [type_.lower() for type_ in plover().types]
    quads = [quad.replace(" ", "_") for quad in QUADS]
    mean = "s.score_sum / nullif(s.scored, 0)"
    told = f"({' + '.join(f's.{status}' for status in STATUSES)})"
    return ",\n  ".join(
        [
            "coalesce(s.events, 0) AS events",
            *(f"coalesce(s.{name}, 0) AS {name}" for name in (*types, "untyped", *quads)),
            "coalesce(s.verbal_cooperation + s.verbal_conflict, 0) AS verbal",
            "coalesce(s.material_cooperation + s.material_conflict, 0) AS material",
            "coalesce(s.score_sum, 0) AS score_sum",
            f"{mean} AS score_mean",
            f"(s.score_squares - s.score_sum * {mean}) / nullif(s.scored - 1, 0) AS score_variance",
            "coalesce(s.contested, 0) AS contested",
            *(f"coalesce(s.{status}, 0) AS {status}" for status in STATUSES),
            f"coalesce({told} - s.events, 0) AS kept_out",
            f"({told} - s.events) / nullif({told}, 0) AS kept_out_share",
        ]
    )


def _period(by: Period) -> Period:
    if by not in PERIODS:
        raise ValueError(f"by {by!r}: not {', '.join(PERIODS)}")
    return by


def _limit(filters: ActFilter) -> str:
    return f"\nLIMIT {int(filters.limit)}" if filters.limit is not None else ""
