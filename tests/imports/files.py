"""Rows of event data in each format, written for these tests: nothing here was reported by anybody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from volteface.imports import FORMATS

# What a row has where a test does not say otherwise.
USUAL = {
    "icews": {
        "Event ID": "1",
        "Event Date": "2031-03-03",
        "Source Name": "Police (Russia)",
        "Source Sectors": "Police,Government",
        "Source Country": "Russian Federation",
        "Event Text": "Make a visit",
        "CAMEO Code": "042",
        "Intensity": "1.9",
        "Target Name": "Turkey",
        "Target Sectors": "NA",
        "Target Country": "Turkey",
    },
    "gdelt": {
        "GLOBALEVENTID": "1",
        "SQLDATE": "20310303",
        "Actor1Code": "RUSCOP",
        "Actor1Name": "RUSSIA",
        "Actor1CountryCode": "RUS",
        "Actor1Type1Code": "COP",
        "Actor2Code": "TUR",
        "Actor2Name": "TURKEY",
        "Actor2CountryCode": "TUR",
        "EventCode": "042",
        "GoldsteinScale": "1.9",
        "NumSources": "2",
        "NumArticles": "5",
    },
    "polecat": {
        "Event ID": "20310303-1",
        "Event Date": "2031-03-03",
        "Event Type": "CONSULT",
        "Event Mode": "visit",
        "Intensity": "4.0",
        "Actor Name": "Ada Moor",
        "Actor Country": "RUS",
        "Primary Actor Sector": "COP",
        "Wikipedia Actor ID": "Ada Moor",
        "Recipient Name": "None",
        "Recipient Name Raw": "Turkey",
        "Recipient Country": "TUR",
        "Primary Recipient Sector": "None",
        "Wikipedia Recipient ID": "None",
    },
}


def row(origin: str, **cells: str) -> str:
    """A row, its columns changed as told."""
    unknown = set(cells) - set(FORMATS[origin].columns)
    assert not unknown, unknown
    return "\t".join({**USUAL[origin], **cells}.get(column, "") for column in FORMATS[origin].columns)


def write(path: Path, origin: str, rows: Iterable[str]) -> Path:
    """A file of rows, with the format's header."""
    header = ["\t".join(FORMATS[origin].columns)] if FORMATS[origin].header else []
    path.write_text("".join(f"{line}\n" for line in [*header, *rows]), encoding="utf-8")
    return path
