"""The chance that two reports are of one occurrence, from what they have in common: logistic regression."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

# What is taken away of the logit, or added, by hand, since the gold does not teach it: its texts have no dates, and
# its crimes and crashes hardly any countries and statements (docs/decisions/0091-same-event.md).
# For each day between the days on which two events can have happened; once more where both texts give a day, and not
# the same; for each day between publications where neither does, since news is told when it is new; where the day of
# one alone is known.
DAY, BOTH_TOLD, PUBLICATION, HALF_KNOWN = 0.6, 2.0, 0.15, 1.0
MOST_BY_DAYS = 10.0
# Where both events have countries on a side, and none in common.
OTHER_COUNTRIES = {"actors_countries_differ": 2.5, "recipients_countries_differ": 1.5}
# Where both are words, and their sentences share few: those who talk to each other ask, urge and call all the time.
# From a likeness of sentences of `SAME_WORDS` on, nothing.
OTHER_WORDS, SAME_WORDS = 3.0, 0.3
# What is added where type, the countries of both sides, and the days agree: the gold teaches none of these together.
AGREEING = 1.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How far apart two events are told to be. `apart`: days between when they can have happened, `published` between
    publications, None where it is not known; `told`: how many of the two texts give a day; `known`: of how many of the
    two anything is known."""

    apart: int | None = None
    published: int | None = None
    told: int = 0
    known: int = 0

    def penalty(self) -> float:
        """What it takes away of the logit; nothing where nothing is known."""
        if self.apart is None:
            return HALF_KNOWN if self.known else 0.0
        taken = DAY * self.apart
        if self.told == 2 and self.apart:
            taken += BOTH_TOLD
        elif self.told == 0:
            taken += PUBLICATION * (self.published or 0)
        return min(taken, MOST_BY_DAYS)


UNKNOWN = Timing()


def _caution(features: Mapping[str, float]) -> float:
    """What other countries and other words take away of the logit."""
    taken = math.fsum([weight * features[name] for name, weight in OTHER_COUNTRIES.items()])
    if features["verbal"]:
        taken += OTHER_WORDS * max(0.0, 1 - features["sentence"] / SAME_WORDS)
    return taken


class Scorer:
    """Weights by feature name, one set for events of two stories and one for events within one."""

    def __init__(self, between: Mapping[str, float], within: Mapping[str, float]) -> None:
        self.between = dict(between)
        self.within = dict(within)

    def score(self, features: Mapping[str, float], timing: Timing = UNKNOWN) -> float:
        """The chance, 0 to 1."""
        weights = self.between if "story_words" in features else self.within
        logit = (
            math.fsum([value * features.get(name, 0.0) for name, value in weights.items() if name])
            + weights[""]
        )
        logit -= timing.penalty() + _caution(features)
        if timing.apart == 0 and features["type"]:
            logit += AGREEING * min(features["actors_countries"], features["recipients_countries"])
        return 1 / (1 + math.exp(-logit))


@cache
def bundled() -> Scorer:
    """The weights in `data/weights.json`, made by `training/train_links.py` (training/cards/links.md)."""
    data = resources.files("volteface.link").joinpath("data", "weights.json").read_bytes()
    weights = msgspec.json.decode(data, type=dict[str, dict[str, float]])
    return Scorer(weights["between"], weights["within"])
