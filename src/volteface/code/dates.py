"""When an event happened: the time expression that belongs to its clause, as a first and a last day."""

from __future__ import annotations

from datetime import date, timedelta

from volteface.annotate import Token
from volteface.annotate.times import day_range
from volteface.code.syntax import Syntax
from volteface.code.trees import MOST_STEPS
from volteface.records import EventDate, Time

# A trigger's own date is looked for up its clause over these edges, never out of a relative clause or a quotation.
UPWARDS = (
    "conj", "xcomp", "advcl", "dobj", "pobj", "prep", "nsubj", "nsubjpass", "acl", "pcomp", "attr", "acomp", "oprd",
    "dative", "agent",
)  # fmt: skip


# A time expression belongs to its own clause only.
CLAUSES = ("relcl", "ccomp", "advcl", "csubj", "parataxis", "acl")


# … and the occasion after these has a date of its own: "agreed to talk after the attack of Nov. 13".
OCCASIONS = frozenset({"after", "following", "since", "before", "until", "despite", "because"})


# "during the 1982 war": what happened then happened in 1982. After "in" and "at" only where the noun is an occasion.
SPANNING = frozenset({"during", "throughout"})
TOLD_AT = frozenset({"in", "at"})
TIMED = frozenset(
    {
        "war", "conflict", "battle", "invasion", "occupation", "uprising", "revolt", "rebellion", "revolution", "coup",
        "campaign", "offensive", "crisis", "massacre", "genocide", "crackdown", "raid", "attack", "bombing", "intifada",
        "speech", "address", "summit", "conference", "interview", "election", "fighting", "insurgency", "state",
    }
)  # fmt: skip
# A clause joined by one of these happened at another time than the clause it hangs on.
OTHER_TIME = frozenset({"after", "before", "since", "until"})
# The story goes on within this many days before publication; a date of more days than this is none to go by.
STORY_DAYS, LONGEST_STORY_DATE = 45, 7

# An event that ended this long before publication is background, not the story. Two months lets a story look back
# at the attack it follows (two to eight weeks in the pages looked at) and leaves last year's treaty to history.
HISTORICAL_DAYS = 60


