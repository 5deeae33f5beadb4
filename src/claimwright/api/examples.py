"""What the schema shows as examples: an invented claim, and its answer as far as it fits on a page."""

from __future__ import annotations

from typing import Any

CLAIM: dict[str, Any] = {
    "claim": "A-1001",
    "form": "professional",
    "patient": {"member_id": "1S00A00AA00", "birth_date": "1950-02-01"},
    "provider": {"npi": "1234567893", "state": "OH"},
    "payer": {"filing": "MB"},
    "diagnoses": ["E11.42", "M17.11"],
    "whole_day": True,
    "lines": [
        {"procedure": "97026", "service": "2026-03-10", "modifiers": ["GP"], "units": 1, "pointers": [1]},
        {"procedure": "97110", "service": "2026-03-10", "modifiers": ["GP"], "units": 2, "pointers": [2]},
    ],
}
