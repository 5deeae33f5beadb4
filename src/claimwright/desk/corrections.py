"""What people changed in a batch, as edits of its files: the corrected 837 holds these and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from claimwright.desk import fields, frames, given
from claimwright.desk.desk import Desk
from claimwright.desk.fields import FIELDS, Changed
from claimwright.desk.frames import ROW
from claimwright.desk.people import RefusedError
from claimwright.desk.tables import Change, WorkLine
from claimwright.formats.x12 import correcting
from claimwright.formats.x12.correcting import Plan
from claimwright.formats.x12.edits import Edit
from claimwright.lines.problems import Problem

# A service of one day is moved by both of its days.
_TOGETHER = {"service_from": ("service_from", "service_to"), "service_to": ("service_from", "service_to")}
_WHILE_WAITING = 2_000_000  # bytes of a file that are read for a page: a second or two
_X12 = "at_claim"  # only X12 tells where a claim begins


@dataclass(frozen=True, repr=False)
class Correction:
    """The edits of one file. `missing` says why there is no 837 to correct; without a `plan` it was not tried."""

    file: str
    edits: tuple[Edit, ...]
    plan: Plan | None = None
    path: Path | None = None
    missing: str = ""

    @property
    def possible(self) -> bool:
        return self.path is not None and (self.plan is None or self.plan.possible)

    @property
    def planned(self) -> Correction:
        """Worked out, whatever it takes."""
        if self.plan is not None or self.path is None:
            return self
        planned = correcting.plan(self.path, self.edits, name=self.file)
        return replace(self, plan=planned, edits=planned.changes or self.edits)


def corrections(desk: Desk, session: Session, batch: str) -> tuple[Correction, ...]:
    """What is to be corrected in each file of a batch, in the order of its claims. Raises RefusedError.

    Whether it can be is worked out for files that are read while somebody waits; others say so only when `planned`.
    """
    return _corrections(desk, session, batch, _changes(session, batch))


def _corrections(desk: Desk, session: Session, batch: str, changes: Sequence[_Kept]) -> tuple[Correction, ...]:
    if not changes:
        return ()
    edits, x12 = _edits(desk, batch, changes)
    paths = given.claims_files(desk, session, batch)
    return tuple(_correction(name, found, paths.get(name), x12=name in x12) for name, found in edits.items())


def of_line(desk: Desk, session: Session, line: WorkLine) -> tuple[Problem, ...]:
    """What keeps the changes of a line's claim from its file; nothing is said of a large file."""
    changes = [one for one in _changes(session, line.batch_id) if one[1].claim == line.claim]
    try:
        found = _corrections(desk, session, line.batch_id, changes)
    except RefusedError:
        return ()
    plans = [one.plan for one in found if one.plan is not None]
    return tuple(problem for plan in plans for problem in (*plan.problems, *plan.warnings))


def write(correction: Correction, out: BinaryIO) -> Problem | None:
    """Write the corrected file; a problem where the source is no longer what was planned with."""
    assert correction.plan is not None
    assert correction.path is not None
    return correcting.write(correction.path, correction.plan, out)


def _correction(name: str, edits: Sequence[Edit], path: Path | None, *, x12: bool) -> Correction:
    told = tuple(edits)
    if not x12:
        return Correction(name, told, missing="it is no 837; its change list says what to correct where it came from")
    if path is None:
        return Correction(name, told, missing="the file is no longer kept; its change list says what to correct")
    found = Correction(name, told, path=path)
    return found.planned if path.stat().st_size <= _WHILE_WAITING else found


_Kept = tuple[Change, WorkLine]


def _changes(session: Session, batch: str) -> list[_Kept]:
    wanted = (
        select(Change, WorkLine)
        .join(WorkLine, WorkLine.id == Change.line_id)
        .where(Change.batch_id == batch, Change.undone_at.is_(None))
        .order_by(Change.at, Change.id)
    )
    return [(row[0], row[1]) for row in session.execute(wanted)]


def _edits(desk: Desk, batch: str, changes: Sequence[_Kept]) -> tuple[dict[str, list[Edit]], set[str]]:
    """Edits by file: what each field says in it and what it is in truth after all changes; and which files are X12."""
    before = _frame(desk, batch, {line.row for _, line in changes})
    after = fields.changed(before, [Changed(line.row, change.field, change.now) for change, line in changes])
    was, now = _rows(before), _rows(after)
    found: dict[str, list[Edit]] = {}
    x12: set[str] = set()
    seen: dict[tuple[str, int, int | None, str], list[str]] = {}
    places: dict[tuple[str, int, int | None, str], int] = {}
    for change, line in changes:
        here = was[line.row]
        for name in _TOGETHER.get(change.field, (change.field,)):
            of_claim = FIELDS[name].of_claim(here)
            key = (here["file"] or "", here["claim_index"], None if of_claim else here["line"], name)
            whys = seen.setdefault(key, [])
            places.setdefault(key, line.row)
            if change.why not in whys:
                whys.append(change.why)
    for key, whys in sorted(seen.items(), key=lambda one: (one[0][0], one[0][1], one[0][2] or 0, one[0][3])):
        file, index, number, name = key
        row = places[key]
        edit = Edit(
            claim=was[row]["claim"] or f"#{index}",
            field=name,
            was=FIELDS[name].read(was[row]),
            now=FIELDS[name].read(now[row]),
            line=number,
            claim_index=index,
            why="; ".join(" ".join(why.split()) for why in whys),
        )
        if edit.was != edit.now:
            found.setdefault(file, []).append(edit)
        if was[row][_X12] is not None:
            x12.add(file)
    return found, x12


def _rows(frame: pl.DataFrame) -> dict[int, dict[str, Any]]:
    return {one[ROW]: one for one in frame.iter_rows(named=True)}


def _frame(desk: Desk, batch: str, rows: Iterable[int]) -> pl.DataFrame:
    """All lines of the claims that were changed. Raises RefusedError."""
    kept = frames.scanned(desk, batch)
    keys = ("file", "claim_index")
    wanted = kept.filter(pl.col(ROW).is_in(list(rows)).fill_null(False)).select(*keys).unique()
    return kept.join(wanted, on=keys, how="semi", nulls_equal=True).collect().sort(ROW)


def listed(found: Iterable[Correction]) -> Iterator[Edit]:
    """All edits, as a change list has them; the file stands in `source`."""
    for one in found:
        yield from (replace(edit, source=one.file) for edit in one.edits)
