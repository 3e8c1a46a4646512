"""The ontology agrees with itself."""

from __future__ import annotations

import pytest

from volteface.codebook import plover
from volteface.errors import CodebookError

QUADS = {"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}


def test_every_type_has_a_quad_and_a_score_of_its_sign() -> None:
    for name in plover().types:
        assert plover().quad(name) in QUADS
        assert (plover().score(name, None) > 0) == ("cooperation" in plover().quad(name)), name


def test_a_mode_without_a_score_has_that_of_its_type() -> None:
    assert plover().score("CONSULT", "no such mode") == plover().score("CONSULT", None)
    for name, kind in plover().types.items():
        assert all(-10 <= plover().score(name, mode) <= 10 for mode in kind.modes)


def test_every_score_is_of_a_type_and_mode() -> None:
    for key in plover().scores:
        name, _, mode = key.partition("/")
        plover().check(name, mode or None, key)


def test_every_cameo_code_maps_to_a_type() -> None:
    """… though the manual's table has modes and contexts that its lists have not (`ban`, `humanitarian`)."""
    assert {entry.type for entry in plover().cameo_to_plover.values()} <= set(plover().types)


@pytest.mark.parametrize(
    ("type_", "mode", "message"),
    [("WAR", None, "here: no PLOVER type 'WAR'"), ("AID", "heavily", "here: AID has no mode 'heavily'")],
)
def test_what_is_not_in_it_is_named(type_: str, mode: str | None, message: str) -> None:
    with pytest.raises(CodebookError) as raised:
        plover().check(type_, mode, "here")
    assert str(raised.value) == message
