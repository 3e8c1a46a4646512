"""Data flows one way: read → annotate → code → resolve → store → show. Imports may not run against it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import volteface

ROOT = Path(volteface.__file__).parent
# Each layer may import itself and what stands before it.
ORDER = (
    "errors",
    "version",
    "records",
    "codebook",
    "read",
    "imports",
    "annotate",
    "code",
    "resolve",
    "link",
    "pipeline",
    "steps",
    "store",
    "analyse",
    "show",
    "workers",
    "run",
    "linking",
    "courses",
    "show.web",
    "samples",
    "cli",
    "__main__",
)
# The public package re-exports the verbs; nobody imports it for more than that.
EXEMPT = {"__init__"}
# Only these may import the parser and the database.
OWNERS = {"spacy": {"annotate"}, "duckdb": {"store"}}


def layer_of(path: Path) -> str:
    return layer(path.relative_to(ROOT).with_suffix("").parts)


def layer(parts: Sequence[str]) -> str:
    """The layer of a module within the package; the pages of a browser stand on all analyses, `show` under them."""
    return ".".join(parts[:2]) if ".".join(parts[:2]) in ORDER else parts[0]


def imports_of(path: Path) -> list[str]:
    """What a module imports when it runs; imports for the type checker alone are no edges."""
    found = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append(node.module)
            if node.module == "volteface":
                found += [f"volteface.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            raise AssertionError(f"{path}: relative import")
    return found


def modules() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if layer_of(p) not in EXEMPT)


def test_every_module_belongs_to_a_layer() -> None:
    assert {layer_of(p) for p in modules()} <= set(ORDER)


def test_imports_follow_the_flow() -> None:
    wrong = []
    for path in modules():
        for name in imports_of(path):
            parts = name.split(".")
            known = parts[0] == "volteface" and len(parts) > 1 and parts[1] in ORDER
            if known and ORDER.index(layer(parts[1:])) > ORDER.index(layer_of(path)):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_parser_and_database_stay_where_they_belong() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        for name in imports_of(path)
        for package, owners in OWNERS.items()
        if name.split(".")[0] == package and layer_of(path) not in owners
    ]
    assert wrong == []


def test_no_cycle_between_modules() -> None:
    names = {"volteface." + ".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in modules()}
    graph = {n: [i for i in imports_of(p) if i in names and i != n] for n, p in names.items()}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"import cycle: {' → '.join((*path, name))}"
        if name not in done:
            for other in graph[name]:
                walk(other, (*path, name))
            done.add(name)

    for name in graph:
        walk(name, ())
