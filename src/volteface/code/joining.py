"""Where a sentence says one event twice: `an air strike killed two`, `attended a meeting`, `condemned the attack`."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from volteface.annotate import Token
from volteface.code.entities import is_party
from volteface.code.numbers import KILL, WOUND
from volteface.code.parties import Parties
from volteface.code.syntax import Syntax
from volteface.code.triggers import Trigger
from volteface.codebook import plover
from volteface.codebook.lexicon import word_groups

# The triggers of one sentence with their parties, by token index.
Events = dict[int, tuple[Trigger, Parties]]

# Acts done by saying: whoever speaks them does them, when he speaks.
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# What tells how a deed ended: "the attack killed two", "left 12 dead", "claimed three lives".
OUTCOMES = KILL | WOUND | {"leave", "claim"}
# Where a verb's event noun stands when both tell of one deed.
SAME_DEED = ("dobj", "nsubj", "nsubjpass", "on")
# What answers a request.
ANSWERS = frozenset({"REJECT", "AGREE", "CONCEDE"})
# Whoever is these in a deed did it, or is said not to have done it.
INVOLVING = frozenset({"involve", "implicate", "participate"})
# How far above a purpose its deed may stand.
MOST_STEPS = 4
CONDITIONAL = frozenset({"if", "unless", "until"})
WHEN = frozenset({"when", "as", "after", "while"})


def through_events(trigger: Trigger, parties: Parties, known: Events) -> Parties:
    """Parties with event nouns replaced by whoever is behind them: in `a strike by X killed two` X did it, not
    the strike; who `condemned the attack by X` condemned X."""

    def doers(inner: tuple[Trigger, Parties]) -> list[int]:
        if inner[1].agents or inner[0].pattern.type != "COERCE":
            return inner[1].agents
        return inner[0].parties.get("in", [])  # "denounced the arrests in X": X's arrests

    def behind(heads: list[int], choose: Callable[[tuple[Trigger, Parties]], list[int]]) -> list[int]:
        found: list[int] = []
        for i in heads:
            inner = known.get(i)
            noun = inner is not None and inner[0].pattern.part == "noun"
            found += choose(inner) if inner is not None and noun else [i]
        return list(dict.fromkeys(found))

    agents = behind(parties.agents, lambda inner: inner[1].agents)
    if trigger.pattern.type in VERBAL | {"PROTEST"}:  # one blames or praises a deed's doer
        patients = behind(parties.patients, doers)
    else:
        patients = behind(
            parties.patients,
            lambda inner: inner[1].patients or [i for i in inner[1].agents if i not in agents],
        )
    return Parties(agents, patients, parties.frame, parties.mood)


def own_events(
    syntax: Syntax, trigger: Trigger, parties: Parties, known: Events, inside: set[int]
) -> set[int]:
    """What stands inside a bigger event and yet is one of its own: a request that is refused in passing, where the
    sentence says who made it; who refuses it was asked. Harm that is consented to, or regretted."""
    own = set()
    for i in inside & set(known):
        inner, others = known[i]
        asked = trigger.pattern.type == "REJECT" and inner.pattern.type == "REQUEST"
        askers = [a for a in others.agents if is_party(syntax.tokens[a]) or syntax.tokens[a].entity]
        others_ask = bool(askers) and not set(askers) & set(parties.agents)
        if asked and inner.pattern.part == "noun" and others_ask and not _is_one_answer(trigger, inner):
            others.patients = parties.agents
            others.mood = "actual"  # refused, and yet made
            own.add(i)
    return own | ({t.i for t in _harm(syntax, trigger, known)} & inside) | _told_of(syntax, known, inside)


def _told_of(syntax: Syntax, known: Events, inside: set[int]) -> set[int]:
    """`demanded the release of sailors seized by X`: what the sentence tells of those it is about has happened."""
    found = set()
    for i in inside & set(known):
        inner, parties = known[i]
        token = inner.token
        of_somebody = token.dep in ("acl", "relcl") and is_party(syntax.tokens[token.head])
        clause = of_somebody and token.tag in ("VBN", "VBD")
        harm = plover().quad(inner.pattern.type) == "material conflict"
        if clause and harm and any(is_party(syntax.tokens[a]) for a in parties.agents):
            found.add(i)
    return found


def _is_one_answer(trigger: Trigger, request: Trigger) -> bool:
    """`X rejected Y's request` is one event; `rejecting Y's request, X …`, `X ignored …` tell of both."""
    edge = (request.token.dep, request.token.head)
    return trigger.token.tag != "VBG" and edge == ("dobj", trigger.token.i)


def is_consent_to_harm(syntax: Syntax, trigger: Trigger, parties: Parties, known: Events) -> bool:
    """`approved a plan to deport X`: nobody to agree with, so what is to be done to X is the event."""
    harm = _harm(syntax, trigger, known)
    return trigger.pattern.type == "AGREE" and not parties.patients and bool(harm)


def is_only_weighed(syntax: Syntax, trigger: Trigger) -> bool:
    """`is considering sending aid to X`: no help yet, and no promise of any."""
    above = syntax.tokens[trigger.token.head]
    weighing = above.i != trigger.token.i and above.lemma in word_groups("candidates")["weighing"]
    offered = any(t.text.lower() in ("would", "will") for t in syntax.child(above, "aux"))
    if offered and any(
        m.lemma == "if" for c in syntax.child(above, "advcl") for m in syntax.child(c, "mark")
    ):
        return False  # "would consider granting asylum if …": an offer
    return weighing and plover().quad(trigger.pattern.type).endswith("cooperation")


def is_contrasted(syntax: Syntax, trigger: Trigger, known: Events) -> bool:
    """`was not praise but condemnation`: said to name the other, no event that failed to come."""
    noun = trigger.token
    copula = syntax.tokens[noun.head]
    instead = any(t.lemma == "but" for t in syntax.child(noun, "cc")) and syntax.child(noun, "conj")
    denied = any(t.i < noun.i for holder in (noun, copula) for t in syntax.child(holder, "neg"))
    return noun.pos == "NOUN" and denied and any(t.i in known for t in instead or ())


def _harm(syntax: Syntax, trigger: Trigger, known: Events) -> list[Token]:
    """Material conflict that an AGREE's object plans, or that a CONCEDE has as its object."""
    objects = syntax.child(trigger.token, "dobj", "nsubjpass")
    planned = [c for noun in objects for c in syntax.child(noun, "acl") if syntax.has_to(c)]
    found = {"AGREE": planned, "CONCEDE": objects}.get(trigger.pattern.type, [])
    harming = [t for t in found if t.i in known and known[t.i][0].token is t]
    return [t for t in harming if plover().quad(known[t.i][0].pattern.type) == "material conflict"]


