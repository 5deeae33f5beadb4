"""One batch on its way through the engine: facts, atoms, signature, decide, join back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine import truth
from claimwright.determine.atoms import Rows
from claimwright.determine.batch import Batch, Flags, LineNumbers
from claimwright.determine.collect import BIT, DOCUMENTED, Findings
from claimwright.determine.combine import AGED_TRUE, Asked, Combination, Combinations
from claimwright.determine.list_kernels import RELEASE_OF
from claimwright.determine.money import Priced, priced
from claimwright.determine.notes.joining import Noted
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.raised import raised
from claimwright.determine.sources import Sources
from claimwright.determine.stated import NOTHING, Stated
from claimwright.determine.stations import PAIR, Station, Stations
from claimwright.determine.trees import Leaf, Tree
from claimwright.determine.truth import FALSE, TRUE, UNKNOWN, Truth
from claimwright.lines.answers import Channel, View
from claimwright.lines.distinct import distinct_rows
from claimwright.reference.releases import Releases

_BY_LIMIT = ["mue_aged", "mue_age_days", "mue_release"]
UNIT_LIMITS = dict.fromkeys(("mue_value", "mue_indicator", "line_units_over_mue", "day_units_over_mue"), _BY_LIMIT)


@dataclass(frozen=True)
class Determined:
    """What the engine says of some lines.

    `lines` are the lines with who pays; `facts` the kernels' columns, for the lines of live claims only (their numbers
    are `rows`); `combination` is each line's place in `combinations`; `findings` has FINDING_SCHEMA; `silent` marks,
    for each table, the lines on which it could not speak; `stood_on`, for each dated number that no clause names, the
    lines that were looked up by it; `noted` the notes that lines stand on.
    """

    plan: Plan
    lines: pl.DataFrame
    facts: pl.DataFrame
    rows: npt.NDArray[np.int64]
    combination: npt.NDArray[np.int64]
    combinations: tuple[Combination, ...]
    findings: pl.DataFrame
    silent: dict[str, npt.NDArray[np.bool_]]
    stood_on: dict[str, npt.NDArray[np.bool_]]
    stated: tuple[Stated, ...]
    stated_of: npt.NDArray[np.int64]
    sources: Sources
    unfilled: dict[str, npt.NDArray[np.bool_]]
    noted: Noted = field(default_factory=Noted)

    @property
    def releases(self) -> Releases:
        return self.sources.releases

    @cached_property
    def money(self) -> Priced:
        """What each line is expected to bring; worked out when it is first asked, for no outcome rests on it."""
        return priced(self.lines, self.rows, self.sources)


class Run:
    """A batch, judged clause by clause where clauses collect, and station by station where the order decides."""

    def __init__(
        self, plan: Plan, stations: Stations, combinations: Combinations, sources: Sources, lines: pl.DataFrame
    ) -> None:
        self.plan, self.reasoned, self.sources, self.lines = plan, combinations, sources, lines
        self.batch = Batch(plan, stations, sources, lines)
        self.index = self.batch.index
        self.findings = Findings()
        self.combinations: list[Combination] = []
        self.places: dict[int, int] = {}
        self.combination_of = np.zeros(self.batch.here.height, dtype=np.int64)

    def determined(self) -> Determined:
        for stations, clauses in self._facings():
            rows = self.batch.over(self.index.rows(*stations))
            for ready, left in clauses:
                self._collect(ready, left, rows)
        of_pairs = self._pair_clauses()
        for number in self.index.here:
            self._decide(self.index.stations[number], self.index.rows(number), of_pairs)
        self._coverage_findings()
        self._conflict_findings()
        live = self.batch.live
        return Determined(
            plan=self.plan,
            lines=self.lines,
            facts=self.batch.facts
            if live.all() or not self.batch.facts.width
            else self.batch.facts.filter(pl.Series(live)),
            rows=np.flatnonzero(live),
            combination=self.combination_of,
            combinations=tuple(self.combinations),
            findings=self.findings.frame(),
            silent=self.batch.silent,
            stood_on=self.batch.stood_on,
            stated=self.batch.stated,
            stated_of=self.batch.stated_of[live],
            sources=self.sources,
            unfilled=self.batch.unfilled,
        )

    # clauses that collect --------------------------------------------------------------------------------------------

    def _facings(self) -> Iterator[tuple[tuple[int, ...], list[tuple[Ready, tuple[Tree, ...]]]]]:
        """Clauses that collect line by line, with their open conditions, by the stations whose lines face them.

        Stations share most of these clauses, so that few sets of rows are judged, whatever the number of stations.
        """
        facing: dict[tuple[int, ...], tuple[tuple[Ready, tuple[Tree, ...]], list[int]]] = {}
        for number in self.index.here:
            for ready, left in self.index.stations[number].collecting:
                alike = (ready.number, *map(id, left))  # the trees are the clause's own, whichever station left them
                facing.setdefault(alike, ((ready, left), []))[1].append(number)
        by_stations: dict[tuple[int, ...], list[tuple[Ready, tuple[Tree, ...]]]] = {}
        for clause, numbers in facing.values():
            by_stations.setdefault(tuple(numbers), []).append(clause)
        yield from by_stations.items()

    def _collect(self, ready: Ready, left: tuple[Tree, ...], rows: Rows) -> None:
        """A clause that collects: a finding on each row, code of a day, visit or claim where it holds."""
        assert rows.number is not None
        holds = self._holds(left, rows)
        if not holds.any():
            return
        if ready.clause.each == "code on a day":
            holds &= self.batch.code_days.last[rows.number]
        held = rows.number[holds]
        if ready.clause.each in {"visit", "claim"}:
            held = self._firsts(held, ready.clause.each)
        self.findings.add(held, ready, by_table=self._by_table(ready, held))

    def _by_table(self, ready: Ready, held: LineNumbers) -> pl.DataFrame | None:
        """The release that each finding stands on, and its age; None where the clause reads no table."""
        read = {self.plan.fact(leaf).column for leaf in ready.all_leaves}
        if read & UNIT_LIMITS.keys():
            chosen = self.batch.facts.select(_BY_LIMIT).gather(held)
            return chosen.rename(dict(zip(_BY_LIMIT, ("aged", "age_days", "release"), strict=True)))
        listed = next((RELEASE_OF[column] for column in RELEASE_OF if column in read), None)
        return None if listed is None else self.batch.facts.select(release=listed).gather(held)

    def _holds(self, left: tuple[Tree, ...], rows: Rows) -> Flags:
        """The rows on which all of these conditions are true; looks no further once there is none."""
        holds = np.ones(len(rows), dtype=np.bool_)
        # what a source has to state is nearly always unknown, and cheap to see
        for tree in sorted(left, key=self.plan.on_rows):
            holds &= rows.tree(tree) == TRUE
            if not holds.any():
                break
        return holds

    def _firsts(self, held: LineNumbers, each: str) -> LineNumbers:
        """The first of these rows in each visit or claim, which carries the finding for all."""
        held = np.sort(held)
        groups = self.batch.visits.of[held] if each == "visit" else self.batch.claims[held]
        _, first = np.unique(groups, return_index=True)
        return held[first]

    # pairs -----------------------------------------------------------------------------------------------------------

    def _pair_clauses(self) -> dict[int, Truth]:
        """The truth of each coverage clause on pairs, for each row as column 2; findings of pair clauses are added."""
        if self.batch.pairs is None:
            return {}
        faced = {
            ready.number: ready
            for number in self.index.here
            for ready in self.index.stations[number].clauses
            if ready.clause.each == PAIR
        }
        found = {}
        for number in sorted(faced):
            values = self._over_pairs(faced[number])
            self._pair_findings(faced[number], values)
            if faced[number].clause.channel is Channel.COVERAGE:
                found[number] = self._strongest(faced[number], values)
        return found

    def _over_pairs(self, ready: Ready) -> Truth:
        """The clause's truth for each row of the pair table; false where the line does not face it."""
        rows = self.batch.over_pairs
        faces = self.index.where(lambda station: ready.number in station.numbers)[self.index.of]
        facing = faces[rows.frame["row2"].to_numpy()]
        if not facing.any():
            return np.zeros(len(rows), dtype=np.uint8)
        values = truth.all_of([rows.tree(tree) for tree in self.plan.judged_on_rows(ready)])
        return np.where(facing, values, np.uint8(FALSE))

    def _strongest(self, ready: Ready, values: Truth) -> Truth:
        """For each row the strongest truth over its partners; AGED_TRUE where only aged tables make it true.

        Where the table was silent the clause is unknown, unless what it asks of the line itself already fails.
        """
        assert self.batch.pairs is not None
        table = self.batch.pairs.rows
        # of the two ways to be true the one by a current table is the stronger, and here the larger
        current, aged = np.uint8(AGED_TRUE), np.uint8(TRUE)
        strength = np.where(values == TRUE, np.where(table["aged"].to_numpy(), aged, current), values)
        found = np.zeros(self.batch.here.height, dtype=np.uint8)
        rows = self.batch.over_silent
        assert rows.number is not None
        own = [rows.tree(tree) for tree in self.plan.judged_on_rows(ready) if self.plan.of_column_2(tree)]
        found[rows.number] = np.minimum(truth.all_of(own), np.uint8(UNKNOWN)) if own else np.uint8(UNKNOWN)
        np.maximum.at(found, table["row2"].to_numpy(), strength)
        return np.array([FALSE, UNKNOWN, AGED_TRUE, TRUE], dtype=np.uint8)[found]

    def _pair_findings(self, ready: Ready, values: Truth) -> None:
        """One finding for each line and partner code."""
        assert self.batch.pairs is not None
        left = [self.batch.over_pairs.tree(tree) for tree in self.plan.left_to_stated(ready)]
        holds = np.flatnonzero(truth.all_of([values, *left]) == TRUE)
        if not holds.size or not ready.clause.finding:
            return
        told = self.batch.pairs.rows.gather(holds[self._telling(ready, holds)])
        codes = pl.Series("partner_code", self.batch.procedures[told["row1"].to_numpy()])
        once = told.hstack([codes, told["row1"].alias("partner")]).unique(
            ["row2", "partner_code"], keep="first", maintain_order=True
        )
        self.findings.add(once["row2"].to_numpy(), ready, by_table=once)

    def _telling(self, ready: Ready, holds: LineNumbers) -> npt.NDArray[np.int64]:
        """The order in which the partners of a line are named: first those whose own modifiers show what is said."""
        assert self.batch.pairs is not None
        row1, row2 = (self.batch.pairs.rows[name].to_numpy()[holds] for name in ("row1", "row2"))
        alone = self.batch.over_pairs_alone
        shown = truth.all_of([alone.tree(tree) for tree in self.plan.judged_on_rows(ready)])[holds] == TRUE
        return np.lexsort((row1, ~shown, row2))

    # coverage --------------------------------------------------------------------------------------------------------

    def _decide(self, station: Station, number: LineNumbers, of_pairs: dict[int, Truth]) -> None:
        """Pack the leaves that coverage reads, and reason once for each distinct combination of them."""
        rows = self.batch.over(number)
        carried: dict[Leaf, Truth] = {}
        open_facts: set[str] = set()
        for leaf in self._read_by(station):
            fact = self.plan.fact(leaf)
            if fact.statable:
                open_facts.add(leaf.fact)
            if self.plan.carried(leaf) and leaf not in station.settled and fact.each != PAIR:
                carried[leaf] = rows.leaf(leaf)
        whole = {
            # pairs are not looked up for lines whose payer is not known, and unknown is what is said of none of them
            ready.number: of_pairs[ready.number][number]
            for ready in station.clauses
            if ready.number in of_pairs
        }
        stated_of = self.batch.stated_of[number]
        kinds = distinct_rows(number.size, [stated_of, *carried.values(), *whole.values()])
        places = np.empty(kinds.first.size, dtype=np.int64)
        leaves, clauses = tuple(carried), tuple(whole)
        truths = np.zeros((len(leaves), kinds.first.size), dtype=np.uint8)
        for at, column in enumerate(carried.values()):
            truths[at] = column[kinds.first]
        for kind, first in enumerate(kinds.first):
            said = self.batch.stated[stated_of[first]]
            asked = Asked(
                leaves=leaves,
                truths=truths[:, kind].tobytes(),
                whole=tuple((clause, int(whole[clause][first])) for clause in clauses),
                stated=self._narrowed(said, open_facts),
                seen=said.of_the_record,
            )
            combination = self.reasoned.of(station, asked)
            places[kind] = self._place(combination)
        self.combination_of[number] = places[kinds.of]

    def _read_by(self, station: Station) -> tuple[Leaf, ...]:
        """Every leaf that coverage clauses of a station read, and those on which what is presumed of them turns."""
        decide = dict.fromkeys(leaf for ready in station.coverage for leaf in ready.all_leaves)
        facts = {leaf.fact for leaf in decide}
        programs = (faced.program for faced in station.instead or (station,) if faced.program)
        presume = (leaf for program in programs for leaf in self.plan.presumed_on(program, facts))
        return tuple(decide | dict.fromkeys(presume))

    def _conflict_findings(self) -> None:
        """A finding on each line for each fact that its clauses read and its sources disagree about."""
        for fact, marks in self.batch.conflicts.items():
            for number in self.index.here:
                rows = self.index.rows(number)
                reading = next(self._reading(self.index.stations[number], fact), None)
                if reading is not None:
                    self.findings.add(rows[marks[rows]], reading, views=DOCUMENTED, conflict=fact)

    @staticmethod
    def _reading(station: Station, fact: str) -> Iterator[Ready]:
        return (ready for ready in station.clauses if any(leaf.fact == fact for leaf in ready.all_leaves))

    def _narrowed(self, stated: Stated, facts: set[str]) -> Stated:
        """Only what the clauses of a station read and no column holds, so that little else makes new combinations."""
        if stated is NOTHING:
            return NOTHING
        return Stated(
            tuple(
                (name, cells)
                for name, cells in stated.values
                if name in facts and not (len(cells) == 1 and self.plan.library.facts[name].column)
            ),
            (),
            tuple(name for name in stated.conflicts if name in facts),
        )

    def _place(self, combination: Combination) -> int:
        place = self.places.setdefault(id(combination), len(self.combinations))
        if place == len(self.combinations):
            self.combinations.append(combination)
        return place

    def _coverage_findings(self) -> None:
        """Coverage clauses that fired, and needs that are not met, on every row of their combination."""
        seen: list[dict[int, int]] = []
        for combination in self.combinations:
            fired: dict[int, int] = {}
            for decision, view in ((combination.coded, View.CODED), (combination.documented, View.DOCUMENTED)):
                for ready in decision.fired:
                    if ready.clause.finding and ready.clause.each != PAIR:
                        fired[ready.number] = fired.get(ready.number, 0) | BIT[view]
            seen.append(fired)
        speaks = np.array(
            [bool(fired or one.documented.unmet) for fired, one in zip(seen, self.combinations, strict=True)], np.bool_
        )
        spoken = np.flatnonzero(speaks[self.combination_of]) if speaks.any() else np.empty(0, np.int64)
        of = self.combination_of[spoken]
        for place in np.flatnonzero(speaks):
            rows = spoken[of == place]
            for clause, views in seen[place].items():
                self.findings.add(rows, self.plan.clauses[clause], views=views)
            for ready, fact, unknown in self.combinations[place].documented.unmet:
                # what is known to be missing is told once: a documentation clause says it better than a need
                named = raised(self.plan, ready.number, fact, None).id
                untold = rows if unknown else self.findings.not_asked(rows, named)
                self.findings.add(untold, ready, views=DOCUMENTED, missing=fact, unknown=unknown)
