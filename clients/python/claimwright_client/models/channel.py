from typing import Literal

Channel = Literal['audit', 'coding', 'coverage', 'documentation']

CHANNEL_VALUES: set[Channel] = { 'audit', 'coding', 'coverage', 'documentation',  }

def check_channel(value: str) -> Channel:
    if value in CHANNEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHANNEL_VALUES!r}")
