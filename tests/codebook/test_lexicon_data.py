"""The lexicon as it ships: consistent with the ontology and with itself."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib import resources

import pytest

from volteface.codebook import plover
from volteface.codebook.lexicon import TYPE_FILES, Pattern, idioms, lexicon, word_groups


def patterns() -> list[Pattern]:
    found = lexicon()
    return [
        p for table in (found.verbs, found.nouns, found.adjectives) for group in table.values() for p in group
    ]


def test_every_cameo_code_maps_to_the_type_of_its_file() -> None:
    wrong = {
        (p.type, p.entry.cameo) for p in patterns() if plover().cameo_to_plover[p.entry.cameo].type != p.type
    }
    assert not wrong


def test_every_type_has_patterns_and_the_whole_is_broad() -> None:
    found = patterns()
    assert {p.type for p in found} == set(plover().types)
    assert len({(p.part, p.head, p.words) for p in found}) > 2000


def test_no_pattern_means_two_types_under_the_same_conditions() -> None:
    types = defaultdict(set)
    for p in patterns():
        asked = (p.objects, p.not_objects, p.subjects, p.not_subjects, p.inner, p.entry.preps)
        types[p.part, p.head, p.words, asked, p.entry.needs_complement].add(p.type)
    assert not {key[:3]: found for key, found in types.items() if len(found) > 1}


@pytest.mark.parametrize("name", TYPE_FILES)
def test_words_are_lower_case_and_listed_once(name: str) -> None:
    text = resources.files("volteface.codebook").joinpath("lexicon", name).read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["entry"]:
        for key, words in entry.items():
            if isinstance(words, list):
                assert words, (name, key)
                assert len(words) == len(set(words)), (name, key, words)
                assert all(w == w.lower() for w in words), (name, key)


def test_every_set_is_used() -> None:
    text = "".join(
        resources.files("volteface.codebook").joinpath("lexicon", name).read_text(encoding="utf-8")
        for name in TYPE_FILES
    )
    assert not [name for name in lexicon().sets if f'"@{name}"' not in text]


def test_contexts_are_those_of_the_ontology() -> None:
    assert set(word_groups("contexts")) == set(plover().contexts)


def test_idioms_are_phrases() -> None:
    assert all(phrase[0] != "*" for group in idioms().values() for phrase in group)
