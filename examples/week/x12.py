"""Claims as X12: an 837P (005010X222A1) with a run a day, an 837I (005010X223A2) with a first and a second run.

Loop numbers in comments are those of the implementation guides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby

from week.people import CLINIC, HOSPITAL
from week.records import SENT, THERAPY, Biller, Claim, Coverage, OtherPayer, Patient, Person, Provider, Service

RECEIVER = "EXCLEAR01"
_ALLOWED = 60  # percent of a charge that an earlier payer allows; it pays four fifths of that

Segments = Iterator[str]
Writer = Callable[[Claim], Segments]


def professional(claims: Iterable[Claim]) -> str:
    """The clinic's file: one interchange, one transaction for each day's run."""
    return _interchange("005010X222A1", CLINIC, claims, _professional_claim)


def institutional(claims: Iterable[Claim]) -> str:
    """The hospital's file: one interchange, one transaction for each run."""
    return _interchange("005010X223A2", HOSPITAL, claims, _institutional_claim)


def seg(*elements: object) -> str:
    """One segment without its end; empty elements at its end are left out."""
    texts = [str(element) for element in elements]
    while texts and not texts[-1]:
        texts.pop()
    return "*".join(texts)


def money(cents: int) -> str:
    """An amount as X12 writes it: no cents when there are none."""
    whole, rest = divmod(cents, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def d8(day: date) -> str:
    return f"{day:%Y%m%d}"


# ── envelopes ────────────────────────────────────────────────────────────────────────────────────────────────────


def _interchange(guide: str, biller: Biller, claims: Iterable[Claim], write: Writer) -> str:
    header = [
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{biller.submitter:15}*ZZ*{RECEIVER:15}*{SENT:%y%m%d}*0730*^*00501*{biller.control:09d}*0*T*:",
        seg("GS", "HC", biller.submitter, RECEIVER, d8(SENT), "0730", biller.control, "X", guide),
    ]
    body: list[str] = []
    runs = 0
    for runs, (_, run) in enumerate(groupby(claims, key=lambda claim: claim.batch), start=1):
        body += _transaction(guide, runs, biller, list(run), write)
    trailer = [seg("GE", runs, biller.control), seg("IEA", 1, f"{biller.control:09d}")]
    return "".join(f"{segment}~\n" for segment in (*header, *body, *trailer))


def _transaction(guide: str, ordinal: int, biller: Biller, claims: list[Claim], write: Writer) -> list[str]:
    number = f"{ordinal:04d}"
    name, contact = biller.provider.last, seg("PER", "IC", "BILLING OFFICE", "TE", biller.telephone)
    made = [
        seg("ST", "837", number, guide),
        seg("BHT", "0019", "00", f"{biller.submitter}{number}", d8(SENT), "0730", "CH"),
        seg("NM1", "41", "2", name, "", "", "", "", "46", biller.submitter),  # 1000A
        contact,
        seg("NM1", "40", "2", "EXAMPLE CLEARINGHOUSE", "", "", "", "", "46", RECEIVER),  # 1000B
        seg("HL", 1, "", 20, 1),  # 2000A
        seg("PRV", "BI", "PXC", biller.provider.taxonomy),
        seg("NM1", "85", "2", name, "", "", "", "", "XX", biller.provider.npi),  # 2010AA
        seg("N3", biller.street),
        seg("N4", biller.town, "OH", biller.postal),
        seg("REF", "EI", biller.tax_id),
        contact,
    ]
    level = 1
    for patient, theirs in groupby(claims, key=lambda claim: claim.patient):
        hierarchy, level = _subscriber(patient, level)
        made += hierarchy
        for claim in theirs:
            made += write(claim)
    return [*made, seg("SE", len(made) + 1, number)]


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _subscriber(patient: Patient, level: int) -> tuple[list[str], int]:
    """Loops 2000B and, where the patient is somebody else, 2000C; and the last level used."""
    coverage, payer = patient.coverage, patient.coverage.payer
    is_self = coverage.subscriber is None and not coverage.employer
    made = [
        seg("HL", level + 1, 1, 22, 0 if is_self else 1),
        seg("SBR", patient.responsibility, "18" if is_self else "", payer.group, payer.plan, patient.insurance_type,
            "", "", "", payer.filing),
    ]  # fmt: skip
    if coverage.employer:
        made.append(seg("NM1", "IL", "2", coverage.employer, "", "", "", "", "MI", coverage.member_id))  # 2010BA
    else:
        made += _person("IL", coverage.subscriber or patient.person, coverage.member_id)
    made.append(seg("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.ident))  # 2010BB
    if is_self:
        return made, level + 1
    made += [seg("HL", level + 2, level + 1, 23, 0), seg("PAT", coverage.relationship)]
    made += _person("QC", patient.person, "")  # 2010CA
    if coverage.claim_number:
        made.append(seg("REF", "Y4", coverage.claim_number))
    return made, level + 2


def _person(role: str, who: Person, ident: str) -> Segments:
    yield seg("NM1", role, "1", who.last, who.first, "", "", "", *(("MI", ident) if ident else ()))
    yield seg("N3", who.street)
    yield seg("N4", who.city, "OH", who.postal)
    yield seg("DMG", "D8", d8(who.birth), who.sex)


def _provider(role: str, who: Provider) -> str:
    return seg("NM1", role, "1", who.last, who.first, "", "", "", "XX", who.npi)


# ── claims ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _professional_claim(claim: Claim) -> Segments:
    patient = claim.patient
    yield seg("CLM", claim.ident, money(_total(claim)), "", "", f"{claim.place}:B:{claim.frequency}", "Y", "A", "Y",
              "Y", "", "EM" if patient.accident else "")  # fmt: skip
    if patient.onset:
        yield seg("DTP", "431", "D8", d8(patient.onset))
    if patient.accident:
        yield seg("DTP", "439", "D8", d8(patient.accident))
    yield from _references(claim)
    first, more = ("BK", "BF") if patient.dx[0][0].isdigit() else ("ABK", "ABF")  # ICD-9-CM begins with a digit
    yield seg("HI", *(f"{more if place else first}:{_undotted(dx)}" for place, dx in enumerate(patient.dx)))
    yield _provider("DN", patient.referring)  # 2310A
    yield _provider("82", claim.rendering)  # 2310B
    yield seg("PRV", "PE", "PXC", claim.rendering.taxonomy)
    if patient.other:
        yield from _other_payer(patient, patient.other, claim)
    for number, service in enumerate(claim.services, start=1):
        yield seg("LX", number)  # 2400
        pointers = ":".join(str(p) for p in service.pointers)
        yield seg("SV1", _procedure(service), money(service.cents), "UN", service.units, "", "", pointers)
        yield _service_date(service)
        yield seg("REF", "6R", f"{claim.ident}-{number}")
        if patient.other and patient.other.answered:
            yield from _adjudication(service, patient.other, patient.other.answered)


def _institutional_claim(claim: Claim) -> Segments:
    patient = claim.patient
    days = [service.day for service in claim.services]
    yield seg("CLM", claim.ident, money(_total(claim)), "", "", f"13:A:{claim.frequency}", "", "A", "Y", "Y")
    yield seg("DTP", "434", "RD8", f"{d8(min(days))}-{d8(max(days))}")
    yield seg("CL1", "3", "1", "30")
    yield from _references(claim)
    yield seg("HI", f"ABK:{_undotted(patient.dx[0])}")
    if patient.dx[1:]:
        yield seg("HI", *(f"ABF:{_undotted(dx)}" for dx in patient.dx[1:]))
    if patient.onset:
        # occurrence 11, onset; 29 and 17, the plan of physical and occupational therapy
        plan = "17" if any(THERAPY["OT"] in service.modifiers for service in claim.services) else "29"
        yield seg("HI", f"BH:11:D8:{d8(patient.onset)}", f"BH:{plan}:D8:{d8(patient.onset)}")
    yield _provider("71", patient.referring)  # 2310A
    yield seg("PRV", "AT", "PXC", patient.referring.taxonomy)
    for number, service in enumerate(claim.services, start=1):
        yield seg("LX", number)  # 2400
        yield seg("SV2", service.revenue, _procedure(service), money(service.cents), "UN", service.units)
        yield _service_date(service)
        yield seg("REF", "6R", f"{claim.ident}-{number}")


def _references(claim: Claim) -> Segments:
    if claim.patient.prior_auth:
        yield seg("REF", "G1", claim.patient.prior_auth)
    if claim.original:
        yield seg("REF", "F8", claim.original)
    if claim.note:
        yield seg("NTE", "ADD", claim.note)


def _other_payer(patient: Patient, other: OtherPayer, claim: Claim) -> Segments:
    """Loops 2320, 2330A and 2330B."""
    coverage: Coverage = other.coverage
    payer = coverage.payer
    yield seg("SBR", other.responsibility, "18", payer.group, payer.plan, "", "", "", "", payer.filing)
    if other.answered:
        paid = 0 if other.denied[0] else sum(_shares(service.cents)[0] for service in claim.services)
        yield seg("AMT", "D", money(paid))
    yield seg("OI", "", "", "Y", "", "", "Y")
    who = patient.person
    yield seg("NM1", "IL", "1", who.last, who.first, "", "", "", "MI", coverage.member_id)
    yield seg("N3", who.street)
    yield seg("N4", who.city, "OH", who.postal)
    yield seg("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.ident)


def _adjudication(service: Service, other: OtherPayer, answered: date) -> Segments:
    """Loop 2430: what the earlier payer paid, wrote off and left to the patient for this line, or why it denied it."""
    paid, written_off, patient_share = _shares(service.cents)
    group, reason = other.denied
    yield seg("SVD", other.coverage.payer.ident, money(0 if reason else paid), _procedure(service), "", service.units)
    if reason:
        yield seg("CAS", group, reason, money(service.cents))
    else:
        yield seg("CAS", "CO", "45", money(written_off))
        yield seg("CAS", "PR", "2", money(patient_share))
    yield seg("DTP", "573", "D8", d8(answered))


def _shares(cents: int) -> tuple[int, int, int]:
    allowed = cents * _ALLOWED // 100
    paid = allowed * 4 // 5
    return paid, cents - allowed, allowed - paid


def _procedure(service: Service) -> str:
    return ":".join(("HC", service.code, *service.modifiers))


def _service_date(service: Service) -> str:
    if service.through:
        return seg("DTP", "472", "RD8", f"{d8(service.day)}-{d8(service.through)}")
    return seg("DTP", "472", "D8", d8(service.day))


def _total(claim: Claim) -> int:
    return sum(service.cents for service in claim.services)


def _undotted(dx: str) -> str:
    return dx.replace(".", "")
