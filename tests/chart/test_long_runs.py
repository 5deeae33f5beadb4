"""Notes that are one sign over and over are read in a time that grows as they do."""

import time

import pytest

from claimwright.chart.read import read

LETTERS = 400_000  # by the square of it, this would take an hour


@pytest.mark.parametrize("run", ["1", "$", "|", "Dr. "])
def test_a_run_of_one_sign_takes_no_longer_than_other_notes(run):
    read("seen for pain")
    since = time.process_time()
    assert read(run * (LETTERS // len(run))).text
    assert time.process_time() - since < 60
