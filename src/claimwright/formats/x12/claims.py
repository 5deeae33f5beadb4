"""What a claim says in its own loops: CLM, dates, diagnoses, references, notes, and what other payers did."""

from __future__ import annotations

from claimwright.formats.x12 import fields
from claimwright.formats.x12.fields import FIELD, ITEM, places
from claimwright.formats.x12.parties import lost_loop, ref_billing
from claimwright.formats.x12.state import (
    AGAIN,
    BILLING,
    IN_CLAIM,
    IN_LINE,
    NO_SHARED,
    NO_SHARED_AT,
    OTHER,
    SUBSCRIBER,
    Mark,
    State,
)
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.schema import DIAGNOSES

_C, _AT = places(fields.CLAIM), places(fields.CLAIM_AT)
_STATEMENT, _ORIGINAL, _SYSTEM, _TROUBLE, _DX = (
    _C[name] for name in ("statement", "original_claim", "dx_system", "dx_trouble", "dx")
)
_OFFSET, _LENGTH, _AT_CLAIM, _AT_STATEMENT, _AT_DIAGNOSES = (
    _AT[name] for name in ("offset", "length", "at_claim", "@statement", "at_diagnoses")
)
MIXED, UNREAD = "m", "u"  # what may be wrong with the diagnoses of a claim

_DATES = {
    "431": ("onset", "@onset"),
    "454": ("initial_treatment", "@initial_treatment"),
    "439": ("accident", "@accident"),
    "304": ("last_seen", "@last_seen"),
}
_WIDTHS = {"D8": 8, "RD8": 17, "DT": 12}
_REFERENCES = {"G1": "prior_auth", "9F": "referral"}
_NO_PLACE = [""]
_SYSTEMS = {"ABK": "ICD-10-CM", "ABF": "ICD-10-CM", "BK": "ICD-9-CM", "BF": "ICD-9-CM"}


def clm(state: State, e: list[str], at: int) -> int:
    if close(state):
        return AGAIN
    if state.level < SUBSCRIBER:
        lost_loop(state, SUBSCRIBER, "a claim stands outside a subscriber loop")
    state.claims += 1
    state.level = IN_CLAIM
    state.party = ""
    state.other = None
    state.number = 0
    state.diagnoses = []
    state.shared = NO_SHARED.copy()
    state.shared_at = NO_SHARED_AT.copy()
    state.first_line = len(state.out.lines)
    parts = state.split(e[5], "CLM05") if e[5] else _NO_PLACE
    professional = state.form == "professional" or (state.form is None and not (len(parts) > 1 and parts[1] == "A"))
    frequency = parts[2] if len(parts) > 2 else ""
    state.claim = [  # in the order of fields.CLAIM
        e[1].strip(),
        state.st or "",
        "professional" if professional else "institutional",
        parts[0] if professional else "",
        frequency,
        parts[0] + frequency if parts[0] and not professional else "",
        "",
        e[2],
        "",
        "",
        "",
        "",
    ]
    state.claim_at = [state.claims, state.begin(), 0, at, 0, 0]  # in the order of fields.CLAIM_AT
    if not e[1].strip():
        state.warn(
            "INP-CLAIM-ID",
            "this claim has no patient control number; findings name it by its place in the file",
            "write the number by which you know the claim in CLM01",
            "CLM01",
        )
    return 0


def close(state: State) -> bool:
    """End the open claim, if any; True when it is time to hand over."""
    claim = state.claim
    if claim is None:
        return False
    close_line(state)
    places_ = state.claim_at
    places_[_LENGTH] = state.end() - places_[_OFFSET]
    out = state.out
    if len(out.lines) == state.first_line:
        out.problems.append(
            Problem(
                "INP-NO-LINES",
                "this claim has no service line that could be read, so there is nothing to check",
                "write at least one service line (LX with SV1 or SV2), or take the claim out",
                Gravity.ERROR,
                state.file,
                segment=places_[_AT_CLAIM],
                claim=state.name(),
            )
        )
    claim[_DX] = ITEM.join(state.diagnoses)
    out.claims.append(FIELD.join([*state.billing, *state.subscriber, *state.patient, *state.shared, *claim]))
    out.claim_places.extend(
        [
            state.at_billing,
            state.at_subscriber,
            state.at_payer,
            state.at_patient,
            state.at_birth,
            *state.shared_at,
            *places_,
        ]
    )
    state.claim = state.other = None
    count = len(out.claims)
    if count % state.size == 0:
        out.marks.append(Mark(count, len(out.lines), len(out.problems), state.at, state.begin()))
    return count >= state.limit


