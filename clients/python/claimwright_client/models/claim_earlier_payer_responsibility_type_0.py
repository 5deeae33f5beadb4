from typing import Literal

ClaimEarlierPayerResponsibilityType0 = Literal['primary', 'secondary', 'tertiary']

CLAIM_EARLIER_PAYER_RESPONSIBILITY_TYPE_0_VALUES: set[ClaimEarlierPayerResponsibilityType0] = { 'primary', 'secondary', 'tertiary',  }

def check_claim_earlier_payer_responsibility_type_0(value: str) -> ClaimEarlierPayerResponsibilityType0:
    if value in CLAIM_EARLIER_PAYER_RESPONSIBILITY_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLAIM_EARLIER_PAYER_RESPONSIBILITY_TYPE_0_VALUES!r}")
