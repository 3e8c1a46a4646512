"""What a text says of an organisation by name, known to the register or not: "Boko Haram, an Islamist militant group",
"the Farc rebels", "the Nigerian party Aurora Front".

Of one that the register does not know this is all there is, so it counts for every mention in the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from volteface.annotate import Phrase, Token
from volteface.records import Evidence, EvidenceKind, Span
from volteface.resolve.introductions import title
from volteface.resolve.owners import Read, owners
from volteface.resolve.reading import CONTEXT, DESCRIBED, Reading
from volteface.resolve.scene import IN_A_BODY, OF_A_GOVERNMENT, Scene
from volteface.resolve.sectors import job
from volteface.resolve.windows import appositions

# What the tagger may take an unknown name for; what stands beside it tells.
NAMES = frozenset({"ORG", "PERSON", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT"})
MODIFIES = frozenset({"compound", "nmod", "amod"})


def told(scene: Scene, first: int, last: int, read: Read, *, own: str | None = None) -> list[Evidence]:
    """What stands beside a name (tokens `[first, last)`) and says what it is. `own`: the key of the name itself."""
    annotation = scene.annotation
    head = scene.tokens[last - 1]
    above = scene.tokens[head.head]
    nouns, _ = appositions(annotation, scene.human_at, first, last)
    # "the militant group Boko Haram"
    nouns += [t.i for t in annotation.children(head, *MODIFIES) if t.i < first and t.pos == "NOUN"]
    nouns = [i for i in nouns if scene.tokens[i].text.islower()]  # "the Tigray Union (TU)" is a name
    found = [e for noun in nouns for e in _says(scene, scene.noun_phrase(noun), "apposition", read, own)]
    if head.dep in MODIFIES and above.i >= last:
        phrase = Phrase(scene.noun_phrase(above.i).first, above.i + 1, above.i)
        if tells(scene, phrase):
            found += _says(scene, phrase, "role", read, own)
    return found


def tells(scene: Scene, phrase: Phrase) -> bool:
    """Whether the head of a phrase says what somebody is, not what he has: "rebels", "militia", "party"."""
    work, head = job(scene, phrase), scene.tokens[phrase.head]
    if work is None or not head.text.islower():
        return False  # "Skagerrak TV" is all name
    if work.kind == "body":
        return work.sector not in OF_A_GOVERNMENT
    return work.sector in IN_A_BODY and (work.kind == "people" or head.text != head.lemma)


def _says(scene: Scene, phrase: Phrase, kind: EvidenceKind, read: Read, own: str | None) -> list[Evidence]:
    work = job(scene, phrase)
    if work is None or (work.kind not in ("body", "people") and kind != "role"):
        return []
    whose = [o.reading for o in owners(scene, phrase, read) if o.score > CONTEXT]
    countries = {r.country for r in whose if r.key != own} - {None}
    country = countries.pop() if len(countries) == 1 else None
    if country is None and work.sector is None:
        return []
    span = scene.annotation.span(phrase.first, phrase.last)
    return [Evidence(*span, kind, country, work.sector, title(work.words))]


def _called(reading: Reading, key: str, name: str, evidence: tuple[Evidence, ...]) -> Reading:
    reasons = (*reading.reasons, f"“{name}” is what they are called")
    return replace(reading, key=key, name=name, role=None, reasons=reasons, evidence=evidence)


class _Name(NamedTuple):
    """A name: its first token and what it says."""

    first: int
    text: str


class Newcomers:
    """The organisations of one document that the register does not know."""

    def __init__(self, scene: Scene, read: Read) -> None:
        self._scene = scene
        self._read = read
        self._told: dict[str, list[Evidence]] | None = None
        self._ending: dict[int, _Name] = {}

    def reading(self, reading: Reading) -> Reading:
        """The reading of a name with what the document says of it anywhere."""
        evidence = self._evidence().get(reading.name, [])
        if not evidence:
            return reading
        return replace(
            reading,
            country=reading.country or next((e.country for e in evidence if e.country), None),
            sector=next((e.sector for e in evidence if e.sector), reading.sector),
            score=DESCRIBED,
            reasons=(*reading.reasons, f"“{self._words(evidence[0])}” says what it is"),
            evidence=tuple(evidence),
        )

    def explained(self, phrase: Phrase) -> tuple[Reading, ...]:
        """An unknown name that the document explains: "the Aurora Front", "the militant group Aurora Front"."""
        evidence = self._evidence()
        name = self._ending.get(phrase.head)
        for child in self._children(phrase.head, "appos"):
            beside = self._ending.get(child.i)
            name = beside if beside and beside.first == phrase.head + 1 else name
        if name is None or name.text not in evidence:
            return ()
        return (self._unknown(name.text),)

    def called(self, words: Sequence[str]) -> Reading | None:
        """An organisation of one word that was taken for a surname elsewhere."""
        return self._unknown(words[0]) if len(words) == 1 and words[0] in self._evidence() else None

    def named_outright(self) -> Iterator[tuple[Span, Reading]]:
        """Every mention of a name that the document explains, and where it stands."""
        evidence, tokens = self._evidence(), self._scene.tokens
        for last, name in self._ending.items():
            if name.text in evidence:
                yield (tokens[name.first].start, tokens[last].end), self._unknown(name.text)

    def _unknown(self, name: str) -> Reading:
        unknown = Reading(f"org:{name}", name, None, None, "body", DESCRIBED, (f"“{name}” is a name",))
        return self.reading(unknown)

    def named(self, phrase: Phrase, found: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """The readings of a description: "the Farc rebels" are the Farc."""
        if len(found) != 1 or not tells(self._scene, phrase):
            return found
        for child in self._children(phrase.head, *MODIFIES):
            named = self._scene.named_at.get(child.i)
            if named is not None and named.entry.form in ("organisation", "seat") and not named.entry.people:
                return (_called(found[0], named.entry.key, named.entry.name, ()),)
            name = self._ending.get(child.i)
            if name is not None and (evidence := self._evidence().get(name.text)):
                return (_called(found[0], f"org:{name.text}", name.text, tuple(evidence)),)
        return found

    def _children(self, head: int, *deps: str) -> list[Token]:
        return self._scene.annotation.children(self._scene.tokens[head], *deps)

    def _evidence(self) -> dict[str, list[Evidence]]:
        if self._told is None:
            self._told = {}  # what is asked while it is being gathered finds none
            found: dict[str, list[Evidence]] = {}
            names = [(first, last, self._text(first, last)) for first, last in self._names()]
            short = {self._short(last, name): name for _, last, name in names}
            for first, last, text in names:
                name = short.get(text, text)
                found.setdefault(name, []).extend(told(self._scene, first, last, self._read))
                self._ending[last - 1] = _Name(first, name)
            self._told = {name: evidence for name, evidence in found.items() if evidence}
        return self._told

    def _names(self) -> Iterator[tuple[int, int]]:
        """Token ranges of names of organisations that are nobody the scene knows."""
        scene = self._scene
        for mention in scene.annotation.mentions:
            first, last = mention.first, mention.last
            if mention.label not in NAMES:
                continue
            first += scene.tokens[first].text.lower() == "the"
            while first < last and not scene.tokens[last - 1].text[:1].isupper():
                last -= 1  # "Aurora Front" is all name, "Aurora rebels" is not
            plain = last - first == 1 and scene.lemmas[first].lower() in scene.register.modifiers
            if first < last and not plain and not self._is_known(first, last):
                yield first, last

    def _is_known(self, first: int, last: int) -> bool:
        """Whether the register or a person has the name; "Kenya Freedom Party" only holds one it has."""
        scene = self._scene
        if any(i in scene.human_at for i in range(first, last)):
            return True
        inside = [scene.named_at[i] for i in range(first, last) if i in scene.named_at]
        return any(
            n.entry.form in ("organisation", "seat") or n.last - n.first >= last - first for n in inside
        )

    def _text(self, first: int, last: int) -> str:
        start, end = self._scene.annotation.span(first, last)
        return self._scene.annotation.text[start:end]

    def _short(self, last: int, name: str) -> str | None:
        """The short form in brackets after a name: "Tigray Defence Union (TDU)"."""
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        after = [token.text for token in self._scene.tokens[last : last + 3]]
        return initials if len(initials) > 1 and after == ["(", initials, ")"] else None

    def _words(self, evidence: Evidence) -> str:
        return self._scene.annotation.text[evidence.start : evidence.end]
