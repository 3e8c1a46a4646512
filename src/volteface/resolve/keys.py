"""The key that joins an actor over documents (docs/decisions/0062-a-register-that-writes-itself.md).

`RUS` a state, `RUS/Kremlin` or `Hezbollah` an entry of the register, `RUS/Vladimir Putin` a person (`Ada Moor` where
no country is known), `TUR/MIL/military` a state's body that has no name of its own, `Aurora Front` an organisation
that only the text knows. Who has no name has no key: two documents' "Turkish officials" are not the same.
"""

from __future__ import annotations

import unicodedata

from volteface.resolve.newcomers import without_article
from volteface.resolve.reading import Reading
from volteface.resolve.register import Register


def actor_key(reading: Reading, register: Register) -> str | None:
    """The key of whom a reading stands for, or None for somebody without a name."""
    key = reading.key
    if key is None or key == reading.country or key in register.keys:
        return key
    scheme, _, _ = key.partition(":")
    if scheme == "person":
        return _person_key(reading, register)
    if scheme == "org":
        return _of(reading.country, normalised(reading.name))
    first, *rest = key.split("/")
    if reading.kind == "body" and (first in register.keys or first in register.codes):
        return key
    if rest and rest[-1] in register.keys:  # a people of several states, in this one
        return _of(reading.country, rest[-1])
    return None


def _person_key(reading: Reading, register: Register) -> str | None:
    name = normalised(reading.name)
    home = register.home(reading.name, reading.country)
    if home is None and " " not in name:
        return None  # a surname alone is nobody one can join on
    return _of(home or reading.country, name)


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
