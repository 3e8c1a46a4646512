"""The text as a row of classified words, one letter each, so that the grammar is a set of short patterns on
letters.

`find` in the grammar then runs over a string some five times shorter than the text, in which every word that
has nothing to do with time is the same letter, and all of a match's numbers are read from the words
themselves.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from volteface.errors import CodebookError

# Every alternative is bounded, and no two can match the same characters in two ways: linear time on any text.
_TOKEN = re.compile(
    r"""
    (?P<iso>(?<!\d)\d{4}-\d\d-\d\d(?!\d)(?:T\d\d:\d\d(?::\d\d)?Z?)?)
  | (?P<slash>(?<![\d/])\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/]))
  | (?P<clock>(?<![\d:.])\d{1,2}:\d\d(?::\d\d)?(?![\d:]))
  | (?P<decade>(?:(?<!\d)\d{3}|(?<=['’])\d)0['’]?s\b)
  | (?P<rank>(?<![\d,.])\d{1,4}(?:st|nd|rd|th)\b)
  | (?P<number>(?<![\d.,])\d{1,9}(?:,\d{3}){0,4}(?:\.\d{1,6})?)
  | (?P<meridiem>(?:(?<=\d)|(?<=[ \u00a0]))[aApP](?:\.[ ]?[mM]\.?|[mM]\b))
  | (?P<clitic>['’][sS]\b)
  | (?P<word>[^\W\d_]{1,40})
  | (?P<rest>\w{1,40})
  | (?P<stop>[.!?…](?=["”’')\]]{0,3}\s))
  | (?P<gap>\n[ \t\r\f\v\u00a0]{0,40}\n)
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)
_DASHES = "-–—‑"
_WORD_CLASSES = {
    "months": "M",
    "weekdays": "W",
    "weekday_plurals": "w",
    "seasons": "S",
    "parts_of_day": "P",
    "units": "U",
    "unit_plurals": "u",
    "numbers": "n",
    "ordinals": "o",
    "decade_words": "e",
    "deictic_days": "T",
    "references": "R",
    "adverbs_of_set": "F",
    "holidays": "H",
    "time_zones": "k",
}
# Years that a bare four-digit number is believed to be; news has few others, and prices and counts many.
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_MONTHS_IN_FULL = frozenset(("may", "march"))
_DATED_AFTER = re.compile(r"\.?,?\s{1,3}(?:\d|of (?:\d|this\b|last\b|next\b)|(?:this|last|next) year)")
_NEXT_WORD = re.compile(r"[ \u00a0\n]{1,2}([a-z]{2,20})\b")


@dataclass(slots=True)
class Word:
    """One word or mark of the text: characters `start:end`, its class letter, and what it stands for."""

    start: int
    end: int
    text: str
    letter: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a word that is a time word only at times; the tables of `[context]`."""

    ambiguous: frozenset[str]
    before_month: frozenset[str]
    before_season: frozenset[str]
    before_year: frozenset[str]
    counted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of time: lower-case word to (class letter, value), what decides the doubtful ones, cues of
    tense."""

    words: dict[str, tuple[str, Any]]
    context: Context
    future: frozenset[str]
    past: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The bundled vocabulary, read once. Raises `CodebookError` if a table is missing or a word is in two."""
    raw = resources.files("volteface.annotate.times").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(raw)
    words: dict[str, tuple[str, Any]] = {}

    def add(word: str, letter: str, value: Any) -> None:
        if word in words and words[word][0] != letter and not (letter in "<>" or words[word][0] == "P"):
            raise CodebookError(f"vocabulary.toml: {word!r} is both {words[word][0]} and {letter}")
        words.setdefault(word, (letter, value))

    try:
        for table, letter in _WORD_CLASSES.items():
            for word, value in tables[table].items():
                add(word, letter, value)
        for letter, members in tables["classes"].items():
            for word in members:
                add(word, letter, None)
        tense = tables["tense"]
        context = Context(**{name: frozenset(members) for name, members in tables["context"].items()})
        return Vocabulary(words, context, frozenset(tense["future"]), frozenset(tense["past"]))
    except (KeyError, TypeError) as error:
        raise CodebookError(f"vocabulary.toml: a table is missing: {error}") from error


def split(text: str) -> list[Word]:
    """The text's words with their classes; number words are joined ("twenty-four" is one word)."""
    known = vocabulary().words
    words: list[Word] = []
    for found in _TOKEN.finditer(text):
        word = _classify(found, text, words, known)
        if word.letter in "nU" and word.value is not None and words:
            _join(words, word)
        else:
            words.append(word)
    return words


def _classify(found: re.Match[str], text: str, words: list[Word], known: dict[str, tuple[str, Any]]) -> Word:
    kind, start, end, token = found.lastgroup, found.start(), found.end(), found[0]
    letter, value = "_", None
    if kind == "word":
        if token.isupper() and token.lower() in ("it", "us"):
            return Word(start, end, token, "_")
        letter, value = _of_word(token, start, end, text, words, known)
    elif kind == "number":
        letter, value = _of_number(token, start, end, text, words)
    elif kind in ("iso", "slash", "clock", "decade"):
        letter = {"iso": "Z", "slash": "X", "clock": "c", "decade": "E"}[kind or ""]
    elif kind == "rank":
        letter, value = "o", int(token[:-2])
    elif kind == "meridiem" and words and words[-1].letter in "cdo" and words[-1].end >= start - 1:
        letter, value = "z", token[0].lower()
    elif kind == "clitic":
        letter = "s"
    elif kind in ("stop", "gap"):
        letter = "." if kind == "stop" and words and words[-1].letter == "M" else "|"
    elif kind == "mark":
        letter = "-" if token in _DASHES else token if token in ",./'’" else "_"
    return Word(start, end, token, letter.replace("’", "'"), value)


def _of_word(
    token: str, start: int, end: int, text: str, words: list[Word], known: dict[str, tuple[str, Any]]
) -> tuple[str, Any]:
    lower = token.lower()
    letter, value = known.get(lower, ("_", None))
    if letter == "_":
        return letter, value
    context = vocabulary().context
    before = words[-1] if words else None
    previous = before.text.lower() if before else ""
    if letter in "MW" and not token[0].isupper():
        return "_", None
    if lower in context.ambiguous:
        dated = _DATED_AFTER.match(text, end) or (before is not None and before.letter in "dolWm")
        return (
            (letter, value)
            if dated or (lower in _MONTHS_IN_FULL and previous in context.before_month)
            else ("_", None)
        )
    if lower == "second":
        counted = before is not None and (before.letter in "vQ" or (before.letter in "nd" and before.value))
        return ("U", "TS") if counted or previous == "per" else ("o", 2)
    if (
        letter == "S"
        and lower in ("fall", "spring")
        and previous not in context.before_season
        and not (before and before.letter == "m")
    ):
        return "_", None
    if letter == "U" and lower == "quarter" and previous in ("a", "three"):
        return "_", None
    if letter == "G" and lower == "calendar" and text[end : end + 5] != " year":
        return "_", None
    if letter == "k" and not token.isupper():
        return "_", None
    return letter, value


def _of_number(token: str, start: int, end: int, text: str, words: list[Word]) -> tuple[str, Any]:
    before = words[-1] if words else None
    money = start > 0 and text[start - 1] in "$£€¥#"
    if "," in token or "." in token or money:
        return ("_", None) if money else ("n", float(token.replace(",", "")))
    value = int(token)
    if len(token) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR and _looks_like_year(value, end, text, before):
        return "Y", value
    if len(token) <= 2 and 1 <= value <= 31:
        return "d", value
    if len(token) == 2 and start > 0 and text[start - 1] in "'’" and value > 31:
        return "Y", 1900 + value
    return "n", value


def _looks_like_year(value: int, end: int, text: str, before: Word | None) -> bool:
    context = vocabulary().context
    after = _NEXT_WORD.match(text, end)
    following = after[1] if after else ""
    if text[end : end + 1] == "%" or following in context.counted:
        return False
    if (
        before is None
        or before.letter in "Mm|doSQ,"
        or before.text.lower() in context.before_year
        or before.text in "(-–—[;:'’"
    ):
        return not (
            following.endswith("s")
            and following not in ("was", "is", "has", "as")
            and before is not None
            and before.text.lower() in ("about", "around", "than", "to", "of", "for")
        )
    return value >= 1900 and not following.endswith("s")


def _join(words: list[Word], word: Word) -> None:
    """Append a number word, or add it to the number word before it ("twenty" + "four", "nineteen" +
    "ninety")."""
    if word.letter != "n" or not isinstance(word.value, int) or not word.text.isalpha():
        words.append(word)
        return
    hyphen = (
        len(words) > 1
        and words[-1].letter == "-"
        and words[-2].letter in "nY"
        and words[-2].text[0].isalpha()
    )
    left = words[-2] if hyphen else words[-1]
    if not (left.letter in "nYa" and (hyphen or left.end == word.start - 1)):
        words.append(word)
        return
    joined = _sum(left, word)
    if joined is None:
        words.append(word)
        return
    del words[-2 if hyphen else -1 :]
    words.append(joined)


def _sum(left: Word, right: Word) -> Word | None:
    """The two number words read as one, or None where they do not make one."""
    text = f"{left.text} {right.text}"
    value: int | None = None
    if left.letter == "a":
        value = right.value if right.value in (100, 1000) else None
    elif right.value in (100, 1000) and left.value < right.value:
        value = int(left.value * right.value)
    elif left.value >= 20 and left.value % 10 == 0 and 0 < right.value < 10:
        value = int(left.value + right.value)
    elif 13 <= left.value <= 20 and right.value >= 10 and right.value < 100:
        value = int(left.value * 100 + right.value)
    elif left.value % 100 == 0 and left.value >= 100 and right.value < 100:
        value = int(left.value + right.value)
    if value is None:
        return None
    year = (_FIRST_YEAR <= value <= _LAST_YEAR and left.letter != "a" and value != 2000) or left.letter == "Y"
    return Word(left.start, right.end, text, "Y" if year else "n", value)
