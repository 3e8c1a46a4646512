"""Attribution without a verb of saying: according to X, in X's words, adjectives, nouns, adverbs, "Putin:
…"."""

from __future__ import annotations

from volteface.annotate.attributions.clauses import clause_content
from volteface.annotate.attributions.drafts import Draft, runs, to_spans, trimmed
from volteface.annotate.attributions.lexicon import unnamed
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.attributions.sources import source_spans, subject_of
from volteface.annotate.tokens import Annotation, Token

_CLIMBS = (
    "ccomp",
    "xcomp",
    "pcomp",
    "advmod",
    "prep",
    "npadvmod",
    "pobj",
    "dobj",
    "attr",
    "nsubj",
    "acl",
    "appos",
    "amod",
    "compound",
    "nsubjpass",
    "oprd",
    "dative",
    "agent",
    "acomp",
)
LIGHT = frozenset(
    {
        "make",
        "issue",
        "give",
        "express",
        "voice",
        "repeat",
        "deliver",
        "offer",
        "release",
        "raise",
        "have",
        "share",
        "publish",
        "send",
        "reiterate",
        "echo",
        "renew",
    }
)
# "Name: …" at the head of a line: at most so many tokens before the colon.
LONGEST_LABEL = 6


def according_draft(scene: Scene, token: Token) -> Draft | None:
    """ "…, according to X"."""
    annotation = scene.annotation
    to = next((t for t in annotation.children(token, "prep") if t.lemma == "to"), None)
    named = annotation.children(to, "pobj", "pcomp") if to else []
    if not to or not named:
        return None
    phrase = annotation.below(token)
    host = _host(annotation, token)
    sentence = annotation.sentences[token.sentence]
    if min(phrase) == sentence.first:
        content = set(range(sentence.first, sentence.last)) - phrase
    else:
        if max(phrase) >= sentence.last - 2:
            host = _first_clause(annotation, host)
        content = annotation.below(host) - phrase
    if scene.quoted[token.i] >= 0:
        content = {i for i in content if scene.quoted[i] == scene.quoted[token.i]}
    # A source of its own: where the phrase runs on over a comma, what follows is still the phrase.
    content = {i for i in scene.free(content, host.i) if i < min(phrase) or i > max(phrase)}
    return _draft(scene, token, named[0], [token.i, to.i], content, host.i, "speech")


def _first_clause(annotation: Annotation, host: Token) -> Token:
    """The first of the clauses joined by "and", which a phrase at the sentence's end is all about."""
    while host.dep == "conj" and host.head < host.i:
        above = annotation.tokens[host.head]
        links = [t for t in annotation.children(above, "cc") if t.i < host.i]
        if above.pos not in ("VERB", "AUX") or any(t.lemma != "and" for t in links):
            break
        host = above
    return host


def _host(annotation: Annotation, token: Token) -> Token:
    """The verb of the clause a phrase belongs to."""
    host = token
    while host.head != host.i:
        if host.pos in ("VERB", "AUX") and host is not token and host.dep not in _CLIMBS:
            break
        host = annotation.tokens[host.head]
    return host


def wording_draft(scene: Scene, noun: Token) -> Draft | None:
    """ "in X's words, …", "in his view, …"."""
    annotation = scene.annotation
    preposition = annotation.tokens[noun.head]
    of = [t for t in annotation.children(noun, "prep") if t.lemma == "of"]
    owners = annotation.children(noun, "poss") or [t for p in of for t in annotation.children(p, "pobj")]
    if noun.dep != "pobj" or preposition.text.lower() != "in" or not owners:
        return None
    if noun.lemma == "word" and noun.tag != "NNS":
        return None
    phrase = annotation.below(preposition)
    owned = annotation.children(noun, "poss")
    cue = [preposition.i, noun.i] if owned else [*range(preposition.i, noun.i + 1), of[0].i]
    host = _host(annotation, preposition)
    content = annotation.below(host) - phrase
    return _draft(scene, noun, owners[0], cue, scene.free(content, host.i), host.i, "speech")


def adverb_draft(scene: Scene, adverb: Token) -> Draft | None:
    """ "reportedly …": somebody says so, nobody in particular."""
    annotation = scene.annotation
    host = annotation.tokens[adverb.head]
    if host.pos not in ("VERB", "AUX") or adverb.dep != "advmod":
        return None
    content = scene.free(annotation.below(host) - {adverb.i}, host.i)
    content = {i for i in content if i == host.i or not _other_clause(annotation, i, host)}
    draft = _draft(scene, adverb, None, [adverb.i], content, host.i, "claim")
    if draft is not None:
        draft.hearsay = True
    return draft


