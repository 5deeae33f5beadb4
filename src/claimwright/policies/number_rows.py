"""Reads numbers.csv: thresholds, limits and ages that policies name, every row with its own dates and its source."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from claimwright.documents.complaints import Complaint
from claimwright.documents.files import text_of
from claimwright.policies.code_rows import span_of
from claimwright.policies.model import NumberRow

COLUMNS = ("name", "value", "unit", "from", "to", "source")
_ADVICE = "mend the row: name,value,unit,from,to,source, dates like 2015-10-01"


def read(file: Path, path: str, complaints: list[Complaint]) -> tuple[NumberRow, ...]:
    """The rows of a numbers.csv; no file, no rows. Two rows of one name on one day are a complaint (P000)."""
    if not file.exists():
        return ()
    table = csv.reader(io.StringIO(text_of(file, path, complaints), newline=""))
    header = tuple(next(table, ()))
    if header != COLUMNS:
        message = f"the columns are {', '.join(header)}"
        complaints.append(Complaint(path, 1, "P000", message, f"they should be {','.join(COLUMNS)}"))
        return ()
    rows: list[NumberRow] = []
    for cells in table:
        if not cells:
            continue
        try:
            row = _row(cells, table.line_num)
            clash = next((one for one in rows if one.name == row.name and one.span.overlap(row.span)), None)
            if clash:
                raise ValueError(f"{row.name} has a value on line {clash.line} already for some of these days")  # noqa: TRY301 # told with the others
        except ValueError as error:
            complaints.append(Complaint(path, table.line_num, "P000", f"the row cannot be read: {error}", _ADVICE))
            continue
        rows.append(row)
    return tuple(rows)


def _row(cells: list[str], line: int) -> NumberRow:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"it has {len(cells)} cells, not {len(COLUMNS)}")
    name, value, unit, first, last, source = (cell.strip() for cell in cells)
    if not name or not source:
        raise ValueError("a row needs a name and its source")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is no number")
    return NumberRow(name, number, unit, span_of(first, last), source, line)
