"""Noun phrases: what a reader would mark."""

from __future__ import annotations

import pytest

from tests.build import annotation
from volteface.annotate import Annotation, noun_phrase, phrase_at

PATROL = (
    "A|DET|det|4 Ruritanian|ADJ|amod|4 patrol|NOUN|compound|4 boat|NOUN|nsubj|5 rammed|VERB|ROOT|0 "
    "the|DET|det|7 "
    "trawler|NOUN|dobj|5 ,|PUNCT|punct|7 which|PRON|nsubj|10 sank|VERB|relcl|7 .|PUNCT|punct|5"
)
PRESIDENTS = (
    "The|DET|det|2 presidents|NOUN|nsubj|7 of|ADP|prep|2 Ruritania|PROPN|pobj|3 and|CCONJ|cc|4 "
    "Syldavia|PROPN|conj|4 met|VERB|ROOT|0"
)
NAMED = (
    "Foreign|PROPN|compound|2 Minister|PROPN|compound|4 Ada|PROPN|compound|4 Quill|PROPN|nsubj|9 "
    "of|ADP|prep|4 "
    "Syldavia|PROPN|pobj|5 on|ADP|prep|9 Monday|PROPN|pobj|7 spoke|VERB|ROOT|0"
)
SOLDIERS = (
    "Soldiers|NOUN|nsubj|4 in|ADP|prep|1 Bordavia|PROPN|pobj|2 shot|VERB|ROOT|0 Ada|PROPN|dobj|4 "
    "in|ADP|prep|5 Bordavia|PROPN|pobj|6"
)
FRONT = (
    "The|DET|det|4 People|PROPN|compound|4 's|PART|case|2 Front|PROPN|nsubj|8 (|PUNCT|punct|4 "
    "PF|PROPN|appos|4 "
    ")|PUNCT|punct|4 fled|VERB|ROOT|0"
)
BASE = (
    "A|DET|det|2 base|NOUN|nsubj|8 in|ADP|prep|2 the|DET|det|5 village|NOUN|pobj|3 of|ADP|prep|5 "
    "Ober|PROPN|pobj|6 burned|VERB|ROOT|0 in|ADP|prep|8 winter|NOUN|pobj|9"
)
PLAN = "The|DET|det|2 plan|NOUN|nsubj|6 drafted|VERB|acl|2 by|ADP|agent|3 Bordavia|PROPN|pobj|4 failed|VERB|ROOT|0"
LOYAL = (
    "Rebels|NOUN|nsubj|6 loyal|ADJ|amod|1 to|ADP|prep|2 the|DET|det|5 general|NOUN|pobj|3 fled|VERB|ROOT|0"
)
ACCUSED = (
    "Bordavia|PROPN|nsubj|2 accused|VERB|ROOT|0|accuse the|DET|det|4 army|NOUN|dobj|2 of|ADP|prep|4 "
    "murder|NOUN|pobj|5"
)
APART = (
    "It|PRON|nsubj|2 left|VERB|ccomp|9 Bordavia|PROPN|dobj|2 ,|PUNCT|punct|3 Minister|PROPN|compound|7 "
    "Ada|PROPN|compound|7 Quill|PROPN|appos|3 ,|PUNCT|punct|3 said|VERB|ROOT|0"
)


@pytest.mark.parametrize(
    ("sentence", "mentions", "head", "phrase"),
    [
        (PATROL, {}, "boat", "A Ruritanian patrol boat"),
        (PATROL, {}, "trawler", "the trawler"),
        (PRESIDENTS, {"Ruritania": "GPE"}, "presidents", "The presidents of Ruritania and Syldavia"),
        (PRESIDENTS, {}, "Ruritania", "Ruritania"),
        (NAMED, {"Ada Quill": "PERSON"}, "Quill", "Foreign Minister Ada Quill of Syldavia"),
        (SOLDIERS, {"Bordavia": "GPE"}, "Soldiers", "Soldiers in Bordavia"),
        (SOLDIERS, {"Bordavia": "GPE"}, "Ada", "Ada"),
        (FRONT, {}, "Front", "The People's Front ( PF )"),
        (BASE, {"Ober": "GPE"}, "base", "A base in the village of Ober"),
        (PLAN, {}, "plan", "The plan drafted by Bordavia"),
        (LOYAL, {}, "Rebels", "Rebels loyal to the general"),
        (ACCUSED, {}, "army", "the army"),
        (APART, {"Bordavia": "GPE", "Ada Quill": "PERSON"}, "Bordavia", "Bordavia"),
    ],
)
def test_noun_phrase(sentence: str, mentions: dict[str, str], head: str, phrase: str) -> None:
    doc = annotation(sentence, mentions=mentions)
    found = noun_phrase(doc, index(doc, head))
    start, end = doc.span(found.first, found.last)
    assert doc.text[start:end] == phrase
    assert found.first <= found.head < found.last


def test_phrase_at_takes_the_topmost_noun() -> None:
    doc = annotation(PATROL)
    found = phrase_at(doc, 0, len("A Ruritanian patrol boat"))
    assert (found.first, found.last, found.head) == (0, 4, 3)
    with pytest.raises(ValueError, match="no token"):
        phrase_at(doc, len(doc.text), len(doc.text))


def index(doc: Annotation, word: str) -> int:
    return next(t.i for t in doc.tokens if t.text == word)
