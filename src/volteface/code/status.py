"""How certain an event is, read off the words above and around its trigger.

*future*, *hypothetical*, *negated* and *alleged* come from syntax here; *alleged* by an opponent and *historical*
need to know who speaks and when it happened, so `resolve.events` settles those.
"""

from __future__ import annotations

from dataclasses import dataclass

from volteface.annotate import Token
from volteface.code.syntax import ORDERS, Syntax
from volteface.code.trees import MOST_STEPS
from volteface.codebook.lexicon import word_groups
from volteface.records import Status

# Edges over which certainty passes from a governing word to what it governs.
CLAUSAL = ("xcomp", "ccomp", "pcomp", "acl")
NOMINAL = ("dobj", "pobj", "nsubjpass", "attr", "prep", "oprd", "dative", "agent")


# These deny only what they govern directly: "ended the talks", not "ended after X attacked".
ENDING = frozenset({"stop", "end", "rule", "block"})
# An event noun under these is planned, and its "that" clause under those is asked for.
PLANNING = frozenset({"plan", "schedule", "propose", "prepare", "expect", "threaten", "promise"})
DEMANDING = frozenset({"demand", "insist", "ask", "request", "urge"})
# What is condemned under its own name is taken for true: "denounced the seizure".
CONDEMNING = frozenset({"denounce", "fault"})
# Below these nouns an event may come about: "in the event of an attack", "on condition that X step down".
CHANCES = frozenset(
    {"event", "eventuality", "prospect", "possibility", "risk", "danger", "condition", "proviso"}
)
# What is set for later: "a date for the trial".
DATES = frozenset({"date", "timetable", "schedule", "arrangement", "preparation"})
# An event noun that is the subject of these is as certain as they are: "the visit will be the first".
OCCURRING = frozenset({"happen", "occur", "begin", "start", "resume"})
# "orders that were never carried out".
DONE = frozenset(
    {"carry", "execute", "materialise", "materialize", "happen", "implement", "fulfil", "fulfill"}
)
YEARS = frozenset({"year", "decade", "century", "generation"})
# What is said of an event below these is that it may come about, if something else does.
CONDITIONAL = frozenset({"subject", "conditional", "contingent", "dependent"})
# A gerund after these tells of another time, in its own right.
APART = frozenset({"after", "since", "despite", "besides", "upon", "following"})
# "ahead of the deployment of troops"
AHEAD = frozenset({("ahead", "of"), ("advance", "of"), ("preparation", "for"), ("readiness", "for")})
# "as soon as X reopens", "as long as it does"
AS_SOON = frozenset({"soon", "long"})
WOULD = frozenset({"would", "will", "could", "'ll", "’ll"})
# "were needed to clear the square": and did.
IMPLYING = frozenset({"need", "require", "force", "compel", "oblige"})
# "provided that X releases the funds"
PROVIDING = frozenset({"provided", "providing", "assuming", "supposing"})
DEPENDING = frozenset({"depend", "hinge"})
# "at no point", "in no way": the whole clause is denied.
NO_WAY = frozenset({"point", "time", "stage", "moment", "circumstance", "way", "mean"})
NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
# Adverbs that carry a clause of what is not done: "far from expelling", "stopped short of accusing".
SHORT_OF = frozenset({("far", "from"), ("short", "of"), ("instead", "of"), ("rather", "than")})
# With a verb in the present these speak of what may come: "before any soldier leaves".
NOT_YET = frozenset({"before", "until", "once", "after", "when"})
# What an adjective before an event noun can say of it.
ADJECTIVAL: tuple[Status, ...] = ("future", "alleged", "hypothetical")


