"""The algebra of versions: consecutive spans are silent, an overlap is P004 on its first day, a gap P007 to the day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from claimwright.days import ONE_DAY, Span
from claimwright.policies.lints import p003_edge_without_example as p003
from claimwright.policies.lints import p004_two_versions_in_force as p004
from claimwright.policies.lints import p007_unexplained_gap as p007
from claimwright.policies.model import Library
from claimwright.policies.reading import read_folder
from claimwright.policies.shelf import Shelf

ROOT = Path(__file__).parent / "golden" / "P009"
POLICY = read_folder(ROOT).library.policy("ONE-UNIT")
DAY = date(2026, 11, 22)


def shelf(spans, lapsed=""):
    clauses = tuple(
        replace(POLICY.clauses[0], in_force=span, line=place, lapsed=lapsed) for place, span in enumerate(spans, 1)
    )
    policy = replace(POLICY, clauses=clauses, codes=(), examples=())
    library = Library({}, {}, (policy,), {}, (), {})
    return Shelf(library, {}, (), ROOT, library)


def messages(lint, spans, **more):
    return [complaint.message for complaint in lint.complaints(shelf(spans, **more), DAY)]


@st.composite
def runs(draw, least=2):
    """Spans that follow each other without a day between them; both ends may be open."""
    days = sorted(draw(st.sets(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=least + 1, max_size=6)))
    spans = [Span(first, last - ONE_DAY) for first, last in pairwise(days)]
    if draw(st.booleans()):
        spans[0] = Span(None, spans[0].last)
    if draw(st.booleans()):
        spans[-1] = Span(spans[-1].first, None)
    return spans


@given(runs(), st.randoms())
def test_versions_that_follow_each_other_are_silent_in_any_order(spans, random):
    random.shuffle(spans)
    assert messages(p004, spans) == messages(p007, spans) == []


@given(runs(least=3), st.data())
def test_a_version_left_out_is_a_gap_of_exactly_its_days(spans, data):
    gone = spans.pop(data.draw(st.integers(1, len(spans) - 2)))
    assert messages(p007, spans) == [f"clause ONE is not in force from {gone.first} to {gone.last}"]
    assert messages(p004, spans) == []


@given(runs(least=3), st.data())
def test_a_gap_that_is_owned_to_is_silent(spans, data):
    gone = data.draw(st.integers(1, len(spans) - 2))
    kept = spans[:gone] + spans[gone + 1 :]
    whole = shelf(kept)
    owned = tuple(
        replace(clause, lapsed="suspended") if clause.in_force == spans[gone + 1] else clause
        for clause in whole.library.policies[0].clauses
    )
    policy = replace(whole.library.policies[0], clauses=owned)
    assert list(p007.complaints(replace(whole, library=replace(whole.library, policies=(policy,))), DAY)) == []


@given(runs())
def test_lapsed_without_a_gap_is_told(spans):
    assert len(messages(p007, spans, lapsed="suspended")) == len(spans)


@given(runs(), st.integers(0, 400), st.data())
def test_an_overlap_is_told_from_its_first_day(spans, more, data):
    place = data.draw(st.integers(0, len(spans) - 2))
    later = spans[place + 1]
    longest = ((later.last or date(2100, 1, 1)) - later.first).days
    spans[place] = Span(spans[place].first, later.first + timedelta(days=min(more, longest)))
    assert messages(p004, spans) == [f"clause ONE is in force twice from {later.first}"]
    assert messages(p007, spans) == []


@given(runs(least=1))
def test_every_edge_asks_for_an_example_once(spans):
    edges = {day for span in spans for day in span.edges()}
    told = [message.split(",")[0].removeprefix("no example stands on ") for message in messages(p003, spans)]
    assert sorted(told) == sorted(day.isoformat() for day in edges)
