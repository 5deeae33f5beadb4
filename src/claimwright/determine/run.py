"""One batch on its way through the engine: facts, atoms, signature, decide, join back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine import stated as stating
from claimwright.determine import truth
from claimwright.determine.atoms import Rows, stem
from claimwright.determine.collect import BIT, DOCUMENTED, Findings
from claimwright.determine.combine import AGED_TRUE, WITHDRAWN, Combination, Combinations, silent
from claimwright.determine.facts import edits, standing
from claimwright.determine.facts.edits import Pairs
from claimwright.determine.facts.visits import CodeDays, Visits, code_days, distinct_codes, visits
from claimwright.determine.membership import code_numbers
from claimwright.determine.plan import SHARED, Leaf, Plan, Ready
from claimwright.determine.stated import NOTHING, Stated
from claimwright.determine.stations import Index, Station, Stations
from claimwright.determine.truth import TRUE, UNKNOWN, Truth
from claimwright.lines.answers import Channel, View
from claimwright.lines.schema import LINE_SCHEMA
from claimwright.reference.releases import Releases

LineNumbers = npt.NDArray[np.int64]
_BY_LIMIT = ["mue_aged", "mue_age_days", "mue_release"]
UNIT_LIMITS = dict.fromkeys(("mue_value", "mue_indicator", "line_units_over_mue", "day_units_over_mue"), _BY_LIMIT)


@dataclass(frozen=True)
class Determined:
    """What the engine says of some lines.

    `lines` are the lines with who pays; `facts` the kernels' columns, for the lines of live claims only (their numbers
    are `rows`); `combination` is each line's place in `combinations`; `findings` has FINDING_SCHEMA; `silent` marks,
    for each table, the lines on which it could not speak.
    """

    plan: Plan
    lines: pl.DataFrame
    facts: pl.DataFrame
    rows: npt.NDArray[np.int64]
    combination: npt.NDArray[np.int64]
    combinations: tuple[Combination, ...]
    findings: pl.DataFrame
    silent: dict[str, npt.NDArray[np.bool_]]
    stated: tuple[Stated, ...]
    stated_of: npt.NDArray[np.int64]
    releases: Releases


_ALWAYS_READ = (
    *("file", "claim_index", "patient", "provider", "service_from", "procedure", "form", "units", "unstated", "stated"),
    *("program", "payer", "contractor"),
)


def columns_read(plan: Plan) -> list[str]:
    """The columns of a line that a batch reads once it is known who pays."""
    stems = {fact.column for fact in plan.library.facts.values() if fact.column}
    return [name for name in (*LINE_SCHEMA, "product") if name in _ALWAYS_READ or name in stems or stem(name) in stems]


class Run:
    """A batch, its kernels computed, ready to be walked station by station."""

    def __init__(
        self, plan: Plan, stations: Stations, combinations: Combinations, releases: Releases, lines: pl.DataFrame
    ) -> None:
        self.plan, self.reasoned, self.releases, self.lines = plan, combinations, releases, lines
        live = standing.live(lines)
        self.rows = np.flatnonzero(live.to_numpy())
        read = lines.select(name for name in columns_read(plan) if name in lines.columns)
        self.here = read if self.rows.size == lines.height else read.filter(live)
        day = self.here["service_from"]
        self.days = day.to_physical().fill_null(0).to_numpy().astype(np.int32)
        self.visits: Visits = visits(self.here)
        self.index: Index = stations.index(self.here, self.days, day.is_not_null().to_numpy())
        self.alive = {int(number): self.index.stations[number] for number in np.unique(self.index.of)}
        self.stated, self.stated_of = self._read_stated()
        self.silent: dict[str, npt.NDArray[np.bool_]] = {}
        self.code_days: CodeDays | None = None
        facts = self._kernels()
        self.fact_names = facts.columns
        self.frame = self.here.hstack(facts)
        self.whole = Rows(self.plan, self.frame, self.days, self._open_leaf(None), None, self.visits)
        self.pairs = self._pairs()
        self.findings = Findings()
        self.combinations: list[Combination] = []
        self.places: dict[int, int] = {}
        self.combination_of = np.zeros(self.here.height, dtype=np.int64)
        self.by_combination: dict[int, list[LineNumbers]] = {}
        self.of_groups: dict[int, list[LineNumbers]] = {}

    def determined(self) -> Determined:
        order = np.argsort(self.index.of, kind="stable")
        bounds = np.append(np.searchsorted(self.index.of[order], list(self.alive)), order.size)
        for place, station in enumerate(self.alive.values()):
            self._station(station, order[bounds[place] : bounds[place + 1]])
        self._coverage_findings()
        self._group_findings()
        return Determined(
            plan=self.plan,
            lines=self.lines,
            facts=self.frame.select(self.fact_names),
            rows=self.rows,
            combination=self._over_all_lines(),
            combinations=tuple(self.combinations),
            findings=self._in_line_numbers(self.findings.frame()),
            silent={name: self._spread(flags) for name, flags in self.silent.items()},
            stated=self.stated,
            stated_of=self.stated_of,
            releases=self.releases,
        )

    def _over_all_lines(self) -> npt.NDArray[np.int64]:
        found = np.zeros(self.lines.height, dtype=np.int64)
        found[self.rows] = self.combination_of
        if self.rows.size < self.lines.height:
            gone = np.ones(self.lines.height, dtype=np.bool_)
            gone[self.rows] = False
            found[gone] = self._place(silent(WITHDRAWN))
        return found

    def _in_line_numbers(self, findings: pl.DataFrame) -> pl.DataFrame:
        if self.rows.size == self.lines.height:
            return findings
        numbers = pl.Series("row", self.rows)
        return findings.with_columns(
            numbers.gather(findings["row"]), numbers.gather(findings["partner"]).alias("partner")
        )

    def _spread(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        found = np.zeros(self.lines.height, dtype=np.bool_)
        found[self.rows] = flags
        return found

    # facts -----------------------------------------------------------------------------------------------------------

    def _read_stated(self) -> tuple[tuple[Stated, ...], npt.NDArray[np.int64]]:
        """Each distinct text of the `stated` column once; 0 is nothing stated."""
        column = self.here["stated"]
        if column.null_count() == self.here.height:
            return (NOTHING,), np.zeros(self.here.height, dtype=np.int64)
        texts = column.drop_nulls().unique(maintain_order=True)
        numbered = pl.DataFrame({"stated": texts, "number": np.arange(1, len(texts) + 1)})
        of = self.here.select("stated").join(numbered, on="stated", how="left", maintain_order="left")["number"]
        return (NOTHING, *(stating.read(text, self.plan) for text in texts)), of.fill_null(0).to_numpy()

    def _reads(self, column: str) -> npt.NDArray[np.bool_]:
        """Rows whose clauses read a fact of this column."""
        return self._rows_where(lambda ready: any(self.plan.fact(leaf).column == column for leaf in ready.all_leaves))

    def _rows_where(self, wanted: Callable[[Ready], bool]) -> npt.NDArray[np.bool_]:
        chosen = np.zeros(len(self.index.stations), dtype=np.bool_)
        for number, station in self.alive.items():
            chosen[number] = any(wanted(ready) for ready in station.clauses)
        found: npt.NDArray[np.bool_] = chosen[self.index.of]
        return found

    def _kernels(self) -> pl.DataFrame:
        """The columns that clauses in force ask for, and no others."""
        columns: list[pl.Series] = []
        asked = {
            self.plan.fact(leaf).column
            for station in self.alive.values()
            for ready in station.clauses
            for leaf in ready.all_leaves
        }
        numbers = code_numbers(self.here["procedure"])
        by_day = any(r.clause.each == "code on a day" for s in self.alive.values() for r in s.clauses)
        limits = "day_units_over_mue" in asked or "line_units_over_mue" in asked
        if by_day or limits or "units_that_day" in asked:
            units = self.here["units"].cast(pl.Float64).fill_null(np.nan).to_numpy()
            self.code_days = code_days(self.visits, numbers, units)
            whole = pl.Series("units_that_day", self.code_days.units).fill_nan(None)
            columns.append(whole.set(pl.Series(self.visits.open_ended), None))
        if limits:
            assert self.code_days is not None
            table, unknown = edits.unit_limits(self.here, self.code_days, self.visits, self.releases)
            self.silent["mue"] = unknown & self._reads("day_units_over_mue")
            columns.extend(table.get_columns())
        for fact in self.plan.library.facts.values():
            if fact.counts and fact.column in asked:
                counted = self.plan.membership[SHARED].bits(numbers, self.days)
                bit = np.uint64(self.plan.membership[SHARED].bit((fact.counts,)))
                count = pl.Series(fact.column, distinct_codes(self.visits, numbers, (counted & bit) != 0))
                columns.append(count.cast(pl.Float64).set(pl.Series(self.visits.open_ended), None))
        return pl.DataFrame(columns)

    def _pairs(self) -> Pairs | None:
        wanted = self._rows_where(lambda ready: ready.clause.each == "pair of lines")
        if not wanted.any():
            return None
        found = edits.pair_edits(self.here, self.visits, wanted, self.releases)
        self.silent["ncci/ptp"] = found.silent
        return found

    def _open_leaf(self, number: npt.NDArray[np.int64] | None) -> Callable[[Leaf], Truth]:
        """The truth of a leaf on a stated fact, over rows."""

        def of(leaf: Leaf) -> Truth:
            fact = self.plan.fact(leaf)
            per_text = np.array([stating.leaf_truth(leaf, fact, one) for one in self.stated], dtype=np.uint8)
            which = self.stated_of if number is None else self.stated_of[number]
            found: Truth = per_text[which]
            return found

        return of

    # one station -----------------------------------------------------------------------------------------------------

    def _station(self, station: Station, number: npt.NDArray[np.int64]) -> None:
        rows = Rows(self.plan, self.frame, self.days[number], self._open_leaf(number), number, self.visits, self.whole)
        pair_truth = {
            ready.number: self._pair_clause(ready, number)
            for ready in station.clauses
            if ready.clause.each == "pair of lines"
        }
        for ready in station.clauses:
            if ready.clause.channel is not Channel.COVERAGE and ready.number not in pair_truth:
                self._collect(ready, station, rows)
        self._decide(station, rows, {n: t for n, t in pair_truth.items() if self._is_coverage(n)})

    def _is_coverage(self, clause: int) -> bool:
        return self.plan.clauses[clause].clause.channel is Channel.COVERAGE

    def _truth(self, ready: Ready, station: Station, rows: Rows) -> Truth:
        trees = [tree for tree in ready.when if tree not in station.settled]
        return truth.all_of([rows.tree(tree) for tree in trees]) if trees else np.full(len(rows), TRUE, np.uint8)

    def _collect(self, ready: Ready, station: Station, rows: Rows) -> None:
        """A clause that collects: a finding on each row (or each last row of a code's day) where it holds."""
        holds = self._truth(ready, station, rows) == TRUE
        assert rows.number is not None
        if ready.clause.each == "code on a day":
            assert self.code_days is not None
            holds &= self.code_days.last[rows.number]
        held = rows.number[holds]
        if ready.clause.each in {"visit", "claim"}:
            self.of_groups.setdefault(ready.number, []).append(held)
            return
        by_table = None
        if any(self.plan.fact(leaf).column in UNIT_LIMITS for leaf in ready.all_leaves):
            chosen = self.frame.select(UNIT_LIMITS["mue_value"]).gather(held)
            by_table = chosen.rename(dict(zip(UNIT_LIMITS["mue_value"], ("aged", "age_days", "release"), strict=True)))
        self.findings.add(held, ready, by_table=by_table)

    def _group_findings(self) -> None:
        """A clause on a visit or a claim: one finding for each, on the first of its lines on which the clause holds."""
        for clause, parts in self.of_groups.items():
            ready = self.plan.clauses[clause]
            rows = np.sort(np.concatenate(parts))
            if ready.clause.each == "visit":
                groups = self.visits.of[rows]
            else:
                claims = self.here.select(pl.struct("file", "claim_index").rank("dense")).to_series()
                groups = claims.gather(rows).to_numpy()
            _, first = np.unique(groups, return_index=True)
            self.findings.add(rows[first], ready)

    def _pair_clause(self, ready: Ready, number: npt.NDArray[np.int64]) -> Truth:
        """The truth of a pair clause for each row as column 2: the strongest over its partners, AGED_TRUE if aged.

        Its findings, one for each partner code, are added here.
        """
        assert self.pairs is not None
        local = np.full(self.here.height, -1, dtype=np.int64)
        local[number] = np.arange(number.size)
        found = np.where(self.pairs.silent[number], np.uint8(UNKNOWN), np.uint8(truth.FALSE))
        table = self.pairs.rows
        if not table.height:
            return found
        anchored = np.flatnonzero(local[table["row2"].to_numpy()] >= 0)
        if not anchored.size:
            return found
        chosen = table.gather(anchored)
        row2 = chosen["row2"].to_numpy()
        rows = Rows(self.plan, chosen, self.days[row2], self._open_leaf(row2))
        values = truth.all_of([rows.tree(tree) for tree in self.plan.judged_on_rows(ready)])
        aged = chosen["aged"].to_numpy()
        strength = np.where(
            (values == TRUE) & aged, np.uint8(TRUE), np.where(values == TRUE, np.uint8(AGED_TRUE), values)
        )
        np.maximum.at(found, local[row2], strength)
        # of the two ways to be true the one by a current table is the stronger; swap them to the codes of `Known`
        found = np.where(found == AGED_TRUE, np.uint8(TRUE), np.where(found == TRUE, np.uint8(AGED_TRUE), found))
        holds = np.flatnonzero(values == TRUE)
        if holds.size:
            told = chosen.gather(holds).with_columns(
                partner_code=self.here["procedure"].gather(chosen["row1"].gather(holds))
            )
            once = told.unique(["row2", "partner_code"], keep="first", maintain_order=True)
            by_table = once.with_columns(partner=pl.col("row1"))
            self.findings.add(once["row2"].to_numpy(), ready, by_table=by_table)
        return found

    def _decide(self, station: Station, rows: Rows, whole: dict[int, Truth]) -> None:
        """Pack the leaves that coverage reads, and reason once for each distinct combination of them."""
        assert rows.number is not None
        coverage = [ready for ready in station.clauses if ready.clause.channel is Channel.COVERAGE]
        carried: dict[Leaf, Truth] = {}
        open_facts: set[str] = set()
        for ready in coverage:
            for leaf in ready.all_leaves:
                if not self.plan.carried(leaf):
                    open_facts.add(leaf.fact)
                elif leaf not in station.settled and self.plan.fact(leaf).each != "pair of lines":
                    carried[leaf] = rows.leaf(leaf)
        stated_of = self.stated_of[rows.number]
        columns = [*carried.values(), *whole.values()]
        if not columns and len(self.stated) == 1:
            members = [Member(np.arange(len(rows)), (), 0)]
        else:
            members = _distinct(columns, stated_of)
        for where, values, stated in members:
            of_leaves = dict(zip(carried, values[: len(carried)], strict=True))
            of_clauses = dict(zip(whole, values[len(carried) :], strict=True))
            combination = self.reasoned.of(station, of_leaves, of_clauses, _narrowed(self.stated[stated], open_facts))
            place = self._place(combination)
            self.combination_of[rows.number[where]] = place
            self.by_combination.setdefault(place, []).append(rows.number[where])

    def _place(self, combination: Combination) -> int:
        place = self.places.setdefault(id(combination), len(self.combinations))
        if place == len(self.combinations):
            self.combinations.append(combination)
        return place

    def _coverage_findings(self) -> None:
        """Coverage clauses that fired, and needs that are not met, on every row of their combination."""
        for place, parts in self.by_combination.items():
            combination = self.combinations[place]
            rows = np.concatenate(parts)
            seen: dict[int, int] = {}
            for decision, view in ((combination.coded, View.CODED), (combination.documented, View.DOCUMENTED)):
                for ready in decision.fired:
                    if ready.clause.finding and ready.clause.each != "pair of lines":
                        seen[ready.number] = seen.get(ready.number, 0) | BIT[view]
            for clause, views in seen.items():
                self.findings.add(rows, self.plan.clauses[clause], views=views)
            for ready, fact, unknown in combination.documented.unmet:
                self.findings.add(rows, ready, views=DOCUMENTED, missing=fact, unknown=unknown)


def _narrowed(stated: Stated, facts: set[str]) -> Stated:
    """Only what the clauses of a station read, so that other statements make no new combinations."""
    if stated is NOTHING:
        return NOTHING
    return Stated(
        tuple((name, cells) for name, cells in stated.values if name in facts),
        (),
        tuple(name for name in stated.conflicts if name in facts),
    )


class Member(NamedTuple):
    """One distinct combination within a station: where it stands, its truth values, what is stated."""

    where: npt.NDArray[np.int64]
    values: tuple[int, ...]
    stated: int


def _distinct(columns: list[Truth], stated_of: npt.NDArray[np.int64]) -> list[Member]:
    """The distinct rows of some truth columns and what is stated, each with the places where it stands."""
    packed = stated_of.astype(np.uint64)
    words = [packed]
    for place, column in enumerate(columns):
        if place % 24 == 0 and place:
            words.append(np.zeros(packed.size, dtype=np.uint64))
        words[-1] = (words[-1] << np.uint64(2)) | column.astype(np.uint64)
    frame = pl.DataFrame({f"w{n}": word for n, word in enumerate(words)}).with_row_index("place")
    groups = frame.group_by([f"w{n}" for n in range(len(words))]).agg(pl.col("place"))
    found = []
    for where in groups["place"]:
        at = where.to_numpy().astype(np.int64)
        first = int(at[0])
        found.append(Member(at, tuple(int(column[first]) for column in columns), int(stated_of[first])))
    return found
