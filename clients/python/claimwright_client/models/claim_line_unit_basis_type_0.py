from typing import Literal

ClaimLineUnitBasisType0 = Literal['DA', 'MJ', 'UN']

CLAIM_LINE_UNIT_BASIS_TYPE_0_VALUES: set[ClaimLineUnitBasisType0] = { 'DA', 'MJ', 'UN',  }

def check_claim_line_unit_basis_type_0(value: str) -> ClaimLineUnitBasisType0:
    if value in CLAIM_LINE_UNIT_BASIS_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLAIM_LINE_UNIT_BASIS_TYPE_0_VALUES!r}")
