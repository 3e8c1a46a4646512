"""Annotations → proposed events: the coder's way through one document, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from volteface.annotate import Annotation, Phrase, Sentence, Token
from volteface.annotate.phrases import noun_phrase, phrase_at
from volteface.code.consume import consumed_by
from volteface.code.contexts import Contexts
from volteface.code.dates import Calendar
from volteface.code.domains import Domains
from volteface.code.idioms import idiomatic
from volteface.code.numbers import KILL, WOUND, tolls
from volteface.code.parties import Parties, complete, parties_of
from volteface.code.proposal import Proposal
from volteface.code.status import Moods, status_of
from volteface.code.syntax import Syntax
from volteface.code.triggers import Trigger, find_triggers
from volteface.codebook.lexicon import lexicon, word_groups
from volteface.records import Attribution, EventDate, Status, Time

# A plan to do these is itself a verbal act in PLOVER: future CONSULT, SUPPORT, COOPERATE and AID are AGREE, future
# RETREAT is CONCEDE. With the CAMEO code of the verbal act.
PLANNED = {
    "CONSULT": ("AGREE", "036"),
    "SUPPORT": ("AGREE", "032"),
    "COOPERATE": ("AGREE", "031"),
    "AID": ("AGREE", "033"),
    "RETREAT": ("CONCEDE", "080"),
}
# "will not lift sanctions" is no denial but a refusal, as PLOVER has it: the mode and CAMEO code of each.
REFUSALS = {
    "AGREE": (None, "120"),
    "SUPPORT": (None, "120"),
    "CONSULT": ("meet", "125"),
    "COOPERATE": ("assist", "121"),
    "AID": ("assist", "122"),
    "RETREAT": ("yield", "1246"),
    "CONCEDE": ("yield", "1246"),
}
# "stopped sharing data" and "abandoned its support" reduce relations: the mode and CAMEO code of the sanction.
CUT_OFF = {
    "SUPPORT": ("discontinue", "160"),
    "COOPERATE": ("discontinue", "160"),
    "AID": ("discontinue", "162"),
}
CUTTING = frozenset({"stop", "cease", "halt", "suspend", "end", "discontinue", "abandon", "withdraw", "freeze", "cancel"})
REFUSING_MODALS = frozenset({"will", "would", "wo", "'ll", "’ll"})
REFUSING_ADJECTIVES = frozenset(
    {"ready", "willing", "prepared", "inclined", "interested", "intend", "plan", "going"}
)
# Acts done by saying: whoever speaks them does them, when he speaks.
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# Obligations laid on somebody else in what a source says are requests.
OBLIGATION = frozenset({"must", "should", "ought"})
ADDRESSEES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
VERDICTS: dict[str, tuple[str, str | None, str]] = {
    "negative": ("ACCUSE", "disapprove", "111"),
    "positive": ("SUPPORT", None, "051"),
}
OBLIGATION_CONFIDENCE = 0.65


def propose(
    annotation: Annotation, times: tuple[Time, ...], attributions: tuple[Attribution, ...]
) -> list[Proposal]:
    """Every event the document's sentences speak of, in text order.

    Headlines are left out where there is a body: they say again, shortened, what the body says.
    """
    coder = _Coder(annotation, times, attributions)
    blocks = annotation.document.blocks
    body = any(b.kind != "headline" for b in blocks)
    return [
        proposal
        for sentence in annotation.sentences
        if not (body and blocks and blocks[sentence.block].kind == "headline")
        for proposal in coder.sentence(sentence)
    ]


class _Coder:
    def __init__(
        self, annotation: Annotation, times: tuple[Time, ...], attributions: tuple[Attribution, ...]
    ) -> None:
        self.annotation = annotation
        self.syntax = Syntax(annotation)
        self.lexicon = lexicon()
        self.moods = Moods()
        self.contexts = Contexts()
        self.evaluations = word_groups("evaluations")
        self.calendar = Calendar(self.syntax, times)
        self.claims = sorted(attributions, key=_length)
        self.domains = Domains()
        self.unpolitical = self.domains.unpolitical(annotation)

    def sentence(self, sentence: Sentence) -> Iterable[Proposal]:
        if sentence.i in self.unpolitical:
            return []
        never = idiomatic(self.annotation.of(sentence))
        found = find_triggers(self.syntax, self.lexicon, sentence.first, sentence.last)
        triggers = [t for t in found if t.token.i not in never]
        known = {t.token.i: (t, parties_of(self.syntax, t, self.lexicon)) for t in triggers}
        consumed: set[int] = set()
        for trigger, parties in known.values():
            inside = consumed_by(self.syntax, trigger)
            complete(self.syntax, trigger, parties, [known[i] for i in sorted(inside) if i in known], self.moods)
            consumed |= inside
        events = {
            i: (trigger, self._through_events(trigger, parties, known))
            for i, (trigger, parties) in known.items()
            if i not in consumed and trigger.pattern.entry.complement not in ("denied", "drop")
            and not self.domains.nobodys(self.syntax.tokens[a] for a in parties.agents)
        }
        self._join_casualties(events)
        self._join_light(events)
        demands = [d for d in self._obligations(sentence) if d.trigger.head not in consumed]
        demands += [v for v in self._verdicts(sentence, known) if v.trigger.head not in known]
        asked = {d.trigger.head for d in demands}
        proposals = [
            self._proposal(t, parties, sentence) for i, (t, parties) in events.items() if i not in asked
        ] + demands
        self._count(proposals, sentence)
        return proposals

    def _through_events(
        self, trigger: Trigger, parties: Parties, known: dict[int, tuple[Trigger, Parties]]
    ) -> Parties:
        """`a strike by X killed two`: X did it, not the strike; `condemned the attack by X`: condemned X."""

        def behind(heads: list[int], choose: Callable[[Parties], list[int]]) -> list[int]:
            found: list[int] = []
            for i in heads:
                inner = known.get(i)
                noun = inner is not None and inner[0].pattern.part == "noun"
                found += choose(inner[1]) if inner is not None and noun else [i]
            return list(dict.fromkeys(found))

        agents = behind(parties.agents, lambda inner: inner.agents)
        if trigger.pattern.type in VERBAL:  # one blames or praises a deed's doer
            patients = behind(parties.patients, lambda inner: inner.agents)
        else:
            patients = behind(
                parties.patients, lambda inner: inner.patients or [i for i in inner.agents if i not in agents]
            )
        return Parties(agents, patients, parties.frame, parties.mood)

    def _join_casualties(self, events: dict[int, tuple[Trigger, Parties]]) -> None:
        """`an air strike killed two`, `…, killing two`: one event, with the means of the strike and the victims
        of the killing."""
        for i in list(events):
            trigger, parties = events[i]
            token = trigger.token
            if trigger.pattern.type != "ASSAULT" or token.lemma not in KILL | WOUND or token.pos != "VERB":
                continue
            deed = self._deed_of(token, events)
            if deed is None:
                continue
            other, others = events[deed]
            others.patients = others.patients or [p for p in parties.patients if p != deed]
            others.agents = others.agents or [a for a in parties.agents if a != deed]
            others.frame = token if other.pattern.part == "noun" else others.frame
            del events[i]

    def _join_light(self, events: dict[int, tuple[Trigger, Parties]]) -> None:
        """`attended a meeting`, `expressed condolences`: where verb and noun say the same, one event, with the
        verb's parties first and the more exact of the two patterns."""
        for i in list(events):
            trigger, parties = events[i]
            governor = self.syntax.governor(trigger.token) if trigger.pattern.part == "noun" else None
            if (
                governor is None
                or governor[0].i not in events
                or governor[1] not in ("dobj", "nsubjpass", "on", "nsubj")
            ):
                continue
            verb, held = events[governor[0].i]
            if verb.pattern.type != trigger.pattern.type:
                if trigger.pattern.words and trigger.token.lemma in verb.pattern.objects:
                    # "held a joint exercise": the noun knows more of it than the verb
                    parties.agents, parties.patients = held.agents or parties.agents, parties.patients
                    parties.frame = parties.frame or governor[0]
                    del events[governor[0].i]
                elif governor[1] == "nsubj" and trigger.token.lemma in verb.pattern.subjects:
                    del events[i]  # "the ceasefire took effect"
                continue
            if governor[1] == "nsubj":
                continue
            held.agents = held.agents or parties.agents
            held.patients = held.patients or parties.patients
            if trigger.pattern.entry.mode and not verb.pattern.entry.mode:
                verb.pattern = msgspec.structs.replace(verb.pattern, entry=trigger.pattern.entry)
            del events[i]

    def _deed_of(self, killing: Token, events: dict[int, tuple[Trigger, Parties]]) -> int | None:
        """The ASSAULT that a word of killing tells the outcome of."""
        surface = self.syntax.surface(killing)
        for i in (*surface, *self.syntax.roles(killing).agents):
            if i in events and i != killing.i and events[i][0].pattern.type == "ASSAULT":
                return i
        below = [t.i for t in self.syntax.child(killing, "advcl")]
        below += [
            t.i for p in self.syntax.child(killing, "prep") if p.lemma in ("in", "by", "during", "after")
            for t in self.syntax.child(p, "pobj")
        ]  # fmt: skip
        for i in below:
            if i in events and events[i][0].pattern.type == "ASSAULT":
                return i
        if self.syntax.is_passive(killing) and not self.syntax.roles(killing).agents:
            for i in sorted(events):  # "were killed when their boat was rammed"
                token = self.syntax.tokens[i]
                told = any(t.lemma in WHEN for t in self.syntax.child(token, "advmod", "mark"))
                if i > killing.i and told and events[i][0].pattern.type == "ASSAULT":
                    return i
        if killing.tag == "VBG" and killing.dep in ("advcl", "acl", "conj", "xcomp", "dep"):
            before = [i for i in events if i < killing.i and events[i][0].pattern.type == "ASSAULT"]
            return max(before, default=None)
        return None

    def _proposal(self, trigger: Trigger, parties: Parties, sentence: Sentence) -> Proposal:
        token, pattern = trigger.token, trigger.pattern
        frame = parties.frame or token
        status = status_of(self.syntax, token, self.moods)
        if frame.i != token.i and status == "actual":
            status = status_of(self.syntax, frame, self.moods)
        if parties.mood is not None and status == "actual":
            status = parties.mood
        type_, mode, cameo = pattern.type, pattern.entry.mode, pattern.entry.cameo
        if status == "future" and type_ in PLANNED:
            (type_, cameo), mode = PLANNED[type_], None
        elif status == "negated" and type_ in CUT_OFF and self._is_cut_off(frame):
            (mode, cameo), type_, status = CUT_OFF[type_], "SANCTION", "actual"
        elif status == "negated" and type_ in REFUSALS and self._is_refusal(frame):
            (mode, cameo), type_, status = REFUSALS[type_], "REJECT", "actual"
        claims = [c for c in self.claims if _inside(token, c)]
        return Proposal(
            type=type_,
            mode=mode,
            cameo=cameo,
            contexts=self.contexts.of(self.annotation, sentence, pattern.entry.contexts),
            trigger=_trigger_phrase(self.syntax, trigger),
            sentence=sentence.i,
            actors=self._phrases(parties.agents, token),
            recipients=self._phrases([p for p in parties.patients if p not in parties.agents], token),
            status=status,
            attributions=tuple(c.id for c in claims),
            date=self._date(token, frame, type_, status, claims, sentence),
            where=self._where(token, frame, sentence),
            confidence=_confidence(trigger, parties, status),
            asserted=pattern.part != "noun" or parties.frame is not None,
        )

    def _verdicts(self, sentence: Sentence, known: dict[int, tuple[Trigger, Parties]]) -> Iterable[Proposal]:
        """`X said the decision was outrageous`, `X described Y as a partner`: X blames or praises whoever
        decided, whatever the words of blaming and praising."""
        for token in self.annotation.of(sentence):
            kind = self._evaluation(token)
            if kind is None or status_of(self.syntax, token, self.moods) != "actual":
                continue
            claims = [c for c in self.claims if _inside(token, c)]
            copula, describing = self._copula(token), self._describing(token)
            if describing is not None and describing.i not in known:
                judges = self._phrases(self.syntax.surface(describing), token)
                roles = self.syntax.roles(describing)
                judged = roles.patients or roles.obliques.get("to", [])
                claims = [c for c in self.claims if _inside(describing, c)]
            elif copula is not None and claims and claims[0].source.spans:
                judges = [phrase_at(self.annotation, *claims[0].source.spans[0])]
                judged = self._judged(token, copula)
            else:
                continue
            inner = [i for j in judged for i in (known[j][1].agents if j in known else [j])]
            type_, mode, cameo = VERDICTS[kind]
            yield Proposal(
                type=type_,
                mode=mode,
                cameo=cameo,
                contexts=self.contexts.of(self.annotation, sentence, ()),
                trigger=Phrase(token.i, token.i + 1, token.i),
                sentence=sentence.i,
                actors=judges,
                recipients=self._phrases(inner, token),
                attributions=tuple(c.id for c in claims),
                date=self._date(token, describing or copula or token, type_, "actual", claims, sentence),
                confidence=OBLIGATION_CONFIDENCE,
            )

    def _evaluation(self, token: Token) -> str | None:
        """Whether a predicate blames or praises, by itself or by its adjective."""
        feeling = token.tag == "VBN" and token.lemma in self.evaluations["feelings"]
        if not (token.dep in PREDICATES or feeling) or token.pos not in ("ADJ", "NOUN", "VERB"):
            return None
        words = {token.lemma, token.text.lower(), *(t.lemma for t in self.syntax.child(token, "amod"))}
        return next((kind for kind in VERDICTS if words & self.evaluations[kind]), None)

    def _describing(self, token: Token) -> Token | None:
        """The verb of describing whose `as` or object predicate this is."""
        head = self.syntax.tokens[token.head]
        if token.dep == "pobj" and head.lemma == "as":
            head = self.syntax.tokens[head.head]
        elif token.dep != "oprd":
            return None
        return head if head.lemma in self.evaluations["describing"] else None

    def _judged(self, token: Token, copula: Token) -> list[int]:
        """Who is blamed or praised: the subject; after words of feeling, whom or what one feels it about."""
        subjects = self.syntax.surface(copula)
        if not {token.lemma, token.text.lower()} & self.evaluations["feelings"]:
            return subjects
        clauses = [c for c in self.syntax.complements(token) + self.syntax.complements(copula) if c.i > token.i]
        own = [t.i for c in clauses for t in self.syntax.child(c, "nsubj", "nsubjpass")]
        held = [i for p in self.syntax.child(token, "prep", "agent") for i in self.syntax.held(p)]
        return [i for i in own or held if i not in subjects]

    def _copula(self, predicate: Token) -> Token | None:
        """The form of "be" a predicate belongs to, through coordination."""
        token = predicate
        if any(t.lemma == "be" for t in self.syntax.child(token, "auxpass")):
            return token
        for _ in range(3):
            head = self.syntax.tokens[token.head]
            if token.dep in ("acomp", "attr"):
                return head if head.lemma in ("be", "seem", "remain") else None
            if token.dep != "conj" or head.i == token.i:
                return None
            token = head
        return None

    def _obligations(self, sentence: Sentence) -> Iterable[Proposal]:
        """`X said Y must withdraw`: X asks it of Y, whatever the words of asking."""
        for token in self.annotation.of(sentence):
            if token.pos not in ("VERB", "AUX") or token.dep == "relcl":
                continue
            if not any(t.lemma in OBLIGATION for t in self.syntax.child(token, "aux")):
                continue
            subjects = [i for i in self.syntax.surface(token) if self.syntax.tokens[i].entity in ADDRESSEES]
            claims = [c for c in self.claims if _inside(token, c)]
            source = next((c.source.spans[0] for c in claims if c.source.spans), None)
            if not subjects or source is None:
                continue
            yield Proposal(
                type="REQUEST",
                mode=None,
                cameo="100",
                contexts=self.contexts.of(self.annotation, sentence, ()),
                trigger=Phrase(token.i, token.i + 1, token.i),
                sentence=sentence.i,
                actors=[phrase_at(self.annotation, *source)],
                recipients=self._phrases(subjects, token),
                attributions=tuple(c.id for c in claims),
                date=self._date(token, token, "REQUEST", "actual", claims, sentence),
                confidence=OBLIGATION_CONFIDENCE,
            )

    def _is_cut_off(self, frame: Token) -> bool:
        """Whether a verb of stopping governs what had been going on."""
        head = self.syntax.tokens[frame.head]
        held = frame.dep in ("xcomp", "dobj", "pcomp", "ccomp", "nsubjpass")
        return frame.lemma in CUTTING or (held and head.lemma in CUTTING)

    def _is_refusal(self, frame: Token) -> bool:
        """Whether the negation is one of will: "will not …", "is not ready to …", not "did not …"."""
        verb = frame
        for _ in range(3):
            modals = {t.lemma for t in self.syntax.child(verb, "aux")}
            beside = {verb.lemma, *(t.lemma for t in self.syntax.child(verb, "acomp", "xcomp"))}
            if modals & REFUSING_MODALS or beside & REFUSING_ADJECTIVES:
                return True
            if verb.dep not in ("xcomp", "acomp", "pcomp", "conj", "dobj"):
                return False
            verb = self.syntax.tokens[verb.head]
        return False

    def _phrases(self, heads: Iterable[int], trigger: Token) -> list[Phrase]:
        found: list[Phrase] = []
        for i in dict.fromkeys(heads):
            token = self.syntax.tokens[i]
            if (
                token.i == trigger.i
                or token.entity in ("DATE", "TIME")
                or token.dep == "expl"
                or token.lemma in REFLEXIVE
            ):
                continue
            phrase = noun_phrase(self.annotation, i)
            if not (phrase.first <= trigger.i < phrase.last) or token.pos == "PROPN":
                found.append(phrase)
            elif phrase.first <= i < trigger.i:
                found.append(Phrase(phrase.first, min(phrase.last, trigger.i), i))
            else:
                found.append(Phrase(i, i + 1, i))
        return found

    def _date(
        self,
        token: Token,
        frame: Token,
        type_: str,
        status: Status,
        claims: Sequence[Attribution],
        sentence: Sentence,
    ) -> EventDate | None:
        """The clause's own date; for what is done by saying it, the date of the saying; then the story's."""
        date = self.calendar.date_of(token) or self.calendar.date_of(frame)
        if date is not None or type_ not in VERBAL or status not in ("actual", "alleged"):
            return date
        for claim in claims:
            for start, _ in claim.cue.spans:
                cue = self._token_at(start, sentence)
                date = self.calendar.date_of(cue) if cue is not None else None
                if date is not None:
                    return date
        return self.calendar.story_date(sentence.i) if _is_story_tense(self.syntax, frame) else None

    def _token_at(self, start: int, sentence: Sentence) -> Token | None:
        return next((t for t in self.annotation.of(sentence) if t.start <= start < t.end), None)

    def _where(self, token: Token, frame: Token, sentence: Sentence) -> list[tuple[int, int]]:
        """Phrases of place: under the trigger, under its light verb, then in the clause above."""
        found: list[tuple[int, int]] = []
        holders = [token, frame]
        head = self.syntax.tokens[frame.head]
        if head.i != frame.i and head.sentence == frame.sentence and frame.dep not in ("relcl", "ccomp"):
            holders.append(head)
        for holder in dict.fromkeys(t.i for t in holders):
            waiting = list(self.syntax.tokens[holder].children)
            for i in waiting:
                child = self.syntax.tokens[i]
                if child.dep == "prep" and child.lemma in PLACE_PREPOSITIONS:
                    below = self.annotation.subtree(child)
                    found.append((below[0].i, below[-1].i + 1))
                elif child.dep in ("dobj", "pobj", "prep", "advmod", "nsubj", "nsubjpass", "dative", "agent", "npadvmod"):
                    waiting += child.children
        return found

    def _count(self, proposals: list[Proposal], sentence: Sentence) -> None:
        """Give every casualty figure to the violent event it belongs to: the nearest before it, else after."""
        violent = [p for p in proposals if p.type in ("ASSAULT", "PROTEST", "COERCE")]
        if not violent:
            return
        for toll in tolls(self.syntax, sentence.first, sentence.last):
            before = [p for p in violent if p.trigger.head <= toll.verb]
            proposal = max(before, key=lambda p: p.trigger.head) if before else violent[0]
            if toll.kind == "killed":
                proposal.killed = toll.number if proposal.killed is None else proposal.killed
            else:
                proposal.injured = toll.number if proposal.injured is None else proposal.injured


