# ruff: noqa: E501 -- cases read as a table
"""Attribution: syntax rules on hand-built sentences, whole sentences through the real parser, and properties."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import annotation, document
from volteface.annotate import Annotation, Parser, Sentence, Token
from volteface.annotate.attributions import attribute, attribute_by_rules, claim_kind
from volteface.annotate.attributions.lexicon import cues, media, parse_cues, parse_media
from volteface.annotate.attributions.quotes import find_quotes
from volteface.errors import CodebookError


class Said(NamedTuple):
    """One expected attribution; pieces of a content are parted by ` | `."""

    source: str
    cue: str
    content: str
    form: str
    via: tuple[str, ...] = ()
    named: bool = True


def said(
    source: str, cue: str, content: str, form: str, via: list[str] | None = None, named: bool = True
) -> Said:
    return Said(source, cue, content, form, tuple(via or ()), named)


def found(annotated: Annotation) -> list[Said]:
    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " | ".join(annotated.text[s:e] for s, e in spans)

    return [
        Said(
            words(a.source.spans),
            words(a.cue.spans),
            words(a.content.spans),
            a.form,
            tuple(v.name for v in a.via),
            a.source.named,
        )
        for a in attribute_by_rules(annotated)
    ]


def tagged(annotated: Annotation, tags: dict[str, str]) -> Annotation:
    for token in annotated.tokens:
        token.tag = tags.get(token.text, token.tag)
    return annotated


# --- rules, on sentences built by hand ------------------------------------------------------------------------

CLAUSE = (
    "Dorn|PROPN|nsubj|2 said|VERB|ROOT|0|say that|SCONJ|mark|7|that the|DET|det|5 border|NOUN|nsubj|7 "
    "would|AUX|aux|7 close|VERB|ccomp|2 .|PUNCT|punct|2"
)
INVERTED = (
    "The|DET|det|2 border|NOUN|nsubj|4 would|AUX|aux|4 close|VERB|ccomp|7 ,|PUNCT|punct|7 Dorn|PROPN|nsubj|7 "
    "said|VERB|ROOT|0|say .|PUNCT|punct|7"
)
SPLIT = (
    "“|PUNCT|punct|8 We|PRON|nsubj|3|we stay|VERB|ccomp|8 here|ADV|advmod|3 ,|PUNCT|punct|8 ”|PUNCT|punct|8 "
    "Dorn|PROPN|nsubj|8 said|VERB|ROOT|0|say .|PUNCT|punct|8"
)
GOES_ON = (
    "“|PUNCT|punct|3 Nobody|PRON|nsubj|3|nobody leaves|VERB|ROOT|0|leave .|PUNCT|punct|3 ”|PUNCT|punct|3"
)
TOLD = (
    "Dorn|PROPN|nsubj|2 told|VERB|ROOT|0|tell Reuters|PROPN|dobj|2 that|SCONJ|mark|6|that he|PRON|nsubj|6|he "
    "won|VERB|ccomp|2|win .|PUNCT|punct|2"
)
ACCORDING = (
    "The|DET|det|2 town|NOUN|nsubj|3 fell|VERB|ROOT|0|fall ,|PUNCT|punct|3 according|VERB|prep|3|accord to|ADP|prep|5 "
    "officials|NOUN|pobj|6|official .|PUNCT|punct|3"
)
PASSIVE = (
    "Dorn|PROPN|nsubjpass|3 is|AUX|auxpass|3|be expected|VERB|ROOT|0|expect to|PART|aux|5 resign|VERB|xcomp|3 "
    ".|PUNCT|punct|3"
)
ACCUSED = (
    "Dorn|PROPN|nsubj|2 accused|VERB|ROOT|0|accuse Hart|PROPN|dobj|2 of|ADP|prep|2 lying|VERB|pcomp|4|lie "
    ".|PUNCT|punct|2"
)
ADDING = (
    "Dorn|PROPN|nsubj|2 said|VERB|ROOT|0|say he|PRON|nsubj|4|he won|VERB|ccomp|2|win ,|PUNCT|punct|4 "
    "adding|VERB|advcl|4|add that|SCONJ|mark|9|that Hart|PROPN|nsubj|9 lost|VERB|ccomp|6|lose .|PUNCT|punct|2"
)
CLAIM = (
    "Dorn|PROPN|poss|3 's|PART|case|1 claim|NOUN|nsubj|7 that|SCONJ|mark|6|that Hart|PROPN|nsubj|6 "
    "lied|VERB|acl|3|lie fell|VERB|ROOT|0|fall flat|ADV|advmod|7 .|PUNCT|punct|7"
)
RELAYED = (
    "He|PRON|nsubjpass|3|he was|AUX|auxpass|3|be quoted|VERB|ROOT|0|quote by|ADP|agent|3 Interfax|PROPN|pobj|4 "
    "as|ADP|prep|3 saying|VERB|pcomp|6|say Hart|PROPN|nsubj|9 lied|VERB|ccomp|7|lie .|PUNCT|punct|3"
)
SCARE = "The|DET|det|4 “|PUNCT|punct|4 surge|NOUN|compound|5 ”|PUNCT|punct|4 ended|VERB|ROOT|0|end .|PUNCT|punct|5"

RULES: list[tuple[str, list[str], list[Said]]] = [
    ("clause", [CLAUSE], [said("Dorn", "said", "that the border would close", "indirect")]),
    ("cue after", [INVERTED], [said("Dorn", "said", "The border would close", "indirect")]),
    ("quotation", [SPLIT], [said("Dorn", "said", "“We stay here,”", "direct")]),
    (
        "quotation that goes on",
        [SPLIT, GOES_ON],
        [said("Dorn", "said", "“We stay here,” | “Nobody leaves.”", "direct")],
    ),
    ("hearer that is an agency", [TOLD], [said("Dorn", "told", "that he won", "indirect", ["Reuters"])]),
    (
        "according to",
        [ACCORDING],
        [said("officials", "according to", "The town fell", "indirect", named=False)],
    ),
    ("passive", [PASSIVE], [said("", "is expected", "Dorn | to resign", "indirect", named=False)]),
    ("accuse", [ACCUSED], [said("Dorn", "accused", "Hart of lying", "indirect")]),
    (
        "participle",
        [ADDING],
        [said("Dorn", "said", "he won", "indirect"), said("Dorn", "adding", "that Hart lost", "indirect")],
    ),
    ("noun", [CLAIM], [said("Dorn's", "claim", "that Hart lied", "indirect")]),
    ("relay", [RELAYED], [said("He", "was quoted | as saying", "Hart lied", "indirect", ["Interfax"])]),
    ("scare quote", [SCARE], []),
]

PARTICIPLES = {
    "adding": "VBG",
    "saying": "VBG",
    "lying": "VBG",
    "expected": "VBN",
    "quoted": "VBN",
    "resign": "VB",
}


@pytest.mark.parametrize(("sentences", "expected"), [r[1:] for r in RULES], ids=[r[0] for r in RULES])
def test_rule(sentences: list[str], expected: list[Said]) -> None:
    assert found(tagged(annotation(*sentences), PARTICIPLES)) == expected


def test_ids_are_in_text_order() -> None:
    got = attribute_by_rules(tagged(annotation(ADDING, SPLIT), PARTICIPLES))
    assert [a.id for a in got] == ["Q1", "Q2", "Q3"]
    assert [a.source.actor for a in got] == [None] * 3


VOWED = (
    "Dorn|PROPN|nsubj|2 vowed|VERB|ROOT|0|vow to|PART|aux|4 fight|VERB|xcomp|2 after|SCONJ|mark|8 his|PRON|poss|7 "
    "allies|NOUN|nsubj|8 fell|VERB|advcl|4|fall .|PUNCT|punct|2"
)
KINDS: list[tuple[str, list[str]]] = [
    (CLAUSE, ["speech"]),
    (ACCORDING, ["speech"]),
    (PASSIVE, ["belief"]),
    (ACCUSED, ["accusation"]),
    (ADDING, ["speech", "speech"]),
    (CLAIM, ["claim"]),
    (RELAYED, ["speech"]),
    (VOWED, ["promise"]),
]


@pytest.mark.parametrize(("sentence", "kinds"), KINDS)
def test_kind_of_claim(sentence: str, kinds: list[str]) -> None:
    annotated = tagged(annotation(sentence), PARTICIPLES)
    assert [claim_kind(a, annotated) for a in attribute_by_rules(annotated)] == kinds


def test_a_promise_ends_before_what_had_happened() -> None:
    assert found(tagged(annotation(VOWED), PARTICIPLES)) == [said("Dorn", "vowed", "to fight", "indirect")]


def test_a_paper_is_known_by_its_own_words_or_as_the_publisher() -> None:
    told = "Dorn|PROPN|nsubj|2 told|VERB|ROOT|0|tell the|DET|det|4 {}|PROPN|dobj|2 he|PRON|nsubj|6 won|VERB|ccomp|2|win"
    for name, published, via in (
        ("Courier", None, ["Courier"]),
        ("Ministry", None, []),
        ("Fjord", None, []),
        ("Fjord", "The Northern Fjord", ["Fjord"]),
    ):
        made = annotation(told.format(name))
        made.document = msgspec.structs.replace(made.document, publisher=published)
        assert [v.name for a in attribute_by_rules(made) for v in a.via] == via


# --- quotation marks ------------------------------------------------------------------------------------------

MARKS: list[tuple[str, list[str]]] = [
    ("He said “no” and left.", ["“no”"]),
    ('He said "no" and left.', ['"no"']),
    ("He said ''no'' and left.", ["''no''"]),
    ("“They said, ‘Leave,’” she said.", ["“They said, ‘Leave,’”"]),
    ("'We will never leave,' she said.", ["'We will never leave,'"]),
    ("It's the boys' toys and the girls' books.", []),
    ("“It began in May.\n“It never ended,” she said.", ["“It began in May.", "“It never ended,”"]),
    ("“Never,“ he said. “Never.”", ["“Never,“", "“Never.”"]),
    ('A 12" gun and a 16" gun', []),
]


@pytest.mark.parametrize(("text", "quotes"), MARKS, ids=[m[0][:30] for m in MARKS])
def test_quotation_marks(text: str, quotes: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(document(text))] == quotes


def test_quotation_marks_are_found_in_linear_time() -> None:
    hostile = "'a" * 100_000 + '"' * 50_000 + "‘a’b" * 50_000
    assert len(find_quotes(document(hostile))) <= len(hostile)


# --- lexicons -------------------------------------------------------------------------------------------------


def test_lexicons_are_whole() -> None:
    assert len(media().names) >= 300
    assert cues().groups["deny"] == "denial"
    assert cues().groups["accuse"] == "accusation"
    assert media().ambiguous <= set(media().names)
    assert cues().nesting <= set(cues().groups)


@pytest.mark.parametrize(
    "data",
    [
        {"shouting": {}},
        {"speech": {"clauses": ["say"]}},
        {"speech": {"clause": "say"}},
        {"speech": {"clause": ["2 x"]}},
        {"kinds": {"gossip": ["rumour"]}},
    ],
)
def test_a_malformed_lexicon_is_refused(data: dict[str, dict[str, object]]) -> None:
    with pytest.raises(CodebookError):
        parse_cues(data)


def test_a_media_list_that_is_missing_is_refused() -> None:
    with pytest.raises(CodebookError):
        parse_media({"words": ["agency"]})


# --- properties -----------------------------------------------------------------------------------------------

WORDS = [
    *(
        [
            "say",
            "tell",
            "accuse",
            "accord",
            "quote",
            "cite",
            "add",
            "believe",
            "expect",
            "claim",
            "report",
            "adding",
            "lying",
            "saying",
            "to",
            "of",
            "by",
            "as",
            "in",
        ]
    ),
    *(
        [
            "Dorn",
            "Reuters",
            "agency",
            "official",
            "statement",
            "word",
            "that",
            "he",
            "I",
            "who",
            "not",
            "reportedly",
            "confident",
            "run",
        ]
    ),
    *(["“", "”", '"', ",", ".", ":", "?", "—", "-", "(", ")", "‘", "’", "'"]),
]
DEPS = [
    "nsubj",
    "nsubjpass",
    "dobj",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "relcl",
    "conj",
    "cc",
    "parataxis",
    "prep",
    "pobj",
    "pcomp",
    "agent",
    "aux",
    "auxpass",
    "mark",
    "neg",
    "poss",
    "compound",
    "appos",
    "advmod",
    "acomp",
    "punct",
    "det",
    "npadvmod",
    "oprd",
    "dative",
]
POS = [
    ("VERB", "VBD"),
    ("VERB", "VBG"),
    ("VERB", "VBN"),
    ("VERB", "VB"),
    ("NOUN", "NN"),
    ("NOUN", "NNS"),
    ("PROPN", "NNP"),
    ("PRON", "PRP"),
    ("ADP", "IN"),
    ("ADV", "RB"),
    ("ADJ", "JJ"),
    ("PUNCT", ","),
    ("AUX", "VBD"),
    ("CCONJ", "CC"),
]


@st.composite
def parses(draw: st.DrawFn) -> Annotation:
    """Documents with any words in any tree: what a parser may make of hostile text."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=24))
    breaks = draw(st.sets(st.integers(1, len(words)), max_size=3))
    text = ""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    bounds = sorted({0, len(words)} | {b for b in breaks if b < len(words)})
    for number, (first, last) in enumerate(itertools.pairwise(bounds)):
        order = draw(st.permutations(range(first, last)))
        heads = {order[0]: order[0]}
        for n, i in enumerate(order[1:], 1):
            heads[i] = order[draw(st.integers(0, n - 1))]
        for i in range(first, last):
            pos, tag = draw(st.sampled_from(POS))
            dep = "ROOT" if heads[i] == i else draw(st.sampled_from(DEPS))
            start = len(text)
            text += words[i]
            tokens.append(
                Token(i, start, len(text), words[i], words[i].lower(), pos, tag, dep, heads[i], number)
            )
            text += draw(st.sampled_from([" ", ""])) if i + 1 < last else draw(st.sampled_from([" ", "\n"]))
        sentences.append(Sentence(number, tokens[first].start, tokens[last - 1].end, first, last, 0))
    for token in tokens:
        if token.head != token.i:
            tokens[token.head].children.append(token.i)
    for token in tokens:
        token.children.sort()
    made = document(text)
    starts = [b.start for b in made.blocks]
    sentences = [
        Sentence(s.i, s.start, s.end, s.first, s.last, sum(b <= s.start for b in starts) - 1)
        for s in sentences
    ]
    return Annotation(made, tokens, sentences, [])


