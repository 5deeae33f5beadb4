"""The text of a file, and what is wrong with it as text."""

from __future__ import annotations

from pathlib import Path

from claimwright.documents.complaints import Complaint


def text_of(file: Path, path: str, complaints: list[Complaint]) -> str:
    """The text of a file; what is not UTF-8 in it is a complaint (P000) and stands as replacement characters."""
    read = file.read_bytes()
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError as error:
        line = read[: error.start].count(b"\n") + 1
        complaints.append(Complaint(path, line, "P000", "the text is not UTF-8", "save the file as UTF-8"))
        return read.decode("utf-8", errors="replace")
