"""The lists of the API (docs/decisions/0099-api.md): each in an order that holds, to be gone on with (`paging`)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from volteface.errors import NotStored
from volteface.store.acts import LONGEST, ActFilter, Period, conditions
from volteface.store.among import among, documents_of, names
from volteface.store.linked import conditions as linked_conditions
from volteface.store.listing import (
    ACTORS,
    EVENTS,
    LATEST,
    NOW,
    ORDER,
    QUOTES,
    Filters,
    actor_conditions,
    document_conditions,
    event_conditions,
    quote_conditions,
)
from volteface.store.paging import Cut, Leaf, Sequel, leaf
from volteface.store.reading_room import ADDRESS
from volteface.store.store import Store
from volteface.store.table import Table

SOURCE = f"{ADDRESS.replace('source', 'r.source')} AS source"

DOCUMENTS = Sequel(
    "documents",
    {"day": ("l.day", "DATE"), "document": ("l.document", "VARCHAR")},
    "FROM latest l WHERE {where}",
    f"""WITH picked AS ({{picked}}),
    one_record AS {{kept}} (SELECT document, coder, headline, bylines, publisher, published, published_basis,
      published_latest, source, language{{column}} FROM records WHERE {{only}}),
    one_copy AS {{kept}} (SELECT document, original FROM copies WHERE {{only}}),
    counted AS {{kept}} (SELECT document, coder, count(*) AS n FROM sentences WHERE {{only}} GROUP BY ALL),
    coded AS {{kept}} (SELECT document, coder, count(*) AS n FROM events WHERE {{only}} GROUP BY ALL),
    claimed AS {{kept}} (SELECT document, coder, count(*) AS n FROM attributions WHERE {{only}} GROUP BY ALL)
    SELECT r.document, r.headline, r.bylines, r.publisher, r.published, r.published_basis, r.published_latest, {SOURCE},
      r.language, length({{text}}) AS characters, coalesce(counted.n, 0) AS sentences, coalesce(coded.n, 0) AS events,
      coalesce(claimed.n, 0) AS attributions, c.original AS copy_of
    FROM picked p JOIN one_record r USING (document, coder) {{told}}
    LEFT JOIN counted USING (document, coder)
    LEFT JOIN coded USING (document, coder) LEFT JOIN claimed USING (document, coder)
    LEFT JOIN one_copy c USING (document) ORDER BY p.place""",
    {"coder": "l.coder"},
)

SENTENCES = Sequel(
    "sentences",
    {
        "day": ("s.day", "DATE"),
        "document": ("s.document", "VARCHAR"),
        "number": ("s.number", "INTEGER"),
    },
    "FROM sentences s WHERE {where}",
    f"""WITH picked AS ({{picked}}),
    one_record AS {{kept}} (SELECT document, coder, publisher, published, source{{column}} FROM records WHERE {{only}}),
    one_sentence AS {{kept}} (FROM sentences WHERE {{only}}),
    coded AS {{kept}} (SELECT document, coder, sentence_starts AS starts,
      list(event ORDER BY trigger_starts, event) AS events FROM events WHERE {{only}} GROUP BY ALL)
    SELECT s.document, s.number, s.starts AS "start", s.ends AS "end",
      substring({{text}}, s.starts + 1, s.ends - s.starts) AS text, coalesce(coded.events, []) AS events,
      r.publisher, r.published, {SOURCE}
    FROM picked p JOIN one_sentence s USING (document, coder, number)
    JOIN one_record r USING (document, coder) {{told}}
    LEFT JOIN coded USING (document, coder, starts) ORDER BY p.place""",
    {"coder": "s.coder"},
    parts="s",
)

EVENTS_ = Sequel(
    "events",
    {
        "day": ("e.day", "DATE"),
        "document": ("e.document", "VARCHAR"),
        "starts": ("e.trigger_starts", "INTEGER"),
        "event": ("e.event", "VARCHAR"),
    },
    "FROM events e WHERE {where}",
    f"""WITH picked AS ({{picked}}),
    found AS ({
        EVENTS.format(
            listed="SELECT document, coder, event FROM picked",
            order=ORDER,
            only="{only}",
            text="{text}",
            column="{column}",
            told="{told}",
            kept="{kept}",
        )
    }),
    one_linked AS {{kept}} (SELECT document, event, linked FROM linked WHERE {{only}})
    SELECT f.* EXCLUDE (coder) REPLACE ({ADDRESS} AS source), n.linked
    FROM picked p JOIN found f USING (document, event) LEFT JOIN one_linked n USING (document, event)
    ORDER BY p.place""",
    {"coder": "e.coder"},
    parts="e",
)

# A publisher without a name speaks as the address of its page, which may be one of this machine.
VOICES = (
    r"[CASE WHEN list_contains(read.sources, v) THEN regexp_extract(v, '[^/\\]*$') ELSE v END FOR v IN {0}]"
)

LINKED_EVENTS = Sequel(
    "linked-events",
    {"day": ("e.date_start", "DATE"), "linked": ("e.linked", "VARCHAR")},
    "FROM linked_events e WHERE {where}",
    f"""WITH picked AS ({{picked}}),
    one_event AS {{kept}} (FROM linked_events WHERE {{those}}),
    one_party AS {{kept}} (FROM known_linked_participants WHERE {{those}}),
    one_report AS {{kept}} (SELECT linked, document, coder FROM linked WHERE {{those}}),
    one_record AS {{kept}} (SELECT document, coder, source FROM records WHERE {{only}}),
    party AS (SELECT linked, side, list(name ORDER BY number) AS names, list(country ORDER BY number) AS countries,
        list(key ORDER BY number) AS keys
      FROM one_party GROUP BY linked, side),
    read AS (SELECT n.linked, list(r.source) AS sources FROM one_report n
      JOIN one_record r ON r.document = n.document AND r.coder = n.coder GROUP BY n.linked)
    SELECT e.linked, e.type, e.mode, e.contexts, e.cameo, e.quad, e.score, e.status, e.contested, e.date_start,
      e.date_end, e.dated_by, coalesce(subject.names, []) AS actors, coalesce(subject.countries, []) AS actor_countries,
      coalesce(subject.keys, []) AS actor_keys, coalesce(object.names, []) AS recipients,
      coalesce(object.countries, []) AS recipient_countries, coalesce(object.keys, []) AS recipient_keys,
      e.place, e.place_country, e.latitude, e.longitude, e.killed_min, e.killed_max, e.injured_min, e.injured_max,
      e.documents, e.sources, e.first_report, e.last_report, e.confidence,
      {VOICES.format("e.asserted_by")} AS asserted_by,
      {VOICES.format("e.denied_by")} AS denied_by
    FROM picked p JOIN one_event e USING (linked) LEFT JOIN read USING (linked)
    LEFT JOIN party subject ON subject.linked = e.linked AND subject.side = 'actor'
    LEFT JOIN party object ON object.linked = e.linked AND object.side = 'recipient' ORDER BY p.place""",
)

REPORTS = f"""
WITH one_report AS {{kept}} (FROM linked WHERE linked = $linked),
one_event AS {{kept}} (SELECT document, coder, event, trigger, trigger_starts, trigger_ends, sentence_starts,
  sentence_ends, status FROM events WHERE {{only}}),
