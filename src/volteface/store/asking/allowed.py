"""What may be asked: one SELECT over named tables with named functions.

DuckDB's own parser says what a query is; every part of the tree has to be one that is known here. What a later DuckDB
adds is refused until it is looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources
from typing import Any

import duckdb

from volteface.errors import QueryRefused
from volteface.store.schema import first_line

LONGEST = 10_000
# Kinds of expressions, by class; those with a name of a function are looked up as well.
CLASSES = {
    *("BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "DEFAULT"),
    *("FUNCTION", "LAMBDA", "LAMBDA_REF", "OPERATOR", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "TYPE", "WINDOW"),
}  # fmt: skip
# Queries, tables, and what is done to their rows, by type.
TYPES = {
    *("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"),
    *("BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "SUBQUERY", "TABLE_FUNCTION", "PIVOT", "SHOW_REF"),
    *("DISTINCT_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "ORDER_MODIFIER"),
    *("ORDER_DEFAULT", "ASCENDING", "DESCENDING"),
}
# Descriptions of types in casts.
TYPE_INFOS = re.compile(r"[A-Z_]+_TYPE_INFO")
TABLE_FUNCTIONS = frozenset(("range", "generate_series", "unnest"))
SHOWN = frozenset(("DESCRIBE", "SUMMARY"))
NAME = re.compile(r"[a-z_][a-z0-9_]*", re.IGNORECASE)


@cache
def functions() -> frozenset[str]:
    """The functions that may be used, in lower case."""
    text = resources.files("volteface.store.asking").joinpath("functions.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def check(connection: duckdb.DuckDBPyConnection, sql: str, tables: Collection[str]) -> str:
    """The query without what ends it. `connection` parses it, and need not be one to a database.

    Raises `QueryRefused` unless it is one SELECT (or FROM, VALUES, DESCRIBE, SUMMARIZE) of these tables that uses the
    functions of `functions` alone.
    """
    if len(sql) > LONGEST:
        raise QueryRefused(f"A query has no more than {LONGEST:,} characters.")
    if "\0" in sql:
        raise QueryRefused("A query has no null characters.")
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1:
            raise QueryRefused("One query can be asked at a time." if statements else "Nothing is asked.")
        if statements[0].type != duckdb.StatementType.SELECT:
            raise QueryRefused("Only SELECT is allowed: the database is read here, not changed.")
        query = statements[0].query.strip().rstrip(";").rstrip()
        ((text,),) = connection.execute("SELECT json_serialize_sql($sql)", {"sql": query}).fetchall()
        tree = json.loads(text)
    except duckdb.Error as error:
        raise QueryRefused(first_line(error)) from error
    except RecursionError as error:
        raise QueryRefused("The query is nested too deeply.") from error
    if tree["error"] or len(tree["statements"]) != 1:
        raise QueryRefused("Only a plain SELECT is allowed.")
    _walk(tree["statements"][0], frozenset(table.lower() for table in tables))
    return query


def _walk(tree: Any, tables: frozenset[str]) -> None:
    parts = list(_parts(tree))
    names = {
        name.lower()
        for part in parts
        for name in (*(e["key"] for e in part.get("cte_map", {}).get("map", ())), part.get("cte_name"))
        if name is not None
    }
    for name in names:
        if not NAME.fullmatch(name):
            raise QueryRefused(f"“{name}” is no name for a part of a query: letters, digits and _ alone.")
    for part in parts:
        _check_part(part, tables | names)


def _parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in a tree of JSON, however deep."""
    todo = [tree]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            yield one
            todo.extend(one.values())
        elif isinstance(one, list):
            todo.extend(one)


def _check_part(part: dict[str, Any], tables: Collection[str]) -> None:
    kind = part.get("class")
    if kind is not None and kind not in CLASSES:
        raise QueryRefused(f"{_said(kind)} is not allowed here.")
    if kind is None and isinstance(type_ := part.get("type"), str):
        if type_ not in TYPES and not TYPE_INFOS.fullmatch(type_):
            raise QueryRefused(f"{_said(type_)} is not allowed here.")
        _check_table(type_, part, tables)
    if "function_name" in part:
        name = str(part["function_name"])
        if name.lower() not in functions() or _elsewhere(part, "catalog", "schema"):
            raise QueryRefused(f"The function “{name}” is not allowed here.")


def _check_table(type_: str, part: dict[str, Any], tables: Collection[str]) -> None:
    if type_ == "BASE_TABLE":
        name = str(part["table_name"])
        if _elsewhere(part, "catalog_name", "schema_name") or name.lower() not in tables:
            raise QueryRefused(
                f"There is no table “{name}” here; those that there are stand beside the query."
            )
        if part.get("at_clause"):
            raise QueryRefused("Only the present state of a table can be asked for.")
    elif type_ == "TABLE_FUNCTION":
        name = str(part["function"].get("function_name", ""))
        if name.lower() not in TABLE_FUNCTIONS:
            raise QueryRefused(f"The function “{name}” is not allowed as a table.")
    elif type_ == "SHOW_REF" and (part.get("show_type") not in SHOWN or not part.get("query")):
        raise QueryRefused("DESCRIBE and SUMMARIZE are allowed with a table or a query alone.")


def _elsewhere(part: dict[str, Any], *places: str) -> bool:
    """Whether a name is said to be of a catalog or schema."""
    path = (part.get("qualified_name") or {}).get("path", ())
    return len(path) > 1 or any(part.get(place) for place in places)


def _said(kind: str) -> str:
    return kind.replace("_", " ").capitalize()
