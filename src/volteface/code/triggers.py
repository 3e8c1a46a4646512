"""Which words of a sentence carry an event: lexicon patterns matched against the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from volteface.annotate import Token
from volteface.code.entities import is_party
from volteface.code.numbers import is_outcome
from volteface.code.syntax import Roles, Syntax
from volteface.codebook.lexicon import Lexicon, Pattern

# What these hand over may be nothing at all.
GIVING = frozenset({"AID", "COOPERATE"})
NOTHING = frozenset({"nothing", "anything"})
# A form of "be" here only helps another verb.
HELPING = ("aux", "auxpass")
PARTICLE_DEPS = ("prt", "prep", "advmod", "dobj", "acomp", "npadvmod", "agent", "dative", "oprd", "intj")
# "called X on the hot line" is not "called on X".
CHANNELS = frozenset({"line", "hotline", "phone", "telephone"})
# Promises, unless what they hold is past.
ASSURING = frozenset({"assure", "promise", "guarantee", "swear", "pledge"})
# A verb's object restriction may also be met by what the sentence calls the object.
# "vowed to press on with the offensive"
PURSUING = frozenset({"press", "continue", "proceed", "go", "carry", "push", "forge", "persist"})
# "has no intention of selling", "sees no point in talks"
HAVING = frozenset({"have", "see"})
HARM = frozenset({"ASSAULT", "COERCE"})
# What stands before an object and makes another of it.
TELLING = frozenset({"joint", "hunger", "tear", "rubber", "stun"})
# "thousands of armed followers": the followers, too.
MANY = frozenset(
    {
        "thousand",
        "hundred",
        "dozen",
        "score",
        "ten",
        "million",
        "number",
        "group",
        "handful",
        "majority",
        "half",
    }
)
PERCEIVING = frozenset({"see", "hear", "watch", "let", "make", "have", "help", "witness"})
OBJECT_DEPS = ("dobj", "oprd", "attr", "ccomp", "nsubjpass", "dative")


@dataclass(slots=True)
class Trigger:
    """A token that matched a pattern, with its parties by position; `loose` where its object is none that the pattern
    asks for."""

    token: Token
    pattern: Pattern
    roles: Roles
    parties: dict[str, list[int]]
    complements: list[Token]
    loose: bool = False


def find_triggers(syntax: Syntax, lexicon: Lexicon, first: int, last: int) -> Iterator[Trigger]:
    """The best pattern of every token in `first:last` that has one, in text order."""
    for token in syntax.tokens[first:last]:
        patterns = () if is_outcome(syntax, token) else _candidates(token, lexicon)
        if _is_bare_verb(syntax, token) or syntax.fronted(token) is not None:
            patterns = lexicon.verbs.get(token.lemma, ())
        if token.lemma == "leave" and any(is_outcome(syntax, t) for t in syntax.child(token)):
            patterns = tuple(p for p in patterns if p.type == "ASSAULT")  # "left 12 dead" is no leaving
        if not patterns:
            continue
        verbal = (token.pos in ("VERB", "AUX") or _is_bare_verb(syntax, token)) and patterns[0].part != "noun"
        roles = syntax.roles(token) if verbal else Roles()
        parties = {} if verbal else syntax.parties(token)
        complements = syntax.complements(token)
        for loose in (False, True) if verbal and _carries_one(patterns, roles) else (False,):
            fitting = (
                p for p in patterns if _matches(syntax, token, p, roles, parties, complements, loose=loose)
            )
            pattern = next(fitting, None)
            if pattern is not None and (not loose or any(is_party(syntax.tokens[i]) for i in roles.agents)):
                yield Trigger(token, pattern, roles, parties, complements, loose)
                break


def _carries_one(patterns: Sequence[Pattern], roles: Roles) -> bool:
    """Whether a verb can only mean harm of one type, whatever its object: no list has all that one can flatten."""
    verbs = [p for p in patterns if p.part == "verb"]
    types = {p.type for p in verbs}
    return len(types) == 1 and types <= HARM and bool(roles.patients) and not any(p.words for p in verbs)


def _is_bare_verb(syntax: Syntax, token: Token) -> bool:
    """`had seen two men fire at a bus`: a verb that the tagger took for a noun."""
    clause = token.pos == "NOUN" and token.dep == "ccomp" and syntax.child(token, "nsubj")
    return (
        bool(clause)
        and syntax.tokens[token.head].lemma in PERCEIVING
        and not syntax.child(token, "det", "amod")
    )


def _is_gerund_noun(token: Token) -> bool:
    """Whether a gerund stands where nouns stand."""
    return token.tag == "VBG" and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "attr")


def _candidates(token: Token, lexicon: Lexicon) -> tuple[Pattern, ...]:
    if _is_gerund_noun(token):  # "X shelling of Y", "an hour of shelling"
        nouns = lexicon.nouns.get(token.text.lower(), ())
        if nouns:
            return nouns
    if token.pos == "VERB" or (token.pos == "AUX" and token.lemma == "be" and token.dep not in HELPING):
        if token.dep == "amod" or (token.tag == "VBN" and token.dep == "pobj"):
            return ()
        verbs = lexicon.verbs.get(token.lemma, ())
        predicative = token.tag == "VBN" and lexicon.adjectives.get(token.text.lower(), ())
        return (*predicative, *verbs) if predicative else verbs
    if token.pos in ("NOUN", "PROPN"):
        if token.dep in ("compound", "nmod") or token.entity in ("PERSON", "ORG", "GPE", "WORK_OF_ART"):
            return ()
        if token.pos == "PROPN" and token.entity == "DATE":
            return ()  # the month of March
        return lexicon.nouns.get(token.lemma, ())
    if token.pos == "ADJ" and token.dep in (
        "acomp",
        "ROOT",
        "conj",
        "oprd",
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "appos",
    ):
        return lexicon.adjectives.get(token.lemma, ())
    return ()


def _matches(
    syntax: Syntax,
    token: Token,
    pattern: Pattern,
    roles: Roles,
    parties: dict[str, list[int]],
    complements: list[Token],
    *,
    loose: bool = False,
) -> bool:
    entry = pattern.entry
    if not all(_has_word(syntax, token, word, pattern.part) for word in pattern.words):
        return False
    obliques = roles.obliques or parties
    if entry.preps and not _has_any(syntax, token, pattern, obliques, roles, at_object=bool(pattern.objects)):
        return False
    if pattern.objects or pattern.not_objects:
        objects = _object_lemmas(syntax, token, pattern, roles, parties) - set(pattern.words)
        if objects & NOTHING and pattern.type in GIVING:
            objects |= pattern.objects  # "sold nothing to X"
        if (
            pattern.type in ("REJECT", "CONCEDE")
            and entry.complement != "denied"
            and _is_report(syntax, token)
        ):
            return False
        asked = objects | _held_lemmas(syntax, pattern, roles) if pattern.part == "verb" else objects
        fits = loose or not pattern.objects or bool(asked & pattern.objects)
        if not fits or objects & pattern.not_objects:
            return False
    if pattern.subjects or pattern.not_subjects:
        subjects = {syntax.tokens[i].lemma for i in roles.agents if not _is_gunfire(syntax, i)}
        named = [syntax.tokens[i] for i in roles.agents if syntax.tokens[i].entity == "PERSON"]
        subjects |= {
            t.lemma.lower() for name in named for t in syntax.child(name, "compound")
        }  # "President X"
        subjects |= {"personname"} if named else set()
        parts = [i for i in roles.agents if syntax.tokens[i].entity == "CARDINAL"]  # "one of its helicopters"
        subjects |= {
            syntax.tokens[j].lemma for i in parts for j in syntax.parties(syntax.tokens[i]).get("of", ())
        }
        # "the crowd was dispersed in X": who did it goes without saying
        unsaid = roles.passive and not roles.agents and not complements
        unsaid = unsaid and bool(pattern.objects) and pattern.type in HARM
        if (
            pattern.subjects and not subjects & pattern.subjects and not unsaid
        ) or subjects & pattern.not_subjects:
            return False
    if entry.infinitive:  # the subject's own: "wants to return it", not "wants France to return it"
        complements = [
            c for c in complements if syntax.has_to(c) and not syntax.child(c, "nsubj", "nsubjpass")
        ]
        if not complements:
            return False
    if pattern.type == "REJECT" and token.lemma in HAVING and not _has_none(syntax, token):
        return False
    calling = pattern.type == "CONSULT" and (pattern.head, pattern.words) == ("call", ("on",))
    if calling and not pattern.inner and any(syntax.has_to(c) for c in complements):
        return False  # "called on X to leave" is no call paid
    if pattern.type == "REQUEST" and any(_is_question(syntax, c) for c in complements):
        return False
    wanting = pattern.type == "REQUEST" and token.lemma in ("want", "expect")
    if wanting and any(_is_own(syntax, c) for c in complements):
        return False
    if token.lemma == "tell" and token.dep == "relcl" and pattern.type == "REQUEST":
        return False  # "the minister who told governors not to …": said of him in passing
    if token.lemma == "insist" and any(_is_stated(syntax, c) for c in complements):
        return False
    own = any(syntax.has_to(c) and not syntax.child(c, "nsubj") for c in complements)
    if (
        entry.complement == "drop"
        and entry.needs_complement
        and (roles.passive or (own and token.lemma == "expect"))
    ):
        return (
            False  # "expects X to visit" is a view; "X is expected to visit", "X expects to visit" are plans
        )
    if pattern.type == "AGREE" and token.lemma == "want" and not all(_is_own(syntax, c) for c in complements):
        return False  # "wants X to return it" asks
    if pattern.type == "AGREE" and token.lemma in ASSURING and any(_is_past(syntax, c) for c in complements):
        return False
    if pattern.inner and not any(_inner(syntax, c) & pattern.inner for c in complements):
        return False
    return not (entry.needs_complement and not complements and not (entry.preps or pattern.objects))


def _has_none(syntax: Syntax, verb: Token) -> bool:
    """`has no intention of …`, `has no wish to …`: who has some refuses nothing."""
    return any(t.lemma == "no" for o in syntax.child(verb, "dobj") for t in syntax.child(o, "det"))


def _is_report(syntax: Syntax, verb: Token) -> bool:
    """`rejected suggestions that it had paid`: a denial. Of what is proposed ("that he resign") it is a refusal."""
    nouns = syntax.child(verb, "dobj", "nsubjpass")
    nouns += [t for p in syntax.child(verb, "prep") if p.lemma == "as" for t in syntax.child(p, "pobj")]
    clauses = [c for noun in nouns for c in syntax.child(noun, "acl", "relcl")]
    return any(
        c.tag in ("VBD", "VBN", "VBZ")
        and syntax.child(c, "nsubj", "nsubjpass")
        and any(t.lemma == "that" for t in syntax.child(c, "mark", "dobj"))
        and not any(t.tag == "MD" for t in syntax.child(c, "aux"))
        for c in clauses
    )


def _is_gunfire(syntax: Syntax, i: int) -> bool:
    """Whether a fire is somebody's: "killed by Israeli fire"."""
    fire = syntax.tokens[i]
    whose = any(
        t.entity == "NORP" or t.lemma == "from" for t in syntax.child(fire, "amod", "compound", "prep")
    )
    return fire.lemma == "fire" and whose


