"""Which columns the clauses in force ask for, and the kernels that make them: each once, in order, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import polars as pl

from claimwright.determine import list_kernels, note_kernels, side_kernels
from claimwright.determine.bench import Bench, Kernel, kernel
from claimwright.determine.facts import earlier_payers, edits, minutes, rates, regions, repeats, spans, unit_rules
from claimwright.determine.facts.visits import code_days, distinct_codes
from claimwright.determine.plan import Plan
from claimwright.policies.model import Fact

OF_EDITS = frozenset({"edit_that_day", "regions_apart", "share_of_pairs_bypassed"})  # for which pairs are looked up


def _units_that_day(bench: Bench) -> Iterable[pl.Series]:
    yield from bench.seen_that_day("units_that_day", bench.code_days.units)


def _unit_limits(bench: Bench) -> Iterable[pl.Series]:
    table, unknown = edits.unit_limits(bench.lines, bench.units, bench.code_days, bench.visits, bench.releases)
    bench.silent["mue"] = unknown & bench.reads("day_units_over_mue")
    return table.get_columns()


def _counted(fact: Fact, bench: Bench) -> Iterable[pl.Series]:
    """How many different codes of a set were billed that day, or how many units of them."""
    if fact.counts:
        count = distinct_codes(bench.visits, bench.in_set(fact.counts) & bench.last_of_code)
        yield from bench.seen_that_day(fact.column, count.astype(np.float64))
    else:
        units = np.where(bench.in_set(fact.sums), bench.units, 0.0)
        total = np.bincount(bench.visits.of, weights=units, minlength=bench.visits.first.size)
        yield from bench.seen_that_day(fact.column, total[bench.visits.of].astype(np.float64))


def _edit_that_day(bench: Bench) -> Iterable[pl.Series]:
    if bench.pairs is not None:
        yield edits.joined(bench.pairs, bench.lines.height)


def _regions_apart(bench: Bench) -> Iterable[pl.Series]:
    if bench.pairs is None:
        return
    rows = bench.pairs.rows["row1"].to_numpy(), bench.pairs.rows["row2"].to_numpy()
    uses = bench.uses("regions_apart")
    touching = regions.neighbours(row.code for row in bench.plan.library.shared_codes if row.set == uses)
    listed = [one.listed("regions") for one in bench.stated]
    yield regions.apart(rows, listed, bench.stated_of, touching)


def _earlier_payers(bench: Bench) -> Iterable[pl.Series]:
    return earlier_payers.decided(bench.lines)


def _contractor_position(bench: Bench) -> Iterable[pl.Series]:
    """What a site says of its contractors' local policies, by contractor and day."""
    said = bench.plan.library.contractor_positions
    told = bench.lines.select("contractor", "service_from")
    distinct = told.unique(maintain_order=True)
    found = [
        next((one.position for one in said if one.contractor == contractor and day in one.span), None)
        for contractor, day in distinct.iter_rows()
    ]
    named = distinct.with_columns(pl.Series("contractor_position", found, dtype=pl.String))
    joined = told.join(named, on=["contractor", "service_from"], how="left", maintain_order="left", nulls_equal=True)
    yield joined["contractor_position"]


def _neuropathy_region(bench: Bench) -> Iterable[pl.Series]:
    uses = bench.uses("neuropathy_region_treated")
    names = [row.code for row in bench.plan.library.shared_codes if row.set == uses]
    yield regions.among([one.listed("regions") for one in bench.stated], bench.stated_of, names)


def _timed_minutes(bench: Bench) -> Iterable[pl.Series]:
    timed = bench.in_set(bench.uses("timed_minutes_that_day"))
    total = minutes.of_the_visit(bench.numbers("minutes"), timed, bench.visits)
    yield bench.where_whole("timed_minutes_that_day", total)


def _units_of_minutes(bench: Bench) -> Iterable[pl.Series]:
    of_line, timed = bench.numbers("minutes"), bench.in_set(bench.uses("timed_minutes_that_day"))
    of_day = bench.numbers("timed_minutes_that_day")
    yield pl.Series("units_the_minutes_earn", minutes.earned(of_day), nan_to_null=True)
    yield pl.Series("units_this_line_earns", minutes.shared_out(of_line, timed, bench.visits), nan_to_null=True)
    units = bench.numbers("timed_units_that_day")
    yield minutes.beyond(units, of_day, open_ended=bench.visits.open_ended)
    yield minutes.made_of_minutes(bench.units, of_line, timed)
    yield minutes.beyond_share(bench.units, of_line, timed, bench.visits)


def _units_by_code(bench: Bench) -> Iterable[pl.Series]:
    """What the minutes of each code earn by themselves, and where more is billed."""
    timed = bench.in_set(bench.uses("timed_minutes_that_day"))
    spent = code_days(bench.visits, bench.procedures, bench.numbers("minutes"), bench.furnishers.apart, bench.overlaps)
    earned = minutes.earned(spent.units)
    yield pl.Series("units_the_code_earns", earned, nan_to_null=True)
    open_ended = bench.visits.open_ended
    yield from minutes.beyond_by_code(bench.code_days.units, earned, timed, bench.visits, open_ended=open_ended)


def _unit_rule(bench: Bench) -> Iterable[pl.Series]:
    """How the payer counts units by its own document, as the site names it or as a plan states it."""
    fact = next(fact for fact in bench.plan.library.facts.values() if fact.column == "unit_rule")
    found = unit_rules.of_lines(bench.lines, bench.plan.library.unit_rules, bench.plan.library.shared_codes)
    stated = pl.Series([one.single(fact.name) for one in bench.stated], dtype=pl.String).gather(bench.stated_of)
    yield found.zip_with((found != unit_rules.NONE) | stated.is_null(), stated)


