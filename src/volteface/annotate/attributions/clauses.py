"""Verbs that attribute, and what the syntax gives as their content.

One function a frame of `cues.toml`; each returns the tokens of the content, or None if the frame is not
there.
"""

from __future__ import annotations

from volteface.annotate.attributions.drafts import Draft, to_spans
from volteface.annotate.attributions.lexicon import QUOTING, media
from volteface.annotate.attributions.scene import Scene, is_parenthetic
from volteface.annotate.attributions.sources import source_spans, subject_of
from volteface.annotate.tokens import Annotation, Token

_STOPS = ("conj", "parataxis", "cc")
_PAUSES = frozenset({",", "—", "–", "-", "--", "”", '"', "''"})
# Marks after which a new sentence may have begun, whatever the parser says.
_BREAKS = frozenset({".", ";", ":", "?", "!", "“", "”", '"', "''", "``", "(", ")", "—", "–", "--"})
_DASHES = frozenset({"-", "–", "—", "--"})
# Prepositions and conjunctions of circumstance, and the edges they hang on.
_BACKGROUND = frozenset({"following", "amid", "despite"})
_AFTER = frozenset({"after", "since"})
_CIRCUMSTANCE = frozenset({"prep", "mark", "advcl", "pcomp"})
# Groups whose contents are no words: what is wanted, promised, ordered or judged.
_WORDLESS = frozenset({"promise", "request", "belief", "judgement", "accusation"})
# Verbs that attribute only where they give their object a name or quality.
_NAMING = frozenset({"call", "label", "dub", "brand"})
_FIRST_SECOND = frozenset({"i", "we", "you"})
# Left neighbours that belong to the cue: "has also said", "is expected", "did not believe".
_CUE_LEFT = ("aux", "auxpass", "neg", "advmod")


def _relayed(scene: Scene, verb: Token) -> bool:
    """The "saying" of "quoted as saying", which belongs to the relay's cue."""
    if verb.tag != "VBG":
        return False
    above = scene.annotation.tokens[verb.head]
    as_ = above.text.lower() == "as" or any(t.text.lower() == "as" for t in scene.annotation.children(verb))
    if above.text.lower() == "as":
        above = scene.annotation.tokens[above.head]
    return as_ and above.lemma in scene.lexicon.relay


def verb_draft(scene: Scene, verb: Token) -> Draft | None:
    """The attribution this verb makes, if any; without content when only a quotation beside it can be the
    content."""
    annotation, lexicon = scene.annotation, scene.lexicon
    group = lexicon.groups[verb.lemma]
    if _relayed(scene, verb):
        return None
    passive = _is_passive(annotation, verb)
    speaker = None if passive else _speaker(scene, verb)
    if speaker is not None and scene.quoted[verb.i] >= 0 and not _nests(scene, verb, speaker):
        return None
    if passive:
        found = _passive(scene, verb)
        speaker = _agent(annotation, verb)
        if not found and speaker is None:
            return None
    else:
        found = _active(scene, verb)
    content, extra, root = found if found else (set(), [], None)
    if content and root is not None:
        content = _closed(scene, verb, content)
        finite = scene.annotation.tokens[root].dep == "ccomp"
        if group in _WORDLESS and not finite:
            content = _without_background(scene, content, root)
    quoting = group in QUOTING and (
        verb.lemma in lexicon.verbs["clause"] or verb.lemma in lexicon.verbs["quote"]
    )
    if not content and not quoting:
        return None
    tells = quoting and verb.tag != "VB" and verb.dep in ("ROOT", "ccomp", "advcl", "parataxis")
    if speaker is None and not passive and not tells:
        return None
    cue = verb_cue(annotation, verb, extra)
    taken = content | set(cue)
    source = source_spans(annotation, speaker, without=taken) if speaker else []
    return Draft(
        head=verb.i,
        group=group,
        source=source,
        source_head=speaker.i if speaker and source else None,
        cue=to_spans(annotation, cue) or [(verb.start, verb.end)],
        content=to_spans(annotation, content),
        quoting=quoting,
        root=root,
        hearer=_hearer(annotation, verb),
    )


def _speaker(scene: Scene, verb: Token) -> Token | None:
    governor = scene.governor.get(verb.i)
    return subject_of(scene.annotation, scene.annotation.tokens[governor] if governor is not None else verb)


def _nests(scene: Scene, verb: Token, speaker: Token) -> bool:
    """Inside a quotation only what a third party says there counts: not "I think", "we know"."""
    same = scene.quoted[speaker.i] == scene.quoted[verb.i]
    finite = verb.tag in ("VBD", "VBZ", "VBP", "VBN")
    return finite and verb.lemma in scene.lexicon.nesting and same and speaker.lemma not in _FIRST_SECOND


