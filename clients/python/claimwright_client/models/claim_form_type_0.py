from typing import Literal

ClaimFormType0 = Literal['institutional', 'professional']

CLAIM_FORM_TYPE_0_VALUES: set[ClaimFormType0] = { 'institutional', 'professional',  }

def check_claim_form_type_0(value: str) -> ClaimFormType0:
    if value in CLAIM_FORM_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLAIM_FORM_TYPE_0_VALUES!r}")
