"""Duties laid on somebody in other words than *must*: `the onus is on X to …`, `it falls to X to …`, `X has no choice
but to …`, `it is vital that X …`, `X owes us an answer`, `X cannot go on …`, `gave X six months to …`.

For `duties.py`; the words are in `codebook/lexicon/duties.toml`.
"""

from __future__ import annotations

from volteface.annotate import Token
from volteface.code.syntax import Syntax
from volteface.codebook.lexicon import word_groups

# What is to be done, and heads of those who are to do it.
Duty = tuple[Token, list[int]]

INFINITIVES = ("xcomp", "acl", "relcl", "advcl", "ccomp")
# "it falls to X to …", "the onus lies with X to …", "rests on X"
RESTING = frozenset({"be", "fall", "lie", "rest"})
# These lay a duty where no deed is named; "responsibility lies with X" only blames.
ONUS = frozenset({"onus", "burden"})
RESTING_ON = ("on", "upon", "to", "with")
# "considers it essential that X …"
DEEMING = frozenset({"call", "consider", "deem", "think", "find", "regard", "hold", "believe", "make"})
# "X would do well to …", "X would be wise to …"
WELL = frozenset({"well", "wise", "advised", "right"})
# "cannot go on ignoring it", "cannot keep them for ever"
GOING_ON = frozenset({"go", "continue", "keep", "remain", "stay", "persist"})
FOR_EVER = frozenset({"ever", "forever", "indefinitely", "longer", "more", "endlessly"})
# "were given until Sunday to withdraw"
GIVEN = frozenset({"give", "allow", "grant"})
LIMITS = frozenset({"minute", "hour", "day", "week", "fortnight", "month", "year"})


def burden(syntax: Syntax, token: Token) -> Duty | None:
    """The duty that a word lays on somebody, as the deed (or the word, where no deed is named) and who is to do it."""
    if _is_no_longer_to_be(syntax, token):
        return token, syntax.surface(token)
    if syntax.child(token, "neg"):
        return None
    frames = (_resting, _without_choice, _bound_by_duty, _due, _needful, _owed, _advised, _within)
    return next((duty for frame in frames if (duty := frame(syntax, token)) is not None), None)


def has_limit(syntax: Syntax, verb: Token) -> bool:
    """`has until March to …`, `gave X 48 hours to …`."""
    spans = syntax.child(verb, "dobj", "npadvmod")
    limits = any(t.lemma in LIMITS and syntax.child(t, "nummod", "det") for t in spans)
    return limits or any(p.lemma == "until" for p in syntax.child(verb, "prep"))


def _infinitive(syntax: Syntax, token: Token) -> Token | None:
    return next((t for t in syntax.child(token, *INFINITIVES) if syntax.has_to(t) and t.i > token.i), None)


def _resting(syntax: Syntax, verb: Token) -> Duty | None:
    """`it falls to X to …`, `it is up to X to …`, `the onus is on X to …`, `the ball is in X's court`."""
    subjects = syntax.child(verb, "nsubj", "expl")
    burdens = any(t.lemma in word_groups("duties")["burdens"] for t in subjects)
    onus = any(t.lemma in ONUS for t in subjects)
    it = any(t.lemma == "it" for t in subjects)
    ball = any(t.lemma == "ball" for t in subjects)
    if verb.lemma not in RESTING or not (burdens or ball or it):
        return None
    if ball:
        held = [o for p in syntax.child(verb, "prep") for o in syntax.child(p, "pobj")]
        owners = [t.i for court in held if court.lemma == "court" for t in syntax.child(court, "poss")]
        return (verb, owners) if owners else None
    up = [t for t in syntax.child(verb, "advmod", "prep") if t.lemma == "up"]
    if it and verb.lemma == "be" and not up:
        return None
    deed = _infinitive(syntax, verb)
    places = [p for t in (verb, *up) for p in syntax.child(t, "prep") if p.lemma in RESTING_ON]
    heads = [i for p in places for i in syntax.held(p)]
    return (deed or verb, heads) if heads and (deed is not None or onus) else None


def _without_choice(syntax: Syntax, verb: Token) -> Duty | None:
    """`X has no choice but to …`, `X has no business being there`."""
    words = word_groups("duties")["choices"]
    for noun in syntax.child(verb, "dobj") if verb.lemma == "have" else ():
        if noun.lemma not in words or not any(t.lemma == "no" for t in syntax.child(noun, "det")):
            continue
        but = [t for p in syntax.child(noun, "prep") for t in syntax.child(p, "pcomp", "pobj")]
        deed = next((t for t in (*but, *syntax.child(noun, "acl", "relcl")) if t.pos == "VERB"), None)
        if deed is not None:
            return deed, syntax.surface(verb)
    return None


