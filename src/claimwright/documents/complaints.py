"""What is wrong with a document, as a value in ruff's shape: id, what, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Complaint:
    """`path` is relative to the folder that was read; `line` counts from 1."""

    path: str
    line: int
    id: str
    message: str
    help: str
    warning: bool = False

    def __str__(self) -> str:
        mark = " (warning)" if self.warning else ""
        return f"{self.id}: {self.message}{mark}\n --> {self.path}:{self.line}\n help: {self.help}"


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Advice on a word that is not known: the nearest one that is, or what else to do.

    >>> nearest("procedur", ["procedure", "modifiers"], "declare it")
    'did you mean procedure?'
    """
    close = get_close_matches(word, list(known), n=1)
    return f"did you mean {close[0]}?" if close else otherwise
