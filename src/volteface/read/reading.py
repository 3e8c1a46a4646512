"""What a reader makes of a page before it becomes a `Document`: pieces in reading order and what was left
out."""

from __future__ import annotations

from dataclasses import dataclass, field

from volteface.records import Block, BlockKind, Dropped

JOINT = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the article with its own characters."""

    kind: BlockKind
    text: str


@dataclass(slots=True)
class Reading:
    """An article in pieces. `date` is the page's own publication date (ISO), by its markup or its date
    line."""

    pieces: list[Piece] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    headline: str | None = None
    bylines: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None


def join(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The pieces as one text, an empty line between them, and where each stands in it."""
    blocks, start = [], 0
    for piece in pieces:
        blocks.append(Block(piece.kind, start, start + len(piece.text)))
        start += len(piece.text) + len(JOINT)
    return JOINT.join(piece.text for piece in pieces), tuple(blocks)