def _bound_by_duty(syntax: Syntax, participle: Token) -> Duty | None:
    """`X is duty bound to …`, two words, one of them a noun to the parser."""
    duty = syntax.tokens[participle.head]
    if participle.text.lower() != "bound" or duty.lemma not in ("duty", "honour", "honor", "treaty"):
        return None
    deed = _infinitive(syntax, participle) or _infinitive(syntax, duty)
    return (deed, syntax.surface(syntax.tokens[duty.head])) if deed is not None else None


def _due(syntax: Syntax, verb: Token) -> Duty | None:
    """`the time has come for X to …`."""
    for time in syntax.child(verb, "nsubj") if verb.lemma == "come" else ():
        clauses = [*syntax.child(time, "relcl", "acl"), *syntax.child(verb, "advcl", "xcomp", "ccomp")]
        for clause in clauses if time.lemma in ("time", "moment", "hour") else ():
            if syntax.has_to(clause) and any(t.lemma == "for" for t in syntax.child(clause, "mark")):
                return clause, [i for t in syntax.child(clause, "nsubj") for i in syntax.conjuncts(t.i)]
    return None


def _needful(syntax: Syntax, adjective: Token) -> Duty | None:
    """`it is imperative that X …`, `for X to …`, `called it essential that X …`."""
    above = syntax.tokens[adjective.head]
    if adjective.lemma not in word_groups("duties")["needful"] or adjective.dep == "amod":
        return None
    copula = above.lemma in ("be", "seem", "remain", "become") and adjective.dep in ("acomp", "oprd", "attr")
    deemed = above.lemma in DEEMING
    beside = [*syntax.child(above, "nsubj", "expl", "dobj"), *syntax.child(adjective, "nsubj")]
    if not (copula or deemed) or not any(t.lemma == "it" for t in beside):
        return None
    for clause in (*syntax.child(adjective, *INFINITIVES), *syntax.child(above, "ccomp", "advcl", "xcomp")):
        marks = {t.lemma for t in syntax.child(clause, "mark")}
        doers = [i for t in syntax.child(clause, "nsubj", "nsubjpass") for i in syntax.conjuncts(t.i)]
        if clause.i > adjective.i and marks & {"that", "for"} and doers:
            return clause, doers
    return None


def _owed(syntax: Syntax, verb: Token) -> Duty | None:
    """`X owes us an apology`, `X owes it to its people to …`."""
    if verb.lemma != "owe":
        return None
    owed = any(t.lemma in word_groups("duties")["debts"] for t in syntax.child(verb, "dobj"))
    return (_infinitive(syntax, verb) or verb, syntax.surface(verb)) if owed else None


def _advised(syntax: Syntax, verb: Token) -> Duty | None:
    """`X would do well to …`, `X would be wise to …`."""
    said = [*syntax.child(verb, "advmod"), *syntax.child(verb, "acomp")]
    would = any(t.lemma in ("would", "will", "'d", "’d") for t in syntax.child(verb, "aux"))
    if verb.lemma not in ("do", "be") or not would or not any(t.lemma in WELL for t in said):
        return None
    deed = next((d for t in (verb, *said) if (d := _infinitive(syntax, t)) is not None), None)
    return (deed, syntax.surface(verb)) if deed is not None else None


def _within(syntax: Syntax, verb: Token) -> Duty | None:
    """`gave X six months to …`, `has 48 hours to …`, `was given until Sunday to …`."""
    passive = syntax.is_passive(verb)
    if not (verb.lemma == "have" or verb.lemma in GIVEN) or not has_limit(syntax, verb):
        return None
    deed = next((t for t in syntax.annotation.subtree(verb) if t.i > verb.i and syntax.has_to(t)), None)
    if deed is None:
        return None
    if verb.lemma == "have" or passive:
        return deed, syntax.surface(verb)
    return deed, [i for t in syntax.child(verb, "dative") for i in syntax.conjuncts(t.i)]


def _is_no_longer_to_be(syntax: Syntax, verb: Token) -> bool:
    """`cannot go on ignoring it`, `cannot keep them for ever`."""
    cannot = syntax.child(verb, "neg") and any(t.lemma == "can" for t in syntax.child(verb, "aux"))
    if not cannot:
        return False
    going = verb.lemma in GOING_ON and bool(syntax.child(verb, "xcomp"))
    beside = syntax.child(verb, "advmod")
    beside += [t for p in syntax.child(verb, "prep") for t in syntax.child(p, "pcomp", "pobj")]
    return going or any(t.lemma in FOR_EVER for t in beside)
