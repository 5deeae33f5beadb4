"""The example files, read by splitting: enough for files we write ourselves, and independent of the reader."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

HERE = Path(__file__).parents[2] / "examples"
CLINIC, HOSPITAL = "clinic-week.837", "hospital-week.837"


@dataclass(frozen=True)
class Line:
    number: int
    code: str
    modifiers: tuple[str, ...]
    units: int
    charge: Decimal
    pointers: tuple[int, ...]
    revenue: str
    day: date
    through: date

    @property
    def units_a_day(self) -> int:
        return self.units // ((self.through - self.day).days + 1)


@dataclass
class Claim:
    index: int
    ident: str
    patient: tuple[str, ...]
    payer: str
    filing: str
    charge: Decimal
    frequency: str
    original: str = ""
    dx: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    raw: list[list[str]] = field(default_factory=list)


def segments(name: str) -> list[list[str]]:
    text = (HERE / name).read_text(encoding="ascii")
    return [segment.split("*") for segment in text.removesuffix("~\n").split("~\n")]


@cache
def claims(name: str) -> tuple[Claim, ...]:
    return tuple(_claims(segments(name)))


def _claims(every: list[list[str]]) -> Iterator[Claim]:
    claim, index, person, patient, payer, filing = None, 0, ("",), ("",), "", ""
    for s in every:
        tag = s[0]
        if tag in {"HL", "SE", "CLM"} and claim:
            yield claim
            claim = None
        if tag == "SBR" and not claim:
            filing = s[9]
        elif tag == "NM1" and s[1] in {"IL", "QC"} and not claim:
            person = tuple(s[3:5])
        elif tag == "DMG":
            patient = (*person, s[2])
        elif tag == "NM1" and s[1] == "PR" and not claim:
            payer = s[9]
        elif tag == "CLM":
            index += 1
            claim = Claim(index, s[1], patient, payer, filing, Decimal(s[2]), s[5].split(":")[2])
        if claim:
            claim.raw.append(s)
            _into(claim, s)
    assert claim is None


def _into(claim: Claim, s: list[str]) -> None:
    if s[:2] == ["REF", "F8"]:
        claim.original = s[2]
    elif s[0] == "HI":
        claim.dx += [part.split(":")[1] for part in s[1:] if part.split(":")[0] in {"ABK", "ABF", "BK", "BF"}]
    elif s[0] in {"SV1", "SV2"}:
        revenue, rest = ("", s[1:]) if s[0] == "SV1" else (s[1], s[2:])
        _, code, *modifiers = rest[0].split(":")
        pointers = tuple(int(p) for p in rest[6].split(":")) if s[0] == "SV1" else ()
        charge, units, number = Decimal(rest[1]), int(rest[3]), len(claim.lines) + 1
        line = Line(number, code, tuple(modifiers), units, charge, pointers, revenue, date.min, date.min)
        claim.lines.append(line)
    elif s[:2] == ["DTP", "472"]:
        day, _, through = s[3].partition("-")
        last = claim.lines[-1]
        claim.lines[-1] = Line(
            last.number, last.code, last.modifiers, last.units, last.charge, last.pointers, last.revenue,
            _day(day), _day(through or day),
        )  # fmt: skip


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


@cache
def planted() -> tuple[dict[str, str], ...]:
    with (HERE / "planted.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(csv.DictReader(rows))


def planted_lines(name: str, *findings: str) -> set[tuple[int, int]]:
    """(claim index, line) of the lines in which one of these findings was planted; any finding when none is given.

    What comes only with the side files is left out.
    """
    return {
        (int(row["claim_index"]), int(row["line"]))
        for row in planted()
        if row["file"] == name
        and not row["beside"]
        and (set(row["findings"].split()) & set(findings) if findings else row["findings"])
    }


def standing(name: str) -> list[Claim]:
    """The claims that count: not void, not replaced, and not the voids themselves."""
    gone = {claim.original for claim in claims(name) if claim.original}
    return [
        claim
        for claim in claims(name)
        if claim.frequency == "7" or (claim.frequency == "1" and claim.ident not in gone)
    ]


def days(name: str) -> dict[tuple[tuple[str, ...], date], list[tuple[Claim, Line]]]:
    """The standing lines of each patient and day; a line over several days counts on its first."""
    found: dict[tuple[tuple[str, ...], date], list[tuple[Claim, Line]]] = defaultdict(list)
    for claim in standing(name):
        for line in claim.lines:
            found[claim.patient, line.day].append((claim, line))
    return found
