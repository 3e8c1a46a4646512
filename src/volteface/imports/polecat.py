"""POLECAT: 40 columns with a header (Halterman et al., "POLECAT Weekly Data", Harvard Dataverse); PLOVER as it is."""

from __future__ import annotations

from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.imports.formats import Format, Kind, Party, key_of, table, told


def kind(type_: str, mode: str) -> Kind:
    """Type and mode where PLOVER has them; CAMEO codes there are none."""
    found, how = (told(type_) or "").upper(), (told(mode) or "").lower()
    if found not in plover().types:
        return Kind(None, None, None, None)
    return Kind(found, how if how in plover().types[found].modes else None, None, plover().quad(found))


def party(country: str, sector: str, name: str, raw: str, wikipedia: str) -> Party:
    """A side of a row; of several countries or sectors the first. Only whom Wikipedia has is named."""
    data = table("polecat")
    where = _first(country)
    code = data.countries.get(where, where)
    known = code in countries() or code in plover().nonstate_countries
    job = _first(sector)
    who = told(name) or told(raw)
    found = code if known else None
    return Party(
        found,
        job if job in plover().sectors else None,
        who,
        key_of(found, who, named=told(wikipedia) is not None),
    )


def _first(text: str) -> str:
    return (told(text) or "").replace(",", ";").partition(";")[0].strip().upper()


def _columns_of(side: str) -> tuple[str, ...]:
    return (
        *(f"{side} Country", f"Primary {side} Sector", f"{side} Name", f"{side} Name Raw"),
        f"Wikipedia {side} ID",
    )


POLECAT = Format(
    origin="polecat",
    columns=table("polecat").columns,
    header=True,
    id="Event ID",
    day="Event Date",
    day_form="%Y-%m-%d",
    score="Intensity",
    kind_of=("Event Type", "Event Mode"),
    kind=kind,
    actor_of=_columns_of("Actor"),
    recipient_of=_columns_of("Recipient"),
    party=party,
)
