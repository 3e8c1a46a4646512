"""What has the words that somebody looks for: for the pages of the reading room, and for the API.

The index (`words`) says which documents may have them; these are looked at, some at a time, until enough are found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from volteface.store.among import MOST_WRITTEN, current, text_of, within
from volteface.store.listing import Filters, beginning, document_conditions, quote_conditions
from volteface.store.paging import UNDATED, Cut, Place, picked
from volteface.store.quoted import SAYING, number_of, of_documents, spoken
from volteface.store.reading_room import Found, Said
from volteface.store.served import DOCUMENTS
from volteface.store.store import Store
from volteface.store.words import holding

# Words of a search that count; documents that may have them, the newest, and how many of those are looked at at first.
MOST_WORDS = 8
MOST_CANDIDATES, LOOKED_AT = 12_000, 30
# So many are asked for at first: to put more in order costs little, and few searches need more.
FIRST = 20 * LOOKED_AT
# What stands in a document is said in it once in so many times; how many are looked at at first for few quotes.
SAID_IN, SAID_AT_FIRST = 4, 60
WHOLE = "SELECT document, coder, headline, publisher, published, source, record FROM records"
DAYS = "SELECT document, coder, day FROM latest"
Row = tuple[Any, ...]


def articles(store: Store, wanted: str, *, limit: int, offset: int = 0) -> list[Found]:
    """Current documents that have all these words, the newest first."""
    near = holding(store, _first(wanted), most=offset + FIRST)
    left = offset if _sure(store, wanted, near[:offset]) else 0
    near_by = _candidates(store, wanted, most=MOST_CANDIDATES, near=near, first=offset + FIRST, left=left)
    found = (one for some in near_by for one in _having(store, wanted, some))
    return list(islice(found, offset - left, offset - left + limit))


def said(store: Store, wanted: str, *, limit: int, offset: int = 0) -> list[Said]:
    """Quotes with all these words, the newest first."""
    size = _at_first(offset + limit)
    near_by = _candidates(store, wanted, first=max(size, FIRST), size=size)
    found = (row for some in near_by for row in sorted(_quoting(store, wanted, some), key=_newest))
    return spoken(store, list(islice(found, offset, offset + limit)))


def article_leaf(store: Store, wanted: str, filters: Filters, cut: Cut) -> tuple[list[Found], Place | None]:
    """A piece of the list of documents with all these words, and the place of the last if there are more."""
    where, parameters = document_conditions(filters, "l")
    rows: list[tuple[Found, Place]] = []
    for some in _of_cut(store, wanted, filters, cut, size=cut.limit + 1):
        only, given = within(some, "l.document")
        every = replace(cut, limit=len(some))
        near = picked(store, DOCUMENTS, [*where, only], {**parameters, **given}, every)
        places = {str(row[1]): row[:2] for row in near}
        rows += [(one, places[one.document]) for one in _having(store, wanted, list(places))]
        if len(rows) > cut.limit:
            break
    last = rows[cut.limit - 1][1] if len(rows) > cut.limit else None
    return [one for one, _ in rows[: cut.limit]], last


def quote_leaf(store: Store, wanted: str, filters: Filters, cut: Cut) -> tuple[list[Said], Place | None]:
    """The same of quotes, the newest first."""
    where, parameters = quote_conditions(filters, "q")
    rows: list[Row] = []
    for some in _of_cut(store, wanted, filters, cut, size=_at_first(cut.limit + 1)):
        here = _quoting(store, wanted, some, where, parameters)
        rows += sorted(
            (row for row in here if not cut.after or _place(row) < cut.after), key=_place, reverse=True
        )
        if len(rows) > cut.limit:
            break
    last = _place(rows[cut.limit - 1]) if len(rows) > cut.limit else None
    return spoken(store, rows[: cut.limit]), last


def _having(store: Store, wanted: str, some: Sequence[str]) -> Iterator[Found]:
    """Of these documents those that are current and have all the words, in their order."""
    every = [beginning(word) for word in _first(wanted).split()]
    now = current(store, some)
    rows = {row[0]: row for row in of_documents(store, WHOLE, some) if row[:2] in now}
    for row in (rows[one] for one in some if one in rows):
        document, _, headline, publisher, published, source, blob = row
        text = text_of(blob)
        if all(word.search(f"{headline or ''} {publisher or ''} {text}") for word in every):
            yield Found(document, headline, publisher, published, source, text)


def _quoting(
    store: Store,
    wanted: str,
    some: Sequence[str],
    where: Sequence[str] = (),
    parameters: Mapping[str, object] | None = None,
) -> list[Row]:
    """Rows of `SAYING` of these documents, as far as they are current, that have all the words and meet `where`; with
    the day of each."""
    words = _first(wanted).split()
    every = [beginning(word) for word in words]
    # Of most rows it is seen without a pattern, which takes DuckDB 4 ms to make, that they have not the words.
    plain = {f"word{n}": word.lower() for n, word in enumerate(words) if word.isascii()}
    only, given = within(some, "q.document")
    met = [
        only,
        *where,
        *(f"contains(lower(concat_ws(' ', q.source, q.content)), ${name})" for name in plain),
    ]
    sql = f"{SAYING} WHERE {' AND '.join(met)}"
    rows = [
        row
        for row in store._rows(sql, {**(parameters or {}), **given, **plain})
        if all(word.search(f"{row[4] or ''} {row[5] or ''}") for word in every)
    ]
    # The days are asked of few documents: to look up that column of all quotes takes as long as the rest.
    now = {row[:2]: row[2] for row in of_documents(store, DAYS, [row[0] for row in rows])}
    return [(*row, now[row[:2]]) for row in rows if row[:2] in now]


def _at_first(quotes: int) -> int:
    """In how many documents so many quotes are looked for at first: few, which are looked up, or where more have to be,
    as many as it takes, since then all quotes are read."""
    return SAID_IN * quotes if SAID_IN * quotes > MOST_WRITTEN else SAID_AT_FIRST


def _newest(row: Row) -> tuple[int, str, int]:
    return -(row[8] or date.min).toordinal(), row[0], number_of(row[2])


def _place(row: Row) -> Place:
    return row[8] or UNDATED["newest"], row[0], number_of(row[2]), row[2]


def _first(wanted: str) -> str:
    """The words that count."""
    return " ".join(wanted.split()[:MOST_WORDS])


def _sure(store: Store, wanted: str, near: Collection[str]) -> bool:
    """Whether documents that may have these words need not be looked at, since they are current and words of plain
    letters are found on the shelves as they stand in the text."""
    if not near or not wanted.isascii() or not all(word.isalnum() for word in wanted.split()):
        return False
    only, given = within(near, "document")
    fresh = {one for (one,) in store._rows("SELECT document FROM word_documents WHERE number IS NULL", {})}
    ((known,),) = store._rows(f"SELECT count(*) FROM latest WHERE {only}", given)
    return bool(known == len(near) and fresh.isdisjoint(near))


def _candidates(
    store: Store,
    wanted: str,
    *,
    most: int | None = None,
    near: Sequence[str] | None = None,
    first: int = FIRST,
    left: int = 0,
    size: int = LOOKED_AT,
    **how: Any,
) -> Iterator[Sequence[str]]:
    """What may have these words, to be looked at itself: so many (`size`), then as many again as before. `near`: the
    `first` of them if they are known; `left`: without so many of these; `how`: as `words.holding` has it."""
    found = holding(store, _first(wanted), most=first, **how) if near is None else near
    start = left
    while start < len(found):
        end = min(start + max(size, start - left), len(found))
        yield found[start:end]
        start = end
        if end == len(found) == first:
            found = holding(store, _first(wanted), most=most, **how)


def _of_cut(store: Store, wanted: str, filters: Filters, cut: Cut, *, size: int) -> Iterator[Sequence[str]]:
    """Documents that may have these words, in the order of the list, from the place on."""
    where, parameters = document_conditions(replace(filters, source=None), "l")
    if cut.after:
        beyond = ">=" if cut.order == "oldest" else "<="
        where.append(f"coalesce(l.day, DATE '{UNDATED[cut.order]}') {beyond} $after_day")
        parameters["after_day"] = cut.after[0]
    order = "l.day, l.document" if cut.order == "oldest" else "l.day DESC NULLS LAST, l.document DESC"
    how: dict[str, Any] = {"where": where, "parameters": parameters, "order": order}
    return _candidates(store, wanted, first=max(size, FIRST), size=size, **how)
