"""What kind of actor a noun is: its PLOVER sector, from the head of the phrase and from what modifies it."""

from __future__ import annotations

from dataclasses import dataclass

from volteface.annotate import Phrase
from volteface.codebook.actors import RoleKind
from volteface.resolve.register import Role
from volteface.resolve.scene import Scene


@dataclass(frozen=True, slots=True)
class Job:
    """The role a phrase names, its sector after the modifiers had their say, and why."""

    words: str
    sector: str | None
    kind: RoleKind
    reasons: tuple[str, ...]
    weak: bool
    deed: bool  # a decision, an attack: nobody itself
    particular: bool  # "the president", "this group": somebody already spoken of


# Sectors whose members belong to a state: without one of their own they take the country of the setting.
OF_A_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "REB", "OPP", "SPY", "PRM", "PTY"})
# What only armed planes and boats do.
ACTS_OF_WAR = frozenset(
    {"bomb", "bombard", "shell", "attack", "raid", "pound", "strafe", "blockade", "fire", "patrol"}
)
BLOWS = frozenset({"hit", "strike", "target", "destroy", "intercept"})
# Adverbs before a title in apposition that somebody no longer has.
BEFORE_A_PAST = frozenset({"once", "formerly", "previously"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both", "mr.", "mr"})


def job(scene: Scene, phrase: Phrase) -> Job | None:
    """The role of a noun phrase, or None if its head is no role noun of the codebook."""
    role = _role(scene, phrase)
    if role is None:
        return None
    sector, reasons = role.sector or None, [f"“{role.words}” is {role.sector or 'a body of some kind'}"]
    if role.weak or (role.words in scene.register.craft and role.sector == "BUS"):
        sector, more = _weak(scene, phrase, role)
        reasons += more
    if sector == "BUS" and role.words in scene.register.craft and _is_armed(scene, phrase):
        sector = "MIL"
        reasons.append("does what only a craft of war does")
    if is_past(scene, phrase.first, phrase.head):
        sector = "ELI"
        reasons.append("no longer in office")
    first = scene.tokens[phrase.first].text.lower()
    return Job(
        role.words,
        sector,
        role.kind,
        tuple(reasons),
        role.weak,
        role.kind == "thing" and not role.sector,
        first in DEFINITE,
    )


def body_words(words: str) -> str:
    """A body by one name: "ministry of defence" is the "defense ministry"."""
    kind, of, what = words.partition(" of ")
    words = f"{what.removeprefix('the ')} {kind}" if of and kind in ("ministry", "department") else words
    return words.replace("defence", "defense")


def _is_armed(scene: Scene, phrase: Phrase) -> bool:
    """Whether planes or boats do an act of war: "U.S. planes bombed", "aircraft that had shelled"."""
    head = scene.tokens[phrase.head]
    deeds = {verb.lemma for verb in scene.annotation.children(head, "relcl")}
    if head.dep == "nsubj":
        deeds.add(scene.tokens[head.head].lemma)
    # a single plane that hits something has come down; several do not
    one = scene.annotation.children(head, "det") or not head.text.endswith("craft")
    several = head.tag in ("NNS", "NNPS") or not one  # "Ruritanian aircraft"
    return bool(deeds & ACTS_OF_WAR) or (several and bool(deeds & BLOWS))


def is_past(scene: Scene, first: int, last: int) -> bool:
    """Whether a title is one of the past: "former", "an ex-minister", "once minister of justice"."""
    if first and scene.tokens[first - 1].text.lower() in BEFORE_A_PAST:
        return True
    first -= 2 if first > 1 and scene.tokens[first - 1].text == "-" else 0
    return any(scene.tokens[i].text.lower() in scene.register.past for i in range(first, last))


def _role(scene: Scene, phrase: Phrase) -> Role | None:
    lemmas = scene.lemmas[phrase.first : phrase.last]
    at = phrase.head - phrase.first
    long = next(
        (
            role
            for i in range(max(0, at - 3), at + 1)
            if (role := scene.register.role_from(lemmas, i)) is not None and i + role.words.count(" ") >= at
        ),
        None,
    )
    if long is not None:
        return long
    found = scene.register.role(lemmas, at)
    if found is None and scene.tokens[phrase.head].text.lower() != lemmas[at]:
        # a plural with a meaning of its own: "troops", "authorities"
        found = scene.register.role([*lemmas[:at], scene.tokens[phrase.head].text.lower()], at)
    return found[0] if found else None


def _weak(scene: Scene, phrase: Phrase, role: Role) -> tuple[str | None, list[str]]:
    """The sector of a weak head: of the nearest modifier with one, else its own."""
    length = role.words.count(" ") + 1
    stop = max(phrase.first, phrase.head - length + 1)
    for i in range(stop - 1, phrase.first - 1, -1):
        if i in scene.named_at:
            continue
        word = scene.tokens[i].text.lower()
        sector = scene.register.modifiers.get(word) or scene.register.modifiers.get(scene.lemmas[i])
        if sector is None and (
            before := scene.register.role(scene.lemmas[phrase.first : stop], i - phrase.first)
        ):
            strong = before[0]
            sector = None if strong.weak or strong.kind == "thing" else strong.sector
        if sector:
            return sector, [f"modifier “{word}” makes it {sector}"]
    return role.sector or None, []
