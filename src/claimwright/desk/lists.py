"""The lines to work: filtered, sorted, a page at a time, and counted by what they can be filtered by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from claimwright.desk.list_query import ME, NOBODY, Query
from claimwright.desk.tables import Batch, Mark, Person, SavedFilter, WorkLine
from claimwright.lines.answers import Severity

PAGE = 100
_MOST = 60  # values of a facet
_LAST_DAY = date(9999, 12, 31)  # where a line without a day stands among others
_Term = tuple[Any, bool]  # what to sort by, and whether the greatest is first


@dataclass(frozen=True)
class Asker:
    """Who looks, and when: `me`, `older` and assignments that ran out depend on it."""

    person: str
    now: datetime


@dataclass(frozen=True, repr=False)
class Listed:
    """A line as a list shows it. `assigned` is a name, empty where it is nobody's by now."""

    id: str
    version: int
    batch_id: str
    claim: str
    line: int | None
    initials: str
    service: date | None
    age: int | None  # days since the service
    payer: str
    provider: str
    procedure: str
    modifiers: str
    charge: Decimal | None
    at_risk: Decimal | None
    state: str
    severity: int
    finding: str
    clause: str
    work: str
    why: str
    assigned_to: str | None
    assigned: str


_MARKED = ("finding", "clause")  # of any finding that a line carries
_WORKED_OUT = {"age", "assigned_to", "assigned"}


@dataclass(frozen=True, repr=False)
class Page:
    """`earlier` and `later`: whether there are lines before and after those of this page."""

    lines: tuple[Listed, ...]
    total: int
    earlier: bool
    later: bool


@dataclass(frozen=True)
class Counted:
    """A value that a list can be filtered by, and how many lines there are then."""

    value: str
    words: str
    lines: int


_RISK = func.coalesce(type_coerce(WorkLine.at_risk, BigInteger), -1)
_CHARGE = func.coalesce(type_coerce(WorkLine.charge, BigInteger), -1)
_SERVICE = func.coalesce(WorkLine.service, _LAST_DAY)
_NUMBER = func.coalesce(WorkLine.line, 0)
_SORTS: Mapping[str, tuple[_Term, ...]] = {
    "severity": ((WorkLine.severity, False),),
    "risk": ((_RISK, True),),
    "charge": ((_CHARGE, True),),
    "payer": ((WorkLine.payer, False),),
    "provider": ((WorkLine.provider, False),),
    "service": ((_SERVICE, False),),
    "claim": ((WorkLine.claim, False), (_NUMBER, False)),
    "clause": ((WorkLine.clause, False),),
    "status": ((WorkLine.work, False), (WorkLine.state, False)),
}
_THEN: tuple[_Term, ...] = (
    (WorkLine.severity, False),
    (_RISK, True),
    (_CHARGE, True),
    (WorkLine.id, False),
)


def _order(query: Query, now: datetime) -> tuple[_Term, ...]:
    first = ((_name_of(now), False),) if query.sorted_by == "assigned" else _SORTS[query.sorted_by]
    if query.sort.startswith("-"):
        first = tuple((term, not greatest) for term, greatest in first)
    named = {id(term) for term, _ in first}
    return (*first, *((term, greatest) for term, greatest in _THEN if id(term) not in named))


def _held_by(now: datetime) -> ColumnElement[Any]:
    """Whose a line is: an assignment that ran out is nobody's."""
    return case((WorkLine.assigned_until > now, WorkLine.assigned_to), else_=None)


def _name_of(now: datetime) -> ColumnElement[Any]:
    """The name of whoever has a line; nobody's come after all names."""
    name = select(Person.folded).where(Person.id == _held_by(now)).scalar_subquery()
    return func.coalesce(name, "\U0010ffff")


