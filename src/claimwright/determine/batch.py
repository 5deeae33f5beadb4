"""A batch of lines made ready: which claims stand, which lines share a visit, what the kernels say of each line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine import kernels, truth
from claimwright.determine import stated as stating
from claimwright.determine.atoms import Rows, stem
from claimwright.determine.bench import Bench
from claimwright.determine.beside import Beside
from claimwright.determine.facts import edits, standing
from claimwright.determine.facts.edits import Pairs
from claimwright.determine.facts.furnishers import TOLD_APART, Furnishers
from claimwright.determine.facts.overlaps import overlaps
from claimwright.determine.facts.visits import visits
from claimwright.determine.kernels import OF_EDITS
from claimwright.determine.list_kernels import OF_LIST
from claimwright.determine.membership import code_numbers
from claimwright.determine.plan import Plan
from claimwright.determine.side_kernels import OF_KIND
from claimwright.determine.sources import Sources
from claimwright.determine.stated import NOTHING, Stated
from claimwright.determine.stations import Stations
from claimwright.determine.trees import Leaf
from claimwright.determine.truth import Truth
from claimwright.lines.arrays import integers, present
from claimwright.lines.distinct import distinct
from claimwright.lines.schema import LINE_SCHEMA, modifier_columns
from claimwright.policies.model import Fact

LineNumbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_ALWAYS_READ = (
    *(
        "file",
        "claim_index",
        "patient",
        "provider",
        "service_from",
        "service_to",
        "procedure",
        "form",
        "units",
        "unstated",
        "stated",
    ),
    *("rendering_npi", "program", "payer", "contractor"),
)


def columns_read(plan: Plan) -> list[str]:
    """The columns of a line that a batch reads once it is known who pays."""
    stems = {fact.column for fact in plan.library.facts.values() if fact.column}
    stems = stems.union(*(kernel.lines for kernel in kernels.catalogue(plan)))
    return [name for name in (*LINE_SCHEMA, "product") if name in _ALWAYS_READ or name in stems or stem(name) in stems]


class Batch:
    """Lines, which of them stand (`live`), and what is known of them.

    `frame` has the kernels' columns beside those of the lines, `facts` the kernels' alone; `silent` marks, for each
    table, the lines on which it could not speak. Lines of claims that do not stand share no visit with those that do
    and face no clause.
    """

    def __init__(self, plan: Plan, stations: Stations, sources: Sources, lines: pl.DataFrame) -> None:
        self.plan, self.sources = plan, sources
        self.live = standing.live(lines).to_numpy()
        self.here = lines[[name for name in columns_read(plan) if name in lines.columns]]
        day = self.here["service_from"]
        self.days = integers(day, 0).astype(np.int32)
        self.procedures = code_numbers(self.here["procedure"])
        self.visits = visits(self.here, self.live)
        self.furnishers = Furnishers(self.here, plan.numbers.over(TOLD_APART, self.days))
        self.overlaps = overlaps(self.here, self.live)
        self.index = stations.index(self.here, self.procedures, self.days, present(day), self.live)
        self.stated, self.stated_of = self._read_stated()
        self.silent: dict[str, Flags] = {}
        self.stood_on: dict[str, Flags] = {}  # dated number → lines that were looked up by it
        self.pairs = self._pairs()
        bench = self._bench()
        self.facts = kernels.columns(bench, self._read.values())
        self.code_days = bench.code_days
        self.conflicts = bench.conflicts  # fact → rows on which its sources disagree
        self.frame = self.here.with_columns(self.facts.get_columns())
        self._disputes()

    def over(self, rows: LineNumbers) -> Rows:
        """Some rows, ready for predicates."""
        return Rows(self.plan, self.frame, self.days[rows], self._stated_leaf(rows), rows, self.visits, self._whole)

    @cached_property
    def over_pairs(self) -> Rows:
        """The rows of the pair table, ready for predicates; what is stated is stated of the column 2 line."""
        assert self.pairs is not None
        row2 = self.pairs.rows["row2"].to_numpy()
        beside = self.facts.gather(row2) if self.facts.width else self.facts
        frame = self.pairs.rows.hstack([column for column in beside if column.name not in self.pairs.rows.columns])
        return Rows(self.plan, frame, self.days[row2], self._stated_leaf(row2))

    @cached_property
    def over_pairs_alone(self) -> Rows:
        """The same rows, with no more than the column 1 line's own modifiers."""
        assert self.pairs is not None
        if not self.pairs.several:
            return self.over_pairs
        row1, row2 = (self.pairs.rows[name].to_numpy() for name in ("row1", "row2"))
        own = self.here[list(modifier_columns)][row1].rename(lambda name: f"column1_{name}")
        frame = self.over_pairs.frame.select(pl.exclude(r"^column1_modifier_\d+$")).hstack(own)
        return Rows(self.plan, frame, self.days[row2], self._stated_leaf(row2))

    @cached_property
    def over_silent(self) -> Rows:
        """The lines about some pair of which the pair table was silent, ready for predicates."""
        assert self.pairs is not None
        return self.over(np.flatnonzero(self.pairs.silent))

    def _bench(self) -> Bench:
        return Bench(
            plan=self.plan,
            releases=self.sources.releases,
            lines=self.here,
            days=self.days,
            procedures=self.procedures,
            visits=self.visits,
            pairs=self.pairs,
            stated=self.stated,
            stated_of=self.stated_of,
            reads=self._reads,
            silent=self.silent,
            furnishers=self.furnishers,
            overlaps=self.overlaps,
            beside=Beside(self.here, self.visits, self.live, self.sources.sides, self.sources.payers),
        )

    @cached_property
    def _whole(self) -> Rows:
        every = np.arange(self.here.height)
        rows = Rows(self.plan, self.frame, self.days, self._stated_leaf(every), None, self.visits)
        return rows.knowing("procedure", self.procedures)

    @cached_property
    def claims(self) -> npt.NDArray[np.int64]:
        """Each row's claim by number."""
        return distinct(self.here[["file", "claim_index"]]).of

    def _stated_leaf(self, rows: LineNumbers) -> Callable[[Leaf], Truth]:
        """The truth of a leaf on a stated fact, over rows."""
        # not `self`: a batch that its own rows refer to would stay in memory until cycles are collected
        plan, stated, stated_of, speakers = self.plan, self.stated, self.stated_of[rows], self._speakers

        def of(leaf: Leaf) -> Truth:
            fact = plan.fact(leaf)
            per_text = np.full(len(stated), stating.leaf_truth(leaf, fact, NOTHING), dtype=np.uint8)
            for number in speakers.get(fact.name, ()):
                per_text[number] = stating.leaf_truth(leaf, fact, stated[number])
            found: Truth = per_text[stated_of]
            return found

        return of

    @cached_property
    def _speakers(self) -> dict[str, list[int]]:
        """For each fact which of `stated` say something of it: few, where thousands of notes each say a little."""
        speakers: dict[str, list[int]] = {}
        for number, one in enumerate(self.stated):
            for fact in {*(name for name, _ in one.values), *one.conflicts}:
                speakers.setdefault(fact, []).append(number)
        return speakers

    def _read_stated(self) -> tuple[tuple[Stated, ...], LineNumbers]:
        """Each distinct text of the `stated` column once; 0 is nothing stated."""
        column = self.here["stated"]
        if column.null_count() == self.here.height:
            return (NOTHING,), np.zeros(self.here.height, dtype=np.int64)
        texts = column.drop_nulls().unique(maintain_order=True)
        numbered = pl.DataFrame({"stated": texts, "number": np.arange(1, len(texts) + 1)})
        of = self.here.select("stated").join(numbered, on="stated", how="left", maintain_order="left")["number"]
        return (NOTHING, *(stating.read(text, self.plan) for text in texts)), of.fill_null(0).to_numpy()

    def _disputes(self) -> None:
        """Rows on which what is said of a thing as a whole disagrees with its parts."""
        for name, whole, parts in self.plan.told:
            if name in self._read and any(one.possible(name) is not None for one in self.stated):
                said, made = self._whole.leaf(whole), self._whole.tree(parts)
                apart = (said != made) & (said != truth.UNKNOWN) & (made != truth.UNKNOWN)
                if apart.any():
                    self.conflicts[name] = self.conflicts.get(name, False) | apart

    @cached_property
    def _read(self) -> dict[str, Fact]:
        """The facts that clauses in force read."""
        names = dict.fromkeys(name for number in self.index.here for name in self.index.stations[number].facts)
        return {name: self.plan.library.facts[name] for name in names}

    @cached_property
    def unfilled(self) -> dict[str, Flags]:
        """Kind of side file not given, and table of which no list was imported → the rows whose clauses ask for it."""
        lacking = {kind: columns for kind, columns in OF_KIND.items() if kind not in self.sources.sides.given}
        read = frozenset(fact.column for fact in self._read.values())
        asked = {kind: read & columns for kind, columns in lacking.items()}
        found = {kind: self._reads_any(columns) for kind, columns in asked.items() if columns}
        for table, (column, of_line) in OF_LIST.items():
            if column in read and not self.sources.releases.of(table):
                found[table] = self._reads(column) & present(self.here[of_line])
        return found

    def _reads(self, column: str) -> Flags:
        """Rows whose clauses read a fact of this column."""
        return self._reads_any(frozenset({column}))

    def _reads_any(self, columns: frozenset[str]) -> Flags:
        facts = self.plan.filled_by(columns)
        reads: Flags = self.index.where(lambda station: not station.reads.isdisjoint(facts))[self.index.of]
        return reads

    def _pairs(self) -> Pairs | None:
        facts = self.plan.filled_by(OF_EDITS)
        stations = self.index.where(lambda station: station.of_pairs or not station.reads.isdisjoint(facts))
        if not stations.any():
            return None
        wanted = stations[self.index.of]
        found = edits.pair_edits(
            self.here,
            self.procedures,
            self.visits,
            wanted,
            self.sources.releases,
            of=self.furnishers,
            overlaps=self.overlaps,
        )
        self.silent["ncci/ptp"] = found.silent
        self.stood_on[TOLD_APART] = self.furnishers.met
        return found
