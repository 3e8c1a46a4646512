"""By what documents are found that may tell of the same: two are compared where they share keys, no others.

A key depends on its document alone, and so does not move when others arrive.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from volteface.link.profiles import StoryProfile
from volteface.link.types import key_of
from volteface.link.words import weight

COPY, STORY = "copy", "story"
# Telling words by which a story is found, and how many two stories must share to be compared. A word that stands in
# more than one news text in eight (weight .3) finds the whole database.
ANCHORS = 14
LEAST_WEIGHT = 0.3
SHARED = 2
# A story reports what happened up to so many days before it; one whose events have days of their own, also those.
REACH = 12
SLOT_DAYS = 10
# Of an event dated to a longer span than this, the days say too little to be found by.
LONGEST = 31
UNDATED = -1


def story_keys(profile: StoryProfile) -> Iterator[tuple[str, int, int, str]]:
    """(kind, slot, key, document) for each telling word and each ten days the story speaks of."""
    telling = [word for word in profile.words if weight(word) >= LEAST_WEIGHT]
    anchors = [
        key_of(word) for word in sorted(telling, key=lambda word: (-profile.words[word], word))[:ANCHORS]
    ]
    for slot in sorted(_slots(profile)):
        for anchor in anchors:
            yield STORY, slot, anchor, profile.story.document


def _slots(profile: StoryProfile) -> set[int]:
    spans = [
        m.mention.days
        for m in profile.mentions
        if m.mention.days is not None and (m.mention.days[1] - m.mention.days[0]).days <= LONGEST
    ]
    published = profile.story.published
    if published is not None:
        spans.append((published - timedelta(REACH), published))
    return {
        n for first, last in spans for n in range(_slot(first - timedelta(1)), _slot(last + timedelta(1)) + 1)
    } or {UNDATED}


def _slot(day: date) -> int:
    return day.toordinal() // SLOT_DAYS
