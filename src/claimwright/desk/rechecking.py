"""A line decided again after somebody recorded a fact or changed a field: the same engine over the same lines.

Nothing is written before the answers are there. By then nobody else may have changed what they were made from: the
versions of all lines whose answer may turn are held against those that were read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import polars as pl
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from claimwright.desk import fields, frames, given, kept, recording, trail
from claimwright.desk.desk import Desk
from claimwright.desk.fields import Changed
from claimwright.desk.filling import Filled, filled
from claimwright.desk.frames import NEAR, ROW
from claimwright.desk.rights import Actor
from claimwright.desk.tables import Batch, Change, LineState, Mark, Told, WorkLine, WorkState

_TRIES = 3  # as often as somebody else may change a neighbour meanwhile
_OWN = {"id", "row", "answer"}


class StaleError(Exception):
    """Somebody else changed the line since it was looked at."""


@dataclass(frozen=True, repr=False)  # values of claims have no place in a message
class Fact:
    """A fact that a person recorded of the line at `row`."""

    row: int
    name: str
    value: Any
    source: str


@dataclass(frozen=True, repr=False)
class Known:
    """What people said of a line and its neighbours, in the order in which they did."""

    facts: tuple[Fact, ...] = ()
    changes: tuple[Changed, ...] = ()


@dataclass(frozen=True, repr=False)
class Draft:
    """What somebody does: rows to add, others that end, what the trail tells; and all that is known from then on."""

    known: Known
    action: str
    detail: dict[str, Any]
    add: tuple[Told | Change, ...] = ()
    undo: tuple[Told | Change, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who does something, and when."""

    at: datetime
    actor: Actor


@dataclass(frozen=True, repr=False)
class Scene:
    """A line with its neighbours as they are now: `frame` as the files have them, `current` with what was changed."""

    line: WorkLine
    frame: pl.DataFrame
    current: pl.DataFrame
    near: dict[int, WorkLine]
    told: tuple[Told, ...]
    changes: tuple[Change, ...]

    @property
    def known(self) -> Known:
        return self.but(())

    def of_claim(self) -> list[int]:
        """The rows of the line's claim, its own among them."""
        here = fields.line_at(self.frame, self.line.row)
        same = (pl.col("file") == here["file"]) & (pl.col("claim_index") == here["claim_index"])
        return self.frame.filter(same.fill_null(False) | (pl.col(ROW) == self.line.row).fill_null(False))[ROW].to_list()

    def but(self, undone: Sequence[Told | Change]) -> Known:
        """What is known without some of it."""
        gone = {one.id for one in undone}
        rows = {one.id: row for row, one in self.near.items()}
        return Known(
            tuple(
                Fact(rows[one.line_id], one.fact, one.value["value"], one.source)
                for one in self.told
                if one.id not in gone
            ),
            tuple(Changed(rows[one.line_id], one.field, one.now) for one in self.changes if one.id not in gone),
        )


def scene(desk: Desk, session: Session, line: WorkLine, *, alone: bool = False) -> Scene:
    """Without the lines that only count in patterns of the provider where it is `alone`, to be looked at.

    Raises RefusedError where the lines of the batch are no longer kept.
    """
    frame = frames.around(desk, line.batch_id, line.row, alone=alone)
    rows = frame.filter(pl.col(NEAR).fill_null(False))[ROW].to_list()
    near = {one.row: one for one in _near(session, line.batch_id, rows)}
    ids = [one.id for one in near.values()]
    told = select(Told).where(Told.line_id.in_(ids), Told.undone_at.is_(None)).order_by(Told.at)
    changes = select(Change).where(Change.line_id.in_(ids), Change.undone_at.is_(None)).order_by(Change.at)
    found = Scene(line, frame, frame, near, tuple(session.scalars(told)), tuple(session.scalars(changes)))
    return replace(found, current=fields.changed(frame, found.known.changes))


def _near(session: Session, batch: str, rows: Sequence[int], *, lock: bool = False) -> list[WorkLine]:
    wanted = select(WorkLine).where(WorkLine.batch_id == batch, WorkLine.row.in_(rows)).order_by(WorkLine.id)
    return list(session.scalars(wanted.with_for_update() if lock else wanted))


def again(desk: Desk, actor: Actor, line: str, version: int, draft: Callable[[Scene], Draft]) -> None:
    """Do what a draft says of a line, and renew every answer that turns with it.

    Raises StaleError where the line is not of that version any more, and RefusedError where it cannot be done.
    """
    for left in reversed(range(_TRIES)):
        with desk.database.reading() as session:
            found = session.get(WorkLine, line)
            if found is None or found.version != version:
                raise StaleError
            before = scene(desk, session, found)
            sides = given.beside(desk, found.batch_id)
        drafted = draft(before)
        lines = _with(desk, before.frame, drafted.known)
        near = [at for at, one in enumerate(lines[NEAR]) if one]
        with desk.asking:
            determined = desk.engine.determine(lines.drop(ROW, NEAR), sides)
            answers = dict(zip(lines[ROW].gather(near).to_list(), filled(determined, near), strict=True))
        with desk.database.writing() as session:
            if _written(session, Signature(desk.now(), actor), before, drafted, answers):
                return
        if not left:
            raise StaleError


