"""Denmark's change of course in the samples: found, dated, and carried by sentences."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from volteface.courses import follow
from volteface.store import ActFilter, Store

# The day on which Denmark's prime minister goes to Reykjavik and drops Norway (courier-denmark-new-heading.txt).
TURN = date(2024, 3, 12)


@pytest.mark.slow
@pytest.mark.model
def test_denmark_turns_from_norway(samples_database: Path) -> None:
    with Store.open(samples_database, read_only=True) as store:
        found = follow(store, ActFilter(actor="DNK", recipient="NOR"))
    (turn,) = found.turns
    assert abs(turn.change.day - TURN) <= timedelta(7)
    assert turn.change.earliest <= TURN <= turn.change.latest
    assert turn.change.direction == "conflict"
    for side, sign in ((turn.before, 1), (turn.after, -1)):
        assert len(side) == 3
        for told in side:
            assert told.report is not None
            assert "Denmark" in told.report.sentence or "Danish" in told.report.sentence
            assert sign * (told.act.score or 0) > 0
