"""Where the boxes and edges of a flowchart lie: layers from top to bottom, edges at right angles, room for every label.

Layered layout is bought: graphlay (MIT or Apache-2.0) ships wheels and gives the same drawing on every
platform. This module alone knows it. Lengths are in SVG units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import graphlay

Point = tuple[float, float]
_OPTIONS = {
    "direction": "topbottom",
    "spacing": {"layer_gap": 24.0, "node_gap": 30.0, "dummy_gap": 18.0},
    "routing": {"style": "orthogonal", "centre_ports": "round"},
    "effort": "thorough",
}
_NEAR = 8.0  # how much more it matters that a label is near its question than that an edge is short


@dataclass(frozen=True)
class Size:
    width: float
    height: float


@dataclass(frozen=True)
class Rect:
    """Left, top, width and height."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Rect) -> bool:
        """True when the insides of the two have a point in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True)
class Link:
    """An edge between two boxes, by their places, and the size of its label."""

    source: int
    target: int
    label: Size | None


@dataclass(frozen=True)
class Layout:
    """Where everything lies, between (0, 0) and (width, height).

    A link has one line from box to box, or two: to its label, and on from there.
    """

    boxes: tuple[Rect, ...]
    lines: tuple[tuple[tuple[Point, ...], ...], ...]
    labels: tuple[Rect | None, ...]
    width: float
    height: float


def laid_out(sizes: Sequence[Size], links: Sequence[Link]) -> Layout:
    """Place boxes of these sizes so that edges lead down and nothing lies on anything else.

    A label is a box of its own on its edge, so that it keeps its room and no line runs through it.
    """
    graph = graphlay.Graph()
    for size in sizes:
        graph.node(width=size.width, height=size.height)
    parts: list[tuple[int, ...]] = []  # of each link: the edges of the drawing it is made of
    labels: list[int | None] = []
    for link in links:
        if link.label is None:
            labels.append(None)
            parts.append((graph.edge(link.source, link.target),))
        else:
            # lines meet an ellipse in its middle, and so a label too
            label = graph.node(width=link.label.width, height=link.label.height, shape="ellipse")
            labels.append(label)
            parts.append((graph.edge(link.source, label, weight=_NEAR), graph.edge(label, link.target)))
    found = graphlay.layout(graph, options=_OPTIONS)
    left, top = found.bounds["min"]["x"], found.bounds["min"]["y"]
    rects = [_rect(node, left, top) for node in found.nodes]
    lines = tuple(
        tuple(tuple((point["x"] - left, point["y"] - top) for point in found.edges[edge]["points"]) for edge in edges)
        for edges in parts
    )
    return Layout(
        boxes=tuple(rects[: len(sizes)]),
        lines=lines,
        labels=tuple(None if label is None else rects[label] for label in labels),
        width=found.bounds["max"]["x"] - left,
        height=found.bounds["max"]["y"] - top,
    )


def _rect(node: dict[str, Any], left: float, top: float) -> Rect:
    center, size = node["center"], node["size"]
    x, y = center["x"] - left - size["width"] / 2, center["y"] - top - size["height"] / 2
    return Rect(x, y, size["width"], size["height"])
