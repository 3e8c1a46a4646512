"""The key that joins an actor over documents (docs/decisions/0062-a-register-that-writes-itself.md).

`RUS` a state, `RUS/Kremlin` or `Hezbollah` an entry of the register, `RUS/Vladimir Putin` a person (`Ada Moor` where
the text tells no country), `TUR/MIL/military` a state's body that has no name of its own, `Aurora Front` an
organisation that only the text knows. Who has no name has no key: two documents' "Turkish officials" are not the same.
"""

from __future__ import annotations

import unicodedata

from volteface.resolve.names import without_article
from volteface.resolve.reading import Reading
from volteface.resolve.register import Register

# Of the sectors of a state, bodies that there is one of; not of these words.
ORGANS = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
SEVERAL = frozenset({
    "agency", "authority", "battalion", "brigade", "city council", "commission", "committee", "consulate",
    "contingent", "convoy", "council", "court", "delegation", "division", "embassy", "fleet", "force", "forces",
    "garrison", "mission", "municipality", "office", "patrol", "platoon", "province", "regiment", "service",
    "side", "squadron", "state", "task force", "unit",
})  # fmt: skip


def actor_key(reading: Reading, register: Register) -> str | None:
    """The key of whom a reading stands for, or None for somebody without a name."""
    key = reading.decided or reading.key
    if key is None or reading.decided or key in register.entries:
        return key
    if key.startswith("person:"):
        return _person_key(reading, register)
    if key.startswith("org:"):
        return _of(_told(reading), normalised(key[4:]))
    country, *rest = key.split("/")
    if len(rest) < 2:  # "Norway: Parliament"; not all there is of international organisations
        return key if rest else None
    if rest[-1] in register.entries:  # a people of several states, in this one
        return _of(reading.country, rest[-1])
    role = register.role(rest[-1].split(), rest[-1].count(" "))
    is_organ = role is not None and role[0].kind == "body" and rest[0] in ORGANS and rest[-1] not in SEVERAL
    return key if is_organ and country in register.codes else None


def _person_key(reading: Reading, register: Register) -> str | None:
    name = normalised(reading.name)
    home = register.home(reading.name, reading.country)
    if home is None and " " not in name:
        return None  # a surname alone is nobody one can join on
    return _of(home or _told(reading), name)


def _told(reading: Reading) -> str | None:
    """The country that the text tells: one guessed from the setting would differ from document to document."""
    return next((e.country for e in reading.evidence if e.country), None)


def normalised(name: str) -> str:
    """A name as keys have it: one space, no accents, no article, not in capitals.

    >>> normalised("The  José PÉREZ"), normalised("ADA MOOR")
    ('Jose PEREZ', 'Ada Moor')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    joined = without_article(" ".join("".join(c for c in plain if not unicodedata.combining(c)).split()))
    return joined.title() if joined.isupper() and " " in joined else joined


def _of(country: str | None, name: str) -> str:
    return f"{country}/{name}" if country else name
