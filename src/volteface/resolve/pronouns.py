"""Pronouns and descriptions: to the nearest actor before them that fits.

Candidates are the noun phrases of the same sentence and of up to three before it. A candidate must fit (a person
for "he", a state or body for "it", several for "they") and may not be the subject of the pronoun's own clause;
among those that fit, the same sentence, subjects and possessors of subjects, and nearness win, in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from volteface.annotate import Annotation, Phrase, Token, noun_phrase
from volteface.records import Span
from volteface.resolve.reading import DESCRIBED, PRONOUN, Reading, distinct
from volteface.resolve.scene import Scene

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "whose"})
PAIR_NOUNS = frozenset({"country", "nation", "side", "leader", "state", "neighbor", "neighbour", "power", "government",
                        "president", "minister", "party", "capital", "ally", "rival", "man", "men", "military",
                        "army", "force", "official", "diplomat", "counterpart", "superpower", "enemy", "foe"})  # fmt: skip
SPEECH = frozenset({"say", "tell", "add", "state", "declare", "announce", "note", "claim", "argue", "warn", "insist",
                    "explain", "reply", "write", "tweet", "stress", "continue", "conclude", "quote", "cite"})  # fmt: skip
# Sentences looked back for an antecedent, and the worth of what makes one likely; order matters, not size.
SENTENCES_BACK = 3
SAME_SENTENCE, PER_SENTENCE = 1.0, 0.8
SUBJECT, SUBJECT_POSSESSOR, PARALLEL, OBJECT = 0.6, 0.55, 0.3, 0.1
NEARNESS_SPAN = 60

Read = Callable[[Phrase], tuple[Reading, ...]]
Speakers = Sequence[tuple[Span, Phrase | None]]


def is_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun this module may resolve."""
    word = token.text.lower()
    if word in RELATIVE:
        return token.tag in ("WP", "WP$", "WDT") or (
            token.pos == "PRON" and _relative_clause_of(token) is not None
        )
    return token.pos == "PRON" and (word in FIRST_PERSON or word in HE | SHE | IT | THEY)


def _relative_clause_of(token: Token) -> Token | None:
    return token if token.dep in ("nsubj", "dobj", "poss", "nsubjpass", "pobj") else None


def resolve(scene: Scene, token: Token, read: Read, speakers: Speakers) -> tuple[Reading, ...]:
    """Whom a pronoun stands for; empty where nobody fits."""
    word = token.text.lower()
    if word in FIRST_PERSON:
        found = _speaker(scene, token, read, speakers)
        return tuple(r.because(f"“{token.text}” is the speaker", PRONOUN + 0.1) for r in found)
    if word in RELATIVE:
        found = _antecedent(scene, token, read)
        return tuple(r.because(f"“{token.text}” stands for what it follows", 0.9) for r in found)
    best = _nearest(scene, token, read, word)
    return tuple(r.because(f"“{token.text}” to the nearest that fits, {r.name}", PRONOUN) for r in best)


def _speaker(scene: Scene, token: Token, read: Read, speakers: Speakers) -> tuple[Reading, ...]:
    inside = [(span, phrase) for span, phrase in speakers if span[0] <= token.start < span[1]]
    if inside:
        _, phrase = min(inside, key=lambda pair: pair[0][1] - pair[0][0])
        return read(phrase) if phrase is not None else ()
    for above in scene.annotation.ancestors(token):
        if above.lemma in SPEECH:
            for subject in scene.annotation.children(above, "nsubj"):
                if subject.text.lower() not in FIRST_PERSON:
                    return read(noun_phrase(scene.annotation, subject.i))
    return ()


def _antecedent(scene: Scene, token: Token, read: Read) -> tuple[Reading, ...]:
    """The noun a relative clause hangs on."""
    for clause in scene.annotation.ancestors(token):
        if clause.dep == "relcl" and clause.head != token.i:
            head = scene.tokens[clause.head]
            return read(noun_phrase(scene.annotation, head.i)) if head.i < token.i else ()
    return ()


def _nearest(scene: Scene, token: Token, read: Read, word: str) -> tuple[Reading, ...]:
    barred = _barred(scene, token, read, word)
    best: tuple[float, tuple[Reading, ...]] | None = None
    for candidate, distance in candidates(scene.annotation, token):
        readings = tuple(r for r in read(_whole(scene.annotation, candidate, word)) if _fits(r, word))
        readings = readings if word in THEY else readings[:1]
        if not readings or any(r.key in barred and r.key is not None for r in readings):
            continue
        if word in THEY and not _several(scene, candidate, readings):
            continue
        worth = _worth(scene, candidate, token, distance)
        if best is None or worth > best[0]:
            best = (worth, readings)
    return best[1] if best else ()


def _whole(annotation: Annotation, candidate: Token, word: str) -> Phrase:
    """A candidate's phrase; for "they" with everything coordinated to it."""
    phrase = noun_phrase(annotation, candidate.i)
    if word in THEY:
        last = phrase.last
        for conjunct in annotation.children(candidate, "conj"):
            last = max(last, noun_phrase(annotation, conjunct.i).last)
        return Phrase(phrase.first, last, phrase.head)
    return phrase


def candidates(annotation: Annotation, token: Token) -> list[tuple[Token, int]]:
    """Noun tokens before this one that may head a phrase, with the number of sentences between."""
    found = []
    for back in range(SENTENCES_BACK + 1):
        number = token.sentence - back
        if number < 0:
            break
        sentence = annotation.sentences[number]
        for t in annotation.of(sentence):
            if t.i >= token.i:
                break
            if t.pos in ("NOUN", "PROPN", "PRON") and t.dep not in ("compound", "nmod", "amod", "npadvmod"):
                found.append((t, back))
    return found


