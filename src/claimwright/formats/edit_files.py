"""Files of edits: what a person says is true of the claims of an 837, a field a row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from claimwright.formats.sides.columns import Column, Holds, Kind
from claimwright.formats.sides.reading import read_file
from claimwright.formats.x12.edits import FIELDS, Edit
from claimwright.lines.problems import Problem

NOTHING = "none"  # in a file; an empty cell says nothing, as everywhere

EDITS = Kind(
    "edits",
    "Edits for a corrected 837",
    "one field of a claim or a line, what it says and what is true",
    (
        Column(
            "claim_index",
            Holds.NUMBER,
            "the ordinal of the claim in the file, from 1; needed where its id stands there more than once",
            ("claim_ordinal", "index"),
            telling=True,
            positive=True,
        ),
        Column("claim", Holds.TEXT, "the id of the claim (CLM01); #7 for the seventh, if it has none", required=True),
        Column(
            "line",
            Holds.NUMBER,
            "the number of the line (LX01); none for a field of the claim",
            telling=True,
            positive=True,
        ),
        Column(
            "field",
            Holds.WORD,
            "the field to correct",
            ("column", "element"),
            words=dict.fromkeys(FIELDS, ()),
            required=True,
        ),
        Column(
            "was",
            Holds.TEXT,
            "what the field says now, lists as GP;59; `none` where it is not there",
            ("old", "old_value", "before"),
            required=True,
        ),
        Column(
            "now",
            Holds.TEXT,
            "what it has to say; `none` to take it out",
            ("new", "new_value", "after"),
            required=True,
        ),
        Column("why", Holds.TEXT, "why, for the change list", ("reason", "comment")),
        Column("finding", Holds.TEXT, "the finding that led to it, for the change list", ("finding_id",)),
    ),
    key="field",
    page="docs/correcting.md",
)


def read_edits(path: str | Path) -> tuple[list[Edit], list[Problem]]:
    """The edits of a CSV, Parquet or JSON file, in its order, and what is wrong with it. Data never raises.

    A row that cannot be relied on is left out and named; where one is, nothing should be corrected.
    """
    path = Path(path)
    frame, problems = read_file(EDITS, path)
    edits: list[Edit] = []
    for row in frame.iter_rows(named=True):
        parts = [name for name in ("claim_index", "line") if row[name] is not None and row[name] % 1]
        if parts:
            message = f"{parts[0].replace('_', ' ')} is no whole number; the row is left out"
            problems.append(Problem("INP-VALUE", message, "write 1, 2, 3", file=path.name, row=row["row"]))
        else:
            edits.append(_edit(row, path.name))
    return edits, problems


def of_edits(edits: Sequence[Edit]) -> list[dict[str, str | int | None]]:
    """Edits as records of such a file."""
    return [
        {
            "claim_index": edit.claim_index,
            "claim": edit.claim,
            "line": edit.line,
            "field": edit.field,
            "was": edit.was or NOTHING,
            "now": edit.now or NOTHING,
            "why": edit.why or None,
            "finding": edit.finding or None,
        }
        for edit in edits
    ]


def _edit(row: dict[str, str | int | Decimal | None], source: str) -> Edit:
    def text(name: str) -> str:
        value = str(row[name] or "")
        return "" if name in {"was", "now"} and value.lower() == NOTHING else value

    def number(name: str) -> int | None:
        value = row[name]
        return None if value is None else int(value)

    return Edit(
        claim=text("claim"),
        field=text("field"),
        was=text("was"),
        now=text("now"),
        line=number("line"),
        claim_index=number("claim_index"),
        why=text("why"),
        finding=text("finding"),
        row=number("row"),
        source=source,
    )
