"""What bundled data this is: a digest of every data file, so that a record can say what made it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

DATA_SUFFIXES = (".toml", ".json", ".npz", ".sqlite", ".bin", ".txt", ".onnx")
PACKAGES = ("annotate", "code", "codebook", "read", "resolve")


@cache
def data_versions() -> tuple[str, ...]:
    """`path sha256` of every bundled lexicon, table and model, in path order."""
    root = resources.files("volteface")
    found = [line for package in PACKAGES for line in _digests(root.joinpath(package), package)]
    return tuple(sorted(found))


def _digests(folder: Traversable, path: str) -> list[str]:
    found = []
    for item in folder.iterdir():
        name = f"{path}/{item.name}"
        if item.is_dir():
            found += _digests(item, name)
        elif item.name.endswith(DATA_SUFFIXES):
            found.append(f"{name} {hashlib.sha256(item.read_bytes()).hexdigest()[:16]}")
    return found
