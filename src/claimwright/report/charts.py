"""Bar charts as inline SVG, drawn to be read: each bar has its words above it and its number beside it.

Colours come from the page's style sheet, so that a chart follows light, dark and print. Lengths are in SVG units.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from claimwright.report.wording import visible

WIDTH = 330
ROW = 44
BAR = 9
_LONGEST = 42  # small letters of a label; the page says it whole elsewhere, and a screen reader here
_CAPITAL = 1.3  # how much wider a capital is
_VALUES = 88  # room for the number at the end of the longest bar
_RECT = Markup('<rect class="bar {kind}" x="0" y="{y}" width="{length}" height="{height}" rx="2"/>')


@dataclass(frozen=True)
class Bar:
    """`value` gives the length, `shown` is the number in words, `part` (of `value`) is drawn over it."""

    label: str
    value: float
    shown: str
    kind: str = "plain"
    part: float | None = None


def bars(title: str, rows: Sequence[Bar], number: int) -> Markup:
    """Horizontal bars under each other. `number` tells the charts of one page apart.

    A screen reader hears the title and every row in a sentence.
    """
    longest = max((row.value for row in rows), default=0.0) or 1.0
    drawn = [_bar(row, place * ROW, longest) for place, row in enumerate(rows)]
    said = visible("; ".join(f"{row.label}: {row.shown}" for row in rows))
    return Markup(
        '<svg class="chart" viewBox="0 0 {w} {h}" role="img" aria-labelledby="chart{n}-title chart{n}-said">'
        '<title id="chart{n}-title">{title}</title><desc id="chart{n}-said">{said}</desc>{drawn}</svg>'
    ).format(w=WIDTH, h=max(len(rows), 1) * ROW, n=number, title=title, said=said, drawn=Markup("").join(drawn))


def _bar(row: Bar, top: int, longest: float) -> Markup:
    scale = (WIDTH - _VALUES) / longest
    length = max(row.value * scale, 2.0) if row.value > 0 else 0.0
    under = "track" if row.part is not None else row.kind
    drawn = [_RECT.format(kind=under, y=top + 19, length=f"{length:.1f}", height=BAR)]
    if row.part:
        part = f"{max(row.part * scale, 2.0):.1f}"
        drawn.append(_RECT.format(kind=row.kind, y=top + 19, length=part, height=BAR))
    label = Markup('<text class="bar-label" x="0" y="{y}">{label}</text>').format(y=top + 12, label=_short(row.label))
    value = Markup('<text class="bar-value" x="{x}" y="{y}">{shown}</text>').format(
        x=f"{length + 8:.1f}", y=top + 28, shown=row.shown
    )
    return Markup("").join((label, *drawn, value))


def _short(label: str) -> str:
    label = visible(label)
    ends = list(accumulate(_CAPITAL if letter.isupper() else 1.0 for letter in label))
    if not ends or ends[-1] <= _LONGEST:
        return label
    return f"{label[: bisect_right(ends, _LONGEST - 1)].rstrip()}…"


def shares(title: str, rows: Sequence[Bar], number: int) -> Markup:
    """One band of the whole width, in which each row has its share; its words stand beside it on the page."""
    whole = sum(row.value for row in rows) or 1.0
    said = visible("; ".join(f"{row.label}: {row.shown}" for row in rows))
    drawn, at = [], 0.0
    for row in rows:
        length = row.value / whole * 1000
        if length:
            drawn.append(
                Markup('<rect class="bar {kind}" x="{x}" y="0" width="{length}" height="14"/>').format(
                    kind=row.kind, x=f"{at:.1f}", length=f"{max(length - 2, 2.0):.1f}"
                )
            )
        at += length
    return Markup(
        '<svg class="band" viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" '
        'aria-labelledby="chart{n}-title chart{n}-said">'
        '<title id="chart{n}-title">{title}</title><desc id="chart{n}-said">{said}</desc>{drawn}</svg>'
    ).format(n=number, title=title, said=said, drawn=Markup("").join(drawn))
