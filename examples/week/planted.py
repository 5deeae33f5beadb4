"""The lines made on purpose, as rows of planted.csv and as the tables of README.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from week.records import Claim

HEADER = ("file", "claim_index", "claim", "frequency", "line", "service", "planted", "findings", "beside", "meets")
BEGIN, END = "<!-- written by generate.py: begin -->", "<!-- written by generate.py: end -->"


@dataclass(frozen=True)
class Row:
    file: str
    claim_index: int
    claim: str
    frequency: str
    line: int
    service: str
    planted: str
    findings: str
    beside: str
    meets: str


def rows(files: Mapping[str, Sequence[Claim]]) -> Iterator[Row]:
    """Every marked line, in file order. `claim_index` counts the claims of a file from 1."""
    for name, claims in files.items():
        for index, claim in enumerate(claims, start=1):
            for mark in claim.marks:
                service = claim.services[mark.line - 1]
                billed = "-".join((f"{service.code}x{service.units}", *service.modifiers))
                yield Row(name, index, claim.ident, claim.frequency, mark.line, billed, mark.planted,
                          mark.findings, mark.beside, mark.meets)  # fmt: skip


def as_csv(files: Mapping[str, Sequence[Claim]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([getattr(row, column) for column in HEADER] for row in rows(files))
    return out.getvalue()


def into_readme(readme: str, files: Mapping[str, Sequence[Claim]]) -> str:
    """The README with its generated part written anew."""
    head, _, rest = readme.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{_tables(files)}\n{END}{tail}"


def _tables(files: Mapping[str, Sequence[Claim]]) -> str:
    parts = []
    for name, claims in files.items():
        marked = list(rows({name: claims}))
        lines = sum(len(claim.services) for claim in claims)
        patients = len({claim.patient for claim in claims})
        wrong = [row for row in marked if row.findings and not row.beside]
        told = [row for row in marked if row.beside]
        hit = len({(row.claim_index, row.line) for row in wrong})
        parts.append(
            f"### {name}\n\n{len(claims)} claims, {lines} lines, {patients} patients; {hit} lines with a "
            f"finding planted, so that {(lines - hit) / lines:.1%} of the lines have nothing to fix.\n"
        )
        parts.append("| claim | line | service | what is planted | findings expected | what it meets |")
        parts.append("|---|---|---|---|---|---|")
        parts += (_cells(row, _code(row.findings)) for row in wrong)
        if told:
            parts.append("\nWhat comes only with the files of `sides/`, and is not checked without them:\n")
            parts.append("| claim | line | service | what is planted | findings expected | needs | what it meets |")
            parts.append("|---|---|---|---|---|---|---|")
            parts += (_cells(row, _code(row.findings), _code(row.beside)) for row in told)
        parts.append("\nLines that only look wrong, and must stay quiet:\n")
        parts.append("| claim | line | service | what it looks like | why nothing is found |")
        parts.append("|---|---|---|---|---|")
        parts += (_cells(row) for row in marked if not row.findings)
        parts.append("")
    return "\n".join(parts)


def _code(words: str) -> str:
    return " ".join(f"`{word}`" for word in words.split())


def _cells(row: Row, *findings: str) -> str:
    claim = row.claim if row.frequency == "1" else f"{row.claim} (frequency {row.frequency})"
    return "| " + " | ".join((claim, str(row.line), row.service, row.planted, *findings, row.meets)) + " |"
