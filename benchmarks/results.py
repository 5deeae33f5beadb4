"""What was measured, as a table on the screen, as Markdown and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

BEGIN, END = "<!-- written by run.py: begin -->", "<!-- written by run.py: end -->"


@dataclass(frozen=True)
class Figure:
    """One thing measured. `ratio` is ours against this one (or against the floor), more than 1 where ours is faster."""

    what: str
    side: str
    value: float
    unit: str
    ratio: float | None = None
    memory: float | None = None  # peak, MB
    note: str = ""


@dataclass
class Results:
    machine: dict[str, Any]
    figures: list[Figure] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # side, why
    notes: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, ...]]:
        return [
            (
                figure.what,
                figure.side,
                _number(figure.value, figure.unit),
                "" if figure.ratio is None else f"{figure.ratio:.2f}×",
                "" if figure.memory is None else f"{figure.memory:,.0f} MB",
                figure.note,
            )
            for figure in self.figures
        ]

    def show(self) -> None:
        table = Table(*_HEAD, title=self._machine())
        for row in self.rows():
            table.add_row(*row)
        console = Console()
        console.print(table)
        for line in self._remarks():
            console.print(line)

    def markdown(self) -> str:
        cells = [_HEAD, tuple("---" for _ in _HEAD), *self.rows()]
        table = "\n".join(f"| {' | '.join(row)} |" for row in cells)
        remarks = "\n".join(f"* {line}" for line in self._remarks())
        return f"{self._machine()}\n\n{table}\n\n{remarks}\n"

    def write(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")
        (folder / f"{name}.md").write_text(self.markdown(), "utf-8")

    def publish(self, page: Path) -> None:
        """Put the table between the marks of a page."""
        text = page.read_text("utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        page.write_text(f"{before}{BEGIN}\n\n{self.markdown()}\n{END}{after}", "utf-8")

    def _machine(self) -> str:
        return ", ".join(
            f"{value} {key}" if isinstance(value, int) else f"{key} {value}" for key, value in self.machine.items()
        )

    def _remarks(self) -> list[str]:
        return [*self.notes, *(f"skipped: {side}: {why}" for side, why in self.skipped)]


_HEAD = ("what", "side", "measured", "ours is", "peak memory", "note")


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:,.2f} {unit}"
