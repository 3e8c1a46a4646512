"""What the event network learns from: pairs of parties in sentences, from the gold files and the hand-written ones.

Gold of three kinds says less than a full coding, so an example names the set of labels that may be right: the
relations corpus counts conceding and retreating as one, the class corpus gives the quad alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from training.marked import Marked, load_marked
from volteface.annotate import Annotation, Parser
from volteface.annotate.attributions import attribute
from volteface.code.pairs import read_pair
from volteface.code.propose import propose
from volteface.code.sight import pair_of
from volteface.codebook import plover
from volteface.records import Block, Document, Span

NO_EVENT = "none"
# An event perhaps, but not what the sentence reports: the gold has the main event of a sentence alone.
ASIDE = "aside"
FOLDS = 5
# CAMEO's appeals (02) are no event in the class gold and REQUEST in PLOVER: such sentences teach neither.
APPEAL = re.compile(r"\b(?:urg|call|appeal|ask|press|push|demand|request|plea|seek|sought)", re.IGNORECASE)
# The gold counts conceding and retreating as one, and yielding of either kind as material.
YIELDING = ("CONCEDE", "RETREAT")
# Done to somebody: with the parties swapped there is no such event. Meetings, deals and trade go both ways.
ONE_WAY = frozenset(
    {"ACCUSE", "AID", "ASSAULT", "COERCE", "REJECT", "REQUEST", "SANCTION", "THREATEN", "PROTEST", "RETREAT"}
)
SWAPPED_SHARE = 0.25
SECONDARY_WEIGHT = 0.5
GOLD_FILES = ("relations", "spans", "classes")


def gold_options(description: str | None, *more: str) -> argparse.ArgumentParser:
    """A parser of options that wants a path for each of the gold files and of `more`."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in (*GOLD_FILES, *more):
        parser.add_argument(f"--{name}", type=Path, required=True)
    return parser


JOINTS = (", while ", " and ", ", after ", ", which came as ", "; ", ", and ")
LOWERED = frozenset(
    "The A An In On At Its His Her Their Two Three Four Five Several Some Many After Under".split()  # noqa: SIM905
)
LONGEST_JOINED = 420  # characters; more would be cut by the encoder


@dataclass(frozen=True)
class Example:
    """One pair in its sentence.

    `labels` are the types that count as right (`none` for no event, `aside` for one in passing); `mode` and `status`
    are None where the source does not say; `group` keeps near-identical sentences in one fold; `weight` scales the
    loss; `both` are the parties of a reciprocal event, who are among actors and recipients already.
    """

    id: str
    text: str
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    trigger: Span | None
    labels: tuple[str, ...]
    group: str
    mode: str | None = None
    status: str | None = None
    weight: float = 1.0
    both: tuple[Span, ...] = ()
    other: str = ""  # the group of the sentence that this one is joined to

    def folds(self) -> set[int]:
        """The folds whose network must not see this."""
        return {fold_of(group) for group in (self.group, self.other) if group}


def group_of(text: str) -> str:
    """What near-identical sentences have in common: their first letters and digits."""
    return re.sub(r"\W+", "", text.lower())[:45]


def fold_of(group: str) -> int:
    """The fold of a group, whatever else there is: the same in everything that is cross-validated."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big") % FOLDS


def place_of(group: str) -> float:
    """A number from 0 to 1 for a group: those below a share are that share of all, and of each fold."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[4:8], "big") / 2**32


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def relations(path: Path) -> list[Example]:
    """Gold pairs with their type (PLV)."""
    return [
        Example(
            r["id"],
            r["text"],
            spans(r["actor"]),
            spans(r["recipient"]),
            None,
            YIELDING if r["type"] == "YIELD" else (r["type"],),
            group_of(r["text"]),
        )
        for r in rows(path)
    ]


def classes(spans_path: Path, classes_path: Path) -> list[Example]:
    """Gold spans with the quad class that the sentence has in the class corpus; appeals without a class left out."""
    quads = {group_of(r["text"]): r["quad"] for r in rows(classes_path)}
    found = []
    for r in rows(spans_path):
        group = group_of(r["text"])
        if group not in quads or (quads[group] is None and APPEAL.search(r["text"])):
            continue
        both = spans(r.get("reciprocal", ()))
        actors, recipients = (*spans(r["actors"]), *both[:1]), (*spans(r["recipients"]), *both[1:])
        labels = _of_quad(quads[group]) if quads[group] else (NO_EVENT,)
        if actors or recipients:
            found.append(Example(r["id"], r["text"], actors, recipients, None, labels, group, both=both))
    return found


