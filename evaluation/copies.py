"""Is one story a copy of the other? 500 pairs, copies and independent reports of the same matter.

    python -m evaluation.copies [--misses] [--json]

`cases/copies/stories.txt` has stories in topics, three independent ones on each matter; `variants.txt` copies of some
of them by hand. Of each story copies are made (reprinted with small edits, shortened, under another headline,
updated, two of these beside each other), and of two on one matter pairs that are none: as they are, as copies of
either, and with a quotation or a desk's sentences in common. A pair is called a copy if the linker would find the two
and then call them so (`link/copies.py`).

Every second topic is open: its misses may be looked at when rules are made. The others are held, and `--misses` never
shows them.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from evaluation.runner import options
from volteface.link.copies import copied, copy_keys
from volteface.link.types import Story

FOLDER = Path(__file__).parent / "cases" / "copies"
WANTED = {"precision": 0.97, "recall": 0.95}
SEED = 5

# What agencies and desks add.
SLUGS = (
    "(Agency)",
    "LISBON, Tuesday —",
    "By our correspondent.",
    "From our own reporter",
    "— Reuters-style wire —",
)
HEADLINES = (
    "What we know so far",
    "World in brief",
    "Tensions rise",
    "Latest: the story as it stands",
    "Foreign desk",
)
ADDED = (
    "Officials said that they would give more details in the course of the day.",
    "A government spokeswoman declined to answer further questions.",
    "The story was first reported by a local broadcaster.",
    "Experts had warned of such a turn for months.",
    "An earlier version of this report gave a lower figure.",
    "Neighbouring countries said that they were following events closely.",
)
# Small edits that a desk makes.
EDITS = (
    ("“", '"'), ("”", '"'), (" said that ", " said "), (" per cent", "%"), (" killed ", " left dead "),
    ("government", "authorities"), (" on Tuesday", ""), (" on Monday", ""), (" more than ", " over "),
    (" about ", " around "), (" started ", " began "), ("called for", "urged"),
)  # fmt: skip


class CopyStory(NamedTuple):
    """A story by hand: the matter it is on, its headline and its sentences."""

    topic: str
    name: str
    headline: str
    sentences: tuple[str, ...]


class Pair(NamedTuple):
    """Two texts, and whether one is a copy of the other; `kind` in words."""

    topic: str
    kind: str
    one: str
    other: str
    copy: bool


def main() -> None:
    """Run over the pairs and print precision and recall."""
    args = options(__doc__, misses="show open pairs that are judged wrongly").parse_args()
    pairs = load_pairs()
    verdicts = [judged(pair) for pair in pairs]
    found = summary(pairs, verdicts)
    if args.json:
        print(json.dumps(found))
        return
    if args.misses:
        opened = open_topics(pairs)
        for pair, said in zip(pairs, verdicts, strict=True):
            if pair.topic in opened and said != pair.copy:
                print(f"{pair.topic} {pair.kind}: {'missed' if pair.copy else 'no copy'}")
    for split, row in found.items():
        print(f"{split:6}", "  ".join(f"{name} {value}" for name, value in row.items()))


def judged(pair: Pair) -> bool:
    """Whether the linker calls the pair a copy: it has to meet them first."""
    bands = [{key for _, _, key, _ in copy_keys(_story(text))} for text in (pair.one, pair.other)]
    return bool(bands[0] & bands[1]) and copied(pair.one, pair.other) is not None


def summary(pairs: Sequence[Pair], verdicts: Sequence[bool]) -> dict[str, dict[str, float]]:
    """Precision and recall of copies on open, held and all pairs, and recall by kind of copy."""
    opened = open_topics(pairs)
    splits: dict[str, Callable[[Pair], bool]] = {
        "open": lambda pair: pair.topic in opened,
        "held": lambda pair: pair.topic not in opened,
        "all": lambda pair: True,
        **{kind: lambda pair, kind=kind: pair.kind == kind for kind in sorted({p.kind for p in pairs})},  # type: ignore[misc]
    }
    return {
        name: _measure(p for p in zip(pairs, verdicts, strict=True) if keep(p[0]))
        for name, keep in splits.items()
    }


def _measure(judged: Iterable[tuple[Pair, bool]]) -> dict[str, float]:
    rows = list(judged)
    hits = sum(pair.copy and said for pair, said in rows)
    said, wanted = sum(said for _, said in rows), sum(pair.copy for pair, _ in rows)
    return {
        "pairs": len(rows),
        "precision": round(hits / said, 3) if said else 1.0,
        "recall": round(hits / wanted, 3) if wanted else 1.0,
    }


def open_topics(pairs: Iterable[Pair]) -> set[str]:
    """Every second topic, by the order in the file."""
    return set(list(dict.fromkeys(pair.topic for pair in pairs))[::2])


def load_pairs(folder: Path = FOLDER) -> list[Pair]:
    """All pairs, the same in every run."""
    stories = load_stories(folder / "stories.txt")
    by_name = {story.name: story for story in stories}
    pairs: list[Pair] = []
    for variant in load_stories(folder / "variants.txt"):
        original = by_name[variant.name.split()[0]]
        pairs.append(Pair(original.topic, "by hand", text(original), text(variant), True))
    for story in stories:
        pairs += copies_of(story)
    for topic in dict.fromkeys(story.topic for story in stories):
        for one, other in combinations([s for s in stories if s.topic == topic], 2):
            pairs += independent(one, other)
    return sorted(pairs, key=lambda pair: list(dict.fromkeys(s.topic for s in stories)).index(pair.topic))


def load_stories(path: Path) -> list[CopyStory]:
    """Stories of a file: a line `= name`, the headline, one sentence a line."""
    parts = re.split(r"^= (.+)\n", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    found = []
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        headline, *sentences = body.strip().split("\n")
        found.append(CopyStory(name.split()[0].rpartition("-")[0], name, headline, tuple(sentences)))
    return found


def text(story: CopyStory) -> str:
    """The story as a page has it."""
    return "\n".join((story.headline, *story.sentences))


def copies_of(story: CopyStory) -> Iterator[Pair]:
    """Copies of a story."""
    rng = random.Random(f"{SEED} {story.name}")
    original = text(story)
    for kind, make in (
        ("reprint", reprinted),
        ("shortened", shortened),
        ("headline", reheadlined),
        ("updated", updated),
    ):
        yield Pair(story.topic, kind, original, text(make(story, rng)), True)
    yield Pair(story.topic, "two copies", text(reprinted(story, rng)), text(updated(story, rng)), True)


def independent(one: CopyStory, other: CopyStory) -> Iterator[Pair]:
    """Pairs that are no copies: two reports of one matter; copies of either; the same words of a source, and the same
    sentences of a desk, in both."""
    rng = random.Random(f"{SEED} {one.name} {other.name}")
    pair = (one.topic, "independent")
    yield Pair(*pair, text(one), text(other), False)
    yield Pair(*pair, text(reprinted(one, rng)), text(shortened(other, rng)), False)
    said = next((s for s in one.sentences if "“" in s), one.sentences[-1])
    yield Pair(*pair, text(one), text(other._replace(sentences=(*other.sentences, said))), False)
    both = rng.sample(ADDED, 2)
    added = [story._replace(sentences=(*story.sentences, *both)) for story in (one, other)]
    yield Pair(*pair, text(added[0]), text(added[1]), False)


def reprinted(story: CopyStory, rng: random.Random) -> CopyStory:
    """Small edits, an agency's slug, a sentence left out."""
    left_out = rng.randrange(2, len(story.sentences))
    kept = [sentence for n, sentence in enumerate(story.sentences) if n != left_out]
    for old, new in rng.sample(EDITS, 8):
        kept = [sentence.replace(old, new) for sentence in kept]
    return story._replace(sentences=(f"{rng.choice(SLUGS)} {kept[0]}", *kept[1:]))


def shortened(story: CopyStory, rng: random.Random) -> CopyStory:
    """The beginning, under another headline half of the time."""
    kept = story.sentences[: max(2, round(len(story.sentences) * rng.uniform(0.35, 0.6)))]
    return story._replace(headline=rng.choice((story.headline, *HEADLINES[:1])), sentences=kept)


def reheadlined(story: CopyStory, rng: random.Random) -> CopyStory:
    """Another headline, a standfirst, the body as it was."""
    return story._replace(headline=rng.choice(HEADLINES), sentences=(rng.choice(ADDED), *story.sentences))


def updated(story: CopyStory, rng: random.Random) -> CopyStory:
    """Other figures, another headline, the lead rewritten, two sentences more, one fewer."""
    changed = [re.sub(r"\b\d+\b", lambda m: str(int(m[0]) + rng.randrange(1, 9)), s) for s in story.sentences]
    lead = f"{rng.choice(ADDED)} {changed[0].split(',')[0]}."
    return story._replace(
        headline=rng.choice(HEADLINES), sentences=(lead, *changed[1:-1], *rng.sample(ADDED, 2))
    )


def _story(text: str) -> Story:
    return Story(document=text[:20], coder="", voice="", text=text)


if __name__ == "__main__":
    main()
