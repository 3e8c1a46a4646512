"""GDELT 2.0 events: 61 columns without a header ("The GDELT Event Database Data Format Codebook V2.0", 2015).

Actors are CAMEO codes: a country, a known group, up to three types. Names are the words in capitals that were matched.
"""

from __future__ import annotations

from volteface.codebook.actors import countries
from volteface.imports.formats import Format, Party, key_of, of_cameo, table, told


def party(name: str, country: str, group: str, *types: str) -> Party:
    """A side of a row. The known group tells the United Nations or the European Union, a type an organisation; the
    regions of CAMEO ("EUR" is a continent there) are no countries."""
    data = table("gdelt")
    kinds = [kind for kind in (told(group), *(told(each) for each in types)) if kind]
    where = told(country) or ""
    code = data.countries.get(where, where if where in countries() else "") or next(
        (code for code, known in data.codes.items() if not known.isdisjoint(kinds)), None
    )
    sector = next((found for kind in kinds if (found := data.sector([kind]))), None)
    words = told(name)
    who = words.title() if words else None
    return Party(code, sector, who, key_of(code, who, named=False))


def _columns_of(number: int) -> tuple[str, ...]:
    parts = ("Name", "CountryCode", "KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")
    return tuple(f"Actor{number}{part}" for part in parts)


GDELT = Format(
    origin="gdelt",
    columns=table("gdelt").columns,
    header=False,
    id="GLOBALEVENTID",
    day="SQLDATE",
    day_form="%Y%m%d",
    score="GoldsteinScale",
    kind_of=("EventCode",),
    kind=lambda code: of_cameo(told(code)),
    actor_of=_columns_of(1),
    recipient_of=_columns_of(2),
    party=party,
    documents="NumArticles",
    sources="NumSources",
)
