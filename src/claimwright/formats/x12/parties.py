"""Who is in a claim: billing provider, subscriber, patient, payers, and the providers of a claim or a line."""

from __future__ import annotations

from claimwright.formats.x12 import fields
from claimwright.formats.x12.fields import places
from claimwright.formats.x12.state import (
    BILLING,
    HEADER,
    IN_CLAIM,
    NO_BILLING,
    NO_PATIENT,
    NO_SUBSCRIBER,
    OTHER,
    PATIENT,
    SUBSCRIBER,
    State,
)

_B, _S, _P = places(fields.BILLING), places(fields.SUBSCRIBER), places(fields.PATIENT)
_NPI, _TAX_ID, _TAXONOMY, _STATE, _ZIP = (
    _B[f"billing_{name}"] for name in ("npi", "tax_id", "taxonomy", "state", "zip")
)
_MEMBER, _PAYER_NAME, _PAYER_ID = (_S[name] for name in ("member_id", "payer_name", "payer_id"))
_RESPONSIBILITY, _GROUP, _PLAN, _FILING = (_S[n] for n in ("responsibility", "group_number", "plan_name", "filing"))
_LAST, _FIRST, _BORN, _SEX, _RELATIONSHIP = (
    _P[name] for name in ("patient_last", "patient_first", "birth_date", "sex", "relationship")
)

_PROVIDERS = {  # NM101 → the field of its NPI, the field of its ordinal
    "82": ("rendering_npi", "at_rendering"),
    "DN": ("referring_npi", "at_referring"),
    "DQ": ("supervising_npi", ""),
    "77": ("facility_npi", ""),
}
_SHARED, _SHARED_AT = places(fields.SHARED), places(fields.SHARED_AT)
_OF_CLAIM = {  # the same as places in the rows of a claim, since nearly all of them stand there
    party: (_SHARED[npi], _SHARED_AT[place]) for party, (npi, place) in _PROVIDERS.items() if place
}
_LEVELS = {"20": BILLING, "22": SUBSCRIBER, "23": PATIENT}


def enter(state: State, level: int) -> None:
    """Open a hierarchical loop: what belonged to a loop of its own or a deeper level is forgotten."""
    state.level = level
    state.party = ""
    state.patient = NO_PATIENT.copy()
    state.at_patient = state.at_birth = 0
    if level < PATIENT:
        state.subscriber = NO_SUBSCRIBER.copy()
        state.at_subscriber = state.at_payer = 0
    if level < SUBSCRIBER:
        state.billing = NO_BILLING.copy()
        state.at_billing = 0


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
    subscriber[_RESPONSIBILITY] = e[1]
    subscriber[_GROUP] = e[3]
    subscriber[_PLAN] = e[4]
    subscriber[_FILING] = e[9]
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
    elif level == IN_CLAIM and party in _OF_CLAIM:
        index, place_index = _OF_CLAIM[party]
        if e[8] == "XX":
            state.shared[index] = e[9]
        state.shared_at[place_index] = at
    elif party in _PROVIDERS:
        npi, place = _PROVIDERS[party]
        state.says(npi if e[8] == "XX" else "", e[9], place, at)


def _in_hierarchy(state: State, e: list[str], at: int) -> None:
    party = e[1]
    if party == "IL":
        state.at_subscriber = at
        state.subscriber[_MEMBER] = e[9]
        if state.level != PATIENT:
            _patient(state, e, at)
    elif party == "PR":
        state.at_payer = at
        state.subscriber[_PAYER_NAME] = e[3]
        state.subscriber[_PAYER_ID] = e[9]
    elif party == "QC":
        if state.level != PATIENT:
            lost_loop(state, PATIENT, "a patient stands outside a patient loop")
            state.party = party
        _patient(state, e, at)
    elif party == "85":
        state.at_billing = at
        if e[8] == "XX":
            state.billing[_NPI] = e[9]
        elif e[8] in ("24", "34"):  # before NPIs, and for providers that have none
            state.billing[_TAX_ID] = e[9]


def _patient(state: State, e: list[str], at: int) -> None:
    state.at_patient = at
    state.patient[_LAST] = e[3]
    state.patient[_FIRST] = e[4]


def n4(state: State, e: list[str], _at: int) -> None:
    party = state.party
    if party == "85":
        if state.level == BILLING:
            state.billing[_STATE] = e[2]
            state.billing[_ZIP] = e[3]
    elif party == "77":
        state.says("facility_state", e[2])
        state.says("facility_zip", e[3])


def dmg(state: State, e: list[str], at: int) -> None:
    if state.level < IN_CLAIM:
        state.patient[_BORN] = e[2]
        state.patient[_SEX] = e[3]
        state.at_birth = at


def prv(state: State, e: list[str], _at: int) -> None:
    if e[1] == "BI":
        if state.level == BILLING:
            state.billing[_TAXONOMY] = e[3]
    elif e[1] == "PE" and state.party == "82":
        state.says("rendering_taxonomy", e[3])


def ref_billing(state: State, e: list[str]) -> None:
    """The tax id of the billing provider: an employer's (EI) or a person's (SY)."""
    if e[1] in ("EI", "SY") and state.party == "85":
        state.billing[_TAX_ID] = e[2]