@given(parses())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spans_lie_in_the_text_in_order(annotated: Annotation) -> None:
    got = attribute(annotated)
    assert got == attribute(annotated)
    assert [a.id for a in got] == [f"Q{n}" for n in range(1, len(got) + 1)]
    for a in got:
        assert a.content.spans
        assert a.cue.spans
        assert a.source.spans or not a.source.named
        for spans in (a.source.spans, a.cue.spans, a.content.spans, *(v.spans for v in a.via)):
            assert all(0 <= s < e <= len(annotated.text) for s, e in spans)
            assert all(e <= s for (_, e), (s, _) in itertools.pairwise(spans))
            assert all(annotated.text[s:e].strip() for s, e in spans)
        assert all(v.name for v in a.via)


# --- whole sentences, through the real parser -----------------------------------------------------------------

SENTENCES: list[tuple[str, list[Said]]] = [
    (
        '"We will not leave the valley," said Ilya Dorn, the Ruritanian president. "Nobody should expect it."',
        [
            said(
                "Ilya Dorn, the Ruritanian president",
                "said",
                '"We will not leave the valley," | "Nobody should expect it."',
                "direct",
            )
        ],
    ),
    ("Dorn said: “The border stays closed.”", [said("Dorn", "said", "“The border stays closed.”", "direct")]),
    (
        "Dorn said the border would stay closed until Graustark withdrew its troops.",
        [
            said(
                "Dorn", "said", "the border would stay closed until Graustark withdrew its troops", "indirect"
            )
        ],
    ),
    (
        "The border would stay closed, Dorn said.",
        [said("Dorn", "said", "The border would stay closed", "indirect")],
    ),
    (
        "The border, Dorn said on Monday, would stay closed for weeks.",
        [said("Dorn", "said", "The border | would stay closed for weeks", "indirect")],
    ),
    (
        "The border would stay closed, according to the Ruritanian Foreign Ministry.",
        [said("the Ruritanian Foreign Ministry", "according to", "The border would stay closed", "indirect")],
    ),
    (
        "According to two officials familiar with the matter, the talks collapsed on Sunday.",
        [
            said(
                "two officials familiar with the matter",
                "According to",
                "the talks collapsed on Sunday",
                "indirect",
                named=False,
            )
        ],
    ),
    (
        "In an interview with the BBC on Tuesday, Foreign Minister Anna Feld said the ceasefire was dead.",
        [said("Foreign Minister Anna Feld", "said", "the ceasefire was dead", "indirect", via=["BBC"])],
    ),
    (
        "Feld denied that her country had shelled the town.",
        [said("Feld", "denied", "that her country had shelled the town", "indirect")],
    ),
    (
        "Feld accused Graustark of shelling the town and expelling aid workers.",
        [said("Feld", "accused", "Graustark of shelling the town and expelling aid workers", "indirect")],
    ),
    (
        "Graustark has been accused of shelling the town.",
        [said("", "has been accused of", "Graustark | shelling the town", "indirect", named=False)],
    ),
    (
        "The rebels are believed to have crossed the river.",
        [said("", "are believed", "The rebels | to have crossed the river", "indirect", named=False)],
    ),
    (
        "Feld was quoted by the Reuters news agency as saying that the ceasefire was dead.",
        [said("Feld", "was quoted | as saying", "that the ceasefire was dead", "indirect", via=["Reuters"])],
    ),
    (
        "State news agency SANA quoted him as saying that the ceasefire was dead.",
        [said("him", "quoted | as saying", "that the ceasefire was dead", "indirect", via=["SANA"])],
    ),
    (
        "“The ceasefire is dead,” Feld said, Interfax reported Wednesday.",
        [said("Feld", "said", "“The ceasefire is dead,”", "direct", via=["Interfax"])],
    ),
    (
        "“The ceasefire is dead,” Feld said at a briefing, the Kyodo news agency reported.",
        [said("Feld", "said", "“The ceasefire is dead,”", "direct", via=["Kyodo"])],
    ),
    (
        "Interfax reported that troops had crossed the river.",
        [said("Interfax", "reported", "that troops had crossed the river", "indirect")],
    ),
    (
        "Interfax reported that Feld said the ceasefire was dead.",
        [said("Feld", "said", "the ceasefire was dead", "indirect", via=["Interfax"])],
    ),
    (
        "Troops have crossed the river, Reuters reported on Friday.",
        [said("Reuters", "reported", "Troops have crossed the river", "indirect")],
    ),
    (
        "An unidentified official told the Associated Press that the convoy had been hit.",
        [
            said(
                "An unidentified official",
                "told",
                "that the convoy had been hit",
                "indirect",
                via=["Associated Press"],
                named=False,
            )
        ],
    ),
    (
        "The convoy was hit twice, a person familiar with the matter said.",
        [
            said(
                "a person familiar with the matter",
                "said",
                "The convoy was hit twice",
                "indirect",
                named=False,
            )
        ],
    ),
    (
        "Sources said the convoy had been hit.",
        [said("Sources", "said", "the convoy had been hit", "indirect", named=False)],
    ),
    (
        "His spokesman Pavel Brandt said Dorn would not attend the summit.",
        [said("His spokesman Pavel Brandt", "said", "Dorn would not attend the summit", "indirect")],
    ),
    (
        "Dorn warned of a wider war and urged both sides to pull back.",
        [
            said("Dorn", "warned of", "a wider war", "indirect"),
            said("Dorn", "urged", "both sides to pull back", "indirect"),
        ],
    ),
    ("Dorn pledged to rebuild the bridge.", [said("Dorn", "pledged", "to rebuild the bridge", "indirect")]),
    (
        "He said that Graustark was “worried” about the pipeline, and would have preferred another route.",
        [
            said(
                "He",
                "said",
                "that Graustark was “worried” about the pipeline, and would have preferred another route",
                "mixed",
            )
        ],
    ),
    ("Dorn called the raid “a betrayal.”", [said("Dorn", "called", "the raid “a betrayal.”", "mixed")]),
    (
        "Feld said Dorn had accused Graustark of bombing the port.",
        [
            said("Feld", "said", "Dorn had accused Graustark of bombing the port", "indirect"),
            said("Dorn", "had accused", "Graustark of bombing the port", "indirect"),
        ],
    ),
    (
        "Dorn said the army was ready, adding that reserves had been called up.",
        [
            said("Dorn", "said", "the army was ready", "indirect"),
            said("Dorn", "adding", "that reserves had been called up", "indirect"),
        ],
    ),
    (
        "Dorn said the army was ready and warned that reserves would be called up.",
        [
            said("Dorn", "said", "the army was ready", "indirect"),
            said("Dorn", "warned", "that reserves would be called up", "indirect"),
        ],
    ),
    (
        "The army fired on the crowd, killing three people, witnesses said.",
        [
            said(
                "witnesses",
                "said",
                "The army fired on the crowd, killing three people",
                "indirect",
                named=False,
            )
        ],
    ),
    (
        "Dorn's claim that the army had fired first was rejected by Graustark.",
        [said("Dorn's", "claim", "that the army had fired first", "indirect")],
    ),
    (
        "Graustark rejected a report that its jets had hit the hospital.",
        [said("Graustark", "rejected", "a report that its jets had hit the hospital", "indirect")],
    ),
    (
        "The ministry said in a statement that 12 soldiers had been killed.",
        [said("The ministry", "said", "that 12 soldiers had been killed", "indirect")],
    ),
    (
        "Dorn said Thursday his country is ready to join the alliance, according to the transcript released by the Chancellery.",
        [said("Dorn", "said", "his country is ready to join the alliance", "indirect", via=["Chancellery"])],
    ),
    (
        "The army reportedly fired on the crowd.",
        [said("", "reportedly", "The army | fired on the crowd", "indirect", named=False)],
    ),
    (
        "In Dorn's words, the treaty was “a piece of paper.”",
        [said("Dorn's", "In | words", "the treaty was “a piece of paper.”", "mixed")],
    ),
    ("The so-called “peace column” marched through the capital.", []),
    ("The novel “The Last Winter of Ruritania” sold well.", []),
    (
        "Feld added, however, that Graustark was “concerned” about whether the mission was effective.",
        [
            said(
                "Feld",
                "added",
                "that Graustark was “concerned” about whether the mission was effective",
                "mixed",
            )
        ],
    ),
    (
        "“They told us, ‘Leave or be shot,’” said Maria Ostrow, a villager.",
        [said("Maria Ostrow, a villager", "said", "“They told us, ‘Leave or be shot,’”", "direct")],
    ),
    (
        '"We met with [Graustark\'s president] Leon Hart and agreed on a truce," Dorn was cited by the TASS news agency as saying.',
        [
            said(
                "Dorn",
                "was cited | as saying",
                '"We met with [Graustark\'s president] Leon Hart and agreed on a truce,"',
                "direct",
                via=["TASS"],
            )
        ],
    ),
    (
        "Dorn believes that sanctions have failed.",
        [said("Dorn", "believes", "that sanctions have failed", "indirect")],
    ),
    ("“Why should we leave?” Dorn asked.", [said("Dorn", "asked", "“Why should we leave?”", "direct")]),
    (
        "Russia's Defence Ministry said it had destroyed two depots, while Kyiv said only one had been hit.",
        [
            said("Russia's Defence Ministry", "said", "it had destroyed two depots", "indirect"),
            said("Kyiv", "said", "only one had been hit", "indirect"),
        ],
    ),
    (
        "Feld insisted no shells were fired, but Graustark said three villages were hit.",
        [
            said("Feld", "insisted", "no shells were fired", "indirect"),
            said("Graustark", "said", "three villages were hit", "indirect"),
        ],
    ),
    (
        "Dorn said he would resign if the vote failed.",
        [said("Dorn", "said", "he would resign if the vote failed", "indirect")],
    ),
    (
        "He also said Ruritania was willing to “avoid any attacks on those villages and those units that are ready to talk.”",
        [
            said(
                "He",
                "also said",
                "Ruritania was willing to “avoid any attacks on those villages and those units that are ready to talk.”",
                "mixed",
            )
        ],
    ),
    (
        "Dorn threatened to cut off gas supplies to Graustark.",
        [said("Dorn", "threatened", "to cut off gas supplies to Graustark", "indirect")],
    ),
    (
        "The minister said on Russian state television that the strikes would go on.",
        [
            said(
                "The minister",
                "said",
                "that the strikes would go on",
                "indirect",
                via=["Russian state television"],
            )
        ],
    ),
    (
        "The border, Dorn said on Monday, would stay closed for weeks.",
        [said("Dorn", "said", "The border | would stay closed for weeks", "indirect")],
    ),
    (
        "“The treaty is dead,” Dorn told the state news agency Vesta on Sunday.\n“We tried everything we could.”\nThe army then moved in.",
        [
            said(
                "Dorn",
                "told",
                "“The treaty is dead,” | “We tried everything we could.”",
                "direct",
                via=["Vesta"],
            )
        ],
    ),
    (
        "“The treaty is dead,” Dorn said in a speech.\n“It died on the day they crossed the river.\n“It will not be revived,” he added.",
        [
            said(
                "Dorn",
                "said",
                "“The treaty is dead,” | “It died on the day they crossed the river.",
                "direct",
            ),
            said("he", "added", "“It will not be revived,”", "direct"),
        ],
    ),
    (
        "“The treaty is dead and nobody will revive it now” ― Ilya Dorn",
        [said("Ilya Dorn", "―", "“The treaty is dead and nobody will revive it now”", "direct")],
    ),
    (
        "Graustark's foreign minister, Leon Hart, said on Friday that his country would not negotiate under fire.",
        [
            said(
                "Graustark's foreign minister, Leon Hart",
                "said",
                "that his country would not negotiate under fire",
                "indirect",
            )
        ],
    ),
    (
        "“We will not negotiate under fire,” said an aide to Hart, who spoke on condition of anonymity.",
        [
            said(
                "an aide to Hart, who spoke on condition of anonymity",
                "said",
                "“We will not negotiate under fire,”",
                "direct",
                named=False,
            )
        ],
    ),
    (
        "Hart told the BBC in an interview that he would resign.",
        [said("Hart", "told", "that he would resign", "indirect", via=["BBC"])],
    ),
    (
        "Hart vowed revenge, telling the newspaper Der Spiegel that the attack would not go unanswered.",
        [
            said("Hart", "vowed", "revenge", "indirect"),
            said(
                "Hart", "telling", "that the attack would not go unanswered", "indirect", via=["Der Spiegel"]
            ),
        ],
    ),
    (
        "Hart said he believed Dorn wanted war.",
        [said("Hart", "said", "he believed Dorn wanted war", "indirect")],
    ),
    (
        "Hart has repeatedly claimed that the bombs were planted by Ruritanian agents.",
        [
            said(
                "Hart",
                "has repeatedly claimed",
                "that the bombs were planted by Ruritanian agents",
                "indirect",
            )
        ],
    ),
    (
        "The rebels, Hart claimed, had received weapons from abroad.",
        [said("Hart", "claimed", "The rebels | had received weapons from abroad", "indirect")],
    ),
    (
        "It was reported that three hostages had been freed.",
        [said("", "was reported", "that three hostages had been freed", "indirect", named=False)],
    ),
    (
        "Three hostages were freed, the Graustark Post daily reported, citing a security source.",
        [
            said(
                "a security source",
                "reported",
                "Three hostages were freed",
                "indirect",
                via=["Graustark Post"],
                named=False,
            )
        ],
    ),
    (
        "The opposition said the vote was rigged, a charge the government denies.",
        [said("The opposition", "said", "the vote was rigged, a charge the government denies", "indirect")],
    ),
    (
        "Hart criticized the blockade as illegal and called for an international inquiry.",
        [
            said("Hart", "criticized", "the blockade as illegal", "indirect"),
            said("Hart", "called for", "an international inquiry", "indirect"),
        ],
    ),
    (
        "Hart called on Ruritania to withdraw its forces.",
        [said("Hart", "called on", "Ruritania to withdraw its forces", "indirect")],
    ),
    (
        "The United Nations expressed concern about the fighting and condemned the attack on the convoy.",
        [
            said("The United Nations", "expressed concern about", "the fighting", "indirect"),
            said("The United Nations", "condemned", "the attack on the convoy", "indirect"),
        ],
    ),
    (
        "NATO said in a statement published on Tuesday that it had seen no sign of a withdrawal.",
        [said("NATO", "said", "that it had seen no sign of a withdrawal", "indirect")],
    ),
    (
        "A spokesman for the ministry declined to comment.",
        [said("A spokesman for the ministry", "declined", "to comment", "indirect", named=False)],
    ),
    (
        "“It is over,” she said. “Really over.” She left the room.",
        [said("she", "said", "“It is over,” | “Really over.”", "direct")],
    ),
    (
        "“Every bridge is gone,” the mayor said, before adding: “We are cut off.”",
        [
            said("the mayor", "said", "“Every bridge is gone,”", "direct"),
            said("the mayor", "adding", "“We are cut off.”", "direct"),
        ],
    ),
    ("Police said the man had confessed.", [said("Police", "said", "the man had confessed", "indirect")]),
    (
        "Mr. Hart's belief that the war can be won is shared by few.",
        [said("Mr. Hart's", "belief", "that the war can be won", "indirect")],
    ),
    (
        "Ruritania warned Graustark that any attack would be met with force.",
        [said("Ruritania", "warned", "that any attack would be met with force", "indirect")],
    ),
    (
        "The two sides agreed to resume talks in Geneva, officials said.",
        [
            said(
                "officials", "said", "The two sides agreed to resume talks in Geneva", "indirect", named=False
            )
        ],
    ),
    (
        "Some analysts fear that the truce will not hold.",
        [said("Some analysts", "fear", "that the truce will not hold", "indirect", named=False)],
    ),
    (
        "Dorn wrote on Twitter that the talks had failed.",
        [said("Dorn", "wrote", "that the talks had failed", "indirect")],
    ),
    (
        "The general, who said his men were exhausted, asked for reinforcements.",
        [
            said("The general | who", "said", "his men were exhausted", "indirect"),
            said("The general, who said his men were exhausted", "asked for", "reinforcements", "indirect"),
        ],
    ),
    (
        "Hart, in remarks carried by the Xinhua news agency, said the islands were not for sale.",
        [said("Hart", "said", "the islands were not for sale", "indirect", via=["Xinhua"])],
    ),
    (
        '"The islands are not for sale," Hart said in remarks carried by Xinhua.',
        [said("Hart", "said", '"The islands are not for sale,"', "direct", via=["Xinhua"])],
    ),
    (
        "Iran's Fars news agency reported that a tanker had been seized, citing the coast guard.",
        [said("the coast guard", "reported", "that a tanker had been seized", "indirect", via=["Fars"])],
    ),
    (
        "'The islands are not for sale,' Hart said.",
        [said("Hart", "said", "'The islands are not for sale,'", "direct")],
    ),
    (
        "Dorn said “never” when asked about a new treaty.",
        [
            said("Dorn", "said", "“never”", "direct"),
            said("", "when asked about", "a new treaty", "indirect", named=False),
        ],
    ),
    ("The ministry denied the report.", [said("The ministry", "denied", "the report", "indirect")]),
    (
        "Dorn's office announced that the president would fly to Geneva, and the minister confirmed that talks were planned.",
        [
            said("Dorn's office", "announced", "that the president would fly to Geneva", "indirect"),
            said("the minister", "confirmed", "that talks were planned", "indirect"),
        ],
    ),
    (
        "“We will not leave the valley,” President Ilya Dorn said. “Nobody should expect it.”",
        [
            said(
                "President Ilya Dorn",
                "said",
                "“We will not leave the valley,” | “Nobody should expect it.”",
                "direct",
            )
        ],
    ),
    (
        "Dorn also accused Graustark of arming the rebels, the Vesta Press news agency reported on Monday.",
        [said("Dorn", "also accused", "Graustark of arming the rebels", "indirect", via=["Vesta Press"])],
    ),
    (
        "The foreign minister of Graustark, speaking to reporters in Vienna, said that the talks “made no sense,” but that his side would “keep the door open.”",
        [
            said(
                "The foreign minister of Graustark",
                "said",
                "that the talks “made no sense,” but that his side would “keep the door open.”",
                "mixed",
            )
        ],
    ),
    (
        "A senior Graustark official, speaking on condition of anonymity, said the raid killed four fighters.",
        [
            said(
                "A senior Graustark official",
                "said",
                "the raid killed four fighters",
                "indirect",
                named=False,
            )
        ],
    ),
    (
        "The Chancellery denied on Thursday that Ruritanian jets had bombed the hospital.",
        [said("The Chancellery", "denied", "that Ruritanian jets had bombed the hospital", "indirect")],
    ),
    (
        "Ruritania shot down a drone on Tuesday, saying it had violated its airspace.",
        [said("Ruritania", "saying", "it had violated its airspace", "indirect")],
    ),
    (
        "“Ruritania is ready for talks,” Feld was quoted as saying by Interfax.",
        [said("Feld", "was quoted as saying", "“Ruritania is ready for talks,”", "direct", via=["Interfax"])],
    ),
    (
        "“Ruritania is ready for talks,” the Interfax news agency quoted Feld as saying.",
        [said("Feld", "quoted | as saying", "“Ruritania is ready for talks,”", "direct", via=["Interfax"])],
    ),
    (
        "The Chancellery said President Dorn told Hart that the strikes must stop.",
        [
            said(
                "The Chancellery", "said", "President Dorn told Hart that the strikes must stop", "indirect"
            ),
            said("President Dorn", "told", "that the strikes must stop", "indirect"),
        ],
    ),
    (
        "Dorn said in an interview with Le Monde that Ruritania was at war.",
        [said("Dorn", "said", "that Ruritania was at war", "indirect", via=["Le Monde"])],
    ),
    (
        "The two presidents agreed to coordinate strikes, Brandt told reporters on Friday.",
        [said("Brandt", "told", "The two presidents agreed to coordinate strikes", "indirect")],
    ),
    (
        "The president, according to his spokesman, will fly to Paris next week.",
        [said("his spokesman", "according to", "The president | will fly to Paris next week", "indirect")],
    ),
    (
        "The blast killed 12 people, state television said, citing police.",
        [said("police", "said", "The blast killed 12 people", "indirect", via=["state television"])],
    ),
    (
        "“The bridge is lost,” Ruritanian Defence Minister Ilya Dorn said, the Vesta news agency reported Thursday.",
        [
            said(
                "Ruritanian Defence Minister Ilya Dorn",
                "said",
                "“The bridge is lost,”",
                "direct",
                via=["Vesta"],
            ),
        ],
    ),
    (
        "“The bridge is lost,” Dorn said in Graustark, Lowland TV reported Monday.",
        [
            said("Dorn", "said", "“The bridge is lost,”", "direct", via=["Lowland TV"]),
        ],
    ),
    (
        '"The bridge is lost," Dorn told Lowland TV.',
        [
            said("Dorn", "told", '"The bridge is lost,"', "direct", via=["Lowland TV"]),
        ],
    ),
    (
        '"The bridge is lost, and we lost it," ferry captain Jon Brill told the Tribune by satellite telephone.',
        [
            said(
                "ferry captain Jon Brill",
                "told",
                '"The bridge is lost, and we lost it,"',
                "direct",
                via=["Tribune"],
            ),
        ],
    ),
    (
        "Dorn told Graustark state radio that the bridge was lost.",
        [
            said("Dorn", "told", "that the bridge was lost", "indirect", via=["Graustark state radio"]),
        ],
    ),
    (
        "Dorn told the public broadcaster GRB that the bridge was lost.",
        [
            said("Dorn", "told", "that the bridge was lost", "indirect", via=["GRB"]),
        ],
    ),
    (
        "Dorn said in an interview with the Baltic Ledger that the bridge was lost.",
        [
            said("Dorn", "said", "that the bridge was lost", "indirect", via=["Baltic Ledger"]),
        ],
    ),
    (
        "Dorn told the French TF1 television channel that the bridge was lost.",
        [
            said("Dorn", "told", "that the bridge was lost", "indirect", via=["TF1"]),
        ],
    ),
    (
        "Dorn told the Interior Ministry that the bridge was lost.",
        [
            said("Dorn", "told", "that the bridge was lost", "indirect"),
        ],
    ),
    (
        "According to two envoys in Geneva, he had refused to sign the treaty.",
        [
            said(
                "two envoys in Geneva",
                "According to",
                "he had refused to sign the treaty",
                "indirect",
                named=False,
            ),
        ],
    ),
    (
        "Dorn said the bridge was lost, according to two aides who heard him.",
        [
            said("Dorn", "said", "the bridge was lost", "indirect"),
            said(
                "two aides who heard him",
                "according to",
                "Dorn said the bridge was lost",
                "indirect",
                named=False,
            ),
        ],
    ),
    (
        "Her account was backed by the crew of a Ruritanian ferry, who told the Courier that the gunboat had turned twice.",
        [
            said(
                "the crew of a Ruritanian ferry | who",
                "told",
                "that the gunboat had turned twice",
                "indirect",
                via=["Courier"],
            ),
        ],
    ),
    (
        "The plan was rejected by the Lowland League, whose trade chief, Maren Tolv, said grain must not be used as a weapon.",
        [
            said("whose trade chief, Maren Tolv", "said", "grain must not be used as a weapon", "indirect"),
        ],
    ),
    (
        "Four miners were killed and six others were hurt, one of them badly, when their shaft collapsed on Friday, Ruritanian officials said.",
        [
            said(
                "Ruritanian officials",
                "said",
                "Four miners were killed and six others were hurt, one of them badly, when their shaft collapsed on Friday",
                "indirect",
                named=False,
            ),
        ],
    ),
    (
        "Ruritania asked for the return of its envoys; Graustark asked for the reopening of the border.",
        [
            said("Ruritania", "asked for", "the return of its envoys", "indirect"),
            said("Graustark", "asked for", "the reopening of the border", "indirect"),
        ],
    ),
    (
        "Dorn vowed to fight on following a raid that killed nine people.",
        [
            said("Dorn", "vowed", "to fight on", "indirect"),
        ],
    ),
    (
        "Dorn called an emergency meeting of his cabinet.",
        [],
    ),
    (
        "Ruritania recalled its ambassador to Graustark.",
        [],
    ),
    (
        "A spokesman for President Leon Hart, Pavel Brandt, said the truce would hold.",
        [
            said(
                "A spokesman for President Leon Hart, Pavel Brandt",
                "said",
                "the truce would hold",
                "indirect",
            ),
        ],
    ),
    (
        "A spokeswoman for the chancellery said the truce would hold. “We are ready,” she added.",
        [
            said(
                "A spokeswoman for the chancellery", "said", "the truce would hold", "indirect", named=False
            ),
            said("she", "added", "“We are ready,”", "direct", named=False),
        ],
    ),
    (
        "The convoy turned back, according to a police statement.",
        [
            said("a police statement", "according to", "The convoy turned back", "indirect"),
        ],
    ),
    (
        "“The plan is dead,” Feld said.\n“Nobody will miss it.”\n“What comes next?”\nShe then left.",
        [
            said(
                "Feld", "said", "“The plan is dead,” | “Nobody will miss it.”\n“What comes next?”", "direct"
            ),
        ],
    ),
    (
        "Feld said the plan was dead. “It was never alive, and nobody will miss it.”",
        [
            said("Feld", "said", "the plan was dead", "indirect"),
            said("Feld", "“", "“It was never alive, and nobody will miss it.”", "direct"),
        ],
    ),
    (
        "Satellite images show new trenches along the river.",
        [
            said("Satellite images", "show", "new trenches along the river", "indirect", named=False),
        ],
    ),
    (
        "The town fell, the garrison fled and the bridge was blown up, according to residents.",
        [
            said(
                "residents",
                "according to",
                "The town fell, the garrison fled and the bridge was blown up",
                "indirect",
                named=False,
            ),
        ],
    ),
    (
        "Feld demanded that the council condemn the raid.",
        [
            said("Feld", "demanded", "that the council condemn the raid", "indirect"),
        ],
    ),
    (
        "ROE: The bridge is lost and we know it.\nMARA: Who lost it?\nROE: Your own army lost it.\nMARA: That is a lie.",
        [
            said("ROE", ":", "The bridge is lost and we know it", "indirect"),
            said("MARA", ":", "Who lost it?", "indirect"),
            said("ROE", ":", "Your own army lost it", "indirect"),
            said("MARA", ":", "That is a lie", "indirect"),
        ],
    ),
]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


