"""Amounts on a terminal or through a pipe: those of a line step by step, and those of a run."""

from __future__ import annotations

from rich.console import Console

from claimwright.lines.money import Money, Stakes
from claimwright.report import wording
from claimwright.report.layout import entry, heading, table

_LABELS = 16
_NAME = 46  # columns of a label of the summary, so that a row fits a pipe of 100


def render_money(told: Money | None, console: Console, *, indent: int, steps: bool = False) -> None:
    """What a line is expected to bring; with `steps` the way there, its tables and sources too."""
    if told is None:
        return
    if told.allowed is None:
        said = f"unknown: {told.unknown}"
        entry(console, "expected", said, indent=indent, hang=_LABELS, label_style="dim", style="dim")
        if told.help and steps:
            entry(console, "", told.help, indent=indent, hang=_LABELS, style="dim")
        return
    paid = "" if told.payment is None else f", of which Medicare pays {wording.dollars(told.payment)}"
    said = f"{wording.dollars(told.allowed)} allowed{paid}"
    entry(console, "expected", said, indent=indent, hang=_LABELS, label_style="dim")
    if steps:
        for step in told.steps:
            line = f"{wording.dollars(step.amount)}  {step.name}: {step.figure} ({step.source})"
            entry(console, "", line, indent=indent, hang=_LABELS)
        entry(console, "", told.basis, indent=indent, hang=_LABELS, style="dim")


def render_stakes(told: Stakes, console: Console) -> None:
    """The dollars of a run: expected where the fee is known, the charges of the other lines beside it."""
    if not told.all.lines:
        return
    heading(console, "Dollars at stake")
    rows = [
        (
            _short(label),
            f"{stake.lines:,}",
            wording.dollars(stake.expected),
            f"{stake.unpriced:,}",
            wording.dollars(stake.charge),
        )
        for label, stake in wording.stakes(told)
    ]
    header = ("", "lines", "expected", "no fee", "their charges")
    table(console, rows, header=header, right=frozenset({1, 2, 3, 4}))
    for one in told.unpriced:
        entry(console, "fee unknown", f"{wording.count(one.lines, 'line')}: {one.why}", hang=13, label_style="dim")
        if one.help:
            entry(console, "help", one.help, hang=13, label_style="dim")


def _short(label: str) -> str:
    return label if len(label) <= _NAME else f"{label[: _NAME - 1]}…"
