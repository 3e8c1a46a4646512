"""What the rules hand each other: an attribution in the making, and the sentence facts they all need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from volteface.annotate.tokens import Annotation
from volteface.records import Span, Via

# Punctuation that never begins or ends a content; quotation marks and brackets may.
_EDGE = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "―", "…", "..."})


@dataclass(slots=True)
class Draft:
    """An attribution in the making. `head` is the token of the cue; spans are characters.

    `group` is the cue's meaning (a table of `cues.toml`), `quoting` whether a quotation beside the cue
    belongs to it, `root` the token that heads the content, if the syntax gave one; `goes_on` that the
    cue is the mark of a quotation that goes on what somebody was telling, `nested` that it stands inside another's
    content, `hearsay` that an adverb says so ("reportedly")."""

    head: int
    group: str
    source: list[Span]
    source_head: int | None
    cue: list[Span]
    content: list[Span]
    quoting: bool = False
    root: int | None = None
    via: list[Via] = field(default_factory=list)
    hearer: int | None = None
    goes_on: bool = False
    nested: bool = False
    hearsay: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the text: its first character of any kind."""
        return min(s for s, _ in self.source + self.cue + self.content)


def runs(indices: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted token indices as half-open runs."""
    found: list[tuple[int, int]] = []
    for i in sorted(indices):
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def trimmed(annotation: Annotation, first: int, last: int) -> Span | None:
    """Characters of tokens `first:last` without punctuation at the edges, or None if nothing is left."""
    tokens = annotation.tokens
    while first < last and tokens[first].text in _EDGE:
        first += 1
    while last > first and (tokens[last - 1].text in _EDGE or tokens[last - 1].pos == "CCONJ"):
        last -= 1
    return annotation.span(first, last) if first < last else None


def to_spans(annotation: Annotation, indices: Iterable[int]) -> list[Span]:
    """Character spans of these tokens, edges trimmed; runs parted by punctuation alone are one span."""
    merged: list[tuple[int, int]] = []
    for first, last in runs(indices):
        if merged and all(t.pos == "PUNCT" for t in annotation.tokens[merged[-1][1] : first]):
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return [span for first, last in merged if (span := trimmed(annotation, first, last))]


def merge(text: str, spans: Iterable[Span]) -> list[Span]:
    """Sorted spans, overlapping ones joined, and those parted by white space alone."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start <= found[-1][1] or not text[found[-1][1] : start].strip()):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
