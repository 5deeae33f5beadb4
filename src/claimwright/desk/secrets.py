"""Secrets that are given out once and of which only a hash is kept."""

from __future__ import annotations

import hashlib
from secrets import token_urlsafe


def new_secret(prefix: str = "") -> str:
    """256 random bits, with a prefix by which a scanner of leaked secrets knows it."""
    return prefix + token_urlsafe(32)


def hashed(secret: str) -> str:
    """SHA-256, which is enough for what nobody can guess; passwords go another way (`people`)."""
    return hashlib.sha256(secret.encode()).hexdigest()
