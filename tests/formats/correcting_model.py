"""What edits of an 837 must do, told a second time and apart from the code that makes them: on rows of lines.

Edits are drawn from what the reader says of a file; `after` changes the rows by them. Nothing here knows segments.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from hypothesis import strategies as st

from claimwright.formats.x12.edits import Edit
from claimwright.lines.schema import dx_columns, modifier_columns, pointed_columns

TAGS = {
    "pointers": {"SV1"},
    "revenue": {"SV2"},
    "diagnoses": {"HI"},
    "frequency": {"CLM"},
    "claim_charge": {"CLM"},
    "note": {"NTE"},
    "prior_auth": {"REF"},
    "original_claim": {"REF"},
    "service_from": {"DTP"},
    "service_to": {"DTP"},
    "rendering_npi": {"NM1"},
    "place": {"SV1", "CLM"},
    "procedure": {"SV1", "SV2"},
    "modifiers": {"SV1", "SV2"},
    "units": {"SV1", "SV2"},
    "charge": {"SV1", "SV2"},
}
CLAIMS_NAMES = {"line_auth": "prior_auth", "line_npi": "rendering_npi", "npi": "rendering_npi"}
_OF_CLAIM = {"diagnoses", "frequency", "original_claim", "prior_auth", "claim_charge", "npi", "note"}

_modifiers = st.lists(st.text("GPKX59", min_size=2, max_size=2), max_size=4).map(";".join)
_numbers = st.text("AB12 -", min_size=1, max_size=12).map(str.strip).filter(bool)
_maybe = st.just("") | _numbers
_dx = st.text("0123456789", min_size=2, max_size=5).map("M".__add__)
_NOW = {  # field → what may be asked for
    "procedure": st.text("0123456789ABCDEFGH", min_size=5, max_size=5),
    "modifiers": _modifiers,
    "units": st.integers(1, 40).map(str),
    "charge": st.decimals(0, 900, places=2).map(str),
    "claim_charge": st.decimals(0, 9000, places=2).map(str),
    "place": st.sampled_from(["12", "19", "22"]),
    "revenue": st.sampled_from(["0420", "0430", "0270"]),
    "frequency": st.sampled_from("178"),
    "line_auth": _numbers,
    "line_npi": st.just("1999999984"),
    "npi": st.just("1999999984"),
    "prior_auth": _maybe,
    "original_claim": _maybe,
    "note": _maybe,
}


def without_places(frame):
    """The lines without the ordinals and bytes of segments, which move where a segment comes or goes."""
    unplaced = pl.element().struct.with_fields(segment=pl.lit(None))
    lists = (pl.col(name).list.eval(unplaced) for name in ("other_payers", "adjustments"))
    at = [name for name in frame.columns if name.startswith("at_")]
    return frame.drop("offset", "length", *at).with_columns(lists)


def listed(row, columns):
    return [row[name] for name in columns if row[name] is not None]


def said(value):
    return "" if value is None else str(value)


@st.composite
def edits_of(draw, rows, most=6):
    """Edits of some of these rows, each field once, as a person with the lines before them would write them."""
    edits = {}
    for row in draw(st.lists(st.sampled_from(rows), min_size=1, max_size=most)):
        claim = [one for one in rows if one["claim_index"] == row["claim_index"]]
        for each in draw(_edits(row, draw(st.sampled_from(_fields(row, claim))), claim)):
            edits.setdefault((each.claim_index, each.line, each.field), each)
    return list(edits.values())


def _fields(row, claim):
    """What of a line and its claim the rows alone tell how to edit."""
    fields = ["units", "charge", "service", "diagnoses", "frequency", "original_claim", "claim_charge"]
    fields += ["procedure", "modifiers"] if row["procedure"] else []
    fields += ["pointers", "place"] if row["form"] == "professional" else ["revenue"]
    fields += ["line_auth"] if row["form"] == "professional" and own(row, "at_prior_auth") else []
    fields += ["line_npi" if own(row, "at_rendering") else "npi"] if row["rendering_npi"] else []
    fields += ["prior_auth"] if not any(own(one, "at_prior_auth") for one in claim) else []
    fields += ["note"] if not any(own(one, "at_note") for one in claim) else []
    return fields


def own(row, place):
    return (row[place] or 0) > row["at_line"]


@st.composite
def _edits(draw, row, field, claim):
    shared = {"claim": row["claim"] or f"#{row['claim_index']}", "claim_index": row["claim_index"]}
    line = None if field in _OF_CLAIM else row["line"]
    if field == "service":
        first = draw(st.dates(date(2024, 1, 1), date(2026, 3, 1)))
        last = first + timedelta(draw(st.sampled_from([0, 0, 3])))
        days = (("service_from", str(first)), ("service_to", last.strftime("%Y%m%d")))
        return [Edit(field=name, was=said(row[name]), now=now, line=line, **shared) for name, now in days]
    name = CLAIMS_NAMES.get(field, field)
    was, now = said(row.get(name)), _NOW.get(field)
    if field == "modifiers":
        was = ";".join(listed(row, modifier_columns))
    elif field == "diagnoses":
        was = ";".join(listed(row, dx_columns))
        now = st.lists(_dx, min_size=needed(claim), max_size=12, unique=True).map(";".join)
    elif field == "pointers":
        numbers = st.integers(1, min(12, len(listed(row, dx_columns)))).map(str)
        now = st.lists(numbers, min_size=1, max_size=4).map(":".join)
    return [Edit(field=name, was=was, now=draw(now), line=line, **shared)]


def needed(claim):
    """How many diagnoses the lines of a claim point to."""
    return max([1, *(int(number) for row in claim for number in (row["pointers"] or "1").split(":"))])


def after(rows, edits):
    """The rows as the edits say."""
    new = [dict(row) for row in rows]
    for edit in sorted(edits, key=lambda edit: edit.line is not None):
        for row, before in zip(new, rows, strict=True):
            if row["claim_index"] == edit.claim_index and edit.line in {None, row["line"]}:
                _change(row, before, edit)
    for row in new:
        for column in pointed_columns:
            row[column] = None
        if row["pointers"]:
            for column, number in zip(pointed_columns, row["pointers"].split(":"), strict=False):
                row[column] = row[f"dx_{number}"]
    return new


def _change(row, before, edit):
    name, now = edit.field, edit.now or None
    if edit.line is None and name in {"prior_auth", "rendering_npi"}:
        if not own(before, {"prior_auth": "at_prior_auth", "rendering_npi": "at_rendering"}[name]):
            row[name] = now
    elif name in {"modifiers", "diagnoses"}:
        columns = modifier_columns if name == "modifiers" else dx_columns
        items = edit.now.split(";") if edit.now else []
        row |= dict.fromkeys(columns) | dict(zip(columns, items, strict=False))
        if name == "diagnoses":
            row["dx_system"] = row["dx_system"] or "ICD-10-CM"
    elif name in {"units", "charge", "claim_charge"}:
        row[name] = Decimal(edit.now)
    elif name.startswith("service_"):
        row[name] = date.fromisoformat(edit.now)
    else:
        row[name] = now
        if name == "frequency" and row["bill_type"]:
            row["bill_type"] = row["bill_type"][:-1] + edit.now
