"""An article of 100,000 words whose every text is a trap: it is shown as text, soon, and nothing in it acts.

What would act tells itself: a dialog, a request to elsewhere, an error of the console or of the policy fail any
test here (`Visitor`).
"""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser import stories
from tests.browser.driving import NARROW, Visitor
from tests.show import rooms

LONG = f"/documents/{stories.hostile().record.document.id}"
SHORT = f"/documents/{rooms.hostile().record.document.id}"
# Seconds until the long article can be used; alone it takes about two, most of it in the browser's layout.
USABLE = 15.0
# What a reader of a long article has to fetch, compressed, of everything that the page needs.
MOST_BYTES = 400_000

# What each page of these texts must not have: elements that only the texts could have made.
_NAMES = (
    "img, iframe, style, link, base, meta, body, object, embed, [onclick], [onerror], [onload], [onfocus]"
)
MADE = f"main :is(script:not([src^='/static/']), {_NAMES})"

# Where the links and forms of a page lead.
LEADS_TO = """[...document.querySelectorAll('a[href], form[action]')].map(
  e => new URL(e.getAttribute('href') || e.getAttribute('action'), location).href)"""


def test_the_long_article_is_text_and_can_be_used_soon(small: Visitor) -> None:
    start = time.perf_counter()
    page = small.open(LONG)
    page.locator("#show-quote").uncheck()
    assert time.perf_counter() - start < USABLE
    text = page.locator(".reader").inner_text()
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").first.click()
        page.wait_for_load_state()
        assert page.locator(MADE).count() == 0
        text += page.locator(".reader").inner_text()
    assert len(text.split()) > 100_000
    for trap in ("<script>alert('run')</script>", "<img src=x onerror=alert('run')>", "{{ 7 * 7 }} ${7 * 7}"):
        assert trap in text
    assert "49" not in page.locator("h1").inner_text()
    page.goto(f"{small.origin}{LONG}?at=E900#E900")
    expect(page.locator("#E900")).to_be_in_viewport()
    page.locator("#E900").click()
    page.wait_for_url("**/events/*")


def test_no_text_hides_or_turns_what_stands_beside_it(small: Visitor) -> None:
    page = small.open(LONG)
    text = str(page.evaluate("document.documentElement.textContent"))
    for hidden in "\u202e\u2066\u200b\u2060\ufeff":
        assert hidden not in text
    assert "gnp.exe" in text
    assert "שלום" in text


def test_no_link_leads_to_a_script_or_elsewhere(small: Visitor) -> None:
    page = small.open("about:blank")
    for address in ("/", "/documents", SHORT, LONG, "/actors", "/search?q=alert", "/explore?type=THREATEN"):
        page.goto(small.origin + address)
        assert page.locator(MADE).count() == 0, address
        links = page.evaluate(LEADS_TO)
        assert [link for link in links if not link.startswith(small.origin)] == [], address


def test_the_long_article_fits_a_small_screen(small: Visitor) -> None:
    page = small.open(LONG, width=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_words_of_an_address_are_text(small: Visitor) -> None:
    page = small.open("about:blank")
    for trap in ("".join(stories.TRAPS[:3]), "".join(stories.TRAPS[4:6]), "".join(stories.TRAPS[8:11])):
        for address in ("/search?q=", "/explore?actor=", "/course?a=x&b="):
            page.goto(small.origin + address + quote(trap[:200]))
            assert page.locator(MADE).count() == 0


def test_what_the_long_article_costs_to_fetch(small: Visitor) -> None:
    page = small.open("about:blank")
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(small.origin + LONG)
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 2  # the page and its style sheet
    assert 0 < sum(sizes) < MOST_BYTES, sizes


@pytest.mark.parametrize("script", [True, False])
def test_the_policy_stops_what_would_get_through(small: Visitor, *, script: bool) -> None:
    """The second line of defence, tried by a page that is changed on its way."""
    small.expected += ["Content Security Policy", "violates the following", "none.png"]
    page = small.open("about:blank", script=script)
    page.context.route(
        "**/documents",
        lambda route: _with_trap(route),
    )
    page.goto(small.origin + "/documents")
    assert page.locator("#trap").inner_text() == "quiet"


def _with_trap(route: object) -> None:
    answer = route.fetch()  # type: ignore[attr-defined]
    trap = (
        "<p id=trap>quiet</p><script>document.getElementById('trap').textContent = 'run'; alert(1)</script>"
        "<img src=/static/none.png onerror=\"document.getElementById('trap').textContent = 'run'\">"
        "<iframe src='https://elsewhere.example/'></iframe>"
    )
    body = answer.text().replace("</main>", trap + "</main>")
    route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]
