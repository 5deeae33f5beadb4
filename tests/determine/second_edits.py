"""A second look-up of edits, in plain Python over the official files as text, and claims to hold the engine against it.

Written from the rules alone, apart from the engine and from everything that reads or imports tables:

- a pair is in force on a day from its effective to its deletion day; indicator 9 never; 0 has no way round it; 1 has: a
  modifier that NCCI accepts on the column 2 line, or, on professional claims, 59 or an X modifier on a column 1 line;
- lines meet where they share a day, with one patient and provider; two practitioners in two disciplines are two
  providers on professional claims; an edit is looked up on the first day that its lines share;
- the most units of a code: indicator 1 looks at each line, 2 and 3 at all lines of that provider and day; units of a
  line over several days are divided by its days, and its busiest day counts;
- the tables of the claim's form and of its quarter; after the last one what is still in force accuses, and nothing
  acquits; on a day that no table covers everything else is unknown.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from made_lines import frame_of
from made_lines import line as made_line

ACCEPTED = (
    {"24", "25", "27", "57", "58", "59", "78", "79", "91", "FA", "LC", "LD", "LM", "LT", "RC", "RI", "RT", "TA"}
    | {"XE", "XP", "XS", "XU"}
    | {f"E{place}" for place in range(1, 5)}
    | {f"{side}{place}" for side in "FT" for place in range(1, 10)}
)
DISTINCT = {"59", "XE", "XP", "XS", "XU"}
DISCIPLINES = {"GP", "GO", "GN"}
MODIFIERS = ("GP", "GO", "GN", "KX", "59", "XS", "XE", "LT", "25", "76", "CQ", "GA", "91", "E2", "F5")


@dataclass
class Tables:
    """What the files of one setting say: by quarter, pair → (from, to, indicator), and code → (value, indicator)."""

    pairs: dict[tuple[date, date], dict[tuple[str, str], list[tuple[str, str, str]]]] = field(default_factory=dict)
    limits: dict[tuple[date, date], dict[str, tuple[int, int]]] = field(default_factory=dict)


def read_pairs(paths, codes=None):
    """The rows of the four zips of a quarter, of some codes where they are many."""
    found = defaultdict(list)
    for path in paths:
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                for row in io.TextIOWrapper(packed.open(name), "cp1252"):
                    cells = row.rstrip("\r\n").split("\t")
                    if len(cells) < 6 or len(cells[0]) != 5 or not cells[3].isdigit():
                        continue
                    one, two, _, begins, ends, how = cells[:6]
                    if codes is None or (one in codes and two in codes):
                        found[one, two].append((begins, "99991231" if ends == "*" else ends, how))
    return dict(found)


def read_limits(path):
    """code → (value, adjudication indicator)."""
    found = {}
    for row in csv.reader(io.StringIO(path.read_bytes().decode("cp1252"), newline="")):
        if len(row) > 2 and len(row[0]) == 5 and row[1].isdigit():
            found[row[0]] = (int(row[1]), int(row[2][0]))
    return found


@dataclass(frozen=True)
class Said:
    """One line as it is claimed."""

    claim: int
    patient: int
    form: str
    day: date
    days: int
    code: str
    units: int
    modifiers: tuple[str, ...]
    person: str | None

    @property
    def dates(self):
        return {self.day + timedelta(days=each) for each in range(self.days)}

    @property
    def discipline(self):
        told = DISCIPLINES & set(self.modifiers)
        return told.pop() if len(told) == 1 else None


def as_frame(lines):
    return frame_of(
        made_line(
            one.code,
            one.claim,
            line=place % 999 + 1,
            form=one.form,
            bill_type="131" if one.form == "institutional" else None,
            patient=one.patient,
            service_from=one.day,
            service_to=one.day + timedelta(days=one.days - 1),
            units=one.units,
            rendering_npi=one.person,
            place="11",
            **{f"modifier_{at}": modifier for at, modifier in enumerate(one.modifiers, start=1)},
        )
        for place, one in enumerate(lines, start=1)
    )


def one_provider(one, two):
    if one.form == "institutional" or two.form == "institutional":
        return True
    people = one.person and two.person and one.person != two.person
    return not (people and one.discipline and two.discipline and one.discipline != two.discipline)


def speaking(tables, day):
    """The table that covers a day and True, else the last one before it and False; None before the first."""
    covering = [table for (first, last), table in tables.items() if first <= day <= last]
    if covering:
        return covering[0], True
    before = [span for span in tables if span[1] < day]
    return (tables[max(before)], False) if before else None


def expected(lines, tables):
    """(row, other code, finding) of pairs, (row, finding) of units, and the rows of which a pair is unknown."""
    pairs, units, unknown = set(), set(), set()
    patients = defaultdict(list)
    for row, one in enumerate(lines):
        patients[one.patient].append(row)
    for rows in patients.values():
        for row in rows:
            mine = lines[row]
            others = [
                other
                for other in rows
                if other != row and one_provider(mine, lines[other]) and mine.dates & lines[other].dates
            ]
            denied, silent = _pairs_of(mine, [lines[other] for other in others], tables[mine.form])
            pairs |= {(row, *each) for each in denied}
            if silent:
                unknown.add(row)
            if _is_over(row, others, lines, tables[mine.form]):
                units.add(row)
    return pairs, units, unknown


def _pairs_of(mine, others, tables):
    """The edits that deny a line, each with the other code, and whether anything is unknown of one of its pairs."""
    denied, silent = set(), False
    for their in others:
        if their.code == mine.code:
            continue
        day = max(mine.day, their.day)
        table = speaking(tables.pairs, day)
        written = f"{day:%Y%m%d}"
        rows = table[0].get((their.code, mine.code), ()) if table else ()
        there = [how for begins, ends, how in rows if begins <= written <= ends and how != "9"]
        if not there:
            silent |= table is None or not table[1]
        elif there[0] == "0":
            denied.add((their.code, "CLM-NCCI-0"))
        else:
            beside = [other for other in others if other.code == their.code and max(mine.day, other.day) == day]
            on_column_1 = mine.form == "professional" and any(DISTINCT & set(other.modifiers) for other in beside)
            if not (ACCEPTED & set(mine.modifiers) or on_column_1):
                denied.add((their.code, "CLM-NCCI"))
    return denied, silent


def _is_over(row, others, lines, tables):
    """Whether a line is told to be over the most units: by itself, or as the last of the code's lines that are."""
    mine = lines[row]
    table = speaking(tables.limits, mine.day)
    if table is None or mine.code not in table[0]:
        return False
    value, how = table[0][mine.code]
    own = Fraction(mine.units, mine.days)
    if value == 0 or how == 1:
        return own > value
    same = [(each, lines[each]) for each in others if lines[each].code == mine.code]
    busiest = max(own + sum(Fraction(one.units, one.days) for _, one in same if day in one.dates) for day in mine.dates)
    return busiest > value and not any(each > row for each, one in same if one.day == mine.day)


