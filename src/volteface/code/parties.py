"""Who acts and who is acted on in one event, from the pattern's positions and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from volteface.annotate import Token
from volteface.code.entities import is_party
from volteface.code.status import Moods, status_of
from volteface.code.syntax import Syntax
from volteface.code.trees import JUDGED
from volteface.code.triggers import Trigger
from volteface.code.victims import aboard, befallen, called, makers, names_somebody, target_of
from volteface.codebook import plover
from volteface.codebook.lexicon import Lexicon, LightGroup, word_groups
from volteface.records import Status

VERB_ACTOR, VERB_RECIPIENT = ("subj",), ("dobj", "dative")
NOUN_ACTOR = ("poss", "by", "from", "amod", "compound", "between")
NOUN_RECIPIENT = ("of", "against", "on", "with", "to")
# Where the party of a consumed complement stands, when the outer predicate has none of its own.
INNER_RECIPIENT = ("dobj", "with", "against", "to", "on", "from", "for")
# What a light verb's effect makes of its event noun.
EFFECTS: dict[str, Status] = {"prevented": "negated", "planned": "future", "asked": "hypothetical"}
# What stands here at an object says whose it is; who "demanded the release of X" asks nothing of X.
NOT_AT_OBJECT = frozenset({"poss", "compound", "amod"})
# Who is to do it is the other party to these: "urged X to leave", "allowed X to enter".
LETTING = frozenset({"REQUEST", "RETREAT"})
# Passives of these say of their subject what it is to do.
RAISING = frozenset({"expect", "schedule", "set", "slate", "bind", "plan", "suppose", "prepare"})
# Where the target of violence stands when the pattern's own places are empty: "fired across the bow of".
AIMED_AT = ("at", "on", "upon", "against", "toward", "towards", "into", "across")
# Whoever is to do what these let happen is their other party: "declined to let X open".
ALLOWING = frozenset({"let", "allow", "permit", "make", "help", "have"})
CARRYING = frozenset({"carry", "bring", "transport", "take", "ferry"})
# "closed X's consulate in its own town" is done to X.
SHUTTING = frozenset({"close", "shut", "seal"})
# "the X ambassador has been called home": by X.
ENVOYS = frozenset({"ambassador", "envoy", "consul", "diplomat", "attache", "attaché"})
MISSIONS = frozenset({"embassy", "consulate", "mission", "legation"})
# What these hand over may stand where whom they hand it to does.
GIVING = frozenset({"AID", "COOPERATE"})
# "was thrown out of X": by X.
EXPELLING = frozenset(
    {"throw", "kick", "boot", "turf", "drum", "expel", "evict", "eject", "oust", "order", "drive",
     "hound", "chase", "ban"}
)  # fmt: skip
# "was hailed in Paris": by France.
OPINION = frozenset({"SUPPORT", "ACCUSE", "REJECT"})
# Soldiers, money and goods are sent for or against whomever they are to help or fight.
SERVING = frozenset({"AID", "MOBILIZE"})
# With a target these are no tests of weapons.
LAUNCHING = frozenset({"fire", "launch", "shoot"})
# Verbs that say what an event noun is directed at.
DIRECTED = frozenset({"aim", "direct", "target", "focus", "level", "hit", "strike"})
# What meets a visitor somewhere is of those who live there.
HOSTING = frozenset({"await", "greet"})
TRAVELLING = frozenset({"be", "arrive", "fly", "travel", "come", "go", "land", "head", "return", "leave"})
# A subject of the clause takes part in talks that stand beside it: "after talks with X, Y said".
SHARED_OCCASION = frozenset(
    {"for", "after", "during", "following", "before", "at", "in", "ahead", "amid", "since"}
)
# "said of his talks with X", "spoke about a meeting with X"
TOLD_OF = frozenset({"of", "about"})


@dataclass(slots=True)
class Parties:
    """Token indices of the heads of both parties; `frame` is the verb that lends a noun its tense, `mood`
    what that verb says of it: prevented, planned, asked for. `reached`: patients found outside the places of the
    pattern."""

    agents: list[int] = field(default_factory=list)
    patients: list[int] = field(default_factory=list)
    frame: Token | None = None
    mood: Status | None = None
    reached: list[int] = field(default_factory=list)


def parties_of(syntax: Syntax, trigger: Trigger, lexicon: Lexicon) -> Parties:
    """Both parties of an event, from its own words first, then from light verbs and control."""
    if trigger.pattern.part == "noun":
        parties = _of_noun(syntax, trigger, lexicon)
    else:
        parties = _of_predicate(syntax, trigger)
        parties.agents = makers(syntax, trigger.token, parties.agents)
    _befall(syntax, trigger, parties)
    return parties


def _befall(syntax: Syntax, trigger: Trigger, parties: Parties) -> None:
    """Whom an event befalls where its own words do not say it. Changes `trigger` and `parties`."""
    noun = trigger.pattern.part == "noun"
    events = [trigger.token] if noun else [syntax.tokens[i] for i in parties.patients]
    if trigger.pattern.type == "MOBILIZE" and trigger.token.lemma in LAUNCHING:
        events = [syntax.tokens[i] for i in trigger.roles.patients]
    for event in events:
        target = None if not noun and is_party(event) else target_of(syntax, event)
        sited = noun and any(
            syntax.tokens[i].entity or syntax.tokens[i].pos == "PROPN" for i in parties.patients
        )
        if target is None or sited:
            continue
        parties.patients = target[0]
        parties.frame = target[1] if noun else parties.frame
        if trigger.pattern.type == "MOBILIZE":  # "was the target of a missile fired by X" is no test
            trigger.pattern = msgspec.structs.replace(
                trigger.pattern,
                type="ASSAULT",
                entry=msgspec.structs.replace(trigger.pattern.entry, cameo="194", mode="heavy-weapons"),
            )
    if trigger.pattern.type != "ASSAULT":
        return
    if noun and not parties.patients:
        parties.patients = befallen(syntax, trigger.token)
    widened = called(syntax, aboard(syntax, parties.patients))
    parties.patients = [i for i in widened if i not in parties.agents]


def complete(
    syntax: Syntax, trigger: Trigger, parties: Parties, inner: Sequence[tuple[Trigger, Parties]], moods: Moods
) -> None:
    """Give a predicate that consumes its complement the other party named in there: "pledged to work with X".

    `inner` are the events it consumed, in text order. Whom two agree to fight is no party to their agreement;
    whom one agrees to spare is.
    """
    if parties.patients or trigger.pattern.entry.complement != "consume":
        return
    asked = trigger.pattern.type == "REQUEST"  # of whoever is to do it, not of whom it is done to
    for event, found in inner:
        others = [i for i in (found.agents if asked else found.patients) if i not in parties.agents]
        if not others:
            continue
        against = plover().quad(event.pattern.type) == "material conflict"
        if against and trigger.pattern.type == "AGREE" and status_of(syntax, event.token, moods) != "negated":
            return
        parties.patients = others
        return
    parties.patients = _of_complement(syntax, trigger, parties.agents)


def _of_predicate(syntax: Syntax, trigger: Trigger) -> Parties:
    entry, token, roles = trigger.pattern.entry, trigger.token, trigger.roles
    if trigger.pattern.part == "adjective":
        copula = syntax.tokens[token.head] if token.dep in ("acomp", "oprd", "conj") else token
        agents = syntax.surface(copula) or syntax.surface(token)
        held = {p.lemma: syntax.held(p) for p in syntax.child(token, "prep", "agent")}
        at = {"subj": agents, **held}
        return Parties(agents, _first_filled(at, entry.recipient), frame=copula)
    at = {"subj": roles.agents, "dobj": roles.patients, **roles.obliques}
    if trigger.pattern.objects:  # "broke off relations with X": the other party stands at the object
        inward = NOT_AT_OBJECT | {"of"} if trigger.pattern.type == "REQUEST" else NOT_AT_OBJECT
        # "suspended X's membership" names whom it hits, "rotted in an X jail" whose jail it is
        inward -= {*entry.recipient, *entry.actor} - {"of"}
        words = trigger.pattern.words
        objects = [i for i in roles.patients if syntax.tokens[i].lemma not in words]
        if not objects:  # "put an end to shipments to X"
            objects = [i for word in words for i in at.pop(word, ())]
            objects += [i for word in entry.preps for i in roles.obliques.get(word, ())]
        for i in objects:
            beside = syntax.parties(syntax.tokens[i])
            for j in [i, *beside.get("of", [])]:  # "a fifth round of talks with X"
                for place, heads in syntax.parties(syntax.tokens[j]).items():
                    if place not in inward:
                        at.setdefault(place, heads)
    if trigger.pattern.subjects:  # "the border between X and Y has reopened", "help for X came from Y"
        for name in ("between", "for"):
            at.setdefault(
                name, [i for a in roles.agents for i in syntax.parties(syntax.tokens[a]).get(name, [])]
            )
    if not roles.patients:  # "brought down the plane": a particle that the parser took for a preposition
        at["dobj"] = _first_filled(roles.obliques, trigger.pattern.words)
    agents = _first_filled(at, entry.actor or VERB_ACTOR)
    if not agents and token.lemma in RAISING and trigger.complements:
        return Parties(roles.patients, mood="future")  # "is expected to visit"
    if roles.passive and at.get("by") == agents:
        at.pop("by", None)  # who does it is not whom it is done to
    named = {i for heads in at.values() for i in heads if syntax.tokens[i].lemma in trigger.pattern.words}
    patients = _first_party(syntax, at, trigger, named)
    if not patients and token.dep == "acl":
        patients = syntax.addressee(syntax.tokens[token.head])
    if not patients and trigger.pattern.type == "ASSAULT":
        patients = _first_filled(at, AIMED_AT)
    if not patients and trigger.pattern.type == "REQUEST":  # "pushed X for a ceasefire"
        patients = [i for i in roles.patients if is_party(syntax.tokens[i])]
    if entry.reciprocal and not patients:
        patients = _first_filled(at, ("with",))
    if trigger.pattern.type in SERVING:
        if not any(is_party(syntax.tokens[p]) for p in patients):
            patients = _served(syntax, token) or patients
        if roles.passive and not agents:  # "peacekeepers are deployed to relieve X": they act
            agents = [i for i in roles.patients if names_somebody(syntax, i) and i not in patients]
    of_somebody = any(is_party(syntax.tokens[p]) for p in patients)
    expelled = trigger.pattern.type == "SANCTION" and token.lemma in EXPELLING
    by_capital = token.lemma in word_groups("control")["state_verbs"] or trigger.pattern.type in OPINION
    hailed = of_somebody or token.lemma in JUDGED  # "X's arrest of Y was welcomed in Z"
    if roles.passive and not agents and hailed and (by_capital or expelled):
        names = ("in", "from", "out", "of") if expelled else ("in", "from", "at")  # "thrown out of X"
        places = [i for name in names for i in roles.obliques.get(name, ())]
        places += [
            t.i for i in places for t in syntax.child(syntax.tokens[i], "compound", "poss")
        ]  # "at Cairo airport"
        airport = {i for i in places if syntax.tokens[syntax.tokens[i].head].lemma == "airport"}
        agents = [i for i in places if syntax.tokens[i].entity == "GPE" or i in airport][:1]
    if (
        roles.passive
        and not agents
        and trigger.pattern.type == "SANCTION"
        and trigger.pattern.entry.mode == "withdraw"
    ):
        recalled = [t for i in roles.patients if (t := syntax.tokens[i]).lemma in MISSIONS | ENVOYS]
        agents = [j for t in recalled for p in ("poss", "amod", "compound") for j in syntax.parties(t).get(p, ())
                  if syntax.tokens[j].entity]  # fmt: skip
    if trigger.pattern.type == "SANCTION" and token.lemma in SHUTTING and not roles.passive:
        missions = [t for i in roles.patients if (t := syntax.tokens[i]).lemma in MISSIONS]
        owners = [
            j for t in missions for p in ("poss", "amod", "compound") for j in syntax.parties(t).get(p, ())
        ]
        patients = [j for j in owners if syntax.tokens[j].entity and j not in agents] or patients
    given = [i for i in roles.obliques.get("dative", ()) if is_party(syntax.tokens[i])]
    if given and not any(is_party(syntax.tokens[p]) for p in patients):  # "refused X a visa"
        patients = given
    patients = [*patients, *_aboard(syntax, patients)]
    return Parties(agents, [p for p in patients if p not in agents and p not in named])


def _aboard(syntax: Syntax, patients: list[int]) -> list[int]:
    """Whom a ship or bus carries: "turned away a boat carrying 60 migrants"."""
    clauses = [c for p in patients for c in syntax.child(syntax.tokens[p], "acl") if c.lemma in CARRYING]
    return [i for c in clauses for i in syntax.roles(c).patients if is_party(syntax.tokens[i])]


def _served(syntax: Syntax, verb: Token) -> list[int]:
    """Whom a deed is for or against by its purpose: "sent soldiers to help X"."""
    purposes = [t for t in syntax.child(verb, "advcl", "xcomp") if t.tag == "VB" and syntax.has_to(t)]
    return [i for t in purposes for i in syntax.roles(t).patients if is_party(syntax.tokens[i])]


def _first_party(syntax: Syntax, at: dict[str, list[int]], trigger: Trigger, named: set[int]) -> list[int]:
    """The first place of the recipient that is filled, not counting words of the pattern's own ("exchanged fire").

    Of what is given away or handed over, somebody: "the rebels were supplied with weapons".
    """
    places = [at[p] for p in trigger.pattern.entry.recipient or VERB_RECIPIENT if at.get(p)]
    places = [heads for heads in places if not set(heads) <= named]
    if trigger.pattern.type in GIVING | {"AGREE", "REJECT"}:
        somebody = (heads for heads in places if any(is_party(syntax.tokens[i]) for i in heads))
        return next(somebody, places[0] if places else [])
    return places[0] if places else []


def _of_noun(syntax: Syntax, trigger: Trigger, lexicon: Lexicon) -> Parties:
    entry, token, at = trigger.pattern.entry, trigger.token, trigger.parties
    actor, recipient = entry.actor or NOUN_ACTOR, entry.recipient or NOUN_RECIPIENT
    parties = Parties(_agents_of_noun(syntax, at, actor), _receiving(syntax, at, recipient))
    parties.patients = [i for i in parties.patients if i not in parties.agents]
    if syntax.tokens[token.head].lemma == "at" and trigger.pattern.type == "REQUEST" and "of" in at:
        clause = syntax.governor(token)  # "at the request of X, Y sent troops"
        return Parties(at["of"], syntax.surface(clause[0]) if clause is not None else [], token)
    governor = syntax.governor(token)
    if governor is not None:
        _from_governor(syntax, trigger, parties, governor, lexicon)
    if entry.reciprocal:
        between = at.get("between", []) + at.get("among", [])
        if not between and governor is not None and governor[1] in ("nsubj", "nsubjpass"):
            between = syntax.roles(governor[0]).obliques.get("between", [])  # "no talks took place between …"
        parties.agents = _each(syntax, parties.agents or between, governor)
        if (
            not parties.agents
            and governor is not None
            and (governor[1] in SHARED_OCCASION or (parties.patients and _is_told_of(governor)))
        ):
            parties.agents = [i for i in syntax.surface(governor[0]) if i not in parties.patients]
            if governor[1] == "for":  # what one travels for is as certain as the journey
                parties.frame = governor[0]
                roles = syntax.roles(governor[0])
                guests = [i for i in (*roles.patients, *roles.agents) if is_party(syntax.tokens[i])]
                guests = [i for i in guests if i not in parties.agents] or _hosts(
                    syntax, governor[0], parties
                )
                parties.patients = parties.patients or guests  # "hosted X for talks"
    parties.patients = [p for p in parties.patients if p not in parties.agents]
    return parties


def _is_told_of(governor: tuple[Token, str]) -> bool:
    """`said of his talks with X`: whoever says so took part."""
    return governor[1] in TOLD_OF and governor[0].lemma in word_groups("candidates")["reporting"]


def _hosts(syntax: Syntax, verb: Token, parties: Parties) -> list[int]:
    """`flew to X for talks`, `is in X for talks`: the talks are with who is there."""
    if verb.lemma not in TRAVELLING or len(parties.agents) != 1:
        return []
    around = syntax.roles(verb).obliques
    return [i for name in ("to", "in") for i in around.get(name, ()) if syntax.tokens[i].entity == "GPE"]


def _each(syntax: Syntax, heads: list[int], governor: tuple[Token, str] | None) -> list[int]:
    """`X lent Y money after talks between their leaders`: talks of X and Y."""
    theirs = [i for i in heads if any(t.lemma == "their" for t in syntax.child(syntax.tokens[i], "poss"))]
    if len(heads) != 1 or not theirs or governor is None:
        return heads
    roles = syntax.roles(governor[0])
    around = [
        *roles.agents,
        *roles.obliques.get("dative", []),
        *roles.patients,
        *roles.obliques.get("with", []),
    ]
    both = [i for i in around if is_party(syntax.tokens[i])]
    return both if len(both) > 1 else heads


def _receiving(syntax: Syntax, at: dict[str, list[int]], positions: tuple[str, ...]) -> list[int]:
    """The first place filled; "the refusal of visas to X" is to X."""
    first = _first_filled(at, positions)
    to = at.get("to", [])
    of_things = first == at.get("of") and not any(is_party(syntax.tokens[i]) for i in first)
    return to if of_things and any(is_party(syntax.tokens[i]) for i in to) else first


def _agents_of_noun(syntax: Syntax, at: dict[str, list[int]], positions: Iterable[str]) -> list[int]:
    """A compound is an actor only if it is a name or a collective: "Taliban attack", not "car bomb attack"."""
    for position in positions:
        found = at.get(position, [])
        if position == "compound":
            found = [i for i in found if syntax.tokens[i].pos == "PROPN" or syntax.tokens[i].entity]
        if found:
            return found
    return []


def _from_governor(
    syntax: Syntax, trigger: Trigger, parties: Parties, governor: tuple[Token, str], lexicon: Lexicon
) -> None:
    """What the governing verb adds: "launched an attack on", "came under attack from", "strikes were aimed at"."""
    verb, edge = governor
    roles = syntax.roles(verb)
    if edge in ("nsubj", "nsubjpass") and verb.lemma in DIRECTED:
        held = [i for p in ("against", "at", "on") for i in roles.obliques.get(p, [])]
        parties.patients = parties.patients or held or [i for i in roles.patients if i != trigger.token.i]
        parties.frame = verb
        return
    group = _light_group(syntax, verb, edge, lexicon)
    if group is None:
        return
    parties.frame = verb
    parties.mood = EFFECTS.get(group.effect)
    at = dict(roles.obliques)
    if verb.lemma in HOSTING and not trigger.parties.get("by"):  # "a rebuke awaited the minister in X": X's
        around = [roles.obliques, *(syntax.parties(syntax.tokens[i]) for i in roles.patients)]
        hosts = [i for where in around for i in where.get("in", ()) if syntax.tokens[i].entity == "GPE"]
        parties.agents = parties.agents or hosts
    if edge == "nsubjpass":
        at["subj"] = roles.obliques.get("by", [])
    elif not group.over_subject:
        at["subj"] = syntax.surface(verb)
    if group.over_subject:
        at["dobj"] = roles.patients
    doers = _first_filled(at, ("between", "by", "from") if group.over_subject else group.actor)
    means = trigger.parties.get("of")
    if parties.agents == means and any(is_party(syntax.tokens[i]) for i in doers):
        parties.agents = doers  # "announced the deployment of troops": who announces it deploys them
        parties.patients = [i for i in parties.patients if i not in means]
    if group.recipient == ("subj",) and parties.patients:  # "suffered losses in clashes with X"
        doers = doers or [i for i in syntax.surface(verb) if i not in parties.patients]
    parties.agents = parties.agents or doers
    own = {trigger.token.i, *parties.agents}
    places = [[i for i in at[p] if i not in own] for p in group.recipient if at.get(p)]
    somebody = [heads for heads in places if any(is_party(syntax.tokens[i]) for i in heads)]
    parties.patients = parties.patients or next(iter([*somebody, *places]), [])


def _light_group(syntax: Syntax, verb: Token, edge: str, lexicon: Lexicon) -> LightGroup | None:
    """The group of light verbs this verb belongs to with its event noun on this edge."""
    for words, group in lexicon.light.get(verb.lemma, ()):
        if group.over_subject != (edge == "nsubj"):
            continue
        beside = {t.lemma for t in syntax.child(verb, "prt", "prep", "advmod", "agent", "acomp", "attr")}
        if not all(word in beside for word in words):
            continue
        if edge in ("dobj", "nsubj", "nsubjpass", "attr", "oprd") or edge in words:
            return group
        if edge in ("in", "under", "into") and group.recipient == ("subj",):
            return group
    return None


def _of_complement(syntax: Syntax, trigger: Trigger, agents: list[int]) -> list[int]:
    """The other party named inside the complement: "pledged to work with X", "demanded that X withdraw"."""
    for complement in trigger.complements:
        asked = trigger.pattern.type in LETTING
        subjects = syntax.child(complement, "nsubj", "nsubjpass") if asked else []
        own = [i for t in subjects for i in syntax.conjuncts(t.i)]
        own = [i for i in own if i not in agents and syntax.tokens[i].pos != "PRON"]
        if asked and not own:
            continue
        found = own or _inner_parties(syntax, complement, agents, 0)
        if found:
            return found
    if trigger.pattern.type == "REQUEST":
        return []
    nouns = [t for t in syntax.child(trigger.token, "dobj", "nsubjpass") if t.pos == "NOUN"]
    nouns += [
        o for p in syntax.child(trigger.token, "prep") for o in syntax.child(p, "pobj") if o.pos == "NOUN"
    ]
    for noun in nouns:
        found = [i for i in _first_filled(syntax.parties(noun), NOUN_RECIPIENT) if i not in agents]
        if found:
            return found
    return []


def _inner_parties(syntax: Syntax, verb: Token, agents: list[int], depth: int) -> list[int]:
    if depth > 3:
        return []
    roles = syntax.roles(verb)
    doers = [t for c in syntax.child(verb, "ccomp") for t in syntax.child(c, "nsubj")]
    let = [i for t in doers for i in syntax.conjuncts(t.i)] if verb.lemma in ALLOWING else []
    at = {"dobj": let or roles.patients, **roles.obliques}
    for position in INNER_RECIPIENT:
        for i in at.get(position, []):
            token = syntax.tokens[i]
            if i in agents or token.entity in ("DATE", "TIME"):
                continue
            deeper = syntax.parties(token) if token.pos == "NOUN" and not token.entity else {}
            inner = _first_filled(deeper, ("against", "on", "with", "between", "to", "of"))
            if inner:
                return [j for j in inner if j not in agents]
            return [j for j in at[position] if j not in agents]
    for below in syntax.child(verb, "xcomp", "ccomp"):
        found = _inner_parties(syntax, below, agents, depth + 1)
        if found:
            return found
    return []


def _first_filled(at: dict[str, list[int]], positions: Iterable[str]) -> list[int]:
    return next((at[p] for p in positions if at.get(p)), [])
