"""Browsers that are signed in, and programs that hold a token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Result, delete, select, update
from sqlalchemy.orm import Session

from claimwright.desk import trail
from claimwright.desk.people import RefusedError, actor_of
from claimwright.desk.rights import Actor, Right
from claimwright.desk.secrets import hashed, new_secret
from claimwright.desk.tables import Person, Token, Visit

IDLE = timedelta(minutes=30)  # HIPAA asks for automatic logoff (45 CFR 164.312(a)(2)(iii)) and names no time
LONGEST = timedelta(hours=12)
_SEEN = timedelta(minutes=1)  # how exactly the last look of a browser is kept
PREFIX = "cw_"


@dataclass(frozen=True)
class Browser:
    """A signed-in browser: who it is, and the word its forms must carry."""

    actor: Actor
    csrf: str


def begun(session: Session, now: datetime, person: Person) -> str:
    """Sign a browser in; what its cookie holds."""
    session.execute(delete(Visit).where(Visit.ends_at <= now))
    secret = new_secret()
    session.add(
        Visit(
            hash=hashed(secret),
            person_id=person.id,
            csrf=new_secret(),
            begun_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
        )
    )
    return secret


def browser(session: Session, now: datetime, cookie: str) -> Browser | None:
    """Whose cookie this is, while it is good."""
    visit = session.get(Visit, hashed(cookie))
    if visit is None or visit.ends_at <= now or visit.seen_at + IDLE <= now:
        return None
    person = session.get(Person, visit.person_id)
    return Browser(actor_of(person), visit.csrf) if person is not None and person.active else None


def needs_noting(session: Session, now: datetime, cookie: str) -> bool:
    """Whether the last look of this browser is so long ago that it should be written down."""
    visit = session.get(Visit, hashed(cookie))
    return visit is not None and visit.seen_at + _SEEN <= now


def noted(session: Session, now: datetime, cookie: str) -> None:
    visit = session.get(Visit, hashed(cookie))
    if visit is not None:
        visit.seen_at = now


def ended(session: Session, now: datetime, cookie: str) -> None:
    """Sign a browser out."""
    visit = session.get(Visit, hashed(cookie))
    if visit is not None:
        person = session.get(Person, visit.person_id)
        session.delete(visit)
        trail.record(session, now, person.name if person else "", "signed out", detail={"person": visit.person_id})


def of_person(session: Session, now: datetime, person: str) -> list[Visit]:
    """The browsers in which a person is signed in, the latest look first."""
    there = (Visit.person_id == person, Visit.ends_at > now, Visit.seen_at > now - IDLE)
    return list(session.scalars(select(Visit).where(*there).order_by(Visit.seen_at.desc(), Visit.hash)))


def handle(visit: Visit) -> str:
    """What names a browser in a form: enough of its hash to find it, nothing by which to be it."""
    return visit.hash[:24]


def one_ended(session: Session, now: datetime, actor: Actor, named: str) -> None:
    """Sign out one of a person's own browsers, if it is one."""
    for visit in session.scalars(select(Visit).where(Visit.person_id == actor.id)):
        if handle(visit) == named:
            session.delete(visit)
            trail.record(session, now, actor.name, "browser signed out", detail={"person": actor.id})


def all_ended(session: Session, now: datetime, by: str, person: str, *, but: str = "") -> None:
    """Sign a person out everywhere, but in the browser of one cookie."""
    ended_ = session.execute(delete(Visit).where(Visit.person_id == person, Visit.hash != hashed(but)))
    trail.record(session, now, by, "signed out everywhere", detail={"person": person, "browsers": _many(ended_)})


def _many(result: Result[Any]) -> int:
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


def tokens_of(session: Session, person: str) -> list[Token]:
    """A person's tokens, the newest first; those that were revoked last."""
    order = (Token.revoked_at.is_not(None), Token.made_at.desc(), Token.id)
    return list(session.scalars(select(Token).where(Token.person_id == person).order_by(*order)))


def token_of(session: Session, actor: Actor, identity: str) -> Token | None:
    """One of a person's own tokens."""
    return session.scalar(select(Token).where(Token.id == identity, Token.person_id == actor.id))


def all_revoked(session: Session, now: datetime, by: str, person: str) -> None:
    """No program speaks for this person any more."""
    in_force = (Token.person_id == person, Token.revoked_at.is_(None), Token.ends_at > now)
    many = _many(session.execute(update(Token).where(*in_force).values(revoked_at=now)))
    trail.record(session, now, by, "tokens revoked", detail={"person": person, "tokens": many})


def token_made(
    session: Session, now: datetime, actor: Actor, *, name: str, scopes: Iterable[Right], days: int
) -> tuple[Token, str]:
    """A token for a program that acts for a person, and its secret, which is shown once. Raises RefusedError."""
    wanted = sorted(set(scopes))
    name = " ".join(name.split())
    if not name or len(name) > 80 or not name.isprintable():
        raise RefusedError("a token's name has 1 to 80 printable characters")
    if not wanted or not set(wanted) <= actor.rights:
        raise RefusedError("a token may do what you may do, and at least one thing of it")
    if not 1 <= days <= 366:
        raise RefusedError("a token lasts from 1 to 366 days")
    secret = new_secret(PREFIX)
    token = Token(
        hash=hashed(secret),
        person_id=actor.id,
        name=name,
        scopes=[scope.value for scope in wanted],
        made_at=now,
        ends_at=now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    told = {"token": token.id, "scopes": token.scopes, "days": days}
    trail.record(session, now, actor.name, "token made", detail=told)
    return token, secret


def bearer(session: Session, now: datetime, secret: str) -> Actor | None:
    """For whom a token speaks: never more than the person may do today."""
    token = session.scalar(select(Token).where(Token.hash == hashed(secret)))
    if token is None or token.revoked_at is not None or token.ends_at <= now:
        return None
    person = session.get(Person, token.person_id)
    if person is None or not person.active:
        return None
    actor = actor_of(person)
    return replace(actor, rights=actor.rights & {Right(scope) for scope in token.scopes})


def revoked(session: Session, now: datetime, actor: Actor, token: Token) -> None:
    if token.revoked_at is None:
        token.revoked_at = now
        trail.record(session, now, actor.name, "token revoked", detail={"token": token.id})
