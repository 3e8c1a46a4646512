"""Who is answered, and with what headers; and the real server over loopback."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
import urllib.request
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner
from litestar.types import ASGIApp

from tests.show import rooms
from volteface.cli import main
from volteface.cli.serving import listening
from volteface.errors import StoreError
from volteface.show.web import is_loopback, make_app
from volteface.show.web.guard import COOKIE, FORM

TOKEN = "correct horse battery"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rooms.database(tmp_path_factory.mktemp("room") / "news.duckdb", rooms.SHELLED)


@pytest.fixture(scope="module")
def app(path: Path) -> ASGIApp:
    return make_app(path)


@pytest.fixture(scope="module")
def closed(path: Path) -> ASGIApp:
    return make_app(path, token=TOKEN)


HOSTS = [
    ("127.0.0.1:8770", 200),
    ("localhost", 200),
    ("LOCALHOST:1", 200),
    ("127.3.2.1:80", 200),
    ("[::1]:8770", 200),
    ("evil.example", 421),
    ("127.0.0.1.evil.example", 421),
    ("localhost.evil.example:8770", 421),
    ("127.0.0.1@evil.example", 421),
    ("192.168.0.7", 421),
    ("", 421),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_names_of_this_machine(app: ASGIApp, host: str, status: int) -> None:
    assert rooms.ask(app, "/static/icon.svg", Host=host).status_code == status


@pytest.mark.parametrize("address", ["/", "/nowhere", "/static/room.css", "/explore/events.csv", "/digest/x"])
def test_headers_of_every_answer(app: ASGIApp, address: str) -> None:
    headers = rooms.ask(app, address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_is_written(app: ASGIApp, method: str) -> None:
    assert rooms.ask(app, "/documents", method=method).status_code == 405


def test_nobody_writes_where_there_is_no_token(app: ASGIApp) -> None:
    assert rooms.send(app, "/decisions/undo", {"number": "1"}).status_code == 403


def test_head(app: ASGIApp) -> None:
    assert rooms.ask(app, "/documents", method="HEAD").status_code == 200


def test_too_long_an_address(app: ASGIApp) -> None:
    assert rooms.ask(app, "/search?q=" + "x" * 5000).status_code == 414


# headers, status
TOKENS = [
    ({}, 401),
    ({"Authorization": f"Bearer {TOKEN}"}, 200),
    ({"Authorization": f"bearer {TOKEN}"}, 200),
    ({"Authorization": "Bearer correct horse"}, 401),
    ({"Authorization": TOKEN}, 401),
    ({"Cookie": f"{COOKIE}_8770={TOKEN}"}, 401),
    ({"Cookie": "\x01;=;"}, 401),
]


@pytest.mark.parametrize(("headers", "status"), TOKENS)
def test_with_a_token_everybody_shows_it(closed: ASGIApp, headers: dict[str, str], status: int) -> None:
    assert rooms.ask(closed, "/static/icon.svg", Host="room.example", **headers).status_code == status


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/?token={}", "/"),
        ("/search?q=a+b&token={}", "/search?q=a+b"),
        ("//evil.example/?token={}", "/evil.example/"),
    ],
)
def test_the_token_in_an_address_becomes_a_cookie(closed: ASGIApp, address: str, leads_to: str) -> None:
    path = address.format(TOKEN.replace(" ", "+"))
    answer = rooms.ask(closed, f"http://room.example:8770{path}")
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie
    shown = rooms.ask(closed, "/static/icon.svg", Cookie=cookie.partition(";")[0])
    assert shown.status_code == 200
    assert rooms.ask(closed, "/?token=wrong").status_code == 401


SITE = {"Sec-Fetch-Site": "same-origin"}
ORIGIN = {"Origin": "http://127.0.0.1:8770"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}
# headers, whether the cookie and the form's token are sent, status: 409 is that of a decision that there is not
WRITERS = [
    (SITE, True, True, 409),
    (ORIGIN, True, True, 409),
    ({**SITE, "Origin": "null"}, True, True, 409),
    (BEARER, False, False, 409),
    ({**BEARER, "Host": "localhost:1"}, False, False, 409),
    ({}, True, True, 403),
    ({"Sec-Fetch-Site": "same-site"}, True, True, 403),
    ({"Sec-Fetch-Site": "cross-site", **ORIGIN}, True, True, 403),
    ({"Sec-Fetch-Site": "none"}, True, True, 403),
    ({"Origin": "http://127.0.0.1:9999"}, True, True, 403),
    ({"Origin": "http://evil.example"}, True, True, 403),
    ({"Origin": "null"}, True, True, 403),
    ({"Origin": "http://[::1"}, True, True, 403),
    (SITE, True, False, 403),
    (SITE, False, True, 401),
    ({"Authorization": "Bearer wrong"}, False, False, 401),
    ({**SITE, "Host": "evil.example"}, True, True, 421),
    ({**SITE, "Content-Type": "application/json"}, True, True, 415),
    ({**SITE, "Content-Type": "multipart/form-data; boundary=x"}, True, True, 415),
    ({**SITE, "Content-Length": "99999"}, True, True, 413),
    ({**SITE, "Content-Length": "-1"}, True, True, 413),
]


@pytest.fixture(scope="module")
def open_(path: Path) -> ASGIApp:
    return make_app(path, writing=TOKEN)


def credentials(app: ASGIApp) -> tuple[str, str]:
    """The cookie of who came with the token, and the value that forms then have."""
    cookie = rooms.ask(app, f"/?token={TOKEN.replace(' ', '+')}").headers["set-cookie"].partition(";")[0]
    page = rooms.ask(app, "/actors/country:RUR", Cookie=cookie).text
    found = re.search(r'name="form" value="([0-9a-f]{64})"', page)
    assert found
    return cookie, found[1]


@pytest.mark.parametrize(("headers", "cookie", "token", "status"), WRITERS)
def test_who_may_write(
    open_: ASGIApp, headers: dict[str, str], cookie: bool, token: bool, status: int
) -> None:
    kept, form = credentials(open_)
    data: dict[str, str | list[str]] = {"number": "77", **({"form": form} if token else {})}
    sent = {**headers, **({"Cookie": kept} if cookie else {})}
    answer = rooms.send(open_, "/decisions/undo", data, **sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-security-policy"]


def test_reading_needs_no_token_where_writing_does(open_: ASGIApp) -> None:
    page = rooms.ask(open_, "/actors/country:RUR").text
    assert "<form method" not in page
    assert "volteface serve</code> printed" in page
    assert rooms.ask(open_, "/?token=of-yesterday").status_code == 401
    assert (
        rooms.ask(open_, "/documents", method="POST", **BEARER, **{"Content-Type": FORM}).status_code == 405
    )


def test_too_large_a_form(open_: ASGIApp) -> None:
    for data in ({"why": "x" * 20_000}, {f"f{n}": "x" for n in range(100)}):
        answer = rooms.send(open_, "/decisions/undo", dict(data), **BEARER)
        assert answer.status_code in (400, 413)


def test_loopback() -> None:
    for name in ("localhost", "127.0.0.1", "::1", "[::1]", "127.9.9.9"):
        assert is_loopback(name), name
    for name in ("0.0.0.0", "::", "10.0.0.1", "example.org", "", "localhost.example"):
        assert not is_loopback(name), name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--host", "0.0.0.0"], "needs --token"), (["--token", "short"], "characters or more")],
)
def test_what_serve_refuses(path: Path, arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(main, ["serve", "--db", str(path), *arguments])
    assert result.exit_code == 2
    assert words in result.output


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--db", str(tmp_path / "none.duckdb")])
    assert result.exit_code == 1
    assert "no such database" in result.output


def test_a_page_does_not_wait_until_its_head_is_acknowledged() -> None:
    async def work() -> int:
        delays = asyncio.Queue[int]()

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nodelay = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            await delays.put(nodelay)
            writer.close()

        with listening("127.0.0.1", 0) as ear:
            async with await asyncio.start_server(answer, sock=ear):
                _, writer = await asyncio.open_connection(*ear.getsockname())
                writer.close()
                return await delays.get()

    assert asyncio.run(work())


def test_a_port_that_is_taken() -> None:
    with (
        listening("127.0.0.1", 0) as ear,
        pytest.raises(StoreError, match=f"127.0.0.1:{ear.getsockname()[1]}: cannot be listened on"),
    ):
        listening("127.0.0.1", ear.getsockname()[1])


def test_the_real_server(path: Path) -> None:
    command = [sys.executable, "-m", "volteface", "serve", "--db", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.match(r"(http://127\.0\.0\.1:\d+)/", line)
            assert found, line
            for address in (
                "/",
                "/documents",
                f"/documents/{rooms.SHELLED.record.document.id}",
                "/static/room.css",
            ):
                status, headers, body = fetch(found[1] + address)
                assert (status, bool(body)) == (200, True), address
                assert headers["Content-Security-Policy"]
                assert headers["Server"] is None
            assert fetch(found[1] + "/nowhere")[0] == 404
            assert fetch(found[1] + "/", Host="evil.example")[0] == 421
            subprocess.run(  # between pages the database is free to be written
                [sys.executable, "-m", "volteface", "decide", "actor", "country:RUR", "role=neighbour",
                 "--db", str(path)], check=True, capture_output=True, timeout=120,
            )  # fmt: skip
            assert b"neighbour" in fetch(found[1] + "/actors/country:RUR")[2]
        finally:
            process.terminate()


def fetch(url: str, **headers: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()
