"""Reads statements.csv: what the two texts that the policies were drawn from say, and how each statement is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.files import text_of

NAME = "statements.csv"
COLUMNS = ("id", "source", "says", "derived", "standing", "where", "note")
_ADVICE = f"mend the row: {','.join(COLUMNS)}"


class Standing(StrEnum):
    """How a statement is kept, and so what may prove it."""

    DECIDED = "decided"  # a clause decides it, and an example or a case fails without the clause
    SHAPE = "shape"  # the shape of the engine keeps it, and a test or a case shows that
    TEXT = "text"  # it explains, cites or recounts, and a document says it
    LATER = "later"  # nothing here can keep it yet


@dataclass(frozen=True)
class Statement:
    """One statement, in our own words. `derived`: the source lost its words, or left a gap that ours fill.

    `where` names what keeps a shape, the document of a text, and what a later one waits for; of a decided one it may
    name the policy that ought to decide it. Paths are relative to the folder that holds the policies.
    """

    id: str
    source: str  # A:20, line 20 of the first text
    says: str
    derived: bool
    standing: Standing
    where: tuple[str, ...]
    note: str
    line: int


def ids(texts: Iterable[str]) -> tuple[str, ...]:
    """The ids in texts that list them, however they are parted.

    >>> ids(["S5 S24", "S25, S38"])
    ('S5', 'S24', 'S25', 'S38')
    """
    return tuple(name for text in texts for name in text.replace(",", " ").split())


def read(file: Path, path: str, complaints: list[Complaint]) -> tuple[Statement, ...]:
    """The rows of a statements.csv; no file, no rows. What cannot be read complains (P000)."""
    if not file.exists():
        return ()
    table = csv.reader(io.StringIO(text_of(file, path, complaints), newline=""))
    header = tuple(next(table, ()))
    if header != COLUMNS:
        message = f"the columns are {', '.join(header)}"
        complaints.append(Complaint(path, 1, "P000", message, f"they should be {','.join(COLUMNS)}"))
        return ()
    found: dict[str, Statement] = {}
    for cells in table:
        if not cells:
            continue
        try:
            statement = _row(cells, table.line_num)
        except ValueError as error:
            complaints.append(Complaint(path, table.line_num, "P000", f"the row cannot be read: {error}", _ADVICE))
            continue
        if statement.id in found:
            message = f"{statement.id} stands on line {found[statement.id].line} already"
            complaints.append(Complaint(path, table.line_num, "P000", message, "an id names one statement"))
            continue
        found[statement.id] = statement
    return tuple(found.values())


def _row(cells: list[str], line: int) -> Statement:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"it has {len(cells)} cells, not {len(COLUMNS)}")
    name, source, says, derived, standing, where, note = (cell.strip() for cell in cells)
    if not (name and source and says):
        raise ValueError("a row needs an id, its source and what it says")
    if derived not in {"", "derived"}:
        raise ValueError(f"derived is {derived!r}; write derived, or nothing")
    if standing not in set(Standing):
        raise ValueError(f"the standing is {standing!r}; {nearest(standing, list(Standing), 'see policies/README.md')}")
    places = tuple(place.strip() for place in where.split(";") if place.strip())
    if standing != Standing.DECIDED and not places:
        raise ValueError(f"it is {standing} and does not say where")
    return Statement(name, source, says, bool(derived), Standing(standing), places, note, line)
