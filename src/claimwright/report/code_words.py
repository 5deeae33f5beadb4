"""What a code is, in our own words, and the warnings that stand beside it whoever looks.

No text of the American Medical Association is among them, nor anybody else's: numbers are facts, these words are ours.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Words:
    """`name` in a few words, `words` in some sentences; `uses` is what it is used for, which is no coverage."""

    code: str
    name: str
    words: str
    uses: str = ""


@dataclass(frozen=True)
class Warned:
    """A warning on the page of a code, by the clause whose sentence stands behind it."""

    id: str
    code: str
    policy: str
    clause: str
    words: str


@cache
def described() -> dict[str, Words]:
    """The codes and modifiers that have words, in the order of the table."""
    return {row["code"]: Words(**{name: row[name] or "" for name in row}) for row in _rows("codes.csv")}


@cache
def warnings() -> tuple[Warned, ...]:
    return tuple(Warned(**row) for row in _rows("warnings.csv"))


def warned(code: str) -> tuple[Warned, ...]:
    return tuple(one for one in warnings() if one.code == code)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("claimwright").joinpath("report", "words", name).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
