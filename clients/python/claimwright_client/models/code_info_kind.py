from typing import Literal

CodeInfoKind = Literal['modifier', 'procedure']

CODE_INFO_KIND_VALUES: set[CodeInfoKind] = { 'modifier', 'procedure',  }

def check_code_info_kind(value: str) -> CodeInfoKind:
    if value in CODE_INFO_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CODE_INFO_KIND_VALUES!r}")
