"""What a source says somebody must do: a request, whatever the words of asking.

`X said Y must withdraw`, `Y is bound by treaty to withdraw`, `it is high time that Y withdrew`, `without an apology
from Y`, and the imperative: `"Withdraw," X told Y`. The words are in `codebook/lexicon/duties.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from volteface.annotate import Sentence, Token
from volteface.annotate.phrases import phrase_at
from volteface.code.burdens import GIVEN, INFINITIVES, burden
from volteface.code.entities import is_party
from volteface.code.judging import proposal_of
from volteface.code.proposal import Proposal
from volteface.code.setting import Setting
from volteface.code.syntax import Syntax
from volteface.code.trees import MOST_STEPS
from volteface.codebook.lexicon import word_groups

REQUEST = ("REQUEST", None, "100")
# To tell somebody what not to do is no refusal, and what is asked for later is asked for now.
ASKED = frozenset({"REJECT", "future", "hypothetical", "negated"})
# Whose duty something is stands here at the noun: "its duty", "a duty on X".
HOLDERS = ("poss", "on", "of", "for")
ADDRESSED = ("dobj", "dative", "to", "at")
YOU = frozenset({"you", "yourselves"})
# "the blockade must end"
ENDING = frozenset({"cease", "disappear", "end", "go", "leave", "stop"})
# "it is incumbent on X to withdraw"
INCUMBENT = ("on", "upon", "for")
# "no talks until X has withdrawn"
BEFORE = frozenset({"until", "unless", "before", "without"})


def requests(setting: Setting, sentence: Sentence) -> Iterator[Proposal]:
    """Each duty that a source lays on somebody else, as a request to him; what the law binds somebody to, as a
    request by nobody. The trigger is what is to be done."""
    syntax = setting.syntax
    for token in setting.annotation.of(sentence):
        deed, found = _duty(syntax, token)
        asked = [i for i in found if is_party(syntax.tokens[i])] or _owners(syntax, deed, found)
        said = _saying(syntax, deed)
        if _is_imperative(syntax, deed) or any(syntax.tokens[i].text.lower() in YOU for i in found):
            asked = _addressees(syntax, said) if said is not None else []
        if not asked:
            continue
        claims = setting.claims_on(deed)
        source = next((c.source.spans[0] for c in claims if c.source.spans), None)
        asking = [phrase_at(setting.annotation, *source)] if source else []
        if token.lemma in GIVEN and deed.i != token.i and not syntax.is_passive(token):
            asking = setting.phrases(syntax.surface(token), token)  # "gave X six months to …"
        if not asking and said is not None:
            asking = setting.phrases([i for i in syntax.surface(said) if i not in asked], said)
        if asking or _is_bound(syntax, token):
            yield proposal_of(
                setting, deed, token, REQUEST, asking, asked, claims, sentence, excluded=ASKED, unseen=True
            )
    yield from _conditions(setting, sentence)


def _duty(syntax: Syntax, token: Token) -> tuple[Token, list[int]]:
    """What a word says is to be done, and heads of those who are to do it; none where it lays no duty."""
    words = word_groups("duties")
    auxiliaries = syntax.child(token, "aux")
    if token.dep == "relcl":
        return token, []
    other = burden(syntax, token)
    if other is not None:
        return other
    if token.pos in ("VERB", "AUX"):
        must = any(t.lemma in words["modals"] and t.i < token.i for t in auxiliaries)
        better = any(t.text.lower() == "better" for t in syntax.child(token, "advmod"))
        better = better and token.tag == "VB" and any(t.lemma == "have" for t in auxiliaries)
        if better or (must and not _is_guess(syntax, token) and not _is_inverted(syntax, token)):
            return token, syntax.surface(token)
    if syntax.child(token, "neg"):
        return token, []
    if token.lemma in words["binding"] and syntax.is_passive(token) and not syntax.child(token, "xcomp"):
        below = syntax.annotation.subtree(token)  # "is required under a resolution to …"
        deed = next((t for t in below if t.i > token.i and syntax.has_to(t)), None)
        return (deed, syntax.surface(token)) if deed is not None else (token, [])
    deed = next((t for t in syntax.child(token, *INFINITIVES) if syntax.has_to(t) and t.i > token.i), None)
    if deed is not None and token.text.lower() == "got" and syntax.child(token, "aux"):  # "has got to open"
        return deed, syntax.surface(token)
    if token.lemma == "be":
        return _impersonal(syntax, token, deed)
    if token.lemma in words["nouns"] and token.pos == "NOUN":
        return _of_noun(syntax, token, deed)
    if deed is not None and token.lemma in words["verbs"] and not syntax.child(token, "dobj", "advmod"):
        return deed, syntax.surface(token)
    if deed is not None and _is_bound(syntax, token):
        return deed, syntax.surface(syntax.tokens[token.head] if token.dep == "acomp" else token)
    return token, []


def _owners(syntax: Syntax, deed: Token, things: list[int]) -> list[int]:
    """Whose the thing is that must end: "X's blockade must be lifted", "the X sanctions should go"."""
    if syntax.child(deed, "neg") or not (syntax.is_passive(deed) or deed.lemma in ENDING):
        return []
    around = [syntax.parties(syntax.tokens[i]) for i in things if syntax.tokens[i].pos == "NOUN"]
    found = [j for at in around for place in ("poss", "amod", "compound", "by") for j in at.get(place, ())]
    return [j for j in found if is_party(syntax.tokens[j])]


def _is_inverted(syntax: Syntax, verb: Token) -> bool:
    """`should Iraq attack`, `must they leave?`: a condition, or a question."""
    subjects = syntax.child(verb, "nsubj", "nsubjpass", "compound")
    auxiliaries = syntax.child(verb, "aux")
    return bool(subjects and auxiliaries) and auxiliaries[0].i < subjects[0].i


def _is_guess(syntax: Syntax, verb: Token) -> bool:
    """`officials think it should be there by Easter` expects, and asks nothing."""
    head = syntax.tokens[verb.head]
    should = any(t.lemma == "should" for t in syntax.child(verb, "aux"))
    return should and verb.dep == "ccomp" and head.lemma in word_groups("duties")["guessing"]


def _is_bound(syntax: Syntax, token: Token) -> bool:
    """Whether law, treaty or award lay the duty: there nobody need say so."""
    said = token.lemma in word_groups("duties")["binding"]
    if token.text.lower() == "bound" and not syntax.child(token, "prep", "agent", "compound", "npadvmod"):
        return False  # "is bound to fail" is sure to
    return said and (syntax.is_passive(token) or token.dep == "acomp")


def _of_noun(syntax: Syntax, noun: Token, deed: Token | None) -> tuple[Token, list[int]]:
    """`X's duty is to …`, `X is under an obligation to …`, `there is a duty on X to …`."""
    head = syntax.tokens[noun.head]
    if noun.dep == "nsubj" and head.lemma == "be":
        deed = next((t for t in syntax.child(head, "xcomp", "ccomp", "attr") if syntax.has_to(t)), None)
    around, governor = syntax.parties(noun), syntax.governor(noun)
    if deed is None and noun.dep == "pobj" and governor is not None:  # "was under an obligation to …"
        deed = next((t for t in syntax.child(governor[0], "advcl", "xcomp") if syntax.has_to(t)), None)
    if deed is None:
        return noun, []
    held = next((around[p] for p in HOLDERS if around.get(p)), [])
    return deed, held or (syntax.surface(governor[0]) if governor is not None else [])


def _impersonal(syntax: Syntax, token: Token, deed: Token | None) -> tuple[Token, list[int]]:
    """`it is for X to …`, `it is up to X to …`, `it is high time X …`, and `X is to …` in an ultimatum."""
    if not any(t.lemma == "it" for t in syntax.child(token, "nsubj", "expl")):
        other = syntax.child(token, "attr", "acomp", "aux")
        is_order = deed is not None and deed.dep == "xcomp" and not other and _in_order(syntax, token)
        return (deed, syntax.surface(token)) if deed is not None and is_order else (token, [])
    for time in syntax.child(token, "attr"):
        clauses = syntax.child(time, "relcl", "acl", "ccomp") if time.lemma == "time" else []
        clauses = clauses or (syntax.child(token, "ccomp") if time.lemma == "time" else [])
        for clause in clauses:
            return clause, [i for t in syntax.child(clause, "nsubj") for i in syntax.conjuncts(t.i)]
    if deed is None:
        on = [t for a in syntax.child(token, "acomp") for t in syntax.child(a, "xcomp", "advcl")]
        deed = next((t for t in on if syntax.has_to(t)), None)
    if deed is None:
        return token, []
    if any(t.lemma == "for" for t in syntax.child(deed, "mark")):
        return deed, [i for t in syntax.child(deed, "nsubj") for i in syntax.conjuncts(t.i)]
    for adjective in syntax.child(token, "acomp"):
        held = [i for p in syntax.child(adjective, "prep") if p.lemma in INCUMBENT for i in syntax.held(p)]
        if held:
            return deed, held
    for preposition in syntax.child(token, "prep"):
        if preposition.lemma == "for" or syntax.child(preposition, "prep"):
            return deed, syntax.held(preposition)
    return token, []


def _in_order(syntax: Syntax, token: Token) -> bool:
    """Whether who says it orders it, by verb or by the paper it stands in."""
    said, orders = _saying(syntax, token), word_groups("duties")["orders"]
    if said is None:
        return False
    beside = [t for p in syntax.child(said, "prep") for t in syntax.child(p, "pobj")]
    beside += [t for noun in beside for t in syntax.child(noun, "compound")]
    return any(t.lemma in orders for t in (said, *beside))


def _is_imperative(syntax: Syntax, verb: Token) -> bool:
    """A bare verb without a subject in what somebody is told."""
    if verb.tag not in ("VB", "VBP") or verb.dep not in ("ccomp", "parataxis") or verb.i > verb.head:
        return False
    bare = not syntax.child(verb, "nsubj", "nsubjpass", "mark", "csubj", "expl")
    return bare and all(t.lemma == "do" for t in syntax.child(verb, "aux"))


def _saying(syntax: Syntax, token: Token) -> Token | None:
    """The verb of saying that a clause stands under or beside."""
    words = word_groups("candidates")["reporting"]
    for _ in range(MOST_STEPS):
        above = syntax.tokens[token.head]
        beside = [t for t in syntax.child(token, "conj", "parataxis") if t.lemma in words and t.i > token.i]
        if beside:
            return beside[0]
        if above.i == token.i:
            return None
        if above.lemma in words or (token.dep == "ccomp" and above.pos == "VERB"):
            return above
        token = above
    return None


def _addressees(syntax: Syntax, said: Token) -> list[int]:
    """Whom somebody speaks to: `told X`, `said to X`, `said, turning to X`."""
    for verb in (said, *syntax.child(said, "advcl")):
        roles = syntax.roles(verb)
        at = {"dobj": roles.patients, **roles.obliques}
        for place in ADDRESSED:
            found = [i for i in at.get(place, ()) if is_party(syntax.tokens[i])]
            if found:
                return found
    return []


def _conditions(setting: Setting, sentence: Sentence) -> Iterator[Proposal]:
    """`without an apology from X, Y said, talks could not …`, `only after X had apologised would Y …`, `there can be
    no talks until X has apologised, Y said`: Y asks it of X."""
    syntax = setting.syntax
    for token in setting.annotation.of(sentence):
        asking: list[int] = []
        asked: list[int] = []
        above = syntax.tokens[token.head]
        if token.lemma == "without" and _is_impossible(syntax, above):
            deeds = [o for o in syntax.child(token, "pobj") if not is_party(o)]
            asked = [i for o in deeds for p in ("from", "by") for i in syntax.parties(o).get(p, [])]
            said = _saying(syntax, above) or next(iter(syntax.child(above, "parataxis")), None)
            asking = syntax.surface(said) if said is not None else syntax.surface(above)
        elif token.dep == "advcl" and _is_only_then(syntax, token, above):
            asked, asking = syntax.surface(token), syntax.surface(above)
        elif token.dep == "advcl" and _is_none_before(syntax, token, above):
            said = _saying(syntax, above)
            asked, asking = syntax.surface(token), syntax.surface(said) if said is not None else []
        asked = [i for i in asked if is_party(syntax.tokens[i]) and i not in asking]
        if asked and any(is_party(syntax.tokens[i]) for i in asking):
            asker = setting.phrases(asking, token)
            yield proposal_of(
                setting, token, above, REQUEST, asker, asked, setting.claims_on(token), sentence
            )


def _is_impossible(syntax: Syntax, verb: Token) -> bool:
    modal = any(t.tag == "MD" for t in syntax.child(verb, "aux"))
    return modal and bool(syntax.child(verb, "neg"))


def _is_none_before(syntax: Syntax, clause: Token, above: Token) -> bool:
    """Whether nothing is to come before a clause has come true: `there will be no talks until …`."""
    things = syntax.child(above, "attr", "nsubj", "nsubjpass")
    none = any(d.lemma == "no" for t in things for d in syntax.child(t, "det"))
    none = none or (bool(syntax.child(above, "neg")) and not any(is_party(t) for t in things))
    joined = any(t.lemma in BEFORE for t in syntax.child(clause, "mark"))
    return none and joined and any(t.tag == "MD" for t in syntax.child(above, "aux"))


def _is_only_then(syntax: Syntax, clause: Token, above: Token) -> bool:
    only = any(t.lemma == "only" for t in syntax.child(clause, "advmod"))
    return only and bool(syntax.child(clause, "mark", "advmod")) and bool(syntax.child(above, "aux"))
