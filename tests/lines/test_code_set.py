"""In which code set diagnoses are written, where the claim does not say so."""

from datetime import date

import polars as pl
import pytest

from claimwright.lines.case import Case, lines_of
from claimwright.lines.code_set import told_by, told_in

BEFORE, SINCE = date(2015, 9, 30), date(2015, 10, 1)
CASES = [
    (["25060"], BEFORE, "ICD-9-CM"),
    (["25060"], SINCE, "ICD-9-CM"),
    (["E1142"], BEFORE, "ICD-10-CM"),
    (["E1142"], SINCE, "ICD-10-CM"),
    (["V5481", "71946"], BEFORE, "ICD-9-CM"),
    (["V5481"], BEFORE, "ICD-9-CM"),
    (["V0110XA"], SINCE, "ICD-10-CM"),
    (["E8490"], BEFORE, "ICD-9-CM"),
    (["E8770"], None, "ICD-10-CM"),
    (["25060"], None, "ICD-9-CM"),
    (["M1711", "25060"], SINCE, "ICD-9-CM"),
    (["M1711", "25060"], BEFORE, "ICD-10-CM"),
]


@pytest.mark.parametrize(("codes", "day", "system"), CASES)
def test_the_set_of_the_day_unless_a_code_belongs_only_to_the_other(codes, day, system):
    assert told_by(codes, day) == system
    frame = pl.DataFrame({"dx_1": [codes[0]], "dx_2": [(codes[1:] or [None])[0]], "day": [day]}).with_columns(
        pl.col("dx_2").cast(pl.String), pl.col("day").cast(pl.Date)
    )
    assert frame.select(told_in(["dx_1", "dx_2"], "day")).item() == system


def test_a_case_is_told_its_code_set_by_its_first_day():
    case = {"diagnoses": ["250.60"], "lines": [{"procedure": "97026", "service": "2014-03-03"}]}
    assert lines_of(Case.model_validate(case))["dx_system"].to_list() == ["ICD-9-CM"]
    late = case | {"lines": [{"procedure": "97026", "service": {"from": "2016-03-03"}}]}
    assert lines_of(Case.model_validate(late))["dx_system"].to_list() == ["ICD-9-CM"]
    said = case | {"dx_system": "ICD-10-CM"}
    assert lines_of(Case.model_validate(said))["dx_system"].to_list() == ["ICD-10-CM"]
