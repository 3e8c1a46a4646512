"""Train the scorer of attribution candidates, and the one of their contents' edges; measure by cross-validation.

    python training/train_attribution.py --texts TRAIN/text --annotations TRAIN/attributions

Gold: plain texts `NAME.txt` and BRAT standoff `NAME_ANNOTATOR.ann` (PolNeAR's form; of several annotators the
one first by name). `--parses FILE` keeps the parses in a pickle for the next run; `--folds 0` skips measuring.
`--share .5` learns from half of the articles. Needs PyTorch (one thread, fixed seeds); the models it writes do not.
"""

from __future__ import annotations

import argparse
import pickle
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from volteface.annotate import Annotation, Parser
from volteface.annotate.attributions import by_rules
from volteface.annotate.attributions.candidates import Candidate, with_rules
from volteface.annotate.attributions.choose import select, stands
from volteface.annotate.attributions.drafts import to_spans
from volteface.annotate.attributions.edges import SIDES, Edges
from volteface.annotate.attributions.features import Reader
from volteface.annotate.attributions.scene import set_scene
from volteface.annotate.attributions.scorer import EDGES, FORMAT, LAYERS, MODEL, Scorer
from volteface.annotate.attributions.sources import source_spans
from volteface.read import RawPage, to_document
from volteface.records import Span

HERE = Path(__file__).parent
BUNDLED = HERE.parent / "src" / "volteface" / "annotate" / "attributions" / "models"
SEED = 7
FOLDS = 5
# Of 137,000 features seen four times or more, the 59,000 seen ten times do as well (full F1 .696 and .703).
LEAST_SEEN = 10
WIDTH, MIDDLE = 32, 48
EPOCHS, BATCH, RATE = 3, 512, 2e-3
# Shares of features and of inner units left out at random: without, the fourth epoch is worse than the second.
FEATURE_DROP, UNIT_DROP = 0.3, 0.3
# For edges: passes and choices a step; a way to cut counts by the power of its Jaccard with the gold content, so
# that the exact one counts, and the nearest where there is none.
EDGE_EPOCHS, EDGE_BATCH, EDGE_POWER = 4, 64, 8
# Contents that share less with the gold's (Jaccard) teach nothing about its edges, even under the same cue.
LEAST_SHARED = 0.1
# A content is right from this share of common words on (Jaccard), as the field's scorers have it.
RIGHT = 0.5

_WORDS = re.compile(r"\w+|[^\w\s]")
Words = frozenset[int]


@dataclass(frozen=True)
class Gold:
    """One gold attribution as numbers of words."""

    source: Words
    content: Words
    cue: Words = frozenset()


@dataclass
class Article:
    """One article: its candidates with features, their words, their edges, and gold."""

    candidates: list[Candidate]
    features: list[list[str]]
    contents: list[Words]
    sources: list[Words]
    gold: list[Gold]
    edges: Edges
    words: WordNumbers

    def words_of(self, content: frozenset[int]) -> Words:
        """The words of a content given by its tokens."""
        return self.words.of(to_spans(self.edges.scene.annotation, content))


def main() -> None:
    """Read gold, cross-validate, fit on everything, write the model."""
    options = _options()
    torch.set_num_threads(1)
    articles = _articles(options)
    print(f"{len(articles)} articles, {sum(len(a.gold) for a in articles)} attributions")
    if options.folds:
        _cross_validate(articles, options.folds)
    names, net = _fit(articles)
    _save(options.out / MODEL, names, net)
    _save(options.out / EDGES, *_fit_edges(articles, Scorer(names, _layers(net))))


def _options() -> Any:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, required=True)
    parser.add_argument("--parses", type=Path)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--out", type=Path, default=BUNDLED, help="folder for the models")
    return parser.parse_args()


# ---- examples


class WordNumbers:
    """The words of a text by number; punctuation counts only for spans without a word."""

    def __init__(self, text: str) -> None:
        found = [(m.start(), m.end(), m.group()) for m in _WORDS.finditer(text)]
        self._starts = [start for start, _, _ in found]
        self._ends = [end for _, end, _ in found]
        self._word = [word[0].isalnum() or word[0] == "_" for _, _, word in found]

    def of(self, spans: Iterable[Span]) -> Words:
        """Numbers of the words these spans touch."""
        found: list[int] = []
        for start, end in spans:
            first = bisect_right(self._ends, start)
            found.extend(range(first, max(first, bisect_right(self._starts, end - 1))))
        return frozenset(i for i in found if self._word[i]) or frozenset(found)


