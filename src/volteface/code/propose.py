"""Annotations → proposed events: the coder's way through one document, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from volteface.annotate import Annotation, Phrase, Sentence, Token
from volteface.annotate.phrases import phrase_at
from volteface.code.candidates import candidates
from volteface.code.consume import below, blamed, consumed_by
from volteface.code.domains import domains
from volteface.code.duties import requests
from volteface.code.entities import is_party
from volteface.code.idioms import idiomatic
from volteface.code.joining import (
    Events,
    is_consent_to_harm,
    is_contrasted,
    is_only_weighed,
    join_answers,
    join_casualties,
    join_involvement,
    join_light,
    join_purposes,
    join_relatives,
    own_events,
    through_conditions,
    through_events,
)
from volteface.code.judging import refusals, verdicts
from volteface.code.lending import lend
from volteface.code.numbers import tolls
from volteface.code.parties import Parties, complete, parties_of
from volteface.code.proposal import Proposal
from volteface.code.reaching import reach
from volteface.code.setting import Setting
from volteface.code.sight import Sight
from volteface.code.speaking import charges, refusals_flat, speech_acts, threats
from volteface.code.status import is_denied, is_no_longer, ruled_out, status_of
from volteface.code.syntax import Syntax
from volteface.code.trees import UNDERGOING
from volteface.code.triggers import Trigger, find_triggers
from volteface.code.turns import never_types, turn
from volteface.code.warning import warnings
from volteface.codebook import plover
from volteface.codebook.lexicon import lexicon, word_groups
from volteface.records import Attribution, Status, Time

# Who says that these will be done will do them: "it would be met with force, X said".
SPOKEN = frozenset({"AGREE", "CONCEDE"})
# Who says that these were not done says so of himself.
DENIED = frozenset({"REQUEST", "REJECT", "SANCTION"})
ANNOUNCING = frozenset({"will", "would", "shall", "'ll", "’ll"})
JOINT = frozenset({"AGREE", "SUPPORT", "COOPERATE", "CONSULT", "REJECT"})
EACH_OTHER = frozenset({"other", "another"})
# What nobody is said to claim is not alleged.
UNCLAIMED = frozenset({"alleged"})
# What was over before something long ago is none of these.
UNPAST = frozenset({"actual", "alleged", "negated", "hypothetical", "future"})
# Casualty figures belong to events of these types.
VIOLENT = frozenset({"ASSAULT", "PROTEST", "COERCE"})


def propose(
    annotation: Annotation,
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
    sight: Sight | None = None,
) -> list[Proposal]:
    """Every event the document's sentences may speak of, in text order: what the rules find, and with `sight` what the
    network sees besides.

    Headlines are left out where there is a body: they say again, shortened, what the body says.
    """
    setting = Setting(annotation, times, attributions)
    unpolitical = domains().unpolitical(annotation)
    blocks = annotation.document.blocks
    body = any(block.kind != "headline" for block in blocks)
    return [
        proposal
        for sentence in annotation.sentences
        if sentence.i not in unpolitical and not (body and blocks[sentence.block].kind == "headline")
        for proposal in _of_sentence(setting, sentence, sight)
    ]


def _of_sentence(setting: Setting, sentence: Sentence, sight: Sight | None) -> Iterable[Proposal]:
    """Triggers with their parties; what belongs to a bigger event goes into it; then all that is known of each."""
    syntax, words = setting.syntax, lexicon()
    never = idiomatic(setting.annotation.of(sentence)) | _printing(syntax, sentence)
    found = find_triggers(syntax, words, sentence.first, sentence.last)
    known: Events = {t.token.i: (t, parties_of(syntax, t, words)) for t in found if t.token.i not in never}

    consumed: set[int] = set()
    for trigger, parties in known.values():
        inside = consumed_by(syntax, trigger) - blamed(trigger, parties, known)
        complete(syntax, trigger, parties, [known[i] for i in sorted(inside) if i in known], setting.moods)
        consumed |= inside - own_events(syntax, trigger, parties, known, inside)
    events: Events = {
        i: (trigger, through_events(trigger, parties, known))
        for i, (trigger, parties) in known.items()
        if i not in consumed
        and trigger.pattern.entry.complement not in ("denied", "drop")
        and not is_consent_to_harm(syntax, trigger, parties, known)
        and not is_only_weighed(syntax, trigger)
        and not is_contrasted(syntax, trigger, known)
        and not domains().nobodys(syntax.tokens[a] for a in parties.agents or parties.patients)
    }
    lend(syntax, events)
    join_casualties(syntax, events)
    join_light(syntax, events)
    join_answers(syntax, events)
    join_purposes(syntax, events)
    join_relatives(syntax, events)
    join_involvement(syntax, events)
    through_conditions(syntax, events)
    reach(syntax, events)

    asked = [o for o in requests(setting, sentence) if o.trigger.head not in consumed]
    spoken = [*speech_acts(setting, sentence, known), *threats(setting, sentence, known)]
    asked += [s for s in spoken if s.trigger.head not in consumed]
    acts = {i for i, (trigger, _) in known.items() if trigger.pattern.part != "noun"}
    judged = [v for v in verdicts(setting, sentence, known) if v.trigger.head not in acts]
    demanded = {i for o in asked for i in below(syntax, syntax.tokens[o.trigger.head])}
    # What a verdict says somebody's deed *is* is no deed of its own: "an act of aggression".
    demanded |= {i for v in judged for i in _said_of(syntax, syntax.tokens[v.trigger.head])}
    proposals = [_proposal(setting, *event, sentence) for i, event in events.items() if i not in demanded]
    proposals += [*asked, *judged, *refusals(setting, sentence), *refusals_flat(setting, sentence)]
    proposals += [*charges(setting, sentence, known), *warnings(setting, sentence, known)]
    frames = {parties.frame.i for _, parties in events.values() if parties.frame is not None}
    taken = {*known, *consumed, *demanded, *never, *frames, *(p.trigger.head for p in proposals)}
    proposals += [_open(setting, *found, sentence) for found in candidates(syntax, sentence, taken)]
    if sight is not None and _has_parties(setting.annotation, sentence):
        taken |= {p.trigger.head for p in proposals}
        seen = [t for t in sight.triggers(sentence) if t.i not in taken and not _carries(syntax, t, known)]
        proposals += [_open(setting, token, Parties(), sentence) for token in seen]
    return proposals


def _printing(syntax: Syntax, sentence: Sentence) -> set[int]:
    """`the cable, published by a Norwegian newspaper, says …`: to print what others said is nothing done to anybody."""
    words = word_groups("control")
    clauses = [t for t in syntax.tokens[sentence.first : sentence.last] if t.dep in ("acl", "relcl")]
    clauses = [t for t in clauses if t.lemma in words["printing_verbs"] and syntax.is_passive(t)]
    return {t.i for t in clauses if syntax.tokens[t.head].lemma in words["utterance_nouns"]}


def _said_of(syntax: Syntax, predicate: Token) -> set[int]:
    """A predicate and what stands below it, without clauses beside it: "was disappointed, and would not come"."""
    beside = [c for c in syntax.child(predicate, "conj") if syntax.child(c, "nsubj", "nsubjpass")]
    apart = {t.i for c in beside for t in syntax.annotation.subtree(c)}
    return {t.i for t in syntax.annotation.subtree(predicate)} - apart


def _carries(syntax: Syntax, noun: Token, known: Events) -> bool:
    """Whether a word only says that an event is planned or thought of, or how many: "plans to expel X", "mulls
    expelling X", "any type of attack"."""
    if noun.lemma in word_groups("control")["measure_nouns"]:
        return any(i in known for p in syntax.child(noun, "prep") for i in syntax.held(p))
    if noun.lemma in UNDERGOING and any(syntax.is_passive(t) for t in syntax.child(noun, "ccomp", "xcomp")):
        return True  # "found himself summoned"
    if noun.lemma in word_groups("control")["target_nouns"]:  # "bore the brunt of the raid"
        return any(i in known for p in syntax.child(noun, "prep") for i in syntax.held(p))
    edge = "acl" if noun.pos == "NOUN" else "xcomp"
    carrying = noun.pos == "NOUN" or noun.lemma in word_groups("candidates")["thinking"]
    return carrying and any(t.i in known for t in syntax.child(noun, edge))


