"""What a document is made of, in reading order: headings, quotations, paragraphs, blocks of ours, tables."""

from __future__ import annotations

from dataclasses import dataclass

from claimwright.documents.nodes import Mapping


@dataclass(frozen=True)
class Heading:
    text: str
    level: int
    line: int


@dataclass(frozen=True)
class Quotation:
    text: str  # white space folded
    line: int


@dataclass(frozen=True)
class Paragraph:
    text: str
    line: int

    @property
    def is_reading(self) -> bool:
        return self.text.startswith("*Reading.*")


@dataclass(frozen=True)
class Fence:
    """A block of ours: ```` ```rule PTP.1 ````; `body` is its YAML."""

    kind: str
    id: str
    body: Mapping
    line: int


@dataclass(frozen=True)
class Row:
    cells: tuple[tuple[str, str], ...]
    line: int

    def get(self, column: str) -> str:
        return dict(self.cells).get(column, "")


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int


Block = Heading | Quotation | Paragraph | Fence | Table


@dataclass(frozen=True)
class Document:
    path: str
    text: str
    front: Mapping
    blocks: tuple[Block, ...]
