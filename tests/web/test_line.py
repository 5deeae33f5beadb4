from __future__ import annotations

import html
import re
from itertools import pairwise

import batches
import desks
import pytest

from claimwright.desk.tables import Role, WorkLine


@pytest.fixture(autouse=True)
def week(desk):
    return batches.done(desk, desks.somebody(desk, "Owner", Role.ADMIN).id)


@pytest.fixture
def bea(signed):
    return signed(Role.BILLER)


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def test_a_lines_page_shows_the_answer_and_all_it_rests_on(bea, week, desk):
    line = batches.line(desk, week, "CW0310-024", 3)
    page = bea.get(f"/lines/{line.id}")
    shown = words(page.text)
    assert page.status_code == 200
    for said in (
        "As coded",
        "NATIONALLY NONCOVERED",
        "As documented",
        "CLM-DX-NCD",
        "the use of infrared and/or near-infrared light and/or heat",  # the sentence itself
        "in force since 2006-10-24",
        "looked at",
        "not looked at" if "not looked at" in shown else "checks not run",
        "would change",
        "ask next",
        "Infrared to the right knee",  # the note
        "What it supports",
        "SV1*HC:97026:GP*22*UN*1***1",  # the raw segment
        "this line",
        "Nothing yet, since it was checked",
    ):
        assert said in shown, said
    assert re.search(r'<mark class="\w+" title="[^"]*">knee</mark>', page.text)
    assert 'style="' not in page.text
    assert "CW0310-024" not in " ".join(re.findall(r'(?:href|action)="([^"]*)"', page.text))
    heads = [int(one) for one in re.findall(r"<h([1-6])", page.text)]
    assert heads[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(heads)), heads


def test_a_field_is_fixed_and_the_page_says_what_became_of_it(bea, week, desk):
    line = batches.line(desk, week, "CW0312-003", 1)
    page = bea.get(f"/lines/{line.id}?finding=CLM-GP")
    assert "CLM-GP" in page.text
    sent = {"version": version(page), "back": "finding=CLM-GP", "field": "modifiers", "now": "GP", "why": "PT plan"}
    answer = bea.post(f"/lines/{line.id}/changes", data=sent)
    assert answer.headers["location"] == f"/lines/{line.id}?finding=CLM-GP&did=change"
    page = bea.get(answer.headers["location"])
    shown = words(page.text)
    assert "Changed and checked again" in shown
    assert "modifiers, all of them in their order : none → GP" in shown
    assert "PT plan" in shown
    assert "Field changed: modifiers. A biller" in shown
    which = re.search(r'name="of" value="([^"]+)"', page.text)[1]
    bea.post(f"/lines/{line.id}/undo", data={"version": version(page), "of": which})
    shown = words(bea.get(f"/lines/{line.id}").text)
    assert "taken back" in shown
    assert "Change undone: modifiers" in shown
    assert "CLM-GP" in shown


def test_a_fact_is_recorded_with_where_it_is_written(bea, week, desk):
    line = batches.line(desk, week, "CW0310-024", 3)
    page = bea.get(f"/lines/{line.id}")
    fact = re.search(r'name="fact" value="([^"]+)"', page.text)[1]
    sent = {"version": version(page), "fact": fact, "value": "yes", "source": "chart"}
    refused = bea.post(f"/lines/{line.id}/facts", data=sent)
    assert refused.status_code == 422
    assert "Write where it is written, or who said so" in words(refused.text)
    assert re.search(r'value="yes" required checked', refused.text)  # nothing has to be answered twice
    answer = bea.post(f"/lines/{line.id}/facts", data={**sent, "where": "plan of care, page 1"})
    shown = words(bea.get(answer.headers["location"]).text)
    assert f"{fact} : yes" in shown
    assert "plan of care, page 1" in shown
    assert f"Fact recorded: {fact}, chart" in shown


def test_any_fact_can_be_chosen(bea, week, desk):
    line = batches.line(desk, week, "CW0310-024", 3)
    page = bea.get(f"/lines/{line.id}")
    names = re.search(r'<select id="other-fact".*?</select>', page.text, re.DOTALL)[0]
    offered = set(re.findall(r'name="fact" value="([^"]+)"', page.text))
    other = next(one for one in re.findall(r'<option value="([^"]+)"', names) if one not in offered)
    page = bea.get(f"/lines/{line.id}", params={"fact": other})
    assert f'name="fact" value="{other}"' in page.text


