"""Documents: offsets, ids, articles as they are, HTML."""

# ruff: noqa: E501 -- a case is one line of the table
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volteface.errors import InputError
from volteface.read import RawPage, to_document
from volteface.read.language import detect
from volteface.records import Document

LINES = st.sampled_from(
    [
        "The minister said on Tuesday that the talks with the neighbour had failed, and that nothing was agreed.",
        "“We will not give in,” she told reporters in the capital, according to the agency.",
        "Talks Between Neighbours Fail",
        "Sign up for our newsletter",
        "Share",
        "A sentence that was wrapped by hand after some seventy characters of it\nand goes on in the next line.",
        "\u2028odd\u0085ends\x0bof lines\x0c",
        "By Ida Berg",
        "",
    ]
)
TEXTS = st.lists(st.one_of(LINES, st.text(max_size=80)), max_size=25).map("\n".join)


def check(document: Document, page: str) -> None:
    end = -1
    for block in document.blocks:
        assert end < block.start < block.end <= len(document.text)
        end = block.end
        text = document.text[block.start : block.end]
        assert text == text.strip()
        assert text in page
    assert document.id == Document.id_of(document.text)
    kept = [document.text[b.start : b.end] for b in document.blocks]
    for dropped in document.dropped:
        assert dropped.text in page
        assert dropped.kind == "repeat" or dropped.text not in kept or page.count(dropped.text) > 1


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["copied", "article"]))
def test_offsets_are_what_they_claim(text: str, kind: str) -> None:
    page = RawPage(source="p", path="p", kind=kind, content=text)  # type: ignore[arg-type]
    try:
        document = to_document(page, any_language=True)
    except InputError:
        return
    check(document, text)
    assert to_document(page, any_language=True) == document
    if kind == "article":
        assert document.text == text


def test_article_is_taken_as_it_is() -> None:
    text = "  First paragraph of the article, as it was written.\n\n\nSign up for our newsletter\n"
    page = RawPage(
        source="u", path="p", kind="article", content=text, headline="H", published="2015-11-19T01:00"
    )
    document = to_document(page)
    assert document.text == text
    assert [text[b.start : b.end] for b in document.blocks] == [
        x.strip() for x in text.split("\n") if x.strip()
    ]
    assert (document.headline, document.source, document.dropped) == ("H", "u", ())
    assert document.published is not None
    assert document.published.date == "2015-11-19"
    later = to_document(page, published="2015-11-20").published
    assert later is not None
    assert (later.date, later.basis) == ("2015-11-20", "given")


HTML = """<!doctype html><html lang="en"><head><title>Talks Fail | Courier</title>
<meta property="og:site_name" content="Courier"><meta name="author" content="Ida Berg">
<meta property="article:published_time" content="2014-03-05T10:00:00Z"><meta property="og:title" content="Talks Fail">
</head><body><nav><a href="/">Home</a></nav><article><h1>Talks Fail</h1>
<p class="standfirst">The two neighbours could not agree on who guards the bridge over the river.</p>
<figure><img src="a.jpg"><figcaption>Foreign Minister Anna Dorn speaks to reporters in Kamen on Tuesday.</figcaption></figure>
<p>The foreign minister said on Tuesday that the talks with the neighbour had failed, and that nothing was agreed.</p>
<p>“We will not give in,” she told reporters in the capital, according to the agency that was there.</p>
<p>The talks had been held in Kamen for three days, and both sides had been hopeful when they began on Sunday.</p>
<h2>What is next</h2>
<p>No date was set for another round, but officials of both countries said that they would go on speaking.</p>
<p>Sign up for our newsletter</p></article><footer>© Courier</footer></body></html>"""


def test_html() -> None:
    document = to_document(RawPage(source="p", path="p", kind="html", content=HTML))
    assert document.headline == "Talks Fail"
    assert (document.publisher, document.bylines) == ("Courier", ("Ida Berg",))
    assert document.published is not None
    assert (document.published.date, document.published.basis) == ("2014-03-05", "metadata")
    kinds = [b.kind for b in document.blocks]
    assert kinds[0] == "headline"
    caption = next(b for b in document.blocks if b.kind == "caption")
    assert document.text[caption.start : caption.end].startswith("Foreign Minister Anna Dorn")
    assert "No date was set" in document.text
    assert "newsletter" not in document.text
    assert "©" not in document.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said that the talks had failed.", "en"),
        ("Russia, Turkey Sign Deal", "en"),
        ("Le ministre a dit que les pourparlers ont échoué dans la nuit.", "fr"),
        ("Der Minister sagte, dass die Gespräche nicht zu einem Ergebnis geführt haben.", "de"),
        ("Министр заявил, что переговоры провалились.", "ru"),
        ("Міністр заявив, що переговори зірвалися, і її країна чекає на зміни.", "uk"),
        ("장관은 회담이 실패했다고 말했다.", "ko"),
        ("大臣は会談が失敗したと述べた。", "ja"),
        ("部长说会谈失败了。", "zh"),
        ("قال الوزير إن المحادثات فشلت", "ar"),
        ("123 456", "und"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert detect(text) == code
