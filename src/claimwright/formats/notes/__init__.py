"""Treatment notes beside the claims: folders of text, tables, JSON records and FHIR, all as rows of one kind.

Nothing of what a note says stands in a problem; a file is named without the member id that its name may hold.
"""

from __future__ import annotations

from claimwright.formats.notes.decoding import LARGEST
from claimwright.formats.notes.reading import (
    NAME,
    NOTES_SCHEMA,
    day_of,
    empty,
    one_text,
    read,
    records,
    text_of_bytes,
)

__all__ = ["LARGEST", "NAME", "NOTES_SCHEMA", "day_of", "empty", "one_text", "read", "records", "text_of_bytes"]
