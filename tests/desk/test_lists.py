from __future__ import annotations

from urllib.parse import parse_qsl

import batches
import desks
import pytest
from sqlalchemy import select

from claimwright.desk import lists, saved
from claimwright.desk.list_query import SORTS, Query, read
from claimwright.desk.lists import Asker
from claimwright.desk.people import RefusedError, actor_of
from claimwright.desk.tables import Mark, Role, SavedFilter, WorkLine

EVERY = Query(state="", work="")


@pytest.fixture
def bea(desk):
    return actor_of(desks.somebody(desk, "Bea", Role.BILLER))


@pytest.fixture(autouse=True)
def week(desk, bea):
    return batches.done(desk, bea.id)


def shown(desk, actor, query=EVERY, size=1000):
    with desk.database.reading() as session:
        return lists.page(session, query, Asker(actor.id, desk.now()), size=size)


def kept(desk):
    with desk.database.reading() as session:
        return list(session.scalars(select(WorkLine)))


def test_what_waits_is_to_fix_and_open_the_most_severe_first(desk, bea, week):
    found = shown(desk, bea, Query())
    wanted = [one for one in kept(desk) if one.state == "to fix"]
    assert found.total == week.to_fix == len(wanted) > 60
    assert {one.state for one in found.lines} == {"to fix"}
    severities = [one.severity for one in found.lines]
    assert severities == sorted(severities)


def test_pages_of_every_order_hold_each_line_once_forwards_and_backwards(desk, bea, week):
    for sort in (*SORTS, *(f"-{sort}" for sort in SORTS)):
        walked(desk, bea, week, sort)


def walked(desk, bea, week, sort):
    query = EVERY.but(sort=sort)
    whole = [one.id for one in shown(desk, bea, query, size=2000).lines]
    assert len(whole) == len(set(whole)) == week.lines
    seen, here = [], query
    while (page := shown(desk, bea, here, size=150)).lines:
        seen += [one.id for one in page.lines]
        if not page.later:
            break
        here = Query(**{**query.__dict__, "after": page.lines[-1].id})
    assert seen == whole, sort
    back = shown(desk, bea, Query(**{**query.__dict__, "before": whole[200]}), size=150)
    assert [one.id for one in back.lines] == whole[50:200]
    with desk.database.reading() as session:
        around = lists.neighbours(session, query, Asker(bea.id, desk.now()), whole[7])
    assert around == (whole[6], whole[8])


def test_each_filter_lets_through_what_it_says(desk, bea, week):
    every = kept(desk)
    with desk.database.reading() as session:
        marks = session.execute(select(Mark.line_id, Mark.finding, Mark.clause)).all()
    asked = {
        "severity": ("BLOCK", {one.id for one in every if one.severity == 0}),
        "payer": ("hcsc", {one.id for one in every if one.payer == "hcsc"}),
        "procedure": ("97026", {one.id for one in every if one.procedure == "97026"}),
        "provider": ("2901029472", {one.id for one in every if one.provider == "2901029472"}),
        "finding": ("CLM-NCCI", {line for line, finding, _ in marks if finding == "CLM-NCCI"}),
        "clause": ("NCD-270.6 NC.coded", {line for line, _, clause in marks if clause == "NCD-270.6 NC.coded"}),
        "dollars": (100, {one.id for one in every if (one.charge or 0) >= 100}),
        "older": (30, {one.id for one in every if one.service and (desk.now().date() - one.service).days >= 30}),
        "assigned": ("nobody", {one.id for one in every}),
        "batch": (week.id, {one.id for one in every}),
    }
    for name, (value, wanted) in asked.items():
        assert {one.id for one in shown(desk, bea, EVERY.but(**{name: value}), 2000).lines} == wanted != set(), name
    both = shown(desk, bea, EVERY.but(payer="hcsc", procedure="97026"), 2000)
    assert {one.id for one in both.lines} == asked["payer"][1] & asked["procedure"][1]


def test_counts_beside_filters_are_those_of_the_list_one_gets(desk, bea):
    query = Query(payer="medicare")
    with desk.database.reading() as session:
        facets = lists.facets(session, query, Asker(bea.id, desk.now()))
    for name, values in facets.items():
        assert values, name
        for one in values[:3]:
            assert shown(desk, bea, query.but(**{name: one.value})).total == one.lines, (name, one)


def test_an_address_is_read_back_as_it_was_written_and_nonsense_is_left_out():
    query = Query(payer="ERIE & SHORE", state="", older=30, dollars=50, sort="-risk", assigned="me")
    assert read(dict(parse_qsl(query.address))) == query
    assert read({"state": "x' OR 1=1", "older": "-3", "sort": "any", "work": "open", "payer": "a\0b"}) == Query()


def test_a_search_finds_numbers_of_claims_and_only_ones_own(desk, bea):
    other = actor_of(desks.somebody(desk, "Bo", Role.BILLER))
    with desk.database.writing() as session:
        words = saved.search(session, bea, " cw0310-024 ")
        assert saved.search(session, bea, "cw0310-024") == words
        wild = saved.search(session, bea, "%_%")
    assert {one.claim for one in shown(desk, bea, EVERY.but(words=words)).lines} == {"CW0310-024"}
    assert shown(desk, bea, EVERY.but(words=wild)).total == 0
    assert shown(desk, other, EVERY.but(words=words)).total == 0


def test_saved_filters_are_ones_own_unless_shared(desk, bea):
    bo = actor_of(desks.somebody(desk, "Bo", Role.BILLER))
    vi = actor_of(desks.somebody(desk, "Vi", Role.VIEWER))
    with desk.database.writing() as session:
        words = saved.search(session, bea, "CW1")
        mine = saved.saved(session, desk.now(), bea, name="Mine", query=Query(payer="hcsc", words=words), shared=False)
        saved.saved(session, desk.now(), bea, name="mine", query=Query(payer="aetna"), shared=False)
        shared = saved.saved(session, desk.now(), bea, name="Ours", query=Query(severity="BLOCK"), shared=True)
        with pytest.raises(RefusedError, match="cannot share"):
            saved.saved(session, desk.now(), vi, name="All", query=Query(), shared=True)
    with desk.database.reading() as session:
        assert [(one.name, one.query) for one, _ in saved.filters(session, bea)] == [
            ("mine", "payer=aetna"),
            ("Ours", "severity=BLOCK"),
        ]
        assert [(one.name, who) for one, who in saved.filters(session, bo)] == [("Ours", "Bea")]
    with desk.database.writing() as session:
        for id_ in (mine.id, shared.id, "no such"):
            with pytest.raises(RefusedError, match="no such filter"):
                saved.deleted(session, desk.now(), bo, id_)
        saved.deleted(session, desk.now(), bea, mine.id)
    with desk.database.reading() as session:
        assert session.scalar(select(SavedFilter.name).where(SavedFilter.id == mine.id)) is None
