"""What an edge says: the answers that lead the same way, in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claimwright.determine.stated import Cell
from claimwright.determine.trees import Leaf
from claimwright.determine.wording import number
from claimwright.policies.model import Fact

_MANY = 5  # answers; from so many on, the larger part of them is "anything else"
Said = tuple[tuple[str, ...], str]  # the answers one by one, and in one phrase


def of_fact(fact: Fact, groups: Sequence[Sequence[Cell]], readers: Sequence[Leaf]) -> tuple[Said, ...]:
    """For each group of a fact's cells what the edge says. `readers` name the bounds of a number or a day."""
    if fact.type in {"number", "date"}:
        return tuple(_ranges(fact, group, groups, readers) for group in groups)
    names = dict(fact.values)
    said = []
    for group in groups:
        answers = tuple(name(cell) for cell in group)
        most = len(group) >= _MANY and all(len(group) > len(other) for other in groups if other is not group)
        said.append((answers, "anything else" if most else listed([names.get(answer, answer) for answer in answers])))
    return tuple(said)


def of_names(names: Sequence[str]) -> Said:
    """The same for answers that are called what they are."""
    return tuple(names), listed(names)


def name(cell: Cell) -> str:
    """A value as people answer: `yes` and `no` for truth values."""
    return str(cell) if not isinstance(cell, bool) else "yes" if cell else "no"


def listed(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b, or c`; with semicolons where a phrase has a comma of its own.

    >>> listed(["neuropathy"]), listed(["yes", "no"]), listed(["a wound", "an ulcer", "pain from these"])
    ('neuropathy', 'yes or no', 'a wound, an ulcer, or pain from these')
    >>> listed(["a joint, beside therapy", "else"])
    'a joint, beside therapy; or else'
    """
    comma = ";" if any("," in word for word in words) else ","
    if len(words) < 3 and comma == ",":
        return " or ".join(words)
    return f"{comma} ".join((*words[:-1], f"or {words[-1]}")) if len(words) > 1 else words[0]


def _ranges(
    fact: Fact, group: Sequence[Cell], groups: Sequence[Sequence[Cell]], readers: Sequence[Leaf]
) -> tuple[tuple[str, ...], str]:
    """Runs of neighbouring cells as ranges: `less than 18`, `2025-01-01 or later`."""
    cells = sorted({cell for each in groups for cell in each}, key=_size)
    bounds = {_size(_bound(text, fact)) for leaf in readers for text in leaf.predicate.operands}
    inside = set(group)
    answers: list[str] = []
    begin: int | None = None
    for place in range(len(cells) + 1):
        held = place < len(cells) and cells[place] in inside
        if held and begin is None:
            begin = place
        elif not held and begin is not None:
            answers.append(_range(fact, cells, begin, place - 1, bounds))
            begin = None
    return tuple(answers), listed(answers)


def _size(cell: Cell) -> float:
    return float(cell.toordinal()) if isinstance(cell, date) else float(cell)


def _bound(text: str, fact: Fact) -> Cell:
    return date.fromisoformat(text) if fact.type == "date" else float(text)


def _range(fact: Fact, cells: list[Cell], first: int, last: int, bounds: set[float]) -> str:
    """One run of cells. A cell that is no bound lies between two, and stands for all between them."""
    low, high = cells[first], cells[last]
    low_in, high_in = _size(low) in bounds, _size(high) in bounds
    open_low, open_high = first == 0 and not low_in, last == len(cells) - 1 and not high_in
    below = cells[first - 1] if not low_in and not open_low else low
    above = cells[last + 1] if not high_in and not open_high else high
    if open_low and open_high:
        return "anything"
    is_day = fact.type == "date"
    if open_low:
        return f"{'up to' if high_in else 'before' if is_day else 'less than'} {_shown(above)}"
    if open_high:
        if low_in:
            return f"{_shown(below)} or {'later' if is_day else 'more'}"
        return f"{'after' if is_day else 'more than'} {_shown(below)}"
    if first == last and low_in:
        return _shown(low)
    after = "" if low_in else "after " if is_day else "more than "
    before = "to " if high_in else "and before " if is_day else "and less than "
    return f"{after}{_shown(below)} {before}{_shown(above)}"


def _shown(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else number(cell)
