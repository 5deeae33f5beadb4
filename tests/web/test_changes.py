from __future__ import annotations

import html
import json
import re

import batches
import desks
import pytest
from sqlalchemy import select

from claimwright.desk.tables import Role, Trail, WorkLine


@pytest.fixture(autouse=True)
def week(desk):
    return batches.done(desk, desks.somebody(desk, "Owner", Role.ADMIN).id)


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def fix(client, desk, line, field, now, *, why="page 2"):
    with desk.database.reading() as session:
        version = session.get_one(WorkLine, line.id).version
    sent = {"version": str(version), "field": field, "now": now, "why": why}
    assert client.post(f"/lines/{line.id}/changes", data=sent).status_code == 303


def test_what_was_fixed_leaves_as_a_corrected_file_and_a_change_list(signed, week, desk):
    bea = signed(Role.BILLER)
    where = f"/batches/{week.id}/changes"
    assert "Nothing was changed" in bea.get(where).text
    line = batches.line(desk, week, "CW0310-024", 3)
    fix(bea, desk, line, "modifiers", "GP;59", why="=separate region")
    shown = words(bea.get(where).text)
    assert "clinic-week.837" in shown
    assert "CW0310-024 3 modifiers, all of them in their order GP GP;59 =separate region" in shown
    assert "Corrected file with 1 edit" in shown
    assert where in bea.get(f"/lines/{line.id}").text
    assert where in bea.get(f"/batches/{week.id}").text
    answer = bea.post(f"{where}/corrected", data={"file": "clinic-week.837"})
    assert answer.headers["content-disposition"].startswith('attachment; filename="clinic-week.corrected.837"')
    before, after = batches.WEEK.read_bytes().split(b"~"), answer.content.split(b"~")
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        (b"\nSV1*HC:97026:GP*22*UN*1***1", b"\nSV1*HC:97026:GP:59*22*UN*1***1")
    ]
    listed = bea.post(f"{where}/list", data={"form": "csv"}).content.decode("utf-8-sig")
    assert "CW0310-024,3,modifiers,GP,GP;59,'=separate region" in listed
    (edit,) = json.loads(bea.post(f"{where}/list", data={"form": "json"}).content)
    assert (edit["claim"], edit["line"], edit["was"], edit["now"]) == ("CW0310-024", 3, "GP", "GP;59")
    with desk.database.reading() as session:
        told = session.scalars(select(Trail).where(Trail.batch_id == week.id).order_by(Trail.number)).all()
    assert [(row.action, row.detail.get("edits")) for row in told[-3:]] == [
        ("corrected file exported", 1),
        ("change list exported", 1),
        ("change list exported", 1),
    ]


def test_a_file_that_cannot_carry_an_edit_is_not_written_and_the_page_says_why(signed, week, desk):
    bea = signed(Role.BILLER)
    line = batches.line(desk, week, "CW0310-024", 3)
    fix(bea, desk, line, "units", "2")
    (file,) = [path for path in desk.files.iterdir() if path.read_bytes() == batches.WEEK.read_bytes()]
    file.write_bytes(batches.WEEK.read_bytes().replace(b"97026:GP*22*UN*1***1", b"97026:GP*22*UN*4***1"))
    where = f"/batches/{week.id}/changes"
    page = bea.get(where)
    assert "COR-WAS" in page.text
    assert "Corrected file with" not in page.text
    assert "COR-WAS" in bea.get(f"/lines/{line.id}").text
    answer = bea.post(f"{where}/corrected", data={"file": "clinic-week.837"})
    assert answer.status_code == 409
    assert "all or nothing" in words(answer.text)
    assert bea.post(f"{where}/corrected", data={"file": "other.837"}).status_code == 404


def test_who_only_looks_sees_the_changes_and_takes_nothing_away(signed, week, desk):
    bea, vi = signed(Role.BILLER), signed(Role.VIEWER)
    fix(bea, desk, batches.line(desk, week, "CW0310-024", 3), "units", "2")
    where = f"/batches/{week.id}/changes"
    page = vi.get(where)
    assert "CW0310-024" in page.text
    assert f'action="{where}' not in page.text
    for what in ("list", "corrected"):
        assert vi.post(f"{where}/{what}", data={"file": "clinic-week.837"}).status_code == 403
    assert vi.get("/batches/AAAAAAAAAAAAAAAAAAAAAA/changes").status_code == 404
