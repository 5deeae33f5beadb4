"""Files in, determined lines out: what the command line and every other face of a batch run through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from claimwright.determine import sides
from claimwright.determine.engine import Engine
from claimwright.determine.run import Determined
from claimwright.formats import reading
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.schema import empty


@dataclass(frozen=True)
class Checked:
    """The lines of some files, determined; and everything that was wrong with the files.

    `read` holds the same lines as they were before anything was told of them, row by row: to determine again.
    """

    determined: Determined
    read: pl.DataFrame
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        """True when no input was lost."""
        return not any(problem.gravity is Gravity.ERROR for problem in self.problems)


def check_files(
    paths: Iterable[Path],
    engine: Engine,
    *,
    as_of: date,
    mapping: Mapping[str, str] | None = None,
    strict: bool = False,
    beside: Mapping[str, Iterable[Path]] | None = None,
    progress: Callable[[Path, int], None] | None = None,
    heard: Callable[[int, int], None] = lambda _, __: None,
) -> Checked:
    """Read files of any known format and decide their lines together, so that one patient's day may span files.

    `beside` names the files of each kind of `formats.sides.KINDS` that are known beside the claims, and of `notes`.
    `progress` hears of each file's bytes read so far, `heard` how many notes of how many are read. Lines of days after
    `as_of` are problems and not decided; claims that do not say when the payer received them are taken to arrive that
    day.
    """
    frames: list[pl.DataFrame] = []
    problems: list[Problem] = []
    for path in paths:
        for batch in reading.batches(path, mapping=mapping, strict=strict):
            frames.append(batch.lines)
            problems.extend(batch.problems)
            if progress:
                progress(path, batch.bytes_read)
    lines = pl.concat(frames) if frames else empty()
    present, later = until(lines.with_columns(pl.col("received").fill_null(as_of)), as_of)
    known, wrong = sides.read(beside or {}, heard=heard)
    problems.extend(wrong)
    determined = engine.determine(present, known)
    return Checked(determined, present, (*problems, *later, *misread(determined), *determined.noted.problems()))


def misread(determined: Determined) -> list[Problem]:
    """What was stated beyond the claims and could not be understood: it is left unknown, and each line is named."""
    found: list[Problem] = []
    live = determined.lines.gather(determined.rows)
    for number, stated in enumerate(determined.stated):
        for said in stated.misread:
            word, _, allowed = said.partition(": ")
            lines = live.filter(pl.Series(determined.stated_of == number)).select("file", "claim", "line")
            found.extend(
                Problem(
                    "INP-FACT",
                    "what is stated of a fact is not understood; it stays unknown",
                    f"{allowed}; `claimwright explain facts` lists what can be said",
                    file=file or "",
                    claim=claim or "",
                    line=line,
                    field=word,
                )
                for file, claim, line in lines.iter_rows()
            )
    return found


def until(lines: pl.DataFrame, as_of: date) -> tuple[pl.DataFrame, list[Problem]]:
    """Lines of days up to `as_of`, and a problem for each claim with a later one."""
    future = (lines["service_from"] > as_of).fill_null(False)
    if not future.any():
        return lines, []
    problems = [
        Problem(
            "INP-FUTURE",
            f"the date of service {day} lies after {as_of}",
            "correct the date, or say with --as-of from which day the claims are looked at",
            file=file or "",
            segment=segment,
            claim=claim or "",
            line=line,
            field="DTP*472",
        )
        for file, claim, line, segment, day in lines.filter(future)
        .select("file", "claim", "line", "at_service", "service_from")
        .iter_rows()
    ]
    return lines.filter(~future), problems
