"""`volteface serve`: the reading room."""

from __future__ import annotations

import gc
import secrets
import socket
import sys
from pathlib import Path

import click

from volteface.cli.common import database_option
from volteface.errors import DatabaseBusy, StoreError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8770, show_default=True, help="0 takes a free one."
)
@click.option(
    "--token", envvar="VOLTEFACE_TOKEN", help="What everybody has to show; needed for any other address."
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 600),
    default=6,
    show_default=True,
    help="Seconds a query in SQL may take.",
)
@click.option(
    "--rate",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Requests a second that one address may go on sending; 0: any number.",
)
@database_option
def serve(host: str, port: int, token: str | None, timeout: float, rate: int, database: str) -> None:
    """Open the reading room: the database as pages in a browser.

    It answers this machine alone, and prints two addresses: one to read, and one to read and decide what is wrong or
    the same, whose token is new at each start. For other addresses give a token, best in VOLTEFACE_TOKEN, which other
    users of the machine cannot see; whoever reads or decides adds it to the address once: http://HOST:PORT/?token=TOKEN.
    What is sent is not encrypted.

    \b
    Example:
      volteface serve --db news.duckdb --port 8000
    """
    import uvicorn

    from volteface.cli.linking import refresh
    from volteface.show.web import is_loopback, make_app
    from volteface.store.asking.desk import Bounds

    if token is not None and len(token) < SHORTEST:
        raise click.UsageError(f"--token needs {SHORTEST} characters or more")
    if token is None and not is_loopback(host):
        raise click.UsageError(f"--host {host} can be reached from elsewhere: it needs --token")
    try:
        refresh(database)
    except DatabaseBusy as error:  # pages say so, until it is free
        click.echo(f"volteface: {error}", err=True)
    writing = secrets.token_urlsafe(TOKEN_BYTES) if token is None else None
    bounds = Bounds(seconds=timeout)
    app = make_app(Path(database), token=token, writing=writing, bounds=bounds, rate=rate or None)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False
    )
    ear = listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{ear.getsockname()[1]}/"
    click.echo(f"{address} (Ctrl-C ends it)", err=True)
    if writing is not None:
        click.echo(f"{address}?token={writing} (may decide; keep it to yourself)", err=True)
    sys.stderr.flush()
    gc.collect()
    gc.freeze()  # what is loaded now stays, and need not be looked through at each collection: 6 ms of a large page
    uvicorn.Server(config).run(sockets=[ear])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that who reads the address may come at once. Raises `StoreError` if it cannot be.

    It says that it speaks TCP, as those of uvicorn do not: else asyncio leaves Nagle's algorithm on, and every page
    comes 40 ms later, when the other side has acknowledged its head.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    ear = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.bind((host, port))
        ear.listen()
    except OSError as error:
        ear.close()
        raise StoreError(f"{host}:{port}: cannot be listened on") from error
    return ear


# Fewer characters can be guessed.
SHORTEST = 12
TOKEN_BYTES = 24
