"""Invented people and their identifiers.

No name, number or address is anybody's: surnames are put together from syllables, telephone numbers are 555 numbers,
towns do not exist. Medicare numbers have the letter S where a real one never has it. National provider identifiers
begin with 29, as far as we know a range not in use, and carry a right check digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from week.records import Biller, Payer, Person, Provider

T = TypeVar("T")

_HEADS = (
    "ALDER", "BRAM", "CORN", "DUN", "ELM", "FERN", "GLEN", "HAZEL", "IVER", "KIRK", "LARK", "MAR", "NETTLE", "OAK",
    "PEN", "QUIN", "ROW", "STAN", "THORN", "WIN",
)  # fmt: skip
_TAILS = (
    "BY", "COTE", "DALE", "GATE", "HOLM", "LEY", "MERE", "SHAW", "STEAD", "WICK",
)  # fmt: skip
_WOMEN = (
    "ADA", "AGNES", "BEATRIX", "CLARA", "CORA", "DELIA", "EDITH", "ELSIE", "FLORA", "GRETA", "HESTER", "IDA",
    "INES", "JUNE", "LENA", "LOUISA", "MABEL", "MARTHA", "MINA", "NELL", "NORA", "OLIVE", "OPAL", "PEARL", "ROSA",
    "RUTH", "SADIE", "TESSA", "URSULA", "VERA", "WILLA", "YVETTE",
)  # fmt: skip
_MEN = (
    "ABEL", "AMOS", "ARLO", "BASIL", "CALEB", "CASPAR", "CYRUS", "DENNIS", "EDGAR", "EMIL", "FELIX", "FRANZ",
    "GIDEON", "HAROLD", "HUGO", "IVAN", "JASPER", "JONAS", "LEON", "LINUS", "MILES", "NEIL", "ORSON", "OSCAR",
    "PERCY", "QUENTIN", "RALPH", "RUFUS", "SILAS", "THEO", "VICTOR", "WALTER",
)  # fmt: skip
_STREETS = ("EXAMPLE AVE", "SAMPLE ST", "PLACEHOLDER LN", "SPECIMEN RD", "FICTION CT", "INVENTION WAY")
_TOWNS = (("SAMPLETON", "44999"), ("EXAMPLE FALLS", "44998"), ("NOWHERE HEIGHTS", "44997"))
_LETTERS = "ACDEFGHJKMNPQRTUVWXY"
_AGES = {"senior": (66, 88), "adult": (21, 63), "child": (5, 14)}

Surnames = list[str]


def pick(rng: Random, options: Sequence[T]) -> T:
    """One of the options. Stands on `Random.random` alone, whose sequence Python promises never to change."""
    return options[int(rng.random() * len(options))]


def number(rng: Random, low: int, high: int) -> int:
    return low + int(rng.random() * (high - low + 1))


def shuffled(rng: Random, options: Sequence[T]) -> list[T]:
    drawn = [(rng.random(), place) for place in range(len(options))]
    return [options[place] for _, place in sorted(drawn)]


def surnames(rng: Random) -> Surnames:
    """Every surname there is, in an order of this week's own; each patient takes one."""
    return shuffled(rng, [head + tail for head in _HEADS for tail in _TAILS])


def person(rng: Random, last: str, age: str) -> Person:
    low, high = _AGES[age]
    sex = pick(rng, "FM")
    first = pick(rng, _WOMEN if sex == "F" else _MEN)
    born = date(2026 - number(rng, low, high), 1, 1) + timedelta(days=number(rng, 0, 364))
    town, postal = pick(rng, _TOWNS)
    return Person(last, first, born, sex, f"{number(rng, 1, 480)} {pick(rng, _STREETS)}", town, postal)


def member_id(rng: Random, payer: Payer) -> str:
    """An identifier of the payer's shape."""
    fill = {"#": "0123456789", "@": _LETTERS}
    return "".join(pick(rng, fill[mark]) if mark in fill else mark for mark in payer.member)


def check_digit(nine: str) -> str:
    """The tenth digit of a national provider identifier: Luhn's, over 80840 and the nine before it."""
    total = 24  # what the prefix 80840 adds
    for place, digit in enumerate(reversed(nine)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def npi(ordinal: int) -> str:
    nine = str(290_000_000 + ordinal * 7_919)
    return nine + check_digit(nine)


_PT, _OT, _PTA, _OTA = "225100000X", "225X00000X", "225200000X", "224Z00000X"

CLINIC = Biller(
    Provider("SAMPLETON THERAPY CLINIC", "", npi(1), "261QP2000X"),
    "STC97026", 97_026, "97 INVENTION WAY", "SAMPLETON", "449990026", "001497026", "6145550126",
)  # fmt: skip
HOSPITAL = Biller(
    Provider("EXAMPLE FALLS COMMUNITY HOSPITAL", "", npi(2), "282N00000X"),
    "EFCH0042", 97_027, "1 PLACEHOLDER LN", "EXAMPLE FALLS", "449980042", "001420042", "6145550142",
)  # fmt: skip
THERAPISTS = {
    "PT": (
        Provider("ROWSTEAD", "IMOGEN", npi(11), _PT),
        Provider("FERNMERE", "TOBIAS", npi(12), _PT),
        Provider("OAKSHAW", "PRIYA", npi(13), _PT),
        Provider("KIRKDALE", "MARCUS", npi(14), _PT),
    ),
    "OT": (Provider("LARKHOLM", "SELENE", npi(15), _OT), Provider("PENGATE", "ADRIAN", npi(16), _OT)),
}
ASSISTANTS = {
    "PT": (Provider("ELMCOTE", "DANA", npi(17), _PTA), Provider("STANLEY", "JORDAN", npi(18), _PTA)),
    "OT": (Provider("THORNBY", "CASEY", npi(19), _OTA),),
}
OTHERS = {  # who does not give therapy as Medicare pays it
    "chiropractor": Provider("PENSHAW", "OSWALD", npi(21), "111N00000X"),
    "massage therapist": Provider("ROWHOLM", "LYDIA", npi(22), "225700000X"),
    "athletic trainer": Provider("KIRKGATE", "RUPERT", npi(23), "2255A2300X"),
}
PHYSICIANS = (
    Provider("MARWICK", "HELENA", npi(31), "207Q00000X"),
    Provider("DUNHOLM", "AUGUST", npi(32), "207X00000X"),
    Provider("QUINMERE", "SOPHIA", npi(33), "207R00000X"),
    Provider("WINGATE", "BERNARD", npi(34), "208100000X"),
    Provider("IVERSTEAD", "NADIA", npi(35), "207Q00000X"),
)
