"""A decision graph as Mermaid text, which wikis, issue trackers and Markdown viewers draw."""

from __future__ import annotations

import re

from claimwright.determine.graph.model import Graph, Kind, Node
from claimwright.report.flowchart_words import Box, box, footnotes
from claimwright.report.wording import visible

# Letters that end a label, begin an entity, or make Mermaid read HTML or Markdown.
_SPECIAL = re.compile(r'[#"<>&`\\*_~]')
# At its beginning Mermaid takes these for a list of Markdown and draws none of it.
_LISTED = re.compile(r"^(\d+)\.(?=\s)|^-(?=\s)")
_SHAPES = {Kind.START: ("([", "])"), Kind.QUESTION: ("{{", "}}"), Kind.OUTCOME: ("[", "]"), Kind.CUT: ("(", ")")}
_LOOKS = {
    "start": "fill:#e8eaed,stroke:#5f6368,color:#202124",
    "question": "fill:#e8f0fe,stroke:#1a56b8,color:#10264d",
    "denied": "fill:#fce8e6,stroke:#b3261e,color:#4a100c",
    "first": "fill:#fef3d8,stroke:#8a5a00,color:#3f2a00",
    "covered": "fill:#e4f4e8,stroke:#1e7a3c,color:#0f3a1d",
    "open": "fill:#f1f3f4,stroke:#5f6368,color:#202124,stroke-dasharray:5 4",
    "cut": "fill:#ffffff,stroke:#5f6368,color:#202124,stroke-dasharray:2 3",
}


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flowchart, from top to bottom; equal graphs give equal text."""
    boxes = {node.id: box(node, graph.code) for node in graph.nodes}
    lines = ["---", f"title: {_quoted(graph.title)}", "---", "flowchart TD"]
    lines += [f"  {_node(node, boxes[node.id])}" for node in graph.nodes]
    lines += [f"  {edge.source} -->{_label(edge.label)} {edge.target}" for edge in graph.edges]
    for look, style in _LOOKS.items():
        named = [name for name, one in boxes.items() if one.look == look]
        if named:
            lines += [f"  classDef {look} {style}", f"  class {','.join(named)} {look}"]
    lines += [f"  %% {note}" for note in footnotes(graph)]
    return "\n".join((*lines, ""))


def _node(node: Node, words: Box) -> str:
    opens, closes = _SHAPES[node.kind]
    points = [f"• {point}" for point in words.points]
    pieces = (words.kicker, words.heading, *points, words.codes, words.cited)
    return f'{node.id}{opens}"{"<br/>".join(escaped(piece) for piece in pieces if piece)}"{closes}'


def _label(text: str) -> str:
    return f'|"{escaped(text)}"|' if text else ""


def escaped(text: str) -> str:
    """A text as it may stand between the quotation marks of a label.

    >>> escaped('a "quoted" <b> & #1')
    'a #quot;quoted#quot; #lt;b#gt; #amp; #35;1'
    """
    plain = _SPECIAL.sub(_entity, visible(text))
    return _LISTED.sub(lambda found: f"{found[1]}#46;" if found[1] else "#45;", plain)


def _entity(found: re.Match[str]) -> str:
    named = {'"': "quot", "<": "lt", ">": "gt", "&": "amp"}
    return f"#{named.get(found[0], ord(found[0]))};"


def _quoted(text: str) -> str:
    """A text as YAML reads it between double quotation marks."""
    inner = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
