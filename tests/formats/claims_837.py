"""Invented 837 files for tests: written with * : ~ and rewritten with whatever delimiters a test asks for."""

from __future__ import annotations

import io
from dataclasses import dataclass

import polars as pl

from claimwright.formats.batch import Batch
from claimwright.formats.x12 import read
from claimwright.lines.problems import Problem

BILLING = [
    "HL*1**20*1",
    "PRV*BI*PXC*261QP2000X",
    "NM1*85*2*WILLOW THERAPY*****XX*1234567893",
    "N3*1 ELM ROAD",
    "N4*PEORIA*IL*61602",
    "REF*EI*371234567",
    "NM1*87*2",
    "N3*PO BOX 9",
    "N4*AMES*IA*50010",
]


def claim(
    name: str = "C1",
    *,
    lines: tuple[str, ...] = ("SV1*HC:97026:GP*18*UN*1***1",),
    diagnoses: str = "HI*ABK:M1711*ABF:E1142",
    day: str = "D8*20240305",
    extra: tuple[str, ...] = (),
    born: str = "19500102",
    place: str = "11:B:1",
    member: str = "M100200",
) -> list[str]:
    """A subscriber with one claim."""
    segments = [
        "HL*2*1*22*0",
        "SBR*P*18*GRP7*GOOD PLAN*****MB",
        f"NM1*IL*1*QUILL*ROSA****MI*{member}",
        "N4*PEKIN*IL*61554",
        f"DMG*D8*{born}*F",
        "NM1*PR*2*EXAMPLE PAYER*****PI*12345",
        f"CLM*{name}*100***{place}*Y*A*Y*Y",
        *extra,
        diagnoses,
    ]
    for number, line in enumerate(lines, 1):
        segments += [f"LX*{number}", line, f"DTP*472*{day}"]
    return [segment for segment in segments if segment]


@dataclass(frozen=True)
class File:
    """An interchange of one transaction."""

    claims: tuple[list[str], ...]
    guide: str = "005010X222A1"
    control: str = "0001"
    element: str = "*"
    component: str = ":"
    terminator: str = "~"
    glue: str = "\n"
    declared: str = ""  # ISA16 where it lies
    kind: str = "837"

    def segments(self) -> list[str]:
        body = [f"ST*{self.kind}*{self.control}*{self.guide}", "BHT*0019*00*1*20240401*1200*CH", *BILLING]
        for each in self.claims:
            body += each
        return [
            f"GS*HC*SENDER*RECEIVER*20240401*1200*1*X*{self.guide}",
            *body,
            f"SE*{len(body) + 1}*{self.control}",
            "GE*1*1",
            "IEA*1*000000001",
        ]

    def text(self) -> str:
        isa = (
            "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       "
            f"*240401*1200*^*00501*000000001*0*T*{self.declared or ':'}"
        )
        table = str.maketrans({"*": self.element, ":": self.component})
        end = self.terminator + self.glue
        first = isa.replace("*", self.element)
        if not self.declared:
            first = first[:-1] + self.component
        return first + end + "".join(segment.translate(table) + end for segment in self.segments())

    def bytes(self) -> bytes:
        return self.text().encode("latin-1")


def batches_of(data: bytes | File, **options: object) -> list[Batch]:
    raw = data.bytes() if isinstance(data, File) else data
    return list(read(io.BytesIO(raw), name="week.837", **options))  # type: ignore[arg-type]


def lines_of(data: bytes | File, **options: object) -> pl.DataFrame:
    return pl.concat([batch.lines for batch in batches_of(data, **options)])


def problems_of(data: bytes | File, **options: object) -> list[Problem]:
    return [problem for batch in batches_of(data, **options) for problem in batch.problems]


def ids_of(data: bytes | File) -> list[str]:
    return [problem.id for problem in problems_of(data)]


def edited(data: File, old: str, new: str) -> bytes:
    """The file with one text replaced; the text must be there."""
    text = data.text()
    assert old in text
    return text.replace(old, new).encode("latin-1")
