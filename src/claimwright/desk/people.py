"""People, their passwords, and the links by which a password is first set."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from claimwright.desk import trail
from claimwright.desk.rights import RIGHTS, Actor
from claimwright.desk.secrets import hashed, new_secret
from claimwright.desk.tables import Link, Person, Role, Token, Visit

_HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106's second choice
_NOBODY = _HASHER.hash(new_secret())  # what a name that does not exist is compared with, in the same time
SHORTEST = 12  # characters of a password, NIST SP 800-63B asks for eight at least
_LONGEST = 1024
TRIES = 5  # wrong passwords before a name is locked
_LOCKED = timedelta(minutes=15)
_LINK = timedelta(hours=24)


class RefusedError(ValueError):
    """What was asked for is not possible; the message says why and what to do."""


def folded(name: str) -> str:
    """A name without regard to case, spaces and the ways in which a letter can be coded, as `Person.folded` has it."""
    seen = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFKC", name))
    return unicodedata.normalize("NFKC", " ".join(seen.split()).casefold())


def actor_of(person: Person) -> Actor:
    return Actor(person.id, person.name, Role(person.role), RIGHTS[Role(person.role)])


def added(session: Session, now: datetime, by: str, name: str, role: Role) -> tuple[Person, str]:
    """A new person, and the secret of a link that sets their password. Raises RefusedError."""
    name = _free(session, name)
    person = Person(name=name, folded=folded(name), role=role, made_at=now)
    session.add(person)
    session.flush()
    trail.record(session, now, by, "person added", detail={"person": person.id, "role": role.value})
    return person, link(session, now, person)


def _free(session: Session, name: str) -> str:
    """A name as it is kept, if nobody else has it. Raises RefusedError."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not name or len(name) > 80 or not name.isprintable():
        raise RefusedError("a name has 1 to 80 printable characters")
    if trail.is_reserved(name):
        raise RefusedError("the trail uses this name for what no person does; choose another")
    if session.scalar(select(Person).where(Person.folded == folded(name))):
        raise RefusedError("this name is taken; choose another")
    return name


def renamed(session: Session, now: datetime, person: Person, name: str) -> None:
    """Another name for a person; the trail keeps the earlier one where it stood. Raises RefusedError."""
    if folded(name) == person.folded:
        return
    before, person.name = person.name, _free(session, name)
    person.folded = folded(person.name)
    trail.record(session, now, before, "person renamed", detail={"person": person.id})


def link(session: Session, now: datetime, person: Person) -> str:
    """The secret of a link that is good once, for a day. Earlier links of the person end."""
    _links_end(session, person)
    secret = new_secret()
    session.add(Link(hash=hashed(secret), person_id=person.id, ends_at=now + _LINK))
    return secret


def _links_end(session: Session, person: Person) -> None:
    session.execute(delete(Link).where(Link.person_id == person.id, Link.used_at.is_(None)))


def link_made(session: Session, now: datetime, by: str, person: Person) -> str:
    """A link for whoever has no password or forgot it; the present one works until the link is used.

    Raises RefusedError.
    """
    _may_come(person)
    trail.record(session, now, by, "link made", detail={"person": person.id})
    return link(session, now, person)


def reset(session: Session, now: datetime, by: str, person: Person) -> str:
    """A link, and an end to the password at once: every browser of the person is signed out. Tokens stay.

    Raises RefusedError.
    """
    _may_come(person)
    person.password, person.failures, person.locked_until = None, 0, None
    session.execute(delete(Visit).where(Visit.person_id == person.id))
    trail.record(session, now, by, "password reset", detail={"person": person.id})
    return link(session, now, person)


def _may_come(person: Person) -> None:
    if not person.active:
        raise RefusedError("this person is deactivated; let them in again first")