WHEN = frozenset({"when", "as", "after", "while"})
PREDICATES = ("acomp", "attr", "conj", "pobj", "oprd")
REFLEXIVE = frozenset({"themselves", "itself", "himself", "herself", "ourselves", "myself", "yourself"})
PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "over",
        "near",
        "on",
        "off",
        "outside",
        "inside",
        "around",
        "along",
        "across",
        "above",
        "throughout",
        "to",
    }
)


def _length(claim: Attribution) -> int:
    return sum(end - start for start, end in claim.content.spans)


def _inside(token: Token, claim: Attribution) -> bool:
    return any(start <= token.start and token.end <= end for start, end in claim.content.spans)


def _trigger_phrase(syntax: Syntax, trigger: Trigger) -> Phrase:
    """The head with its particle or the words before it that the pattern names, where they touch."""
    token = trigger.token
    first, last = token.i, token.i + 1
    if trigger.pattern.part == "noun":
        while first > 0 and syntax.tokens[first - 1].lemma in trigger.pattern.words:
            first -= 1
    elif last < len(syntax.tokens) and syntax.tokens[last].lemma in trigger.pattern.words:
        last += 1
    return Phrase(first, last, token.i)


def _is_story_tense(syntax: Syntax, frame: Token) -> bool:
    """Simple past or no tense at all: not the perfect, which tells of before, nor the present."""
    verb = frame
    for _ in range(4):
        if verb.pos in ("VERB", "AUX") or verb.head == verb.i:
            break
        verb = syntax.tokens[verb.head]
    auxiliaries = {t.lemma for t in syntax.child(verb, "aux", "auxpass")}
    return verb.tag in ("VBD", "VBG", "VB") and "have" not in auxiliaries


def _confidence(trigger: Trigger, parties: Parties, status: Status) -> float:
    """A first, uncalibrated estimate: how much the pattern asked for, and how much of the event is there."""
    score = 0.45 + 0.05 * min(trigger.pattern.specificity, 4)
    score += 0.15 * bool(parties.agents) + 0.15 * bool(parties.patients)
    score -= 0.05 * (trigger.pattern.part == "noun") + 0.05 * (status != "actual")
    return round(min(score, 0.95), 2)
