"""What this service is, for a program that calls it for the first time."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter
from pydantic import BaseModel

from claimwright.api.callers import Reader, TheDesk
from claimwright.api.problems import responses

router = APIRouter(tags=["service"])


class About(BaseModel):
    """The version, how many policies are loaded, and what the token may do."""

    claimwright: str
    policies: int
    scopes: list[str]


@router.get("/about", responses=responses(401, 403))
def about(desk: TheDesk, actor: Reader) -> About:
    """The version that answers and the scopes of the token."""
    return About(
        claimwright=version("claimwright"),
        policies=len(desk.engine.library.policies),
        scopes=sorted(right.value for right in actor.rights),
    )
