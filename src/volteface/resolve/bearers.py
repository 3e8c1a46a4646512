"""Names that say too little by themselves ("MLC", "Socialist Party"): whose they are in this document.

Such a name stands for one of its bearers only where the document speaks of it: names it in full, or names its
country. What a document does not speak of it does not mean; the name then stands for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from volteface.annotate import Annotation
from volteface.resolve.register import Entry, Register


@dataclass(frozen=True, slots=True)
class Named:
    """A register entry found in the text: characters `start:end`, tokens `first:last`."""

    start: int
    end: int
    first: int
    last: int
    entry: Entry


def settle(
    found: Sequence[Named], annotation: Annotation, register: Register, *, year: int = 0
) -> list[Named]:
    """The names found, those of several bearers given to the likeliest or left out.

    `year` of publication, 0 unknown. Of several bearers the first of these decides: named in full; of a country
    the document names, while it existed; of one named in the same sentence; of the one named most; the order of
    the codebook.
    """
    those = [register.bearers(annotation.text[n.start : n.end].replace("’", "'")) for n in found]
    sure = [named for named, bearers in zip(found, those, strict=True) if bearers is None]
    if len(sure) == len(found):
        return list(found)
    keys = {named.entry.key for named in sure}
    told = Counter(n.entry.country for n in sure if n.entry.country and n.entry.form != "organisation")
    beside: dict[int, set[str | None]] = {}
    for named in sure:
        beside.setdefault(annotation.tokens[named.first].sentence, set()).add(named.entry.country)

    def evidence(entry: Entry, named: Named) -> tuple[bool, bool, bool, int]:
        country = entry.country if entry.country in told else None
        then = not year or entry.since <= year <= (entry.until or year)
        near = country in beside.get(annotation.tokens[named.first].sentence, ())
        return entry.key in keys, bool(country and then), bool(country and near), told[country or ""]

    settled = []
    for named, bearers in zip(found, those, strict=True):
        if bearers is not None:
            best = max(bearers, key=lambda entry: evidence(entry, named))
            if not any(evidence(best, named)):
                continue
            named = replace(named, entry=best)
        settled.append(named)
    return settled
