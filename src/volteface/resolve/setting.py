"""The country a stretch of text is about, for those it does not say the country of: "rebels", "the army"."""

from __future__ import annotations

from collections.abc import Set

from volteface.annotate import Token
from volteface.resolve.owners import name_reading
from volteface.resolve.reading import CONTEXT, Reading
from volteface.resolve.scene import Named, Scene


def setting(scene: Scene, token: Token, *, acting: Set[str | None] = frozenset()) -> Reading | None:
    """The country spoken of at a token: a place in its sentence, else the nearest name before it, else one
    after
    it, else the country the document names most; None where there is none.

    `acting`: countries of those who act on the token, which come last: soldiers and rebels that somebody
    strikes
    are seldom in his own country.
    """
    here = [n for n in scene.names_in(token.sentence) if n.entry.country and n.entry.form != "organisation"]
    others = [n for n in here if n.entry.country not in acting]
    chosen = _choose(scene, token, others)
    if chosen is not None:
        return name_reading(scene, chosen)
    top = main_country(scene, barring=acting)
    if top is None and here:
        return name_reading(scene, here[0])
    if top is None:
        return None
    name = scene.register.country_name(top)
    return Reading(top, name, top, "GOV", "state", CONTEXT, ("the country the document names most",))


def _choose(scene: Scene, token: Token, names: list[Named]) -> Named | None:
    places = [n for n in names if scene.is_locative(n)]
    if places:
        return min(places, key=lambda n: abs(n.first - token.i))
    before = [n for n in names if n.last <= token.i]
    if before:
        return before[-1]
    return names[0] if names else None


def main_country(scene: Scene, *, barring: Set[str | None] = frozenset()) -> str | None:
    """The country named most often, the first named of several; of the barred ones only if there is no
    other."""
    ranked = [code for code, _ in scene.countries.most_common() if code not in barring]
    ranked += [code for code, _ in scene.countries.most_common(1)]
    return ranked[0] if ranked else None
