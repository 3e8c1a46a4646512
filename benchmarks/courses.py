"""How well changes of course are found, on streams of events whose changes are known.

    python -m benchmarks.courses [--streams N] [--years N]

A stream is one actor's acts toward another: occurrences come at random, some with follow-ups within two days; types
are drawn from what dyads on good and on bad terms do, mixed to the mean of the week, and scored by the codebook. The
mean of the week wanders round the dyad's own (first-order autoregression), single weeks and one run of two are missing,
and twice a year an affair of three days brings two weeks' worth of events that say little about the course. A change
is a step in the dyad's mean on a day in the middle half of the stream.

Printed, for each rate (events a week) and size of the change (points of the score): the share of streams whose change
is found within four weeks of its day, once the stream is over; the share whose interval holds the day; changes that
are found though there are none, a dyad-year; and in how many weeks after it a change is first seen by a reader who
looks each week.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from volteface.analyse.course import Change, course
from volteface.codebook import plover

Floats = npt.NDArray[np.float64]

FIRST = date(2020, 1, 6)
RATES = (0.5, 1, 3, 7, 20)
SHIFTS = (1, 2, 3, 4, 6)
# Percent of acts between countries on good terms, as the ICEWS sample of June 2018 has them (1,500 acts between two
# countries, by the codebook's mapping), and on bad terms; a dyad between the two mixes them. One event spreads by 1.4,
# 2.6 and, half and half, 3.7 points; the dyads of that sample by 0.6 to 3.6.
FRIENDLY = {
    "CONSULT": 35, "CONSULT/visit": 17, "CONSULT/phone": 1, "CONSULT/third-party": 1, "AGREE": 24, "SUPPORT": 12,
    "COOPERATE": 1, "AID": 1, "CONCEDE": 1, "REQUEST": 2, "REJECT": 2, "ACCUSE/disapprove": 3,
}  # fmt: skip
HOSTILE = {
    "ACCUSE/disapprove": 30, "ACCUSE/allege": 8, "REJECT": 12, "THREATEN": 10, "SANCTION": 12, "REQUEST/change": 8,
    "COERCE": 6, "PROTEST": 3, "MOBILIZE": 3, "ASSAULT": 3, "CONSULT": 5,
}  # fmt: skip
# Of an occurrence: follow-ups on average; the probability that one has its score.
FOLLOW_UPS, ALIKE = 0.25, 0.5
# The wander of a dyad's mean: standard deviation in points, correlation from week to week.
WANDER, LASTS = 0.5, 0.4
MISSING, GAP = 0.05, 2
AFFAIR_WEEKS, AFFAIR_SHIFT = 26, 4.0


@dataclass(frozen=True, slots=True)
class Stream:
    """Days and scores of events, and the day from which the mean differs, if any."""

    days: list[date]
    scores: list[float]
    change: date | None


class Types:
    """Scores of events of a dyad of a given mean."""

    def __init__(self) -> None:
        self.friendly, self.hostile = self._of(FRIENDLY), self._of(HOSTILE)
        self.highest, self.lowest = (float(np.mean(scores)) for scores in (self.friendly, self.hostile))

    def _of(self, shares: dict[str, int]) -> Floats:
        scores = plover().scores
        return np.repeat([scores[name] for name in shares], list(shares.values())).astype(np.float64)

    def draw(self, means: Floats, random: np.random.Generator) -> Floats:
        """One score for each mean."""
        hostile = random.random(len(means)) < (self.highest - means) / (self.highest - self.lowest)
        result: Floats = np.where(
            hostile, random.choice(self.hostile, len(means)), random.choice(self.friendly, len(means))
        )
        return result


def stream(types: Types, random: np.random.Generator, *, rate: float, shift: float, years: float) -> Stream:
    """A stream of `rate` events a week with a change of `shift` points, or none."""
    weeks = round(years * 52)
    days = weeks * 7
    before = random.uniform(
        max(types.lowest, types.lowest - shift), min(types.highest, types.highest - shift)
    )
    at = int(random.uniform(0.25, 0.75) * days)
    step = np.where(np.arange(days) >= at, shift, 0.0)
    mean = before + step + np.repeat(_wander(weeks, random), 7)
    first = np.sort(random.integers(0, days, random.poisson(rate * weeks / (1 + FOLLOW_UPS))))
    score = types.draw(mean[first], random)
    when, what = _with_follow_ups(types, random, first, score, mean)
    for _ in range(weeks // AFFAIR_WEEKS):
        start = int(random.integers(0, days - 3))
        affair = start + random.integers(0, 3, random.poisson(2 * rate))
        means = mean[affair] + AFFAIR_SHIFT * random.choice([-1, 1])
        when, what = np.concatenate([when, affair]), np.concatenate([what, types.draw(means, random)])
    kept = (when < days) & ~_missing(weeks, random)[np.minimum(when, days - 1) // 7]
    dates = [FIRST + timedelta(int(day)) for day in when[kept]]
    return Stream(dates, what[kept].tolist(), FIRST + timedelta(at) if shift else None)


def _wander(weeks: int, random: np.random.Generator) -> Floats:
    noise = random.normal(0, WANDER * np.sqrt(1 - LASTS**2), weeks)
    noise[0] = random.normal(0, WANDER)
    for week in range(1, weeks):
        noise[week] += LASTS * noise[week - 1]
    return noise


def _with_follow_ups(
    types: Types, random: np.random.Generator, first: npt.NDArray[np.int64], score: Floats, mean: Floats
) -> tuple[npt.NDArray[np.int64], Floats]:
    counts = random.geometric(1 / (1 + FOLLOW_UPS), len(first)) - 1
    parents = np.repeat(np.arange(len(first)), counts)
    own = types.draw(mean[first[parents]], random)
    alike = random.random(len(parents)) < ALIKE
    when = first[parents] + random.integers(0, 3, len(parents))
    return np.concatenate([first, when]), np.concatenate([score, np.where(alike, score[parents], own)])


def _missing(weeks: int, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    missing = random.random(weeks) < MISSING
    start = int(random.integers(0, weeks - GAP))
    missing[start : start + GAP] = True
    return missing


def near(changes: Sequence[Change], truth: date, weeks: int = 4) -> Change | None:
    """The found change next to the true one, if near enough."""
    found = min(changes, key=lambda change: abs(change.day - truth), default=None)
    return found if found and abs(found.day - truth) <= timedelta(weeks=weeks) else None


def delay(s: Stream, most: int = 26) -> int | None:
    """In how many weeks after it the change is first seen by a reader who looks each week; None: not in `most`."""
    assert s.change is not None
    for week in range(1, most + 1):
        until = s.change + timedelta(weeks=week)
        seen = [(day, score) for day, score in zip(s.days, s.scores, strict=True) if day <= until]
        if near(course([day for day, _ in seen], [score for _, score in seen]).changes, s.change):
            return week
    return None


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--streams", type=int, default=200, help="streams of each kind")
    parser.add_argument("--looked-at", type=int, default=20, help="streams whose reader looks each week")
    parser.add_argument("--years", type=float, default=2, help="length of a stream")
    parser.add_argument("--rates", type=float, nargs="*", default=RATES)
    parser.add_argument("--shifts", type=float, nargs="*", default=SHIFTS)
    options = parser.parse_args()
    types = Types()
    shifts = "".join(f"{f'by {shift:g}':>14}" for shift in options.shifts)
    print(
        f"a week  false a year{shifts}   (found within 4 weeks; of these, day in interval; weeks until seen)"
    )
    for rate in options.rates:
        random = np.random.default_rng([7, int(rate * 10)])

        def streams(
            shift: float, count: int, rate: float = rate, random: np.random.Generator = random
        ) -> list[Stream]:
            signs = random.choice([-1, 1], count)
            return [stream(types, random, rate=rate, shift=shift * s, years=options.years) for s in signs]

        still = [len(course(s.days, s.scores).changes) for s in streams(0, options.streams)]
        print(f"{rate:6g}  {np.mean(still) / options.years:12.3f}", end="", flush=True)
        for shift in options.shifts:
            print(_cell(streams(shift, options.streams), options.looked_at), end="", flush=True)
        print()


def _cell(streams: list[Stream], looked_at: int) -> str:
    pairs = [(s.change, near(course(s.days, s.scores).changes, s.change)) for s in streams if s.change]
    found = [(true, change) for true, change in pairs if change]
    held = [change.earliest <= true <= change.latest for true, change in found]
    weeks = [delay(s) or np.inf for s in streams[:looked_at]]
    median = f"{np.median(weeks):3.0f}" if weeks else ""
    return f"{len(found) / len(streams):6.2f} {np.mean(held) if held else 0:.2f} {median}"


if __name__ == "__main__":
    main()