class Moods:
    """The word groups of `moods.toml`, by name."""

    def __init__(self) -> None:
        self.groups = word_groups("moods")

    def has(self, group: str, word: str) -> bool:
        """Whether a lemma is in a group."""
        return word in self.groups[group]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words above and around a trigger say of it: `mood`; what an infinitive on a noun leaves open where
    they say nothing (`default`); how often it is negated; whether a whole report of it is called untrue."""

    mood: Status | None
    default: Status | None
    denials: int
    disbelieved: bool = False

    @property
    def status(self) -> Status:
        """The sum of it."""
        if self.denials % 2 and self.mood not in ("hypothetical", "alleged"):
            return "negated"
        return self.mood or self.default or "actual"

    @property
    def excluded(self) -> frozenset[Status]:
        """What the words rule out, however much else in the sentence looks like it."""
        if self.disbelieved:
            return frozenset({"actual", "alleged", "historical"})
        if self.mood is None and self.denials == 2:  # "did not deny that …", "no one denies"
            return frozenset({"negated", "hypothetical"})
        if self.mood in ("alleged", "future") and not self.denials:
            return frozenset({"actual", "negated"})
        if self.mood == "hypothetical":
            return frozenset({"actual", "historical"})
        return frozenset({"actual"}) if self.mood or self.denials % 2 else frozenset()


def status_of(syntax: Syntax, trigger: Token, moods: Moods) -> Status:
    """Actual, alleged, future, hypothetical, negated or, where the clause counts the years since, historical: from
    the trigger's own words and its governors."""
    return "historical" if _is_long_ago(syntax, trigger) else _read(syntax, trigger, moods).status


def is_denied(syntax: Syntax, trigger: Token, moods: Moods) -> bool:
    """Whether the event is negated, however hypothetical: "would not send"."""
    return bool(_read(syntax, trigger, moods).denials % 2)


def ruled_out(
    syntax: Syntax, trigger: Token, frame: Token, moods: Moods, *, is_recent: bool
) -> frozenset[Status]:
    """The statuses that the words exclude: what `Reading.excluded` says; and long ago, where the event has a date of
    the story's time or is told in the present or perfect."""
    if _is_long_ago(syntax, trigger):
        return frozenset({"actual"})
    out = _read(syntax, trigger, moods).excluded
    auxiliaries = syntax.child(frame, "aux", "auxpass")
    told_now = frame.tag in ("VBZ", "VBP") or any(t.tag in ("VBZ", "VBP", "MD") for t in auxiliaries)
    return out | {"historical"} if is_recent or (frame.pos in ("VERB", "AUX") and told_now) else out


def _read(syntax: Syntax, trigger: Token, moods: Moods) -> Reading:
    default: Status | None = None
    mood = _own_mood(syntax, trigger, moods)
    denials = int(_is_negated(syntax, trigger, moods)) + _is_never_done(syntax, trigger)
    token = trigger
    for _ in range(MOST_STEPS):
        governor, edge = syntax.tokens[token.head], _edge(syntax, token, moods)
        apart = _report_apart(syntax, token, governor, moods)
        if apart is not None and _is_disbelieved(syntax, apart, moods):
            return Reading(None, None, 1 + denials, disbelieved=True)
        if edge is None:
            break
        told = edge in ("acl", "relcl") and not _is_purpose(syntax, token)
        if told and moods.has("reports", governor.lemma) and _is_disbelieved(syntax, governor, moods):
            return Reading(None, None, 1 + denials, disbelieved=True)
        above = _governed(syntax, token, governor, edge, moods)
        if above == "negated":
            denials += 1
        else:
            mood = mood or above
        if (
            edge in ("acl", "advcl", "relcl")
            and _is_purpose(syntax, token)
            and not _is_implied(syntax, governor)
        ):
            default = "hypothetical"
        passes = edge not in NOMINAL or moods.has("transparent", governor.lemma) or above is not None
        if governor.pos in ("VERB", "AUX"):
            if not passes and not _is_manner(syntax, token, moods):
                break
            mood = mood or _own_mood(syntax, governor, moods)
            # "no talks took place", "has no knowledge of talks": counted below
            counted = edge == "nsubj" or (edge == "dobj" and moods.has("involvement", token.lemma))
            counted = counted and _is_nobody(syntax, token)
            denials += _is_negated(syntax, governor, moods) and not counted and not _is_asked(syntax, token)
        if edge == "ccomp" or (edge in ("acl", "relcl") and not _is_purpose(syntax, token)):
            break
        token = governor
    if mood == "hypothetical" and denials and _is_inverted(syntax, trigger, "have"):
        return Reading(None, None, 2)  # "had they not closed the straits": they did
    return Reading(mood, default, denials)


