"""What fills `acts` from reports: every linked event, once for each pair of its sides."""

from __future__ import annotations

import hashlib

import duckdb

from volteface.store.acts import COLUMNS

# What those who act do to each other where nobody is acted on: "France and Turkey met".
MUTUAL = ("AGREE", "CONSULT", "COOPERATE")
ORDER = "actor_sector, recipient_sector, actor_key, recipient_key, actor_name, recipient_name"
# Of several parties a side each meets each. Where nobody is acted on, those who act meet one another if the type is
# mutual; a side that nobody is on is null.
REFILL = f"""
WITH event AS (
  SELECT linked AS act, date_start AS day, coalesce(date_end, date_start) AS day_end, dated_by, type, mode, cameo, quad,
    score, status, contested, documents, sources, confidence
  FROM linked_events WHERE {{only}}),
party AS (
  SELECT linked AS act, side, number, country, sector, name, key FROM known_linked_participants WHERE {{only}}
  QUALIFY row_number() OVER (PARTITION BY linked, side, country, sector, key, CASE WHEN key IS NULL THEN name END
    ORDER BY number) = 1),
alone AS (SELECT act FROM event ANTI JOIN (SELECT act FROM party WHERE side = 'recipient') USING (act)
  WHERE list_contains($mutual, type)),
other AS (SELECT act, -1 AS self, country, sector, name, key FROM party WHERE side = 'recipient'
  UNION ALL SELECT act, number, country, sector, name, key FROM party SEMI JOIN alone USING (act)),
pair AS (
  SELECT e.*, 'reports' AS origin,
    a.country AS actor, a.sector AS actor_sector, a.name AS actor_name, a.key AS actor_key,
    b.country AS recipient, b.sector AS recipient_sector, b.name AS recipient_name, b.key AS recipient_key
  FROM event e LEFT JOIN party a ON a.act = e.act AND a.side = 'actor'
  LEFT JOIN other b ON b.act = e.act AND b.self IS DISTINCT FROM a.number)
SELECT {", ".join(COLUMNS)} FROM (
  SELECT *, row_number() OVER (PARTITION BY act, actor, recipient ORDER BY {ORDER}) = 1 AS leads,
    row_number() OVER (PARTITION BY act, least(actor, recipient), greatest(actor, recipient)
      ORDER BY actor, recipient, {ORDER}) = 1 AS leads_pair,
    NULL AS import, NULL AS line FROM pair)
ORDER BY actor, recipient, day, act, {ORDER}"""
RULES = hashlib.sha256((REFILL + ", ".join(MUTUAL)).encode()).hexdigest()[:12]
# What the acts of each event follow from: where it is another than it was, they are made anew. The rows of either
# relation are all different.
PRINTS = """
SELECT linked AS act, bit_xor(one) AS fingerprint FROM (
  SELECT linked, hash(e) AS one FROM linked_events e
  UNION ALL SELECT linked, hash(p) FROM known_linked_participants p) GROUP BY linked"""
CHANGED = f"""
SELECT act, now.fingerprint FROM ({PRINTS}) now FULL JOIN act_prints USING (act)
WHERE now.fingerprint IS DISTINCT FROM act_prints.fingerprint"""
# Acts are stored in the order of their actors, which what is added later is not in: if this share of them is new, all
# are sorted again.
MANY = 0.125


def changed(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the acts of any event are not those that follow from it."""
    rules = connection.execute("SELECT fingerprint FROM act_state").fetchall()
    return rules != [(RULES,)] or bool(connection.execute(f"{CHANGED} LIMIT 1").fetchall())


def refill(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the acts of those events anew that are others than when they were made; within a transaction."""
    every = connection.execute("SELECT fingerprint FROM act_state").fetchall() != [(RULES,)]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changed_acts AS {CHANGED}")
    ((new, all_),) = connection.execute(
        "SELECT (SELECT count(*) FROM changed_acts), (SELECT count(*) FROM linked_events)"
    ).fetchall()
    every = every or new > MANY * all_
    mine, theirs = (
        ("true", "true")
        if every
        else (f"{one} IN (SELECT act FROM changed_acts)" for one in ("act", "linked"))
    )
    connection.execute(f"DELETE FROM acts WHERE origin = 'reports' AND {mine}")
    connection.execute(f"INSERT INTO acts {REFILL.format(only=theirs)}", {"mutual": list(MUTUAL)})
    connection.execute("DELETE FROM act_prints WHERE act IN (SELECT act FROM changed_acts)")
    connection.execute("INSERT INTO act_prints FROM changed_acts WHERE fingerprint IS NOT NULL ORDER BY act")
    connection.execute("DROP TABLE changed_acts")
    connection.execute("DELETE FROM act_state")
    connection.execute("INSERT INTO act_state VALUES ($rules)", {"rules": RULES})