CLAIMS: list[tuple[str, list[str]]] = [
    ("Dorn is seeking to widen the war.", ["promise"]),
    ("Dorn ordered the army to cross the river.", ["request"]),
    ("Dorn called for a truce.", ["request"]),
    ("Dorn called the raid a betrayal.", ["judgement"]),
    ("Dorn denounced the raid.", ["judgement"]),
    ("Dorn asked whether the ferry had sunk.", ["question"]),
    ("Dorn asked for help.", ["request"]),
    ("Dorn agreed to leave.", ["promise"]),
    ("Dorn agreed that the ferry was lost.", ["speech"]),
    ("Dorn threatened to cut off the gas.", ["promise"]),
    ("Dorn denied that the ferry had sunk.", ["denial"]),
    ("Graustark was accused of shelling the town.", ["accusation"]),
    ("The army reportedly fired on the crowd.", ["report"]),
    ("The Courier reported that the ferry sank.", ["report"]),
    ("Feld wants Dorn to leave.", ["belief"]),
    ("Feld insisted that the ferry had sunk.", ["claim"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "kinds"), CLAIMS)
def test_kind_of_claim_in_a_sentence(parser: Parser, text: str, kinds: list[str]) -> None:
    annotated = parser.annotate(document(text))
    assert [claim_kind(a, annotated) for a in attribute_by_rules(annotated)] == kinds


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"), SENTENCES, ids=[re.sub(r"\W+", " ", s[0])[:48] for s in SENTENCES]
)
def test_sentence(parser: Parser, text: str, expected: list[Said]) -> None:
    assert found(parser.annotate(document(text))) == expected