def _has_word(syntax: Syntax, token: Token, word: str, part: str) -> bool:
    if part == "noun":
        before = [syntax.tokens[i] for i in token.children if i < token.i]
        before += [t for t in syntax.tokens[max(0, token.i - 3) : token.i] if "-" in (t.text, word)]
        if any(t.text == "-" for t in before):  # "counter-offensive": the prefix hangs on its own
            before += syntax.tokens[max(0, token.i - 3) : token.i]
        return any(t.lemma == word or t.text.lower() == word for t in before)
    beside = syntax.child(token, *PARTICLE_DEPS)
    beside += [t for t in syntax.child(token, "advcl", "ccomp", "xcomp") if t.pos == "ADJ"]  # "set free X"
    return any(t.lemma == word and not _is_aside(syntax, t) for t in beside)


def _is_aside(syntax: Syntax, preposition: Token) -> bool:
    """`called on Tuesday`, `called X on the hot line` are not `called on` somebody."""
    return any(t.entity in ("DATE", "TIME") or t.lemma in CHANNELS for t in syntax.child(preposition, "pobj"))


def _is_past(syntax: Syntax, complement: Token) -> bool:
    """`assured us that X had received none`: a statement about what was, no promise."""
    return complement.tag == "VBD" or any(t.lemma == "have" for t in syntax.child(complement, "aux"))