def _is_disbelieved(syntax: Syntax, report: Token, moods: Moods) -> bool:
    """`dismissed a claim that …`, `called the report a lie`, `reports that … are without foundation`."""
    if _is_answered(syntax, report, moods):
        return True
    if report.dep == "appos":
        return moods.has("falsehoods", syntax.tokens[report.head].lemma)
    above = syntax.tokens[syntax.tokens[report.head].head]
    if report.dep == "pobj" and moods.has("foundations", above.lemma):  # "there is no truth in claims that …"
        return any(t.lemma in ("no", "little") for t in syntax.child(above, "det", "amod"))
    governor = syntax.governor(report)
    if governor is None:
        return False
    verb, edge = governor
    if edge == "as" and not syntax.child(
        verb, "neg", "dobj"
    ):  # "dismissed as baseless", "described as false claims that …"
        false = any(moods.has("falsehoods", t.lemma) for t in syntax.child(report, "amod"))
        return false or moods.has("denying", verb.lemma)
    said = syntax.child(verb, "attr", "acomp", "oprd")
    for preposition in syntax.child(verb, "prep"):
        held = syntax.child(preposition, "pobj")
        if preposition.lemma == "without" and any(moods.has("foundations", t.lemma) for t in held):
            return True
        said += held if preposition.lemma == "as" else []
    false = any(moods.has("falsehoods", t.lemma) for t in said)
    return (false or (edge in ("dobj", "nsubjpass") and moods.has("denying", verb.lemma))) and not any(
        syntax.child(verb, "neg")
    )


def _report_apart(syntax: Syntax, clause: Token, verb: Token, moods: Moods) -> Token | None:
    """`disputed a report, first published by Z, that X had …`: the report, where the parser hung what it says on the
    verb."""
    if clause.dep not in ("advcl", "ccomp") or not _has_that(syntax, clause):
        return None
    objects = syntax.child(verb, "dobj", "nsubjpass")
    return next((t for t in objects if moods.has("reports", t.lemma) and t.i < clause.i), None)


def _is_answered(syntax: Syntax, report: Token, moods: Moods) -> bool:
    """`"There is no truth in that," X said of reports that …`, `"Nonsense," said X of claims that …`."""
    preposition = syntax.tokens[report.head]
    said = syntax.tokens[preposition.head]
    if report.dep != "pobj" or preposition.lemma not in ("of", "about") or said.pos != "VERB":
        return False
    own = {t.i for t in syntax.annotation.subtree(preposition)}
    words = [
        t
        for c in syntax.child(said, "ccomp", "dobj", "dep", "intj", "npadvmod")
        for t in syntax.annotation.subtree(c)
    ]
    words = [t for t in words if t.i not in own and t.i < preposition.i]
    none = any(
        moods.has("foundations", t.lemma)
        and any(d.lemma in ("no", "not") for d in syntax.child(t, "det", "neg"))
        for t in words
    )
    false = any(moods.has("falsehoods", t.lemma) or moods.has("falsehoods", t.text.lower()) for t in words)
    return none or (false and not any(t.dep == "neg" for t in words))


def _is_never_done(syntax: Syntax, trigger: Token) -> bool:
    """`orders for the shelling that were never carried out`."""
    nouns = [trigger, *(syntax.tokens[i] for i in (trigger.head, syntax.tokens[trigger.head].head))]
    clauses = [c for noun in nouns if noun.pos == "NOUN" for c in syntax.child(noun, "relcl")]
    return any(c.i != trigger.i and c.lemma in DONE and syntax.child(c, "neg") for c in clauses)


def _is_long_ago(syntax: Syntax, trigger: Token) -> bool:
    """`twenty years after X refused`, `it is thirty years since X marched`."""
    clause = trigger
    for _ in range(MOST_STEPS):
        if clause.dep == "advcl" or clause.head == clause.i:
            break
        clause = syntax.tokens[clause.head]
    if not any(t.lemma in ("after", "since") for t in syntax.child(clause, "mark")):
        return False
    counted = syntax.child(clause, "npadvmod") + syntax.child(syntax.tokens[clause.head], "attr", "npadvmod")
    return any(t.lemma in YEARS and t.i < clause.i for t in counted)


def _is_manner(syntax: Syntax, preposition: Token, moods: Moods) -> bool:
    """`mean to block the bridges in protest`: as certain as the blocking."""
    held = syntax.child(preposition, "pobj") if preposition.lemma == "in" else []
    return any(moods.has("manners", t.lemma) and not syntax.child(t, "det") for t in held)


