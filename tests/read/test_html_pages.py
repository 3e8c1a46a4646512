"""HTML pages in the manner of several publishers: headline, what stays, what goes."""

# ruff: noqa: E501 -- a case is one line of the table
from __future__ import annotations

from dataclasses import dataclass

import pytest

from volteface.read import RawPage, to_document

HEAD = "Orlan, Vesna agree to reopen the bridge at Kamen"
FIRST = "Orlan and Vesna agreed on Monday to reopen the bridge at Kamen, which had been closed since the shelling in March."
SECOND = "The deal was announced in Helsinki by the Finnish foreign minister after eleven hours of talks with both sides."
THIRD = "Two customs officers will be sent by each country, and neither army may come nearer than a mile, the text says."
PRESS = "Vesna promised to let the three newspapers it had banned appear again; their subscribers cheered in the streets of Lipa."
BODY = "".join(f"<p>{x}</p>" for x in (FIRST, SECOND, THIRD, PRESS))


@dataclass(frozen=True)
class Case:
    """A page's head and body, and what a reader would make of it."""

    html: str
    gone: tuple[str, ...]
    publisher: str | None = None
    date: str | None = None
    bylines: tuple[str, ...] = ()


CASES = {
    "old markup": Case(
        f"<HTML><HEAD><TITLE>The Kamen Ledger: {HEAD}</TITLE></HEAD><BODY><DIV id=main><DIV class=hd><B>{HEAD}</B></DIV>"
        f"<DIV class=by>By Ida Berg</DIV><DIV class=txt>{FIRST}<BR><BR>&nbsp;\n{SECOND}<BR><BR>{THIRD}<BR><BR>{PRESS}</DIV>"
        "<DIV class=x><B>See also</B><BR><A HREF=/1>Salmon farmer sues feed maker</A><BR><A HREF=/2>Pilots threaten strike</A></DIV>"
        "<DIV id=foot>Copyright The Kamen Ledger. Printed since 1911.</DIV></BODY></HTML>",
        ("See also", "Pilots threaten strike", "Copyright", "By Ida Berg"),
        publisher="The Kamen Ledger",
        bylines=("Ida Berg",),
    ),
    "agency": Case(
        f'<html><head><title>{HEAD} - Midwire</title><meta property="og:site_name" content="Midwire"></head><body><div id="story">'
        f'<span class="slug">ORLAN-VESNA/BRIDGE</span><h1>{HEAD}</h1><div class="stamp">Published 15.03.2024 18:02</div>'
        f'<div class="storytext">{BODY}</div><p class="copyright">All rights of this text belong to Midwire. For reprints ask client services.</p>'
        "</div></body></html>",
        ("ORLAN-VESNA/BRIDGE", "All rights", "Published 15"),
        publisher="Midwire",
        date="2024-03-15",
    ),
    "box between paragraphs": Case(
        f'<html><head><title>{HEAD} | Courier</title><meta property="og:title" content="{HEAD} | Courier">'
        f'<meta property="og:site_name" content="Courier"></head><body><article><h1>{HEAD}</h1><p>{FIRST}</p><p>Read more: The war of the bridges</p>'
        f"<p>{SECOND}</p><div><h3>Sign up for our newsletter</h3><p>The best stories, every Friday.</p><p>Your e-mail address</p><p>Sign up</p></div>"
        f"<p>{THIRD}</p><p>Advertisement</p><p>{PRESS}</p><p>Topics: Orlan, Vesna, bridges</p></article></body></html>",
        ("Read more", "Sign up", "every Friday", "Advertisement", "Topics"),
        publisher="Courier",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_page(name: str) -> None:
    case = CASES[name]
    document = to_document(RawPage(source="p", path="p", kind="html", content=case.html))
    assert document.headline == HEAD
    blocks = [document.text[b.start : b.end] for b in document.blocks]
    assert [x for x in blocks if x != HEAD] == [FIRST, SECOND, THIRD, PRESS]
    assert [x for x in case.gone if x in document.text] == []
    assert document.publisher == case.publisher
    assert (document.published.date if document.published else None) == case.date
    assert document.bylines == case.bylines