def _is_stated(syntax: Syntax, complement: Token) -> bool:
    """`insisted that it had nothing to hide` states; `insisted that they leave`, `must leave` demands."""
    auxiliaries = syntax.child(complement, "aux", "auxpass")
    finite = complement.tag in ("VBD", "VBZ") or any(t.tag in ("VBD", "VBZ", "VBP") for t in auxiliaries)
    will = any(t.lemma in ("will", "would", "could", "can") for t in auxiliaries)
    return (
        complement.dep == "ccomp"
        and bool(syntax.child(complement, "nsubj", "nsubjpass", "expl"))
        and (finite or will)
    )


def _is_own(syntax: Syntax, complement: Token) -> bool:
    """`wants to recolonise X` is a wish, `wants X to leave`, `wants to see X freed` a demand."""
    subjects = syntax.child(complement, "nsubj", "nsubjpass", "auxpass")
    return syntax.has_to(complement) and not subjects and complement.lemma not in ("see", "have", "get")


def _is_question(syntax: Syntax, complement: Token) -> bool:
    """`asked why …`, `asked whether …` wants an answer, nothing else."""
    return any(
        t.tag == "WRB" or t.lemma in ("whether", "if") for t in syntax.child(complement, "advmod", "mark")
    )


def _has_any(
    syntax: Syntax,
    token: Token,
    pattern: Pattern,
    obliques: dict[str, list[int]],
    roles: Roles,
    *,
    at_object: bool,
) -> bool:
    """Whether one of the pattern's prepositions stands at the word, or at its object: "expressed concern over", "took
    part in exercises with"."""
    preps = pattern.entry.preps
    if any(p in obliques or _has_preposition(syntax, token, p) for p in preps):
        return True
    held = [*roles.patients, *(i for word in pattern.words for i in roles.obliques.get(word, ()))]
    return at_object and any(p in syntax.parties(syntax.tokens[i]) for i in held for p in preps)


