"""People as whoever looks after them sees them: who may come, who is locked out, who was here, what speaks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from claimwright.desk.people import folded
from claimwright.desk.tables import Link, Person, Token, Trail, Visit
from claimwright.desk.visits import IDLE


@dataclass(frozen=True)
class Standing:
    """A person, and how they stand. `seen` is when they last signed in or looked at a page."""

    person: Person
    state: str
    seen: datetime | None = None
    browsers: int = 0
    tokens: int = 0
    link_until: datetime | None = None


def standings(session: Session, now: datetime, person: str | None = None) -> list[Standing]:
    """All people, or one, by name: those who may come first."""
    wanted = select(Person).order_by(Person.active.desc(), Person.folded)
    if person is not None:
        wanted = wanted.where(Person.id == person)
    there = (Visit.ends_at > now, Visit.seen_at > now - IDLE)
    browsers = _by(session, select(Visit.person_id, func.count()).where(*there).group_by(Visit.person_id))
    looked = _by(session, select(Visit.person_id, func.max(Visit.seen_at)).group_by(Visit.person_id))
    in_force = (Token.revoked_at.is_(None), Token.ends_at > now)
    tokens = _by(session, select(Token.person_id, func.count()).where(*in_force).group_by(Token.person_id))
    waiting = (Link.used_at.is_(None), Link.ends_at > now)
    links = _by(session, select(Link.person_id, func.max(Link.ends_at)).where(*waiting).group_by(Link.person_id))
    whom = Trail.detail["person"].as_string()
    came = _by(session, select(whom, func.max(Trail.at)).where(Trail.action == "signed in").group_by(whom))
    return [
        Standing(
            one,
            _state(one, now),
            max((at for at in (looked.get(one.id), came.get(one.id)) if at is not None), default=None),
            browsers.get(one.id, 0),
            tokens.get(one.id, 0),
            links.get(one.id),
        )
        for one in session.scalars(wanted)
    ]


def named(session: Session, name: str) -> Person | None:
    """The person of a name, written in any case."""
    return session.scalar(select(Person).where(Person.folded == folded(name)))


def _state(person: Person, now: datetime) -> str:
    if not person.active:
        return "deactivated"
    if person.password is None:
        return "no password yet"
    return "locked" if person.locked_until is not None and person.locked_until > now else "active"


def _by(session: Session, wanted: Select[Any, Any]) -> dict[str, Any]:
    return {row[0]: row[1] for row in session.execute(wanted)}
