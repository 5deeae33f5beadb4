"""How body regions lie to each other."""

import numpy as np
import pytest

from claimwright.determine.facts import regions

TOUCHING = regions.neighbours(["lumbar+sacroiliac", "knee+lower leg"])


@pytest.mark.parametrize(
    ("one", "other", "lies"),
    [
        (["lumbar"], ["lumbar"], "same"),
        (["knee_R"], ["knee_L"], "other"),
        (["knee_R"], ["right knee"], "same"),
        (["knee"], ["knee_L"], "same"),
        (["lumbar"], ["sacroiliac"], "contiguous"),
        (["knee_R"], ["lower_leg_R"], "contiguous"),
        (["knee_R"], ["lower_leg_L"], "other"),
        (["lumbar"], ["shoulder_R"], "other"),
        (["lumbar", "shoulder_R"], ["sacroiliac"], "contiguous"),
    ],
)
def test_the_nearest_two_regions_decide_from_either_side(one, other, lies):
    assert regions.relation(one, other, TOUCHING) == lies
    assert regions.relation(other, one, TOUCHING) == lies


def test_one_unknown_partner_leaves_it_unknown_unless_it_is_the_same_region_already():
    listed = [None, ("lumbar",), ("lumbar",), ("neck",)]
    of = np.array([1, 2, 0, 3])
    rows = np.array([0, 0, 3]), np.array([1, 2, 2])
    assert regions.apart(rows, listed, of, TOUCHING).to_list() == ["same", "same", None, None]