def _articles(options: Any) -> list[Article]:
    parses = _parses(options)
    random = np.random.default_rng(SEED)
    parses = {name: parses[name] for name in sorted(parses) if random.random() < options.share}
    annotations: dict[str, Path] = {}
    for path in sorted(options.annotations.glob("*.ann"), reverse=True):
        annotations[path.stem.rpartition("_")[0]] = path
    return [
        _article(parse, annotations[name]) for name, parse in sorted(parses.items()) if name in annotations
    ]


def _parses(options: Any) -> dict[str, Annotation]:
    if options.parses and options.parses.exists():
        found: dict[str, Annotation] = pickle.loads(options.parses.read_bytes())
        return found
    parser = Parser()
    parses = {}
    for path in sorted(options.texts.glob("*.txt")):
        page = RawPage.of_text(path.read_bytes().decode("utf-8"), source=path.name)
        parses[path.stem] = parser.annotate(to_document(page, any_language=True))
    if options.parses:
        options.parses.write_bytes(pickle.dumps(parses))
    return parses


def _article(annotation: Annotation, path: Path) -> Article:
    words = WordNumbers(annotation.text)
    scene = set_scene(annotation)
    candidates = with_rules(scene, by_rules(scene))
    reader = Reader(scene, [c.said for c in candidates if c.said], list)
    contents, sources = [], []
    for c in candidates:
        if c.said:
            content, source = c.said.draft.content, c.said.draft.source
        else:
            content = to_spans(annotation, c.content)
            head = annotation.tokens[c.source] if c.source is not None else None
            source = (
                source_spans(annotation, head, without=set(c.cue) | c.content, told=False) if head else []
            )
        contents.append(words.of(content))
        sources.append(words.of(source))
    features = [reader.features(c) for c in candidates]
    return Article(candidates, features, contents, sources, _gold(path, words), Edges(scene), words)


def _gold(path: Path, words: WordNumbers) -> list[Gold]:
    """The attributions of a standoff file that have content; a second content is part of the first."""
    spans: dict[str, list[Span]] = {}
    found = []
    lines = [line.split("\t") for line in path.read_bytes().decode("utf-8").split("\n")]
    for name, *rest in lines:
        if re.fullmatch(r"T\d+", name) and rest:
            pieces = rest[0].partition(" ")[2].split(";")
            spans[name] = [(int(p.split()[0]), int(p.split()[1])) for p in pieces]
    for name, *rest in lines:
        if re.fullmatch(r"E\d+", name) and rest:
            roles: dict[str, list[Span]] = {}
            for pair in rest[0].split():
                role, _, ref = pair.partition(":")
                roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(ref, []))
            if content := words.of(roles.get("Content", [])):
                found.append(Gold(words.of(roles.get("Source", [])), content, words.of(roles.get("Cue", []))))
    return found


def _is_right(gold: Gold, content: Words, source: Words) -> bool:
    return _shared(gold.content, content) >= RIGHT and (
        bool(gold.source & source) or not (gold.source or source)
    )


def _shared(left: Words, right: Words) -> float:
    both = len(left & right)
    return both / (len(left) + len(right) - both) if both else 0.0


def _truth(article: Article) -> NDArray[np.float32]:
    """(candidates, 3): whether content and source are right for some gold attribution, with an exact content,
    with an exact source."""
    found = np.zeros((len(article.candidates), 3), dtype=np.float32)
    for n, (content, source) in enumerate(zip(article.contents, article.sources, strict=True)):
        right = [g for g in article.gold if _is_right(g, content, source)]
        found[n] = (
            bool(right),
            any(g.content == content for g in right),
            any(g.source == source for g in right),
        )
    return found


# ---- fitting


