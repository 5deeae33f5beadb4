from typing import Literal

CitationQuoteKind = Literal['paraphrase', 'verbatim']

CITATION_QUOTE_KIND_VALUES: set[CitationQuoteKind] = { 'paraphrase', 'verbatim',  }

def check_citation_quote_kind(value: str) -> CitationQuoteKind:
    if value in CITATION_QUOTE_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CITATION_QUOTE_KIND_VALUES!r}")