def _conditions(session: Session, query: Query, asker: Asker, but: str = "") -> list[ColumnElement[bool]]:
    """What lines of a query meet, one of its fields left out."""
    found: list[ColumnElement[bool]] = []
    for name in ("batch", "state", "work", "payer", "provider", "procedure"):
        value = getattr(query, name)
        if value and name != but:
            found.append(getattr(WorkLine, "batch_id" if name == "batch" else name) == value)
    if query.severity and but != "severity":
        found.append(WorkLine.severity == Severity(query.severity).order)
    asked = [getattr(Mark, name) == getattr(query, name) for name in _MARKED if getattr(query, name) and name != but]
    if asked:
        found.append(WorkLine.id.in_(select(Mark.line_id).where(*asked)))
    if query.assigned and but != "assigned":
        found.append(_assigned(query.assigned, asker))
    if query.older and but != "older":
        found.append(WorkLine.service <= asker.now.date() - timedelta(days=query.older))
    if query.dollars:
        cents = query.dollars * 100
        found.append(cents <= _CHARGE)
    if query.words:
        found.append(_says(searched(session, asker.person, query.words)))
    return found


def _assigned(to: str, asker: Asker) -> ColumnElement[bool]:
    if to == NOBODY:
        return _held_by(asker.now).is_(None)
    return and_(WorkLine.assigned_to == (asker.person if to == ME else to), WorkLine.assigned_until > asker.now)


def _says(words: str) -> ColumnElement[bool]:
    """Lines of claims whose number has these words in it; none where the words are no longer kept."""
    return func.lower(WorkLine.claim).contains(words.lower(), autoescape=True) if words else WorkLine.id == ""


def searched(session: Session, person: str, words: str) -> str:
    """The words that somebody searched for, by the id in their address; another's are not shown."""
    kept = session.get(SavedFilter, words)
    return kept.query if kept is not None and kept.person_id == person and not kept.name else ""


def page(session: Session, query: Query, asker: Asker, *, size: int = PAGE) -> Page:
    """The lines of a page. One goes on from a line wherever that stands by now."""
    conditions = _conditions(session, query, asker)
    total = session.scalar(select(func.count()).select_from(WorkLine).where(*conditions)) or 0
    back = bool(query.before)
    ids = _from(session, query, asker, query.before or query.after, size + 1, back=back)
    more, ids = len(ids) > size, ids[:size]
    if back:
        ids.reverse()
    earlier, later = (more, True) if back else (bool(query.after), more)
    return Page(_listed(session, ids, asker), total, earlier and bool(ids), later)


def neighbours(session: Session, query: Query, asker: Asker, line: str) -> tuple[str | None, str | None]:
    """The line before and the line after one in a list, whether or not it is still in it."""
    found = [_from(session, query, asker, line, 1, back=back) for back in (True, False)]
    before, after = (ids[0] if ids else None for ids in found)
    return before, after


def _from(
    session: Session,
    query: Query,
    asker: Asker,
    line: str,
    many: int,
    *,
    back: bool,
) -> list[str]:
    """The ids of the next lines of a list, or of those before; only columns that an index holds are read."""
    conditions = _conditions(session, query, asker)
    order = [(term, greatest != back) for term, greatest in _order(query, asker.now)]
    wanted = select(WorkLine.id).where(*conditions)
    if line:
        here = session.execute(select(*(term for term, _ in order)).where(WorkLine.id == line)).one_or_none()
        if here is None:
            return []
        wanted = wanted.where(_past(order, tuple(here)))
    sorted_ = [term.desc() if greatest else term.asc() for term, greatest in order]
    return list(session.scalars(wanted.order_by(*sorted_).limit(many)))


def _past(order: Sequence[_Term], here: Sequence[Any]) -> ColumnElement[bool]:
    """Where a list goes on past a line: the first term decides, and where it is equal the next."""
    past: ColumnElement[bool] | None = None
    for (term, greatest), value in reversed(list(zip(order, here, strict=True))):
        beyond = term < value if greatest else term > value
        past = beyond if past is None else or_(beyond, and_(term == value, past))
    assert past is not None
    return past


def _listed(session: Session, ids: Sequence[str], asker: Asker) -> tuple[Listed, ...]:
    held = _held_by(asker.now)
    wanted = (
        select(
            *(getattr(WorkLine, name) for name in Listed.__annotations__ if name not in _WORKED_OUT),
            held.label("assigned_to"),
            Person.name.label("assigned"),
        )
        .outerjoin(Person, Person.id == held)
        .where(WorkLine.id.in_(ids))
    )
    found = {row.id: row for row in session.execute(wanted)}
    today = asker.now.date()
    return tuple(
        Listed(**{**row._asdict(), "assigned": row.assigned or "", "age": age(row.service, today)})
        for one in ids
        if (row := found.get(one)) is not None
    )


