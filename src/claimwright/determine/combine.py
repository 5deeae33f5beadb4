"""One distinct combination of truth values, reasoned in both views and remembered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from claimwright.determine import any_payer
from claimwright.determine.answer import Decision, decide
from claimwright.determine.decide import Known
from claimwright.determine.docket import Docket
from claimwright.determine.plan import Leaf, Plan
from claimwright.determine.stated import Stated
from claimwright.determine.stations import Station
from claimwright.determine.truth import TRUE
from claimwright.lines.answers import View

AGED_TRUE = 3  # a clause that holds, but only by a table older than the day
REMEMBERED = 200_000  # combinations kept; past it reasoning starts afresh, so that memory stays bounded


@dataclass(frozen=True)
class Combination:
    """The answers of all lines that share a station, truth values and what is stated."""

    coded: Decision
    documented: Decision
    station: Station


@dataclass
class Combinations:
    """Reasons about a combination when it is first met."""

    plan: Plan
    _known: dict[tuple[object, ...], Combination] = field(default_factory=dict)
    _dockets: dict[int, Docket | None] = field(default_factory=dict)  # by station; stations live as long as the engine

    def of(
        self, station: Station, carried: dict[Leaf, int], whole: dict[int, int], stated: Stated, *, seen: bool
    ) -> Combination:
        """`carried`: the truth of each leaf a column carries; `whole`: of each pair clause (or AGED_TRUE).

        `seen`: whether anybody spoke from the record.
        """
        key = (id(station), tuple(carried.values()), tuple(whole.items()), stated, seen)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            aged = frozenset(number for number, value in whole.items() if value == AGED_TRUE)
            known = Known(
                carried=carried,
                stated=stated,
                whole={number: min(value, TRUE) for number, value in whole.items()},
                seen=seen,
            )
            found = self._known[key] = self._reason(station, known, aged)
        return found

    def _docket(self, station: Station) -> Docket | None:
        if id(station) not in self._dockets:
            self._dockets[id(station)] = station.docket(self.plan)
        return self._dockets[id(station)]

    def _reason(self, station: Station, known: Known, aged: frozenset[int]) -> Combination:
        if station.instead:
            return self._over_programs(station, known)
        docket = self._docket(station)
        if docket is None:
            return silent(station)
        settled = _settled(station, known)
        coded, documented = (decide(docket, view, settled, aged, station.silences) for view in View)
        return Combination(coded, documented, station)

    def _over_programs(self, station: Station, known: Known) -> Combination:
        """The payer is not known: what every program would say."""
        dockets = tuple(
            (docket, _settled(one, known)) for one in station.instead if (docket := self._docket(one)) is not None
        )
        coded, documented = (any_payer.unite(dockets, station.silences, view=view) for view in View)
        return Combination(coded, documented, station)


def _settled(station: Station, known: Known) -> Known:
    return replace(known, carried={**known.carried, **dict.fromkeys(station.settled, TRUE)})


def silent(station: Station) -> Combination:
    """Where nothing can be determined: the silences say why."""
    nothing = any_payer.undetermined(station.silences)
    return Combination(nothing, nothing, station)
