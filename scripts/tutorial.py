"""Run what `docs/tutorial.md` says, and write below each block what it prints.

python scripts/tutorial.py
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.M | re.S)
LINES = 14
SECONDS = 300


def commands(kind: str, block: str) -> list[tuple[str, list[str]]]:
    """(as it stands, as it is run) for each command of a block; Python is one."""
    if kind == "python":
        return [(block, [sys.executable, "-c", block])]
    found = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return [(line, [sys.executable, "-m", *shlex.split(line)]) for line in found]


def outputs(text: str, folder: Path) -> Iterator[tuple[str, str]]:
    """(command, what it prints) in order, run in `folder`. Raises `CalledProcessError` where one fails."""
    (folder / "src").symlink_to(ROOT / "src")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", "PYTHONUTF8": "1"}
    before = ""
    for match in BLOCK.finditer(text):
        for command, arguments in commands(match[1], match[2]):
            if match[1] == "python":
                before += command
                arguments = [*arguments[:2], _quiet(before, command)]
            done = subprocess.run(
                arguments,
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=True,
            )
            yield command, _cut(done.stdout or done.stderr)


def written(text: str, printed: dict[str, str]) -> str:
    """The page with these outputs."""

    def block(match: re.Match[str]) -> str:
        runs = [(command, printed[command]) for command, _ in commands(match[1], match[2])]
        if match[1] == "python":
            return f"```python\n{match[2]}```\n\n```text\n{runs[0][1]}```\n"
        return "```console\n" + "".join(f"$ {command}\n{out}" for command, out in runs) + "```\n"

    return BLOCK.sub(block, text)


def _quiet(program: str, last: str) -> str:
    """The whole program so far, of which only the last block prints."""
    head = program.removesuffix(last)
    return (
        f"import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    exec({head!r})\n{last}"
    )


def _cut(out: str) -> str:
    lines = [line.rstrip() for line in out.rstrip("\n").split("\n")]
    return "\n".join([*lines[:LINES], *(["…"] if len(lines) > LINES else [])]) + "\n"


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    with TemporaryDirectory() as place:
        PAGE.write_text(written(page, dict(outputs(page, Path(place)))), encoding="utf-8")