def _other_clause(annotation: Annotation, i: int, host: Token) -> bool:
    """Whether the token belongs to a clause coordinated with the host's, not to the host's own."""
    token = annotation.tokens[i]
    while token.i != host.i and token.head != token.i:
        if token.head == host.i:
            return token.dep in ("conj", "cc", "parataxis") or (token.dep == "ccomp" and token.i < host.i)
        token = annotation.tokens[token.head]
    return False


def adjective_draft(scene: Scene, adjective: Token) -> Draft | None:
    """ "X is confident that …", "X is worried about …", "X was willing to …"."""
    annotation = scene.annotation
    copula = annotation.tokens[adjective.head]
    if adjective.dep != "acomp" or copula.pos not in ("AUX", "VERB") or scene.quoted[adjective.i] >= 0:
        return None
    holder = subject_of(annotation, copula)
    if holder is None or holder.lemma in ("it", "there", "this", "that", "what"):
        return None
    for complement in annotation.children(adjective, "ccomp", "xcomp"):
        content = clause_content(scene, adjective, complement)
        return _draft(scene, adjective, holder, [copula.i, adjective.i], content, complement.i, "belief")
    for preposition in annotation.children(adjective, "prep"):
        if preposition.lemma in ("about", "of", "over") and (
            inner := annotation.children(preposition, "pobj", "pcomp")
        ):
            content = annotation.below(inner[0])
            cue = [copula.i, adjective.i, preposition.i]
            return _draft(
                scene, adjective, holder, cue, scene.free(content, adjective.i), inner[0].i, "belief"
            )
    return None


def noun_draft(scene: Scene, noun: Token) -> Draft | None:
    """ "his statement that …", "a warning of …": a noun with a clause, an infinitive or a preposition."""
    annotation, lexicon = scene.annotation, scene.lexicon
    if scene.quoted[noun.i] >= 0:
        return None
    if noun.dep == "pobj" and not annotation.children(noun, "poss") and _told_in(scene, noun):
        return None
    owner = _owner(annotation, noun)
    if noun.lemma in lexicon.nouns:
        for clause in annotation.children(noun, "acl", "ccomp", "relcl"):
            marks = {t.lemma for t in annotation.children(clause, "mark", "aux")}
            that = any(t.dep == "mark" and t.lemma == "that" for t in annotation.children(clause))
            infinitive = "to" in marks and clause.tag == "VB" and clause.dep == "acl"
            if (that or (infinitive and owner is not None)) and clause.i > noun.i:
                content = annotation.below(clause)
                return _draft(scene, noun, owner, [noun.i], scene.free(content, noun.i), clause.i, "claim")
    verb = annotation.tokens[noun.head]
    beside = annotation.children(verb, "prep") if noun.dep == "dobj" else []  # "repeated his pledge | for …"
    for preposition in [*annotation.children(noun, "prep"), *(t for t in beside if t.i > noun.i)]:
        if owner and preposition.lemma in lexicon.noun_prepositions.get(noun.lemma, ()):
            inner = annotation.children(preposition, "pobj", "pcomp")
            if inner and inner[0].i != owner.i:
                content = annotation.below(inner[0])
                voiced = (
                    [verb.i] if noun.dep == "dobj" and verb.lemma in LIGHT and owner.head == verb.i else []
                )
                cue = [*voiced, noun.i, preposition.i]
                return _draft(scene, noun, owner, cue, scene.free(content, noun.i), inner[0].i, "claim")
    voice = subject_of(annotation, verb) if noun.dep == "dobj" and verb.lemma in _VOICING else None
    if voice is not None:
        for preposition in [*annotation.children(noun, "prep"), *(t for t in beside if t.i > noun.i)]:
            inner = annotation.children(preposition, "pobj", "pcomp")
            if inner and preposition.lemma in _TOWARD:
                content = scene.free(annotation.below(inner[0]), noun.i)
                cue = [verb.i, noun.i, preposition.i]
                return _draft(scene, noun, voice, cue, content, inner[0].i, "judgement")
    return None


def _told_in(scene: Scene, noun: Token) -> bool:
    """The statement of "said in a statement that …", whose clause is the verb's."""
    verb = scene.annotation.tokens[scene.annotation.tokens[noun.head].head]
    return verb.lemma in scene.lexicon.verbs["clause"] and verb.pos == "VERB"


def _owner(annotation: Annotation, noun: Token) -> Token | None:
    """Whose statement it is: possessor, "by X", "from X", the subject of "issued a statement that …"."""
    for owner in annotation.children(noun, "poss"):
        return owner
    for preposition in annotation.children(noun, "prep"):
        if preposition.lemma in ("by", "from", "among") and (
            inner := annotation.children(preposition, "pobj")
        ):
            return inner[0]
    for owner in annotation.children(noun, "compound", "nmod"):
        if owner.pos == "PROPN" and owner.entity in _SPEAKERS:
            return owner
    verb = annotation.tokens[noun.head]
    if noun.dep == "dobj" and verb.lemma in LIGHT:
        return subject_of(annotation, verb)
    return None