class Calendar:
    """The document's dated time expressions by the tokens they may date."""

    def __init__(self, syntax: Syntax, times: tuple[Time, ...]) -> None:
        published = syntax.annotation.document.published
        self._published = date.fromisoformat(published.date) if published else None
        self._syntax = syntax
        self._close: dict[int, list[tuple[Time, EventDate]]] = {}
        self._far: dict[int, list[tuple[Time, EventDate]]] = {}
        self._main: dict[int, EventDate] = {}
        self._ends: dict[int, EventDate] = {}  # by the last token of the expression
        for time in times:
            days = day_range(time.value) if time.type in ("DATE", "TIME") else None
            token = self._token(time)
            if days is None or token is None:
                continue
            when = EventDate(days[0], days[1], time.id)
            self._ends[syntax.annotation.token_from(time.end) - 1] = when
            if syntax.tokens[token.head].lemma in ("since", "until", "till"):
                continue  # when something began or is to end, not when it is told of
            anchors = self._anchors(token)
            self._close.setdefault(anchors[0].i, []).append((time, when))
            for anchor in anchors[1:]:
                if self._is_ahead(anchors[0], anchor) and self.is_past(when):
                    continue  # "threatened to cut it off on January 1": no January gone by
                self._far.setdefault(anchor.i, []).append((time, when))
            if anchors[-1].head == anchors[-1].i and self._is_of_story(when):
                self._main.setdefault(anchors[-1].sentence, when)

    def _is_of_story(self, when: EventDate) -> bool:
        """Whether a date is one the story can be told by: a few days, not long before publication."""
        if self._published is None:
            return False
        start, end = date.fromisoformat(when.start), date.fromisoformat(when.end)
        recent = timedelta(0) <= self._published - start <= timedelta(days=STORY_DAYS)
        return recent and end - start <= timedelta(days=LONGEST_STORY_DATE)

    def _is_ahead(self, deed: Token, above: Token) -> bool:
        """Whether a deed is only meant, promised or asked for by the word above it."""
        token = deed
        while token.head != token.i and token.i != above.i:
            if token.dep in ("xcomp", "acl") and self._syntax.has_to(token):
                return True
            token = self._syntax.tokens[token.head]
        return False

    def is_recent(self, when: EventDate) -> bool:
        """Whether an event of this date is no history yet at publication."""
        if self._published is None or date.fromisoformat(when.start) > self._published + timedelta(
            STORY_DAYS
        ):
            return False
        return not is_history(when, self._published)

    def is_past(self, when: EventDate) -> bool:
        """Whether a date was long ago at publication."""
        return self._published is not None and is_history(when, self._published)

    def is_apart(self, frame: Token) -> bool:
        """Whether a main clause in the simple past, itself undated, stands beside a date of long ago: "arrived in
        X, which Y had taken in 1961"."""
        head = self._syntax.tokens[frame.head]
        main = frame.head == frame.i or (
            frame.dep == "acl" and head.head == head.i
        )  # hung on its own subject
        if self._published is None or frame.tag != "VBD" or not main:
            return False
        tokens, published = self._syntax.tokens, self._published
        return any(
            tokens[i].sentence == frame.sentence and is_history(date, published)
            for i, date in self._ends.items()
        )

    def _token(self, time: Time) -> Token | None:
        tokens = self._syntax.tokens
        low = self._syntax.annotation.token_from(time.start)
        inside = []
        while low < len(tokens) and tokens[low].start < time.end:
            inside.append(tokens[low])
            low += 1
        own = {t.i for t in inside}
        return next((t for t in inside if t.head not in own or t.head == t.i), None)

    def _anchors(self, token: Token) -> list[Token]:
        """What a time expression may date: the first verb or noun above it, then those above that one in the same
        clause, since parsers hang the last phrase of a clause on whatever stands before it."""
        found: list[Token] = []
        inside = token.dep in ("compound", "nummod", "nmod", "amod", "poss")
        if inside and self._syntax.tokens[token.head].entity not in ("DATE", "TIME"):
            noun = self._syntax.tokens[token.head]  # "the 2018 accord" dates the accord alone
            return [noun, *self._told_at(noun)]
        for _ in range(MOST_STEPS):
            head = self._syntax.tokens[token.head]
            if head.i == token.i or (found and (token.dep in CLAUSES or head.text.lower() in OCCASIONS)):
                break
            if found and token.dep == "conj" and token.tag != head.tag:
                break  # "has lent X money and agreed last month" dates the agreeing alone
            token = head
            if token.pos in ("VERB", "AUX") or (token.pos == "NOUN" and token.entity not in ("DATE", "TIME")):
                found.append(token)
        return found or [token]

    def _told_at(self, noun: Token) -> list[Token]:
        """The verb of what happened at a dated occasion: "during the 1982 war X sank", "in his 2002 speech X said"."""
        token, verb = noun, self._syntax.tokens[noun.head]
        while token.dep in ("pobj", "prep") and verb.pos in ("ADP", "NOUN", "PROPN") and verb.head != verb.i:
            token, verb = verb, self._syntax.tokens[verb.head]
        timed = (
            noun.lemma in TIMED or token.i < verb.i
        )  # before its verb a phrase of time is the whole clause's
        spans = token.lemma in SPANNING or (token.lemma in TOLD_AT and timed)
        return [verb] if token.dep == "prep" and spans and verb.pos == "VERB" else []

    def date_of(self, trigger: Token) -> EventDate | None:
        """The date in the trigger's own clause: the nearest above it, else one hung on a word below it."""
        token = trigger
        for _ in range(MOST_STEPS):
            fixed = self._day_before_when(token)
            if fixed is not None:
                return fixed
            for dated in (self._close.get(token.i), self._far.get(token.i)):
                if dated:
                    return min(dated, key=lambda pair: abs(pair[0].start - token.start))[1]
            head = self._syntax.tokens[token.head]
            occasion = self._dated_inside(head) if token.dep == "relcl" else None
            if occasion is not None:
                return occasion
            is_cleft = (
                token.dep == "relcl" and head.dep == "attr"
            )  # "in 2022 X was the only one that opposed"
            if token.head == token.i:
                return None
            if token.dep not in UPWARDS and not is_cleft and not self._is_occasion(token):
                return None
            if token.dep == "conj" and token.pos == "NOUN":
                return None
            marks = {t.lemma for t in self._syntax.child(token, "mark")}
            if token.dep == "advcl" and marks & OTHER_TIME:
                above = self.date_of(head) if "after" in marks else None
                return above if above is not None and self.is_past(above) else None  # earlier still
            token = self._syntax.tokens[token.head]
        return None

    def _dated_inside(self, noun: Token) -> EventDate | None:
        """`the 1956 uprising, which X crushed`: the year that stands in the noun."""
        year = [t for t in self._syntax.child(noun, "nummod", "compound", "amod") if t.entity == "DATE"]
        dated = self._close.get(noun.i) if year and noun.lemma in TIMED else None
        return dated[0][1] if dated else None

    def is_earlier(self, verb: Token) -> bool:
        """`dismantled them before joining in 1991`: whether what it happened before was long ago."""
        before = [c for p in self._syntax.child(verb, "prep") if p.lemma == "before"
                  for c in self._syntax.child(p, "pcomp", "pobj")]  # fmt: skip
        before += [
            c
            for c in self._syntax.child(verb, "advcl")
            if any(m.lemma == "before" for m in self._syntax.child(c, "mark"))
        ]
        dates = [when for c in before for _, when in self._close.get(c.i, ())]
        return bool(dates) and all(self.is_past(when) for when in dates)

    def _is_occasion(self, verb: Token) -> bool:
        """`the 1982 war in which X sank …`: it happened when the noun above did."""
        child = self._syntax.child
        return verb.dep == "relcl" and any(
            t.tag == "WDT"
            for p in child(verb, "prep")
            if p.lemma in SPANNING | TOLD_AT
            for t in child(p, "pobj")
        )

    def _day_before_when(self, verb: Token) -> EventDate | None:
        """`since 1974, when X drove them out`: the date that a "when" takes up."""
        if verb.dep not in ("relcl", "advcl", "acl"):
            return None
        when = next((t.i for t in self._syntax.child(verb, "advmod") if t.lemma == "when"), None)
        return (
            None
            if when is None
            else next((date for i, date in self._ends.items() if i < when <= i + 2), None)
        )

    def story_date(self, sentence: int) -> EventDate | None:
        """The date of the last main clause that has one, up to this sentence: when the story is going on."""
        for number in range(sentence, -1, -1):
            if number in self._main:
                return self._main[number]
        return None


def is_history(when: EventDate, published: date) -> bool:
    """Whether an event of this date was background when the story came out."""
    return date.fromisoformat(when.end) < published - timedelta(days=HISTORICAL_DAYS)
