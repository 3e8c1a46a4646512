"""The database: pages in, records and listings out. One process at a time may write."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, get_args

import duckdb

from volteface.errors import DatabaseBusy, DecidedAlready, NotStored, StoreError
from volteface.records import Corrections, Record
from volteface.store import acts, adding, current, decisions, listing, refill, standing, timeline, words
from volteface.store import profile as profiles
from volteface.store.acts import ActFilter, ActRow, Period
from volteface.store.adding import Reading, Return
from volteface.store.decisions import Decision, Field, Kind, Wish
from volteface.store.identity import coder_id, page_key
from volteface.store.importing import Imported, Report, import_files
from volteface.store.listing import Filters
from volteface.store.profile import EvidenceRow, Names, Profile
from volteface.store.rows import Row, restore
from volteface.store.schema import describe, failure, first_line, tables
from volteface.store.table import ActorRow, EventRow, QuoteRow, Table
from volteface.store.timeline import TimelineRow
from volteface.store.turns import WAIT, Hold, Latch
from volteface.store.write import delete, insert

if TYPE_CHECKING:
    pass


CURRENT = """(SELECT page, arg_max(document, number) AS document FROM versions GROUP BY page)
  USING (page, document)"""

LINE_COUNTS = """
WITH texts AS (
  SELECT arg_min(keys, page) AS keys FROM page_lines
  WHERE page NOT IN (SELECT unnest($without::VARCHAR[])) AND body NOT IN (SELECT unnest($bodies::UBIGINT[]))
  GROUP BY body)
