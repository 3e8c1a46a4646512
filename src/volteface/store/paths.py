"""Where a page was read, as it may be told to others: an address of the web, else the name of its file alone."""

from __future__ import annotations

import re

# Names of files with a folder, among the names of publishers and speakers, some of which have a slash as well.
FILE = r"^(?:[/\\~.]|[A-Za-z]:[/\\])|[/\\].*\.\w{2,5}(?::\d+)?$"
WEB = r"^https?://"
LAST = r"[^/\\]*$"


def told(name: str) -> str:
    """Who or what is named, without the folders of a file of this machine."""
    if re.search(WEB, name) or not re.search(FILE, name):
        return name
    found = re.search(LAST, name)
    return found[0] if found and found[0] else "a page"


def told_sql(value: str) -> str:
    """The same in SQL, of a name that may be of anything."""
    return f"""CASE WHEN regexp_matches({value}, '{WEB}') OR NOT regexp_matches({value}, '{FILE}') THEN {value}
      ELSE regexp_extract({value}, '{LAST}') END"""


def address_sql(value: str) -> str:
    """In SQL, of an address or a file, whatever it looks like."""
    return (
        f"CASE WHEN regexp_matches({value}, '{WEB}') THEN {value} ELSE regexp_extract({value}, '{LAST}') END"
    )