def close_line(state: State) -> None:
    """End the open line, if any; an LX without a service is named and dropped."""
    line, out = state.line, state.out
    if line is not None:
        line[0] = state.service
        out.line_places.extend((len(out.claims), state.number, state.at_line, state.at_service))
        out.lines.append(FIELD.join(line))
        state.line = None
    elif state.awaiting:
        state.report(
            "INP-LINE",
            "this line has no SV1 or SV2, so it says nothing that was done",
            "write the service of the line after its LX",
            element="LX",
        )
        state.awaiting = False
        for said in out.own.values():
            said.pop(len(out.lines), None)


def dtp(state: State, e: list[str], at: int) -> None:
    code, text = e[1], e[3]
    if code == "472":
        if state.level < IN_LINE:
            return
        state.service = text
        state.at_service = at
    elif code in _DATES:
        name, place = _DATES[code]
        state.says(name, text[:8], place, at)
    elif code == "434" and state.claim is not None:
        state.claim[_STATEMENT] = text
        state.claim_at[_AT_STATEMENT] = at
    else:
        return
    if len(text) != _WIDTHS.get(e[2]):
        state.warn(
            "INP-DATE-FORM",
            f"DTP*{code} has not the shape that its qualifier announces; read by its shape",
            "mark one day D8 and write CCYYMMDD; mark a period RD8 and write CCYYMMDD-CCYYMMDD",
            "DTP02",
        )


def hi(state: State, e: list[str], at: int) -> None:
    claim = state.claim
    if claim is None:
        return
    diagnoses = state.diagnoses
    unread = 0
    for element in e[1:]:
        parts = element.split(state.component)
        if len(parts) < 2:
            parts = state.split(element, "HI")
        if len(parts) < 2 or not parts[1]:
            unread += 1
            continue
        system = _SYSTEMS.get(parts[0])
        if system is None:
            continue
        if not diagnoses:
            state.claim_at[_AT_DIAGNOSES] = at
            claim[_SYSTEM] = system
        elif claim[_SYSTEM] != system and MIXED not in claim[_TROUBLE]:
            claim[_TROUBLE] += MIXED
            state.report(
                "INP-DX-MIXED",
                "ICD-9-CM and ICD-10-CM diagnoses stand in one claim, which has one system; the system is left open",
                "qualify the diagnoses of one system: ABK and ABF for ICD-10-CM, BK and BF for ICD-9-CM",
                element="HI",
            )
        diagnoses.append(parts[1])
    if unread:
        claim[_TROUBLE] += UNREAD
        state.report(
            "INP-DIAGNOSIS",
            f"{unread} of the {len(e) - 1} elements have no qualifier and code together and were not read; "
            "which diagnosis a line points to is left open",
            "write each diagnosis as qualifier, component separator, code",
            element="HI",
        )
    if len(diagnoses) > DIAGNOSES:
        del diagnoses[DIAGNOSES:]
        state.report(
            "INP-DIAGNOSIS",
            f"more than {DIAGNOSES} diagnoses; those after that were not read",
            f"a claim carries at most 12 (837P) or {DIAGNOSES} (837I) diagnoses",
            element="HI",
        )


def ref(state: State, e: list[str], at: int) -> None:
    code = e[1]
    level = state.level
    if level == BILLING:
        ref_billing(state, e)
    elif code in _REFERENCES:
        if level == IN_LINE and e[4]:  # REF04 on a line says that the number is another payer's
            return
        state.says(_REFERENCES[code], e[2], "at_prior_auth" if code == "G1" else "", at)
    elif code == "F8" and level == IN_CLAIM and state.claim is not None:
        state.claim[_ORIGINAL] = e[2]


def nte(state: State, e: list[str], at: int) -> None:
    if not e[2]:
        return
    before = state.said("note")
    state.says("note", f"{before}\n{e[2]}" if before else e[2], "" if before else "at_note", at)


def pwk(state: State, e: list[str], _at: int) -> None:
    if e[1] and not state.said("attachment"):
        state.says("attachment", e[1])


def amt(state: State, e: list[str], _at: int) -> None:
    if e[1] == "D" and state.level == OTHER and state.other is not None:
        state.other["paid"] = e[2] or None


def cas(state: State, e: list[str], at: int) -> None:
    on_line = state.level >= IN_LINE
    if state.claim is None or (on_line and state.line is None):
        return
    e = [*e, "", ""]
    for first in range(2, min(len(e) - 2, 20), 3):
        reason, amount, quantity = e[first : first + 3]
        if reason or amount:
            state.out.adjustments.append(
                {
                    "row": len(state.out.claims),
                    "line_row": len(state.out.lines) if on_line else None,
                    "payer": state.adjudicator if on_line else None,
                    "other": None if on_line else state.other,  # its id is read after its adjustments
                    "group": e[1] or None,
                    "reason": reason or None,
                    "amount": amount or None,
                    "quantity": quantity or None,
                    "segment": at,
                }
            )
