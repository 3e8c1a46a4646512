"""Resolution rules on hand-built documents: no model, made-up people, real codes."""

from __future__ import annotations

import pytest

from tests.build import annotation
from volteface.annotate import Annotation, Phrase, noun_phrase
from volteface.resolve import Cast, Grounding, cast, register

WARNED = "Turkey|PROPN|nsubj|2 warned|VERB|ROOT|0 Greece|PROPN|dobj|2 .|PUNCT|punct|2"
MINISTER = (
    "Egyptian|ADJ|amod|3 Foreign|PROPN|compound|3 Minister|PROPN|compound|5 Tarek|PROPN|compound|5 "
    "Amin|PROPN|nsubj|6 spoke|VERB|ROOT|0 .|PUNCT|punct|6"
)
LEFT = "Amin|PROPN|nsubj|2 left|VERB|ROOT|0 .|PUNCT|punct|2"
HE = "He|PRON|nsubj|2 left|VERB|ROOT|0 his|PRON|poss|4 country|NOUN|dobj|2 .|PUNCT|punct|2"
OFFICIALS = (
    "Israeli|ADJ|amod|4 and|CCONJ|cc|1 Palestinian|ADJ|conj|1 officials|NOUN|nsubj|5|official met|VERB|ROOT|0"
)
COALITION = (
    "A|DET|det|3 U.S.-led|ADJ|amod|3 coalition|NOUN|nsubj|4 struck|VERB|ROOT|0 rebels|NOUN|dobj|4|rebel "
    "in|ADP|prep|5 Syria|PROPN|pobj|6"
)
WHOSE = (
    "Turkey|PROPN|nsubj|9 ,|PUNCT|punct|1 whose|PRON|poss|4 military|NOUN|nsubj|5 downed|VERB|relcl|1 "
    "a|DET|det|7 jet|NOUN|dobj|5 ,|PUNCT|punct|1 waited|VERB|ROOT|0"
)
TOGETHER = "Ghana|PROPN|nsubj|4 and|CCONJ|cc|1 Togo|PROPN|conj|1 talked|VERB|ROOT|0 .|PUNCT|punct|4"
BOTH = "The|DET|det|3 two|NUM|nummod|3 countries|NOUN|nsubj|4|country agreed|VERB|ROOT|0"
GROUP = "Hezbollah|PROPN|nsubj|2 struck|VERB|ROOT|0 .|PUNCT|punct|2"
THE_GROUP = "The|DET|det|2 group|NOUN|nsubj|3 denied|VERB|ROOT|0 it|PRON|dobj|3"
GUNMEN = (
    "Gunmen|NOUN|nsubj|2|gunman shot|VERB|ROOT|0 dozens|NOUN|dobj|2|dozen of|ADP|prep|3 "
    "Kenyan|ADJ|amod|6 farmers|NOUN|pobj|4|farmer"
)
BUDGET = "The|DET|det|2 budget|NOUN|nsubj|3 passed|VERB|ROOT|0"
JORDAN = "Michael|PROPN|compound|2 Jordan|PROPN|nsubj|3 retired|VERB|ROOT|0"
ENVOYS = "Norway|PROPN|nsubj|2 sent|VERB|ROOT|0|send envoys|NOUN|dobj|2|envoy to|ADP|prep|2 Mali|PROPN|pobj|4"
SEA = "The|DET|det|4 South|PROPN|compound|4 China|PROPN|compound|4 Sea|PROPN|nsubj|5 froze|VERB|ROOT|0"

