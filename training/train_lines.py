"""Train the line model: which lines of a copied page are the article.

    python training/train_lines.py PAGES_DIR OUT [--articles ARTICLES_DIR] [--cross-validate CV.jsonl]

PAGES_DIR holds `text/*.txt` and `truth.json` ({page id: {"articleBody": ...}}); ARTICLES_DIR holds plain
articles
(`*.txt`, first line the headline), to which furniture from `furniture.toml` is put. OUT is the weights file
(`src/volteface/read/data/lines.json`). `--cross-validate` writes, for each page, what a model trained on the
other
folds reads from it, as `volteface extract` would print it. Fixed seed; NumPy only; about a minute, five for
the folds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from volteface.read.copied import page_title, read_copied
from volteface.read.crf import NEVER, STATES, Chain
from volteface.read.features import NAMES, describe, lines_of
from volteface.read.split import lines as split_lines

Floats = NDArray[np.float64]
Pieces = list[tuple[str, bool]]

SEED = 20261122
FOLDS = 5
STEPS = 120
RATE = 0.1
BATCH = 64
# L2 penalty. Cross-validated F1 .878 to .896 at 1, .884 to .897 at 3 (keeping lines above .3, .5, .65).
PENALTY = 3.0
ARTICLES = 160

BEFORE, ARTICLE, INSIDE, AFTER = range(len(STATES))
ALLOWED = ((BEFORE, BEFORE), (BEFORE, ARTICLE), (ARTICLE, ARTICLE), (ARTICLE, INSIDE), (ARTICLE, AFTER),
           (INSIDE, ARTICLE), (INSIDE, INSIDE), (AFTER, AFTER))  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A page's feature rows (lines, features) and states (lines)."""

    rows: Floats
    states: NDArray[np.int64]
    weight: float = 1.0


def pieces_of(text: str) -> Pieces:
    """The page's lines and whether an empty line stands before each."""
    return [(text[start:end], gap) for (start, end), gap in split_lines(text)]


def grams(words: list[str], size: int = 4) -> list[tuple[str, ...]]:
    """Word n-grams, one shorter one for a shorter text."""
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))]


def label(pieces: Pieces, body: str) -> list[int]:
    """States of the lines, from their overlap with the true body.

    A line is the article's if more than half of its 4-grams stand in the body (a shorter one: if it is a
    line of
    it); the article's region is the stretch with the most article words and the fewest others.
    """
    known = set(grams(re.findall(r"\w+", body.lower())))
    short = {line.strip().lower() for line in body.split("\n")}
    inside, sizes = [], []
    for text, _ in pieces:
        words = re.findall(r"\w+", text.lower())
        found = grams(words)
        share = sum(g in known for g in found) / len(found)
        inside.append(share > 0.5 if len(words) >= 4 else text.strip().lower() in short)
        sizes.append(len(words))
    first, last = _region([s if i else -0.3 * s for i, s in zip(inside, sizes, strict=True)])
    return [
        BEFORE if n < first else AFTER if n >= last else ARTICLE if hit else INSIDE
        for n, hit in enumerate(inside)
    ]


def _region(gains: list[float]) -> tuple[int, int]:
    best, region, total, start = 0.0, (0, 0), 0.0, 0
    for i, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, i
        total += gain
        if total > best:
            best, region = total, (start, i + 1)
    return region


def example(pieces: Pieces, states: list[int], weight: float = 1.0) -> Example:
    """Features and states of a page."""
    lines = lines_of(pieces)
    rows = describe(lines, page_title([text for text, _ in pieces]))
    return Example(np.array(rows), np.array(states), weight)


def cut(pieces: Pieces, states: list[int], chance: random.Random) -> tuple[Pieces, list[int]]:
    """The page as somebody copies it who selects only around the article: fewer lines before and after."""
    first = states.index(ARTICLE)
    last = len(states) - states[::-1].index(ARTICLE)
    start = max(0, first - chance.randrange(0, 15))
    end = last + chance.randrange(0, 40)
    return pieces[start:end], states[start:end]


