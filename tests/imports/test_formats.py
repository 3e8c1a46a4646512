"""What the words of each format are in the codebook."""

from __future__ import annotations

import pytest

from volteface.errors import InputError
from volteface.imports import FORMATS
from volteface.imports.formats import fields, of_cameo

# (format, cells of a party, country, sector, key)
PARTIES: list[tuple[str, tuple[str, ...], str | None, str | None, str | None]] = [
    ("icews", ("Russian Federation", "NA", "Russia"), "RUS", None, "RUS"),
    ("icews", ("Russian Federation", "Police,Government", "Police (Russia)"), "RUS", "COP", None),
    ("icews", ("India", "Military,Government", "Military (India)"), "IND", "MIL", None),
    (
        "icews",
        ("India", "Elite,Parties,Executive Office,Executive,Government", "Ada Moor"),
        "IND",
        "GOV",
        "IND/Ada Moor",
    ),
    (
        "icews",
        ("India", "Legislative / Parliamentary,Parties,Government", "Ada Moor"),
        "IND",
        "LEG",
        "IND/Ada Moor",
    ),
    ("icews", ("Moldova, Republic of", "NA", "Moldova"), "MDA", None, "MDA"),
    (
        "icews",
        ("NA", "International Government Organization,Global", "United Nations"),
        "UNO",
        None,
        "United Nations",
    ),
    ("icews", ("NA", "International Government Organization", "Marsh Union"), "IGO", None, "Marsh Union"),
    ("icews", ("NA", "NA", "Africa"), None, None, "Africa"),
    ("icews", ("NA", "NA", "NA"), None, None, None),
    ("gdelt", ("RUSSIA", "RUS", "", "GOV", "MIL", ""), "RUS", "GOV", "RUS"),
    ("gdelt", ("ROMANIA", "ROM", "", "", "", ""), "ROU", None, "ROU"),
    ("gdelt", ("EUROPE", "EUR", "", "", "", ""), None, None, None),
    ("gdelt", ("THE EU", "", "EEC", "IGO", "", ""), "EUR", None, None),
    ("gdelt", ("NATO", "", "NAT", "IGO", "", ""), "IGO", None, None),
    ("gdelt", ("REPORTER", "", "", "MED", "", ""), None, "JRN", None),
    ("gdelt", ("HOSPITAL", "FRA", "", "HLH", "", ""), "FRA", "MED", None),
    ("gdelt", ("", "", "", "", "", ""), None, None, None),
    ("polecat", ("RUS", "GOV", "Ada Moor", "Moor", "Ada Moor"), "RUS", "GOV", "RUS/Ada Moor"),
    ("polecat", ("XKX", "UNK", "None", "police", "None"), "KOS", "UNK", None),
    ("polecat", ("IGO", "None", "Marsh Union", "the union", "Marsh Union"), "IGO", None, "Marsh Union"),
    ("polecat", ("FRA;DEU", "MIL;GOV", "None", "troops", "None"), "FRA", "MIL", None),
    ("polecat", ("None", "None", "None", "None", "None"), None, None, None),
]


@pytest.mark.parametrize(("origin", "cells", "country", "sector", "key"), PARTIES)
def test_parties(
    origin: str, cells: tuple[str, ...], country: str | None, sector: str | None, key: str | None
) -> None:
    found = FORMATS[origin].party(*cells)
    assert (found.country, found.sector, found.key) == (country, sector, key)


CODES = [
    ("190", "ASSAULT", "material conflict"),
    ("0431", "CONSULT", "verbal cooperation"),  # as 043
    ("175", "COERCE", "material conflict"),  # as 170
    ("010", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("code", "type_", "quad"), CODES)
def test_cameo(code: str, type_: str | None, quad: str | None) -> None:
    found = of_cameo(code)
    assert (found.type, found.quad, found.cameo) == (type_, quad, code)


@pytest.mark.parametrize(
    ("type_", "mode", "kind"),
    [
        ("CONSULT", "visit", ("CONSULT", "visit")),
        ("consult", "Visit", ("CONSULT", "visit")),
        ("CONSULT", "None", ("CONSULT", None)),
        ("AGREE", "visit", ("AGREE", None)),
        ("None", "None", (None, None)),
    ],
)
def test_plover(type_: str, mode: str, kind: tuple[str | None, str | None]) -> None:
    assert FORMATS["polecat"].kind(type_, mode)[:2] == kind


@pytest.mark.parametrize(("origin", "columns"), [("icews", 20), ("gdelt", 61), ("polecat", 40)])
def test_columns(origin: str, columns: int) -> None:
    form = FORMATS[origin]
    assert len(set(form.columns)) == len(form.columns) == columns
    for name in (form.id, form.day, form.score, *form.kind_of, *form.actor_of, *form.recipient_of):
        assert form.place(name)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('a\t"b ""c"""\td', ["a", 'b "c"', "d"]),
        ("\ufeffa\tb", ["a", "b"]),
        ("#!a\tb", ["a", "b"]),
        ('"\t', ['"', ""]),
    ],
)
def test_fields(line: str, found: list[str]) -> None:
    assert fields(line) == found


def test_a_header_of_something_else_is_named() -> None:
    form = FORMATS["icews"]
    line = "\t".join(form.columns).replace("Intensity", "Tone")
    with pytest.raises(InputError, match="column 8 is 'Tone'; of icews it is 'Intensity'"):
        form.check_header("f.tab", line)
