"""What a file of a note is called, and how it is shown: the member id in its name stays where it is."""

from __future__ import annotations

import re
from pathlib import Path

_NAME = re.compile(
    r"^(?P<member>[^\s/\\]+?)_(?P<day>\d{4}-\d\d-\d\d|(?:19|20)\d{6})(?:_(?P<npi>\d{10}))?(?P<rest>(?:_[\w-]{1,12})?)$"
)
_SUFFIXES = (".gz", ".txt", ".text", ".note", ".md", ".htm", ".html")


def stem_of(path: Path) -> str:
    """The name without the suffixes of a text file."""
    name = path.name
    while (suffix := Path(name).suffix.lower()) in _SUFFIXES:
        name = name[: -len(suffix)]
    return name


def told_by_name(path: Path) -> dict[str, str]:
    """Member, day and NPI of a name like `MEMBER_2026-03-10_NPI.txt`; nothing of any other name."""
    found = _NAME.match(stem_of(path))
    if found is None:
        return {}
    told = {"member_id": found["member"], "service_from": found["day"], "provider_npi": found["npi"]}
    return {column: value for column, value in told.items() if value}


def shown(path: Path, place: int) -> str:
    """How a file of a folder is named to a reader: `…_2026-03-10.txt`, or by its place where its name may be anybody's.

    Places count from 1, in the order of the names.
    """
    found = _NAME.match(stem_of(path))
    if found is None:
        return f"note {place}"
    return "…_" + path.name[len(found["member"]) + 1 :]
