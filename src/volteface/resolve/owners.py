"""Whose a noun is: the countries and organisations that its own phrase names.

"a *Russian* bomber", "*Turkey's* military", "the president *of Syria*", "rebels *in Aleppo*", "*U.S.*-led
coalition", "*Israeli and Palestinian* officials" (two owners), "*its* navy", "*whose* military".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from volteface.annotate import Phrase, Token
from volteface.resolve.bearers import Named
from volteface.resolve.couples import PEERS
from volteface.resolve.reading import MODIFIER, OF_PHRASE, Reading
from volteface.resolve.scene import Scene

# "X-led": X is who acts. "X-held", "X-backed": X stands behind somebody else, "anti-X": against.
LEADING = frozenset({"led", "run", "based", "born", "flagged", "registered", "owned", "dominated",
    "brokered", "mediated",
                     "organized", "organised", "sponsored", "declared", "imposed", "proposed",
                     "claimed", "operated", "made", "built", "supplied", "controlled"})  # fmt: skip
STANCES = frozenset({"anti", "pro", "non", "ex"})
OF = frozenset({"of"})
BY = frozenset({"by"})
PLACED = frozenset({"in", "from", "at", "near", "inside", "across"})
# "a spokesman for the Taliban" is theirs; "the ambassador to Syria" is not Syria's.
SPEAKING_FOR = frozenset({"for"})
# "a coalition led by X", "that is headed by X"
LEADS = frozenset({"lead", "head", "command", "run", "own", "operate", "form", "convene", "dominate"})

# "hackers working for X": verbs and adjectives of service with their prepositions
SERVING = {"work": "for", "fight": "for", "act": "for", "spy": "for", "loyal": "to", "belong": "to"}

# "Western diplomats" are of several states, and of none that happens to be spoken of.
OF_MANY_STATES = frozenset({"Westerners", "Africans", "Asians", "Latin Americans"})

Read = Callable[[Phrase], tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Owner:
    """A country (with what is known of the body) that a phrase belongs to, and how it says so."""

    reading: Reading
    how: str
    score: float


def owners(scene: Scene, phrase: Phrase, read: Read, *, actor: bool = True) -> list[Owner]:
    """The owners of a phrase, by the most telling kind of evidence first found; several only if coordinated.

    `actor`: whether the phrase can act or be acted on itself. Where a deed or a decision is ("strikes in
    Syria",
    "talks with France") says nothing of whose it is.
    """
    personal = [
        child
        for child in scene.annotation.children(scene.tokens[phrase.head], "poss")
        if child.pos == "PRON" or child.i in scene.human_at
    ]
    if any(child.pos == "PRON" for child in personal):
        # "his Chilean counterpart" is Chile's, "their colleagues from Chile" are too
        peers = scene.tokens[phrase.head].lemma in PEERS
        return (
            _before(scene, phrase, read)
            or (_after(scene, phrase, read, PLACED) if peers else [])
            or _possessor(scene, phrase, read)
        )
    return (
        (_possessor(scene, phrase, read) if personal else [])
        or _before(scene, phrase, read)
        or _possessor(scene, phrase, read)
        or _after(scene, phrase, read, OF)
        or _apposed_ship(scene, phrase, read)
        or _led_by(scene, phrase, read, actor=actor)
        or (_serving(scene, phrase, read) if actor else _after(scene, phrase, read, BY))
        or ((_after(scene, phrase, read, PLACED) or _inside(scene, phrase)) if actor else [])
        or (_after(scene, phrase, read, SPEAKING_FOR) if actor else [])
    )


def name_reading(scene: Scene, named: Named) -> Reading:
    """What a register name stands for by itself."""
    entry = named.entry
    state = entry.form in ("name", "demonym", "capital", "region")
    people = (entry.people and entry.name not in OF_MANY_STATES) or entry.form == "people"
    reading = Reading(
        key=entry.country if state else entry.key,
        name=scene.register.country_name(entry.country) if state else entry.name,
        country=entry.country,
        sector=entry.sector or ("GOV" if state and entry.form != "region" else None),
        kind="state" if state else "people" if people else "body",
        score=MODIFIER,
        reasons=(f"“{scene.annotation.text[named.start : named.end]}” is a name of {entry.name}",),
        plural=entry.people or entry.form == "people",
    )
    return scene.corrected(reading)


def _before(scene: Scene, phrase: Phrase, read: Read) -> list[Owner]:
    """Names among the modifiers: the first that is not held off by a hyphen, and those coordinated with
    it."""
    for k in range(phrase.first, phrase.head):
        human = scene.human_at.get(k)
        if human is not None and scene.tokens[k].dep in ("compound", "nmod"):  # "the Quill administration"
            found_ = [r for r in read(Phrase(k, k + 1, k)) if r.country]
            if found_:
                return [Owner(found_[0], f"modifier “{human.name}”", OF_PHRASE)]
    found: list[Owner] = []
    last: Named | None = None
    i = phrase.first
    while i < phrase.head:
        named = scene.named_at.get(i)
        if named is None or named.last > phrase.head:
            i += 1
            continue
        joined = last is None or _coordinated(scene, last, named)
        if joined and (named.entry.country or not found) and _counts(scene, named):
            text = scene.annotation.text[named.start : named.end]
            found.append(Owner(name_reading(scene, named), f"modifier “{text}”", MODIFIER))
            last = named if named.entry.country else None
        i = named.last
    # "Syrian Kurdish fighters": a people without a state gives way to the country beside it
    return [o for o in found if o.reading.country] or found


def _counts(scene: Scene, named: Named) -> bool:
    tokens = scene.tokens
    text = scene.annotation.text
    before, after = (
        text[max(0, named.start - 5) : named.start].lower(),
        text[named.end : named.end + 14].lower(),
    )
    if before.endswith("-") or before.rstrip().endswith("-"):
        stem = before.rstrip("- ").split(" ")[-1].split("-")[-1]
        if stem in STANCES:
            return False
    if after[:1] in ("-", "‑", "–") or after[:2] == " -":
        word = after.lstrip(" -‑–")
        word = "".join(c if c.isalpha() else " " for c in word).split(" ")[0]
        if word in LEADING or not word:
            return True
        # "Russian-Turkish talks", "U.S.-Russia": the next name counts too; "Iranian-backed": this one does
        # not
        return any(n.start - named.end <= 2 and n.start >= named.end for n in _following(scene, named))
    return not (tokens[named.first].dep == "pobj" and tokens[named.first].head < named.first)


def _following(scene: Scene, named: Named) -> list[Named]:
    for i in range(named.last, min(named.last + 2, len(scene.tokens))):
        if (other := scene.named_at.get(i)) is not None and other is not named:
            return [other]
    return []


def _coordinated(scene: Scene, one: Named, other: Named) -> bool:
    """ "Israeli and Palestinian", "British, French and German", "Russian-Turkish"."""
    between = [t.text.lower() for t in scene.tokens[one.last : other.first]]
    return all(word in ("and", "or", ",", "-", "–", "&", "/") for word in between) and bool(between)


def _possessor(scene: Scene, phrase: Phrase, read: Read) -> list[Owner]:
    head = scene.tokens[phrase.head]
    for child in scene.annotation.children(head, "poss"):
        inner = Phrase(child.i, child.i + 1, child.i) if child.pos == "PRON" else scene.noun_phrase(child.i)
        found = [r for r in read(inner) if r.country or r.key]
        if found:
            how = f"possessor “{child.text}”"
            return [Owner(r, how, min(MODIFIER, r.score)) for r in found]
    return []


def _apposed_ship(scene: Scene, phrase: Phrase, read: Read) -> list[Owner]:
    """ "The carrier *USS* Independence": what navies write before the names of their ships."""
    head = scene.tokens[phrase.head]
    if head.lemma not in scene.register.craft:
        return []
    for child in scene.annotation.children(head, "appos"):
        if found := _before(scene, scene.noun_phrase(child.i), read):
            return found
    return []


def _led_by(scene: Scene, phrase: Phrase, read: Read, *, actor: bool) -> list[Owner]:
    annotation = scene.annotation
    for clause in annotation.children(scene.tokens[phrase.head], "acl", "relcl"):
        if clause.lemma not in LEADS and actor:
            continue
        for agent in annotation.children(clause, "agent", "prep"):
            if agent.lemma != "by":
                continue
            for pobj in annotation.children(agent, "pobj"):
                found = [r for r in read(scene.noun_phrase(pobj.i)) if r.country]
                if found:
                    return [Owner(r, f"“{clause.text} by {pobj.text}”", OF_PHRASE) for r in found]
    return []


def _serving(scene: Scene, phrase: Phrase, read: Read) -> list[Owner]:
    """ "Hackers working for X", "fighters loyal to X"."""
    annotation = scene.annotation
    for clause in annotation.children(scene.tokens[phrase.head], "acl", "amod"):
        wanted = SERVING.get(clause.lemma)
        for prep in annotation.children(clause, "prep"):
            if wanted is None or prep.lemma != wanted:
                continue
            for pobj in annotation.children(prep, "pobj"):
                found = [r for r in read(scene.noun_phrase(pobj.i)) if r.country]
                if found:
                    return [Owner(r, f"“{clause.text} {prep.text} {pobj.text}”", OF_PHRASE) for r in found]
    return []


def _after(scene: Scene, phrase: Phrase, read: Read, prepositions: frozenset[str]) -> list[Owner]:
    head = scene.tokens[phrase.head]
    for prep in scene.annotation.children(head, "prep"):
        if prep.lemma not in prepositions or prep.i < head.i:
            continue
        for pobj in scene.annotation.children(prep, "pobj"):
            found = _object(scene, pobj, read, places_only=prep.lemma in PLACED)
            if found:
                how = f"“{prep.text} {pobj.text}”"
                return [Owner(r, how, min(OF_PHRASE, r.score)) for r in found]
    return []


def _inside(scene: Scene, phrase: Phrase) -> list[Owner]:
    """A place that a given phrase holds after its head, though the parser hung it elsewhere."""
    for i in range(phrase.head + 1, phrase.last):
        named = scene.named_at.get(i)
        placed = named is not None and (scene.is_locative(named) or scene.tokens[i].dep == "poss")
        if named is not None and placed and named.entry.country:
            return [Owner(name_reading(scene, named), f"“{named.entry.name}” in the phrase", OF_PHRASE)]
    return []


def _object(scene: Scene, pobj: Token, read: Read, *, places_only: bool) -> list[Reading]:
    found: list[Reading] = []
    conjuncts = scene.annotation.coordinated(pobj)
    for token in conjuncts:
        if places_only:
            phrase = scene.noun_phrase(token.i)
            inside = [scene.named_at[i] for i in range(phrase.first, phrase.last) if i in scene.named_at]
            found += [
                name_reading(scene, n)
                for n in inside
                if n.entry.form in ("name", "region", "capital", "demonym")
            ][:1]
            if not inside and token.lemma in ("country", "nation"):
                found += read(phrase)
        else:
            found += [r for r in read(scene.noun_phrase(token.i)) if r.country or r.key]
    return found