SELECT key, count(*) FROM (SELECT unnest(keys) AS key FROM texts)
WHERE key IN (SELECT unnest($keys::UBIGINT[])) GROUP BY key"""


class Store:
    """An open database. Use `Store.open`, close it or use it in a `with` statement."""

    def __init__(self, hold: Hold) -> None:
        self._hold = hold
        self._claims = 0
        self.path = hold.path

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        read_only: bool = False,
        wait: float | None = WAIT,
        config: dict[str, str] | None = None,
    ) -> Store:
        """Open a database file, making it unless `read_only`, when others let it go within `wait` seconds (None: as
        long as it takes). `config`: settings of DuckDB, such as `memory_limit`.

        Raises `DatabaseBusy` if others do not, and `StoreError` if it is of a newer schema, not a database of this
        package, or missing when `read_only`.
        """
        hold = Hold(Path(path), read_only=read_only, config=config)
        hold.take(wait)
        return cls(hold)

    def close(self) -> None:
        """Close the database; tables read from it end."""
        self._hold.let_go()

    @contextmanager
    def by_turns(self) -> Iterator[None]:
        """For work that takes long: in here the database is open within `turn` alone, and others read it in between,
        but nobody else works in such a way. Raises `DatabaseBusy` if somebody does."""
        if self._claims:
            yield
            return
        claim = Latch(self.path.with_name(f"{self.path.name}.run"))
        mine = claim.take()
        if mine is False:
            raise DatabaseBusy(f"{self.path}: in use by another process that reads pages into it or links it")
        try:
            self._claims = 1
            if mine:  # else nothing could keep others from the same work: the database itself does, kept open
                self._hold.let_go()
            yield
        finally:
            self._claims = 0
            claim.release()
            self._hold.take(None)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The database is open in here, after a while if others have it; see `by_turns`."""
        if self._hold.is_open:
            yield
            return
        self._hold.take(None)
        try:
            yield
        finally:
            self._hold.let_go()

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._hold.connection

    @cached_property
    def _tables(self) -> dict[str, list[tuple[str, str]]]:
        return tables(self._connection)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add(self, readings: Sequence[Reading], *, coder: str) -> None:
        """Store coded pages, all or none. `coder` is the version of what coded them.

        Raises `StoreError` if they cannot be stored, such as when the disk is full; nothing of them is
        stored then.
        """
        self._in_transaction(lambda: adding.add(self, readings, coder))

    def prefer(self, coder: str) -> None:
        """Let what this version made count before what others made of the same texts, as if it had come last."""
        sql = """
        UPDATE coders SET number = CASE coder WHEN $coder THEN (SELECT max(number) FROM coders) ELSE number - 1 END
        WHERE number >= (SELECT number FROM coders WHERE coder = $coder)"""

        def work() -> None:
            self._rows_in(sql, {"coder": coder_id(coder)})
            current.refresh(self._connection)

        self._in_transaction(work)

    def returned(self, pages: Sequence[Return]) -> None:
        """Make what these pages say their current version again, where it is not. Raises `StoreError`."""
        self._in_transaction(lambda: adding.give_back(self, pages))

    def acts_are_stale(self) -> bool:
        """Whether the acts that come of reports are not those that follow from the linked events as they are."""
        return refill.changed(self._connection.cursor())

    def refill_acts(self) -> None:
        """Make the acts of reports anew from the linked events, as far as they are stale. Raises `StoreError`."""
        if self.acts_are_stale():
            self._in_transaction(lambda: refill.refill(self._connection))

    def import_files(
        self, paths: Iterable[Path], *, origin: str | None = None, report: Report = lambda file, share: None
    ) -> Iterator[Imported]:
        """Import files of event data as acts; what became of each, as it is stored or left out.

        `origin`: icews, gdelt or polecat, else it is told by the number of columns. `report` is given the name of
        a file and the share of it that is read. A file is stored whole, without rows that are malformed, or not
        at all; one whose content was imported before is left out, and so are events whose id was. Raises
        `StoreError` if the database cannot be written.
        """
        try:
            yield from import_files(
                self._connection, paths, origin=origin, report=report, transaction=self._in_transaction
            )
        except duckdb.Error as error:
            raise StoreError(f"{self.path}: {first_line(error)}") from error

    def finished(self, *, options: str, coder: str | None = None) -> Collection[tuple[str, str]]:
        """(page id, fingerprint) of what is stored under these options, by this coder version or by any."""
        sql = "SELECT DISTINCT page, fingerprint FROM readings WHERE options = $options"
        parameters: dict[str, object] = {"options": options}
        if coder is not None:
            sql += " AND coder = $coder"
            parameters["coder"] = coder_id(coder)
        return set(self._rows(sql, parameters))

    def current(self) -> Collection[tuple[str, str]]:
        """(page id, fingerprint) of every reading whose text is its page's current version."""
        return set(self._rows(f"SELECT DISTINCT page, fingerprint FROM readings JOIN {CURRENT}", {}))

    def line_counts(
        self, keys: Collection[int], *, without: Collection[str], bodies: Collection[int]
    ) -> dict[int, int]:
        """On how many stored pages each of these lines (`read.repeats.line_key`) stands.

        Pages whose id is in `without` and copies of those in `bodies` are not counted, nor is more than one
        of several copies.
        """
        parameters = {"keys": list(keys), "without": list(without), "bodies": list(bodies)}
        return dict(self._rows(LINE_COUNTS, parameters))

    def decide(
        self,
        kind: Kind,
        subject: str,
        object: str | None = None,  # noqa: A002 - the column's name
        field: Field | None = None,
        value: str | None = None,
        note: str | None = None,
        who: str | None = None,
    ) -> int:
        """Keep a decision on an actor or event and give its number; see `store/decisions.py`.

        Raises `DecisionRefused` for an actor, event, field or value that there is not, and for what contradicts or
        repeats a decision that holds.
        """
        return self.decide_all([Wish(kind, subject, object, field, value)], note=note, who=who)[0]

    def correct(
        self, key: str, values: Mapping[str, str], *, note: str | None = None, who: str | None = None
    ) -> list[int]:
        """Decide what fields of an actor are, all or none; see `decide`."""
        wanted = [Wish("actor", key, None, field, value) for field, value in values.items()]
        return self.decide_all(wanted, note=note, who=who)

    def decide_all(
        self,
        wanted: Sequence[Wish],
        *,
        note: str | None = None,
        who: str | None = None,
        form: str | None = None,
    ) -> list[int]:
        """Keep decisions, all or none, and give their numbers; see `decide`. `form`: what was sent from a page: sent
        again it decides nothing more, and what holds already is no error."""
        numbers: list[int] = []

        def work() -> None:
            numbers.extend(decisions.sent(self._rows_in, form) if form else ())
            for one in wanted if not numbers else ():
                try:
                    row = decisions.new_row(self._rows_in, *one, note, who, form)
                except DecidedAlready as error:
                    if form is None:
                        raise
                    held.append(error.decision)
                    continue
                self._insert("decisions", [row])
                made.append(row[0])
            current.redecide(self._connection)

        held: list[int] = []
        made: list[int] = []
        self._in_transaction(work)
        return sorted([*numbers, *made, *held])

    def undo(self, *numbers: int, repeated: bool = False) -> None:
        """Make decisions hold no longer, all or none. Raises `DecisionRefused` if there is none of a number, or, unless
        `repeated`, none that holds."""

        def work() -> None:
            for number in numbers:
                decisions.undo(self._rows_in, number, repeated=repeated)
            current.redecide(self._connection)

        self._in_transaction(work)

    # Reading

    def decisions(self, *kinds: Kind, undone: bool = False) -> list[Decision]:
        """Decisions in the order in which they were made, of these kinds or all; with `undone` also such."""
        return decisions.decisions(self._rows, *kinds, undone=undone)

    def corrections(self) -> Corrections:
        """What decisions that hold say of actors, for a coder."""
        columns = get_args(Field)
        facts = self._rows(f"SELECT key, {', '.join(columns)} FROM decided_actors", {})
        return Corrections(
            {key: {f: v for f, v in zip(columns, values, strict=True) if v} for key, *values in facts},
            dict(self._rows("SELECT key, joined FROM actor_joins", {})),
        )

    def decision_table(self, *, undone: bool = False) -> Table[Decision]:
        """The same, to be written."""
        return Table(self._connection, decisions.LIST, {"undone": undone}, Decision)

    def record(self, document: str, *, coder: str | None = None) -> Record:
        """The record of a document, byte for byte as it was coded.

        `document` is its id or the start of it, or an address it was read from (its current version then);
        `coder` the start of a coder's id, else the latest. Raises `StoreError` if there is none, or
        several.
        """
        ids = self._documents(document)
        if not ids:
            raise NotStored(f"{self.path}: no document {document!r}")
        if len(ids) > 1:
            raise StoreError(
                f"{self.path}: {document!r} is the start of several ids: {', '.join(i[:12] for i in ids[:5])}"
            )
        found = self._rows(
            "SELECT r.record FROM records r JOIN coders c ON c.coder = r.coder "
            "WHERE r.document = $document AND starts_with(r.coder, $coder) ORDER BY c.number DESC LIMIT 1",
            {"document": ids[0], "coder": coder or ""},
        )
        if not found:
            raise StoreError(f"{self.path}: document {document!r} was not coded by {coder!r}")
        return restore(found[0][0])

    def events(self, filters: Filters | None = None) -> Table[EventRow]:
        """Events of current documents, oldest first."""
        return Table(self._connection, *listing.events(filters or Filters()), EventRow)

    def quotes(self, filters: Filters | None = None) -> Table[QuoteRow]:
        """Who said what."""
        return Table(self._connection, *listing.quotes(filters or Filters()), QuoteRow)

    def actors(self, filters: Filters | None = None) -> Table[ActorRow]:
        """Who is reported on, the most reported first."""
        return Table(self._connection, *listing.actors(filters or Filters()), ActorRow)

    def evidence(self, key: str) -> Table[EvidenceRow]:
        """The words of current documents that tell who an actor is, oldest first. Raises `StoreError` if no document
        has the key."""
        keys = profiles.keys_of(self._rows, key, self.names().same)
        return Table(self._connection, profiles.EVIDENCE, {"keys": list(keys)}, EvidenceRow)

    def names(self) -> Names:
        """Names that several actors of current documents have."""
        return profiles.names_of(self._rows)

    def seen(self, key: str, names: Names) -> standing.Seen:
        """Where an actor stands. Raises `StoreError` if no document has the key."""
        return standing.seen(self._rows, profiles.keys_of(self._rows, key, names.same))

    def portrait(self, stands: standing.Seen, names: Names) -> Profile:
        """What is known of an actor over all documents, of where it stands."""
        return profiles.profile(self._rows, stands, self.decisions(), names)

    def profile(self, key: str) -> Profile:
        """What is known of an actor over all documents. Raises `StoreError` if no document has the key."""
        names = self.names()
        return self.portrait(self.seen(key, names), names)

    def acts(self, filters: ActFilter | None = None) -> Table[ActRow]:
        """Who did what to whom: one row for each event and pair of its sides, oldest first."""
        return Table(self._connection, *acts.acts(filters or ActFilter()), ActRow)

    def series(self, filters: ActFilter | None = None, *, by: Period = "day") -> Table[dict[str, Any]]:
        """What passed between two sides in each day, week (from Monday) or month, the empty ones too.

        Columns: `period` (its first day); counts of acts whose status counts: `events`, one of each type,
        `untyped`, one of each quad, `verbal`, `material`; how many of them are `scored`, and `score_sum`,
        `score_mean`, `score_variance` (of the sample), −10 to 10; how many are `contested`; every status counted by
        itself, `kept_out` and its share; for coverage `documents` published in the period and events of any parties
        `imported` for it.
        """
        return Table(self._connection, *acts.series(filters or ActFilter(), by), dict)

    def published(self, since: date, until: date) -> dict[date, int]:
        """How many current documents were published on each of these days, both included, that has any."""
        sql = "SELECT day, count(*) FROM latest WHERE day BETWEEN $since AND $until GROUP BY day ORDER BY day"
        return dict(self._rows(sql, {"since": since, "until": until}))

    def dyads(self, filters: ActFilter | None = None, *, by: Period = "month") -> Table[dict[str, Any]]:
        """The sums of `series` for every pair `a`, `b` of countries in the periods in which there is any: `a` acts
        on `b`, or where the filter is not `directed`, either on the other."""
        filters = filters or ActFilter()
        parts = acts.parts(self._rows(acts.BY_ACTOR, {}) if filters.limit is None else ())
        question = acts.dyads(filters, by, parts)
        return Table(self._connection, *question, dict, parts=parts if filters.directed else ({},))

    def timeline(self, filters: ActFilter | None = None) -> Table[TimelineRow]:
        """Acts one by one, oldest first, each with the sentence that first told of it."""
        return Table(self._connection, *timeline.timeline(filters or ActFilter()), TimelineRow)

    def statuses(self, filters: ActFilter | None = None) -> dict[str, int]:
        """How many acts there are of each status, whether the filter counts it or not."""
        return dict(self._rows(*timeline.statuses(filters or ActFilter())))

    def coders(self) -> list[tuple[str, str]]:
        """(id, version) of the coders used on this database, the latest last."""
        return [(a, b) for a, b in self._rows("SELECT coder, version FROM coders ORDER BY number", {})]

    def counts(self) -> dict[str, int]:
        """How many pages, current documents and their events and attributions there are."""
        sql = """SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM latest),
          (SELECT count(*) FROM events SEMI JOIN latest USING (document, coder)),
          (SELECT count(*) FROM attributions SEMI JOIN latest USING (document, coder))"""
        row = self._rows(sql, {})[0]
        return dict(zip(("pages", "documents", "events", "quotes"), row, strict=True))

    def schema(self) -> str:
        """The schema, documented, as Markdown."""
        return describe(self._connection)

    def dump(self) -> Iterator[str]:
        """Every row of every table as a line of JSON, in an order that depends on the content alone."""
        for table in sorted(
            self._tables.keys() - words.TABLES - current.KEPT
        ):  # what they hold depends on the order of adding, or follows from the others
            cursor = self._connection.cursor().execute(f"SELECT * FROM {table} ORDER BY ALL")
            while rows := cursor.fetchmany(1000):
                for row in rows:
                    yield json.dumps([table, *row], default=_plain, ensure_ascii=True)

    def digest(self) -> str:
        """SHA-256 of `dump`, hex: equal for databases of the same content."""
        digest = hashlib.sha256()
        for line in self.dump():
            digest.update(line.encode() + b"\n")
        return digest.hexdigest()

    def _documents(self, wanted: str) -> list[str]:
        by_page = self._rows(
            "SELECT arg_max(v.document, v.number) FROM versions v JOIN pages p ON p.page = v.page "
            "WHERE $wanted = p.source OR $key = p.key GROUP BY v.page ORDER BY v.page LIMIT 1",
            {"wanted": wanted, "key": page_key(wanted, wanted, "")},
        )
        by_record = by_page or self._rows(
            "SELECT document FROM latest l JOIN records r USING (document, coder) "
            "WHERE r.source = $wanted LIMIT 1",
            {"wanted": wanted},
        )
        found = by_record or self._rows(
            "SELECT DISTINCT document FROM records WHERE starts_with(document, $wanted) ORDER BY 1",
            {"wanted": wanted.lower()},
        )
        return [document for (document,) in found]

    def _rows(self, sql: str, parameters: dict[str, object]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.cursor().execute(sql, parameters).fetchall()
        except duckdb.Error as error:
            raise failure(error, f"{self.path}: ") from error

    def _in_transaction(self, work: Callable[[], None]) -> None:
        try:
            self._connection.begin()
            work()
            self._connection.commit()
        except duckdb.Error as error:
            self._roll_back()
            raise StoreError(f"{self.path}: nothing of this batch is stored: {first_line(error)}") from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error:
            return  # the transaction, or after a full disk the whole connection, is already gone

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        insert(self._connection, table, self._tables[table], rows)

    def _delete(self, table: str, keys: Sequence[Row], width: int) -> None:
        delete(self._connection, table, self._tables[table][:width], keys)

    def _rows_in(self, sql: str, parameters: dict[str, object]) -> list[tuple[Any, ...]]:
        """Rows as the open transaction sees them; errors go to whoever rolls it back."""
        return self._connection.execute(sql, parameters).fetchall()


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
