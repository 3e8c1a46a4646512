"""What charts do beyond links: a map and a timeline that filter each other, a slider, arrows through the marks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import Visitor

pytestmark = pytest.mark.model


def test_map_and_timeline_filter_each_other(samples: Visitor) -> None:
    page = samples.open("/")
    page.evaluate("window.same = true")
    told = page.locator("#days .chosen")
    everything = told.inner_text()
    page.locator("#days .map a[data-tip^='Norway']").focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("Norway")
    assert "country=NOR" in page.url
    norway = told.inner_text()
    assert norway != everything
    page.locator("#days input[name=since]").fill("2024-03-01")
    page.locator("#days").get_by_role("button", name="Show these days").click()
    page.wait_for_url("**since=2024-03-01*")
    expect(told).to_contain_text("1 March 2024")
    expect(told).to_contain_text("Norway")
    assert page.evaluate("window.same") is True, "the page was loaded anew"
    page.go_back()
    expect(told).to_have_text(norway)


def test_the_slider_of_coalitions(samples: Visitor) -> None:
    page = samples.open("/coalitions?window=quarter")
    heading = page.locator("#picture h2")
    last = heading.inner_text()
    slider = page.locator("#at")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(heading).not_to_have_text(last)
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", heading.inner_text())
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text(last)


def test_arrows_go_through_the_marks_of_a_chart(samples: Visitor) -> None:
    page = samples.open("/course/DNK/NOR")
    marks = page.locator(".chart [data-rove] [data-tip]")
    marks.first.focus()
    expect(page.locator(".tip")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    page.keyboard.press("Home")
    expect(marks.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(events|documents)/"))
