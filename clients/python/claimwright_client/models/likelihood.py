from typing import Literal

Likelihood = Literal['certain', 'likely', 'possible']

LIKELIHOOD_VALUES: set[Likelihood] = { 'certain', 'likely', 'possible',  }

def check_likelihood(value: str) -> Likelihood:
    if value in LIKELIHOOD_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIKELIHOOD_VALUES!r}")
