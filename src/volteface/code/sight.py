"""What the networks see in a document: words that carry events, who acts on whom in each, what it is.

Every sentence is read once, when first asked about; each question after that costs a few layers. Offsets that the
networks take and give are within the sentence, all others within the document (docs/decisions/0020-weighing.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from volteface.annotate import Annotation, Phrase, Sentence, Token
from volteface.annotate.encoder import Encoder, Labels, Pair, Reading, Scores
from volteface.annotate.phrases import phrase_at
from volteface.code.proposal import Proposal
from volteface.records import Span

# A word carries an event, or is part of a party, from this chance up.
TRIGGER_FLOOR, PARTY_FLOOR = 0.5, 0.5
CARRIERS = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "VERB"})


class Sight:
    """One document under the networks."""

    def __init__(self, annotation: Annotation, encoder: Encoder) -> None:
        self._annotation, self._encoder = annotation, encoder
        self._readings: dict[int, Reading] = {}

    @property
    def labels(self) -> Labels:
        """What the scores of `judge` stand for."""
        return self._encoder.labels

    def triggers(self, sentence: Sentence) -> list[Token]:
        """The heads of the words that carry events, in text order."""
        chances = self._encoder.tag(self._reading(sentence)).trigger
        heads = (self._annotation.tokens[p.head] for p in self._runs(sentence, chances, TRIGGER_FLOOR))
        return [t for t in heads if t.pos in CARRIERS]

    def parties(self, sentence: Sentence, trigger: Phrase) -> tuple[list[Phrase], list[Phrase]]:
        """The actors and the recipients of one event."""
        span = _within(sentence, self._annotation.span(trigger.first, trigger.last))
        tags = self._encoder.tag(self._reading(sentence), span)
        actors, recipients = (
            [
                p
                for p in self._runs(sentence, chances, PARTY_FLOOR)
                if self._annotation.tokens[p.head].pos in NOMINAL
            ]
            for chances in (tags.actor, tags.recipient)
        )
        return actors, recipients

    def judge(self, proposal: Proposal) -> Scores:
        """How likely each type, mode and status is of a proposed event."""
        sentence = self._annotation.sentences[proposal.sentence]
        return self._encoder.judge(
            self._reading(sentence), pair_of(self._annotation, proposal, (sentence.start, sentence.end))
        )

    def _reading(self, sentence: Sentence) -> Reading:
        if sentence.i not in self._readings:
            text = self._annotation.text[sentence.start : sentence.end]
            self._readings[sentence.i] = self._encoder.read(text)
        return self._readings[sentence.i]

    def _runs(self, sentence: Sentence, chances: NDArray[np.float64], floor: float) -> list[Phrase]:
        """Unbroken runs of tokens with a piece that is likely enough, punctuation at their ends left off."""
        tokens = self._annotation.of(sentence)
        likely = set()
        n = 0
        for (start, end), chance in zip(self._reading(sentence).offsets, chances.tolist(), strict=True):
            while n + 1 < len(tokens) and tokens[n].end - sentence.start <= start:
                n += 1
            if end > start and chance > floor:
                likely.add(n)
        runs = _unbroken(n for n in sorted(likely) if tokens[n].pos != "PUNCT" or {n - 1, n + 1} <= likely)
        return [phrase_at(self._annotation, tokens[run[0]].start, tokens[run[-1]].end) for run in runs]


def pair_of(annotation: Annotation, proposal: Proposal, sentence: Span) -> Pair:
    """The proposal's spans as characters of its sentence. Of actors alone, the first faces the others: both do it."""
    actors, recipients = proposal.actors, proposal.recipients
    if not recipients and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:]
    return Pair(
        _spans(annotation, actors, sentence),
        _spans(annotation, recipients, sentence),
        _spans(annotation, [proposal.trigger], sentence)[0],
    )


def _spans(annotation: Annotation, phrases: Sequence[Phrase], sentence: Span) -> tuple[Span, ...]:
    start, end = sentence
    spans = (annotation.span(p.first, p.last) for p in phrases)
    return tuple((s - start, e - start) for s, e in spans if start <= s and e <= end)


def _within(sentence: Sentence, span: Span) -> Span:
    return span[0] - sentence.start, span[1] - sentence.start


def _unbroken(numbers: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for n in numbers:
        if found and found[-1][-1] == n - 1:
            found[-1].append(n)
        else:
            found.append([n])
    return found
