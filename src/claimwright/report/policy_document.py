"""A policy document as a page shows it: its own text and tables, with each rule in its place as a clause.

The Markdown may be a user's own, so that no HTML in it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from claimwright.documents.reader import FENCES
from claimwright.policies.model import Clause, Policy

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_RESTATED = re.compile(r"\s*\[paraphrase\]\s*$")
_UNSLUGGED = re.compile(r"[^a-z0-9]+")
_EXAMPLES = "Examples"
_NOTHING = Markup()


@dataclass(frozen=True)
class Part:
    """A stretch of the document: text, a clause, a block of ours as it is written, or the place of the examples."""

    kind: Literal["text", "clause", "block", "examples"]
    html: Markup = _NOTHING
    clause: Clause | None = None
    title: str = ""


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Page:
    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]


def anchor_of(clause: Clause, policy: Policy) -> str:
    """`clause-NC`; a version that is not the last of its clause has its first day behind it."""
    last = [one for one in policy.clauses if one.id == clause.id][-1]
    if clause is last or clause.in_force == last.in_force:
        return f"clause-{clause.id}"
    return f"clause-{clause.id}-{clause.in_force.first or 'first'}"


def page(markdown: str, policy: Policy | None) -> Page:
    """The document after its front matter and its own title. `policy` is None for an order of authority."""
    found = _FRONT.match(markdown)
    before = markdown[: found.end()].count("\n") if found else 0
    body = "\n" * before + (markdown[found.end() :] if found else markdown)
    tokens = _reader().parse(body)
    clauses = {clause.line: clause for clause in policy.clauses} if policy else {}
    headings = tuple(_headed(tokens))
    return Page(tuple(_parts(tokens, clauses)), headings)


@cache
def _reader() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("blockquote_open", _quoted)
    made.add_render_rule("table_open", lambda *_: '<div class="scroll"><table>\n')
    made.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return made


def _quoted(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """A quotation; one that restates says so, and keeps no mark of it at its end."""
    restated = False
    for token in tokens[place:]:
        if token.type == "blockquote_close":
            break
        for child in token.children or ():
            if child.type == "text" and _RESTATED.search(child.content):
                child.content, restated = _RESTATED.sub("", child.content), True
    return '<blockquote class="restated"><p class="lead">restated in our words</p>\n' if restated else "<blockquote>\n"


def _headed(tokens: list[Token]) -> Iterator[Heading]:
    """The headings under the title, one step lower than written, each with an anchor of its own."""
    seen: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if token.type != "heading_open" or token.tag == "h1":
            continue
        text = tokens[place + 1].content
        slug = _UNSLUGGED.sub("-", text.lower()).strip("-") or "section"
        seen[slug] = seen.get(slug, 0) + 1
        anchor = f"text-{slug}" if seen[slug] == 1 else f"text-{slug}-{seen[slug]}"
        level = min(int(token.tag[1]) + 1, 6)
        token.tag = f"h{level}"
        token.attrSet("id", anchor)
        close = next(one for one in tokens[place:] if one.type == "heading_close")
        close.tag = token.tag
        yield Heading(level, text, anchor)


def _parts(tokens: list[Token], clauses: dict[int, Clause]) -> Iterator[Part]:
    waiting: list[Token] = []
    place, examples = 0, False
    while place < len(tokens):
        token, end = tokens[place], _end(tokens, place)
        whole = tokens[place : end + 1]
        place = end + 1
        if token.type == "heading_open":
            examples = whole[1].content == _EXAMPLES
            if token.tag == "h1" or examples:
                continue
        kind, _, name = token.info.strip().partition(" ")
        if token.type == "fence" and kind in FENCES:
            yield from _text(waiting)
            waiting = []
            clause = clauses.get(token.map[0] + 1 if token.map else 0)
            if clause is not None and kind == "rule":
                yield Part("clause", clause=clause)
            else:
                written = Markup("<pre>{}</pre>").format(token.content)
                yield Part("block", written, title=f"{kind} {name}".strip())
        elif examples and token.type == "table_open":
            yield from _text(waiting)
            waiting = []
            yield Part("examples")
        else:
            waiting += whole
    yield from _text(waiting)


def _end(tokens: list[Token], place: int) -> int:
    """Where the block that begins at a place ends."""
    level = tokens[place].level
    if tokens[place].nesting != 1:
        return place
    return next(n for n in range(place + 1, len(tokens)) if tokens[n].nesting == -1 and tokens[n].level == level)


def _text(tokens: list[Token]) -> Iterator[Part]:
    if tokens:
        made = _reader()
        # the renderer escapes all text, for HTML is off
        yield Part("text", Markup(made.renderer.render(tokens, made.options, {})))  # noqa: S704


def plain(text: str) -> Markup:
    """A line of Markdown's inline marks as HTML, for titles and cells."""
    return Markup(_reader().renderInline(text)) if text else escape("")  # noqa: S704
