"""Whether what somebody says happened is alleged: who says it, of whom, with what cue."""

from __future__ import annotations

import pytest

from volteface.records import Participant
from volteface.resolve.voices import Voice, is_alleged, is_announced


def party(country: str | None, sector: str | None, actor: str | None = None) -> Participant:
    return Participant("x", 0, 1, actor, country, sector)


SUDAN = party("SDN", "MIL", "A1")
REBELS = party("SDN", "REB", "A2")
CHAD = party("TCD", "CVL", "A3")
FIGHT, HELP, PRAISE = "material conflict", "material cooperation", "verbal cooperation"

# (quad, who does it, to whom, who says so, alleged)
CASES = [
    # an opponent asserts
    (FIGHT, SUDAN, CHAD, Voice("speech", "A9", "TCD", "GOV", sure=True), True),
    (FIGHT, SUDAN, None, Voice("speech", "A9", "TCD", "GOV", sure=True), True),
    (FIGHT, SUDAN, None, Voice("speech", None, "TCD", "MIL"), True),  # a guess, but of another side
    (FIGHT, SUDAN, CHAD, Voice("speech", "A9", "TCD", "CVL", sure=True), True),  # whose people were hit
    (FIGHT, SUDAN, None, Voice("speech", "A2", "SDN", "REB", sure=True), True),
    (FIGHT, REBELS, None, Voice("speech", "A1", "SDN", "MIL", sure=True), True),
    (FIGHT, SUDAN, None, Voice("speech", "A9", "IGO", "MIL", sure=True), True),
    # whoever did it tells of it
    (FIGHT, SUDAN, CHAD, Voice("speech", "A1", "SDN", "MIL", sure=True), False),
    (FIGHT, SUDAN, CHAD, Voice("speech", "A9", "SDN", "GOV", sure=True), False),
    (FIGHT, REBELS, None, Voice("claim", "A2", "SDN", "REB", sure=True), False),
    # a third party
    (FIGHT, SUDAN, CHAD, Voice("speech", "A9", "UNO", "GOV", sure=True), False),
    (FIGHT, SUDAN, CHAD, Voice("speech", None, None, "MED"), False),
    (FIGHT, SUDAN, None, Voice("speech", None, None, "GOV"), False),
    (FIGHT, SUDAN, None, Voice("speech", None, "SDN", "CVL"), False),
    # … with an accusing cue
    (FIGHT, SUDAN, CHAD, Voice("accusation", "A9", "NGO", "SOC", sure=True), True),
    (FIGHT, SUDAN, None, Voice("claim", None, None, "CVL"), True),
    (HELP, SUDAN, None, Voice("claim", "A9", "TCD", "GOV", sure=True), True),
    (HELP, SUDAN, None, Voice("speech", "A9", "TCD", "GOV", sure=True), False),
    # … denied
    (FIGHT, SUDAN, CHAD, Voice("speech", "A9", "UNO", "GOV", sure=True, denied=True), True),
    (FIGHT, SUDAN, CHAD, Voice("speech", "A1", "SDN", "MIL", sure=True, denied=True), True),
    (PRAISE, SUDAN, CHAD, Voice("speech", "A9", "TCD", "GOV", sure=True, denied=True), True),
    (PRAISE, SUDAN, CHAD, Voice("speech", "A1", "SDN", "MIL", sure=True, denied=True), False),
]


@pytest.mark.parametrize(("quad", "actor", "recipient", "voice", "alleged"), CASES)
def test_alleged(
    quad: str, actor: Participant, recipient: Participant | None, voice: Voice, *, alleged: bool
) -> None:
    recipients = [recipient] if recipient else []
    assert is_alleged(quad, [actor], recipients, [voice]) == alleged


def test_one_accuser_of_several_voices_is_enough() -> None:
    third = Voice("speech", "A8", "UNO", "GOV", sure=True)
    assert is_alleged(FIGHT, [SUDAN], [], [third, Voice("speech", "A9", "TCD", "GOV", sure=True)])
    assert not is_alleged(FIGHT, [SUDAN], [], [])


def test_deeds_are_announced_by_who_did_them_without_doubt() -> None:
    own = Voice("speech", "A1", "SDN", "MIL", sure=True)
    assert is_announced([SUDAN], [own])
    assert not is_announced([SUDAN], [Voice("claim", "A1", "SDN", "MIL", sure=True)])
    assert not is_announced([SUDAN], [own, Voice("speech", "A9", "TCD", "GOV", sure=True)])
    assert not is_announced([SUDAN], [])
