"""The closed list of predicates: how each is written, and on which types of fact it may stand."""

from __future__ import annotations

import re

from claimwright.policies.model import FactType, Predicate

_MEASURE = r"\S+|\[[^\]]+\]"  # a number, a day, or in brackets the name of a number of numbers.csv
_SHAPES: tuple[tuple[str, str], ...] = (
    ("in table", r"in \[([^\],]+)\] with (\S+) (\S+)"),
    ("all in", r"all in \[(.+)\]"),
    ("none in", r"none in \[(.+)\]"),
    ("partly in", r"partly in \[(.+)\]"),
    ("not in", r"not in \[(.+)\]"),
    ("in", r"in \[(.+)\]"),
    ("is absent", r"is absent"),
    ("is present", r"is present"),
    ("is unknown", r"is unknown"),
    ("is known", r"is known"),
    ("is in conflict", r"is in conflict"),
    ("is", r"is (.+)"),
    ("between", r"between (\S+) and (\S+)"),
    ("more than", rf"more than ({_MEASURE})"),
    ("at least", rf"at least ({_MEASURE})"),
    ("at most", rf"at most ({_MEASURE})"),
    ("within", r"within (\d+) days of (.+)"),
)
_COMPILED = tuple((op, re.compile(rf"^{shape}$")) for op, shape in _SHAPES)

STANDS_ON: dict[str, tuple[FactType, ...]] = {
    "in": ("code", "codes", "choice"),
    "not in": ("code", "choice"),
    "none in": ("codes",),
    "all in": ("codes",),
    "partly in": ("codes",),
    "is": ("choice", "yes/no"),
    "is absent": ("code", "codes", "choice", "yes/no", "number", "date"),
    "is present": ("code", "codes", "choice", "yes/no", "number", "date"),
    "between": ("number", "date"),
    "more than": ("number",),
    "at least": ("number", "date"),
    "at most": ("number", "date"),
    "is unknown": ("choice", "yes/no", "number", "date"),
    "is known": ("choice", "yes/no", "number", "date"),
    "is in conflict": ("choice", "yes/no", "number", "date"),
    "within": ("date",),
    "in table": ("row of a table",),
}
OF_KNOWLEDGE = frozenset({"is unknown", "is known", "is in conflict"})  # of what is known, not of what is so
SET_PREDICATES = frozenset({"in", "not in", "none in", "all in", "partly in"})


def parse(text: str) -> Predicate | None:
    """Read one predicate; None when it is not on the list.

    >>> parse("all in [neuropathy, wound]")
    Predicate(op='all in', operands=('neuropathy', 'wound'))
    >>> parse("in [pairs] with indicator 1")
    Predicate(op='in table', operands=('pairs', 'indicator', '1'))
    >>> parse("contains M17") is None
    True
    """
    folded = " ".join(text.split())
    for op, shape in _COMPILED:
        found = shape.match(folded)
        if found:
            if op in SET_PREDICATES:
                return Predicate(op, tuple(part.strip() for part in found.group(1).split(",") if part.strip()))
            return Predicate(op, found.groups())
    return None


def named_number(operand: str) -> str | None:
    """The name of a dated number that stands for a bound, or None for a bound that is written out.

    >>> named_number("[kx threshold]"), named_number("2480")
    ('kx threshold', None)
    """
    return operand[1:-1].strip() if operand.startswith("[") else None


def is_literal(operand: str) -> bool:
    """True for an operand that is a code itself, `GA` or `97026`, rather than the name of a set.

    >>> is_literal("GA"), is_literal("97026"), is_literal("neuropathy")
    (True, True, False)
    """
    return bool(re.fullmatch(r"[A-Z0-9]{2,7}", operand))
