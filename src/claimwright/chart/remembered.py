"""What was found out about words, kept for the next note: most words of a note stand in many others."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

_MOST = 100_000
Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")


class Remembered(dict[Asked, Answer]):
    """The answers of a function to what it was asked before; `remembered[word]` asks it once. It only saves time.

    It forgets everything when it has become too much, so that no pile of notes fills the memory.
    """

    def __init__(self, ask: Callable[[Asked], Answer], most: int = _MOST) -> None:
        super().__init__()
        self.ask = ask
        self.most = most

    def __missing__(self, asked: Asked) -> Answer:
        if len(self) >= self.most:
            self.clear()
        answer = self[asked] = self.ask(asked)
        return answer
