"""What a person decided about actors, as an overlay of the register (docs/decisions/0048-decisions.md).

It is part of the coder's version: the same page, coder and decisions give the same record.
"""

from __future__ import annotations

from dataclasses import replace

from volteface.records import Corrections
from volteface.resolve.keys import actor_key
from volteface.resolve.reading import Reading
from volteface.resolve.register import Register


def corrected(reading: Reading, corrections: Corrections, register: Register) -> Reading:
    """The reading as decisions have it. Its actor keeps the key it has without them, or gets the one it is joined
    to."""
    if not corrections or reading.decided is not None or (key := actor_key(reading, register)) is None:
        return reading
    to = corrections.joins.get(key, key)
    fields = _known(to, register) if to != key else {}
    fields |= corrections.facts.get(to, {})
    if not fields and key not in corrections.joins:
        return reading
    said = [f"{field} {value}" for field, value in sorted(fields.items())]
    reasons = (*reading.reasons, f"a person decided: {', '.join([to, *said])}")
    return replace(reading, decided=to, reasons=reasons, **fields)  # type: ignore[arg-type]


def _known(key: str, register: Register) -> dict[str, str]:
    """What a key itself tells of an actor, and what the register says of its entries."""
    entry = register.entries.get(key)
    country, slash, name = key.partition("/")
    if entry is None:
        return {"country": country, "name": name} if slash and country in register.codes else {"name": key}
    fields = {"name": entry.name, "country": entry.country, "sector": entry.sector}
    return {field: value for field, value in fields.items() if value}
