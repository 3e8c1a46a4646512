""" "The two countries", "both sides", "the two leaders": which two.

Two parties compete: those of the sentences just before, and those the document has gone on about since its
start. A third party that speaks to the two ("urged the two countries", "appealed to both governments", "will
visit both capitals") is not one of them; whoever reports on them ("said the two had agreed") may be.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import combinations, pairwise

from volteface.annotate import Phrase, Token
from volteface.codebook import actors as codebook
from volteface.resolve import pronouns
from volteface.resolve.pronouns import Read
from volteface.resolve.reading import DESCRIBED, Reading, distinct
from volteface.resolve.scene import Scene

PAIR_NOUNS = frozenset({
    "country", "nation", "side", "leader", "state", "neighbor", "neighbour", "power", "government",
    "president", "minister", "party", "capital", "ally", "rival", "man", "men", "military", "army", "force",
    "official", "diplomat", "counterpart", "superpower", "enemy", "foe", "navy", "team", "delegation",
    "premier", "member", "parliament", "republic", "kingdom", "people", "guard", "fleet", "ministry",
})  # fmt: skip
PERSONS = frozenset({"leader", "president", "minister", "man", "men", "diplomat", "official", "premier"})
# "His two colleagues" are not of his own country.
PEERS = frozenset(
    {
        "colleague",
        "counterpart",
        "neighbor",
        "neighbour",
        "ally",
        "rival",
        "partner",
        "foe",
        "patron",
        "adversary",
    }
)
# Two states of one name.
NAMESAKES = {"Koreas": ("KOR", "PRK"), "Sudans": ("SDN", "SSD"), "Congos": ("COD", "COG")}
# Of these nouns each side has one, so that any that belongs to a state stands for the state.
STATES_ONLY = frozenset({"country", "nation", "state", "government", "capital", "republic", "kingdom"})
# What is asked of the two is the two's doing, but the one who asks is not one of them.
ASKING = frozenset({
    "urge", "ask", "tell", "order", "call", "press", "want", "beg", "implore", "advise", "warn", "expect",
    "invite", "encourage", "appeal", "exhort", "persuade", "help", "let", "allow", "force", "push", "bring",
    "offer", "plead",
})  # fmt: skip
# "An end to trade between the two": the subject may well be one of them.
AMONG = frozenset({"between", "among"})
# A mention counts half for every sentence back, and by the part it plays in its clause.
DECAY = 0.5
PROMINENCE = {"nsubj": 1.0, "nsubjpass": 1.0, "ROOT": 1.0, "dobj": 0.8, "poss": 0.8,
              "agent": 0.8, "pobj": 0.6}  # fmt: skip
ASIDE = 0.3
# "The two leaders" are people first.
PERSON = 0.5
# How much the share of a country in all names so far counts against one mention in the sentence before, which
# counts 0.5 to 1: enough to lift the two parties of a story over a mediator named once beside one of them.
SALIENCE = 2.0
WEIGHT_OF_PLACE = 0.25
# That the two have been named in one breath counts as much as half a mention in the sentence before.
TOGETHER = 0.5
MOST_PARTIES = 6
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
# Names counted for that, a bound far above those of a news article.
MOST_NAMES = 500


def is_pair(scene: Scene, phrase: Phrase) -> bool:
    """Whether a phrase is of the kind "the two countries", "both sides", "the two"."""
    head = scene.tokens[phrase.head]
    if head.text in NAMESAKES:
        return True
    words = {scene.tokens[i].text.lower() for i in range(phrase.first, phrase.head)}
    if head.text.lower() == "two" and "the" in words:
        return True
    if "two" in words and words & {"his", "her", "its"} and head.lemma in PEERS:
        return True
    counted = "both" in words or (
        bool(words & set(NUMBERS)) and bool(words & {"the", "these", "those", "all"})
    )
    return counted and head.lemma in PAIR_NOUNS


def pair(scene: Scene, phrase: Phrase, read: Read) -> tuple[Reading, ...]:
    """The two that a phrase of this kind stands for; empty where the document does not speak of two."""
    head = scene.tokens[phrase.head]
    if head.text in NAMESAKES:
        return tuple(_state_of(scene, code, f"one of the two {head.text}") for code in NAMESAKES[head.text])
    people = head.lemma in PERSONS
    barred = _third_parties(scene, head, read)
    best, here = _nearby(scene, phrase, read, barred)
    number = max([NUMBERS.get(scene.tokens[i].text.lower(), 2) for i in range(phrase.first, phrase.head + 1)])
    if len(here) >= number:
        # two in the same sentence need no history
        best = {code: best[code] for code in here}
    worth = {code: value for code, (value, _) in best.items()}
    # who is spoken to from outside are the parties of the story, not who else spoke last
    salience = SALIENCE * (2 if barred else 1)
    for code, share in _salience(scene, phrase.first).items():
        if code not in best and code not in barred and not people and head.pos == "NOUN" and len(here) < 2:
            best[code] = (0.0, _state_of(scene, code, "the document goes on about it"))
        if code in best:
            worth[code] = worth.get(code, 0.0) + salience * share
    ranked = sorted(best, key=lambda code: (-worth[code], code))[:MOST_PARTIES]
    together = _named_together(scene, phrase.first)
    chosen = max(
        combinations(ranked, number),
        key=lambda chosen: (
            sum(worth[code] for code in chosen)
            + TOGETHER * sum(frozenset(two) in together for two in combinations(chosen, 2))
        ),
        default=(),
    )
    start, end = scene.annotation.span(phrase.first, phrase.last)
    reason = f"“{scene.annotation.text[start:end]}”: the {'two' if number == 2 else 'several'} spoken of"
    two = [best[code][1] for code in chosen]
    two = two if people else [pronouns.state(scene, reading) for reading in two]
    return tuple(reading.because(reason, DESCRIBED) for reading in distinct(two))


def _nearby(
    scene: Scene, phrase: Phrase, read: Read, barred: set[str]
) -> tuple[dict[str, tuple[float, Reading]], set[str]]:
    """Who is named around the phrase, by country and with what it is worth; and which just before it."""
    head = scene.tokens[phrase.head]
    best: dict[str, tuple[float, Reading]] = {}
    here: set[str] = set()
    for candidate, back in _around(scene, phrase):
        named = scene.named_at.get(candidate.i)
        if named is not None and scene.is_locative(named):
            continue
        later = candidate.i > phrase.head
        for reading in read(scene.noun_phrase(candidate.i)):
            code = reading.country
            if code is None or code in barred or not _may_be_one(reading, head):
                continue
            value = _prominence(scene, candidate) * DECAY ** (back + later)
            value += PERSON if head.lemma in PERSONS and reading.kind == "person" else 0.0
            if back == 0 and not later and value > ASIDE:
                here.add(code)
            if code not in best or best[code][0] < value:
                best[code] = (value, reading)
    return best, here


def _around(scene: Scene, phrase: Phrase) -> list[tuple[Token, int]]:
    """Nouns before the phrase, with the sentences between; and those after it in its sentence.

    "Though the two countries trade, X distrusts Y".
    """
    head = scene.tokens[phrase.head]
    sentence = scene.annotation.of(scene.annotation.sentences[head.sentence])
    later = [(t, 0) for t in sentence if t.i >= phrase.last and t.pos in ("NOUN", "PROPN")]
    return pronouns.candidates(scene.annotation, scene.tokens[phrase.first]) + later


def _prominence(scene: Scene, candidate: Token) -> float:
    """How much a clause is about somebody, 0 to 1, by the part they play in it."""
    while candidate.dep in ("conj", "appos"):
        candidate = scene.tokens[candidate.head]
    if scene.quote_of[candidate.i] or any(a.dep == "relcl" for a in scene.annotation.ancestors(candidate)):
        return ASIDE
    return PROMINENCE.get(candidate.dep, PROMINENCE["pobj"])


def _may_be_one(reading: Reading, head: Token) -> bool:
    if reading.kind not in ("person", "state", "body", "people", "thing"):
        return False
    return head.lemma not in STATES_ONLY or reading.country in codebook.countries()


def _salience(scene: Scene, before: int) -> dict[str, float]:
    """The share of each state in the names of the document up to a token; mere places count little."""
    found: dict[str, float] = {}
    end = bisect_left(scene.named, before, key=lambda named: named.first)
    for named in scene.named[max(0, end - MOST_NAMES) : end]:
        code = named.entry.country
        if code not in codebook.countries():
            continue
        found[code] = found.get(code, 0.0) + (WEIGHT_OF_PLACE if scene.is_locative(named) else 1.0)
    whole = sum(found.values())
    return {code: value / whole for code, value in found.items()}


def _named_together(scene: Scene, before: int) -> set[frozenset[str]]:
    """Pairs of states that the document has named in one breath: "X and Y", "between X and Y"."""
    found = set()
    end = bisect_left(scene.named, before, key=lambda named: named.first)
    for one, other in pairwise(scene.named[max(0, end - MOST_NAMES) : end]):
        codes = frozenset(c for c in (one.entry.country, other.entry.country) if c in codebook.countries())
        between = [t.text.lower() for t in scene.tokens[one.last : other.first]]
        if len(codes) == 2 and between in (["and"], [","], ["-"], ["–"]):
            found.add(codes)
    return found


def _state_of(scene: Scene, code: str, reason: str) -> Reading:
    name = scene.register.country_name(code)
    return Reading(code, name, code, "GOV", "state", DESCRIBED, (f"{name}: {reason}",))


def _third_parties(scene: Scene, head: Token, read: Read) -> set[str]:
    """Countries of whoever does something to the two, or asks something of them: not among the two."""
    annotation = scene.annotation
    verb = scene.tokens[head.head]
    owners = annotation.children(head, "poss") if head.lemma in PEERS else []
    if owners:
        own = {r.country for t in owners for r in read(Phrase(t.i, t.i + 1, t.i))}
        return {code for code in own if code is not None}
    if head.dep == "pobj":
        if verb.lemma in AMONG:
            return set()
        verb = scene.tokens[verb.head]
    elif head.dep in ("nsubj", "nsubjpass"):
        infinitive = any(t.text.lower() == "to" for t in annotation.children(verb, "aux"))
        if not infinitive or verb.dep not in ("ccomp", "xcomp", "advcl"):
            return set()
        verb = scene.tokens[verb.head]
        if verb.lemma not in ASKING:
            return set()
    elif head.dep not in ("dobj", "dative", "iobj"):
        return set()
    if verb.pos not in ("VERB", "AUX"):
        return set()
    subject = pronouns.subject_of(annotation, verb)
    if subject is None or subject.i >= head.i:
        return set()
    found = {r.country for r in read(scene.noun_phrase(subject.i))}
    return {code for code in found if code is not None}
