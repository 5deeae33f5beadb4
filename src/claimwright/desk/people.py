"""People, their passwords, and the links by which a password is first set."""

from __future__ import annotations

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from claimwright.desk import trail
from claimwright.desk.rights import RIGHTS, Actor
from claimwright.desk.secrets import hashed, new_secret
from claimwright.desk.tables import Link, Person, Role, Visit

_HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106's second choice
_NOBODY = _HASHER.hash(new_secret())  # what a name that does not exist is compared with, in the same time
SHORTEST = 12  # characters of a password, NIST SP 800-63B asks for eight at least
_LONGEST = 1024
TRIES = 5  # wrong passwords before a name is locked
_LOCKED = timedelta(minutes=15)
_LINK = timedelta(hours=24)


class RefusedError(ValueError):
    """What was asked for is not possible; the message says why and what to do."""


def actor_of(person: Person) -> Actor:
    return Actor(person.id, person.name, Role(person.role), RIGHTS[Role(person.role)])


def added(session: Session, now: datetime, by: str, name: str, role: Role) -> tuple[Person, str]:
    """A new person, and the secret of a link that sets their password. Raises RefusedError."""
    name = _free(session, name)
    person = Person(name=name, folded=name.casefold(), role=role, made_at=now)
    session.add(person)
    session.flush()
    trail.record(session, now, by, "person added", detail={"person": person.id, "role": role.value})
    return person, link(session, now, person)


def _free(session: Session, name: str) -> str:
    """A name as it is kept, if nobody else has it. Raises RefusedError."""
    name = " ".join(name.split())
    if not name or len(name) > 80 or not name.isprintable():
        raise RefusedError("a name has 1 to 80 printable characters")
    if session.scalar(select(Person).where(Person.folded == name.casefold())):
        raise RefusedError("this name is taken; choose another")
    return name


def renamed(session: Session, now: datetime, person: Person, name: str) -> None:
    """Another name for a person; the trail keeps the earlier one where it stood. Raises RefusedError."""
    if " ".join(name.split()).casefold() == person.folded:
        return
    before, person.name = person.name, _free(session, name)
    person.folded = person.name.casefold()
    trail.record(session, now, before, "person renamed", detail={"person": person.id})


def link(session: Session, now: datetime, person: Person) -> str:
    """The secret of a link that is good once, for a day. Earlier links of the person end."""
    session.execute(delete(Link).where(Link.person_id == person.id, Link.used_at.is_(None)))
    secret = new_secret()
    session.add(Link(hash=hashed(secret), person_id=person.id, ends_at=now + _LINK))
    return secret


def linked(session: Session, now: datetime, secret: str) -> Person | None:
    """Whose link this is, while it is good."""
    found = session.get(Link, hashed(secret))
    if found is None or found.used_at is not None or found.ends_at <= now:
        return None
    person = session.get(Person, found.person_id)
    return person if person is not None and person.active else None


def password_set(session: Session, now: datetime, secret: str, password: str, again: str) -> Person:
    """Use a link: the person's password from now on, and every browser of theirs is signed out. Raises RefusedError."""
    if password != again:
        raise RefusedError("the two are not the same; type the password twice")
    person = linked(session, now, secret)
    if person is None:
        raise RefusedError("this link was used or has ended; ask an admin for another")
    person.password = _hash(person, password)
    person.failures, person.locked_until = 0, None
    used = session.get_one(Link, hashed(secret))
    used.used_at = now
    session.execute(delete(Visit).where(Visit.person_id == person.id))
    trail.record(session, now, person.name, "password set", detail={"person": person.id})
    return person


def _hash(person: Person, password: str) -> str:
    if not SHORTEST <= len(password) <= _LONGEST:
        raise RefusedError(f"a password has {SHORTEST} to {_LONGEST} characters; several words make a good one")
    if person.folded in password.casefold() or len(set(password)) < 5:
        raise RefusedError("this password is too easy to guess; several words make a good one")
    return _HASHER.hash(password)


def signed_in(session: Session, now: datetime, name: str, password: str) -> Person | None:
    """The person of a name, if the password is theirs and they are not locked out.

    Each wrong password counts, whoever sends it; after TRIES the name is locked for a quarter of an hour.
    """
    person = session.scalar(select(Person).where(Person.folded == " ".join(name.split()).casefold()))
    right = _fits(person.password if person and person.password else _NOBODY, password[:_LONGEST])
    if person is None or not person.active or person.password is None:
        return None
    if person.locked_until is not None and person.locked_until > now:
        trail.record(session, now, person.name, "sign-in refused", detail={"person": person.id, "why": "locked"})
        return None
    if not right:
        person.failures += 1
        if person.failures >= TRIES:
            person.failures, person.locked_until = 0, now + _LOCKED
        locked = {"locked": True} if person.locked_until and person.locked_until > now else {}
        trail.record(session, now, person.name, "sign-in failed", detail={"person": person.id, **locked})
        return None
    if _HASHER.check_needs_rehash(person.password):
        person.password = _HASHER.hash(password)
    person.failures, person.locked_until = 0, None
    trail.record(session, now, person.name, "signed in", detail={"person": person.id})
    return person


def _fits(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def changed(
    session: Session, now: datetime, by: Actor, person: Person, *, role: Role | None = None, active: bool | None = None
) -> None:
    """Another role, or no more access. The last admin stays one. Raises RefusedError."""
    loses = person.role == Role.ADMIN and (active is False or role not in {None, Role.ADMIN})
    admins = select(func.count()).select_from(Person).where(Person.role == Role.ADMIN, Person.active)
    if loses and person.active and session.scalar(admins) == 1:
        raise RefusedError("this is the last admin; make somebody else one first")
    if role is not None:
        person.role = role
    if active is not None:
        person.active = active
    session.execute(delete(Visit).where(Visit.person_id == person.id))
    told = {"person": person.id, "role": Role(person.role).value, "active": person.active}
    trail.record(session, now, by.name, "person changed", detail=told)


def first_link(session: Session, now: datetime) -> str | None:
    """While no admin has a password: the secret of a link for one."""
    ready = select(Person).where(Person.role == Role.ADMIN, Person.active, Person.password.is_not(None))
    if session.scalar(ready.limit(1)) is not None:
        return None
    waiting = session.scalar(select(Person).where(Person.role == Role.ADMIN, Person.active).limit(1))
    return link(session, now, waiting) if waiting else added(session, now, "claimwright", "admin", Role.ADMIN)[1]
