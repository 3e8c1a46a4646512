"""The vocabulary of page furniture (`data/cues.toml`), compiled once: which groups a line has, which section
it heads."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from volteface.errors import CodebookError

STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})

# A heading is a short line: longer ones are sentences about newsletters, not the heading of one.
LONGEST_HEADING = 90
WIDEST_GAP = 6

CONTACT = re.compile(
    r"(?:contact|reach|write to|email|e-mail|follow)\b[^.]{0,80}(?:@|\bat\b)[^.]{0,60}[\w.+-]{1,60}@?\w", re.I
)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
CONTACT_WORDS = 20


class Cues:
    """Compiled vocabulary. `groups` are the names of the groups, in the file's order."""

    def __init__(self, groups: dict[str, list[str]], headings: dict[str, list[str]]) -> None:
        self.groups = tuple(groups)
        self._phrases: dict[str, set[str]] = {}
        for group, phrases in groups.items():
            for phrase in phrases:
                self._phrases.setdefault(phrase.rstrip("*"), set()).add(group)
        exact = [p for ps in groups.values() for p in ps if not p.endswith("*")]
        prefix = [p[:-1] for ps in groups.values() for p in ps if p.endswith("*")]
        # Longest first, so that "read more" is not found as "read". Literals only: linear time.
        pattern = "|".join(
            (re.escape(p) + (r"(?!\w)" if p[-1].isalnum() else "")) if p in set(exact) else re.escape(p)
            for p in sorted(set(exact) | set(prefix), key=lambda p: (-len(p), p))
        )
        self._found = re.compile(rf"(?<!\w)(?:{pattern})")
        self._headings: dict[str, str] = {}
        self._patterns: list[tuple[str, tuple[str, ...]]] = []
        for kind, phrases in headings.items():
            for phrase in phrases:
                if "*" in phrase:
                    self._patterns.append((kind, tuple(phrase.split("*"))))
                else:
                    self._headings.setdefault(phrase, kind)

    def find(self, line: str) -> dict[str, int]:
        """Characters of the line that belong to cues of each group; groups without any are left out."""
        found: dict[str, int] = {}
        for match in self._found.finditer(line.translate(STRAIGHT).lower()):
            for group in sorted(self._phrases[match.group()]):
                found[group] = found.get(group, 0) + len(match.group())
        return found

    def heads(self, line: str) -> str | None:
        """The kind of furniture section this line heads, or None."""
        if len(line) > LONGEST_HEADING:
            return None
        plain = line.translate(STRAIGHT).lower().strip(" \t:.!?…›»→>-–—*+▼▾")
        if plain in self._headings:
            return self._headings[plain]
        for kind, parts in self._patterns:
            if _fits(plain, parts):
                return kind
        return None


def _fits(text: str, parts: tuple[str, ...]) -> bool:
    """Whether the text is these parts in order with up to six words in each gap."""
    if not (text.startswith(parts[0]) and text.endswith(parts[-1])):
        return False
    at = len(parts[0])
    for part in parts[1:]:
        found = text.find(part, at) if part is not parts[-1] else len(text) - len(part)
        if found < at or len(text[at:found].split()) > WIDEST_GAP:
            return False
        at = found + len(part)
    return True


@cache
def cues() -> Cues:
    """The bundled vocabulary. Raises `CodebookError` if the file is not what it should be."""
    raw = tomllib.loads(files("volteface.read").joinpath("data/cues.toml").read_text("utf-8"))
    for table in ("groups", "headings"):
        for name, phrases in raw.get(table, {}).items():
            if not all(isinstance(p, str) and p and p == p.lower() for p in phrases):
                raise CodebookError(f"cues.toml: {table}.{name} must be a list of lower-case phrases")
    if set(raw) != {"groups", "headings"}:
        raise CodebookError("cues.toml must hold the tables groups and headings")
    return Cues(raw["groups"], raw["headings"])


def is_contact(text: str) -> bool:
    """A line that tells how to reach somebody, and nothing else."""
    return (
        len(text.split()) <= CONTACT_WORDS
        and CONTACT.match(text) is not None
        and EMAIL.search(text) is not None
    )
