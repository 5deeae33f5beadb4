"""What no single cell shows: rows that name no member, that contradict themselves, and plans that overlap.

Such rows are left out whole, for nobody can tell which half of them is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import Any

import polars as pl

from claimwright.days import ONE_DAY
from claimwright.formats.places import Places
from claimwright.formats.sides.columns import Kind
from claimwright.formats.sides.fees import FEES, contradicting
from claimwright.formats.sides.kinds import AUTHORIZATIONS, HISTORY, PLANS, PLANS_OF_CARE
from claimwright.formats.sides.notes import NOTES
from claimwright.lines.problems import Problem
from claimwright.lines.schema import identity

_LATE_BIRTH = ("birth_date", "birth_date", "service_from", "the patient's birth date is after the day of service")
# column to name, the day that must not be later, the day that must not be earlier, what is wrong otherwise
_IN_ORDER: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    HISTORY.name: (_LATE_BIRTH,),
    NOTES.name: (_LATE_BIRTH,),
    PLANS.name: (("to", "from", "to", "the plan's row ends before it begins"),),
    AUTHORIZATIONS.name: (("to", "from", "to", "the authorization ends before it begins"),),
    FEES.name: (("to", "from", "to", "the fee ends before it begins"),),
    PLANS_OF_CARE.name: (
        ("certified_through", "established_on", "certified_through", "the certification ends before the plan begins"),
        ("birth_date", "birth_date", "established_on", "the patient's birth date is after the plan"),
    ),
}
_SAID_AND_DENIED = (
    ("signed", "signed_on", "the plan of care is not signed, and has a day of signature"),
    ("sent", "sent_on", "the plan of care was not sent, and has a day on which it was"),
)


def sound(kind: Kind, frame: pl.DataFrame, lost: pl.Series, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows that can be relied on, in their order, and what is wrong with the others; `lost` are told already."""
    problems: list[Problem] = []
    nobody = pl.Series([False]).new_from_index(0, len(frame))
    if kind.key == "member_id":
        nobody = frame.select(identity(pl.col("member_id")).is_null()).to_series()
    problems += places.problems(
        frame,
        nobody & ~lost,
        "member_id",
        "INP-MEMBER",
        "this row names no member; it is left out",
        help_="write the member id as the claims have it",
    )
    out = nobody | lost
    for column in kind.columns:
        if column.required and column.name != "member_id":
            missing = frame[column.name].is_null()
            name = column.name.replace("_", " ")
            problems += places.problems(
                frame,
                missing & ~out,
                column.name,
                "INP-MISSING",
                f"this row has no {name}; it is left out",
                help_=f"write the {name}",
            )
            out = out | missing
    for wrong, column_name, message, help_ in _contradictions(kind, frame):
        problems += places.problems(
            frame, wrong & ~out, column_name, "INP-CONTRADICTION", f"{message}; the row is left out", help_=help_
        )
        out = out | wrong
    if kind.name == PLANS.name:
        open_ended = _until_nobody_knows_when(frame, out)
        problems += places.problems(
            frame,
            open_ended,
            "to",
            "INP-OPEN",
            "this row has no last day, and another row of its member is left out; so is this one",
            help_="correct the other row, or write this one's last day",
        )
        out = out | open_ended
    kept = frame.filter(~out)
    if kind.name == FEES.name and kept.height:
        twice = contradicting(kept)
        problems += places.problems(
            kept,
            twice,
            "allowed",
            "INP-CONTRADICTION",
            "two rows have another amount for the same payer, code, modifiers and days; both are left out",
            help_="let one row end before the next begins",
        )
        return kept.filter(~twice), problems
    if kind.name == PLANS.name and kept.height:
        return _apart(kept, places, problems)
    return kept, problems


def _until_nobody_knows_when(plans: pl.DataFrame, out: pl.Series) -> pl.Series:
    """Plans that last until the member's next one begins, of members of whom a row cannot be relied on."""
    member = plans.select(identity(pl.col("member_id"))).to_series()
    theirs = member.is_in(member.filter(out).drop_nulls().implode()).fill_null(False)
    return theirs & plans["to"].is_null() & ~out


def _contradictions(kind: Kind, frame: pl.DataFrame) -> Iterable[tuple[pl.Series, str, str, str]]:
    for column, early, late, message in _IN_ORDER.get(kind.name, ()):
        yield (frame[early] > frame[late]).fill_null(False), column, message, "correct one of the two days"
    if kind.name == PLANS_OF_CARE.name:
        for said, day, message in _SAID_AND_DENIED:
            denied = (~frame[said]).fill_null(False) & frame[day].is_not_null()
            yield denied, said, message, "take out what is not so"


def _apart(frame: pl.DataFrame, places: Places, problems: list[Problem]) -> tuple[pl.DataFrame, list[Problem]]:
    """Plans whose rows do not overlap; a row without a last day ends where the member's next one begins."""
    rows = [_Plan(place, row) for place, row in enumerate(frame.iter_rows(named=True))]
    members: dict[str, list[_Plan]] = {}
    for row in rows:
        members.setdefault(row.member, []).append(row)
    ends: list[date | None] = frame["to"].to_list()
    overlapping: dict[int, int] = {}
    for plans in members.values():
        for plan in plans:
            if plan.last is None:
                later = [one.first for one in plans if one.first and one.beside(plan) and one.first > plan.begin]
                plan.last = min(later) - ONE_DAY if later else None
                ends[plan.place] = plan.last
        for one, other in combinations(plans, 2):
            if one.beside(other) and one.begin <= other.end and other.begin <= one.end:
                overlapping.setdefault(other.place, one.number)
                overlapping.setdefault(one.place, other.number)
    closed = frame.with_columns(pl.Series("to", ends, dtype=pl.Date))
    where = pl.Series([place in overlapping for place in range(frame.height)], dtype=pl.Boolean)
    partners = [overlapping.get(place) for place in range(frame.height)]
    told = closed.with_columns(pl.Series("@partner", partners, dtype=pl.UInt32))
    more = places.problems(
        told,
        where,
        "from",
        "INP-CONTRADICTION",
        lambda row: f"two rows of one member hold on the same days: this one and row {row['@partner']}; both left out",
        help_="let one row end before the next begins",
    )
    return closed.filter(~where), [*problems, *more]


class _Plan:
    """A row of plans with its days."""

    def __init__(self, place: int, row: dict[str, Any]) -> None:
        self.place, self.number = place, row["row"]
        self.member = row["member_id"].strip().upper()
        self.payer = (row["payer"] or "").upper()
        self.first: date | None = row["from"]
        self.last: date | None = row["to"]

    @property
    def begin(self) -> date:
        return self.first or date.min

    @property
    def end(self) -> date:
        return self.last or date.max

    def beside(self, other: _Plan) -> bool:
        """Whether both speak of one payer, as far as they say."""
        return not self.payer or not other.payer or self.payer == other.payer
