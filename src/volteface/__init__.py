"""Volteface: news reporting as sourced, queryable records of international politics.

import volteface

record = volteface.code("Turkey accused Syria of shelling a border village on Monday.", published="2012-10-05")
for event in record.events:
    print(event.type, event.status, event.actors[0].country)
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from volteface.errors import CodebookError, InputError, ModelError, StoreError, VoltefaceError
from volteface.records import Document, Event, Record

if TYPE_CHECKING:
    from volteface.pipeline import Coder, code
    from volteface.store import Store

__all__ = [
    "CodebookError",
    "Coder",
    "Document",
    "Event",
    "InputError",
    "ModelError",
    "Record",
    "Store",
    "StoreError",
    "VoltefaceError",
    "code",
]


class _Package(ModuleType):
    """Keeps `volteface.code` the verb: loading the layer in `volteface/code/` would put that there instead."""

    @property
    def code(self) -> Any:
        from volteface.pipeline import code

        return code

    @code.setter
    def code(self, layer: ModuleType) -> None:
        pass


sys.modules[__name__].__class__ = _Package

# Loading the coder pulls in the parser, the store the database; neither is wanted by `import volteface` alone.
_LAZY = {"Coder": "volteface.pipeline", "Store": "volteface.store"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
