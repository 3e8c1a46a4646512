"""Which candidates become attributions: the likeliest reading of each cue, and none that says the same twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from volteface.annotate.attributions.candidates import Candidate
from volteface.annotate.attributions.drafts import Draft, runs, to_spans
from volteface.annotate.attributions.features import Reader
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.attributions.scorer import Floats, Scorer
from volteface.annotate.attributions.sources import source_spans
from volteface.annotate.attributions.via import find_relays

# A candidate this likely becomes an attribution: about half of the F1 to be had, .7, as calibrated scores want it;
# less buys recall of indirect speech and costs precision and sources (training/cards/attribution.md has the curve).
LIKELY = 0.37
# What the rules found needs less: on held-out articles it costs no F1 and leaves fewer claims without a source.
LIKELY_SAID = 0.3
# What is partly in quotation marks is seldom nobody's: on held-out articles .2 instead of .37 finds 1 % more of it
# and costs no F1, .1 another 2 % for .0015.
LIKELY_MIXED = 0.15
# Of readings of one cue the worthiest wins: what being right, an exact content and an exact source count.
WORTH = (1.0, 0.5, 0.5)
# Two attributions that share more of their contents than this (Jaccard) are one.
SAME = 0.3


def choose(scene: Scene, candidates: Sequence[Candidate], scorer: Scorer) -> list[Draft]:
    """The drafts of the accepted candidates."""
    reader = Reader(scene, [c.said for c in candidates if c.said])
    scores = scorer.scores([reader.features(c) for c in candidates])
    return [_draft(scene, candidates[n]) for n in select(candidates, scores)]


def select(candidates: Sequence[Candidate], scores: Floats) -> list[int]:
    """Numbers of the accepted candidates, best first. `scores` is (candidates, 3), see `Scorer.scores`."""
    stands = [c.said is not None and _stands(c.said.draft) for c in candidates]
    worth = scores @ np.array(WORTH, dtype=np.float32)
    order = sorted(range(len(candidates)), key=lambda n: (not stands[n], -worth[n], n))
    kept: list[int] = []
    heads: set[int] = set()
    held: dict[int, list[int]] = {}
    for n in order:
        candidate = candidates[n]
        least = LIKELY_MIXED if candidate.mixed else LIKELY_SAID if candidate.said else LIKELY
        if candidate.head in heads or (scores[n, 0] < least and not stands[n]):
            continue
        rivals = {m for i in candidate.content for m in held.get(i, ())}
        if any(_is_same(candidate, candidates[m]) for m in rivals):
            continue
        kept.append(n)
        heads.add(candidate.head)
        for i in candidate.content:
            held.setdefault(i, []).append(n)
    return kept


def _is_same(left: Candidate, right: Candidate) -> bool:
    """Whether two cues have much the same content; what the rules found in two layers stays in two."""
    if left.said and right.said and (left.said.draft.nested or right.said.draft.nested):
        return False
    return _share(left.content, right.content) > SAME


def _stands(draft: Draft) -> bool:
    """What the gold the scorer learnt from does not mark, but who claims what of whom needs: relays, "reportedly",
    and claims inside what somebody else says."""
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