def dressed(
    article: str, furniture: dict[str, list[list[str]]], chance: random.Random
) -> tuple[Pieces, list[int]]:
    """A plain article with written furniture around it; a quarter stay plain."""
    lines = [line.strip() for line in article.split("\n") if line.strip()]
    body = [(line, True) for line in lines[1:]]
    # Half of the articles cut to the length of a brief: the plain articles are longer than most pages'.
    if chance.random() < 0.5:
        body = body[: chance.randrange(3, 12)]
    pieces: Pieces = [(lines[0], True)]
    plain = chance.random() < 0.25
    if not plain:
        for section in chance.sample(furniture["top"], chance.randrange(0, 3)):
            pieces[:0] = [(line, False) for line in section if line]
    if chance.random() < 0.15:
        pieces.append(
            (str(chance.choice(furniture["captions"])).format(a="Orlan", b="Vesna", c="March 3, 2014"), True)
        )
    states = [BEFORE] * len(pieces) + [ARTICLE] * len(body)
    pieces += body
    if not plain:
        _interrupt(pieces, states, furniture["middle"], chance)
    if not plain:
        for section in chance.sample(furniture["bottom"], chance.randrange(1, 6)):
            gap = True
            for line in section:
                if line:
                    pieces.append((line, gap))
                    states.append(AFTER)
                gap = not line
    return pieces, states


def _interrupt(pieces: Pieces, states: list[int], sections: list[list[str]], chance: random.Random) -> None:
    """Put furniture between paragraphs of the article. Changes `pieces` and `states`."""
    for section in chance.sample(sections, chance.randrange(0, 4)):
        places = [n for n in range(1, len(states)) if states[n - 1] == states[n] == ARTICLE]
        if places:
            at = chance.choice(places)
            gaps = chance.random() < 0.3
            pieces[at:at] = [(line, n == 0 or gaps) for n, line in enumerate(section)]
            states[at:at] = [INSIDE] * len(section)


@dataclass(frozen=True)
class Batch:
    """Pages of like length: rows (all lines, features), and for pages padded to one length, which are real
    (pages,
    length), their gold states (pages, length, states) and weights (pages)."""

    rows: Floats
    mask: NDArray[np.bool_]
    gold: Floats
    weight: Floats


def batches(examples: list[Example]) -> list[Batch]:
    """Examples sorted by length into a few batches, so that little is padding."""
    found = []
    ordered = sorted(examples, key=lambda e: len(e.states))
    for at in range(0, len(ordered), BATCH):
        group = ordered[at : at + BATCH]
        mask = np.zeros((len(group), max(len(e.states) for e in group)), dtype=bool)
        gold = np.zeros((*mask.shape, len(STATES)))
        for n, e in enumerate(group):
            mask[n, : len(e.states)] = True
            gold[n, np.arange(len(e.states)), e.states] = 1
        rows = np.concatenate([e.rows for e in group])
        found.append(Batch(rows, mask, gold, np.array([e.weight for e in group])))
    return found


def fit(examples: list[Example]) -> Chain:
    """Maximum a posteriori weights, by Adam on all pages at once."""
    features, states = len(NAMES), len(STATES)
    allowed = np.full((states, states), NEVER)
    for a, b in ALLOWED:
        allowed[a, b] = 0
    sizes = (features * states, states * states, states, states)
    parameters = np.zeros(sum(sizes))
    mean, square = np.zeros_like(parameters), np.zeros_like(parameters)
    groups = batches(examples)

    def chain_of(values: Floats) -> Chain:
        emission, transition, start, end = np.split(values, np.cumsum(sizes)[:-1])
        return Chain(
            emission.reshape(features, states), transition.reshape(states, states) + allowed, start, end
        )

    for step in range(1, STEPS + 1):
        chain = chain_of(parameters)
        gradient = -PENALTY * parameters
        for group in groups:
            gradient += np.concatenate([g.ravel() for g in _gradient(chain, group)])
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * min(1.0, 2 * (1 - step / STEPS) + 0.02)
        parameters = parameters + rate * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.99**step)) + 1e-8
        )
    return chain_of(parameters)


