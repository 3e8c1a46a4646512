"""Opening pages: formats, encodings, and every kind of bad input."""

from __future__ import annotations

import gzip
import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from volteface.errors import InputError
from volteface.read import RawPage, open_pages, to_document
from volteface.read import pages as pages_module

SENTENCE = (
    "The minister said on Tuesday that the talks with the neighbour had failed and that nothing was agreed."
)


def opened(*paths: Path | str, stdin: bytes | None = None) -> list[RawPage | InputError]:
    return list(open_pages([str(p) for p in paths], stdin=None if stdin is None else io.BytesIO(stdin)))


def problem(path: Path) -> str:
    """What is wrong with the one page under this path, opened or read."""
    (found,) = opened(path)
    if isinstance(found, InputError):
        return found.problem
    with pytest.raises(InputError) as caught:
        to_document(found)
    return caught.value.problem


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n ", "is empty"),
    "binary.txt": (bytes(range(256)) * 20, "is a binary file"),
    "paper.txt": (b"%PDF-1.7 x", "a PDF"),
    "utf16.txt": (SENTENCE.encode("utf-16-le"), "UTF-16"),
    "koi8.txt": (("Министр заявил, что переговоры не удались. " * 5).encode("koi8-r"), "encoding"),
    "sjis.txt": ("大臣は火曜日に声明を発表した。".encode("shift-jis") * 9, "neither UTF-8"),
    "bad.json": (b'{"text": ', "not valid JSON"),
    "number.json": (b"7", "neither an object nor a list"),
    "nested.json": (b"[" * 100_000, "nested too deep"),
    "nothing.json": (b'{"title": "x"}', "neither `text` nor `html`"),
    "blank.json": (b'{"text": " "}', "is empty"),
    "cut.txt.gz": (gzip.compress(SENTENCE.encode() * 99)[:60], "damaged"),
    "french.txt": (
        "Le ministre a déclaré mardi que les pourparlers avec le voisin ont échoué. ".encode() * 3,
        "French",
    ),
    "menu.txt": (b"Home\nWorld\nLog in\n", "no article"),
    "menu.html": (b"<html><body><a href=x>Home</a></body></html>", "no article"),
    "deep.html": (b"<html><body>" + b"<div>" * 10_000 + SENTENCE.encode(), "nested 10,0"),
    "date.json": (json.dumps({"text": SENTENCE, "published": "soon"}).encode(), "is no date"),
    "long.txt": ((SENTENCE + "\n").encode() * 12_000, "more than 200,000"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_says_what_is_wrong(tmp_path: Path, name: str) -> None:
    data, wanted = BAD[name]
    (tmp_path / name).write_bytes(data)
    assert wanted in problem(tmp_path / name)


def test_missing_file(tmp_path: Path) -> None:
    assert problem(tmp_path / "none.txt") == "no such file"


def test_larger_than_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "MAX_PAGE_BYTES", 1_000_000)
    (tmp_path / "big.txt").write_bytes(b"word " * 300_000)
    assert problem(tmp_path / "big.txt") == "is larger than 1 MB"
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"\0" * 50_000_000))
    assert problem(tmp_path / "bomb.txt.gz") == "is larger than 1 MB unpacked"


def test_bomb_of_empty_lines(tmp_path: Path) -> None:
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b"\n" * 60_000_000))
    assert "unpacks to more than" in problem(tmp_path / "bomb.jsonl.gz")


def test_one_bad_line_costs_one_page(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": SENTENCE})
    (tmp_path / "x.jsonl").write_text(f"{good}\n\n{{bad\n{good}\n", encoding="utf-8")
    found = opened(tmp_path / "x.jsonl")
    assert [isinstance(x, InputError) for x in found] == [False, True, False]
    assert isinstance(found[1], InputError)
    assert found[1].source == f"{tmp_path}/x.jsonl:3"


def test_folder_in_order_without_the_hidden_and_the_unknown(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html.gz", ".c.txt", "d.png", "sub/e.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        data = json.dumps({"text": SENTENCE}).encode() if name.endswith("json") else SENTENCE.encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    found = [x.path.removeprefix(f"{tmp_path}/") for x in opened(tmp_path) if isinstance(x, RawPage)]
    assert found == ["a.html.gz", "b.txt", "sub/e.json"]
    (tmp_path / "none").mkdir()
    assert "holds no page" in problem(tmp_path / "none")


DECODED: dict[str, tuple[str, bytes]] = {
    "UTF-8 with a mark": ("a.txt", b"\xef\xbb\xbf" + "Käse — “so”".encode()),
    "UTF-16 with a mark": ("a.txt", "Käse — “so”".encode("utf-16")),
    "windows-1252": ("a.txt", ("The farmer’s Käse — “so” he said — was sold. " * 3).encode("cp1252")),
    "declared in HTML": ("a.html", b'<meta charset="windows-1250"><p>' + "Dvořák".encode("cp1250")),
    "Latin-1 means windows-1252": ("a.html", b"<meta charset=iso-8859-1><p>\x93so\x94"),
    "one broken byte": ("a.txt", ("“so” — " * 20).encode() + b"\xe2\x80"),
}


@pytest.mark.parametrize("name", DECODED)
def test_decoding(tmp_path: Path, name: str) -> None:
    file, data = DECODED[name]
    (tmp_path / file).write_bytes(data)
    (found,) = opened(tmp_path / file)
    assert isinstance(found, RawPage)
    assert any(word in found.content for word in ("Käse — “so”", "Dvořák", "“so”"))


SNIFFED: dict[str, tuple[bytes, list[str]]] = {
    "HTML": (b"<!DOCTYPE html><p>x", ["html"]),
    "text": (b"Plain text", ["copied"]),
    "an object": (b'{"text": "x y"}', ["article"]),
    "an object over lines": (b'{\n"html": "<p>"\n}', ["html"]),
    "a list": (b'[{"text": "x"}, {"html": "y"}]', ["article", "html"]),
    "lines": (b'{"text": "x"}\n{"text": "y"}\n', ["article", "article"]),
    "packed": (gzip.compress(b"Plain text"), ["copied"]),
    "packed twice over": (gzip.compress(b"Plain ") + gzip.compress(b"text"), ["copied"]),
}


@pytest.mark.parametrize("name", SNIFFED)
def test_standard_input_is_told_by_its_content(name: str) -> None:
    data, kinds = SNIFFED[name]
    found = opened("-", stdin=data)
    assert [x.kind for x in found if isinstance(x, RawPage)] == kinds


def test_source_is_url_then_id_then_path(tmp_path: Path) -> None:
    rows = ({"text": "x", "url": "http://e.x/1", "id": "i"}, {"text": "x", "id": 4}, {"text": "x"})
    (tmp_path / "x.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = [x.source for x in opened(tmp_path / "x.jsonl") if isinstance(x, RawPage)]
    assert found == ["http://e.x/1", "4", f"{tmp_path}/x.jsonl:3"]


def changed(**fields: str) -> Callable[[RawPage], RawPage]:
    import msgspec

    return lambda page: msgspec.structs.replace(page, **fields)


@pytest.mark.parametrize(
    ("change", "same"),
    [(changed(path="q", source="q"), True), (changed(content="y"), False), (changed(kind="article"), False),
     (changed(published="2015-01-01"), False), (changed(headline=""), False)],
)  # fmt: skip
def test_fingerprint(change: Callable[[RawPage], RawPage], same: bool) -> None:
    page = RawPage(source="p", path="p", kind="copied", content="x")
    assert (change(page).fingerprint == page.fingerprint) is same
    assert pickle.loads(pickle.dumps(page)) == page
