"""The country a stretch of text is about, for those it does not say the country of: "rebels", "the army"."""

from __future__ import annotations

from collections.abc import Set

from volteface.annotate import Token
from volteface.resolve.bearers import Named
from volteface.resolve.owners import name_reading
from volteface.resolve.reading import CONTEXT, Reading
from volteface.resolve.scene import Scene

# A document is about a country it names at least once, not about one that lends somebody an adjective.
LEAST_WEIGHT = 2
# Sentences looked back over for the same word.
SENTENCES_BACK = 3
BACKING = frozenset({"back", "support", "arm", "fund", "train", "supply", "assist", "equip", "finance"})

CLAUSES = frozenset({"relcl", "conj", "ccomp", "advcl"})


def setting(
    scene: Scene, token: Token, *, acting: Set[str | None] = frozenset(), others: Set[str] = frozenset()
) -> Reading | None:
    """The country spoken of at a token: a place in its sentence, else the nearest name before it, else one
    after
    it, else the country the document names most; None where there is none.

    `acting`: countries of those who act on the token, which come last: soldiers and rebels that somebody
    strikes
    are seldom in his own country. `others`: countries that the predicate sets against the token, which are
    believed only where a place says so: the government that breaks off relations with Oslo is not Norway's.
    """
    if (same := _same_before(scene, token)) is not None:
        return name_reading(scene, same)
    here = [n for n in scene.names_in(token.sentence) if n.entry.country and n.entry.form != "organisation"]
    here = [n for n in here if not _is_backer(scene, n)]
    left = [n for n in here if n.entry.country not in acting]
    left = [n for n in left if n.entry.country not in others or _says_where(scene, n)]
    chosen = _choose(scene, token, left, struck=bool(acting))
    if chosen is not None:
        return name_reading(scene, chosen)
    top = main_country(scene, barring=acting | others)
    if top is None and here:
        return name_reading(scene, here[0])
    if top is None:
        return None
    name = scene.register.country_name(top)
    return Reading(top, name, top, "GOV", "state", CONTEXT, ("the country the document names most",))


def _same_before(scene: Scene, token: Token) -> Named | None:
    """ "Dutch prosecutors … Prosecutors said": a bare plural is of the country that the same word had just before."""
    if token.tag not in ("NNS", "NNPS") or any(t.pos != "PUNCT" for t in scene.annotation.children(token)):
        return None
    first = scene.annotation.sentences[max(0, token.sentence - SENTENCES_BACK)].first
    for earlier in reversed(scene.tokens[first : token.i]):
        if earlier.lemma != token.lemma or earlier.tag != token.tag:
            continue
        for modifier in scene.annotation.children(earlier, "amod", "compound", "nmod"):
            named = scene.named_at.get(modifier.i)
            if named is not None and named.entry.country and named.entry.form != "organisation":
                return named
    return None


def _says_where(scene: Scene, named: Named) -> bool:
    """Whether a place is where something is: "in Oslo", not "recalled its envoy from Oslo"."""
    above = scene.tokens[scene.tokens[named.last - 1].head]
    return scene.is_locative(named) and above.lemma != "from"


def other_parties(scene: Scene, token: Token) -> frozenset[str]:
    """Countries named as such after the predicate that a token is subject of.

    Not those of adjectives: "the government arrested Libyan judges" is likely Libya's; nor those of places.
    """
    annotation = scene.annotation
    branch = _subject_branch(scene, token)
    if branch is None:
        return frozenset()
    found = set()
    for named in scene.names_in(token.sentence):
        entry = named.entry
        if not entry.country or entry.form not in ("name", "capital", "seat") or named.first < branch.head:
            continue
        for above in (scene.tokens[named.first], *annotation.ancestors(scene.tokens[named.first])):
            if above.head == branch.head:
                if above.dep in ("dobj", "dative", "prep", "agent", "attr"):
                    found.add(entry.country)
                break
            if above.i == branch.head or (above.pos == "VERB" and above.dep in CLAUSES):
                break
    return frozenset(found)


def _subject_branch(scene: Scene, token: Token) -> Token | None:
    """The subject of a verb that a token is, or is part of ("the office of the chief")."""
    while token.dep in ("pobj", "prep", "poss", "compound", "nmod", "conj", "appos"):
        token = scene.tokens[token.head]
    above = scene.tokens[token.head]
    return token if token.dep in ("nsubj", "nsubjpass") and above.pos in ("VERB", "AUX") else None


def _is_backer(scene: Scene, named: Named) -> bool:
    """ "fighters backed by American jets" are not in America."""
    for above in scene.annotation.ancestors(scene.tokens[named.first]):
        if above.dep == "agent":
            return scene.tokens[above.head].lemma in BACKING
        if above.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
    return False


def _choose(scene: Scene, token: Token, names: list[Named], *, struck: bool) -> Named | None:
    places = [n for n in names if scene.is_locative(n)]
    if places:
        return min(places, key=lambda n: abs(n.first - token.i))
    before = [n for n in names if n.last <= token.i]
    if before:
        return before[-1]
    return names[0] if names and struck else None


def main_country(scene: Scene, *, barring: Set[str | None] = frozenset()) -> str | None:
    """The country named most often, the first named of several; of the barred ones only if there is no
    other."""
    weighty = [code for code, weight in scene.countries.most_common() if weight >= LEAST_WEIGHT]
    ranked = [code for code in weighty if code not in barring] + weighty[:1]
    return ranked[0] if ranked else None
