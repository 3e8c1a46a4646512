"""What certainty makes of a type: a planned visit is an agreement, a refused one a rejection, aid cut off a
sanction."""

from __future__ import annotations

from volteface.annotate import Token
from volteface.code.status import is_no_longer
from volteface.code.syntax import Syntax
from volteface.code.triggers import HAVING, Trigger
from volteface.codebook.lexicon import word_groups
from volteface.records import Status

# A plan to do these is itself a verbal act in PLOVER: future CONSULT, SUPPORT, COOPERATE and AID are AGREE,
# future RETREAT is CONCEDE. With the CAMEO code of the verbal act.
PLANNED = {
    "CONSULT": ("AGREE", "036"),
    "SUPPORT": ("AGREE", "032"),
    "COOPERATE": ("AGREE", "031"),
    "AID": ("AGREE", "033"),
    "RETREAT": ("CONCEDE", "080"),
}
# "will not lift sanctions" is no denial but a refusal: the mode and CAMEO code of each.
REFUSALS = {
    "AGREE": (None, "120"),
    "SUPPORT": (None, "120"),
    "CONSULT": ("meet", "125"),
    "COOPERATE": ("assist", "121"),
    "AID": ("assist", "122"),
    "RETREAT": ("yield", "1246"),
    "CONCEDE": ("yield", "1246"),
}
REFUSING_MODALS = frozenset({"will", "would", "wo", "'ll", "’ll"})
# "cannot accept" refuses; "could not reach" fails.
UNABLE = frozenset({"can"})
ACCEPTING = frozenset(
    {
        "accept",
        "agree",
        "allow",
        "permit",
        "tolerate",
        "consent",
        "recognise",
        "recognize",
        "support",
        "approve",
    }
)
LETTING = frozenset({"allow", "let", "permit", "admit"})
REFUSING_WORDS = frozenset(
    {
        "ready",
        "willing",
        "prepared",
        "inclined",
        "interested",
        "intend",
        "plan",
        "going",
        "decide",
        "choose",
        "opt",
        "vow",
        "resolve",
        "determined",
        "elect",
        "pledge",
        "promise",
        "swear",
        "undertake",
        "want",
        "wish",
        "see",
    }
)
# "stopped sharing data" and "abandoned its support" reduce relations.
CUT_OFF = {
    "SUPPORT": ("discontinue", "160"),
    "COOPERATE": ("discontinue", "160"),
    "AID": ("discontinue", "162"),
}
# "said it would expel the consul unless …": harm announced under a condition is a threat, of this mode and code.
CONDITIONAL = {
    "arrest": ("arrest", "1321"),
    "deport": ("expel", "136"),
    "expel": ("expel", "136"),
    "discontinue": ("relations", "1313"),
    "withdraw": ("relations", "1313"),
    "seize": ("territory", "1382"),
}
THREATENED = {
    "ASSAULT": ("violence", "138"),
    "COERCE": ("restrict", "1312"),
    "SANCTION": ("restrict", "1312"),
}
# Who says that "it" would do something, if …, mostly speaks of itself.
OWN = frozenset({"we", "i", "it", "they", "he", "she"})
# Intentions one may have none of: "has no plans to withdraw".
INTENTIONS = frozenset(
    {
        "plan",
        "intention",
        "intent",
        "desire",
        "wish",
        "interest",
        "appetite",
        "inclination",
        "reason",
        "point",
    }
)
# "did not rule out force" threatens with it, "ruled out force" says that it will not come.
RULING_OUT = frozenset({"rule", "exclude", "take"})
# Who does these to do something has not done it.
COMMITTING = frozenset(
    {"pledge", "promise", "vow", "undertake", "offer", "volunteer", "commit", "agree", "consent"}
)
# What one threatens with, or fights, is no kindness, whatever kind word stands beside it.
FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
FIGHTING = frozenset(
    {"fight", "wage", "invade", "bomb", "shell", "kill", "shoot", "attack", "raid", "assassinate", "murder"}
)
MATERIAL = frozenset({"COOPERATE", "AID", "RETREAT"})
# "persuaded X to recognise Y": X's recognition, not the persuader's.
PERSUADING = frozenset({"persuade", "convince", "induce", "coax", "dissuade", "discourage", "talk"})
# Threats that name the deed: once done, it is no threat any more.
RUINING = frozenset({"turn", "reduce", "wipe", "bomb", "burn", "raze"})
DEEDS = RUINING | {"respond", "answer", "react", "retaliate", "reply"}
CUTTING = frozenset(
    {"stop", "cease", "halt", "suspend", "end", "discontinue", "abandon", "withdraw", "freeze", "cancel"}
)


