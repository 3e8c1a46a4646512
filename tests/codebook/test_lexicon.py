"""The lexicon is read whole, and every mistake in it is named."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from volteface.codebook import lexicon as module
from volteface.codebook import plover
from volteface.codebook.lexicon import TYPE_FILES, Entry, Pattern, idioms, lexicon, word_groups
from volteface.errors import CodebookError

ROW = '[[entry]]\ncameo = "190"\nverbs = ["attack"]\n'
SETS = '[sets]\ntargets = ["village"]\n'
LIGHT = '[[group]]\neffect = "same"\nactor = ["subj"]\nrecipient = ["on"]\nverbs = ["carry out"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A lexicon of one's own, with one good row; what was read of the bundled one is put back afterwards."""
    lexicons = tmp_path / "lexicon"
    lexicons.mkdir()
    (lexicons / "sets.toml").write_text(SETS)
    (lexicons / "light_verbs.toml").write_text(LIGHT)
    for name in TYPE_FILES:
        (lexicons / name).write_text(f'type = "{Path(name).stem.upper()}"\nentry = []\n')
    (lexicons / "assault.toml").write_text(f'type = "ASSAULT"\n{ROW}')
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    module.lexicon.cache_clear()
    yield lexicons
    module.lexicon.cache_clear()
    module.idioms.cache_clear()


def test_one_row_is_read(folder: Path) -> None:
    found = lexicon()
    assert list(found.verbs) == ["attack"]
    assert found.verbs["attack"][0].type == "ASSAULT"
    assert found.light["carry"][0][0] == ("out",)


# (what is written instead, what the message must say beside the file)
WRONG = [
    (ROW.replace("190", "999"), "entry 1: no CAMEO code '999'"),
    (ROW + 'mode = "sideways"\n', "entry 1: ASSAULT has no mode 'sideways'"),
    (ROW + 'contexts = ["weather"]\n', "entry 1: no PLOVER context 'weather'"),
    (ROW + 'objects = ["@nothing"]\n', "entry 1: no word set @nothing"),
    (ROW + ROW + 'inner = ["@nothing"]\n', "entry 2: no word set @nothing"),
    (ROW + 'complement = "eat"\n', "complement"),
    (ROW + "reciprocal = 7\n", "reciprocal"),
    (ROW + 'colour = "red"\n', "colour"),
    ('[[entry]]\nverbs = ["attack"]\n', "cameo"),
    ("[[entry]]\nverbs = [", "assault.toml"),
    ("[[entry]\n", "assault.toml"),
]


@pytest.mark.parametrize(("rows", "message"), WRONG)
def test_a_mistake_names_file_and_entry(folder: Path, rows: str, message: str) -> None:
    (folder / "assault.toml").write_text(f'type = "ASSAULT"\n{rows}')
    with pytest.raises(CodebookError) as raised:
        lexicon()
    assert "lexicon/assault.toml" in str(raised.value)
    assert message in str(raised.value)


# (file, what is written there, what the message must say)
FILES = [
    ("assault.toml", f'type = "WAR"\n{ROW}', "lexicon/assault.toml, entry 1: no PLOVER type 'WAR'"),
    ("assault.toml", ROW, "lexicon/assault.toml: "),
    ("light_verbs.toml", LIGHT.replace("same", "perhaps"), "lexicon/light_verbs.toml: "),
    ("sets.toml", "[sets", "lexicon/sets.toml: "),
]


@pytest.mark.parametrize(("name", "text", "message"), FILES)
def test_a_wrong_file_is_named(folder: Path, name: str, text: str, message: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(CodebookError) as raised:
        lexicon()
    assert message in str(raised.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "protest.toml").unlink()
    with pytest.raises(CodebookError, match=r"lexicon/protest\.toml"):
        lexicon()


def test_specificity() -> None:
    def pattern(*words: str, objects: frozenset[str] = frozenset(), preps: tuple[str, ...] = ()) -> Pattern:
        none: frozenset[str] = frozenset()
        entry = Entry(cameo="190", preps=preps)
        return Pattern("ASSAULT", "verb", "attack", words, entry, objects, none, none, none, none)

    assert pattern().specificity == 0
    assert pattern("on").specificity == pattern(preps=("on",)).specificity == 2
    assert pattern("on", objects=frozenset({"village"})).specificity == 4


# ---- the bundled lexicon


def test_every_type_of_the_ontology_has_words() -> None:
    tables = (lexicon().verbs, lexicon().nouns, lexicon().adjectives)
    assert {p.type for table in tables for found in table.values() for p in found} == set(plover().types)


def test_every_entry_has_a_cameo_code_of_its_type() -> None:
    tables = (lexicon().verbs, lexicon().nouns, lexicon().adjectives)
    for pattern in (p for table in tables for found in table.values() for p in found):
        entry = plover().cameo_to_plover[pattern.entry.cameo]
        assert entry.type == pattern.type, (pattern.type, pattern.head, pattern.entry.cameo)


def test_words_are_lower_case_and_not_empty() -> None:
    tables = (lexicon().verbs, lexicon().nouns, lexicon().adjectives)
    patterns = [p for table in tables for found in table.values() for p in found]
    for pattern in patterns:
        words = (pattern.head, *pattern.words)
        assert all(word and word == word.lower() for word in words), (pattern.type, words)


def test_moods_and_contexts_name_what_there_is() -> None:
    assert set(word_groups("contexts")) <= set(plover().contexts)
    assert {"intent", "request", "negative", "alleging"} <= set(word_groups("moods"))


def test_idioms_are_cut_as_the_parser_cuts() -> None:
    words = {phrase for phrases in idioms().values() for phrase in phrases}
    assert ("wake", "-", "up", "call") in words
    assert not any("-" in word and word not in ("-", "covid-19") for phrase in words for word in phrase)
