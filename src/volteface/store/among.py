"""What makes looking up cheap: ids written into the question, so that other rows are left out where they are read, and
texts taken from the records, which opens some ten times as fast as their own column (docs/decisions/0102)."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from volteface.store.store import Store

# Of more documents than these their own column costs less, which is opened whole.
MOST_TEXTS = 1_000
# Of more, rows are found faster by reading their ids than in an index: 300 take 20 ms of a million events, all 11.
MOST_WRITTEN = 150
# Texts given to a question by `texts`.
TEXTS = "SELECT unnest($text_documents::VARCHAR[]) AS document, unnest($texts::VARCHAR[]) AS text"
RECORDS = "SELECT document, any_value(record) FROM records WHERE document IN ({documents}) GROUP BY document"
COPIED = "SELECT document, original FROM copies WHERE {only}"
TOLD = "SELECT DISTINCT document FROM linked WHERE linked IN ({linked})"


class _Document(msgspec.Struct):
    text: str


class _Record(msgspec.Struct):
    document: _Document


_RECORD = msgspec.json.Decoder(_Record)


def names(ids: Iterable[str]) -> str:
    """Ids as they stand in a question after IN, within brackets; of none, what no id is."""
    return ", ".join("'" + one.replace("'", "''") + "'" for one in sorted(set(ids))) or "''"


def documents_of(store: Store, linked: Collection[str]) -> list[str]:
    """The documents that report these linked events."""
    if not linked:
        return []
    return [document for (document,) in store._rows(TOLD.format(linked=names(linked)), {})]


def within(ids: Collection[str], column: str) -> tuple[str, dict[str, object]]:
    """That an id is one of these, and the parameters of it."""
    if len(ids) <= MOST_WRITTEN:
        return f"{column} IN ({names(ids)})", {}
    return f"{column} IN (SELECT unnest($within::VARCHAR[]))", {"within": sorted(ids)}


def current(store: Store, documents: Collection[str]) -> set[tuple[str, str]]:
    """Of these documents (id, coder), as far as they are current."""
    only, parameters = within(documents, "document")
    rows = store._rows(f"SELECT document, coder FROM latest WHERE {only}", parameters)
    return {(document, coder) for document, coder in rows}


def texts(store: Store, documents: Collection[str]) -> dict[str, object]:
    """The parameters of `TEXTS`: the texts of these documents."""
    rows = records_of(store, documents)
    return {
        "text_documents": [document for document, _ in rows],
        "texts": [text_of(blob) for _, blob in rows],
    }


def records_of(store: Store, documents: Collection[str]) -> list[tuple[str, bytes]]:
    """The records of these documents, each with its id."""
    rows = store._rows(RECORDS.format(documents=names(documents)), {}) if documents else []
    return [(document, blob) for document, blob in rows]


def text_of(blob: bytes) -> str:
    """The text of a stored record."""
    return _RECORD.decode(zlib.decompress(blob)).document.text


def among(
    store: Store, documents: Collection[str], *, text: bool = True
) -> tuple[dict[str, str], dict[str, object]]:
    """What fills a question on records `r` of these documents and their parts, and its parameters: `only`, what rows
    meet; `text`, and `told`, what has to be joined for it, or `column`, what has to be read; `kept`: that each table is
    asked by itself, so that its index is used, and once."""
    only, parameters = within(set(documents), "document")
    parts = {"only": only, "text": "r.text", "column": ", text", "told": "", "kept": "MATERIALIZED"}
    if not text:
        parts["column"] = ""
    elif len(documents) <= MOST_TEXTS:
        parts |= {
            "text": "told.text",
            "told": f"JOIN ({TEXTS}) told ON told.document = r.document",
            "column": "",
        }
        parameters |= texts(store, documents)
    return parts, parameters
