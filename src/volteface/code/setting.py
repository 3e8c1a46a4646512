"""The circumstances of an event in its sentence: whole phrases for its parties, date, place, who claims it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from volteface.annotate import Annotation, Phrase, Sentence, Token
from volteface.annotate.phrases import noun_phrase, phrase_at
from volteface.annotate.quotations import quotations
from volteface.code.contexts import contexts
from volteface.code.dates import OTHER_TIME, Calendar
from volteface.code.joining import VERBAL
from volteface.code.status import Moods
from volteface.code.syntax import Syntax
from volteface.code.trees import MOST_STEPS
from volteface.records import Attribution, EventDate, Status, Time

REFLEXIVE = frozenset({"themselves", "itself", "himself", "herself", "ourselves", "myself", "yourself"})
PLACE_PREPOSITIONS = frozenset(
    "in at over near on off outside inside around along across above throughout".split()  # noqa: SIM905
)
PLACES = frozenset({"GPE", "LOC", "FAC"})
ADDRESSING = frozenset({"on", "to", "of"})
# "west of X" is near X.
DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outside"}
)
# A meeting is where the visitor goes to.
GOAL = "to"
# Place phrases are looked for below a trigger over these edges: not in relative clauses or quotations.
DOWNWARDS = ("dobj", "pobj", "prep", "advmod", "nsubj", "nsubjpass", "dative", "agent", "npadvmod")


class Setting:
    """What is asked again and again about the sentences of one document."""

    def __init__(
        self, annotation: Annotation, times: tuple[Time, ...], attributions: tuple[Attribution, ...]
    ) -> None:
        self.annotation = annotation
        self.syntax = Syntax(annotation)
        self.moods = Moods()
        self.contexts = contexts()
        self._calendar = Calendar(self.syntax, times)
        self._claims = sorted(attributions, key=_length)

    def claims_on(self, token: Token) -> list[Attribution]:
        """The attributions whose content holds a token, innermost first."""
        return [c for c in self._claims if _inside(token, c) and not self._is_beside(token, c)]

    def _is_beside(self, token: Token, claim: Attribution) -> bool:
        """`approved a loan only hours after X had shelled Y`: what hangs on the word of saying tells when it was said,
        and is no part of it."""
        clause = token
        for _ in range(MOST_STEPS):
            if clause.dep == "advcl" or clause.head == clause.i:
                break
            clause = self.syntax.tokens[clause.head]
        said = self.syntax.tokens[clause.head]
        own = any(start <= said.start and said.end <= end for start, end in claim.cue.spans)
        past = any(t.text.lower() == "had" for t in self.syntax.child(clause, "aux"))
        after = past and any(t.lemma == "after" for t in self.syntax.child(clause, "mark"))
        return own and clause.i > said.i and after

    def source_of(self, cue: Token) -> Phrase | None:
        """Who says something by this very word: "X spoke of a raid, calling it a crime"."""
        for claim in self._claims:
            if claim.source.spans and any(s <= cue.start and cue.end <= e for s, e in claim.cue.spans):
                return phrase_at(self.annotation, *claim.source.spans[0])
        return None

    def phrases(self, heads: Iterable[int], trigger: Token) -> list[Phrase]:
        """The whole phrases of these heads, none of them the trigger's own and none a time or a filler."""
        found: list[Phrase] = []
        for i in dict.fromkeys(heads):
            token = self.syntax.tokens[i]
            is_filler = token.dep == "expl" or token.lemma in REFLEXIVE
            if token.i == trigger.i or token.entity in ("DATE", "TIME") or is_filler:
                continue
            phrase = noun_phrase(self.annotation, i)
            beyond = [p.i for p in self.syntax.child(token, "prep") if p.lemma == "of" and not p.entity]
            if beyond and token.entity in PLACES:  # "the arrest in Minsk of a Pole"
                phrase = Phrase(phrase.first, min(phrase.last, beyond[0]), i)
            if (
                phrase.first == trigger.i < i
            ):  # a name that the parser began with the verb: "Rejecting Chad's …"
                phrase = Phrase(phrase.first + 1, phrase.last, i)
            if not (phrase.first <= trigger.i < phrase.last) or token.pos == "PROPN":
                found.append(phrase)
            elif phrase.first <= i < trigger.i:
                found.append(Phrase(phrase.first, min(phrase.last, trigger.i), i))
            else:
                found.append(Phrase(i, i + 1, i))
        return found

    def date(
        self,
        token: Token,
        frame: Token,
        type_: str | None,
        status: Status,
        claims: Sequence[Attribution],
        sentence: Sentence,
    ) -> EventDate | None:
        """The clause's own date; for what is done by saying it, the date of the saying; then the story's."""
        date = self._calendar.date_of(token) or self._calendar.date_of(frame)
        if date is not None and frame.tag in ("VBZ", "VBP") and self._calendar.is_past(date):
            date = None  # "regrets the shelling of a port in 1879"
        if date is not None or type_ not in VERBAL or status not in ("actual", "alleged"):
            return date
        cues = [cue for claim in claims if (cue := self._cue(claim, sentence)) is not None]
        for cue in cues:
            date = self._calendar.date_of(cue)
            if date is not None:
                return date
        told = all(_is_story_tense(self.syntax, verb) for verb in (frame, *cues))
        return self._calendar.story_date(sentence.i) if told else None

    def is_recent(self, date: EventDate | None, frame: Token) -> bool:
        """Whether an event is of the story's time, not of history: by its date or, without one, by its clause."""
        return self._calendar.is_recent(date) if date is not None else self._calendar.is_apart(frame)

    def is_hearsay(self, token: Token, claims: Sequence[Attribution]) -> bool:
        """`"He told me, 'X has bombed Y,'" Z said`: whether a deed is told in a quotation inside another one."""
        sentence = self.annotation.sentences[token.sentence]
        around = [q for q in quotations(self.annotation, sentence) if q[0] <= token.i < q[1]]
        ours = any(t.text.lower() in ("we", "i") for t in self.syntax.child(token, "nsubj"))
        return len(around) > 1 and bool(claims) and not ours

    def is_earlier(self, verb: Token) -> bool:
        """Whether a verb's clause says that something happened before what was long ago."""
        return self._calendar.is_earlier(verb)

    def _cue(self, claim: Attribution, sentence: Sentence) -> Token | None:
        """The word of saying in this sentence: the verb of "had said", else the first word."""
        tokens = [
            t
            for t in self.annotation.of(sentence)
            if any(start <= t.start and t.end <= end for start, end in claim.cue.spans)
        ]
        return next((t for t in tokens if t.pos == "VERB"), tokens[0] if tokens else None)

    def where(
        self, token: Token, frame: Token, type_: str | None, parties: Iterable[int]
    ) -> list[tuple[int, int]]:
        """Token ranges of the phrases of place: under the trigger, under its light verb, in the clause above;
        never one in which a party is addressed ("called on Oslo")."""
        taken = set(parties)
        wanted = PLACE_PREPOSITIONS | {GOAL} if type_ == "CONSULT" else PLACE_PREPOSITIONS
        holders = [token, frame]
        head = self.syntax.tokens[frame.head]
        if head.i != frame.i and head.sentence == frame.sentence and frame.dep not in ("relcl", "ccomp"):
            holders.append(head)
        # "killed six and burned a house in X": the place after the last of joined verbs is that of all
        holders += [
            t for t in self.syntax.child(token, "conj") if not self.syntax.child(t, "nsubj", "nsubjpass")
        ]
        found: list[tuple[int, int]] = []
        for holder in dict.fromkeys(t.i for t in holders):
            waiting = list(self.syntax.tokens[holder].children)
            for i in waiting:
                child = self.syntax.tokens[i]
                beside = child.lemma == "of" and self.syntax.tokens[child.head].lemma in DIRECTIONS
                addressed = child.lemma in ADDRESSING and taken & set(self.syntax.held(child))
                if child.dep == "prep" and (child.lemma in wanted or beside) and not addressed:
                    below = self.annotation.subtree(child)
                    found.append((below[0].i, below[-1].i + 1))
                elif child.dep in DOWNWARDS:
                    waiting += child.children
        return found


def _length(claim: Attribution) -> int:
    return sum(end - start for start, end in claim.content.spans)


def _inside(token: Token, claim: Attribution) -> bool:
    return any(start <= token.start and token.end <= end for start, end in claim.content.spans)


def _is_story_tense(syntax: Syntax, frame: Token) -> bool:
    """Simple past or no tense at all in a main clause: not the perfect, which tells of before, nor the present, nor
    what a relative or temporal clause tells of another time."""
    verb = frame
    for _ in range(4):
        if verb.pos in ("VERB", "AUX") or verb.head == verb.i:
            break
        verb = syntax.tokens[verb.head]
    above = verb
    for _ in range(4):
        other = above.dep == "advcl" and any(t.lemma in OTHER_TIME for t in syntax.child(above, "mark"))
        if above.dep in ("relcl", "acl") or other:
            return False
        above = syntax.tokens[above.head]
    auxiliaries = {t.lemma for t in syntax.child(verb, "aux", "auxpass")}
    return verb.tag in ("VBD", "VBG", "VB") and "have" not in auxiliaries
