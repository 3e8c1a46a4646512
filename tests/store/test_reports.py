"""What tells of an event: each report with its sentence, and the first of them by itself."""

from __future__ import annotations

from pathlib import Path

from tests.show import rooms
from volteface.store import Store, reports
from volteface.store.reports import first_reports


def test_the_first_report_is_the_first_of_all(tmp_path: Path) -> None:
    path = rooms.database(
        tmp_path / "news.duckdb", rooms.SHELLED, rooms.FIRED, rooms.DENIED, *rooms.stream()[:6]
    )
    with Store.open(path) as store:
        acts = [linked for (linked,) in store._rows("SELECT linked FROM linked_events", {})]
        told = reports(store, acts)
        first = {row.act: row for row in reversed(told)}
        assert len(told) > len(first) == len(acts)
        assert [row.act for row in told] == sorted(row.act for row in told)
        assert first_reports(store, acts) == first
        text = {document: store.record(document).document.text for document in {row.document for row in told}}
        assert all(row.sentence in text[row.document] for row in told)

        # An event that its document has no more is told by the next.
        gone = next(row for row in first.values() if sum(one.act == row.act for one in told) > 1)
        one = {"document": gone.document, "event": gone.event}
        store._connection.execute("DELETE FROM events WHERE document = $document AND event = $event", one)
        left = {
            row.act: row for row in reversed(told) if (row.document, row.event) != (gone.document, gone.event)
        }
        assert first_reports(store, acts) == left
        assert left[gone.act] != gone