one_record AS {{kept}} (SELECT document, coder, headline, publisher, published, source{{column}}
  FROM records WHERE {{only}}),
one_copy AS {{kept}} (SELECT document, original FROM copies WHERE {{only}})
SELECT n.document, n.event, e.trigger, e.trigger_starts AS "start", e.trigger_ends AS "end",
  substring({{text}}, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts) AS sentence, e.status, r.headline,
  r.publisher, r.published, {SOURCE}, c.original AS copy_of, n.score, n.reasons
FROM one_report n JOIN one_event e ON e.document = n.document AND e.coder = n.coder AND e.event = n.event
JOIN one_record r ON r.document = n.document AND r.coder = n.coder {{told}}
LEFT JOIN one_copy c ON c.document = n.document
ORDER BY c.original IS NOT NULL, r.published NULLS LAST, n.document, e.trigger_starts, n.event LIMIT $limit"""

ATTRIBUTIONS = Sequel(
    "attributions",
    {
        "day": ("q.day", "DATE"),
        "document": ("q.document", "VARCHAR"),
        "number": ("coalesce(try_cast(substring(q.attribution, 2) AS INTEGER), 0)", "INTEGER"),
        "attribution": ("q.attribution", "VARCHAR"),
    },
    "FROM attributions q WHERE {where}",
    f"""WITH picked AS ({{picked}}),
    found AS ({
        QUOTES.format(
            chosen="SELECT DISTINCT document, coder FROM picked",
            where="(q.document, q.coder, q.attribution) IN (SELECT document, coder, attribution FROM picked)",
            limit="",
            only="{only}",
            kept="{kept}",
            key=", a.key",
        )
    })
    SELECT f.* FROM picked p JOIN (SELECT * EXCLUDE (coder) REPLACE ({ADDRESS} AS source) FROM found) f
      ON f.document = p.document AND f.attribution = p.attribution
    ORDER BY p.place""",
    {"coder": "q.coder"},
    parts="q",
)

ACTORS_ = Sequel(
    "actors",
    {"rank": ("-n", "BIGINT"), "key": ("whole", "VARCHAR")},
    """FROM (SELECT coalesce(n.joined, a.key) AS whole, count(DISTINCT a.document) AS n
      FROM known_actors a JOIN latest l ON l.document = a.document AND l.coder = a.coder
      JOIN records r ON r.document = a.document AND r.coder = a.coder
      LEFT JOIN same_names n ON n.key = a.key WHERE a.key IS NOT NULL AND {where} GROUP BY whole)""",
    f"""WITH picked AS ({{picked}}),
    found AS ({
        ACTORS.format(
            chosen=LATEST,
            where="a.key IS NOT NULL AND {where} AND coalesce(n.joined, a.key) IN (SELECT key FROM picked)",
            now=NOW,
            limit="",
        )
    })
    SELECT f.* FROM picked p JOIN found f USING (key) ORDER BY p.place""",
    again=True,
)

DYADS = Sequel(
    "dyads",
    {"rank": ("-n", "BIGINT"), "actor": ("actor", "VARCHAR"), "recipient": ("recipient", "VARCHAR")},
    """FROM (SELECT actor, recipient, count(*) AS n FROM acts
      WHERE leads AND actor <> recipient AND day IS NOT NULL AND {where} GROUP BY ALL)""",
    """WITH picked AS ({picked})
    SELECT actor, recipient, count(*) AS events, min(day) AS first, max(day) AS last, avg(score) AS score_mean,
      count(*) FILTER (contested) AS contested
    FROM acts JOIN picked p USING (actor, recipient) WHERE leads AND day IS NOT NULL AND {where}
    GROUP BY actor, recipient, place ORDER BY place""",
    again=True,
)

# Whether decisions say another country or sector of anybody.
DECIDED = "SELECT 1 FROM decided_actors WHERE country IS NOT NULL OR sector IS NOT NULL LIMIT 1"
# Periods are counted, not looked for: only the place in them is written like any other.
PERIODS = Sequel("dyad", {"day": ("period", "DATE")}, "", "")
# Days between which there is no period.
NEVER = (date(2000, 3, 1), date(2000, 1, 1))


def documents(store: Store, filters: Filters, cut: Cut) -> Leaf:
    """Current documents by day of publication."""
    return leaf(store, DOCUMENTS, *document_conditions(filters, "l"), cut)


def sentences(store: Store, filters: Filters, cut: Cut, *, document: str | None = None) -> Leaf:
    """Sentences of current documents, or of one of them."""
    return leaf(store, SENTENCES, *_of(store, "s", document, document_conditions(filters, "s")), cut)


def events(store: Store, filters: Filters, cut: Cut, *, document: str | None = None) -> Leaf:
    """Coded events of current documents by their day."""
    decided = bool(store._rows(DECIDED, {}))
    question = event_conditions(filters, "e", decided=decided)
    return leaf(store, EVENTS_, *_of(store, "e", document, question), cut)


def linked(store: Store, filters: Filters, cut: Cut, *, contested: bool | None = None) -> Leaf:
    """Linked events by their day; `contested`: those that are, or those that are not."""
    return leaf(store, LINKED_EVENTS, *linked_conditions(filters, contested), cut)


def attributions(store: Store, filters: Filters, cut: Cut, *, document: str | None = None) -> Leaf:
    """Who said what."""
    return leaf(store, ATTRIBUTIONS, *_of(store, "q", document, quote_conditions(filters, "q")), cut)


def actors(store: Store, filters: Filters, cut: Cut) -> Leaf:
    """Who is reported on and has a key, the most reported first."""
    return leaf(store, ACTORS_, *actor_conditions(filters), cut)


def dyads(store: Store, filters: ActFilter, cut: Cut) -> Leaf:
    """Pairs of countries of which one acts on the other, those with most acts first."""
    return leaf(store, DYADS, *_counted(filters), cut)


def periods(store: Store, filters: ActFilter, by: Period, cut: Cut) -> Leaf:
    """`Store.series`, a piece at a time: no more periods are made than are shown, whatever the days asked for."""
    where, parameters = conditions(filters)
    where += ["day IS NOT NULL", f"day_end - day <= {LONGEST}"]
    ((first, last),) = store._rows(
        f"SELECT min(day), max(day) FROM acts WHERE {' AND '.join(where)}", parameters
    )
    first, last = filters.since or first, filters.until or last
    if cut.after and last:
        ended = _end(cast(date, cut.after[0]), by)
        first = ended + timedelta(1) if ended < last else None
    if first is None or last is None or first > last:
        return Leaf(store.series(replace(filters, since=NEVER[0], until=NEVER[1]), by=by), None)
    until = _end(first, by)
    for _ in range(cut.limit - 1):
        if until >= last:
            break
        until = _end(until + timedelta(1), by)
    table = store.series(replace(filters, since=first, until=min(until, last)), by=by)
    return Leaf(table, (until,) if until < last else None)


def _end(day: date, by: Period) -> date:
    """The last day of a day's period."""
    if by == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day + timedelta(min(6 - day.weekday(), (date.max - day).days)) if by == "week" else day


