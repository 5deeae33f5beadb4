"""What is wrong with an input, as values that carry their source. Nothing here ever holds claim data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    """How much of the input a problem costs."""

    ERROR = "error"  # something could not be read; the rest of the file was
    WARNING = "warning"  # read, but it departs from the guide in a way worth knowing


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: what, where, and what to do.

    `segment` counts segments of the file from 1 (ISA is 1), `offset` counts bytes from 0, `row` counts data rows of a
    table from 1, `field` is the element (`SV104`) or the column. Values of the claim never stand in `message`, except
    codes, dates and control numbers; names, member ids and free text never.
    """

    id: str
    message: str
    help: str
    gravity: Gravity = Gravity.ERROR
    file: str = ""
    segment: int | None = None
    offset: int | None = None
    row: int | None = None
    field: str = ""
    claim: str = ""
    line: int | None = None

    def where(self) -> str:
        """The place in words a person can follow, `week.837: segment 41, SV104`."""
        parts = []
        if self.segment is not None:
            parts.append(f"segment {self.segment}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.claim:
            parts.append(f"claim {self.claim}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.field:
            parts.append(self.field)
        if self.offset is not None and self.segment is None:
            parts.append(f"byte {self.offset}")
        return f"{self.file}: {', '.join(parts)}" if parts else self.file

    def __str__(self) -> str:
        return f"{self.id}: {self.message}\n --> {self.where()}\n help: {self.help}"
