"""Whose page it is: titles, publishers, bylines and date lines."""

from __future__ import annotations

import pytest

from volteface.read.dateline import find_dateline
from volteface.read.names import host_name, part_title, publisher_of

HEAD = "Orlan, Vesna agree to reopen bridge"


@pytest.mark.parametrize(
    ("title", "names", "headings", "expected"),
    [
        (f"The Kamen Ledger: {HEAD}", [], [HEAD], (HEAD, "The Kamen Ledger")),
        (f"{HEAD} - Kamen Courier", [], [HEAD], (HEAD, "Kamen Courier")),
        (f"{HEAD} | World | Kamen Courier", ["Kamen Courier"], [], (f"{HEAD}", "Kamen Courier")),
        (f"{HEAD} — The Courier", ["courier"], [], (HEAD, "The Courier")),
        (f"Kamen Courier | {HEAD}", ["kamen-courier"], [], (HEAD, "Kamen Courier")),
        (HEAD, ["Kamen Courier"], [HEAD], (HEAD, None)),
        ("Varga: Orlan is ready for talks", ["Kamen Courier"], [], ("Varga: Orlan is ready for talks", None)),
        (
            "Varga: Orlan is ready for talks - Courier",
            ["Courier"],
            [],
            ("Varga: Orlan is ready for talks", "Courier"),
        ),
        ("Orlan - Vesna talks end without result", [], [], ("Orlan - Vesna talks end without result", None)),
    ],
)
def test_title(title: str, names: list[str], headings: list[str], expected: tuple[str, str | None]) -> None:
    assert part_title(title, names=names, headings=headings) == expected


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.kamen-courier.example", "kamen-courier"),
        ("news.courier.co.uk", "courier"),
        ("courier", "courier"),
        ("", ""),
    ],
)
def test_host(host: str, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (["A message from The Kamen Courier:"], "The Kamen Courier"),
        (["© 2024 Lipa Herald. All rights reserved."], "Lipa Herald"),
        (["Copyright The Kamen Ledger. Printed since 1911."], "The Kamen Ledger"),
        (["All rights of this text belong to Midwire."], "Midwire"),
        (["Sign up for our free newsletter from The Courier", "desk@courier.example"], "The Courier"),
        (["Sign up for our newsletter", "Share", "a.writer@gmail.com"], None),
        (["© Getty Images", "© 2024"], None),
        (["© 2024 The Courier", "© 2023 The Herald"], None),
        ([], None),
    ],
)
def test_publisher(lines: list[str], publisher: str | None) -> None:
    assert publisher_of(lines) == publisher


@pytest.mark.parametrize(
    ("lines", "bylines", "date"),
    [
        (["By Ida Berg and Max Holm"], ("Ida Berg", "Max Holm"), None),
        (["Words by Ida Berg", "Tuesday 13 February 2024, 21:40"], ("Ida Berg",), "2024-02-13"),
        (["Ida Berg in Kamen"], ("Ida Berg",), None),
        (["Ida Berg in Kamen and Max Holm in Lipa"], ("Ida Berg", "Max Holm"), None),
        (["Ida Berg, Lipa correspondent", "13.02.2024"], ("Ida Berg",), "2024-02-13"),
        (["IDA BERG | 2024-02-13"], ("Ida Berg",), "2024-02-13"),
        (["Ida Berg", "Feb. 13, 2024"], ("Ida Berg",), "2024-02-13"),
        (["World News", "Feb. 13, 2024"], (), "2024-02-13"),
        (["By our own staff"], (), None),
        (["The treaty was signed on 13 February 2014 in the capital of Orlan"], (), None),
        (["Updated 31.02.2024"], (), None),
    ],
)
def test_dateline(lines: list[str], bylines: tuple[str, ...], date: str | None) -> None:
    found = find_dateline(["Headline of the page", *lines, "Body."], 0, len(lines) + 1)
    assert (found.bylines, found.date) == (bylines, date)