def _gradient(chain: Chain, batch: Batch) -> list[Floats]:
    """Observed minus expected counts of the conditional log-likelihood (scaled forward-backward)."""
    mask, (count, length) = batch.mask, batch.mask.shape
    scores = np.zeros((count, length, len(STATES)))
    scores[mask] = batch.rows @ chain.emission
    local = np.exp(scores - scores.max(axis=2, keepdims=True))
    move = np.exp(chain.transition)
    forward, backward = np.zeros_like(local), np.zeros_like(local)
    forward[:, 0] = np.exp(chain.start) * local[:, 0]
    forward[:, 0] /= forward[:, 0].sum(axis=1, keepdims=True)
    for i in range(1, length):
        new = (forward[:, i - 1] @ move) * local[:, i]
        forward[:, i] = new / new.sum(axis=1, keepdims=True)
    backward[:, -1] = np.exp(chain.end)
    for i in range(length - 2, -1, -1):
        new = (backward[:, i + 1] * local[:, i + 1]) @ move.T
        new = np.where(mask[:, i + 1, None], new, np.exp(chain.end))
        backward[:, i] = new / new.sum(axis=1, keepdims=True)
    expected = forward * backward
    expected /= expected.sum(axis=2, keepdims=True)
    pairs = forward[:, :-1, :, None] * move * (local * backward)[:, 1:, None, :]
    pairs /= pairs.sum(axis=(2, 3), keepdims=True) + 1e-300
    mass = mask[:, :, None] * batch.weight[:, None, None]
    difference = (batch.gold - expected) * mass
    seen = batch.gold[:, :-1, :, None] * batch.gold[:, 1:, None, :]
    last = mask.sum(axis=1) - 1
    return [
        batch.rows.T @ difference[mask],
        ((seen - pairs) * mass[:, 1:, :, None]).sum(axis=(0, 1)),
        difference[:, 0].sum(axis=0),
        difference[np.arange(count), last].sum(axis=0),
    ]


def examples_of(
    texts: dict[str, str], truth: dict[str, dict[str, str]], chance: random.Random
) -> list[Example]:
    """Two examples for each page: whole, and cut out around the article."""
    found = []
    for key in sorted(texts):
        pieces = pieces_of(texts[key])
        states = label(pieces, truth[key]["articleBody"])
        if ARTICLE not in states:
            continue
        found.append(example(pieces, states))
        found.append(example(*cut(pieces, states, chance), weight=0.5))
    return found


def save(chain: Chain, path: Path) -> None:
    """Weights as JSON, rounded; a forbidden transition is null."""
    transition = [[None if v <= NEVER / 2 else round(float(v), 4) for v in row] for row in chain.transition]
    data = {
        "features": NAMES,
        "states": STATES,
        "emission": [[round(float(v), 4) for v in row] for row in chain.emission],
        "transition": transition,
        "start": [round(float(v), 4) for v in chain.start],
        "end": [round(float(v), 4) for v in chain.end],
    }
    rows = (f" {json.dumps(name)}: {json.dumps(value)}" for name, value in data.items())
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


def main() -> None:
    """Train on everything and save; with `--cross-validate`, train on each four fifths first."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--cross-validate", type=Path)
    options = parser.parse_args()
    chance = random.Random(SEED)
    truth = json.loads((options.pages / "truth.json").read_text("utf-8"))
    texts = {key: (options.pages / "text" / f"{key}.txt").read_text("utf-8") for key in truth}
    dressings = []
    if options.articles:
        furniture = tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))
        chosen = chance.sample(sorted(options.articles.glob("*.txt")), ARTICLES)
        dressings = [example(*dressed(p.read_text("utf-8"), furniture, chance), weight=0.5) for p in chosen]
    if options.cross_validate:
        cross_validate(texts, truth, dressings, options.cross_validate)
    chain = fit(examples_of(texts, truth, random.Random(SEED)) + dressings)
    save(chain, options.out)


def cross_validate(
    texts: dict[str, str], truth: dict[str, dict[str, str]], dressings: list[Example], out: Path
) -> None:
    """Read every page with a model that has not seen it, and write what was read. Folds are by page id."""
    keys = sorted(texts)
    with out.open("w", encoding="utf-8") as stream:
        for fold in range(FOLDS):
            held = keys[fold::FOLDS]
            rest = {key: texts[key] for key in keys if key not in held}
            chain = fit(examples_of(rest, truth, random.Random(SEED)) + dressings)
            for key in held:
                text = "\n\n".join(p.text for p in read_copied(texts[key], model=chain).pieces)
                stream.write(json.dumps({"document": {"source": f"{key}.txt", "text": text}}) + "\n")


if __name__ == "__main__":
    main()
