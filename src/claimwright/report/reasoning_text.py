"""The reasoning behind an answer as a tree on a terminal or through a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from claimwright.determine.reasoning import Thought
from claimwright.lines.answers import View

_MARKS = {"yes": ("✓", "green"), "no": ("✗", "dim"), "unknown": ("?", "yellow")}


def render_reasoning(thoughts: Mapping[View, Iterable[Thought]], console: Console) -> None:
    """One tree for each view and program. A condition that holds has ✓, one that fails ✗, an unknown one ?."""
    for view, programs in thoughts.items():
        for thought in programs:
            root = Tree(Text(f"as {view.value} · {thought.says}", style="bold"), guide_style="dim")
            for part in thought.parts:
                _grow(root, part)
            console.print(root)
            console.print()


def _grow(tree: Tree, thought: Thought) -> None:
    label = Text()
    style = ""
    if thought.holds is not None:
        mark, style = _MARKS[thought.holds]
        label.append(f"{mark} ", style=style)
    label.append(thought.says, style="dim" if style == "dim" else "")
    if thought.note:
        label.append(f"  ({thought.note})", style="dim")
    branch = tree.add(label)
    for part in thought.parts:
        _grow(branch, part)