def _age(bench: Bench) -> Iterable[pl.Series]:
    yield spans.age(bench.lines["birth_date"], bench.lines["service_from"])


def _child(bench: Bench) -> Iterable[pl.Series]:
    numbers = bench.plan.numbers
    under, adult = (numbers.over(name, bench.days) for name in ("child is under", "adult is from"))
    yield spans.child(bench.numbers("patient_age"), under, adult)


def _renewed_by_then(bench: Bench) -> Iterable[pl.Series]:
    """A renewal after the service does not reach it."""
    renewed = bench.column("plan_renewed")
    if renewed is not None:
        earlier = renewed.cast(pl.Date) <= bench.lines["service_from"]
        yield earlier.alias("plan_renewed_by_then")


def _filed_in_time(bench: Bench) -> Iterable[pl.Series]:
    yield spans.filed_in_time(bench.lines["service_from"], bench.lines["received"])


def _same_line(bench: Bench) -> Iterable[pl.Series]:
    yield repeats.same_line(bench.lines, bench.procedures, bench.visits)


def _bypassed(bench: Bench) -> Iterable[pl.Series]:
    if bench.pairs is not None:
        rows = bench.pairs.rows["row1"].to_numpy(), bench.pairs.rows["row2"].to_numpy()
        least = bench.plan.numbers.over("pairs for a rate", bench.days)
        yield rates.bypassed(bench.lines, rows, bench.in_set(bench.uses("share_of_pairs_bypassed")), least)


def _several_units(bench: Bench) -> Iterable[pl.Series]:
    supervised = bench.in_set(bench.uses("claims_with_several_units"))
    yield rates.several_units(bench.lines, bench.numbers("units_that_day"), supervised)


def _that_month(bench: Bench) -> Iterable[pl.Series]:
    yield rates.that_month(bench.lines)


OF_MINUTES = (
    "units_the_minutes_earn",
    "units_this_line_earns",
    "timed_units_beyond_minutes",
    "units_made_of_minutes",
    "line_units_beyond_share",
)
OF_CODES = ("units_the_code_earns", "code_units_beyond_minutes", "timed_units_beyond_by_code")
_MUE = ("mue_value", "mue_indicator", "line_units_over_mue", "day_units_over_mue")


def catalogue(plan: Plan) -> tuple[Kernel, ...]:
    """Every kernel, those first that others are made of."""
    counted = [fact for fact in plan.library.facts.values() if fact.counts or fact.sums]
    return (
        kernel(["units_that_day"], _units_that_day),
        kernel([*_MUE, "mue_aged", "mue_age_days", "mue_release"], _unit_limits, reads=["units_that_day"]),
        *(kernel([fact.column], partial(_counted, fact)) for fact in counted),
        kernel(["edit_that_day"], _edit_that_day),
        *([kernel(["contractor_position"], _contractor_position)] if plan.library.contractor_positions else []),
        kernel(["regions_apart"], _regions_apart),
        kernel(["neuropathy_region_treated"], _neuropathy_region),
        kernel(["timed_minutes_that_day"], _timed_minutes, reads=["minutes"]),
        kernel(OF_MINUTES, _units_of_minutes, reads=["minutes", "timed_minutes_that_day", "timed_units_that_day"]),
        kernel(OF_CODES, _units_by_code, reads=["minutes"]),
        kernel(["unit_rule"], _unit_rule, lines=unit_rules.READ),
        kernel(["patient_age"], _age, lines=["birth_date"]),
        kernel(["child"], _child, reads=["patient_age"]),
        kernel(["filed_in_time"], _filed_in_time, lines=["received"]),
        kernel(["same_line_that_day"], _same_line),
        kernel(["share_of_pairs_bypassed"], _bypassed),
        kernel(["claims_with_several_units"], _several_units, reads=["units_that_day"]),
        kernel(["lines_for_payer_that_month"], _that_month, lines=["payer_name"]),
        *list_kernels.KERNELS,
        *side_kernels.KERNELS,
        *note_kernels.KERNELS,
        kernel(["plan_renewed_by_then"], _renewed_by_then, reads=["plan_renewed"]),
        kernel(earlier_payers.COLUMNS, _earlier_payers, lines=["adjustments", "other_payers"]),
    )


def columns(bench: Bench, read: Iterable[Fact]) -> pl.DataFrame:
    """The columns behind some facts, statements laid into them, and what these columns are made of."""
    facts = {fact.column: fact for fact in bench.plan.library.facts.values() if fact.column}
    wanted = tuple(read)
    kernels = catalogue(bench.plan)
    needed = {name for fact in wanted if fact.column for name in (fact.column, *_places(fact.column))}
    for one in reversed(kernels):
        if one.gives & needed:
            needed |= one.reads
    made = frozenset().union(*(one.gives for one in kernels))
    laid = [facts[name] for name in needed if name in facts and name not in made]
    for fact in (*laid, *(fact for fact in wanted if not fact.column)):
        _lay(bench, fact)
    for one in kernels:
        if one.gives & needed:
            for column in one.make(bench):
                bench.found[column.name] = column
            for name in one.gives & facts.keys():
                _lay(bench, facts[name])
    return pl.DataFrame(list(bench.found.values()))


def _lay(bench: Bench, fact: Fact) -> None:
    if fact.scalar and fact.statable:
        bench.lay(fact)


def _places(stem: str) -> tuple[str, ...]:
    """The columns of a list that a kernel makes, by the stem that its fact names."""
    return tuple(name for name in earlier_payers.COLUMNS if name.rpartition("_")[0] == stem)
