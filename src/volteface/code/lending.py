"""What one event of a sentence says of another: whom it is done to, whose doing it is."""

from __future__ import annotations

from volteface.annotate import Token
from volteface.code.entities import is_party
from volteface.code.joining import Events
from volteface.code.parties import Parties
from volteface.code.syntax import OWNERS, Roles, Syntax
from volteface.code.triggers import Trigger
from volteface.code.victims import names_somebody, victims_of
from volteface.codebook.lexicon import word_groups

# Acts that are done to somebody, named or not: "recalled its envoy", "denounced the trial", "threatened to cut gas".
ADDRESSED = frozenset({"SANCTION", "THREATEN", "REQUEST", "REJECT", "ACCUSE"})
UPWARDS = frozenset({"advcl", "acl"})
# A clause joined by these tells of something else that goes on at the time, not of what is done to who is named.
MEANWHILE = frozenset({"as", "while", "if", "unless"})
# … but these are what that clause tells of.
PROCEEDINGS = frozenset(
    {"trial", "verdict", "sentence", "ruling", "conviction", "decision", "move", "step", "action", "measure",
     "expulsion", "arrest", "charge", "vote", "plan", "proposal", "attack", "raid", "ban", "strike"}
)  # fmt: skip
OBJECT_PRONOUNS = frozenset({"it", "them", "him", "her"})
# Nobody does these to his own people.
DONE_TO_OTHERS = frozenset(
    {"expel", "summon", "deport", "capture", "kidnap", "bomb", "shell", "attack", "invade", "free", "release"}
)
# In "thanked X and urged its government" the government is X's; one urges one's own citizens.
RULING = frozenset(
    {"government", "authority", "leader", "ruler", "leadership", "parliament", "junta", "regime"}
)
# Whoever does these does them to who began.
RETURNING = frozenset({"return", "retaliate", "hit", "strike", "shoot", "fire", "fight"})
BLAMING = frozenset({"for", "over"})
# How far above an event the clause may stand that names its other party.
MOST_STEPS = 3


def lend(syntax: Syntax, events: Events) -> None:
    """Fill in parties that another event of the sentence names. Changes `events`."""
    for i in sorted(events):
        trigger, parties = events[i]
        token = trigger.token
        repaid = _repaid(syntax, token, events)
        if repaid and all(syntax.tokens[syntax.tokens[i].head].lemma == "in" for i in parties.agents):
            parties.agents = repaid  # rather than where it happened
        if not parties.agents:
            parties.agents = _same_doers(syntax, parties, i, events) or _blamed(syntax, token, events)
        if trigger.pattern.type == "ASSAULT" and not parties.patients and token.lemma in RETURNING:
            parties.patients = addressed(syntax, token, parties, events)
        if _is_others(syntax, trigger, parties) or _is_pact(
            syntax, trigger.pattern.entry.reciprocal, token, parties
        ):
            parties.patients = addressed(syntax, token, parties, events) or parties.patients
        told = _told_before(syntax, trigger, events) if trigger.pattern.part == "verb" else []
        if told and not any(
            names_somebody(syntax, p) and syntax.tokens[p].pos != "PRON" for p in parties.patients
        ):
            parties.patients = told
        if trigger.pattern.type in ADDRESSED and parties.agents:
            named = any(names_somebody(syntax, p) for p in parties.patients)
            if not named:
                parties.patients = [*parties.patients, *addressed(syntax, token, parties, events)]


