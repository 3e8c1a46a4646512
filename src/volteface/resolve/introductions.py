"""How a text introduces its people: by title, apposition or list, else by what the codebook knows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from volteface.annotate import Phrase, Token
from volteface.records import Evidence, EvidenceKind, Span
from volteface.resolve.owners import LEADS, Owner, Read, name_reading
from volteface.resolve.reading import CONTEXT, DESCRIBED, KNOWN_HOLDER, MODIFIER, Reading
from volteface.resolve.scene import Human, Scene
from volteface.resolve.sectors import is_past
from volteface.resolve.setting import other_parties, setting

# Verbs beside "lead" that make a body's country one's own.
REPRESENTS = frozenset({"represent", "direct"})
Person = Callable[[Human], Reading]
Aboard = Callable[[Token], Reading | None]


# Who has no title but one aboard a vessel is of its flag; captains and sailors may be of an army or navy.
# Strangers to the country spoken of as often as not, and who has no sector at all.
OF_NO_STATE = frozenset({None, "JRN", "BUS", "SOC", "EDU", "REF"})
# Not part of what is said, at either end of it.
JOINS = frozenset({"and", "or", "of", "for", ",", "-", "“", "”", "[", "]"})
FISHERS = frozenset({"skipper", "deckhand", "fisherman", "crewman", "crew member", "helmsman"})


def introduced(scene: Scene, human: Human, read: Read, person: Person, aboard: Aboard) -> Reading:
    """What a document says of a person. `aboard`: the vessel spoken of before a token, for its crew."""
    country = sector = role = None
    reasons: list[str] = []
    evidence: list[Evidence] = []
    score, sex = 0.5, human.sex
    for said in _said(scene, human, read):
        if said.role is not None and role is None:
            role, sector = said.role, said.sector
            reasons.append(f"called “{scene.annotation.text[slice(*said.span)]}”")
            score = max(score, MODIFIER)
        whose = said.whose
        if whose is not None and country is None:
            country = whose.reading.country
            reasons.append(f"of {whose.reading.name}: {whose.how}")
            score = max(score, min(MODIFIER, whose.score))
        evidence += said.evidence()
    known = scene.register.holders(human.name)
    holder = next((h for h in known if h.code == country), human.holder)
    name = human.name
    if holder is not None and (country is None or country == holder.code):
        office, current = holder.office(scene.published)
        if current and sector == "ELI" and role != office.role:
            sector = role = None  # "X, a former education minister", is prime minister today
        ahead = scene.published is not None and scene.published < office.since
        held = holder.person.sector or _sector_of(scene, office.role)
        # who is yet to hold an office of state is a politician, who has held one a former official
        sector = sector or (held if current else "ELI" if not ahead else "PTY" if held == "GOV" else None)
        role = role or (office.role if current else None if ahead else f"former {office.role}")
        reasons.append(f"known: {holder.person.name}, {office.role} from {office.since}")
        first_named = scene.annotation.span(*human.mentions[0])
        then = held if current else "ELI" if not ahead else None
        evidence.append(
            Evidence(*first_named, "holder", holder.code, then, None if ahead else title(office.role))
        )
        country, name, score = holder.code, holder.person.name, max(score, KNOWN_HOLDER)
        wikidata = holder.person.wikidata
    else:
        wikidata = None
    if country is None and role is not None and (listed := _listed_with(scene, human, person)) is not None:
        country, score = listed[0].country, DESCRIBED
        evidence.append(Evidence(*listed[1], "listed", country, None, None))
        reasons.append(f"listed after {listed[0].name}")
    if country is None and (led := _led(scene, human, read)) is not None:
        country, score = led[0].country, DESCRIBED
        sector = sector or led[0].sector
        evidence.append(Evidence(*led[1], "leads", country, led[0].sector, None))
        reasons.append(f"leads {led[0].name}")
    if country is None and role in FISHERS and human.mentions:
        vessel = aboard(scene.tokens[human.mentions[0][0]])
        if vessel is not None:
            country, score = vessel.country, CONTEXT
            reasons.append(f"aboard: {vessel.reasons[-1]}")
    if country is None and role is not None and sector not in OF_NO_STATE and human.mentions:
        first_said = scene.tokens[human.mentions[0][1] - 1]
        where = setting(scene, first_said, others=other_parties(scene, first_said))
        if where is not None:
            country, score = where.country, CONTEXT
            reasons.append(f"{where.name} is the country spoken of")
    reasons.insert(0, f"“{human.name}” is a person's name")
    return Reading(
        *(human.key, name, country, sector, "person", score, tuple(reasons), title(role), wikidata, sex),
        evidence=tuple(evidence),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What one title or apposition says of a person: a role with its sector, whose it is; each perhaps None."""

    span: Span
    kind: EvidenceKind
    role: str | None
    sector: str | None
    whose: Owner | None

    def evidence(self) -> list[Evidence]:
        country = self.whose.reading.country if self.whose else None
        if country is None and self.role is None:
            return []
        return [Evidence(*self.span, self.kind, country, self.sector, title(self.role))]


