"""The chance that two reports are of one occurrence, from what they have in common: logistic regression."""

from __future__ import annotations

import math
from collections.abc import Mapping

# A day between two that are known takes away this much of the logit: set by hand, since no gold has dates
# (docs/decisions/0091-same-event.md). Between events both dated in text, a single day already counts.
DAY = 0.5
FARTHEST = 8.0


class Scorer:
    """Weights by feature name, one set for events of two stories and one for events within one."""

    def __init__(self, between: Mapping[str, float], within: Mapping[str, float]) -> None:
        self.between = dict(between)
        self.within = dict(within)

    def score(self, features: Mapping[str, float], *, days_apart: int | None) -> float:
        """The chance, 0 to 1. `days_apart` is None where the days are not known, which says nothing."""
        weights = self.between if "story_words" in features else self.within
        logit = weights[""] + math.fsum(weights.get(name, 0.0) * value for name, value in features.items())
        logit -= min(DAY * (days_apart or 0), FARTHEST)
        return 1 / (1 + math.exp(-logit))


def bundled() -> Scorer:
    """By hand, until there are weights."""
    return Scorer(
        {
            "": -5.0,
            "type": 2.0,
            "head": 1.5,
            "story_words": 4.0,
            "actors_countries": 1.0,
            "recipients_countries": 1.0,
        },
        {
            "": -4.0,
            "type": 2.0,
            "head": 1.5,
            "sentence": 1.0,
            "actors_countries": 0.5,
            "recipients_countries": 0.5,
        },
    )
