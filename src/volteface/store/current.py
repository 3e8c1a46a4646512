"""What is kept of what others say: which documents are current (`latest`), and what decisions say of actors
(`actor_joins`, `decided_actors`). It is brought up to date in the transaction that changes what it follows from."""

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


def refresh(connection: duckdb.DuckDBPyConnection, pages: Collection[str] | None = None) -> None:
    """Bring `latest` up to date after these pages, or any, were written; within a transaction."""
    if pages is None:
        connection.execute("DELETE FROM latest")
        connection.execute("INSERT INTO latest FROM current_documents ORDER BY document")
        connection.execute(KNOWN)
    elif pages:
        given = {"pages": sorted(pages)}
        connection.execute(f"DELETE FROM latest WHERE document IN ({TOUCHED})", given)
        connection.execute(CURRENT, given)
        connection.execute(KNOWN)


def redecide(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring what decisions say of actors up to date; within a transaction."""
    for table in ("actor_joins", "decided_actors"):
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} FROM {table}_now ORDER BY key")