def join_relatives(syntax: Syntax, events: Events) -> None:
    """`is holding back the money it had pledged to X`: who was to have it is who does not get it. Changes
    `events`."""
    for _, parties in events.values():
        if any(is_party(syntax.tokens[p]) for p in parties.patients):
            continue
        clauses = [c for p in parties.patients for c in syntax.child(syntax.tokens[p], "relcl")]
        named = [i for c in clauses if c.i in events for i in events[c.i][1].patients]
        parties.patients = [i for i in named if is_party(syntax.tokens[i])] or parties.patients


def through_conditions(syntax: Syntax, events: Events) -> None:
    """`even if X freed them, Y would not …`, `Y would … unless X stopped`: what Y refuses, threatens or promises is
    for X, where nobody else is named. Changes `events`."""
    for trigger, parties in events.values():
        verbs = [trigger.token, *trigger.complements]
        clauses = [
            c
            for v in verbs
            for holder in (v, *(a for a in syntax.child(v, "advmod") if a.lemma == "long"))
            for c in syntax.child(holder, "advcl")
            if holder is not v or any(m.lemma in CONDITIONAL for m in syntax.child(c, "mark"))
        ]
        doing = [c for c in clauses if not syntax.is_passive(c)]
        others = [i for c in doing for i in syntax.surface(c) if is_party(syntax.tokens[i])]
        others = [i for i in others if i not in parties.agents]
        own = (t for p in parties.patients for t in syntax.child(syntax.tokens[p], "poss"))
        threatened = trigger.pattern.type == "THREATEN" and not any(
            syntax.tokens[p].entity or is_party(syntax.tokens[p]) for p in parties.patients
        )
        if others and (not parties.patients or threatened or any(t.pos == "PRON" for t in own)):
            parties.patients = others


def join_casualties(syntax: Syntax, events: Events) -> None:
    """`an air strike killed two`, `…, killing two`: one event, with the means of the strike and the victims of
    the killing. Changes `events`."""
    for i in list(events):
        trigger, parties = events[i]
        token = trigger.token
        if trigger.pattern.type != "ASSAULT" or token.lemma not in OUTCOMES or token.pos != "VERB":
            continue
        deed = _deed_of(syntax, token, events)
        if deed is None:
            continue
        other, others = events[deed]
        victims = [
            p
            for p in parties.patients
            if p != deed and not (others.patients and _is_anybody(syntax, syntax.tokens[p], token))
        ]
        others.patients = list(dict.fromkeys([*others.patients, *victims]))
        others.agents = others.agents or [a for a in parties.agents if a != deed]
        others.frame = token if other.pattern.part == "noun" else others.frame
        del events[i]