def _is_others(syntax: Syntax, trigger: Trigger, parties: Parties) -> bool:
    """Whether a joined verb is done to another's: the "it" of `X thanked Y and promised it aid`, the "its ambassador"
    of `X attacked Y and expelled its ambassador` are not X's."""
    verb = trigger.token
    if verb.dep != "conj" or verb.pos != "VERB":
        return False
    roles = trigger.roles
    objects = [
        syntax.tokens[i] for i in (*parties.patients, *roles.patients, *roles.obliques.get("dative", ()))
    ]
    pronoun = any(t.text.lower() in OBJECT_PRONOUNS for t in objects)
    behind = [o for t in objects for o in syntax.child(t, "poss") if o.lemma in RULING]
    owned = any(
        _is_owned(syntax, t) and (verb.lemma in DONE_TO_OTHERS or t.lemma in RULING)
        for t in [*objects, *behind]
    )
    others = [i for i in parties.patients if names_somebody(syntax, i)]
    others = [i for i in others if syntax.tokens[i].pos != "PRON" and not _is_owned(syntax, syntax.tokens[i])]
    others = [i for i in others if not any(t in behind for t in syntax.child(syntax.tokens[i], "poss"))]
    return (pronoun or owned) and not others


def _told_before(syntax: Syntax, trigger: Trigger, events: Events) -> list[int]:
    """`X, which had sent guns to Y, promised it tanks`: the "it" is Y."""
    verb = trigger.token
    objects = [*trigger.roles.patients, *trigger.roles.obliques.get("dative", ())]
    objects += [t.i for i in trigger.roles.patients for t in syntax.child(syntax.tokens[i], "nsubj")]
    if not any(syntax.tokens[i].text.lower() in OBJECT_PRONOUNS for i in objects):
        return []
    clauses = [
        c.i for i in trigger.roles.agents for c in syntax.child(syntax.tokens[i], "relcl") if c.i < verb.i
    ]
    found = [i for c in clauses if c in events for i in events[c][1].patients]
    return [i for i in found if is_party(syntax.tokens[i]) and i not in trigger.roles.agents]


def _is_owned(syntax: Syntax, noun: Token) -> bool:
    return any(t.text.lower() in OWNERS for t in syntax.child(noun, "poss"))


def _is_pact(syntax: Syntax, reciprocal: bool, verb: Token, parties: Parties) -> bool:
    """Whether a joined verb of agreeing leaves open with whom: `X met Y and signed an agreement`."""
    several = len(parties.agents) > 1 or any(syntax.tokens[i].tag in ("NNS", "NNPS") for i in parties.agents)
    open_ = not any(names_somebody(syntax, i) for i in parties.patients)
    return reciprocal and verb.dep == "conj" and open_ and not several


def _repaid(syntax: Syntax, event: Token, events: Events) -> list[int]:
    """`X expelled Y's envoy in retaliation for the arrest of Z`: Y arrested Z."""
    preposition = syntax.tokens[event.head]
    back = syntax.tokens[preposition.head]
    if event.dep != "pobj" or back.lemma not in word_groups("control")["return_nouns"]:
        return []
    deed = syntax.governor(back)
    if deed is None or deed[0].i not in events:
        return []
    own = events[event.i][1].patients
    others = [*events[deed[0].i][1].patients]
    return [i for i in others if i not in own and names_somebody(syntax, i)]


def _blamed(syntax: Syntax, event: Token, events: Events) -> list[int]:
    """`X condemned Y for an air strike that hit Z`: Y's strike."""
    noun = syntax.tokens[event.head] if event.dep == "relcl" else event
    governor = syntax.governor(noun) if noun.pos == "NOUN" else None
    if governor is None or governor[1] not in BLAMING or governor[0].i not in events:
        return []
    trigger, parties = events[governor[0].i]
    blamed = syntax.roles(governor[0]).patients if trigger.pattern.type == "ACCUSE" else []
    return [i for i in parties.patients if i in blamed and is_party(syntax.tokens[i])]


def _same_doers(syntax: Syntax, parties: Parties, own: int, events: Events) -> list[int]:
    """`the victims of X's crackdown included Y, beaten in the street`: who did one to Y did the other."""
    if syntax.tokens[own].dep != "acl" or not parties.patients:
        return []
    event = victims_of(syntax, syntax.tokens[parties.patients[0]])
    if event is not None:
        around = syntax.parties(event)
        return next((around[p] for p in ("poss", "by", "amod") if p in around), [])
    for i, (_, other) in events.items():
        if i != own and set(parties.patients) & set(other.patients) and other.agents:
            return other.agents
    return []


