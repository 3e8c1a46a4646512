"""Who a phrase is, told by what stands around it: who sent them, the same number before, a name of its kind."""

from __future__ import annotations

from volteface.annotate import Phrase, Token
from volteface.resolve import pronouns
from volteface.resolve.names import without_article
from volteface.resolve.owners import Owner, Read, name_reading
from volteface.resolve.reading import DESCRIBED, OWNED_THING, Reading
from volteface.resolve.scene import Scene
from volteface.resolve.sectors import Job, job

# Whoever is sent is the sender's.
SENDING = frozenset({"send", "dispatch", "deploy", "withdraw", "recall", "appoint", "mobilize",
    "mobilise", "station",
                     "move", "mass", "redeploy", "evacuate", "pull"})  # fmt: skip
# "the group" may be any organisation spoken of before; "the alliance" one of states; "the country" a state.
ANY_BODY = frozenset({"group", "organization", "organisation", "movement", "network", "outfit", "body",
    "agency",
                      "party", "company", "committee", "council", "militia", "faction", "front",
                      "institution"})  # fmt: skip
OF_STATES = frozenset({"alliance", "bloc", "coalition", "union", "organization", "organisation"})
STATES = frozenset(
    {"country", "nation", "state", "kingdom", "republic", "government", "regime", "leadership"}
)
# Tokens looked back over for the same number.
NUMBER_BACK = 400


def text_of(scene: Scene, phrase: Phrase) -> str:
    """The words of a phrase."""
    start, end = scene.annotation.span(phrase.first, phrase.last)
    return scene.annotation.text[start:end]


def is_nobody(scene: Scene, phrase: Phrase, head: Token) -> bool:
    """ "The Serbian striker": what he does in words of war is a game. Struck, he is somebody."""
    nobody = scene.register.nobody
    lemma = scene.lemmas[head.i]
    if head.i > phrase.first and f"{scene.lemmas[head.i - 1]} {lemma}" in nobody:
        return True
    if lemma not in nobody or head.i in scene.named_at:
        return False
    known = scene.register.role(scene.lemmas, head.i)
    if known is not None and phrase.first <= known[1] < head.i:
        return False  # a hit squad
    role = scene.register.role([lemma], 0)
    if role is None or role[0].kind != "person":
        return True
    # "the strikers" are on strike
    return head.dep == "nsubj" and (head.tag == "NN" or role[0].sector == "CVL")


def same_number(scene: Scene, phrase: Phrase, head: Token, read: Read) -> tuple[Reading, ...]:
    """ "The 14 men", after "its crew of 14": people of one number are the same people."""
    numbers = scene.annotation.children(head, "nummod")
    if not numbers or scene.lemmas[phrase.first] not in ("the", "all", "these", "those"):
        return ()
    word = numbers[-1].text.lower()
    if word in ("one", "two", "1", "2") or phrase.first < numbers[-1].i - 2:
        return ()
    for i in range(phrase.first - 1, max(-1, phrase.first - NUMBER_BACK), -1):
        token = scene.tokens[i]
        if token.text.lower() != word or token.pos != "NUM" or token.dep not in ("nummod", "pobj"):
            continue
        noun = scene.tokens[token.head]
        noun = scene.tokens[noun.head] if token.dep == "pobj" else noun
        if noun.pos not in ("NOUN", "PROPN"):
            continue
        found = [r for r in read(scene.noun_phrase(noun.i)) if r.country and r.plural]
        if found:
            reason = f"“{text_of(scene, phrase)}” are the {word} before"
            return tuple(r.because(reason, DESCRIBED) for r in found)
    return ()


def body_before(scene: Scene, phrase: Phrase, head: Token) -> tuple[Reading, ...]:
    """ "The alliance's ambassadors": the organisation of states named last, also within a title."""
    for back in range(pronouns.SENTENCES_BACK + 1):
        for named in reversed(scene.names_in(head.sentence - back)):
            if named.last <= phrase.first and named.entry.country in ("UNO", "IGO", "EUR"):
                found = name_reading(scene, named)
                return (found.because(f"“{text_of(scene, phrase)}” is {found.name} before", DESCRIBED),)
    return ()


def answers(scene: Scene, reading: Reading, candidate: Token, head: Token, work: Job) -> bool:
    """Whether what a candidate stands for can be called what this phrase calls it."""
    if head.lemma in STATES:
        return reading.kind in ("state", "person") and reading.country is not None and reading.sector == "GOV"
    if candidate.lemma == head.lemma:
        return reading.country is not None
    if reading.kind not in ("body", "people"):
        return False
    named = scene.named_at.get(candidate.i)
    if head.lemma in OF_STATES and named is not None and named.entry.country in ("IGO", "EUR", "UNO"):
        return True
    organisation = (
        named is not None and named.entry.form in ("organisation", "seat") and not named.entry.people
    )
    if work.sector == "REB":
        return reading.sector == "REB" and organisation
    return organisation and head.lemma in ANY_BODY


def unknown_organisation(scene: Scene, head: Token) -> tuple[Reading, ...]:
    """A named organisation or people that the register does not know."""
    mention = scene.mention_at.get(head.i)
    if mention is None or mention.label not in ("ORG", "NORP") or head.pos != "PROPN":
        return ()
    text = without_article(scene.annotation.text[mention.start : mention.end])
    work = job(scene, Phrase(mention.first, mention.last, head.i))
    sector = work.sector if work else ("CVL" if mention.label == "NORP" else None)
    reason = f"“{text}” is a name of an organisation, otherwise unknown"
    return (Reading(f"org:{text}", text, None, sector, "body", OWNED_THING, (reason,)),)


def sender(scene: Scene, head: Token, read: Read) -> list[Owner]:
    """ "Ruritania sent envoys", "withdrew its troops": those who are sent are the sender's."""
    annotation = scene.annotation
    verb = scene.tokens[head.head]
    if head.dep != "dobj" or verb.lemma not in SENDING:
        return []
    subject = pronouns.subject_of(annotation, verb)
    if subject is None or subject.i >= head.i:
        return []
    found = [r for r in read(scene.noun_phrase(subject.i)) if r.country]
    return [Owner(r, f"sent by “{subject.text}”", DESCRIBED) for r in found]


def acting_on(scene: Scene, token: Token, read: Read) -> set[str | None]:
    """Countries of those who act on this token."""
    annotation = scene.annotation
    verb = next((a for a in annotation.ancestors(token) if a.pos in ("VERB", "AUX")), None)
    subject = pronouns.subject_of(annotation, verb) if verb is not None else None
    if subject is None or subject.i >= token.i:
        return set()
    return {r.country for r in read(scene.noun_phrase(subject.i))} - {None}
