"""Ask a running reading room's API what its OpenAPI document allows, and what it does not, and hold every answer to it.

    volteface serve --db news.duckdb --rate 0 --port 8770 &
    python -m benchmarks.fuzz_api http://127.0.0.1:8770 --requests 20000

Requests are made by schemathesis and are the same for one seed and one database. Half are such as the document allows,
with actors, articles and cursors that there are; half break it in some place.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

DOCUMENT = "/api/v1/openapi.json"
# Of positive data only the cursor, and windows too many, cannot be told from their schema alone; nor that places are
# those of all days and sources.
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
UNTOLD = {"cursor", "window"}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# Seconds that an answer may take, and batches between two lines of progress.
SECONDS, REPORT = 60.0, 20
# Most requests made from one seed before the next is taken.
BATCH = 50
SHARE = 0.5


class Known:
    """What there is in the database, as the API itself tells it."""

    def __init__(self, url: str) -> None:
        self._url = url
        documents = [row["document"] for row in self._items("documents?limit=50")]
        actors = [row["key"] for row in self._items("actors?limit=50")]
        linked = [row["linked"] for row in self._items("linked-events?limit=50")]
        pairs = [(row["actor"], row["recipient"]) for row in self._items("dyads?limit=50")]
        parties = [*{name for pair in pairs for name in pair}, *actors]
        self.values: dict[str, list[str]] = {
            "document": documents,
            "linked": linked,
            "key": actors,
            "actor": parties,
            "recipient": parties,
        }
        self._cursors: dict[str, str | None] = {}

    def cursor(self, path: str) -> str | None:
        """Where a list goes on after its first row."""
        if path not in self._cursors:
            answer = requests.get(f"{self._url}{path}", params={"limit": 1}, timeout=60)
            self._cursors[path] = answer.json().get("next") if answer.ok else None
        return self._cursors[path]

    def _items(self, path: str) -> list[dict[str, Any]]:
        answer = requests.get(f"{self._url}/api/v1/{path}", timeout=60)
        answer.raise_for_status()
        items: list[dict[str, Any]] = answer.json()["items"]
        return items


def fuzz(url: str, *, number: int, seed: int = 0) -> tuple[Counter[int], list[str]]:
    """The statuses of so many requests, and what was wrong with answers."""
    schema = schemathesis.openapi.from_url(f"{url}{DOCUMENT}")
    operations: list[Any] = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    known, chance = Known(url), random.Random(seed)
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    for turn, operation, mode in _turns(operations):
        left = number - statuses.total()
        if left <= 0:
            break
        most = min(BATCH, left, -(-number // (len(operations) * len(MODES))))
        for answer, error in _batch(url, operation, mode, known, chance, most=most, seed=seed + turn):
            statuses[answer.status_code] += 1
            if error:
                wrong.append(f"{answer.request.url}: {answer.status_code}: {error}")
        if turn % REPORT == 0:
            print(f"{statuses.total()} requests, {len(wrong)} wrong", file=sys.stderr, flush=True)
    return statuses, wrong


def _batch(
    url: str,
    operation: Any,
    mode: GenerationMode,
    known: Known,
    chance: random.Random,
    *,
    most: int,
    seed: int,
) -> list[tuple[Any, str]]:
    """Answers to some requests to one address, each with what is wrong with it."""
    found: list[tuple[Any, str]] = []

    @seeded(seed)
    @settings(
        max_examples=most, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            _filled(case, known, chance)
        answer = case.call(base_url=url, timeout=SECONDS)
        found.append((answer, _wrong(case, answer, mode)))

    ask()
    return found


def _wrong(case: Any, answer: Any, mode: GenerationMode) -> str:
    # An address that is too long is refused as well, whatever else is wrong with it.
    fitting = [
        check for check in CHECKS if answer.status_code != 414 or check is not checks.negative_data_rejection
    ]
    try:
        case.validate_response(answer, checks=fitting)
    except (FailureGroup, AssertionError) as error:
        return str(error)
    if mode is GenerationMode.POSITIVE and answer.status_code == 400:
        faulty = {each["parameter"] for each in answer.json().get("errors", [])}
        query = case.query or {}
        of_all = query.get("kind") == "places" and query.keys() & {"since", "until", "source"}
        if not faulty or faulty - UNTOLD - ({"kind"} if of_all else set()):
            return f"refused: {answer.text}"
    return ""


def _turns(operations: list[Any]) -> Iterator[tuple[int, Any, GenerationMode]]:
    turn = 0
    while True:
        for operation in operations:
            for mode in MODES:
                yield turn, operation, mode
                turn += 1


def _filled(case: Any, known: Known, chance: random.Random) -> None:
    """Put what there is into some of the places of a request."""
    for place in (case.path_parameters, case.query):
        for name in place or ():
            if known.values.get(name) and chance.random() < SHARE:
                value = chance.choice(known.values[name])
                part = quote(value.replace("~", "~0").replace("/", "~1"), safe="~")
                place[name] = part if place is case.path_parameters else value
    if "cursor" in (case.query or {}):
        cursor = None if "{" in case.path else known.cursor(case.path)
        if cursor and chance.random() < SHARE:
            case.query["cursor"] = cursor
        else:
            del case.query["cursor"]


def main() -> None:
    """Print the statuses as JSON, and what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("url")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    started = time.monotonic()
    statuses, wrong = fuzz(options.url.rstrip("/"), number=options.requests, seed=options.seed)
    for line in wrong[:20]:
        print(line[:2_000])
    told = {str(status): n for status, n in sorted(statuses.items())}
    seconds = round(time.monotonic() - started)
    print(
        json.dumps({"requests": statuses.total(), "seconds": seconds, "statuses": told, "wrong": len(wrong)})
    )
    if wrong or any(status >= 500 for status in statuses):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
