"""A `read` that is killed again and again ends with the database of an undisturbed one.

`python evaluation/crash.py samples --kills 50` does the same with the real coder at length.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evaluation.crash import survive

STORIES = (
    "The government of Ruritania on Monday accused Sylvania of shelling a border post near Grenzau.",
    "“We reject these claims,” Sylvanian Foreign Minister Otto Falk told reporters.",
    "The two presidents will meet in Geneva next week, the United Nations said.",
)


def pages(folder: Path, count: int) -> str:
    """Pages of which some carry the same text, and one address has several versions and goes back to an
    earlier one."""
    folder.mkdir()
    for n in range(count):
        story = "\n\n".join(STORIES[: n % 2 + 2])
        (folder / f"{n:03}.txt").write_text(f"Story number {n % (count - 3)}\n\n{story}\n")
    line = '{{"url": "https://news.example/story", "text": "Version {} of it. {}"}}\n'
    (folder / "feed.jsonl").write_text("".join(line.format(n, STORIES[0]) for n in (0, 1, 2, 3, 1)))
    return str(folder)


@pytest.mark.slow
def test_killed_at_random_with_many_commits(tmp_path: Path) -> None:
    folder = pages(tmp_path / "pages", 60)

    def command(database: Path) -> list[str]:
        return [sys.executable, "-m", "tests.store.read_with_fake_coder", str(database), folder]

    report = survive(command, tmp_path, kills=15, seed=2)
    assert report.kept > 0, "no kill came between the first commit and the last: the test tests nothing"


@pytest.mark.slow
@pytest.mark.model
def test_killed_at_random_with_the_real_coder(tmp_path: Path) -> None:
    folder = pages(tmp_path / "pages", 12)

    def command(database: Path) -> list[str]:
        return [sys.executable, "-m", "volteface", "read", folder, "--db", str(database), "--workers", "2"]

    report = survive(command, tmp_path, kills=4, seed=3, wait=2.0)
    assert report.kills >= 4
