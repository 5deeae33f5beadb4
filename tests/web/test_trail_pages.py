"""The audit trail, as auditors read it and take it away, and as nobody else may."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise

import desks
import pytest
from sqlalchemy import select

from claimwright.desk import trail
from claimwright.desk.tables import Role, Trail


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def numbers(text):
    return [int(one.replace(",", "")) for one in re.findall(r'<td class="right">([\d,]+)</td>', text)]


def wrote(desk, many, **how):
    with desk.database.writing() as session:
        for _ in range(many):
            trail.record(
                session,
                desk.now(),
                how.get("person", "Bea"),
                how.get("action", "line fixed"),
                **{name: how[name] for name in ("batch", "line", "detail") if name in how},
            )


@pytest.mark.parametrize("role", [Role.VIEWER, Role.BILLER])
def test_who_is_no_auditor_reads_no_trail(signed, role):
    somebody = signed(role)
    assert 'href="/trail"' not in somebody.get("/").text
    for path in ("/trail", "/trail?look=true", "/trail/trail.csv"):
        assert somebody.get(path).status_code == 403


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_entries_are_shown_the_newest_first_and_page_by_page(desk, signed, role):
    auditor = signed(role)
    wrote(desk, 230)
    with desk.database.reading() as session:
        newest = session.scalars(select(Trail.number).order_by(Trail.number.desc())).first()
    seen, path = [], "/trail"
    while path:
        text = auditor.get(path).text
        seen += numbers(text)
        found = re.search(r'href="([^"]+)" rel="next"', text)
        path = found[1].replace("&amp;", "&") if found else ""
    assert seen == list(range(newest, 0, -1))


def test_entries_are_filtered_by_who_what_when_and_of_what(desk, signed, clock):
    auditor = signed(Role.AUDITOR)
    wrote(desk, 2, person="Cal", action="line dismissed", batch="b" * 22, line="l" * 22)
    clock.passes(days=2)
    wrote(desk, 1, person="Cal", action="remark made", batch="b" * 22)
    auditor.post("/sign-in", data={"name": "A auditor", "password": desks.PASSWORD})
    for query, many in (
        ("person=Cal", 3),
        ("action=line+dismissed", 2),
        (f"batch={'b' * 22}", 3),
        (f"line={'l' * 22}", 2),
        ("person=Cal&since=2026-03-22", 1),
        ("person=Cal&until=2026-03-21", 2),
        ("person=Cal&since=2026-03-20&until=2026-03-20", 2),
        ("person=Nobody", 0),
        ("until=9999-12-31&person=Cal", 3),
        ("since=0001-01-01&person=Cal", 3),
    ):
        text = auditor.get(f"/trail?{query}").text
        assert len(numbers(text)) == many, query
        assert len(rows_of(auditor.get(f"/trail/trail.csv?{query}"))) == many, query


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "batch=x",
        "line=../../etc",
        "before=0",
        "before=99999999999",
        "batch=%00",
        "person=" + "x" * 300,
    ],
)
def test_what_cannot_be_asked_is_refused(signed, query):
    assert signed(Role.AUDITOR).get(f"/trail?{query}").status_code == 422


@pytest.mark.parametrize("query", ["person=%00", "person=%27%20OR%201=1--", "action=%3Cscript%3E"])
def test_what_nobody_did_finds_nothing(signed, query):
    text = signed(Role.AUDITOR).get(f"/trail?{query}x").text
    assert "No entry is of this kind" in text or query == "person=%00"
    assert "<script>x" not in text


def test_every_seal_is_looked_at_when_asked(desk, signed):
    auditor = signed(Role.AUDITOR)
    wrote(desk, 3)
    with desk.database.reading() as session:
        last = session.scalars(select(Trail).order_by(Trail.number.desc())).first()
    text = auditor.get("/trail?look=true").text
    assert f"All {last.number} seals hold" in text
    assert last.seal in text
    with desk.database.engine.begin() as connection:  # somebody with all rights over the database
        connection.exec_driver_sql("DROP TRIGGER trail_update")
        connection.exec_driver_sql(f"UPDATE trail SET action = 'nothing' WHERE number = {last.number - 1}")
    text = auditor.get("/trail?look=true").text
    assert f"Entry {last.number - 1} is not what was written" in text
    assert "seals hold" not in text


def test_the_table_is_whole_runs_nothing_and_is_an_entry_itself(desk, signed):
    auditor = signed(Role.AUDITOR)
    evil = desks.somebody(desk, "=cmd|' /C calc'!A0", Role.BILLER)
    wrote(desk, 1, person="@SUM(1)", action="line fixed", detail={"field": "units"})
    answer = auditor.get("/trail/trail.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = rows_of(answer)
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["action"] == "trail downloaded"
    assert {row["person"] for row in rows} >= {"'@SUM(1)", "'" + evil.name}
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@"]
    assert all(row["before"] == before["seal"] for before, row in pairwise(rows))


def test_script_in_a_name_and_a_reason_is_shown_as_written(desk, signed):
    auditor = signed(Role.AUDITOR)
    wrote(desk, 1, person="<b>Bea</b>", action="<i>x</i>", detail={"<u>k</u>": "<s>v</s>", "list": ["<q>"]})
    text = auditor.get("/trail").text
    for raw in ("<b>Bea", "<i>x", "<u>k", "<s>v", "<q>"):
        assert raw not in text
    assert "&lt;s&gt;v&lt;/s&gt;" in text
