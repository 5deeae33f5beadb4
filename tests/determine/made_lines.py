"""Claim lines made up for tests of one day: every field that matters, and a frame of the schema from them."""

from datetime import date

import polars as pl

from claimwright.lines.schema import conform

DAY = date(2026, 4, 1)


def line(procedure="97110", number=1, **more):
    """One line of Medicare's patient 1 by provider 1, in claim `number`."""
    return {
        "file": "made",
        "claim": f"C{number}",
        "claim_index": number,
        "line": 1,
        "unstated": 0,
        "form": "professional",
        "patient": 1,
        "provider": 1,
        "service_from": DAY,
        "service_to": more.get("service_from", DAY),
        "procedure": procedure,
        "units": 1,
        "dx_system": "ICD-10-CM",
        "dx_1": "M1711",
        "program": "medicare-part-b",
        **more,
    }


def frame_of(lines):
    return conform(pl.DataFrame(list(lines), infer_schema_length=None))
