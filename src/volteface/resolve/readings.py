"""Reading phrases: from a noun phrase to whom it stands for, by the first of these that says something.

coordination → pronoun → person → name → a word that only counts ("dozens of …") → "the two countries" →
role noun with its owners → somebody spoken of before ("the group") → setting ("rebels", in the country the
sentence is about) → the owner of a thing ("Turkish airspace") → a bare sector → nobody.
"""

from __future__ import annotations

from dataclasses import replace

from volteface.annotate import Phrase, Token
from volteface.resolve import around, couples, pronouns
from volteface.resolve.around import ANY_BODY, OF_STATES, STATES
from volteface.resolve.bearers import Named
from volteface.resolve.introductions import FISHERS, introduced, title
from volteface.resolve.newcomers import Newcomers
from volteface.resolve.owners import Owner, name_reading, owners
from volteface.resolve.reading import (
    BARE_SECTOR,
    CONTEXT,
    DESCRIBED,
    METONYM,
    NAMED,
    OF_PHRASE,
    OWNED_THING,
    Kind,
    Reading,
    distinct,
)
from volteface.resolve.scene import HONORIFICS, Human, Scene
from volteface.resolve.sectors import DEFINITE, OF_A_STATE, Job, body_words, job
from volteface.resolve.setting import main_country, other_parties, setting
from volteface.resolve.vessels import Fleet

STRUCK = frozenset({"MIL", "REB"})
# Bodies that are in the country of those who act on them: a governing party, a city council.
AT_HOME = frozenset({"party", "company", "committee", "council", "agency", "institution"})
# What is left of those spoken of; who they are an apposition says.
REMAINDERS = frozenset({"rest", "other", "remainder", "majority", "most", "half", "all"})
# "A country that shoots at fishermen" is said of one that is not named.
ANY_STATE = frozenset({"country", "nation", "state", "neighbor", "neighbour", "ally", "enemy", "power",
                       "superpower", "rival", "foe"})  # fmt: skip
# What the register gives organisations of citizens for a country.
PRIVATE_BODIES = "NGO"
INDEFINITE = frozenset({"a", "an", "any", "no", "every", "each", "another", "some"})
# Nested phrases are followed this deep.
DEEPEST = 40


