"""What is done by saying it, in words quoted as they were said: a threat, a demand, a refusal, a charge to somebody's
face.

`X told Y: "Leave by dawn or be shot"`, `"If you cross, you die," X shouted at Y`, `X had told Y "we will not sign"`,
`"You have broken our laws," X told Y`. No word outside the quotation need name the act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from volteface.annotate import Annotation, Phrase, Sentence, Token
from volteface.annotate.phrases import phrase_at
from volteface.annotate.quotations import innermost, quotations
from volteface.code.entities import is_party
from volteface.code.joining import Events
from volteface.code.judging import proposal_of
from volteface.code.proposal import Proposal
from volteface.code.setting import Setting
from volteface.code.syntax import Syntax
from volteface.code.turns import FRIENDLY
from volteface.codebook.lexicon import word_groups

THREAT = ("THREATEN", None, "130")
REQUEST = ("REQUEST", None, "100")
REFUSAL = ("REJECT", None, "120")
CONSENT = ("AGREE", None, "030")
CHARGE = ("ACCUSE", "allege", "112")
# Whatever the quoted words are about later or not at all, they are said now.
SAID = frozenset({"future", "hypothetical", "negated"})
# A quoted piece shorter than this is a word in quotation marks.
SHORTEST = 3
# Imperatives that ask nothing of anybody.
IDLE = frozenset(
    {
        "let",
        "be",
        "worry",
        "fear",
        "look",
        "listen",
        "remember",
        "imagine",
        "think",
        "see",
        "thank",
        "mind",
        "suppose",
    }
)
WE, YOU = frozenset({"we", "i"}), frozenset({"you", "your"})
OURS = frozenset({"our", "my", "us", "me"})
OWN = frozenset({"it", "they", "he", "she", "we", "i"})
CONSENTING = frozenset(
    {
        "accept",
        "agree",
        "consent",
        "sign",
        "comply",
        "obey",
        "cooperate",
        "join",
        "help",
        "come",
        "talk",
        "pay",
    }
)
HARM = frozenset({"ASSAULT", "COERCE", "SANCTION"})
TELLING = frozenset({"tell", "inform", "assure", "notify"})
DENYING = frozenset({"deny", "doubt", "ask", "wonder", "question", "dispute"})
WILL = frozenset({"will", "shall", "wo", "'ll", "’ll"})
ADDRESSED = ("dobj", "dative", "to", "at")
# Who is spoken to by a message that is "clear": "the message from X was: …".
SENDERS = ("from", "of", "poss", "by")


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation, tokens `first:last`, with who says it to whom, as heads."""

    words: list[Token]
    said: Token
    speakers: list[int]
    addressees: list[int]


def speech_acts(setting: Setting, sentence: Sentence, known: Collection[int]) -> Iterator[Proposal]:
    """Threats, demands, refusals and charges of one sentence. `known`: tokens that are events on their own account."""
    for speech in _speeches(setting, sentence):
        found = _act(setting.syntax, speech, known)
        if found is None:
            continue
        what, token = found
        claims = setting.claims_on(token)
        actors = _speakers(setting, speech, token)
        if actors:
            yield proposal_of(
                setting, token, speech.said, what, actors, speech.addressees, claims, sentence,
                excluded=SAID | FRIENDLY if what in (THREAT, CHARGE) else SAID,
            )  # fmt: skip


def _speeches(setting: Setting, sentence: Sentence) -> Iterator[Speech]:
    syntax, annotation = setting.syntax, setting.annotation
    for first, last in quotations(annotation, sentence):
        words = [
            t for t in annotation.tokens[first:last] if innermost(annotation, sentence, t.i) == (first, last)
        ]
        if len([t for t in words if t.pos != "PUNCT"]) < SHORTEST:
            continue
        said = _saying(annotation, words, first, last)
        if said is not None:
            yield Speech(words, said, _who_says(syntax, said), _addressees(syntax, said))


def charges(setting: Setting, sentence: Sentence, known: Collection[int]) -> Iterator[Proposal]:
    """`X said Y had lied`, `Y, which X says meddles in its affairs`: X accuses Y. What is an event on its own account
    (`known`) is alleged instead."""
    syntax, wrongs = setting.syntax, word_groups("evaluations")["wrongs"]
    for token in setting.annotation.of(sentence):
        wrong = (token.pos == "VERB" and token.lemma in wrongs) or _is_blame(syntax, token)
        done_to_us = token.pos == "VERB" and _is_ours(syntax, token)
        if not (wrong or done_to_us) or (token.i in known and not done_to_us) or syntax.child(token, "neg"):
            continue
        above, claims = syntax.tokens[token.head], setting.claims_on(token)
        parted = any(
            t.lemma in word_groups("candidates")["reporting"] for t in syntax.child(token, "parataxis")
        )
        asserted = (parted or token.dep in ("ccomp", "relcl")) and not any(
            t.tag == "MD" for t in syntax.child(token, "aux")
        )
        whether = any(t.lemma in ("whether", "if") for t in syntax.child(token, "mark"))
        if not asserted or whether or not claims or not claims[0].source.spans or above.lemma in DENYING:
            continue
        source = phrase_at(setting.annotation, *claims[0].source.spans[0])
        done = [i for i in syntax.surface(token) if not source.first <= i < source.last]
        done = [i for i in done if syntax.tokens[i].text.lower() not in WE]
        if done and token.tag != "VB":
            yield proposal_of(setting, token, token, CHARGE, [source], done, claims, sentence, excluded=SAID)


