"""Truth tables of every predicate, with an unknown element, an empty list and null among the cases."""

from itertools import combinations, product

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwright.determine import truth
from claimwright.determine.truth import FALSE, TRUE, UNKNOWN
from claimwright.policies.model import Predicate

F, U, T = FALSE, UNKNOWN, TRUE
values = st.lists(st.sampled_from([F, U, T]), min_size=1, max_size=6)


def one(value):
    return np.array([value], dtype=np.uint8)


@pytest.mark.parametrize(("a", "b"), list(product([F, U, T], repeat=2)))
def test_and_or_not_are_kleenes(a, b):
    table_and = {(T, T): T, (T, U): U, (U, T): U, (U, U): U}
    table_or = {(F, F): F, (F, U): U, (U, F): U, (U, U): U}
    assert truth.all_of([one(a), one(b)])[0] == table_and.get((a, b), F)
    assert truth.any_of([one(a), one(b)])[0] == table_or.get((a, b), T)
    assert truth.negated(one(a))[0] == {F: T, U: U, T: F}[a]


@given(values)
def test_de_morgan(parts):
    columns = [one(part) for part in parts]
    negated = [truth.negated(column) for column in columns]
    assert truth.negated(truth.all_of(columns))[0] == truth.any_of(negated)[0]


def codes(predicate, elements, *, more=False):
    """Elements: True is in the set, False is outside it, None is an empty place."""
    held = [np.array([element is True]) for element in elements]
    present = [np.array([element is not None]) for element in elements]
    open_ended = np.array([True]) if more else None
    return int(truth.of_codes(Predicate(predicate), held, present, open_ended)[0])


@pytest.mark.parametrize(
    ("elements", "in_", "none_in", "all_in", "partly_in"),
    [
        ([None, None], F, T, F, F),
        ([True, None], T, F, T, F),
        ([False, None], F, T, F, F),
        ([True, True], T, F, T, F),
        ([True, False], T, F, F, T),
        ([False, False], F, T, F, F),
    ],
)
def test_lists_that_are_whole(elements, in_, none_in, all_in, partly_in):
    assert codes("in", elements) == in_
    assert codes("none in", elements) == none_in
    assert codes("all in", elements) == all_in
    assert codes("partly in", elements) == partly_in


@pytest.mark.parametrize(
    ("elements", "in_", "none_in", "all_in", "partly_in"),
    [
        ([None, None], U, U, U, U),
        ([True, None], T, F, U, U),
        ([False, None], U, U, F, U),
        ([True, False], T, F, F, T),
    ],
)
def test_lists_that_may_hold_more(elements, in_, none_in, all_in, partly_in):
    assert codes("in", elements, more=True) == in_
    assert codes("none in", elements, more=True) == none_in
    assert codes("all in", elements, more=True) == all_in
    assert codes("partly in", elements, more=True) == partly_in


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=4), st.lists(st.booleans(), max_size=3))
def test_what_a_list_may_hold_more_never_turns_a_settled_answer(elements, further):
    """An answer given while the list may hold more stays, whatever more it holds."""
    for predicate in ("in", "none in", "all in", "partly in"):
        before = codes(predicate, elements, more=True)
        after = codes(predicate, [*elements, *further])
        assert before in {U, after}


@pytest.mark.parametrize(
    ("predicate", "value", "expected"),
    [
        (Predicate("is", ("yes",)), True, T),
        (Predicate("is", ("yes",)), False, F),
        (Predicate("is", ("no",)), False, T),
        (Predicate("is", ("yes",)), None, U),
        (Predicate("is", ("wound",)), "wound", T),
        (Predicate("is", ("wound",)), "ulcer", F),
        (Predicate("in", ("wound", "ulcer")), "ulcer", T),
        (Predicate("not in", ("wound", "ulcer")), "ulcer", F),
        (Predicate("not in", ("wound", "ulcer")), None, U),
        (Predicate("in", ("wound",)), None, U),
        (Predicate("more than", ("1",)), 1.0, F),
        (Predicate("more than", ("1",)), 1.5, T),
        (Predicate("more than", ("1",)), None, U),
        (Predicate("at least", ("2",)), 2.0, T),
        (Predicate("between", ("1", "2")), 2.0, T),
        (Predicate("between", ("1", "2")), 2.5, F),
        (Predicate("is absent"), None, T),
        (Predicate("is present"), None, F),
        (Predicate("is present"), "x", T),
    ],
    ids=str,
)
def test_scalars(predicate, value, expected):
    kind = {bool: pl.Boolean, float: pl.Float64}.get(type(value), pl.String)
    if value is None and predicate.op == "more than":
        kind = pl.Float64
    if value is None and predicate.operands == ("yes",):
        kind = pl.Boolean
    column = pl.Series([value], dtype=kind)
    assert truth.of_scalar(predicate, column, None)[0] == expected
    assert truth.of_scalar(predicate, column, np.array([True]))[0] == U, "a field left open is unknown"


@pytest.mark.parametrize(("apart", "expected"), [(0, T), (14, T), (-14, T), (15, F), (None, U)])
def test_dates_within_days_of_each_other(apart, expected):
    days = pl.Series([None if apart is None else 100 + apart], dtype=pl.Int32).cast(pl.Date)
    other = pl.Series([100], dtype=pl.Int32).cast(pl.Date)
    assert truth.of_dates(Predicate("within", ("14", "another day")), days, other)[0] == expected


@pytest.mark.parametrize(
    ("predicate", "held", "present", "expected"),
    [
        ("in", True, True, T),
        ("in", False, True, F),
        ("in", False, False, F),
        ("not in", False, True, T),
        ("not in", True, True, F),
        ("not in", False, False, F),
    ],
)
def test_one_code(predicate, held, present, expected):
    arrays = np.array([held]), np.array([present])
    assert truth.of_code(Predicate(predicate), *arrays, None)[0] == expected
    assert truth.of_code(Predicate(predicate), *arrays, np.array([True]))[0] == U


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5))
@pytest.mark.parametrize("predicate", ["in", "none in", "all in", "partly in"])
def test_some_of_a_list_is_settled_where_every_choice_settles_it_alike(predicate, elements):
    held = [np.array([element is True]) for element in elements]
    present = [np.array([element is not None]) for element in elements]
    there = [element for element in elements if element is not None]
    choices = [codes(predicate, chosen) for many in range(1, len(there) + 1) for chosen in combinations(there, many)]
    expected = choices[0] if len(set(choices)) == 1 else U
    assert truth.of_some_of(Predicate(predicate), held, present)[0] == expected
