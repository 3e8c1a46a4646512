"""A standfirst is told by what the page's own markup calls it."""

from __future__ import annotations

import pytest

from volteface.read import RawPage, to_document

BODY = """<p>Chad and Niger signed a defence pact in Niamey on Monday, officials of both countries said, after months
of raids by armed men on villages along the frontier.</p><p>The agreement allows each army to pursue attackers into the
territory of the other for up to 50 kilometres, a spokesman for the Chadian president said.</p><p>Nigeria welcomed the
pact and said it would share intelligence with both governments in the coming weeks.</p>"""
LEAD = "The two neighbours will patrol their border together after months of raids."


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (f'<p class="article__standfirst">{LEAD}</p>', "standfirst"),
        (f'<div class="sub-title"><p>{LEAD}</p></div>', "standfirst"),
        (f"<p>{LEAD}</p>", "paragraph"),
        (f'<p class="body-text">{LEAD}</p>', "paragraph"),
    ],
)
def test_standfirst(markup: str, kind: str) -> None:
    html = f"<html><body><article><h1>Chad and Niger sign pact</h1>{markup}{BODY}</article></body></html>"
    document = to_document(RawPage("page.html", "page.html", "html", html))
    kinds = {document.text[b.start : b.end]: b.kind for b in document.blocks}
    assert kinds[LEAD] == kind
