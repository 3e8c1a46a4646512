"""Words and the documents they stand in, so that a search reads what it finds and not every text.

A word has a row in each shelf of `SHELF` documents, with their numbers. Documents that are on no shelf yet are looked
through. What is found by whole words is then looked at itself, the newest first, since what is searched for may be more
than words ("U.S.", "O'Neill").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from volteface.store.among import names

if TYPE_CHECKING:
    from volteface.store.store import Store

TABLES = {"words", "word_documents", "vocabulary"}
# Documents of a shelf: one takes about a second of a processor, and 100,000 documents have fifty rows of a common word.
SHELF = 2_000
WORD = r"[\pL\pN]+"
FRESH = """
SELECT document FROM word_documents SEMI JOIN latest USING (document) WHERE number IS NULL
ORDER BY day NULLS LAST, document"""
NUMBERED = """
UPDATE word_documents SET number = $count + place
FROM (SELECT unnest($documents::VARCHAR[]) AS document, generate_subscripts($documents::VARCHAR[], 1) AS place) taken
WHERE taken.document = word_documents.document"""
# What comes to `latest` comes here too.
KNOWN = """
UPDATE word_documents SET day = l.day FROM latest l
WHERE l.document = word_documents.document AND l.day IS DISTINCT FROM word_documents.day;
INSERT INTO word_documents SELECT document, day, NULL FROM latest ANTI JOIN word_documents USING (document)
ORDER BY document"""
FILL = rf"""
INSERT INTO words
WITH one AS (
  SELECT w.number, lower(concat_ws(' ', any_value(r.headline), any_value(r.publisher), any_value(r.text))) AS text
  FROM word_documents w JOIN records r USING (document)
  WHERE w.number > $after AND w.number <= $last GROUP BY w.number)
SELECT $shelf, word, list(number ORDER BY number)
FROM (SELECT number, unnest(list_distinct(regexp_extract_all(text, '{WORD}'))) AS word FROM one)
GROUP BY word ORDER BY word"""
# Longer words are found by their beginning, for which an index is asked with as many letters as these.
STEM = 4
SPELLED = f"""
INSERT INTO vocabulary SELECT left(word, {STEM}), word
FROM (SELECT DISTINCT word FROM words WHERE shelf = $shelf AND length(word) >= {STEM}) ANTI JOIN vocabulary USING (word)
ORDER BY word"""
FORMS = "SELECT word FROM vocabulary WHERE stem = $stem AND starts_with(word, $word) LIMIT $limit"
# Of more words that begin so, reading all words is cheaper than looking each up: 200 take 6 ms, 1,000 take 25, all 18.
MOST_FORMS = 200
NEWEST = "l.day DESC NULLS LAST, l.document"
FIND = "l.number IN (SELECT unnest(documents) FROM words WHERE {those})"


def fresh(store: Store) -> list[str]:
    """Documents whose words cannot be looked up yet, in the order of publication."""
    return [document for (document,) in store._rows(FRESH, {})]


def add(store: Store, documents: list[str]) -> int:
    """Add as many of these documents as there is room for on the last shelf; returns how many."""

    def work() -> None:
        store._rows_in(NUMBERED, {"count": count, "documents": taken})
        store._rows_in("DELETE FROM words WHERE shelf = $shelf", {"shelf": shelf})
        store._rows_in(FILL, {"after": (shelf - 1) * SHELF, "last": count + len(taken), "shelf": shelf})
        store._rows_in(SPELLED, {"shelf": shelf})

    count: int = store._rows("SELECT count(number) FROM word_documents", {})[0][0]
    shelf = count // SHELF + 1
    taken = documents[: shelf * SHELF - count]
    store._in_transaction(work)
    return len(taken)


def holding(
    store: Store,
    wanted: str,
    *,
    where: Sequence[str] = (),
    parameters: Mapping[str, object] | None = None,
    order: str = NEWEST,
    most: int | None = None,
) -> list[str]:
    """Documents that may have these words at the beginning of theirs: on the shelves those that have all parts of them,
    and all that are on none; the newest first, or in another order, at most so many. They need not be current any more.
    `where` and `parameters`: what rows of `word_documents l` have to meet."""
    tokens = re.findall(r"[^\W_]+", wanted.lower())
    if not tokens:
        return []
    finds = [FIND.format(those=_beginning(store, token)) for token in tokens]
    sql = f"""SELECT l.document FROM word_documents l
      WHERE {" AND ".join(["true", *where])} AND (l.number IS NULL OR {" AND ".join(finds)})
      ORDER BY {order}{f" LIMIT {int(most)}" if most is not None else ""}"""
    return [document for (document,) in store._rows(sql, dict(parameters or {}))]


def _beginning(store: Store, token: str) -> str:
    """That a word begins with this, or up to three letters are all of it."""
    if len(token) < STEM:
        return f"word = {names([token])}"
    given = {"stem": token[:STEM], "word": token, "limit": MOST_FORMS + 1}
    forms = [word for (word,) in store._rows(FORMS, given)]
    return f"word IN ({names(forms)})" if len(forms) <= MOST_FORMS else f"starts_with(word, {names([token])})"
