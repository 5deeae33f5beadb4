"""Batches for tests: the example clinic's week, checked by the engine itself and kept as a real one is."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select

from claimwright.desk import kept
from claimwright.desk.desk import Desk, private_folder
from claimwright.desk.filling import Filled, filled
from claimwright.desk.laid import lines_path
from claimwright.desk.tables import Batch, BatchState, File, Mark, WorkLine, new_id
from claimwright.determine.files import Checked, check_files
from claimwright.determine.summarise import summarise
from claimwright.lines.schema import conform

EXAMPLES = Path(__file__).parents[2] / "examples"
WEEK = EXAMPLES / "clinic-week.837"
AS_OF = date(2026, 3, 20)
BESIDE = {
    **{kind: [EXAMPLES / "sides" / f"{kind}.csv"] for kind in ("history", "plans", "authorizations", "plans-of-care")},
    "notes": sorted((EXAMPLES / "notes").glob("*.txt")),
}


_WEEKS: list[tuple[Checked, tuple[Filled, ...]]] = []  # checked once for all tests; there is one engine


def done(
    desk: Desk, person: str, paths: Sequence[Path] = (), beside: dict[str, list[Path]] | None = None, name: str = "week"
) -> Batch:
    """A batch that was checked: the week with everything beside it, or other files. `person` is an id."""
    given = [("claims", path) for path in paths or [WEEK]]
    given += [(kind, path) for kind, found in (BESIDE if not paths else beside or {}).items() for path in found]
    with desk.database.writing() as session:
        batch = Batch(name=name, person_id=person, state=BatchState.DONE, made_at=desk.now(), as_of=AS_OF)
        session.add(batch)
        session.flush()
        for place, (kind, path) in enumerate(given):
            where = f"{batch.id}.{place}"
            shutil.copy(path, private_folder(desk.files) / where)
            file = File(batch_id=batch.id, kind=kind, name=path.name, stored=where, size=1, sha256="", place=place)
            session.add(file)
        if paths:
            checked = check_files(paths, desk.background, as_of=AS_OF, beside=beside)
            rows: Sequence[Filled] = tuple(filled(checked.determined))
        else:
            checked, rows = _cached(desk)
        conform(checked.read).write_parquet(lines_path(desk, batch.id))
        identities = [new_id() for _ in rows]
        session.execute(
            insert(WorkLine),
            [
                {**one.line, "id": identity, "batch_id": batch.id}
                for one, identity in zip(rows, identities, strict=True)
            ],
        )
        marks = [
            {**mark, "line_id": identity} for one, identity in zip(rows, identities, strict=True) for mark in one.marks
        ]
        if marks:
            session.execute(insert(Mark), marks)
        batch.lines, batch.to_fix = len(rows), sum(one.line["state"] == "to fix" for one in rows)
        batch.summary = kept.packed_summary(summarise(checked.determined, checked.problems))
    return batch


def _cached(desk: Desk) -> tuple[Checked, tuple[Filled, ...]]:
    if not _WEEKS:
        checked = check_files([WEEK], desk.background, as_of=AS_OF, beside=BESIDE)
        _WEEKS.append((checked, tuple(filled(checked.determined))))
    return _WEEKS[0]


def line(desk: Desk, batch: Batch, claim: str, number: int, procedure: str = "") -> WorkLine | None:
    """A line by its claim's number and its own."""
    with desk.database.reading() as session:
        wanted = select(WorkLine).where(WorkLine.batch_id == batch.id, WorkLine.claim == claim, WorkLine.line == number)
        found = list(session.scalars(wanted))
    return next((one for one in found if not procedure or one.procedure == procedure), None)
