"""A Markdown document with front matter, quotations, rule blocks and tables, in reading order.

The reader knows the form of a policy document, not what its rules mean.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimwright.documents.blocks import Block, Document, Fence, Heading, Paragraph, Quotation, Row, Table
from claimwright.documents.complaints import Complaint
from claimwright.documents.nodes import Mapping, NodeError
from claimwright.documents.yaml_text import read_yaml

FENCES = ("rule", "criteria", "program")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def read(text: str, path: str) -> tuple[Document, tuple[Complaint, ...]]:
    """Read one document. What cannot be read becomes a complaint (P000) and is left out; the rest is still read."""
    complaints: list[Complaint] = []
    front, body_starts = Mapping((), 1), 0
    found = _FRONT.match(text)
    if found:
        body_starts = text[: found.end()].count("\n")
        try:
            front = read_yaml(found.group(1), first_line=2)
        except NodeError as error:
            complaints.append(
                Complaint(path, error.line, "P000", f"the front matter cannot be read: {error}", YAML_HELP)
            )
    else:
        complaints.append(
            Complaint(
                path, 1, "P000", "the document has no front matter", "begin with a block between two lines of ---"
            )
        )
    body = "\n" * body_starts + text[found.end() if found else 0 :]
    blocks: list[Block] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for place, token in enumerate(tokens):
        block = _block(token, tokens, place, path, complaints)
        if block is not None:
            blocks.append(block)
    return Document(path, text, front, tuple(blocks)), tuple(complaints)


YAML_HELP = "write `key: value` lines; quote a value that contains `: ` or begins with `{` or `[`"


def _block(token: Token, tokens: list[Token], place: int, path: str, complaints: list[Complaint]) -> Block | None:
    line = token.map[0] + 1 if token.map else 0
    if token.type == "heading_open":
        return Heading(tokens[place + 1].content, int(token.tag[1]), line)
    if token.type == "blockquote_open" and token.level == 0:
        return Quotation(_folded(_inside(tokens, place)), line)
    if token.type == "paragraph_open" and token.level == 0:
        return Paragraph(_folded([tokens[place + 1]]), line)
    if token.type == "table_open":
        return _table(tokens, place, line)
    if token.type == "fence" and token.info.split(" ")[0] in FENCES:
        kind, _, name = token.info.strip().partition(" ")
        try:
            return Fence(kind, name.strip(), read_yaml(token.content, first_line=line + 1), line)
        except NodeError as error:
            complaints.append(
                Complaint(path, error.line, "P000", f"the {kind} {name} cannot be read: {error}", YAML_HELP)
            )
    return None


def _inside(tokens: list[Token], place: int) -> list[Token]:
    close = tokens[place].type.replace("_open", "_close")
    end = next(
        n for n in range(place, len(tokens)) if tokens[n].type == close and tokens[n].level == tokens[place].level
    )
    return [token for token in tokens[place:end] if token.type == "inline"]


def _folded(tokens: list[Token]) -> str:
    return " ".join(" ".join(token.content for token in tokens).split())


def _table(tokens: list[Token], place: int, line: int) -> Table:
    columns: list[str] = []
    rows: list[Row] = []
    cells: list[str] = []
    row_line = line
    for at in range(place, len(tokens)):
        token = tokens[at]
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            cells, row_line = [], (token.map[0] + 1 if token.map else line)
        elif token.type in {"th_open", "td_open"}:
            cells.append(tokens[at + 1].content.strip())
        elif token.type == "tr_close":
            if columns:
                rows.append(Row(tuple(zip(columns, cells, strict=False)), row_line))
            else:
                columns = cells
    return Table(tuple(columns), tuple(rows), line)
