"""A folder of policies as read: the library, the documents it was read from, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from claimwright.documents.blocks import Document
from claimwright.documents.complaints import Complaint
from claimwright.policies.model import Library
from claimwright.policies.statements import Statement

FACTS = "facts.yaml"
CODES = "codes.csv"
NUMBERS = "numbers.csv"


@dataclass(frozen=True)
class Shelf:
    """A library as read from documents, with the documents themselves and every complaint about them.

    `library` holds what stands in the folder, and the words it may use; `whole` is what an engine applies: the same,
    or for documents that build on another library both together.
    """

    library: Library
    documents: dict[str, Document]  # policy or program id → its document
    complaints: tuple[Complaint, ...]
    root: Path
    whole: Library
    statements: tuple[Statement, ...] = ()  # what the policies are traced to; a folder of one's own has none
