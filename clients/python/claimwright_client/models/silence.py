from typing import Literal

Silence = Literal['claim withdrawn', 'date of service unknown', 'documentation not seen', 'edit status unknown', 'no determination', 'no policy loaded for payer', 'not modelled']

SILENCE_VALUES: set[Silence] = { 'claim withdrawn', 'date of service unknown', 'documentation not seen', 'edit status unknown', 'no determination', 'no policy loaded for payer', 'not modelled',  }

def check_silence(value: str) -> Silence:
    if value in SILENCE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SILENCE_VALUES!r}")