def _has_preposition(syntax: Syntax, token: Token, preposition: str) -> bool:
    return any(
        t.lemma == preposition for t in syntax.child(token, "prep", "dative", "prt", "mark", "aux", "agent")
    )


def _object_lemmas(
    syntax: Syntax, token: Token, pattern: Pattern, roles: Roles, parties: dict[str, list[int]]
) -> set[str]:
    if pattern.part == "noun":
        heads = [i for name in ("of", "compound", "amod", "on", "for", "to") for i in parties.get(name, ())]
        return {syntax.tokens[i].lemma for i in heads} | {
            t.lemma for t in syntax.child(token, "amod", "compound", "nmod")
        }
    heads = [i for i in roles.patients if syntax.tokens[i].lemma not in pattern.words]
    heads += [t.i for t in syntax.child(token, *OBJECT_DEPS) if t.lemma not in pattern.words]
    if (fronted := syntax.fronted(token)) is not None:
        heads.append(fronted[0].i)
    if token.lemma == "give":  # "gave the junta a week to …"
        heads += [t.i for t in syntax.child(token, "npadvmod")]
    asked: tuple[str, ...] = pattern.words  # "asked Oslo for help": the help, too
    if pattern.part == "adjective":
        asked = tuple(roles.obliques)
    elif not heads:
        asked += pattern.entry.preps
    heads += [i for preposition in asked for i in roles.obliques.get(preposition, ())]
    counted = [
        syntax.tokens[i] for i in heads if syntax.tokens[i].entity == "CARDINAL"
    ]  # "two of our officers"
    counted += [syntax.tokens[i] for i in heads if syntax.tokens[i].lemma in MANY]
    heads += [i for t in counted for i in syntax.parties(t).get("of", ())]
    found = {syntax.tokens[i].lemma for i in heads}
    # An adjective after its noun is said of it: "found the teacher guilty".
    found |= {t.lemma for i in heads for t in syntax.child(syntax.tokens[i], "amod") if t.i > i}
    # "carried out a joint operation", "ended a hunger strike" are another thing than operation and strike.
    found |= {t.lemma for i in heads for t in syntax.child(syntax.tokens[i], "amod", "compound")} & TELLING
    if any(syntax.tokens[i].entity in ("GPE", "LOC") for i in heads):
        found.add("placename")
    if any(syntax.tokens[i].entity == "PERSON" for i in heads):
        found.add("personname")
    return found | {"money"} if any(syntax.tokens[i].entity == "MONEY" for i in heads) else found


def _held_lemmas(syntax: Syntax, pattern: Pattern, roles: Roles) -> set[str]:
    """What the pattern's prepositions hold beside an object: "turned the town into rubble"."""
    held = [i for preposition in pattern.entry.preps for i in roles.obliques.get(preposition, ())]
    return {syntax.tokens[i].lemma for i in held}


def _inner(syntax: Syntax, complement: Token) -> set[str]:
    """Lemmas that say what a complement is about: its verb, the verb below an aspectual one, its objects."""
    found = {complement.lemma}
    below = [*syntax.child(complement, "xcomp", "dobj", "conj")]
    if complement.lemma in PURSUING:
        below += [
            t for p in syntax.child(complement, "prep") if p.lemma == "with" for t in syntax.child(p, "pobj")
        ]
    found.update(t.lemma for t in below)
    return found
