"""The PLOVER ontology as the code uses it: types, modes, quads, Goldstein-like scores, sectors, CAMEO mapping."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from volteface.errors import CodebookError


class CameoEntry(msgspec.Struct, frozen=True):
    """The PLOVER type, mode and context of one CAMEO code."""

    type: str
    mode: str | None
    context: str | None


class EventType(msgspec.Struct, frozen=True):
    """One PLOVER event type; `modes` maps each mode to what it means."""

    quad: str
    definition: str
    modes: dict[str, str]


class Plover(msgspec.Struct, frozen=True):
    """The ontology, as `plover.json` has it."""

    source: str
    types: dict[str, EventType]
    scores: dict[str, float]
    contexts: tuple[str, ...]
    auxiliary: dict[str, str]
    sectors: dict[str, str]
    nonstate_countries: dict[str, str]
    cameo_to_plover: dict[str, CameoEntry]

    def quad(self, type_: str) -> str:
        """The quad class in lower case: `verbal cooperation`, `material conflict`, …"""
        return self.types[type_].quad.lower()

    def score(self, type_: str, mode: str | None) -> float:
        """The conflict–cooperation score, −10 to 10, of the type and mode, or of the type where the mode has none."""
        return self.scores.get(f"{type_}/{mode}", self.scores[type_])

    def cameo(self, type_: str, mode: str | None) -> str:
        """The most general CAMEO code that maps to the type and mode, or to the type where none has the mode."""
        codes = sorted(
            (len(code), code, e.mode) for code, e in self.cameo_to_plover.items() if e.type == type_
        )
        wanted = next((m for m in (mode, None) if any(found == m for _, _, found in codes)), codes[0][2])
        return next(code for _, code, found in codes if found == wanted)

    def check(self, type_: str, mode: str | None, where: str) -> None:
        """Raise `CodebookError` naming `where` unless this is a type of the ontology with a mode of that type."""
        if type_ not in self.types:
            raise CodebookError(f"{where}: no PLOVER type {type_!r}")
        if mode is not None and mode not in self.types[type_].modes:
            raise CodebookError(f"{where}: {type_} has no mode {mode!r}")


@cache
def plover() -> Plover:
    """The bundled ontology, read once. Raises `CodebookError` if the file is damaged."""
    data = resources.files("volteface.codebook").joinpath("plover.json").read_bytes()
    try:
        return msgspec.json.decode(data, type=Plover)
    except msgspec.ValidationError as error:
        raise CodebookError(f"plover.json: {error}") from error
