"""What a published layout is: the header it is known by, its columns, and how sure it is that it was seen right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from claimwright.lines.problems import Problem
from claimwright.reference.published.kinds import TEXT, Kind
from claimwright.reference.published.sources import Source

HEAD = 60  # rows among which a header is looked for; published preambles have up to fifteen
Cells = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Column:
    """One column: the name it is stored under ("" for one that is checked and not kept), its header, and its kind.

    `header` matches the whole cell in lower case with single spaces. Of several columns with one header `nth` is meant,
    from 0. A cell may be empty only where `optional`; a column may be missing only where `absent_too`. A `descriptor`
    is text that is kept only for those who hold a licence for it.
    """

    name: str
    header: str
    kind: Kind = TEXT
    optional: bool = False
    absent_too: bool = False
    nth: int = 0
    descriptor: bool = False


@dataclass(frozen=True)
class Layout:
    """A published layout of one table.

    `known_by`: headers that only this layout has. `joined`: how many rows a header is spread over, joined from the top.
    `continued`: rows under the header whose first cell is empty belong to it. `footnotes`: rows with a single cell are
    remarks. `closed`: a column that is not named here is a mistake. `slices`: start and length of each column in a file
    of fixed width, which has no header. `verified`: who saw the layout, or what about it was not seen.
    """

    table: str
    columns: tuple[Column, ...]
    known_by: tuple[str, ...]
    verified: str
    joined: int = 1
    continued: bool = False
    footnotes: bool = False
    closed: bool = False
    slices: tuple[tuple[int, int | None], ...] = ()
    shape: str = ""  # of a line in a file of fixed width
    prefers: tuple[str, ...] = (".txt", ".csv", ".xlsx")  # of one table given in several forms

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.name)


@dataclass(frozen=True)
class Sheet:
    """A table recognised in a file: its layout, the row its data begins after, and where each column stands.

    `header` is the row of the header (1 for the first), 0 in a file of fixed width; `places` has, for each column of
    the layout, its place in a row or None; `setting` and `variant` as the header or the name tell them.
    """

    source: Source
    layout: Layout
    header: int
    places: tuple[int | None, ...]
    width: int
    titles: tuple[str, ...]
    tab: str = ""  # the sheet of a workbook


def normal(cell: str) -> str:
    """A header as it is compared: in lower case, and with a single space for every line break and run of spaces."""
    return " ".join(cell.split()).lower()


def recognise(source: Source, head: Cells, layouts: Sequence[Layout], tab: str = "") -> Sheet | Problem | None:
    """The table whose header stands among these rows; a problem where it is one with other columns; else None."""
    for layout in layouts:
        if layout.slices:
            lines = [row[0] for row in head if row and row[0].strip()]
            if lines and all(re.match(layout.shape, line) for line in lines[:3]):
                places = tuple(range(len(layout.columns)))
                return Sheet(source, layout, 0, places, len(layout.columns), ())
            continue
        for number in range(len(head)):
            titles = _titles(head, number, layout.joined)
            if all(any(re.fullmatch(known, title) for title in titles) for known in layout.known_by):
                return _placed(source, layout, number + 1, titles, tab)
    return None


def _titles(head: Cells, number: int, joined: int) -> tuple[str, ...]:
    """The header that ends in a row, joined from the rows above where it is spread over several."""
    rows = head[max(number + 1 - joined, 0) : number + 1]
    width = len(head[number])
    return tuple(normal(" ".join(row[place] for row in rows if place < len(row))) for place in range(width))


def _placed(source: Source, layout: Layout, row: int, titles: tuple[str, ...], tab: str) -> Sheet | Problem:
    places: list[int | None] = []
    for column in layout.columns:
        fitting = [place for place, title in enumerate(titles) if re.fullmatch(column.header, title)]
        places.append(fitting[column.nth] if column.nth < len(fitting) else None)
    lacking = [
        column.header.replace("\\", "")
        for column, place in zip(layout.columns, places, strict=True)
        if place is None and not column.absent_too
    ]
    named = [title for title in titles if title]
    if lacking:
        return _unlike(source, row, f"no column is called {' or '.join(lacking[:2])}", named)
    if layout.closed:
        odd = [title for place, title in enumerate(titles) if title and place not in places]
        if odd:
            known = ", ".join(column.header.replace("|", " or ") for column in layout.columns)
            return _unlike(source, row, f"{odd[0]} is no column of this table, which has {known}", [])
    width = max((place for place, title in enumerate(titles) if title), default=0) + 1
    return Sheet(source, layout, row, tuple(places), width, titles, tab)


def _unlike(source: Source, row: int, message: str, named: list[str]) -> Problem:
    there = f"; there are {', '.join(named[:12])}" if named else ""
    return Problem(
        "REF-LAYOUT",
        f"layout unverified: {message}{there}",
        "docs/reference-data.md lists the layouts that are read; if the publisher changed his, nothing is guessed",
        file=str(source),
        row=row,
        field="header",
    )
