"""Write a seeded Parquet of invented claim lines in the schema of lines, skewed the way a year of therapy claims is.

    python benchmarks/make_lines.py lines.parquet --lines 1000000

Patients come back, a few codes and diagnoses make up most of the lines, some lines are wrong. Only the columns that a
decision reads are filled. The same arguments give the same rows.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import simple_icd_10_cm

from claimwright.lines.schema import LINE_SCHEMA, conform, dx_columns, modifier_columns, pointed_columns

FIRST_DAY, DAYS = 19358, 1430  # 2023-01-01, and the days from there that visits fall on, to 2026-11-30
VISITS_PER_PATIENT = 9
YEARS_OFF = 3652  # days, when the year is written wrong
LINES_PER_VISIT = ((2, 0.25), (3, 0.42), (4, 0.25), (5, 0.08))
MOST_LINES = 5
CHUNK = 250_000  # visits made at a time
DIAGNOSES = 3000

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Payer(NamedTuple):
    share: float
    id: str
    name: str
    filing: str
    form: str = "professional"


PAYERS = (
    Payer(0.30, "15202", "MEDICARE PART B OHIO CGS", "MB"),
    Payer(0.12, "15201", "MEDICARE PART A OHIO CGS", "MA", "institutional"),
    Payer(0.03, "15201", "MEDICARE PART B OF A OHIO CGS", "MB", "institutional"),
    Payer(0.12, "OVSA1", "OHIO VALLEY SENIOR ADVANTAGE", "16"),
    Payer(0.03, "OVSA1", "OHIO VALLEY SENIOR ADVANTAGE", "16", "institutional"),
    Payer(0.09, "00621", "BLUE CROSS AND BLUE SHIELD OF ILLINOIS", "BL"),
    Payer(0.05, "84980", "BLUE CROSS AND BLUE SHIELD OF TEXAS", "CI"),
    Payer(0.10, "60054", "AETNA", "CI"),
    Payer(0.06, "ESMH1", "ERIE SHORE MUTUAL HEALTH PLAN", "CI"),
    Payer(0.02, "OVAC1", "AMERIHEALTH CARITAS OHIO", "MC"),
    Payer(0.05, "OVCT1", "OHIO VALLEY COMP TRUST", "WC"),
    Payer(0.03, "WRBP9", "WESTERN RESERVE BENEFIT PARTNERS", "ZZ"),
)

# code, share of lines in thousandths, whether its minutes make units
PROCEDURES = (
    ("97110", 300, True), ("97140", 190, True), ("97530", 135, True), ("97112", 120, True), ("97010", 30, False),
    ("G0283", 40, False), ("97014", 12, False), ("97035", 25, True), ("97012", 10, False), ("97016", 10, False),
    ("97018", 5, False), ("97022", 4, False), ("97024", 2, False), ("97026", 9, False), ("97028", 1, False),
    ("97032", 10, True), ("97033", 2, True), ("97034", 1, True), ("97036", 1, True), ("97113", 10, True),
    ("97116", 12, True), ("97124", 6, True), ("97150", 8, False), ("97161", 8, False), ("97162", 10, False),
    ("97163", 4, False), ("97164", 4, False), ("97165", 3, False), ("97166", 3, False), ("97167", 1, False),
    ("97168", 1, False), ("97533", 1, True), ("97535", 12, True), ("97542", 1, True), ("97750", 3, True),
    ("97755", 1, True), ("97760", 1, True), ("97763", 1, True), ("92507", 6, False), ("92526", 4, False),
    ("20560", 3, False), ("97129", 1, True), ("E0221", 1, False), ("A4639", 1, False),
)  # fmt: skip
# What a claim to a second payer shows of the first: share, what was paid, why it was adjusted
EARLIER: tuple[tuple[float, str | None, tuple[str, ...]], ...] = (
    (0.55, "61.20", ("45", "2")), (0.20, "18.75", ("45", "1")), (0.07, "44.00", ("45", "253", "2")),
    (0.03, None, ("45",)), (0.03, "0.00", ("50",)), (0.02, "0.00", ("96",)), (0.01, "0.00", ("119", "45")),
    (0.01, "0.00", ("204",)), (0.02, "0.00", ("197",)), (0.015, "0.00", ("16",)), (0.01, "0.00", ("29",)),
    (0.005, "0.00", ("197", "50")), (0.01, None, ()), (0.02, "0.00", ()),
)  # fmt: skip
FORGOTTEN = 0.05  # of such claims: the earlier payer is not on it at all
THERAPISTS = {"GP": "225100000X", "GO": "225X00000X", "GN": "235Z00000X"}
STRANGERS = (("111N00000X", 0.004), ("111NS0005X", 0.001), ("225700000X", 0.002), ("2255A2300X", 0.002))
STATES = ("OH", "IL", "TX", "KY", "PA", "FL", "CA", "NY", "MI", "IN", "GA", "NC", "VA", "WA", "AZ")
STATE_SHARES = (0.22, 0.12, 0.1, 0.06, 0.06, 0.06, 0.06, 0.05, 0.05, 0.05, 0.04, 0.04, 0.03, 0.03, 0.03)
LEFT_EMPTY = ("original_claim", "facility_state", *dx_columns[8:12])  # as in most files
CODES = np.array([code for code, _, _ in PROCEDURES])
TIMED = np.array([timed for _, _, timed in PROCEDURES])


def write(path: Path, lines: int, seed: int = 97026) -> None:
    """About as many lines as asked, in whole visits and exactly cut at the end."""
    codes = diagnosis_codes(seed)
    parts: list[pl.DataFrame] = []
    made = begin = 0
    while made < lines:
        visits = min(CHUNK, (lines - made) // 3 + MOST_LINES)
        parts.append(chunk(visits, begin, codes, np.random.default_rng([seed, begin])))
        made += parts[-1].height
        begin += visits
    whole = conform(pl.concat(parts).head(lines))
    filled = [name for name in whole.columns if name in parts[0].columns or name in LEFT_EMPTY]
    whole.select(filled).write_parquet(path, row_group_size=100_000)


def diagnosis_codes(seed: int) -> npt.NDArray[np.str_]:
    """Codes of ICD-10-CM that therapists meet, the commonest first; after a dozen the order is drawn."""
    met = ("M", "S", "G", "R2", "I69", "Z96", "Z47", "E11", "E10", "L97", "L89")
    leaves = [code for code in simple_icd_10_cm.get_all_codes(with_dots=False) if simple_icd_10_cm.is_leaf(code)]
    usual = ("M5450", "M542", "M25561", "M25511", "M1711", "R262", "M6281", "S83241A", "E1142", "G629", "M7541", "I10")
    pool = [code for code in leaves if code.startswith(met) and code not in usual]
    drawn = np.random.default_rng([seed, 1]).choice(len(pool), DIAGNOSES - len(usual), replace=False)
    return np.array([*usual, *(pool[place] for place in drawn)])


def chunk(visits: int, begin: int, diagnoses: npt.NDArray[np.str_], rng: np.random.Generator) -> pl.DataFrame:
    """The lines of some visits; `begin` is how many visits other chunks made before."""
    patients = visits // VISITS_PER_PATIENT + 1
    patient = np.sort(np.minimum((rng.random(visits) ** 1.6 * patients).astype(np.int64), patients - 1))
    known = _of_patients(patients, diagnoses, rng)
    day = _days(patient, rng)
    # some come twice a day, each time on a claim of its own
    again = np.flatnonzero((rng.random(visits - 1) < 0.01) & (patient[1:] == patient[:-1])) + 1
    day[again] = day[again - 1]
    in_time = np.argsort(day, kind="stable")  # a file holds the claims of a day together, not those of a patient
    claim = np.empty(visits, dtype=np.int64)
    claim[in_time] = begin + np.arange(visits) + 1
    standing = _standing(claim, patient, rng)
    drawn = rng.choice([n for n, _ in LINES_PER_VISIT], visits, p=[share for _, share in LINES_PER_VISIT])
    of_visit = np.repeat(np.arange(visits), drawn)
    number = np.arange(of_visit.size) - np.repeat(np.cumsum(drawn) - drawn, drawn)
    code = _codes(drawn, rng)
    who = patient[of_visit]
    visit = pl.DataFrame(
        {
            "claim_index": claim,
            "service_from": pl.Series(day + FIRST_DAY).cast(pl.Int32).cast(pl.Date),
            "patient": pl.Series(patient + begin * 10 + 1, dtype=pl.UInt64),
            **{name: values[patient] for name, values in known.items() if name not in {"discipline", "pointed"}},
            **standing,
            **_furnished(known["discipline"][patient], known["form"][patient], rng),
        }
    )
    visit = visit.with_columns(**_earlier(visit["responsibility"], rng), **_sent(visit["service_from"], rng))
    visit = _spoiled(visit, rng)[in_time]
    patient = patient[in_time]
    lines = visit[of_visit].with_columns(
        pl.Series("line", number + 1, dtype=pl.UInt16),
        pl.Series("procedure", CODES[code]),
        pl.Series("units", _units(code, rng)).cast(pl.Decimal(12, 3)),
        *_modifiers(known["discipline"][who].to_numpy(), of_visit.size, rng),
        *_pointed(visit[of_visit], known["pointed"][who].to_numpy()),
    )
    return lines.with_columns(
        file=pl.lit("made.parquet"),
        service_to=pl.col("service_from"),
        unit_basis=pl.lit("UN"),
        charge=(pl.col("units").cast(pl.Float64) * 41.5).cast(pl.Decimal(14, 2)),
        bill_type=pl.when(pl.col("form") == "institutional").then(pl.lit("131")),
        revenue=pl.when(pl.col("form") == "institutional").then(pl.lit("0420")),
    )


def _of_patients(patients: int, diagnoses: npt.NDArray[np.str_], rng: np.random.Generator) -> dict[str, pl.Series]:
    """What does not change from visit to visit."""
    payer = rng.choice(len(PAYERS), patients, p=[one.share for one in PAYERS])
    weights = 1 / np.arange(1, diagnoses.size + 1)
    many = 1 + np.minimum(rng.geometric(0.4, patients) - 1, 7)
    ranks = rng.choice(diagnoses.size, (patients, 8), p=weights / weights.sum())
    of_payer = {
        field: pl.Series([getattr(one, part) for one in PAYERS])[payer]
        for field, part in (("payer_id", "id"), ("payer_name", "name"), ("filing", "filing"), ("form", "form"))
    }
    return {
        **of_payer,
        "billing_state": pl.Series(STATES)[rng.choice(len(STATES), patients, p=STATE_SHARES)],
        "provider": pl.Series((rng.random(patients) ** 2 * 1500).astype(np.int64) + 1, dtype=pl.UInt64),
        "discipline": pl.Series(rng.choice(["GP", "GO", "GN"], patients, p=[0.8, 0.15, 0.05])),
        "responsibility": pl.Series(rng.choice(["P", "S", "T"], patients, p=[0.88, 0.11, 0.01])),
        "pointed": pl.Series(np.minimum(rng.integers(1, 5, patients), many)),
        **{
            name: pl.Series(diagnoses[ranks[:, place]]).set(pl.Series(many <= place), None)
            for place, name in enumerate(dx_columns[:8])
        },
    }


def _days(patient: Ints, rng: np.random.Generator) -> Ints:
    """Each patient begins on some day and comes back every few days."""
    begins = np.flatnonzero(np.diff(patient, prepend=-1))
    gaps = rng.integers(1, 5, patient.size)
    gaps[begins] = 0
    run = np.cumsum(gaps)
    sizes = np.diff(np.append(begins, patient.size))
    since = run - np.repeat(run[begins], sizes)
    return (np.repeat(rng.integers(0, DAYS, begins.size), sizes) + since) % DAYS


def _codes(lines: Ints, rng: np.random.Generator) -> Ints:
    """Different codes within a visit, by their shares; one visit in a hundred repeats one."""
    shares = np.log(np.array([share for _, share, _ in PROCEDURES], dtype=np.float64))
    drawn = np.argpartition(-(shares + rng.gumbel(size=(lines.size, shares.size))), MOST_LINES, axis=1)[:, :MOST_LINES]
    repeated = rng.random(lines.size) < 0.01
    drawn[repeated, 1] = drawn[repeated, 0]
    taken: Ints = drawn[np.arange(MOST_LINES) < lines[:, None]]
    return taken


def _units(code: Ints, rng: np.random.Generator) -> Ints:
    timed = TIMED[code]
    units = np.where(timed, rng.choice([1, 2, 3, 4], code.size, p=[0.6, 0.32, 0.06, 0.02]), 1)
    slips = rng.random(code.size)
    units[slips < 0.006] += 1
    units[slips < 0.0005] += 6
    return units.astype(np.int64)


def _modifiers(discipline: npt.NDArray[np.str_], lines: int, rng: np.random.Generator) -> list[pl.Series]:
    """Usually the discipline, an assistant's modifier of the same, then what else the line carries, from the left."""
    drawn: Sequence[tuple[float, str]] = (
        (0.04, "59"), (0.006, "XS"), (0.004, "XE"), (0.003, "XP"), (0.005, "XU"), (0.10, "KX"), (0.003, "CQ"),
        (0.003, "CO"), (0.004, "GA"), (0.003, "GZ"), (0.003, "GX"), (0.003, "GY"), (0.0005, "GL"), (0.0005, "EY"),
        (0.002, "GO"), (0.002, "GN"), (0.002, "76"), (0.001, "77"), (0.02, "RT"),
    )  # fmt: skip
    assistant = pl.Series(discipline).replace_strict({"GP": "CQ", "GO": "CO", "GN": None}, return_dtype=pl.String)
    lists: list[pl.Series] = [
        pl.Series(discipline).set(pl.Series(rng.random(lines) < 0.02), None),
        assistant.set(pl.Series(rng.random(lines) >= 0.05), None),
    ]
    lists += [pl.Series(np.full(lines, code)).set(pl.Series(rng.random(lines) >= share), None) for share, code in drawn]
    frame = pl.DataFrame([series.alias(f"m{place}") for place, series in enumerate(lists)])
    packed = frame.select(pl.concat_list(pl.all()).list.drop_nulls().alias("all"))
    return [
        packed.select(pl.col("all").list.get(place, null_on_oob=True).alias(name)).to_series()
        for place, name in enumerate(modifier_columns)
    ]


