from __future__ import annotations

import io
from difflib import SequenceMatcher

import batches
import desks
import pytest
from sqlalchemy import select

from claimwright.desk import acting, corrections
from claimwright.desk.fields import FIELDS
from claimwright.desk.people import actor_of
from claimwright.desk.tables import Change, Role, WorkLine
from claimwright.formats import reading
from claimwright.formats.x12.raw import segments_of

# what a person says of line 3 of one claim, and the segments that have to change for it, and no others
EDITS = {
    "procedure": ("97035", ["SV1"]),
    "modifiers": ("GP;59", ["SV1"]),
    "units": ("2", ["SV1"]),
    "charge": ("23.50", ["SV1"]),
    "pointers": ("2;1", ["SV1"]),
    "diagnoses": ("M25.661;S81.801A", ["HI"]),
    "place": ("12", ["SV1"]),
    "service_from": ("2026-03-09", ["DTP"]),
    "prior_auth": ("PA-77", ["REF"]),
    "claim_charge": ("999.00", ["CLM"]),
}


@pytest.fixture
def bea(desk):
    return actor_of(desks.somebody(desk, "Bea", Role.BILLER))


@pytest.fixture
def week(desk, bea):
    return batches.done(desk, bea.id)


def fix(desk, actor, line, field, value, *, why="the record says so"):
    with desk.database.reading() as session:
        version = session.get_one(WorkLine, line.id).version
    acting.changed(desk, actor, line.id, version, field=field, now=value, why=why)


def found(desk, batch):
    with desk.database.reading() as session:
        return corrections.corrections(desk, session, batch.id)


def written(correction):
    assert correction.possible, [one.message for one in correction.plan.problems]
    out = io.BytesIO()
    assert corrections.write(correction, out) is None
    return out.getvalue()


def differing(before, after):
    """The names of the segments of a corrected file that are not those of the file that was handed in."""
    old, new = segments_of(before), segments_of(after)
    parts = [one for one in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if one[0] != "equal"]
    names = [segment.partition("*")[0] for _, _, _, begin, end in parts for segment in new[begin:end]]
    return [name for name in names if name != "SE"], len(new) - len(old)


def test_each_field_changes_its_own_segment_and_is_read_back_as_it_was_said(desk, bea, week, tmp_path):
    line = batches.line(desk, week, "CW0310-024", 3)
    whole = batches.WEEK.read_bytes()
    for field, (value, names) in EDITS.items():
        fix(desk, bea, line, field, value)
        (one,) = found(desk, week)
        corrected = written(one)
        changed, grown = differing(whole, corrected)
        assert changed == names, field
        assert grown == (field == "prior_auth"), field
        path = tmp_path / "week.837"
        path.write_bytes(corrected)
        (read,) = list(reading.batches(path))
        row = next(row for row in read.lines.iter_rows(named=True) if (row["claim"], row["line"]) == ("CW0310-024", 3))
        (edit,) = (edit for edit in one.edits if edit.field == field)
        assert FIELDS[field].read(row) == edit.now != edit.was, field
        with desk.database.reading() as session:
            change = session.scalars(select(Change).where(Change.undone_at.is_(None))).one()
            version = session.get_one(WorkLine, line.id).version
        acting.undone(desk, bea, line.id, version, change.id)
        assert found(desk, week) == ()


def test_all_that_was_said_stands_in_one_file_and_the_last_word_counts(desk, bea, week):
    one, three = batches.line(desk, week, "CW0310-024", 1), batches.line(desk, week, "CW0310-024", 3)
    other = batches.line(desk, week, "CW0312-003", 1)
    fix(desk, bea, one, "units", "3", why="first count")
    fix(desk, bea, one, "units", "1", why="counted again")
    fix(desk, bea, three, "diagnoses", "M25.661;S81.801A")
    fix(desk, bea, one, "diagnoses", "M25.661;S81.801A;E11.42")
    fix(desk, bea, other, "modifiers", "GP")
    (correction,) = found(desk, week)
    told = {(edit.claim, edit.line, edit.field): edit for edit in correction.edits}
    assert set(told) == {
        ("CW0310-024", 1, "units"),
        ("CW0310-024", None, "diagnoses"),
        ("CW0312-003", 1, "modifiers"),
    }
    assert (told["CW0310-024", 1, "units"].was, told["CW0310-024", 1, "units"].now) == ("2", "1")
    assert told["CW0310-024", 1, "units"].why == "first count; counted again"
    assert told["CW0310-024", None, "diagnoses"].now == "M25661;S81801A;E1142"
    changed, grown = differing(batches.WEEK.read_bytes(), written(correction))
    assert (sorted(changed), grown) == (["HI", "SV1", "SV1"], 0)
    fix(desk, bea, one, "units", "2", why="it was right")
    (correction,) = found(desk, week)
    assert "units" not in {edit.field for edit in correction.edits}


def test_what_does_not_follow_by_itself_is_told(desk, bea, week):
    line = batches.line(desk, week, "CW0310-024", 3)
    fix(desk, bea, line, "diagnoses", "M25.661;S81.801A")
    with desk.database.reading() as session:
        told = corrections.of_line(desk, session, line)
        assert [one.id for one in told] == ["COR-MOVED"]  # the pointers do not follow by themselves


def test_lines_of_a_table_have_a_change_list_and_no_837(desk, bea, tmp_path):
    table = tmp_path / "claims.csv"
    table.write_text(
        "claim,line,payer,service_date,procedure,modifiers,units,charge,dx\nA1,1,medicare,2026-03-10,97026,GP,1,22,M17.11\n"
    )
    batch = batches.done(desk, bea.id, [table])
    with desk.database.reading() as session:
        line = session.scalars(
            select(WorkLine).where(WorkLine.batch_id == batch.id, WorkLine.charge.is_not(None))
        ).first()
    fix(desk, bea, line, "charge", "12.00")
    (one,) = found(desk, batch)
    assert "no 837" in one.missing
    assert not one.possible
    assert [edit.now for edit in corrections.listed([one])] == ["12.00"]


def test_without_its_file_the_change_list_is_still_there(desk, bea, week):
    fix(desk, bea, batches.line(desk, week, "CW0310-024", 3), "units", "2")
    for path in desk.files.iterdir():
        if not path.name.endswith(".parquet"):
            path.unlink()
    (one,) = found(desk, week)
    assert "no longer kept" in one.missing
    assert [edit.field for edit in one.edits] == ["units"]
