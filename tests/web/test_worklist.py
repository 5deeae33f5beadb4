from __future__ import annotations

import csv
import io
import re

import batches
import desks
import pytest
from sqlalchemy import select

from claimwright.desk.tables import Person, Role, SavedFilter, Trail, WorkLine

CHOSEN = re.compile(r'name="line" value="([^"]+)"')


@pytest.fixture(autouse=True)
def week(desk):
    return batches.done(desk, desks.somebody(desk, "Owner", Role.ADMIN).id)


@pytest.fixture
def bea(signed):
    return signed(Role.BILLER)


def rows(page):
    return re.findall(r"<tr data-line.*?</tr>", page.text, re.DOTALL)


def lines(desk, **where):
    with desk.database.reading() as session:
        return list(session.scalars(select(WorkLine).filter_by(**where)))


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_list_shows_what_waits_and_can_be_filtered_and_turned(bea, week, desk):
    page = bea.get("/worklist")
    assert page.status_code == 200
    assert f"{week.to_fix} lines" in words(page.text)
    assert len(rows(page)) == week.to_fix
    first = words(rows(page)[0])
    assert "BLOCK" in first
    assert "to fix" in first
    page = bea.get("/worklist", params={"payer": "hcsc", "state": "any", "work": "any", "sort": "-charge"})
    wanted = lines(desk, payer="hcsc")
    assert f"{len(wanted)} lines" in words(page.text)
    assert "payer: hcsc" in words(page.text)
    charges = [float(one.replace(",", "")) for row in rows(page) for one in re.findall(r"\$([\d,.]+)", row)[:1]]
    assert charges == sorted(charges)
    assert 'aria-sort="descending"' in page.text
    assert "No line is like this" in bea.get("/worklist?payer=nobody").text


def test_several_lines_are_dismissed_only_after_the_question_how_many(bea, desk):
    page = bea.get("/worklist?finding=CLM-GP")
    chosen = CHOSEN.findall(page.text)
    assert len(chosen) > 3
    sent = {"line": chosen, "action": "dismiss", "why": "billed to auto insurance", "back": "finding=CLM-GP"}
    asked = bea.post("/worklist/act", data=sent)
    assert f"Dismiss {len(chosen)} lines?" in asked.text
    assert "billed to auto insurance" in asked.text
    assert not lines(desk, work="dismissed")
    kept = re.search(r'name="lines" value="([^"]+)"', asked.text)[1]
    done = bea.post("/worklist/act", data={**sent, "line": [], "lines": kept, "sure": "yes"})
    assert done.status_code == 303
    page = bea.get(done.headers["location"])
    assert f"{len(chosen)} lines" in words(page.text)
    assert "No line is like this" in page.text
    assert len(lines(desk, work="dismissed")) == len(chosen)
    with desk.database.reading() as session:
        told = session.scalars(select(Trail).where(Trail.action == "line dismissed")).all()
    assert len(told) == len(chosen)
    assert {row.person for row in told} == {"A biller"}


def test_a_dismissal_without_a_reason_and_lines_that_changed_are_told(bea):
    chosen = CHOSEN.findall(bea.get("/worklist").text)[:2]
    page = bea.post("/worklist/act", data={"line": chosen, "action": "dismiss"})
    assert page.status_code == 422
    assert "Write a reason" in page.text
    assert bea.post("/worklist/act", data={"line": chosen[0], "action": "assign to me"}).status_code == 303
    page = bea.post("/worklist/act", data={"lines": " ".join(chosen), "action": "assign to me", "sure": "yes"})
    shown = words(bea.get(page.headers["location"]).text)
    assert "Assigned: 1 line." in shown
    assert "1 line was changed by somebody else meanwhile" in shown


def test_all_lines_of_a_long_list_can_be_taken_at_once(bea, week, desk):
    page = bea.get("/worklist?state=any&work=any")
    assert f"all {week.lines} lines of this list" in words(page.text)
    back = {"whole": "yes", "action": "assign to me", "back": "state=any&work=any"}
    asked = bea.post("/worklist/act", data=back)
    assert f"Assign {week.lines} lines to you?" in words(asked.text)
    assert "and 20 others" not in words(asked.text)
    kept = re.search(r'name="lines" value="([^"]+)"', asked.text)[1]
    assert bea.post("/worklist/act", data={**back, "whole": "", "lines": kept, "sure": "yes"}).status_code == 303
    assert len([one for one in lines(desk) if one.assigned_to]) == week.lines


def test_a_claims_number_stands_in_no_address(bea):
    answer = bea.post("/worklist/search", data={"words": "CW0310-024", "back": "state=any&work=any"})
    where = answer.headers["location"]
    assert "CW0310" not in where
    page = bea.get(where)
    assert {one for row in rows(page) for one in re.findall(r"CW\d{4}-\d{3}", row)} == {"CW0310-024"}


def test_filters_are_saved_shared_and_deleted(bea, desk):
    bea.post("/worklist/filters", data={"name": "<b>HCSC</b>", "shared": "yes", "back": "payer=hcsc"})
    page = bea.get("/worklist")
    assert "&lt;b&gt;HCSC&lt;/b&gt;" in page.text
    assert 'href="/worklist?payer=hcsc"' in page.text
    with desk.database.reading() as session:
        kept = session.scalars(select(SavedFilter)).one()
    bea.post("/worklist/filters/delete", data={"of": kept.id})
    assert "HCSC&lt;/b&gt;" not in bea.get("/worklist").text


def test_the_export_holds_every_line_and_no_formula(bea, week, desk):
    with desk.database.writing() as session:
        line = session.scalars(select(WorkLine).where(WorkLine.claim == "CW0310-024")).first()
        line.claim, line.payer = "=cmd|' /C calc'!A0", "@SUM(1)"
    answer = bea.post("/worklist/export", data={"back": "state=any&work=any"})
    assert answer.headers["content-disposition"] == 'attachment; filename="worklist.csv"'
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == week.lines
    assert {row["claim"] for row in table if "cmd" in row["claim"]} == {"'=cmd|' /C calc'!A0"}
    assert {row["payer"] for row in table if "SUM" in row["payer"]} == {"'@SUM(1)"}
    assert {row["severity"] for row in table} >= {"BLOCK", "FIX", ""}
    with desk.database.reading() as session:
        told = session.scalars(select(Trail).where(Trail.action == "list exported")).one()
    assert told.detail == {"lines": week.lines}


def test_who_only_looks_is_offered_nothing_to_do_and_can_do_nothing(signed, week, desk):
    for role in (Role.VIEWER, Role.AUDITOR):
        client = signed(role)
        page = client.get("/worklist")
        assert len(rows(page)) == week.to_fix
        assert 'name="action"' not in page.text
        line = lines(desk)[0]
        sent = {"line": f"{line.id}:{line.version}", "action": "dismiss", "why": "x", "version": str(line.version)}
        for path in ("/worklist/act", "/worklist/export"):
            assert client.post(path, data=sent).status_code == 403, path
        for what in ("act", "facts", "changes", "undo", "remarks"):
            assert client.post(f"/lines/{line.id}/{what}", data=sent).status_code == 403, what
    assert not lines(desk, work="dismissed")
    with desk.database.reading() as session:
        assert session.scalars(select(Person).where(Person.name == "A viewer")).one()
