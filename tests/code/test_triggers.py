"""Which words carry an event, and which of their patterns is right."""

from __future__ import annotations

import pytest

from tests.code.trees import tree
from volteface.code.consume import consumed_by
from volteface.code.contexts import Contexts
from volteface.code.idioms import idiomatic
from volteface.code.syntax import Syntax
from volteface.code.triggers import Trigger, find_triggers
from volteface.codebook.lexicon import lexicon


def triggers(syntax: Syntax) -> list[Trigger]:
    return list(find_triggers(syntax, lexicon(), 0, len(syntax.tokens)))


# (sentence, words that carry an event)
CASES = [
    ("Turkey accused Syria of bombing a village.", ["accused", "bombing"]),
    ("The rebels who attacked the base fled to Sudan.", ["attacked", "fled"]),
    ("The alleged bombing of a hospital by Sudan was reported.", ["bombing"]),
    # not a name, a month, a noun before another noun, the wounded, or "left" that leaves behind
    ("Sudan bombed Chad in March.", ["bombed"]),
    ("Attack helicopters stood on the field.", []),
    ("Five of the wounded died in the bombing.", ["died", "bombing"]),
    ("Israeli jets bombed the camp, leaving 12 dead and 30 wounded.", ["bombed"]),
]


@pytest.mark.parametrize(("sentence", "words"), CASES)
def test_triggers(sentence: str, words: list[str]) -> None:
    assert [t.token.text for t in triggers(Syntax(tree(sentence)))] == words


def test_the_pattern_that_asks_for_more_is_right() -> None:
    found = triggers(Syntax(tree("Berlin called on Moscow to stop the attacks.")))
    assert (found[0].token.text, found[0].pattern.words) == ("called", ("on",))
    for patterns in lexicon().verbs.values():
        asked = [(not p.entry.abroad, p.specificity) for p in patterns]
        assert asked == sorted(asked, reverse=True)


# (sentence, trigger, words whose events belong to it)
CONSUMED = [
    ("Kenya pledged to work with Uganda.", "pledged", {"work"}),
    ("Berlin called on Moscow to stop the attacks.", "called", {"stop", "attacks"}),
    ("Canada cancelled a visit to Cuba.", "cancelled", {"visit"}),
    # an accusation leaves what it is about an event of its own
    ("Turkey accused Syria of bombing a village.", "accused", set()),
    # what stands after "after" happened on its own account
    ("Both sides agreed to a ceasefire after the attack.", "agreed", {"ceasefire"}),
]


@pytest.mark.parametrize(("sentence", "word", "inside"), CONSUMED)
def test_consumed(sentence: str, word: str, inside: set[str]) -> None:
    syntax = Syntax(tree(sentence))
    trigger = next(t for t in triggers(syntax) if t.token.text == word)
    verbs_and_nouns = {"VERB", "NOUN"}
    found = {syntax.tokens[i] for i in consumed_by(syntax, trigger)}
    assert {t.text for t in found if t.pos in verbs_and_nouns} == inside


# (sentence, words inside an idiom)
IDIOMS = [
    ("The minister struck a balance.", ["struck", "a", "balance"]),
    ("He suffered a heart attack.", ["heart", "attack"]),
    ("The team beat its rival 2-1.", ["beat", "its", "rival", "2", "-", "1"]),
    ("The attack by Chad killed two.", []),
]


@pytest.mark.parametrize(("sentence", "words"), IDIOMS)
def test_idioms(sentence: str, words: list[str]) -> None:
    annotation = tree(sentence)
    inside = idiomatic(annotation.tokens)
    assert [t.text for t in annotation.tokens if t.i in inside] == words


# (sentence, the entry's own contexts, all contexts in the order of the ontology)
CONTEXTS = [
    ("Egypt invaded Libya and Sudan.", ("territory", "military"), ("military", "territory")),
    ("If Iran attacks Israel, Jordan will close its border.", (), ("territory",)),
    ("Police foiled an attack on the embassy.", ("military",), ("military", "diplomatic", "crime")),
]


@pytest.mark.parametrize(("sentence", "own", "contexts"), CONTEXTS)
def test_contexts(sentence: str, own: tuple[str, ...], contexts: tuple[str, ...]) -> None:
    annotation = tree(sentence)
    assert Contexts().of(annotation, annotation.sentences[0], own) == contexts