def test_what_somebody_else_did_meanwhile_is_told_and_what_was_typed_stays(bea, week, desk):
    line = batches.line(desk, week, "CW0310-024", 3)
    seen = version(bea.get(f"/lines/{line.id}"))
    bea.post(f"/lines/{line.id}/act", data={"version": seen, "action": "assign to me"})
    page = bea.post(f"/lines/{line.id}/act", data={"version": seen, "action": "hold", "why": "wait for the note"})
    assert page.status_code == 409
    assert "Somebody else changed this line" in page.text
    assert "wait for the note</textarea>" in page.text
    with desk.database.reading() as session:
        assert session.get_one(WorkLine, line.id).work == "open"


def test_a_line_is_dismissed_remarked_on_and_reopened(bea, week, desk):
    line = batches.line(desk, week, "CW0310-024", 3)

    def send(what, **data):
        data |= {"version": version(bea.get(f"/lines/{line.id}"))}
        answer = bea.post(f"/lines/{line.id}/{what}", data=data)
        assert answer.status_code == 303, words(answer.text)
        return words(bea.get(answer.headers["location"]).text)

    shown = send("act", action="dismiss", why="<script>alert(1)</script>")
    assert "Dismissed: <script>alert(1)</script>" in shown
    assert "<script>alert" not in bea.get(f"/lines/{line.id}").text
    assert "to fix dismissed" in shown
    shown = send("remarks", text="called Dr. Who\nno answer")
    assert "called Dr. Who no answer" in shown
    shown = send("act", action="reopen")
    assert "Line reopened. A biller" in shown
    assert "Remark made. A biller" in shown
    assert "Line dismissed. A biller" in shown


def test_the_line_before_and_the_next_are_those_of_the_list(bea):
    page = bea.get("/worklist?finding=CLM-GP")
    ids = re.findall(r'<tr data-line id="l-([^"]+)"', page.text)
    middle = bea.get(f"/lines/{ids[1]}?finding=CLM-GP").text
    assert f'href="/lines/{ids[0]}?finding=CLM-GP" rel="prev"' in middle
    assert f'href="/lines/{ids[2]}?finding=CLM-GP" rel="next"' in middle
    assert f'href="/worklist?finding=CLM-GP#l-{ids[1]}"' in middle


def test_what_a_line_names_can_be_read_in_the_library(bea, week, desk):
    line = batches.line(desk, week, "CW0310-024", 3)
    links = set(re.findall(r'href="(/library/[^"]+)"', bea.get(f"/lines/{line.id}").text))
    assert {"/library/findings/CLM-DX-NCD", "/library/policies/NCD-270.6", "/library/codes/97026"} <= links
    assert {link: code for link in links if (code := bea.get(link).status_code) != 200} == {}


def test_after_a_fix_one_goes_on_to_the_line_that_was_next(bea):
    ids = re.findall(r'<tr data-line id="l-([^"]+)"', bea.get("/worklist?finding=CLM-GP").text)
    page = bea.get(f"/lines/{ids[1]}?finding=CLM-GP")
    after = re.search(r'name="next" value="([^"]+)"', page.text)[1]
    assert after == ids[2]
    sent = {"version": version(page), "back": "finding=CLM-GP", "next": after, "action": "dismiss", "why": "known"}
    answer = bea.post(f"/lines/{ids[1]}/act", data=sent)
    assert f'href="/lines/{ids[2]}?finding=CLM-GP" rel="next"' in bea.get(answer.headers["location"]).text
    forged = bea.get(f"/lines/{ids[1]}", params={"next": '"><script>alert(1)</script>'})
    assert "alert(1)" not in forged.text


def test_a_line_that_is_not_there_is_said_so(bea):
    answer = bea.get("/lines/AAAAAAAAAAAAAAAAAAAAAA")
    assert answer.status_code == 404
    assert "There is no such line" in answer.text
    assert bea.get("/lines/%00").status_code == 422


def test_without_its_files_a_line_still_shows_its_answer(bea, week, desk):
    line = batches.line(desk, week, "CW0310-024", 3)
    for path in desk.files.iterdir():
        path.unlink()
    page = bea.get(f"/lines/{line.id}")
    assert page.status_code == 200
    assert "no longer kept" in page.text
    assert "NATIONALLY NONCOVERED" in page.text
