"""The table that tells payers apart: `payers.csv`, which users edit, read into rows with every bad one named."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from claimwright.days import Span, starts
from claimwright.lines.problems import Problem

PROGRAMS = (
    "medicare-part-b",
    "medicare-advantage",
    "commercial",
    "medicaid",
    "workers-comp",
    "auto",
    "tricare",
    "va",
    "self-pay",
    "other",
)
COLUMNS = ("id", "name", "filing", "bill", "program", "payer", "product", "from", "to", "verified", "source")
VERIFIED = ("yes", "in part", "secondary", "no")
PROFESSIONAL = "P"  # in `bill`: professional claims, which have no type of bill
SHIPPED = Path(__file__).parent / "payers.csv"

_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_BILL = re.compile(r"P|[0-9]{2}")


@dataclass(frozen=True)
class PayerRow:
    """One row: what it asks of a claim, what it says of the payer, in which span of days, and who says so.

    An empty `id`, `name` or `filing` asks nothing; an empty `program`, `payer` or `product` says nothing. `bill` holds
    the first two digits of the types of bill that the row is for, `P` for professional claims; empty: all claims.
    """

    number: int  # data row in the file, from 1
    id: str = ""
    name: str = ""  # normalised; a trailing * matches any longer name
    filing: str = ""
    bill: frozenset[str] = frozenset()
    program: str = ""
    payer: str = ""
    product: str = ""
    span: Span = field(default_factory=Span)
    verified: str = "no"
    source: str = ""

    def asks(self) -> tuple[str, str, str]:
        return self.id, self.name, self.filing

    def clashes(self, other: PayerRow) -> bool:
        """Whether both rows could answer one claim with the same right."""
        bills = not self.bill or not other.bill or bool(self.bill & other.bill)
        return self.asks() == other.asks() and bills and self.span.overlap(other.span) is not None


@dataclass(frozen=True, eq=False)
class PayerTable:
    """The good rows of a table, in its order, and what was wrong with the others."""

    rows: tuple[PayerRow, ...]
    problems: tuple[Problem, ...] = ()

    def before(self, other: PayerTable) -> PayerTable:
        """Both tables as one; where a row of each could answer a claim with the same right, the one of this answers."""
        return PayerTable((*self.rows, *other.rows), (*self.problems, *other.problems))

    def edges(self) -> list[date]:
        """The days on which what the table says may change, oldest first."""
        return starts(row.span for row in self.rows)


def normalise(name: str) -> str:
    """A payer name as the table compares it: upper case, letters and digits only, single spaces, no "and".

    >>> normalise("Blue Cross and Blue Shield of  Texas, Inc.")
    'BLUE CROSS BLUE SHIELD OF TEXAS INC'
    """
    words = re.sub(r"[^A-Z0-9]+", " ", name.upper()).split()
    return " ".join(word for word in words if word != "AND")


def load(path: Path | str | None = None, programs: Collection[str] = ()) -> PayerTable:
    """Read a payer table (None: the one that comes with the package). Raises OSError when there is no such file.

    Its rows may name `programs` besides the known ones. Bad rows are left out and returned as problems with their row;
    the rest of the table stands.
    """
    place = Path(path) if path is not None else SHIPPED
    with place.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        lacking = [name for name in COLUMNS[:9] if name not in (reader.fieldnames or ())]
        if lacking:
            message = f"the payer table lacks the column {', '.join(lacking)}"
            help_ = f"its first line names {', '.join(COLUMNS)}"
            return PayerTable((), (Problem("REF-COLUMNS", message, help_, file=str(place), field=lacking[0]),))
        return table(reader, str(place), programs)


def table(raw: Iterable[Mapping[str, str | None]], file: str = "", programs: Collection[str] = ()) -> PayerTable:
    """A table from rows of text, for callers that hold them in memory; see `load`."""
    known = tuple(dict.fromkeys((*PROGRAMS, *programs)))
    rows: list[PayerRow] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], list[PayerRow]] = {}
    for number, cells in enumerate(raw, 1):
        read = _row(number, {name: (cells.get(name) or "").strip() for name in COLUMNS}, known)
        if isinstance(read, PayerRow):
            earlier = next((row for row in seen.get(read.asks(), ()) if row.clashes(read)), None)
            if earlier is None:
                rows.append(read)
                seen.setdefault(read.asks(), []).append(read)
                continue
            read = ("from", f"row {earlier.number} asks the same on the same days", "keep one of them, or date them")
        column, message, help_ = read
        problems.append(Problem("REF-PAYER", message, help_, file=file, row=number, field=column))
    return PayerTable(tuple(rows), tuple(problems))


_Fault = tuple[str, str, str]  # column, what is wrong, what to do


def _row(number: int, cells: Mapping[str, str], programs: tuple[str, ...]) -> PayerRow | _Fault:
    wildcard = cells["name"].endswith("*")
    name = normalise(cells["name"])
    fault = _fault(cells, name, programs)
    if fault:
        return fault
    try:
        first, last = (date.fromisoformat(cells[end]) if cells[end] else None for end in ("from", "to"))
    except ValueError:
        return "from", f"{cells['from'] or cells['to']} is not a day", "write days like 2024-07-01"
    if first and last and first > last:
        return "to", f"the row ends ({last}) before it begins ({first})", "exchange the two days"
    return PayerRow(
        number=number,
        id=cells["id"].upper(),
        name=f"{name}*" if wildcard else name,
        filing=cells["filing"].upper(),
        bill=frozenset(cells["bill"].split()),
        program=cells["program"],
        payer=cells["payer"],
        product=cells["product"],
        span=Span(first, last),
        verified=cells["verified"] or "no",
        source=cells["source"],
    )


def _fault(cells: Mapping[str, str], name: str, programs: tuple[str, ...]) -> _Fault | None:
    if not (cells["id"] or cells["name"] or cells["filing"]):
        return "id", "the row asks nothing of a claim", "fill id, name or filing"
    if cells["name"] and not name:
        return "name", "the name has no letter and no digit", "write the payer's name, or leave it empty"
    if "*" in cells["name"][:-1]:
        return "name", "a * stands inside the name", "put it at the end, or leave it out"
    if not (cells["program"] or cells["payer"]):
        return "program", "the row says nothing about the payer", "fill program or payer"
    if cells["program"] and cells["program"] not in programs:
        return "program", f"{cells['program']} is not a program", f"write one of {', '.join(programs)}"
    if cells["payer"] and not _KEY.fullmatch(cells["payer"]):
        return "payer", f"{cells['payer']} is not a payer key", "write lower-case letters, digits and hyphens"
    if any(not _BILL.fullmatch(part) for part in cells["bill"].split()):
        return "bill", f"{cells['bill']} does not list types of bill", "write P or the first two digits: 12 13 22"
    if cells["verified"] and cells["verified"] not in VERIFIED:
        return "verified", f"{cells['verified']} is not a mark", f"write one of {', '.join(VERIFIED)}"
    return None
