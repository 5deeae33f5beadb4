from typing import Literal

ClaimDxSystemType0 = Literal['ICD-10-CM', 'ICD-9-CM']

CLAIM_DX_SYSTEM_TYPE_0_VALUES: set[ClaimDxSystemType0] = { 'ICD-10-CM', 'ICD-9-CM',  }

def check_claim_dx_system_type_0(value: str) -> ClaimDxSystemType0:
    if value in CLAIM_DX_SYSTEM_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLAIM_DX_SYSTEM_TYPE_0_VALUES!r}")
