"""Which language a text is in: by its script, then by its function words (`data/languages.toml`).

Enough to refuse what cannot be coded and say why; on texts of a few words it prefers English.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

# Characters looked at: the language of a text shows in far fewer, and a 200,000-word text costs no more
# than this.
SAMPLE = 20_000

# A text is in a script's language when this share of its letters is of that script; names and quotes stay
# below.
SCRIPT_SHARE = 0.4

# Running English has 35 to 50 % of these words, headlines some 20 %; another language at most 6 % (names of
# places,
# "in", "is"). Below this share a text is called by its best-fitting other language, if that has at least as
# much.
ENGLISH_SHARE = 0.12

# Fewer words than this tell too little: short words of one language are words or initials of another ("a",
# "to", "se"). Such a text is taken for English unless another language's words make up a third of it and
# English ones hardly any.
FEW_WORDS = 40
FEW_SHARE, FEW_ENGLISH = 0.3, 0.1

SCRIPTS = {
    "ru": "\u0400-\u04ff",
    "el": "\u0370-\u03ff",
    "hy": "\u0530-\u058f",
    "he": "\u0590-\u05ff",
    "ar": "\u0600-\u06ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "ja": "\u3040-\u30ff",
    "zh": "\u4e00-\u9fff",
}
SCRIPT_PATTERNS = {code: re.compile(f"[{chars}]") for code, chars in SCRIPTS.items()}
LETTER = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@cache
def _data() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    raw = tomllib.loads(files("volteface.read").joinpath("data/languages.toml").read_text("utf-8"))
    return {code: frozenset(words.split()) for code, words in raw["words"].items()}, dict(raw["names"])


def name_of(code: str) -> str:
    """The English name of a language code this module returns."""
    return _data()[1].get(code, code)


def function_words(code: str) -> frozenset[str]:
    """The function words of a language; empty for one told by its script."""
    return _data()[0].get(code, frozenset())


def detect(text: str) -> str:
    """ISO 639-1 code of the text's language, `und` if none fits. Deterministic, linear in at most `SAMPLE`
    characters."""
    sample = text[:SAMPLE]
    letters = len(LETTER.findall(sample))
    if not letters:
        return "und"
    shares = {code: len(pattern.findall(sample)) / letters for code, pattern in SCRIPT_PATTERNS.items()}
    # Japanese mixes kana with the characters of Chinese: any fair share of kana decides.
    if shares["ja"] > 0.1 and shares["ja"] + shares["zh"] > SCRIPT_SHARE:
        return "ja"
    script, share = max(shares.items(), key=lambda item: item[1])
    if share > SCRIPT_SHARE:
        return _within_script(script, sample)
    return _by_words(sample)


def _within_script(script: str, sample: str) -> str:
    if script == "ru" and len(re.findall("[іїєґІЇЄҐ]", sample)) > 0.005 * len(sample):
        return "uk"
    if script == "ar" and len(re.findall("[پچژگک]", sample)) > 0.01 * len(sample):
        return "fa"
    return script


def _by_words(sample: str) -> str:
    words = Counter(word.lower() for word in WORD.findall(sample))
    total = words.total()
    shares = {
        code: sum(words[word] for word in sorted(function)) / total for code, function in _data()[0].items()
    }
    best = max(sorted(shares), key=lambda code: shares[code])
    if total < FEW_WORDS:
        return best if shares[best] > FEW_SHARE and shares["en"] < FEW_ENGLISH else "en"
    if best == "en" or (shares["en"] >= ENGLISH_SHARE and shares["en"] >= 0.6 * shares[best]):
        return "en"
    if shares[best] >= ENGLISH_SHARE or (shares[best] > 0.06 and shares[best] > 2 * shares["en"]):
        return best
    return "en" if shares["en"] > 0.06 else "und"
