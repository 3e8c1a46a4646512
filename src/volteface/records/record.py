"""The record, with its ways out: JSON to read it back from, and HTML to look at it in a notebook."""

from __future__ import annotations

import msgspec

from volteface.records.html import to_html
from volteface.records.types import Coded


class Record(Coded, frozen=True):
    """One coded document."""

    def to_json(self) -> str:
        """The record as one line of JSON."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, line: str | bytes) -> Record:
        """Read a record back from `to_json`. Raises `msgspec.ValidationError` if it is not one."""
        return msgspec.json.decode(line, type=cls)

    def _repr_html_(self) -> str:
        """What a notebook shows: the article with everything found in it marked."""
        return to_html(self)
