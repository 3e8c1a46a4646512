"""The chance that two reports are of one occurrence, from what they have in common: logistic regression."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

# What days take away of the logit, set by hand since no gold has dates (docs/decisions/0091-same-event.md): for each
# day between the days on which two can have happened; once more where both texts give a day, and not the same; for each
# day between publications where neither does, since news is told when it is new.
DAY = 0.6
BOTH_TOLD = 2.0
PUBLICATION = 0.15
FARTHEST = 10.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How far apart two events are told to be. `apart`: days between when they can have happened, `published` between
    publications, None where it is not known; `told`: how many of the two texts give a day."""

    apart: int | None = None
    published: int | None = None
    told: int = 0

    def penalty(self) -> float:
        """What it takes away of the logit; nothing where nothing is known."""
        taken = DAY * (self.apart or 0)
        if self.told == 2 and self.apart:
            taken += BOTH_TOLD
        elif self.told == 0:
            taken += PUBLICATION * (self.published or 0)
        return min(taken, FARTHEST)


UNKNOWN = Timing()


class Scorer:
    """Weights by feature name, one set for events of two stories and one for events within one."""

    def __init__(self, between: Mapping[str, float], within: Mapping[str, float]) -> None:
        self.between = dict(between)
        self.within = dict(within)

    def score(self, features: Mapping[str, float], timing: Timing = UNKNOWN) -> float:
        """The chance, 0 to 1."""
        weights = self.between if "story_words" in features else self.within
        logit = weights[""] + math.fsum(weights.get(name, 0.0) * value for name, value in features.items())
        logit -= timing.penalty()
        return 1 / (1 + math.exp(-logit))


@cache
def bundled() -> Scorer:
    """The weights in `data/weights.json`, made by `training/train_links.py` (training/cards/links.md)."""
    data = resources.files("volteface.link").joinpath("data", "weights.json").read_bytes()
    weights = msgspec.json.decode(data, type=dict[str, dict[str, float]])
    return Scorer(weights["between"], weights["within"])
