"""Lines of text in columns, for a terminal of any width and for a pipe. Codes are never broken over two lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from claimwright.report.wording import visible

GUTTER = 2
_WIDEST = 112  # past this a sentence is hard to follow from one line to the next
_NARROWEST = 40
_GLUE = "\u00a0"  # a space that is not folded at
_TOGETHER = re.compile(
    r"(?:CO|PR|OA|PI|CR)-\w{1,4}(?: [A-Z]{1,2}\d{1,4})+"  # CO-50 N386
    r"|\b\d{1,3}(?: (?:N|M|MA)\d{1,4})+\b"  # 16 N822
    r"|\b(?:NCD|LCD|CPB|CR|clause|line|lines|segment|chapter|claim) [\w.-]*\d[\w.-]*"
    r"|\bclause \S+"
    r"|§ \S+"
    r"|\S+ × \S+"  # what was billed
)


def width(console: Console) -> int:
    return max(_NARROWEST, min(console.width, _WIDEST))


def glued(text: str) -> str:
    """The text with its spaces made such that it stays on one line."""
    return text.replace(" ", _GLUE)


def fold(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns`, unless one code is longer; at least one line."""
    together = _TOGETHER.sub(lambda found: glued(found[0]), visible(text)).replace(" · ", f"{_GLUE}· ")
    lines = textwrap.wrap(together, columns, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_GLUE, " ") for line in lines] or [""]


def write(console: Console, *parts: str | tuple[str, str]) -> None:
    """One line as it is, in parts with or without a style; it is not folded."""
    line = Text.assemble(
        *((visible(part), "") if isinstance(part, str) else (visible(part[0]), part[1]) for part in parts)
    )
    line.rstrip()
    console.print(line, soft_wrap=True)


def entry(
    console: Console,
    label: str,
    text: str,
    *,
    indent: int = GUTTER,
    hang: int = 0,
    label_style: str = "",
    style: str = "",
) -> None:
    """A label, and beside it a text folded under itself; `hang` is the room of the label, its gap included."""
    room = max(hang, cell_len(visible(label)) + GUTTER if label else 0)
    lead = Text.assemble(" " * indent, (visible(label), label_style), " " * (room - cell_len(visible(label))))
    for line in fold(text, max(width(console) - indent - room, 20)):
        written = lead + Text(line, style)
        written.rstrip()
        console.print(written, soft_wrap=True)
        lead = Text(" " * (indent + room))


def heading(console: Console, text: str) -> None:
    console.print()
    write(console, (text, "bold"))


def table(
    console: Console,
    rows: Sequence[Sequence[str]],
    *,
    right: frozenset[int] = frozenset(),
    header: Sequence[str] = (),
    styles: Sequence[str] = (),
    indent: int = GUTTER,
) -> None:
    """Columns two spaces apart. Those in `right` hold numbers; the last is folded, the others never are.

    `styles` gives the style of each row's first column.
    """
    shown = [[visible(cell) for cell in row] for row in (([header] if header else []) + list(rows))]
    if not shown:
        return
    last = len(shown[0]) - 1
    widths = [max(cell_len(row[place]) for row in shown) for place in range(last + 1)]
    before = indent + sum(widths[:last]) + GUTTER * last
    folds = last not in right
    room = max(width(console) - before, 20) if folds else widths[last]
    for number, row in enumerate(shown, start=-1 if header else 0):
        line = Text(" " * indent)
        style = "dim" if number < 0 else ""
        for place, cell in enumerate(row[:last]):
            first = styles[number] if place == 0 and number >= 0 and styles else style
            line += Text(_set(cell, widths[place], place in right), first) + Text(" " * GUTTER)
        tail = fold(row[last], room) if folds else [_set(row[last], room, right=True)]
        for text in tail:
            line += Text(text, style)
            line.rstrip()
            console.print(line, soft_wrap=True)
            line = Text(" " * before)


def _set(cell: str, columns: int, right: bool) -> str:
    gap = " " * (columns - cell_len(cell))
    return gap + cell if right else cell + gap
