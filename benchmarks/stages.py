"""What each stage costs beside the bare parser, on the same texts in one run.

    python -m benchmarks.stages [--limit N] FILE…

The bare parser is the default spaCy pipeline with all its components, given each article's text as one string. Every
text is timed through the parser and through the stages in turn, so that a noisy machine disturbs both alike; the
figures to quote are the ratios. One process, one thread.
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

from volteface.annotate import DEFAULT_PIPELINE, Annotation
from volteface.annotate.attributions import attribute
from volteface.annotate.times import find_times
from volteface.code.proposal import Proposal
from volteface.code.propose import propose
from volteface.code.sight import Sight
from volteface.code.weigh import weigh
from volteface.errors import InputError
from volteface.pipeline import Coder
from volteface.read import open_pages, to_document
from volteface.resolve.places import find_places

T = TypeVar("T")


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time(self, stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        self.seconds[stage] += time.perf_counter() - start
        return result


def _networks(annotation: Annotation, proposals: list[Proposal], coder: Coder) -> None:
    """What the networks see in every sentence that they are asked about, and the weighing of the proposals."""
    sight = Sight(annotation, coder.encoder)
    propose(annotation, (), (), sight)
    weigh(annotation, proposals, sight)


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
    coder = Coder()
    clock, pages, words = Clock(), 0, 0
    found = [p for p in open_pages(args.files) if not isinstance(p, InputError)][: args.limit]
    for page in [found[0], *found]:  # the first page warms both up and is not counted
        try:
            document = clock.time("read", lambda page=page: to_document(page))  # type: ignore[misc]
        except InputError:
            continue
        doc = bare(document.text)
        clock.time("bare parser", lambda text=document.text: bare(text))  # type: ignore[misc]
        annotation = clock.time("annotate: parse", lambda d=document: coder.parser.annotate(d))  # type: ignore[misc]
        times = clock.time("annotate: times", lambda t=document.text: find_times(t, "2016-09-20"))  # type: ignore[misc]
        claims = clock.time("annotate: attributions", lambda a=annotation: attribute(a))  # type: ignore[misc]
        proposals = clock.time("code: propose", lambda a=annotation, t=times, c=claims: propose(a, t, c))  # type: ignore[misc]
        clock.time("code: networks", lambda a=annotation, p=proposals: _networks(a, p, coder))  # type: ignore[misc]
        clock.time("resolve: places", lambda a=annotation: find_places(a, coder.gazetteer))  # type: ignore[misc]
        clock.time("whole of code", lambda page=page: coder.read(page))  # type: ignore[misc]
        pages, words = pages + 1, words + len(doc)
        if pages == 1 and page is found[0] and not words < 0 and clock.seconds["warmed"] == 0:
            clock.seconds.clear()
            clock.seconds["warmed"], pages, words = 1, 0, 0
    del clock.seconds["warmed"]
    base = clock.seconds["bare parser"]
    print(f"{pages} articles, {words} tokens")
    for stage, seconds in clock.seconds.items():
        each = 1000 * seconds / pages
        print(f"{stage:24} {seconds:8.2f} s   {each:7.1f} ms an article   {seconds / base:5.2f} × parser")


if __name__ == "__main__":
    main()
