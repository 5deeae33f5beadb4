"""Keys of the patients and providers of cases: what `lines.schema.identity` gives over columns, without a query."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from claimwright.lines.schema import PLACEHOLDERS

_REPEATED = re.compile(r"([0-9])\1{3,}", re.ASCII)


def known_by(*parts: str | None) -> str | None:
    """The text that tells a patient or a provider apart; None where a part is missing or a placeholder."""
    cleaned = [part.strip().upper() if part is not None else "" for part in parts]
    useless = any(not part or part in PLACEHOLDERS or _REPEATED.fullmatch(part) for part in cleaned)
    return None if useless else "\x1f".join(cleaned)


def in_numbers(claims: list[dict[str, Any]]) -> None:
    """Put keys in place of the texts under `patient` and `provider`: all are hashed at once."""
    texts = list(dict.fromkeys(text for of in claims for name in ("patient", "provider") if (text := of[name])))
    keys = dict(zip(texts, pl.Series(texts, dtype=pl.String).hash(seed=97026), strict=True))
    for of in claims:
        of["patient"], of["provider"] = keys.get(of["patient"]), keys.get(of["provider"])


def identity_of(*parts: str | None) -> int | None:
    """The key of one patient or provider, of texts without control characters."""
    text = known_by(*parts)
    return None if text is None else int(pl.Series([text]).hash(seed=97026)[0])
