"""Reads codes.csv: the codes of each set, every row with its own dates and its source."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from claimwright.days import Span
from claimwright.documents.complaints import Complaint
from claimwright.documents.files import text_of
from claimwright.policies.model import CodeRow

COLUMNS = ("set", "system", "code", "from", "to", "source")
SYSTEMS = ("CPT", "HCPCS", "ICD-10-CM", "ICD-9-CM", "modifier", "place", "revenue", "taxonomy", "CARC", "region")


def read(file: Path, path: str, complaints: list[Complaint]) -> tuple[CodeRow, ...]:
    """The rows of a codes.csv; dots are taken out of codes, as claims carry them without. No file, no rows."""
    if not file.exists():
        return ()
    table = csv.reader(io.StringIO(text_of(file, path, complaints), newline=""))
    header = tuple(next(table, ()))
    if header != COLUMNS:
        message = f"the columns are {', '.join(header)}"
        complaints.append(Complaint(path, 1, "P000", message, f"they should be {','.join(COLUMNS)}"))
        return ()
    rows: list[CodeRow] = []
    for cells in table:
        if not cells:
            continue
        try:
            rows.append(_row(cells, table.line_num))
        except ValueError as error:
            advice = "mend the row: set,system,code,from,to,source, dates like 2015-10-01"
            complaints.append(Complaint(path, table.line_num, "P000", f"the row cannot be read: {error}", advice))
    return tuple(rows)


def _row(cells: list[str], line: int) -> CodeRow:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"it has {len(cells)} cells, not {len(COLUMNS)}")
    name, system, code, first, last, source = (cell.strip() for cell in cells)
    if system not in SYSTEMS:
        raise ValueError(f"the system {system!r} is not one of {', '.join(SYSTEMS)}")
    if not name or not code:
        raise ValueError("a row needs a set and a code")
    if not source:
        raise ValueError("a row needs its source")
    return CodeRow(name, system, code.replace(".", ""), span_of(first, last), source, line)


def span_of(first: str, last: str) -> Span:
    """The days a row speaks for; empty is open. Raises ValueError for no day, or an end before the beginning."""
    return Span(_day(first), _day(last))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
