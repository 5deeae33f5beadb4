"""P013: every program, on every edge day, over all that can be known: what reaches no end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from claimwright.determine.plan import Plan, Ready
from claimwright.determine.stated import Cell
from claimwright.determine.stations import PAIR, Station
from claimwright.determine.trees import Leaf, leaves
from claimwright.documents.complaints import Complaint
from claimwright.lines.answers import View
from claimwright.policies.lints.walk import document
from claimwright.policies.model import Program
from claimwright.policies.predicates import SET_PREDICATES
from claimwright.proving.holes import Conditions, Found, Hole, find
from claimwright.proving.places import Place, Places

ALL_STEPS = 60_000  # of all searches together
_NAMED = 4  # codes named in a complaint


@dataclass(frozen=True)
class Swept:
    """The complaints; and the folders of programs in which some search was cut off."""

    complaints: tuple[Complaint, ...]
    cut: tuple[str, ...]


def sweep(plan: Plan, own: Collection[str]) -> Swept:
    """Walk every program in which a document with one of these ids, of a policy or a program, has a say."""
    complaints: list[Complaint] = []
    cut: dict[str, None] = {}
    are_open: set[tuple[str, int]] = set()
    known = _Known(plan, Places(plan))
    for program in plan.library.programs.values():
        met: dict[tuple[str, Hole], list[Place]] = {}
        for place in known.places.of(program):
            path = _path(place.station, program, own)
            if not path or not known.spoken_of(place):
                continue
            found = known.at(place, program)
            if found.cut:
                cut[program.path] = None
            are_open.update((program.path, at) for at in found.open)
            if found.hole:
                met.setdefault((path, found.hole), []).append(place)
        for (path, hole), at in met.items():
            complaints.extend(_complaint(known.places, program, path, hole, same) for same in _at_once(at))
    # a program that serves several lines of business is one document
    of_documents = {program.path: program for program in plan.library.programs.values() if program.id in own}
    for path, program in of_documents.items():
        closed = [at for at in range(len(program.open)) if (path, at) not in are_open]
        complaints.extend(_closed(program, at) for at in closed if path not in cut)
    return Swept(tuple(complaints), tuple(cut))


def _path(station: Station, program: Program, own: Collection[str]) -> str:
    """Where a complaint about a station belongs: to its program, else to a document of one's own that speaks there."""
    if program.id in own:
        return f"{program.path}/program.md"
    return next((document(ready.policy) for ready in station.coverage if ready.policy.id in own), "")


@dataclass
class _Known:
    """What was searched before, since many places face the same clauses."""

    plan: Plan
    places: Places
    steps: int = 0
    _found: dict[tuple[object, ...], Found] = field(default_factory=dict)
    _faced: dict[tuple[int, str], _Facing] = field(default_factory=dict)

    def spoken_of(self, place: Place) -> bool:
        """Whether a clause of the place names its code, and no silence has a name of its own."""
        if place.station.silences:
            return False
        return any(
            self.places.speaks(ready, place.code, place.stretch)
            for ready in place.station.coverage
            if ready.clause.each != PAIR
        )

    def at(self, place: Place, program: Program) -> Found:
        key = (id(place.station), program.id)
        if key not in self._faced:
            self._faced[key] = _Facing(self.plan, place.station, program)
        facing = self._faced[key]
        day = self.places.days[place.stretch]
        fixed = facing.fixed(
            {
                "procedure": place.code,
                "form": place.form,
                "program": program.id,
                "payer": place.payer or "",
                "contractor": place.contractor or "",
                "service_from": day,
            }
        )
        turn = tuple(bisect_right(self.plan.membership[scope].starts, day) for scope in facing.scopes)
        named = tuple(self.places.holds(leaf, place.code, place.stretch) for leaf in facing.of_code)
        told = tuple(item for item in fixed.items() if item[0] != "procedure" or facing.in_company)
        alike = (program.path, facing.numbers, turn, named, told)
        if alike not in self._found:
            if self.steps >= ALL_STEPS:
                return Found(cut=True)
            docket = place.station.docket(self.plan)
            assert docket is not None
            found = find(self.plan, facing.clauses, facing.left_open, day=day, fixed=fixed, order=docket.questions)
            self.steps += found.steps
            self._found[alike] = found
        return self._found[alike]


