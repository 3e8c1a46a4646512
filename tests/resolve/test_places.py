"""Places: which words name one, and which place each means, on documents built by hand."""

from __future__ import annotations

import pytest

from tests.build import annotation, document
from volteface.annotate import Annotation, Mention, Sentence, Token
from volteface.records import Place
from volteface.resolve.places import Gazetteer, find_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def plain(text: str, marks: dict[str, str]) -> Annotation:
    """A one-sentence annotation without syntax: words parted by spaces, those with a capital proper nouns.
    `marks` maps words to the entity label the parser gave them, right or wrong."""
    tokens: list[Token] = []
    place = 0
    for word in text.split(" "):
        capital = word[:1].isupper() and place > 0
        pos = "PROPN" if capital or word in " ".join(marks).split() else "NOUN"
        pos = "ADP" if word in ("in", "near", "to", "from") else "PUNCT" if word == "," else pos
        i = len(tokens)
        dep = "compound" if pos == "PROPN" else "dep"
        tokens.append(Token(i, place, place + len(word), word, word.lower(), pos, "", dep, i, 0))
        place += len(word) + 1
    mentions = []
    for words, label in marks.items():
        start = text.index(words)
        inside = [t.i for t in tokens if start <= t.start and t.end <= start + len(words)]
        mentions.append(Mention(start, start + len(words), inside[0], inside[-1] + 1, label))
    sentence = Sentence(0, 0, len(text), 0, len(tokens), 0)
    return Annotation(document(text), tokens, [sentence], sorted(mentions, key=lambda m: m.start))


def brief(place: Place) -> tuple[str, str, str | None]:
    return place.text, place.name, place.country


# Sentence, the parser's entities, then text, name and country of each place.
CASES: list[tuple[str, dict[str, str], list[tuple[str, str, str | None]]]] = [
    # Countries, their other names and their people
    ("talks in Russia ended", {"Russia": "GPE"}, [("Russia", "Russia", "RUS")]),
    ("the U.S. denied it", {"U.S.": "GPE"}, [("U.S.", "United States", "USA")]),
    ("the US denied it", {"US": "GPE"}, [("US", "United States", "USA")]),
    ("they told us nothing", {}, []),
    ("a Russian ship sank", {"Russian": "NORP"}, [("Russian", "Russia", "RUS")]),
    ("two Iraqis fled", {"Iraqis": "NORP"}, [("Iraqis", "Iraq", "IRQ")]),
    # Towns, seas, contested regions
    ("shells fell near Aleppo at dawn", {"Aleppo": "GPE"}, [("Aleppo", "Aleppo", "SYR")]),
    (
        "a plane crashed in the Sinai Peninsula",
        {"the Sinai Peninsula": "LOC"},
        [("Sinai Peninsula",) * 2 + ("EGY",)],
    ),
    ("a tanker in the Black Sea", {"the Black Sea": "LOC"}, [("Black Sea", "Black Sea", None)]),
    ("fighting in the Donbas went on", {"Donbas": "LOC"}, [("Donbas", "Donbas", "UKR")]),
    # Other spellings and lines in capitals
    ("a march in Kiev", {"Kiev": "GPE"}, [("Kiev", "Kyiv", "UKR")]),
    ("a raid on Raqqa", {"Raqqa": "GPE"}, [("Raqqa", "Ar Raqqah", "SYR")]),
    ("the office in BEIRUT", {"BEIRUT": "GPE"}, [("BEIRUT", "Beirut", "LBN")]),
    # Names the parser missed or mislabelled
    ("the road from here to Homs", {}, [("Homs", "Homs", "SYR")]),
    ("shells fell in Raqqa", {"Raqqa": "PERSON"}, [("Raqqa", "Ar Raqqah", "SYR")]),
    ("a statement by Raqqa", {"Raqqa": "PERSON"}, []),
    ("shots near Mosul", {"Mosul": "ORG"}, [("Mosul", "Mosul", "IRQ")]),
    # People, papers, agreements
    ("according to Jack London", {"Jack London": "PERSON"}, []),
    ("said Mr. Lincoln", {"Lincoln": "GPE"}, []),
    ("the London Times wrote", {"London Times": "ORG"}, []),
    ("under the Vienna Convention", {"the Vienna Convention": "LAW"}, []),
    ("ministers of NATO met", {"NATO": "ORG"}, []),
    # Part of a longer Arabic name; a country beside one
    ("missiles hit the Ain al - Asad base", {}, []),
    ("in Iraq al - Qaeda won", {"Iraq": "GPE"}, [("Iraq", "Iraq", "IRQ")]),
    # Seats of those who act
    ("the Kremlin denied it", {"Kremlin": "ORG"}, []),
    ("they met in the Kremlin", {"Kremlin": "FAC"}, [("Kremlin", "Kremlin", "RUS")]),
    # A place nobody knows
    ("a blast in Zzyrkva", {"Zzyrkva": "GPE"}, [("Zzyrkva", "Zzyrkva", None)]),
]

