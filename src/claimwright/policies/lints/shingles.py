"""Texts that may not stand in a document, known by hashes of five words in a row and by nothing else.

How the hashes in `hashes/*.txt` were made, so that they can be made again by whoever may hold the texts: a text is
put in lower case, endings in brackets (`(s)`, `(ies)`) are dropped, words are its runs of letters and digits, and one,
two, three, fifteen, twenty, thirty and sixty become digits. Each run of five words, joined by single spaces, is
hashed by SHA-256 with the text `claimwright P012 ` before it, and the first twelve hexadecimal digits are kept, sorted,
one on a line. Neither the texts nor a list of them is part of this project, and a hash cannot be read back.

- `ama.txt`: descriptors of physical medicine and rehabilitation codes and of the modifiers used with them (CPT, a
  copyright of the American Medical Association), written down from memory, so that a wording of another year may escape
- `x12.txt`: claim adjustment reason and remittance advice remark texts (published by X12 under its own terms), the same
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

RUN = 5
SHORTEST = 2  # hits in a row that are no accident: six words
_ENDINGS = re.compile(r"\((?:s|es|ies)\)")
_NUMBERS = {"one": "1", "two": "2", "three": "3", "fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60"}
_OWNERS = {
    "ama.txt": "the American Medical Association (a CPT text)",
    "x12.txt": "X12 (the text of a reason or remark code)",
}


def words(text: str) -> list[str]:
    """The words of a text as they are hashed.

    >>> words("Fifteen Minutes; area(s)")
    ['15', 'minutes', 'area']
    """
    plain = _ENDINGS.sub("", unicodedata.normalize("NFKC", text).lower())
    return [_NUMBERS.get(word, word) for word in re.findall(r"[a-z0-9]+", plain)]


def hashes(text: str) -> tuple[str, ...]:
    """The hash of each run of five words of a text, in its order."""
    own = words(text)
    return tuple(_hash(own[at : at + RUN]) for at in range(len(own) - RUN + 1))


def _hash(run: Sequence[str]) -> str:
    return sha256(f"claimwright P012 {' '.join(run)}".encode()).hexdigest()[:12]


@cache
def known() -> dict[str, frozenset[str]]:
    """The hashes of each owner's texts."""
    folder = files(__package__).joinpath("hashes")
    return {owner: frozenset(folder.joinpath(name).read_text("utf-8").split()) for name, owner in _OWNERS.items()}


def foreign(text: str, of: Mapping[str, Collection[str]]) -> Iterator[tuple[int, int, str]]:
    """Where a text holds six words or more in a row of somebody's texts: its line, how many words, and whose."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) for _ in words(line)]
    own = hashes(text)
    for owner, theirs in of.items():
        length = 0
        for at, one in enumerate((*own, "")):
            if one in theirs:
                length += 1
                continue
            if length >= SHORTEST:
                yield lines[at - length], length + RUN - 1, owner
            length = 0
