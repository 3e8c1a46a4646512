"""Names that are also something else's: the Georgia that has a governor, Athens in it, "the North" of Korea.

A country's name is that country's unless the words beside it say otherwise; these are the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from volteface.annotate import Annotation, Token
from volteface.records import Place
from volteface.resolve.register import Entry

# Offices of a state of the USA, not of the country of its name: "Georgia's governor", "the senator from Georgia".
STATE_OFFICES = frozenset({"governor", "senator", "congressman", "congresswoman", "republican", "democrat"})
STATES = {"Georgia": "USA"}
# Halves of countries by what the half is called where the other is named in full.
HALVES = {
    "North": (frozenset({"KOR"}), "PRK", "North Korea"),
    "South": (frozenset({"PRK"}), "KOR", "South Korea"),
}
# What a town of a country's name, or of another's capital's, is called: "the Lebanese port of Tripoli".
TOWNS = ("name", "capital")
SETTLEMENTS = frozenset(
    {"port", "city", "town", "village", "suburb", "district", "resort", "municipality", "harbour", "harbor"}
)
LINKS = frozenset({"of", "from", "for"})


def elsewhere(
    annotation: Annotation,
    first: int,
    last: int,
    entry: Entry,
    places: Mapping[int, Place],
    peoples: Mapping[int, str],
) -> Entry | None:
    """What a register name over tokens `first:last` stands for where its neighbours make it another place; None where
    it is what it seems. `places`: by where they start; `peoples`: the countries of demonyms by their tokens."""
    whose = _called(annotation, annotation.tokens[last - 1], peoples) if entry.form in TOWNS else None
    if whose not in (None, entry.country):
        return Entry(whose or "", entry.name, "region", whose, None)
    place = places.get(annotation.tokens[first].start)
    if place is None or place.country in (None, entry.country):
        place = None
    if entry.form in TOWNS and place is not None and _comma(annotation, last):  # "Peru, Indiana"
        return Entry(place.country or "", place.name, "region", place.country, None)
    if entry.name not in STATES or entry.form != "name":
        return None
    other = STATES[entry.name]
    beside = (
        places.get(annotation.tokens[first - 2].start)
        if first > 1 and _comma(annotation, first - 1)
        else None
    )
    if _in_office(annotation, first, last) or (beside is not None and beside.country == other):
        return Entry(other, entry.name, "region", other, None)
    return None


def _called(annotation: Annotation, name: Token, peoples: Mapping[int, str]) -> str | None:
    """`the Lebanese port of Tripoli`: the country of the people whose town it is called."""
    of = annotation.tokens[name.head]
    town = annotation.tokens[of.head]
    if name.dep != "pobj" or of.lemma != "of" or town.lemma not in SETTLEMENTS:
        return None
    return next((peoples[i] for i in town.children if i in peoples), None)


def halves(annotation: Annotation, countries: Sequence[str | None]) -> list[tuple[int, Entry]]:
    """Tokens that name half of a country whose other half the document names: "a patrol boat from the North"."""
    found = []
    for one, link, other, country in zip(*(annotation.tokens[i:] for i in range(4)), strict=False):
        # "the leaders of North and South Korea"
        if {one.text, other.text} == set(HALVES) and link.lemma == "and" and country.text == "Korea":
            _, code, name = HALVES[one.text]
            found.append((one.i, Entry(code, name, "name", code, None)))
    for token in annotation.tokens[1:]:
        before = annotation.tokens[token.i - 1]
        if before.dep == "amod" and before.head == token.i:  # "the flooded North"
            before = annotation.tokens[max(before.i - 1, 0)]
        if token.text in HALVES and before.text.lower() == "the":
            others, code, name = HALVES[token.text]
            alone = token.i + 1 == len(annotation.tokens) or annotation.tokens[token.i + 1].pos != "PROPN"
            if alone and others & set(countries):
                found.append((token.i, Entry(code, name, "name", code, None)))
    return found


def _comma(annotation: Annotation, i: int) -> bool:
    """Whether a comma and a name follow: "Athens, Georgia"."""
    tokens = annotation.tokens
    return i + 1 < len(tokens) and tokens[i].text == "," and tokens[i + 1].pos == "PROPN"


def _in_office(annotation: Annotation, first: int, last: int) -> bool:
    """Whether the name belongs to an office of a state."""
    token = annotation.tokens[last - 1]
    head = annotation.tokens[token.head]
    if token.dep == "pobj" and head.lemma in LINKS:
        head = annotation.tokens[head.head]
    elif token.dep not in ("poss", "compound", "nmod"):
        return False
    return head.lemma.lower() in STATE_OFFICES
