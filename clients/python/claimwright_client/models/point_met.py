from typing import Literal

PointMet = Literal['no', 'open', 'told', 'yes']

POINT_MET_VALUES: set[PointMet] = { 'no', 'open', 'told', 'yes',  }

def check_point_met(value: str) -> PointMet:
    if value in POINT_MET_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {POINT_MET_VALUES!r}")
