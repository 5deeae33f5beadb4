"""Where a value of a raw frame stands in its input, so that what is wrong with it can be told without repeating it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from claimwright.lines.problems import Gravity, Problem

_HARMLESS = re.compile(r"[-+0-9.,/:eE ]{1,20}")
_CODE = re.compile(r"(?=[A-Za-z0-9 .:,-]*\d)[A-Za-z0-9 .:,-]{1,11}|[A-Za-z]{1,2}")


def shape(text: str) -> str:
    """What text looks like without saying it: letters as A, digits as 9, the unprintable as hex; 24 characters."""
    out = []
    for character in text[:24]:
        if character.isdigit():
            out.append("9")
        elif character.isalpha():
            out.append("A")
        elif character.isprintable():
            out.append(character)
        else:
            out.append(f"\\x{ord(character):02x}")
    return "".join(out)


def number(value: object) -> str:
    """A number or a date as it may stand in a message; the shape of anything else."""
    text = str(value)
    return repr(text) if _HARMLESS.fullmatch(text) else f"of the shape {shape(text)!r}"


def code(value: object) -> str:
    """A code as it may stand in a message: short and with a digit in it; the shape of anything else."""
    text = str(value)
    return repr(text) if _CODE.fullmatch(text) else f"of the shape {shape(text)!r}"


@dataclass(frozen=True)
class Places:
    """How the columns of a raw frame are called in their input.

    `fields` maps a column to its element or header, `segments` to the column that holds its segment's ordinal; `row` is
    the column that counts the rows of a table.
    """

    file: str
    fields: Mapping[str, str] = field(default_factory=dict)
    segments: Mapping[str, str] = field(default_factory=dict)
    row: str | None = None

    def problems(
        self,
        frame: pl.DataFrame,
        where: pl.Series,
        column: str,
        id_: str,
        message: str | Callable[[dict[str, Any]], str],
        *,
        help_: str | Callable[[dict[str, Any]], str],
        gravity: Gravity = Gravity.ERROR,
    ) -> list[Problem]:
        """One problem for each row of `frame` where `where` (Boolean, no nulls) holds, in row order."""
        if not where.any():
            return []
        segment = self.segments.get(column)
        rows = frame.filter(where)
        return [
            Problem(
                id_,
                message if isinstance(message, str) else message(row),
                help_ if isinstance(help_, str) else help_(row),
                gravity,
                self.file,
                segment=(row.get(segment) or row.get("at_line") or row.get("at_claim")) if segment else None,
                row=row.get(self.row) if self.row else None,
                field=self.fields.get(column, column),
                claim=row.get("claim") or (f"#{row['claim_index']}" if row.get("claim_index") else ""),
                line=row.get("line") if isinstance(row.get("line"), int) else None,
            )
            for row in rows.iter_rows(named=True)
        ]
