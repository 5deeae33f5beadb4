from __future__ import annotations

import threading

import batches
import desks
import pytest
from sqlalchemy import select

from claimwright.desk import acting, kept, line_view, lists, recording, trail
from claimwright.desk.acting import DOINGS
from claimwright.desk.list_query import Query
from claimwright.desk.lists import Asker
from claimwright.desk.people import RefusedError, actor_of
from claimwright.desk.rechecking import StaleError
from claimwright.desk.tables import Batch, Change, Mark, Role, Told, Trail, WorkLine


@pytest.fixture
def bea(desk):
    return actor_of(desks.somebody(desk, "Bea", Role.BILLER))


@pytest.fixture
def week(desk, bea):
    return batches.done(desk, bea.id)


def now(desk, line):
    with desk.database.reading() as session:
        return session.get_one(WorkLine, line.id)


def findings(desk, line):
    with desk.database.reading() as session:
        return set(session.scalars(select(Mark.finding).where(Mark.line_id == line.id)))


def told(desk, line):
    with desk.database.reading() as session:
        rows = session.scalars(select(Trail).where(Trail.line_id == line.id).order_by(Trail.number)).all()
        assert trail.broken_at(session) is None
    return rows


def fix(desk, actor, line, field, value, *, why="page 2 of the record"):
    acting.changed(desk, actor, line.id, line.version, field=field, now=value, why=why)


def test_a_field_that_is_changed_is_checked_again_and_the_list_follows(desk, bea, week):
    untouched = batches.line(desk, week, "CW0310-024", 3)
    line = batches.line(desk, week, "CW0312-003", 1)  # 97110 without the modifier of its discipline
    assert (line.state, line.finding) == ("to fix", "CLM-GP")
    fix(desk, bea, line, "modifiers", "gp")
    after = now(desk, line)
    assert (after.modifiers, after.work, after.version) == ("GP", "done", line.version + 1)
    assert "CLM-GP" not in findings(desk, line)
    assert kept.unpacked(after.answer).line.modifiers == ("GP",)
    with desk.database.reading() as session:
        assert session.get_one(Batch, week.id).to_fix == week.to_fix - 1
        change = session.scalars(select(Change)).one()
        assert (change.field, change.was, change.now, change.why) == ("modifiers", "", "GP", "page 2 of the record")
    assert now(desk, untouched).version == untouched.version
    (row,) = told(desk, line)
    assert (row.person, row.action, row.detail["field"]) == ("Bea", "field changed", "modifiers")
    assert "GP" not in str(row.detail)
    acting.undone(desk, bea, line.id, after.version, change.id)
    again = now(desk, line)
    assert (again.modifiers, again.work, again.state, again.finding) == ("", "open", "to fix", "CLM-GP")
    assert kept.unpacked(again.answer) == kept.unpacked(line.answer)
    assert [one.action for one in told(desk, line)] == ["field changed", "change undone"]


def test_what_turns_on_the_same_day_is_checked_again_too(desk, bea, week):
    line = batches.line(desk, week, "CW0310-049", 2)
    assert line.finding == "CLM-NCCI"
    with desk.database.reading() as session:
        around = line_view.around(desk, session, line, kept.unpacked(line.answer))
    (beside,) = (one for one in around.that_day if one.partner)  # of another claim of the patient
    assert (beside.procedure, beside.claim == line.claim) == ("97012", False)
    with desk.database.reading() as session:
        partner = session.get_one(WorkLine, beside.id)
    fix(desk, bea, partner, "service_from", "2026-03-06", why="he came on Friday")
    assert now(desk, partner).service.isoformat() == "2026-03-06"
    assert "CLM-NCCI" not in findings(desk, line)


def test_a_fact_that_is_recorded_decides_what_was_open(desk, bea, week):
    line = batches.line(desk, week, "CW0310-024", 3)
    answer = kept.unpacked(line.answer)
    asked = recording.first_asked(desk.engine.library, answer)[0]
    assert asked.name == answer.documented.next_question.fact
    value = asked.values[0][0]
    acting.told(
        desk, bea, line.id, line.version, fact=asked.name, value=value, source=asked.sources[0], where="plan of 2 March"
    )
    after = kept.unpacked(now(desk, line).answer)
    assert asked.name not in after.documented.depends_on
    assert after.coded == answer.coded
    with desk.database.reading() as session:
        fact = session.scalars(select(Told)).one()
    assert (fact.fact, fact.where) == (asked.name, "plan of 2 March")
    (row,) = told(desk, line)
    assert row.action == "fact recorded"
    assert "2 March" not in str(row.detail)
    acting.undone(desk, bea, line.id, now(desk, line).version, fact.id)
    assert kept.unpacked(now(desk, line).answer) == answer


