"""Who pays, as somebody types it."""

from __future__ import annotations

from typing import Any

_PROGRAMS = {
    "medicare": {"program": "medicare-part-b", "key": "medicare"},
    "medicare part b": {"program": "medicare-part-b", "key": "medicare"},
    "medicare advantage": {"program": "medicare-advantage"},
    "workers comp": {"program": "workers-comp"},
}


def payer_of(text: str | None) -> dict[str, Any] | None:
    """The payer of a case, from what somebody calls it; None where nobody is named."""
    if text is None:
        return None
    known = _PROGRAMS.get(text.strip().lower())
    if known:
        return dict(known)
    return {"name": text, "filing": "CI"}
