"""What the commands print has the names, the kinds and the values that `docs/reference/record.md` promises.

The schema is written out here by hand, and not derived from the code it checks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.conftest import sample_pages
from volteface import steps
from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.pipeline import Coder
from volteface.records import Record

REFERENCE = Path(__file__).parents[1] / "docs" / "reference" / "record.md"

TEXT, NUMBER, WHOLE, YES = str, (int, float), int, bool
NONE = type(None)
SPANS = [(WHOLE, WHOLE)]
EXTENT = {"start": WHOLE, "end": WHOLE}
WHY = {"score": NUMBER, "reasons": [TEXT]}
PARTICIPANT = {
    **EXTENT,
    **WHY,
    "text": TEXT,
    "actor": (TEXT, NONE),
    "country": (TEXT, NONE),
    "sector": (TEXT, NONE),
}
EVIDENCE = {
    **EXTENT,
    "kind": {"title", "apposition", "member", "role", "leads", "listed", "holder"},
    "country": (TEXT, NONE),
    "sector": (TEXT, NONE),
    "role": (TEXT, NONE),
}

DOCUMENT = {
    "id": TEXT,
    "source": TEXT,
    "headline": (TEXT, NONE),
    "bylines": [TEXT],
    "publisher": (TEXT, NONE),
    "published": ({"date": TEXT, "basis": {"given", "metadata", "inferred"}, "latest": TEXT}, NONE),
    "language": {"en"},
    "text": TEXT,
    "blocks": [{**EXTENT, "kind": {"headline", "standfirst", "caption", "paragraph"}}],
    "dropped": [{"kind": {"furniture", "repeat"}, "text": TEXT}],
}
PRECISION = ({"point", "city", "district", "province", "country"}, NONE)
PLACE = {
    **EXTENT,
    "id": TEXT,
    "text": TEXT,
    "name": TEXT,
    "country": (TEXT, NONE),
    "admin1": (TEXT, NONE),
    "geonames": (WHOLE, NONE),
    "latitude": (*NUMBER, NONE),
    "longitude": (*NUMBER, NONE),
    "feature": (TEXT, NONE),
    "precision": PRECISION,
    "score": NUMBER,
    "reasons": [TEXT],
}
TIME = {**EXTENT, "id": TEXT, "text": TEXT, "type": {"DATE", "TIME", "DURATION", "SET"}, "value": TEXT}
ATTRIBUTION = {
    "id": TEXT,
    "source": {
        "spans": SPANS,
        "actor": (TEXT, NONE),
        "named": YES,
        "principal": ({"spans": SPANS, "actor": (TEXT, NONE)}, NONE),
    },
    "cue": {"spans": SPANS},
    "content": {"spans": SPANS},
    "form": {"direct", "indirect", "mixed"},
    "via": [{"name": TEXT, "spans": SPANS}],
    "answers": [{"claim": TEXT, "stand": {"denies", "confirms"}}],
}
EVENT = {
    "id": TEXT,
    "type": set(plover().types),
    "mode": (TEXT, NONE),
    "contexts": [set(plover().contexts)],
    "cameo": set(plover().cameo_to_plover),
    "quad": {"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"},
    "score": NUMBER,
    "actors": [PARTICIPANT],
    "recipients": [PARTICIPANT],
    "trigger": {**EXTENT, "text": TEXT},
    "sentence": EXTENT,
    "date": ({"start": TEXT, "end": TEXT, "time": (TEXT, NONE)}, NONE),
    "place": (
        {"id": TEXT, "text": TEXT, "name": TEXT, "country": (TEXT, NONE), "precision": PRECISION},
        NONE,
    ),
    "killed": (WHOLE, NONE),
    "injured": (WHOLE, NONE),
    "status": {"actual", "alleged", "future", "hypothetical", "negated", "historical"},
    "attributions": [TEXT],
    "confidence": NUMBER,
}
RECORD = {
    "document": DOCUMENT,
    "sentences": [EXTENT],
    "actors": [
        {
            "id": TEXT,
            "name": TEXT,
            "country": (TEXT, NONE),
            "sector": (TEXT, NONE),
            "role": (TEXT, NONE),
            "wikidata": (TEXT, NONE),
            "mentions": [EXTENT],
            "key": (TEXT, NONE),
            "evidence": [EVIDENCE],
            **WHY,
        }
    ],
    "places": [PLACE],
    "times": [TIME],
    "attributions": [ATTRIBUTION],
    "events": [EVENT],
}


def mismatches(value: object, schema: Any, path: str = "") -> list[str]:
    """Where a JSON value is not of a schema: a type, a tuple of schemas of which one fits, a set of allowed
    values, `[schema]` for a list, `[(…)]` for a list of such lists, a dict for exactly these fields."""
    if isinstance(schema, set):
        return [] if value in schema else [f"{path}: {value!r} is none of its values"]
    if isinstance(schema, type):
        fits = isinstance(value, schema) and isinstance(value, bool) == (schema is bool)
        return [] if fits else [f"{path}: {value!r} is no {schema.__name__}"]
    if isinstance(schema, tuple):
        tries = [mismatches(value, one, path) for one in schema]
        return [] if [] in tries else min(tries, key=len)
    if isinstance(schema, list):
        if not isinstance(value, list):
            return [f"{path}: {value!r} is no list"]
        if isinstance(schema[0], tuple):
            rows = [isinstance(row, list) and list(map(type, row)) == list(schema[0]) for row in value]
            return [] if all(rows) else [f"{path}: {value!r} is no list of pairs"]
        return [m for n, item in enumerate(value) for m in mismatches(item, schema[0], f"{path}[{n}]")]
    if not isinstance(value, Mapping):
        return [f"{path}: {value!r} is no object"]
    if set(value) != set(schema):
        return [f"{path}: fields {sorted(set(value) ^ set(schema))} missing or too much"]
    return [m for key, item in value.items() for m in mismatches(item, schema[key], f"{path}.{key}")]


# ---- values


@pytest.mark.model
def test_records_are_as_promised(records: tuple[Record, ...]) -> None:
    wrong = [m for record in records for m in mismatches(json.loads(record.to_json()), RECORD)]
    assert wrong == []


@pytest.mark.model
def test_codes_are_of_the_ontology(records: tuple[Record, ...]) -> None:
    known = set(countries()) | set(plover().nonstate_countries)
    parties = [p for r in records for e in r.events for p in (*e.actors, *e.recipients)]
    who = [(p.country, p.sector) for p in parties]
    who += [(a.country, a.sector) for r in records for a in r.actors]
    assert {country for country, _ in who if country} <= known
    assert {part for _, sector in who if sector for part in sector.split("/")} <= set(plover().sectors)
    assert {p.country for r in records for p in r.places if p.country} <= known


@pytest.mark.model
def test_mode_cameo_quad_and_score_follow_from_the_type(records: tuple[Record, ...]) -> None:
    for event in (event for record in records for event in record.events):
        plover().check(event.type, event.mode, event.id)
        assert plover().cameo_to_plover[event.cameo].type == event.type
        assert event.quad == plover().quad(event.type)
        assert event.score == plover().score(event.type, event.mode)
        order = list(plover().contexts)
        assert list(event.contexts) == sorted(set(event.contexts), key=order.index)


@pytest.mark.model
def test_ids_count_in_the_order_of_the_text(records: tuple[Record, ...]) -> None:
    for record in records:
        for letter, parts in (
            ("A", record.actors),
            ("P", record.places),
            ("T", record.times),
            ("Q", record.attributions),
            ("E", record.events),
        ):
            assert [part.id for part in parts] == [f"{letter}{n}" for n in range(1, len(parts) + 1)]
        for starts in (
            [p.start for p in record.places],
            [t.start for t in record.times],
            [e.trigger.start for e in record.events],
        ):
            assert starts == sorted(starts)


@pytest.mark.model
def test_a_source_is_the_url_else_the_id_else_the_path(records: tuple[Record, ...]) -> None:
    assert [r.document.source for r in records] == [page.source for page in sample_pages()]


@pytest.mark.model
def test_every_resolution_says_why_with_a_score(records: tuple[Record, ...]) -> None:
    actors = [a for r in records for a in r.actors]
    parties = [p for r in records for e in r.events for p in (*e.actors, *e.recipients)]
    assert len(actors) > 300
    assert len(parties) > 500
    assert [a for a in actors if not a.reasons or not 0 < a.score <= 1] == []
    assert [p for p in parties if not p.reasons] == []
    resolved = [p for p in parties if p.actor or p.country or p.sector]
    assert len(resolved) > 0.97 * len(parties)
    assert [p for p in resolved if not 0 < p.score <= 1] == []


@pytest.mark.model
def test_keys_and_evidence(records: tuple[Record, ...]) -> None:
    for record in records:
        own = [a.key for a in record.actors if a.key]
        assert len(own) == len(set(own)), "two actors of one document have one key"
        for piece in (e for a in record.actors for e in a.evidence):
            assert 0 <= piece.start < piece.end <= len(record.document.text)
            assert piece.country or piece.sector or piece.role
    by_key = {a.key: a.name for r in records for a in r.actors}
    assert by_key["NOR/Torvald Engeseth"] == "Torvald Engeseth"
    keys = {a.key for r in records for a in r.actors if a.name == "Sigrun Hallgrims"}
    assert keys == {"ISL/Sigrun Hallgrims", "Sigrun Hallgrims"}  # the second where the page tells no country


# ---- the other commands

STEP = {
    "id": 7,
    "text": "The Turkish president met his Syrian counterpart in Paris on Tuesday.",
    "dct": "2031-03-07",
    "actor": [[0, 21]],
    "recipient": [[26, 48]],
}


@pytest.mark.model
def test_the_steps_print_what_is_promised(coder: Coder) -> None:
    (placed, timed, typed) = (
        steps.geoparse(coder, STEP),
        steps.timex(STEP),
        steps.classify(coder, STEP),
    )
    assert mismatches(plain(placed), {"id": WHOLE, "places": [PLACE]}) == []
    assert mismatches(plain(timed), {"id": WHOLE, "times": [TIME]}) == []
    classified = {
        "id": WHOLE,
        "type": ({*plover().types, "YIELD"}, NONE),
        "mode": (TEXT, NONE),
        "quad": (EVENT["quad"], NONE),
        "confidence": NUMBER,
    }
    assert mismatches(plain(typed), classified) == []
    assert (placed["id"], timed["times"][0]["value"]) == (7, "2031-03-04")
    assert "Paris" in [place["text"] for place in placed["places"]]
    nobody = steps.classify(coder, {**STEP, "actor": [], "recipient": []})
    assert mismatches(plain(nobody), classified) == []
    claims = steps.attribute(coder, "“We agree,” the minister said.\n", "a.txt")
    assert mismatches(plain(claims), {"source": TEXT, "attributions": [ATTRIBUTION]}) == []
    assert claims["source"] == "a.txt"


def plain(value: object) -> object:
    """As it comes back from JSON."""
    return json.loads(msgspec.json.encode(value))


# ---- the page that documents it


def test_every_field_is_documented() -> None:
    reference = REFERENCE.read_text(encoding="utf-8")

    def names(schema: Any) -> set[str]:
        if isinstance(schema, dict):
            return set(schema) | {n for part in schema.values() for n in names(part)}
        parts = schema if isinstance(schema, (list, tuple)) else []
        return {n for part in parts for n in names(part)}

    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", reference))))
    assert names(RECORD) <= words


def test_every_value_is_documented() -> None:
    words = set(re.findall(r"\w+", REFERENCE.read_text(encoding="utf-8")))
    listed = [DOCUMENT["blocks"], DOCUMENT["dropped"]]
    kinds = {kind for part in listed for kind in part[0]["kind"]}  # type: ignore[index]
    assert kinds | TIME["type"] | ATTRIBUTION["form"] | EVENT["status"] <= words  # type: ignore[operator]
    assert set(plover().nonstate_countries) <= words