def _edge(syntax: Syntax, token: Token, moods: Moods) -> str | None:
    """The edge over which the certainty of the word above reaches this one; None where it does not."""
    if token.head == token.i:
        return None
    edge, head = token.dep, syntax.tokens[token.head]
    if edge == "prep" and syntax.child(token, "pcomp"):
        if token.lemma in APART:  # "after freeing them, X asked Y to …"
            return None
        return "pcomp"  # a gerund of manner or blame is as certain as what it hangs on
    if edge == "conj":
        # "not A but B"
        contrasted = any(t.lemma == "but" for t in syntax.child(syntax.tokens[token.head], "cc"))
        misjoined = contrasted or syntax.joined_to(token).i != token.head
        own_tense = any(t.tag in ("VBZ", "VBD", "VBP", "MD") for t in syntax.child(token, "aux"))
        return None if misjoined or own_tense or syntax.child(token, "nsubj", "nsubjpass") else edge
    if edge in ("relcl", "ccomp", "acl") and (moods.has("reports", head.lemma) or head.lemma in CHANCES):
        return edge
    if edge == "nsubj" and token.pos == "NOUN" and (_is_occurring(syntax, head) or _is_open(syntax, head)):
        return edge
    if edge == "relcl" and head.lemma == "nothing" and token.lemma == "do":
        return edge
    if edge in CLAUSAL or edge in NOMINAL or (edge in ("advcl", "relcl") and _is_purpose(syntax, token)):
        return edge
    return None


def _is_occurring(syntax: Syntax, verb: Token) -> bool:
    """Whether a verb says of its subject that it happens: "could not take place", "will be the first"."""
    if verb.lemma == "take":
        return any(t.lemma == "place" for t in syntax.child(verb, "dobj"))
    if verb.lemma == "be":
        return any(t.entity == "ORDINAL" for t in syntax.child(verb, "attr")) and not syntax.child(
            verb, "neg"
        )
    return verb.lemma in OCCURRING


def _is_open(syntax: Syntax, verb: Token) -> bool:
    """Whether a verb says of its subject that it depends on something: "is subject to progress"."""
    return verb.lemma in DEPENDING or (
        verb.lemma == "be" and any(t.lemma in CONDITIONAL for t in syntax.child(verb, "acomp"))
    )


def _is_inverted(syntax: Syntax, verb: Token, auxiliary: str) -> bool:
    """`should Iraq attack`, `had they not closed`: a condition without "if"."""
    auxiliaries = syntax.child(verb, "aux")
    subjects = syntax.child(verb, "nsubj", "nsubjpass", "compound")
    inverted = bool(auxiliaries and subjects) and auxiliaries[0].i < subjects[0].i
    return inverted and auxiliaries[0].lemma == auxiliary and verb.dep in ("advcl", "ccomp")


def _is_subjunctive(syntax: Syntax, verb: Token) -> bool:
    """`that he resign`, `that it keep`: wanted, not done."""
    if not any(t.lemma == "that" for t in syntax.child(verb, "mark")) or syntax.child(verb, "aux"):
        return False
    singular = any(
        t.tag in ("NN", "NNP") or t.lemma in ("he", "she", "it") for t in syntax.child(verb, "nsubj")
    )
    return verb.tag == "VB" or (verb.tag == "VBP" and singular)


def _has_that(syntax: Syntax, verb: Token) -> bool:
    return any(t.lemma == "that" for t in syntax.child(verb, "mark"))


def _is_purpose(syntax: Syntax, verb: Token) -> bool:
    return verb.tag == "VB" and syntax.has_to(verb)


