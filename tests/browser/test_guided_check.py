"""The guided check in a browser: by keys alone to every leaf of the flowchart, the graph beside it, the paper."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import browsing
import desks
import pytest
import uvicorn
from flowcharts import DAY, small_chart, small_engine
from playwright.sync_api import Page
from ways import leaves, named, told_by

from claimwright.desk.tables import Role
from claimwright.web import app


@pytest.fixture(scope="module")
def small(browser, tmp_path_factory):
    """A server over the small library, which has the whole flowchart of infrared in it; and who is signed in there."""
    folder = tmp_path_factory.mktemp("small")
    engine = small_engine()
    desk = replace(desks.desk(folder / "desk"), engine=engine, background=engine)
    desks.somebody(desk, "Vera Viewer", Role.VIEWER)
    port = browsing.free_port()
    running = uvicorn.Server(uvicorn.Config(app.made(desk), port=port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    server = browsing.Server(f"http://localhost:{port}", "", None)
    with browsing.browsed(browser, server) as page:
        page.goto("/sign-in")
        page.get_by_label("Name").fill("Vera Viewer")
        page.get_by_label("Password").fill(desks.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Vera Viewer").wait_for()
        page.context.storage_state(path=folder / "state.json")
    yield server, str(folder / "state.json")
    running.should_exit = True
    thread.join(10)
    desk.database.close()


def begun(page: Page, **told: str) -> None:
    page.goto("/ask")
    page.get_by_label("Procedure code").fill("97026")
    page.get_by_label("Day of service").fill(str(DAY))
    page.get_by_text("More that you know already").click()
    for label, text in told.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Nothing else was done").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", level=1).wait_for()


def by_keys(page: Page, known: dict[str, str], library) -> list[str]:
    """Answer each question with the number key of what is known, or say that it is not; the facts that were asked."""
    asked: list[str] = []
    form = page.locator("form[data-fact]")
    while form.count():
        assert len(asked) < 40, asked
        fact = form.get_attribute("data-fact")
        asked.append(fact)
        value = known.get(fact, "")
        label = dict(library.facts[fact].values).get(value, value) if fact in library.facts else value
        labels = page.locator(".choices b").all_inner_texts()
        with page.expect_navigation():
            if label and labels.index(label) < 9:
                page.keyboard.press(str(labels.index(label) + 1))
            elif label:
                page.locator(".choices button").nth(labels.index(label)).press("Enter")
            else:
                page.get_by_role("button", name="I don’t know").press("Enter")
    return asked


@pytest.mark.parametrize(
    ("path", "end"), leaves(small_chart(full=True)), ids=lambda one: named(one) if isinstance(one, dict) else ""
)
def test_every_leaf_is_reached_by_keys_alone(browser, small, path, end):
    server, state = small
    with browsing.browsed(browser, server, state) as page:
        begun(page, **{"Other codes of that day": "97110", "Modifiers": "NO", "Units": "1"})
        asked = by_keys(page, told_by(path, end), small_engine().library)
        view = page.locator(".views > *", has_text="As documented").inner_text().lower()
        assert end.outcome.words in view, asked
        browsing.looked_at(page, "guided-" + "".join(one if one.isalnum() else "-" for one in named(path))[:80])


def test_the_graph_is_lit_and_back_takes_an_answer_away(opened):
    with opened() as page:
        page.goto("/ask")
        page.get_by_label("Procedure code").fill("97026")
        page.get_by_label("Day of service").fill("2026-03-10")
        page.get_by_label("Who pays").select_option("medicare-part-b")
        page.get_by_role("button", name="Begin").click()
        first = page.get_by_role("heading", level=1).inner_text()
        assert page.locator(".chart svg .dim").count() == 0
        assert page.locator(".chart svg .here").count() == 1
        browsing.looked_at(page, "guided-question")
        page.locator(".choices button").first.click()
        page.get_by_text("Question 2").wait_for()
        assert page.locator(".chart svg .dim").count() > 0
        assert page.locator(".chart svg .taken").count() > 0
        page.get_by_role("button", name="Back").click()
        page.get_by_text("Question 1").wait_for()
        assert page.get_by_role("heading", level=1).inner_text() == first
        page.get_by_role("button", name="Stop here and summarise").click()
        page.get_by_role("button", name="Print this page").wait_for()
        page.emulate_media(media="print")
        assert not page.locator(".chart").is_visible()
        assert not page.get_by_role("navigation", name="Main").is_visible()
        pdf = page.pdf(format="Letter")
        assert pdf.count(b"/Type /Page\n") == 1


def test_it_is_answered_on_a_phone_without_scripts(opened):
    with opened(viewport=browsing.PHONE, is_mobile=True, java_script_enabled=False) as page:
        page.goto("/ask")
        page.get_by_label("Procedure code").fill("97026")
        page.get_by_label("Day of service").fill("2026-03-10")
        page.get_by_label("Who pays").select_option("medicare-part-b")
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("button", name="I don’t know").click()
        page.get_by_text("Question 2").wait_for()
        page.get_by_role("button", name="Stop here and summarise").click()
        assert "Stopped before the end" in page.locator("main").inner_text()
        assert "who pays" in page.locator("main").inner_text().lower()
