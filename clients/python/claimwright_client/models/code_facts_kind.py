from typing import Literal

CodeFactsKind = Literal['diagnosis', 'modifier', 'procedure']

CODE_FACTS_KIND_VALUES: set[CodeFactsKind] = { 'diagnosis', 'modifier', 'procedure',  }

def check_code_facts_kind(value: str) -> CodeFactsKind:
    if value in CODE_FACTS_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CODE_FACTS_KIND_VALUES!r}")
