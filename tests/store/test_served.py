"""What the API lists, found the quick way and the plain one."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import msgspec
import pytest

from tests.fakes import TEXT
from tests.store.test_decisions import add, keyed
from volteface.records import Record
from volteface.store import Filters, Store
from volteface.store.paging import Cut
from volteface.store.served import events

COUNTRIES, SECTORS = ("RUR", "FRA", None), ("MIL", "GOV", None)
CODES = ("RUR", "FRA", "SYL", "MIL", "GOV")


def story(number: int, own: tuple[str | None, str | None], known: tuple[str | None, str | None]) -> Record:
    """A document of its own: a side of its events has a country and a sector, or the actor on it has."""
    one = keyed(f"{TEXT}\n{number}", f"page {number}")
    country, sector = known
    actors = (msgspec.structs.replace(one.actors[0], country=country, sector=sector), *one.actors[1:])
    country, sector = own
    found = []
    for event in one.events:
        sides = [
            tuple(
                msgspec.structs.replace(p, country=country, sector=sector) if p.actor == actors[0].id else p
                for p in side
            )
            for side in (event.actors, event.recipients)
        ]
        found.append(msgspec.structs.replace(event, actors=sides[0], recipients=sides[1]))
    return msgspec.structs.replace(one, actors=actors, events=tuple(found))


@pytest.mark.parametrize("decided", [None, ("RUR", "country", "FRA"), ("SYL/Ada Moor", "sector", "MIL")])
def test_a_code_is_found_with_and_without_decisions(
    tmp_path: Path, decided: tuple[str, str, str] | None
) -> None:
    values = list(product(COUNTRIES, SECTORS))
    with Store.open(tmp_path / "news.duckdb") as store:
        for number, (own, known) in enumerate(product(values, values[::2])):
            add(store, story(number, own, known))
        if decided:
            store.decide("actor", decided[0], None, *decided[1:])  # type: ignore[arg-type]
        seen = set()
        for code, acts in product(CODES, (True, False)):
            filters = Filters(actor=code) if acts else Filters(recipient=code)
            listed = {(row.document, row.event) for row in store.events(filters)}
            served = {
                (row["document"], row["event"]) for row in events(store, filters, Cut(1000)).table.dicts()
            }
            assert served == listed
            seen.add(len(served))
        assert len(seen) > 2
