"""Rows that are equal share a number, nulls included, and each number's first row is the first on which it stands."""

from datetime import date

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from claimwright.lines import distinct as module
from claimwright.lines.arrays import floats, integers, present
from claimwright.lines.distinct import distinct
from claimwright.lines.schema import FORMS

CELLS = st.tuples(
    st.none() | st.sampled_from(["", "A", "B", "longer than twelve letters"]),
    st.none() | st.sampled_from(FORMS.categories.to_list()),
    st.integers(-1, 3),
)


def _frame(rows):
    return pl.DataFrame(rows, schema={"text": pl.String, "form": FORMS, "number": pl.Int64}, orient="row")


def _agrees(rows):
    found = distinct(_frame(rows))
    seen = {}
    for place, row in enumerate(rows):
        seen.setdefault(row, place)
        assert found.first[found.of[place]] == seen[row]
    assert found.first.size == len(seen)
    assert sorted(set(found.of.tolist())) == list(range(len(seen)))


@given(st.lists(CELLS, max_size=30))
def test_equal_rows_share_a_number(rows):
    _agrees(rows)


@given(st.lists(CELLS, max_size=30))
def test_and_so_they_do_where_numbers_are_too_wide_for_a_table(rows):
    widest, module._WIDEST = module._WIDEST, 2
    try:
        _agrees(rows)
    finally:
        module._WIDEST = widest


def test_no_rows_have_no_numbers():
    found = distinct(_frame([]))
    assert found.of.size == found.first.size == 0


def test_columns_as_arrays():
    days = pl.Series([date(1970, 1, 2), None, date(1969, 12, 31)])
    assert integers(days, -9).tolist() == [1, -9, -1]
    assert np.isnan(floats(days)).tolist() == [False, True, False]
    assert floats(pl.Series([True, None, False])).tolist()[::2] == [1.0, 0.0]
    assert present(days).tolist() == [True, False, True]
    assert present(pl.Series([None, None], dtype=pl.String)).tolist() == [False, False]
    assert integers(pl.Series([3, 2**53 - 1]), 0).tolist() == [3, 2**53 - 1]
