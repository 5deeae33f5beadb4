"""A column 1 code that stands on several lines of the day is one code, and its modifiers are those of all of them."""

import pytest

DAY = "2024-08-01"


def lines(*modifiers):
    column1 = [{"procedure": "97150", "service": DAY, "modifiers": list(own), "units": 1} for own in modifiers]
    return [*column1, {"procedure": "97112", "service": DAY, "modifiers": ["GP"], "units": 1}]


@pytest.mark.parametrize(
    ("modifiers", "coded", "said"),
    [
        ([["GP"], ["GP", "KX"]], "BUNDLED", "97112 is part of 97150"),
        ([["GP", "59"], ["GP", "KX"]], "NOTHING_MET", "59 on 97150 is taken"),
        ([["GP", "KX"], ["GP", "59"]], "NOTHING_MET", "59 on 97150 is taken"),
        ([["GP", "KX", "76", "RT"], ["GP", "59", "XS", "LT"]], "NOTHING_MET", "59 and XS on 97150"),
    ],
)
def test_a_modifier_on_one_line_of_the_code_answers_for_the_code(answers, modifiers, coded, said):
    last = answers(lines=lines(*modifiers))[-1]
    assert last.coded.outcome == coded
    told = [finding.because for finding in last.findings if finding.clause.startswith("NCCI-PTP")]
    assert len(told) == 1
    assert said in told[0]
