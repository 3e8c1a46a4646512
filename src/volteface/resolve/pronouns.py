"""Pronouns and descriptions: to the nearest actor before them that fits.

Candidates are the noun phrases of the same sentence and of up to three before it. A candidate must fit (a
person
for "he", a state or body for "it", several for "they") and may not be the subject of the pronoun's own
clause;
among those that fit, the same sentence, subjects and possessors of subjects, and nearness win, in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from volteface.annotate import Annotation, Phrase, Token
from volteface.annotate.quotations import innermost
from volteface.records import Span
from volteface.resolve.reading import PRONOUN, Reading
from volteface.resolve.scene import Scene

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
SECOND_PERSON = frozenset({"you", "your", "yours", "yourself", "yourselves"})
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
BLAMING = frozenset(
    {
        "blame",
        "accuse",
        "condemn",
        "criticize",
        "criticise",
        "denounce",
        "urge",
        "warn",
        "call",
        "ask",
        "tell",
    }
)
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
SPEECH = frozenset({"say", "tell", "add", "state", "declare", "announce", "note", "claim", "argue",
    "warn", "insist",
                    "explain", "reply", "write", "tweet", "stress", "continue", "conclude", "quote",
                    "cite"})  # fmt: skip
# Sentences looked back for an antecedent, and the worth of what makes one likely; order matters, not size.
SENTENCES_BACK = 3
MOST_CANDIDATES = 60
SAME_SENTENCE, PER_SENTENCE = 1.0, 0.8
SUBJECT, SUBJECT_POSSESSOR, PARALLEL, OBJECT = 0.6, 0.55, 0.3, 0.1
# Somebody named only inside a quotation is seldom who the text around it goes on about.
QUOTED = 3.0
NEARNESS_SPAN = 60
# "In a telephone call with X, she protested": a name in a phrase put before the subject is seldom it.
FRONTED = 2.0
# "According to X, he will …": but a source is.
SOURCES = frozenset({"accord", "according", "per"})
# What is done to others' people and things.
CAPTURING = frozenset({
    "arrest", "detain", "seize", "capture", "kidnap", "abduct", "bomb", "shell", "ram", "attack", "invade",
    "raid", "storm", "sink", "torpedo", "board", "confiscate", "impound", "besiege", "handcuff", "hijack",
})  # fmt: skip
ENEMIES = frozenset(
    {"opponent", "rival", "enemy", "critic", "foe", "target", "neighbor", "neighbour", "victim"}
)
# "accused X of seizing the ship": X is who seizes.
CONTROLLING = frozenset({
    "accuse", "suspect", "blame", "condemn", "criticize", "criticise", "stop", "prevent", "keep", "acquit",
    "quote", "cite", "describe", "convict", "warn", "discourage", "thank", "praise", "denounce", "charge",
})  # fmt: skip
# What one rejects or welcomes as "it" is what was proposed or done before: nobody, or its owner's.
JUDGING = frozenset({
    "reject", "accept", "welcome", "dismiss", "approve", "sign", "ratify", "propose", "veto", "endorse",
    "discuss", "consider", "adopt", "refuse", "study", "deny", "confirm", "regret", "announce",
    "reverse", "withdraw", "repeat", "renew", "publish", "implement",
})  # fmt: skip

Read = Callable[[Phrase], tuple[Reading, ...]]
Speakers = Sequence[tuple[Span, Phrase | None]]


def is_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun this module may resolve."""
    word = token.text.lower()
    if word in RELATIVE:
        return token.tag in ("WP", "WP$", "WDT") or (
            token.pos == "PRON" and _relative_clause_of(token) is not None
        )
    return token.pos == "PRON" and (word in FIRST_PERSON | SECOND_PERSON | HE | SHE | IT | THEY)


def _relative_clause_of(token: Token) -> Token | None:
    return token if token.dep in ("nsubj", "dobj", "poss", "nsubjpass", "pobj") else None


def resolve(scene: Scene, token: Token, read: Read, speakers: Speakers) -> tuple[Reading, ...]:
    """Whom a pronoun stands for; empty where nobody fits."""
    word = token.text.lower()
    if word in FIRST_PERSON:
        found = speaker(scene, token, read, speakers)
        return tuple(r.because(f"“{token.text}” is the speaker", PRONOUN + 0.1) for r in found)
    if word in SECOND_PERSON:
        found = addressee(scene, token, read)
        return tuple(r.because(f"“{token.text}” is who is spoken to", PRONOUN) for r in found)
    if word in RELATIVE:
        found = _antecedent(scene, token, read)
        return tuple(r.because(f"“{token.text}” stands for what it follows", 0.9) for r in found)
    if word in IT and _is_judged(scene.annotation, token):
        best = _judged(scene, token, read)
    else:
        best = _nearest(scene, token, read, word)
    return tuple(r.because(f"“{token.text}” to the nearest that fits, {r.name}", PRONOUN) for r in best)