def _has_parties(annotation: Annotation, sentence: Sentence) -> bool:
    """Whether two of a sentence's words may be parties: the network is not asked about any other."""
    parties = (t for t in annotation.of(sentence) if t.dep != "compound" and is_party(t))
    return next(islice(parties, 1, None), None) is not None


def _proposal(setting: Setting, trigger: Trigger, parties: Parties, sentence: Sentence) -> Proposal:
    syntax, token = setting.syntax, trigger.token
    frame = parties.frame or token
    status = status_of(syntax, token, setting.moods)
    if status == "actual" and frame.i != token.i:
        status = status_of(syntax, frame, setting.moods)
    if parties.mood is not None and "actual" in (status, parties.mood):
        status = parties.mood
    earlier = status == "actual" and setting.is_earlier(frame)
    if earlier:
        status = "historical"
    if (
        status == "actual"
        and plover().quad(trigger.pattern.type) == "material conflict"
        and setting.is_hearsay(token, setting.claims_on(token))
    ):
        status = "alleged"
    denied = status == "hypothetical" and is_denied(syntax, frame, setting.moods)
    said = status
    type_, mode, cameo, status = turn(syntax, trigger, frame, "negated" if denied else status)
    if denied and type_ == trigger.pattern.type and status == "negated":
        status = "hypothetical"
    if type_ == "REJECT" and trigger.pattern.entry.recipient[:1] == ("subj",):
        parties.agents, parties.patients = (
            parties.patients,
            parties.agents,
        )  # "would not receive X": the host's
    claims = setting.claims_on(token)
    date = setting.date(token, frame, type_, status, claims, sentence)
    actors = setting.phrases(parties.agents, token)
    if (
        not actors
        and trigger.pattern.part == "verb"
        and (type_ == "THREATEN" or (type_ in SPOKEN and _is_announced(syntax, token)))
        and claims
        and claims[0].source.spans
    ):
        actors = [
            phrase_at(setting.annotation, *claims[0].source.spans[0])
        ]  # "said it would be met with force"
    if (
        not actors
        and status == "negated"
        and type_ in DENIED
        and trigger.roles.passive
        and claims
        and claims[0].source.spans
    ):
        actors = [
            phrase_at(setting.annotation, *claims[0].source.spans[0])
        ]  # "said no envoy had been asked to leave"
    return Proposal(
        type=type_,
        mode=mode,
        cameo=cameo,
        contexts=setting.contexts.of(setting.annotation, sentence, trigger.pattern.entry.contexts),
        trigger=_trigger_phrase(syntax, trigger),
        sentence=sentence.i,
        actors=actors,
        recipients=setting.phrases([p for p in parties.patients if p not in parties.agents], token),
        reached=setting.phrases(parties.reached, token),
        status=status,
        attributions=tuple(c.id for c in claims),
        date=date,
        where=setting.where(token, frame, type_, [*parties.agents, *parties.patients]),
        confidence=_confidence(trigger, parties, status),
        asserted=_is_asserted(trigger, parties),
        abroad=trigger.pattern.entry.abroad,
        mutual=trigger.pattern.entry.reciprocal
        or _is_joint(trigger, frame)
        or _is_between(syntax, trigger, parties)
        or any(syntax.tokens[i].lemma in EACH_OTHER for i in parties.patients),
        unseen=trigger.pattern.entry.fixed,
        excluded=never_types(trigger)
        | (plover().types.keys() - {type_} if trigger.pattern.entry.fixed else frozenset())
        | (
            UNPAST
            if earlier
            else ruled_out(syntax, token, frame, setting.moods, is_recent=setting.is_recent(date, frame))
            | (frozenset() if claims or status != "actual" else UNCLAIMED)
            if status == said and parties.mood != "actual"
            else frozenset({"negated", "hypothetical"})  # they are in the type
        ),
    )