def age(service: date | None, today: date) -> int | None:
    return None if service is None else (today - service).days


def batches(session: Session, *, most: int = 100) -> list[tuple[str, str]]:
    """The newest batches that have lines: id and name."""
    wanted = select(Batch.id, Batch.name).where(Batch.lines > 0).order_by(Batch.made_at.desc()).limit(most)
    return [(row.id, row.name) for row in session.execute(wanted)]


def everything(query: Query, asker: Asker, session: Session, *, size: int = 1000) -> Select[Any]:
    """All lines of a query in its order, to be streamed."""
    order = [term.desc() if greatest else term.asc() for term, greatest in _order(query, asker.now)]
    held = _held_by(asker.now)
    columns = (getattr(WorkLine, name) for name in EXPORTED)
    wanted = select(*columns, Person.name.label("assigned"), Batch.name.label("batch"))
    joined = wanted.outerjoin(Person, Person.id == held).join(Batch, Batch.id == WorkLine.batch_id)
    return joined.where(*_conditions(session, query, asker)).order_by(*order).execution_options(yield_per=size)


EXPORTED = (
    "claim",
    "line",
    "initials",
    "service",
    "payer",
    "program",
    "provider",
    "procedure",
    "modifiers",
    "charge",
    "at_risk",
    "state",
    "severity",
    "finding",
    "clause",
    "coded",
    "documented",
    "difference",
    "work",
    "why",
)


def facets(session: Session, query: Query, asker: Asker) -> dict[str, tuple[Counted, ...]]:
    """What a list can be filtered by: each value with the lines there are if only that filter is another."""
    columns: dict[str, Any] = {
        "state": WorkLine.state,
        "work": WorkLine.work,
        "severity": WorkLine.severity,
        "payer": WorkLine.payer,
        "procedure": WorkLine.procedure,
        "provider": WorkLine.provider,
        "assigned": _held_by(asker.now),
    }
    found = {name: _counted(session, query, asker, name, column) for name, column in columns.items()}
    names = {person.id: person.name for person in session.scalars(select(Person))}
    told = {
        name: tuple(
            Counted(given, names.get(given, given), lines)
            for value, lines in rows
            if (given := _value(name, value)) is not None
        )
        for name, rows in found.items()
    }
    return {**told, **{name: _marked(session, query, asker, name) for name in _MARKED}}


def _value(name: str, value: Any) -> str | None:
    """A value as an address has it; None for a line without a finding, which no severity asks for."""
    if name == "severity":
        return list(Severity)[value].value if value < len(Severity) else None
    return NOBODY if value is None else str(value)


def _counted(session: Session, query: Query, asker: Asker, name: str, column: Any) -> list[Any]:
    lines = func.count().label("lines")
    wanted = select(column, lines).where(*_conditions(session, query, asker, name)).group_by(column)
    order = column.asc() if name == "severity" else lines.desc()
    return list(session.execute(wanted.order_by(order).limit(_MOST)))


def _marked(session: Session, query: Query, asker: Asker, name: str) -> tuple[Counted, ...]:
    """Findings or clauses by the lines that carry them, whatever else these carry."""
    lines = func.count(Mark.line_id.distinct()).label("lines")
    column = getattr(Mark, name)
    wanted = (
        select(column, lines)
        .join(WorkLine, WorkLine.id == Mark.line_id)
        .where(*_conditions(session, query, asker, name))
        .group_by(column)
        .order_by(lines.desc(), column)
        .limit(_MOST)
    )
    return tuple(Counted(value, value, many) for value, many in session.execute(wanted) if value)


def chosen(session: Session, query: Query, asker: Asker, most: int) -> list[tuple[str, int]]:
    """All lines of a list, as actions name them: id and version, `most` of them."""
    wanted = select(WorkLine.id, WorkLine.version).where(*_conditions(session, query, asker)).limit(most)
    return [(row.id, row.version) for row in session.execute(wanted)]


def named(session: Session, ids: Sequence[str], asker: Asker) -> tuple[Listed, ...]:
    """Some lines as a list shows them."""
    return _listed(session, ids, asker)