def proposed(spans_path: Path, classes_path: Path, parser: Parser) -> list[Example]:
    """What the rules propose and the gold does not have: in sentences without a class (appeals left out) all of it is
    no event; in sentences with gold parties what happens between none of these is told in passing."""
    parties = {
        group_of(r["text"]): spans([*r["actors"], *r["recipients"], *r.get("reciprocal", ())])
        for r in rows(spans_path)
    }
    found = []
    for r in rows(classes_path):
        text, group = r["text"], group_of(r["text"])
        if (r["quad"] is None and APPEAL.search(text)) or (r["quad"] and group not in parties):
            continue
        annotation = parsed(parser, text)
        for n, proposal in enumerate(propose(annotation, (), attribute(annotation))):
            pair = pair_of(annotation, proposal, (0, len(text)))
            theirs = [*pair.actors, *pair.recipients]
            if r["quad"] and any(s < y and x < e for s, e in theirs for x, y in parties[group]):
                continue
            weight = SECONDARY_WEIGHT if r["quad"] else 1.0
            found.append(
                Example(
                    f"{r['id']}-{n}",
                    text,
                    pair.actors,
                    pair.recipients,
                    pair.trigger,
                    (ASIDE if r["quad"] else NO_EVENT,),
                    group,
                    weight=weight,
                )
            )
    return found


def _of_quad(quad: str) -> tuple[str, ...]:
    types = [t for t in plover().types if plover().quad(t) == quad]
    return tuple(types + ["CONCEDE"] * (quad == "material cooperation"))


def written(folder: Path) -> list[Example]:
    """The hand-written sentences of every file in a folder, in file order."""
    return [
        _written(coding, f"{path.stem}-{n}")
        for path in sorted(folder.glob("*.txt"))
        for n, coding in enumerate(load_marked(path))
    ]


def _written(coding: Marked, name: str) -> Example:
    return Example(
        name,
        coding.text,
        (*coding.actors, *coding.both[:1]),
        (*coding.recipients, *coding.both[1:]),
        coding.trigger,
        (coding.type or NO_EVENT,),
        group_of(coding.text),
        mode=None if coding.type is None else f"{coding.type}/{coding.mode or '-'}",
        status=coding.status,
        both=coding.both,
    )


def swapped(examples: Sequence[Example], *, seed: int) -> list[Example]:
    """A share of the one-way events with the parties changed round: no event."""
    dice = random.Random(seed)
    return [
        replace(
            e,
            id=f"{e.id}-swapped",
            actors=e.recipients,
            recipients=e.actors,
            labels=(NO_EVENT,),
            mode=None,
            status=None,
        )
        for e in examples
        if set(e.labels) <= ONE_WAY and e.actors and e.recipients and dice.random() < SWAPPED_SHARE
    ]


def joined(examples: Sequence[Example], *, share: float, seed: int) -> list[Example]:
    """A share of the sentences once more, in one with another, before or after it; parties and trigger of the one."""
    dice = random.Random(seed)
    found = []
    for example in examples:
        other = dice.choice(examples)
        joint, before, chosen = dice.choice(JOINTS), dice.random() < 0.5, dice.random() < share
        if not chosen or other.group == example.group or len(example.text) + len(other.text) > LONGEST_JOINED:
            continue
        first, second = (example, other) if before else (other, example)
        head = _cut(first.text) + joint
        placed = example if before else _shifted(example, len(head))
        found.append(
            replace(placed, id=f"{example.id}-joined", text=head + _lowered(second.text), other=other.group)
        )
    return found


def _cut(text: str) -> str:
    return text.rstrip(".!? ")


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:] if text.split(" ", 1)[0] in LOWERED else text


def _shifted(example: Example, by: int) -> Example:
    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple((s + by, e + by) for s, e in spans)

    return replace(
        example,
        actors=moved(example.actors),
        recipients=moved(example.recipients),
        both=moved(example.both),
        trigger=moved([example.trigger])[0] if example.trigger else None,
    )


def spans(found: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Spans as JSON has them."""
    return tuple((s[0], s[1]) for s in found)


def parsed(parser: Parser, text: str) -> Annotation:
    """One sentence by itself, parsed."""
    block = Block("paragraph", 0, len(text))
    return parser.annotate(
        Document(Document.id_of(text), "training", None, (), None, None, "en", text, (block,))
    )


def with_triggers(examples: Sequence[Example], parser: Parser) -> list[Example]:
    """The examples with the trigger of the rules' proposal that fits the pair best, where they have none."""
    return [e if e.trigger else replace(e, trigger=_trigger(parsed(parser, e.text), e)) for e in examples]


def _trigger(annotation: Annotation, example: Example) -> Span | None:
    fits = read_pair(annotation, example.actors, example.recipients).fits
    best = max(fits, key=lambda f: f[1], default=None)
    if best is None or not best[1]:
        return None
    return annotation.span(best[0].trigger.first, best[0].trigger.last)