def _pointed(lines: pl.DataFrame, many: Ints) -> list[pl.Series]:
    """The first few diagnoses of the claim; institutional lines point to none."""
    none = (lines["form"] == "institutional").to_numpy()
    found = []
    for place, name in enumerate(pointed_columns):
        points = pl.Series(none | (many <= place))
        found.append(lines[dx_columns[place]].set(points, None).alias(name))
    written = pl.Series(["1", "1:2", "1:2:3", "1:2:3:4"])[many - 1]
    return [*found, written.set(pl.Series(none), None).alias("pointers")]


def _standing(claim: Ints, patient: Ints, rng: np.random.Generator) -> dict[str, pl.Series]:
    """Most claims are originals; a few replace or void the patient's claim before, under its number."""
    frequency = rng.choice(["1", "7", "8"], claim.size, p=[0.997, 0.002, 0.001])
    frequency[np.diff(patient, prepend=-1) != 0] = "1"
    names = np.char.add("MADE", claim.astype(np.str_))
    later = np.flatnonzero(frequency != "1")
    names[later] = names[later - 1]
    return {"frequency": pl.Series(frequency), "claim": pl.Series(names)}


def _furnished(discipline: pl.Series, form: pl.Series, rng: np.random.Generator) -> dict[str, pl.Series]:
    """By whom and where: nearly always a therapist in the office; an institutional claim does not say."""
    institutional = form == "institutional"
    drawn = rng.random(discipline.len())
    who = discipline.replace_strict(THERAPISTS, return_dtype=pl.String)
    begin = 0.0
    for taxonomy, share in STRANGERS:
        who = who.set(pl.Series((begin <= drawn) & (drawn < begin + share)), taxonomy)
        begin += share
    place = pl.Series(rng.choice(["11", "12", "19", "62"], discipline.len(), p=[0.96, 0.02, 0.01, 0.01]))
    silent = institutional | pl.Series(drawn > 0.98)
    return {"rendering_taxonomy": who.set(silent, None), "place": place.set(institutional, None)}


