from typing import Literal

ClauseQuoteKind = Literal['paraphrase', 'verbatim']

CLAUSE_QUOTE_KIND_VALUES: set[ClauseQuoteKind] = { 'paraphrase', 'verbatim',  }

def check_clause_quote_kind(value: str) -> ClauseQuoteKind:
    if value in CLAUSE_QUOTE_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLAUSE_QUOTE_KIND_VALUES!r}")
