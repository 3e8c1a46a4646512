"""bytes → `Document`: formats, article extraction, furniture and repeats, publication date."""

from __future__ import annotations

from volteface.read.document import to_document
from volteface.read.pages import RawPage, open_pages
from volteface.read.repeats import Repeats, count_repeats

__all__ = ["RawPage", "Repeats", "count_repeats", "open_pages", "to_document"]