def speaker(scene: Scene, token: Token, read: Read, speakers: Speakers) -> tuple[Reading, ...]:
    """Who says the words that this token stands in, as far as it is known.

    "We" between quotation marks is whoever is quoted, not those he tells of: "The Finns tell us they hold our men".
    """
    inside = [(span, phrase) for span, phrase in speakers if span[0] <= token.start < span[1]]
    quoted = innermost(scene.annotation, scene.annotation.sentences[token.sentence], token.i)
    if quoted is not None:
        opening = scene.tokens[quoted[0]].start
        inside = [(span, phrase) for span, phrase in inside if span[0] <= opening] or inside
        done = {t.i for t in _doers(scene.annotation, token)}
        others = [(span, phrase) for span, phrase in inside if phrase is None or phrase.head not in done]
        inside = others or inside
        teller = _teller(scene, quoted, token)
        if teller is not None and inside and all(s <= teller.start < e for (s, e), _ in inside):
            return read(scene.noun_phrase(teller.i))  # told inside what all the others say
    if inside:
        _, phrase = min(inside, key=lambda pair: pair[0][1] - pair[0][0])
        return read(phrase) if phrase is not None else ()
    for above in scene.annotation.ancestors(token):
        if above.lemma in SPEECH:
            for subject in scene.annotation.children(above, "nsubj"):
                if subject.text.lower() not in FIRST_PERSON:
                    return read(scene.noun_phrase(subject.i))
    return ()


def _teller(scene: Scene, quoted: tuple[int, int], token: Token) -> Token | None:
    """The subject of the verb of saying that a quotation hangs on."""
    for above in scene.annotation.ancestors(token):
        if quoted[0] <= above.i < quoted[1]:
            continue
        if above.lemma not in SPEECH:
            return None
        # "quoted X as having told her, '…'": the parser hangs the quotation on the outer verb
        nested = [p for a in scene.annotation.children(above, "prep") if a.lemma == "as"
                  for p in scene.annotation.children(a, "pcomp")]  # fmt: skip
        teller = subject_of(scene.annotation, nested[0] if nested else above)
        return teller if teller is not None and teller.pos in ("NOUN", "PROPN") else None
    return None


def _doers(annotation: Annotation, token: Token) -> list[Token]:
    """Who does what is done to "our" things, where nobody does it to his own: "X threatened to 'bomb our dam'"."""
    owned = annotation.tokens[token.head]
    verb = annotation.tokens[owned.head]
    if token.dep != "poss" or owned.dep != "dobj" or verb.lemma not in CAPTURING:
        return []
    found = subject_of(annotation, verb)
    return [] if found is None else [found]


def addressee(scene: Scene, token: Token, read: Read) -> tuple[Reading, ...]:
    """Whom the words that this token stands in are said to: `told X`, `said to X`."""
    quoted = innermost(scene.annotation, scene.annotation.sentences[token.sentence], token.i)
    if quoted is None:
        return ()
    for verb in scene.annotation.ancestors(token):
        if quoted[0] <= verb.i < quoted[1] or verb.pos != "VERB":
            continue
        told = scene.annotation.children(verb, "dobj", "dative")
        for preposition in scene.annotation.children(verb, "prep"):
            if preposition.lemma in ("to", "at"):
                told += scene.annotation.children(preposition, "pobj")
        return read(scene.noun_phrase(told[0].i)) if told else ()
    return ()


def _antecedent(scene: Scene, token: Token, read: Read) -> tuple[Reading, ...]:
    """The noun a relative clause hangs on."""
    for clause in scene.annotation.ancestors(token):
        if clause.dep == "relcl" and clause.head != token.i:
            head = scene.tokens[clause.head]
            if head.i > token.i:
                return ()
            close = _last_apposition(scene, head, token)
            return read(_titled(scene, close.i if close else head.i))
    return ()


def _last_apposition(scene: Scene, head: Token, token: Token) -> Token | None:
    """ "another member of an alliance, X, whose …": the apposition that ends where the clause begins."""
    before = token.i - 1
    while before > head.i and scene.tokens[before].text in (",", "(", ")", "—"):
        before -= 1
    for above in (scene.tokens[before], *scene.annotation.ancestors(scene.tokens[before])):
        if above.i <= head.i:
            return None
        if above.dep == "appos":
            return above
    return None