@pytest.mark.parametrize(
    "refused",
    [
        ("modifiers", "GP;59;KX;CQ;GO", "at most 4"),
        ("units", "0", "above zero"),
        ("units", "1", "says so already"),
        ("pointers", "9", "the claim has"),
        ("service_from", "2026-02-30", "existing day"),
        ("prior_auth", "é", "plain characters"),
        ("patient", "x", "choose the field"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(desk, bea, week, refused):
    field, value, says = refused
    line = batches.line(desk, week, "CW0310-024", 3)
    with pytest.raises(RefusedError, match=says):
        fix(desk, bea, line, field, value)
    assert now(desk, line).version == line.version
    assert told(desk, line) == []


def test_nothing_is_written_over_what_somebody_else_did(desk, bea, week):
    line = batches.line(desk, week, "CW0310-024", 3)
    acting.done(desk, bea, [(line.id, line.version)], DOINGS["hold"], why="asked the therapist")
    with pytest.raises(StaleError):
        fix(desk, bea, line, "units", "2")
    assert acting.done(desk, bea, [(line.id, line.version)], DOINGS["dismiss"], why="no") == 1
    assert (now(desk, line).work, now(desk, line).why) == ("held", "asked the therapist")


def test_two_who_fix_lines_of_one_claim_at_once_both_have_their_say(desk, bea, week):
    one, two = batches.line(desk, week, "CW0310-024", 1), batches.line(desk, week, "CW0310-024", 2)
    wrong = []

    def change(line) -> None:
        try:
            fix(desk, bea, line, "charge", "77.00")
        except StaleError:  # the other's change gave this line another answer meanwhile
            wrong.append(line)

    threads = [threading.Thread(target=change, args=[line]) for line in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for line in wrong:
        fix(desk, bea, now(desk, line), "charge", "77.00")
    assert {str(now(desk, line).charge) for line in (one, two)} == {"77.00"}
    for line in (one, two):
        assert kept.unpacked(now(desk, line).answer).line.charge == "77.00"


def test_lines_are_held_dismissed_reopened_and_taken_with_a_word_in_the_trail(desk, bea, week, clock):
    lines = [batches.line(desk, week, "CW0310-024", number) for number in (1, 2, 3)]

    def do(name, **more) -> int:
        chosen = [(line.id, now(desk, line).version) for line in lines]
        return acting.done(desk, bea, chosen, DOINGS[name], **more)

    with pytest.raises(RefusedError, match="a reason"):
        do("dismiss", why="  ")
    assert do("dismiss", why="billed to another payer") == 0
    assert {now(desk, line).work for line in lines} == {"dismissed"}
    assert now(desk, lines[2]).state == "to fix"  # dismissing makes nothing clean
    do("reopen")
    do("assign")
    asker = Asker(bea.id, desk.now())
    with desk.database.reading() as session:
        mine = lists.page(session, Query(state="", assigned="me"), asker)
    assert {one.id for one in mine.lines} == {line.id for line in lines}
    clock.passes(hours=25)
    with desk.database.reading() as session:
        assert lists.page(session, Query(state="", assigned="me"), Asker(bea.id, desk.now())).total == 0
    do("release")
    actions = [row.action for row in told(desk, lines[0])]
    assert actions == ["line dismissed", "line reopened", "line assigned", "line released"]
    assert "another payer" not in str([row.detail for row in told(desk, lines[0])])
    vi = desks.somebody(desk, "Vi", Role.VIEWER)
    with pytest.raises(RefusedError, match="somebody who works"):
        do("assign", to=vi.id)


def test_a_dismissed_line_opens_again_when_something_new_is_to_fix(desk, bea, week):
    line = batches.line(desk, week, "CW0312-003", 1)
    acting.done(desk, bea, [(line.id, line.version)], DOINGS["dismiss"], why="known")
    line = now(desk, line)
    fix(desk, bea, line, "units", "99")
    assert now(desk, line).work == "open"


def test_a_remark_keeps_its_lines_and_loses_what_cannot_be_seen(desk, bea, week):
    line = batches.line(desk, week, "CW0310-024", 3)
    acting.remarked(desk, bea, line.id, "first\r\nsecond\0\u202e <script>")
    with desk.database.reading() as session:
        (said,) = line_view.remarks(session, line)
    assert said.text == "first\nsecond   <script>"
    assert "first" not in str([row.detail for row in told(desk, line)])
