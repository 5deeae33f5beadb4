"""One distinct combination of truth values, reasoned in both views and remembered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from claimwright.determine import any_payer
from claimwright.determine.answer import Decision, decide
from claimwright.determine.decide import Known, Walk, begin
from claimwright.determine.docket import Docket
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.stated import Stated
from claimwright.determine.stations import Station
from claimwright.determine.trees import Leaf
from claimwright.determine.truth import TRUE
from claimwright.lines.answers import View

AGED_TRUE = 3  # a clause that holds, but only by a table older than the day
REMEMBERED = 200_000  # combinations kept; past it reasoning starts afresh, so that memory stays bounded


@dataclass(frozen=True)
class Asked:
    """What a combination was reasoned from: the truth of each leaf that a column carries, in order, and the rest."""

    leaves: tuple[Leaf, ...]
    truths: bytes
    whole: tuple[tuple[int, int], ...]  # the truth of each pair clause, or AGED_TRUE
    stated: Stated
    seen: bool  # whether anybody spoke from the record

    @property
    def known(self) -> Known:
        return Known(
            carried=dict(zip(self.leaves, self.truths, strict=True)),
            stated=self.stated,
            whole={number: min(value, TRUE) for number, value in self.whole},
            seen=self.seen,
        )


@dataclass(frozen=True)
class Combination:
    """The answers of all lines that share a station, truth values and what is stated.

    `versions` has what would be answered from each of some days on, where the day is not told and they differ.
    """

    coded: Decision
    documented: Decision
    station: Station
    asked: Asked
    versions: tuple[tuple[date, Combination], ...] = ()

    @cached_property
    def deciding(self) -> tuple[Ready, ...]:
        """The clauses of the station that decided in either view."""
        names = {*self.coded.answer.clause, *self.documented.answer.clause}
        return tuple(ready for ready in self.station.clauses if ready.clause.name in names) if names else ()


@dataclass
class Combinations:
    """Reasons about a combination when it is first met."""

    plan: Plan
    _known: dict[tuple[int, Asked], Combination] = field(default_factory=dict)
    _dockets: dict[int, Docket | None] = field(default_factory=dict)  # by station; stations live as long as the engine

    def of(self, station: Station, asked: Asked) -> Combination:
        key = (id(station), asked)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._reason(station, asked)
        return found

    def dockets(self, combination: Combination) -> tuple[tuple[Docket, Known], ...]:
        """What a combination faces, with what is known of it: one docket, or one for each program it may belong to.

        Of a line without a day, those of every version.
        """
        if combination.versions:
            return tuple(faced for _, version in combination.versions for faced in self.dockets(version))
        known = combination.asked.known
        return tuple(
            (docket, replace(known, carried={**known.carried, **dict.fromkeys(station.settled, TRUE)}))
            for station in combination.station.instead or (combination.station,)
            if (docket := self._docket(station)) is not None
        )

    def walks(self, combination: Combination) -> list[Walk]:
        """A walk as documented over each docket that the combination faces."""
        return [begin(docket, View.DOCUMENTED, known) for docket, known in self.dockets(combination)]

    def _docket(self, station: Station) -> Docket | None:
        if id(station) not in self._dockets:
            self._dockets[id(station)] = station.docket(self.plan)
        return self._dockets[id(station)]

    def _reason(self, station: Station, asked: Asked) -> Combination:
        nothing = any_payer.undetermined(station.silences)
        empty = Combination(nothing, nothing, station, asked)
        dockets = self.dockets(empty)
        if station.instead:
            coded, documented = (any_payer.unite(dockets, station.silences, view=view) for view in View)
        elif dockets:
            aged = frozenset(number for number, value in asked.whole if value == AGED_TRUE)
            coded, documented = (decide(*dockets[0], view, aged, station.silences) for view in View)
        else:
            return empty
        return Combination(coded, documented, station, asked)
