"""Rows that were worked out read like the result of a query."""

from __future__ import annotations

from datetime import date

from volteface.store import held

ROWS = [(date(2024, 3, 12), "b", 1.5), (date(2024, 3, 11), "a", None)]


def test_rows_keep_their_order_types_and_nulls() -> None:
    table = held({"day": "DATE", "name": "VARCHAR", "score": "DOUBLE"}, ROWS)
    assert list(table.tuples()) == ROWS
    assert (table.columns, table.types) == (("day", "name", "score"), ("DATE", "VARCHAR", "DOUBLE"))
    assert table.count() == 2
    table.close()


def test_no_rows() -> None:
    table = held({"name": "VARCHAR"}, [])
    assert list(table) == []
    table.close()
