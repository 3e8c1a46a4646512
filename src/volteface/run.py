"""The main job: pages under some paths, coded on many processes, into a database that is whole at every
moment.

It can be killed at any time and run again: what is stored is skipped, the rest is done, and the database
ends the same (docs/decisions/0040-store.md). Only this process writes; the workers only code.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from volteface.errors import InputError
from volteface.read import RawPage, RepeatCounter, Repeats, open_pages, page_lines
from volteface.records import NO_CORRECTIONS, Corrections, Record
from volteface.store import Reading, Return, Store, page_id, page_key
from volteface.workers import PAGE_SECONDS, Job, Outcome, Pool, Reader, describe, processors

# A commit costs some 10 ms and a page some 500: storing every few seconds loses little to a kill and costs
# nothing.
BATCH_PAGES = 64
BATCH_SECONDS = 2.0
# Where storing has to wait for readers, it is done less often: after so many times as long as it took.
SPARED = 3
# How long to wait for a worker before looking at the clock again.
TICK = 0.25


@dataclass(slots=True)
class Progress:
    """How far a run is. `total` counts pages found, readable or not; `failed` has those that could not be
    read or coded."""

    total: int = 0
    stored: int = 0
    skipped: int = 0
    failed: list[InputError] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Pages that are finished, one way or another."""
        return self.stored + self.skipped + len(self.failed)


def default_coder(pipeline: str | None = None, corrections: Corrections = NO_CORRECTIONS) -> Reader:
    """The coder a worker uses: `pipeline.Coder`, loaded in the worker only."""
    from volteface.pipeline import Coder

    if pipeline is None:
        return Coder(corrections=corrections)
    return Coder(pipeline=pipeline, corrections=corrections)


def read_pages(
    paths: Sequence[str],
    store: Store,
    *,
    published: str | None = None,
    workers: int | None = None,
    recode: bool = False,
    seconds: float = PAGE_SECONDS,
    make_coder: Callable[[], Reader] | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
    stdin: BinaryIO | None = None,
) -> Progress:
    """Code every page under `paths` that `store` does not hold yet, and store it. The database is open while a batch is
    stored; others may read it in between.

    A page is skipped if it was read before with the same `published`, by any coder, or with `recode` by this
    one, whose work then counts before others'. `make_coder`: by default `default_coder` with the decisions that the
    database holds. A page that cannot be read, crashes its worker or takes longer than `seconds` is in the result's
    `failed` and is tried again by the next run. Raises `ModelError` if the coder cannot be loaded, `DatabaseBusy` if
    another process reads pages into this database, and `StoreError` if it cannot be written; what was stored before
    stays.
    """
    progress = Progress()
    with store.by_turns():
        pages = again(paths, stdin)
        survey = _survey(pages(), progress)
        with store.turn():
            repeats = _repeats(survey, store)
            make_coder = make_coder or partial(default_coder, corrections=store.corrections())
        pool = Pool(Job(make_coder, published, repeats), workers=workers or processors(), seconds=seconds)
        try:
            coder = pool.version if recode and progress.total else None
            if coder is not None:
                with store.turn():
                    store.prefer(coder)
            run = _Run(store, pool, progress, report, survey, options=json.dumps({"published": published}))
            run.read(pages(), coder=coder)
        finally:
            pool.close()
    return progress


def code_pages(
    pages: Iterable[RawPage | InputError],
    *,
    repeats: Repeats,
    published: str | None = None,
    workers: int = 1,
    make_coder: Callable[[], Reader] = default_coder,
) -> Iterator[Record | InputError]:
    """Records in the order of the pages, whatever the number of processes; errors in their place."""
    if workers <= 1:
        coder = make_coder()
        for page in pages:
            yield page if isinstance(page, InputError) else _one(coder, page, published, repeats)
        return
    pool = Pool(Job(make_coder, published, repeats), workers=workers)
    try:
        yield from _in_order(pages, pool, ahead=4 * workers)
    finally:
        pool.close()


def _one(coder: Reader, page: RawPage, published: str | None, repeats: Repeats) -> Record | InputError:
    try:
        return coder.read(page, published=published, repeats=repeats)
    except InputError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one page must not stop a batch; the error is reported with its name
        return InputError(page.path, f"cannot be coded: {describe(error)}")


def _in_order(
    pages: Iterable[RawPage | InputError], pool: Pool, *, ahead: int
) -> Iterator[Record | InputError]:
    """Hand out at most `ahead` pages beyond the one that is due, so that a slow page holds up little
    memory."""
    ready: dict[int, Record | InputError] = {}
    sources: dict[int, str] = {}
    due = count = 0

    def gather() -> None:
        for outcome in pool.collect(TICK):
            source = sources.pop(outcome.index)
            ready[outcome.index] = _result(outcome, source)

    for page in pages:
        if isinstance(page, InputError):
            ready[count] = page
        else:
            while not pool.free or count - due > ahead:
                gather()
                while due in ready:
                    yield ready.pop(due)
                    due += 1
            sources[count] = page.path
            pool.submit(count, page)
        count += 1
    while due < count:
        if due not in ready:
            gather()
            continue
        yield ready.pop(due)
        due += 1


