"""What each stage costs beside the bare parser, on the same texts in one run.

    python -m benchmarks.stages [--limit N] FILE…

The bare parser is the default spaCy pipeline with all its components as it is loaded from its package, given each
article's text as one string. Every text is timed through the parser, through `volteface attribute` and through the
whole way in turn, so that a noisy machine disturbs all alike; the figures to quote are the ratios. Seconds are the
process's own. One process, one thread.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import volteface.pipeline
from volteface import steps
from volteface.annotate import DEFAULT_PIPELINE
from volteface.errors import InputError
from volteface.pipeline import Coder
from volteface.read import open_pages, to_document

T = TypeVar("T")

# The functions that `pipeline` calls, by the stage their time goes to. Networks run inside "propose" and "weigh".
STAGES = {
    "find_times": "annotate: times",
    "tense_at": "annotate: times",
    "attribute": "annotate: attributions",
    "propose": "code",
    "weigh": "code",
    "count": "code",
    "find_places": "resolve: places",
    "cast": "resolve: actors",
    "voices": "resolve: events",
    "settle": "resolve: events",
}
WHO_WHERE_WHEN = ("resolve: actors", "resolve: places", "annotate: times")


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time(self, stage: str, work: Callable[..., T], *given: Any, **named: Any) -> T:
        """What the work gives for this, its time put down to a stage."""
        start = time.process_time()
        result = work(*given, **named)
        self.seconds[stage] += time.process_time() - start
        return result

    def listen(self, name: str, stage: str) -> None:
        """Time a function of `pipeline` wherever the pipeline calls it."""
        work = getattr(volteface.pipeline, name)
        setattr(volteface.pipeline, name, lambda *given, **named: self.time(stage, work, *given, **named))


def main() -> None:
    """Time the stages and print seconds and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument("--limit", type=int, default=100)
    args = parser.parse_args()
    import spacy

    bare: Any = spacy.load(DEFAULT_PIPELINE)
    clock, pages, words = Clock(), 0, 0
    for name, stage in STAGES.items():
        clock.listen(name, stage)
    coder = Coder()
    found = [p for p in open_pages(args.files) if not isinstance(p, InputError)][: args.limit]
    clock.time("loading: register", lambda: coder.register)
    clock.time("loading: gazetteer", lambda: coder.gazetteer)
    loading = dict(clock.seconds)
    for number, page in enumerate([found[0], *found]):  # the first page warms all up and is not counted
        try:
            document = clock.time("read", to_document, page)
        except InputError:
            continue
        doc = clock.time("bare parser", bare, document.text)
        clock.time("annotate: parse", coder.parser.annotate, document)
        clock.time("volteface attribute", steps.attribute, coder, document.text, "text")
        clock.time("volteface code", coder.read, page, published="2016-09-20")
        pages, words = pages + 1, words + len(doc)
        if number == 0:
            clock.seconds.clear()
            pages = words = 0
    _print(clock.seconds, loading, pages, words)


def _print(seconds: dict[str, float], loading: dict[str, float], pages: int, words: int) -> None:
    base = seconds["bare parser"]
    rows = {**seconds, "actors, places and times": sum(seconds[stage] for stage in WHO_WHERE_WHEN)}
    print(f"{pages} articles, {words} tokens")
    for stage, taken in rows.items():
        each = 1000 * taken / pages
        print(f"{stage:26} {taken:8.2f} s   {each:7.1f} ms an article   {taken / base:5.2f} × parser")
    for stage, taken in loading.items():
        print(f"{stage:26} {taken:8.2f} s   once")


if __name__ == "__main__":
    main()
