"""Twenty thousand claims of a hospital's therapists over seven years of quarters, held against a second look-up.

The second one is plain Python over the shipped CSV files, written apart from the engine and from the look-up of pairs:
it uses neither. Every difference is a failure.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest

import claimwright
from claimwright.determine.engine import Engine
from claimwright.lines.schema import conform
from claimwright.policies import shipped
from claimwright.reference import releases

CLAIMS = 20_000
FIRST, LAST = date(2019, 7, 1), date(2026, 6, 30)
TABLE = Path(claimwright.__file__).parent / "reference/releases/ncci-ptp-hospital-therapy-2019q3-2026q2"

# as the source of the dated pairs lists them, an open port of the outpatient code editor
SEPARATES = (
    {"24", "25", "27", "57", "58", "59", "78", "79", "91", "FA", "LC", "LD", "LM", "LT", "RC", "RI", "RT", "TA"}
    | {"XE", "XP", "XS", "XU"}
    | {f"E{place}" for place in range(1, 5)}
    | {f"{side}{place}" for side in "FT" for place in range(1, 10)}
)
MODIFIERS = ("GP", "GO", "GN", "KX", "59", "XS", "XE", "LT", "25", "76", "CQ", "GA")


def text_rows(name: str) -> list[dict[str, str]]:
    with (TABLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def second_look_up(claims):
    """(line, the other line's code, finding) of every edit that denies a line, and the lines of which something is
    unknown.
    """
    edits: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in text_rows("rows.csv"):
        span = (row["from"] or "0001-01-01", row["to"] or "9999-12-31", row["indicator"])
        edits.setdefault((row["column1"], row["column2"]), []).append(span)
    held = {row["code"]: (row["from"] or "0001-01-01", row["to"] or "9999-12-31") for row in text_rows("codes.csv")}
    denied, unknown = set(), set()
    number = 0
    for day, lines in claims:
        on = day.isoformat()
        for place, (code, modifiers) in enumerate(lines):
            for other_place, (other, _) in enumerate(lines):
                if other_place == place or other == code:
                    continue
                inside = [how for begins, ends, how in edits.get((other, code), ()) if begins <= on <= ends]
                if not inside:
                    if not all(held[each][0] <= on <= held[each][1] for each in (code, other)):
                        unknown.add(number + place)
                elif inside[0] == "0":
                    denied.add((number + place, other, "CLM-NCCI-0"))
                elif inside[0] == "1" and not SEPARATES & set(modifiers):
                    denied.add((number + place, other, "CLM-NCCI"))
        number += len(lines)
    return denied, unknown


@pytest.fixture(scope="module")
def claims():
    rng = Random(270_6)
    codes = sorted({row["code"] for row in text_rows("codes.csv")})
    usual = ["97110", "97140", "97530", "97112", "97116", "97026", "97012", "97018", "97150", "97161", "97164", "97168"]
    days = (LAST - FIRST).days
    made = []
    for _ in range(CLAIMS):
        pool = usual if rng.random() < 0.6 else codes
        lines = [
            (
                rng.choice(pool if rng.random() < 0.8 else codes),
                tuple(rng.sample(MODIFIERS, rng.choice((0, 1, 1, 2, 3)))),
            )
            for _ in range(rng.choice((2, 2, 3, 3, 4, 5)))
        ]
        made.append((FIRST + timedelta(days=rng.randint(0, days)), lines))
    # both ends of every quarter
    for year in range(2019, 2027):
        for month in (1, 4, 7, 10):
            for day in (date(year, month, 1), date(year, month, 1) - timedelta(days=1)):
                if FIRST <= day <= LAST:
                    made.extend((day, [(one, ()), (two, ())]) for one in usual for two in usual if one < two)
    return made


def frame_of(claims) -> pl.DataFrame:
    rows = [
        {
            "file": "made",
            "claim": f"C{number}",
            "claim_index": number,
            "line": place,
            "form": "institutional",
            "bill_type": "131",
            "frequency": "1",
            "patient": number,
            "provider": 1,
            "service_from": day,
            "service_to": day,
            "procedure": code,
            "units": 1,
            "dx_system": "ICD-10-CM",
            "dx_1": "M1711",
            "program": "medicare-part-b",
            **{f"modifier_{at}": modifier for at, modifier in enumerate(modifiers, start=1)},
        }
        for number, (day, lines) in enumerate(claims, start=1)
        for place, (code, modifiers) in enumerate(lines, start=1)
    ]
    return conform(pl.DataFrame(rows, infer_schema_length=None))


def test_the_engine_and_a_second_look_up_agree_on_every_claim(claims):
    lines = frame_of(claims)
    determined = Engine(shipped.load(), releases.load()).determine(lines)
    procedures = lines["procedure"].to_list()
    found = set()
    for row, clause, views, partner in determined.findings.select("row", "clause", "views", "partner").iter_rows():
        finding = determined.plan.clauses[clause].clause.finding
        if finding in {"CLM-NCCI", "CLM-NCCI-0"} and views & 1:
            found.add((row, procedures[partner], finding))
    expected, unknown = second_look_up(claims)
    assert len(claims) > CLAIMS
    assert len(expected) > 7_000
    assert len({finding for *_, finding in expected}) == 2
    assert found - expected == set()
    assert expected - found == set()
    assert set(determined.silent["ncci/ptp"].nonzero()[0].tolist()) == unknown
