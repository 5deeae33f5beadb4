"""Rows of a table: typed, checked, and doubted aloud."""

from datetime import date

import polars as pl
import pytest

from claimwright.days import Span
from claimwright.reference.releases import Releases
from claimwright.reference.rows import MUE, PAIRS, check
from claimwright.reference.verification import verify

QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31))


def pairs(*rows):
    names = ["column1", "column2", "indicator", "from", "to"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("", "XX2", "1", "", ""), "column1", "nothing is not a code"),
        (("XX1", None, "1", "", ""), "column2", "nothing is not a code"),
        (("XX1", "XX2", "2", "", ""), "indicator", "2 is not an indicator of ncci/ptp"),
        (("XX1", "XX2", "", "", ""), "indicator", "nothing is not an indicator"),
        (("XX1", "XX2", "1", "2026-13-01", ""), "from", "2026-13-01 stands where a date"),
        (("XX1", "XX2", "1", "", "20260131"), "to", "20260131 stands where a date"),
        (("XX1", "XX2", "1", "2026-02-01", "2026-01-31"), "to", "ends (2026-01-31) before it begins"),
    ],
)
def test_a_bad_row_is_rejected_with_its_number(row, column, says):
    found = check(pairs(("XX8", "XX9", "0", "", ""), row), PAIRS, QUARTER, "rows.csv")
    (problem,) = found.problems
    assert (problem.row, problem.field, problem.file) == (2, column, "rows.csv")
    assert says in problem.message
    assert problem.help
    assert found.frame["row"].to_list() == [1]


def test_a_tombstone_may_end_before_it_begins():
    found = check(pairs(("XX1", "XX2", "9", "2020-10-01", "1996-01-01")), PAIRS, QUARTER)
    assert found.problems == ()


def test_a_rejected_row_that_names_its_codes_makes_them_doubtful():
    found = check(pairs(("XX1", "XX2", "7", "", "")), PAIRS, QUARTER)
    assert found.doubtful.rows() == [("XX1", "XX2")]
    assert not found.unreadable


def test_a_rejected_row_without_codes_makes_the_whole_table_doubtful():
    assert check(pairs(("XX1", "", "1", "", "")), PAIRS, QUARTER).unreadable


@pytest.mark.parametrize(
    ("first", "second", "rejected"),
    [
        (("", ""), ("", ""), [2]),
        (("", "2026-01-31"), ("2026-02-01", ""), []),
        (("", "2026-02-01"), ("2026-02-01", ""), [2]),
        (("2026-02-01", ""), ("", "2026-02-01"), [1]),  # the row that begins later is the one rejected
        (("", "2019-12-31"), ("", ""), []),  # history of a release without effective dates
        (("2026-01-01", "2026-03-31"), ("2026-01-10", "2026-01-20"), [2]),
    ],
)
def test_rows_about_the_same_days_are_rejected(first, second, rejected):
    found = check(pairs(("XX1", "XX2", "1", *first), ("XX1", "XX2", "0", *second)), PAIRS, QUARTER)
    assert [problem.row for problem in found.problems] == rejected


def test_a_short_row_inside_a_long_one_does_not_hide_a_third():
    rows = [("2026-01-01", "2026-03-31"), ("2026-01-10", "2026-01-20"), ("2026-02-01", "2026-02-10")]
    found = check(pairs(*(("XX1", "XX2", "1", *row) for row in rows)), PAIRS, QUARTER)
    assert [problem.row for problem in found.problems] == [2, 3]


def test_tombstones_never_overlap():
    found = check(pairs(("XX1", "XX2", "9", "", "2026-02-01"), ("XX1", "XX2", "1", "", "")), PAIRS, QUARTER)
    assert found.problems == ()


def test_a_code_listed_twice_is_rejected():
    raw = pl.DataFrame({"code": ["XX1", "XX1"], "value": ["1", "2"], "indicator": ["3", "3"]})
    assert [problem.row for problem in check(raw, MUE, QUARTER).problems] == [2]


def test_a_value_must_be_a_number():
    raw = pl.DataFrame({"code": ["XX1", "XX2", "XX3"], "value": ["one", None, "-1"], "indicator": ["3", "3", "3"]})
    messages = [problem.message for problem in check(raw, MUE, QUARTER).problems]
    assert messages == [f"{value} stands where a number of units belongs" for value in ("one", "nothing", "-1")]


def test_a_table_without_a_column_has_no_rows_and_never_says_no():
    found = check(pl.DataFrame({"column1": ["XX1"], "indicator": [1]}), PAIRS, QUARTER, "mine.csv")
    assert found.unreadable
    assert found.problems[0].message == "the table lacks column2"


def test_typed_columns_are_taken_as_they_are():
    raw = pl.DataFrame({"column1": ["XX1"], "column2": ["XX2"], "indicator": [1], "from": [date(2026, 1, 1)]})
    found = check(raw, PAIRS, QUARTER)
    assert found.frame.select("from", "to", "indicator").row(0) == (date(2026, 1, 1), None, 1)


def test_a_row_with_a_bad_date_does_not_cost_a_good_one():
    found = check(pairs(("XX1", "XX2", "1", "soon", ""), ("XX1", "XX2", "1", "2026-01-01", "")), PAIRS, QUARTER)
    assert [problem.row for problem in found.problems] == [1]


def test_verify_names_the_rows_of_fixtures():
    made = Releases.of_pairs(pairs(("XX1", "XX2", "5", "", "")), setting="professional", id_="mine")
    assert [(problem.file, problem.row) for problem in verify(made)] == [("mine-professional", 1)]
