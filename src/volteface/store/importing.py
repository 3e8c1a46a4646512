"""Event data of others into `acts`: a lot of lines at a time, a file whole or not at all.

The database splits the lines and joins what it asked a `Format` about each distinct party and kind, so that no row
passes through Python and memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from volteface.errors import InputError
from volteface.imports import FORMATS, Format, Lines, read_lines
from volteface.imports.formats import MISSING, fields
from volteface.imports.lines import digest
from volteface.store.write import insert

# Rows that are gathered from small files before they are sorted and stored together.
BATCH = 2_000_000
# Malformed rows that are told one by one.
TOLD = 20
# Scores of all formats are between -10 and 10; what is far beyond is no score.
MOST = 100
SIDES = ("actor", "recipient")

# Cells as `formats.told` has them.
MACRO = """
CREATE OR REPLACE TEMP MACRO told(cell) AS
  nullif(trim(CASE WHEN cell LIKE '"%"' THEN cell[2:-2] ELSE cell END), '')"""
LOT = """
CREATE OR REPLACE TEMP TABLE lot AS
WITH split AS (
  SELECT line, string_split(text, chr(9)) AS f
  FROM (SELECT unnest($lines::BIGINT[]) AS line, unnest($texts::VARCHAR[]) AS text) WHERE text <> ''),
cells AS (
  SELECT line, len(f) AS width, told(f[{id}]) AS id, told(f[{day}]) AS day_told, told(f[{score}]) AS score_told,
    {documents} AS documents, {sources} AS sources, {kind} AS kind, {actor} AS actor, {recipient} AS recipient
  FROM split)
SELECT * REPLACE (CASE WHEN score_told IN {missing} THEN NULL ELSE score_told END AS score_told),
  try_strptime(day_told, '{form}')::DATE AS day, try_cast(score_told AS DOUBLE) AS score,
  width = {width} AND id IS NOT NULL AND day IS NOT NULL
    AND (score_told IN {missing} OR score_told IS NULL OR abs(score) <= {most}) IS TRUE AS good
FROM cells"""
BAD = "SELECT line, width, id, day_told, day, score_told FROM lot WHERE NOT good ORDER BY line"
STAGE = """
INSERT INTO staged
SELECT $origin || ':' || id AS act, $origin AS origin, day, day AS day_end, 'event' AS dated_by,
  a.country, a.sector, a.name, a.key, b.country, b.sector, b.name, b.key, true, true,
  k.type, k.mode, k.cameo, k.quad, score, 'actual', false, documents, sources, NULL, $import, line
