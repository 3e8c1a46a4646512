"""Lines that are furniture by what they say, and sentences of news that only sound like it."""

from __future__ import annotations

import pytest

from volteface.read.furniture import is_furniture, sections

FURNITURE = [
    "Read more: How a dam works when the pumps fail",
    "Related: Who is who in the valley",
    "→ Also read: The bridge nobody crosses",
    "WATCH: Soldiers leave the village",
    "All rights of this text belong to Midwire",
    "© 2024",
    "Copyright Midwire 2024",
    "For reprints ask client services in Lipa.",
    "This article was originally published in The Herald.",
    "Not to be reproduced without permission.",
    "Topics: Orlan, Vesna, fisheries",
    "Tags: dam, river",
    "Photo: Courier archive",
    "Getty Images",
    "M. Holm/AFP",
    "ORLAN-VESNA/TRUCE",
    "4 min read",
    "14:32",
    "2 hours ago",
    "Advertisement",
    "Story continues below advertisement",
    "Listen to this article",
    "Share",
    "27 comments",
    "Comments (27)",
    "Subscribe to continue reading",
    "We use cookies to improve your visit.",
    "Your e-mail address",
    "Sign up",
    "By signing up you agree to our terms of use.",
    "You can unsubscribe at any time.",
    "Follow us on Telegram",
    "Contact the author at m.hart@herald.example",
]

NEWS = [
    "The ministry shut down three newspapers on Monday and fined a fourth.",
    "Donors pledged 5 million euros for the refugees.",
    "Readers of the banned newspaper queued for its last issue.",
    "The paper’s subscribers will be given their money back, the court ruled.",
    "Copyright holders in Orlan sued the state broadcaster of Vesna on Friday.",
    "Share prices in Kamen fell after the announcement.",
    "“Read more of our history before you judge us,” she told the envoy.",
    "Related charges against the colonel were dropped on Tuesday.",
    "The group takes responsibility for the attack.",
    "Vesna and Orlan will share the water of the river.",
    "He listened to the tape and said nothing.",
    "Talks continue.",
    "Photographs of the prisoners were shown on state television.",
    "Support for the government fell to a third.",
    "“Follow us or leave,” the general told the villagers.",
    "LIPA, March 4 (Midwire) - Vesna agreed on Monday to a truce.",
    "Topics of the meeting included fishing and the exchange of prisoners.",
    "Help for the victims arrived on Sunday.",
    "A fine for the crew?",
    "Comments by the minister angered Orlan.",
    "More than 40 people were hurt.",
    "Analysis of the wreck showed traces of explosives.",
    "Live rounds were fired at the boat.",
    "See you in court, the minister told the neighbours.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", NEWS)
def test_news(line: str) -> None:
    assert not is_furniture(line)


NEXT = "Vesna agreed on Monday to a truce of two days, its government said."


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["See also", "Salmon farmer sues maker of feed", "Pilots threaten strike", NEXT], 3),
        (["More on this story", "Who is Andrei Kolm?", NEXT], 2),
        (["Sign up for the morning letter", "Five stories before breakfast, every weekday.", NEXT], 2),
        (["The week in the valley", "A letter by our correspondents. Every Sunday.", "Your email", NEXT], 3),
        (
            [
                "A message from The Herald:",
                "Dear readers,",
                "Our office was searched.",
                "Monthly",
                "Not now",
                NEXT,
            ],
            5,
        ),
        (["A fine for the crew?", NEXT], 0),
        ([NEXT, NEXT], 0),
    ],
)
def test_sections(lines: list[str], count: int) -> None:
    assert sections(lines) == set(range(count))
