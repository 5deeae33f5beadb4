from typing import Literal

View = Literal['coded', 'documented']

VIEW_VALUES: set[View] = { 'coded', 'documented',  }

def check_view(value: str) -> View:
    if value in VIEW_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VIEW_VALUES!r}")
