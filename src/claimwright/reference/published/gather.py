"""Files recognised and put together: which tables they are, of which days, and whether all parts are there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from claimwright.days import ONE_DAY, Span
from claimwright.lines.code_set import CHANGE
from claimwright.lines.problems import Problem
from claimwright.reference.published import editions, grids, official, plain
from claimwright.reference.published.layouts import Sheet
from claimwright.reference.published.sources import Source, sources
from claimwright.reference.rows import MUE, PAIRS
from claimwright.reference.tables import ANY, OLD_DIAGNOSES, RELATIVE_VALUES, SETTING_WORDS, TABLES, Table

LAYOUTS = (*official.LAYOUTS, *plain.LAYOUTS)
_VARIANTS = re.compile(r"_(non)?qpp", re.IGNORECASE)  # from 2026 on there are two conversion factors, in two files
_LENGTH = re.compile(r"_(long|short)_", re.IGNORECASE)  # ICD-9-CM comes twice in its zip, by the length of its texts
_MEDICAID = re.compile(r"medicaid|(?<![a-z])mcd(?![a-z])", re.IGNORECASE)  # its tables have the same layouts


@dataclass(frozen=True)
class Piece:
    """One file of a table: its sheet, which part it is (None where the table has only one), and its hash."""

    sheet: Sheet
    part: int | None
    sha256: str


@dataclass(frozen=True)
class Group:
    """The files of one table, for one setting and some days. `missing`: the numbers of the parts that are not there."""

    table: Table
    setting: str
    variant: str
    covers: Span
    pieces: tuple[Piece, ...]
    missing: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """`ncci-ptp-practitioner-2026q3`: the id of the first release of this kind and days."""
        words = [self.table.slug, SETTING_WORDS[self.setting], editions.label(self.covers), self.variant]
        return "-".join(word for word in words if word)

    @property
    def words(self) -> str:
        setting = SETTING_WORDS[self.setting]
        return f"{self.table.words}{f', {setting}' if setting else ''}{f', {self.variant}' if self.variant else ''}"


@dataclass(frozen=True)
class Gathered:
    """What the files given are; nothing is imported where there is a problem. `left`: members of zips not read."""

    groups: tuple[Group, ...]
    problems: tuple[Problem, ...]
    left: tuple[str, ...] = ()


@dataclass
class _Found:
    pieces: list[tuple[Piece, str, str, Span]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def gather(
    paths: Iterable[Path], covers: Span | None = None, progress: Callable[[Path], None] = lambda _: None
) -> Gathered:
    """Recognise every file by its header. `covers` says which days they speak for where their names do not."""
    found = _Found()
    for path in dict.fromkeys(paths):
        listed = sources(path)
        if isinstance(listed, Problem):
            found.problems.append(listed)
        else:
            _recognise(listed, covers, found)
        progress(path)
    groups, problems = _grouped(found.pieces)
    return Gathered(groups, (*found.problems, *problems), tuple(found.left))


def _recognise(listed: list[Source], covers: Span | None, found: _Found) -> None:
    """The tables among the members of one file. Of a table in several forms (text and workbook) one is taken."""
    known: dict[tuple[str, str], list[tuple[Sheet, str]]] = {}
    left: list[str] = []
    for source in listed:
        content = source.read()
        if isinstance(content, Problem):
            found.problems.append(content)
            continue
        sheet = grids.sheets(source, content, LAYOUTS)
        if isinstance(sheet, Problem):
            found.problems.append(sheet)
        elif sheet is None:
            left.append(str(source))
        else:
            stem = str(PurePosixPath(source.member or source.name).with_suffix("")).lower()
            twin = (sheet.layout.table, _LENGTH.sub("_", stem) if sheet.layout.table == OLD_DIAGNOSES else stem)
            known.setdefault(twin, []).append((sheet, hashlib.sha256(content).hexdigest()))
    if not known and not found.problems:
        found.problems.extend(_unknown(source) for source in listed)
        return
    found.left.extend(left)
    for forms in known.values():
        sheet, sha256 = min(
            forms, key=lambda form: (form[0].layout.prefers.index(form[0].source.suffix), str(form[0].source))
        )
        _add(sheet, sha256, covers, found)


def _add(sheet: Sheet, sha256: str, covers: Span | None, found: _Found) -> None:
    if any(_MEDICAID.search(name) for name in sheet.source.names):
        message, help_ = "this is a table of Medicaid's, which has edits of its own", "only Medicare's tables are read"
        found.problems.append(Problem("REF-SETTING", message, help_, file=str(sheet.source)))
        return
    setting = _setting(sheet)
    if not setting:
        help_ = "keep the published name: ccipra… is the practitioners' table, ccioph… the hospitals'"
        found.problems.append(
            Problem("REF-SETTING", "neither header nor name says whose table this is", help_, file=str(sheet.source))
        )
        return
    span = _covers(sheet, covers)
    if isinstance(span, Problem):
        found.problems.append(span)
        return
    table = TABLES[sheet.layout.table]
    part = editions.part_of(sheet.source.name) or editions.part_of(sheet.source.path.name) if table.parts > 1 else None
    if table.parts > 1 and part is None:
        help_ = f"keep the published name, which ends in -f1 to -f{table.parts}"
        problem = Problem(
            "REF-PART", "the name does not say which part of the table this is", help_, file=str(sheet.source)
        )
        found.problems.append(problem)
        return
    variant = _VARIANTS.search(sheet.source.name) if table.name == RELATIVE_VALUES else None
    told = variant[0].strip("_").lower() if variant else ""
    found.pieces.append((Piece(sheet, part, sha256), setting, told, span))


def _setting(sheet: Sheet) -> str:
    """Whose table this is: MUE headers say it, of pair tables only the name does."""
    if TABLES[sheet.layout.table].settings == (ANY,):
        return ANY
    said = " ".join((*sheet.source.names, *(sheet.titles if sheet.layout.table == MUE else ()))).lower()
    if sheet.layout.table == MUE:
        said = " ".join(sheet.titles)
    marks = {"professional": r"practitioner|ccipra", "institutional": r"hospital|ccioph", "dme": r"dme supplier"}
    found = [setting for setting, mark in marks.items() if re.search(mark, said)]
    return found[0] if len(found) == 1 else ""


def _covers(sheet: Sheet, given: Span | None) -> Span | Problem:
    told = editions.spans_in(sheet.source.names, sheet.layout.table)
    file = str(sheet.source)
    if len(told) > 1:
        days = " and ".join(str(span) for span in told)
        return Problem("REF-DAYS", f"its names tell of different days: {days}", "keep the published names", file=file)
    if told and given and told[0] != given:
        message = f"its name tells of {told[0]}, and --covers says {given}"
        return Problem("REF-DAYS", message, "leave --covers out, or check the file", file=file)
    if given and sheet.layout.table == OLD_DIAGNOSES and (given.last or CHANGE) >= CHANGE:
        message, help_ = (
            f"ICD-9-CM ended on {CHANGE - ONE_DAY}, and --covers says {given}",
            "say the days of its version",
        )
        return Problem("REF-DAYS", message, help_, file=file)
    if told or given:
        return told[0] if told else given  # type: ignore[return-value]
    help_ = "say it: --covers 2026Q3, --covers 2026, or --covers '2026-07-01 .. 2026-09-30'"
    return Problem("REF-DAYS", "its name does not tell which days it speaks for", help_, file=file)


def _unknown(source: Source) -> Problem:
    help_ = "docs/reference-data.md lists the files and headers that are read"
    return Problem("REF-LAYOUT", "no table that is known here: its header is none of theirs", help_, file=str(source))


def _grouped(pieces: list[tuple[Piece, str, str, Span]]) -> tuple[tuple[Group, ...], list[Problem]]:
    by_key: dict[tuple[str, str, str, Span], list[Piece]] = {}
    for piece, setting, variant, span in pieces:
        by_key.setdefault((piece.sheet.layout.table, setting, variant, span), []).append(piece)
    groups: list[Group] = []
    problems: list[Problem] = []
    for (name, setting, variant, span), members in by_key.items():
        table = TABLES[name]
        parts = [piece.part for piece in members]
        for place, piece in enumerate(members):
            if piece.part in parts[:place]:
                what = f"part {piece.part}" if piece.part else "this table"
                first = members[parts.index(piece.part)].sheet.source
                message = f"{what} of {table.words} for {span} is given twice, first as {first}"
                problems.append(Problem("REF-PART", message, "give it once", file=str(piece.sheet.source)))
        missing = tuple(part for part in range(1, table.parts + 1) if part not in parts) if table.parts > 1 else ()
        ordered = tuple(sorted(members, key=lambda piece: piece.part or 0))
        groups.append(Group(table, setting, variant, span, ordered, missing))
    return tuple(groups), problems + _mixed(groups)


def _mixed(groups: list[Group]) -> list[Problem]:
    """Parts of one table from different quarters: nearly always a slip, and never one release."""
    found = []
    for group in groups:
        alike = [
            one
            for one in groups
            if (one.table, one.setting, one.variant) == (group.table, group.setting, group.variant)
        ]
        if group.missing and len(alike) > 1:
            others = ", ".join(editions.label(one.covers) for one in alike if one is not group)
            parts = ", ".join(str(piece.part) for piece in group.pieces)
            message = f"part {parts} is of {editions.label(group.covers)}, and other parts are of {others}"
            help_ = f"give all {group.table.parts} parts of each quarter, or one quarter at a time"
            found.append(Problem("REF-DAYS", message, help_, file=str(group.pieces[0].sheet.source)))
    return found


__all__ = ["PAIRS", "Gathered", "Group", "Piece", "gather"]
