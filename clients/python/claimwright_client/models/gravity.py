from typing import Literal

Gravity = Literal['error', 'warning']

GRAVITY_VALUES: set[Gravity] = { 'error', 'warning',  }

def check_gravity(value: str) -> Gravity:
    if value in GRAVITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GRAVITY_VALUES!r}")
