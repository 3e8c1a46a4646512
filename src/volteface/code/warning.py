"""What a source says will come to somebody: a threat, though no word of threatening is said.

`X said Y risked an embargo if it went ahead`, `Y would face the consequences, X said`, `X said any search of its ships
would be treated as an act of war`. The words are in `codebook/lexicon/evaluations.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from volteface.annotate import Phrase, Sentence, Token
from volteface.annotate.phrases import phrase_at
from volteface.code.entities import is_party
from volteface.code.judging import proposal_of
from volteface.code.proposal import Proposal
from volteface.code.setting import Setting
from volteface.code.syntax import Syntax
from volteface.codebook.lexicon import word_groups

THREAT = ("THREATEN", None, "130")
# Whatever is threatened has not come about.
AHEAD = frozenset({"future", "hypothetical", "negated"})
WILL = frozenset({"will", "would", "shall", "could", "'ll", "’ll"})
CONDITIONS = frozenset({"if", "unless", "should", "until"})


def warnings(setting: Setting, sentence: Sentence, known: Collection[int]) -> Iterator[Proposal]:
    """The threats of one sentence that are told as somebody's prospects. `known`: tokens that are events already."""
    syntax = setting.syntax
    for token in setting.annotation.of(sentence):
        if token.pos != "VERB" or token.i in known:
            continue
        source = _source(setting, token)
        claims = setting.claims_on(token)
        if source is None or syntax.child(token, "neg"):
            continue
        if _risks(syntax, token):
            others = _apart(syntax, _prospects(syntax, token), source)
        elif _is_casus(syntax, token):
            others = _apart(syntax, _doers(syntax, token), source)
        else:
            continue
        if others or not _risks(syntax, token):
            yield proposal_of(
                setting, token, token, THREAT, [source], others, claims, sentence, excluded=AHEAD, unseen=True
            )


def _source(setting: Setting, token: Token) -> Phrase | None:
    """Who threatens: the source; of "X would regard it as an act of war" X, whoever tells it."""
    claims = setting.claims_on(token)
    own = setting.phrases(setting.syntax.surface(token), token)
    if own and _is_casus(setting.syntax, token) and not setting.syntax.is_passive(token):
        return own[0]
    return (
        phrase_at(setting.annotation, *claims[0].source.spans[0])
        if claims and claims[0].source.spans
        else None
    )


def _risks(syntax: Syntax, verb: Token) -> bool:
    """`risked an embargo if …`, `would face sanctions`."""
    words = word_groups("evaluations")
    objects = [t for o in syntax.child(verb, "dobj") for t in (o, *syntax.child(o, "conj"))]
    objects += [t for p in syntax.child(verb, "prep") if p.lemma == "with" for t in syntax.child(p, "pobj")]
    dire = any(t.lemma in words["penalties"] for t in objects)
    return verb.lemma in words["risking"] and dire and _is_ahead(syntax, verb)


def _prospects(syntax: Syntax, verb: Token) -> list[int]:
    """Who is told what is in store for him; of an "it", who is spoken of in the condition before it."""
    found = syntax.surface(verb)
    clauses = [c for c in syntax.child(verb, "advcl") if c.i < verb.i]
    pronoun = any(syntax.tokens[i].text.lower() in ("it", "they") for i in found)
    return [i for c in clauses for i in syntax.surface(c)] if pronoun and clauses else found


def _is_ahead(syntax: Syntax, verb: Token) -> bool:
    """Whether a verb speaks of what may come: by its modal, or by the condition beside it."""
    marks = (m for c in syntax.child(verb, "advcl") for m in syntax.child(c, "mark", "aux"))
    return any(t.text.lower() in WILL for t in syntax.child(verb, "aux")) or any(
        m.text.lower() in CONDITIONS for m in marks
    )


def _is_casus(syntax: Syntax, verb: Token) -> bool:
    """`would be treated as an act of war`."""
    words = word_groups("evaluations")
    held = [o for p in syntax.child(verb, "prep") if p.lemma in ("as", "to") for o in syntax.child(p, "pobj")]
    held += [
        o for t in held for p in syntax.child(t, "prep") if p.lemma == "of" for o in syntax.child(p, "pobj")
    ]
    held += [o for t in held for o in syntax.child(t, "amod")]
    willed = any(t.text.lower() in WILL for t in syntax.child(verb, "aux"))
    return verb.lemma in words["taking"] and willed and any(t.lemma in words["casus"] for t in held)


def _doers(syntax: Syntax, verb: Token) -> list[int]:
    """Whose the deed is that would be taken so: "any attack by Y", "a Y blockade"."""
    if not syntax.is_passive(verb):  # "should X close the straits, Y would regard it as …"
        return [i for c in syntax.child(verb, "advcl") for i in syntax.surface(c)]
    subjects = [syntax.parties(syntax.tokens[i]) for i in syntax.surface(verb)]
    return [i for at in subjects for place in ("by", "poss", "amod", "from") for i in at.get(place, ())]


def _apart(syntax: Syntax, heads: list[int], source: Phrase) -> list[int]:
    outside = [i for i in heads if not source.first <= i < source.last]
    return [i for i in outside if is_party(syntax.tokens[i])]
