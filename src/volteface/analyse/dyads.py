"""What the rows of `Store.series` come to: what counted, what was kept out, and how much was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# What an analysis keeps out by default, as `acts.status` has it.
APART = ("alleged", "future", "hypothetical", "negated", "historical")


@dataclass(frozen=True, slots=True)
class Summary:
    """A series as a whole. `mean`: of the scores of what counted, None of nothing; `apart`: what was kept out by its
    status; `unseen`: periods for which there is neither a document nor an import, of `periods`."""

    events: int
    cooperation: int
    conflict: int
    mean: float | None
    contested: int
    apart: dict[str, int]
    documents: int
    imported: int
    periods: int
    unseen: int


def summarise(rows: Iterable[Mapping[str, Any]], *, statuses: Iterable[str] = ("actual",)) -> Summary:
    """Sum the rows of `Store.series`, counted by `statuses`."""
    series = list(rows)

    def total(name: str) -> Any:
        return sum(row[name] for row in series)

    scored = total("scored")
    counted = set(statuses)
    apart = {status: total(status) for status in ("actual", *APART) if counted and status not in counted}
    return Summary(
        events=total("events"),
        cooperation=total("verbal_cooperation") + total("material_cooperation"),
        conflict=total("verbal_conflict") + total("material_conflict"),
        mean=total("score_sum") / scored if scored else None,
        contested=total("contested"),
        apart={status: count for status, count in apart.items() if count},
        documents=total("documents"),
        imported=total("imported"),
        periods=len(series),
        unseen=sum(not row["documents"] and not row["imported"] for row in series),
    )


def in_words(summary: Summary, *, by: str) -> str:
    """The summary as a sentence."""
    untyped = summary.events - summary.cooperation - summary.conflict
    kinds = f"{summary.cooperation} of cooperation, {summary.conflict} of conflict"
    told = [f"{summary.events} events: {kinds}" + (f", {untyped} without a type" if untyped else "")]
    if summary.mean is not None:
        told.append(f"mean score {summary.mean:+.1f}")
    if summary.contested:
        told.append(f"{summary.contested} contested")
    if summary.apart:
        told.append(f"kept out: {apart_in_words(summary.apart)}")
    seen = [
        f"{count} {what}"
        for count, what in (
            (summary.documents, "documents"),
            (summary.imported, "imported events of anybody"),
        )
        if count
    ]
    told.append(f"seen: {', '.join(seen) or 'nothing'}")
    if summary.unseen:
        told.append(f"nothing seen in {summary.unseen} of {summary.periods} {by}s")
    return "; ".join(told)


def apart_in_words(apart: Mapping[str, int]) -> str:
    """ "3 alleged, 1 future"."""
    return ", ".join(f"{count} {status}" for status, count in apart.items())
