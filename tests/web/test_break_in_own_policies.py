"""Policies of one's own are documents that somebody wrote: shown as written, and no markup of theirs is ours."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import desks
import pytest
from fastapi.testclient import TestClient

from claimwright.cli.engine import shipped_engine
from claimwright.desk.reading import papers_of
from claimwright.desk.tables import Role
from claimwright.policies import shipped
from claimwright.policies.publish import outputs
from claimwright.policies.reading import read_folder
from claimwright.policies.template import Start
from claimwright.web import app

SCRIPT = "<script>window.ran=1</script><img src=x onerror=window.ran=1>"
LINKS = (
    "[a](javascript:window.ran=1) [b](JaVaScRiPt:window.ran=1) [c](data:text/html,window.ran=1) "
    "[d](vbscript:window.ran) ![e](https://evil.example/x.png) [f](//evil.example) <https://evil.example/g>"
)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def reader(tmp_path):
    """A reader of a library with a policy that is full of markup."""
    folder = tmp_path / "acme"
    start = Start("ACME Health", ("97026",), desks.START.date(), "")
    for path, plain in start.files(folder.as_posix()).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = plain
        if file.name == "policy.md":
            head, title, rest = re.split(r"(?m)^(# .*)$", plain, maxsplit=1)
            text = f"{head}{title} {SCRIPT}\n\n{SCRIPT} {LINKS}\n\n## {SCRIPT}\n\n> {SCRIPT} {LINKS}\n{rest}"
        file.write_text(text, "utf-8")
    for output in outputs(read_folder(folder, shipped.load()), None):
        output.write()
    engine = shipped_engine(policies=folder)
    desk = replace(desks.desk(tmp_path / "desk"), engine=engine, background=engine)
    desks.somebody(desk, "Vera", Role.VIEWER)
    with TestClient(app.made(desk, papers=papers_of(folder)), base_url="http://localhost") as client:
        client.post("/sign-in", data={"name": "Vera", "password": desks.PASSWORD})
        yield client
    desk.database.close()


def test_markup_in_a_policy_is_text_and_its_links_run_nothing(reader):
    index = reader.get("/library").text
    own = [
        path
        for path in dict.fromkeys(re.findall(r'href="(/library/policies/[^"?#]+)"', index))
        if "acme" in path.lower()
    ]
    assert own, "the policy stands in the index"
    pages = [*own, "/library", "/search?q=script", "/search?q=acme", f"{own[0]}?on=2026-06-01"]
    shown = 0
    for path in pages:
        text = reader.get(path).text
        shown += "&lt;script&gt;window.ran" in text
        tags = Tags()
        tags.feed(text)
        for tag, attributes in tags.found:
            assert not any(name.startswith("on") or name == "style" for name in attributes), (path, tag)
            assert tag != "script" or str(attributes["src"]).startswith("/static/"), path
            assert tag not in {"iframe", "object", "embed", "base"}, path
            assert tag != "img" or not str(attributes["src"]).startswith("x"), path
            to = str(attributes.get("href", "")).strip().casefold()
            assert not to.startswith(("javascript:", "data:", "vbscript:")), (path, to)
    assert shown
