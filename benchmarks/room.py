"""How fast the pages of the reading room are: 1,000,000 events in 100,000 documents, eight readers at once.

    python -m benchmarks.room FOLDER --build [--documents 100000]
    python -m benchmarks.room FOLDER --walk [--readers 8] [--rounds 5] [--only search]
    python -m benchmarks.room FOLDER --measure [the same]
    python -m benchmarks.room FOLDER --visit [--only search]

`--build` makes the database once in FOLDER. `--walk` starts `volteface serve` over it, and as many readers as said walk
about it at once, each through every page of `ADDRESSES` in an order of their own, at every round another address where
a page has several. `--measure` has all of them ask for one page after the other: what each costs when nothing else is
asked. A line for each page: how often it was asked for, the median and the 95th percentile of the seconds from asking
to the last byte, kilobytes as transferred (gzip), statuses other than 200; `--measure` adds the seconds of the first
answer and the server's processor seconds for each. `--visit` asks for forty addresses of each page once, one after the
other: how many there were, and the server's processor seconds of a first visit, on average and at most.

Stories are made with seeded chance: some thousand texts of ten events each, told again by one to six outlets on some
days, so that an event has several reports; countries and pairs of them have shares that fall with their rank (Zipf);
three articles have 100,000 words. Links are written as they would be made, without the keys that linking more needs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import accumulate, pairwise
from pathlib import Path
from urllib.parse import quote

import httpx

from benchmarks.linking import FREQUENT, WORDS
from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.linking import LINKER
from volteface.records import (
    Actor,
    Attribution,
    Block,
    Document,
    Event,
    EventDate,
    EventPlace,
    Evidence,
    Extent,
    Participant,
    Place,
    Published,
    Record,
    Source,
    Spans,
    Trigger,
)
from volteface.store import Store, current
from volteface.store import words as words_of
from volteface.store.identity import coder_id, page_id
from volteface.store.rows import PARTS, Row, rows_of
from volteface.store.write import insert

SEED, CODER = 5, "generated"
EVENTS = 10
TEXTS = 20  # documents of each text, in stories of one to six
LONG, LONG_EVENTS = 3, 1_000
FIRST, DAYS = date(2015, 1, 1), 3_600
OUTLETS = 40
# What stands in a text for what tells its documents apart, each as long as what it becomes; days are before the last.
TOKEN, LAST = "q00000000", date(2999, 1, 31)
PLACES = 300
SCORES = {
    "verbal cooperation": 3.0,
    "material cooperation": 6.0,
    "verbal conflict": -3.0,
    "material conflict": -8.0,
}
VERBS = ("told", "met", "accused", "warned", "praised", "shelled", "sanctioned", "hosted", "joined", "left")
CODES = sorted(countries())[:180]
RANKS = list(accumulate(1 / (rank + 1) for rank in range(len(CODES))))
SYLLABLES = "ba ca do fe gu ha jo ki la mo na pe ra so tu vi wa xe yo zu".split()  # noqa: SIM905


def words(chance: random.Random, count: int) -> str:
    """Words as frequent as they are in news."""
    return " ".join(chance.choices(WORDS, cum_weights=FREQUENT, k=count)) + "."


def name(number: int) -> str:
    """A made-up name, always the same for a number."""
    chance = random.Random(number)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))


def text_record(chance: random.Random, events: int, filler: int) -> Record:
    """A record with a sentence and a paragraph of filler for each event; its id, address and day are stand-ins."""
    parts, at = [f"Of {TOKEN} and {words(chance, 8)}"], 0
    blocks, sentences = [Block("headline", 0, len(parts[0]))], [Extent(0, len(parts[0]))]
    actors: dict[str, Actor] = {}
    made: list[Event] = []
    claims: list[Attribution] = []
    places: list[Place] = []
    at = len(parts[0]) + 1
    types = list(plover().types)
    pair = chance.choices(CODES, cum_weights=RANKS, k=2)
    for number in range(1, events + 1):
        who, whom = pair if number % 3 else chance.choices(CODES, cum_weights=RANKS, k=2)
        if who == whom:
            whom = CODES[(CODES.index(who) + 1) % len(CODES)]
        country = CODES.index(who)
        speaker = name(100 * country + min(int(chance.expovariate(0.3)), 40))
        where = int(chance.expovariate(0.02)) % PLACES
        spot, verb = name(10**6 + where), chance.choice(VERBS)
        head, middle = f"Minister {speaker} said {who} had ", f" {whom} at {spot}, {words(chance, 14)}"
        sentence = head + verb + middle
        more = words(chance, filler)

        def extent(piece: str, start: int = at, sentence: str = sentence) -> Extent:
            found = start + sentence.index(piece)
            return Extent(found, found + len(piece))

        says, acts, suffers, trigger = (
            extent(speaker),
            extent(f" {who} had"),
            extent(f" {whom} at"),
            Extent(at + len(head), at + len(head) + len(verb)),
        )
        acts, suffers = Extent(acts.start + 1, acts.start + 4), Extent(suffers.start + 1, suffers.start + 4)
        key = f"{who}/{speaker}"
        for code, mention in ((who, acts), (whom, suffers)):
            before = actors.get(code)
            actors[code] = Actor(
                f"A{len(actors) + 1}" if before is None else before.id,
                code,
                code,
                "GOV",
                None,
                None,
                (*(before.mentions if before else ()), mention),
                ("a country",),
                code,
                0.9,
            )
        if key not in actors:
            title = extent("Minister")
            told = Evidence(title.start, title.end, "title", who, "GOV", "Minister")
            actors[key] = Actor(
                f"A{len(actors) + 1}",
                speaker,
                who,
                "GOV",
                "Minister",
                None,
                (says,),
                ("a title",),
                key,
                0.8,
                (told,),
            )
        type_ = types[min(int(chance.expovariate(0.25)), len(types) - 1)]
        placed = extent(spot)
        places.append(
            Place(
                f"P{number}",
                spot,
                placed.start,
                placed.end,
                spot,
                CODES[where % 60],
                None,
                10**6 + where,
                round(-50 + where * 0.37, 2),
                round(-170 + where * 1.13, 2),
                "PPL",
                "city",
                0.9,
                (),
            )
        )
        claims.append(
            Attribution(
                f"Q{number}",
                Source(((says.start, says.end),), actors[key].id),
                Spans(((says.end + 1, says.end + 5),)),
                Spans(((acts.start, at + len(sentence)),)),
                "indirect",
            )
        )
        day = LAST.replace(day=31 - chance.randrange(4)).isoformat()
        made.append(
            Event(
                f"E{number}",
                type_,
                None,
                (),
                "040",
                plover().quad(type_),
                SCORES[plover().quad(type_)],
                (Participant(who, acts.start, acts.end, actors[who].id, who, "GOV"),),
                (Participant(whom, suffers.start, suffers.end, actors[whom].id, whom, "GOV"),),
                Trigger(verb, trigger.start, trigger.end),
                Extent(at, at + len(sentence)),
                EventDate(day, day, None) if number % 4 else None,
                EventPlace(f"P{number}", spot, spot, CODES[where % 60], "city"),
                None,
                None,
                chance.choices(("actual", "alleged", "future", "negated"), (80, 12, 5, 3))[0],
                (f"Q{number}",) if number % 2 else (),
                0.9,
            )
        )
        sentences += [
            Extent(at, at + len(sentence)),
            Extent(at + len(sentence) + 1, at + len(sentence) + 1 + len(more)),
        ]
        parts.append(f"{sentence} {more}")
        blocks.append(Block("paragraph", at, at + len(parts[-1])))
        at += len(parts[-1]) + 1
    text = "\n".join(parts)
    document = Document(
        Document.id_of(text),
        "https://outlet.example/" + TOKEN,
        parts[0],
        (),
        "Outlet 00",
        Published(LAST.isoformat(), "given", LAST.isoformat()),
        "en",
        text,
        tuple(blocks),
    )
    return Record(
        document, tuple(sentences), tuple(actors.values()), tuple(places), (), tuple(claims), tuple(made)
    )


def texts(count: int) -> Iterator[tuple[Record, int]]:
    """The texts, each with how many documents have it."""
    chance = random.Random(SEED)
    for _ in range(count // TEXTS):
        yield text_record(chance, EVENTS, 48), TEXTS
    for _ in range(LONG):
        yield text_record(chance, LONG_EVENTS, 80), 1


def build(path: Path, count: int) -> None:
    """The database: parts of texts as rows once, and a row for each document that has them."""
    chance = random.Random(SEED + 1)
    path.unlink(missing_ok=True)
    with Store.open(path) as store:
        connection, tables = store._connection, store._tables
        connection.execute(
            "CREATE TEMP TABLE told (document VARCHAR, text VARCHAR, story INTEGER, published DATE, token VARCHAR)"
        )
        for table in PARTS[1:]:
            connection.execute(f"CREATE TEMP TABLE text_{table} AS FROM {table} LIMIT 0")
        rows: dict[str, list[Row]] = {table: [] for table in ("records", "told", "pages", *PARTS[1:])}
        number = story = 0

        def flush() -> None:
            for table, some in rows.items():
                if table == "told":
                    columns = [
                        ("document", "VARCHAR"),
                        ("text", "VARCHAR"),
                        ("story", "INTEGER"),
                        ("published", "DATE"),
                        ("token", "VARCHAR"),
                    ]
                    insert(connection, "told", columns, some)
                else:
                    insert(
                        connection,
                        table if table in ("records", "pages") else f"text_{table}",
                        tables[table],
                        some,
                    )
                some.clear()

        for record, copies in texts(count):
            for table, some in rows_of(record, coder="", page="").items():
                if table != "records":
                    rows[table] += some
            pattern = record.to_json().encode()
            left = 0
            for _ in range(copies):
                if left == 0:
                    story, left = story + 1, chance.randint(1, 6)
                    days = int(DAYS * chance.random() ** 0.7)
                left -= 1
                number += 1
                rows["records"].append(_document(record, pattern, number, days, rows))
                rows["told"].append(
                    (
                        rows["records"][-1][0],
                        record.document.id,
                        story,
                        rows["records"][-1][7],
                        f"q{number:08}",
                    )
                )
            if len(rows["records"]) >= 2_000:
                flush()
                print(f"\r{number} documents", end="", flush=True)
        flush()
        print("\rparts of documents", flush=True)
        connection.execute("CHECKPOINT")
        for sql in _layers(tables):
            connection.execute(sql)
        current.refresh(connection)
        print("acts", flush=True)
        store.refill_acts()
        unread = words_of.fresh(store)
        while unread:
            unread = unread[words_of.add(store, unread) :]
        connection.execute("CHECKPOINT")
    print(json.dumps({"documents": number, "bytes": path.stat().st_size}))


def _document(record: Record, pattern: bytes, number: int, days: int, rows: dict[str, list[Row]]) -> Row:
    """A row of `records`: the text with its own word, day and outlet."""
    token, outlet = f"q{number:08}", f"Outlet {number % OUTLETS:02}"
    text = record.document.text.replace(TOKEN, token)
    document = Document.id_of(text)
    published = date.fromordinal(FIRST.toordinal() + days)
    source = f"https://outlet.example/{token}"
    data = pattern.replace(record.document.id.encode(), document.encode()).replace(
        TOKEN.encode(), token.encode()
    )
    data = data.replace(b"Outlet 00", outlet.encode())
    for back in range(4):
        day = date.fromordinal(published.toordinal() - back).isoformat().encode()
        data = data.replace(LAST.replace(day=31 - back).isoformat().encode(), day)
    page = page_id(source)
    rows["pages"].append((page, source, source))
    return (
        document,
        coder_id(CODER),
        page,
        source,
        (record.document.headline or "").replace(TOKEN, token),
        [],
        outlet,
        published,
        "given",
        published,
        "en",
        text,
        zlib.compress(data, 1),
    )


def _layers(tables: Mapping[str, list[tuple[str, str]]]) -> Iterator[str]:
    """The rest of the database as SQL: versions, the parts of each document, links."""
    coder = coder_id(CODER)
    yield f"INSERT INTO coders VALUES ('{coder}', '{CODER}', 1)"
    yield "INSERT INTO versions SELECT page, 1, document FROM records"
    yield f"INSERT INTO readings SELECT page, document, '{coder}', '{{}}', document FROM records"
    for table in PARTS[1:]:
        columns = [column for column, _ in tables[table]][2:]
        shown = [
            f"d.published - (DATE '{LAST}' - t.{c})::INTEGER" if c in ("date_start", "date_end") else f"t.{c}"
            for c in columns
        ]
        yield (
            f"INSERT INTO {table} SELECT d.document, '{coder}', {', '.join(shown)} "
            f"FROM told d JOIN text_{table} t ON t.document = d.text ORDER BY d.rowid"
        )
    yield """UPDATE events SET day = coalesce(events.date_start, r.published),
        day_end = coalesce(events.date_end, r.published)
      FROM records r WHERE r.document = events.document AND r.coder = events.coder"""
    for table in ("sentences", "attributions"):
        yield f"""UPDATE {table} SET day = r.published FROM records r
          WHERE r.document = {table}.document AND r.coder = {table}.coder"""
    yield f"INSERT INTO link_state VALUES ('{LINKER}')"
    yield f"INSERT INTO link_documents SELECT document, '{coder}' FROM records"
    yield """INSERT INTO copies SELECT document, first, 0.95, ['the same words'] FROM (
      SELECT document, min(document) OVER (PARTITION BY story) AS first FROM told)
      WHERE document <> first AND hash(document) % 2 = 0"""
    yield """CREATE TEMP TABLE grouped AS SELECT d.story, e.*, d.published,
      min(struct_pack(published := d.published, document := d.document, trigger := e.trigger_starts))
        OVER (PARTITION BY d.story, e.event) AS first
      FROM told d JOIN events e USING (document)"""
    yield """CREATE TEMP TABLE gathered AS
      SELECT *, substring(sha256(concat(first.document, ':', first.trigger, event)), 1, 12) AS linked FROM grouped"""
    yield """INSERT INTO linked
      SELECT linked, document, coder, event, 0.9, ['the same parties on the same day'] FROM gathered"""
    yield """INSERT INTO linked_events
      SELECT linked, any_value(type), NULL, [], '040', any_value(quad), any_value(g.score), any_value(status),
        hash(linked) % 50 = 0,
        coalesce(min(date_start), min(published)), coalesce(min(date_end), min(published)),
        CASE WHEN min(date_start) IS NULL THEN 'published' ELSE 'event' END,
        any_value(p.name), any_value(p.country), NULL, any_value(p.geonames), any_value(p.latitude),
        any_value(p.longitude),
        'PPL', NULL, NULL, NULL, NULL, count(DISTINCT g.document), count(DISTINCT g.document),
        min(published), max(published), 0.9, ['Outlet'],
        CASE WHEN hash(linked) % 50 = 0 THEN ['Another'] ELSE [] END
      FROM gathered g LEFT JOIN places p ON p.document = g.document AND p.place = g.place
      GROUP BY linked
      ORDER BY min(published)"""
    yield """INSERT INTO linked_participants
      SELECT DISTINCT g.linked, p.side, p.number, p.country, p.country, p.country, p.sector
      FROM gathered g JOIN participants p ON p.document = g.document AND p.event = g.event
      WHERE g.document = g.first.document ORDER BY ALL"""


# Page → its addresses, made from the database: as they are, or a pattern with what a question gives put in. Whoever
# changes pages adds theirs here.
NAMES = (
    "SELECT split_part(name, ' ', 1) FROM actors WHERE key <> name ORDER BY hash(document || name) LIMIT 30"
)
LOOKED_FOR = [word for word in WORDS if word.isalnum()]
ADDRESSES: dict[str, list[str] | tuple[str, str]] = {
    "front": ["/"],
    "front, a country": [f"/?country={c}" for c in CODES[:20]],
    "front, days": [f"/?since=2020-0{m}-01&until=2020-0{m}-07" for m in range(1, 10)],
    "search, rare word": (
        "/search?q={}",
        "SELECT split_part(headline, ' ', 2) FROM records ORDER BY hash(document) LIMIT 40",
    ),
    "search, frequent word": [f"/search?q={w}" for w in LOOKED_FOR[:40]],
    "search, two words": [
        f"/search?q={a}+{b}" for a, b in zip(LOOKED_FOR[40:70], LOOKED_FOR[2_000:2_030], strict=True)
    ],
    "search, page 20": [f"/search?q={w}&page=20" for w in LOOKED_FOR[30:60]],
    "search, actors": ("/search?kind=actors&q={}", NAMES),
    "search, quotes": [f"/search?kind=quotes&q={w}" for w in LOOKED_FOR[100:140]],
    "documents": ["/documents", "/documents?page=2", "/documents?page=300"],
    "reader": (
        "/documents/{}",
        "SELECT document FROM records WHERE length(text) < 100000 ORDER BY hash(document) LIMIT 60",
    ),
    "reader, 100,000 words": ("/documents/{}", "SELECT document FROM records WHERE length(text) > 100000"),
    "event": ("/events/{}", "SELECT linked FROM linked_events ORDER BY hash(linked) LIMIT 60"),
    "actors": ["/actors", "/actors?page=2", "/actors?page=100"],
    "actor, great": [f"/actors/{c}" for c in CODES[:6]],
    "actor, small": (
        "/actors/{}",
        "SELECT replace(replace(key, '~', '~0'), '/', '~1') FROM actors WHERE key <> name GROUP BY key "
        "ORDER BY hash(key) LIMIT 40",
    ),
    "course, choosing": ["/course"],
    "course, great pair": [f"/course/{a}/{b}" for a, b in pairwise(CODES[:5])],
    "course, small pair": [f"/course/{a}/{b}" for a, b in zip(CODES[20:50], CODES[60:90], strict=True)],
    "coalitions": ["/coalitions", "/coalitions?window=year"],
    "week": [
        f"/digest/{day}" for day in ("2024-10-07", "2024-09-02", "2020-03-02", "2019-09-02", "2017-05-01")
    ],
    "feed": ["/digest/feed.xml"],
    "explore": ["/explore"],
    "explore, a country": [f"/explore?actor={c}" for c in CODES[:20]],
    "explore, a pair": [f"/explore?actor={a}&recipient={b}&type=CONSULT" for a, b in pairwise(CODES[:21])],
    "explore, a name": ("/explore?actor={}", NAMES),
    "explore, days": [f"/explore?since=2020-0{m}-01&until=2020-0{m}-07" for m in range(1, 10)],
    "explore, groups": [
        "/explore?by=month&across=quad",
        "/explore?by=actor",
        "/explore?by=type&across=status",
    ],
    "explore, page 400": ["/explore?page=400", "/explore?page=399"],
    "export": ["/explore/events.csv?since=2020-01-01&until=2020-01-31"],
    "API, events": ["/api/v1/events", *(f"/api/v1/events?actor={c}" for c in CODES[:10])],
    "API, linked events": [f"/api/v1/linked-events?actor={c}" for c in CODES[:10]],
    "decisions": ["/decisions"],
}


# What is taken away as a file is no page: `--walk` leaves it out.
FILES = frozenset({"export"})
# Seconds in which the room works out beforehand what everybody asks for first; addresses of a page that `--visit` asks
# for.
PREPARING, VISITED = 20, 40


def addresses(store: Store, page: str) -> list[str]:
    """What is asked for of a page."""
    made = ADDRESSES[page]
    if isinstance(made, list):
        return made
    pattern, sql = made
    return [pattern.format(quote(str(value))) for (value,) in store._rows(sql, {})]


class Asker:
    """Asks a server as a browser does that keeps its connection, and remembers how each answer came."""

    def __init__(self, server: str) -> None:
        self._client = httpx.Client(base_url=server, timeout=120, headers={"Accept-Encoding": "gzip"})
        self.answers: dict[str, list[tuple[float, int, int]]] = {}

    def get(self, page: str, address: str) -> None:
        """Ask for an address of a page: seconds to the last byte, bytes as transferred, status."""
        begun, size = time.perf_counter(), 0
        with self._client.stream("GET", address) as answer:
            for piece in answer.iter_raw():
                size += len(piece)
        told = (time.perf_counter() - begun, size, answer.status_code)
        self.answers.setdefault(page, []).append(told)

    def told(self, page: str) -> str:
        """How often it was asked for, median and 95th percentile of seconds, kilobytes, statuses other than 200."""
        answers = self.answers[page]
        seconds = sorted(seconds for seconds, *_ in answers)
        tail = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
        other = " ".join(map(str, sorted({status for *_, status in answers} - {200})))
        size = max(size for _, size, _ in answers) / 1000
        return f"{len(answers):6} {statistics.median(seconds):7.3f} {tail:7.3f} {size:7.1f}  {other}"


HEADS = f"{'asked':>6} {'median':>7} {'95 %':>7} {'KB':>7}"


def wanted(path: Path, only: str | None) -> dict[str, list[str]]:
    """Each page, or those with this in their name, with its addresses."""
    with Store.open(path, read_only=True) as store:
        return {page: addresses(store, page) for page in ADDRESSES if only is None or only in page}


def measure(path: Path, readers: int, rounds: int, only: str | None) -> None:
    """Ask for one page after the other, each by all readers at once, and print what it took."""
    pages = wanted(path, only)
    print(f"{'page':24} {'first':>7} {'cpu':>7} {HEADS}  other statuses")
    with served(path) as (server, process):
        for page, asked in pages.items():
            one, rest = Asker(server), Asker(server)
            one.get(page, asked[0])
            worked = _worked(process)
            with ThreadPoolExecutor(readers) as pool:
                list(pool.map(lambda n: rest.get(page, asked[n % len(asked)]), range(readers * rounds)))  # noqa: B023
            cpu = (_worked(process) - worked) / (readers * rounds)
            print(f"{page:24} {one.answers[page][0][0]:7.3f} {cpu:7.3f} {rest.told(page)}", flush=True)


def visit(path: Path, only: str | None) -> None:
    """Ask for addresses of each page once, and print what a first visit cost."""
    pages = {page: asked for page, asked in wanted(path, only).items() if page not in FILES}
    print(f"{'page':24} {'asked':>6} {'mean':>7} {'most':>7}")
    with served(path) as (server, process):
        time.sleep(PREPARING)
        asker = Asker(server)
        for page, asked in pages.items():
            costs = []
            for address in asked[:VISITED]:
                worked = _worked(process)
                asker.get(page, address)
                costs.append(_worked(process) - worked)
            print(f"{page:24} {len(costs):6} {statistics.mean(costs):7.3f} {max(costs):7.3f}", flush=True)


def walk(path: Path, readers: int, rounds: int, only: str | None) -> None:
    """Let all readers walk about at once, each from page to page in an order of their own, and print what each page
    took. A page's addresses are taken in turn, so that an answer comes from what the room kept only where people do
    ask for the same."""
    pages = {page: asked for page, asked in wanted(path, only).items() if page not in FILES}
    with served(path) as (server, process):
        time.sleep(PREPARING)
        asker, worked, begun = Asker(server), _worked(process), time.perf_counter()

        def read(reader: int) -> None:
            chance = random.Random(SEED + reader)
            for turn in range(rounds):
                for page in chance.sample(list(pages), len(pages)):
                    asker.get(page, pages[page][(turn * readers + reader) % len(pages[page])])

        with ThreadPoolExecutor(readers) as pool:
            list(pool.map(read, range(readers)))
        asked = sum(map(len, asker.answers.values()))
        took, cpu = time.perf_counter() - begun, _worked(process) - worked
    print(f"{'page':24} {HEADS}  other statuses")
    for page in pages:
        print(f"{page:24} {asker.told(page)}")
    print(f"{asked} requests in {took:.0f} s, {1000 * cpu / asked:.0f} ms of a processor each")


def _worked(process: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(path: Path) -> Iterator[tuple[str, int]]:
    """A server over the database: its address and process."""
    command = [sys.executable, "-m", "volteface", "serve", "--db", str(path), "--port", "0", "--rate", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            line = next(line for line in server.stderr if line.startswith("http"))
            yield line.split()[0].rstrip("/"), server.pid
        finally:
            server.kill()


def main() -> None:
    """Build, measure, or both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--walk", action="store_true")
    parser.add_argument("--visit", action="store_true")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="pages with this in their name")
    args = parser.parse_args()
    path: Path = args.folder / f"room-{args.documents}.duckdb"
    if args.build or not path.exists():
        begun = time.perf_counter()
        build(path, args.documents)
        print(f"built in {time.perf_counter() - begun:.0f} s")
    if args.measure:
        measure(path, args.readers, args.rounds, args.only)
    if args.visit:
        visit(path, args.only)
    if args.walk:
        walk(path, args.readers, args.rounds, args.only)


if __name__ == "__main__":
    main()
