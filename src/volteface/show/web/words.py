"""How pages say things: days, numbers, codes, addresses; and the templates, which escape all else."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from volteface.codebook.actors import countries, country_codes
from volteface.records.marks import clean
from volteface.show.digest import web_address
from volteface.show.web.marked import marked, sentences

# A state of things that a reader should see at once, and in what words.
STATUSES = {
    "actual": "reported as fact",
    "alleged": "alleged",
    "future": "announced",
    "hypothetical": "hypothetical",
    "negated": "denied",
    "historical": "from before",
}
QUADS = {
    "verbal cooperation": "△",
    "material cooperation": "▲",
    "verbal conflict": "▽",
    "material conflict": "▼",
}


def slug(key: str) -> str:
    """A key as one part of an address: `/` as `~1`, `~` as `~0`, as in JSON Pointer (RFC 6901)."""
    return quote(key.replace("~", "~0").replace("/", "~1"), safe="~")


def unslug(part: str) -> str:
    """The key of a part of an address that the server has decoded."""
    return part.replace("~1", "/").replace("~0", "~")


def code_of(wanted: str) -> str:
    """A country's code for its name; anything else as it is."""
    return country_codes().get(wanted.strip().casefold(), wanted.strip())


def country(code: str | None) -> str:
    """A country's name for its code; another code as it is."""
    known = countries().get(code or "")
    return known.name if known else code or ""


def day(value: date | None) -> str:
    """3 March 2031."""
    return f"{value.day} {value:%B %Y}" if value else "undated"


def span(start: date | None, end: date | None) -> str:
    """A day; a whole month or year by its name; else from when to when."""
    if start is None or end is None or start == end:
        return day(start or end)
    after = date.fromordinal(end.toordinal() + 1)
    if start.day == after.day == 1:
        if (after.year * 12 + after.month) - (start.year * 12 + start.month) == 1:
            return f"{start:%B %Y}"
        if start.month == after.month == 1 and after.year - start.year == 1:
            return f"{start:%Y}"
    return f"{day(start)} to {day(end)}"


def number(value: float, digits: int = 1) -> str:
    """With its sign, a real minus."""
    return f"{value:+.{digits}f}".replace("-", "−")


def count(n: int, one: str, several: str | None = None) -> str:
    """1 report, 2 reports."""
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def toll(row: Any) -> str:
    """12 to 17 killed, 3 injured."""

    def told(what: str) -> str:
        least, most = getattr(row, f"{what}_min"), getattr(row, f"{what}_max")
        if least is None:
            return ""
        return f"{least:,} {what}" if least == most else f"{least:,} to {most:,} {what}"

    return ", ".join(filter(None, map(told, ("killed", "injured"))))


def what(row: Any) -> str:
    """assault (aerial)."""
    return str(row.type).lower() + (f" ({row.mode.replace('-', ' ')})" if row.mode else "")


def web(source: str) -> str | None:
    """The address of a page on the web, None of anything else."""
    return web_address(source)


def origin(source: str) -> str:
    """What may be told of where a page was read: an address of the web, else the name of its file alone."""
    return (
        source
        if web_address(source)
        else source.replace("\\", "/").rstrip("/").rpartition("/")[2] or "a page"
    )


def place(document: str, at: str | None) -> str:
    """The address of something in an article, in whatever part of it that stands; without `at` of the article."""
    return f"/documents/{document}?at={at}#{at}" if at else f"/documents/{document}"


def title(row: Any) -> str:
    """What a document is called."""
    return str(row.headline or f"Untitled page of {row.publisher or origin(row.source)}")


def query(**values: Any) -> str:
    """A query string of what is set."""
    pairs = [(name, value) for name, value in values.items() if value not in (None, "", ())]
    return urlencode(pairs, doseq=True)


def shorten(text: str, longest: int = 400) -> str:
    """The text on one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


@cache
def templates() -> Environment:
    """Everything that a template is given is escaped, and freed of what hides or turns text; a name that it is not
    given is an error."""
    environment = Environment(
        loader=PackageLoader("volteface.show.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    tools = (
        slug,
        code_of,
        country,
        day,
        span,
        number,
        count,
        toll,
        what,
        web,
        origin,
        title,
        query,
        shorten,
        place,
        marked,
        sentences,
    )
    environment.globals.update({tool.__name__: tool for tool in tools})
    environment.globals.update(statuses=STATUSES, quads=QUADS)
    return environment


def _plain(value: object) -> object:
    if value is None:
        return ""
    return clean(value) if type(value) is str else value
