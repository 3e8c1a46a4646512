"""What must hold for any page: random trees without a model, and every bundled page with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import TAGS, document
from tests.conftest import sample_pages
from tests.invariants import broken, broken_document
from volteface.annotate import Annotation, Mention, Sentence, Token
from volteface.annotate.encoder import Encoder
from volteface.errors import InputError
from volteface.pipeline import Coder
from volteface.read import RawPage, Repeats, count_repeats, to_document
from volteface.records import NO_CORRECTIONS, Document, Record
from volteface.resolve.places import Gazetteer
from volteface.resolve.register import register
from volteface.run import code_pages

# Words that rules look for, so that random sentences set off many of them at once.
WORDS = """
Russia Turkey Syria Turkish Syrian Moscow Ankara Paris President Minister Erdogan Interfax NATO
attacked bombed killed met said told accused condemned agreed refused denied urged threatened
visit talks attack strike sanctions aid ceasefire meeting statement troops soldiers people countries
dead wounded left two 224 1,200 twenty-one dozens not will would could must if that who whose
of by with on in to from after between against for as and or but he she they it his their both
the a no Monday 2015 March yesterday week unacceptable ready reported according agency
, . “ ” ' — 's ( ) [ ] " Москва 🕊 naïve ﬁre İzmi\u0307r e\u0301
""".split()  # noqa: SIM905 - easier to read
POS = (*TAGS, "VERB", "NOUN", "PROPN", "PUNCT", "NUM", "PART", "ADV", "X")
VERB_TAGS = ("VBD", "VBN", "VBG", "VB", "VBZ")
DEPS = """
nsubj nsubjpass dobj pobj prep agent xcomp ccomp pcomp advcl acl relcl conj cc poss compound
amod aux auxpass neg mark attr acomp oprd dative appos nummod det punct prt npadvmod advmod dep
""".split()  # noqa: SIM905 - easier to read
LABELS = ("", "", "", "GPE", "PERSON", "ORG", "NORP", "DATE", "CARDINAL", "LOC", "FAC", "EVENT")

token = st.tuples(
    st.sampled_from(WORDS),
    st.sampled_from(POS),
    st.sampled_from(VERB_TAGS),
    st.sampled_from(DEPS),
    st.sampled_from(LABELS),
    st.integers(0, 1_000),
    st.sampled_from((" ", " ", " ", "", "\u00a0", "  ")),
)
sentence = st.tuples(st.lists(token, min_size=1, max_size=14), st.randoms(use_true_random=False))
paragraphs = st.lists(st.lists(sentence, min_size=1, max_size=3), min_size=1, max_size=3)


def annotated(drawn: list[list[tuple[list[tuple[str, ...]], object]]]) -> Annotation:
    """Any tree over any words: heads are drawn so that there is no cycle, and nothing else is seen to."""
    text = ""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    for block, paragraph in enumerate(drawn):
        text += "\n" if block else ""
        for rows, random in paragraph:
            first = len(tokens)
            order = list(range(first, first + len(rows)))
            random.shuffle(order)  # type: ignore[attr-defined]
            heads = {i: order[random.randrange(n)] if n else i for n, i in enumerate(order)}  # type: ignore[attr-defined]
            for i, (word, pos, verb_tag, dep, label, _, space) in enumerate(rows, first):
                start = len(text)
                text += word + space
                tag = verb_tag if pos in ("VERB", "AUX") else TAGS.get(pos, pos)
                lemma = word.lower().removesuffix("ed") if pos == "VERB" else word.lower()
                role = "ROOT" if heads[i] == i else dep
                end, number = start + len(word), len(sentences)
                tokens.append(Token(i, start, end, word, lemma, pos, tag, role, heads[i], number, label))
                if label:
                    mentions.append(Mention(start, start + len(word), i, i + 1, label))
            for t in tokens[first:]:
                if t.head != t.i:
                    tokens[t.head].children.append(t.i)
            last = len(tokens)
            sentences.append(
                Sentence(len(sentences), tokens[first].start, tokens[-1].end, first, last, block)
            )
    return Annotation(document(text, published="2015-11-27"), tokens, sentences, mentions)


class GivenParser:
    """Stands for the parser: what it returns was made before."""

    name = version = "given"

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation

    def annotate(self, document: Document) -> Annotation:
        """The annotation, whatever the document."""
        return self.annotation


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@cache
def encoder() -> Encoder:
    return Encoder()


def coder_without_parser(annotation: Annotation) -> Coder:
    coder = object.__new__(Coder)
    coder.parser = GivenParser(annotation)  # type: ignore[assignment]
    coder.register = register()
    coder.gazetteer = gazetteer()
    coder.encoder = encoder()
    coder.corrections = NO_CORRECTIONS
    return coder


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(paragraphs)
def test_any_tree_gives_a_sound_record(drawn: list[list[tuple[list[tuple[str, ...]], object]]]) -> None:
    annotation = annotated(drawn)
    record = coder_without_parser(annotation).code(annotation.document)
    assert broken(record) == []
    assert Record.from_json(record.to_json()) == record
    again = coder_without_parser(annotation).code(annotation.document)
    assert again.to_json() == record.to_json()


lines = st.lists(
    st.one_of(
        st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
        st.text(max_size=40),
        st.sampled_from(("", "Read more", "Subscribe", "Published Nov. 24, 2015", "By Ada Moor", "Reuters")),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(lines, st.sampled_from(("copied", "article", "html")))
def test_any_text_is_read_or_refused(texts: list[str], kind: str) -> None:
    content = "\n".join(texts)
    if kind == "html":
        content = f"<html><body>{''.join(f'<p>{text}</p>' for text in texts)}</body></html>"
    page = RawPage("page", "page", kind, content)  # type: ignore[arg-type]
    try:
        found = to_document(page, any_language=True)
    except InputError as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert refused.startswith("page: ")
        return
    assert broken_document(found) == []
    if kind == "article":
        assert (found.text, found.dropped) == (content, ())


# ---- with the model


@pytest.mark.model
def test_every_bundled_page_gives_a_sound_record(records: tuple[Record, ...]) -> None:
    wrong = {record.document.source: broken(record) for record in records}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.model
def test_records_come_back_from_json(records: tuple[Record, ...]) -> None:
    for record in records:
        line = record.to_json()
        assert "\n" not in line
        assert Record.from_json(line) == record


@pytest.mark.model
def test_the_order_of_pages_does_not_matter(coder: Coder, records: tuple[Record, ...]) -> None:
    pages = sample_pages()[::-1]
    repeats = count_repeats(pages)
    assert repeats == count_repeats(pages[::-1])
    backwards = [coder.read(page, repeats=repeats) for page in pages]
    assert [r.to_json() for r in backwards[::-1]] == [r.to_json() for r in records]


@pytest.mark.model
def test_a_page_alone_is_as_in_the_batch_unless_repeats_differ(
    coder: Coder, records: tuple[Record, ...]
) -> None:
    alone = [coder.read(page, repeats=Repeats()) for page in sample_pages()]
    pairs = zip(alone, records, strict=True)
    same = [(a.to_json(), b.to_json()) for a, b in pairs if a.document == b.document]
    assert len(same) > len(records) / 2
    assert all(a == b for a, b in same)


@pytest.mark.model
def test_the_number_of_processes_does_not_matter(records: tuple[Record, ...]) -> None:
    pages = sample_pages()
    found = list(code_pages(pages, repeats=count_repeats(pages), workers=2))
    lines = [r.to_json() for r in found if isinstance(r, Record)]
    assert lines == [r.to_json() for r in records]


@pytest.mark.model
def test_a_path_is_no_part_of_what_is_found(coder: Coder, tmp_path: Path) -> None:
    page = next(p for p in sample_pages() if p.source.endswith(".txt"))
    moved = RawPage(str(tmp_path), str(tmp_path), page.kind, page.content)
    here, there = coder.read(page), coder.read(moved)
    assert (here.document.id, here.events, here.actors) == (there.document.id, there.events, there.actors)