def _result(outcome: Outcome, source: str) -> Record | InputError:
    if outcome.record is None:
        return InputError(source, outcome.problem or "failed")
    return Record.from_json(outcome.record)


def again(paths: Sequence[str], stdin: BinaryIO | None) -> Callable[[], Iterator[RawPage | InputError]]:
    """`open_pages` as often as wanted: once to count repeats, once to read; standard input is kept
    meanwhile."""
    if "-" not in paths:
        return partial(open_pages, paths)
    kept = list(open_pages(paths, stdin=stdin))
    return lambda: iter(kept)


@dataclass(slots=True)
class _Survey:
    """What a first look at the whole input says: the lines of its pages, and where in it each page (by id)
    stands last."""

    counter: RepeatCounter = field(default_factory=RepeatCounter)
    last: dict[str, int] = field(default_factory=dict)


def _survey(pages: Iterable[RawPage | InputError], progress: Progress) -> _Survey:
    survey = _Survey()
    for index, page in enumerate(pages):
        progress.total += 1
        if not isinstance(page, InputError):
            survey.counter.add(page)
            survey.last[page_id(_key(page))] = index
    return survey


def _repeats(survey: _Survey, store: Store) -> Repeats:
    """What repeats over the input and what is stored of other pages. Pages of the input count as they stand
    there whether they are stored or not, so a run that goes on counts what an undisturbed one does."""
    here = survey.counter.repeats
    stored = store.line_counts(here.counts, without=survey.last, bodies=survey.counter.bodies)
    return here | Repeats(stored)


def _key(page: RawPage) -> str:
    return page_key(page.source, page.path, page.fingerprint)


class _Run:
    """One run over the pages: hands them out, gathers what is done, stores it in batches."""

    def __init__(
        self,
        store: Store,
        pool: Pool,
        progress: Progress,
        report: Callable[[Progress], None],
        survey: _Survey,
        *,
        options: str,
    ) -> None:
        self.store = store
        self.pool = pool
        self.progress = progress
        self.report = report
        self.last = survey.last
        self.options = options
        self.handed_out: dict[int, tuple[str, RawPage]] = {}
        self.renewed: set[str] = set()
        self.done: list[Reading] = []
        self.returned: list[Return] = []
        self.last_stored = time.monotonic()
        self.pause = BATCH_SECONDS

    def read(self, pages: Iterable[RawPage | InputError], *, coder: str | None) -> None:
        """Every page; what is done when the run is interrupted is stored before it ends."""
        with self.store.turn():
            finished = set(self.store.finished(options=self.options, coder=coder))
            current = self.store.current()
        try:
            for index, page in enumerate(pages):
                if isinstance(page, InputError):
                    self._fail(page)
                    continue
                key = _key(page)
                reading = (page_id(key), page.fingerprint)
                if reading in finished:
                    if self._newest(index, key) and (reading not in current or reading[0] in self.renewed):
                        self._return(key, page)
                    self.progress.skipped += 1
                    self.report(self.progress)
                    continue
                finished.add(reading)
                self.renewed.add(reading[0])
                self._wait_for(key)
                self.handed_out[index] = (key, page)
                self.pool.submit(index, page)
            while self.handed_out:
                self._gather()
        finally:
            self._store()

    def _wait_for(self, key: str) -> None:
        """Until a worker is free, and until what stands at the same address has been stored: versions of a
        page are numbered in the order of the input, not in the order in which they happen to be done."""
        while not self.pool.free or any(key == other for other, _ in self.handed_out.values()):
            self._gather()

    def _newest(self, index: int, key: str) -> bool:
        return self.last.get(page_id(key), index) <= index

    def _return(self, key: str, page: RawPage) -> None:
        """Note a page that says again what it said before, after all that the input had of it earlier."""
        while any(key == other for other, _ in self.handed_out.values()):
            self._gather()
        self.returned.append(Return(key, page.fingerprint, page_lines(page)))
        if len(self.returned) >= BATCH_PAGES:
            self._store()

    def _gather(self) -> None:
        for outcome in self.pool.collect(TICK):
            key, page = self.handed_out.pop(outcome.index)
            result = _result(outcome, page.path)
            if isinstance(result, InputError):
                self._fail(result)
            else:
                self.done.append(self._reading(outcome.index, key, page, result))
        late = time.monotonic() - self.last_stored > self.pause
        if len(self.done) >= BATCH_PAGES or (late and self.done):
            self._store()

    def _reading(self, index: int, key: str, page: RawPage, record: Record) -> Reading:
        newest, lines = self._newest(index, key), page_lines(page)
        return Reading(key, page.source, page.fingerprint, self.options, record, newest, lines)

    def _store(self) -> None:
        begun = time.monotonic()
        if self.done or self.returned:
            with self.store.turn():
                self._store_batch()
        self.last_stored = time.monotonic()
        self.pause = max(BATCH_SECONDS, SPARED * (self.last_stored - begun))

    def _store_batch(self) -> None:
        if self.done:
            batch, self.done = self.done, []
            self.store.add(batch, coder=self.pool.version)
            self.progress.stored += len(batch)
            self.report(self.progress)
        if self.returned:
            returned, self.returned = self.returned, []
            self.store.returned(returned)

    def _fail(self, error: InputError) -> None:
        self.progress.failed.append(error)
        self.report(self.progress)
