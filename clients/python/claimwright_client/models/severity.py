from typing import Literal

Severity = Literal['BLOCK', 'FIX', 'INFO', 'WARN']

SEVERITY_VALUES: set[Severity] = { 'BLOCK', 'FIX', 'INFO', 'WARN',  }

def check_severity(value: str) -> Severity:
    if value in SEVERITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEVERITY_VALUES!r}")