def colon_draft(scene: Scene, first: int, last: int) -> Draft | None:
    """ "Putin: Russia Ready to …" at the head of a line: tokens `first:last` of one block."""
    annotation = scene.annotation
    tokens = annotation.tokens
    for i in range(first, min(last, first + LONGEST_LABEL + 1)):
        if tokens[i].text == ":":
            break
    else:
        return None
    label = tokens[first:i]
    if not label or last - i < 4 or any(scene.quoted[t.i] >= 0 for t in label):
        return None
    if not all(t.pos in _LABEL_WORDS or t.text.isupper() for t in label):
        return None
    if not _is_label(scene, label, last):
        return None
    source = trimmed(annotation, first, i)
    content = trimmed(annotation, i + 1, last)
    if source is None or content is None:
        return None
    head = label[-1]
    return Draft(i, "speech", [source], head.i, [(tokens[i].start, tokens[i].end)], [content], quoting=True)


def trailing_draft(scene: Scene, first: int, last: int) -> Draft | None:
    """ "Jet Was Over Our Land, Kremlin Says": a line that ends in a comma, a name and a verb of saying, which
    the parser takes for one name in headline capitals. Tokens `first:last` of one block."""
    tokens = scene.annotation.tokens
    verb = tokens[last - 1]
    said = verb.text.lower().removesuffix("s")
    if verb.text[:1].islower() or said == verb.text.lower() or said not in scene.lexicon.verbs["clause"]:
        return None
    comma = next(
        (i for i in range(last - 2, max(first, last - 2 - LONGEST_LABEL), -1) if tokens[i].text == ","), None
    )
    if comma is None or comma == last - 2 or comma - first < 3 or scene.quoted[verb.i] >= 0:
        return None
    label = tokens[comma + 1 : last - 1]
    if not all(t.text[:1].isupper() or t.pos in ("ADP", "DET", "PUNCT", "PART") for t in label):
        return None
    source = trimmed(scene.annotation, comma + 1, last - 1)
    content = trimmed(scene.annotation, first, comma)
    if source is None or content is None:
        return None
    cue = [(verb.start, verb.end)]
    return Draft(verb.i, scene.lexicon.groups[said], [source], label[-1].i, cue, [content], quoting=True)


def _is_label(scene: Scene, label: list[Token], last: int) -> bool:
    """Whether the words before the colon say who speaks: a name, the capitals of a
    transcript ("ROE"), or "Poll", "Police", "Officials" at the head of a headline."""
    end = label[-1]
    if end.text.isupper() and len(end.text) >= SHORTEST_CAPITALS and scene.labels.get(end.text, 0) > 1:
        return True
    if end.lemma in _REPORTING and len(label) <= 2:
        return True
    quotes = end.i + 2 < last and scene.quoted[end.i + 2] >= 0 and scene.quoted[last - 1] >= 0
    if quotes and all(t.text[:1].isupper() and t.pos in ("PROPN", "NOUN") for t in label):
        return True
    if end.pos != "PROPN" and end.text != ")":
        return False
    if any(t.text.lower() in unnamed().humans for t in label[:-1]):
        return True
    return any(t.entity in _SPEAKERS for t in label) or scene.last_act.get(end.text, -1) >= last


# "Expressed admiration for …": any noun of feeling is one of saying beside these.
_VOICING = frozenset({"express", "voice", "reiterate"})
_TOWARD = frozenset({"for", "of", "about", "over", "at", "with", "in", "to"})
_LABEL_WORDS = frozenset({"PROPN", "NOUN", "ADJ", "PUNCT", "ADP", "DET", "PART"})
# A name in capitals that labels what is said in a transcript has at least so many letters.
SHORTEST_CAPITALS = 3
_REPORTING = frozenset(
    {"poll", "survey", "study", "report", "official", "source", "analyst", "expert", "police", "witness"}
)
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def _draft(
    scene: Scene, head: Token, source: Token | None, cue: list[int], content: set[int], root: int, group: str
) -> Draft | None:
    annotation = scene.annotation
    if not content:
        return None
    spans = source_spans(annotation, source, without=content | set(cue)) if source else []
    return Draft(
        head=head.i,
        group=group,
        source=spans,
        source_head=source.i if source and spans else None,
        cue=[annotation.span(a, b) for a, b in runs(cue)],
        content=to_spans(annotation, content),
        quoting=False,
        root=root,
    )