def _with(desk: Desk, frame: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Lines as people say they are, with what they recorded."""
    lines = fields.changed(frame, known.changes)
    of_row: dict[int, list[tuple[str, Any, str]]] = {}
    for fact in known.facts:
        of_row.setdefault(fact.row, []).append((fact.name, fact.value, fact.source))
    if not of_row:
        return lines
    library = desk.engine.library
    texts = [
        recording.stated(text, of_row[row], library) if row in of_row else text
        for row, text in zip(lines[ROW].to_list(), lines["stated"].to_list(), strict=True)
    ]
    return lines.with_columns(pl.Series("stated", texts, dtype=pl.String))


def _written(session: Session, by: Signature, before: Scene, drafted: Draft, answers: dict[int, Filled]) -> bool:
    """Write it, unless a neighbour was changed meanwhile; whether it was written. Raises StaleError."""
    now = _near(session, before.line.batch_id, list(before.near), lock=True)
    read = {one.id: one.version for one in before.near.values()}
    for one in now:
        if one.version != read.pop(one.id, None):
            if one.id == before.line.id:
                raise StaleError
            return False
    if read:  # a line is gone
        raise StaleError
    # what is said of lines is taken in its order, however coarse the clock
    said = [one.at for one in before.told] + [one.at for one in before.changes]
    at = max([by.at, *(moment + timedelta(microseconds=1) for moment in said)])
    for row in drafted.add:
        row.person_id, row.at = by.actor.id, at
        session.add(row)
    for row in drafted.undo:
        found = session.get(Told, row.id) if isinstance(row, Told) else session.get(Change, row.id)
        if found is None or found.undone_at is not None:
            raise StaleError
        found.undone_at = by.at
    renewed = [one for one in now if _renewed(session, one, answers[one.row], acted=one.id == before.line.id)]
    _count(session, before.line.batch_id)
    session.flush()
    added = {"ids": [row.id for row in (*drafted.add, *drafted.undo)], "lines": len(renewed)}
    batch, line = before.line.batch_id, before.line.id
    trail.record(
        session, by.at, by.actor.name, drafted.action, batch=batch, line=line, detail={**drafted.detail, **added}
    )
    return True


def _renewed(session: Session, line: WorkLine, new: Filled, *, acted: bool) -> bool:
    """Give a line its new answer, if it has one; whether it has."""
    same = all(getattr(line, name) == value for name, value in new.line.items() if name not in _OWN)
    if same and kept.unpacked(line.answer) == kept.unpacked(new.line["answer"]):
        line.version += acted
        return False
    was, had = line.state, _to_act(session, line.id)
    for name, value in new.line.items():
        if name not in _OWN:
            setattr(line, name, value)
    line.answer, line.version = new.line["answer"], line.version + 1
    session.execute(delete(Mark).where(Mark.line_id == line.id))
    if new.marks:
        session.execute(insert(Mark), [{**mark, "line_id": line.id} for mark in new.marks])
    line.work, line.why = _work(line, was, {mark["finding"] for mark in new.marks if _acts(mark)} - had)
    return True


def _to_act(session: Session, line: str) -> set[str]:
    marks = select(Mark.finding, Mark.severity, Mark.unknown_only).where(Mark.line_id == line)
    return {row.finding for row in session.execute(marks) if _acts(row._asdict())}


def _acts(mark: dict[str, Any]) -> bool:
    return mark["severity"] <= 1 and not mark["unknown_only"]


def _work(line: WorkLine, was: str, new: set[str]) -> tuple[WorkState, str]:
    """Nothing left to fix makes a line done; something to fix that nobody saw before opens it again."""
    if was == LineState.TO_FIX and line.state != LineState.TO_FIX:
        return (WorkState(line.work), line.why) if line.work == WorkState.DISMISSED else (WorkState.DONE, "")
    if line.state == LineState.TO_FIX and (line.work == WorkState.DONE or (line.work == WorkState.DISMISSED and new)):
        return WorkState.OPEN, ""
    return WorkState(line.work), line.why


def _count(session: Session, batch: str) -> None:
    """What a batch says of its lines follows them."""
    session.flush()
    counted = select(func.count()).where(WorkLine.batch_id == batch, WorkLine.state == LineState.TO_FIX)
    session.get_one(Batch, batch).to_fix = session.scalar(counted) or 0