@dataclass(frozen=True)
class _Facing:
    """What a station's documented lines face: its coverage clauses, and what its program leaves open."""

    plan: Plan
    station: Station
    program: Program

    @cached_property
    def _speaking(self) -> tuple[Ready, ...]:
        return tuple(r for r in self.station.coverage if r.clause.each != PAIR and r.speaks(View.DOCUMENTED))

    @cached_property
    def numbers(self) -> tuple[object, ...]:
        """What tells the clauses from those of other stations."""
        return tuple((ready.number, ready.settings) for ready in self._speaking)

    @cached_property
    def clauses(self) -> tuple[Conditions, ...]:
        return tuple(tuple(zip(ready.clause.when, ready.when, strict=True)) for ready in self._speaking)

    @cached_property
    def left_open(self) -> tuple[Conditions, ...]:
        cases = zip(self.program.open, self.plan.open_cases(self.program), strict=True)
        return tuple(tuple(zip(case.when, trees, strict=True)) for case, trees in cases)

    @cached_property
    def _leaves(self) -> tuple[Leaf, ...]:
        every = (*self.clauses, *self.left_open)
        return tuple(dict.fromkeys(leaf for of in every for _, tree in of for leaf in leaves(tree)))

    @cached_property
    def of_code(self) -> tuple[Leaf, ...]:
        """The conditions on the line's own code."""
        return tuple(
            leaf
            for leaf in self._leaves
            if self._codes(leaf) and self.plan.fact(leaf).column == "procedure" and self.plan.fact(leaf).type == "code"
        )

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """The scopes whose code sets the other conditions read."""
        named = dict.fromkeys(leaf.scope for leaf in self._leaves if self._codes(leaf) and leaf not in self.of_code)
        return tuple(scope for scope in named if scope in self.plan.membership)

    @cached_property
    def in_company(self) -> bool:
        """Whether some condition reads the line's own code as one of a list."""
        read = [self.plan.fact(leaf) for leaf in self._leaves]
        return any(fact.column == "procedure" and fact.type == "codes" for fact in read)

    def _codes(self, leaf: Leaf) -> bool:
        return self.plan.fact(leaf).type in {"code", "codes"} and leaf.predicate.op in SET_PREDICATES

    def fixed(self, told: Mapping[str, Cell]) -> dict[str, Cell]:
        """Of what is settled, what the conditions read."""
        read = {self.plan.fact(leaf).column for leaf in self._leaves}
        return {column: value for column, value in told.items() if column in read}


def _at_once(met: list[Place]) -> Iterator[list[Place]]:
    """The places of a hole by the stretches in which its codes have it."""
    by_code: dict[str, list[Place]] = {}
    for place in met:
        by_code.setdefault(place.code, []).append(place)
    alike: dict[frozenset[int], list[Place]] = {}
    for of_code in by_code.values():
        alike.setdefault(frozenset(place.stretch for place in of_code), []).extend(of_code)
    yield from alike.values()


def _complaint(places: Places, program: Program, path: str, hole: Hole, met: list[Place]) -> Complaint:
    codes = sorted({code for place in met for code in places.alike[place.code]})
    more = len(codes) - _NAMED
    listed = ", ".join(codes[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    where = f", where {'; '.join(hole.where)}" if hole.where else ", whatever is known"
    where += " (among others)" if hole.among_others else ""
    message = f"in {program.id} nothing decides {listed} {_when(places, met)}{_for_whom(met)}{where}"
    named = (f"procedure: in [{', '.join(codes)}]",) if more <= 0 else ()
    case = ", ".join(f"`{predicate}`" for predicate in (*named, *hole.when))
    open_when = f", when {case}," if case and (hole.when or not hole.where) else ""
    help_ = f"write the clause that decides it, or say under `open:` of the program{open_when} why nothing does"
    line = program.line if path == f"{program.path}/program.md" else 1
    return Complaint(path, line, "P013", message, help_)


def _closed(program: Program, at: int) -> Complaint:
    case = ", ".join(str(condition) for condition in program.open[at].when)
    message = f"a case that the program leaves open is nowhere open: {case}"
    line = program.open[at].when[0].line
    return Complaint(f"{program.path}/program.md", line, "P013", message, "take it out of `open:`")


def _when(places: Places, met: list[Place]) -> str:
    """The runs of stretches in which a hole stands, as a sentence says them."""
    stretches = sorted({place.stretch for place in met})
    runs = [[at for _, at in run] for _, run in groupby(enumerate(stretches), lambda pair: pair[1] - pair[0])]
    return " and ".join(places.said(run[0], run[-1]) for run in runs)


def _for_whom(met: list[Place]) -> str:
    """The payers and contractors for whom a hole stands, unless it stands for any."""
    said = []
    for what, names in (("payer", {p.payer for p in met}), ("contractor", {p.contractor for p in met})):
        if None not in names:
            said.append(f" for the {what} {', '.join(sorted(name for name in names if name))}")
    return "".join(said)
