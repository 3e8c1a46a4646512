"""The questions behind `events`, `quotes` and `actors`: filters in, SQL with named parameters out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a listing is narrowed to; None and () mean everything.

    `actor` and `recipient`: three capitals are a country, non-state or sector code, anything else words of
    a name. `since` and `until` (both included) are compared with the event's own days, or where it has none
    with the day of publication. `source`: part of the address or the publisher. `coder`: the start of a
    coder's id, for what an earlier coder made; else each document is listed as the latest coder has it.
    """

    actor: str | None = None
    recipient: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    source: str | None = None
    name: str | None = None
    coder: str | None = None
    limit: int | None = None
    offset: int = 0


Question = tuple[str, dict[str, object]]
# Other letters that Python takes for these where case does not count.
ALSO = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}

LATEST = "SELECT document, coder FROM latest"
OF_CODER = """
SELECT r.document, r.coder FROM records r WHERE starts_with(r.coder, $coder)
QUALIFY row_number() OVER (PARTITION BY r.document ORDER BY r.coder) = 1"""

# Events are picked first, by as few columns as that takes; everything else is looked up for them. `only`: what all rows
# of their documents meet; `text`: their text, that of `told` if not their own (`store/among.py`). Each table is read in
# a part of its own, which is `kept` where that is for few documents: within a join it would be read as a whole, not
# looked up by its index.
PICKED = """
SELECT e.document, e.coder, e.event
FROM events e JOIN ({chosen}) chosen ON chosen.document = e.document AND chosen.coder = e.coder
JOIN records r ON r.document = e.document AND r.coder = e.coder
WHERE {where}
ORDER BY {order}{limit}"""
EVENTS = """
WITH listed AS MATERIALIZED ({listed}),
one_event AS {kept} (
  SELECT document, coder, event, type, mode, contexts, cameo, quad, score, trigger, trigger_starts, sentence_starts,
    sentence_ends, date_start, date_end, place, killed, injured, status, attributions, confidence
  FROM events WHERE {only}),
coded AS MATERIALIZED (SELECT e.* FROM one_event e SEMI JOIN listed USING (document, coder, event)),
one_record AS {kept} (
  SELECT document, coder, headline, publisher, source, published{column} FROM records WHERE {only}),
one_actor AS {kept} (SELECT document, coder, actor, key, name, country FROM actors WHERE {only}),
one_party AS {kept} (
  SELECT document, coder, event, side, number, text, actor, country FROM participants WHERE {only}),
one_place AS {kept} (SELECT document, coder, place, name, country, precision FROM places WHERE {only}),
one_source AS {kept} (SELECT document, coder, attribution, source, actor, via FROM attributions WHERE {only}),
one_answer AS {kept} (
  SELECT document, coder, attribution, claim FROM answers WHERE {only} AND stand = 'denies'),
known AS {kept} (
  SELECT a.document, a.coder, a.actor, coalesce(d.name, a.name) AS name, a.country, d.country AS decided
  FROM one_actor a LEFT JOIN actor_joins j ON j.key = a.key
  LEFT JOIN decided_actors d ON d.key = coalesce(j.joined, a.key)),
party AS (
  SELECT p.document, p.coder, p.event, p.side, list(coalesce(a.name, p.text) ORDER BY p.number) AS names,
    list(coalesce(a.decided, p.country, a.country) ORDER BY p.number) AS countries
  FROM one_party p SEMI JOIN listed USING (document, coder, event)
  LEFT JOIN known a ON a.document = p.document AND a.coder = p.coder AND a.actor = p.actor
  GROUP BY p.document, p.coder, p.event, p.side),
claim AS (
  SELECT document, coder, event, unnest(attributions) AS attribution,
    generate_subscripts(attributions, 1) AS depth
  FROM coded),
voice AS (
  SELECT c.document, c.coder, c.event, list(coalesce(a.name, q.source) ORDER BY c.depth) AS names,
    flatten(list(q.via ORDER BY c.depth)) AS via
  FROM claim c JOIN one_source q
    ON q.document = c.document AND q.coder = c.coder AND q.attribution = c.attribution
  LEFT JOIN known a ON a.document = q.document AND a.coder = q.coder AND a.actor = q.actor
  GROUP BY c.document, c.coder, c.event),
denial AS (
  SELECT c.document, c.coder, c.event, list_sort(list(DISTINCT coalesce(a.name, q.source))) AS names
  FROM claim c
  JOIN one_answer n ON n.document = c.document AND n.coder = c.coder AND n.claim = c.attribution
  JOIN one_source q
    ON q.document = n.document AND q.coder = n.coder AND q.attribution = n.attribution
  LEFT JOIN known a ON a.document = q.document AND a.coder = q.coder AND a.actor = q.actor
  GROUP BY c.document, c.coder, c.event)
SELECT e.document, e.event, e.date_start, e.date_end, e.type, e.mode, e.contexts, e.status,
  coalesce(subject.names, []) AS actors, coalesce(subject.countries, []) AS actor_countries,
  coalesce(object.names, []) AS recipients, coalesce(object.countries, []) AS recipient_countries,
  place.name AS place, e.killed, e.injured, e.quad, e.score, e.cameo, e.confidence,
  coalesce(voice.names, []) AS according_to, coalesce(voice.via, []) AS via,
  coalesce(denial.names, []) AS denied_by, e.trigger,
  substring({text}, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts) AS sentence,
  r.headline, r.publisher, r.source, r.published, e.coder, place.country AS place_country,
  place.precision AS place_precision
FROM coded e JOIN one_record r ON r.document = e.document AND r.coder = e.coder {told}
LEFT JOIN party subject ON subject.document = e.document AND subject.coder = e.coder
  AND subject.event = e.event AND subject.side = 'actor'
LEFT JOIN party object ON object.document = e.document AND object.coder = e.coder
  AND object.event = e.event AND object.side = 'recipient'
LEFT JOIN one_place place ON place.document = e.document AND place.coder = e.coder AND place.place = e.place
LEFT JOIN voice ON voice.document = e.document AND voice.coder = e.coder AND voice.event = e.event
LEFT JOIN denial ON denial.document = e.document AND denial.coder = e.coder AND denial.event = e.event
ORDER BY {order}"""
ORDER = """coalesce(e.date_start, r.published) NULLS LAST, r.source, e.document, e.trigger_starts, e.event"""

