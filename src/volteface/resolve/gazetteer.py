"""The packaged gazetteer: places of GeoNames by folded name, in one compressed file of columns.

Towns of 1,000 inhabitants and more, countries, first- and second-order divisions, and the seas, regions and contested
areas the news names. Built by `training/build_gazetteer.py`; data of GeoNames under CC BY 4.0 (see NOTICE).
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from volteface.errors import ModelError

PRIMARY, ALTERNATE, DEMONYM, ABBREVIATION, MINOR = 0, 1, 2, 3, 4
"""How a name stands to its place: its name, another name (in another language, a former one), its people's
or its adjective, an abbreviation that ends in a point, the name of a second-order division that few mean by
it (a small one's, or without the word "district")."""

MOST_WORDS = 6
"""No name of more words is looked for."""

_NONE = "\u0000"


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the gazetteer. Degrees in WGS 84; `country` is ISO alpha-3 (KOS for Kosovo); `geonames` is
    None for places whose number is not known; `population` is 0 where it is not, and for regions and
    seas."""

    name: str
    country: str | None
    admin1: str | None
    geonames: int | None
    latitude: float | None
    longitude: float | None
    feature: str
    population: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that goes by a name, and how (`PRIMARY`, `ALTERNATE`, …)."""

    row: int
    kind: int
    site: Site


def fold(name: str) -> str:
    """A name as it is looked up: lower case, without accents, points, apostrophes; hyphens are spaces."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(name.lower().translate(_FOLD).split())


_FOLD = str.maketrans(
    {".": "", "'": "", "’": "", "‘": "", "`": "", "-": " ", "–": " ", "ı": "i", "ø": "o", "ł": "l", "đ": "d"}
)


class Gazetteer:
    """Places by name. `Gazetteer.load()` gives the bundled one, read once a process (some 0.1 s, 40 MB)."""

    def __init__(self, data: bytes) -> None:
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as columns:
                self._columns: dict[str, npt.NDArray[Any]] = {name: columns[name] for name in columns.files}
            texts = {name: self._columns.pop(name).tobytes() for name in ("keys", "names", "words")}
        except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile) as error:
            raise ModelError(f"the gazetteer cannot be read: {error}") from error
        self._keys = texts["keys"]
        self._names = texts["names"]
        self._words = texts["words"].decode().split("\n")
        self._found: dict[str, tuple[Candidate, ...]] = {}

    @classmethod
    def load(cls) -> Gazetteer:
        """The bundled gazetteer. Raises `ModelError` if it is missing or damaged."""
        return _bundled()

    def __len__(self) -> int:
        """How many places it has."""
        return len(self._columns["latitude"])

    def look_up(self, name: str) -> tuple[Candidate, ...]:
        """The places that go by this name, largest first within each kind; empty where there is none."""
        key = fold(name)
        found = self._found.get(key)
        if found is None:
            found = self._search(key)
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = found
        return found

    def _search(self, key: str) -> tuple[Candidate, ...]:
        if not key or len(key) > _LONGEST_KEY:
            return ()
        wanted = key.encode()
        ends = self._columns["key_ends"]
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            start = int(ends[middle - 1]) if middle else 0
            if self._keys[start : int(ends[middle])] < wanted:
                low = middle + 1
            else:
                high = middle
        if low == len(ends) or self._keys[int(ends[low - 1]) if low else 0 : int(ends[low])] != wanted:
            return ()
        first, last = (
            (int(self._columns["entry_ends"][low - 1]) if low else 0),
            int(self._columns["entry_ends"][low]),
        )
        rows, kinds = self._columns["entry_rows"], self._columns["entry_kinds"]
        found = [Candidate(int(rows[i]), int(kinds[i]), self.site(int(rows[i]))) for i in range(first, last)]
        return tuple(sorted(found, key=lambda c: (c.kind, -c.site.population, c.row)))

    def site(self, row: int) -> Site:
        """The place of this row."""
        columns = self._columns
        start = int(columns["name_ends"][row - 1]) if row else 0
        latitude = int(columns["latitude"][row])
        known = latitude != _UNKNOWN
        return Site(
            name=self._names[start : int(columns["name_ends"][row])].decode(),
            country=self._word(int(columns["country"][row])),
            admin1=self._word(int(columns["admin1"][row])),
            geonames=int(columns["geonames"][row]) or None,
            latitude=latitude / _DEGREE if known else None,
            longitude=int(columns["longitude"][row]) / _DEGREE if known else None,
            feature=self._word(int(columns["feature"][row])) or "",
            population=int(columns["population"][row]),
        )

    def _word(self, index: int) -> str | None:
        word = self._words[index]
        return None if word == _NONE else word


# Coordinates are stored as integers of 1e-5 degrees (about a metre).
_DEGREE = 100_000
_UNKNOWN = 2**31 - 1
_LONGEST_KEY = 120
_REMEMBERED = 50_000


def pack(sites: Sequence[Site], names: Mapping[str, Mapping[int, int]]) -> bytes:
    """The gazetteer's file: `names` maps each folded name to the rows of `sites` that go by it and how. The
    same input gives the same bytes."""
    words = sorted({w or _NONE for s in sites for w in (s.country, s.admin1, s.feature)})
    index = {word: number for number, word in enumerate(words)}
    keys = sorted(names, key=lambda key: key.encode())
    entries = [sorted(names[key].items()) for key in keys]
    flat = [entry for group in entries for entry in group]
    degrees = [(s.latitude, s.longitude) for s in sites]
    columns: dict[str, npt.NDArray[Any]] = {
        "keys": np.frombuffer("".join(keys).encode(), dtype=np.uint8),
        "key_ends": _ends(len(key.encode()) for key in keys),
        "entry_ends": _ends(len(group) for group in entries),
        "entry_rows": np.array([row for row, _ in flat], dtype=np.int32),
        "entry_kinds": np.array([kind for _, kind in flat], dtype=np.uint8),
        "names": np.frombuffer("".join(s.name for s in sites).encode(), dtype=np.uint8),
        "name_ends": _ends(len(s.name.encode()) for s in sites),
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "country": np.array([index[s.country or _NONE] for s in sites], dtype=np.uint16),
        "admin1": np.array([index[s.admin1 or _NONE] for s in sites], dtype=np.uint16),
        "feature": np.array([index[s.feature or _NONE] for s in sites], dtype=np.uint16),
        "geonames": np.array([s.geonames or 0 for s in sites], dtype=np.int32),
        "population": np.array([min(s.population, 2**31 - 1) for s in sites], dtype=np.int32),
        "latitude": np.array([_fixed(a) for a, _ in degrees], dtype=np.int32),
        "longitude": np.array([_fixed(b) for _, b in degrees], dtype=np.int32),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, column in columns.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, column, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _fixed(degrees: float | None) -> int:
    return _UNKNOWN if degrees is None else round(degrees * _DEGREE)


def _ends(lengths: Iterable[int]) -> npt.NDArray[Any]:
    return np.cumsum(np.fromiter(lengths, dtype=np.int64)).astype(np.int32)


@cache
def _bundled() -> Gazetteer:
    try:
        return Gazetteer(resources.files("volteface.resolve").joinpath("gazetteer.npz").read_bytes())
    except OSError as error:
        raise ModelError(f"the gazetteer is missing: {error}") from error