def _is_ours(syntax: Syntax, verb: Token) -> bool:
    """`it is Kenya that fines our boats`: what somebody named does to the speaker's own."""
    objects = [o for t in syntax.child(verb, "dobj") for o in syntax.child(t, "poss")]
    objects += [
        o
        for p in syntax.child(verb, "prep")
        for t in syntax.child(p, "pobj")
        for o in syntax.child(t, "poss")
    ]
    doers = [syntax.tokens[i] for i in syntax.surface(verb)]
    named = bool(doers) and all(t.entity in ("GPE", "NORP", "ORG") for t in doers)
    harm = verb.lemma in word_groups("evaluations")["harms"]
    return named and harm and any(t.text.lower() in OURS for t in objects)


def _is_blame(syntax: Syntax, token: Token) -> bool:
    """`was behind the riots`, `was to blame for the crash`: a copula, or its *blame*."""
    behind = token.lemma == "be" and any(p.lemma == "behind" for p in syntax.child(token, "prep"))
    below = [t for c in syntax.child(token, "xcomp") for t in (c, *syntax.child(c, "dobj"))]
    return behind or (token.lemma == "be" and any(t.lemma == "blame" for t in below))


def threats(setting: Setting, sentence: Sentence, known: Events) -> Iterator[Proposal]:
    """`X told Y it would shoot down any plane`: harm announced to those it is to come to."""
    syntax = setting.syntax
    for i, (trigger, _) in known.items():
        token = syntax.tokens[i]
        said = syntax.tokens[token.head]
        told = _addressees(syntax, said) if token.dep == "ccomp" and said.lemma in TELLING else []
        subjects = syntax.child(token, "nsubj")
        own = any(t.text.lower() in OWN for t in subjects) or set(syntax.surface(token)) & set(
            syntax.surface(said)
        )
        harm = trigger.pattern.part == "verb" and trigger.pattern.type in HARM
        if harm and own and told and _is_party_told(syntax, told) and _wills(syntax, token, past=True):
            claims = setting.claims_on(said)
            actors = setting.phrases(syntax.surface(said), token)
            yield proposal_of(setting, token, said, THREAT, actors, told, claims, sentence, excluded=SAID)


def _is_party_told(syntax: Syntax, told: list[int]) -> bool:
    """Not the press, nor the public: those the harm may come to."""
    tokens = [syntax.tokens[i] for i in told]
    return any(t.pos == "PRON" or is_party(t) for t in tokens) and not any(
        t.lemma
        in (
            "reporter",
            "journalist",
            "parliament",
            "television",
            "radio",
            "agency",
            "newspaper",
            "Reuters",
            "AFP",
        )
        for t in tokens
    )


def refusals_flat(setting: Setting, sentence: Sentence) -> Iterator[Proposal]:
    """`X told Y that the sale was out of the question`, `off the table`: X refuses it."""
    syntax, words = setting.syntax, word_groups("evaluations")
    for token in setting.annotation.of(sentence):
        if token.lemma != "be" or token.pos not in ("VERB", "AUX") or syntax.child(token, "neg"):
            continue
        held = [(p.lemma, t.lemma) for q in syntax.child(token, "prep") for p in (q, *syntax.child(q, "prep"))
                for t in syntax.child(p, "pobj")]  # fmt: skip
        flat = any(f"{p} {t}" in words["impossible"] for p, t in held)
        flat |= any(t.lemma in words["impossible"] for t in syntax.child(token, "acomp", "attr"))
        claims = setting.claims_on(token)
        if not flat or not claims or not claims[0].source.spans:
            continue
        said = syntax.tokens[token.head]
        told = _addressees(syntax, said) if token.dep == "ccomp" and said.pos == "VERB" else []
        source = phrase_at(setting.annotation, *claims[0].source.spans[0])
        yield proposal_of(setting, token, token, REFUSAL, [source], told, claims, sentence)