def _is_passive(annotation: Annotation, verb: Token) -> bool:
    if annotation.children(verb, "nsubjpass", "auxpass"):
        return True
    if verb.tag != "VBN" or annotation.children(verb, "aux", "nsubj"):
        return False
    if verb.dep == "acl":  # "a man accused of …"; after a comma it is more often a main verb gone astray
        return verb.head == verb.i - 1
    return verb.dep == "advcl"  # "asked whether …, she said": nobody is said to ask


def _agent(annotation: Annotation, verb: Token) -> Token | None:
    for by in annotation.children(verb, "agent"):
        for found in annotation.children(by, "pobj"):
            return found
    return None


def _hearer(annotation: Annotation, verb: Token) -> int | None:
    for found in annotation.children(verb, "dobj", "dative"):
        if found.dep == "dative" and found.pos == "ADP":
            inner = annotation.children(found, "pobj")
            return inner[0].i if inner else None
        return found.i
    return None


def verb_cue(annotation: Annotation, verb: Token, extra: list[int]) -> list[int]:
    """The verb with its auxiliaries, negation and particle, and the preposition that takes the content."""
    found = [verb.i]
    children = {t.i: t for t in annotation.children(verb)}
    i = verb.i - 1
    while i in children and children[i].dep in _CUE_LEFT:
        found.append(i)
        i -= 1
    found += [t.i for t in children.values() if t.dep == "prt" and t.i == verb.i + 1]
    return sorted(found + extra)


Found = tuple[set[int], list[int], int | None]


def _active(scene: Scene, verb: Token) -> Found | None:
    """Content, further cue tokens and content head of an active verb, by the first frame that fits."""
    return _clausal(scene, verb) or (None if _is_purpose(scene.annotation, verb) else _phrasal(scene, verb))


def _is_purpose(annotation: Annotation, verb: Token) -> bool:
    """An infinitive tells what somebody may do, not what was said: 42 of 165 infinitives of
    all frames matched on the training sample."""
    return verb.tag == "VB" and any(t.lemma == "to" for t in annotation.children(verb, "aux"))


def _clausal(scene: Scene, verb: Token) -> Found | None:
    """A finite clause, or the clause the cue is put into."""
    annotation, verbs = scene.annotation, scene.lexicon.verbs
    complements = [t for t in annotation.children(verb, "ccomp") if not _stands_apart(scene, verb, t)]
    if verb.lemma in verbs["clause"] or verb.lemma in verbs["control"] or verb.lemma in verbs["hearer"]:
        if complements:
            best = _main(annotation, verb, complements)
            return clause_content(scene, verb, best), [], best.i
        if noted := _in_a_statement(scene, verb):
            return noted
        if is_parenthetic(scene, verb):
            host = annotation.tokens[verb.head]
            return around(scene, verb, host), [], host.i
    return None


def _stands_apart(scene: Scene, verb: Token, complement: Token) -> bool:
    """A clause the parser gives a cue that is none of its content: "…," he said, *Reuters reported*; the one
    before a semicolon."""
    if scene.aside.get(complement.i) == complement.i:
        return True
    tokens = scene.annotation.tokens[complement.i : verb.i]
    return any(t.text == ";" and t.head == verb.i and scene.quoted[t.i] < 0 for t in tokens)


def _in_a_statement(scene: Scene, verb: Token) -> Found | None:
    """ "said in a statement that …": the parser makes the clause the noun's."""
    annotation = scene.annotation
    for preposition in annotation.children(verb, "prep"):
        for noun in annotation.children(preposition, "pobj"):
            for clause in annotation.children(noun, "acl", "ccomp", "relcl"):
                marks = [t for t in annotation.children(clause, "mark") if t.lemma == "that"]
                if marks and verb.i < marks[0].i:
                    end = max(_stop(scene, verb, clause), annotation.subtree(clause)[-1].i + 1)
                    return scene.free(set(range(marks[0].i, end)), verb.i), [], clause.i
    return None


