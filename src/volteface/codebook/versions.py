"""What rules and bundled data this is: a digest of every file that decides what a record says."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

SUFFIXES = (".py", ".toml", ".json", ".npz", ".sqlite", ".bin", ".txt", ".onnx")
PACKAGES = ("annotate", "code", "codebook", "read", "resolve")


@cache
def data_versions() -> tuple[str, ...]:
    """`path sha256` of every module, lexicon, table and model a record depends on, in path order."""
    root = resources.files("volteface")
    found = [line for package in PACKAGES for line in _digests(root.joinpath(package), package)]
    return tuple(sorted(found))


def _digests(folder: Traversable, path: str) -> list[str]:
    found = []
    for item in folder.iterdir():
        name = f"{path}/{item.name}"
        if item.is_dir():
            found += _digests(item, name)
        elif item.name.endswith(SUFFIXES):
            found.append(f"{name} {hashlib.sha256(item.read_bytes()).hexdigest()[:16]}")
    return found
