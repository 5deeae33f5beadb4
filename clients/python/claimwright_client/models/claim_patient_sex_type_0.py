from typing import Literal

ClaimPatientSexType0 = Literal['F', 'M', 'U']

CLAIM_PATIENT_SEX_TYPE_0_VALUES: set[ClaimPatientSexType0] = { 'F', 'M', 'U',  }

def check_claim_patient_sex_type_0(value: str) -> ClaimPatientSexType0:
    if value in CLAIM_PATIENT_SEX_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLAIM_PATIENT_SEX_TYPE_0_VALUES!r}")
