"""Single steps of the pipeline on bare text, for measuring them and for using them alone.

Each takes and gives plain JSON-able values in the form of docs/reference/record.md; offsets are into the text
that came in, unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from volteface.annotate import Annotation
from volteface.annotate.attributions import attribute as find_attributions
from volteface.annotate.times import find_times
from volteface.errors import InputError
from volteface.pipeline import Coder
from volteface.read import RawPage, to_document
from volteface.records import Span
from volteface.resolve.places import find_places


def classify(coder: Coder, row: Mapping[str, Any]) -> dict[str, Any]:
    """The type of the event between two parties: `{"id", "text", "actor": [[s, e]], "recipient": [[s, e]]}` in."""
    from volteface.code import classify as pairs

    verdict = pairs.classify(
        _annotated(coder, _text(row)),
        _spans(row, "actor"),
        _spans(row, "recipient"),
        classifier=pairs.PairClassifier.load(),
        encoder=coder.encoder,
    )
    return {
        "id": row.get("id"),
        "type": verdict.type,
        "mode": verdict.mode,
        "quad": verdict.quad,
        "confidence": verdict.confidence,
    }


def attribute(coder: Coder, text: str, source: str) -> dict[str, Any]:
    """Attributions of a plain text, nothing dropped."""
    found = find_attributions(_annotated(coder, text))
    return {"source": source, "attributions": msgspec.to_builtins(found)}


def geoparse(coder: Coder, row: Mapping[str, Any]) -> dict[str, Any]:
    """Places of a plain text: `{"id", "text"}` in."""
    found = find_places(_annotated(coder, _text(row)), coder.gazetteer)
    return {"id": row.get("id"), "places": msgspec.to_builtins(found)}


def timex(row: Mapping[str, Any], published: str | None = None) -> dict[str, Any]:
    """Time expressions of a plain text: `{"id", "text", "dct"}` in; `published` where `dct` is absent."""
    found = find_times(_text(row), row.get("dct") or published)
    return {"id": row.get("id"), "times": msgspec.to_builtins(found)}


def _annotated(coder: Coder, text: str) -> Annotation:
    return coder.parser.annotate(to_document(RawPage.of_text(text, source="text"), any_language=True))


def _text(row: Mapping[str, Any]) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError(str(row.get("id", "input")), 'has no "text"')
    return text


def _spans(row: Mapping[str, Any], key: str) -> Sequence[Span]:
    spans = row.get(key) or []
    size = len(_text(row))
    good = isinstance(spans, list) and all(
        isinstance(s, list)
        and len(s) == 2
        and all(isinstance(x, int) for x in s)
        and 0 <= s[0] < s[1] <= size
        for s in spans
    )
    if not good:
        raise InputError(str(row.get("id", "input")), f'"{key}" is no list of [start, end] inside the text')
    return [(s[0], s[1]) for s in spans]
