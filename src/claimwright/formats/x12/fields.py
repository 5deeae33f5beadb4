"""The rows a reader fills, field by field: lists with fixed places, because they become columns ten times as fast as dicts.

Fields are named as in `LINE_SCHEMA`; one that begins with `@` is the segment ordinal of the field it names.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from claimwright.lines.schema import LINE_SCHEMA

Row = list[Any]  # text as written, or a place; None where the input has nothing

BILLING = ("at_billing", "billing_npi", "billing_tax_id", "billing_taxonomy", "billing_state")
SUBSCRIBER = (
    "at_subscriber",
    "member_id",
    "responsibility",
    "group_number",
    "plan_name",
    "filing",
    "at_payer",
    "payer_name",
    "payer_id",
)
PATIENT = ("at_patient", "patient_last", "patient_first", "birth_date", "@birth_date", "sex", "relationship")

# What a claim may say, and its lines may say again in few files: those go into `Batching.own`.
SHARED = (
    "prior_auth",
    "at_prior_auth",
    "referral",
    "attachment",
    "note",
    "at_note",
    "at_rendering",
    "rendering_npi",
    "rendering_taxonomy",
    "at_referring",
    "referring_npi",
    "supervising_npi",
    "facility_npi",
    "facility_state",
    "onset",
    "@onset",
    "initial_treatment",
    "@initial_treatment",
    "accident",
    "@accident",
    "last_seen",
    "@last_seen",
)
CLAIM = (
    "claim",
    "claim_index",
    "transaction",
    "offset",
    "length",
    "at_claim",
    "form",
    "place",
    "frequency",
    "bill_type",
    "original_claim",
    "claim_charge",
    "statement",
    "@statement",
    "at_diagnoses",
    "dx_system",
    "mixed",
    "dx_unread",
)
LINE = (
    "row",
    "line",
    "at_line",
    "at_service",
    "service",
    "procedure",
    "revenue",
    "description",
    "units",
    "unit_basis",
    "charge",
    "pointers",
    "place",
)

CLAIM_ROW = (*BILLING, *SUBSCRIBER, *PATIENT, *CLAIM, *SHARED)

NO_BILLING: Row = [None] * len(BILLING)
NO_SUBSCRIBER: Row = [None] * len(SUBSCRIBER)
NO_PATIENT: Row = [None] * len(PATIENT)
NO_SHARED: Row = [None] * len(SHARED)


def places(names: tuple[str, ...]) -> dict[str, int]:
    """Field → its place in a row."""
    return {name: place for place, name in enumerate(names)}


def kind(name: str) -> Any:
    """The type of a field before anything is parsed."""
    if name.startswith(("@", "at_")) or name in ("row", "line_row", "segment"):
        return pl.UInt32
    if name in ("mixed", "dx_unread"):
        return pl.Boolean
    if name in ("claim_index", "offset", "length", "line"):
        return LINE_SCHEMA[name]
    return pl.String