def _is_joint(trigger: Trigger, frame: Token) -> bool:
    """`X and Y agreed to …`: with each other, where nobody else is named."""
    return trigger.pattern.type in JOINT and frame.lemma in word_groups("control")["joint_verbs"]


def _is_between(syntax: Syntax, trigger: Trigger, parties: Parties) -> bool:
    """`fighting between X and Y`, `fighting raged between X and Y`: each against the other."""
    governor = syntax.governor(trigger.token) if trigger.pattern.part == "noun" else None
    around = trigger.parties.get("between", [])
    around = around or (syntax.roles(governor[0]).obliques.get("between", []) if governor is not None else [])
    return bool(parties.agents) and set(parties.agents) <= set(around)


def _is_announced(syntax: Syntax, verb: Token) -> bool:
    """`would be lifted`, `will be handed to X`: whoever says so has it done."""
    return syntax.is_passive(verb) and any(t.lemma in ANNOUNCING for t in syntax.child(verb, "aux"))


def _is_asserted(trigger: Trigger, parties: Parties) -> bool:
    """Whether the sentence tells the event itself. Who was hit by what it only mentions was hit all the same."""
    if trigger.pattern.part != "noun":
        return True
    violence = trigger.pattern.type in VIOLENT and bool(parties.patients)
    return parties.frame is not None and not violence


