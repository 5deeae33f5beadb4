"""Reads codes.csv: the codes of each set, every row with its own dates and its source."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from claimwright.days import Span
from claimwright.documents.complaints import Complaint
from claimwright.documents.files import text_of
from claimwright.policies.families import bounds
from claimwright.policies.model import CodeRow

COLUMNS = ("set", "system", "code", "from", "to", "source")
DERIVED = "derived"  # a seventh column that may follow
GEM = "gem"
SYSTEMS = ("CPT", "HCPCS", "ICD-10-CM", "ICD-9-CM", "modifier", "place", "revenue", "taxonomy", "CARC", "region")


def read(file: Path, path: str, complaints: list[Complaint]) -> tuple[CodeRow, ...]:
    """The rows of a codes.csv; dots are taken out of codes, as claims carry them without. No file, no rows."""
    if not file.exists():
        return ()
    table = csv.reader(io.StringIO(text_of(file, path, complaints), newline=""))
    header = tuple(next(table, ()))
    if header not in {COLUMNS, (*COLUMNS, DERIVED)}:
        message = f"the columns are {', '.join(header)}"
        advice = f"they should be {','.join(COLUMNS)}, and {DERIVED} may follow"
        complaints.append(Complaint(path, 1, "P000", message, advice))
        return ()
    rows: list[CodeRow] = []
    for cells in table:
        if not cells:
            continue
        try:
            rows.append(_row(cells, len(header), table.line_num))
        except ValueError as error:
            advice = "mend the row: set,system,code,from,to,source, dates like 2015-10-01"
            complaints.append(Complaint(path, table.line_num, "P000", f"the row cannot be read: {error}", advice))
    return tuple(rows)


def _row(cells: list[str], width: int, line: int) -> CodeRow:
    if len(cells) not in {width, len(COLUMNS)}:  # most rows have no mark
        raise ValueError(f"it has {len(cells)} cells, not {width}")
    name, system, code, first, last, source = (cell.strip() for cell in cells[: len(COLUMNS)])
    derived = cells[len(COLUMNS)].strip() if len(cells) > len(COLUMNS) else ""
    if system not in SYSTEMS:
        raise ValueError(f"the system {system!r} is not one of {', '.join(SYSTEMS)}")
    if not name or not code:
        raise ValueError("a row needs a set and a code")
    if not source:
        raise ValueError("a row needs its source")
    if derived not in {"", GEM}:
        raise ValueError(f"{DERIVED} is {derived!r}, and may be {GEM} or nothing")
    bare = code.replace(".", "")
    ends = bounds(bare)
    if ends and "-" in bare:
        _held_to_shape(bare, ends, system)
    return CodeRow(name, system, bare, span_of(first, last), source, line, derived)


def _held_to_shape(code: str, ends: tuple[str, str], system: str) -> None:
    if not system.startswith("ICD"):
        raise ValueError(f"{code} is a range, and only diagnoses have ranges")
    if len(ends[0]) != len(ends[1]) or ends[0] > ends[1]:
        raise ValueError(f"{code} is no range: both ends have as many characters, and the first comes first")


def span_of(first: str, last: str) -> Span:
    """The days a row speaks for; empty is open. Raises ValueError for no day, or an end before the beginning."""
    return Span(_day(first), _day(last))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
