"""What a time expression looks like: patterns on the letters of `words.split`, one reader for each kind.

At each word the rules are tried in the order of `RULES`; the first that matches, and whose reader makes
sense of the match, takes the words. A letter in a pattern is a word class (vocabulary.toml names them):
`M[.]?[do],?Y` is "Nov. 13, 2015". Every pattern is a bounded sequence, so a text is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from volteface.annotate.times import absolute, relative, spans
from volteface.annotate.times.scene import Found, Reading, Scene

Reader = Callable[[Found, Scene], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of time expression: its name, its pattern on word letters, and what reads a match."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


def _rule(name: str, pattern: str, read: Reader) -> Rule:
    return Rule(name, re.compile(pattern), read)


_UNIT = "[Uu]"
_NUMBER = "[dn](?:[-&][dn])?"
_COUNT = f"(?:{_NUMBER}|aqO?|qO?|a)"
_MONTH = r"M\.?"
_DATE = rf"(?:{_MONTH}-?h?[do](?!-?[Uu])(?:,?Y)?|h?[do]O?{_MONTH}(?:,?Y)?)"
_NAMED_DATE = rf"(?:[tlx]{{0,2}}W[,.]?)?{_DATE}"
_CLOCK = "(?:[cd]zk?|ck?)"
_DAY = rf"(?:{_NAMED_DATE}|[tlx]{{0,2}}W|T)"
_SHARE = "(?:h?BO|h?[m<>]-?)"  # "the end of", "late", "mid-", "earlier"
_YEAR = "(?:O?G?Y|O?hG?Y|O?[ltx]U|,Y)"

RULES: tuple[Rule, ...] = (
    _rule("iso date", "[ZX]", absolute.read_iso),
    # Days and times of day
    _rule("clock and day", rf"{_CLOCK},?[IO]?{_DAY}", absolute.read_clock),
    _rule("clock and part", rf"(?:{_CLOCK}|d)(?:Ih|I[tx])P", absolute.read_clock),
    _rule("clock", _CLOCK, absolute.read_clock),
    _rule("habitual weekday", "v(?:o)?WP?|wP?", spans.read_weekday_set),
    _rule("part and day", rf"m?-?P,?[IO]?{_DAY}", absolute.read_part),
    _rule("day and part", rf"{_SHARE}?{_DAY},?m?-?P", absolute.read_part),
    _rule("week of date", rf"hUO{_DATE}", relative.read_week_of),
    _rule("date", _NAMED_DATE, absolute.read_date),
    _rule("part of a day", rf"{_SHARE}?[ltxy]m?-?P|hm?-?P", absolute.read_part),
    _rule("weekday", rf"{_SHARE}?h?[ltx]{{0,2}}W", absolute.read_weekday),
    _rule("deictic day", "[m<>]T|Tm|T", absolute.read_deictic_day),
    # Months, seasons, years and more
    _rule("set of months", "v[MSH]", spans.read_named_set),
    _rule("month of year", rf"{_SHARE}?{_MONTH}{_YEAR}", absolute.read_month),
    _rule("month", rf"{_SHARE}?[ltx]?M", absolute.read_month),
    _rule("season", rf"{_SHARE}?[htlx]{{0,2}}S{_YEAR}|{_SHARE}?[htlx]{{1,2}}m?-?S|mS", absolute.read_season),
    _rule("decade", rf"{_SHARE}?h?(?:[ml]-?)?E|hm?-?e", absolute.read_decade),
    _rule("holiday", rf"{_SHARE}?[ltx]?H(?:U|m)?(?:,?Y)?", absolute.read_holiday),
    # Quarters and halves
    _rule("year's part", "h?(?:Y|[tlx]Us)G?o-?[Uuf]", relative.read_ordinal_unit),
    _rule("year-ago quarter", "h?U-?[<g]-?G?o?-?[UK]?|aU[<g]", relative.read_year_ago),
    _rule("part of a year", f"h?[xtlr]?-?G?-?[ol]-?[Uuf]{_YEAR}?", relative.read_ordinal_unit),
    _rule("period", "h[rl]K|hYK|h?YU", relative.read_period),
    _rule("fiscal year", "h?[rtlx]?GU|GY", relative.read_fiscal),
    # Sets
    _rule("every", f"v(?:[dno]|q)?{_UNIT}|vP|b[av]{_UNIT}|bv[dn]{_UNIT}", spans.read_every),
    _rule("adverb of set", "F", spans.read_adverb),
    # Counts of units
    _rule("ago", rf"A{{0,2}}(?:{_COUNT}j?-?)?{_UNIT}(?:&_)?-?g", relative.read_ago),
    _rule("earlier", rf"A?{_COUNT}j?-?{_UNIT}<", relative.read_earlier),
    _rule("later", rf"A?{_COUNT}j?-?{_UNIT}>", relative.read_later),
    _rule("last units", rf"h?[lxr]{_COUNT}j?-?{_UNIT}", spans.read_counted_deixis),
    _rule("vague past or future", "h?[rx]u|hN", relative.read_phrase_reference),
    _rule("past unit", "hlU", spans.read_past_unit),
    _rule("deictic unit", rf"{_SHARE}?h?(?:[lxtr]|y{{1,2}})U", relative.read_deictic_unit),
    _rule("named year", "h?U[Yn]", relative.read_named_year),
    _rule("share of a unit", rf"{_SHARE}h?U", relative.read_bare_unit),
    _rule("the unit", "hU", relative.read_bare_unit),
    _rule("duration", rf"A{{0,2}}(?:h?o?{_COUNT}j?u|{_COUNT}j?-?{_UNIT})(?!-?[<gi])", spans.read_duration),
    _rule("year end", "U-?B", relative.read_year_end),
    _rule("year", f"{_SHARE}?Y", absolute.read_year),
    _rule("part of day", "P", absolute.read_part),
    _rule("bare units", "u", spans.read_bare_units),
    _rule("the past", "hl", relative.read_phrase_reference),
    _rule("reference", "R", relative.read_reference),
)
