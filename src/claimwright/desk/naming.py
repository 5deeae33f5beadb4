"""What files that are handed in are called: names to be shown, never paths."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

_BYTES = 180  # of a name; systems take 255
_ELSEWHERE = dict.fromkeys(map(ord, ':*?"<>|'), "_")  # what Windows takes in no name
_SUFFIX = 24  # letters of a name's end that a cut leaves


def shown_name(given: str) -> str:
    r"""The last part of a name as somebody's computer told it, without what cannot be seen.

    >>> shown_name("C:\\claims\\..\\week\x00.837"), shown_name("../../etc/passwd"), shown_name("..")
    ('week.837', 'passwd', 'file')
    """
    last = given.replace("\\", "/").rstrip("/").rpartition("/")[2]
    seen = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    name = " ".join(seen.translate(_ELSEWHERE).split()).lstrip(".").strip()
    return _short(name) or "file"


def told(given: str, most: int = 120) -> str:
    """A line of text that somebody typed, in one row and without what cannot be seen."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in given).split())[:most].strip()


def _short(name: str) -> str:
    if len(name.encode()) <= _BYTES:
        return name
    end = name[-_SUFFIX:]
    begin = name[:-_SUFFIX].encode()[: _BYTES - len(end.encode())].decode(errors="ignore")
    return begin + end


class Names:
    """Names of which none is given twice, whatever the case of its letters."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def free(self, name: str) -> str:
        """The name, or the name with a number: `week (2).837`."""
        path, number, wanted = PurePosixPath(name), 1, name
        suffixes = "".join(path.suffixes[-2:]) if path.suffix.lower() == ".gz" else path.suffix
        while wanted.casefold() in self._given:
            number += 1
            wanted = f"{name.removesuffix(suffixes)} ({number}){suffixes}"
        self._given.add(wanted.casefold())
        return wanted
