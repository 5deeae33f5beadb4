"""The week itself: who comes when, by whom they are seen, and the claims that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from week import clinic_scenes, hospital_scenes, rarer_scenes
from week.pathways import CLINIC_ORDINARY, HOSPITAL_ORDINARY, PATHWAYS, Pathway
from week.payers import EMPLOYERS, PAYERS
from week.people import (
    ASSISTANTS,
    OTHERS,
    PHYSICIANS,
    THERAPISTS,
    Surnames,
    member_id,
    number,
    person,
    pick,
    shuffled,
    surnames,
)
from week.records import (
    DAYS,
    MEDICARE_LIKE,
    SENT,
    Claim,
    Coverage,
    Mark,
    OtherPayer,
    Patient,
    Payer,
    Provider,
    Scene,
    Service,
    Visit,
    day_of,
    services,
)

CLINIC_SEED, HOSPITAL_SEED, RARER_SEED = 97026, 97027, 97028


@dataclass(frozen=True)
class Booked:
    """A visit of a patient, before its claim has a number."""

    patient: Patient
    visit: Visit
    batch: str
    discipline: str
    services: tuple[Service, ...]
    rendering: Provider


def clinic() -> tuple[Claim, ...]:
    """One claim for each visit, in the order of the five daily runs; what is rarer stands at the end of each."""
    rng = Random(CLINIC_SEED)
    names = surnames(rng)
    booked = _book(rng, (*clinic_scenes.SCENES, *_ordinary(CLINIC_ORDINARY)), names, hospital=False)
    rarer = _book(Random(RARER_SEED), rarer_scenes.CLINIC, names, hospital=False)
    claims: list[Claim] = []
    numbers: dict[tuple[Patient, str], str] = {}
    for day, service_day in DAYS.items():
        patients = [list(theirs) for theirs in booked if any(b.batch == day for b in theirs)]
        ordinal = 0
        late = [theirs for theirs in rarer if any(b.batch == day for b in theirs)]
        for theirs in (*shuffled(rng, patients), *late):
            for visit in (b for b in theirs if b.batch == day):
                ordinal += 1
                ident = f"CW{service_day:%m%d}-{ordinal:03d}"
                claims.append(_claim((visit,), ident, numbers))
    return tuple(claims)


def hospital() -> tuple[Claim, ...]:
    """One claim for each patient's week; corrections go out in a second run."""
    rng = Random(HOSPITAL_SEED)
    names = surnames(rng)
    booked = _book(rng, (*hospital_scenes.SCENES, *_ordinary(HOSPITAL_ORDINARY)), names, hospital=True)
    claims: list[Claim] = []
    numbers: dict[tuple[Patient, str], str] = {}
    patients = [*shuffled(rng, booked), *_book(Random(RARER_SEED), rarer_scenes.HOSPITAL, names, hospital=True)]
    for run in ("first", "second"):
        for theirs in patients:
            for label in dict.fromkeys(b.visit.label for b in theirs):
                together = tuple(b for b in theirs if b.visit.label == label)
                if (together[0].visit.frequency == "1") == (run == "first"):
                    batch = tuple(replace(b, batch=run) for b in together)
                    claims.append(_claim(batch, f"HW{len(claims) + 1:04d}", numbers))
    return tuple(claims)


def _ordinary(roster: Mapping[str, Mapping[str, str]]) -> Iterator[Scene]:
    for payer, pathways in roster.items():
        for pathway, patients in pathways.items():
            for days in patients.split():
                yield Scene(payer, pathway, days)


def _book(rng: Random, scenes: Iterable[Scene], names: Surnames, *, hospital: bool) -> list[tuple[Booked, ...]]:
    return [tuple(_visits(rng, scene, _patient(rng, scene, names), hospital=hospital)) for scene in scenes]


