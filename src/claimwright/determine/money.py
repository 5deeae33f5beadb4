"""What each line is expected to bring, in whole cents, over all lines at once: joins and integer arithmetic.

Every line is taken as paid as it is billed. Nothing here decides an outcome. The order is Medicare's as far as it was
verified (reference/payment.csv): the fee, half the practice expense of therapy after the first unit of the day, the
lesser of that and the charge; then the patient's share, the assistant's percentage, and sequestration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine import contract_fees, schedule
from claimwright.determine.facts.visits import visits
from claimwright.determine.money_days import by_day, together
from claimwright.determine.schedule import INSTITUTIONAL, PAYABLE, THERAPY, UNIT
from claimwright.determine.sources import Sources
from claimwright.reference import fees, institutional, payment
from claimwright.reference.localities import Locality
from claimwright.reference.payers import PART_B
from claimwright.reference.tables import INDICES, LOCALITIES, RELATIVE_VALUES

CONTRACTS = "contract-fees"  # under which the fee schedules given stand in the basis of an answer
_CENT = fees.SCALE**3 // 100  # of a relative value times an index times a conversion factor, in a cent
_RESTS_ON = ("contracted", "release", "locality", "form")
_LINE = ("file", "claim_index", "patient", "provider", "service_to", *schedule.READ)


@dataclass(frozen=True)
class Priced:
    """One row for each line: `why` nothing is known, or the parts of its amount in cents; and where lines are paid."""

    frame: pl.DataFrame
    localities: tuple[Locality, ...]
    hashes: Mapping[str, str]

    def basis(self) -> dict[str, str]:
        """What the amounts of all lines stand on: release or table, and the hash of its content."""
        known = self.frame.filter(pl.col("why").is_null()).select(_RESTS_ON).unique()
        return self._hashed(name for kind in known.iter_rows() for name in self._names(*kind))

    def basis_of(self, part: Mapping[str, Any]) -> dict[str, str]:
        """The same for one line, a row of the frame."""
        return {} if part["why"] is not None else self._hashed(self._names(*(part[name] for name in _RESTS_ON)))

    def _names(self, contracted: bool | None, release: str | None, place: int, form: str | None) -> Iterator[str]:
        where = self.localities[place]
        of_form = institutional.NAME if form == INSTITUTIONAL else None
        told = (CONTRACTS,) if contracted else (payment.NAME, of_form, release, where.release, where.by)
        return (name for name in told if name)

    def _hashed(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self.hashes[name] for name in sorted(set(names))}


def priced(lines: pl.DataFrame, rows: npt.NDArray[np.int64], sources: Sources) -> Priced:
    """The amounts of lines with who pays; `rows` are those of claims that stand."""
    stands = np.zeros(lines.height, dtype=np.bool_)
    stands[rows] = True
    given = sources.sides.fees
    asked = lines.select(_LINE).with_columns(
        stands=pl.Series(stands),
        milli=(pl.col("units") * UNIT).cast(pl.Int64),
        charged=(pl.col("charge") * 100).cast(pl.Int64).clip(0),
    )
    of_schedule = (pl.col("program") == PART_B) & pl.col("form").is_not_null() & pl.col("stands")
    asked = asked.with_columns(of_schedule.fill_null(value=False).alias("scheduled"))
    contract = contract_fees.look_up(lines, given, sources.payers)
    of_contract = contract.select(pl.all().name.prefix("contract_"))
    days = by_day(asked.hstack(of_contract))
    frame, places = schedule.scheduled(days, sources)
    of_institutions = bool((lines["form"] == schedule.INSTITUTIONAL).any())
    told = schedule.why(given is not None, of_institutions=of_institutions)
    frame = _ranked(frame.with_columns(told.alias("why")))
    return Priced(_amounts(together(_cut(frame))), places, _hashes(sources))


def _hashes(sources: Sources) -> dict[str, str]:
    tables = {one.id: one.hash for one in sources.releases if one.table in {RELATIVE_VALUES, INDICES, LOCALITIES}}
    given = sources.sides.fees
    if given is not None:
        tables[CONTRACTS] = f"sha256:{hashlib.sha256(given.write_csv().encode()).hexdigest()[:12]}"
    return {**tables, payment.NAME: payment.digest(), institutional.NAME: institutional.digest()}


def _ranked(frame: pl.DataFrame) -> pl.DataFrame:
    """With the cents of a unit, the units of each row that are paid in full, and whether there may be `more` therapy
    that day than is seen.

    Sourced: Novitas ranks the services of a day by practice expense relative value, equal ones by their whole amount.
    """
    work, expense, risk = (pl.col(name) * pl.col(f"gpci_{name}") for name in ("work", "pe", "mp"))
    factor = pl.col("conversion_factor")
    frame = frame.with_columns(
        _half_up((work + expense + risk) * factor, _CENT).alias("unit"),
        _half_up(((work + risk) * 100 + expense * pl.col(payment.HALVED)) * factor, _CENT * 100).alias("less"),
    )
    halved = (pl.col("multiple_procedure") == THERAPY) & pl.col("less").is_not_null() & pl.col("status").is_in(PAYABLE)
    therapy = np.flatnonzero(frame.select(halved.fill_null(value=False)).to_series().to_numpy())
    full = frame["milli"].to_numpy(allow_copy=True).astype(np.float64)
    more = np.zeros(frame.height, dtype=np.bool_)
    if therapy.size:
        seen = visits(frame, frame["stands"].to_numpy())
        visit, more[therapy] = seen.of[therapy], seen.open_ended[therapy]
        chosen = frame[["pe", "unit"]][therapy]
        order = np.lexsort((therapy, -chosen["unit"].to_numpy(), -chosen["pe"].to_numpy(), visit))
        begins = np.ones(order.size, dtype=np.bool_)
        begins[1:] = visit[order][1:] != visit[order][:-1]
        first = therapy[order[begins]]
        own = np.minimum(full[first], UNIT)
        full[therapy] = 0
        full[first] = own
    return frame.with_columns(pl.Series("full", full).fill_nan(None).cast(pl.Int64), pl.Series("more", more))


def _cut(frame: pl.DataFrame) -> pl.DataFrame:
    """What each row brings before anything but the rank of its day is looked at, and what that rank takes off it."""
    milli, full, unit, less = (pl.col(name) for name in ("milli", "full", "unit", "less"))
    known = pl.col("why").is_null()
    contracted = known & ~pl.col("scheduled")
    frame = frame.with_columns(
        pl.when(contracted).then("contract_unit").when(known).then(unit).alias("unit"), contracted=contracted
    )
    rest = milli - full
    gross = _half_up(unit * milli, UNIT)
    reduced = _half_up(unit * full, UNIT) + _half_up(less * rest, UNIT)
    return frame.with_columns(
        gross.alias("gross"),
        pl.when("scheduled")
        .then(gross - pl.when((rest > 0).fill_null(value=False)).then(reduced).otherwise(gross))
        .fill_null(0)
        .alias("mppr"),
    )


def _amounts(frame: pl.DataFrame) -> pl.DataFrame:
    """The parts of each amount in cents; null where `why` says why."""
    nothing = pl.col("why").is_not_null()
    frame = frame.with_columns(pl.when(nothing).then(None).otherwise("gross").alias("gross"))
    fee = pl.col("gross") - pl.col("mppr")
    over = pl.when("scheduled").then((fee - pl.col("charged")).clip(0)).fill_null(0)
    frame = frame.with_columns(over.alias("over_charge")).with_columns((fee - pl.col("over_charge")).alias("allowed"))
    scheduled = pl.when("scheduled")
    frame = frame.with_columns(
        scheduled.then(_half_up(pl.col("allowed") * pl.col(payment.SHARE), 100)).alias("patient_share")
    )
    own = pl.col("allowed") - pl.col("patient_share")
    frame = frame.with_columns(
        pl.when("assisted").then(own - _half_up(own * pl.col(payment.ASSISTANT), 100)).fill_null(0).alias("assistant")
    )
    left = own - pl.col("assistant")
    frame = frame.with_columns(_half_up(left * pl.col(payment.SEQUESTRATION), 100).fill_null(0).alias("sequester"))
    return frame.with_columns((left - pl.col("sequester")).alias("payment"))


def _half_up(amount: pl.Expr, whole: int) -> pl.Expr:
    """Divided and rounded, half a cent up; no amount here is below zero."""
    return (amount + whole // 2) // whole
