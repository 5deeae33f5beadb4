"""Applicability as an index: from (program, payer, contractor, form, code, day) to the clauses in force.

Lines that face the same clauses share a station, so that a policy's predicates run only on the lines it can touch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.days import starts
from claimwright.determine.atoms import Rows
from claimwright.determine.docket import Docket
from claimwright.determine.membership import EPOCH_0, Numbers
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.trees import Leaf, Tree
from claimwright.determine.truth import FALSE, TRUE
from claimwright.lines.answers import Channel, Check, NamedSilence, Outcome, Silence
from claimwright.lines.distinct import distinct
from claimwright.policies.model import CheckSpec, Policy, Program

# facts that are the same for every line of a bucket, and so are judged once for it
CONSTANT = frozenset({"procedure", "claim form", "line of business"})
KEYS = ("program", "payer", "contractor", "form", "procedure")
PAIR = "pair of lines"
_NOBODY = "no row of the payer table names this payer"


@dataclass(frozen=True)
class Station:
    """The clauses some lines have to face, and what can be said of all of them alike."""

    program: Program | None
    clauses: tuple[Ready, ...]  # in force, whose constant conditions hold; first authority first
    settled: frozenset[Leaf]  # the constant leaves that hold
    silences: tuple[NamedSilence, ...]
    checks: tuple[tuple[CheckSpec, bool, str], ...]  # what is looked at, whether a loaded policy speaks, and which
    instead: tuple[Station, ...] = ()  # the payer is not known: what the lines would face at each
    payer: str | None = None  # of a station in `instead`: the payer's key, where its own policies are loaded
    called: str = ""  # of a station in `instead`: who that is, in words

    @cached_property
    def collecting(self) -> tuple[tuple[Ready, tuple[Tree, ...]], ...]:
        """The clauses that collect line by line, each with its conditions that are not settled here."""
        return tuple(
            (ready, tuple(tree for tree in ready.when if tree not in self.settled))
            for ready in self.clauses
            if ready.clause.channel is not Channel.COVERAGE and ready.clause.each != PAIR
        )

    @cached_property
    def coverage(self) -> tuple[Ready, ...]:
        own = tuple(ready for ready in self.clauses if ready.clause.channel is Channel.COVERAGE)
        return own + tuple(ready for station in self.instead for ready in station.coverage)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that its clauses read, by name."""
        return tuple(dict.fromkeys(leaf.fact for ready in self.clauses for leaf in ready.all_leaves))

    @cached_property
    def reads(self) -> frozenset[str]:
        return frozenset(self.facts)

    @cached_property
    def of_pairs(self) -> bool:
        """Whether a clause of it is about pairs of lines."""
        return any(ready.clause.each == PAIR for ready in self.clauses)

    @cached_property
    def looks(self) -> tuple[Check, ...]:
        """What is looked at, where no table stands in the way."""
        return tuple(Check(spec.name, speaks, why) for spec, speaks, why in self.checks)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Its clauses by their numbers."""
        return frozenset(ready.number for ready in self.clauses)

    @cached_property
    def rests_on(self) -> tuple[str, ...]:
        """The policies of the clauses, the program and the vocabulary, by id."""
        policies = dict.fromkeys(ready.policy.id for ready in self.clauses)
        return (*policies, *((self.program.id,) if self.program else ()), "vocabulary")

    def docket(self, plan: Plan) -> Docket | None:
        return Docket(plan, self.program, self.coverage, self.payer, self.called) if self.program else None


WITHDRAWN = Station(
    program=None,
    clauses=(),
    settled=frozenset(),
    silences=(
        NamedSilence(Silence.WITHDRAWN, "", "a void, or a claim that a later one in this input replaces or voids"),
    ),
    checks=(),
)


@dataclass(frozen=True)
class Index:
    """`of` gives each row's station; `stations` lists all there are, `here` numbers those of these rows."""

    of: npt.NDArray[np.int64]
    stations: tuple[Station, ...]
    here: tuple[int, ...]

    @cached_property
    def _order(self) -> npt.NDArray[np.int64]:
        small = self.of.astype(np.uint16) if len(self.stations) <= 1 << 16 else self.of  # sorted in one pass
        return np.argsort(small, kind="stable")

    @cached_property
    def _begin(self) -> npt.NDArray[np.int64]:
        return np.searchsorted(self.of[self._order], np.arange(len(self.stations) + 1))

    def rows(self, *stations: int) -> npt.NDArray[np.int64]:
        """The rows of some stations, station by station."""
        if len(self.here) == 1:
            return self._order
        return np.concatenate([self._order[self._begin[number] : self._begin[number + 1]] for number in stations])

    def where(self, wanted: Callable[[Station], bool]) -> npt.NDArray[np.bool_]:
        """For each station, whether it is of these rows and is wanted."""
        chosen = np.zeros(len(self.stations), dtype=np.bool_)
        for number in self.here:
            chosen[number] = wanted(self.stations[number])
        return chosen


