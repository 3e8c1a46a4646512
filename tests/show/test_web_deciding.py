"""Decisions from pages: kept once, seen at once, undone; whatever becomes of the browser or the server."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

import pytest
from litestar.types import ASGIApp

from tests.linked import reading
from tests.show import rooms
from volteface.cli.linking import refresh
from volteface.linking import is_stale
from volteface.show.web import make_app
from volteface.show.web.room import Room
from volteface.store import Store
from volteface.store.turns import Latch

TOKEN = "correct horse battery"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
# Tells of another event of the same parties, two days later.
ELSEWHERE = reading(
    "{Ruritania} [recalled] its envoy from <Sylvania> over the quota for barley and timber.",
    source="https://courier.example/elsewhere",
    publisher="Courier",
    published="2031-03-06",
    date="2031-03-06",
    type="COERCE",
    quad="material conflict",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rooms.database(
        tmp_path / "news.duckdb", rooms.SHELLED, rooms.FIRED, rooms.DENIED, ELSEWHERE, rooms.hostile()
    )


@pytest.fixture
def app(path: Path) -> ASGIApp:
    return make_app(path, writing=TOKEN)


class Browser:
    """One who has the token, and sends the forms that pages show."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        cookie = rooms.ask(app, f"/?token={TOKEN.replace(' ', '+')}").headers["set-cookie"]
        self.headers = {"Cookie": cookie.partition(";")[0], "Sec-Fetch-Site": "same-origin"}

    def get(self, address: str) -> str:
        answer = rooms.ask(self.app, address, **self.headers)
        assert answer.status_code == 200, (address, answer.text)
        return answer.text

    def forms(self, address: str) -> list[tuple[str, dict[str, str | list[str]], str]]:
        """(action, hidden fields, all of it) of each form that is sent."""
        return [
            (
                action,
                {n: unescape(v) for n, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body)},
                body,
            )
            for action, body in re.findall(
                r'(?s)<form[^>]*method="post" action="([^"]+)">(.*?)</form>', self.get(address)
            )
        ]

    def send(self, page: str, what: str, number: int = 0, times: int = 1, **fields: str) -> str:
        """Where the form with this button leads."""
        chosen = [form for form in self.forms(page) if f'name="what" value="{what}"' in form[2]][number]
        data: dict[str, str | list[str]] = {**chosen[1], "what": what, **fields}
        answers = {
            (answer.status_code, answer.headers.get("location", answer.text))
            for _ in range(times)
            for answer in [rooms.send(self.app, unescape(chosen[0]), data, **self.headers)]
        }
        ((status, location),) = answers  # sent twice it leads to the same
        assert status == 303, location
        return str(location)

    def undo(self, number: int) -> None:
        (form,) = [f for f in self.forms("/decisions") if f[1].get("number") == str(number)]
        assert rooms.send(self.app, form[0], form[1], **self.headers).status_code == 303


@pytest.fixture
def browser(app: ASGIApp) -> Browser:
    return Browser(app)


def event_of(browser: Browser, one: object) -> str:
    """The page of the event that a story tells of."""
    document = one.record.document.id  # type: ignore[attr-defined]
    found = re.search(r'href="(/events/\w+)"', browser.get(f"/documents/{document}"))
    assert found
    return found[1]


def held(path: Path) -> list[tuple[str, str, str | None, str | None, bool]]:
    """The decisions, in short; links and acts are as they ask for."""
    with Store.open(path, read_only=True) as store:
        assert not is_stale(store)
        return [
            (d.kind, d.subject, d.object, d.value, d.undone is None) for d in store.decisions(undone=True)
        ]


def test_a_report_is_split_off_and_comes_back(browser: Browser, path: Path) -> None:
    before = event_of(browser, rooms.SHELLED)
    assert "3 articles tell" in browser.get(before)
    place = browser.send(before, "split", 1, why="another town", who="Ada")
    assert "1 article tells" in browser.get(place)
    assert "Kept:" in browser.get(place)
    assert "2 articles tell" in browser.get(event_of(browser, rooms.SHELLED))
    listed = browser.get("/decisions")
    assert "another town" in listed
    assert ">Ada<" in listed
    numbers = [n for n, _ in enumerate(held(path), 1)]
    assert len(numbers) == 2  # from each of the two others
    for number in numbers:
        browser.undo(number)
    assert "3 articles tell" in browser.get(event_of(browser, rooms.SHELLED))
    assert not any(still for *_, still in held(path))


