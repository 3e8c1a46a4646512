"""What fills `acts` from reports: every linked event, once for each pair of its sides."""

from __future__ import annotations

import hashlib

from volteface.store.acts import COLUMNS
from volteface.store.listing import Question

# What those who act do to each other where nobody is acted on: "France and Turkey met".
MUTUAL = ("AGREE", "CONSULT", "COOPERATE")
ORDER = "actor_sector, recipient_sector, actor_key, recipient_key, actor_name, recipient_name"
# Of several parties a side each meets each. Where nobody is acted on, those who act meet one another if the type is
# mutual; a side that nobody is on is null.
REFILL = f"""
INSERT INTO acts
WITH event AS (
  SELECT linked AS act, date_start AS day, coalesce(date_end, date_start) AS day_end, dated_by, type, mode, cameo, quad,
    score, status, contested, documents, sources, confidence
  FROM linked_events),
party AS (
  SELECT linked AS act, side, number, country, sector, name, key FROM known_linked_participants
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
# What the acts of reports follow from; the rows of either relation are all different.
FINGERPRINT = f"""
SELECT concat('{RULES}', ':', (SELECT bit_xor(hash(e)) FROM linked_events e), ':',
  (SELECT bit_xor(hash(p)) FROM known_linked_participants p))"""


def refill() -> Question:
    """What fills `acts` from reports, after those of before were deleted."""
    return REFILL, {"mutual": list(MUTUAL)}
