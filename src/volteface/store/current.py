"""What is kept of what others say: which documents are current (`latest`), who is in them (`sightings`, `meetings`),
and what decisions say of actors (`actor_joins`, `decided_actors`). It is brought up to date in the transaction that
changes what it follows from."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from volteface.store.words import KNOWN

TOUCHED = "SELECT DISTINCT document FROM versions WHERE page IN (SELECT unnest($pages))"
CURRENT = f"""
WITH touched AS ({TOUCHED}),
near AS (SELECT DISTINCT page FROM versions SEMI JOIN touched USING (document)),
shown AS (
  SELECT DISTINCT document FROM (
    SELECT page, arg_max(document, number) AS document FROM versions SEMI JOIN near USING (page) GROUP BY page)
  SEMI JOIN touched USING (document))
INSERT INTO latest
SELECT r.document, r.coder, r.published FROM records r JOIN shown USING (document) JOIN coders c ON c.coder = r.coder
QUALIFY row_number() OVER (PARTITION BY r.document ORDER BY c.number DESC) = 1 ORDER BY r.document"""

# What pages add up, each with a view `…_now` that works it out of everything; here of some documents, each table being
# narrowed to them before it is joined, which DuckDB does not do in a view.
KEPT = {"sightings", "meetings"}
ACTORS, MENTIONS, PARTICIPANTS, ATTRIBUTIONS, SPANS, RECORDS, LATEST = (
    f"(FROM {table} WHERE document IN (SELECT unnest($documents)))"
    for table in (
        *("actors", "mentions", "participants", "attributions", "attribution_spans", "records", "latest"),
    )
)
SIGHTINGS = f"""
INSERT INTO sightings
WITH mentioned AS (SELECT document, coder, actor, count(*) AS mentions FROM {MENTIONS} GROUP BY ALL),
taking AS (SELECT document, coder, actor, count(*) FILTER (side = 'actor') AS acts,
    count(*) FILTER (side = 'recipient') AS receives FROM {PARTICIPANTS} GROUP BY ALL),
speaking AS (SELECT document, coder, actor, count(*) AS speaks FROM {ATTRIBUTIONS} GROUP BY ALL),
naming AS (SELECT m.document, m.coder, m.actor, count(DISTINCT q.attribution) AS named
  FROM {MENTIONS} m JOIN {SPANS} q
    ON q.document = m.document AND q.coder = m.coder AND m.starts >= q.starts AND m.ends <= q.ends
  WHERE q.part = 'content' GROUP BY ALL)
SELECT a.document, a.coder, a.actor, a.key, a.name, a.country, a.sector, a.role, a.wikidata, a.score, r.published,
  coalesce(m.mentions, 0), coalesce(t.acts, 0), coalesce(t.receives, 0), coalesce(s.speaks, 0),
  coalesce(n.named, 0)
FROM {ACTORS} a SEMI JOIN {LATEST} l ON l.document = a.document AND l.coder = a.coder
JOIN {RECORDS} r ON r.document = a.document AND r.coder = a.coder
LEFT JOIN mentioned m ON m.document = a.document AND m.coder = a.coder AND m.actor = a.actor
LEFT JOIN taking t ON t.document = a.document AND t.coder = a.coder AND t.actor = a.actor
LEFT JOIN speaking s ON s.document = a.document AND s.coder = a.coder AND s.actor = a.actor
LEFT JOIN naming n ON n.document = a.document AND n.coder = a.coder AND n.actor = a.actor
ORDER BY a.document, a.actor"""
MEETINGS = f"""
INSERT INTO meetings
WITH party AS (
  SELECT p.document, p.coder, p.event, p.side, a.key, a.name, coalesce(p.country, a.country) AS country
  FROM {PARTICIPANTS} p SEMI JOIN {LATEST} l ON l.document = p.document AND l.coder = p.coder
  JOIN {ACTORS} a ON a.document = p.document AND a.coder = p.coder AND a.actor = p.actor WHERE a.key IS NOT NULL)
SELECT DISTINCT a.document, a.coder, a.event, a.key, a.name, a.country, b.key, b.name, b.country
FROM party a JOIN party b ON b.document = a.document AND b.coder = a.coder AND b.event = a.event
WHERE a.side = 'actor' AND b.side = 'recipient' ORDER BY ALL"""


def refresh(connection: duckdb.DuckDBPyConnection, pages: Collection[str] | None = None) -> None:
    """Bring `latest` up to date after these pages, or any, were written; within a transaction."""
    if pages is None:
        for table in ("latest", *sorted(KEPT)):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO latest FROM current_documents ORDER BY document")
        for table in sorted(KEPT):
            connection.execute(f"INSERT INTO {table} FROM {table}_now ORDER BY ALL")
        connection.execute(KNOWN)
    elif pages:
        given = {"pages": sorted(pages)}
        documents = [document for (document,) in connection.execute(TOUCHED, given).fetchall()]
        before = connection.execute(
            f"DELETE FROM latest WHERE document IN ({TOUCHED}) RETURNING document", given
        )
        known = {"documents": [document for (document,) in before.fetchall()]}
        if known["documents"]:
            for table in sorted(KEPT):
                connection.execute(
                    f"DELETE FROM {table} WHERE document IN (SELECT unnest($documents))", known
                )
        connection.execute(CURRENT, given)
        for sql in (SIGHTINGS, MEETINGS):
            connection.execute(sql, {"documents": documents})
        connection.execute(KNOWN)


def redecide(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring what decisions say of actors up to date; within a transaction."""
    for table in ("actor_joins", "decided_actors"):
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} FROM {table}_now ORDER BY key")
