"""Ships and aircraft, their names and crews: "the trawler Elin", later "the Elin", its skipper, its catch.

A vessel is under the flag that its first mention tells ("a Ruritanian coast guard ship"). A name is that of a
vessel where it follows or is explained by a noun for one; a bare "the Elin" that nothing explains is the
vessel of the document that has no name yet, and of two of them the one that plays the same part: who rammed
is the subject again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from volteface.annotate import Phrase, Token
from volteface.resolve.owners import Read, owners
from volteface.resolve.reading import CONTEXT, DESCRIBED, MODIFIER, Reading
from volteface.resolve.scene import Scene
from volteface.resolve.sectors import job

# Heads that say nothing of what the vessel is for.
GENERIC = frozenset({"ship", "vessel", "boat", "craft", "plane", "aircraft", "helicopter", "jet"})
IN_THE_AIR = frozenset({"plane", "aircraft", "helicopter", "jet", "airliner", "airplane", "drone", "bomber",
                        "warplane", "balloon"})  # fmt: skip
# "The bow of the ship", "its log": of a part, not of what is done to the vessel.
PARTS = frozenset({"bow", "stern", "deck", "hull", "bridge", "log", "logbook", "flag", "name", "owner"})
SUBJECTS = frozenset({"nsubj", "agent", "ROOT", "poss"})
MOST_VESSELS = 80


@dataclass(frozen=True, slots=True)
class Vessel:
    """A phrase with a noun for a vessel: its head, country, sector and name as far as the phrase tells."""

    head: Token
    country: str | None
    sector: str | None
    name: str | None


class Fleet:
    """The vessels of one document, in text order."""

    def __init__(self, scene: Scene, read: Read) -> None:
        self._scene = scene
        self._read = read
        self._found: list[Vessel] | None = None

    def __bool__(self) -> bool:
        return bool(self._vessels)

    @property
    def _vessels(self) -> list[Vessel]:
        if self._found is None:
            self._found = []  # what is asked while they are being looked for finds none
            crafts = [t for t in self._scene.tokens if self._is_craft(t)][:MOST_VESSELS]
            self._found = [self._vessel(token) for token in crafts]
        return self._found

    def named(self, token: Token) -> Reading | None:
        """The vessel whose name this token ends, or None: an explained name, or a bare "the Elin"."""
        if token.pos != "PROPN" or token.i in self._scene.human_at or not self._vessels:
            return None
        same = [v for v in self._vessels if v.name is not None and v.name.split()[-1] == token.text]
        if not same:
            return self._unexplained(token)
        flagged = [v for v in same if v.country]
        if flagged:
            return self._reading(flagged[0], token.text, f"“{token.text}” is called {flagged[0].head.text}")
        other = self.spoken_of(same[0].head, same[0].sector)
        return other.because(f"“{token.text}” is the {same[0].head.text}", DESCRIBED) if other else None

    def _flag(self, vessel: Vessel) -> str | None:
        other = None if vessel.country else self.spoken_of(vessel.head, vessel.sector)
        return other.country if other else vessel.country

    def spoken_of(
        self, head: Token, sector: str | None, *, barring: frozenset[str] = frozenset()
    ) -> Reading | None:
        """The vessel "the ship" or "the trawler" means: the nearest before of that noun, else of its kind."""
        above = self._scene.tokens[self._scene.tokens[head.head].head]
        if head.dep == "pobj" and above.lemma in PARTS:
            return None
        flies = head.lemma in IN_THE_AIR
        before = [v for v in self._before(head, barring) if v.head.tag == head.tag]
        before = [v for v in before if (v.head.lemma in IN_THE_AIR) == flies]
        fitting: list[Callable[[Vessel], bool]] = [
            lambda v: v.head.lemma == head.lemma and v.sector == sector,
            lambda v: v.sector == sector and (sector != "BUS" or head.lemma not in GENERIC),
            lambda v: sector == "BUS" and head.lemma in GENERIC,
        ]
        for fits in fitting:
            for vessel in before:
                if fits(vessel):
                    text = vessel.head.text
                    return self._reading(vessel, text, f"“{head.text}” is the {text} before")
        return None

    def of_crew(self, head: Token, *, barring: frozenset[str] = frozenset()) -> Reading | None:
        """Whose vessel the crew spoken of is on: a civil one before a military one, the nearest of them."""
        manned = [v for v in self._before(head, barring) if v.head.lemma not in ("drone", "balloon")]
        before = sorted(manned, key=lambda v: v.sector != "BUS")
        if not before:
            return None
        return self._reading(before[0], before[0].head.text, f"aboard the {before[0].head.text} before")

    def of_fishers(self, head: Token) -> Reading | None:
        """The civil ship or boat that somebody called a skipper or deckhand is of."""
        before = [v for v in self._before(head, frozenset()) if v.sector == "BUS"]
        before = [v for v in before if v.head.lemma not in IN_THE_AIR]
        return self._reading(before[0], before[0].head.text, "the vessel before") if before else None

    def _before(self, head: Token, barring: frozenset[str]) -> list[Vessel]:
        """The vessels of a known flag before a token, nearest first."""
        return [
            v for v in reversed(self._vessels) if v.head.i < head.i and v.country and v.country not in barring
        ]

    def _is_craft(self, token: Token) -> bool:
        return token.pos in ("NOUN", "PROPN") and self._scene.lemmas[token.i] in self._scene.register.craft

    def _vessel(self, head: Token) -> Vessel:
        name = self._name_of(head)
        first = head.i
        whole = self._scene.noun_phrase(head.i)
        if name is not None and head.dep in ("compound", "nmod"):
            whole = self._scene.noun_phrase(head.head)
        first = min(first, whole.first)
        phrase = Phrase(first, max(head.i + 1, min(whole.last, head.i + 1)), head.i)
        work = job(self._scene, phrase)
        found = [o.reading for o in owners(self._scene, phrase, self._read) if o.reading.country]
        # coordinated owners are no one flag
        country = found[0].country if len(found) == 1 else None
        return Vessel(head, country, work.sector if work else None, name)

    def _name_of(self, head: Token) -> str | None:
        """The name after a noun for a vessel ("the trawler Elin") or set beside it ("his ship, the Elin")."""
        scene = self._scene
        first = head.i + 1
        while first < len(scene.tokens) and self._is_named(scene.tokens[first], head):
            first += 1
        if first > head.i + 1:
            return " ".join(t.text for t in scene.tokens[head.i + 1 : first])
        for child in scene.annotation.children(head, "appos"):
            if self._is_named(child, head):
                return child.text
        above = scene.tokens[head.head]
        if head.dep == "appos" and self._is_named(above, head):
            return above.text
        return None

    def _is_named(self, token: Token, head: Token) -> bool:
        return (
            token.pos == "PROPN"
            and token.sentence == head.sentence
            and token.text[:1].isupper()
            and token.i not in self._scene.named_at
            and token.i not in self._scene.human_at
        )

    def _unexplained(self, token: Token) -> Reading | None:
        """ "The Elin": of the vessels without a name, the only one, or the one that plays the same part."""
        scene, name = self._scene, token.text
        article = token.i > 0 and scene.tokens[token.i - 1].text.lower() == "the"
        mention = scene.mention_at.get(token.i)
        alone = mention is None or mention.last - mention.first <= 2
        if not article or not alone or token.i in scene.named_at or scene.register.role([token.lemma], 0):
            return None
        token = next(
            t for t in scene.tokens if t.text == token.text
        )  # what it is shows where it first stands
        while token.dep in ("compound", "nmod") and token.head > token.i:
            token = scene.tokens[token.head]
        names = {self._flag(v) for v in self._vessels if v.name is not None}
        flags: dict[str, Vessel] = {}
        for vessel in self._vessels:
            if vessel.country and vessel.head.i < token.i and vessel.name is None:
                flags.setdefault(vessel.country, vessel)
        left = [v for code, v in flags.items() if code not in names] or list(flags.values())
        if len(left) > 1:
            verb = scene.tokens[token.head]
            if not (scene.annotation.children(verb, "dobj") or scene.annotation.children(verb, "agent")):
                return None
            left = [v for v in left if (v.head.dep in SUBJECTS) == (token.dep in SUBJECTS)]
        if len(left) != 1:
            return None
        reason = f"“{name}” names the {left[0].head.text} before"
        return self._reading(left[0], name, reason, CONTEXT)

    def _reading(self, vessel: Vessel, name: str, reason: str, score: float = MODIFIER) -> Reading:
        key = f"{vessel.country}/{vessel.sector}/{vessel.name or vessel.head.lemma}"
        return Reading(key, vessel.name or name, vessel.country, vessel.sector, "thing", score, (reason,))
