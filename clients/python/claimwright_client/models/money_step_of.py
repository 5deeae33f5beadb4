from typing import Literal

MoneyStepOf = Literal['allowed', 'payment']

MONEY_STEP_OF_VALUES: set[MoneyStepOf] = { 'allowed', 'payment',  }

def check_money_step_of(value: str) -> MoneyStepOf:
    if value in MONEY_STEP_OF_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MONEY_STEP_OF_VALUES!r}")