def _patient(rng: Random, scene: Scene, names: Surnames) -> Patient:
    pathway, payer = PATHWAYS[scene.pathway], PAYERS[scene.payer]
    last = names.pop()
    who = person(rng, last, pathway.age)
    began = DAYS["M"] - timedelta(days=number(rng, 20, 60))
    other = None
    if scene.other:
        group, _, reason = scene.before.partition("-")
        other = OtherPayer(
            _coverage(rng, PAYERS[scene.other], last, pathway, alone=True),
            responsibility="P" if scene.before else "S",
            answered=SENT - timedelta(days=2) if scene.before not in {"", "untold"} else None,
            denied=(group, reason) if reason else ("", ""),
        )
    authorized = payer.authorizes and (payer.key != "aetna" or rng.random() < 0.5)
    return Patient(
        person=who,
        coverage=_coverage(rng, payer, last, pathway, alone=bool(scene.other)),
        therapist=pick(rng, THERAPISTS[pathway.discipline]),
        assistant=pick(rng, ASSISTANTS[pathway.discipline]),
        referring=pick(rng, PHYSICIANS),
        dx=tuple(scene.dx.split()) or pathway.dx,
        onset=began if pathway.acute and payer.key != "comp" else None,
        accident=began if payer.key == "comp" else None,
        prior_auth=f"PA26{number(rng, 100000, 999999)}" if authorized else "",
        other=other,
        responsibility="S" if scene.before else "P",
        insurance_type="12" if scene.before and payer.key == "medicare" else "",
    )


def _coverage(rng: Random, payer: Payer, last: str, pathway: Pathway, *, alone: bool) -> Coverage:
    if payer.key == "comp":
        employer, policy = pick(rng, EMPLOYERS)
        claim_number = f"WC26-{number(rng, 10000, 99999)}"
        return Coverage(payer, policy, None, "20", claim_number, employer)
    ident = member_id(rng, payer)
    if pathway.age == "child":
        return Coverage(payer, ident, person(rng, last, "adult"), "19")
    if pathway.age == "adult" and not alone and rng.random() < 0.2:
        return Coverage(payer, ident, person(rng, last, "adult"), "01")
    return Coverage(payer, ident, None)


def _visits(rng: Random, scene: Scene, patient: Patient, *, hospital: bool) -> Iterator[Booked]:
    pathway = PATHWAYS[scene.pathway]
    is_new = not scene.script and rng.random() < 0.15
    turn = number(rng, 0, len(pathway.regimens) - 1)
    for place, day in enumerate(scene.days):
        scripted = [visit for visit in scene.script if visit.day == day]
        assisted = rng.random() < 0.2
        if scripted:
            for visit in scripted:
                discipline = visit.discipline or pathway.discipline
                therapist = patient.therapist if not visit.discipline else THERAPISTS[visit.discipline][0]
                who = OTHERS[visit.by] if visit.by else therapist
                on = day_of(visit.service or day)
                made = services(visit, on, patient, discipline, (), hospital=hospital, exact=True)
                yield Booked(patient, visit, day, discipline, made, who)
            continue
        evaluated = is_new and place == 0
        lines = pathway.evaluation if evaluated else pathway.regimens[(turn + place) % len(pathway.regimens)]
        medicare = patient.coverage.payer.key.startswith(MEDICARE_LIKE)
        by_assistant = assisted and not evaluated
        suffix: tuple[str, ...] = ()
        if medicare and by_assistant:
            suffix = ("CQ",) if pathway.discipline == "PT" else ("CO",)
        if medicare and pathway.key == "stroke":
            suffix = (*suffix, "KX")
        visit = Visit(
            lines, day, note="EXCEPTIONS PROCESS. SKILLED GAIT TRAINING STILL NEEDED" if "KX" in suffix else ""
        )
        made = services(visit, DAYS[day], patient, pathway.discipline, suffix, hospital=hospital, exact=False)
        # Medicare enrols no assistants: there the therapist stands on the claim, and the modifier tells
        rendering = patient.assistant if by_assistant and not medicare else patient.therapist
        yield Booked(patient, visit, day, pathway.discipline, made, rendering)


def _claim(visits: tuple[Booked, ...], ident: str, numbers: dict[tuple[Patient, str], str]) -> Claim:
    """One claim of one or more visits. A correction keeps the number of the claim it corrects."""
    first = visits[0]
    marks: list[Mark] = []
    lines: list[Service] = []
    for booked in visits:
        marks += (replace(mark, line=mark.line + len(lines)) for mark in booked.visit.marks)
        lines += booked.services
    original = numbers[first.patient, first.visit.corrects] if first.visit.corrects else ""
    ident = original or ident
    numbers[first.patient, first.visit.label] = ident
    return Claim(
        ident=ident,
        batch=first.batch,
        patient=first.patient,
        rendering=first.rendering,
        services=tuple(lines),
        place=first.visit.place,
        frequency=first.visit.frequency,
        original=original,
        note=next((b.visit.note for b in visits if b.visit.note), ""),
        marks=tuple(marks),
    )