def addressed(syntax: Syntax, token: Token, parties: Parties, events: Events) -> list[int]:
    """The other party of the clause an act is joined to, or hangs on: `X accused Y and recalled its envoy`, `X freed
    the crew after Y had threatened to cut the gas`."""
    verb = token
    for _ in range(MOST_STEPS):
        if verb.dep not in UPWARDS | {"conj"} and not _is_reply(syntax, verb):
            return []
        meanwhile = any(m.lemma in MEANWHILE for m in syntax.child(verb, "mark"))
        if meanwhile and syntax.child(verb, "nsubj") and not _is_proceeding(syntax, verb):
            return []
        above = syntax.joined_to(verb) if verb.dep == "conj" else _clause(syntax, verb)
        if above.i == verb.i:
            return []
        if above.i in events:
            other = events[above.i][1]
            shared = verb.dep == "conj" and not syntax.child(verb, "nsubj")
            hostile = token.i in events and events[token.i][0].pattern.type in ADDRESSED
            shared = shared and not (hostile and syntax.mistaken_object(above, verb) is not None)
            near, far = (other.patients, other.agents) if shared else (other.agents, other.patients)
        else:
            roles = syntax.roles(above) if above.pos in ("VERB", "AUX") else None
            near, far = (roles.agents, _spoken_to(syntax, roles)) if roles else ([], [])
        for heads in (near, far):
            found = [
                i for i in _behind(syntax, heads) if is_party(syntax.tokens[i]) and i not in parties.agents
            ]
            if found:
                return found
        verb = above
    return []


def _is_reply(syntax: Syntax, verb: Token) -> bool:
    """`X's vote cost it the support of Y, which severed relations`: with X."""
    subjects = syntax.child(verb, "nsubj")
    above = syntax.tokens[syntax.tokens[verb.head].head]
    objects = any(t.lemma in ("relation", "relations", "tie", "ties") for t in syntax.child(verb, "dobj"))
    below = above.pos in ("NOUN", "ADP", "VERB") and syntax.tokens[verb.head].dep in ("dobj", "pobj", "agent")
    return verb.dep == "relcl" and objects and below and any(t.tag == "WDT" for t in subjects)


def _is_proceeding(syntax: Syntax, verb: Token) -> bool:
    """`X convicted a Pole as Y denounced the trial`: the trial of the other clause."""
    objects = syntax.child(verb, "dobj")
    return any(
        t.lemma in PROCEEDINGS and t.pos == "NOUN" and not syntax.child(t, "poss", "prep") for t in objects
    ) and all(any(d.lemma in ("the", "this", "that") for d in syntax.child(t, "det")) for t in objects)


def _spoken_to(syntax: Syntax, roles: Roles) -> list[int]:
    """Whom a verb is done to, or whom one writes, speaks or turns to."""
    places = [roles.patients, roles.obliques.get("dative", []), roles.obliques.get("to", [])]
    return next((p for p in places if any(is_party(syntax.tokens[i]) for i in p)), roles.patients)


def _clause(syntax: Syntax, verb: Token) -> Token:
    """The verb of the clause that this one hangs in, through the noun it may be told of."""
    above = syntax.tokens[verb.head]
    for _ in range(MOST_STEPS + MOST_STEPS):
        if above.pos in ("VERB", "AUX") or above.head == above.i:
            break
        above = syntax.tokens[above.head]
    return above


def _behind(syntax: Syntax, heads: list[int]) -> list[int]:
    """Parties, and who is behind things and deeds: the Y of "Y's recognition of Z"."""
    found: list[int] = []
    for i in heads:
        token = syntax.tokens[i]
        around = {} if is_party(token) or token.pos != "NOUN" else syntax.parties(token)
        found += next((around[p] for p in ("poss", "by", "amod") if p in around), [i])
    return found
