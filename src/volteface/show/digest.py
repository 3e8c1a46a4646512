"""The week on one page: HTML fit for an e-mail, Markdown, or RSS with the week as its item.

Every text comes from pages that may be hostile: it is escaped in each form, and an address becomes a link only if it
is one of the web. HTML has its styles with its elements and neither script nor anything that is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from html import escape
from typing import Literal
from urllib.parse import quote, urlsplit

from volteface.analyse.course import Change
from volteface.records.marks import clean

Form = Literal["html", "md", "rss"]

# Sources told of each line; the first is the earliest original.
SOURCES = 3
# Characters of a sentence; more is no line any more.
LONGEST = 400
# What Markdown may read as more than text: wherever it stands, at the beginning, and in what it would make a link.
MARKDOWN = re.compile(
    r"([\\`*_\[\]<>|~&#!@$]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|:(?=//)|(?<=www)\.)", re.IGNORECASE
)
# What may not stand in XML at all.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SERIF = "Georgia,'Times New Roman',serif"
STYLES = {
    "page": f"max-width:40em;margin:0 auto;padding:1.5em;font:16px/1.5 {SERIF};color:#1d2733;background:#ffffff",
    "h1": "font-size:1.5em;line-height:1.2;margin:0 0 .2em",
    "h2": "font-size:1.1em;margin:1.6em 0 .4em;padding-top:.5em;border-top:1px solid #c3c9d0",
    "p": "margin:0 0 .3em",
    "item": "margin:0 0 1em",
    "small": "font-size:.85em;color:#55606c",
    "link": "color:#2a5c99",
    "quote": "margin:.2em 0 .2em 1em;padding-left:.7em;border-left:3px solid #c3c9d0",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A sentence and where it stands; `document` and `event`: ids in the database."""

    address: str
    publisher: str | None
    sentence: str
    published: date | None
    document: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One event: `what` it was, how many independent sources tell of it, and its reports."""

    day: date
    actor: str
    recipient: str
    what: str
    sources: int
    links: tuple[Link, ...]
    asserted_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    linked: str | None = None


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A change of course that was first seen in the week, with the sentences that carry it."""

    actor: str
    recipient: str
    change: Change
    before: tuple[Link, ...]
    after: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A week, both days included."""

    since: date
    until: date
    happened: tuple[Line, ...] = ()
    contested: tuple[Line, ...] = ()
    turned: tuple[TurnLine, ...] = ()


def render(digest: Digest, form: Form, *, home: str = "about:blank") -> str:
    """The digest as a page of `html`, as Markdown (`md`) or as `rss`, whose channel is at `home`; the same digest gives
    the same text."""
    return _rss(digest, home) if form == "rss" else {"html": _html_page, "md": _markdown}[form](digest)


# What is told, in words; the forms differ in how they write it

PARTS = (
    ("Whose course changed", "Nobody's, as far as the reports show."),
    ("What happened", "Nothing that was reported."),
    ("What is contested", "Nothing."),
)


def _title(digest: Digest) -> str:
    return f"The week of {_day(digest.since)} to {_day(digest.until)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _who(line: Line | TurnLine) -> str:
    return f"{line.actor} → {line.recipient}" if line.recipient else line.actor


def _head(line: Line) -> str:
    told = "one source" if line.sources == 1 else f"{line.sources} independent sources"
    return f"{line.what}, {_day(line.day)}, {told}"


def _stands(line: Line) -> str:
    sides = (("asserted by", line.asserted_by), ("denied by", line.denied_by))
    return "; ".join(f"{stand} {', '.join(names)}" for stand, names in sides if names and line.denied_by)


def _turn(line: TurnLine) -> str:
    change = line.change
    between = f"between {_day(change.earliest)} and {_day(change.latest)}"
    step = f"from {change.before:+.1f} to {change.after:+.1f}".replace("-", "−")
    return f"toward {change.direction}, on about {_day(change.day)} ({between}), {step} points; sure: {change.sure:.2f}"


def _sentence(link: Link) -> str:
    text = " ".join(clean(link.sentence).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _origin(link: Link) -> str:
    published = f", {_day(link.published)}" if link.published else ""
    return " ".join(clean(link.publisher or link.address).split()) + published


def web_address(address: str) -> str | None:
    """The address if it is one of the web, with everything in it that could end a link written as `%XX`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(address, safe="/:?#@!$&*+,;=%~-._")


# HTML


def _html_page(digest: Digest) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{_text(_title(digest))}</title></head>\n'
        f'<body style="margin:0;background:#ffffff">\n{_html(digest)}\n</body></html>\n'
    )


