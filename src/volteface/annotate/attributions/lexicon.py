"""The vocabulary of attribution: cues by syntactic frame, media names, words of unnamed sources.

Read from `cues.toml`, `media.toml` and `sources.toml` beside this module and validated once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from volteface.errors import CodebookError

VERB_FRAMES = ("clause", "hearer", "infinitive", "control", "object", "quote", "passive")
OTHER_FRAMES = ("adjective", "noun", "adverb")
VERB_GROUPS = (
    "speech",
    "question",
    "claim",
    "denial",
    "accusation",
    "judgement",
    "belief",
    "promise",
    "request",
    "report",
    "writing",
)
UNNAMED_LISTS = ("people", "speakers", "ranks", "offices", "humans", "institutions", "vague", "anonymous")
MEDIA_LISTS = (
    "words",
    "titles",
    "papers",
    "documents",
    "evidence",
    "agencies",
    "broadcasters",
    "newspapers",
    "ambiguous",
)
OTHER_GROUPS = ("relay", "nouns", "adverbs", "wording", "nesting", "kinds", "disputes")
# What a cue makes of its content (`[kinds]` and the verb groups): see `kinds.claim_kind`.
KINDS = (
    "speech",
    "claim",
    "accusation",
    "denial",
    "belief",
    "promise",
    "request",
    "judgement",
    "question",
    "report",
)

# Groups whose verbs are said aloud or written, so that a quotation beside them is theirs. Belief and
# promise are in: "…," he thought; "…," she vowed.
QUOTING = frozenset(
    {
        "speech",
        "question",
        "claim",
        "denial",
        "accusation",
        "judgement",
        "promise",
        "request",
        "writing",
        "belief",
    }
)
_WORD = re.compile(r"^[^\W\d_][\w'’.-]*$")


@dataclass(frozen=True, slots=True)
class Cues:
    """Lemmas by frame. `verbs[frame]` maps a lemma to its group; `prepositions` a verb, `noun_prepositions`
    a noun, to the prepositions whose object is the content."""

    verbs: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, str]
    prepositions: Mapping[str, frozenset[str]]
    adjectives: frozenset[str]
    nouns: frozenset[str]
    noun_prepositions: Mapping[str, frozenset[str]]
    adverbs: frozenset[str]
    wording: frozenset[str]
    relay: frozenset[str]
    nesting: frozenset[str]
    claims: frozenset[str]
    untrue: frozenset[str]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Media:
    """Names of media and words for them. `names` maps the lower-case name to the name as written; `titles`
    and `papers` are capitalised words of names that the list lacks."""

    names: Mapping[str, str]
    ambiguous: frozenset[str]
    words: frozenset[str]
    titles: frozenset[str]
    papers: frozenset[str]
    documents: frozenset[str]
    evidence: frozenset[str]
    longest: int


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Heads, quantities and adjectives by which a source is known for named or not, and for somebody's spokesman."""

    people: frozenset[str]
    speakers: frozenset[str]
    ranks: frozenset[str]
    offices: frozenset[str]
    humans: frozenset[str]
    institutions: frozenset[str]
    vague: frozenset[str]
    anonymous: frozenset[str]


def _read(name: str) -> dict[str, Any]:
    source = resources.files(__package__) / name
    try:
        return tomllib.loads(source.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{name}: {error}") from error


def _lemmas(name: str, key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise CodebookError(f"{name}: {key} is not a list of words")
    return value


def parse_cues(data: Mapping[str, Any]) -> Cues:
    """The cues of a parsed `cues.toml`. Raises `CodebookError` for an unknown group, frame or malformed
    word."""
    verbs: dict[str, dict[str, str]] = {frame: {} for frame in VERB_FRAMES}
    groups: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    prepositions: dict[str, set[str]] = {}
    noun_prepositions: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    for group, table in data.items():
        if group not in VERB_GROUPS + OTHER_GROUPS:
            raise CodebookError(f"cues.toml: unknown group {group!r}")
        for frame, value in table.items():
            if group == "kinds":
                if frame not in KINDS:
                    raise CodebookError(f"cues.toml: unknown kind {frame!r}")
                kinds.update((lemma, frame) for lemma in _lemmas("cues.toml", f"kinds.{frame}", value))
                continue
            if frame == "with":
                into = noun_prepositions if group == "nouns" else prepositions
                for lemma, words in value.items():
                    into.setdefault(lemma, set()).update(_lemmas("cues.toml", f"{group}.with.{lemma}", words))
                    if group in VERB_GROUPS:
                        groups.setdefault(lemma, group)
                continue
            lemmas = _lemmas("cues.toml", f"{group}.{frame}", value)
            if wrong := [lemma for lemma in lemmas if not _WORD.match(lemma)]:
                raise CodebookError(f"cues.toml: {group}.{frame}: not words: {', '.join(wrong)}")
            if group in OTHER_GROUPS or frame in OTHER_FRAMES:
                others.setdefault(f"{group}.{frame}" if group in OTHER_GROUPS else frame, set()).update(
                    lemmas
                )
            elif frame in VERB_FRAMES:
                for lemma in lemmas:
                    verbs[frame].setdefault(lemma, group)
                    groups.setdefault(lemma, group)
            else:
                raise CodebookError(f"cues.toml: {group}: unknown frame {frame!r}")
    return Cues(
        verbs=verbs,
        groups=groups,
        prepositions={k: frozenset(v) for k, v in prepositions.items()},
        adjectives=frozenset(others.get("adjective", ())),
        nouns=frozenset(others.get("nouns.noun", ())),
        noun_prepositions={k: frozenset(v) for k, v in noun_prepositions.items()},
        adverbs=frozenset(others.get("adverbs.adverb", ())),
        wording=frozenset(others.get("wording.noun", ())),
        relay=frozenset(others.get("relay.clause", ())),
        nesting=frozenset(others.get("nesting.verb", ())),
        claims=frozenset(others.get("disputes.claim", ())),
        untrue=frozenset(others.get("disputes.untrue", ())),
        kinds=kinds,
    )


def parse_media(data: Mapping[str, Any]) -> Media:
    """The media of a parsed `media.toml`. Raises `CodebookError` if a list is missing or malformed."""
    lists = {key: _lemmas("media.toml", key, data.get(key)) for key in MEDIA_LISTS}
    names = {n.lower(): n for key in ("newspapers", "broadcasters", "agencies") for n in lists[key]}
    return Media(
        names=names,
        ambiguous=frozenset(n.lower() for n in lists["ambiguous"]),
        words=frozenset(lists["words"]),
        titles=frozenset(lists["titles"]),
        papers=frozenset(lists["papers"]),
        documents=frozenset(lists["documents"]),
        evidence=frozenset(lists["evidence"]),
        longest=max(len(n.split()) for n in names),
    )


@cache
def cues() -> Cues:
    """The packaged cues."""
    return parse_cues(_read("cues.toml"))


@cache
def media() -> Media:
    """The packaged media."""
    return parse_media(_read("media.toml"))


@cache
def unnamed() -> Unnamed:
    """The packaged words of sources."""
    data = _read("sources.toml")
    return Unnamed(*(frozenset(_lemmas("sources.toml", key, data.get(key))) for key in UNNAMED_LISTS))
