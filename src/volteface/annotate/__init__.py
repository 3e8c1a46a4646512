"""Document → sentences, mentions, times, attributions."""

from volteface.annotate.parser import DEFAULT_PIPELINE, Parser
from volteface.annotate.phrases import noun_phrase, phrase_at
from volteface.annotate.tokens import Annotation, Mention, Phrase, Sentence, Token

__all__ = [
    "DEFAULT_PIPELINE",
    "Annotation",
    "Mention",
    "Parser",
    "Phrase",
    "Sentence",
    "Token",
    "noun_phrase",
    "phrase_at",
]
