from typing import Literal

Finality = Literal['final', 'indeterminate', 'presumptive']

FINALITY_VALUES: set[Finality] = { 'final', 'indeterminate', 'presumptive',  }

def check_finality(value: str) -> Finality:
    if value in FINALITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FINALITY_VALUES!r}")