def _nearest(scene: Scene, token: Token, read: Read, word: str) -> tuple[Reading, ...]:
    barred = _barred(scene, token, read, word)
    best: tuple[float, tuple[Reading, ...]] | None = None
    for candidate, distance in candidates(scene.annotation, token):
        readings = tuple(r for r in read(_whole(scene, candidate, word)) if _fits(r, word))
        readings = readings if word in THEY else readings[:1]
        if not readings or any(_is_barred(r, barred) for r in readings):
            continue
        if word in THEY and not _several(scene, candidate, readings):
            continue
        value = worth(scene, candidate, token, distance)
        if best is None or value > best[0]:
            best = (value, readings)
    return best[1] if best else ()


def _whole(scene: Scene, candidate: Token, word: str) -> Phrase:
    """A candidate's phrase; for "they" with everything coordinated to it."""
    phrase = _titled(scene, candidate.i)
    if word in THEY:
        last = phrase.last
        for conjunct in scene.annotation.children(candidate, "conj"):
            last = max(last, scene.noun_phrase(conjunct.i).last)
        return Phrase(phrase.first, last, phrase.head)
    return phrase


def _titled(scene: Scene, head: int) -> Phrase:
    """The noun phrase of a head, or the name it is an apposition or a title of: "X, a miner, who …"."""
    human = scene.titled.get(head)
    if human is None:
        return scene.noun_phrase(head)
    first, last = min(human.mentions, key=lambda span: abs(span[0] - head))
    return Phrase(first, last, last - 1)


def candidates(annotation: Annotation, token: Token) -> list[tuple[Token, int]]:
    """Noun tokens before this one that may head a phrase, nearest first, with the number of sentences
    between."""
    found: list[tuple[Token, int]] = []
    for back in range(SENTENCES_BACK + 1):
        number = token.sentence - back
        if number < 0:
            break
        sentence = annotation.sentences[number]
        for t in reversed(annotation.tokens[sentence.first : min(sentence.last, token.i)]):
            if len(found) >= MOST_CANDIDATES:
                return found
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
    if word.endswith(("self", "selves")):
        return set()
    if word in POSSESSIVE and token.dep == "poss" and not _is_captured(scene.annotation, token):
        return set()
    verb = next((a for a in scene.annotation.ancestors(token) if a.pos in ("VERB", "AUX")), None)
    if verb is not None and token.dep == "nsubj" and word in IT and verb.lemma in BLAMING:
        # "It blamed Manila": whoever is blamed, and what is his, does not blame
        blamed = [r for o in scene.annotation.children(verb, "dobj") for r in read(scene.noun_phrase(o.i))]
        return {k for r in blamed for k in (r.key, r.country)} - {None}
    if verb is None or token.dep in ("nsubj", "nsubjpass"):
        return set()
    subjects = [subject_of(scene.annotation, verb)]
    if verb.tag == "VBG":
        # a loose participle shares its subject with the clause just before it, wherever the parser hung it
        subjects.append(_subject_before(scene.annotation, verb))
    heads = {s.i for s in subjects if s is not None and s.i < token.i}
    readings = [r for i in sorted(heads) for r in read(scene.noun_phrase(i))]
    # "Turkey, whose military downed a bomber, accusing it …": neither the military nor anything of Turkey
    return {k for r in readings for k in (r.key, r.country if r.kind != "person" else r.key)} - {None}


def _is_captured(annotation: Annotation, token: Token) -> bool:
    """ "A stopped B and arrested its crew": one does not do that to one's own."""
    owned = annotation.tokens[token.head]
    if token.text.lower() not in ("its", "their") or owned.lemma in ENEMIES:
        return False
    if any(t.lemma == "own" for t in annotation.children(owned, "amod")):
        return False
    return owned.dep in ("dobj", "nsubjpass") and annotation.tokens[owned.head].lemma in CAPTURING


def _is_barred(reading: Reading, barred: set[str | None]) -> bool:
    if reading.key is None:
        return False
    return reading.key in barred or (reading.kind != "person" and reading.country in barred)


def _subject_before(annotation: Annotation, verb: Token) -> Token | None:
    """The subject of the nearest finite verb before this one in the sentence."""
    for i in range(verb.i - 1, annotation.sentences[verb.sentence].first - 1, -1):
        finite = annotation.tokens[i].tag in ("VBD", "VBZ", "VBP")
        if finite and (subjects := annotation.children(annotation.tokens[i], "nsubj", "nsubjpass")):
            return subjects[0]
    return None