def turn(
    syntax: Syntax, trigger: Trigger, frame: Token, status: Status
) -> tuple[str, str | None, str, Status]:
    """Type, mode, CAMEO code and status of an event, given how certain its words are."""
    type_, entry = trigger.pattern.type, trigger.pattern.entry
    if status == "future" and type_ in PLANNED:
        planned, code = PLANNED[type_]
        return planned, None, code, status
    if type_ == "REJECT" and trigger.pattern.head in HAVING and status == "negated":
        return type_, entry.mode, entry.cameo, "actual"  # "has no intention of selling it"
    if type_ == "THREATEN" and trigger.pattern.head in RULING_OUT and trigger.pattern.part == "verb":
        return (
            type_,
            entry.mode,
            entry.cameo,
            "actual" if status in ("negated", "hypothetical") else "negated",
        )
    if type_ == "THREATEN" and trigger.pattern.head in DEEDS and trigger.pattern.part == "verb":
        if status == "future":  # "we will turn X into a sea of fire"
            return type_, entry.mode, entry.cameo, "actual"
        # "the shelling turned the town into rubble"
        if status in ("actual", "alleged") and trigger.pattern.head in RUINING:
            return "ASSAULT", "destroy", "180", status
    if status == "hypothetical" and type_ in THREATENED and _is_announced_if(syntax, frame):
        mode, code = CONDITIONAL.get(entry.mode or "", THREATENED[type_])
        return "THREATEN", mode, code, "actual"
    if status == "negated" and type_ in CUT_OFF and _is_cut_off(syntax, frame):
        mode, code = CUT_OFF[type_]
        return "SANCTION", mode, code, "actual"
    if status == "negated" and type_ in REFUSALS and _is_refusal(syntax, frame):
        refused, code = REFUSALS[type_]
        return "REJECT", refused, code, "actual"
    return type_, entry.mode, entry.cameo, status


def never_types(trigger: Trigger) -> frozenset[str]:
    """Types that the words of a pattern rule out: who will not rule out force refuses nothing, what is promised is
    not done yet."""
    pattern = trigger.pattern
    ruling = pattern.head in RULING_OUT or "rule" in pattern.inner
    if pattern.type == "THREATEN":
        return FRIENDLY | {"REJECT"} if ruling else FRIENDLY
    if pattern.type == "REQUEST" and pattern.head in PERSUADING:
        return MATERIAL | {"SUPPORT"}
    if pattern.type == "ASSAULT" and pattern.part == "verb" and pattern.head in FIGHTING:
        return FRIENDLY
    if pattern.type == "SUPPORT" and pattern.entry.reciprocal:
        return frozenset({"AID"})  # who makes peace gives nothing
    if pattern.type == "CONCEDE" and pattern.part == "verb" and pattern.objects:
        return frozenset({"ACCUSE"})
    if pattern.type == "RETREAT" and pattern.entry.mode == "withdraw" and pattern.objects:
        return frozenset({"SANCTION"})
    if pattern.type == "AGREE" and pattern.head in COMMITTING and pattern.entry.needs_complement:
        return MATERIAL
    return frozenset()


def _is_announced_if(syntax: Syntax, frame: Token) -> bool:
    """`X said it would sever ties if …`: one's own deed, willed, and left to what others do."""
    said = syntax.tokens[frame.head]
    if (
        frame.pos != "VERB"
        or frame.dep != "ccomp"
        or said.lemma not in word_groups("candidates")["reporting"]
    ):
        return False
    clauses = [m.lemma for c in syntax.child(frame, "advcl") for m in syntax.child(c, "mark")]
    willed = any(t.text.lower() in ("will", "would", "'ll", "’ll") for t in syntax.child(frame, "aux"))
    own = set(syntax.surface(frame)) & set(syntax.surface(said))
    own_words = any(t.text.lower() in OWN for t in syntax.child(frame, "nsubj"))
    denied = syntax.child(frame, "neg")
    return willed and not denied and bool(own or own_words) and not {"if", "unless"}.isdisjoint(clauses)


def _is_cut_off(syntax: Syntax, frame: Token) -> bool:
    """Whether a verb of stopping governs what had been going on."""
    if any(is_no_longer(syntax, t) for t in syntax.child(frame)):
        return True
    head = syntax.tokens[frame.head]
    held = frame.dep in ("xcomp", "dobj", "pcomp", "ccomp", "nsubjpass")
    return frame.lemma in CUTTING or (held and head.lemma in CUTTING)


def _is_unintended(syntax: Syntax, verb: Token) -> bool:
    """`has no plans to …`, `has no intention of …`, `sees no reason to …`."""
    noun = syntax.tokens[verb.head]
    if verb.dep == "pcomp" and noun.dep == "prep":
        noun = syntax.tokens[noun.head]
    elif verb.dep not in ("acl", "relcl") or not syntax.has_to(verb):
        return False
    return noun.lemma in INTENTIONS and any(t.lemma == "no" for t in syntax.child(noun, "det"))


def _is_refusal(syntax: Syntax, frame: Token) -> bool:
    """Whether the negation is one of will: "will not …", "is not ready to …", not "did not …"."""
    verb = frame
    for _ in range(3):
        modals = {t.lemma for t in syntax.child(verb, "aux")}
        beside = {verb.lemma, *(t.lemma for t in syntax.child(verb, "acomp", "xcomp"))}
        now = any(t.lemma == "do" and t.tag in ("VBZ", "VBP") for t in syntax.child(verb, "aux"))
        accepting = verb.lemma in ACCEPTING and bool(modals & UNABLE)
        accepting = accepting or (verb.lemma == "accept" and now)  # "does not accept"
        perfect = any(t.lemma == "have" and t.tag in ("VBZ", "VBP") for t in syntax.child(verb, "aux"))
        accepting = accepting or (verb.lemma in LETTING and (now or perfect))  # "has not allowed them in"
        if modals & REFUSING_MODALS or beside & REFUSING_WORDS or accepting:
            return True
        if _is_unintended(syntax, verb):
            return True
        if verb.dep not in ("xcomp", "acomp", "pcomp", "conj", "dobj"):
            return False
        verb = syntax.tokens[verb.head]
    return False