def unlocked(session: Session, now: datetime, by: str, person: Person) -> None:
    """No more waiting after wrong passwords."""
    if person.failures or person.locked_until is not None:
        person.failures, person.locked_until = 0, None
        trail.record(session, now, by, "person unlocked", detail={"person": person.id})


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
    session.get(Link, hashed(secret), with_for_update=True)  # of two who use it at one time, one does
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
    person = session.scalar(select(Person).where(Person.folded == folded(name)))
    right = _fits(person.password if person and person.password else _NOBODY, password[:_LONGEST])
    if person is None or not person.active or person.password is None:
        # told without the name, which may be a password in the wrong field; and it takes as long as any other
        trail.record(session, now, trail.SERVER, "sign-in failed", detail={"why": "nobody of this name may come"})
        return None
    if not _counted(session, now, person, "sign-in", right=right):
        return None
    if _HASHER.check_needs_rehash(person.password):
        person.password = _HASHER.hash(password)
    trail.record(session, now, person.name, "signed in", detail={"person": person.id})
    return person


def confirmed(session: Session, now: datetime, actor: Actor, password: str) -> bool:
    """Whether whoever sits before a signed-in browser knows its person's password. Wrong ones count as at sign-in."""
    person = session.get_one(Person, actor.id)
    right = _fits(person.password or _NOBODY, password[:_LONGEST])
    return _counted(session, now, person, "confirmation", right=right)


def _counted(session: Session, now: datetime, person: Person, what: str, *, right: bool) -> bool:
    """Whether a right password lets somebody in now; a wrong one is counted."""
    session.refresh(person, with_for_update=True)  # two wrong ones at one time are two
    if person.locked_until is not None and person.locked_until > now:
        trail.record(session, now, person.name, f"{what} refused", detail={"person": person.id, "why": "locked"})
        return False
    if not right:
        person.failures += 1
        if person.failures >= TRIES:
            person.failures, person.locked_until = 0, now + _LOCKED
        locked = {"locked": True} if person.locked_until and person.locked_until > now else {}
        trail.record(session, now, person.name, f"{what} failed", detail={"person": person.id, **locked})
        return False
    person.failures, person.locked_until = 0, None
    return True


def _fits(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def password_changed(session: Session, now: datetime, actor: Actor, password: str, again: str) -> Person:
    """Another password of one's own, after `confirmed`.

    Every browser is signed out, this one too: somebody may have taken its cookie. Raises RefusedError.
    """
    if password != again:
        raise RefusedError("the two are not the same; type the new password twice")
    person = session.get_one(Person, actor.id)
    person.password = _hash(person, password)
    _links_end(session, person)
    session.execute(delete(Visit).where(Visit.person_id == person.id))
    trail.record(session, now, person.name, "password changed", detail={"person": person.id})
    return person


def changed(
    session: Session, now: datetime, by: str, person: Person, *, role: Role | None = None, active: bool | None = None
) -> None:
    """Another role, or no more access: tokens and links of who is deactivated end for good.

    An admin who can sign in is always left. Raises RefusedError.
    """
    # locked in one order, so that of two admins who demote each other one is refused
    others = session.scalars(
        select(Person.id)
        .where(Person.role == Role.ADMIN, Person.active, Person.password.is_not(None))
        .order_by(Person.id)
        .with_for_update()
    ).all()
    session.refresh(person)
    wanted = (person.role if role is None else role, person.active if active is None else active)
    if wanted == (person.role, person.active):
        return
    was_admin = person.role == Role.ADMIN and person.active
    if was_admin and wanted != (Role.ADMIN, True) and not set(others) - {person.id}:
        raise RefusedError("this is the last admin; make somebody else one first")
    person.role, person.active = wanted
    if not person.active:
        _links_end(session, person)
        in_force = (Token.person_id == person.id, Token.revoked_at.is_(None))
        session.execute(update(Token).where(*in_force).values(revoked_at=now))
    session.execute(delete(Visit).where(Visit.person_id == person.id))
    told = {"person": person.id, "role": Role(person.role).value, "active": person.active}
    trail.record(session, now, by, "person changed", detail=told)


def first_link(session: Session, now: datetime) -> str | None:
    """While no admin has a password: the secret of a link for one."""
    ready = select(Person).where(Person.role == Role.ADMIN, Person.active, Person.password.is_not(None))
    if session.scalar(ready.limit(1)) is not None:
        return None
    waiting = session.scalar(select(Person).where(Person.role == Role.ADMIN, Person.active).limit(1))
    return link(session, now, waiting) if waiting else added(session, now, trail.SERVER, "admin", Role.ADMIN)[1]