# What the questions above are filled with where rows are not picked beforehand.
EVERYTHING = {
    "only": "true",
    "text": "r.text",
    "column": ", text",
    "told": "",
    "kept": "NOT MATERIALIZED",
    "key": "",
}

PARTY_IS = """(e.document, e.coder, e.event) IN (
  SELECT p.document, p.coder, p.event FROM known_participants p
  WHERE p.side = '{side}' AND {match})"""

# The same of a code, where no decision says another country or sector of anybody: what a side has of its own need not
# be joined with its actors, which costs half.
SIDE_IS = """(e.document, e.coder, e.event) IN (
  SELECT document, coder, event FROM participants WHERE side = '{side}' AND ${side} IN (country, sector)
  UNION ALL
  SELECT p.document, p.coder, p.event FROM participants p
  JOIN actors a ON a.document = p.document AND a.coder = p.coder AND a.actor = p.actor
  WHERE p.side = '{side}'
    AND (p.country IS NULL AND a.country = ${side} OR p.sector IS NULL AND a.sector = ${side}))"""

SPEAKER_IS = """(q.document, q.coder, q.actor) IN (
  SELECT document, coder, actor FROM known_actors WHERE {match})"""

IS_SOURCE = "(contains(lower(r.source), $source) OR contains(lower(coalesce(r.publisher, '')), $source))"
FROM_SOURCE = f"SELECT r.document, r.coder FROM records r WHERE {IS_SOURCE}"

QUOTES = """
WITH chosen AS ({chosen}),
one_source AS {kept} (FROM attributions WHERE {only}),
one_record AS {kept} (SELECT document, coder, headline, publisher, source, published FROM records WHERE {only}),
known AS {kept} (SELECT document, coder, actor, name, country, key FROM known_actors WHERE {only})
SELECT q.document, q.attribution, coalesce(a.name, q.source) AS speaker, a.country, q.named, q.form, q.cue,
  q.content, q.via, r.headline, r.publisher, r.source, r.published, q.coder,
  coalesce(b.name, q.principal) AS speaks_for{key}
FROM one_source q JOIN chosen ON chosen.document = q.document AND chosen.coder = q.coder
JOIN one_record r ON r.document = q.document AND r.coder = q.coder
LEFT JOIN known a ON a.document = q.document AND a.coder = q.coder AND a.actor = q.actor
LEFT JOIN known b ON b.document = q.document AND b.coder = q.coder AND b.actor = q.principal_actor
WHERE {where}
ORDER BY r.published NULLS LAST, r.source, q.document, try_cast(substring(q.attribution, 2) AS INTEGER),
  q.attribution{limit}"""

