"""Who calls: a program with a token. What a route needs stands in its signature."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from claimwright.api.problems import RefusedError
from claimwright.desk import visits
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Actor, Right

_TOKEN = HTTPBearer(auto_error=False, description="A token made under Tokens in the web application.")


def desk_of(request: Request) -> Desk:
    found = request.app.state.desk
    assert isinstance(found, Desk)
    return found


TheDesk = Annotated[Desk, Depends(desk_of)]


def caller(desk: TheDesk, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_TOKEN)]) -> Actor:
    """Raises RefusedError with 401."""
    if given is not None:
        with desk.database.reading() as session:
            actor = visits.bearer(session, desk.now(), given.credentials)
        if actor is not None:
            return actor
    error = RefusedError(HTTPStatus.UNAUTHORIZED, "send a token that is in force: Authorization: Bearer cw_…")
    error.headers["WWW-Authenticate"] = "Bearer"
    raise error


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