def _fits(reading: Reading, word: str) -> bool:
    if word in HE:
        return reading.kind == "person" and not reading.plural and reading.sex != "f"
    if word in SHE:
        return reading.kind == "person" and not reading.plural and reading.sex != "m"
    if word in IT:
        return reading.kind in ("state", "body", "thing") and not reading.plural
    return True


def _several(scene: Scene, candidate: Token, readings: tuple[Reading, ...]) -> bool:
    plural = candidate.tag in ("NNS", "NNPS") or candidate.text.lower() in THEY | {"we", "us"}
    return plural or len(readings) > 1 or all(r.plural or r.kind in ("people", "body") for r in readings)


def _barred(scene: Scene, token: Token, read: Read, word: str) -> set[str | None]:
    """Actors the pronoun cannot be: the subject of its own clause, when it is not itself or its possessor."""
    if word in POSSESSIVE and token.dep == "poss" or word.endswith(("self", "selves")):
        return set()
    verb = next((a for a in scene.annotation.ancestors(token) if a.pos in ("VERB", "AUX")), None)
    if verb is None or token.dep in ("nsubj", "nsubjpass"):
        return set()
    subject = subject_of(scene.annotation, verb)
    if subject is None or subject.i >= token.i:
        return set()
    readings = read(noun_phrase(scene.annotation, subject.i))
    keys = {r.key for r in readings}
    # "Turkey, whose military downed a bomber, accusing it …": neither the military nor Turkey
    return keys | {r.country for r in readings}


def subject_of(annotation: Annotation, verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb it hangs on."""
    for _ in range(6):
        subjects = annotation.children(verb, "nsubj", "nsubjpass")
        if subjects:
            return subjects[0]
        if verb.dep not in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "prep") or verb.head == verb.i:
            return None
        verb = annotation.tokens[verb.head]
    return None


def _worth(scene: Scene, candidate: Token, token: Token, distance: int) -> float:
    worth = SAME_SENTENCE - PER_SENTENCE * distance
    subject = candidate.dep in ("nsubj", "nsubjpass")
    if subject:
        worth += SUBJECT + (PARALLEL if token.dep in ("nsubj", "nsubjpass", "poss") else 0.0)
    elif candidate.dep == "poss" and scene.tokens[candidate.head].dep in ("nsubj", "nsubjpass"):
        worth += SUBJECT_POSSESSOR + (PARALLEL if token.dep == "poss" else 0.0)
    elif candidate.dep in ("dobj", "pobj"):
        worth += OBJECT if candidate.dep == "dobj" else 0.0
    if distance == 0 and _until_clause(scene.annotation, token) and subject:
        # "will not lift sanctions against X until it …": what is waited for is the other's doing
        worth -= SUBJECT + PARALLEL
    return worth - min(token.i - candidate.i, NEARNESS_SPAN) / NEARNESS_SPAN * 0.5


def _until_clause(annotation: Annotation, token: Token) -> bool:
    for above in annotation.ancestors(token):
        if above.pos in ("VERB", "AUX") and above.dep == "advcl":
            markers = {t.lemma for t in annotation.children(above, "mark", "advmod")}
            negated = annotation.children(annotation.tokens[above.head], "neg")
            return "unless" in markers or ("until" in markers and bool(negated))
    return False


def pair(scene: Scene, phrase: Phrase, read: Read) -> tuple[Reading, ...]:
    """ "the two countries", "both sides", "the two leaders": the two that the text was speaking of."""
    head = scene.tokens[phrase.head]
    people = head.lemma in ("leader", "president", "minister", "man", "men", "diplomat", "official")
    states: list[Reading] = []
    for back in range(SENTENCES_BACK + 1):
        here: list[tuple[float, Reading]] = []
        for candidate, distance in candidates(scene.annotation, scene.tokens[phrase.first]):
            if distance != back:
                continue
            worth = _worth(scene, candidate, head, 0)
            for reading in read(noun_phrase(scene.annotation, candidate.i)):
                if reading.country and reading.kind in ("person", "state", "body", "people"):
                    here.append((worth + (0.2 if people and reading.kind == "person" else 0.0), reading))
        here.sort(key=lambda pair_: -pair_[0])
        for _, reading in here:
            if all(reading.country != s.country for s in states):
                states.append(reading)
        if len(states) >= 2:
            reason = f"“{_text(scene, phrase)}”: the two spoken of before"
            two = states[:2] if people else [state(scene, s) for s in states[:2]]
            return tuple(r.because(reason, DESCRIBED) for r in distinct(two))
    return ()


def state(scene: Scene, reading: Reading) -> Reading:
    """The state that somebody acts for."""
    if reading.kind == "state" or not reading.country:
        return reading
    name = scene.register.country_name(reading.country)
    return Reading(reading.country, name, reading.country, "GOV", "state", reading.score, reading.reasons)


def is_pair(scene: Scene, phrase: Phrase) -> bool:
    """Whether a phrase is of the kind "the two countries", "both sides", "the two"."""
    head = scene.tokens[phrase.head]
    words = {scene.tokens[i].text.lower() for i in range(phrase.first, phrase.head)}
    if head.text.lower() == "two" and "the" in words:
        return True
    counted = "both" in words or ("two" in words and bool(words & {"the", "these", "those"}))
    return counted and head.lemma in PAIR_NOUNS


def _text(scene: Scene, phrase: Phrase) -> str:
    start, end = scene.annotation.span(phrase.first, phrase.last)
    return scene.annotation.text[start:end]