def _html(digest: Digest) -> str:
    turned = (_html_turn(line) for line in digest.turned)
    lines = [[_html_line(line) for line in part] for part in (digest.happened, digest.contested)]
    parts = [_tag("h1", _text(_title(digest)))]
    for (title, nothing), items in zip(PARTS, (list(turned), *lines), strict=True):
        parts += [_tag("h2", _text(title)), *(items or [_tag("p", _text(nothing))])]
    return _tag("div", "\n".join(parts), "page")


def _html_line(line: Line) -> str:
    stands = _stands(line)
    shown = [
        _tag("p", f"<strong>{_text(_who(line))}</strong> {_tag('span', _text(_head(line)), 'small')}", "p"),
        _html_quotes(line.links[:SOURCES]),
        _tag("p", _text(stands), "small") if stands else "",
    ]
    return _tag("div", "".join(shown), "item")


def _html_turn(line: TurnLine) -> str:
    shown = [_tag("p", f"<strong>{_text(_who(line))}</strong> {_text(_turn(line))}", "p")]
    for when, links in (("Before:", line.before), ("After:", line.after)):
        if links:
            shown.append(_tag("p", when, "small") + _html_quotes(links))
    return _tag("div", "".join(shown), "item")


def _html_quotes(links: Iterable[Link]) -> str:
    return "".join(_tag("p", f"{_text(_sentence(link))} {_html_link(link)}", "quote") for link in links)


def _html_link(link: Link) -> str:
    address = web_address(link.address)
    origin = _text(_origin(link))
    if address is None:
        return _tag("span", f"{origin} ({_text(link.address)})" if link.publisher else origin, "small")
    return f'<a href="{escape(address)}" style="{STYLES["link"]}">{origin}</a>'


def _tag(name: str, inner: str, style: str | None = None) -> str:
    return f'<{name} style="{STYLES[style or name]}">{inner}</{name}>'


def _text(text: str) -> str:
    return escape(NO_XML.sub("", clean(text)))


# Markdown


def _markdown(digest: Digest) -> str:
    lines = [f"# {_title(digest)}"]
    parts = (
        [_md_turn(line) for line in digest.turned],
        *([_md_line(line) for line in part] for part in (digest.happened, digest.contested)),
    )
    for (title, nothing), items in zip(PARTS, parts, strict=True):
        lines += ["", f"## {title}", "", "\n".join(items) or nothing]
    return "\n".join(lines) + "\n"


def _md_line(line: Line) -> str:
    stands = _stands(line)
    shown = [f"- **{_plain(_who(line))}** {_plain(_head(line))}"]
    return "\n".join(
        [*shown, *_md_quotes(line.links[:SOURCES]), *([f"  - {_plain(stands)}"] if stands else [])]
    )


def _md_turn(line: TurnLine) -> str:
    shown = [f"- **{_plain(_who(line))}** {_plain(_turn(line))}"]
    for when, links in (("before", line.before), ("after", line.after)):
        shown += [f"  - {when}" for _ in links[:1]] + ["  " + quote for quote in _md_quotes(links)]
    return "\n".join(shown)


def _md_quotes(links: Iterable[Link]) -> list[str]:
    return [f"  - {_plain(_sentence(link))} {_md_link(link)}" for link in links]


def _md_link(link: Link) -> str:
    address = web_address(link.address)
    if address is None:
        where = f" ({_plain(link.address)})" if link.publisher else ""
        return f"{_plain(_origin(link))}{where}"
    return f"[{_plain(_origin(link))}](<{address}>)"


def _plain(text: str) -> str:
    return MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))


# RSS


def _rss(digest: Digest, home: str) -> str:
    title = _text(_title(digest))
    told = datetime.combine(digest.until + timedelta(1), time(), UTC)
    heads = _summary(digest)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>volteface: the week</title><link>{escape(home)}</link>"
        f"<description>{_text('What happened, what is contested, whose course changed')}</description>\n"
        f"<item><title>{title}{': ' if heads else ''}{_text(heads)}</title>"
        f'<guid isPermaLink="false">volteface-week-{digest.since.isoformat()}</guid>'
        f"<pubDate>{format_datetime(told)}</pubDate>\n"
        f"<description>{escape(_html(digest))}</description></item>\n</channel></rss>\n"
    )


def _summary(digest: Digest) -> str:
    """Whose course changed, in a line."""
    names: Sequence[str] = [f"{_who(line)} toward {line.change.direction}" for line in digest.turned]
    return ", ".join(names[:SOURCES])
