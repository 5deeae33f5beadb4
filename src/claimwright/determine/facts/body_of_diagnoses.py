"""Which body region, and which side, a diagnosis code names: what the words of its ICD-10-CM description say.

`body_of_diagnoses.csv` holds the beginnings of codes of chapters G, M and S that name one; a code that names none, or
more than one, is not in it. Made from the descriptions of ICD-10-CM, April 2026 (a publication of the United States
government, read through simple-icd-10-cm); which words mean which region is ours, and unverified.

`python -m claimwright.determine.facts.body_of_diagnoses` writes it again.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FILE = "body_of_diagnoses.csv"
_CHAPTERS = ("G", "M", "S")
_WORDS: Mapping[str, str] = {
    "neck": r"cervic|\bneck\b(?! of)",
    "thoracic": r"thoracic(?! outlet)",
    "lumbar": r"lumb|low back|sciatica",
    "sacroiliac": r"sacroiliac",
    "shoulder": r"shoulder|rotator cuff|acromio",
    "elbow": r"elbow|epicondyl",
    "wrist": r"wrist",
    "hand": r"\bhand\b|finger|thumb|carpal tunnel|metacarp",
    "hip": r"\bhip\b",
    "knee": r"knee|patell",
    "ankle": r"ankle|achilles",
    "foot": r"\bfoot\b|\btoe|plantar|hallux|metatars",
}
_NO_REGION = re.compile(r"\bfoot drop|knee-?jerk|below[- ]knee|above[- ]knee")


class Body(NamedTuple):
    """A region and a side (R, L), each "" where the code names none."""

    region: str
    side: str


def of_code(code: str) -> Body:
    """What a diagnosis names, written without dots."""
    named = _named()
    found = (named.get(code[:length]) for length in range(len(code), 1, -1))
    return next((body for body in found if body is not None), Body("", ""))


@cache
def _named() -> dict[str, Body]:
    text = files("claimwright.determine.facts").joinpath(FILE).read_text("utf-8")
    return {row["code"]: Body(row["region"], row["side"]) for row in csv.DictReader(text.splitlines())}


def made() -> str:
    """The file, made anew."""
    import simple_icd_10_cm as icd  # type: ignore[import-untyped]  # noqa: PLC0415  # takes seconds, for this alone

    codes = (code for code in icd.get_all_codes(True) if code[:1] in _CHAPTERS and icd.is_leaf(code))
    named = {code.replace(".", ""): described(icd.get_description(code)) for code in codes}
    rows = sorted(_beginnings("", list(named), named))
    return "\n".join(["code,region,side", *(",".join((code, *body)) for code, body in rows)]) + "\n"


def described(text: str) -> Body:
    """What the words of a description say."""
    words = text.lower().replace("neck of", "")
    regions = [] if _NO_REGION.search(words) else [name for name, known in _WORDS.items() if re.search(known, words)]
    sides = [side for side, word in (("R", "right"), ("L", "left")) if re.search(rf"\b{word}\b", words)]
    return Body(regions[0] if len(regions) == 1 else "", sides[0] if len(sides) == 1 else "")


def _beginnings(start: str, codes: list[str], named: Mapping[str, Body]) -> Iterator[tuple[str, Body]]:
    """The shortest beginnings under which all codes name the same."""
    bodies = {named[code] for code in codes}
    if len(bodies) == 1:
        body = bodies.pop()
        if start and body != Body("", ""):
            yield start, body
        return
    groups: dict[str, list[str]] = {}
    for code in codes:
        groups.setdefault(code[: len(start) + 1], []).append(code)
    for group, members in groups.items():
        if group == start:  # a code that others begin with
            yield from ((start, named[start]) for _ in members if named[start] != Body("", ""))
        else:
            yield from _beginnings(group, members, named)


if __name__ == "__main__":
    sys.stdout.write(made())
