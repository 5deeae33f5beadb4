"""The four kinds of side file, and the columns of each: what a claim does not carry and somebody else knows.

A value that is not there is not known. What is known not to be is said: `no`, or `none` for a list.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from claimwright.formats.sides.columns import Column, Holds, Kind

_MEMBER = Column("member_id", Holds.TEXT, "the member id, as claims have it", required=True)
_BORN = Column("birth_date", Holds.DAY, "the patient's birth date; tells apart patients who share a member id")
_FIRST = Column("patient_first", Holds.TEXT, "the patient's first name; tells apart patients who share a birth date")
_DISCIPLINES = {
    "PT": ("physical therapy", "GP"),
    "OT": ("occupational therapy", "GO"),
    "SLP": ("speech", "speech language pathology", "ST", "GN"),
}

HISTORY = Kind(
    "history",
    "Earlier visits, and what was allowed for them",
    "a service line of an earlier claim, or a whole visit where the procedure is not known",
    (
        _MEMBER,
        _BORN,
        _FIRST,
        Column(
            "provider_npi",
            Holds.TEXT,
            "the NPI of who billed or furnished it; without one, any provider's",
            ("npi", "billing_npi", "billing_provider_npi", "rendering_npi", "rendering_provider_npi"),
        ),
        Column(
            "payer",
            Holds.TEXT,
            "whose allowed amount it is, by id, name or key; without one, that of the payer looked at",
            ("payer_id", "payer_name", "insurance"),
        ),
        Column(
            "service_from",
            Holds.DAY,
            "the day of service, or the first of several",
            ("service", "dos", "date_of_service", "service_date", "visit_date", "date", "day"),
            wanted=True,
        ),
        Column("procedure", Holds.PROCEDURE, "the procedure code"),
        Column("modifiers", Holds.MODIFIERS, "the modifiers, which tell the discipline"),
        Column(
            "discipline", Holds.WORD, "the discipline, where no modifier tells it", ("therapy",), words=_DISCIPLINES
        ),
        Column("units", Holds.NUMBER, "the units billed", positive=True),
        Column("minutes", Holds.NUMBER, "the minutes the service took"),
        Column(
            "allowed",
            Holds.MONEY,
            "what the payer allowed, deductible and coinsurance included; what was taken back is below zero",
            ("allowed_amount", "amount_allowed"),
            signed=True,
        ),
    ),
)

PLANS = Kind(
    "plans",
    "Members' plans: product, funding, state, renewal, contract and limits",
    "a member's plan over some days; without a last day, until the member's next row with the same payer begins",
    (
        _MEMBER,
        Column("payer", Holds.TEXT, "the payer, by id, name or key; without one, any", ("payer_id", "payer_name")),
        Column(
            "from",
            Holds.DAY,
            "the first day on which the row holds",
            ("valid_from", "effective", "start_date"),
            telling=True,
        ),
        Column(
            "to", Holds.DAY, "the last day on which the row holds", ("valid_to", "through", "end_date"), telling=True
        ),
        Column(
            "product",
            Holds.WORD,
            "the kind of plan",
            ("plan_type", "plan_product"),
            words={
                "PPO": ("HDHP PPO", "preferred provider organization"),
                "HMO": ("HDHP HMO", "health maintenance organization"),
                "POS": ("HDHP POS", "point of service"),
                "EPO": ("HDHP EPO", "exclusive provider organization"),
                "indemnity": (),
                "other": (),
            },
        ),
        Column(
            "funding",
            Holds.WORD,
            "who bears the risk",
            words={
                "fully insured": ("insured",),
                "self-funded": ("self funded", "self insured", "ASO", "administrative services only"),
            },
        ),
        Column(
            "regulating_state",
            Holds.STATE,
            "the state that regulates the contract, not that of the clinic",
            ("state", "situs", "plan_state"),
        ),
        Column(
            "renewed_on",
            Holds.DAY,
            "the day on which the plan was last amended, delivered, issued or renewed",
            ("plan_event", "plan_event_date", "event_date", "renewal", "renewal_date", "plan_renewed"),
        ),
        Column(
            "contract_position",
            Holds.WORD,
            "what the reviewed contract or plan description says about infrared therapy",
            ("contract",),
            words={"silent": (), "covers": ("covered",), "excludes": ("excluded",)},
        ),
        Column(
            "prior_authorization_required",
            Holds.YES_NO,
            "whether the plan asks for prior authorization of therapy",
            ("authorization_required", "pa_required", "prior_auth_required"),
        ),
        Column("visit_limit", Holds.NUMBER, "how many therapy visits the plan pays in a period", ("visit_cap",)),
        Column("visits_used", Holds.NUMBER, "how many of them are used", ("used_visits",)),
        Column("unit_limit", Holds.NUMBER, "how many therapy units the plan pays in a period", ("unit_cap",)),
        Column("units_used", Holds.NUMBER, "how many of them are used", ("used_units",)),
        Column(
            "dollar_limit", Holds.MONEY, "how many dollars the plan allows for therapy in a period", ("dollar_cap",)
        ),
        Column("dollars_used", Holds.MONEY, "how many of them are used", ("used_dollars",)),
        Column(
            "used_through",
            Holds.DAY,
            "the last day of service that the used numbers count; without one, they count none of this run's services",
            ("used_as_of",),
        ),
        Column(
            "limit_period",
            Holds.WORD,
            "the period of the limits; a plan year begins when the plan is renewed",
            ("cap_period", "period"),
            words={"calendar year": ("year",), "plan year": ("benefit year", "contract year"), "lifetime": ()},
        ),
    ),
)

AUTHORIZATIONS = Kind(
    "authorizations",
    "Prior authorizations",
    "a prior authorization, or the word that none was asked for",
    (
        _MEMBER,
        _BORN,
        _FIRST,
        Column(
            "number",
            Holds.TEXT,
            "its number, as claims carry it",
            ("prior_auth", "authorization", "authorization_number", "auth", "auth_number", "pa_number"),
        ),
        Column(
            "status",
            Holds.WORD,
            "where it stands; `none` says that nobody asked",
            ("auth_status", "pa_status"),
            words={
                "approved": ("certified", "authorized"),
                "pending": ("requested", "pended", "in review"),
                "denied": ("not certified",),
                "expired": (),
                "none": ("not requested",),
            },
        ),
        Column("codes", Holds.CODES, "the procedure codes it names", ("procedures", "cpt", "cpt_codes", "procedure")),
        Column("from", Holds.DAY, "the first day it covers", ("valid_from", "effective", "start_date", "from_date")),
        Column("to", Holds.DAY, "the last day it covers", ("valid_to", "through", "end_date", "to_date")),
        Column(
            "counted_in",
            Holds.WORD,
            "what its numbers count; units, where nothing is said",
            ("unit_type",),
            words={"units": ("unit",), "visits": ("visit", "days", "sessions")},
        ),
        Column("units_approved", Holds.NUMBER, "how many are approved", ("approved", "visits_approved", "units")),
        Column("units_used", Holds.NUMBER, "how many are used before this run", ("used", "visits_used")),
        Column("requested_on", Holds.DAY, "the day on which it was asked for", ("requested", "request_date")),
    ),
)

PLANS_OF_CARE = Kind(
    "plans-of-care",
    "Plans of care: certification, what they list, and progress reports",
    "a plan of care, or the recertification of one",
    (
        _MEMBER,
        _BORN,
        _FIRST,
        Column("discipline", Holds.WORD, "whose plan it is", ("therapy",), words=_DISCIPLINES, required=True),
        Column(
            "established_on",
            Holds.DAY,
            "the day on which it was written",
            ("established", "plan_date", "poc_date", "cert_date"),
            required=True,
        ),
        Column("evaluation_on", Holds.DAY, "the day of the initial evaluation", ("evaluation", "evaluation_date")),
        Column(
            "first_treatment_on",
            Holds.DAY,
            "the first day of treatment under it, the evaluation counted; begins the certified period",
            ("first_treatment", "first_treatment_date", "start_of_care", "soc"),
        ),
        Column("signed", Holds.YES_NO, "whether the physician or practitioner signed and dated it"),
        Column("signed_on", Holds.DAY, "the day of the signature", ("signed_date", "signature_date")),
        Column("verbal_order_on", Holds.DAY, "the day of a verbal order for it", ("verbal_order",)),
        Column("order_on_file", Holds.YES_NO, "whether a signed and dated order or referral is on file", ("order",)),
        Column("sent", Holds.YES_NO, "whether it was sent to the physician or practitioner"),
        Column("sent_on", Holds.DAY, "the day on which it was sent", ("sent_date",)),
        Column("certified_through", Holds.DAY, "the last day certified", ("cert_through", "certified_to")),
        Column("lists", Holds.CODES, "the procedure codes of the treatment it lists", ("codes", "procedures")),
        Column(
            "functional_goals", Holds.YES_NO, "whether its long-term goals are measurable and in function", ("goals",)
        ),
        Column("complete", Holds.YES_NO, "whether it gives diagnoses, type, amount, frequency and duration"),
        Column(
            "progress_report_on",
            Holds.DAYS,
            "the days of the progress reports written under it",
            ("progress_reports", "progress_report", "reports"),
        ),
    ),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (HISTORY, PLANS, AUTHORIZATIONS, PLANS_OF_CARE)}

# an empty cell below the heading of a day says that it did not come; the column beside it then says no
EVENTS: Mapping[str, str] = {"signed_on": "signed", "sent_on": "sent"}

HISTORY_SCHEMA, PLANS_SCHEMA, AUTHORIZATIONS_SCHEMA, PLANS_OF_CARE_SCHEMA = (
    HISTORY.schema,
    PLANS.schema,
    AUTHORIZATIONS.schema,
    PLANS_OF_CARE.schema,
)


def empty(kind: Kind) -> pl.DataFrame:
    """A frame of no rows."""
    return pl.DataFrame(schema=kind.schema)
