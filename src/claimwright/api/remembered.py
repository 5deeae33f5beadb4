"""Answers to what was asked last, for programs that ask the same again: a claim saved twice, a call sent once more.

They are in memory alone, and found by a keyed hash of what was asked; what was asked is not kept. An answer is that of
one engine, which stays the same while a server runs, and of a day, which is part of what was asked.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from secrets import token_bytes

_ROOM = 32_000_000  # bytes of answers, per process


@dataclass(repr=False)  # answers have no place in a message
class Remembered:
    """Asked by one thread."""

    room: int = _ROOM
    _secret: bytes = field(default_factory=lambda: token_bytes(32))
    _answers: OrderedDict[bytes, bytes] = field(default_factory=OrderedDict)
    _size: int = 0

    def key(self, body: bytes, as_of: date, *, x12: bool) -> bytes:
        told = f"{as_of.toordinal()} {x12} ".encode() + body
        return hashlib.blake2b(told, key=self._secret, digest_size=32).digest()

    def get(self, key: bytes) -> bytes | None:
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: bytes, answer: bytes) -> None:
        if key in self._answers or len(answer) > self.room // 8:
            return
        self._answers[key] = answer
        self._size += len(answer)
        while self._size > self.room:
            self._size -= len(self._answers.popitem(last=False)[1])
