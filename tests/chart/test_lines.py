"""Lines read once: what a note says does not depend on the notes read before it, and what is kept has a bound."""

from __future__ import annotations

import pytest

from claimwright.chart.analysed import shipped_reader
from claimwright.chart.lines import Lines
from claimwright.chart.plain import made_plain
from claimwright.chart.remembered import Remembered

NOTES = (
    "IR to R knee x10 min for stiffness, PT present.\nTE: squats 3x10.\nNo wounds.",
    "TE: squats 3x10.\nNo new ropathy. lR lamp to low back l0 min period  Tolerated well.",
    "new\nropathy\nIR 97026 x1\n\n  indented - - 3/10",
    "",
    "\n\n",
)


@pytest.mark.parametrize("note", NOTES)
def test_a_line_read_before_says_the_same(note: str) -> None:
    language = shipped_reader().language
    fresh, used = Lines(language), shipped_reader().lines
    for other in NOTES:
        used.of(made_plain(other))
    assert fresh.of(made_plain(note)) == used.of(made_plain(note))


def test_lines_by_themselves_are_the_whole() -> None:
    lines = shipped_reader().lines
    plain, found = lines.of(made_plain(NOTES[1] + "\n" + NOTES[0]))
    assert "neuropathy" in plain.low
    assert "10 min" in plain.low
    assert all(0 <= one.start < one.end <= len(plain.low) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert "\n" not in "".join(plain.low[one.start : one.end] for one in found)


def test_what_is_remembered_is_asked_once_and_has_a_bound() -> None:
    asked: list[int] = []
    known = Remembered[int, int](lambda one: asked.append(one) or one * 2, most=3)
    assert [known[one] for one in (1, 2, 1, 3, 4, 1)] == [2, 4, 2, 6, 8, 2]
    assert asked == [1, 2, 3, 4, 1]
    assert len(known) <= 3
