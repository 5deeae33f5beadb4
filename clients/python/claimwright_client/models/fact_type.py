from typing import Literal

FactType = Literal['choice', 'code', 'codes', 'date', 'derived', 'number', 'row of a table', 'yes/no']

FACT_TYPE_VALUES: set[FactType] = { 'choice', 'code', 'codes', 'date', 'derived', 'number', 'row of a table', 'yes/no',  }

def check_fact_type(value: str) -> FactType:
    if value in FACT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FACT_TYPE_VALUES!r}")
