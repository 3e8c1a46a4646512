"""What a person decided about actors, on its way from the database to the coder."""

from __future__ import annotations

import msgspec


class Corrections(msgspec.Struct, frozen=True):
    """`facts`: actor key → what its fields are (country, sector, role, name, wikidata). `joins`: key → the key of
    whom it is said to be; that one's own key too."""

    facts: dict[str, dict[str, str]] = {}
    joins: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.facts or self.joins)

    def digest(self) -> str:
        """Names these corrections, whatever the order in which they were made."""
        return msgspec.json.encode(self, order="deterministic").decode()


NO_CORRECTIONS = Corrections()
