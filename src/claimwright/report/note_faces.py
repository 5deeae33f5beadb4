"""One note in a terminal, as JSON and as a page: its words coloured by what they support, what is missing, what to ask.

The page has no script and makes no request; every character of the note is escaped in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from claimwright.lines.answers import LineAnswer
from claimwright.report import note_shape, shape, wording
from claimwright.report.as_json import RunIdentity, dumps, line_object
from claimwright.report.html import note_template
from claimwright.report.layout import entry, heading, write
from claimwright.report.note_view import KINDS, NoteView, Piece, Supported
from claimwright.report.text import render_line

STYLES: Mapping[str, str] = {
    "risk": "bold red underline",
    "purpose": "green underline",
    "who": "cyan underline",
    "where": "yellow underline",
    "response": "magenta underline",
    "given": "blue underline",
    "other": "underline",
}
_LABELS = 16


def render_note(shown: NoteView, console: Console, answer: LineAnswer | None = None) -> None:
    """A note on a terminal or through a pipe; where nothing is coloured, what is supported quotes the words."""
    heading(console, f"Note: {shown.name}")
    console.print()
    for line in lines_of(shown.pieces):
        text = Text.assemble(*((wording.visible(piece.text), STYLES.get(piece.kind, "")) for piece in line))
        console.print(text, soft_wrap=True)
    console.print()
    if shown.kinds:
        legend = Text("  ").join(Text(said, style=STYLES[kind]) for kind, said in shown.kinds)
        console.print(legend, soft_wrap=True)
        console.print()
    for label, supported in (
        ("supports", [one for one in shown.supported if one.kind != "risk"]),
        ("look again", [one for one in shown.supported if one.kind == "risk"]),
    ):
        for number, one in enumerate(supported):
            entry(console, "" if number else label, _words(one, shown), hang=_LABELS, label_style="dim")
    for number, gap in enumerate(shown.gaps):
        entry(console, "" if number else "missing", f"{gap.fact}: {gap.why}", hang=_LABELS, label_style="dim")
        who = f" ({gap.who} usually knows)" if gap.who else ""
        entry(console, "", gap.question + who, hang=_LABELS, style="bold")
    if not shown.supported and not shown.gaps:
        write(console, "Nothing in this note says what a policy asks about.")
    for problem in shown.told.problems:
        entry(console, "not read", problem, hang=_LABELS, label_style="dim")
    if answer is not None:
        console.print()
        render_line(answer, console)


def _words(one: Supported, shown: NoteView) -> str:
    quotes = " … ".join(f"“{' '.join(shown.told.text[start:end].split())}”" for start, end in one.spans)
    of = f" of {', '.join(one.of)}" if one.of else ""
    return f"{one.fact}{of}: {one.value} ({quotes})"


def note_json(shown: NoteView, answer: LineAnswer | None = None) -> bytes:
    """The published JSON of a note."""
    text = shown.told.text
    told: note_shape.NoteJson = {
        "schema": note_shape.NOTE,
        "note": shown.name,
        "services": list(shown.told.services),
        "supported": [
            {
                "fact": one.fact,
                "says": one.says,
                "value": one.value,
                "kind": one.kind,
                "of": list(one.of),
                "quoted": [_quoted(text, start, end) for start, end in one.spans],
                "rule": one.rule,
            }
            for one in shown.supported
        ],
        "missing": [{"fact": gap.fact, "why": gap.why, "question": gap.question, "who": gap.who} for gap in shown.gaps],
        "mentions": [
            {
                "label": mention.label,
                "value": mention.value,
                "status": mention.status.value,
                "quoted": _quoted(text, *mention.span),
            }
            for mention in shown.told.mentions
        ],
        "problems": list(shown.told.problems),
    }
    if answer is not None:
        told["line"] = line_object(answer)
    return dumps(told) + b"\n"


def _quoted(text: str, start: int, end: int) -> shape.QuotedJson:
    return {"start": start, "end": end, "words": text[start:end]}


def note_page(shown: NoteView, identity: RunIdentity, answer: LineAnswer | None = None) -> str:
    """A note as a page of its own."""
    return note_template().render(
        identity=identity,
        shown=shown,
        kinds=KINDS,
        lines=lines_of(shown.pieces),
        words=lambda one: [shown.told.text[start:end] for start, end in one.spans],
        answer=answer,
    )


def lines_of(pieces: tuple[Piece, ...]) -> list[list[Piece]]:
    """The pieces of each line of the note, without what ends the line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for part in piece.text.splitlines(keepends=True):
            bare = part.splitlines()[0]
            lines[-1].append(replace(piece, text=bare))
            if bare != part:
                lines.append([])
    return lines
