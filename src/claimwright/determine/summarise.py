"""What a run comes to, counted over columns: no line is explained for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.combine import Combination
from claimwright.determine.explain import difference
from claimwright.determine.raised import raised
from claimwright.determine.run import Determined
from claimwright.determine.stakes import stakes
from claimwright.determine.stated import NOT_SEEN
from claimwright.lines.answers import Outcome, Severity, Silence
from claimwright.lines.problems import Problem
from claimwright.lines.summary import PROGRAM_UNKNOWN, FindingTally, NotRun, Summary, Tally
from claimwright.reference.remedy import remedy, silence
from claimwright.reference.tables import ANY, TABLES

Flags = npt.NDArray[np.bool_]
_WITHDRAWN = Silence.WITHDRAWN


@dataclass(frozen=True)
class Standing:
    """Which lines there is something to fix on, which are clean, which were not checked whole, and which are withdrawn.

    Every line is one of the four.
    """

    to_fix: Flags
    clean: Flags
    unchecked: Flags
    withdrawn: Flags


def standing(determined: Determined, findings: pl.DataFrame | None = None) -> Standing:
    """How each line stands, as a summary counts it."""
    table = _findings(determined) if findings is None else findings
    withdrawn = np.ones(determined.lines.height, dtype=np.bool_)
    withdrawn[determined.rows] = False
    to_fix = np.zeros(determined.lines.height, dtype=np.bool_)
    to_fix[table.filter(pl.col("work").fill_null(False))["row"].to_numpy()] = True
    unchecked = _unchecked(determined) & ~to_fix & ~withdrawn
    to_fix &= ~withdrawn
    return Standing(to_fix, ~to_fix & ~unchecked & ~withdrawn, unchecked, withdrawn)


def summarise(determined: Determined, problems: tuple[Problem, ...] = ()) -> Summary:
    """Count lines, charges, outcomes, findings, silences and checks that did not run."""
    lines = determined.lines
    charge = lines["charge"].cast(pl.Float64).fill_null(0.0)
    table = _findings(determined)
    stands = standing(determined, table)
    to_fix, all_lines = stands.to_fix, ~stands.withdrawn

    def tally(flags: Flags) -> Tally:
        return Tally(int(flags.sum()), _money(charge.filter(pl.Series(flags)).sum()))

    return Summary(
        files=tuple(lines["file"].unique(maintain_order=True).drop_nulls().to_list()),
        claims=lines.select("file", "claim_index").n_unique() if lines.height else 0,
        all=tally(all_lines),
        to_fix=tally(to_fix),
        clean=tally(stands.clean),
        unchecked=tally(stands.unchecked),
        withdrawn=int(stands.withdrawn.sum()),
        by_payer=_by_payer(lines, charge, to_fix, all_lines),
        coded=_outcomes(determined, charge, all_lines, view="coded"),
        documented=_outcomes(determined, charge, all_lines, view="documented"),
        differences=_differences(determined, all_lines),
        findings=_tallies(table, lines, charge),
        not_run=_not_run(determined, all_lines),
        silences=_silences(determined, all_lines),
        problems=problems,
        basis=_basis(determined),
        money=stakes(determined, table, lines.select(payer_words()).to_series(), to_fix, all_lines),
    )


def _money(value: float | Decimal) -> Decimal:
    return Decimal(str(round(value, 2))).quantize(Decimal("0.01"))


def _findings(determined: Determined) -> pl.DataFrame:
    """The findings with id, severity and whether they make work: BLOCK or FIX, not only because a fact is unknown."""
    plan = determined.plan
    kinds = ["clause", "missing", "conflict"]
    distinct = determined.findings.select(kinds).unique(maintain_order=True)
    described = pl.DataFrame(
        [
            (*kind, *(str(part) for part in raised(plan, *kind)), plan.clauses[kind[0]].clause.name)
            for kind in distinct.iter_rows()
        ],
        schema={
            "clause": pl.Int32,
            "missing": pl.String,
            "conflict": pl.String,
            "finding": pl.String,
            "severity": pl.String,
            "channel": pl.String,
            "name": pl.String,
        },
        orient="row",
    )
    joined = determined.findings.join(described, on=kinds, how="left", nulls_equal=True)
    return joined.with_columns(
        work=(pl.col("severity").is_in([str(Severity.BLOCK), str(Severity.FIX)]) & ~pl.col("unknown")).fill_null(False)
    )


def _per_combination(determined: Determined, values: list[bool]) -> Flags:
    found: Flags = np.array(values, dtype=np.bool_)[determined.combination]
    return found


def _unchecked(determined: Determined) -> Flags:
    """Lines on which something applicable did not run, or the claim alone already met something."""
    by_kind = _per_combination(determined, [not _settled(one) for one in determined.combinations])
    for spec_silent in determined.silent.values():
        by_kind |= spec_silent
    return by_kind


def _settled(combination: Combination) -> bool:
    checks = all(speaks for _, speaks, _ in combination.station.checks)
    return checks and combination.coded.answer.outcome is Outcome.NOTHING_MET and bool(combination.station.program)


def _by_payer(
    lines: pl.DataFrame, charge: pl.Series, to_fix: Flags, live: Flags
) -> tuple[tuple[str, Tally, Tally], ...]:
    grouped = (
        lines.select(name=pl.concat_str([payer_words(), pl.col("program").fill_null(PROGRAM_UNKNOWN)], separator=" · "))
        .with_columns(charge=charge, fix=pl.Series(to_fix), live=pl.Series(live))
        .filter(pl.col("live").fill_null(False))
        .group_by("name", maintain_order=True)
        .agg(
            pl.len().alias("lines"),
            pl.col("charge").sum(),
            pl.col("fix").sum().alias("fixes"),
            (pl.col("charge") * pl.col("fix")).sum().alias("at_risk"),
        )
        .sort("lines", "name", descending=[True, False])
    )
    return tuple(
        (name, Tally(count, _money(total)), Tally(fixes, _money(risk)))
        for name, count, total, fixes, risk in grouped.iter_rows()
    )


def payer_words() -> pl.Expr:
    """The payer as a reader knows it: its key, else the name on the claim."""
    return pl.coalesce("payer", "payer_name", pl.lit("not named"))


def _outcomes(determined: Determined, charge: pl.Series, live: Flags, *, view: str) -> tuple[tuple[str, Tally], ...]:
    names = [getattr(one, view).answer.outcome.value for one in determined.combinations]
    grouped = (
        pl.DataFrame({"outcome": pl.Series(names, dtype=pl.String).gather(determined.combination), "charge": charge})
        .filter(pl.Series(live))
        .group_by("outcome")
        .agg(pl.len().alias("lines"), pl.col("charge").sum())
    )
    found = [(name, Tally(count, _money(total))) for name, count, total in grouped.iter_rows()]
    return tuple(sorted(found, key=lambda one: Outcome(one[0]).order))


def _counted(determined: Determined, live: Flags) -> Counter[int]:
    numbers, counts = np.unique(determined.combination[live], return_counts=True)
    return Counter(dict(zip(numbers.tolist(), counts.tolist(), strict=True)))


def _differences(determined: Determined, live: Flags) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for number, count in _counted(determined, live).items():
        one = determined.combinations[number]
        kind = difference(one)
        if kind:
            found[kind] += count
    return tuple(sorted(found.items()))


def _tallies(table: pl.DataFrame, lines: pl.DataFrame, charge: pl.Series) -> tuple[FindingTally, ...]:
    """Findings by id, clause and payer; each line counted once, however many partners it has."""
    rows = table.unique(["row", "finding", "name"], keep="first", maintain_order=True)
    told = rows.with_columns(
        payer=lines.select(payer_words()).to_series().gather(rows["row"]), charge=charge.gather(rows["row"])
    )
    grouped = told.group_by("finding", "name", "severity", "channel", "payer").agg(
        pl.len().alias("lines"), pl.col("charge").sum()
    )
    found = [
        FindingTally(finding, name, severity, channel, payer, Tally(count, _money(total)))
        for finding, name, severity, channel, payer, count, total in grouped.iter_rows()
    ]
    return tuple(
        sorted(
            found, key=lambda one: (Severity(one.severity).order, -one.tally.charge, one.finding, one.clause, one.payer)
        )
    )


def _unheard(determined: Determined, live: Flags) -> Counter[tuple[str, str]]:
    """Checks for which no loaded policy speaks, and on how many lines."""
    found: Counter[tuple[str, str]] = Counter()
    for number, count in _counted(determined, live).items():
        for spec, speaks, why in determined.combinations[number].station.checks:
            if not speaks:
                found[spec.name, why] += count
    return found


def _not_run(determined: Determined, live: Flags) -> tuple[NotRun, ...]:
    found = _unheard(determined, live)
    helps: dict[tuple[str, str], str] = {}
    tables: dict[str, set[str]] = {}
    for one in determined.combinations:
        for spec, speaks, _ in one.station.checks:
            if spec.table and speaks:
                tables.setdefault(spec.table, set()).add(spec.name)
    for table, flags in determined.silent.items():
        for name in tables.get(table, ()):
            for why, count, help_ in _silent(determined, table, flags & live):
                found[name, why] += count
                helps[name, why] = help_
    for kind, flags in determined.unfilled.items():
        name, why, help_ = _not_given(determined, kind)
        found[name, why] += int((flags & live).sum())
        helps[name, why] = help_
    of_record = np.array([stated.of_the_record for stated in determined.stated], dtype=np.bool_)
    found["documentation", NOT_SEEN] += int((~of_record[determined.stated_of]).sum())
    return tuple(
        NotRun(name, why, count, helps.get((name, why), "")) for (name, why), count in sorted(found.items()) if count
    )


def _silent(determined: Determined, table: str, flags: Flags) -> Iterator[tuple[str, int, str]]:
    """Why a table could not speak on some lines, on how many of them, and what to import."""
    silent = determined.lines.select("form", "service_from").filter(pl.Series(flags))
    if TABLES[table].settings == (ANY,):
        help_ = remedy(determined.releases, table, ANY, _quarters(silent["service_from"]))
        yield f"{silence(table)} on these days", silent.height, help_
        return
    for form, count in silent["form"].value_counts().sort("form").iter_rows():
        help_ = ""
        if form is not None:
            days = silent["service_from"].filter((silent["form"] == form).fill_null(False))
            help_ = remedy(determined.releases, table, form, _quarters(days))
        yield f"no loaded {form} table speaks for these codes on these days", count, help_


def _not_given(determined: Determined, kind: str) -> tuple[str, str, str]:
    """A check for which something was not given or imported: its name, why it did not run, and what to do."""
    if kind in TABLES:
        name = TABLES[kind].words
        return name, f"no list of {name} was imported", remedy(determined.releases, kind, ANY, {})
    name = kind.replace("-", " ")
    return name, f"no {name} {'was' if kind == 'history' else 'were'} given", ""


def _quarters(days: pl.Series) -> dict[date, int]:
    return dict(days.drop_nulls().dt.truncate("1q").value_counts().iter_rows())


def _silences(determined: Determined, live: Flags) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for number, count in _counted(determined, live).items():
        one = determined.combinations[number]
        names = {silence.name for view in (one.coded, one.documented) for silence in view.answer.silences}
        for name in names - {_WITHDRAWN}:
            found[name.value] += count
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _basis(determined: Determined) -> tuple[tuple[str, str], ...]:
    hashes = determined.plan.library.hashes
    basis = {name: f"sha256:{digest[:16]}" for name, digest in hashes.items()}
    used = determined.findings["release"].drop_nulls().unique().to_list()
    return tuple(sorted({**basis, **determined.releases.basis(used), **determined.money.basis()}.items()))
