"""What is a copy; `evaluation/test_copies.py` measures it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.link.build import DAY, story
from volteface.link.copies import copied, copy_keys, groups
from volteface.link.types import Likeness

LEAD = "Troops of Ruritania shelled the border town of Grenzau at dawn, killing four customs men, the mayor said."
MORE = "The barracks burned until noon, and smoke could be seen from the lake. Schools stayed closed."
OTHER = "A mayor in Sylvania says that four officials of the customs lost their lives in a bombardment this morning."

# (one text, the other, whether one is a copy)
PAIRS = [
    (LEAD, LEAD, True),
    (LEAD + MORE, LEAD, True),
    (LEAD + MORE, "Grenzau burns\n" + LEAD.replace("four", "five") + MORE, True),
    (LEAD + MORE, OTHER + MORE, False),  # less than half in common
    (LEAD, OTHER, False),
    ("Too short to tell.", "Too short to tell.", True),
    ("Too short to tell.", "Too short to tell, but for this.", False),
]


@pytest.mark.parametrize(("one", "other", "copy"), PAIRS)
def test_copies(one: str, other: str, copy: bool) -> None:
    assert (copied(one, other) is not None) is copy
    assert (copied(other, one) is not None) is copy


def test_keys_follow_from_the_text_alone() -> None:
    keys = [{key for _, _, key, _ in copy_keys(story(name, text=LEAD))} for name in "ab"]
    assert keys[0] == keys[1]


def test_the_original_is_what_was_published_first() -> None:
    like = Likeness(0.9, ())
    published = {"a": DAY, "b": DAY - timedelta(1), "c": None, "d": DAY}
    found = list(groups("abcd", {("a", "b"): like, ("b", "c"): like}, published))
    assert [(copy, original) for copy, original, _ in found] == [("a", "b"), ("c", "b")]
