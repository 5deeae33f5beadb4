"""What is wrong with a document, as a value in ruff's shape: id, what, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Complaint:
    """`path` is relative to the folder that was read; `line` counts from 1."""

    path: str
    line: int
    id: str
    message: str
    help: str
    warning: bool = False

    def __str__(self) -> str:
        mark = " (warning)" if self.warning else ""
        return f"{self.id}: {self.message}{mark}\n --> {self.path}:{self.line}\n help: {self.help}"
