"""Rows that were worked out, as a `Table`: written, counted and handed on like the result of a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from volteface.store.table import Table
from volteface.store.write import insert


def held(columns: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> Table[dict[str, Any]]:
    """A table in memory of these rows, in their order. `columns`: the DuckDB type of each, by name; close it."""
    memory = duckdb.connect()
    try:
        memory.execute(
            f"CREATE TABLE result ({', '.join(f'{name} {type_}' for name, type_ in columns.items())})"
        )
        insert(memory, "result", list(columns.items()), list(rows))
        return Table(memory, "SELECT * FROM result", {}, dict[str, Any], shared=False)
    except duckdb.Error:
        memory.close()
        raise
