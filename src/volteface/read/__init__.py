"""bytes → `Document`: formats, article extraction, furniture and repeats, publication date."""

from __future__ import annotations

from volteface.read.document import to_document
from volteface.read.pages import RawPage, open_pages
from volteface.read.repeats import PageLines, RepeatCounter, Repeats, count_repeats, page_lines

__all__ = [
    "PageLines",
    "RawPage",
    "RepeatCounter",
    "Repeats",
    "count_repeats",
    "open_pages",
    "page_lines",
    "to_document",
]