def test_one_is_merged_with_another_that_is_offered(browser: Browser, path: Path) -> None:
    one, other = event_of(browser, rooms.SHELLED), event_of(browser, ELSEWHERE)
    assert one != other
    offered = next(f for f in browser.forms(other) if "merge" in f[2])[2]
    assert f'value="{one.rpartition("/")[2]}"' in offered
    place = browser.send(other, "merge", times=3, other=one.rpartition("/")[2], why="the same night")
    assert "4 articles tell" in browser.get(place)
    assert len(held(path)) == 1
    browser.undo(1)
    assert "3 articles tell" in browser.get(event_of(browser, rooms.SHELLED))


ADDRESSES = [
    "http://127.0.0.1:8770{event}?page=1",
    "{event}",
    "{id}",
    "/documents/{document}#E1",
    "{document}:E1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_other_event_by_its_address(browser: Browser, address: str) -> None:
    one = event_of(browser, rooms.SHELLED)
    given = address.format(event=one, id=one.rpartition("/")[2], document=rooms.SHELLED.record.document.id)
    place = browser.send(event_of(browser, ELSEWHERE), "merge", address=given)
    assert "4 articles tell" in browser.get(place)


def test_wrong_reports_and_events(browser: Browser, path: Path) -> None:
    one = event_of(browser, rooms.SHELLED)
    place = browser.send(one, "wrong", 2, times=2, why="it is denied")
    assert "2 articles tell" in browser.get(place)
    place = browser.send(event_of(browser, rooms.SHELLED), "all-wrong", times=2)
    assert place.startswith("/decisions?decided=2,3")
    assert "Kept:" in browser.get(place)
    assert 'href="/events/' not in browser.get(f"/documents/{rooms.SHELLED.record.document.id}")
    assert [kind for kind, *_ in held(path)] == ["wrong-event"] * 3
    for number in (1, 2, 3):
        browser.undo(number)
    assert "3 articles tell" in browser.get(event_of(browser, rooms.SHELLED))


def test_an_actor_is_corrected_at_once_also_back(browser: Browser, path: Path) -> None:
    address = "/actors/country:RUR"
    place = browser.send(
        address, "correct", times=2, role="neighbour", country="Norway", why="a treaty", who="Åse €"
    )
    page = browser.get(place)
    assert "neighbour" in page
    assert "<strong>Norway</strong>" in page
    browser.send(address, "correct", role="rival")
    browser.send(address, "correct", role="neighbour")  # again, after another
    assert [value for *_, value, _ in held(path)] == ["NOR", "neighbour", "rival", "neighbour"]
    browser.undo(1)
    assert "<strong>Norway</strong>" not in browser.get(address)


def test_actors_are_joined_and_parted(browser: Browser, path: Path) -> None:
    place = browser.send(
        "/actors/country:RUR", "merge", times=2, address="http://127.0.0.1:8770/actors/country:SYL?page=1"
    )
    assert place.startswith("/actors/country%3ASYL?decided=1")
    assert "Kept" in browser.get(place)
    assert held(path)[0][:3] == ("same-actor", "country:RUR", "country:SYL")
    browser.undo(1)
    assert held(path)[0][-1] is False


# Address, what, fields, status, words
REFUSED = [
    ("/events/{}", {"what": "merge"}, 400, "With which event"),
    ("/events/{}", {"what": "merge", "address": "/events/000000000000"}, 400, "no event 000000000000"),
    ("/events/{}", {"what": "merge", "other": "{}"}, 409, "the same as itself"),
    ("/events/{}", {"what": "merge", "address": "0000000000000000:1-2"}, 409, "start of no document"),
    ("/events/{}", {"what": "merge", "address": "javascript:alert(1)"}, 400, "With which event"),
    ("/events/{}", {"what": "split", "report": "x"}, 400, "not one of this event"),
    ("/events/{}", {"what": "eat"}, 400, "What is to be decided"),
    ("/events/{}", {"what": "all-wrong", "why": "x" * 501}, 400, "No more than 500 characters"),
    ("/events/000000000000", {"what": "all-wrong"}, 404, "Not here"),
    ("/events/x", {"what": "all-wrong"}, 404, "Not here"),
    ("/actors/country:RUR", {"what": "correct"}, 400, "Nothing was changed"),
    ("/actors/country:RUR", {"what": "correct", "country": "Atlantis"}, 409, "no ISO alpha-3"),
    ("/actors/country:RUR", {"what": "correct", "sector": "<b>"}, 409, "&lt;b&gt;"),
    ("/actors/country:RUR", {"what": "merge", "address": "nobody"}, 409, "o actor with the key"),
    ("/actors/country:RUR", {"what": "merge"}, 400, "With whom"),
    ("/actors/nobody", {"what": "correct", "role": "x"}, 404, "Not here"),
]


@pytest.mark.parametrize(("address", "fields", "status", "words"), REFUSED)
def test_what_cannot_be_decided(
    browser: Browser, path: Path, address: str, fields: dict[str, str], status: int, words: str
) -> None:
    own = event_of(browser, rooms.SHELLED).rpartition("/")[2]
    data: dict[str, str | list[str]] = {name: value.replace("{}", own) for name, value in fields.items()}
    place = address.replace("{}", own) + "/decisions"
    answer = rooms.send(browser.app, place, data, **BEARER)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert str(path) not in answer.text
    assert held(path) == []


@pytest.mark.parametrize("number", ["", "x", "1,", "-1", "9" * 12, "1 OR 1"])
def test_what_cannot_be_undone(app: ASGIApp, number: str) -> None:
    answer = rooms.send(app, "/decisions/undo", {"number": number}, **BEARER)
    assert answer.status_code == 400


def test_what_people_write_is_only_text(browser: Browser) -> None:
    browser.send(
        "/actors/country:RUR", "correct", role=rooms.MARKUP, why=rooms.MARKUP + "\u202e\x07", who="\n x"
    )
    for address in ("/decisions", "/actors/country:RUR", "/decisions?decided=1"):
        page = browser.get(address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        assert "\u202e" not in page


# Seconds for which another process has the database, that a form waits, status
HELD = [(1.0, 20.0, 303), (60.0, 0.5, 503)]


@pytest.mark.parametrize(("seconds", "wait", "status"), HELD)
def test_while_others_write(
    path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, wait: float, status: int
) -> None:
    """A decision waits for its turn, and is told when that does not come."""
    monkeypatch.setattr("volteface.show.web.app.Room", partial(Room, wait=wait))
    app = make_app(path, writing=TOKEN)
    hold = (
        "import sys, time, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True);"
        "time.sleep(float(sys.argv[2]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        data: dict[str, str | list[str]] = {"what": "correct", "role": "patient"}
        answer = rooms.send(app, "/actors/country:RUR/decisions", data, **BEARER)
        other.kill()
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)
    assert len(held(path)) == (status == 303)


def test_while_others_link(browser: Browser, path: Path) -> None:
    """What is decided while `read` links is kept, and said to be seen later."""
    one = event_of(browser, rooms.SHELLED)
    claim = Latch(path.with_name(f"{path.name}.run"))
    assert claim.take()
    place = browser.send(one, "all-wrong", times=2)
    assert place == "/decisions?decided=1,2,3&later=1"
    assert "show it when that has ended" in browser.get(place)
    claim.release()
    refresh(str(path))
    assert len(held(path)) == 3
    assert rooms.ask(browser.app, one).status_code == 404


class Server:
    """The real one, which is killed."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "volteface", "serve", "--db", str(path), "--port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        lines = self.process.stderr.readline(), self.process.stderr.readline()
        found = re.match(r"(http://\S+/)\?token=(\S+) ", lines[1])
        assert found, lines
        self.address, self.token = found[1], found[2]

    def decide(self, role: str) -> int:
        data = urlencode({"what": "correct", "role": role, "once": role}).encode()
        request = urllib.request.Request(
            f"{self.address}actors/country:RUR/decisions", data, {"Authorization": f"Bearer {self.token}"}
        )
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=60) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


@pytest.fixture
def servers(path: Path) -> Iterator[list[Server]]:
    started: list[Server] = []
    yield started
    for server in started:
        server.kill()


def test_killed_in_the_midst(path: Path, servers: list[Server]) -> None:
    """Of decisions that were sent while the server was killed, each that was answered is there; sent again, all are
    there, once."""
    roles = [f"role {number}" for number in range(400)]
    answered: list[str] = []
    left = iter(roles)
    sent: list[str] = []

    def press(server: Server) -> None:
        for role in left:
            sent.append(role)
            try:
                if server.decide(role) == 303:
                    answered.append(role)
            except (URLError, OSError):
                return

    for patience in (0.7, 0.4, 0.9):
        servers.append(Server(path))
        before = len(answered)
        pressing = threading.Thread(target=press, args=(servers[-1],))
        pressing.start()
        while len(answered) == before and pressing.is_alive():
            time.sleep(0.01)
        time.sleep(patience)
        servers[-1].kill()
        pressing.join()
    with Store.open(path) as store:
        kept = [d.value for d in store.decisions(undone=True)]
    assert set(answered) <= set(kept), "a decision that was answered is lost"
    assert len(kept) == len(set(kept)) <= len(answered) + 3
    servers.append(Server(path))
    for role in sent:
        assert servers[-1].decide(role) == 303
    servers.pop().kill()
    values = [value for *_, value, _ in held(path)]
    assert sorted(map(str, values)) == sorted(sent)
