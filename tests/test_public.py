"""What is public is on purpose, documented, and as the README says."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import volteface
from tests.fakes import record
from tests.show import rooms
from volteface.store import Reading, Store

ROOT = Path(__file__).parents[1]
# What examples ask that need a server.
SERVED = "http://127.0.0.1:8770"

PUBLIC = [
    "Coder",
    "CodebookError",
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
MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(volteface.__path__, "volteface.")
    if found.name != "volteface.__main__"
)


def test_what_is_public() -> None:
    assert sorted(volteface.__all__) == sorted(PUBLIC)
    assert set(PUBLIC) <= set(dir(volteface))


@pytest.mark.parametrize("name", PUBLIC)
def test_public_names_are_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(volteface, name))


def test_what_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'coder'"):
        volteface.coder  # noqa: B018


def test_importing_the_package_loads_neither_parser_nor_database() -> None:
    loaded = (
        "import sys, volteface; print([m for m in ('spacy', 'duckdb', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_and_so_does_what_it_offers(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, name
    offered = getattr(module, "__all__", None)
    if offered is not None:
        assert list(offered) == sorted(offered, key=sort_key), name
        assert [n for n in offered if not hasattr(module, n)] == []
    assert [n for n, thing in own(module) if not inspect.getdoc(thing)] == []


def sort_key(name: str) -> tuple[bool, bool, str]:
    """Constants, then classes, then the rest, as ruff sorts them."""
    return not name.isupper(), name[0].islower(), name


def own(module: ModuleType) -> list[tuple[str, object]]:
    """Functions and classes defined in a module without an underscore, with the classes' own methods."""
    found: list[tuple[str, object]] = []
    for name, thing in vars(module).items():
        plain = inspect.unwrap(thing) if callable(thing) else thing
        if name.startswith("_") or getattr(plain, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(plain):
            found.append((name, plain))
        elif inspect.isclass(plain):
            found.append((name, plain))
            methods = [(n, m) for n, m in vars(plain).items() if not n.startswith("_")]
            found += [
                (f"{name}.{n}", m) for n, m in methods if inspect.isfunction(m) or isinstance(m, property)
            ]
    return found


def examples() -> list[tuple[str, str]]:
    """Python code of README and documentation, by page."""
    # The tutorial's examples need one another and are run as a whole by test_tutorial.py.
    docs = [page for page in sorted((ROOT / "docs").rglob("*.md")) if page.name != "tutorial.md"]
    pages = [page for page in (ROOT / "README.md", *docs) if page.exists()]
    blocks = [(page, code) for page in pages for code in python_blocks(page.read_text(encoding="utf-8"))]
    return [(str(page.relative_to(ROOT)), code) for page, code in blocks]


def python_blocks(markdown: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", markdown, re.M | re.S)


def test_the_verb_stays_the_verb_when_its_layer_is_loaded() -> None:
    importlib.import_module("volteface.code.propose")
    assert inspect.isfunction(volteface.code)
    alone = "import volteface.code.propose, volteface; assert callable(volteface.code)"
    subprocess.run([sys.executable, "-c", alone], check=True)


@pytest.mark.model
@pytest.mark.parametrize(("page", "code"), examples())
def test_examples_run(page: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one = record()
    keyed = msgspec.structs.replace(
        one, actors=tuple(msgspec.structs.replace(actor, key=actor.name) for actor in one.actors)
    )
    with Store.open(tmp_path / "news.duckdb") as store:
        store.add([Reading("id:a", "news/a.html", "f", "{}", keyed)], coder="c")
    with rooms.serving(tmp_path / "news.duckdb") if SERVED in code else nullcontext(SERVED) as address:
        exec(compile(code.replace(SERVED, address), page, "exec"), {"__name__": "example"})


@pytest.mark.model
def test_the_example_of_the_package_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert volteface.__doc__
    exec(compile(volteface.__doc__.partition("\n\n")[2], "volteface", "exec"), {})
    assert "ACCUSE" in capsys.readouterr().out