# Sentence, entities, the name in question, the country it lies in and its first-order division.
NAMESAKES: list[tuple[str, dict[str, str], str, str, str | None]] = [
    ("a fire in Paris", {"Paris": "GPE"}, "Paris", "FRA", "Île-de-France"),
    ("a fire in Paris , Texas", {"Paris": "GPE", "Texas": "GPE"}, "Paris", "USA", "Texas"),
    (
        "after talks in Vienna , U.S. officials left for Syria",
        {"Vienna": "GPE", "U.S.": "GPE", "Syria": "GPE"},
        "Vienna",
        "AUT",
        None,
    ),
    ("talks in Tripoli , Lebanon", {"Tripoli": "GPE", "Lebanon": "GPE"}, "Tripoli", "LBN", None),
    ("talks in Tripoli", {"Tripoli": "GPE"}, "Tripoli", "LBY", None),
    ("troops from Georgia near Tbilisi", {"Georgia": "GPE", "Tbilisi": "GPE"}, "Georgia", "GEO", None),
    (
        "from Atlanta to Savannah to Augusta to Macon in Georgia",
        {"Atlanta": "GPE", "Savannah": "GPE", "Augusta": "GPE", "Macon": "GPE", "Georgia": "GPE"},
        "Georgia",
        "USA",
        "Georgia",
    ),
    ("aides in Washington", {"Washington": "GPE"}, "Washington", "USA", "District of Columbia"),
    # A small second-order division stands behind every town of its name, unless the text says what it is.
    ("a fire in Florida", {"Florida": "GPE"}, "Florida", "USA", "Florida"),
    ("a fire in Florida district", {"Florida": "GPE"}, "Florida", "CUB", "Camagüey"),
]

# Sentence, entities, the name, and the feature of the place it means.
KINDS: list[tuple[str, dict[str, str], str, str]] = [
    ("shells fell near Manbij at dawn", {"Manbij": "GPE"}, "Manbij", "PPL"),
    ("shells fell in Manbij district", {"Manbij": "GPE"}, "Manbij", "ADM2"),
    ("shells fell in Manbij District", {"Manbij District": "GPE"}, "Manbij District", "ADM2"),
    ("shells fell in the district of Manbij", {"Manbij": "GPE"}, "Manbij", "ADM2"),
    ("heard by a Manbij district court", {"Manbij": "GPE"}, "Manbij", "PPL"),
    ("floods in Bergamo province", {"Bergamo": "GPE"}, "Bergamo", "ADM2"),
    ("floods in the northern province of Aleppo", {"Aleppo": "GPE"}, "Aleppo", "ADM1"),
    ("floods in the city of Lagos", {"Lagos": "GPE"}, "Lagos", "PPL"),
    ("farms of Keserwan burned", {"Keserwan": "GPE"}, "Keserwan", "ADM2"),
    ("a vote in St. Clair County", {"St. Clair County": "GPE"}, "St. Clair County", "ADM2"),
]


