"""Every address of the API, asked as a program asks: what it answers in each form, how one goes on, what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import httpx
import msgspec
import pytest
from litestar.types import ASGIApp

from tests.linked import reading
from tests.show import rooms
from volteface.codebook import plover
from volteface.errors import DatabaseBusy
from volteface.records import Record
from volteface.show.web import make_app
from volteface.show.web.api import PREFIX, answers, shapes
from volteface.show.web.room import Room
from volteface.store import Store

SHELLED = rooms.SHELLED.record.document.id
DAY = "2031-07-01"


def crowded() -> list[Any]:
    """Stories that share a day, or have none, each of another event."""
    days = [DAY] * 7 + [None] * 3
    return [
        reading(
            f"{{Moldonia}} [met] <Ruritania> near {word}; {' '.join(rooms.WORDS[n : n + 9])} {n}.",
            source=f"https://tribune.example/{n}",
            publisher="Tribune",
            published=day,
            type=list(plover().types)[n],
        )
        for n, (word, day) in enumerate(zip(rooms.WORDS, days, strict=False))
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api")
    stories = (rooms.SHELLED, rooms.FIRED, rooms.DENIED, rooms.hostile(), *rooms.stream(), *crowded())
    return rooms.database(folder / "news.duckdb", *stories)


@pytest.fixture(scope="module")
def app(path: Path) -> ASGIApp:
    return make_app(path)


@pytest.fixture(scope="module")
def linked(path: Path) -> str:
    with Store.open(path, read_only=True) as store:
        sql = "SELECT linked FROM linked WHERE document = $document"
        return str(store._rows(sql, {"document": SHELLED})[0][0])


def get(app: ASGIApp, address: str, **headers: str) -> httpx.Response:
    return rooms.ask(app, f"{PREFIX}{address}", **headers)


def items(app: ASGIApp, address: str) -> list[dict[str, Any]]:
    """All of a list that fits one answer."""
    answer = get(app, address)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    assert answer.json()["next"] is None
    assert "link" not in answer.headers
    return found


# A list, what its rows are, how many there are: the 46 stories have an event each, all but 8 claims' worth none.
LISTS = [
    ("/documents?limit=1000", shapes.Document, 46),
    ("/documents?since=2031-03-04&until=2031-03-05", shapes.Document, 4),
    ("/documents?source=ledger", shapes.Document, 1),
    ("/sentences?limit=1000", shapes.Sentence, None),
    (f"/sentences?document={SHELLED}", shapes.Sentence, None),
    ("/events?limit=1000", shapes.Event, 46),
    ("/events?type=ASSAULT&type=THREATEN&until=2031-06-01", shapes.Event, 4),
    ("/events?status=negated", shapes.Event, 1),
    ("/events?actor=Ruritania&recipient=SYL", shapes.Event, 4),
    (f"/events?document={SHELLED[:12]}", shapes.Event, 1),
    ("/linked-events?limit=1000", shapes.LinkedEvent, None),
    ("/linked-events?contested=true", shapes.LinkedEvent, 1),
    ("/linked-events?contested=false&actor=RUR", shapes.LinkedEvent, 1),
    ("/attributions", shapes.Attribution, 2),
    ("/attributions?actor=Ruritania&since=2031-03-05", shapes.Attribution, 1),
    ("/actors", shapes.Actor, 4),
    ("/actors?name=moldo", shapes.Actor, 1),
    ("/dyads", shapes.Dyad, 3),
    ("/dyads?actor=MOL&recipient=SYL", shapes.Dyad, 1),
    ("/dyads/MOL/SYL?by=month", shapes.Period, 11),
    ("/dyads/MOL/SYL?since=0001-01-01&until=9999-12-31&limit=5", shapes.Period, 5),
    ("/dyads/MOL/SYL?since=2031-02-01&until=2031-01-01&by=month", shapes.Period, 0),
    ("/dyads/XXX/SYL", shapes.Period, 0),
    ("/dyads/SYL/MOL?undirected=true&by=month&since=2030-01-01&until=2030-02-28", shapes.Period, 2),
    ("/coalitions?window=365", shapes.Window, 2),
    ("/search?q=Grenzau", shapes.Hit, 3),
    ("/search?q=moldonia&kind=actors", shapes.Hit, 1),
    ("/search?q=Ruritania&kind=attributions", shapes.Hit, 2),
    ("/search?q=nowhere", shapes.Hit, 0),
]


@pytest.mark.parametrize(("address", "shape", "number"), LISTS)
def test_lists_have_the_rows_they_are_said_to_have(
    app: ASGIApp, address: str, shape: Any, number: int | None
) -> None:
    rows = get(app, address).json()["items"]
    assert number is None or len(rows) == number
    for row in rows:
        assert tuple(row) == shape.__struct_fields__
        msgspec.convert(row, shape)


def test_one_article(app: ASGIApp) -> None:
    for name in (SHELLED, SHELLED[:12]):
        record = msgspec.convert(get(app, f"/documents/{name}").json(), Record)
        assert record.document.id == SHELLED
        assert record.document.source == "shelled.html"
        assert record.events == rooms.SHELLED.record.events


def test_one_occurrence_with_its_reports(app: ASGIApp, linked: str) -> None:
    found = msgspec.convert(get(app, f"/linked-events/{linked}").json(), shapes.Occurrence)
    assert found.reports[0].document == SHELLED
    assert len(found.reports) == 3
    assert found.contested
    report = found.reports[0]
    text = rooms.SHELLED.record.document.text
    assert text[report.start : report.end] == report.trigger
    assert report.sentence in text


def test_one_actor(app: ASGIApp) -> None:
    found = msgspec.convert(get(app, "/actors/country:RUR").json(), shapes.Profile)
    assert (found.name, found.keys) == ("Ruritania", ["country:RUR"])
    assert {partner.key for partner in found.partners} == {"country:SYL", "country:MOL"}


def test_a_course_and_what_made_its_turn(app: ASGIApp) -> None:
    found = msgspec.convert(get(app, "/courses/MOL/SYL").json(), shapes.Course)
    assert (found.actor, found.recipient, found.events, len(found.turns)) == ("MOL", "SYL", 32, 1)
    turn = found.turns[0]
    assert turn.direction == "conflict"
    assert turn.earliest <= turn.day <= turn.latest
    assert all(carrier.sentence for carrier in (*turn.sentences_before, *turn.sentences_after))
    assert all(point.low <= point.position <= point.high for point in found.points)
    assert get(app, "/courses/SYL/MOL").json()["points"] == []


def test_coalitions(app: ASGIApp) -> None:
    whole = msgspec.convert(items(app, "/coalitions")[0], shapes.Window)
    assert {edge.one for edge in whole.edges} | {edge.other for edge in whole.edges} == {"MOL", "RUR", "SYL"}
    assert {member.actor for member in whole.members} == {"MOL", "RUR", "SYL"}


# Lists, and what no two of their rows share.
WALKS = [
    ("/documents", "document"),
    ("/documents?order=newest", "document"),
    ("/sentences", "document number"),
    ("/events", "document event"),
    ("/events?order=newest&since=2031-01-01", "document event"),
    ("/linked-events", "linked"),
    ("/linked-events?order=newest", "linked"),
    ("/attributions", "document attribution"),
    ("/actors", "key"),
    ("/dyads", "actor recipient"),
    ("/dyads/MOL/SYL?by=week", "period"),
    ("/coalitions?window=90", "since"),
    ("/search?q=near", "document"),
    ("/search?q=o&kind=actors", "key"),
]


@pytest.mark.parametrize(("address", "names"), WALKS)
@pytest.mark.parametrize("step", [1, 4])
def test_a_walk_has_each_row_once_in_the_order_of_the_whole(
    app: ASGIApp, address: str, names: str, step: int
) -> None:
    most = 60 if "coalitions" in address else 1_000
    mark = "&" if "?" in address else "?"
    whole = items(app, f"{address}{mark}limit={most}")
    walked: list[dict[str, Any]] = []
    step = step if len(whole) < 60 else 13
    following: str | None = f"{PREFIX}{address}{mark}limit={step}"
    while following:
        answer = rooms.ask(app, following)
        assert len(answer.json()["items"]) <= step
        walked += answer.json()["items"]
        link = answer.headers.get("link")
        assert (link is None) is (answer.json()["next"] is None)
        following = link[1 : link.index(">")] if link else None
    assert walked == whole
    assert len({tuple(row[name] for name in names.split()) for row in walked}) == len(walked)


def test_what_has_no_day_comes_last(app: ASGIApp) -> None:
    for order in ("oldest", "newest"):
        days = [row["published"] for row in items(app, f"/documents?limit=1000&order={order}")]
        dated = [day for day in days if day]
        assert days == sorted(dated, reverse=order == "newest") + [None] * 3


FORMED = [
    ("/documents", shapes.Document),
    ("/events", shapes.Event),
    ("/linked-events", shapes.LinkedEvent),
    ("/actors", shapes.Actor),
    ("/dyads/MOL/SYL?by=month", shapes.Period),
    ("/search?q=Grenzau", shapes.Hit),
]


@pytest.mark.parametrize(("address", "shape"), FORMED)
def test_every_form_has_the_same_rows(app: ASGIApp, tmp_path: Path, address: str, shape: Any) -> None:
    mark = "&" if "?" in address else "?"
    wanted = get(app, f"{address}{mark}limit=5").json()
    forms = {form: get(app, f"{address}{mark}limit=5&format={form}") for form in ("jsonl", "csv", "parquet")}
    assert [json.loads(line) for line in forms["jsonl"].text.splitlines()] == wanted["items"]
    header, *rows = csv.reader(io.StringIO(forms["csv"].text, newline=""))
    assert tuple(header) == shape.__struct_fields__
    assert len(rows) == len(wanted["items"])
    file = tmp_path / "rows.parquet"
    file.write_bytes(forms["parquet"].content)
    found = duckdb.execute(f"SELECT * FROM '{file}'")
    assert tuple(name for name, *_ in found.description or ()) == shape.__struct_fields__
    assert len(found.fetchall()) == len(wanted["items"])
    for form, answer in forms.items():
        assert answer.headers["content-type"].partition(";")[0] == answers.MEDIA[form]  # type: ignore[index]
        assert ("link" in answer.headers) is (wanted["next"] is not None)


# What is accepted, what is given.
ACCEPTS = [
    ("", "application/json"),
    ("*/*", "application/json"),
    ("text/csv", "text/csv"),
    ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ("text/html, application/*;q=0.9", "application/json"),
    ("text/csv;q=0.3, application/jsonl;q=0.4", "application/jsonl"),
    ("application/json;q=0, text/*", "text/csv"),
]


@pytest.mark.parametrize(("accept", "media"), ACCEPTS)
def test_the_form_that_is_accepted(app: ASGIApp, accept: str, media: str) -> None:
    answer = get(app, "/documents?limit=1", Accept=accept)
    assert answer.headers["content-type"].partition(";")[0] == media
    assert (
        get(app, "/documents?limit=1&format=csv", Accept=accept)
        .headers["content-type"]
        .startswith("text/csv")
    )


@pytest.mark.parametrize(
    ("address", "columns"),
    [
        ("/courses/MOL/SYL", ["turn", "earliest", "latest"]),
        ("/courses/MOL/SYL?rows=turns", ["turn", "earliest", "latest"]),
        ("/courses/MOL/SYL?rows=points", ["day", "position", "low", "high"]),
        ("/coalitions?rows=members", ["since", "until", "actor", "bloc"]),
        ("/coalitions?rows=edges", ["since", "until", "one", "other"]),
        ("/coalitions?window=90&rows=moves", ["since", "until", "actor", "move"]),
    ],
)
def test_rows_of_what_is_not_one_list(app: ASGIApp, address: str, columns: list[str]) -> None:
    answer = get(app, f"{address}", Accept="text/csv")
    header, *_ = csv.reader(io.StringIO(answer.text, newline=""))
    assert header[: len(columns)] == columns


CURSOR = "WyJhIG9sZGVzdCIsIjIwMzEtMDEtMDEiXQ"
# What cannot be asked: the status, and which parameter is said to be wrong.
WRONG = [
    ("/nowhere", 404, None),
    ("/documents/x", 400, "document"),
    (f"/documents/{'0' * 64}", 404, None),
    ("/linked-events/000000000000", 404, None),
    ("/actors/nobody", 404, None),
    ("/events?actr=RUR", 400, "actr"),
    ("/events?actor=", 400, "actor"),
    ("/events?actor=A&actor=B", 400, "actor"),
    ("/events?type=SHOUT", 400, "type"),
    ("/events?status=true", 400, "status"),
    ("/events?since=yesterday", 400, "since"),
    ("/events?since=2031-02-30", 400, "since"),
    ("/events?until=null", 400, "until"),
    ("/events?format=null", 400, "format"),
    ("/coalitions?window=null", 400, "window"),
    ("/events?limit=0", 400, "limit"),
    ("/events?limit=5001", 400, "limit"),
    ("/events?limit=many", 400, "limit"),
    ("/events?format=xml", 400, "format"),
    ("/events?order=random", 400, "order"),
    ("/events?document=zzz", 400, "document"),
    (f"/events?actor={'x' * 201}", 400, "actor"),
    ("/events?cursor=x", 400, "cursor"),
    ("/events?cursor=%F0%9F%99%82", 400, "cursor"),
    (f"/events?cursor={CURSOR}", 400, "cursor"),
    ("/linked-events?contested=perhaps", 400, "contested"),
    ("/search", 400, "q"),
    ("/search?q=x&kind=places&since=2031-01-01", 400, "kind"),
    ("/coalitions?window=7&since=1900-01-01&until=2031-12-31", 400, "window"),
    ("/courses/MOL/SYL?rows=all", 400, "rows"),
    ("/documents?source=" + "x" * 4_000, 414, None),
]


@pytest.mark.parametrize(("address", "status", "parameter"), WRONG)
def test_what_is_wrong_is_a_problem(app: ASGIApp, address: str, status: int, parameter: str | None) -> None:
    problem_of(get(app, address), status, parameter)


def problem_of(answer: httpx.Response, status: int, parameter: str | None = None) -> dict[str, Any]:
    """The problem that an answer is."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert [each["parameter"] for each in told.get("errors", [])] == ([parameter] if parameter else [])
    return told