def _phrasal(scene: Scene, verb: Token) -> Found | None:
    """An infinitive, a preposition's object, an object."""
    annotation, verbs = scene.annotation, scene.lexicon.verbs
    wanted = scene.lexicon.prepositions.get(verb.lemma, frozenset())
    for complement in annotation.children(verb, "ccomp", "xcomp", "advcl"):  # "called for both sides to stop"
        marks = [t for t in annotation.children(complement, "mark") if t.lemma == "for" and t.i > verb.i]
        if marks and "for" in wanted:
            content = clause_content(scene, verb, complement) - {marks[0].i}
            return content, [marks[0].i], complement.i
    for preposition in annotation.children(verb, "prep", "dative", "prt"):
        if preposition.lemma in wanted:
            objects = annotation.children(preposition, "pobj", "pcomp")
            if objects and preposition.i > verb.i:
                return phrase_content(scene, verb, objects[0]), [preposition.i], objects[0].i
    for complement in annotation.children(verb, "xcomp"):
        infinitive = any(t.dep == "aux" and t.lemma == "to" for t in annotation.children(complement))
        if infinitive and verb.lemma in verbs["infinitive"]:
            return clause_content(scene, verb, complement), [], complement.i
        if infinitive and verb.lemma in verbs["control"] and (hearers := annotation.children(verb, "dobj")):
            return phrase_content(scene, verb, hearers[0]), [], complement.i
    if verb.lemma in verbs["object"] or _shows(scene, verb):
        for target in annotation.children(verb, "dobj", "oprd", "dative"):
            if target.i > verb.i and not target.text.lower().endswith("selves"):
                if verb.lemma in _NAMING and not _says_what(scene, verb):
                    continue
                return phrase_content(scene, verb, target), [], target.i
    return None


def _shows(scene: Scene, verb: Token) -> bool:
    """ "The poll showed a lead", "the images show tanks": verbs of finding whose subject is a document."""
    if scene.lexicon.groups[verb.lemma] != "report" and verb.lemma not in ("suggest", "indicate", "reveal"):
        return False
    subjects = scene.annotation.children(verb, "nsubj")
    return bool(subjects) and (
        subjects[0].lemma in media().documents or subjects[0].lemma in media().evidence
    )


def _says_what(scene: Scene, verb: Token) -> bool:
    """For "called the raid a betrayal" against "called a meeting": whether there is a second part, or words
    in quotation marks, that say what the thing is called."""
    annotation = scene.annotation
    parts = annotation.children(verb, "dobj", "oprd", "xcomp", "acomp", "dative")
    if len(parts) > 1 or any(t.lemma == "as" for t in annotation.children(verb, "prep")):
        return True
    below = annotation.subtree(verb)
    return any(t.i > verb.i and scene.quoted[t.i] >= 0 for t in below)


def _main(annotation: Annotation, verb: Token, complements: list[Token]) -> Token:
    """The complement that is the content: the first one after the verb, else the last one before it."""
    after = [t for t in complements if t.i > verb.i]
    return after[0] if after else complements[-1]


def _passive(scene: Scene, verb: Token) -> Found | None:
    """ "is expected to …", "was accused of …", "it is believed that …": the subject belongs to the
    content."""
    annotation = scene.annotation
    if verb.lemma not in scene.lexicon.verbs["passive"]:
        return None
    if verb.dep == "acl" and verb.lemma in _NAMING:  # "a ship called …": that is its name
        return None
    subjects = annotation.children(verb, "nsubjpass")
    if not subjects and verb.dep == "advcl":
        return _clausal(scene, verb) or _phrasal(scene, verb)
    if not subjects and verb.dep != "acl":
        return None
    for complement in annotation.children(verb, "ccomp", "xcomp", "prep", "oprd", "advcl"):
        if complement.i < verb.i or (
            complement.dep == "prep" and complement.lemma not in ("of", "as", "for")
        ):
            continue
        if complement.dep == "advcl" and annotation.children(complement, "mark"):
            continue
        extra, start = [], complement
        if complement.dep == "prep" and complement.lemma == "of":
            inner = annotation.children(complement, "pobj", "pcomp")
            if not inner:
                continue
            extra, start = [complement.i], inner[0]
        content = phrase_content(scene, verb, start)
        if subjects and complement.dep != "ccomp":
            content |= annotation.below(subjects[0])
        elif not subjects:
            content.add(verb.head)
        return content, extra, start.i
    return None


def clause_content(scene: Scene, verb: Token, complement: Token) -> set[int]:
    """Tokens of a complement clause. After its verb it runs on to where the verb's next own clause begins,
    before its verb it begins with the sentence: what the parser hangs elsewhere in between is nearly always
    part of it."""
    annotation = scene.annotation
    below = annotation.below(complement)
    if complement.i > verb.i:
        content = below | _interrupted(scene, verb, min(i for i in below if i > verb.i))
        content |= set(range(min(i for i in below if i > verb.i), _stop(scene, verb, complement)))
    else:
        begin = annotation.sentences[verb.sentence].first
        subject = annotation.children(verb, "nsubj")
        left = min([verb.i, *(t.i for s in subject for t in annotation.subtree(s))])
        content = below | set(range(begin, min(below))) | _rest(annotation, max(below), left)
        content = {i for i in content if i < left or i in below}
    return scene.free(content, verb.i)


def _rest(annotation: Annotation, last: int, left: int) -> set[int]:
    """What stands between a clause and the cue after it, where a comma right before the cue says that it is
    the clause's: "Two were killed, one of them a guard, police said"."""
    if last + 1 >= left or annotation.tokens[left - 1].text != ",":
        return set()
    between = range(last + 1, left - 1)
    return set() if any(annotation.tokens[i].text in _BREAKS for i in between) else set(between)


