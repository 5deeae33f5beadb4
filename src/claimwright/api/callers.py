"""Who calls: a program with a token. What a route needs stands in its signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from claimwright.api.limits import Bucket, network_of
from claimwright.api.problems import RefusedError
from claimwright.desk import visits
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Actor, Right
from claimwright.desk.secrets import hashed

_TOKEN = HTTPBearer(auto_error=False, description="A token made under Tokens in the web application.")
_WAIT = "60"  # seconds


@dataclass(frozen=True, repr=False)  # secrets have no place in a message
class Callers:
    """Tokens and how often they may be used. `wrong` counts by address, `calls` by token; both per process.

    The limit on calls is far above what one program needs: it stops one that runs wild, so that others are answered.
    """

    desk: Desk
    wrong: Bucket = field(default_factory=lambda: Bucket(size=300, seconds=60))
    calls: Bucket = field(default_factory=lambda: Bucket(size=180_000, seconds=60))

    def actor(self, secret: str, address: str, right: Right | None = None) -> Actor:
        """For whom a token speaks. Raises RefusedError with 401, 403 or 429."""
        now = self.desk.now()
        with self.desk.database.reading() as session:
            found = visits.bearer(session, now, secret) if secret else None
        return self._let_in(found, secret, address, right, now)

    def refusals(self, given: Sequence[tuple[str, str]], right: Right) -> list[RefusedError | None]:
        """Who of several may not ask, and why; each token is looked up once."""
        now = self.desk.now()
        with self.desk.database.reading() as session:
            actors = {secret: visits.bearer(session, now, secret) for secret in {secret for secret, _ in given}}
        return [self._refusal(actors[secret], secret, address, right, now) for secret, address in given]

    def _refusal(
        self, actor: Actor | None, secret: str, address: str, right: Right, now: datetime
    ) -> RefusedError | None:
        try:
            self._let_in(actor, secret, address, right, now)
        except RefusedError as error:
            return error
        return None

    def _let_in(self, actor: Actor | None, secret: str, address: str, right: Right | None, now: datetime) -> Actor:
        if actor is None:
            if secret and not self.wrong.lets(address, now):
                raise _too_often("too many calls with wrong tokens from this address; wait a minute")
            error = RefusedError(HTTPStatus.UNAUTHORIZED, "send a token that is in force: Authorization: Bearer cw_…")
            error.headers["WWW-Authenticate"] = "Bearer"
            raise error
        if not self.calls.lets(hashed(secret), now):
            raise _too_often("too many calls with this token; wait a minute")
        if right is not None and not actor.may(right):
            raise RefusedError(HTTPStatus.FORBIDDEN, f"this token lacks the scope {right.value!r}")
        return actor


def _too_often(detail: str) -> RefusedError:
    error = RefusedError(HTTPStatus.TOO_MANY_REQUESTS, detail)
    error.headers["Retry-After"] = _WAIT
    return error


def callers_of(request: Request) -> Callers:
    found = request.app.state.callers
    assert isinstance(found, Callers)
    return found


def desk_of(request: Request) -> Desk:
    found = request.app.state.desk
    assert isinstance(found, Desk)
    return found


TheDesk = Annotated[Desk, Depends(desk_of)]


def address_of(request: Request) -> str:
    return network_of(request.client.host) if request.client else ""


def caller(
    request: Request,
    callers: Annotated[Callers, Depends(callers_of)],
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_TOKEN)],
) -> Actor:
    """Raises RefusedError with 401 or 429."""
    return callers.actor(given.credentials if given else "", address_of(request))


class Needing:
    """A dependency that lets a caller with a right through, and refuses others with 403."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, actor: Annotated[Actor, Depends(caller)]) -> Actor:
        if not actor.may(self.right):
            raise RefusedError(HTTPStatus.FORBIDDEN, f"this token lacks the scope {self.right.value!r}")
        return actor


Reader = Annotated[Actor, Depends(Needing(Right.READ))]
Checker = Annotated[Actor, Depends(Needing(Right.CHECK))]
Worker = Annotated[Actor, Depends(Needing(Right.WORK))]
