"""Bytes of a note into text, or why they are none. Nothing is guessed that would change what the note says."""

from __future__ import annotations

import codecs
import re

from claimwright.lines.problems import Gravity, Problem

LARGEST = 8 << 20  # bytes; the note of a visit has some thousand characters
LARGE = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"{\\rtf", "a rich text file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_SAMPLE, _SHARE = 1 << 16, 0.02
_EXPORT = "export it as plain text (UTF-8) from where it was written"


def decoded(data: bytes, charset: str = "") -> tuple[str | None, Problem | None]:
    """The text of some bytes, and what is wrong with them; no text where they cannot be relied on.

    `charset` is what the sender says; otherwise a byte order mark tells, then UTF-8, then Windows-1252.
    """
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        return None, Problem("INP-EMPTY", "the note is empty", "leave it out, or give the note that was written")
    for sign, what in _OTHER:
        if data.startswith(sign):
            return None, Problem("INP-NOTE-TYPE", f"this is {what}, which is not read", _EXPORT)
    if len(data) > LARGEST:
        message = f"the note has {len(data):,} bytes, more than {LARGEST:,}; it is not read"
        return None, Problem("INP-NOTE-SIZE", message, "give one note for each visit")
    text, problem = _text(data, charset)
    if text is None:
        return None, problem
    if len(_CONTROL.findall(text[:_SAMPLE])) > _SHARE * min(len(text), _SAMPLE):
        return None, Problem("INP-NOTE-TYPE", "this is no text but some other kind of file; it is not read", _EXPORT)
    if problem is None and len(data) > LARGE:
        message = f"the note has {len(data):,} bytes; it is read whole, and may hold more than one visit"
        problem = Problem("INP-NOTE-SIZE", message, "give one note for each visit", Gravity.WARNING)
    return text, problem


def _text(data: bytes, charset: str) -> tuple[str | None, Problem | None]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in (marked,) if marked else (*_known(charset), "utf-8", "cp1252"):
        try:
            return data.decode(encoding), None
        except UnicodeDecodeError as error:
            last = error
    message = "the bytes are not text in UTF-8, UTF-16 or Windows-1252; the note is not read"
    return None, Problem("INP-ENCODING", message, _EXPORT, offset=last.start)


def _known(charset: str) -> tuple[str, ...]:
    try:
        return (codecs.lookup(charset).name,) if charset else ()
    except LookupError:
        return ()
