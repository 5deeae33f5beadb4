"""Why files are not taken in, as values that every face tells in its own way."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from claimwright.desk.people import RefusedError


class Why(StrEnum):
    TOO_LARGE = "too large"
    UNSAFE = "unsafe"  # an archive that is more than it says
    NO_ROOM = "no room"
    AMISS = "amiss"  # something is missing, or cannot be read
    OTHERWISE = "otherwise"  # the same key stood for other content


class NotTakenError(RefusedError):
    """`what` is wrong and `help_` says what to do; no word of a claim or of a file's name is in either."""

    def __init__(self, why: Why, what: str, help_: str) -> None:
        super().__init__(f"{what}; {help_}")
        self.why, self.what, self.help = why, what, help_


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_full(error: OSError) -> bool:
    return error.errno in _FULL


@contextmanager
def room() -> Iterator[None]:
    """Tells of a full disk as what it is. Raises NotTakenError."""
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        raise NotTakenError(
            Why.NO_ROOM,
            "the disk of the server is full, and nothing of this was kept",
            "whoever runs the server makes room or deletes old batches; then hand the files in again",
        ) from error