def join_light(syntax: Syntax, events: Events) -> None:
    """`attended a meeting`, `expressed condolences`: where verb and noun say the same, one event, with the
    verb's parties first and the more exact of the two patterns. Changes `events`."""
    for i in list(events):
        trigger, parties = events[i]
        governor = syntax.governor(trigger.token) if trigger.pattern.part == "noun" else None
        if governor is None or governor[0].i not in events or governor[1] not in SAME_DEED:
            continue
        verb, held = events[governor[0].i]
        if verb.pattern.type != trigger.pattern.type:
            if trigger.pattern.words and trigger.token.lemma in verb.pattern.objects:
                # "held a joint exercise": the noun knows more of it than the verb
                parties.agents = held.agents or parties.agents
                parties.patients = parties.patients or held.patients
                parties.frame = parties.frame or governor[0]
                del events[governor[0].i]
            elif governor[1] == "nsubj" and trigger.token.lemma in verb.pattern.subjects:
                del events[i]  # "the ceasefire took effect"
            continue
        if governor[1] == "nsubj":
            bomber = not held.agents and i in syntax.surface(
                governor[0]
            )  # "a suicide bomber blew himself up"
            if not (set(parties.agents) & set(held.agents) or i in held.agents or bomber):
                continue
            # "a Taliban suicide bomber rammed a truck into a base, killing 20": the noun has means and victims
            held.agents = parties.agents or held.agents
            held.patients = list(dict.fromkeys([*held.patients, *parties.patients]))
            if trigger.pattern.entry.mode:
                verb.pattern = msgspec.structs.replace(verb.pattern, entry=trigger.pattern.entry)
        held.agents = held.agents or parties.agents
        held.patients = held.patients or parties.patients
        if trigger.pattern.entry.mode and not verb.pattern.entry.mode:
            each_other = verb.pattern.entry.reciprocal or trigger.pattern.entry.reciprocal
            entry = msgspec.structs.replace(trigger.pattern.entry, reciprocal=each_other)
            verb.pattern = msgspec.structs.replace(verb.pattern, entry=entry)
        del events[i]


def join_answers(syntax: Syntax, events: Events) -> None:
    """`Italy rejected Libya's request`: who answers is who was asked; `from Rome came a refusal when Libya asked`: who
    asked is who is answered. Changes `events`."""
    for trigger, parties in events.values():
        clause = parties.frame or trigger.token
        when = [c.i for c in syntax.child(clause, "advcl") if c.i in events and _is_told(syntax, c)]
        asked = [events[i][1].agents for i in when if events[i][0].pattern.type == "REQUEST"]
        if trigger.pattern.type in ANSWERS and parties.agents and not parties.patients and asked:
            parties.patients = [a for a in asked[0] if a not in parties.agents]
    requests = [p for t, p in events.values() if t.pattern.type == "REQUEST" and p.agents and not p.patients]
    for trigger, parties in events.values():
        for request in requests if trigger.pattern.type in ANSWERS else ():
            if set(request.agents) <= set(parties.patients):
                request.patients = [a for a in parties.agents if a not in request.agents]


def join_purposes(syntax: Syntax, events: Events) -> None:
    """`sent troops to help X`: what a deed is for is no second deed; it may say whom the deed is for. Changes
    `events`."""
    for i in list(events):
        trigger, parties = events[i]
        token = trigger.token
        if token.dep not in ("advcl", "acl", "xcomp") or token.tag != "VB" or not syntax.has_to(token):
            continue
        if syntax.child(token, "nsubj", "nsubjpass"):
            continue
        above = syntax.tokens[token.head]
        if token.dep == "xcomp" and above.i not in events and syntax.child(above, "dobj"):
            continue  # "prompting X to summon Y": X's own deed
        deed = _above(syntax, token, events)
        if deed is None:
            continue
        others = events[deed][1]
        if not any(is_party(syntax.tokens[p]) for p in others.patients):
            served = [p for p in parties.patients if p not in others.agents and is_party(syntax.tokens[p])]
            others.patients = served or others.patients
        if not others.agents:  # "troops are deployed to relieve X": the troops relieve
            others.agents = [a for a in parties.agents if a not in others.patients]
        del events[i]


