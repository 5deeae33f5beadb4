"""What a week is made of: payers, patients, visits and the claims that bill them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

DAYS = {
    "M": date(2026, 3, 9),
    "T": date(2026, 3, 10),
    "W": date(2026, 3, 11),
    "H": date(2026, 3, 12),
    "F": date(2026, 3, 13),
}


def day_of(text: str) -> date:
    """A day of the week by its letter, or any day in full."""
    return DAYS[text] if text in DAYS else date.fromisoformat(text)


SENT = date(2026, 3, 20)  # a week later, when the notes are signed and the first payers have answered
MEDICARE_LIKE = ("medicare", "advantage")


@dataclass(frozen=True)
class Payer:
    key: str
    name: str
    ident: str  # NM109 of the payer
    filing: str  # SBR09
    member: str  # shape of a member id: # is a digit, @ a letter
    group: str = ""  # SBR03
    plan: str = ""  # SBR04
    authorizes: bool = False  # visits carry a prior authorization number
    stimulation: str = "G0283"  # the code the payer takes for unattended electrical stimulation


@dataclass(frozen=True)
class Provider:
    last: str  # the whole name when an organization
    first: str
    npi: str
    taxonomy: str


@dataclass(frozen=True)
class Biller:
    provider: Provider
    submitter: str  # ISA06, GS02 and NM109 of the submitter
    control: int  # of the interchange
    street: str
    town: str
    postal: str
    tax_id: str
    telephone: str


@dataclass(frozen=True)
class Person:
    last: str
    first: str
    birth: date
    sex: str
    street: str
    city: str
    postal: str


@dataclass(frozen=True)
class Coverage:
    payer: Payer
    member_id: str
    subscriber: Person | None  # None when the patient is the subscriber
    relationship: str = "18"
    claim_number: str = ""  # workers' compensation
    employer: str = ""


@dataclass(frozen=True)
class OtherPayer:
    """Another payer of the same claim: one that comes before this payer or after it.

    `answered` is the day of its decision, where the claim shows one; `denied` the group and the reason of a denial.
    """

    coverage: Coverage
    responsibility: str
    answered: date | None = None
    denied: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Patient:
    person: Person
    coverage: Coverage
    therapist: Provider
    assistant: Provider
    referring: Provider
    dx: tuple[str, ...]
    onset: date | None = None
    accident: date | None = None
    prior_auth: str = ""
    other: OtherPayer | None = None
    responsibility: str = "P"
    insurance_type: str = ""  # SBR05, when Medicare is secondary


@dataclass(frozen=True)
class Mark:
    """A line that was made on purpose. `findings` is empty for a line that only looks wrong.

    `beside` names the side files without which the claim alone does not show them.
    """

    line: int
    planted: str
    findings: str = ""
    meets: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Visit:
    """One visit as it was billed. `lines` is a row of tokens, `code[xUNITS][-MODIFIER…][@POINTER[:POINTER…]]`."""

    lines: str
    day: str = ""  # the day of the run it goes out with
    marks: tuple[Mark, ...] = ()
    note: str = ""
    discipline: str = ""  # when it is not the pathway's
    place: str = "11"
    frequency: str = "1"
    label: str = ""  # names the claim, so that a correction can point to it
    corrects: str = ""
    service: str = ""  # the day of service, when the claim was made on another day
    through: str = ""  # the last day of service, when one line spans several
    by: str = ""  # who furnished it, when it was no therapist: a key of people.OTHERS


@dataclass(frozen=True)
class Scene:
    """A patient with something on purpose. Days without a script follow the pathway."""

    payer: str
    pathway: str
    days: str
    script: tuple[Visit, ...] = ()
    dx: str = ""
    other: str = ""  # the key of another payer, which comes after this one unless `before` says something
    before: str = ""  # it comes before this one: paid, untold (the claim does not show it), or denied, CO-197


def on(
    billed: str,
    *marks: Mark,
    note: str = "",
    discipline: str = "",
    place: str = "11",
    frequency: str = "1",
    label: str = "",
    corrects: str = "",
    service: str = "",
    through: str = "",
    by: str = "",
) -> Visit:
    """A visit of a script: `billed` is the day and the row of tokens, `W: 97110x2-GP@1 97140-GP@1`."""
    day, _, lines = billed.partition(": ")
    return Visit(lines, day, marks, note, discipline, place, frequency, label, corrects, service, through, by)


def scene(who: str, *script: Visit, dx: str = "", other: str = "", before: str = "") -> Scene:
    """A patient with something on purpose: `who` is the payer, the pathway and the days, `medicare, knee, MWF`."""
    payer, pathway, days = who.split(", ")
    return Scene(payer, pathway, days, script, dx, other, before)


@dataclass(frozen=True)
class Service:
    code: str
    units: int
    modifiers: tuple[str, ...]
    pointers: tuple[int, ...]
    cents: int
    revenue: str
    day: date
    through: date | None = None


@dataclass(frozen=True)
class Claim:
    ident: str
    batch: str  # the day whose run it goes out with
    patient: Patient
    rendering: Provider
    services: tuple[Service, ...]
    place: str = "11"
    frequency: str = "1"
    original: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = field(default=())


TOKEN = re.compile(
    r"(?P<code>[A-Z0-9]{5}|ESTIM)(x(?P<units>\d+))?(?P<modifiers>(-[A-Z0-9]{2})*)(@(?P<pointers>[\d:]+))?"
)


def services(
    visit: Visit, day: date, patient: Patient, discipline: str, suffix: tuple[str, ...], *, hospital: bool, exact: bool
) -> tuple[Service, ...]:
    """The lines of a visit. Unless `exact`, the discipline's modifier and `suffix` (CQ, KX …) are added to each."""
    made = []
    for token in visit.lines.split():
        parts = TOKEN.fullmatch(token)
        if parts is None:
            raise ValueError(f"not a service: {token!r}")
        code = patient.coverage.payer.stimulation if parts["code"] == "ESTIM" else parts["code"]
        units = int(parts["units"] or 1)
        modifiers = tuple(parts["modifiers"].split("-")[1:])
        if not exact:
            own = () if code in EVALUATIONS else tuple(m for m in suffix if m in {"CQ", "CO"})
            kept = tuple(m for m in suffix if m not in {"CQ", "CO"})
            modifiers = (THERAPY[discipline], *own, *modifiers, *kept)
        pointers = tuple(int(p) for p in (parts["pointers"] or "").split(":") if p)
        pointers = pointers or tuple(range(1, min(len(patient.dx), 3) + 1))
        cents = CHARGES[code] * 100 * units * (19 if hospital else 10) // 10
        through = DAYS[visit.through] if visit.through else None
        made.append(Service(code, units, modifiers, pointers, cents, revenue(code, discipline), day, through))
    return tuple(made)


def revenue(code: str, discipline: str) -> str:
    """The revenue code of a hospital line: 042x physical therapy, 043x occupational therapy, xxx4 evaluations."""
    return f"0{42 if discipline == 'PT' else 43}{4 if code in EVALUATIONS else 0}"


THERAPY = {"PT": "GP", "OT": "GO"}
EVALUATIONS = frozenset({"97161", "97162", "97163", "97164", "97165", "97166", "97167", "97168"})

CHARGES = {  # dollars for one unit, invented
    "97010": 18,
    "97012": 34,
    "97014": 29,
    "97016": 31,
    "97018": 24,
    "97022": 39,
    "97024": 23,
    "97026": 22,
    "97032": 35,
    "97035": 31,
    "97110": 62,
    "97112": 66,
    "97116": 59,
    "97140": 58,
    "97150": 41,
    "97161": 168,
    "97162": 168,
    "97163": 168,
    "97164": 112,
    "97165": 172,
    "97166": 172,
    "97167": 172,
    "97168": 116,
    "97530": 74,
    "97535": 69,
    "97750": 76,
    "97760": 92,
    "A4639": 96,
    "E0221": 389,
    "G0283": 29,
}
