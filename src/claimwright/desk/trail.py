"""The audit trail: rows are added in the transaction of what they tell of, and each seals the one before it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from claimwright.desk.tables import Trail

_FIRST = "0" * 64
SERVER = "claimwright"  # whom the trail names where no person acts
_OPERATOR = " (command line)"


def operator(account: str) -> str:
    """Whoever works on the machine itself, by the name of their account there."""
    return f"{account}{_OPERATOR}"


def is_reserved(name: str) -> bool:
    """Whether a person of this name could be taken for the server or for whoever has the machine."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return plain == SERVER or plain.endswith(_OPERATOR)


def record(
    session: Session,
    at: datetime,
    person: str,
    action: str,
    *,
    batch: str | None = None,
    line: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add what happens in this transaction. `detail` holds no value of a claim and no word of a note."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE trail IN EXCLUSIVE MODE"))  # writers wait for each other; readers do not
    last = session.execute(select(Trail.number, Trail.seal).order_by(Trail.number.desc()).limit(1)).first()
    row = Trail(
        number=1 if last is None else last.number + 1,
        at=at,
        person=person,
        action=action,
        batch_id=batch,
        line_id=line,
        detail=dict(detail or {}),
        before=_FIRST if last is None else last.seal,
    )
    row.seal = _sealed(row)
    session.add(row)
    session.flush()


def broken_at(session: Session) -> int | None:
    """The number of the first row that is not what it was when it was written; None when all are.

    Rows taken from the end leave no trace here: keep the newest seal elsewhere (a backup does).
    """
    before, expected = _FIRST, 1
    for row in session.scalars(select(Trail).order_by(Trail.number)).yield_per(1000):
        if row.number != expected or row.before != before or row.seal != _sealed(row):
            return expected
        before, expected = row.seal, expected + 1
    return None


def _sealed(row: Trail) -> str:
    told = [row.number, row.at.isoformat(), row.person, row.action, row.batch_id, row.line_id, row.detail, row.before]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()
