"""The text of an HTML note: what a reader sees of it, a line for each block. Nothing is run, nothing fetched.

Read by one pass that looks at no character more than a few times: Python's own parser takes minutes over a megabyte of
tags that are never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_UNSEEN = {
    name: re.compile(rf"</{name}\b[^>]*>?", re.IGNORECASE)
    for name in ("script", "style", "head", "template", "noscript", "object", "iframe", "svg")
}
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section"),
        *("table", "tbody", "thead", "tr", "ul", "br", "caption"),
    }
)
_TAG = re.compile(r"""<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")  # longer than any character's, and than Python's int reads


def stripped(markup: str) -> str:
    """The text of some HTML, however broken; blank lines once, blanks in a line once."""
    seen = unescape(_LONG_NUMBER.sub("\ufffd", "".join(_parts(markup))))
    kept: list[str] = []
    for line in seen.splitlines():
        words = "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()
        if words or (kept and kept[-1]):
            kept.append(words)
    return "\n".join(kept).strip("\n")


def _parts(markup: str) -> Iterator[str]:
    """The text between the tags, and a break for each tag that makes one; what nobody sees is left out."""
    at = 0
    while (sign := markup.find("<", at)) >= 0:
        yield markup[at:sign]
        if markup.startswith("<!--", sign):
            at = _after(markup, "-->", sign + 4)
        elif markup.startswith(("<!", "<?"), sign):
            at = _after(markup, ">", sign + 2)
        elif (tag := _TAG.match(markup, sign)) is not None:
            name, at = tag["name"].lower(), tag.end()
            if name in _UNSEEN and not tag["closing"]:
                end = _UNSEEN[name].search(markup, at)
                at = end.end() if end else len(markup)
            elif name in _BLOCKS:
                yield "\n"
            elif name in {"td", "th"}:
                yield "\t"
        else:
            yield "<"
            at = sign + 1
    yield markup[at:]


def _after(markup: str, closing: str, start: int) -> int:
    """Behind the sign that closes; the end of the text where none does."""
    found = markup.find(closing, start)
    return len(markup) if found < 0 else found + len(closing)
