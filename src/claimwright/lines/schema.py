"""The one schema of claim lines: a Polars frame with one row per service line, whatever the input was.

Formats write these columns; kernels add facts beside them and never change them. Fields of the claim, its subscriber,
payer and providers are repeated on each of its lines. A null in a claim field means *known absent*, except for the
groups of fields that `unstated` names, where it means *unknown*. Lists are fixed columns, because list aggregates in
Polars are not three-valued.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag

import polars as pl

DIAGNOSES = 25  # an 837I carries up to 25, an 837P 12
POINTERS = 4
MODIFIERS = 4

FORMS = pl.Enum(["professional", "institutional"])
CODE_SYSTEMS = pl.Enum(["ICD-10-CM", "ICD-9-CM"])
MONEY = pl.Decimal(14, 2)
UNITS = pl.Decimal(12, 3)

OTHER_PAYER = pl.Struct(
    {
        "id": pl.String,
        "name": pl.String,
        "filing": pl.String,  # SBR09 of the 2320 loop
        "responsibility": pl.String,  # SBR01: P, S, T, …
        "paid": MONEY,  # AMT*D
        "segment": pl.UInt32,
    }
)
ADJUSTMENT = pl.Struct(
    {
        "payer": pl.String,  # SVD01 for a line adjustment, the other payer's id for a claim adjustment
        "group": pl.String,  # CAS01: CO, PR, OA, PI
        "reason": pl.String,  # CARC
        "amount": MONEY,
        "quantity": UNITS,
        "segment": pl.UInt32,
    }
)


class Unstated(IntFlag):
    """Groups of claim fields that the input left open (a question, not a claim): null there is unknown, not absent."""

    NOTHING = 0
    DIAGNOSES = 1  # dx_*
    POINTERS = 2  # pointed_*
    MODIFIERS = 4  # modifier_*
    UNITS = 8
    PLACE = 16
    SAME_DAY = 32  # what else was done for this patient on this day
    FORM = 64


dx_columns = [f"dx_{n}" for n in range(1, DIAGNOSES + 1)]
pointed_columns = [f"pointed_{n}" for n in range(1, POINTERS + 1)]
modifier_columns = [f"modifier_{n}" for n in range(1, MODIFIERS + 1)]

# Where a group of fields was read: the ordinal of its segment in the file, from 1. Null for tables.
_places = (
    "at_line",  # SV1 / SV2
    "at_claim",  # CLM
    "at_service",  # DTP*472
    "at_diagnoses",  # first HI with diagnoses
    "at_payer",  # NM1*PR
    "at_subscriber",  # NM1*IL
    "at_patient",  # NM1*QC, or the subscriber's when the subscriber is the patient
    "at_billing",  # NM1*85
    "at_rendering",  # NM1*82
    "at_referring",  # NM1*DN
    "at_prior_auth",  # REF*G1
    "at_note",  # first NTE of the line, else of the claim
)

LINE_SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    # where the line stands in its source
    "file": pl.String,
    "claim": pl.String,  # CLM01, the patient control number
    "claim_index": pl.UInt32,  # ordinal of the claim in its file, from 1
    "line": pl.UInt16,  # LX01
    "transaction": pl.String,  # ST02
    "offset": pl.UInt64,  # byte at which the claim's CLM segment begins
    "length": pl.UInt32,  # bytes from there to the end of the claim's last segment
    **dict.fromkeys(_places, pl.UInt32),
    # the claim
    "form": FORMS,
    "frequency": pl.String,  # CLM05-3: 1 original, 7 replacement, 8 void
    "original_claim": pl.String,  # REF*F8, the payer's control number of the claim replaced or voided
    "bill_type": pl.String,  # institutional: CLM05-1 and frequency, e.g. 131
    "prior_auth": pl.String,  # REF*G1, the line's own before the claim's
    "referral": pl.String,  # REF*9F
    "attachment": pl.String,  # PWK01 report type of the first attachment
    "note": pl.String,  # NTE02 of claim and line, newline-separated
    "onset": pl.Date,  # DTP*431
    "initial_treatment": pl.Date,  # DTP*454
    "accident": pl.Date,  # DTP*439
    "last_seen": pl.Date,  # DTP*304
    "statement_from": pl.Date,  # DTP*434
    "statement_to": pl.Date,
    # the patient; `patient` is null when the identity is missing or a placeholder, so that nothing is joined on it
    "patient": pl.UInt64,
    "member_id": pl.String,
    "patient_last": pl.String,
    "patient_first": pl.String,
    "birth_date": pl.Date,
    "sex": pl.String,
    "relationship": pl.String,  # SBR02 or PAT01; 18 is self
    # who furnished and who bills; `provider` is null when both identifiers are missing or placeholders
    "provider": pl.UInt64,
    "billing_npi": pl.String,
    "billing_tax_id": pl.String,
    "billing_taxonomy": pl.String,
    "billing_state": pl.String,
    "billing_zip": pl.String,  # N403 as written, five or nine digits
    "rendering_npi": pl.String,  # the line's own before the claim's
    "rendering_taxonomy": pl.String,
    "referring_npi": pl.String,
    "supervising_npi": pl.String,
    "facility_npi": pl.String,
    "facility_state": pl.String,
    "facility_zip": pl.String,
    # the destination payer, and the others
    "payer_id": pl.String,
    "payer_name": pl.String,
    "filing": pl.String,  # SBR09
    "responsibility": pl.String,  # SBR01
    "group_number": pl.String,
    "plan_name": pl.String,  # SBR04
    "claim_charge": MONEY,
    "received": pl.Date,  # the day on which the payer receives the claim, where it is known or assumed
    "other_payers": pl.List(OTHER_PAYER),
    "adjustments": pl.List(ADJUSTMENT),
    # the line
    "service_from": pl.Date,
    "service_to": pl.Date,
    "procedure": pl.String,
    "revenue": pl.String,  # SV201
    **dict.fromkeys(modifier_columns, pl.String),
    "description": pl.String,  # SV101-7
    "units": UNITS,
    "unit_basis": pl.String,  # UN, MJ, DA
    "charge": MONEY,
    "place": pl.String,  # SV105, else CLM05-1 of a professional claim
    "dx_system": CODE_SYSTEMS,
    **dict.fromkeys(dx_columns, pl.String),  # without dots, upper case, claim order
    "pointers": pl.String,  # as written, `1:2`
    **dict.fromkeys(pointed_columns, pl.String),  # the diagnoses the pointers name, in pointer order
    # what the input says beyond the claim
    "unstated": pl.UInt16,  # Unstated flags
    "program": pl.String,  # stated line of business; usually null, and told from the payer
    "payer": pl.String,  # stated payer key; usually null, and told from the payer table
    "contractor": pl.String,  # stated Medicare contractor; usually null, and told from the state
    "stated": pl.String,  # JSON object: fact name → value, or a list of {value, source}; null when nothing was stated
}


def empty() -> pl.DataFrame:
    """A frame of no lines."""
    return pl.DataFrame(schema=dict(LINE_SCHEMA))


def conform(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame every column of the schema, in its order and types; columns it lacks become null (`unstated`: 0)."""
    columns = []
    for name, kind in LINE_SCHEMA.items():
        if name in frame.columns:
            column = pl.col(name)
            columns.append(column if frame.schema[name] == kind else column.cast(kind))
        else:
            columns.append(pl.lit(0 if name == "unstated" else None, dtype=kind).alias(name))
    return frame.select(columns)


def identity(*parts: pl.Expr) -> pl.Expr:
    """One 64-bit key from identifying text columns; null when any part is missing or a placeholder.

    Two lines share a patient (a provider) when these keys are equal. The key never leaves the process.
    """
    texts = [part.str.strip_chars().str.to_uppercase() for part in parts]
    known = pl.all_horizontal([~text.str.contains(_USELESS).fill_null(True) for text in texts])
    joined = pl.concat_str(texts, separator="\x1f", ignore_nulls=True)
    return pl.when(known.fill_null(False)).then(joined.hash(seed=97026))


PLACEHOLDERS = ("UNKNOWN", "NONE", "NA", "N/A", "TEST", "PATIENT", "NONE GIVEN", "SAME")
# empty, a placeholder word, or one digit repeated four times or more
_USELESS = rf"^(|{'|'.join(PLACEHOLDERS)}|{'|'.join(f'{digit}{{4,}}' for digit in range(10))})$"