FROM lot JOIN kinds k ON k.raw = lot.kind JOIN parties a ON a.raw = lot.actor JOIN parties b ON b.raw = lot.recipient
WHERE good"""
FRESH = """
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT * FROM (SELECT * FROM staged QUALIFY row_number() OVER (PARTITION BY act ORDER BY import, line) = 1)
ANTI JOIN (SELECT act FROM acts WHERE origin IN (SELECT DISTINCT origin FROM staged)) USING (act)"""
TABLES = {
    "kinds": ("raw", "type", "mode", "cameo", "quad"),
    "parties": ("raw", "country", "sector", "name", "key"),
}


@dataclass(slots=True)
class Imported:
    """What became of a file. `rows` of it are `acts` now; `known` were there from another file; `malformed` could not
    be read, the first of them with what is wrong in `problems`, where a file that cannot be read at all is too.
    `before`: the file had been imported already."""

    file: str
    origin: str = ""
    sha256: str = ""
    rows: int = 0
    acts: int = 0
    known: int = 0
    malformed: int = 0
    problems: list[str] = field(default_factory=list)
    before: bool = False
    stored: bool = False

    @property
    def id(self) -> str:
        """`imports.import`."""
        return self.sha256[:12]


Report = Callable[[str, float], None]


def import_files(
    connection: duckdb.DuckDBPyConnection,
    paths: Iterable[Path],
    *,
    origin: str | None,
    report: Report,
    transaction: Callable[[Callable[[], None]], None],
) -> Iterator[Imported]:
    """Import files; see `Store.import_files`. `transaction` runs its argument in one."""
    staging = _Staging(connection)
    waiting: list[Imported] = []
    for path in paths:
        one = Imported(str(path))
        try:
            one.sha256 = digest(path)
            one.before = staging.holds(one.id) or any(one.id == each.id for each in waiting)
            if not one.before:
                staging.read(path, one, origin, report)
                waiting.append(one)
        except InputError as error:
            staging.drop(one)
            one.problems = [str(error)]
        if one not in waiting:
            yield one
        if sum(each.rows for each in waiting) >= BATCH:
            transaction(lambda: staging.store(waiting))  # noqa: B023 - called at once
            yield from waiting
            waiting = []
    if waiting:
        transaction(lambda: staging.store(waiting))
        yield from waiting


class _Staging:
    """Temporary tables that the rows pass through."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._asked: str | None = None
        connection.execute(MACRO)
        connection.execute("CREATE OR REPLACE TEMP TABLE staged AS FROM acts LIMIT 0")

    def holds(self, id_: str) -> bool:
        """Whether a file of this id was imported."""
        return bool(self._rows("SELECT 1 FROM imports WHERE import = $id", id=id_))

    def read(self, path: Path, one: Imported, origin: str | None, report: Report) -> None:
        """Stage the rows of a file. Raises `InputError`."""
        form: Format | None = None
        for lines in read_lines(path):
            if form is None:
                form = _format_of(str(path), lines.texts[0], origin)
                one.origin = form.origin
                self._ask_anew(form)
                if form.header:
                    lines = Lines(lines.first + 1, lines.texts[1:], lines.share)
            self._stage(lines, form, one)
            report(str(path), lines.share)
        if form is None:
            raise InputError(str(path), "is empty")

    def drop(self, one: Imported) -> None:
        """Forget what was staged of a file."""
        self._connection.execute("DELETE FROM staged WHERE import = $id", {"id": one.id})

    def store(self, files: Sequence[Imported]) -> None:
        """Move everything staged into `acts`, sorted as it is asked for."""
        self._connection.execute(FRESH)
        counts = dict(self._rows("SELECT import, count(*) FROM fresh GROUP BY import"))
        for one in files:
            one.acts = counts.get(one.id, 0)
            one.known = one.rows - one.malformed - one.acts
            one.stored = True
        self._connection.execute("INSERT INTO acts FROM fresh ORDER BY actor, recipient, day, act")
        self._connection.execute(
            "INSERT INTO import_days SELECT import, origin, day, count(*) FROM fresh GROUP BY ALL ORDER BY ALL"
        )
        self._connection.executemany(
            "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (f.id, f.origin, Path(f.file).name, f.sha256, f.rows, f.acts, f.known, f.malformed)
                for f in files
            ],
        )
        self._connection.execute("DELETE FROM staged")
        self._connection.execute("DROP TABLE fresh")

    def _ask_anew(self, form: Format) -> None:
        """What a cell means depends on the format."""
        if self._asked != form.origin:
            for table, columns in TABLES.items():
                self._connection.execute(
                    f"CREATE OR REPLACE TEMP TABLE {table} ({', '.join(f'{c} VARCHAR' for c in columns)})"
                )
            self._asked = form.origin

    def _stage(self, lines: Lines, form: Format, one: Imported) -> None:
        numbers = list(range(lines.first, lines.first + len(lines.texts)))
        self._connection.execute(_lot(form), {"lines": numbers, "texts": lines.texts})
        one.rows += int(self._rows("SELECT count(*) FROM lot")[0][0])
        for line, *cells in self._rows(BAD):
            one.malformed += 1
            if len(one.problems) < TOLD:
                one.problems.append(str(InputError(f"{one.file}: line {line}", _problem(form, *cells))))
        self._ask("kinds", "SELECT kind AS raw FROM lot WHERE good", form.kind)
        for side in SIDES:
            self._ask("parties", f"SELECT {side} AS raw FROM lot WHERE good", form.party)
        self._connection.execute(STAGE, {"origin": form.origin, "import": one.id})

    def _ask(self, table: str, cells: str, mean: Callable[..., tuple[str | None, ...]]) -> None:
        """Add what is not in `table` yet: what the format says the cells mean."""
        new = self._rows(f"SELECT DISTINCT raw FROM ({cells}) ANTI JOIN {table} USING (raw) ORDER BY raw")
        columns = [(name, "VARCHAR") for name in TABLES[table]]
        insert(self._connection, table, columns, [(raw, *mean(*raw.split("\t"))) for (raw,) in new])

    def _rows(self, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()


def _format_of(path: str, line: str, origin: str | None) -> Format:
    """The format asked for, or the one whose number of columns this is. Raises `InputError` if it is not."""
    width = len(fields(line))
    form = (
        FORMATS.get(origin)
        if origin
        else next((f for f in FORMATS.values() if len(f.columns) == width), None)
    )
    if form is None:
        known = ", ".join(f"{f.origin} {len(f.columns)}" for f in FORMATS.values())
        raise InputError(path, f"has {width} columns, so it is none of the formats known ({known})")
    form.check_header(path, line)
    return form


def _lot(form: Format) -> str:
    def raw(columns: Iterable[str]) -> str:
        return " || chr(9) || ".join(f"coalesce(f[{form.place(column)}], '')" for column in columns)

    def number(column: str | None) -> str:
        return f"coalesce(try_cast(told(f[{form.place(column)}]) AS INTEGER), 1)" if column else "1"

    return LOT.format(
        id=form.place(form.id),
        day=form.place(form.day),
        score=form.place(form.score),
        documents=number(form.documents),
        sources=number(form.sources),
        kind=raw(form.kind_of),
        actor=raw(form.actor_of),
        recipient=raw(form.recipient_of),
        missing=MISSING,
        most=MOST,
        form=form.day_form,
        width=len(form.columns),
    )


def _problem(
    form: Format, width: int, id_: str | None, day: str | None, is_day: object, score: str | None
) -> str:
    if width != len(form.columns):
        return f"{width} columns; {form.origin} has {len(form.columns)}"
    if id_ is None:
        return f"no {form.id}"
    if is_day is None:
        return f"{form.day} {day!r} is no day"
    return f"{form.score} {score!r} is no score"
