"""Write a seeded 837P of invented therapy claims, about 650 bytes a claim, for measuring readers.

python benchmarks/make_837.py week.837 --claims 100000
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

LAST = ("ABERNATHY", "BLANCHET", "CORDOVA", "DELACROIX", "EKSTROM", "FAIRWEATHER", "GUNDERSEN", "HOLLOWAY")
FIRST = ("ADA", "BRUNO", "CLEO", "DARIUS", "EDITH", "FELIX", "GRETA", "HUGO")
STREET = ("ALDER", "BIRCH", "CEDAR", "DOGWOOD", "ELM")
PAYERS = (
    ("MEDICARE PART B ILLINOIS", "12345", "MB"),
    ("INVENTED MUTUAL HEALTH INSURANCE COMPANY", "60054", "CI"),
    ("EXAMPLE BLUE OF THE PRAIRIE", "00621", "BL"),
)
SERVICES = (
    ("97110", "GP", 45),
    ("97026", "GP", 18),
    ("97140", "GP:59", 42),
    ("97530", "GP", 50),
    ("97112", "GP:KX", 47),
)
DIAGNOSES = ("M5450", "M1711", "E1142", "M25561", "S83241A", "G5601", "M7541")
CLAIMS_PER_TRANSACTION = 5000  # what the guide advises


def transaction(number: int, claims: int, seed: random.Random, begin: int) -> Iterator[str]:
    """The segments of one ST, SE included."""
    control = f"{number:09}"
    head = [
        f"ST*837*{control}*005010X222A1",
        f"BHT*0019*00*{control}*20240715*1200*CH",
        "NM1*41*2*INVENTED BILLING SERVICE*****46*TGJ23",
        "PER*IC*DESK*TE*5550100100",
        "NM1*40*2*INVENTED CLEARINGHOUSE*****46*66783JJT",
        "HL*1**20*1",
        "PRV*BI*PXC*261QP2000X",
        "NM1*85*2*INVENTED THERAPY CLINIC*****XX*1234567893",
        "N3*100 MAIN STREET",
        "N4*SPRINGFIELD*IL*627010000",
        "REF*EI*123456789",
    ]
    yield from head
    count = len(head)
    for index in range(claims):
        for segment in claim(begin + index, index + 2, seed):
            count += 1
            yield segment
    yield f"SE*{count + 1}*{control}"


def claim(ordinal: int, hl: int, seed: random.Random) -> list[str]:
    name, identifier, filing = seed.choice(PAYERS)
    born = date(1935, 1, 1) + timedelta(days=seed.randrange(25_000))
    day = date(2024, 1, 2) + timedelta(days=seed.randrange(180))
    codes = seed.sample(DIAGNOSES, seed.randint(1, 3))
    services = seed.sample(SERVICES, seed.randint(1, 3))
    qualified = "*".join(f"{'ABF' if index else 'ABK'}:{code}" for index, code in enumerate(codes))
    total = sum(price for _, _, price in services)
    segments = [
        f"HL*{hl}*1*22*0",
        f"SBR*P*18*******{filing}",
        f"NM1*IL*1*{seed.choice(LAST)}*{seed.choice(FIRST)}*Q***MI*{seed.randrange(10**9, 10**10)}A",
        f"N3*{seed.randrange(100, 9999)} WEST {seed.choice(STREET)} AVENUE*APARTMENT {seed.randrange(99)}",
        f"N4*SPRINGFIELD*IL*{62700 + seed.randrange(99)}",
        f"DMG*D8*{born:%Y%m%d}*{seed.choice('FM')}",
        f"NM1*PR*2*{name}*****PI*{identifier}",
        f"CLM*PT{ordinal:08}*{total}***11:B:1*Y*A*Y*Y*P",
        f"DTP*431*D8*{day - timedelta(days=30):%Y%m%d}",
        f"REF*D9*{ordinal:017}",
        f"REF*G1*PA{ordinal:07}",
        f"HI*{qualified}",
        "NM1*DN*1*REFERRER*RENE*M**MD*XX*1987654329",
        "NM1*82*1*THERAPIST*ANTONIA*J**DPT*XX*1457389012",
        "PRV*PE*PXC*225100000X",
    ]
    pointers = ":".join(str(number + 1) for number in range(len(codes)))
    for number, (code, modifiers, price) in enumerate(services, 1):
        segments += [
            f"LX*{number}",
            f"SV1*HC:{code}:{modifiers}*{price}*UN*1***{pointers}",
            f"DTP*472*D8*{day:%Y%m%d}",
            f"REF*6R*{ordinal:012}{number:02}",
        ]
    return segments


def write(path: Path, claims: int, seed: int = 97026) -> None:
    """The same bytes for the same arguments."""
    chance = random.Random(seed)
    with path.open("w", encoding="ascii", newline="") as out:
        out.write(
            "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       "
            "*240715*1200*^*00501*000000001*0*T*:~\nGS*HC*SENDER*RECEIVER*20240715*1200*1*X*005010X222A1~\n"
        )
        transactions = 0
        for begin in range(0, claims, CLAIMS_PER_TRANSACTION):
            transactions += 1
            many = min(CLAIMS_PER_TRANSACTION, claims - begin)
            out.writelines(f"{segment}~\n" for segment in transaction(transactions, many, chance, begin))
        out.write(f"GE*{transactions}*1~\nIEA*1*000000001~\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=97026)
    given = parser.parse_args()
    write(given.path, given.claims, given.seed)
    size = given.path.stat().st_size
    print(f"{given.path}: {given.claims} claims, {size / 1e6:.1f} MB, {size / max(given.claims, 1):.0f} bytes a claim")