def _open(setting: Setting, token: Token, parties: Parties, sentence: Sentence) -> Proposal:
    """An event that no pattern covers: its type is left to the network."""
    status = status_of(setting.syntax, token, setting.moods)
    ended = any(is_no_longer(setting.syntax, t) for t in setting.syntax.child(token))
    status = "actual" if ended and status == "negated" else status  # "no longer recognises X": cut off
    claims = setting.claims_on(token)
    date = setting.date(token, token, None, status, claims, sentence)
    return Proposal(
        type=None,
        mode=None,
        cameo="",
        contexts=setting.contexts.of(setting.annotation, sentence, ()),
        trigger=Phrase(token.i, token.i + 1, token.i),
        sentence=sentence.i,
        actors=setting.phrases(parties.agents, token),
        recipients=setting.phrases([p for p in parties.patients if p not in parties.agents], token),
        status=status,
        attributions=tuple(c.id for c in claims),
        date=date,
        where=setting.where(token, token, None, [*parties.agents, *parties.patients]),
        asserted=token.pos != "NOUN",
        excluded=frozenset({"negated"})
        if ended
        else ruled_out(setting.syntax, token, token, setting.moods, is_recent=setting.is_recent(date, token)),
    )


def _trigger_phrase(syntax: Syntax, trigger: Trigger) -> Phrase:
    """The head with its particle or the words before it that the pattern names, where they touch."""
    token = trigger.token
    first, last = token.i, token.i + 1
    if trigger.pattern.part == "noun":
        while first > 0 and syntax.tokens[first - 1].lemma in trigger.pattern.words:
            first -= 1
    elif last < len(syntax.tokens) and syntax.tokens[last].lemma in trigger.pattern.words:
        last += 1
    return Phrase(first, last, token.i)


def count(annotation: Annotation, proposals: Sequence[Proposal]) -> None:
    """Give every casualty figure to the violent event it belongs to: the nearest before it in its sentence, else
    after."""
    syntax = Syntax(annotation)
    violent = [p for p in proposals if p.type in VIOLENT]
    for sentence in sorted({p.sentence for p in violent}):
        here = sorted((p for p in violent if p.sentence == sentence), key=lambda p: p.trigger.head)
        bounds = annotation.sentences[sentence]
        for toll in tolls(syntax, bounds.first, bounds.last):
            proposal = next((p for p in reversed(here) if p.trigger.head <= toll.verb), here[0])
            if toll.kind == "killed" and proposal.killed is None:
                proposal.killed = toll.number
            elif toll.kind == "injured" and proposal.injured is None:
                proposal.injured = toll.number


def _confidence(trigger: Trigger, parties: Parties, status: Status) -> float:
    """A first, uncalibrated estimate: how much the pattern asked for, and how much of the event is there."""
    score = 0.45 + 0.05 * min(trigger.pattern.specificity, 4)
    both = parties.patients or (trigger.pattern.entry.reciprocal and len(parties.agents) > 1)
    score += 0.15 * bool(parties.agents) + 0.15 * bool(both)
    score -= 0.05 * (trigger.pattern.part == "noun") + 0.05 * (status != "actual") + 0.2 * trigger.loose
    return round(min(score, 0.95), 2)
