"""Train the scorer of pairs of events, count the words it weighs by, and measure linking by cross-validation.

    volteface read GOLD.jsonl --db coded.duckdb
    python training/train_links.py --gold GOLD.jsonl --db coded.duckdb [--write] [--words TEXTS]

Gold: JSON Lines with `id`, `topic`, `text` and `mentions` (`start`, `end`, `event`, null for an event of its own), made
of ECB+. Learned and measured on coded events alone, each a gold mention's if their characters overlap;
their share is printed. Folds hold whole topics out. `--words FOLDER` counts stems in a folder of plain texts first.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

from volteface.link.cluster import JOIN, average_linkage
from volteface.link.features import Features
from volteface.link.keys import SHARED, STORY
from volteface.link.pairs import KEPT, compare
from volteface.link.profiles import StoryProfile, profile
from volteface.link.scorer import Scorer, bundled
from volteface.link.types import Ref
from volteface.link.words import stem, words
from volteface.linking import bring_up_to_date
from volteface.store import Store
from volteface.store.links import Links

DATA = Path(__file__).parents[1] / "src" / "volteface" / "link" / "data"
FOLDS = 10
# Inverse strength of the penalty: .1, .3 and 1 are equal in cross-validation.
STRENGTH = 0.3
# Pairs of a topic weigh by this power of how many it has: a few topics have most of the pairs, and what they teach of
# themselves helps no other (average precision of pairs .71 with equal weights, .73 so).
CROWDING = -0.5
# A stem in one text alone says no more than one in none.
LEAST_TEXTS = 2


class Item(NamedTuple):
    """A coded event that gold knows."""

    topic: str
    document: str
    event: str
    head: str


class Pair(NamedTuple):
    """Two coded events that are compared, the topic of the first, what they have in common, and whether gold has them
    as one; None where it does not know one of them."""

    a: Ref
    b: Ref
    topic: str
    features: Features
    same: bool | None


Measures = dict[str, tuple[float, float, float]]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--words", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights learned on all topics")
    args = parser.parse_args()
    if args.words:
        count_words(args.words)
    gold = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    with Store.open(args.db) as store:
        bring_up_to_date(store)
        profiles, alike = load(store)
    items = covered(gold, profiles)
    total = sum(len(g["mentions"]) for g in gold)
    print(f"{total} gold mentions, {len(items)} of them coded ({len(items) / total:.1%})")
    show(
        "one event for each topic and first stem",
        measure(items, {ref: f"{i.topic} {i.head}" for ref, i in items.items()}),
    )
    pairs = list(all_pairs(profiles, alike, items))
    show("bundled weights (they have seen all topics)", measure(items, grouped(items, pairs, bundled())))
    topics = {ref[0]: item.topic for ref, item in items.items()}
    show("cross-validated by topic", measure(items, cross_validated(items, pairs, topics)))
    if args.write:
        scorer = train(pairs)
        path = DATA / "weights.json"
        path.write_text(json.dumps({"between": scorer.between, "within": scorer.within}, indent=1) + "\n")


def count_words(folder: Path) -> None:
    """Write in how many of the texts each stem stands."""
    texts = sorted(folder.rglob("*.txt"))
    counts = Counter(s for path in texts for s in {stem(w) for w in words(path.read_text(encoding="utf-8"))})
    kept = {word: n for word, n in sorted(counts.items()) if n >= LEAST_TEXTS}
    table = json.dumps({"documents": len(texts), "counts": kept}, ensure_ascii=False, separators=(",", ":"))
    (DATA / "words.json").write_text(table + "\n", encoding="utf-8")


def load(store: Store) -> tuple[dict[str, StoryProfile], list[tuple[str, str]]]:
    """All stories by id, and which pairs of them are compared."""
    links = Links(store)
    documents = [d for (d,) in store._rows("SELECT document FROM link_documents ORDER BY 1", {})]
    profiles = {document: profile(story) for document, story in links.stories(documents).items()}
    return profiles, links.sharing(STORY, documents, shared=SHARED)


def covered(gold: Iterable[Mapping[str, Any]], profiles: Mapping[str, StoryProfile]) -> dict[Ref, Item]:
    """For each coded event the gold event it overlaps first; a gold mention counts once."""
    by_name = {p.story.voice: p for p in profiles.values()}
    items: dict[Ref, Item] = {}
    for g in gold:
        known = by_name.get(g["id"])
        for number, m in enumerate(g["mentions"]) if known else ():
            for one in known.mentions:  # type: ignore[union-attr]
                x = one.mention
                if x.start < m["end"] and m["start"] < x.end and x.ref not in items:
                    items[x.ref] = Item(
                        g["topic"], g["id"], m["event"] or f"single {g['id']} {number}", one.head
                    )
                    break
    return items


def all_pairs(
    profiles: Mapping[str, StoryProfile], alike: Iterable[tuple[str, str]], items: Mapping[Ref, Item]
) -> Iterable[Pair]:
    """Every pair that the linker would score."""
    for one, other in (*((d, d) for d in sorted(profiles)), *alike):
        for a, b, features, _ in compare(profiles[one], profiles[other]):
            x, y = items.get(a.mention.ref), items.get(b.mention.ref)
            same = None if x is None or y is None else (x.topic, x.event) == (y.topic, y.event)
            first, second = sorted((a.mention.ref, b.mention.ref))
            yield Pair(first, second, x.topic if x else "", features, same)


def train(pairs: Iterable[Pair]) -> Scorer:
    """Weights for pairs of two stories and for pairs within one. How far apart their days are is left out: gold has
    none (see `link/scorer.py`)."""
    labelled = [pair for pair in pairs if pair.same is not None]
    return Scorer(
        _fit([pair for pair in labelled if pair.a[0] != pair.b[0]]),
        _fit([pair for pair in labelled if pair.a[0] == pair.b[0]]),
    )


def _fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """Penalised logistic regression in which nothing that two reports share counts against them, and nothing in which
    they differ for them: what the opposite would teach is the gold's crimes and crashes."""
    names = sorted({name for pair in pairs for name in pair.features})
    table = np.array([[*(pair.features[name] for name in names), 1.0] for pair in pairs])
    wanted = np.array([1.0 if pair.same else -1.0 for pair in pairs])
    crowd = Counter(pair.topic for pair in pairs)
    shares = np.array([crowd[pair.topic] ** CROWDING for pair in pairs])
    shares /= shares.mean()

    def loss(weights: Any) -> tuple[float, Any]:
        margins = wanted * (table @ weights)
        penalty = weights[:-1] @ weights[:-1] / (2 * STRENGTH)
        slope = table.T @ (-wanted * shares / (1 + np.exp(margins)))
        return shares @ np.logaddexp(0, -margins) + penalty, slope + np.append(weights[:-1] / STRENGTH, 0)

    bounds = [(None, 0) if name.endswith(("differ", "differs", "verbal")) else (0, None) for name in names]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B"
    ).x
    weights = {name: round(float(value), 3) for name, value in zip(names, found, strict=False)}
    return {"": round(float(found[-1]), 3), **{name: value for name, value in weights.items() if value}}


