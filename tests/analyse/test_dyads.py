"""What a series comes to in a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from volteface.analyse.dyads import in_words, summarise

ROW = {
    "events": 0,
    "verbal_cooperation": 0,
    "material_cooperation": 0,
    "verbal_conflict": 0,
    "material_conflict": 0,
    "scored": 0,
    "score_sum": 0.0,
    "contested": 0,
    "documents": 0,
    "imported": 0,
    **dict.fromkeys(("actual", "alleged", "future", "hypothetical", "negated", "historical"), 0),
}

CASES: list[tuple[list[dict[str, Any]], tuple[str, ...], str]] = [
    ([], ("actual",), "0 events: 0 of cooperation, 0 of conflict; seen: nothing"),
    (
        [{"events": 3, "actual": 3, "verbal_cooperation": 2, "material_conflict": 1, "scored": 2, "score_sum": -3.0,
          "documents": 4}, {"alleged": 2, "negated": 1}],
        ("actual",),
        "3 events: 2 of cooperation, 1 of conflict; mean score -1.5; kept out: 2 alleged, 1 negated; "
        "seen: 4 documents; nothing seen in 1 of 2 days",
    ),
    (
        [{"events": 2, "actual": 4, "alleged": 2, "contested": 1, "imported": 9}],
        ("alleged",),
        "2 events: 0 of cooperation, 0 of conflict, 2 without a type; 1 contested; kept out: 4 actual; "
        "seen: 9 imported events of anybody",
    ),
    ([{"events": 6, "actual": 4, "alleged": 2, "documents": 1}], (),
     "6 events: 0 of cooperation, 0 of conflict, 6 without a type; seen: 1 documents"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "statuses", "words"), CASES)
def test_in_words(rows: list[dict[str, Any]], statuses: tuple[str, ...], words: str) -> None:
    summary = summarise([ROW | row for row in rows], statuses=statuses)
    assert in_words(summary, by="day") == words