SUMMED = """
SELECT arg_max(name, (mentions, name)) AS name, arg_max(country, (score, {now})) AS country,
  arg_max(sector, {now}) AS sector, arg_max(role, {now}) AS role, arg_max(wikidata, {now}) AS wikidata,
  count(DISTINCT document) AS documents, sum(mentions)::BIGINT AS mentions, sum(acts)::BIGINT AS acts,
  sum(receives)::BIGINT AS receives, sum(speaks)::BIGINT AS speaks, whole AS key
FROM one GROUP BY whole, CASE WHEN whole IS NULL THEN (name, country, sector, wikidata) END
ORDER BY documents DESC, mentions DESC, name, country, sector, wikidata{limit}"""
ACTORS = (
    """
WITH chosen AS ({chosen}),
one AS (
  SELECT a.*, (SELECT count(*) FROM mentions m WHERE m.document = a.document AND m.coder = a.coder
      AND m.actor = a.actor) AS mentions,
    (SELECT count(*) FROM participants p WHERE p.document = a.document AND p.coder = a.coder
      AND p.actor = a.actor AND p.side = 'actor') AS acts,
    (SELECT count(*) FROM participants p WHERE p.document = a.document AND p.coder = a.coder
      AND p.actor = a.actor AND p.side = 'recipient') AS receives,
    (SELECT count(*) FROM attributions q WHERE q.document = a.document AND q.coder = a.coder
      AND q.actor = a.actor) AS speaks,
    r.published, coalesce(n.joined, a.key) AS whole
  FROM known_actors a JOIN chosen ON chosen.document = a.document AND chosen.coder = a.coder
  JOIN records r ON r.document = a.document AND r.coder = a.coder LEFT JOIN same_names n ON n.key = a.key
  WHERE {where})"""
    + SUMMED
)
# The same of all current documents, where that is added up already.
SIGHTED = (
    """
WITH known AS (
  SELECT s.document, s.actor, coalesce(j.joined, s.key) AS key, coalesce(d.name, s.name) AS name,
    coalesce(d.country, s.country) AS country, coalesce(d.sector, s.sector) AS sector, coalesce(d.role, s.role) AS role,
    coalesce(d.wikidata, s.wikidata) AS wikidata, s.score, s.mentions, s.acts, s.receives, s.speaks, s.published
  FROM sightings s LEFT JOIN actor_joins j ON j.key = s.key
  LEFT JOIN decided_actors d ON d.key = coalesce(j.joined, s.key)),
one AS (SELECT a.*, coalesce(n.joined, a.key) AS whole FROM known a LEFT JOIN same_names n ON n.key = a.key
  WHERE {where})"""
    + SUMMED
)

# Sector and role are those of the document of the latest day, of several the one with the greatest id.
NOW = "(coalesce(published, DATE '0001-01-01'), document, actor)"


def events(filters: Filters) -> Question:
    """Events, oldest first."""
    picked, parameters = _fill(PICKED, filters, *event_conditions(filters))
    return EVENTS.format(listed=picked, order=ORDER, **EVERYTHING), parameters


def event_conditions(
    filters: Filters, of: str | None = None, *, decided: bool = True
) -> tuple[list[str], dict[str, object]]:
    """What events (`e`, with their documents, `r`) have to meet, and its parameters. `of`: the name of the table itself
    where documents are not joined to it. `decided`: that decisions may say another country or sector of somebody."""
    where, parameters = _common(filters, of)
    for side, wanted in (("actor", filters.actor), ("recipient", filters.recipient)):
        if wanted:
            match = _is_party(wanted, side, parameters, "p")
            party = PARTY_IS if decided or not is_code(wanted) else SIDE_IS
            where.append(party.format(side=side, match=match))
    if filters.types:
        where.append("list_contains($types, e.type)")
        parameters["types"] = [type_.upper() for type_ in filters.types]
    if filters.statuses:
        where.append("list_contains($statuses, e.status)")
        parameters["statuses"] = list(filters.statuses)
    _between(filters, "e.day", "e.day_end", where, parameters)
    return where, parameters


def quotes(filters: Filters) -> Question:
    """Attributions by day of publication; `actor` narrows to who speaks."""
    return _fill(QUOTES, filters, *quote_conditions(filters))


def quote_conditions(filters: Filters, of: str | None = None) -> tuple[list[str], dict[str, object]]:
    """The same of attributions (`q`)."""
    where, parameters = _common(filters, of)
    if filters.actor:
        where.append(_is_speaker(filters.actor, parameters))
    _between(filters, "q.day", "q.day", where, parameters)
    return where, parameters


