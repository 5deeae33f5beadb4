from __future__ import annotations

from collections.abc import Iterator

import desks
import pytest

from claimwright.desk.desk import Desk


@pytest.fixture
def clock() -> desks.Clock:
    return desks.Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request, tmp_path, clock) -> Iterator[Desk]:
    """The same on both databases."""
    address = request.getfixturevalue("server") if request.param == "postgresql" else ""
    made = desks.desk(tmp_path / "desk", address, clock)
    yield made
    if address:
        desks.emptied(made.database)
    made.database.close()
