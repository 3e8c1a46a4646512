"""A `Table` as CSV, JSON Lines or Parquet.

Both text forms read back to what was written: lists are JSON arrays in a CSV cell, null is an empty cell
and an empty text a pair of quotes, dates are ISO.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import duckdb
import msgspec

from volteface.errors import StoreError
from volteface.store.schema import first_line
from volteface.store.table import Table
from volteface.store.write import insert

# Characters that JSON may leave as they are but that a terminal may obey or a reader be misled by: C1
# controls, line and paragraph separators, bidirectional overrides. Escaped, they read back as the same
# text.
UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

# What stands in a cell of CSV only between quotes.
QUOTED = re.compile(r'[",\r\n]|^\s|\s$').search


def json_line(value: object) -> str:
    """One line of JSON that is safe to print anywhere and reads back as the same value."""
    return escape_json(msgspec.json.encode(value, enc_hook=str).decode())


def escape_json(line: str) -> str:
    """Escape what `UNSAFE` names in JSON that is already encoded."""
    return UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def write_jsonl(table: Table[Any], stream: TextIO) -> None:
    """One object a line."""
    for row in table.dicts():
        stream.write(json_line(row) + "\n")


def write_csv(table: Table[Any], stream: TextIO) -> None:
    """RFC 4180 with a header line. Cells are quoted here since `csv` of Python 3.11 cannot tell null from
    empty."""
    stream.write(",".join(_cell(name) for name in table.columns) + "\r\n")
    for row in table.tuples():
        stream.write(",".join(_cell(value) for value in row) + "\r\n")


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if type(value) is str else text_of(value)
    if text == "" or QUOTED(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def text_of(value: object) -> str:
    """A value that is not null as text: lists and structs as JSON, bytes in hex, dates as ISO has them."""
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.hex() if isinstance(value, bytes) else str(value)


def write_parquet(table: Table[Any], path: str | Path) -> None:
    """A Parquet file; pyarrow need not be installed. Rows of a connection that may not write files pass through a
    database in memory. Raises `StoreError` if the file cannot be written."""
    if table.copy_to(str(path)):
        return
    memory = duckdb.connect()
    try:
        columns = [(f'"{name.replace(chr(34), chr(34) * 2)}"', type_) for name, type_ in _typed(table)]
        memory.execute(f"CREATE TABLE result ({', '.join(f'{name} {type_}' for name, type_ in columns)})")
        for chunk in table.chunks():
            insert(memory, "result", columns, chunk)
        target = str(path).replace("'", "''")
        memory.execute(f"COPY result TO '{target}' (FORMAT parquet)")
    except duckdb.Error as error:
        raise StoreError(f"{path}: {first_line(error)}") from error
    finally:
        memory.close()


def written(table: Table[Any], form: str) -> bytes:
    """A table as the bytes of a file; `form`: csv, jsonl or parquet."""
    if form == "parquet":
        with TemporaryDirectory() as folder:
            path = Path(folder, "rows.parquet")
            write_parquet(table, path)
            return path.read_bytes()
    stream = io.StringIO(newline="")
    {"csv": write_csv, "jsonl": write_jsonl}[form](table, stream)
    return stream.getvalue().encode("utf-8", "backslashreplace")


def _typed(table: Table[Any]) -> list[tuple[str, str]]:
    return list(zip(table.columns, table.types, strict=True))
