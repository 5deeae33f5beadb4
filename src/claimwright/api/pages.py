"""Lists a page at a time: what a list takes, and how it is cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeVar

from fastapi import Query

T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.", examples=[50])]
Cursor = Annotated[
    str | None, Query(max_length=200, description="`next` of the page before: goes on after it.", examples=[None])
]


def cut(ordered: Iterable[tuple[str, T]], limit: int, cursor: str | None) -> tuple[list[T], str | None]:
    """The page after a name, of what is in the order of its names; and the name to go on after, None at the end."""
    after = [(name, one) for name, one in ordered if cursor is None or name > cursor]
    return [one for _, one in after[:limit]], after[limit - 1][0] if len(after) > limit else None