@pytest.mark.parametrize(("sentence", "marks", "expected"), CASES)
def test_names(
    sentence: str, marks: dict[str, str], expected: list[tuple[str, str, str | None]], gazetteer: Gazetteer
) -> None:
    assert [brief(p) for p in find_places(plain(sentence, marks), gazetteer)] == expected


@pytest.mark.parametrize(("sentence", "marks", "name", "country", "division"), NAMESAKES)
def test_namesakes(
    sentence: str, marks: dict[str, str], name: str, country: str, division: str | None, gazetteer: Gazetteer
) -> None:
    found = {p.text: p for p in find_places(plain(sentence, marks), gazetteer)}
    assert found[name].country == country
    assert division is None or found[name].admin1 == division


@pytest.mark.parametrize(("sentence", "marks", "name", "feature"), KINDS)
def test_kinds(sentence: str, marks: dict[str, str], name: str, feature: str, gazetteer: Gazetteer) -> None:
    found = {p.text: p.feature for p in find_places(plain(sentence, marks), gazetteer)}
    assert found == {name: feature}


def test_the_word_for_a_kind_counts_for_its_own_mention(gazetteer: Gazetteer) -> None:
    built = plain("from Lagos state to Lagos", {"Lagos": "GPE"})
    assert [p.feature for p in find_places(built, gazetteer)] == ["ADM1", "PPL"]


@pytest.mark.parametrize("name", ["Escobar", "Keserwan"])
def test_a_person_called_like_a_small_division_is_no_place(name: str, gazetteer: Gazetteer) -> None:
    assert find_places(plain(f"they saw hope in {name}", {name: "PERSON"}), gazetteer) == ()


def test_a_surname_is_no_town_once_the_full_name_was_given(gazetteer: Gazetteer) -> None:
    built = annotation(
        "Jo|PROPN|compound|2 Halifax|PROPN|nsubj|3 spoke|VERB|ROOT|0",
        "Reporters|NOUN|nsubj|2 quoted|VERB|ROOT|0 Halifax|PROPN|dobj|2",
        mentions={"Jo Halifax": "PERSON"},
    )
    assert find_places(built, gazetteer) == ()


def test_all_fields_and_offsets(gazetteer: Gazetteer) -> None:
    built = plain("envoys met in Damascus , Syria", {"Damascus": "GPE", "Syria": "GPE"})
    city, country = find_places(built, gazetteer)
    assert (city.id, country.id) == ("P1", "P2")
    assert built.text[city.start : city.end] == "Damascus"
    assert (city.country, city.feature, city.geonames) == ("SYR", "PPLC", 170654)
    assert city.latitude == pytest.approx(33.51, abs=0.05)
    assert city.longitude == pytest.approx(36.29, abs=0.05)
    assert (country.feature, country.geonames) == ("PCLI", 163843)


@pytest.mark.parametrize(
    ("sentence", "name", "precision", "reason"),
    [
        (
            "envoys met in Damascus , Syria",
            "Damascus",
            "city",
            "the country or division it lies in stands beside it",
        ),
        ("envoys met in Damascus , Syria", "Syria", "country", "1 other name here in the same country"),
        ("fighting in Aleppo province", "Aleppo", "province", "a word for its kind stands beside it"),
        ("ships in the Black Sea", "Black Sea", None, "the only place of this name"),
        ("Syrian jets", "Syrian", "country", "a people or adjective, for its country"),
        ("fighting near Zzyxgrad", "Zzyxgrad", None, "the words before it say a place; no gazetteer entry"),
    ],
)
def test_every_place_says_how_exact_it_is_and_why(
    sentence: str, name: str, precision: str | None, reason: str, gazetteer: Gazetteer
) -> None:
    found = {p.text: p for p in find_places(plain(sentence, {name: "GPE"}), gazetteer)}
    place = found[name]
    assert (place.precision, reason in place.reasons) == (precision, True), place
    assert (0 < place.score <= 1) == (name != "Zzyxgrad")


def test_an_empty_document_has_no_places(gazetteer: Gazetteer) -> None:
    assert find_places(Annotation(document(""), [], [], []), gazetteer) == ()
