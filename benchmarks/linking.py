"""What linking costs: ten times the stories must cost at most thirteen times the time.

    python benchmarks/linking.py [--stories 1000 10000 100000]

Stories are made as records, with seeded chance: occurrences between made-up countries, each told by one to six
outlets within three days in words as frequent as they are in news, one report in five a copy; twenty stories a
day, so that a larger database is a longer one. They are stored and then linked in one go. What is compared is the
processors' time in linking, since others use the machine.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from volteface.link.words import background
from volteface.linking import Progress, bring_up_to_date
from volteface.records import (
    Actor,
    Block,
    Document,
    Event,
    EventDate,
    Extent,
    Participant,
    Published,
    Record,
    Trigger,
)
from volteface.store import Reading, Store

SEED = 11
A_DAY = 20
FIRST = date(2015, 1, 1)
COUNTRIES = [f"{a}{b}{c}" for a in "ABDFGK" for b in "AEIOU" for c in "LMNRST"]
SYLLABLES = "ba ca do fe gu ha jo ki la mo na pe ra so tu vi wa xe yo zu".split()  # noqa: SIM905
DEEDS = (
    ("ASSAULT", "material conflict", -9.0, ("shelled", "bombed", "attacked")),
    ("CONSULT", "verbal cooperation", 1.0, ("met", "hosted", "visited")),
    ("ACCUSE", "verbal conflict", -2.0, ("accused", "blamed", "condemned")),
    ("AGREE", "verbal cooperation", 5.0, ("agreed", "pledged", "signed")),
    ("SANCTION", "material conflict", -6.0, ("sanctioned", "embargoed", "expelled")),
)
# Words as frequent as they are in news.
WORDS = list(background().counts)
FREQUENT = list(accumulate(background().counts.values()))
# What is done by whom to whom: type, quad, score, verbs.
Deed = tuple[str, str, float, tuple[str, ...]]


def name(rng: random.Random) -> str:
    """A made-up place or person."""
    return "".join(rng.choices(SYLLABLES, k=3)).capitalize()


def stories(count: int) -> Iterator[Reading]:
    """So many stories, the same in every run, in the order of their days."""
    rng = random.Random(SEED)
    made = 0
    while made < count:
        day = FIRST + timedelta(made // A_DAY)
        who, whom = rng.sample(COUNTRIES, 2)
        names = [name(rng) for _ in range(8)]
        deeds = rng.sample(DEEDS, 3)
        last = ""
        for _ in range(min(rng.randint(1, 6), count - made)):
            told = last if last and rng.random() < 0.2 else _text(rng, who, whom, names, deeds)
            last = told
            yield _reading(
                made, told + "\n" + _words(rng, 12), day + timedelta(rng.randrange(3)), day, who, whom, deeds
            )
            made += 1


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, cum_weights=FREQUENT, k=count)) + "."


def _text(
    rng: random.Random,
    who: str,
    whom: str,
    names: list[str],
    deeds: Sequence[Deed],
) -> str:
    """Three sentences with a deed each, words between them, some of the names in each."""
    lines = []
    for _, _, _, verbs in deeds:
        some = " and ".join(rng.sample(names, 3))
        lines.append(f"{who} {rng.choice(verbs)} {whom} near {some}, {_words(rng, 15)}")
        lines.append(_words(rng, 40))
    return "\n".join(lines)


def _reading(
    number: int,
    text: str,
    published: date,
    day: date,
    who: str,
    whom: str,
    deeds: Sequence[Deed],
) -> Reading:
    events = []
    start = 0
    for index, (type_, quad, score, _) in enumerate(deeds, 1):
        start = text.index(f"{who} ", start)
        verb = text[start + 4 : text.index(" ", start + 4)]
        trigger = Trigger(verb, start + 4, start + 4 + len(verb))
        there = text.index(f" {whom} ", start) + 1
        actors = (Participant(who, start, start + 3, who, who, "GOV"),)
        recipients = (Participant(whom, there, there + 3, whom, whom, "GOV"),)
        dated = EventDate(day.isoformat(), day.isoformat(), None) if (number + index) % 2 else None
        events.append(
            Event(
                f"E{index}", type_, None, (), "", quad, score, actors, recipients, trigger,
                Extent(start, text.index("\n", start)), dated, None, None, None, "actual", (), 0.9,
            )
        )  # fmt: skip
        start += 4
    cast = tuple(Actor(c, c, c, "GOV", None, None, (Extent(0, 3),), key=f"country:{c}") for c in (who, whom))
    date_ = Published(published.isoformat(), "given", published.isoformat())
    source, blocks = f"https://outlet{number % 40}.example/{number}", (Block("paragraph", 0, len(text)),)
    document = Document(
        Document.id_of(text), source, None, (), f"Outlet {number % 40}", date_, "en", text, blocks
    )
    return Reading(source, source, document.id, "{}", Record(document, (), cast, (), (), (), tuple(events)))


def measure(count: int, path: Path) -> dict[str, float]:
    """Seconds of linking so many stories, and what came of it."""
    with Store.open(path) as store:
        batch: list[Reading] = []
        for reading in stories(count):
            batch.append(reading)
            if len(batch) == 1_000:
                store.add(batch, coder="generated")
                batch = []
        store.add(batch, coder="generated")
        begun, busy = time.perf_counter(), time.process_time()
        bring_up_to_date(store, report=_show)
        seconds, busy = time.perf_counter() - begun, time.process_time() - busy
        linked, reports, copies = store._rows(
            "SELECT (SELECT count(*) FROM linked_events), (SELECT count(*) FROM linked), (SELECT count(*) FROM copies)",
            {},
        )[0]
    return {
        "stories": count,
        "cpu_seconds": round(busy, 1),
        "seconds": round(seconds, 1),
        "reports": reports,
        "linked": linked,
        "copies": copies,
    }


def _show(progress: Progress) -> None:
    print(f"\r{progress.done} of {progress.total}", end="", flush=True)


def main() -> None:
    """Measure each size and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stories", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    before: dict[str, float] | None = None
    for count in parser.parse_args().stories:
        with TemporaryDirectory() as folder:
            found = measure(count, Path(folder) / "generated.duckdb")
        if before:
            found["times"] = round(found["cpu_seconds"] / before["cpu_seconds"], 2)
        print("\r" + json.dumps(found))
        before = found


if __name__ == "__main__":
    main()
