"""What the tests and the pictures share: a browser, a server, and an eye on what pages do that they should not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    sync_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Widths that people have: a small telephone, a laptop, a wall screen.
NARROW, USUAL, WALL = 360, 1280, 2560
HEIGHT = 900
Scheme = Literal["light", "dark"]
SECONDS = 30


def chromium() -> str | None:
    """The program of the system's Chromium, if there is one; `VOLTEFACE_CHROMIUM` names another."""
    return os.environ.get("VOLTEFACE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browsing(program: str) -> Iterator[Browser]:
    """The browser, running."""
    with sync_playwright() as playwright:
        # Text is drawn without the hinting of a machine's own settings, so that pictures of two machines are alike.
        options = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"]
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Served:
    """A server: its address without the slash at its end, and the page by which one may decide."""

    address: str
    deciding: str


@contextmanager
def serving(database: Path, *options: str) -> Iterator[Served]:
    """A `volteface serve` of its own over the database."""
    command = [sys.executable, "-m", "volteface", "serve", "--db", str(database), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            told = ""
            for line in process.stderr:
                told += line
                if found := re.search(r"(http://127\.0\.0\.1:\d+)(/\?token=\S+)", line):
                    break
            else:
                raise AssertionError(f"serve ended: {told}")
            yield Served(found[1], found[2])
        finally:
            process.terminate()


@dataclass
class Visitor:
    """Opens pages of one server, each in a fresh profile, and notes what no page may do.

    `troubles`: requests to elsewhere, dialogs, errors and warnings of the console (where what the policy forbids is
    told too), exceptions of scripts. `expected`: words of those that a test brings about.
    """

    browser: Browser
    served: Served
    troubles: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    opened: list[BrowserContext] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The address of the server."""
        return self.served.address

    def open(
        self,
        address: str = "/",
        *,
        width: int = USUAL,
        height: int = HEIGHT,
        scheme: Scheme = "light",
        script: bool = True,
    ) -> Page:
        """The page at an address of the server, loaded."""
        context = self.browser.new_context(
            base_url=self.origin,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(SECONDS * 1000)
        self.opened.append(context)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self._note(f"exception: {error.error}"))
        page = context.new_page()
        page.goto(address)
        return page

    def close(self) -> None:
        """Close every page that is open."""
        while self.opened:
            self.opened.pop().close()

    def _note(self, trouble: str) -> None:
        if not any(words in trouble for words in self.expected):
            self.troubles.append(trouble)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "about:")):
            self._note(f"request to {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console: {message.text} ({message.location['url']})")

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()
