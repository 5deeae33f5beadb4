"""What stands around one line: its note, what was done that day and before, its segments, and who did what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from claimwright.chart.read import read as read_note
from claimwright.desk import fields, given, recording
from claimwright.desk.desk import Desk
from claimwright.desk.fields import Field
from claimwright.desk.frames import NEAR, ROW
from claimwright.desk.people import RefusedError
from claimwright.desk.rechecking import Scene, scene
from claimwright.desk.tables import Change, Person, Remark, Told, Trail, WorkLine
from claimwright.determine.facts import standing
from claimwright.determine.facts.people import people, theirs
from claimwright.determine.notes.matching import matched
from claimwright.formats.notes import NAME
from claimwright.formats.sides import NOTES
from claimwright.formats.x12.raw import of_line, raw_segments, segments_of
from claimwright.lines.answers import LineAnswer
from claimwright.lines.schema import modifier_columns
from claimwright.policies.model import Library
from claimwright.report.note_view import NoteView, view

_MOST = 30  # rows of what came before
HISTORY = "history"


@dataclass(frozen=True, repr=False)
class Beside:
    """Another line of the patient; `id` is empty where it is no line to work. `partner`: a finding names its code."""

    id: str
    claim: str
    line: int | None
    service: date | None
    procedure: str
    modifiers: str
    units: Decimal | None
    charge: Decimal | None
    here: bool
    partner: bool


@dataclass(frozen=True, repr=False)
class Earlier:
    """A visit that the history file tells of."""

    service: date | None
    procedure: str
    modifiers: str
    units: Decimal | None


@dataclass(frozen=True, repr=False)
class Segment:
    text: str
    mine: bool


@dataclass(frozen=True, repr=False)
class Record:
    """A fact or a change that somebody entered; `mine` where it was entered for this very line."""

    id: str
    what: str
    was: str
    value: str
    source: str
    why: str
    person: str
    at: datetime
    undone: bool
    mine: bool


@dataclass(frozen=True, repr=False)
class Said:
    """A remark, or a row of the trail."""

    person: str
    at: datetime
    text: str


@dataclass(frozen=True, repr=False)
class Around:
    """`missing` says why the rest cannot be shown, where the batch's files are no longer kept."""

    missing: str = ""
    claim_lines: tuple[str, ...] = ()  # ids of the lines of its claim, itself among them
    that_day: tuple[Beside, ...] = ()
    other_days: tuple[Beside, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    earlier_many: int = 0
    notes: tuple[NoteView, ...] = ()
    segments: tuple[Segment, ...] = ()
    fields: tuple[tuple[Field, str, bool], ...] = ()  # each with what the line says now, and whether it is the claim's


def around(desk: Desk, session: Session, line: WorkLine, answer: LineAnswer) -> Around:
    """What the files of the batch have around a line."""
    try:
        seen = scene(desk, session, line, alone=True)
    except RefusedError as error:
        return Around(missing=str(error), claim_lines=(line.id,))
    here = fields.line_at(seen.current, line.row)
    others = _others(seen, here, answer)
    earlier, many = _earlier(desk, seen, here)
    return Around(
        claim_lines=tuple(seen.near[row].id for row in seen.of_claim() if row in seen.near),
        that_day=tuple(one for one in others if one.service == here["service_from"]),
        other_days=tuple(one for one in others if one.service != here["service_from"])[:_MOST],
        earlier=earlier,
        earlier_many=many,
        notes=tuple(_notes(desk, seen, answer)),
        segments=_segments(desk, session, line.batch_id, fields.line_at(seen.frame, line.row)),
        fields=tuple((one, one.read(here), one.of_claim(here)) for one in fields.offered(here)),
    )


def _others(seen: Scene, here: Mapping[str, Any], answer: LineAnswer) -> list[Beside]:
    """The patient's lines; of a claim without a known patient, the claim's."""
    of_patient = here["patient"] is not None
    mine = pl.col("patient") == here["patient"] if of_patient else pl.col(ROW).is_in(seen.of_claim())
    named = {value for finding in answer.findings for _, value in finding.witness} - {here["procedure"]}
    rows = seen.current.filter(mine.fill_null(False)).sort("service_from", ROW)
    found = []
    for one in rows.iter_rows(named=True):
        known = seen.near.get(one[ROW])
        that_day = one["service_from"] == here["service_from"]
        found.append(
            Beside(
                id=known.id if known else "",
                claim=one["claim"] or f"#{one['claim_index']}",
                line=one["line"],
                service=one["service_from"],
                procedure=one["procedure"] or "",
                modifiers=" ".join(code for name in modifier_columns if (code := one[name])),
                units=one["units"],
                charge=one["charge"],
                here=one[ROW] == seen.line.row,
                partner=that_day and one["procedure"] in named,
            )
        )
    return found


def _earlier(desk: Desk, seen: Scene, here: Mapping[str, Any]) -> tuple[tuple[Earlier, ...], int]:
    """What the history file tells of the patient, newest first, and how many rows that are."""
    history = given.frame_of(desk, seen.line.batch_id, HISTORY)
    if history is None or not history.height:
        return (), 0
    them = people(seen.current)
    me = int(them.of[seen.current[ROW].to_list().index(seen.line.row)])
    found = theirs(them, history)
    mine = history.gather(found.row[(found.person == me) & found.certain]) if me >= 0 else history.clear()
    day = here["service_from"]
    before = mine.filter((pl.col("service_from") <= day).fill_null(True)) if day else mine
    rows = before.sort("service_from", descending=True, nulls_last=True).head(_MOST)
    told = tuple(
        Earlier(one["service_from"], one.get("procedure") or "", _codes(one.get("modifiers")), one.get("units"))
        for one in rows.iter_rows(named=True)
    )
    return told, before.height


def _codes(given_: Any) -> str:
    return " ".join(given_) if isinstance(given_, list) else str(given_ or "")


def _notes(desk: Desk, seen: Scene, answer: LineAnswer) -> Iterable[NoteView]:
    """The notes that the answer quotes, matched to the line as the engine does."""
    quoted = {one.note for one in answer.evidence}
    if not quoted:
        return
    notes = given.frame_of(desk, seen.line.batch_id, NOTES.name)
    if notes is None or not notes.height:
        return
    lines = seen.current.drop(ROW, NEAR)
    place = seen.current[ROW].to_list().index(seen.line.row)
    matches = matched(lines, notes, standing.live(lines).to_numpy())
    for number in matches.note[matches.line == place].tolist():
        name, text = notes[NAME][number], notes["text"][number]
        if name in quoted:
            yield view(name, read_note(text), desk.engine.library, answer.line.procedure)


def _segments(desk: Desk, session: Session, batch: str, line: Mapping[str, Any]) -> tuple[Segment, ...]:
    """The claim as its file has it, where that is X12 and still kept."""
    if line["offset"] is None or line["length"] is None or line["at_claim"] is None:
        return ()
    path = given.claims_files(desk, session, batch).get(line["file"] or "")
    if path is None:
        return ()
    try:
        found = segments_of(raw_segments(path, line["offset"], line["length"]))
    except (OSError, ValueError):
        return ()
    if not found or not found[0].startswith("CLM"):
        return ()
    mine = of_line(found, line["line"])
    return tuple(Segment(text, at in mine) for at, text in enumerate(found))


def records(
    session: Session, line: WorkLine, library: Library, lines: Sequence[str]
) -> tuple[list[Record], list[Record]]:
    """The facts recorded of a line and the changes of its claim (`lines`), undone ones too, oldest first."""
    names = _names(session)
    told = select(Told).where(Told.line_id == line.id).order_by(Told.at)
    changes = select(Change).where(Change.line_id.in_(list(lines))).order_by(Change.at)
    facts = [
        Record(
            id=one.id,
            what=one.fact,
            was="",
            value=recording.shown(library.fact(one.fact), one.value["value"]),
            source=recording.SOURCES.get(one.source, one.source),
            why=one.where,
            person=names.get(one.person_id, ""),
            at=one.at,
            undone=one.undone_at is not None,
            mine=True,
        )
        for one in session.scalars(told)
    ]
    changed = [
        Record(
            id=one.id,
            what=fields.FIELDS[one.field].says if one.field in fields.FIELDS else one.field,
            was=one.was,
            value=one.now,
            source="",
            why=one.why,
            person=names.get(one.person_id, ""),
            at=one.at,
            undone=one.undone_at is not None,
            mine=one.line_id == line.id,
        )
        for one in session.scalars(changes)
    ]
    return facts, changed


def remarks(session: Session, line: WorkLine) -> list[Said]:
    names = _names(session)
    wanted = select(Remark).where(Remark.line_id == line.id).order_by(Remark.at)
    return [Said(names.get(one.person_id, ""), one.at, one.text) for one in session.scalars(wanted)]


def trail_of(session: Session, line: WorkLine) -> list[Said]:
    """What was done with a line, newest first."""
    wanted = select(Trail).where(Trail.line_id == line.id).order_by(Trail.number.desc())
    return [Said(one.person, one.at, _told(one)) for one in session.scalars(wanted)]


def _told(row: Trail) -> str:
    about = [str(row.detail[name]) for name in ("fact", "field", "source") if name in row.detail]
    return f"{row.action}: {', '.join(about)}" if about else row.action


def _names(session: Session) -> dict[str, str]:
    return {person.id: person.name for person in session.scalars(select(Person))}
