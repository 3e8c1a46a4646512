"""What a document names outright: register names on tokens, and its people with what the text calls them.

A `Scene` is what every later step of resolution looks at; it holds no guesses about pronouns or descriptions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from volteface.annotate import Annotation, Mention, Phrase, Token, noun_phrase
from volteface.records import NO_CORRECTIONS, Corrections, Place
from volteface.resolve.bearers import Named, settle
from volteface.resolve.corrections import corrected
from volteface.resolve.holders import in_office, likeliest
from volteface.resolve.names import REGNAL, may_be, same_person, strong_words
from volteface.resolve.namesakes import elsewhere, halves
from volteface.resolve.reading import Reading
from volteface.resolve.register import Entry, Holder, Register, Role, Sex
from volteface.resolve.windows import appositions, origin, title_start

# Words that stand before a name and say only how to address somebody.
HONORIFICS: dict[str, Sex] = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "mrs": "f", "mrs.": "f",
    "ms": "f", "ms.": "f", "miss": "f", "madam": "f", "madame": "f", "lady": "f", "queen": "f",
    "princess": "f", "dr": "", "dr.": "", "prof.": "", "rev.": "", "gen.": "", "col.": "", "capt.": "",
    "sen.": "", "rep.": "", "gov.": "",
}  # fmt: skip
# Abbreviated titles and the role they stand for.
ABBREVIATED = {
    "gen.": "general", "col.": "colonel", "capt.": "captain", "lt.": "lieutenant", "sgt.": "sergeant",
    "sen.": "senator", "rep.": "congressman", "gov.": "governor", "maj.": "major", "adm.": "admiral",
}  # fmt: skip
# Words that no name ends with.
PARTICLES = frozenset({"Le", "La", "Du", "De", "de", "du", "del", "della", "di", "da", "dos", "van", "von", "der",
                       "den", "ter", "ten", "bin", "ibn", "Van", "Von", "Bin", "Del", "Der"})  # fmt: skip
# What a name before it says the owner or ruler of ("the Quill government", "the Taliban army"), and who is called by
# the name of what they are in ("Taliban insurgents").
OF_A_GOVERNMENT = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
IN_A_BODY = frozenset({"REB", "PRM", "CRM", "UAF"})
# Mentions of people looked back over for "the president", and namesakes compared: bounds, far above any
# article.
PEOPLE_BACK = 200
SAME_WORD = 20
LOCATIVES = frozenset(
    {"in", "at", "from", "near", "over", "across", "inside", "throughout", "around", "outside", "within"}
)


@dataclass(slots=True, eq=False)
class Human:
    """A person of the document and all the places that name them. `windows`: token ranges that say who
    they are."""

    key: str
    words: list[str]
    holder: Holder | None = None
    sex: Sex = ""
    mentions: list[tuple[int, int]] = field(default_factory=list)
    windows: list[tuple[int, int]] = field(default_factory=list)
    regnal: bool = False

    @property
    def name(self) -> str:
        """The fullest name the document gives."""
        return " ".join(self.words).replace(" - ", "-")


class Scene:
    """Names and people of one annotation. `places`, where given, tell the country of towns the register
    lacks."""

    def __init__(
        self,
        annotation: Annotation,
        register: Register,
        *,
        published: str | None,
        places: Sequence[Place] = (),
        corrections: Corrections = NO_CORRECTIONS,
    ) -> None:
        self._corrections = corrections
        self.annotation = annotation
        self.register = register
        self.published = published
        self.tokens = annotation.tokens
        self.lemmas = [_lemma(token) for token in annotation.tokens]
        self.quote_of = _quotes(annotation)
        self._starts = {token.start: token.i for token in annotation.tokens}
        self.mention_at: dict[int, Mention] = {
            i: mention for mention in annotation.mentions for i in range(mention.first, mention.last)
        }
        self.people: list[Human] = []
        self.human_at: dict[int, Human] = {}
        self.titled: dict[int, Human] = {}
        self._by_word: dict[str, list[Human]] = {}
        self.named: list[Named] = []
        self._named_in: dict[int, list[Named]] = {}
        self.named_at: dict[int, Named] = {}
        found = self._find_names()
        self._around = {named.entry.country for named in found if named.entry.form != "organisation"}
        self._find_people(found)
        self._keep_names(found, places)
        self.countries = self._weigh()
        self._phrases: dict[int, Phrase] = {}
        self._games: dict[int, bool] = {}

    def corrected(self, reading: Reading) -> Reading:
        """The reading as a person decided it."""
        return corrected(reading, self._corrections, self.register)

    def noun_phrase(self, head: int) -> Phrase:
        """`annotate.noun_phrase`, each computed once."""
        found = self._phrases.get(head)
        if found is None:
            found = self._phrases[head] = noun_phrase(self.annotation, head)
        return found

    def names_in(self, sentence: int) -> list[Named]:
        """The register names of one sentence, in text order."""
        return self._named_in.get(sentence, [])

    def is_game(self, sentence: int) -> bool:
        """Whether a sentence tells of a game, where countries are teams."""
        found = self._games.get(sentence)
        if found is None:
            s = self.annotation.sentences[sentence]
            text = self.annotation.text[s.start : s.end]
            found = self._games[sentence] = self.register.is_game(text, self.lemmas[s.first : s.last])
        return found

    def people_before(self, token: int) -> list[tuple[int, Human]]:
        """People named before a token, the latest first, with where they were last named."""
        found: dict[int, int] = {}
        end = bisect_left(self._said, (token, -1))
        for first, number in reversed(self._said[max(0, end - PEOPLE_BACK) : end]):
            found.setdefault(number, first)
        return [(first, self.people[number]) for number, first in found.items()]

    def _weigh(self) -> Counter[str]:
        """How much the document is about each country: a demonym counts 1, a name 2, a place of something
        4."""
        weights: Counter[str] = Counter()
        for named in self.named:
            if named.entry.country and named.entry.form not in ("organisation", "trap"):
                demonym = named.entry.form in ("demonym", "people")
                weights[named.entry.country] += 4 if self.is_locative(named) else 1 if demonym else 2
        return weights

    def _find_names(self) -> list[Named]:
        found = []
        for (start, end), entry in self.register.names(self.annotation.text):
            tokens = self._covering(start, end)
            if tokens is not None:
                found.append(Named(start, end, *tokens, entry))
        return settle(found, self.annotation, self.register, year=int((self.published or "0")[:4]))

    def _covering(self, start: int, end: int) -> tuple[int, int] | None:
        """Token range that overlaps characters `[start, end)`, or None between blocks."""
        first = self._starts.get(start)
        if first is None:
            first = self.annotation.token_from(start)
        if first >= len(self.tokens) or self.tokens[first].start >= end:
            return None
        last = first + 1
        while last < len(self.tokens) and self.tokens[last].start < end:
            last += 1
        return first, last

    def _find_people(self, names: list[Named]) -> None:
        covered = {i: n for n in names for i in range(n.first, n.last)}
        for mention in self.annotation.mentions:
            if mention.label == "PERSON" or self._is_holder(mention):
                self._add_person(mention, covered)
        for token in self.tokens:
            if token.text in self.register.first_names and token.i not in self.human_at:
                self._add_full_name(token)
            self._add_introduced(token, covered)
        for name in names:
            token, before = self.tokens[name.first], self.tokens[max(0, name.first - 1)]
            given = before.text in self.register.sexes and before.head == token.i and before.dep == "compound"
            if given and name.last == token.i + 1 and not {before.i, token.i} & set(self.human_at):
                self._place(self._human([before.text, token.text]), before.i, token.i + 1)  # "Cyrus France"
        # The tagger misses some: any capitalised word that is the last name of somebody already named.
        surnames = {h.words[-1]: h for h in self.people if len(h.words) > 1 and len(h.words[-1]) > 2}
        for token in self.tokens:
            human = surnames.get(token.text)
            if human is None and token.pos in ("PROPN", "NOUN") and token.i not in covered:
                human = self._known_by_surname(token)
            if human is not None and token.i not in self.human_at and token.i not in covered:
                self._place(human, token.i, token.i + 1)
        self._bind_namesakes(covered)

    def _bind_namesakes(self, covered: dict[int, Named]) -> None:
        """Give lone surnames that say too little to whoever of that name is in office, by title and country."""
        for human in self.people:
            if len(human.words) > 1 or (human.holder and human.holder.holds(self.published)):
                continue
            inside = [i for window in human.windows for i in range(*window)]
            roles = [role for window in human.windows if (role := self.role_in(*window)) is not None]
            found = in_office(
                self.register.namesakes(human.words[0]),
                self.published,
                titles=[role.words for role in roles],
                owners={named.entry.country for i in inside if (named := covered.get(i)) is not None},
                around=self._around,
            )
            if found is not None:
                human.holder, human.sex = found, found.person.sex

    def _add_full_name(self, token: Token) -> None:
        """A full name of the register that the tagger did not mark: "Theresa May" at the start of a
        sentence."""
        for last in range(min(token.i + 6, len(self.tokens)), token.i + 1, -1):
            text = self.annotation.text[token.start : self.tokens[last - 1].end]
            if self.tokens[last - 1].sentence == token.sentence and self.register.holders(text):
                self._place(self._human([t.text for t in self.tokens[token.i : last]]), token.i, last)
                return

    def _is_holder(self, mention: Mention) -> bool:
        text = self.annotation.text[mention.start : mention.end]
        return mention.label in ("ORG", "GPE", "NORP", "PRODUCT", "WORK_OF_ART", "FAC", "LOC") and bool(
            self.register.holders(text)
        )

    def _add_introduced(self, child: Token, covered: dict[int, Named]) -> None:
        """A name that the tagger took for none, or for an organisation's, and of which a word in apposition
        says that it is a human being's: "Ada Moor, a judge"."""
        head = self.tokens[child.head]
        found = (
            self.register.role(self.lemmas, child.i) if child.dep == "appos" and child.tag == "NN" else None
        )
        if head.i >= child.i or head.pos != "PROPN" or found is None or found[0].kind != "person":
            return
        first = head.i
        while first and (token := self.tokens[first - 1]).pos == "PROPN" and token.head == head.i:
            first -= 1
        while first < head.i and (self.lemmas[first] in HONORIFICS or self._title_at(first, head.i)):
            first += 1
        words = range(first, head.i + 1)
        if len(words) > 1 and not any(i in covered or i in self.human_at for i in words):
            self._place(self._human([self.tokens[i].text for i in words]), first, head.i + 1)

    def _known_by_surname(self, token: Token) -> Human | None:
        """A lone "Putin" that no mention covers."""
        if token.i in self.mention_at and self.mention_at[token.i].last - self.mention_at[token.i].first > 1:
            return None
        before, after = self.tokens[max(0, token.i - 1)], self.tokens[min(len(self.tokens) - 1, token.i + 1)]
        if any(
            t.i != token.i and t.pos == "PROPN" and t.dep == "compound" and t.head == token.i
            for t in (before, after)
            if self.register.role([self.lemmas[t.i].lower()], 0) is None  # "General Musharraf"
        ):
            return None
        holder = self._holder([token.text])
        if holder is None and token.dep == "nsubj" and token.pos == "PROPN":
            leaders = self.register.namesakes(token.text)
            holder = in_office(leaders, self.published, titles=(), owners=(), around=self._around)
            holder = holder if holder is not None and holder.code in self._around else None  # "Brown flew to"
        if holder is None or (token.pos == "NOUN" and not holder.holds(self.published)):
            return (
                None  # "Trump", taken for a common noun where a sentence begins with it, is who is in office
            )
        return self._human([token.text])

    def _add_person(self, mention: Mention, covered: dict[int, Named]) -> None:
        first, last = self._trim(mention, covered)
        if first >= last:
            return
        words = [self.tokens[k].text for k in range(first, last)]
        named = covered.get(first)
        whole = named is not None and named.last >= last and (named.entry.form != "trap" or len(words) == 1)
        if whole and not self._namesake(words[-1]):
            return  # "Jordan" alone is the country, until a full name says otherwise
        final = covered.get(last - 1)
        if final is not None and final.entry.form in ("demonym", "people") and not self._holder(words):
            return  # "Jailed Belarusian" of "Jailed Belarusian journalists"
        if len(words) == 1 and self.register.role(self.lemmas[first:last], 0) is not None:
            return  # a title without a name
        if first and self.lemmas[first - 1] in self.register.craft:
            return  # "the trawler Elin"
        if (len(words) == 1 and self._is_vessel(first)) or self._is_body(first, last):
            return
        self._place(
            self._human(words, regnal=first > 0 and self.lemmas[first - 1].lower() in REGNAL), first, last
        )

    def _is_vessel(self, first: int) -> bool:
        """ "The Elin", where ships are spoken of, is no person, unless one of that name is known."""
        token = self.tokens[first]
        return (
            first > 0
            and not self.register.craft.isdisjoint(self.lemmas)
            and self.tokens[first - 1].text.lower() == "the"
            and token.dep not in ("compound", "nmod", "poss")
            and not self._namesake(token.text)
            and self._holder([token.text]) is None
        )

    def _is_body(self, first: int, last: int) -> bool:
        """Whether a noun beside a name that the tagger took for a person's says that it is a body's: "the militant
        group Jund al-Qamar", "the Aurora party"; "the Quill government" is a person's all the same."""
        head = self.tokens[last - 1]
        above = self.tokens[head.head]
        beside = (head.dep == "appos" and above.i == first - 1) or (
            head.dep == "compound" and above.i == last and last - first == 1 and not self._namesake(head.text)
        )
        role = self.register.role(self.lemmas, above.i) if beside and above.pos == "NOUN" else None
        if role is None or role[0].sector in OF_A_GOVERNMENT:
            return False
        if role[0].kind != "body" and not (role[0].sector in IN_A_BODY and above.text != above.lemma):
            return False
        return self._holder([token.text for token in self.tokens[first:last]]) is None

    def _is_fronted(self, first: int) -> bool:
        """`Rejecting Chad's demand, …`: a participle whose capital is that of the sentence."""
        token = self.tokens[first]
        return token.tag in ("VBG", "VBN") and self.annotation.sentences[token.sentence].first == first

    def _trim(self, mention: Mention, covered: dict[int, Named]) -> tuple[int, int]:
        """A personal name without the titles, demonyms and possessive marks the tagger put into it."""
        first, last = mention.first, mention.last
        while (
            self.tokens[last - 1].text in PARTICLES
            and self.tokens[min(last, len(self.tokens) - 1)].pos == "PROPN"
        ):
            last += 1  # "Jean-Yves Le | Drian"
        while last > first and (
            self.tokens[last - 1].text in ("'s", "’s", "’", ",", "]") or not _wordy(self.tokens[last - 1])
        ):
            last -= 1
        while first < last - 1:
            named = covered.get(first)
            title = self.lemmas[first] in HONORIFICS or self._title_at(first, last - 1)
            if (
                named is not None
                and named.entry.form in ("demonym", "name", "seat", "organisation")
                and named.last < last
                and not self._is_given(first, last, mention)
            ):
                first = named.last
            elif title or not _wordy(self.tokens[first]) or self._is_fronted(first):
                first += 1
            else:
                break
        return self._with_first_name(first), last

    def _with_first_name(self, first: int) -> int:
        """A name from the first name on that the tagger left out: "President Moses | Phiri"."""
        before = self.tokens[first - 1]
        if first < 2 or before.pos != "PROPN" or before.dep != "compound" or before.entity:
            return first
        if before.sentence != self.tokens[first].sentence or self.register.role([self.lemmas[first - 1]], 0):
            return first
        titled = self.register.role([self.lemmas[first - 2]], 0)
        return first - 1 if titled or before.text in self.register.sexes else first

    def _is_given(self, first: int, last: int, mention: Mention) -> bool:
        """ "Chad Whitlock": the name of a country as a first name, with a surname after it."""
        given = mention.label == "PERSON" and self.tokens[first].text in self.register.sexes
        return given and not self._title_at(first + 1, last)

    def _title_at(self, first: int, last: int) -> bool:
        """Whether a title of up to three words begins here: "Crown Prince"."""
        ends = range(first, min(first + 3, last))
        return any(
            (found := self.register.role(self.lemmas[first : i + 1], i - first)) is not None and found[1] == 0
            for i in ends
        )

    def _namesake(self, word: str) -> bool:
        return any(len(human.words) > 1 for human in self._by_word.get(word, ()))

    def _human(self, words: list[str], *, regnal: bool = False) -> Human:
        """The person of this name: one the document already has, or a new one, known to the register or
        not. `regnal`: a king's or a pope's, which is nobody's surname."""
        strong = strong_words(words)
        near = {id(human): human for word in strong for human in self._by_word.get(word, ())[-SAME_WORD:]}
        for human in reversed(list(near.values())):
            crowned = regnal != human.regnal and max(len(human.words), len(words)) > 1
            if crowned and min(len(human.words), len(words)) == 1 and human.words[-1] == words[-1]:
                continue  # King Abdullah is not Abdullah Abdullah
            if same_person(human.words, words):
                if len(words) > len(human.words):
                    human.words = words
                    human.sex = human.sex or self._sex(words)
                    self._index(human)
                    if human.holder and not may_be(human.holder.person.name, words):
                        human.holder = None
                human.holder = human.holder or self._holder(human.words)
                return human
        holder = self._holder(words)
        sex: Sex = holder.person.sex if holder else self._sex(words)
        human = Human(f"person:{' '.join(words)}", words, holder, sex, regnal=regnal)
        self.people.append(human)
        self._index(human)
        return human

    def _sex(self, words: list[str]) -> Sex:
        """What the first of several names tells."""
        return self.register.sexes.get(words[0], "") if len(words) > 1 else ""

    def _index(self, human: Human) -> None:
        for word in human.words:
            same = self._by_word.setdefault(word, [])
            if human not in same:
                same.append(human)

    def _holder(self, words: list[str]) -> Holder | None:
        """The office holder of this name on the day of publication, see `holders.likeliest`."""
        found = self.register.holders(" ".join(words).replace(" - ", "-"))
        alone = len(strong_words(words)) == 1
        if alone and found and not any(h.code in self._around for h in found):
            # the Saleh of Sanaa is not the one of Asmara
            found += tuple(h for h in self.register.namesakes(words[-1]) if h.code in self._around)
        return likeliest(found, self.published, alone=alone, around=self._around)

    def _place(self, human: Human, first: int, last: int) -> None:
        human.mentions.append((first, last))
        for i in range(first, last):
            self.human_at[i] = human
        honorific = HONORIFICS.get(self.lemmas[first - 1]) if first else None
        human.sex = human.sex or (honorific or "")
        start = title_start(self.annotation, self.register, self.lemmas, self.human_at, first)
        if start < first:
            human.windows.append((start, first))
        nouns, windows = appositions(self.annotation, self.human_at, first, last)
        human.windows.extend([*windows, *origin(self.annotation, first, last)])
        for noun in nouns:
            self.titled.setdefault(noun, human)

    def _keep_names(self, found: list[Named], places: Sequence[Place]) -> None:
        """Drop names that are part of a person's or mean another thing; add the places the gazetteer
        knows."""
        words = {token.text for token in self.tokens}
        placed = {place.start: place for place in places}
        peoples = {n.first: n.entry.country for n in found if n.entry.form == "demonym" and n.entry.country}
        for named in found:
            entry = named.entry
            other = elsewhere(self.annotation, named.first, named.last, entry, placed, peoples)
            if other is not None:
                self._note(replace(named, entry=other))
                continue
            if entry.form == "trap" or any(i in self.human_at for i in range(named.first, named.last)):
                continue
            if (
                entry.country
                and words & set(self.register.unless.get(entry.country, ()))
                and entry.form != "capital"
            ):
                continue
            self._note(named)
        for i, entry in halves(self.annotation, [n.entry.country for n in self.named]):
            self._note(Named(self.tokens[i].start, self.tokens[i].end, i, i + 1, entry))
        for place in places:
            tokens = self._covering(place.start, place.end)
            if tokens is None or place.country is None:
                continue
            if not any(i in self.named_at or i in self.human_at for i in range(*tokens)):
                entry = Entry(place.country, place.name, "region", place.country, None)
                self._note(Named(place.start, place.end, *tokens, entry))
        self.named.sort(key=lambda n: n.first)
        for named in self.named:
            self._named_in.setdefault(self.tokens[named.first].sentence, []).append(named)
        self._said = sorted((first, n) for n, human in enumerate(self.people) for first, _ in human.mentions)

    def _note(self, named: Named) -> None:
        self.named.append(named)
        for i in range(named.first, named.last):
            self.named_at.setdefault(i, named)

    def is_locative(self, named: Named) -> bool:
        """Whether a name only says where: "in Syria", "over Egypt's Sinai"."""
        head = self.tokens[named.last - 1]
        for i in range(named.first, named.last):
            if not named.first <= self.tokens[i].head < named.last:
                head = self.tokens[i]
        return head.dep == "pobj" and self.tokens[head.head].lemma in LOCATIVES

    def role_in(self, first: int, last: int) -> Role | None:
        """The role a title or apposition names: the last one in the range, the longest at that place; that of
        a human being rather than of the body it is in ("a spokesman for the army")."""
        lemmas = self.lemmas
        body: Role | None = None
        for i in range(first, last):
            if (long := self.register.role_from(lemmas[:last], i)) is not None:
                return long
        for i in range(last - 1, first - 1, -1):
            if (found := self.register.role(lemmas[first:last], i - first)) is not None:
                if self.tokens[i].pos == "ADJ" and " " not in found[0].words:
                    continue  # "head of a human rights group"
                if found[0].kind in ("person", "people"):
                    return found[0]
                body = body or found[0]
            if (short := ABBREVIATED.get(lemmas[i])) is not None:
                full = self.register.role([short], 0)
                return full[0] if full else None
        return body


def _quotes(annotation: Annotation) -> list[int]:
    """For each token the number of the quotation it stands in, 0 for none. A quotation ends with its
    block."""
    found, number, inside, block = [], 0, False, -1
    for token in annotation.tokens:
        if annotation.sentences[token.sentence].block != block:
            block, inside = annotation.sentences[token.sentence].block, False
        opens, closes = "“" in token.text, "”" in token.text
        if token.text in ('"', "``", "''"):
            opens, closes = not inside, inside
        if opens:
            number, inside = number + 1, True
        found.append(number if inside else 0)
        if closes:
            inside = False
    return found


def _wordy(token: Token) -> bool:
    return any(c.isalnum() for c in token.text)


def _lemma(token: Token) -> str:
    """The lemma roles are looked up by: the parser leaves plural proper nouns ("Officials") as they are."""
    lemma = token.lemma
    if token.tag == "NNPS" and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma
