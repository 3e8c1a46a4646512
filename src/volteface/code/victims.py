"""Whom an event befalls, and whose doing it is, where the sentence says so in other words than subject and object."""

from __future__ import annotations

from volteface.annotate import Token
from volteface.code.entities import is_party
from volteface.code.syntax import OWNERS, Syntax
from volteface.code.trees import FINITE
from volteface.codebook.lexicon import word_groups

INCLUDING = frozenset({"include", "be", "become", "number", "remain"})
BEARING = frozenset({"bear", "take", "suffer", "face"})
LAWS = frozenset(
    {"bill", "law", "legislation", "decree", "act", "amendment", "motion", "ordinance", "measure", "order"}
)
LAUNCHED = frozenset({"fire", "launch", "drop", "lob", "shoot", "hurl", "throw"})
# Who is in a boat that is fired on, a house that is shelled.
CARRYING = frozenset({"carry", "hold", "house", "shelter", "transport", "bring", "ferry", "take", "belong"})


def target_of(syntax: Syntax, event: Token) -> tuple[list[int], Token] | None:
    """`X was the target of E`, `X, victim of E`, `the victims of E included X`: X, and the verb that says so."""
    preposition = syntax.tokens[event.head]
    target = syntax.tokens[preposition.head]
    known = target.lemma in _words("target_nouns") and preposition.lemma in ("of", "in", "from")
    if event.dep != "pobj" or not known:
        return None
    verb = syntax.tokens[target.head]
    if target.dep == "pobj":  # "on the receiving end of E", "among the dead in E were X"
        copula = syntax.tokens[verb.head]
        later = [t.i for t in syntax.child(copula, "attr", "nsubj") if t.i > event.i]
        found = later if verb.lemma == "among" else syntax.surface(copula) or later
        return (found, copula) if copula.lemma in ("be", "find") and found else None
    if target.dep == "appos":
        return [verb.i], target
    if target.dep == "attr" or (target.dep == "dobj" and verb.lemma in BEARING):
        return syntax.surface(verb), verb
    if target.dep == "nsubjpass" and verb.lemma in BEARING:
        return syntax.roles(verb).agents, verb
    if target.dep == "nsubj" and verb.lemma in INCLUDING:
        named = syntax.child(verb, "dobj", "attr")
        return [j for t in named for j in syntax.conjuncts(t.i)], verb
    return None


def victims_of(syntax: Syntax, victim: Token) -> Token | None:
    """The E of `the victims of E included X`, where this is X."""
    verb = syntax.tokens[victim.head]
    for subject in syntax.child(verb, "nsubj") if verb.lemma in INCLUDING else ():
        events = [
            o for p in syntax.child(subject, "prep") if p.lemma == "of" for o in syntax.child(p, "pobj")
        ]
        if subject.lemma in _words("target_nouns") and events:
            return events[0]
    return None


def called(syntax: Syntax, heads: list[int]) -> list[int]:
    """With what a sentence says somebody was: `shot by a sniper, Ada Quill was the first Dane to …`."""
    found = list(heads)
    for i in heads:
        token = syntax.tokens[i]
        copula = syntax.tokens[token.head]
        if token.entity == "PERSON" and token.dep == "nsubj" and copula.lemma == "be":
            found += [t.i for t in syntax.child(copula, "attr") if is_party(t)]
    return found


def befallen(syntax: Syntax, event: Token) -> list[int]:
    """`an attack in which X was wounded`: X."""
    for clause in syntax.child(event, "relcl", "ccomp", "acl"):
        inside = any(
            o.lemma == "which" for p in syntax.child(clause, "prep") for o in syntax.child(p, "pobj")
        )
        if inside and (syntax.is_passive(clause) or clause.lemma in ("die", "perish")):
            return syntax.surface(clause)
    return []


def aboard(syntax: Syntax, heads: list[int]) -> list[int]:
    """With who is in or behind the things that were hit: "a boat carrying Thai fishermen", "a bus of pilgrims"."""
    found = list(heads)
    for i in heads:
        thing = syntax.tokens[i]
        if names_somebody(syntax, i):
            continue
        for clause in syntax.child(thing, "acl", "relcl"):
            if clause.lemma in CARRYING:
                roles = syntax.roles(clause)
                found += roles.patients or roles.obliques.get("to", [])
    return list(dict.fromkeys(found))


def makers(syntax: Syntax, verb: Token, heads: list[int]) -> list[int]:
    """Who is behind the things that act: in `bombs dropped by X hit Y` it is X, in `as its guns fired, X …` X."""
    found: list[int] = []
    for i in heads:
        thing = syntax.tokens[i]
        if thing.pos != "NOUN" or is_party(thing):
            found.append(i)
            continue
        helped = any(c.lemma in _words("aided_participles") for c in syntax.child(thing, "acl"))
        around = syntax.parties(thing)
        by = [] if helped else around.get("by", []) or around.get("from", [])  # "a grant from X will pay"
        by = by or ([] if helped else _senders(syntax, verb, thing))
        by = [j for j in by if is_party(syntax.tokens[j])]
        found += by or _announced(syntax, verb, thing) or _lawmakers(syntax, thing) or [i]
    return list(dict.fromkeys(found))


def _senders(syntax: Syntax, verb: Token, thing: Token) -> list[int]:
    """`rockets fired from X landed in Y`: X, where the parser took the participle for the verb."""
    fired = syntax.tokens[thing.head]
    if fired.i == verb.i or thing.dep != "nsubj" or fired.tag not in ("VBN", "VBD") or verb.dep != "conj":
        return []
    if verb.head != fired.i or fired.lemma not in LAUNCHED:
        return []
    return [
        i for p in syntax.child(fired, "prep", "agent") if p.lemma in ("from", "by") for i in syntax.held(p)
    ]


def _lawmakers(syntax: Syntax, law: Token) -> list[int]:
    """`parliament is to vote on a bill that would jail X`: parliament does, or would do, what the bill does."""
    if law.lemma not in LAWS:
        return []
    around = syntax.parties(law)
    above = syntax.tokens[law.head]
    verb = syntax.tokens[above.head] if law.dep == "pobj" and above.lemma == "on" else above
    carried = law.dep == "dobj" or (law.dep == "pobj" and verb.lemma in ("vote", "debate"))
    found = around.get("poss") or around.get("by") or around.get("amod") or []
    found = found or (syntax.surface(verb) if carried and verb.pos == "VERB" else [])
    return [i for i in found if is_party(syntax.tokens[i])]


def _announced(syntax: Syntax, verb: Token, thing: Token) -> list[int]:
    """The subject of the main clause, where a clause before it speaks of "its" things."""
    main = syntax.tokens[verb.head]
    owned = any(t.text.lower() in OWNERS for t in syntax.child(thing, "poss"))
    if not owned or verb.dep != "advcl" or verb.i > main.i or main.tag not in FINITE:
        return []
    return [i for i in syntax.surface(main) if i > verb.i and is_party(syntax.tokens[i])]


def names_somebody(syntax: Syntax, head: int) -> bool:
    """Whether a phrase names a party: by its head or by whose it is."""
    token = syntax.tokens[head]
    if is_party(token) or token.pos == "PRON":
        return True
    around = syntax.parties(token) if token.pos in ("NOUN", "ADJ", "NUM") else {}
    return any(
        is_party(syntax.tokens[i])
        for p in ("poss", "amod", "compound", "of", "in", "from")
        for i in around.get(p, ())
    )


def _words(group: str) -> frozenset[str]:
    return word_groups("control")[group]
