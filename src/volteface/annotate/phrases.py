"""Noun phrases as a reader would mark them, cut out of a dependency parse.

A phrase keeps what says *who it is*: determiners, modifiers, titles, possessors, an of-phrase, the place it
comes
from, a close apposition. It leaves out what says something *about* it: relative clauses, participles,
adjuncts of time and purpose. Counts in the comments are of the 1,446 actor and recipient spans in the
training part of the cameo_ner sentences: how often a marked span keeps the dependent and how often it stops
before it.
"""

from __future__ import annotations

from bisect import bisect_right

from volteface.annotate.tokens import Annotation, Mention, Phrase, Token

# Dependents before the head that belong to the phrase. `cc`, `punct`, `advmod` between two kept ones come
# along.
BEFORE = frozenset(
    {"det", "predet", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "neg", "npadvmod", "nounmod"}
)
# Prepositions after the head that belong to it: of 89 kept, 4 not; in 40/20; from 4/2; near, at 1/1 each.
IDENTIFYING = frozenset({"of"})
# … except after these verbs, whose "of" says what one is charged with or robbed of: "accused the army of murder".
CHARGING = frozenset(
    {"accuse", "suspect", "convict", "acquit", "rob", "strip", "deprive", "rid", "inform", "remind", "warn", "notify",
     "assure"}
)  # fmt: skip
LOCATING = frozenset({"in", "from"})
# "for" and "to" name whom somebody speaks for or is sent to, after nouns of that meaning only.
REPRESENTING = frozenset({"for", "to"})
REPRESENTATIVES = frozenset(
    [
        "ambassador",
        "candidate",
        "commissioner",
        "consul",
        "delegate",
        "envoy",
        "inspector",
        "minister",
        "negotiator",
        "representative",
        "secretary",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "undersecretary",
    ]
)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "ORG", "NORP"})
NAME_LABELS = frozenset({"PERSON", "GPE", "NORP", "ORG", "LOC", "FAC", "EVENT", "PRODUCT", "LAW"})
DATE_LABELS = frozenset({"DATE", "TIME"})
# An of-phrase within an of-phrase within … is followed this deep: "the head of the office of the president
# of X".
DEEPEST = 6


def noun_phrase(annotation: Annotation, head: int) -> Phrase:
    """The noun phrase headed by token `head`, as a reader would mark it.

    A coordination is cut to the conjunct `head` is: "France" of "France and Russia", but "Nigerian and
    British armed forces" whole. Works for pronouns and single names too; the phrase always holds the head.
    """
    token = annotation.tokens[head]
    mention = _mention_of(annotation, head)
    return Phrase(_first(annotation, token, mention), _last(annotation, token, mention, 0), head)


def phrase_at(annotation: Annotation, start: int, end: int) -> Phrase:
    """The phrase of the tokens that overlap characters `[start, end)`, with their topmost token as its head.

    Raises `ValueError` where no token is.
    """
    first = annotation.token_from(start)
    last = first
    while last < len(annotation.tokens) and annotation.tokens[last].start < end:
        last += 1
    if first == last:
        raise ValueError(f"no token in [{start}, {end})")
    inside = range(first, last)
    tops = [i for i in inside if annotation.tokens[i].head not in inside or annotation.tokens[i].head == i]
    nominal = [i for i in tops if annotation.tokens[i].pos in ("NOUN", "PROPN", "PRON")] or tops
    # several tops under one word outside are a compound cut short: "the IMF" of "the IMF board"
    cut_short = len({annotation.tokens[i].head for i in nominal}) == 1
    return Phrase(first, last, nominal[-1] if cut_short else nominal[0])


def _mention_of(annotation: Annotation, i: int) -> Mention | None:
    """The named mention that holds token `i`."""
    n = bisect_right(annotation.mentions, i, key=lambda m: m.last)
    if n < len(annotation.mentions) and annotation.mentions[n].first <= i:
        mention = annotation.mentions[n]
        return mention if mention.label in NAME_LABELS else None
    return None


def _first(annotation: Annotation, token: Token, mention: Mention | None) -> int:
    first = token.i
    for i in reversed(token.children):
        child = annotation.tokens[i]
        if i > token.i or child.dep not in BEFORE or _is_time(child):
            continue
        reach = min(t.i for t in annotation.subtree(child))
        if _gap_is_loose(annotation, i, first):
            break
        first = min(first, reach)
    if mention is not None:
        first = min(first, mention.first)
    while first < token.i and (
        annotation.tokens[first].pos in ("PUNCT", "CCONJ")
        or (annotation.tokens[first].lemma in ("both", "either") and annotation.children(token, "conj"))
    ):
        first += 1
    return first


def _is_time(child: Token) -> bool:
    """ "17 July 2017 Russia's Supreme Court" begins at Russia."""
    return child.entity in DATE_LABELS and child.dep in ("npadvmod", "nmod", "nummod") and child.pos != "ADJ"


def _gap_is_loose(annotation: Annotation, i: int, first: int) -> bool:
    """Whether something that is no modifier (a verb, a dash clause) stands between a dependent and the
    phrase."""
    return any(
        annotation.tokens[k].dep == "punct" and annotation.tokens[k].text in (";", ":", "—", "–")
        for k in range(i + 1, first)
    )


