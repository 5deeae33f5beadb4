from typing import Literal

ClaimPayerResponsibilityType0 = Literal['primary', 'secondary', 'tertiary']

CLAIM_PAYER_RESPONSIBILITY_TYPE_0_VALUES: set[ClaimPayerResponsibilityType0] = { 'primary', 'secondary', 'tertiary',  }

def check_claim_payer_responsibility_type_0(value: str) -> ClaimPayerResponsibilityType0:
    if value in CLAIM_PAYER_RESPONSIBILITY_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLAIM_PAYER_RESPONSIBILITY_TYPE_0_VALUES!r}")