def subject_of(annotation: Annotation, verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb it hangs on."""
    for _ in range(6):
        subjects = annotation.children(verb, "nsubj", "nsubjpass")
        if subjects:
            return subjects[0]
        if (object_ := _controller(annotation, verb)) is not None:
            return object_
        if (
            verb.dep not in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "acomp")
            or verb.head == verb.i
        ):
            return None
        verb = annotation.tokens[verb.head]
    return None


def _controller(annotation: Annotation, verb: Token) -> Token | None:
    """Who does what somebody is accused of: "accused X of seizing the ship", "stopped X from leaving"."""
    above = annotation.tokens[verb.head]
    if verb.dep != "pcomp" or above.lemma not in ("of", "from", "for", "against", "as"):
        return None
    governor = annotation.tokens[above.head]
    if governor.lemma not in CONTROLLING:
        return None
    objects = annotation.children(governor, "dobj", "nsubjpass")
    return objects[0] if objects else None


def worth(scene: Scene, candidate: Token, token: Token, distance: int) -> float:
    """How likely a candidate is what a word refers back to, so many sentences on."""
    value = SAME_SENTENCE - PER_SENTENCE * distance
    subject = candidate.dep in ("nsubj", "nsubjpass")
    if subject:
        value += SUBJECT + (PARALLEL if token.dep in ("nsubj", "nsubjpass", "poss") else 0.0)
    elif candidate.dep == "poss" and scene.tokens[candidate.head].dep in ("nsubj", "nsubjpass"):
        value += SUBJECT_POSSESSOR + (PARALLEL if token.dep == "poss" else 0.0)
    elif candidate.dep in ("dobj", "pobj"):
        value += OBJECT if candidate.dep == "dobj" else 0.0
    if distance == 0 and _until_clause(scene.annotation, token) and subject:
        # "will not lift sanctions against X until it …": what is waited for is the other's doing
        value -= SUBJECT + PARALLEL
    if scene.quote_of[candidate.i] != scene.quote_of[token.i] and scene.quote_of[candidate.i]:
        value -= QUOTED
    if _is_fronted(scene.annotation, candidate, token):
        value -= FRONTED
    return value - min(token.i - candidate.i, NEARNESS_SPAN) / NEARNESS_SPAN * 0.5


def _is_fronted(annotation: Annotation, candidate: Token, token: Token) -> bool:
    """Whether a name stands in a prepositional phrase before the subject "she" of the same clause."""
    if token.dep not in ("nsubj", "nsubjpass") or candidate.sentence != token.sentence:
        return False
    verb = annotation.tokens[token.head]
    for above in annotation.ancestors(candidate):
        if above.head == verb.i and above.i < token.i:
            return above.dep in ("prep", "npadvmod") and above.lemma not in SOURCES
        if above.pos in ("VERB", "AUX"):
            return False
    return False


def _is_judged(annotation: Annotation, token: Token) -> bool:
    """Whether "it" is the object of a verb whose object is a proposal or a deed."""
    return (
        token.dep in ("dobj", "nsubjpass")
        and token.text.lower() == "it"
        and annotation.tokens[token.head].lemma in JUDGING
    )


def _judged(scene: Scene, token: Token, read: Read) -> tuple[Reading, ...]:
    """Whose the thing is that was spoken of last: "it" is a proposal's maker, or nobody."""
    for candidate, _ in candidates(scene.annotation, token):
        if candidate.pos == "NOUN" and scene.lemmas[candidate.i] in scene.register.abstract:
            return tuple(r for r in read(scene.noun_phrase(candidate.i)) if r.kind == "thing")
    return ()


def _until_clause(annotation: Annotation, token: Token) -> bool:
    for above in annotation.ancestors(token):
        if above.pos in ("VERB", "AUX") and above.dep == "advcl":
            markers = {t.lemma for t in annotation.children(above, "mark", "advmod")}
            negated = annotation.children(annotation.tokens[above.head], "neg")
            return "unless" in markers or ("until" in markers and bool(negated))
    return False


def state(scene: Scene, reading: Reading) -> Reading:
    """The state that somebody acts for."""
    if reading.kind == "state" or not reading.country:
        return reading
    name = scene.register.country_name(reading.country)
    return Reading(reading.country, name, reading.country, "GOV", "state", reading.score, reading.reasons)
