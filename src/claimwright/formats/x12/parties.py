"""Who is in a claim: billing provider, subscriber, patient, payers, and the providers of a claim or a line."""

from __future__ import annotations

from claimwright.formats.x12 import fields
from claimwright.formats.x12.fields import NO_BILLING, NO_PATIENT, NO_SUBSCRIBER, places
from claimwright.formats.x12.state import BILLING, HEADER, IN_CLAIM, OTHER, PATIENT, SUBSCRIBER, State

_B = places(fields.BILLING)
_AT_BILLING, _NPI, _TAX_ID = _B["at_billing"], _B["billing_npi"], _B["billing_tax_id"]
_TAXONOMY, _STATE = _B["billing_taxonomy"], _B["billing_state"]

_S = places(fields.SUBSCRIBER)
_AT_SUBSCRIBER, _MEMBER = _S["at_subscriber"], _S["member_id"]
_RESPONSIBILITY, _GROUP, _PLAN, _FILING = _S["responsibility"], _S["group_number"], _S["plan_name"], _S["filing"]
_AT_PAYER, _PAYER_NAME, _PAYER_ID = _S["at_payer"], _S["payer_name"], _S["payer_id"]

_P = places(fields.PATIENT)
_AT_PATIENT, _LAST, _FIRST = _P["at_patient"], _P["patient_last"], _P["patient_first"]
_BORN, _AT_BORN, _SEX, _RELATIONSHIP = _P["birth_date"], _P["@birth_date"], _P["sex"], _P["relationship"]

_PROVIDERS = {  # NM101 → the field of its NPI, the field of its ordinal
    "82": ("rendering_npi", "at_rendering"),
    "DN": ("referring_npi", "at_referring"),
    "DQ": ("supervising_npi", ""),
    "77": ("facility_npi", ""),
}

_LEVELS = {"20": BILLING, "22": SUBSCRIBER, "23": PATIENT}


def enter(state: State, level: int) -> None:
    """Open a hierarchical loop: what belonged to a loop of its own or a deeper level is forgotten."""
    state.level = level
    state.party = ""
    state.patient = NO_PATIENT.copy()
    if level < PATIENT:
        state.subscriber = NO_SUBSCRIBER.copy()
    if level < SUBSCRIBER:
        state.billing = NO_BILLING.copy()


def lost_loop(state: State, level: int, what: str) -> None:
    """Open a loop whose HL is missing, and say so."""
    state.warn("INP-LOOP", f"{what}; read as if its HL were there", "write the HL segment that opens this loop", "HL")
    enter(state, level)


def hl(state: State, e: list[str], _at: int) -> None:
    level = _LEVELS.get(e[3]) or _LEVELS.get(e[3].strip(), HEADER)
    if level == HEADER:
        state.warn(
            "INP-LOOP",
            "this HL opens no loop of an 837: its level is not 20, 22 or 23",
            "write HL03 as 20 for a billing provider, 22 for a subscriber, 23 for a patient",
            "HL03",
        )
        return
    enter(state, level)


def sbr(state: State, e: list[str], at: int) -> None:
    """The subscriber's own SBR (2000B), or the one that opens another payer's loop (2320)."""
    if state.level >= IN_CLAIM:
        state.level = OTHER
        state.party = ""
        state.other = {
            "row": len(state.out.claims),
            "id": None,
            "name": None,
            "filing": e[9] or None,
            "responsibility": e[1] or None,
            "paid": None,
            "segment": at,
        }
        state.out.payers.append(state.other)
        return
    subscriber = state.subscriber
    subscriber[_RESPONSIBILITY] = e[1] or None
    subscriber[_GROUP] = e[3] or None
    subscriber[_PLAN] = e[4] or None
    subscriber[_FILING] = e[9] or None
    if e[2]:
        state.patient[_RELATIONSHIP] = e[2]


def pat(state: State, e: list[str], _at: int) -> None:
    if e[1] and state.level < IN_CLAIM:
        state.patient[_RELATIONSHIP] = e[1]


def nm1(state: State, e: list[str], at: int) -> None:
    party = state.party = e[1]
    level = state.level
    if level < IN_CLAIM:
        _in_hierarchy(state, e, at)
    elif level == OTHER:
        if party == "PR" and state.other is not None:
            state.other["name"] = e[3] or None
            state.other["id"] = e[9] or None
    elif party in _PROVIDERS:
        npi, place = _PROVIDERS[party]
        if e[8] == "XX":
            state.says(npi, e[9] or None)
        if place:
            state.says(place, at)


def _in_hierarchy(state: State, e: list[str], at: int) -> None:
    party = e[1]
    if party == "IL":
        state.subscriber[_AT_SUBSCRIBER] = at
        state.subscriber[_MEMBER] = e[9] or None
        if state.level != PATIENT:
            _patient(state, e, at)
    elif party == "PR":
        subscriber = state.subscriber
        subscriber[_AT_PAYER] = at
        subscriber[_PAYER_NAME] = e[3] or None
        subscriber[_PAYER_ID] = e[9] or None
    elif party == "QC":
        if state.level != PATIENT:
            lost_loop(state, PATIENT, "a patient stands outside a patient loop")
            state.party = party
        _patient(state, e, at)
    elif party == "85":
        state.billing[_AT_BILLING] = at
        if e[8] == "XX":
            state.billing[_NPI] = e[9] or None
        elif e[8] in ("24", "34"):  # before NPIs, and for providers that have none
            state.billing[_TAX_ID] = e[9] or None


def _patient(state: State, e: list[str], at: int) -> None:
    patient = state.patient
    patient[_AT_PATIENT] = at
    patient[_LAST] = e[3] or None
    patient[_FIRST] = e[4] or None


def n4(state: State, e: list[str], _at: int) -> None:
    party = state.party
    if party == "85":
        if state.level == BILLING:
            state.billing[_STATE] = e[2] or None
    elif party == "77":
        state.says("facility_state", e[2] or None)


def dmg(state: State, e: list[str], at: int) -> None:
    if state.level < IN_CLAIM:
        patient = state.patient
        patient[_BORN] = e[2] or None
        patient[_AT_BORN] = at
        patient[_SEX] = e[3] or None


def prv(state: State, e: list[str], _at: int) -> None:
    if e[1] == "BI":
        if state.level == BILLING:
            state.billing[_TAXONOMY] = e[3] or None
    elif e[1] == "PE" and state.party == "82":
        state.says("rendering_taxonomy", e[3] or None)


def ref_billing(state: State, e: list[str]) -> None:
    """The tax id of the billing provider: an employer's (EI) or a person's (SY)."""
    if e[1] in ("EI", "SY") and state.party == "85":
        state.billing[_TAX_ID] = e[2] or None