def join_involvement(syntax: Syntax, events: Events) -> None:
    """`X denied any role in the raid`, `had nothing to do with it`, `was not behind it`: whose doing it
    is said to be, or not to be. Changes `events`."""
    words = word_groups("moods")["involvement"]
    for trigger, parties in events.values():
        preposition = syntax.tokens[trigger.token.head]
        if trigger.pattern.type == "REQUEST" and trigger.token.dep == "pobj":
            parties.patients = _knowing(syntax, preposition, parties) or parties.patients
        if parties.agents or trigger.token.dep not in ("pobj", "pcomp"):
            continue
        above = syntax.tokens[preposition.head]
        verb = syntax.tokens[above.head]
        found: list[int] = []
        if above.lemma in words and above.pos == "NOUN":
            around = syntax.parties(above)
            found = next((around[p] for p in ("poss", "amod", "compound", "by") if p in around), [])
            verb = _clause_of(syntax, above)
        elif preposition.lemma == "behind" and above.lemma == "be":
            verb = above
        elif above.lemma in INVOLVING or any(t.lemma in words for t in syntax.child(above, "dobj")):
            verb = above  # "was involved in the raid", "had a hand in the raid"
        elif not (above.lemma == "do" and verb.lemma in ("nothing", "anything")):
            continue
        else:
            verb = syntax.tokens[verb.head]
        found = found or (syntax.surface(verb) if verb.pos in ("VERB", "AUX") else [])
        parties.agents = [i for i in found if is_party(syntax.tokens[i]) and i not in parties.patients]
        parties.mood = parties.mood or ("alleged" if parties.agents else None)


def _knowing(syntax: Syntax, preposition: Token, parties: Parties) -> list[int]:
    """`X has no knowledge of a request by Y`, `X is not aware of any`: asked would have been X."""
    above = syntax.tokens[preposition.head]
    verb = syntax.tokens[above.head]
    knowing = (above.lemma in ("knowledge", "record") and verb.lemma == "have") or above.lemma == "aware"
    holders = syntax.surface(verb) if knowing and preposition.lemma == "of" else []
    return [i for i in holders if is_party(syntax.tokens[i]) and i not in parties.agents]


def _clause_of(syntax: Syntax, noun: Token) -> Token:
    """The verb that a noun hangs on, however many nouns stand between: "denied any part in planning the raid"."""
    for _ in range(MOST_STEPS):
        if noun.pos in ("VERB", "AUX") or noun.head == noun.i:
            break
        noun = syntax.tokens[noun.head]
    return noun


def _above(syntax: Syntax, token: Token, events: Events) -> int | None:
    """The nearest event that a clause hangs under within its sentence part."""
    for _ in range(MOST_STEPS):
        if (
            token.dep not in ("advcl", "acl", "xcomp", "conj", "dobj", "pobj", "prep")
            or token.head == token.i
        ):
            return None
        if token.dep == "conj" and syntax.child(token, "nsubj", "nsubjpass"):
            return None
        token = syntax.tokens[token.head]
        if token.i in events:
            return token.i
    return None


def _deed_of(syntax: Syntax, killing: Token, events: Events) -> int | None:
    """The ASSAULT that a word of killing tells the outcome of: its subject ("the strike killed"), what it stands
    under ("killed in a raid", "killed when rammed"), or the deed before a participle (", killing two")."""

    def is_assault(i: int) -> bool:
        if i == killing.i or i not in events:
            return False
        entry = events[i][0].pattern.entry
        return events[i][0].pattern.type == "ASSAULT" or (killing.tag == "VBG" and entry.mode == "riot")

    roles = syntax.roles(killing)
    near = [*syntax.surface(killing), *roles.agents, *(t.i for t in syntax.child(killing, "advcl"))]
    for preposition in syntax.child(killing, "prep"):
        name, held = syntax.phrase_of(preposition)
        if name in ("in", "by", "during", "after", "from", "of", "under"):
            near += held
    if killing.dep == "conj" and syntax.tokens[killing.head].lemma in OUTCOMES:
        near.append(killing.head)  # "two were killed and five wounded"
    if syntax.is_passive(killing) and not roles.agents:
        told = [i for i in sorted(events) if i > killing.i and _is_told(syntax, syntax.tokens[i])]
        near += told
        if killing.dep == "conj":  # "ambushed a convoy, and eight soldiers were killed"
            near.append(killing.head)
    if killing.tag == "VBG" and killing.dep in ("advcl", "acl", "conj", "xcomp", "dep"):
        near += sorted((i for i in events if i < killing.i), reverse=True)
    return next((i for i in near if is_assault(i)), None)


def _is_anybody(syntax: Syntax, victim: Token, killing: Token) -> bool:
    """Whether a word of victims says no more than that they are people: "26", "26 people were killed when …"."""
    people = victim.lemma in word_groups("control")["anybody_nouns"]
    number = victim.pos == "NUM" and not any(p.lemma == "of" for p in syntax.child(victim, "prep"))
    return number or (people and syntax.is_passive(killing))


def _is_told(syntax: Syntax, token: Token) -> bool:
    """Whether a clause is joined by "when" or "after"."""
    return any(t.lemma in WHEN for t in syntax.child(token, "advmod", "mark"))
