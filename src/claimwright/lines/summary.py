"""What a whole run comes to: counts and charges, and what could not be checked. Nothing here names a patient."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from claimwright.lines.money import Stakes
from claimwright.lines.problems import Problem

PROGRAM_UNKNOWN = "program unknown"  # how the name of a payer ends whose line of business nothing tells


@dataclass(frozen=True)
class Tally:
    """A group of lines: how many, and their charges in US dollars."""

    lines: int = 0
    charge: Decimal = Decimal(0)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.lines + other.lines, self.charge + other.charge)


@dataclass(frozen=True)
class FindingTally:
    """One finding id of one clause for one payer, over the run."""

    finding: str
    clause: str
    severity: str
    channel: str
    payer: str
    tally: Tally


@dataclass(frozen=True)
class NotRun:
    """A check that could not run, why, and on how many lines; and what would let it ("" where nothing can)."""

    check: str
    why: str
    lines: int
    help: str = ""


@dataclass(frozen=True)
class Summary:
    """Counts of a run.

    `to_fix` has a BLOCK or FIX; `clean` is NOTHING_MET as coded with nothing to fix and every applicable check run;
    `unchecked` has nothing to fix, but some check did not run or nothing could be determined. The three make `all`.
    """

    files: tuple[str, ...]
    claims: int
    all: Tally
    to_fix: Tally
    clean: Tally
    unchecked: Tally
    withdrawn: int  # lines of claims that the input itself voids or replaces, or voids themselves
    by_payer: tuple[tuple[str, Tally, Tally], ...]  # payer in words, all its lines, those to fix
    coded: tuple[tuple[str, Tally], ...]  # outcome → lines, as coded
    documented: tuple[tuple[str, Tally], ...]
    differences: tuple[tuple[str, int], ...]  # "denied though defensible", "paid though indefensible"
    findings: tuple[FindingTally, ...]  # most severe first, then most dollars
    not_run: tuple[NotRun, ...]
    silences: tuple[tuple[str, int], ...]  # silence in either view → lines
    problems: tuple[Problem, ...] = field(default=())
    basis: tuple[tuple[str, str], ...] = ()  # policy or release → content hash
    money: Stakes = field(default_factory=Stakes)
