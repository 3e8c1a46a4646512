"""From pages to a profile, a correction, coding anew, and back: with the real coder."""

from __future__ import annotations

from pathlib import Path

import pytest

from volteface.run import read_pages
from volteface.store import Filters, Store

FIRST = """Kenya Accuses Uganda

Kenyan Defense Minister Ada Morland accused Uganda on Monday of arming the Skarv rebels.

"They will not go unpunished," Morland said.

The Aurora Front, a Kenyan party, condemned Uganda.
"""
SECOND = """Skarv Attacks the Army

Kenya's Skarv rebels attacked the Ugandan army on Tuesday, Defense Minister Ada Morland, a former teacher, said.

Skarv denied it. Uganda condemned the Skarv.
"""


@pytest.mark.model
def test_read_correct_recode_undo(tmp_path: Path) -> None:
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")

    def read(store: Store, *, recode: bool = False) -> int:
        done = read_pages([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], store, published="2031-03-05",
                          workers=1, recode=recode)  # fmt: skip
        assert not done.failed
        return done.stored

    with Store.open(tmp_path / "news.duckdb") as store:
        assert read(store) == 2
        coded = [
            store.record(name).to_json() for name in ("a.txt", "b.txt") for name in [str(tmp_path / name)]
        ]

        morland = store.profile("KEN/Ada Morland")
        assert (morland.documents, morland.keys) == (2, ("KEN/Ada Morland", "Ada Morland"))
        assert (morland.best("country"), morland.best("sector")) == ("KEN", "GOV")
        assert {"Defense minister", "Teacher"} <= {f.value for f in morland.facts if f.field == "role"}
        skarv = store.profile("KEN/Skarv")
        assert (skarv.best("sector"), skarv.documents) == ("REB", 2)
        assert store.profile("KEN/Aurora Front").best("sector") == "PTY"

        store.correct("KEN/Skarv", {"country": "UGA", "name": "Skarv Front"})
        assert {row.country for row in store.actors(Filters(name="Skarv Front"))} == {"UGA"}
        assert store.record(str(tmp_path / "b.txt")).to_json() == coded[1], "what was coded is not rewritten"
        assert read(store) == 0
        assert read(store, recode=True) == 2
        actors = {a.key: a for a in store.record(str(tmp_path / "b.txt")).actors}
        assert (actors["KEN/Skarv"].country, actors["KEN/Skarv"].name) == ("UGA", "Skarv Front")
        assert any("a person decided" in reason for reason in actors["KEN/Skarv"].reasons)
        again = store.digest()
        assert read(store, recode=True) == 0
        assert store.digest() == again
        assert store.profile("KEN/Skarv").best("country") == "UGA"

        for decision in store.decisions():
            store.undo(decision.decision)
        assert read(store, recode=True) == 0
        assert [store.record(str(tmp_path / name)).to_json() for name in ("a.txt", "b.txt")] == coded
        assert {row.country for row in store.actors(Filters(name="Skarv"))} == {"KEN"}
