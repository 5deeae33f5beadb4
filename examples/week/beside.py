"""What is known beside the clinic's claims: some patients' earlier visits, plans, authorizations and plans of care.

Each row belongs to a patient of the week, found by what was planted in one of the claims or by who pays. Amounts,
numbers and dates are invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from week.records import DAYS, Claim, Patient

Row = Mapping[str, object]

HISTORY = (
    "member_id", "birth_date", "patient_first", "provider_npi", "payer", "service_from", "procedure", "modifiers",
    "units", "minutes", "allowed",
)  # fmt: skip
PLANS = (
    "member_id", "payer", "from", "to", "product", "funding", "regulating_state", "renewed_on", "contract_position",
    "prior_authorization_required", "visit_limit", "visits_used", "used_through", "limit_period",
)  # fmt: skip
AUTHORIZATIONS = (
    "member_id", "birth_date", "patient_first", "number", "status", "codes", "from", "to", "counted_in",
    "units_approved", "units_used", "requested_on",
)  # fmt: skip
PLANS_OF_CARE = (
    "member_id", "birth_date", "patient_first", "discipline", "established_on", "evaluation_on", "first_treatment_on",
    "signed_on", "verbal_order_on", "order_on_file", "sent_on", "certified_through", "lists", "functional_goals",
    "complete", "progress_report_on",
)  # fmt: skip

MONDAY = DAYS["M"]
_ALLOWED = {"97110": 54.50, "97140": 26.25, "97530": 35.00, "97026": 6.75, "97012": 14.00, "97161": 150.00,
            "G0283": 11.50}  # fmt: skip


def files(claims: Sequence[Claim], npi: str) -> dict[str, str]:
    """The four files by their names; `npi` is the clinic's."""
    week = _Week(claims)
    made = {
        "history.csv": (HISTORY, _history(week, npi)),
        "plans.csv": (PLANS, _plans(week)),
        "authorizations.csv": (AUTHORIZATIONS, _authorizations(week)),
        "plans-of-care.csv": (PLANS_OF_CARE, _plans_of_care(week)),
    }
    return {f"sides/{name}": _as_csv(columns, rows) for name, (columns, rows) in made.items()}


class _Week:
    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims

    def planted(self, begins: str) -> Patient:
        """The patient of the first line planted with these words."""
        return next(claim.patient for claim in self._claims for mark in claim.marks if mark.planted.startswith(begins))

    def paying(self, payer: str, visits: int, *, authorized: bool = False) -> list[Patient]:
        """The patients of a payer who come so many times and in whom nothing was planted, in the order they come."""
        theirs = [claim for claim in self._claims if claim.patient.coverage.payer.key == payer]
        known: dict[Patient, list[Claim]] = {}
        for claim in theirs:
            known.setdefault(claim.patient, []).append(claim)
        return [
            patient
            for patient, claims in known.items()
            if len(claims) == visits
            and bool(patient.prior_auth) == authorized
            and not any(claim.marks for claim in claims)
        ]


