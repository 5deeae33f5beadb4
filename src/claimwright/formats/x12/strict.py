"""What the implementation guides themselves find wrong with an 837, by pyx12: optional, some 300 claims a second."""

from __future__ import annotations

import gzip
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from claimwright.lines.problems import Gravity, Problem

_ELEMENT = {  # X12 data element 723, in our words
    "1": "is required and missing",
    "2": "is required by another element and missing",
    "3": "stands where no element may",
    "4": "is too short",
    "5": "is too long",
    "6": "has a character that is not allowed",
    "7": "has a code that is not allowed here",
    "8": "is no date",
    "9": "is no time",
    "10": "may not stand beside another element",
}
_SEGMENT = {  # X12 data element 720, in our words
    "1": "is not known",
    "2": "is not expected here",
    "3": "is required and missing",
    "4": "opens a loop that repeats too often",
    "5": "repeats too often",
    "6": "has no place in this transaction",
    "7": "stands out of order",
    "8": "has elements that are wrong",
}
_HELP = "compare the segment with the implementation guide"


def strict_problems(path: str | Path) -> Iterator[Problem]:
    """Problems by the guides X222A1 and X223A2; none for a file that is no X12. Values of claims are never repeated.

    Without pyx12 one problem says how to get it. The order is that of the file within a transaction.
    """
    path = Path(path)
    try:
        import pyx12.params  # noqa: PLC0415 # an optional extra, slow to import
        import pyx12.x12n_document  # noqa: PLC0415 # likewise
    except ImportError:
        yield Problem(
            "INP-STRICT-MISSING",
            "the strict check needs pyx12, which is not installed",
            "pip install 'claimwright[x12]'",
            Gravity.WARNING,
            path.name,
        )
        return
    found = io.StringIO()
    try:
        with _text(path) as source, _silent():
            pyx12.x12n_document.x12n_document(pyx12.params.params(), source, None, None, fd_json=found)
    except OSError:
        return  # told by the reader
    except Exception as error:  # noqa: BLE001 # pyx12 raises whatever broken input leads it into
        yield Problem(
            "INP-STRICT",
            f"the strict check gave up ({type(error).__name__}): a guide it does not know, or a file too broken for it",
            "the strict check knows 005010X222A1 and 005010X223A2",
            Gravity.WARNING,
            path.name,
        )
        return
    if found.getvalue():
        yield from _told(json.loads(found.getvalue()), path.name)


def _told(document: dict[str, Any], file: str) -> Iterator[Problem]:
    for interchange in document.get("interchanges", ()):
        yield from _envelope(interchange, "interchange", file)
        for group in interchange.get("groups", ()):
            yield from _envelope(group, "group", file)
            for transaction in group.get("transactions", ()):
                yield from _envelope(transaction, "transaction", file)
                for segment in transaction.get("segments", ()):
                    yield from _segment(segment, file)


def _envelope(part: dict[str, Any], what: str, file: str) -> Iterator[Problem]:
    for error in part.get("errors", ()):
        yield Problem(
            "INP-STRICT",
            f"the envelope of this {what} is not as the guide wants it (code {_code(error)})",
            _HELP,
            Gravity.WARNING,
            file,
            segment=part.get("cur_line"),
        )


def _segment(segment: dict[str, Any], file: str) -> Iterator[Problem]:
    tag, at = str(segment.get("seg_id") or ""), segment.get("cur_line")
    shown = tag if tag.isalnum() and len(tag) <= 3 else "the segment"
    for error in segment.get("errors", ()):
        text = _SEGMENT.get(_code(error), f"is not as the guide wants it (code {_code(error)})")
        yield Problem("INP-STRICT", f"{shown} {text}", _HELP, Gravity.WARNING, file, segment=at, field=shown)
    for element in segment.get("elements", ()):
        place = f"{shown}{element.get('ele_pos') or 0:02}"
        if element.get("subele_pos"):
            place += f"-{element['subele_pos']}"
        for error in element.get("errors", ()):
            text = _ELEMENT.get(_code(error), f"is not as the guide wants it (code {_code(error)})")
            yield Problem("INP-STRICT", f"{place} {text}", _HELP, Gravity.WARNING, file, segment=at, field=place)


def _code(error: dict[str, Any]) -> str:
    return str(error.get("err_cde") or "?")[:8]


def _text(path: Path) -> TextIO:
    with path.open("rb") as plain:
        zipped = plain.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rt", encoding="latin-1") if zipped else path.open(encoding="latin-1")


@contextmanager
def _silent() -> Iterator[None]:
    """Keep pyx12 from logging: its messages repeat values of the claims."""
    logger = logging.getLogger("pyx12")
    swallow = logging.NullHandler()
    before = logger.propagate
    logger.addHandler(swallow)  # without a handler of its own, logging would print to stderr
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(swallow)
        logger.propagate = before