def made_claims(rng, count, *, codes, joined, days):
    """Lines of claims of all kinds: codes of any sort, many of them `joined` by some row of a table; repeated lines,
    quantities spread over lines, several days that overlap, several claims of a day, two practitioners.
    """
    lines = []
    claim = 0
    for patient in range(1, count + 1):
        day = rng.choice(days)
        form = "professional" if rng.random() < 0.6 else "institutional"
        pool = [rng.choice(codes) for _ in range(rng.choice((1, 2, 2, 3)))]
        for _ in range(rng.choice((0, 1, 1, 2))):
            pool.extend(rng.choice(joined))
        billed = [rng.choice(pool) for _ in range(rng.choice((1, 2, 3, 3, 4, 5, 6)))]
        people = [None] if rng.random() < 0.3 else ["2900000005", "2900000013"][: rng.choice((1, 1, 2))]
        claim += 1
        for place, code in enumerate(billed):
            if place and rng.random() < 0.15:
                claim += 1
            span = 1 if rng.random() < 0.9 else rng.choice((2, 3, 5))
            lines.append(
                Said(
                    claim,
                    patient,
                    form,
                    day + timedelta(days=rng.choice((0, 0, 0, 0, 1, 2))),
                    span,
                    code,
                    rng.choice((1, 1, 1, 2, 2, 3, 4, 6, 9)),
                    tuple(rng.sample(MODIFIERS, rng.choice((0, 1, 1, 2, 3)))),
                    rng.choice(people),
                )
            )
    assert all(one.claim <= two.claim for one, two in pairwise(lines))
    return lines


def found_by(determined, lines):
    """What the engine finds as coded, in the same form."""
    pairs, units = set(), set()
    for row, clause, views, partner in determined.findings.select("row", "clause", "views", "partner").iter_rows():
        finding = determined.plan.clauses[clause].clause.finding
        if not views & 1:
            continue
        if finding in {"CLM-NCCI", "CLM-NCCI-0"}:
            pairs.add((row, lines[partner].code, finding))
        elif finding == "CLM-MUE":
            units.add(row)
    return pairs, units, set(determined.silent["ncci/ptp"].nonzero()[0].tolist())