class Stations:
    """Builds stations for one plan, remembering each bucket it has met."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        turns = set(starts([ready.clause.in_force for ready in plan.clauses]))
        for policy in plan.library.policies:
            turns.update(date.fromisoformat(day) for day in (policy.began, policy.modelled_from) if day)
        self._turns = sorted(turns)
        numbers = plan.numbers.starts
        self._edges = sorted(turns.union(numbers, *(table.starts for table in plan.membership.values())))
        self._edges_as_days = np.array([(day - EPOCH_0).days for day in self._edges], dtype=np.int32)
        self._constant_of = [(ready, _constant(ready)) for ready in plan.clauses]
        self._constant = tuple(dict.fromkeys(leaf for _, constant in self._constant_of for leaf in constant))
        self._buckets: dict[tuple[str | None, ...], int] = {}
        self._alike: dict[tuple[object, ...], int] = {}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._stations: list[Station] = []
        self._called: dict[tuple[int, str], Station] = {}

    @property
    def edges(self) -> tuple[date, ...]:
        """The days on which the station of a line may become another, oldest first."""
        return tuple(self._edges)

    def index(
        self,
        lines: pl.DataFrame,
        procedures: Numbers,
        days: npt.NDArray[np.int32],
        has_day: npt.NDArray[np.bool_],
        live: npt.NDArray[np.bool_],
    ) -> Index:
        """Assign each line to its station; those of claims that do not stand to that of the withdrawn.

        `procedures` numbers the procedures; `days` counts from 1970-01-01 and means nothing where `has_day` is false.
        """
        eras = np.where(has_day, np.searchsorted(self._edges_as_days, days, side="right") + 1, 0)
        told = lines[list(KEYS)]
        kinds = distinct(told.drop("procedure").hstack([pl.Series("procedure", procedures), pl.Series("era", eras)]))
        buckets = told[kinds.first].hstack([pl.Series("era", eras[kinds.first])])
        of = np.array(self._assign(buckets), dtype=np.int64)[kinds.of]
        if not live.all():
            of[~live] = self._number(WITHDRAWN)
        here = np.flatnonzero(np.bincount(of, minlength=len(self._stations)))
        return Index(of, tuple(self._stations), tuple(here.tolist()))

    def _assign(self, buckets: pl.DataFrame) -> list[int]:
        """The station of each bucket; those not met before are judged together."""
        keys = [tuple(None if cell is None else str(cell) for cell in row) for row in buckets.iter_rows()]
        fresh = [place for place, key in enumerate(keys) if key not in self._buckets]
        if fresh:
            chosen = buckets.gather(fresh)
            day = [self._day(era) for era in chosen["era"].to_list()]
            as_days = np.array([((d or EPOCH_0) - EPOCH_0).days for d in day], dtype=np.int32)
            rows = Rows(self._plan, chosen, as_days, _nothing_stated)
            truths = np.empty((len(self._constant), len(fresh)), dtype=np.uint8)
            for at, leaf in enumerate(self._constant):
                truths[at] = rows.leaf(leaf)
            for place, at in enumerate(fresh):
                # codes and days that no clause in force tells apart lead to the same station
                settings = self._plan.numbers.on(day[place])
                alike = (*keys[at][:4], self._turn(day[place]), settings, truths[:, place].tobytes())
                if alike not in self._alike:
                    station = self._station(rows, place, chosen.row(place, named=True), day[place])
                    self._alike[alike] = self._number(station)
                self._buckets[keys[at]] = self._alike[alike]
        return [self._buckets[key] for key in keys]

    def _turn(self, day: date | None) -> int:
        """How many of the days on which some clause or policy begins or ends have come; -1 without a day."""
        return -1 if day is None else bisect_right(self._turns, day)

    def _day(self, era: int) -> date | None:
        """A day that stands for an era: 0 is no day at all, 1 lies before the first edge."""
        if era == 0:
            return None
        return (
            self._edges[max(era - 2, 0)]
            if era >= 2
            else (self._edges[0] - (date(2, 1, 2) - date(2, 1, 1)) if self._edges else EPOCH_0)
        )

    def _number(self, station: Station) -> int:
        key = (
            station.program.id if station.program else None,
            tuple((ready.number, ready.settings) for ready in station.clauses),
            station.settled,
            station.silences,
            station.checks,
            tuple(id(other) for other in station.instead),
        )
        if key not in self._numbers:
            self._numbers[key] = len(self._stations)
            self._stations.append(station)
        return self._numbers[key]

    def _at_each_payer(self, bucket: pl.DataFrame) -> tuple[Station, ...]:
        """What a bucket would face in each line of business of which a policy is loaded, at its payer; where nobody
        named one, at any and at those that have policies of their own about it.
        """
        library = self._plan.library
        named = {name for policy in library.policies for name in policy.programs}
        programs = [name for name in library.programs if name in named]
        own = dict.fromkeys(
            (name, policy.payers[0], policy.payer)
            for policy in library.policies
            for name in policy.programs
            if policy.payers and name in programs
        )
        known = bucket["payer"].item()
        any_of = ((name, known, "") for name in programs)
        listed = any_of if known else (*own, *any_of)  # at last, those without a name
        every = sorted(listed, key=lambda one: programs.index(one[0]))
        told = (bucket[[0] * len(every)] if every else bucket.clear()).with_columns(
            pl.Series("program", [name for name, *_ in every], dtype=bucket.schema["program"]),
            pl.Series("payer", [payer for _, payer, _ in every], dtype=bucket.schema["payer"]),
        )
        numbers = self._assign(told)
        found = dict(zip(numbers, every, strict=True))  # a payer whose policies say nothing of the code is any payer
        apart = {name for name, _, who in found.values() if who}
        return tuple(
            self._known_as(number, payer, _called(library.programs[name].title, name in apart, who))
            for number, (name, payer, who) in found.items()
        )

    def _known_as(self, number: int, payer: str | None, called: str) -> Station:
        key = (number, called)
        if key not in self._called:
            self._called[key] = replace(self._stations[number], payer=payer, called=called)
        return self._called[key]

    def _station(self, rows: Rows, place: int, bucket: dict[str, str | None], day: date | None) -> Station:
        program = self._plan.library.programs.get(bucket["program"] or "")
        silences: list[NamedSilence] = []
        if bucket["program"] is None:
            why = f"nothing tells the line of business of {bucket['payer']}" if bucket["payer"] else _NOBODY
            silences.append(NamedSilence(Silence.NO_POLICY, "CLM-PAYER-UNKNOWN", why))
        elif program is None:
            why = f"no order of authority is loaded for the program {bucket['program']}"
            silences.append(NamedSilence(Silence.NO_POLICY, "COV-POLICY-UNKNOWN", why))
        if day is None:
            why = "without a date of service no version of a policy can be chosen"
            silences.append(NamedSilence(Silence.NO_SERVICE_DATE, "", why))
        if program is None or day is None:
            unknown = bucket["program"] is None and day is not None
            instead = self._at_each_payer(rows.frame[place]) if unknown else ()
            return Station(None, (), frozenset(), tuple(silences), (), instead)
        applying = [p for p in self._plan.library.policies if _applies(p, bucket) and program.rank(p.instrument) >= 0]
        of_payer = [policy for policy in applying if not policy.stands_in]
        if program.must_have and not any(policy.instrument in program.must_have for policy in of_payer):
            why = f"no {' or '.join(program.must_have)} of this payer is loaded"
            finding = program.finding_for(Silence.NO_POLICY)
            silences.append(NamedSilence(Silence.NO_POLICY, finding, why))
            # a mandate or a contract may still speak; where nothing does, nothing can be determined
            program = replace(program, end_coded=Outcome.INDETERMINATE, end_documented=Outcome.INDETERMINATE)
        clauses: list[Ready] = []
        settled: set[Leaf] = set()
        names = {policy.id for policy in applying}
        speaking: set[str] = set()
        for ready, constant in self._constant_of:
            if ready.policy.id not in names:
                continue
            if any(rows.leaf(leaf)[place] == FALSE for leaf in constant):
                continue
            speaking.add(ready.policy.id)
            if day in ready.clause.in_force:
                settled.update(leaf for leaf in constant if rows.leaf(leaf)[place] == TRUE)
                clauses.append(self._plan.with_numbers(ready, day))
        own = {policy.instrument for policy in of_payer if policy.id in speaking and _decides(policy)}
        needless = {
            policy.id for policy in applying if policy.stands_in and _decides(policy) and policy.instrument in own
        }
        found = {ready.clause.finding for ready in clauses if not ready.policy.stands_in and _collects(ready)}
        clauses = [
            ready
            for ready in clauses
            if ready.policy.id not in needless
            and not (ready.policy.stands_in and _collects(ready) and ready.clause.finding in found)
        ]
        speaking -= needless
        silences.extend(_not_modelled(applying, speaking, program, day))
        clauses.sort(key=lambda ready: (program.rank(ready.policy.instrument), ready.number))
        return Station(
            program, tuple(clauses), frozenset(settled), tuple(silences), _checks(program, applying, speaking)
        )


def _constant(ready: Ready) -> list[Leaf]:
    return [tree for tree in ready.when if isinstance(tree, Leaf) and tree.fact in CONSTANT]


def _applies(policy: Policy, bucket: dict[str, str | None]) -> bool:
    """An empty list in `applies to` narrows nothing."""
    for allowed, key in (
        (policy.programs, "program"),
        (policy.payers, "payer"),
        (policy.contractors, "contractor"),
        (policy.forms, "form"),
    ):
        if allowed and bucket[key] not in allowed:
            return False
    return True


def _called(title: str, apart: bool, payer: str) -> str:
    """A way to bill in words: the line of business, or one payer of it."""
    if payer:
        return f"{payer} ({title})"
    return f"{title}, none of these" if apart else title


def _decides(policy: Policy) -> bool:
    return any(clause.channel is Channel.COVERAGE for clause in policy.clauses)


def _collects(ready: Ready) -> bool:
    return ready.clause.channel is not Channel.COVERAGE


def _not_modelled(applying: list[Policy], speaking: set[str], program: Program, day: date) -> Iterable[NamedSilence]:
    """Before its first day a policy has nothing to say; between that and the first modelled day it is not modelled."""
    for policy in applying:
        if policy.id in speaking and policy.modelled_from and day < date.fromisoformat(policy.modelled_from):
            if policy.began and day < date.fromisoformat(policy.began):
                continue
            why = f"{policy.id} is modelled from {policy.modelled_from} on"
            yield NamedSilence(Silence.NOT_MODELLED, program.finding_for(Silence.NOT_MODELLED), why)


def _checks(program: Program, applying: list[Policy], speaking: set[str]) -> tuple[tuple[CheckSpec, bool, str], ...]:
    found = []
    for check in program.checks:
        if check.table:
            standing = [p.id for p in applying if check.table in {table for _, table in p.tables}]
            found.append(
                (check, bool(standing), "" if standing else "it is not known whether this payer applies the table")
            )
            continue
        # a policy that stands in for one nobody loaded is no look at that one
        own = [policy for policy in applying if not policy.stands_in]
        heard = [p.id for p in own if p.instrument in check.instruments and p.id in speaking]
        why = (
            ", ".join(heard)
            if heard
            else f"no loaded {' or '.join(check.instruments)} speaks of this code for this payer"
        )
        found.append((check, bool(heard), why))
    return tuple(found)


def _nothing_stated(leaf: Leaf) -> npt.NDArray[np.uint8]:
    raise AssertionError(f"{leaf} is not constant in a bucket")
