"""A decision graph as one SVG file to look at, print or put on a page: no script, no font, no picture from elsewhere.

Colours follow the reader's light or dark setting and are light on paper. A screen reader hears every box and where its
answers lead. Lengths are in SVG units, which a browser shows as pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from claimwright.determine.graph.model import Edge, Graph, Kind
from claimwright.determine.graph.traced import Trace
from claimwright.report import letters
from claimwright.report.flowchart_layout import Link, Point, Rect, Size, laid_out
from claimwright.report.flowchart_style import BOLD, SIZES, STYLE
from claimwright.report.flowchart_words import Box, box, footnotes, outline
from claimwright.report.wording import visible

_MARGIN = 28.0
_PAD = 14.0
_WIDE = {Kind.START: 190.0, Kind.QUESTION: 272.0, Kind.OUTCOME: 296.0, Kind.CUT: 190.0}
_LABEL = 186.0  # the most room for a line on an edge
_NARROWEST = 620.0  # of title and notes, however small the graph is
_HANG = 12.0  # by how much the lines of a point stand in
_BEND = 7.0
_NOTHING = Markup("")


@dataclass(frozen=True)
class Paragraph:
    """Lines of one look. `before` is the space above them; a `point` has a bullet, and its lines stand in."""

    look: str
    lines: tuple[str, ...]
    before: float = 0.0

    @property
    def height(self) -> float:
        return self.before + len(self.lines) * _leading(self.look)


def svg(graph: Graph, trace: Trace | None = None, *, style: bool = True) -> Markup:
    """The graph as an SVG document; equal graphs give equal text.

    With a `trace` the path taken stands out and what can no longer be reached is dim. Without its `style` it is for a
    page whose style sheet has the rules of `flowchart_style`.
    """
    boxes = [box(node, graph.code) for node in graph.nodes]
    wide = [_WIDE[node.kind] for node in graph.nodes]
    texts = [_paragraphs(words, room - 2 * _PAD) for words, room in zip(boxes, wide, strict=True)]
    sizes = [Size(room, _height(text) + 2 * _PAD) for text, room in zip(texts, wide, strict=True)]
    labels = [Paragraph("label", _wrapped("label", edge.label, _LABEL)) for edge in graph.edges]
    at = {node.id: number for number, node in enumerate(graph.nodes)}
    links = [
        Link(at[edge.source], at[edge.target], _label_size(label))
        for edge, label in zip(graph.edges, labels, strict=True)
    ]
    layout = laid_out(sizes, links)
    inner = max(layout.width, _NARROWEST)
    head = [Paragraph("title", _wrapped("title", graph.title, inner))]
    foot = [Paragraph("note", _wrapped("note", note, inner), 4.0) for note in footnotes(graph)]
    top = _MARGIN + _height(head) + _PAD
    below = top + layout.height + _MARGIN
    drawn = [
        *(
            _edge(line, _way(edge, trace), tip=line is lines[-1])
            for edge, lines in zip(graph.edges, layout.lines, strict=True)
            for line in lines
        ),
        *(
            _label(label, rect, _way(edge, trace))
            for edge, label, rect in zip(graph.edges, labels, layout.labels, strict=True)
        ),
        *(
            _box(words, text, rect, _stands(node.id, trace))
            for node, words, text, rect in zip(graph.nodes, boxes, texts, layout.boxes, strict=True)
        ),
    ]
    moved = Markup('<g transform="translate({} {})">\n{}\n</g>').format(
        _n(_MARGIN + (inner - layout.width) / 2), _n(top), Markup("\n").join(part for part in drawn if part)
    )
    parts = (_text(head, _MARGIN, _MARGIN), moved, _text(foot, _MARGIN, below))
    rules = Markup("<style>{}</style>\n").format(STYLE) if style else _NOTHING
    said = " ".join((*outline(graph), *_path(graph, trace)))
    return _document(
        graph, inner + 2 * _MARGIN, below + _height(foot) + _MARGIN, said, rules + Markup("\n").join(parts)
    )


def _path(graph: Graph, trace: Trace | None) -> Iterator[str]:
    """The path taken, in the numbers of the outline."""
    if trace is not None:
        place = {node.id: number for number, node in enumerate(graph.nodes, start=1)}
        yield f"Taken so far: {', '.join(str(place[node]) for node in trace.taken)}."


def _stands(node: str, trace: Trace | None) -> str:
    """The classes of a box on its way: `taken`, `taken here`, `dim` where no way leads any more."""
    if trace is None or node in trace.still:
        return ""
    return "dim" if node not in trace.taken else "taken here" if node == trace.here else "taken"


def _way(edge: Edge, trace: Trace | None) -> str:
    pair = (edge.source, edge.target)
    return "" if trace is None or pair in trace.ways_still else "taken" if pair in trace.ways_taken else "dim"


def _document(graph: Graph, width: float, height: float, said: str, inside: Markup) -> Markup:
    frame = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="cw-flow" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'role="img" aria-labelledby="cw-flow-title cw-flow-said">\n'
        '<title id="cw-flow-title">{title}</title>\n<desc id="cw-flow-said">{said}</desc>\n'
        '<defs><marker id="cw-flow-tip" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="11.2" markerHeight="11.2" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0.6 8 4 0 7.4z"/></marker></defs>\n'
        '<rect class="page" width="{w}" height="{h}"/>\n{inside}\n</svg>\n'
    )
    return frame.format(w=_n(width), h=_n(height), title=visible(graph.title), said=said, inside=inside)


# texts ----------------------------------------------------------------------------------------------------------------


def _paragraphs(words: Box, room: float) -> tuple[Paragraph, ...]:
    found = [
        Paragraph("kicker", _wrapped("kicker", words.kicker, room)),
        Paragraph("heading", _wrapped("heading", words.heading, room), 2.0),
        *(Paragraph("point", _wrapped("point", point, room - _HANG), 3.0) for point in words.points),
        Paragraph("codes", _wrapped("codes", words.codes, room), 4.0),
        Paragraph("cited", _wrapped("cited", words.cited, room), 5.0),
    ]
    return tuple(paragraph for paragraph in found if paragraph.lines)


def _wrapped(look: str, text: str, room: float) -> tuple[str, ...]:
    broken = letters.evened if look in {"heading", "codes", "label"} else letters.wrapped
    return broken(visible(text), room, SIZES[look], bold=look in BOLD)


def _leading(look: str) -> float:
    return SIZES[look] * 1.32


def _height(paragraphs: Iterable[Paragraph]) -> float:
    return sum(paragraph.height for paragraph in paragraphs)


def _text(paragraphs: Iterable[Paragraph], x: float, y: float, more: str = "") -> Markup:
    """Paragraphs under each other; `y` is their upper edge."""
    return Markup("\n").join(_texts(paragraphs, x, y, more))


def _texts(paragraphs: Iterable[Paragraph], x: float, y: float, more: str) -> Iterator[Markup]:
    for paragraph in paragraphs:
        look = paragraph.look
        y += paragraph.before
        left = x + _HANG if look == "point" else x
        bullet = Markup('<tspan x="{}" y="{}">•</tspan>\n') if look == "point" else _NOTHING
        first = y + SIZES[look]
        spans = [
            Markup('<tspan x="{}" y="{}">{}</tspan>').format(_n(left), _n(first + place * _leading(look)), line)
            for place, line in enumerate(paragraph.lines)
        ]
        yield Markup('<text class="{}">{}{}</text>').format(
            f"{look} {more}".strip(), bullet.format(_n(x), _n(first)), Markup("\n").join(spans)
        )
        y += len(paragraph.lines) * _leading(look)


# boxes and edges ------------------------------------------------------------------------------------------------------


def _box(words: Box, text: Sequence[Paragraph], rect: Rect, stands: str) -> Markup:
    """A box by its look: a start is a pill, a question is round, an outcome has corners and a bar."""
    centred = words.look in {"start", "cut"}
    radius = {"start": rect.height / 2, "question": 14.0, "cut": 14.0}.get(words.look, 4.0)
    bar = _NOTHING
    if words.look not in {"start", "question", "cut"}:
        bar = Markup('<rect class="bar" x="{}" y="{}" width="5" height="{}"/>').format(
            _n(rect.x), _n(rect.y), _n(rect.height)
        )
    middle = "middle" if centred else ""
    return Markup(
        '<g class="{look}"><rect class="box" x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}"/>{bar}\n{text}</g>'
    ).format(
        look=f"{words.look} {stands}".strip(),
        x=_n(rect.x),
        y=_n(rect.y),
        w=_n(rect.width),
        h=_n(rect.height),
        r=_n(radius),
        bar=bar,
        text=_text(text, rect.x + (rect.width / 2 if centred else _PAD), rect.y + _PAD, middle),
    )


def _label_size(label: Paragraph) -> Size | None:
    if not label.lines:
        return None
    return Size(max(letters.width(line, SIZES["label"]) for line in label.lines) + 10, label.height + 6)


def _label(label: Paragraph, rect: Rect | None, way: str) -> Markup:
    """The words of an edge, between the line that leads to them and the one that goes on."""
    return _NOTHING if rect is None else _text([label], rect.x + rect.width / 2, rect.y + 3, way)


def _edge(line: Sequence[Point], way: str, *, tip: bool) -> Markup:
    """A line with its corners rounded; one that ends at a box has a tip there."""
    start, *inner, end = line
    path = [f"M{_n(start[0])} {_n(start[1])}"]
    for place, corner in enumerate(inner, start=1):
        before, after = _towards(corner, line[place - 1]), _towards(corner, line[place + 1])
        path.append(f"L{_n(before[0])} {_n(before[1])}Q{_n(corner[0])} {_n(corner[1])} {_n(after[0])} {_n(after[1])}")
    path.append(f"L{_n(end[0])} {_n(end[1])}")
    ends = Markup(' marker-end="url(#cw-flow-tip)"') if tip else _NOTHING
    return Markup('<path class="{}" d="{}"{}/>').format(f"edge {way}".strip(), "".join(path), ends)


def _towards(corner: Point, other: Point) -> Point:
    """The point on the way from a corner to its neighbour where the bend begins; at most half way."""
    across, down = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(across), abs(down)) or 1.0
    share = min(_BEND / length, 0.5)
    return corner[0] + across * share, corner[1] + down * share


def _n(value: float) -> str:
    """A length to a tenth, without what it does not need."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
