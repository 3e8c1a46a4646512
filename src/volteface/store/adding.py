"""Coded pages into the tables: versions, readings, records and their parts, within a transaction of somebody else's
(docs/decisions/0040-store.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from volteface.records import Record
from volteface.store import current
from volteface.store.identity import coder_id, page_id
from volteface.store.rows import PARTS, Row, Rows, rows_of

if TYPE_CHECKING:
    from volteface.read import PageLines
    from volteface.store.store import Store

# What a page said under a fingerprint: as the latest coder has it, and as any has.
SAID = """
SELECT r.page, r.fingerprint, arg_max(r.document, c.number), list(r.document)
FROM readings r JOIN coders c USING (coder) WHERE r.page IN (SELECT unnest($ids)) GROUP BY ALL"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One page that has been coded. `key`: see `identity.page_key`; `options`: reading options as JSON.

    `newest`: the input had no later text of this page; `lines`: those of copied text.
    """

    key: str
    source: str
    fingerprint: str
    options: str
    record: Record
    newest: bool = True
    lines: PageLines | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A page that was found again as it had been read before; fields as in `Reading`."""

    key: str
    fingerprint: str
    lines: PageLines | None = None


def add(store: Store, readings: Sequence[Reading], version: str) -> None:
    """Store coded pages; `version`: of what coded them."""
    coder = _coder(store, version)
    keys = {page_id(reading.key): reading for reading in reversed(readings)}
    known = _known(store, "SELECT page, page FROM pages WHERE page IN (SELECT unnest($ids))", keys)
    store._insert("pages", [(p, r.key, r.source) for p, r in keys.items() if p not in known])
    store._insert("versions", _new_versions(store, readings, keys))
    _replace_lines(store, {page_id(r.key): r.lines for r in readings})
    done: dict[Row, Row] = {}
    for r in readings:
        done[page_id(r.key), r.fingerprint, coder] = (r.options, r.record.document.id)
    store._delete("readings", list(done), 3)
    store._insert("readings", [(*key, *rest) for key, rest in done.items()])
    _add_records(store, readings, coder)
    current.refresh(store._connection, keys)


def _coder(store: Store, version: str) -> str:
    coder = coder_id(version)
    numbers = dict(store._rows_in("SELECT coder, number FROM coders", {}))
    if coder not in numbers:
        store._insert("coders", [(coder, version, max(numbers.values(), default=0) + 1)])
    return coder


def _new_versions(store: Store, readings: Sequence[Reading], pages: Collection[str]) -> list[Row]:
    """A text not read at its page before is the page's next version; so is one that came back, where
    the input has nothing later (docs/decisions/0046-a-page-that-goes-back.md)."""
    versions = _versions(store, pages)
    new: list[Row] = []
    for reading in readings:
        page, document = page_id(reading.key), reading.record.document.id
        before = versions.setdefault(page, [])
        if document not in before or (reading.newest and document != before[-1]):
            before.append(document)
            new.append((page, len(before), document))
    return new


def give_back(store: Store, pages: Sequence[Return]) -> None:
    """Make what these pages say their current version again, where it is not."""
    found = {page_id(each.key): each for each in pages}
    said = {
        (page, fingerprint): (latest, documents)
        for page, fingerprint, latest, documents in store._rows_in(SAID, {"ids": list(found)})
    }
    versions = _versions(store, found)
    rows: list[Row] = []
    lines: dict[str, PageLines | None] = {}
    for page, each in found.items():
        latest, documents = said.get((page, each.fingerprint), (None, []))
        if latest is not None and versions[page][-1] not in documents:
            rows.append((page, len(versions[page]) + 1, latest))
            lines[page] = each.lines
    store._insert("versions", rows)
    _replace_lines(store, lines)
    current.refresh(store._connection, lines)


def _versions(store: Store, pages: Collection[str]) -> dict[str, list[str]]:
    rows = store._rows_in(
        "SELECT page, list(document ORDER BY number) FROM versions WHERE page IN (SELECT unnest($ids)) "
        "GROUP BY page",
        {"ids": list(pages)},
    )
    return dict(rows)


def _replace_lines(store: Store, lines: Mapping[str, PageLines | None]) -> None:
    store._delete("page_lines", [(page,) for page in lines], 1)
    rows: list[Row] = [(page, p.body, list(p.keys)) for page, p in lines.items() if p is not None]
    store._insert("page_lines", rows)


def _add_records(store: Store, readings: Sequence[Reading], coder: str) -> None:
    """The record of a text that stands at several pages is made from the page with the least key, so
    that it does not matter which was read first; the same page read anew replaces what it gave before."""
    owners = _known(
        store,
        "SELECT r.document, p.key FROM records r JOIN pages p ON p.page = r.page "
        "WHERE r.coder = $coder AND r.document IN (SELECT unnest($ids))",
        {reading.record.document.id for reading in readings},
        coder=coder,
    )
    stored = set(owners)
    chosen: dict[str, Reading] = {}
    for reading in readings:
        document = reading.record.document.id
        if document not in owners or reading.key <= owners[document]:
            owners[document] = reading.key
            chosen[document] = reading
    rows: Rows = {table: [] for table in PARTS}
    for reading in chosen.values():
        for table, part in rows_of(reading.record, coder=coder, page=page_id(reading.key)).items():
            rows[table] += part
    replaced: list[Row] = [(document, coder) for document in chosen if document in stored]
    for table in PARTS:
        store._delete(table, replaced, 2)
        store._insert(table, rows[table])


def _known(store: Store, sql: str, ids: Collection[str], **parameters: object) -> dict[str, str]:
    return dict(store._rows_in(sql, {"ids": sorted(ids), **parameters}))
