"""The event lexicon: which verbs, nouns and adjectives carry which PLOVER event, and where its parties stand.

The vocabulary is in `lexicon/*.toml`, one file for each event type; `lexicon/README.md` explains the keys. It is
read and checked once; every mistake is a `CodebookError` naming the file and the entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeVar

import msgspec

from volteface.codebook.plover import plover
from volteface.errors import CodebookError

T = TypeVar("T")
# Hyphens at which the parser's tokens part: "semi-final" and "2-1", not "covid-19".
HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])|(?<=\d)-(?=\d)")
Complement = Literal["none", "consume", "alleged", "denied", "drop"]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the lexicon: words that carry an event of one type and mode under the same conditions."""

    cameo: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    not_objects: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_subjects: tuple[str, ...] = ()
    preps: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    reciprocal: bool = False
    complement: Complement = "none"
    needs_complement: bool = False
    infinitive: bool = False
    abroad: bool = False
    fixed: bool = False
    inner: tuple[str, ...] = ()


class LexiconFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the lexicon as it is written."""

    type: str
    entry: tuple[Entry, ...]


class Pattern(msgspec.Struct, frozen=True):
    """One word or phrase of an entry, ready for matching.

    `words` are the lemmas beside the head: the particle or preposition of a verb, the words before a noun.
    Word sets are already filled in.
    """

    type: str
    part: Literal["verb", "noun", "adjective"]
    head: str
    words: tuple[str, ...]
    entry: Entry
    objects: frozenset[str]
    not_objects: frozenset[str]
    subjects: frozenset[str]
    not_subjects: frozenset[str]
    inner: frozenset[str]

    @property
    def specificity(self) -> int:
        """How much the pattern asks for; of two that match, the one that asks for more is right."""
        asked = (
            self.objects,
            self.subjects,
            self.entry.preps,
            self.inner,
            self.entry.needs_complement or self.entry.infinitive,
        )
        asked_for = sum(2 for condition in (*asked, self.entry.fixed) if condition)
        return 2 * len(self.words) + asked_for + bool(self.not_objects)


class LightGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that only carry an event noun: `launch` an attack, `come under` attack; `light_verbs.toml` explains.

    `actor` and `recipient` are positions at the verb, tried in order; "noun" is the event noun's own.
    """

    effect: Literal["same", "begins", "continues", "ends", "prevented", "planned", "asked"]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    verbs: tuple[str, ...]

    @property
    def over_subject(self) -> bool:
        """Whether the event noun is the verb's subject: "the shelling killed three"."""
        return self.actor == ("noun",)


class Lexicon(msgspec.Struct, frozen=True):
    """Patterns by part of speech and head lemma (most specific first), light verbs, and word sets."""

    verbs: dict[str, tuple[Pattern, ...]]
    nouns: dict[str, tuple[Pattern, ...]]
    adjectives: dict[str, tuple[Pattern, ...]]
    light: dict[str, tuple[tuple[tuple[str, ...], LightGroup], ...]]
    sets: dict[str, frozenset[str]]


TYPE_FILES = tuple(sorted(f"{name.lower()}.toml" for name in plover().types))


@cache
def lexicon() -> Lexicon:
    """The bundled lexicon, read and checked once. Raises `CodebookError`."""
    sets = {name: frozenset(words) for name, words in _toml("sets.toml")["sets"].items()}
    patterns = [p for name in TYPE_FILES for p in _patterns(name, sets)]
    light: dict[str, list[tuple[tuple[str, ...], LightGroup]]] = {}
    for row in _toml("light_verbs.toml")["group"]:
        group = _convert(row, LightGroup, "light_verbs.toml")
        for phrase in group.verbs:
            head, *rest = phrase.split()
            light.setdefault(head, []).append((tuple(rest), group))
    verbs = _by_head(p for p in patterns if p.part == "verb")
    return Lexicon(
        verbs=verbs,
        nouns=_by_head(p for p in patterns if p.part == "noun"),
        adjectives=_by_head(p for p in patterns if p.part == "adjective"),
        light={head: tuple(sorted(found, key=lambda f: -len(f[0]))) for head, found in light.items()},
        sets=sets,
    )


@cache
def word_groups(name: str) -> dict[str, frozenset[str]]:
    """Named groups of words from one file of the lexicon, such as `moods.toml` or the cues of `contexts.toml`."""
    table = _toml(f"{name}.toml")
    return {group: frozenset(words) for group, words in table.get("cues", table).items()}


@cache
def idioms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases that are no event (`idioms.toml`) by their first lemma; `*` stands for one or two words.

    They are cut as the parser cuts: hyphens and the possessive 's are words of their own.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    for table in _toml("idioms.toml").values():
        for phrase in table["phrases"]:
            words = tuple(HYPHEN.sub(" - ", phrase).replace("'s", " 's").split())
            found.setdefault(words[0], []).append(words)
    return {first: tuple(phrases) for first, phrases in found.items()}


def _toml(name: str) -> dict[str, Any]:
    path = resources.files("volteface.codebook").joinpath("lexicon", name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"lexicon/{name}: {error}") from error


def _convert(row: object, kind: type[T], where: str) -> T:
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as error:
        raise CodebookError(f"lexicon/{where}: {error}") from error


def _patterns(name: str, sets: dict[str, frozenset[str]]) -> Iterable[Pattern]:
    file = _convert(_toml(name), LexiconFile, name)
    for number, entry in enumerate(file.entry, 1):
        where = f"lexicon/{name}, entry {number}"
        plover().check(file.type, entry.mode, where)
        code = plover().cameo_to_plover.get(entry.cameo)
        if code is None:
            raise CodebookError(f"{where}: no CAMEO code {entry.cameo!r}")
        unknown = [c for c in entry.contexts if c not in plover().contexts]
        if unknown:
            raise CodebookError(f"{where}: no PLOVER context {unknown[0]!r}")

        def words(named: tuple[str, ...], where: str = where) -> frozenset[str]:
            return frozenset(word for item in named for word in _members(item, sets, where))

        for part, phrases in (("verb", entry.verbs), ("noun", entry.nouns), ("adjective", entry.adjectives)):
            for phrase in phrases:
                # The tokenizer parts "cease-fire" into three words, and hangs "test" on the "fire" of "test-fire".
                if part == "noun":
                    split = phrase.replace("-", " - ").split()
                elif part == "verb" and "-" in phrase:
                    prefix, _, rest = phrase.partition("-")
                    split = [*rest.split(), prefix]
                else:
                    split = phrase.split()
                at = -1 if part == "noun" else 0
                yield Pattern(
                    type=file.type,
                    part=part,  # type: ignore[arg-type]
                    head=split[at],
                    words=tuple(split[:-1] if part == "noun" else split[1:]),
                    entry=entry,
                    objects=words(entry.objects),
                    not_objects=words(entry.not_objects),
                    subjects=words(entry.subjects),
                    not_subjects=words(entry.not_subjects),
                    inner=words(entry.inner),
                )


def _members(item: str, sets: dict[str, frozenset[str]], where: str) -> Iterable[str]:
    if not item.startswith("@"):
        return (item,)
    if item[1:] not in sets:
        raise CodebookError(f"{where}: no word set {item}")
    return sets[item[1:]]


def _by_head(patterns: Iterable[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        found.setdefault(pattern.head, []).append(pattern)
    return {
        head: tuple(sorted(group, key=lambda p: (p.entry.abroad, -p.specificity)))
        for head, group in found.items()
    }