THIRD = (
    "Mali|PROPN|nsubj|2 urged|VERB|ROOT|0|urge the|DET|det|5 two|NUM|nummod|5 countries|NOUN|dobj|2|country "
    "to|PART|aux|7 talk|VERB|xcomp|2"
)
CALL = (
    "In|ADP|prep|7 talks|NOUN|pobj|1 with|ADP|prep|2 Ivo|PROPN|compound|5 Kern|PROPN|pobj|3 she|PRON|nsubj|7 "
    "protested|VERB|ROOT|0"
)
ANNA = (
    "Latvian|ADJ|amod|4 Minister|PROPN|compound|4 Anna|PROPN|compound|4 Liepa|PROPN|nsubj|5 came|VERB|ROOT|0"
)
TRAWLER = "A|DET|det|3 Chilean|ADJ|amod|3 trawler|NOUN|compound|4 Elin|PROPN|nsubj|5 sank|VERB|ROOT|0"
ELIN = "The|DET|det|2 Elin|PROPN|nsubj|3 sank|VERB|ROOT|0"
CREW = "The|DET|det|2 crew|NOUN|nsubj|3 swam|VERB|ROOT|0"
STRIKER = "A|DET|det|3 Serbian|ADJ|amod|3 striker|NOUN|nsubj|4 shot|VERB|ROOT|0"
HANDBALL = "Togo|PROPN|nsubj|2 ambushed|VERB|ROOT|0 Mali|PROPN|dobj|2 at|ADP|prep|2 handball|NOUN|pobj|4"
BROKE = (
    "The|DET|det|2 government|NOUN|nsubj|3 broke|VERB|ROOT|0 relations|NOUN|dobj|3 with|ADP|prep|4 "
    "Athens|PROPN|pobj|5"
)

PEOPLE = {"Tarek Amin": "PERSON", "Anna Liepa": "PERSON", "Ivo Kern": "PERSON", "Michael Jordan": "PERSON"}


def grounded(doc: Annotation, word: str, **options: object) -> tuple[Grounding, ...]:
    return played(doc, word, **options).of(phrase(doc, word))


def played(doc: Annotation, word: str, **options: object) -> Cast:
    return cast(doc, [phrase(doc, word)], register(), **options)  # type: ignore[arg-type]


def phrase(doc: Annotation, word: str) -> Phrase:
    return noun_phrase(doc, [t.i for t in doc.tokens if t.text == word][-1])


def codes(found: tuple[Grounding, ...]) -> str:
    return " + ".join(f"{g.country or '-'} {g.sector or '-'}" for g in found)


@pytest.mark.parametrize(
    ("sentences", "word", "want"),
    [
        ([WARNED], "Turkey", "TUR GOV"),
        ([WARNED], "Greece", "GRC GOV"),
        ([MINISTER], "Amin", "EGY GOV"),
        ([MINISTER, LEFT], "Amin", "EGY GOV"),
        ([MINISTER, HE], "He", "EGY GOV"),
        ([MINISTER, HE], "country", "EGY GOV"),
        ([OFFICIALS], "officials", "ISR GOV + PSE GOV"),
        ([COALITION], "coalition", "USA MIL"),
        ([COALITION], "rebels", "SYR REB"),
        ([WHOSE], "military", "TUR MIL"),
        ([TOGETHER, BOTH], "countries", "GHA GOV + TGO GOV"),
        ([GROUP, THE_GROUP], "group", "LBN REB"),
        ([GUNMEN], "Gunmen", "- UAF"),
        ([GUNMEN], "dozens", "KEN AGR"),
        ([ENVOYS], "envoys", "NOR GOV"),
        ([BUDGET], "budget", ""),
        ([JORDAN], "Jordan", "- -"),
        ([SEA], "Sea", ""),
        ([TOGETHER, THIRD], "countries", "GHA GOV + TGO GOV"),
        ([ANNA, CALL], "she", "LVA GOV"),
        ([TRAWLER, ELIN], "Elin", "CHL BUS"),
        ([TRAWLER, CREW], "crew", "CHL BUS"),
        ([STRIKER], "striker", ""),
        ([HANDBALL], "Mali", ""),
        ([WARNED, BROKE], "government", "TUR GOV"),
    ],
)
def test_grounding(sentences: list[str], word: str, want: str) -> None:
    found = grounded(annotation(*sentences, mentions=PEOPLE), word)
    assert codes(found) == want
    assert all(g.reasons for g in found)


