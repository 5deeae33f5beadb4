"""The guided check over HTTP, as somebody without scripts goes through it: forms, buttons, and what the page says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from xml.etree import ElementTree as ET

import desks
import pytest
from fastapi.testclient import TestClient
from flowcharts import DAY, small_chart, small_engine
from library_pages import words
from ways import USUAL, leaves, named, told_by

from claimwright.desk.desk import Desk
from claimwright.desk.tables import Role
from claimwright.determine.any_payer import PAYER
from claimwright.determine.graph.build import chart
from claimwright.determine.graph.claim import Branch
from claimwright.determine.graph.model import Node
from claimwright.policies.model import Library
from claimwright.web import app


@dataclass
class Walker:
    """Somebody at the page; `html` is what is on the screen."""

    client: TestClient
    html: str = ""
    asked: list[str] = field(default_factory=list)

    def begin(self, **told: str) -> Walker:
        form = {"code": "97026", "on": str(DAY), **told}
        return self.sent({name: [value] for name, value in form.items()})

    def sent(self, form: dict[str, list[str]], status: int = 200) -> Walker:
        answer = self.client.post("/ask", data=form)
        assert answer.status_code == status, words(answer.text)
        self.html = answer.text
        return self

    @property
    def fact(self) -> str:
        """What is asked; "" at the end."""
        found = re.search(r'data-fact="([^"]*)"', self.html)
        return unescape(found[1]) if found else ""

    @property
    def carried(self) -> dict[str, list[str]]:
        """The hidden fields of the form, as a browser sends them again."""
        form = self.html.partition('action="/ask"')[2].partition("</form>")[0]
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
            found.setdefault(name, []).append(unescape(value))
        return found

    @property
    def choices(self) -> list[str]:
        return [unescape(one) for one in re.findall(r'name="say" value="([^"]*)"', self.html)]

    def say(self, label: str) -> Walker:
        self.asked.append(self.fact)
        return self.sent({**self.carried, "say": [label]})

    def do(self, what: str) -> Walker:
        return self.sent({**self.carried, "do": [what]})

    def to_the_end(self, said: Callable[[str], str], library: Library) -> Walker:
        """Answer each question by its fact; "" is "I don't know"."""
        for _ in range(40):
            if not self.fact:
                return self
            value = said(self.fact)
            fact = library.facts.get(self.fact)
            label = dict(fact.values).get(value, value) if fact else value
            if label:
                self.say(label)
            else:
                self.asked.append(self.fact)
                self.do("unsure")
        raise AssertionError(f"it asks without end: {self.asked}")

    @property
    def documented(self) -> str:
        """The outcome of the view as documented, as the summary has it."""
        return words(self.html.partition("As documented</h5>")[2].partition("</div>")[0])


def desk_on(engine, folder) -> Desk:
    return replace(desks.desk(folder), engine=engine, background=engine)


def walker_of(desk: Desk, role: Role = Role.VIEWER) -> Walker:
    desks.somebody(desk, f"A {role.value}", role)
    client = TestClient(app.made(desk), base_url="http://localhost", follow_redirects=False)
    client.post("/sign-in", data={"name": f"A {role.value}", "password": desks.PASSWORD})
    client.headers["X-CSRF"] = client.get("/ask").text.partition('data-csrf="')[2].partition('"')[0]
    return Walker(client)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Iterator[Walker]:
    """On the small library, which has the whole flowchart of infrared in it."""
    desk = desk_on(small_engine(), tmp_path_factory.mktemp("small"))
    yield walker_of(desk)
    desk.database.close()


@pytest.fixture(scope="module")
def walker(tmp_path_factory) -> Iterator[Walker]:
    """On the shipped library."""
    desk = desks.desk(tmp_path_factory.mktemp("shipped"))
    yield walker_of(desk)
    desk.database.close()


@pytest.mark.parametrize(
    ("path", "end"), leaves(small_chart(full=True)), ids=lambda one: named(one) if isinstance(one, dict) else ""
)
def test_every_leaf_of_the_flowchart_is_reached_and_its_outcome_is_on_the_page(small, path, end):
    known = told_by(path, end)
    walk = Walker(small.client).begin(others="97110", modifiers="NO", units="1", whole_day="yes")
    walk.to_the_end(lambda fact: known.get(fact, ""), small_engine().library)
    assert walk.documented.lower().startswith(end.outcome.words), walk.asked
    summary = words(walk.html)
    assert "The path" in summary
    assert "who pays" in summary
    assert path["treatment intent"] in {"", *known.values()}


@pytest.fixture(scope="module")
def shipped_leaves(engine) -> list[tuple[dict[str, str], Node]]:
    return leaves(chart(engine, [Branch("Part B", {"program": "medicare-part-b"})], "97026", DAY))


def test_every_leaf_of_medicare_is_reached_with_the_shipped_policies(walker, engine, shipped_leaves):
    assert len({end.outcome for _, end in shipped_leaves}) == 3
    for path, end in shipped_leaves:
        known = USUAL | told_by(path, end)
        walk = Walker(walker.client).begin(payer="medicare-part-b", modifiers="GP", units="1", whole_day="yes")
        walk.to_the_end(lambda fact, known=known: known.get(fact, ""), engine.library)
        assert walk.documented.lower().startswith(end.outcome.words), (path, walk.asked, walk.documented)


def svg_of(html: str) -> ET.Element:
    drawn = html[html.index("<svg") : html.index("</svg>") + 6]
    return ET.fromstring(drawn)


def boxes(html: str) -> dict[str, set[str]]:
    """The words of each box of the chart, and its classes."""
    found = {}
    for group in svg_of(html).iter("{http://www.w3.org/2000/svg}g"):
        classes = set((group.get("class") or "").split())
        if classes:
            found[" ".join(" ".join(group.itertext()).split())] = classes
    return found


def test_the_path_is_lit_and_what_was_not_taken_is_dim_as_answers_come(small):
    walk = Walker(small.client).begin(payer="medicare-part-b")
    drawn = boxes(walk.html)
    assert not any("dim" in classes for classes in drawn.values())
    here = [text for text, classes in drawn.items() if "here" in classes]
    assert len(here) == 1
    assert "What was treated?" in here[0]
    walk.say(next(one for one in walk.choices if "muscle or joint" in one))
    drawn = boxes(walk.html)
    denied = next(classes for text, classes in drawn.items() if "nationally noncovered" in text)
    assert "dim" in denied
    assert "taken" in next(classes for text, classes in drawn.items() if "What was treated?" in text)
    walk.say("no")
    ends = [text for text, classes in boxes(walk.html).items() if "here" in classes]
    assert len(ends) == 1
    assert "not medically necessary" in ends[0]
    assert "Taken so far: 1, 2," in words(walk.html)


def test_the_chart_is_for_the_page_whose_policy_forbids_styles_in_it(walker):
    walk = Walker(walker.client).begin(payer="medicare-part-b")
    assert "<style" not in walk.html
    assert " style=" not in walk.html
    assert ".cw-flow .dim" in walker.client.get("/static/report.css").text


def test_one_may_go_back_say_that_one_does_not_know_and_stop(walker):
    walk = Walker(walker.client).begin(payer="medicare-part-b")
    first = walk.fact
    walk.say(walk.choices[0])
    second = walk.fact
    assert second != first
    assert walk.carried["answer"] == ["a musculoskeletal problem, as an adjunct to active therapy"]
    walk.do("back")
    assert (walk.fact, "answer" in walk.carried) == (first, False)
    walk.do("unsure")
    assert walk.fact not in {"", first}
    assert walk.carried["answer"] == ["?"]
    walk.do("end")
    summary = words(walk.html)
    assert "Stopped before the end" in summary
    assert "still open For this application of infrared, what was treated?" in summary
    assert "I don’t know" in summary
    walk.do("")
    assert walk.fact


def test_each_question_says_why_it_is_asked_who_knows_and_where_answers_lead(walker):
    walk = Walker(walker.client).begin(payer="medicare-part-b")
    told = words(walk.html)
    assert "Why this is asked. Infrared therapy devices (NCD-270.6" in told
    assert "usually knows" in told
    assert "peripheral neuropathy → nationally noncovered" in told


def test_nobody_told_the_payer_so_it_is_asked_after_the_purpose(walker):
    walk = Walker(walker.client).begin()
    assert walk.fact == "treatment intent"
    walk.say("a wound")
    assert walk.fact == PAYER
    walk.say("Medicare Part B (fee-for-service)")
    assert walk.documented.startswith("NATIONALLY NONCOVERED") or walk.fact


def test_the_end_quotes_the_authority_in_both_views_and_says_who_pays(walker, engine):
    walk = Walker(walker.client).begin(payer="medicare-part-b", dx="E11.42", modifiers="GP", units="1")
    walk.to_the_end(lambda fact: {"treatment intent": "neuropathy"}.get(fact, ""), engine.library)
    summary = words(walk.html)
    assert "As coded NATIONALLY NONCOVERED" in summary
    assert walk.documented.startswith("NATIONALLY NONCOVERED")
    assert "is non-covered for the treatment" in words(walk.html.partition('aria-labelledby="authority"')[2])
    assert "who pays CO, the provider: the patient may not be billed, if it is denied" in summary
    assert "E11.42" in summary
    assert "not taken:" in summary


def test_the_checklists_of_a_commercial_plan_stand_at_the_end(walker):
    walk = Walker(walker.client).begin(payer="commercial")
    walk.do("end")
    assert "With the plan, before infrared is given often" in words(walk.html)
    assert "? open" in words(walk.html)


def test_what_is_typed_travels_in_the_form_and_in_no_address(walker):
    walk = Walker(walker.client).begin(payer="medicare-part-b", dx="M17.11", state="OH")
    assert walk.carried["dx"] == ["M17.11"]
    assert walk.carried["state"] == ["OH"]
    assert "M17.11" not in "".join(re.findall(r'(?:href|src|action)="([^"]*)"', walk.html))
    walk.do("change")
    assert 'value="M17.11"' in walk.html


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"on": "yesterday"}, "day of service: write a day like 2026-03-10"),
        ({"code": "9702"}, "code: write five letters and digits, like 97026"),
        ({"dx": "<script>alert(1)</script>"}, "diagnos"),
        ({"units": "many"}, "units"),
        ({"modifiers": "GPP"}, "modifiers"),
        ({"state": "O1"}, "state"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_form(walker, told, says):
    form = {"code": "97026", "on": str(DAY), **told}
    answer = walker.client.post("/ask", data=form)
    assert answer.status_code == 422
    assert says in words(answer.text).lower()
    assert "<script>alert" not in answer.text


def test_an_answer_that_is_none_is_refused_and_the_question_stays(walker):
    walk = Walker(walker.client).begin(payer="medicare-part-b")
    fact = walk.fact
    walk.sent({**walk.carried, "say": ["<b>zebra</b>"]}, 422)
    assert walk.fact == fact
    assert "is none of the answers" in words(walk.html)
    assert "<b>zebra" not in walk.html
    walk.sent({**walk.carried, "answer": ["zebra", "yes", "no"]}, 422)
    assert "the check begins anew" in words(walk.html)


def test_only_who_is_signed_in_may_ask_and_only_by_a_form_of_ours(walker):
    form = {"code": "97026", "on": str(date(2026, 3, 10))}
    assert walker.client.post("/ask", data=form, headers={"X-CSRF": "guessed"}).status_code == 403
    walker.client.cookies, kept = {}, walker.client.cookies
    assert walker.client.get("/ask").headers["location"] == "/sign-in?next=%2Fask"
    assert walker.client.post("/ask", data=form).status_code == 303
    walker.client.cookies = kept
