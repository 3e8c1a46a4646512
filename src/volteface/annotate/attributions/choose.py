"""Which candidates become attributions: the likeliest reading of each cue, and none that says the same twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from volteface.annotate.attributions.candidates import Candidate
from volteface.annotate.attributions.drafts import Draft, runs, to_spans
from volteface.annotate.attributions.edges import Edges
from volteface.annotate.attributions.features import Reader
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.attributions.scorer import Floats, Scorer
from volteface.annotate.attributions.sources import source_spans
from volteface.annotate.attributions.via import find_relays

# A candidate this likely becomes an attribution: about half of the F1 to be had, .7, as calibrated scores want it;
# less buys recall of indirect speech and costs precision and sources (training/cards/attribution.md has the curve).
LIKELY = 0.37
# What the rules find with a quotation is nearly always somebody's words.
LIKELY_QUOTED = 0.25
# What is partly in quotation marks is seldom nobody's: on held-out articles .1 instead of .15 finds .9 % more of it
# and costs .0004 of F1.
LIKELY_MIXED = 0.1
# Of readings of one cue the worthiest wins: what being right, an exact content and an exact source count.
WORTH = (1.0, 0.5, 0.5)
# Two attributions that share more of their contents than this (Jaccard) are one.
SAME = 0.3
# The partly quoted may share more: in "recalled that he asked whether “…”" both are marked. On held-out articles .4
# finds .8 % more of it and costs .0002 of F1, .5 1.7 % and .0018.
SAME_MIXED = 0.5


def choose(scene: Scene, candidates: Sequence[Candidate], scorer: Scorer, edge_scorer: Scorer) -> list[Draft]:
    """The drafts of the accepted candidates, their contents cut where they begin and end."""
    reader = Reader(scene, [c.said for c in candidates if c.said], scorer.rows)
    scores = scorer.scores([reader.features(c) for c in candidates])
    edges = Edges(scene)
    drafts = []
    for n in select(candidates, scores):
        draft = _draft(scene, candidates[n])
        if not stands(candidates[n]):
            before, after = candidates[n].whole, edges.best(candidates[n], edge_scorer)
            if after != before:
                draft.content = to_spans(scene.annotation, after) or draft.content
        drafts.append(draft)
    return drafts


def select(candidates: Sequence[Candidate], scores: Floats) -> list[int]:
    """Numbers of the accepted candidates, best first. `scores` is (candidates, 3), see `Scorer.scores`."""
    standing = [stands(c) for c in candidates]
    worth = scores @ np.array(WORTH, dtype=np.float32)
    order = sorted(range(len(candidates)), key=lambda n: (not standing[n], -worth[n], n))
    kept: list[int] = []
    heads: set[int] = set()
    held: dict[int, list[int]] = {}
    for n in order:
        candidate = candidates[n]
        least = _least(candidate)
        if candidate.head in heads or (scores[n, 0] < least and not standing[n]):
            continue
        rivals = {m for i in candidate.content for m in held.get(i, ())}
        if any(_is_same(candidate, candidates[m]) for m in rivals):
            continue
        kept.append(n)
        heads.add(candidate.head)
        for i in candidate.content:
            held.setdefault(i, []).append(n)
    return kept


def _least(candidate: Candidate) -> float:
    if candidate.mixed:
        return LIKELY_MIXED
    return LIKELY_QUOTED if candidate.said and candidate.quoted else LIKELY


def _is_same(left: Candidate, right: Candidate) -> bool:
    """Whether two cues have much the same content; what the rules found in two layers stays in two."""
    if left.said and right.said and (left.said.draft.nested or right.said.draft.nested):
        return False
    most = SAME_MIXED if left.mixed or right.mixed else SAME
    return _share(left.content, right.content) > most


def stands(candidate: Candidate) -> bool:
    """What the gold the scorer learnt from does not mark, but who claims what of whom needs: relays, "reportedly",
    and claims inside what somebody else says, as the rules find them."""
    if candidate.said is None:
        return False
    draft = candidate.said.draft
    return bool(draft.via) or draft.nested or draft.hearsay


def _share(left: frozenset[int], right: frozenset[int]) -> float:
    both = len(left & right)
    return both / (len(left) + len(right) - both)


def _draft(scene: Scene, candidate: Candidate) -> Draft:
    """The rules' own draft, where the candidate is theirs; else a new one with its relays."""
    if candidate.said is not None:
        return candidate.said.draft
    annotation = scene.annotation
    source = annotation.tokens[candidate.source] if candidate.source is not None else None
    taken = set(candidate.cue) | candidate.content
    spans = source_spans(annotation, source, without=taken, told=False) if source else []
    head = annotation.tokens[candidate.head]
    draft = Draft(
        head=candidate.head,
        group=scene.lexicon.groups.get(head.lemma, "belief"),
        source=spans,
        source_head=candidate.source if spans else None,
        cue=[annotation.span(a, b) for a, b in runs(candidate.cue)],
        content=to_spans(annotation, candidate.content),
        root=candidate.root,
    )
    draft.via = find_relays(scene, draft)
    return draft
