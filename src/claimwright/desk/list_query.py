"""What a worklist shows: read from an address, and written into one. No claim number and no name ever stands there.

`state=any` asks for every state; what an address leaves out is as `Query()` has it: to fix, open, most severe first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from claimwright.desk.tables import LineState, WorkState
from claimwright.lines.answers import Severity

ANY = "any"
ME, NOBODY = "me", "nobody"
SORTS = ("severity", "risk", "charge", "payer", "provider", "service", "claim", "clause", "status", "assigned")
_NUMBERS = ("older", "dollars")
_LONGEST = 200


@dataclass(frozen=True)
class Query:
    """Empty is every value. `words` is the id under which somebody's searched words are kept; `older` counts days since
    the service, `dollars` is the least charge; `sort` begins with `-` where it runs the other way; `after` and `before`
    are the line a page goes on from, by id.
    """

    batch: str = ""
    state: str = LineState.TO_FIX.value
    severity: str = ""
    finding: str = ""
    clause: str = ""
    payer: str = ""
    provider: str = ""
    procedure: str = ""
    work: str = WorkState.OPEN.value
    assigned: str = ""
    words: str = ""
    older: int = 0
    dollars: int = 0
    sort: str = "severity"
    after: str = ""
    before: str = ""

    @property
    def address(self) -> str:
        """What stands behind the `?`; empty for what is shown anyway."""
        return urlencode({name: value or ANY for name, value in self._other().items()})

    def _other(self) -> dict[str, str | int]:
        usual = Query()
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in found.items() if value != getattr(usual, name)}

    def but(self, **values: str | int) -> Query:
        """Another query, from its first page."""
        return replace(self, **{"after": "", "before": "", **values})  # type: ignore[arg-type]

    @property
    def here(self) -> Query:
        """The query of a list, wherever one is in it."""
        return self.but()

    @property
    def saved(self) -> Query:
        """What a saved filter keeps: not the words, which may be a claim's number, and no page."""
        return self.but(words="")

    @property
    def sorted_by(self) -> str:
        return self.sort.removeprefix("-")

    def turned(self, sort: str) -> Query:
        """Sorted by something; the other way round where it is already."""
        return self.but(sort=f"-{sort}" if self.sort == sort else sort)

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of what is asked for beside what is shown anyway."""
        return tuple(name for name in self._other() if name not in {"sort", "after", "before"})


_CLOSED = {
    "state": {state.value for state in LineState},
    "work": {work.value for work in WorkState},
    "severity": {severity.value for severity in Severity},
    "sort": {*SORTS, *(f"-{sort}" for sort in SORTS)},
}


def read(given: Mapping[str, str]) -> Query:
    """The query of an address. What is not understood is left as it is anyway."""
    found: dict[str, str | int] = {}
    for one in fields(Query):
        text = given.get(one.name, "").strip()
        if not text or len(text) > _LONGEST or not text.isprintable():
            continue
        value = "" if text == ANY and one.name != "sort" else text
        if one.name in _NUMBERS:
            if value.isascii() and value.isdigit() and len(value) < 6:
                found[one.name] = int(value)
        elif not value or one.name not in _CLOSED or value in _CLOSED[one.name]:
            found[one.name] = value
    return Query(**found)  # type: ignore[arg-type]
