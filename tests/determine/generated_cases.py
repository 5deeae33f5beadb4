"""Cases made at random from the vocabulary itself: every fact that may be stated, and codes, payers and days.

A case is a list of records of LINE_SCHEMA, the line asked about first, so that thousands go through the engine at once.
"""

import random
from datetime import date
from decimal import Decimal

import orjson
import polars as pl

from claimwright.determine.explain import explain
from claimwright.lines.schema import LINE_SCHEMA

ICD_10 = ["M17.11", "M54.50", "M25.611", "E11.42", "L97.411", "S81.801A", "G56.01", "M54.16", "E11.9", "I10", "G89.4"]
ICD_9 = ["357.2", "250.60", "719.46", "707.14", "719.51"]
NCD_INTENT = ["neuropathy", "wound", "ulcer", "pain from ncd condition"]
INTENT = ["msk adjunct", *NCD_INTENT, "other"]
PAYERS = [
    ("medicare-part-b", "medicare", "cgs-j15"),
    ("medicare-part-b", "medicare", None),
    ("medicare-advantage", None, None),
    ("commercial", "hcsc", None),
    ("commercial", "aetna", None),
    ("commercial", None, None),
    ("workers-comp", None, None),
    (None, None, None),
]
DAYS = [
    date(2006, 10, 23),
    date(2006, 10, 24),
    date(2015, 9, 30),
    date(2015, 10, 1),
    date(2019, 6, 30),
    date(2019, 7, 1),
    date(2024, 8, 1),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 9, 30),
    date(2025, 10, 1),
    date(2026, 3, 10),
]
MODIFIERS = ["GP", "GO", "GN", "KX", "59", "XS", "XU", "GA", "GZ", "GY", "GX", "CQ", "CO", "76", "RT"]
BESIDE = ["97110", "97140", "97024", "97018", "97010", "97161", "97530"]


def statable(library):
    """The facts a source may state and their values, numbers and days among them.

    What is said of a thing as a whole is left out: beside its parts, said at random, it would be a dispute.
    """
    wholes = {derived.stated_as for derived in library.derived.values()}
    found = {}
    for fact in library.facts.values():
        if not fact.statable or not fact.scalar or fact.name in wholes:
            continue
        match fact.type:
            case "choice":
                found[fact.name] = [value for value, _ in fact.values]
            case "yes/no":
                found[fact.name] = [True, False]
            case "number":
                found[fact.name] = [0, 0.1, 0.5, 1, 4, 5, 9, 10, 11, 30, 31, 90, 91, 2480, 2481, 3001]
            case "date":
                found[fact.name] = ["2024-12-31", "2025-01-01", "2025-07-01"]
    return found


def make(chance, facts, number, **fixed):
    """One case. `chance` is a random.Random, `facts` what `statable` gave; `fixed` fields of the line asked about."""
    day = fixed.pop("day", None) or chance.choice(DAYS)
    program, payer, contractor = fixed.pop("payer", None) or chance.choice(PAYERS)
    diagnoses = chance.sample(ICD_10 if day >= date(2015, 10, 1) else ICD_9, chance.randint(1, 4))
    told = fixed.pop("told", None)
    if told is None:
        share = chance.random()
        told = {name: chance.choice(values) for name, values in facts.items() if chance.random() < share}
    claim = {
        "file": "generated",
        "claim": f"G{number}",
        "claim_index": number,
        "patient": number,
        "provider": 1,
        "program": program,
        "payer": payer,
        "contractor": contractor,
        "form": chance.choice(["professional", "professional", "institutional"]),
        "service_from": day,
        "service_to": day,
        "received": day,
        "dx_system": "ICD-10-CM" if day >= date(2015, 10, 1) else "ICD-9-CM",
        "birth_date": chance.choice([date(1950, 5, 5), date(2008, 1, 1), None]),
        **listed("dx", diagnoses),
        "unstated": 0,
    }
    first = {
        "line": 1,
        "procedure": chance.choice(["97026"] * 6 + ["E0221", "A4639", "97024"]),
        "units": Decimal(chance.choice([1, 1, 1, 2])),
        "place": chance.choice(["11", "11", "12", "22"]),
        **listed("modifier", chance.sample(MODIFIERS, chance.randint(0, 3))),
        **listed("pointed", diagnoses[: chance.randint(0, min(3, len(diagnoses)))]),
        "stated": stated(told),
        **fixed,
    }
    others = [
        {"line": place, "procedure": code, "units": Decimal(1), **listed("modifier", ["GP"])}
        for place, code in enumerate(chance.sample(BESIDE, chance.randint(0, 2)), start=2)
    ]
    return [claim | line for line in (first, *others)]


def listed(stem, codes):
    return {f"{stem}_{place}": code.replace(".", "") for place, code in enumerate(codes, start=1)}


def stated(told):
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode() if told else None


def told_of(case):
    return orjson.loads(case[0]["stated"]) if case[0].get("stated") else {}


def but(case, **fields):
    """The same case with other fields on the line asked about; `told` replaces what is stated."""
    if "told" in fields:
        fields["stated"] = stated(fields.pop("told"))
    return [{**case[0], **fields}, *case[1:]]


def frame(cases):
    records = [
        {**record, "claim_index": number, "patient": number, "claim": f"G{number}"}
        for number, case in enumerate(cases, start=1)
        for record in case
    ]
    schema = dict(LINE_SCHEMA)
    return pl.DataFrame([{name: record.get(name) for name in schema} for record in records], schema=schema)


def first_rows(cases):
    rows, at = [], 0
    for case in cases:
        rows.append(at)
        at += len(case)
    return rows


def decided(engine, cases):
    """The combination of the line asked about, for each case."""
    determined = engine.determine(frame(cases))
    return [determined.combinations[int(determined.combination[row])] for row in first_rows(cases)]


def answered(engine, cases):
    """The whole answer to the line asked about, for each case."""
    return list(explain(engine.determine(frame(cases)), first_rows(cases)))


def some(library, seed, many, **fixed):
    chance, facts = random.Random(seed), statable(library)
    return [make(chance, facts, number, **dict(fixed)) for number in range(1, many + 1)]
