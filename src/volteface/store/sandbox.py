"""`volteface query`: somebody's SQL on a database, with nothing else within reach.

The connection is read-only, may touch no file but the database, loads no extension, sees no Python
variable, and its settings are locked; the statement must be one SELECT; memory, time and rows are bounded.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import duckdb

from volteface.errors import StoreError
from volteface.store.schema import connect, first_line
from volteface.store.table import Table

CONFIG = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "lock_configuration": "true",
}
ROWS = 100_000
SECONDS = 60.0
MEMORY = "1GB"


def query(
    path: str | Path, sql: str, *, rows: int = ROWS, seconds: float = SECONDS, memory: str = MEMORY
) -> Table[dict[str, Any]]:
    """The first `rows` rows of one SELECT (or FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE) on a database.

    Raises `StoreError` if it is anything else, fails, or takes more than `seconds` or `memory`.
    """
    connection = connect(Path(path), read_only=True, config={**CONFIG, "memory_limit": memory})
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        select = _only_select(connection, sql)
        connection.execute(
            f"CREATE TEMP TABLE result AS SELECT * FROM (\n{select}\n) LIMIT {max(0, int(rows))}"
        )
        return Table(connection, "SELECT * FROM temp.result", {}, dict, shared=False)
    except duckdb.InterruptException as error:
        connection.close()
        raise StoreError(f"the query took longer than {seconds:g} s and was stopped") from error
    except duckdb.OutOfMemoryException as error:
        connection.close()
        raise StoreError(f"the query needs more than {memory} of memory") from error
    except duckdb.Error as error:
        connection.close()
        raise StoreError(f"query: {first_line(error)}") from error
    except StoreError:
        connection.close()
        raise
    finally:
        timer.cancel()
        timer.join()  # the timer holds the connection, and the file is locked as long as that lives


def _only_select(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise StoreError("query: only a single SELECT is allowed; the database is read-only here")
    return statements[0].query.strip().rstrip(";")