def _interrupted(scene: Scene, verb: Token, first: int) -> set[int]:
    """For "The border, Dorn said, would …": the words before the cue clause, where commas part it from both
    sides."""
    annotation = scene.annotation
    tokens, begin = annotation.tokens, annotation.sentences[verb.sentence].first
    subject = subject_of(annotation, verb)
    left = min(verb.i, annotation.subtree(subject)[0].i) if subject else verb.i
    if verb.dep != "ROOT" or left <= begin or tokens[left - 1].text != "," or tokens[first - 1].text != ",":
        return set()
    words = [t for t in tokens[begin : left - 1] if t.pos != "CCONJ"]
    return {t.i for t in words} if words and not any(t.pos in ("VERB", "AUX") for t in words) else set()


def _closed(scene: Scene, verb: Token, content: set[int]) -> set[int]:
    """The content up to the bracket or dash that closes the aside its cue stands in."""
    annotation = scene.annotation
    tokens = annotation.tokens
    dashed = (
        verb.dep == "relcl" and (left := annotation.subtree(verb)[0].i) and tokens[left - 1].text in _DASHES
    )
    depth = 0
    for i in sorted(i for i in content if i > verb.i):
        text = tokens[i].text
        if text in ("(", "["):
            depth += 1
        elif text in (")", "]"):
            depth -= 1
        if depth < 0 or (dashed and text in _DASHES):
            return {j for j in content if j < i}
    return content


def phrase_content(scene: Scene, verb: Token, start: Token) -> set[int]:
    """Tokens from the beginning of a phrase after its verb to where the verb's next own clause begins."""
    annotation = scene.annotation
    below = [t.i for t in annotation.subtree(start) if t.i > verb.i]
    if not below:
        return set()
    end = min(_stop(scene, verb, start), _pause(annotation, verb, start))
    return scene.free(set(range(min(below), max(end, start.i + 1))), verb.i)


def _without_background(scene: Scene, content: set[int], root: int) -> set[int]:
    """The content of a wish, promise or judgement without the reporter's own background after it ("vowed to
    fight on *following the raid*"): words said may tell what came before, an intent is no words."""
    tokens = scene.annotation.tokens
    for i in sorted(i for i in content if i > root):
        token = tokens[i]
        if scene.quoted[i] < 0 and token.dep in _CIRCUMSTANCE and _is_background(scene.annotation, token):
            return {j for j in content if j < i}
    return content


def _is_background(annotation: Annotation, link: Token) -> bool:
    """Whether a word begins an adjunct that tells what had happened: always for "following", for "after" if a
    past clause follows or a comma comes before."""
    word = link.text.lower()
    if word in _BACKGROUND:
        return True
    if word not in _AFTER:
        return False
    if link.i and annotation.tokens[link.i - 1].text == ",":
        return True
    clause = (
        annotation.tokens[link.head] if link.dep == "mark" else next(iter(annotation.children(link)), link)
    )
    return clause.tag in ("VBD", "VBN")


def _is_that(annotation: Annotation, clause: Token) -> bool:
    """The second clause of "said that A, but that B", which the parser may coordinate with "said"."""
    return any(t.lemma == "that" for t in annotation.children(clause, "mark"))


def _pause(annotation: Annotation, verb: Token, start: Token) -> int:
    """Where an adjunct of the cue verb begins after a comma ("ordered a halt, following reports that …")."""
    for child in annotation.children(verb, "advcl", "prep", "npadvmod"):
        first = annotation.subtree(child)[0].i
        if child.lemma == "of":  # "accused Roe, the former mayor, of …" is no adjunct
            continue
        if first > start.i and annotation.tokens[first - 1].text in _PAUSES:
            return first
    return len(annotation.tokens)


def _stop(scene: Scene, verb: Token, complement: Token) -> int:
    """One past the last token that can belong to the content."""
    annotation = scene.annotation
    end = annotation.subtree(verb)[-1].i + 1
    further = [t for t in annotation.children(verb, "conj") if t.i > complement.i and _is_that(annotation, t)]
    for child in annotation.children(verb):
        if child.i <= complement.i or child in further:
            continue
        if child.dep == "cc" and any(annotation.subtree(t)[0].i == child.i + 1 for t in further):
            continue
        if child.dep in _STOPS or child.i in scene.governor or child.lemma == "accord":
            end = min(end, annotation.subtree(child)[0].i)
    return end


def around(scene: Scene, verb: Token, host: Token) -> set[int]:
    """Tokens of the clause a parenthetic cue stands in or after, without the cue's own."""
    annotation = scene.annotation
    own = annotation.below(verb)
    return scene.free(annotation.below(host) - own, host.i)
