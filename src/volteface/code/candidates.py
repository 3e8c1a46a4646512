"""Predicates that no pattern of the lexicon covers but that look like one party doing something to another.

For a trained classifier, which says what they are, if anything. Syntax and kinds of parties decide, not vocabulary;
what can never be an event (saying, being, thinking) is listed in `lexicon/candidates.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from volteface.annotate import Sentence, Token
from volteface.code.entities import is_party
from volteface.code.parties import NOUN_ACTOR, NOUN_RECIPIENT, Parties
from volteface.code.syntax import Roles, Syntax
from volteface.code.trees import UNDERGOING
from volteface.codebook.lexicon import word_groups

# A light verb and its event noun are one predicate: these edges join them.
CARRIED = ("dobj", "nsubj", "nsubjpass", "attr")
CARRYING = frozenset({"in", "into", "under"})
# These make any noun an event: what is done by, against or between somebody is done.
TELLING = frozenset({"by", "against", "between"})
# The subject of these is who it is done to.
RECEIVING = frozenset({"receive", "get", "obtain", "gain", "enjoy", "suffer", "undergo", "endure"})
# Prepositions after a verb that may hold whom it is done to, in order.
TOWARD = (
    "to", "against", "with", "on", "upon", "into", "toward", "towards", "from", "for", "at", "over", "between"
)  # fmt: skip


def candidates(syntax: Syntax, sentence: Sentence, taken: Collection[int]) -> list[tuple[Token, Parties]]:
    """Predicates of one sentence outside the lexicon, with heads of both parties, in text order.

    `taken` are the tokens whose events are known already, consumed ones too; a verb that only carries one of them,
    and a noun that a candidate verb carries, are left out. Agent and patient are each a named entity or somebody in
    a role; whole coordinations are kept where one member is that.
    """
    found: list[tuple[Token, Parties]] = []
    carried: set[int] = set()
    for token in syntax.tokens[sentence.first : sentence.last]:
        if token.i in taken:
            continue
        undergone = token.lemma in UNDERGOING and any(
            syntax.is_passive(t) for t in syntax.child(token, "ccomp")
        )
        if (
            token.pos == "VERB"
            and not undergone
            and _may_be_event(token)
            and not set(_load(syntax, token)) & set(taken)
        ):
            parties = _of_verb(syntax, token)
            if parties is not None:
                carried.update(_load(syntax, token))
        elif token.pos == "NOUN" and token.i not in carried and not token.entity:
            parties = _of_noun(syntax, token)
        else:
            parties = None
        if parties is not None:
            found.append((token, parties))
    return found


def _may_be_event(verb: Token) -> bool:
    words = word_groups("candidates")
    return verb.dep != "amod" and not any(verb.lemma in words[g] for g in ("reporting", "empty", "thinking"))


def _load(syntax: Syntax, verb: Token) -> Iterable[int]:
    """The nouns a verb may only carry: its object and subject, and what stands after "in", "into", "under"."""
    yield from (t.i for t in syntax.child(verb, *CARRIED))
    for preposition in syntax.child(verb, "prep"):
        if preposition.lemma in CARRYING:
            yield from (t.i for t in syntax.child(preposition, "pobj"))


def _of_verb(syntax: Syntax, verb: Token) -> Parties | None:
    found = syntax.roles(verb)
    if verb.lemma in RECEIVING and not found.passive:
        return _of_receiver(syntax, found)
    agents = _acting(syntax, found.agents)
    if not agents:
        return None
    places = [found.patients, found.obliques.get("dative", [])]
    for i in found.patients:  # "dealt a blow to X's hopes" is done to X
        beside = syntax.parties(syntax.tokens[i]) if syntax.tokens[i].pos == "NOUN" else {}
        places += [beside.get(p, []) for p in ("poss", "amod", *NOUN_RECIPIENT)]
    places += [found.obliques.get(p, []) for p in TOWARD]
    return _both(agents, (_acting(syntax, place) for place in places))


def _of_receiver(syntax: Syntax, found: Roles) -> Parties | None:
    """`X received Y's aid`: Y gives, X gets."""
    places = [found.obliques.get("from", [])]
    for i in found.patients:
        beside = syntax.parties(syntax.tokens[i]) if syntax.tokens[i].pos == "NOUN" else {}
        places += [beside.get(p, []) for p in ("from", "poss", "amod")]
    givers = next((g for g in (_acting(syntax, place) for place in places) if g), [])
    return _both(givers, [_acting(syntax, found.agents)]) if givers else None


def _of_noun(syntax: Syntax, noun: Token) -> Parties | None:
    words, at = word_groups("candidates"), syntax.parties(noun)
    ending = noun.lemma.endswith(tuple(words["endings"]))
    empty = words["relational"] | word_groups("control")["measure_nouns"]
    if is_party(noun) or noun.lemma in empty or not (ending or TELLING & set(at)):
        return None
    agents = next((a for p in NOUN_ACTOR if (a := _acting(syntax, at.get(p, [])))), [])
    if len(agents) > 1 and agents == at.get("between"):
        return Parties(agents)
    places = [at.get(p, []) for p in NOUN_RECIPIENT]
    governor = syntax.governor(noun)
    if not agents and governor is not None and governor[1] == "dobj":  # "made overtures to X"
        verb = syntax.roles(governor[0])
        agents = _acting(syntax, verb.agents)
        places += [verb.obliques.get(p, []) for p in TOWARD]
    return _both(agents, (_acting(syntax, place) for place in places)) if agents else None


def _acting(syntax: Syntax, heads: list[int]) -> list[int]:
    """The heads, if one of them may be a party."""
    return heads if any(is_party(syntax.tokens[i]) for i in heads) else []


def _both(agents: list[int], places: Iterable[list[int]]) -> Parties | None:
    """The first place whose parties are others than the agents."""
    for place in places:
        patients = [i for i in place if i not in agents]
        if patients:
            return Parties(agents, patients)
    return None