def _history(week: _Week, npi: str) -> Iterable[Row]:
    # eighteen visits, Mondays and Thursdays: 2,475.50 dollars of the year's 2,480 before the week begins
    knee = week.planted("97026 before exercise for knee arthritis")
    for place in range(18):
        day = date(2026, 1, 5) + timedelta(days=7 * place // 2)
        yield from _visit(knee, npi, day, ("97110", 2) if place else ("97161", 1), ("97140", 1))
    passive = week.planted("the fifth visit running with passive modalities only")
    yield from _visit(passive, npi, date(2026, 3, 4), ("97110", 2), ("97012", 1))
    yield from _visit(passive, npi, date(2026, 3, 6), ("97012", 1), ("G0283", 1))
    # Tuesdays and Fridays: 2,633 dollars before the week begins
    above = week.planted("the year's threshold was passed")
    for place in range(18):
        day = date(2026, 1, 6) + timedelta(days=7 * place // 2)
        yield from _visit(above, npi, day, ("97110", 2) if place else ("97161", 1), ("97530", 1))
    unreported = week.planted("97026, diabetes without complication")
    for place in range(9):
        yield from _visit(unreported, npi, date(2026, 2, 10) + timedelta(days=3 * place), ("97110", 2), ("97530", 1))


def _visit(patient: Patient, npi: str, day: date, *services: tuple[str, int]) -> Iterable[Row]:
    for code, units in services:
        yield {
            **_who(patient),
            "provider_npi": npi,
            "payer": patient.coverage.payer.name,
            "service_from": day,
            "procedure": code,
            "modifiers": "GP",
            "units": units,
            "minutes": 15 * units if code in {"97110", "97140", "97530"} else "",
            "allowed": f"{_ALLOWED[code] * units:.2f}",
        }


def _plans(week: _Week) -> Iterable[Row]:
    illinois = {"regulating_state": "IL", "funding": "fully insured", "product": "PPO", "from": date(2026, 1, 1)}
    child = week.planted("97026, BCBS of Illinois, a child")
    yield {**_plan(child), **illinois, "renewed_on": date(2026, 1, 1), "contract_position": "silent"}
    back = week.planted("97026, BCBS of Illinois, back pain")
    yield {**_plan(back), **illinois, "to": date(2025, 12, 31), "from": date(2025, 1, 1), "product": "HMO"}
    yield {**_plan(back), **illinois, "renewed_on": date(2026, 1, 1), "contract_position": "excludes"}
    texas = week.planted("97026, BCBS of Texas")
    yield {
        **_plan(texas), "regulating_state": "TX", "funding": "self-funded", "product": "PPO",
        "renewed_on": date(2025, 7, 1), "contract_position": "silent",
    }  # fmt: skip
    device = week.planted("E0221, a device for home use")
    yield {**_plan(device), **illinois, "product": "EPO", "renewed_on": date(2025, 10, 1)}
    limited = week.paying("erie", 2)[0]
    yield {
        **_plan(limited), "product": "HMO", "funding": "fully insured", "regulating_state": "OH",
        "renewed_on": date(2026, 1, 1), "prior_authorization_required": "no", "visit_limit": 20, "visits_used": 19,
        "limit_period": "calendar year",
    }  # fmt: skip
    for patient in (week.planted("97026, Aetna"), *week.paying("aetna", 2, authorized=True)[:1]):
        yield {**_plan(patient), "product": "POS", "funding": "self-funded", "prior_authorization_required": "yes"}
    yield {**_plan(week.planted("97026, Medicare Advantage")), "product": "HMO", "prior_authorization_required": "yes"}


def _authorizations(week: _Week) -> Iterable[Row]:
    none = week.planted("97026, Aetna")
    yield {**_who(none), "status": "none"} if not none.prior_auth else _authorized(none)
    yield _authorized(week.paying("aetna", 2, authorized=True)[0])
    first, second, *_ = week.paying("advantage", 2, authorized=True)
    yield {**_authorized(first), "units_approved": 12, "units_used": 11}
    yield {**_authorized(second), "to": DAYS["T"], "units_used": 2}
    infrared = week.planted("97026, Medicare Advantage")
    yield {**_authorized(infrared), "codes": "97110;97112;97140;97530"}


def _authorized(patient: Patient) -> Row:
    return {
        **_who(patient),
        "number": patient.prior_auth,
        "status": "approved",
        "codes": "all",
        "from": MONDAY - timedelta(days=14),
        "to": MONDAY + timedelta(days=45),
        "counted_in": "visits",
        "units_approved": 12,
        "units_used": 3,
        "requested_on": MONDAY - timedelta(days=16),
    }


def _plans_of_care(week: _Week) -> Iterable[Row]:
    knee = {
        **_who(week.planted("97026 before exercise for knee arthritis")),
        "discipline": "PT", "order_on_file": "yes", "lists": "97026;97110;97140;97530", "functional_goals": "yes",
        "complete": "yes",
    }  # fmt: skip
    yield {
        **knee, "established_on": date(2026, 1, 5), "evaluation_on": date(2026, 1, 5),
        "first_treatment_on": date(2026, 1, 5), "signed_on": date(2026, 1, 19), "sent_on": date(2026, 1, 6),
        "certified_through": date(2026, 4, 5), "progress_report_on": "2026-02-05;2026-03-05",
    }  # fmt: skip
    unreported = _who(week.planted("97026, diabetes without complication"))
    yield {
        **unreported, "discipline": "PT", "established_on": date(2026, 2, 10), "evaluation_on": date(2026, 2, 10),
        "first_treatment_on": date(2026, 2, 10), "order_on_file": "yes", "sent_on": date(2026, 3, 12),
        "certified_through": date(2026, 5, 10), "lists": "97026;97110;97116;97530", "functional_goals": "yes",
        "complete": "yes",
    }  # fmt: skip
    unlisted = _who(week.planted("97026 points to the hip"))
    yield {
        **unlisted, "discipline": "PT", "established_on": date(2026, 2, 2), "evaluation_on": date(2026, 2, 2),
        "first_treatment_on": date(2026, 2, 2), "verbal_order_on": date(2026, 2, 20), "signed_on": date(2026, 3, 6),
        "order_on_file": "no", "certified_through": date(2026, 5, 2), "lists": "97110;97530", "complete": "no",
        "progress_report_on": "2026-02-27",
    }  # fmt: skip


def _who(patient: Patient) -> Row:
    return {
        "member_id": patient.coverage.member_id,
        "birth_date": patient.person.birth,
        "patient_first": patient.person.first,
    }


def _plan(patient: Patient) -> Row:
    return {"member_id": patient.coverage.member_id, "payer": patient.coverage.payer.name}


def _as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
