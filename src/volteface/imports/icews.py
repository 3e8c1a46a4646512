"""ICEWS event data: 20 columns with a header (Boschee et al., "ICEWS Coded Event Data", Harvard Dataverse).

Countries are written out, sectors are labels from the special to the general, events CAMEO codes with their intensity.
"""

from __future__ import annotations

from volteface.codebook.actors import country_codes
from volteface.imports.formats import (
    Format,
    Party,
    key_of,
    of_cameo,
    organisation_codes,
    table,
    told,
)


def party(country: str, sectors: str, name: str) -> Party:
    """A side of a row. Who has no country has the code of what it is: an international organisation and so on."""
    data = table("icews")
    labels = [label.strip() for label in (told(sectors) or "").split(",")]
    who = told(name)
    where = told(country) or ""
    code: str | None = data.countries.get(where) or country_codes().get(where.casefold())
    if code is None:
        code = organisation_codes().get((who or "").casefold()) or next(
            (each for each, known in data.codes.items() if not known.isdisjoint(labels)), None
        )
    named = who is not None and not who.endswith(")")  # "Police (India)" is no name
    return Party(code, data.sector(labels), who, key_of(code, who, named=named))


ICEWS = Format(
    origin="icews",
    columns=table("icews").columns,
    header=True,
    id="Event ID",
    day="Event Date",
    day_form="%Y-%m-%d",
    score="Intensity",
    kind_of=("CAMEO Code",),
    kind=lambda code: of_cameo(told(code)),
    actor_of=("Source Country", "Source Sectors", "Source Name"),
    recipient_of=("Target Country", "Target Sectors", "Target Name"),
    party=party,
)