def actors(filters: Filters) -> Question:
    """Actors over all documents, the most reported first; `name` or `actor` narrows to a name or code."""
    if filters.coder or filters.source:
        return _fill(ACTORS, filters, *actor_conditions(filters))
    return _fill(SIGHTED, filters, *actor_conditions(filters, day="a.published"))


def actor_conditions(filters: Filters, *, day: str = "r.published") -> tuple[list[str], dict[str, object]]:
    """The same of actors (`a`)."""
    where, parameters = _common(filters)
    for name, wanted in (("name", filters.name), ("actor", filters.actor)):
        if wanted:
            where.append(_is_party(wanted, name, parameters, "a", text=False))
    _between(filters, day, day, where, parameters)
    return where, parameters


def document_conditions(filters: Filters, of: str) -> tuple[list[str], dict[str, object]]:
    """The same of rows of a table that stand for documents, or parts of them."""
    where, parameters = _common(filters, of)
    _between(filters, f"{of}.day", f"{of}.day", where, parameters)
    return where, parameters


def _common(filters: Filters, of: str | None = None) -> tuple[list[str], dict[str, object]]:
    where, parameters = ["true"], dict[str, object]()
    if filters.coder:
        parameters["coder"] = filters.coder
    if filters.source:
        parameters["source"] = filters.source.lower()
        where.append(f"({of}.document, {of}.coder) IN ({FROM_SOURCE})" if of else IS_SOURCE)
    return where, parameters


def _between(
    filters: Filters, first: str, last: str, where: list[str], parameters: dict[str, object]
) -> None:
    if filters.since:
        where.append(f"{last} >= $since")
        parameters["since"] = filters.since
    if filters.until:
        where.append(f"{first} <= $until")
        parameters["until"] = filters.until


def is_code(wanted: str) -> bool:
    """Whether this is written like a code of a country, non-state actor or sector."""
    return re.fullmatch(r"[A-Z]{3}", wanted) is not None


def _is_party(wanted: str, name: str, parameters: dict[str, object], p: str, *, text: bool = True) -> str:
    parameters[name] = wanted if is_code(wanted) else words(wanted)
    if is_code(wanted):
        return f"${name} IN ({p}.country, {p}.sector)"
    found = f"regexp_matches(coalesce({p}.name, ''), ${name})"
    return f"({found} OR regexp_matches({p}.text, ${name}))" if text else found


def _is_speaker(wanted: str, parameters: dict[str, object]) -> str:
    parameters["actor"] = wanted if is_code(wanted) else words(wanted)
    if is_code(wanted):
        return SPEAKER_IS.format(match="$actor IN (country, sector)")
    speaks = SPEAKER_IS.format(match="regexp_matches(name, $actor)")
    return f"(regexp_matches(q.source, $actor) OR coalesce({speaks}, false))"


def words(wanted: str) -> str:
    """A pattern for these words at the start of a word; up to three letters ("EU") only as a whole word."""
    escaped = "".join(rf"\x{{{ord(char):x}}}" if not char.isalnum() else char for char in wanted.strip())
    end = r"($|[^\pL\pN])" if len(wanted.strip()) <= 3 else ""
    return rf"(?i)(^|[^\pL\pN]){escaped}{end}"


def beginning(wanted: str) -> re.Pattern[str]:
    """The same pattern for Python."""
    return standing([wanted.strip()], r"(?<![^\W_])", r"(?![^\W_])" if len(wanted.strip()) <= 3 else "")


def standing(texts: Sequence[str], before: str, after: str = "") -> re.Pattern[str]:
    """Where one of these stands, in whatever case, after and before what these patterns say. Of what is found only the
    start says something: Python looks for one of few letters without regard to case some four times as fast as for a
    word, so the word is a condition on its first letter."""
    pattern = f"{before}(?i:{'|'.join(map(re.escape, texts))}){after}"
    firsts = {text[:1].lower() for text in texts}
    if not all(first and first.isascii() for first in firsts):
        return re.compile(pattern)
    letters = "".join(
        sorted({form for first in firsts for form in first + first.upper() + ALSO.get(first, "")})
    )
    return re.compile(f"[{re.escape(letters)}](?<=(?={pattern}).)", re.DOTALL)


def _fill(sql: str, filters: Filters, where: Iterable[str], parameters: dict[str, object]) -> Question:
    limit = f"\nLIMIT {int(filters.limit)}" if filters.limit is not None else ""
    limit += f"\nOFFSET {int(filters.offset)}" if filters.offset else ""
    chosen = OF_CODER if filters.coder else LATEST
    met = " AND ".join(where)
    return sql.format(now=NOW, order=ORDER, chosen=chosen, where=met, limit=limit, **EVERYTHING), parameters
