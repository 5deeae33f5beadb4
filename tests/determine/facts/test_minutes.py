"""Units that minutes earn, against the table of the manual and a plain loop."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwright.determine.facts import minutes
from claimwright.determine.facts.visits import Visits


def one_visit(size):
    rows = np.arange(size)
    return Visits(rows, np.array([0]), np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_))


@pytest.mark.parametrize(
    ("spent", "units"),
    [
        (0, 0),
        (7, 0),
        (8, 1),
        (22, 1),
        (23, 2),
        (37, 2),
        (38, 3),
        (52, 3),
        (53, 4),
        (67, 4),
        (68, 5),
        (113, 8),
        (127, 8),
    ],
)
def test_the_table_of_eight_minutes(spent, units):
    assert minutes.earned(np.array([float(spent)])).tolist() == [units]


def shared(spent, timed=None):
    flags = np.array([True] * len(spent) if timed is None else timed)
    return minutes.shared_out(np.array(spent, dtype=float), flags, one_visit(len(spent))).tolist()


def test_thirty_three_and_seven_make_two_and_one():
    assert shared([33, 7]) == [2, 1]


def test_two_remainders_under_eight_make_one_unit_of_the_longer():
    assert shared([18, 19]) == [1, 1]
    assert shared([5, 6]) == [0, 1]


def test_untimed_minutes_take_no_part():
    assert np.isnan(shared([33, 10, 7], [True, False, True])[1])
    assert shared([33, 10, 7], [True, False, True])[::2] == [2, 1]


def test_one_unknown_leaves_the_day_unknown():
    assert np.isnan(shared([33, np.nan])).all()


def beyond(units, spent, timed=None):
    flags = np.array([True] * len(spent) if timed is None else timed)
    billed = np.array(units, dtype=float)
    return minutes.beyond_share(billed, np.array(spent, dtype=float), flags, one_visit(len(spent))).to_list()


def test_a_right_total_on_the_wrong_line():
    assert beyond([2, 1], [33, 7]) == [False, False]
    assert beyond([1, 2], [33, 7]) == [False, True]
    assert beyond([2, 1], [23, 24]) == [True, False]
    assert beyond([1, 1, 2], [33, 30, 7], [True, False, True]) == [False, None, True]


def test_of_equal_remainders_either_may_have_the_unit():
    assert beyond([2, 1], [20, 20]) == beyond([1, 2], [20, 20]) == [False, False]


def test_a_share_nobody_can_know():
    assert beyond([1, 2], [33, np.nan]) == [None, None]


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6))
def test_no_line_has_too_much_of_what_was_shared_out(spent):
    assert not any(beyond(shared(spent), spent))


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6))
def test_what_is_shared_out_is_what_was_earned(spent):
    total = sum(spent)
    earned = 0 if total < 8 else (total + 7) // 15
    units = [spent_ // 15 for spent_ in spent]
    by_remainder = sorted(range(len(spent)), key=lambda at: (-(spent[at] % 15), at))
    for at in by_remainder[: earned - sum(units)]:
        units[at] += 1
    assert shared(spent) == units
    assert sum(units) == earned


def test_more_units_than_minutes_and_where_nobody_knows():
    closed = np.zeros(3, dtype=np.bool_)
    found = minutes.beyond(np.array([2.0, 1.0, 2.0]), np.array([22.0, 22.0, np.nan]), open_ended=closed)
    assert found.to_list() == [True, False, None]
    assert minutes.beyond(np.array([2.0]), np.array([22.0]), open_ended=np.ones(1, dtype=np.bool_)).to_list() == [None]


def test_units_made_of_minutes_on_an_untimed_line():
    untimed = np.zeros(3, dtype=np.bool_)
    found = minutes.made_of_minutes(np.array([2.0, 1.0, 2.0]), np.array([30.0, 20.0, 50.0]), untimed)
    assert found.to_list() == [True, False, False]