def _last(annotation: Annotation, token: Token, mention: Mention | None, depth: int) -> int:
    last = token.i + 1
    if mention is not None and mention.last > last and _closes(annotation, token, mention):
        last = mention.last
    if depth >= DEEPEST:
        return last
    for i in token.children:
        child = annotation.tokens[i]
        if i < last - 1 and i < token.i:
            continue
        if child.dep in ("amod", "nummod", "nmod", "compound", "pobj") and i == last:
            last = _adjective_end(annotation, child, depth) if child.dep == "amod" else i + 1
        elif child.dep == "acl" and i == last:
            last = _participle_end(annotation, child, depth) or last
        elif child.dep == "prep" and i == last and _keeps(annotation, token, child):
            inner = _pobj(annotation, child)
            if inner is not None:
                last = _coordination_end(annotation, inner, depth + 1)
        elif child.dep == "appos" and i > token.i:
            last = _apposition_end(annotation, token, last, child, depth)
        elif (
            child.dep == "punct" and child.text == ")" and i == last and "(" in _texts(annotation, token.i, i)
        ):
            last = i + 1
    return last


def _closes(annotation: Annotation, token: Token, mention: Mention) -> bool:
    """A mention runs past its head only with tokens that hang on it ("Kim Jong - un"), not "Netanyahu
    Trump's"."""
    return all(
        annotation.tokens[k].dep not in ("case", "relcl", "acl") for k in range(token.i + 1, mention.last)
    )


def _texts(annotation: Annotation, first: int, last: int) -> list[str]:
    return [annotation.tokens[k].text for k in range(first, last)]


def _keeps(annotation: Annotation, head: Token, prep: Token) -> bool:
    """Whether the phrase goes on over this preposition."""
    inner = _pobj(annotation, prep)
    if inner is None or inner.entity in DATE_LABELS or (inner.pos == "PRON" and prep.lemma != "of"):
        return False
    if prep.lemma in IDENTIFYING:
        governor = annotation.tokens[head.head]
        return head.dep not in ("dobj", "nsubjpass") or governor.lemma not in CHARGING
    if prep.lemma in REPRESENTING:
        return head.lemma in REPRESENTATIVES
    # "soldiers in eastern Syria" is who they are; "Trump in Washington" is where he was.
    if prep.lemma not in LOCATING or head.pos != "NOUN":
        return False
    # … "a base in the border village of X", "rebels in X's southern province", too
    inside = annotation.subtree(inner)
    return any(t.entity in PLACE_LABELS or (t.pos == "PROPN" and not t.entity) for t in inside)


def _pobj(annotation: Annotation, prep: Token) -> Token | None:
    found = annotation.children(prep, "pobj")
    return found[0] if found else None


def _adjective_end(annotation: Annotation, adjective: Token, depth: int) -> int:
    """The end of an adjective after its noun with what it governs: "rebels loyal to the former president"."""
    for prep in annotation.children(adjective, "prep"):
        inner = _pobj(annotation, prep)
        if prep.i == adjective.i + 1 and inner is not None and inner.pos != "PRON":
            return _coordination_end(annotation, inner, depth + 1)
    return adjective.i + 1


def _participle_end(annotation: Annotation, participle: Token, depth: int) -> int | None:
    """The end of a close passive participle with its agent ("the plan drafted by Oslo"; 6 kept, 0 not), which tells
    which one it is; None for any other."""
    for agent in annotation.children(participle, "agent"):
        inner = _pobj(annotation, agent)
        if inner is not None and inner.pos != "PRON":
            return _coordination_end(annotation, inner, depth + 1)
    return None


def _coordination_end(annotation: Annotation, token: Token, depth: int) -> int:
    """The end of an inner phrase with all its conjuncts: "the presidents of France and Russia"."""
    last = _last(annotation, token, _mention_of(annotation, token.i), depth)
    for child in annotation.children(token, "conj"):
        if child.pos in ("NOUN", "PROPN") and child.i - last <= 4 and depth < DEEPEST:
            last = max(last, _coordination_end(annotation, child, depth + 1))
    return last


def _apposition_end(annotation: Annotation, token: Token, last: int, child: Token, depth: int) -> int:
    """The end including a close apposition: a name after a title, an abbreviation in brackets; 49 kept, 13
    not.

    A common noun after a comma ("Diab, a former minister") says something about the head and is left out.
    """
    reach = min(t.i for t in annotation.subtree(child))
    between = _texts(annotation, last, reach)
    mention = _mention_of(annotation, child.i)
    end = _last(annotation, child, mention, depth + 1)
    if between in (["("], ["["]):
        closing = annotation.tokens[end].text if end < len(annotation.tokens) else ""
        return end + 1 if closing in (")", "]") else last
    place_and_person = token.entity == "GPE" and child.entity == "PERSON"  # "from Syria, Minister X said"
    if child.pos == "PROPN" and (not between or between == [","]) and not place_and_person:
        return end
    return last