def _earlier(responsibility: pl.Series, rng: np.random.Generator) -> dict[str, pl.Series]:
    """What the claims to a second or third payer show of the one before."""
    which = rng.choice(len(EARLIER), responsibility.len(), p=[share for share, _, _ in EARLIER])
    shown = (responsibility != "P").to_numpy() & (rng.random(which.size) >= FORGOTTEN)
    payers = [
        [{"id": "EARLY1", "name": "EARLIER PAYER", "responsibility": "P", "paid": paid and Decimal(paid)}]
        for _, paid, _ in EARLIER
    ]
    adjustments = [
        [{"payer": "EARLY1", "group": "PR" if reason in {"1", "2"} else "CO", "reason": reason} for reason in reasons]
        for _, _, reasons in EARLIER
    ]
    place = pl.Series(np.where(shown, which, len(EARLIER)))
    return {
        name: pl.Series([*rows, None], dtype=LINE_SCHEMA[name])[place]
        for name, rows in (("other_payers", payers), ("adjustments", adjustments))
    }


def _sent(day: pl.Series, rng: np.random.Generator) -> dict[str, pl.Series]:
    """When the payer has the claim: in days or weeks, now and then about a year later, a few times nobody knows."""
    days = day.len()
    lag = 2 + rng.geometric(0.12, days)
    late = rng.random(days) < 0.006
    lag[late] = rng.integers(355, 380, days)[late]
    received = (day.cast(pl.Int32) + pl.Series(lag)).cast(pl.Int32).cast(pl.Date)
    return {"received": received.set(pl.Series(rng.random(days) < 0.01), None)}


def _spoiled(visit: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """A few identities, days and diagnoses not sent, years written wrong, diagnoses marked as of the older code set."""

    def few(share: float) -> pl.Series:
        return pl.Series(rng.random(visit.height) < share)

    old = (visit["service_from"].cast(pl.Int32) - YEARS_OFF).cast(pl.Date)
    day = visit["service_from"].zip_with(~few(0.002), old).set(few(0.001), None)
    older = pl.select(pl.when(few(0.002)).then(pl.lit("ICD-9-CM")).otherwise(pl.lit("ICD-10-CM"))).to_series()
    bare = few(0.002)
    return visit.with_columns(
        visit["patient"].set(few(0.005), None),
        service_from=day,
        dx_system=older,
        **{name: visit[name].set(bare, None) for name in dx_columns[:8]},
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=97026)
    given = parser.parse_args()
    write(given.path, given.lines, given.seed)
    print(f"{given.path}: {given.lines:,} lines, {given.path.stat().st_size / 1e6:.1f} MB")
