"""A flowchart as Mermaid and as SVG: everything is there, nothing lies on anything else, and no text can break out."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from flowcharts import DAY, small_chart

from claimwright.determine.graph.build import chart, programs_of
from claimwright.report import flowchart_style, letters
from claimwright.report.flowchart_layout import Link, Rect, Size, laid_out
from claimwright.report.flowchart_svg import svg
from claimwright.report.flowchart_words import box
from claimwright.report.mermaid import escaped, mermaid

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '1. a "q" <b>&amp;</b> & #35; `code` end; %% --> | ] } \\ *x* _y_ </svg>\x1b[31m\u202e'


@pytest.fixture(scope="module")
def large(engine, library):
    return chart(engine, programs_of(library), "97026", DAY, full=True)


def nasty():
    graph = small_chart()
    start, first, *others = graph.nodes
    edge, named, *rest = graph.edges
    return replace(
        graph,
        title=NASTY,
        nodes=(start, replace(first, label=NASTY, detail=NASTY), *others),
        edges=(edge, replace(named, label=NASTY), *rest),
    )


# mermaid --------------------------------------------------------------------------------------------------------------


def test_mermaid_has_every_box_and_edge_in_order():
    graph = small_chart()
    lines = mermaid(graph).splitlines()
    assert lines[:4] == ["---", 'title: "97026 · Medicare · Commercial"', "---", "flowchart TD"]
    assert '  start(["97026<br/>service on 2026-03-10"])' in lines
    assert '  n1{{"treatment intent<br/>What was treated?"}}' in lines
    assert '  n1 -->|"neuropathy, a wound, an ulcer, or pain from one of these"| n3' in lines
    assert (
        '  n6["Denied: nationally noncovered<br/>expect CO-50 N386; PR where the line reports a notice that stands'
        '<br/>DECISION C: A national decision"]'
    ) in lines
    assert (
        '  n7["covered conditional<br/>Bill 97026 when all of this is so:<br/>• the note names who supervised<br/>'
        "• the plan was certified, at Medicare only<br/>SKILLED F, POSITION F: Skilled therapy; A payer's position\"]"
    ) in lines
    assert sum("-->" in line for line in lines) == len(graph.edges)
    assert "  class n6,n8,n10 denied" in lines


def test_mermaid_is_the_same_for_the_same_graph():
    assert mermaid(small_chart()) == mermaid(small_chart())


def test_no_text_ends_a_label_or_becomes_markup():
    text = mermaid(nasty())
    labels = re.findall(r'"([^"]*)"(?:\]\)|\}\}|\]|\)|\|)', text)
    assert any("q#quot;" in label for label in labels)
    for line in text.splitlines()[4:]:
        assert line.count('"') in {0, 2}, line
        assert not re.search(r"[`<>](?!br/>)", re.sub(r"<br/>|-->", "", line)), line
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [("1. first", "1#46; first"), ("- item", "#45; item"), ("a_b*c*", "a#95;b#42;c#42;"), ("#35;", "#35;35;")],
)
def test_what_mermaid_would_read_as_markdown_is_written_out(text, said):
    assert escaped(text) == said


# svg ------------------------------------------------------------------------------------------------------------------


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def test_the_svg_says_everything_the_graph_says(large):
    root = ET.fromstring(svg(large))
    shown = [words_of(group) for group in root.iter(f"{SVG}g") if group.get("class")]
    assert len(shown) == len(large.nodes)
    for said, node in zip(shown, large.nodes, strict=True):
        words = box(node, large.code)
        pieces = [words.kicker, words.heading, *(f"• {point}" for point in words.points), words.codes, words.cited]
        squeezed = "".join(said.split())
        assert squeezed == "".join("".join(pieces).split()), node.id
    labels = [words_of(text) for text in root.iter(f"{SVG}text") if text.get("class") == "label"]
    assert sorted(labels) == sorted(" ".join(edge.label.split()) for edge in large.edges if edge.label)


def test_whoever_does_not_see_it_hears_every_box_and_where_its_answers_lead():
    root = ET.fromstring(svg(small_chart()))
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert title.text == "97026 · Medicare · Commercial"
    assert "2. Treatment intent. What was treated? A muscle or joint, beside active therapy: go to 3." in desc.text
    assert "7. Denied: nationally noncovered. Expect CO-50 N386" in desc.text


def test_the_svg_needs_nothing_from_elsewhere_and_follows_light_dark_and_paper():
    text = svg(small_chart())
    assert not re.search(r"<script|<image|<foreignObject|@import|@font-face|href|url\((?!#)", text)
    assert "prefers-color-scheme:dark" in text
    assert "@media print" in text


def test_no_text_breaks_out_of_the_svg():
    root = ET.fromstring(svg(nasty()))
    assert root.find(f"{SVG}title").text == NASTY.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text", "tspan"),
    }


def test_the_svg_is_the_same_for_the_same_graph():
    assert svg(small_chart()) == svg(small_chart())


def test_the_notes_say_what_the_chart_takes_for_granted_and_leaves_out():
    notes = [
        words_of(text)
        for text in ET.fromstring(svg(small_chart(most=6))).iter(f"{SVG}text")
        if text.get("class") == "note"
    ]
    assert "Taken for granted: authorization stands: no." in notes
    assert "7 boxes are left out." in notes
    assert any("promises no payment" in note for note in notes)
    assert any("CPT is a registered trademark" in note for note in notes)
    assert any("7 boxes are left out" in line for line in mermaid(small_chart(most=6)).splitlines())


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [flowchart_style.LIGHT, flowchart_style.DARK])
def test_every_text_stands_out_from_what_is_under_it(colours):
    under = [colours["page"], *(colours[look].split()[0] for look in flowchart_style.BOXES)]
    for ink, ground in itertools.product((colours["ink"], colours["soft"]), under):
        dark, light = sorted((luminance(ink), luminance(ground)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


# layout ---------------------------------------------------------------------------------------------------------------


def touches(rect, line):
    """Whether a line of upright and level pieces passes through the inside of a rect."""
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        piece = Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        inside = Rect(rect.x + 1, rect.y + 1, rect.width - 2, rect.height - 2)
        if (
            piece.x < inside.x + inside.width
            and inside.x < piece.x + piece.width
            and piece.y < inside.y + inside.height
            and inside.y < piece.y + piece.height
        ):
            return True
    return False


@pytest.mark.parametrize("count", [1, 3, 8])
def test_nothing_lies_on_anything_else_and_every_line_ends_at_its_boxes(count):
    """A row of questions whose first answer leads on and whose others all lead to one end, labels of many sizes."""
    sizes = [Size(200 + 10 * place, 60 + 7 * place) for place in range(count + 2)]
    links = [Link(place, place + 1, Size(40 + 15 * place, 20)) for place in range(count + 1)]
    links += [Link(place, count + 1, Size(150, 20 * (place % 3 + 1))) for place in range(count)]
    links.append(Link(0, count, None))
    layout = laid_out(sizes, links)
    rects = [*layout.boxes, *(label for label in layout.labels if label)]
    for one, other in itertools.combinations(rects, 2):
        assert not one.overlaps(other)
    for rect, size in zip(layout.boxes, sizes, strict=True):
        assert (rect.width, rect.height) == (size.width, size.height)
        assert rect.x >= 0
        assert rect.y >= 0
        assert rect.x + rect.width <= layout.width + 0.1
        assert rect.y + rect.height <= layout.height + 0.1
    for link, lines in zip(links, layout.lines, strict=True):
        source, target = layout.boxes[link.source], layout.boxes[link.target]
        assert lines[0][0][1] == pytest.approx(source.y + source.height, abs=0.5)
        assert lines[-1][-1][1] == pytest.approx(target.y, abs=0.5)
        assert source.x <= lines[0][0][0] <= source.x + source.width
        assert target.x <= lines[-1][-1][0] <= target.x + target.width
        for rect in rects:
            assert not any(touches(rect, line) for line in lines)


def test_the_boxes_of_a_large_chart_do_not_overlap(large):
    root = ET.fromstring(svg(large))
    rects = [
        Rect(*(float(rect.get(name)) for name in ("x", "y", "width", "height")))
        for rect in root.iter(f"{SVG}rect")
        if rect.get("class") == "box"
    ]
    assert len(rects) == len(large.nodes)
    for one, other in itertools.combinations(rects, 2):
        assert not one.overlaps(other)


# letters --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", [letters.wrapped, letters.evened])
@pytest.mark.parametrize("room", [40, 120, 300])
def test_lines_fit_their_room_and_keep_every_letter(broken, room):
    text = "Was the modality part of a skilled plan of care, or MEDICARE-SKILLED-MODALITY-WITHOUT-A-BREAK?"
    lines = broken(text, room, 13)
    assert all(letters.width(line, 13) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_evened_lines_leave_no_word_alone():
    text = "expect the first of these codes where the line carries it"
    assert len(letters.wrapped(text, 351, 13)[-1].split()) == 1
    lines = letters.evened(text, 351, 13)
    assert len(lines) == len(letters.wrapped(text, 330, 13))
    assert len(lines[-1].split()) > 1


def test_no_text_has_no_lines():
    assert letters.wrapped("", 100, 13) == ()
    assert letters.evened(" ", 100, 13) == ()
