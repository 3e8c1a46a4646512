"""Events without a word of acting: what a source calls somebody."""

from __future__ import annotations

from collections.abc import Iterable

from volteface.annotate import Phrase, Sentence, Token
from volteface.annotate.phrases import phrase_at
from volteface.code.joining import Events
from volteface.code.proposal import Proposal
from volteface.code.setting import Setting
from volteface.code.status import status_of
from volteface.code.syntax import Syntax
from volteface.codebook.lexicon import word_groups
from volteface.records import Attribution

VERDICTS: dict[str, tuple[str, str | None, str]] = {
    "negative": ("ACCUSE", "disapprove", "111"),
    "positive": ("SUPPORT", None, "051"),
}
REFUSAL = ("REJECT", None, "120")
PREDICATES = ("acomp", "attr", "conj", "pobj", "oprd")
# Read off a word of judging, not off a pattern with its parties: less sure than most patterns.
CONFIDENCE = 0.65


def verdicts(setting: Setting, sentence: Sentence, known: Events) -> Iterable[Proposal]:
    """`X said the decision was outrageous`, `X described Y as a partner`: X blames or praises whoever decided,
    whatever the words of blaming and praising."""
    words, syntax = word_groups("evaluations"), setting.syntax
    for token in setting.annotation.of(sentence):
        kind = _evaluation(syntax, token, words)
        if kind is None or status_of(syntax, token, setting.moods) != "actual":
            continue
        claims = setting.claims_on(token)
        copula, describing = _copula(syntax, token), _describing(syntax, token, words)
        if copula is not None and status_of(syntax, copula, setting.moods) == "negated":
            continue
        if describing is not None and describing.i not in known:
            told = setting.source_of(describing)
            judges = [told] if told is not None else setting.phrases(syntax.surface(describing), token)
            roles = syntax.roles(describing)
            judged = roles.patients or roles.obliques.get("to", [])
            claims = setting.claims_on(describing)
        elif copula is not None and claims and claims[0].source.spans:
            judges = [phrase_at(setting.annotation, *claims[0].source.spans[0])]
            judged = _judged(syntax, token, copula, words)
        else:
            continue
        behind = [i for j in judged for i in (known[j][1].agents if j in known else [j])]
        frame = describing or copula or token
        yield proposal_of(
            setting, token, frame, VERDICTS[kind], judges, behind, claims, sentence, unseen=True
        )


def refusals(setting: Setting, sentence: Sentence) -> Iterable[Proposal]:
    """`"Never," said X when Y proposed it`: X refuses Y."""
    syntax, words = setting.syntax, word_groups("evaluations")
    for token in setting.annotation.of(sentence):
        claims = setting.claims_on(token)
        if token.text.lower() not in words["refusals"] or not claims or not claims[0].source.spans:
            continue
        start, end = claims[0].content.spans[0]
        if setting.annotation.text[start:end].strip(" \"'“”‘’,.!").lower() != token.text.lower():
            continue
        asked = [c for c in syntax.child(syntax.tokens[token.head], "advcl") if c.lemma in words["proposing"]]
        others = [i for c in asked for i in syntax.surface(c)]
        if others:
            source = phrase_at(setting.annotation, *claims[0].source.spans[0])
            yield proposal_of(
                setting, token, asked[0], REFUSAL, [source], others, claims, sentence, unseen=True
            )


def proposal_of(
    setting: Setting,
    token: Token,
    frame: Token,
    what: tuple[str, str | None, str],
    actors: list[Phrase],
    recipients: list[int],
    claims: list[Attribution],
    sentence: Sentence,
    *,
    excluded: frozenset[str] = frozenset(),
    unseen: bool = False,
) -> Proposal:
    """A proposal of type, mode and CAMEO code `what`, read off `token`, dated by `frame`."""
    type_, mode, cameo = what
    date = setting.date(token, frame, type_, "actual", claims, sentence)
    return Proposal(
        type=type_,
        mode=mode,
        cameo=cameo,
        contexts=setting.contexts.of(setting.annotation, sentence, ()),
        trigger=Phrase(token.i, token.i + 1, token.i),
        sentence=sentence.i,
        actors=actors,
        recipients=setting.phrases(recipients, token),
        attributions=tuple(c.id for c in claims),
        date=date,
        confidence=CONFIDENCE,
        unseen=unseen,
        excluded=excluded | ({"historical"} if setting.is_recent(date, frame) else set()),
    )


def _is_entitled(syntax: Syntax, token: Token) -> bool:
    """`X had every right to …` takes X's side."""
    every = any(t.lemma == "every" for t in syntax.child(token, "det"))
    return token.lemma == "right" and every and syntax.tokens[token.head].lemma == "have"


def _evaluation(syntax: Syntax, token: Token, words: dict[str, frozenset[str]]) -> str | None:
    """Whether a predicate blames or praises, by itself or by its adjective."""
    if _is_entitled(syntax, token):
        return "positive"
    feeling = token.tag == "VBN" and token.lemma in words["feelings"]
    described = token.pos == "ADJ" and syntax.tokens[token.head].lemma == "as"  # "described as wrong"
    if not (token.dep in PREDICATES or feeling or described) or token.pos not in ("ADJ", "NOUN", "VERB"):
        return None
    said = {token.lemma, token.text.lower(), *(t.lemma for t in syntax.child(token, "amod"))}
    if token.lemma in words["kinds"]:  # "an act of aggression"
        said |= {syntax.tokens[i].lemma for p in syntax.child(token, "prep") for i in syntax.held(p)}
    return next((kind for kind in VERDICTS if said & words[kind]), None)


def _describing(syntax: Syntax, token: Token, words: dict[str, frozenset[str]]) -> Token | None:
    """The verb of describing whose `as` or object predicate this is."""
    head = syntax.tokens[token.head]
    if head.lemma == "as" and head.dep == "prep":
        head = syntax.tokens[head.head]
    elif token.dep != "oprd":
        return None
    return head if head.lemma in words["describing"] else None


def _copula(syntax: Syntax, predicate: Token) -> Token | None:
    """The form of "be" a predicate belongs to, through coordination."""
    token = predicate
    if _is_entitled(syntax, token):
        return syntax.tokens[token.head]
    if any(t.lemma == "be" for t in syntax.child(token, "auxpass")):
        return token
    for _ in range(3):
        head = syntax.tokens[token.head]
        if token.dep in ("acomp", "attr"):
            return head if head.lemma in ("be", "seem", "remain") else None
        if token.dep != "conj" or head.i == token.i:
            return None
        token = head
    return None


def _judged(syntax: Syntax, token: Token, copula: Token, words: dict[str, frozenset[str]]) -> list[int]:
    """Who is blamed or praised: the subject; after words of feeling, whom or what one feels it about."""
    subjects = syntax.surface(copula)
    if not {token.lemma, token.text.lower()} & words["feelings"]:
        return subjects
    clauses = [c for c in syntax.complements(token) + syntax.complements(copula) if c.i > token.i]
    own = [t.i for c in clauses for t in syntax.child(c, "nsubj", "nsubjpass")]
    held = [i for p in syntax.child(token, "prep", "agent") for i in syntax.held(p)]
    return [i for i in own or held if i not in subjects]
