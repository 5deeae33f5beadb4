"""Filters that people save, and the words they search for, which stand in no address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claimwright.desk import trail
from claimwright.desk.list_query import Query
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import Actor, Right
from claimwright.desk.tables import Person, SavedFilter, is_id

_SEARCHES = 20  # of a person; the next one ends an old one
_FILTERS = 50


def saved(session: Session, now: datetime, actor: Actor, *, name: str, query: Query, shared: bool) -> SavedFilter:
    """Keep a query under a name, which of one's own it replaces. Raises RefusedError."""
    name = " ".join(name.split())
    if not name or len(name) > 80 or not name.isprintable():
        raise RefusedError("a filter's name has 1 to 80 printable characters")
    if shared and not actor.may(Right.WORK):
        raise RefusedError("your role cannot share a filter; save it for yourself")
    mine = session.scalars(select(SavedFilter).where(SavedFilter.person_id == actor.id, SavedFilter.name != "")).all()
    kept = next((one for one in mine if one.name.casefold() == name.casefold()), None)
    if kept is None:
        if len(mine) >= _FILTERS:
            raise RefusedError(f"you have {_FILTERS} filters; delete one first")
        kept = SavedFilter(person_id=actor.id)
        session.add(kept)
    kept.name, kept.query, kept.shared = name, query.saved.address, shared
    session.flush()
    trail.record(session, now, actor.name, "filter saved", detail={"filter": kept.id, "shared": shared})
    return kept


def deleted(session: Session, now: datetime, actor: Actor, id_: str) -> None:
    """Delete a filter of one's own; an admin may delete one that is shared. Raises RefusedError."""
    kept = session.get(SavedFilter, id_) if is_id(id_) else None
    theirs = kept is not None and (kept.person_id == actor.id or (kept.shared and actor.may(Right.ADMIN)))
    if kept is None or not kept.name or not theirs:
        raise RefusedError("there is no such filter of yours")
    session.delete(kept)
    trail.record(session, now, actor.name, "filter deleted", detail={"filter": kept.id})


def filters(session: Session, actor: Actor) -> list[tuple[SavedFilter, str]]:
    """One's own filters and those that others share, by name, with whose they are."""
    wanted = (
        select(SavedFilter, Person.name)
        .join(Person, Person.id == SavedFilter.person_id)
        .where(SavedFilter.name != "", (SavedFilter.person_id == actor.id) | SavedFilter.shared)
        .order_by(SavedFilter.shared, SavedFilter.name)
    )
    return [(kept, name) for kept, name in session.execute(wanted)]


def search(session: Session, actor: Actor, words: str) -> str:
    """Keep searched words under an id for an address; empty where there are none. Raises RefusedError."""
    words = " ".join(words.split())
    if not words:
        return ""
    if len(words) > 80 or not words.isprintable():
        raise RefusedError("search for 1 to 80 printable characters of a claim’s number")
    mine = select(SavedFilter).where(SavedFilter.person_id == actor.id, SavedFilter.name == "")
    earlier = list(session.scalars(mine))
    for one in earlier:
        if one.query == words:
            return one.id
    for one in earlier[: max(len(earlier) - _SEARCHES + 1, 0)]:
        session.delete(one)
    kept = SavedFilter(person_id=actor.id, name="", query=words)
    session.add(kept)
    session.flush()
    return kept.id