def test_a_cursor_of_another_list(app: ASGIApp) -> None:
    cursor = get(app, "/documents?limit=1").json()["next"]
    problem_of(get(app, f"/events?cursor={cursor}"), 400, "cursor")
    problem_of(get(app, f"/documents?order=newest&cursor={cursor}"), 400, "cursor")


def test_what_the_guard_refuses_is_a_problem(app: ASGIApp, path: Path) -> None:
    problem_of(get(app, "/documents", Host="evil.example"), 421)
    problem_of(get(make_app(path, token="correct horse battery"), "/documents"), 401)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY"):
        answer = rooms.ask(app, f"{PREFIX}/documents", method=method)
        problem_of(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD"


def test_one_thing_is_json_alone(app: ASGIApp) -> None:
    problem_of(get(app, f"/documents/{SHELLED}", Accept="text/csv"), 406)
    problem_of(get(app, "/documents", Accept="image/png"), 406)
    problem_of(get(app, f"/documents/{SHELLED}?format=csv"), 400, "format")


def test_too_many_requests(path: Path) -> None:
    app = make_app(path, rate=1)
    answers_ = [rooms.ask(app, f"{PREFIX}/nowhere") for _ in range(12)]
    assert {answer.status_code for answer in answers_[:10]} == {404}
    problem_of(answers_[-1], 429)
    assert int(answers_[-1].headers["retry-after"]) >= 1
    assert rooms.ask(app, "/").headers["content-type"].startswith("text/plain")


def test_a_database_in_use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy(f"{path}: in use")

    monkeypatch.setattr(Room, "open", busy)
    answer = get(make_app(path), "/documents")
    assert str(path) not in json.dumps(problem_of(answer, 503))
    assert int(answer.headers["retry-after"]) > 0


def test_an_error_of_the_program(app: ASGIApp, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(str(path))

    monkeypatch.setattr(Room, "keep", broken)
    assert str(path.parent) not in json.dumps(problem_of(get(app, "/courses/MOL/SYL?until=2031-01-01"), 500))


def test_a_question_is_stopped(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SECONDS", 0.0)
    problem_of(get(app, "/documents?since=2029-01-01"), 504)


def test_no_answer_has_a_path_of_the_host(app: ASGIApp, path: Path, linked: str) -> None:
    own = [f"/documents/{SHELLED}", f"/linked-events/{linked}", "/actors/country:RUR", "/courses/RUR/SYL"]
    for address in (*(list_[0] for list_ in LISTS), *own):
        text = get(app, address).text
        for piece in ("/home/ada", "pages\\", str(path.parent)):
            assert piece not in text, address


def test_the_document_and_its_page(app: ASGIApp) -> None:
    answer = get(app, "/openapi.json")
    schema = answer.json()
    assert answer.headers["content-type"] == "application/json"
    operations = {path: item["get"] for path, item in schema["paths"].items()}
    assert {path.removeprefix(PREFIX).split("/")[1] for path in operations} == {
        "documents", "sentences", "events", "linked-events", "attributions", "actors", "dyads", "courses", "coalitions",
        "search",
    }  # fmt: skip
    page = rooms.ask(app, "/api").text
    for path, told in operations.items():
        assert path in page
        assert told["summary"]
        assert told["description"]
        assert {"200", "400", "405", "429", "503"} <= told["responses"].keys()
        assert all(parameter["description"] for parameter in told.get("parameters", ()))
    for part in ("<script", 'src="http', 'href="http'):
        assert part not in page


def test_a_database_of_an_older_version(tmp_path: Path) -> None:
    path = rooms.database(tmp_path / "old.duckdb")
    with Store.open(path) as store:
        store._rows("DELETE FROM migrations WHERE name = (SELECT max(name) FROM migrations)", {})
    answer = rooms.ask(make_app(path), "/api/v1/documents")
    assert answer.status_code == 503
    assert "volteface links" in answer.json()["detail"]
    assert "volteface links" in rooms.ask(make_app(path), "/documents").text


@pytest.mark.parametrize("form", ["documents", "sentences", "events", "attributions"])
def test_what_an_earlier_coder_made_is_not_listed(tmp_path: Path, form: str) -> None:
    stories = [rooms.SHELLED, rooms.DENIED, *crowded()]
    path = rooms.database(tmp_path / "twice.duckdb", *stories)
    before = rooms.ask(make_app(path), f"/api/v1/{form}").json()["items"]
    with Store.open(path) as store:
        for coder in ("another", "the last"):
            store.add(stories, coder=coder)
    assert rooms.ask(make_app(path), f"/api/v1/{form}").json()["items"] == before
    some = rooms.ask(make_app(path), f"/api/v1/{form}?limit=2").json()
    assert some["items"] == before[:2]
