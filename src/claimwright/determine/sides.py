"""What is known beside the claims of a run: earlier visits, plans, authorizations, plans of care, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from claimwright.determine.notes.reading import Notes, of_frame
from claimwright.formats import notes, sides
from claimwright.lines.problems import Gravity, Problem


@dataclass(frozen=True, repr=False)  # rows of patients have no place in a message
class Sides:
    """Frames with the columns of their schemas in `formats.sides`; None where nothing was given.

    A frame without rows was given and says nothing of anybody; for the history it says that nothing came before.
    What could not be read at all was not given. `history_lost` says that rows of the history could not be read, so that
    more may have come before than it holds.
    """

    history: pl.DataFrame | None = None
    plans: pl.DataFrame | None = None
    authorizations: pl.DataFrame | None = None
    plans_of_care: pl.DataFrame | None = None
    history_lost: bool = False
    fees: pl.DataFrame | None = None  # of contracts; no kind of side file, for no policy asks about it
    notes: Notes | None = None

    @property
    def given(self) -> frozenset[str]:
        """The kinds that were given, by their names in `formats.sides.KINDS`."""
        return frozenset(name for name in sides.KINDS if getattr(self, _field(name)) is not None)


NO_SIDES = Sides()
_Part = tuple[pl.DataFrame, list[Problem]]


Heard = Callable[[int, int], None]


def _unheard(_: int, __: int) -> None: ...


def read(files: Mapping[str, Iterable[str | Path]], *, heard: Heard = _unheard) -> tuple[Sides, tuple[Problem, ...]]:
    """Kind → its files, put together, and what is wrong with them. Data never raises.

    `heard` is told how many notes of how many are read.
    """
    return _together({kind: [_one(kind, path) for path in paths] for kind, paths in files.items()}, heard)


def _one(kind: str, path: str | Path) -> _Part:
    if kind == sides.NOTES.name:
        return notes.read(Path(path))
    return sides.read_fees(path) if kind == sides.FEES.name else sides.read(kind, path)


def of_records(
    records: Mapping[str, Iterable[Any]], *, file: str = "", defaults: Mapping[str, Any] | None = None
) -> tuple[Sides, tuple[Problem, ...]]:
    """Kind → objects of field → value, as a worked case has them, checked as files are.

    `defaults` fill what an object lacks, and its kind has (`{"member_id": …}` of the one patient). A kind may be
    written with blanks.
    """
    read_ = {}
    for name, objects in records.items():
        kind = name.replace(" ", "-").replace("_", "-")
        columns = sides.NOTES.named if kind == sides.NOTES.name else sides.KINDS[kind].named
        own = {field: value for field, value in (defaults or {}).items() if field in columns}
        if kind == sides.NOTES.name:
            read_[kind] = [notes.records(objects, file=file, defaults=own)]
        else:
            read_[kind] = [sides.records(kind, objects, file=file, defaults=own)]
    return _together(read_, _unheard)


def _together(found: Mapping[str, list[_Part]], heard: Heard) -> tuple[Sides, tuple[Problem, ...]]:
    legible = {kind: [frame for frame, problems in parts if _read(frame, problems)] for kind, parts in found.items()}
    frames = {_field(kind): pl.concat(parts) for kind, parts in legible.items() if parts}
    lost = any(_lost(*part) for part in found.get("history", ()))
    problems = tuple(problem for parts in found.values() for _, problems in parts for problem in problems)
    told = frames.pop(sides.NOTES.name, None)
    return Sides(**frames, history_lost=lost, notes=None if told is None else of_frame(told, heard)), problems


def _errors(problems: list[Problem]) -> Iterable[Problem]:
    return (problem for problem in problems if problem.gravity is Gravity.ERROR)


def _read(frame: pl.DataFrame, problems: list[Problem]) -> bool:
    """Whether there were rows to read, if only bad ones, or nothing was amiss."""
    return bool(frame.height) or all(problem.row is not None for problem in _errors(problems))


def _lost(frame: pl.DataFrame, problems: list[Problem]) -> bool:
    """Whether something is wrong with more than a cell of a row that was kept."""
    kept = set(frame["row"])
    return any(problem.row not in kept for problem in _errors(problems))


def _field(kind: str) -> str:
    return kind.replace("-", "_")
