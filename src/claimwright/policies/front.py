"""The front matter of a policy: what it must say, and what each key may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from claimwright.days import Clock
from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.nodes import Mapping, Sequence, Text
from claimwright.policies.model import INSTRUMENTS

MUST_SAY = ("id", "title", "payer", "authority", "source", "instrument", "quote", "checked")
NEVER = "never"
_KEYS = frozenset(
    {
        *MUST_SAY,
        "applies to",
        "began",
        "clock",
        "example tables",
        "history",
        "modelled_from",
        "retired",
        "stands in",
        "tables",
        "titles",
    }
)
_CHOICES: dict[str, tuple[str, ...]] = {
    "instrument": INSTRUMENTS,
    "quote": ("verbatim", "paraphrase"),
    "clock": tuple(Clock),
    "stands in": ("yes",),
}
_SEE = "see policies/README.md, front matter"


def check(front: Mapping, path: str) -> Iterator[Complaint]:
    """What keeps a policy from being read (P000); nothing when its front matter can be trusted."""
    missing = [key for key in MUST_SAY if not front.text(key)]
    if missing:
        yield Complaint(path, 1, "P000", f"the front matter lacks {', '.join(missing)}", _SEE)
    for key, _ in front:
        if key.value not in _KEYS:
            advice = nearest(key.value, _KEYS, f"one of: {', '.join(sorted(_KEYS))}")
            yield Complaint(path, key.line, "P000", f"nobody reads the key {key.value!r} of the front matter", advice)
    for choice, allowed in _CHOICES.items():
        value = front.text(choice)
        if value and value not in allowed:
            advice = f"one of: {', '.join(allowed)}"
            yield Complaint(path, front.line_of(choice), "P000", f"the {choice} {value!r} is unknown", advice)
    for what, day, line in _days(front):
        if day and not is_day(day):
            yield Complaint(path, line, "P000", f"{what} is {day!r}, which is no day", "write a day like 2026-03-10")


def _days(front: Mapping) -> Iterator[tuple[str, str, int]]:
    for key in ("began", "modelled_from"):
        yield key, front.text(key), front.line_of(key)
    if front.text("checked") != NEVER:
        yield "checked", front.text("checked"), front.line_of("checked")
    for key, day in (("history", "date"), ("titles", "from")):
        for item in mappings(front, key):
            yield f"a day of {key}", item.text(day), item.line


def is_day(text: str) -> bool:
    """Whether a text is a day as policies write one.

    >>> is_day("2026-03-10"), is_day("10 March 2026")
    (True, False)
    """
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def mappings(front: Mapping, key: str) -> list[Mapping]:
    """The mappings in the list under a key; what is not a mapping is left out."""
    node = front.get(key)
    return [item for item in node if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


def pairs(mapping: Mapping) -> tuple[tuple[str, str], ...]:
    return tuple((key.value, node.value) for key, node in mapping if isinstance(node, Text))


def split(text: str) -> tuple[str, ...]:
    """The parts of a text between commas.

    >>> split("LCD, article")
    ('LCD', 'article')
    """
    return tuple(part.strip() for part in text.split(",") if part.strip())