def cross_validated(
    items: Mapping[Ref, Item], pairs: Sequence[Pair], topics: Mapping[str, str]
) -> dict[Ref, str]:
    """Groups of every topic by weights learned on the others."""
    names = sorted(set(topics.values()), key=int)
    result: dict[Ref, str] = {}
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        rest = [p for p in pairs if topics.get(p.a[0]) not in held and topics.get(p.b[0]) not in held]
        mine = [p for p in pairs if topics.get(p.a[0]) in held and topics.get(p.b[0]) in held]
        some = {ref: item for ref, item in items.items() if item.topic in held}
        result |= grouped(some, mine, train(rest))
    return result


def grouped(
    items: Mapping[Ref, Item], pairs: Iterable[Pair], scorer: Scorer, join: float = JOIN
) -> dict[Ref, str]:
    """The linked event of each item."""
    scores = {(p.a, p.b): scorer.score(p.features) for p in pairs}
    nodes = sorted({*items, *(ref for pair in scores for ref in pair)})
    groups = average_linkage(
        nodes, {pair: score for pair, score in scores.items() if score >= KEPT}, join=join
    )
    return {ref: "/".join(group[0]) for group in groups for ref in group}


def measure(items: Mapping[Ref, Item], groups: Mapping[Ref, str]) -> Measures:
    """Precision, recall and F1: B-cubed, and of pairs across documents, within topics, as score_links has them."""
    by_topic: dict[str, list[tuple[Item, str]]] = defaultdict(list)
    for ref, item in items.items():
        by_topic[item.topic].append((item, groups[ref]))
    hit = said = wanted = 0
    cubed = np.zeros(2)
    for members in by_topic.values():
        for item, group in members:
            same_said = [other for other, name in members if name == group]
            same_gold = [other for other, _ in members if other.event == item.event]
            both = sum(other.event == item.event for other in same_said)
            cubed += (both / len(same_said), both / len(same_gold))
        for (a, one), (b, other) in combinations(members, 2):
            if a.document != b.document:
                hit += a.event == b.event and one == other
                said += one == other
                wanted += a.event == b.event
    p, r = cubed / max(len(items), 1)
    return {
        "B-cubed": (p, r, _f(p, r)),
        "pairs across documents": (
            hit / max(said, 1),
            hit / max(wanted, 1),
            _f(hit / max(said, 1), hit / max(wanted, 1)),
        ),
    }


def _f(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def show(title: str, measures: Measures) -> None:
    """Print one line."""
    print(
        f"{title:45}",
        *(f"{name} P {p:.3f} R {r:.3f} F1 {f:.3f}" for name, (p, r, f) in measures.items()),
        sep="   ",
    )


if __name__ == "__main__":
    main()