def _own_mood(syntax: Syntax, token: Token, moods: Moods) -> Status | None:
    """What a word's own auxiliaries, conjunction or adjectives say."""
    for child in syntax.child(token):
        word = child.lemma if child.dep in ("aux", "mark", "amod", "advmod") else ""
        if child.dep == "aux":
            if child.text.lower() in ("would", "'d", "’d") and _is_reported(syntax, token):
                return "future"
            if child.text.lower() in moods.groups["hypothetical_modals"] or moods.has(
                "hypothetical_modals", word
            ):
                return "hypothetical"
            if moods.has("future_modals", word) or child.text.lower() in moods.groups["future_modals"]:
                return "future"
        elif child.dep in ("mark", "advmod") and (
            (moods.has("conditions", word) and word != "until")
            or (word in NOT_YET and (token.tag in ("VBZ", "VBP") or _is_awaited(syntax, token, moods)))
            or (word == "as" and token.tag in ("VBZ", "VBP") and _is_as_soon(syntax, child))
        ):
            return "hypothetical"
        elif child.dep == "advmod" and moods.has("alleged_adjectives", word.removesuffix("ly")):
            return "alleged"
        elif child.dep == "amod":
            for status in ADJECTIVAL:
                if moods.has(f"{status}_adjectives", child.text.lower()):
                    return status
    if token.dep in ("nsubj", "nsubjpass") and token.pos == "NOUN":  # "any attack would be met with force"
        free = any(t.lemma in ("any", "such") for t in syntax.child(token, "det", "predet", "amod"))
        above = syntax.tokens[token.head]
        if free and any(t.text.lower() in WOULD for t in syntax.child(above, "aux")):
            return "hypothetical"
    if _is_inverted(syntax, token, "should") or _is_inverted(syntax, token, "have"):
        return "hypothetical"
    ifs = (m for c in syntax.child(token, "advcl") for m in syntax.child(c, "mark"))
    if token.tag in ("VBZ", "VBP") and any(m.lemma in ("if", "unless") for m in ifs):
        return "hypothetical"
    if token.lemma == "go" and token.tag == "VBG" and syntax.child(token, "xcomp"):
        return "future"
    return None


def _is_as_soon(syntax: Syntax, mark: Token) -> bool:
    """`as soon as X reopens it`, `as long as it does`: "as" and the word before it."""
    before = [t.lemma for t in syntax.tokens[max(0, mark.i - 2) : mark.i]]
    return len(before) == 2 and before[0] in ("as", "so") and before[1] in AS_SOON


def _is_awaited(syntax: Syntax, verb: Token, moods: Moods) -> bool:
    """`was ready to lift it once X had let them in`, `only after X had apologised would Y come`."""
    if verb.tag != "VBN" or not any(t.text.lower() == "had" for t in syntax.child(verb, "aux")):
        return False
    above = syntax.tokens[verb.head]
    modal = any(t.text.lower() in ("would", "could") for t in syntax.child(above, "aux"))
    return modal or any(moods.has("intent", t.lemma) for t in syntax.child(above, "acomp"))


def _is_reported(syntax: Syntax, verb: Token) -> bool:
    """`said it would pay` is the `will` of yesterday, unless it stands under a condition."""
    for _ in range(3):
        if any(
            c.dep == "advcl" and any(m.lemma in ("if", "unless") for m in syntax.child(c, "mark"))
            for c in syntax.child(verb)
        ):
            return False
        head = syntax.tokens[verb.head]
        if verb.dep == "ccomp" and head.i != verb.i:
            return head.tag in ("VBD", "VBG", "VBN")
        if verb.dep not in ("conj", "xcomp"):
            return False
        verb = head
    return False


def _is_negated(syntax: Syntax, token: Token, moods: Moods) -> bool:
    for child in syntax.child(token):
        if child.dep == "neg" or (child.dep == "det" and child.lemma == "no"):
            return True
        if child.dep == "amod" and moods.has("negative_adjectives", child.text.lower()):
            return True
        if child.dep in ("advmod", "preconj") and child.lemma in ("never", "neither", "nor", "hardly"):
            return True
        if is_no_longer(syntax, child):
            return True
        if child.dep in ("nsubj", "nsubjpass") and _is_nobody(syntax, child):
            return True
        wanted = moods.has("request", token.lemma) or moods.has("intent", token.lemma)  # "wants no inquiry"
        if child.dep == "dobj" and _is_nobody(syntax, child) and not wanted:
            return True
        if child.dep == "mark" and child.lemma == "than":
            return any(t.lemma == "rather" for t in syntax.child(token, "advmod"))
        if child.dep == "prep" and any(
            t.lemma in NO_WAY and _is_nobody(syntax, t) for t in syntax.child(child, "pobj")
        ):
            return True
    head = syntax.tokens[token.head]
    if token.dep == "acl" and head.lemma in NO_WAY and _is_nobody(syntax, head):
        return True
    if token.dep not in ("pobj", "pcomp"):
        return False
    return head.lemma == "without" or (
        token.dep == "pcomp" and (syntax.tokens[max(head.i - 1, 0)].lemma, head.lemma) in SHORT_OF
    )