def _saying(annotation: Annotation, words: list[Token], first: int, last: int) -> Token | None:
    """The verb outside a quotation that it hangs on: `told`, or the `was` of "the message was: …"."""
    for word in words:
        head = annotation.tokens[word.head]
        while first <= head.i < last and head.head != head.i:
            head = annotation.tokens[head.head]
        quoting = [
            c
            for p in annotation.children(head, "prep")
            if p.lemma == "as"
            for c in annotation.children(p, "pcomp")
        ]
        if quoting and quoting[0].i < first <= word.i:  # "the letter quotes X as having told Y, '…'"
            return quoting[0]
        if not first <= head.i < last and head.pos in ("VERB", "AUX"):
            told = annotation.children(head, "ccomp")  # "'Leave,' that is what the colonel said"
            inner = [t for t in told if t.lemma in word_groups("candidates")["reporting"] and t.i >= last]
            return inner[0] if head.lemma == "be" and inner else head
    return None


def _who_says(syntax: Syntax, said: Token) -> list[int]:
    subjects = syntax.surface(said)
    if said.lemma != "be":
        return subjects
    senders = [syntax.parties(syntax.tokens[i]) for i in subjects]
    return [i for at in senders for place in SENDERS for i in at.get(place, ())]


def _addressees(syntax: Syntax, said: Token) -> list[int]:
    roles = syntax.roles(said)
    at = {**roles.obliques, "dobj": roles.patients}
    return next((at[place] for place in ADDRESSED if at.get(place)), [])


def _speakers(setting: Setting, speech: Speech, token: Token) -> list[Phrase]:
    if speech.speakers:
        return setting.phrases(speech.speakers, token)
    claims = setting.claims_on(token)
    source = next((c.source.spans[0] for c in claims if c.source.spans), None)
    return [phrase_at(setting.annotation, *source)] if source else []


def _act(
    syntax: Syntax, speech: Speech, known: Collection[int]
) -> tuple[tuple[str, str | None, str], Token] | None:
    """What a quotation does by its words, and the word that does it."""
    words = [t for t in speech.words if t.pos != "PUNCT" and t.tag not in ("``", "''")]
    verb = _order(words)
    if verb is not None and any(t.lemma == "or" for t in words):
        return THREAT, verb
    if _is_condition(words):
        return THREAT, next(t for t in words if t.pos == "VERB")
    if not speech.addressees:
        return None
    if verb is not None and verb.i > speech.said.i:
        return REQUEST, verb
    for verb in (t for t in words if t.pos in ("VERB", "AUX")):
        subjects = syntax.child(verb, "nsubj")
        ours = any(t.text.lower() in WE for t in subjects)
        if ours and verb.i not in known and syntax.child(verb, "neg") and _wills(syntax, verb):
            return REFUSAL, verb
        if ours and verb.lemma in CONSENTING and not syntax.child(verb, "neg") and _wills(syntax, verb):
            return CONSENT, verb
        if any(_is_yours(syntax, t) for t in subjects) and _hurts(syntax, verb):
            return CHARGE, verb
    return None


def _order(words: list[Token]) -> Token | None:
    """The imperative a quotation begins with: `Leave …`, `Do not leave …`, `Tell them to leave`."""
    rest = words[1:] if words[0].text.lower() in ("please", "never", "either") else words
    if rest and rest[0].text.lower() in ("do", "don't") and any(t.dep == "neg" for t in rest[1:2]):
        rest = rest[2:]
    verb = rest[0] if rest else None
    return verb if verb is not None and verb.tag in ("VB", "VBP") and verb.lemma not in IDLE else None


def _is_condition(words: list[Token]) -> bool:
    """`If you cross the river, you die`, `Unless you leave, we will fire`."""
    if words[0].text.lower() not in ("if", "unless") or not any(t.text.lower() in YOU for t in words[:4]):
        return False
    after = [t for t in words[3:] if t.dep == "nsubj" and t.text.lower() in WE | YOU]
    return any(t.lemma in WILL for t in words) or any(t.text.lower() in YOU for t in after)


def _wills(syntax: Syntax, verb: Token, *, past: bool = False) -> bool:
    """Whether a verb is of will: `will`, or the `would` of what was told."""
    words = WILL | {"would"} if past else WILL
    auxiliaries = [t.text.lower() for t in syntax.child(verb, "aux")]
    return bool(words & set(auxiliaries)) and not (past and syntax.child(verb, "neg"))


def _is_yours(syntax: Syntax, subject: Token) -> bool:
    """`you`, `your people`."""
    return subject.text.lower() == "you" or any(
        t.text.lower() == "your" for t in syntax.child(subject, "poss")
    )


def _hurts(syntax: Syntax, verb: Token) -> bool:
    """Whether something was done to the speaker or his: `violated our airspace`, `kidnapped my consul`."""
    past = verb.tag == "VBD" or any(t.lemma == "have" for t in syntax.child(verb, "aux"))
    held = [t for o in syntax.child(verb, "dobj") for t in (o, *syntax.child(o, "poss", "prep"))]
    held += syntax.child(verb, "prep", "dative")
    held += [t for p in held for t in syntax.child(p, "pobj")]
    denied = syntax.child(verb, "neg")
    return (past or verb.tag in ("VBP", "VBG")) and not denied and any(t.text.lower() in OURS for t in held)