def _said(scene: Scene, human: Human, read: Read) -> Iterator[_Said]:
    starts = {first for first, _ in human.mentions}
    for first, last in human.windows:
        found = scene.role_in(first, last)
        whose = _window_owner(scene, first, last, read)
        role = sector = None
        if found is not None and found.kind in ("person", "people"):
            role = found.words
            sector = "ELI" if is_past(scene, first, last) else found.sector or None
            if found.weak and sector != "ELI":
                theirs = (
                    whose.reading.sector if whose and whose.reading.key != whose.reading.country else None
                )
                sector = theirs or _body_sector(scene, first, last) or sector
        kind: EvidenceKind = "title" if last in starts else "apposition"
        if first and scene.tokens[first - 1].pos == "ADP":  # "of the electoral commission"
            kind = "member"
        whom = [
            i
            for i in range(first, last)
            if scene.tokens[i].text == "for" and scene.role_in(i + 1, last) == found
        ]
        first = whom[-1] if whom and found is not None else first  # "a spokesman for | Prime Minister"
        while first < last - 1 and scene.tokens[first].text.lower() in JOINS:
            first += 1
        while last - 1 > first and scene.tokens[last - 1].text.lower() in JOINS:
            last -= 1
        yield _Said(scene.annotation.span(first, last), kind, role, sector, whose)


def _listed_with(scene: Scene, human: Human, person: Person) -> tuple[Reading, Span] | None:
    """ "Ruritanian President X, Defense Minister Y and General Z": Y and Z are of X's country; and where X stands."""
    first, last = human.mentions[0]
    for i in range(first, last):
        token = scene.tokens[i]
        for above in scene.annotation.ancestors(token):
            if token.dep not in ("conj", "appos", "compound", "nmod"):
                break
            other = scene.human_at.get(above.i)
            if other is not None and other is not human:
                reading = person(other)
                return (reading, (above.start, above.end)) if reading.country else None
            token = above
    return None


def _led(scene: Scene, human: Human, read: Read) -> tuple[Reading, Span] | None:
    """The body that a person leads, and where it stands: "X led the Chadian delegation", "the bank, headed by X"."""
    annotation = scene.annotation
    for _, last in human.mentions:
        token = scene.tokens[last - 1]
        verb = scene.tokens[token.head]
        bodies = []
        if token.dep == "nsubj" and verb.lemma in LEADS | REPRESENTS:
            bodies = [t.i for t in annotation.children(verb, "dobj")]
        elif token.dep == "pobj" and verb.lemma == "by" and scene.tokens[verb.head].lemma in LEADS:
            clause = scene.tokens[verb.head]
            bodies = [clause.head] if clause.dep in ("acl", "relcl") else []
            bodies += [t.i for t in annotation.children(clause, "nsubjpass")]
        for clause in annotation.children(token, "relcl"):  # "X, who commands the presidential guard"
            if clause.lemma in LEADS and any(t.text == "who" for t in annotation.children(clause, "nsubj")):
                bodies += [t.i for t in annotation.children(clause, "dobj")]
        for i in bodies:
            phrase = scene.noun_phrase(i)
            found = [r for r in read(phrase) if r.country and r.kind in ("body", "people")]
            if found:
                return found[0], annotation.span(phrase.first, phrase.last)
    return None


def _body_sector(scene: Scene, first: int, last: int) -> str | None:
    """The sector of the body in a title: "spokesman for the *army*", "*police* spokesman"."""
    written = [token.text.lower() for token in scene.tokens[first:last]]  # "human rights group"
    for i in range(last - first):
        for words in (scene.lemmas[first:last], written):
            found = scene.register.role(words, i)
            if found is not None and found[0].kind == "body" and not found[0].weak and found[0].sector:
                return found[0].sector
    return None


def _window_owner(scene: Scene, first: int, last: int, read: Read) -> Owner | None:
    i = first
    while i < last:
        named = scene.named_at.get(i)
        if named is not None and named.last <= last:
            reading = name_reading(scene, named)
            if reading.country:
                return Owner(reading, f"“{scene.annotation.text[named.start : named.end]}”", MODIFIER)
        i = named.last if named is not None else i + 1
    for i in range(first, last):
        token = scene.tokens[i]
        if token.tag == "PRP$" or (
            token.pos == "NOUN" and token.lemma in ("country", "nation") and token.dep == "poss"
        ):
            found = [r for r in read(Phrase(i, i + 1, i)) if r.country]
            if found:
                return Owner(found[0], f"“{token.text}”", found[0].score)
    return None


def _sector_of(scene: Scene, words: str) -> str | None:
    parts = words.split()
    found = scene.register.role(parts, len(parts) - 1)
    return (found[0].sector or None) if found else None


def title(words: str | None) -> str | None:
    """A role as it is printed: "Foreign minister"."""
    return words[:1].upper() + words[1:] if words else None