UPC = "UPC|PROPN|nsubj|2 fled|VERB|ROOT|0 .|PUNCT|punct|2"
BANGUI = "Bangui|PROPN|nsubj|2 denied|VERB|ROOT|0 it|PRON|dobj|2"
KINSHASA = "Kinshasa|PROPN|nsubj|2 denied|VERB|ROOT|0 it|PRON|dobj|2"
PATRIOTS = "The|DET|det|5 Union|PROPN|nsubj|6 of|ADP|prep|2 Congolese|ADJ|amod|5 Patriots|PROPN|pobj|3 left|VERB|ROOT|0"
UCK = "UCK|PROPN|nsubj|2 fled|VERB|ROOT|0 to|ADP|prep|2 Kosovo|PROPN|pobj|3 and|CCONJ|cc|4 Macedonia|PROPN|conj|4"


@pytest.mark.parametrize(
    ("sentences", "word", "published", "want"),
    [
        ([UPC], "UPC", None, ""),
        ([UPC, BANGUI], "UPC", None, "CAF REB"),
        ([UPC, KINSHASA], "UPC", None, "COD REB"),
        ([UPC, BANGUI, KINSHASA, KINSHASA], "UPC", None, "COD REB"),
        ([PATRIOTS, BANGUI, BANGUI, UPC], "UPC", None, "COD REB"),
        ([UCK], "UCK", "1999-03-24", "KOS REB"),
        ([UCK], "UCK", "2001-03-24", "MKD REB"),
    ],
)
def test_a_name_of_several_is_whose_the_document_speaks_of(
    sentences: list[str], word: str, published: str | None, want: str
) -> None:
    assert codes(grounded(annotation(*sentences), word, published=published)) == want


def test_states_and_organisations_have_their_wikidata_ids() -> None:
    found = played(annotation(WARNED, GROUP), "Greece").actors
    assert [(a.name, a.wikidata) for a in found] == [
        ("Turkey", "Q43"),
        ("Greece", "Q41"),
        ("Hezbollah", "Q41053"),
    ]


def test_first_person_is_the_speaker() -> None:
    quote = "We|PRON|nsubj|2 waited|VERB|ROOT|0 .|PUNCT|punct|2"
    doc = annotation(MINISTER, quote, mentions=PEOPLE)
    said = doc.sentences[1]
    speakers = [((said.start, said.end), phrase(doc, "Amin"))]
    assert codes(grounded(doc, "We", speakers=speakers)) == "EGY GOV"
    assert grounded(doc, "We") == ()


def test_office_depends_on_the_day() -> None:
    doc = annotation("Hollande|PROPN|nsubj|2 spoke|VERB|ROOT|0")
    assert codes(grounded(doc, "Hollande", published="2015-11-24")) == "FRA GOV"
    assert codes(grounded(doc, "Hollande", published="2019-01-01")) == "FRA ELI"


def test_actors_are_numbered_by_first_mention_and_merge_their_mentions() -> None:
    doc = annotation(MINISTER, LEFT, WARNED, mentions=PEOPLE)
    actors = played(doc, "Greece").actors
    assert [(a.id, a.name) for a in actors] == [
        ("A1", "Tarek Amin"),
        ("A2", "Turkey"),
        ("A3", "Greece"),
    ]
    amin = actors[0]
    assert (amin.country, amin.sector, amin.role) == ("EGY", "GOV", "Foreign minister")
    assert [doc.text[m.start : m.end] for m in amin.mentions] == ["Tarek Amin", "Amin"]


def test_the_same_actor_has_the_same_id_everywhere() -> None:
    doc = annotation(MINISTER, LEFT, mentions=PEOPLE)
    first, second = noun_phrase(doc, 4), noun_phrase(doc, 7)
    both = cast(doc, [second, first], register())
    assert both.of(first)[0].actor == both.of(second)[0].actor == "A1"


def test_a_phrase_that_was_not_asked_for_is_an_error() -> None:
    doc = annotation(WARNED)
    with pytest.raises(KeyError):
        played(doc, "Turkey").of(phrase(doc, "Greece"))


def test_a_long_chain_of_pronouns_is_read_in_bounded_time() -> None:
    doc = annotation(MINISTER, *["He|PRON|nsubj|2 left|VERB|ROOT|0"] * 400, mentions=PEOPLE)
    last = Phrase(len(doc.tokens) - 2, len(doc.tokens) - 1, len(doc.tokens) - 2)
    assert cast(doc, [last], register()).of(last) is not None
