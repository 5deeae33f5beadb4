"""A real server and a real browser: what is on a page, what it asks of the network, and whether everyone can use it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SHOTS = ROOT / "out" / "screenshots"
PASSWORD = "four words that rhyme"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
BINARIES = ("chromium", "google-chrome", "chromium-browser")
PATIENCE = 60.0
WORK = re.compile(r"^Work \d+ lines")


def chromium() -> str:
    found = next((path for name in BINARIES if (path := shutil.which(name))), None)
    assert found, "no Chromium; `make needs` installs it"
    return found


@dataclass
class Server:
    """`claimwright serve` in a process of its own, on a port of its own."""

    url: str
    admin_link: str
    process: subprocess.Popen[str]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(folder: Path, *options: str, port: int = 0) -> Server:
    """Start the server and wait until it answers."""
    port = port or free_port()
    said = folder.with_suffix(".said")
    command = [sys.executable, "-c", "from claimwright.cli import main; main()", "serve"]
    with said.open("w") as errors:
        process = subprocess.Popen(
            [*command, "--folder", str(folder), "--port", str(port), "--no-store", *options],
            stderr=errors,
            stdout=errors,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    url = f"http://localhost:{port}"
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{url}/sign-in", timeout=5):
                break
        except OSError:
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < patience, said.read_text()
            time.sleep(0.1)
    link = re.search(r"\S+/link\?of=\S+", said.read_text())
    return Server(url, link.group() if link else "", process)


@dataclass
class Watched:
    """A browser's page, and all that went wrong on it."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def watch(self, server: str) -> None:
        home = urlsplit(server).netloc

        def asked(url: str) -> None:
            parts = urlsplit(url)
            if parts.scheme not in {"data", "blob", "about"} and parts.netloc != home:
                self.wrong.append(f"asked another machine: {parts.netloc}")

        self.page.on("request", lambda request: asked(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on(
            "console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None
        )


@contextmanager
def browsed(
    browser: Browser, server: Server, state: str | None = None, *, missing: bool = False, **how: object
) -> Iterator[Page]:
    """A page in a browser of its own. That something asked another machine, or a script failed, fails the test.

    `missing`: pages are asked for that are not there or cannot be, of which a browser's console complains.
    """
    context: BrowserContext = browser.new_context(
        base_url=server.url,
        storage_state=state,
        **{"viewport": DESK, **how},  # type: ignore[arg-type]
    )
    context.set_default_timeout(15_000)
    watched = Watched(context.new_page())
    watched.watch(server.url)
    try:
        yield watched.page
    finally:
        context.close()
    wrong = [one for one in watched.wrong if not (missing and "status of 4" in one)]
    assert wrong == [], wrong


def handed_in(page: Page, name: str) -> Locator:
    """The example week and its notes handed in and checked; the link to its lines."""
    page.goto("/batches/new")
    page.get_by_label("Claims").set_input_files(EXAMPLES / "clinic-week.837")
    page.get_by_label("Treatment notes").set_input_files(sorted((EXAMPLES / "notes").iterdir()))
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("As of").fill("2026-03-20")
    page.get_by_role("button", name="Check these files").click()
    page.get_by_role("heading", name=name).wait_for()
    work = page.get_by_role("link", name=WORK)
    work.wait_for(timeout=60_000)  # the page looks again by itself, with scripts and without
    return work


def looked_at(page: Page, name: str) -> None:
    """Keep a picture of the page, and hold it to what everyone needs: no serious issue of axe, nothing cut off."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    found = Axe().run(page)
    serious = [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found.response["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]
    assert serious == [], "\n".join(serious)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name}: {wide} pixels wider than the window"
