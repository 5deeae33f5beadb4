"""Where a list goes on: the moment and the id of the last that was shown, as one word that nobody need read."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import orjson


def cursor(at: datetime, identity: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([at.isoformat(), identity])).decode()


def after(word: str) -> tuple[datetime, str]:
    """Raises ValueError where the word is none of ours."""
    try:
        at, identity = orjson.loads(base64.urlsafe_b64decode(word.encode()))
        moment = datetime.fromisoformat(at).astimezone(UTC)
    except (TypeError, OverflowError) as error:
        raise ValueError("no cursor") from error
    return moment, str(identity).replace("\0", "")