class Net(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """The network of `volteface.annotate.attributions.scorer`, with dropout."""

    def __init__(self, features: int, outputs: int) -> None:
        super().__init__()
        self.rows = torch.nn.EmbeddingBag(features, WIDTH, mode="sum")
        torch.nn.init.normal_(self.rows.weight, 0, 0.05)
        self.bias = torch.nn.Parameter(torch.zeros(WIDTH))
        self.hidden = torch.nn.Linear(WIDTH, MIDDLE)
        self.out = torch.nn.Linear(MIDDLE, outputs)
        self.drop = torch.nn.Dropout(UNIT_DROP)

    def forward(self, ids: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        """Logits of a batch: `ids` of all its candidates end to end, `offsets` where each begins."""
        kept = 1 - FEATURE_DROP if self.training else 1.0
        inner = self.drop(torch.relu(self.rows(ids, offsets) / kept + self.bias))
        inner = self.drop(torch.relu(self.hidden(inner)))
        logits: torch.Tensor = self.out(inner)
        return logits


def _names(examples: Iterable[Iterable[str]]) -> list[str]:
    seen = Counter(name for features in examples for name in features)
    return sorted(name for name, count in seen.items() if count >= LEAST_SEEN and "\n" not in name)


Rows = list[NDArray[np.int64]]


def _numbered(examples: Iterable[Iterable[str]], names: Sequence[str]) -> Rows:
    index = {name: n for n, name in enumerate(names)}
    return [np.array([index[f] for f in features if f in index], dtype=np.int64) for features in examples]


class Run:
    """One training run of a network: steps with a falling rate, features left out at random."""

    def __init__(self, features: int, outputs: int, steps: int) -> None:
        torch.manual_seed(SEED)
        self.random = np.random.default_rng(SEED)
        self.net = Net(features, outputs)
        self._optimizer = torch.optim.AdamW(self.net.parameters(), lr=RATE, weight_decay=1e-3)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: max(0.02, 1 - step / steps)
        )

    def logits(self, examples: Rows) -> torch.Tensor:
        """Logits of a batch, some of its features left out."""
        kept = [e[self.random.random(len(e)) >= FEATURE_DROP] for e in examples]
        offsets = np.cumsum([0, *(len(e) for e in kept[:-1])])
        found: torch.Tensor = self.net(torch.from_numpy(np.concatenate(kept)), torch.from_numpy(offsets))
        return found

    def step(self, loss: torch.Tensor) -> None:
        """One step down."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
        self._optimizer.step()
        self._schedule.step()


def _fit(articles: Sequence[Article]) -> tuple[list[str], Net]:
    """The scorer of candidates: each right or wrong by itself."""
    names = _names(features for a in articles for features in a.features)
    examples = _numbered((features for a in articles for features in a.features), names)
    truth = torch.from_numpy(np.concatenate([_truth(a) for a in articles]))
    run = Run(len(names), 3, EPOCHS * -(-len(examples) // BATCH))
    for _ in range(EPOCHS):
        order = run.random.permutation(len(examples))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            logits = run.logits([examples[n] for n in rows])
            run.step(torch.nn.functional.binary_cross_entropy_with_logits(logits, truth[rows]))
    return names, run.net


def _fit_edges(articles: Sequence[Article], scorer: Scorer) -> tuple[list[str], Net]:
    """The scorer of edges: of the ways to cut one content, the likeliest is to be the nearest to gold."""
    choices = [choice for a in articles for choice in _choices(a, scorer)]
    names = _names(features for ways, _ in choices for features in ways)
    rows = [_numbered(ways, names) for ways, _ in choices]
    worth = [torch.tensor(shares) ** EDGE_POWER + 1e-4 for _, shares in choices]
    run = Run(len(names), 1, EDGE_EPOCHS * -(-len(rows) // EDGE_BATCH))
    for _ in range(EDGE_EPOCHS):
        order = run.random.permutation(len(rows))
        for start in range(0, len(order), EDGE_BATCH):
            batch = order[start : start + EDGE_BATCH]
            logits = run.logits([e for n in batch for e in rows[n]])[:, 0]
            of_choice = torch.from_numpy(np.repeat(np.arange(len(batch)), [len(rows[n]) for n in batch]))
            chances = torch.exp(logits - logits.max())
            every = torch.zeros(len(batch)).index_add(0, of_choice, chances)
            good = torch.zeros(len(batch)).index_add(
                0, of_choice, chances * torch.cat([worth[n] for n in batch])
            )
            run.step(-torch.log(good / every + 1e-9).mean())
    return names, run.net


def _choices(article: Article, scorer: Scorer) -> Iterable[tuple[list[list[str]], list[float]]]:
    """Of every accepted candidate that has to do with a gold attribution: features of the ways to cut its content,
    and what each shares with the gold's."""
    edges = article.edges
    for n in select(article.candidates, scorer.scores([scorer.rows(names) for names in article.features])):
        candidate = article.candidates[n]
        gold = _meant(article, n)
        if gold is None or stands(candidate):
            continue
        content = candidate.whole
        for side in SIDES:
            ways = edges.others(candidate, content, side)
            shares = [_shared(gold.content, article.words_of(way.content)) for way in ways]
            if len(ways) > 1:
                yield [edges.features(candidate, way, side) for way in ways], shares
            content = ways[int(np.argmax(shares))].content


def _meant(article: Article, n: int) -> Gold | None:
    """The gold attribution a candidate is nearest to: its content is right, or it has the same cue."""
    head = article.edges.scene.annotation.tokens[article.candidates[n].head]
    cue = article.words.of([(head.start, head.end)])
    shares = [(_shared(g.content, article.contents[n]), m) for m, g in enumerate(article.gold)]
    near = [
        (share, -m)
        for share, m in shares
        if share >= RIGHT or (share > LEAST_SHARED and cue & article.gold[m].cue)
    ]
    return article.gold[-max(near)[1]] if near else None


def _layers(net: Net) -> dict[str, NDArray[np.float32]]:
    """The network's weights by the names the scorer has for them."""
    parts = {
        "rows": net.rows.weight,
        "bias": net.bias,
        "hidden": net.hidden.weight.T,
        "hidden_bias": net.hidden.bias,
        "out": net.out.weight.T,
        "out_bias": net.out.bias,
    }
    return {name: parts[name].detach().numpy().astype(np.float32) for name in LAYERS}


# ---- measuring


def _cross_validate(articles: Sequence[Article], folds: int) -> None:
    """Every fold's articles scored by a model of the others, as the package would choose."""
    counts: Counter[str] = Counter()
    for fold in range(folds):
        inside = [a for n, a in enumerate(articles) if n % folds != fold]
        names, net = _fit(inside)
        scorer = Scorer(names, _layers(net))
        names, net = _fit_edges(inside, scorer)
        edge_scorer = Scorer(names, _layers(net))
        for article in articles[fold::folds]:
            chosen = select(
                article.candidates, scorer.scores([scorer.rows(names) for names in article.features])
            )
            counts.update(_count(article, chosen, edge_scorer))
        print(
            f"fold {fold}: {_f1(counts, 'right'):.4f} right, {_f1(counts, 'exact'):.4f} exact so far",
            flush=True,
        )
    print(
        f"cross-validated, {folds} folds by article, seed {SEED}: full F1 {_f1(counts, 'right'):.4f}"
        f" (precision {counts['right'] / counts['said']:.4f}, recall {counts['right'] / counts['gold']:.4f}),"
        f" content exact F1 {_f1(counts, 'exact'):.4f}"
    )


def _count(article: Article, chosen: Sequence[int], edge_scorer: Scorer) -> Counter[str]:
    contents = [_cut(article, n, edge_scorer) for n in chosen]
    free = set(range(len(article.gold)))
    right = 0
    for n, content in zip(chosen, contents, strict=True):
        source = article.sources[n]
        hits = [g for g in sorted(free) if _is_right(article.gold[g], content, source)]
        if hits:
            free.discard(hits[0])
            right += 1
    exact = Counter(g.content for g in article.gold) & Counter(contents)
    return Counter(right=right, exact=exact.total(), said=len(chosen), gold=len(article.gold))


def _cut(article: Article, n: int, edge_scorer: Scorer) -> Words:
    """The words of an accepted candidate's content as `choose` would cut it."""
    candidate = article.candidates[n]
    if stands(candidate):
        return article.contents[n]
    best = article.edges.best(candidate, edge_scorer)
    return article.contents[n] if best == candidate.whole else article.words_of(best)


def _f1(counts: Counter[str], what: str) -> float:
    return 2 * counts[what] / (counts["said"] + counts["gold"])


def _save(path: Path, names: Sequence[str], net: Net) -> None:
    """Rows as signed bytes with one scale for each column, the small layers as half floats."""
    path.parent.mkdir(exist_ok=True)
    layers = _layers(net)
    scale = np.abs(layers["rows"]).max(axis=0, keepdims=True) / 127
    small = {name: layers[name].astype(np.float16) for name in LAYERS if name != "rows"}
    np.savez_compressed(
        path,
        format=np.int32(FORMAT),
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        rows=np.round(layers["rows"] / scale).astype(np.int8),
        rows_scale=scale.astype(np.float32),
        **small,  # type: ignore[arg-type, unused-ignore]
    )
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {len(names)} features")


if __name__ == "__main__":
    main()
