from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import browsing
import pytest
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=browsing.chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsing.Server]:
    running = browsing.started(tmp_path_factory.mktemp("serve") / "desk")
    yield running
    assert running.stop() in {0, -signal.SIGTERM}


@pytest.fixture(scope="session")
def admin(browser: Browser, server: browsing.Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the cookies of the first admin are kept, who came by the link that the first start prints."""
    kept = tmp_path_factory.mktemp("browser") / "admin.json"
    with browsing.browsed(browser, server) as page:
        page.goto(server.admin_link)
        page.get_by_label("Name").fill("Ada Admin")
        page.get_by_label("Password").fill(browsing.PASSWORD)
        page.get_by_label("The same again").fill(browsing.PASSWORD)
        page.get_by_role("button", name="Set password and sign in").click()
        page.get_by_role("link", name="Ada Admin").wait_for()
        page.context.storage_state(path=kept)
    return str(kept)


@pytest.fixture
def opened(browser: Browser, server: browsing.Server, admin: str) -> Callable[..., AbstractContextManager[Page]]:
    """`opened(**how)`: a page on which the admin is signed in; `how` is Playwright's (viewport, color_scheme …)."""
    return lambda **how: browsing.browsed(browser, server, admin, **how)