def is_no_longer(syntax: Syntax, adverb: Token) -> bool:
    """`no longer`: what goes on no more."""
    longer = adverb.dep == "advmod" and adverb.text.lower() in ("longer", "more")
    return longer and any(t.lemma == "no" for t in syntax.child(adverb))


def _is_nobody(syntax: Syntax, noun: Token) -> bool:
    return noun.lemma in NOBODY or any(
        t.lemma in ("no", "neither") for t in syntax.child(noun, "det", "preconj", "cc") if t.i < noun.i
    )


def _is_asked(syntax: Syntax, clause: Token) -> bool:
    """Whether a clause is an indirect question: nobody knows "how many were killed", and yet they were."""
    return (
        any(
            t.tag in ("WRB", "WP", "WDT")
            for t in (clause, *syntax.annotation.subtree(clause))
            if t.i < clause.i
        )
        and clause.dep == "ccomp"
    )


def _governed(syntax: Syntax, token: Token, governor: Token, edge: str, moods: Moods) -> Status | None:
    """What a governing word says of the event below it; "negated" flips."""
    word = governor.lemma
    if (
        edge == "pobj"
        and token.pos == "NOUN"
        and (syntax.tokens[max(governor.i - 1, 0)].lemma, word) in AHEAD
    ):
        return "future"
    if governor.pos == "ADP" or edge == "conj":
        return None
    if edge == "nsubj" and _is_open(syntax, governor):
        return "hypothetical"
    if word == "nothing" and edge == "relcl":  # "had nothing to do with the raid"
        return "negated"
    if edge == "ccomp" and governor.text.lower() in PROVIDING and _has_that(syntax, token):
        return "hypothetical"
    if moods.has("involvement", word) and any(d.lemma == "no" for d in syntax.child(governor, "det")):
        return "negated"
    if edge == "prep" and (word, token.lemma) in SHORT_OF:
        return "hypothetical"
    if word in CHANCES or (edge in ("ccomp", "acl") and _is_subjunctive(syntax, token)):
        return "hypothetical"
    if word in DATES and token.lemma == "for":
        return "future"
    if word in ORDERS and edge == "acl" and _is_purpose(syntax, token):
        return "hypothetical"
    if (
        word == "be"
        and edge == "xcomp"
        and syntax.has_to(token)
        and not syntax.child(governor, "attr", "acomp")
    ):
        return "future" if token.tag == "VB" else "hypothetical"
    if moods.has("hearsay", word) and edge == "xcomp" and syntax.is_passive(governor):
        return "alleged"
    if moods.has("alleging", word) and not (edge in NOMINAL and word in CONDEMNING):
        return "alleged"
    if (
        moods.has("negative", word)
        and not (edge == "ccomp" and word in ENDING)
        and not (word == "end" and governor.pos == "NOUN")  # "on the receiving end of"
        and (edge, word) != ("nsubjpass", "end")
    ):
        return "negated"
    if edge in NOMINAL:
        return "future" if word in PLANNING else None
    purpose = _is_purpose(syntax, token)
    if moods.has("intent", word) and (purpose or edge in ("pcomp", "xcomp")):
        return "future"
    if purpose and _is_implied(syntax, governor):
        return None
    before = edge == "ccomp" and token.i < governor.i  # "X demanded A; Y asked B": joined, not governed
    if moods.has("request", word) and not before and (edge != "ccomp" or word in DEMANDING):
        return "hypothetical"
    return None


def _is_implied(syntax: Syntax, verb: Token) -> bool:
    """`was forced to leave`, `were needed to clear it`: it came to it."""
    if verb.lemma not in IMPLYING or verb.tag != "VBN":
        return False
    auxiliaries = syntax.child(verb, "aux", "auxpass")
    told = any(t.tag == "VBD" and t.lemma == "be" for t in auxiliaries)
    return told and not syntax.child(verb, "neg") and len(auxiliaries) == 1