class Reader:
    """Reads the phrases of one scene, each once."""

    def __init__(self, scene: Scene, speakers: pronouns.Speakers) -> None:
        self.scene = scene
        self.speakers = speakers
        self._read: dict[Phrase, tuple[Reading, ...]] = {}
        self._people: dict[str, Reading] = {}
        self._open: set[Phrase] = set()
        self._fleet = Fleet(scene, self.read)
        self.newcomers = Newcomers(scene, self.read)

    def read(self, phrase: Phrase) -> tuple[Reading, ...]:
        """Whom a phrase stands for; several for a coordination, none where the text does not say."""
        known = self._read.get(phrase)
        if known is not None:
            return known
        if phrase in self._open or len(self._open) >= DEEPEST:
            return ()  # "its" in "the president of its ally" cannot be that president
        self._open.add(phrase)
        try:
            found = self._coordinated(phrase)
        finally:
            self._open.discard(phrase)
        self._read[phrase] = found
        return found

    def _coordinated(self, phrase: Phrase) -> tuple[Reading, ...]:
        heads = self._heads(phrase)
        if len(heads) == 1:
            return self._single(phrase)
        found: list[Reading] = []
        for number, head in enumerate(heads):
            part = self.scene.noun_phrase(head)
            first = phrase.first if number == 0 else max(part.first, heads[number - 1] + 1)
            last = min(part.last, heads[number + 1]) if number + 1 < len(heads) else phrase.last
            found.extend(self._single(Phrase(first, max(last, head + 1), head)))
        return distinct(found)

    def _heads(self, phrase: Phrase) -> list[int]:
        heads, at = [phrase.head], 0
        for child in self.scene.annotation.children(self.scene.tokens[phrase.head], "nmod", "compound"):
            if child.i >= phrase.first and self.scene.annotation.children(child, "cc"):
                named = self.scene.named_at.get(child.i)  # "North and South Korea"
                heads += (
                    [child.i]
                    if named is not None
                    and named.entry.form == "name"
                    and (phrase.head in self.scene.named_at)
                    else []
                )
        while at < len(heads):
            for child in self.scene.annotation.children(self.scene.tokens[heads[at]], "conj"):
                if phrase.first <= child.i < phrase.last and child.pos in ("NOUN", "PROPN", "PRON"):
                    heads.append(child.i)
            at += 1
        return sorted(heads)

    def _single(self, phrase: Phrase) -> tuple[Reading, ...]:
        scene, head = self.scene, self.scene.tokens[phrase.head]
        if pronouns.is_pronoun(head):
            return pronouns.resolve(scene, head, self.read, self.speakers)
        human = scene.human_at.get(phrase.head) or self._apposed(phrase)
        if human is not None:
            return (self._person(human),)
        named = scene.named_at.get(phrase.head)
        if named is not None and (found := self._name(phrase, named)):
            return found
        if head.lemma in REMAINDERS | couples.PEERS:  # "the rest, all Russians,", "its neighbour, Chad,"
            for child in scene.annotation.children(head, "appos"):
                beside = scene.named_at.get(child.i)
                if beside is not None and (found := self._name(scene.noun_phrase(child.i), beside)):
                    return found
        if (ship := self._fleet.named(head)) is not None:
            return (ship,)
        if couples.is_pair(scene, phrase) and (found := couples.pair(scene, phrase, self.read)):
            return found
        if (head.lemma in scene.register.transparent or head.pos == "NUM") and (
            found := self._counted(phrase, head)
        ):
            return found
        return self.newcomers.explained(phrase) or self.newcomers.named(phrase, self._described(phrase, head))

    def _apposed(self, phrase: Phrase) -> Human | None:
        """The person a title introduces: "the president, Ada Quill" with "president" as the head."""
        for child in self.scene.annotation.children(self.scene.tokens[phrase.head], "appos"):
            human = self.scene.human_at.get(child.i)
            if human is not None and child.i < phrase.last:
                return human
        return None

    # --- people -------------------------------------------------------------------------------------------

    def _person(self, human: Human) -> Reading:
        known = self._people.get(human.key) or self.newcomers.called(human.words)
        if known is None:
            # while it is being read, the person has no country: titles may mention people too
            self._people[human.key] = Reading(
                human.key, human.name, None, None, "person", 0.5, (), sex=human.sex
            )
            known = introduced(self.scene, human, self.read, self._person, self._fleet.of_fishers)
            known = self._people[human.key] = self.scene.corrected(known)
        return known

    # --- names --------------------------------------------------------------------------------------------

    def _name(self, phrase: Phrase, named: Named) -> tuple[Reading, ...]:
        scene, entry = self.scene, named.entry
        if entry.form != "organisation" and scene.is_game(scene.tokens[phrase.head].sentence):
            return ()
        reading = name_reading(scene, named)
        why = reading.reasons
        if entry.form in ("name", "region"):
            return (replace(reading, score=NAMED),)
        if entry.form == "capital":
            reason = f"{entry.name}'s capital, for its government"
            return (replace(reading, score=METONYM, reasons=(*why, reason)),)
        if entry.form in ("demonym", "people") or entry.people:
            return self._nationals(phrase, named, reading)
        if entry.generic or entry.country == PRIVATE_BODIES:  # "Kuwait's Red Crescent"
            whose = [o for o in owners(scene, replace_head(phrase, named), self.read) if o.reading.country]
            if whose:
                country = whose[0].reading.country
                return (self._at_home(reading, country, named, f"{whose[0].how} says whose"),)
            top = main_country(scene)
            if entry.generic and top is not None and entry.country not in scene.countries:
                return (self._at_home(reading, top, named, "the country the document is about"),)
        return (replace(reading, score=NAMED),)

    def _at_home(self, reading: Reading, country: str | None, named: Named, reason: str) -> Reading:
        """A body that many countries have (a Senate), in this one."""
        name = f"{self.scene.register.country_name(country)}: {named.entry.name}"
        return replace(
            reading,
            key=f"{country}/{named.entry.name}",
            name=name,
            country=country,
            score=OF_PHRASE,
            reasons=(*reading.reasons, reason),
        )

    def _nationals(self, phrase: Phrase, named: Named, reading: Reading) -> tuple[Reading, ...]:
        """A people or a demonym as the head: "the French", "Americans", "ethnic Chechens", "a Russian"."""
        scene, head = self.scene, self.scene.tokens[phrase.head]
        country = reading.country
        reasons = reading.reasons
        score = NAMED
        if country is None:
            whose = [o for o in owners(scene, replace_head(phrase, named), self.read) if o.reading.country]
            if whose:
                country, score = whose[0].reading.country, whose[0].score
                reasons = (*reasons, f"{whose[0].how} says where")
        plural = head.tag in ("NNS", "NNPS") or scene.tokens[phrase.first].text.lower() == "the"
        official = named.entry.form == "demonym" and head.pos != "NOUN" and plural
        # "the Americans" lead a coalition as a state does; "ethnic Chechens" and "a Russian" are people
        sector = "GOV" if official else reading.sector or "CVL"
        if named.entry.form == "people" and plural and scene.tokens[phrase.first].text.lower() == "the":
            sector = "GOV"
        kind: Kind = "people" if plural else "person"
        key = country if sector == "GOV" else f"{country}/CVL/{named.entry.name}"
        name = reading.name if key == country else scene.annotation.text[named.start : named.end]
        return (
            replace(
                reading,
                key=key,
                name=name,
                country=country,
                sector=sector,
                kind=kind,
                score=score,
                reasons=reasons,
                plural=plural,
            ),
        )

    # --- descriptions -------------------------------------------------------------------------------------

    def _counted(self, phrase: Phrase, head: Token) -> tuple[Reading, ...]:
        """ "dozens of protesters", "members of the council": who is counted."""
        annotation = self.scene.annotation
        if head.lemma == "member":  # "another member of the alliance, Ruritania"
            for i in range(head.i + 1, min(phrase.last + 2, len(self.scene.tokens))):
                token = self.scene.tokens[i]
                if token.dep == "appos" and i in self.scene.named_at and head.i <= token.head < i:
                    return self.read(self.scene.noun_phrase(i))
        for prep in annotation.children(head, "prep"):
            if prep.lemma != "of":
                continue
            for pobj in annotation.children(prep, "pobj"):
                inner = self.scene.noun_phrase(pobj.i)
                if pobj.i < phrase.last or head.pos == "NUM":
                    last = max(
                        [
                            inner.last,
                            *(self.scene.noun_phrase(c.i).last for c in annotation.coordinated(pobj)),
                        ]
                    )
                    found = self.read(
                        Phrase(inner.first, min(last, max(phrase.last, inner.last)), inner.head)
                    )
                    return tuple(r.because(f"“{head.text} of” it", r.score) for r in found)
        if head.pos == "NUM" and head.entity == "CARDINAL" and head.dep in ("dobj", "nsubjpass", "nsubj"):
            return (
                Reading(
                    None, head.text, None, "CVL", "people", BARE_SECTOR, ("a count of people",), plural=True
                ),
            )
        return ()

    def _described(self, phrase: Phrase, head: Token) -> tuple[Reading, ...]:
        scene = self.scene
        if around.is_nobody(scene, phrase, head):
            return ()
        work = job(scene, phrase)
        deed = work is None or work.deed
        whose = owners(scene, phrase, self.read, actor=not deed) or self._vessel_before(phrase, head)
        if whose and (work is None or (work.kind == "thing" and work.weak)):
            return distinct([self._owned(phrase, owner) for owner in whose])
        if work is None:
            return tuple(map(self.newcomers.reading, around.unknown_organisation(scene, head)))
        if whose and not any(o.reading.country for o in whose) and work.sector in OF_A_STATE:
            # "Kurdish forces": a people without a state, in some country
            where = setting(scene, head)
            if where is not None and whose[0].reading.kind == "people":
                whose = [Owner(where, f"{whose[0].how}, spoken of in {where.name}", CONTEXT)]
        if whose:
            return distinct([self._holding(phrase, head, work, owner) for owner in whose])
        if head.lemma in ANY_STATE and scene.tokens[phrase.first].text.lower() in INDEFINITE:
            return ()
        if afloat := self._afloat(phrase, head, work):
            return afloat
        if work.kind == "thing":
            return ()
        if work.particular and (found := self._spoken_of(phrase, head, work)):
            return found
        if work.sector in OF_A_STATE and not (head.lemma in OF_STATES and not work.particular):
            if self.scene.annotation.children(head, "poss"):
                return ()  # somebody's, and it is not known whose
            if sender := around.sender(scene, head, self.read):
                return distinct([self._holding(phrase, head, work, owner) for owner in sender])
            struck = work.sector in STRUCK or head.lemma in ANY_BODY - AT_HOME
            acting = around.acting_on(scene, head, self.read) if struck else set()
            where = setting(scene, head, acting=acting, others=other_parties(scene, head))
            if where is not None:
                owner = Owner(where, f"{where.name} is the country spoken of", CONTEXT)
                return (self._holding(phrase, head, work, owner),)
        if work.sector is None or (work.weak and work.sector == "GOV" and work.kind == "body"):
            return tuple(map(self.newcomers.reading, around.unknown_organisation(scene, head)))
        if counted := around.same_number(scene, phrase, head, self.read):
            return counted
        kind: Kind = "person" if work.kind == "person" else "people"
        name = around.text_of(self.scene, phrase)
        return (
            Reading(
                None,
                name,
                None,
                work.sector,
                kind,
                BARE_SECTOR,
                work.reasons,
                plural=self._plural(head, work),
            ),
        )

    def _afloat(self, phrase: Phrase, head: Token, work: Job) -> tuple[Reading, ...]:
        """ "The ship", "the crew", "the fishermen": of the vessel spoken of before."""
        scene = self.scene
        if scene.tokens[phrase.first].text.lower() not in DEFINITE or not self._fleet:
            return ()
        acting = around.acting_on(scene, head, self.read) if head.dep == "dobj" else set()
        barring = frozenset(code for code in acting if code)
        if scene.lemmas[head.i] in scene.register.craft:
            found = self._fleet.spoken_of(head, work.sector, barring=barring)
            return (found,) if found is not None else ()
        if work.words in scene.register.aboard:
            vessel = (
                self._fleet.of_fishers(head)
                if work.words in FISHERS
                else self._fleet.of_crew(head, barring=barring)
            )
            if vessel is not None:
                owner = Owner(vessel, vessel.reasons[-1], CONTEXT)
                return (self._holding(phrase, head, work, owner),)
        return ()

    def _vessel_before(self, phrase: Phrase, head: Token) -> list[Owner]:
        """ "The Elin crew": a vessel's name among the modifiers."""
        for child in self.scene.annotation.children(head, "compound", "nmod"):
            vessel = self._fleet.named(child) if phrase.first <= child.i < head.i else None
            if vessel is not None:
                return [Owner(vessel, f"modifier “{child.text}”", OF_PHRASE)]
        return []

    def _owned(self, phrase: Phrase, owner: Owner) -> Reading:
        """Something that is no actor itself: it stands for whom it belongs to."""
        reason = f"“{around.text_of(self.scene, phrase)}” belongs to {owner.reading.name}: {owner.how}"
        reading = owner.reading
        return replace(reading.because(reason, OWNED_THING), kind="thing")

    def _holding(self, phrase: Phrase, head: Token, work: Job, owner: Owner) -> Reading:
        """A role with its owner: whose president, whose troops, whose rebels."""
        theirs = owner.reading
        sector = work.sector
        body = (
            theirs.key != theirs.country
            and theirs.kind in ("body", "people")
            and theirs.sector not in (None, "CVL")
        )
        if body and (work.weak or sector in (None, "CVL", "REB")):
            sector = theirs.sector
        if sector is None:
            sector = theirs.sector if work.kind == "thing" or body else None
        if theirs.kind == "thing" and theirs.sector == "MIL" and work.words in self.scene.register.aboard:
            sector = "MIL"
        reasons = (*theirs.reasons, owner.how, *work.reasons)
        if head.lemma in STATES and work.kind == "body" and theirs.kind in ("state", "person"):
            return replace(pronouns.state(self.scene, theirs), score=owner.score, reasons=reasons)
        if work.kind == "person" and work.particular and (person := self._holder_of(work, theirs, head)):
            return person.because(
                f"“{around.text_of(self.scene, phrase)}” before is {person.name}", DESCRIBED
            )
        if body and head.lemma in ANY_BODY:
            return replace(theirs, sector=sector, score=owner.score, reasons=reasons)
        plural = self._plural(head, work)
        kind: Kind = work.kind
        return Reading(
            key=f"{theirs.country or theirs.key}/{sector}/{body_words(work.words) if kind == 'body' else head.lemma}",
            name=self._group_name(phrase, theirs),
            country=theirs.country,
            sector=sector,
            kind="people" if kind == "person" and plural else kind,
            score=round(owner.score, 2),
            reasons=reasons,
            role=title(work.words) if kind == "person" and not plural else None,
            plural=plural and kind != "body",
        )

    def _holder_of(self, work: Job, theirs: Reading, head: Token) -> Reading | None:
        """The person of that country who was introduced with that role: "the Russian president"."""
        if self._plural(head, work):
            return None
        for _, human in self.scene.people_before(head.i):
            person = self._person(human)
            if person.country == theirs.country and person.role and _same_role(person.role, work.words):
                return person
        return None

    def _spoken_of(self, phrase: Phrase, head: Token, work: Job) -> tuple[Reading, ...]:
        """ "the group", "the ministry", "the president": somebody spoken of before."""
        scene = self.scene
        if work.words in scene.register.international and (office := self._international(phrase, head, work)):
            return office
        if work.kind == "person" and not self._plural(head, work):
            speaking = {r.key for r in pronouns.speaker(scene, head, self.read, self.speakers)}
            addressed = scene.quote_of[head.i] and scene.lemmas[phrase.first] in HONORIFICS
            before = scene.people_before(phrase.first)
            if addressed:
                before = sorted(before, key=lambda pair: -self._recent(pair[0], pair[1], phrase.first))
            for _, human in before:
                if human.key not in speaking:
                    person = self._person(human)
                    if person.role and _same_role(person.role, work.words):
                        return (
                            person.because(
                                f"“{around.text_of(self.scene, phrase)}” before is {person.name}", DESCRIBED
                            ),
                        )
            return ()
        if head.lemma in ("alliance", "bloc") and (body := around.body_before(scene, phrase, head)):
            return body
        # "X has backed rebels in the country's east": not X's
        subject = head.dep in ("nsubj", "nsubjpass") or head.lemma not in STATES
        barred = set(other_parties(scene, head)) if subject else around.acting_on(scene, head, self.read)
        for candidate, _ in pronouns.candidates(scene.annotation, scene.tokens[phrase.first]):
            for reading in self.read(scene.noun_phrase(candidate.i)):
                if reading.country in barred:
                    continue
                if reading.key is not None and around.answers(scene, reading, candidate, head, work):
                    found = pronouns.state(scene, reading) if head.lemma in STATES else reading
                    return (
                        found.because(
                            f"“{around.text_of(self.scene, phrase)}” is {found.name} before", DESCRIBED
                        ),
                    )
        return ()

    def _international(self, phrase: Phrase, head: Token, work: Job) -> tuple[Reading, ...]:
        """ "The secretary-general": of the organisation of states named last."""
        for back in range(pronouns.SENTENCES_BACK + 1):
            for named in reversed(self.scene.names_in(head.sentence - back)):
                if named.last <= head.i and named.entry.country in ("UNO", "IGO", "EUR"):
                    theirs = name_reading(self.scene, named)
                    owner = Owner(theirs, f"{theirs.name} is spoken of", DESCRIBED)
                    return (replace(self._holding(phrase, head, work, owner), sector=work.sector),)
        return ()

    def _recent(self, last: int, human: Human, token: int) -> int:
        """Where a person or their country was last named before a token: "Mr. President" in a speech is the
        president of the country the speech has just named."""
        country = self._person(human).country
        number = self.scene.tokens[token].sentence
        names = [n for back in range(3) for n in self.scene.names_in(number - back) if n.last <= token]
        return max([last, *(n.first for n in names if country and n.entry.country == country)])

    # --- setting ------------------------------------------------------------------------------------------

    # --- words --------------------------------------------------------------------------------------------

    def _plural(self, head: Token, work: Job) -> bool:
        return work.kind == "people" or head.tag in ("NNS", "NNPS")

    def _group_name(self, phrase: Phrase, theirs: Reading) -> str:
        """ "Turkish military" for "the Turkish military"; "Turkey: military" for "whose military"."""
        head = self.scene.tokens[phrase.head].text
        own = any(i in self.scene.named_at for i in range(phrase.first, phrase.last))
        text = around.text_of(self.scene, phrase)
        first, _, rest = text.partition(" ")
        if own:
            return rest if first.lower() in ("the", "a", "an") and rest else text
        return f"{self.scene.register.country_name(theirs.country) or theirs.name}: {head}"


def replace_head(phrase: Phrase, named: Named) -> Phrase:
    """The phrase with the whole name as its head, so that only what stands before it modifies it."""
    return Phrase(min(phrase.first, named.first), phrase.last, named.first)


def _same_role(one: str, other: str) -> bool:
    """ "the minister" is the Foreign Minister; "the leader" is whoever leads."""
    one, other = one.lower(), other.lower()
    heads = one.split()[-1], other.split()[-1]
    leaders = ("president", "premier", "chancellor", "king", "emir", "ruler", "leader", "chief")
    return one == other or (heads[0] == heads[1] and (" " not in one or " " not in other)) or (
        other == "leader" and (heads[0] in leaders or one == "prime minister")
    )  # fmt: skip
