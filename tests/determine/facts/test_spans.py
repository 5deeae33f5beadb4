"""Ages and deadlines on the days on which they turn."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from claimwright.determine.facts import spans


def days(*values):
    return pl.Series(values, dtype=pl.Date)


@pytest.mark.parametrize(
    ("born", "service", "years"),
    [
        (date(2008, 3, 11), date(2026, 3, 10), 17),
        (date(2008, 3, 10), date(2026, 3, 10), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 3, 10), date(2026, 3, 10), 0),
    ],
)
def test_age_counts_full_years_on_the_day_of_service(born, service, years):
    assert spans.age(days(born), days(service)).to_list() == [years]


def test_an_unknown_birth_date_leaves_the_age_unknown():
    assert spans.age(days(None), days(date(2026, 3, 10))).to_list() == [None]


@pytest.mark.parametrize(
    ("service", "received", "in_time"),
    [
        (date(2025, 3, 10), date(2026, 3, 10), True),
        (date(2025, 3, 10), date(2026, 3, 11), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2006, 10, 23), date(2008, 12, 31), True),
        (date(2006, 10, 23), date(2009, 1, 1), False),
        (date(2006, 9, 30), date(2007, 12, 31), True),
        (date(2006, 9, 30), date(2008, 1, 1), False),
        (date(2009, 12, 31), date(2011, 12, 31), True),
        (date(2010, 1, 1), date(2011, 1, 2), False),
        (date(2026, 3, 10), None, None),
        (None, date(2026, 3, 10), None),
    ],
)
def test_a_claim_is_in_time_for_one_calendar_year(service, received, in_time):
    assert spans.filed_in_time(days(service), days(received)).to_list() == [in_time]


def test_between_two_ages_nobody_knows_whether_it_is_a_child():
    years = np.array([17, 18, 20, 21, np.nan])
    found = spans.child(years, np.full(5, 18.0), np.full(5, 21.0))
    assert found.to_list() == [True, None, None, False, None]