def days_of(store: Store, filters: ActFilter) -> tuple[date, date] | None:
    """The first and the last day of acts, or the filter's own; None if there are none."""
    where, parameters = _counted(filters)
    ((first, last),) = store._rows(
        f"SELECT min(day), max(day) FROM acts WHERE {' AND '.join(where)}", parameters
    )
    return (filters.since or first, filters.until or last) if first else None


def one_linked(store: Store, linked_event: str) -> dict[str, Any] | None:
    """The linked event with this id, None if there is none."""
    one = leaf(store, LINKED_EVENTS, ["e.linked = $linked"], {"linked": linked_event}, Cut(1))
    return next(one.table.dicts(), None)


def reports_of(store: Store, linked_event: str, *, limit: int) -> list[dict[str, Any]]:
    """The reports of a linked event, originals first."""
    parts, parameters = among(store, documents_of(store, [linked_event]))
    given = {"linked": linked_event, "limit": limit, **parameters}
    return list(Table(store._connection, REPORTS.format(**parts), given, dict).dicts())


def whole_id(store: Store, document: str) -> str:
    """The id of the current document that begins with this. Raises `NotStored` if there is none, or more than one."""
    sql = "SELECT document FROM latest WHERE starts_with(document, $document) LIMIT 2"
    rows = store._rows(sql, {"document": document})
    if len(rows) != 1:
        raise NotStored(f"{store.path}: no single document {document!r}")
    return str(rows[0][0])


def _of(
    store: Store, table: str, document: str | None, question: tuple[list[str], dict[str, object]]
) -> tuple[list[str], dict[str, object]]:
    where, parameters = question
    if document:
        sql = "SELECT document FROM latest WHERE starts_with(document, $document)"
        meant = [one for (one,) in store._rows(sql, {"document": document})]
        where.append(f"{table}.document IN ({names(meant)})")
    return where, parameters


def _counted(filters: ActFilter) -> tuple[list[str], dict[str, object]]:
    where, parameters = conditions(filters)
    if filters.statuses:
        where.append("status IN (SELECT unnest($statuses))")
        parameters["statuses"] = list(filters.statuses)
    return where, parameters
