"""What is corrected in an 837, for whoever keeps the record or enters it by hand: a row or a record for each edit."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby

import orjson

from claimwright.formats.edit_files import EDITS, of_edits
from claimwright.formats.x12.edits import FIELDS, Edit
from claimwright.lines.problems import Problem
from claimwright.report.as_csv import BOM, inert
from claimwright.report.html import environment

COLUMNS = ("claim", "line", "field", "was", "now", "why", "finding", "claim_index")


def change_list_csv(changes: Sequence[Edit], *, bom: bool = False) -> str:
    """The edits as a table, header first, each row with its CRLF. Nothing in it is run by a spreadsheet."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in of_edits(changes):
        writer.writerow([inert("" if record[name] is None else str(record[name])) for name in COLUMNS])
    return (BOM if bom else "") + buffer.getvalue()


def change_list_json(changes: Sequence[Edit]) -> bytes:
    """The edits as an array of records of `schemas/edits-1.json`: it can be given as edits again."""
    assert {*COLUMNS} == {*EDITS.named}, "the list has what a file of edits has"
    return orjson.dumps(
        [{name: record[name] for name in COLUMNS} for record in of_edits(changes)],
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def change_list_html(changes: Sequence[Edit], *, file: str, warnings: Sequence[Problem] = ()) -> str:
    """The edits as a page to print, claim by claim, with a box for each, and what a person may want to look at.

    `changes` are in the order of a plan: those of one claim stand together.
    """
    claims = [(key[1], list(edits)) for key, edits in groupby(changes, key=lambda edit: (edit.claim_index, edit.claim))]
    template = environment().get_template("change-list.html.j2")
    return template.render(changes=changes, claims=claims, file=file, warnings=warnings, fields=FIELDS)
