"""The rows a reader fills: texts and places, field by field.

A row of texts is kept as one string and split by Polars later: a claim kept as forty strings costs twice the time. The
order of the names here is the order in which rows are written.
"""

from __future__ import annotations

Texts = list[str]  # as written; "" where the input has nothing
Places = list[int]  # ordinals of segments, and numbers; 0 where the input has nothing

FIELD, ITEM = (
    "\x0e",
    "\x0f",
)  # between the fields of a row, between the items of a list in one; never let in from a file

BILLING = ("billing_npi", "billing_tax_id", "billing_taxonomy", "billing_state", "billing_zip")
SUBSCRIBER = ("member_id", "responsibility", "group_number", "plan_name", "filing", "payer_name", "payer_id")
PATIENT = ("patient_last", "patient_first", "birth_date", "sex", "relationship")
SHARED = (  # what a claim may say, and its lines may say again in few files: those go into `Batching.own`
    "prior_auth",
    "referral",
    "attachment",
    "note",
    "rendering_npi",
    "rendering_taxonomy",
    "referring_npi",
    "supervising_npi",
    "facility_npi",
    "facility_state",
    "facility_zip",
    "onset",
    "initial_treatment",
    "accident",
    "last_seen",
)
CLAIM = (
    "claim",
    "transaction",
    "form",
    "place",
    "frequency",
    "bill_type",
    "original_claim",
    "claim_charge",
    "statement",
    "dx_system",
    "dx_trouble",
    "dx",
)
LINE = (
    "service",
    "procedure",
    "modifiers",
    "revenue",
    "description",
    "units",
    "unit_basis",
    "charge",
    "pointers",
    "place",
)
CLAIM_TEXTS = (*BILLING, *SUBSCRIBER, *PATIENT, *SHARED, *CLAIM)

# A name that begins with @ is the ordinal of the segment of the field it names.
BILLING_AT = ("at_billing",)
SUBSCRIBER_AT = ("at_subscriber", "at_payer")
PATIENT_AT = ("at_patient", "@birth_date")
SHARED_AT = (
    "at_prior_auth",
    "at_note",
    "at_rendering",
    "at_referring",
    "@onset",
    "@initial_treatment",
    "@accident",
    "@last_seen",
)
CLAIM_AT = ("claim_index", "offset", "length", "at_claim", "@statement", "at_diagnoses")
LINE_PLACES = ("row", "line", "at_line", "at_service")
CLAIM_PLACES = (*BILLING_AT, *SUBSCRIBER_AT, *PATIENT_AT, *SHARED_AT, *CLAIM_AT)


def places(names: tuple[str, ...]) -> dict[str, int]:
    """Field → its place in a row."""
    return {name: place for place, name in enumerate(names)}
