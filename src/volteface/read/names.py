"""Whose page it is: the site's name in a title, and the publisher by the site's own furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from volteface.read.cues import STRAIGHT

# What parts a headline from the site's name. A colon only before the headline ("The Ledger: …").
SEPARATOR = re.compile(r"\s+(?:[|–—·•»«]|::|-{1,2})\s+|:\s+")
NAME_WORDS = 6
NOT_WORD = re.compile(r"[\W_]+")
_NAME = r"(?P<name>(?:[Tt]he\s)?[A-ZÀ-Þ][\w.'&-]{0,25}(?:\s(?:[A-ZÀ-Þ][\w.'&-]{0,25}|of|and|de|la|&)){0,5})"

RIGHTS_NAME = re.compile(
    rf"(?:(?:[Cc]opyright|COPYRIGHT)\s{{0,2}}(?:©|\([cC]\))?|©|\([cC]\))\s{{0,2}}(?:[Cc]opyright\s)?"
    rf"(?:(?:19|20)\d\d(?:\s?[–-]\s?(?:(?:19|20)\d\d|"
    rf"\d\d))?,?\s{{0,2}})?(?:by\s)?{_NAME}(?:\s{{0,2}}(?:19|20)\d\d)?"
)
BELONG = re.compile(rf"All rights\b[^.]{{0,30}}\bbelong to {_NAME}")
MESSAGE = re.compile(rf"(?:A|a) (?:[Mm]essage|[Nn]ote|[Ll]etter|[Ww]ord) from {_NAME}")
SUPPORT = re.compile(
    rf"(?:Support|Subscribe to|Sign up (?:for|to) (?:our|the) \w{{4,12}}(?: \w{{4,12}})? from|Follow|"
    rf"Welcome to) {_NAME}"
)
GET = re.compile(rf"Get (?:the )?{_NAME} (?:in|to|by) (?:your|e-?mail)")
MAIL = re.compile(
    r"@(?:[\w-]{1,40}\.){0,2}(?P<host>[\w-]{3,40})\.(?:com|org|net|example|news|info|eu|[a-z]{2})\b"
)
TAIL = re.compile(r"\s(?:All|Ltd|Limited|Inc|LLC|GmbH|Corp|Company|Media Group|AS|AB|Plc|PLC)\b.*$|[.,;]+$")
NOT_NAMES = frozenset(
    [
        "all",
        "our",
        "the",
        "editors",
        "editor",
        "publisher",
        "us",
        "rights",
        "reserved",
        "team",
        "newsroom",
        "reuters",
        "afp",
        "ap",
        "associated",
        "press",
        "getty",
        "images",
        "a",
        "your",
        "this",
        "now",
        "facebook",
        "twitter",
        "telegram",
        "instagram",
        "whatsapp",
        "youtube",
        "linkedin",
        "x",
        "tiktok",
    ]
)
# Mail hosts that are nobody's newspaper.
POST_OFFICES = frozenset(
    [
        "gmail",
        "yahoo",
        "hotmail",
        "outlook",
        "protonmail",
        "proton",
        "icloud",
        "gmx",
        "mail",
        "aol",
        "yandex",
        "example",
    ]
)

WEIGHTS = ((RIGHTS_NAME, 3), (BELONG, 3), (MESSAGE, 3), (SUPPORT, 1), (GET, 1))


def squeezed(text: str) -> str:
    """A name's letters and figures alone, without "the" at its head."""
    return re.sub(r"^the(?=\w{4})", "", NOT_WORD.sub("", text.translate(STRAIGHT).lower()))


def part_title(title: str, *, names: Iterable[str], headings: Iterable[str]) -> tuple[str, str | None]:
    """A page's title → (headline, the site's name if the title had it).

    A part of the title is the site's name when it is a known name (`names`: the site's, its host's), or
    when what
    is left is a heading of the page.
    """
    known = {squeezed(name) for name in names if name} - {""}
    heads = {squeezed(heading) for heading in headings if heading} - {""}
    if squeezed(title) in heads and not known:
        return title, None
    for match in SEPARATOR.finditer(title[:600]):
        before, after = title[: match.start()].strip(), title[match.end() :].strip()
        for rest, name in ((after, before), (before, after)):
            if not rest or not name:
                continue
            named = squeezed(name) in known or squeezed(re.split(r"\s[|–—·-]\s", name)[-1]) in known
            colon = match.group().startswith(":")
            if named and len(rest.split()) >= 2 and not (colon and rest is before):
                return rest, _last_name(name)
            if squeezed(rest) in heads and len(name.split()) <= NAME_WORDS + 4 and len(rest.split()) >= 3:
                return rest, _last_name(name) if not (colon and rest is before) else None
    return title, None


def _last_name(name: str) -> str | None:
    """The site of "Section | Site"."""
    last = re.split(r"\s[|–—·•-]\s", name)[-1].strip()
    return last if 1 <= len(last.split()) <= NAME_WORDS else None


def host_name(host: str) -> str:
    """`www.northern-courier.example` → `northern-courier`."""
    parts = [
        p for p in host.lower().split(":")[0].split(".") if p not in ("www", "m", "news", "edition", "en")
    ]
    if len(parts) >= 3 and len(parts[-1]) == 2 and parts[-2] in ("co", "com", "org", "net", "gov", "ac"):
        parts = parts[:-1]
    return parts[-2] if len(parts) >= 2 else (parts[0] if parts else "")


def publisher_of(furniture: Sequence[str]) -> str | None:
    """The publisher as the page's own furniture names it; None where nothing does, or two names are equal.

    Notices of rights and letters from the publisher count three times, lines of subscription once; a
    name whose
    letters are an e-mail's host once more.
    """
    votes: Counter[str] = Counter()
    shown: dict[str, str] = {}
    hosts = set()
    for text in furniture:
        if len(text) > 300:
            continue
        line = " ".join(text.translate(STRAIGHT).split())
        for found in MAIL.finditer(line):
            hosts.add(squeezed(found.group("host")))
        for pattern, weight in WEIGHTS:
            match = pattern.search(line)
            name = _clean(match.group("name")) if match else None
            if name:
                key = squeezed(name)
                votes[key] += weight
                # "The Northern Courier" rather than "Northern Courier".
                if len(name) > len(shown.get(key, "")):
                    shown[key] = name
    for key in votes:
        votes[key] += key in hosts - POST_OFFICES
    best = votes.most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return shown[best[0][0]]


def _clean(name: str) -> str | None:
    name = TAIL.sub("", name.strip())
    name = re.split(r"[.!?]\s", name)[0].rstrip(" .,")
    words = name.lower().split()
    if (
        not words
        or all(w in NOT_NAMES for w in words)
        or (words[0] in NOT_NAMES and words[0] not in ("the",))
    ):
        return None
    return name if len(name) >= 3 and len(words) <= NAME_WORDS + 1 else None
