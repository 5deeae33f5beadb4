"""What a clause says, field by field, in the words of its document: for whoever shows one, or two beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from claimwright.policies.model import Clause

Told = tuple[str, tuple[str, ...]]  # the name of a field, and what it says, a line each


def told(clause: Clause) -> tuple[Told, ...]:
    """The fields that say something, in the order in which a document writes them; neither id nor days."""
    return tuple((name, lines) for name, lines in _fields(clause) if any(lines))


def predicted(clause: Clause) -> str:
    """`50 N386`, with whole alternatives after "or"; "" where nothing is predicted.

    The group code is not among them: it turns on the line.
    """
    if clause.codes is None:
        return ""
    return " or ".join((" ".join((clause.codes.carc, *clause.codes.rarc)), *clause.codes.alternatives))


def _fields(clause: Clause) -> Iterator[Told]:
    outcome = clause.then if clause.then in {None, "silent"} else clause.then.words  # type: ignore[union-attr]
    yield "view", (clause.view,)
    yield "channel", (clause.channel.value,)
    yield "each", ("" if clause.each == "line" else clause.each,)
    yield "when", tuple(str(condition) for condition in clause.when)
    yield "then", (str(outcome or ""),)
    yield "leans", (clause.leans.words if clause.leans else "",)
    yield "presumptive", ("never more than presumed" if clause.presumptive else "",)
    yield "needs", clause.needs
    yield "provided", clause.provided
    yield "finding", (clause.finding,)
    yield "severity", (clause.severity.value if clause.finding else "",)
    yield "likelihood", (clause.likelihood.value if clause.finding or clause.then else "",)
    yield "codes", (predicted(clause),)
    yield "who pays", tuple(f"{group} {_where(key)}" for key, group in clause.liability)
    yield "except", (" ".join(clause.excepts) if clause.excepts else "",)
    yield "because", (clause.because,)
    yield "would change", (clause.would_change,)
    yield "asks", (clause.ask,)


def _where(key: str) -> str:
    return key if key == "otherwise" else f"where {key}"
