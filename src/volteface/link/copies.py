"""Documents that reprint another: wire stories with small edits, shortened, updated, with another headline.

Candidates come from MinHash signatures (rensa); what is a copy is then decided on the texts themselves, by how much
of the shorter one's runs of words stand in the other. docs/decisions/0090-copies.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import metadata

from rensa import RMinHash

from volteface.link.cluster import connected
from volteface.link.keys import COPY
from volteface.link.types import Likeness, Story, key_of
from volteface.link.words import words

# Words in a run that is compared: independent reports of one event share names and phrases, hardly runs of four words.
RUN = 4
# 48 bands of two values: two texts that share a quarter of their runs meet in one with a chance of .95, texts that
# share a hundredth with one of .005.
BANDS, ROWS = 48, 2
SEED = 1
# Share of the shorter text's runs that stand in the longer one of a copy.
CONTAINED = 0.5
# Shorter texts are the same or are not: what they share by chance is too much of them.
LEAST_RUNS = 12

LIBRARY = f"rensa {metadata.version('rensa')}"


def runs(text: str) -> frozenset[str]:
    """Every run of `RUN` words of a text."""
    found = words(text)
    return frozenset(" ".join(found[n : n + RUN]) for n in range(max(len(found) - RUN + 1, 1)))


def copy_keys(story: Story) -> Iterator[tuple[str, int, int, str]]:
    """(kind, slot, key, document) for each band of the signature of the story's text."""
    signature = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    signature.update(sorted(runs(story.text)))
    values = signature.digest()
    for band in range(BANDS):
        part = values[band * ROWS : (band + 1) * ROWS]
        yield COPY, 0, key_of(f"{band}:{part}"), story.document


def copied(a: str, b: str) -> Likeness | None:
    """How much of the shorter text stands in the longer, and why that makes it a copy; None where it is none."""
    one, other = runs(a), runs(b)
    shorter, longer = sorted((len(one), len(other)))
    if shorter < LEAST_RUNS and one != other:
        return None
    shared = len(one & other)
    contained = shared / shorter
    if contained < CONTAINED:
        return None
    reasons = [f"{contained:.0%} of the shorter text's runs of {RUN} words stand in the longer"]
    if shorter < longer:
        reasons.append(f"the shorter has {shorter / longer:.0%} of the longer's length")
    return Likeness(round(contained, 4), tuple(reasons))


def groups(
    documents: Sequence[str], pairs: Mapping[tuple[str, str], Likeness], published: Mapping[str, date | None]
) -> Iterator[tuple[str, str, Likeness]]:
    """(copy, original, likeness to what it is most like) of every document that reprints another.

    The original of a group is what was published first; of those of one day, and without one, the least id.
    """
    best: dict[str, Likeness] = {}
    for pair in sorted(pairs, key=lambda pair: (-pairs[pair].score, pair)):
        for document in pair:
            best.setdefault(document, pairs[pair])
    for group in connected(documents, pairs):
        original = min(group, key=lambda document: (published[document] or date.max, document))
        yield from ((document, original, best[document]) for document in group if document != original)
