"""What an attribution makes of its content: words said, a claim, an accusation, a wish, ….

An attribution alone does not say so ("X pledged to Y" and "X said Y" have the same fields), and whoever
decides how certain an event is needs it: what is only accused, denied or promised did not happen because it
is said.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, cast

from volteface.annotate.attributions.lexicon import cues
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Attribution

Kind = Literal[
    "speech",
    "claim",
    "accusation",
    "denial",
    "belief",
    "promise",
    "request",
    "judgement",
    "question",
    "report",
]

_CONTENT_WORDS = ("VERB", "NOUN", "ADJ", "ADV", "AUX")


def claim_kind(attribution: Attribution, annotation: Annotation) -> Kind:
    """How the cue presents the content, from the groups of `cues.toml`.

    *speech*: said, written, announced, according to; *report*: reported, found, reportedly; *claim*: claimed,
    insisted; *accusation*: accused, blamed, alleged by a noun; *denial*: denied, refused; *belief*: thinks,
    fears, is expected, wants; *promise*: pledged, threatened, is seeking to, agreed to; *request*: urged,
    ordered, called for; *judgement*: denounced, welcomed, called X a Y; *question*: asked whether.
    `annotation` is the one the attribution was found in; a cue that is not in the lexicon is *speech*.
    """
    lexicon = cues()
    tokens = annotation.tokens
    for start, end in reversed(attribution.cue.spans):  # "has also said", "expressed concern about"
        first = bisect_left(tokens, start, key=lambda t: t.start)
        last = bisect_left(tokens, end, first, key=lambda t: t.start)
        for token in reversed(tokens[first:last]):
            if token.pos == "VERB" and (group := lexicon.groups.get(token.lemma)):
                return _of_verb(annotation, token, group)
            if token.pos in _CONTENT_WORDS and (kind := lexicon.kinds.get(token.lemma)):
                return cast(Kind, kind)
            if token.pos == "ADJ" and token.lemma in lexicon.adjectives:
                return "belief"
    return "speech"


def _of_verb(annotation: Annotation, verb: Token, group: str) -> Kind:
    """A verb's kind, but for the verbs whose syntax decides: "agreed to leave" promises, "agreed that" says;
    "asked them to stop" and "called for a truce" request, "asked whether" asks, "called it a lie" judges."""
    lexicon = cues()
    infinitive = any(
        any(t.dep == "aux" and t.lemma == "to" for t in annotation.children(complement))
        for complement in annotation.children(verb, "xcomp", "ccomp")
    )
    takes = lexicon.prepositions.get(verb.lemma, frozenset()) & _REQUESTING
    if takes & {t.lemma for t in annotation.children(verb, "prep", "prt")}:
        return "request" if group != "belief" else "belief"
    if verb.lemma == "call":
        return "request" if infinitive else "judgement"
    if infinitive and verb.lemma in lexicon.verbs["control"]:
        return "belief" if lexicon.verbs["control"][verb.lemma] == "belief" else "request"
    if infinitive and group == "speech" and verb.lemma in lexicon.verbs["infinitive"]:
        return "promise"
    kind = lexicon.kinds.get(verb.lemma, group)
    return "speech" if kind == "writing" else cast(Kind, kind)


# "Called for", "called on", "appealed to": prepositions of verbs that want something done.
_REQUESTING = frozenset({"for", "on", "upon"})
