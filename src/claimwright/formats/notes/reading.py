"""Files and folders of notes read whole, into one frame; each note by its place, so that a bad one costs no other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from claimwright.formats.json_values import values
from claimwright.formats.notes import fhir
from claimwright.formats.notes.decoding import LARGEST, decoded
from claimwright.formats.notes.markup import stripped
from claimwright.formats.notes.names import shown
from claimwright.formats.notes.texts import header, record
from claimwright.formats.opening import opened, unopened
from claimwright.formats.sides.notes import NOTES
from claimwright.formats.sides.reading import read_file, read_numbered, read_records
from claimwright.formats.values import TABLE_DATES, dates
from claimwright.lines.problems import Problem

NAME = "name"
NOTES_SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {**NOTES.schema, NAME: pl.String}
_TABLES = (".csv", ".tsv", ".parquet", ".json", ".ndjson", ".jsonl")
_JSON = (".json", ".ndjson", ".jsonl")
_MARKUP = (".htm", ".html")
Read = tuple[pl.DataFrame, list[Problem]]


def empty() -> pl.DataFrame:
    """A frame of no notes."""
    return pl.DataFrame(schema=dict(NOTES_SCHEMA))


def read(path: Path) -> Read:
    """The notes of a file or of a folder and the folders in it, with `NOTES_SCHEMA`, and what is wrong with them.

    A text file is a note; a table or JSON holds several, FHIR among them. `name` is how a note may be called in an
    answer: its id, or its file without the member id. Data never raises, and no problem repeats what a note says.
    """
    if not path.is_dir():
        return _one(path) if _suffix(path) in _TABLES else _texts([path], path.name)
    inside = sorted(one for one in path.rglob("*") if one.is_file() and not _hidden(one, path))
    if not inside:
        problem = Problem("INP-EMPTY", "the folder holds no file", "give the folder of the notes", file=path.name)
        return empty(), [problem]
    parts = [_texts([one for one in inside if _suffix(one) not in _TABLES], path.name)]
    parts += [_one(one) for one in inside if _suffix(one) in _TABLES]
    return pl.concat(frame for frame, _ in parts), [problem for _, problems in parts for problem in problems]


def records(given: Iterable[Any], *, file: str = "", defaults: Mapping[str, Any] | None = None) -> Read:
    """The same from objects of field → value; `defaults` fill the fields that an object lacks."""
    return _named(*read_records(NOTES, given, file=file, defaults=defaults), file)


@dataclass
class _Pile:
    """Rows of notes by their place, what each is called, and what is wrong with others."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def put(self, place: int, row: dict[str, str] | None, problems: Iterable[Problem]) -> None:
        self.problems += [replace(one, row=place) for one in problems]
        if row is not None:
            self.rows.append((place, row))


def _texts(files: list[Path], folder: str) -> Read:
    """Text files, each a note."""
    pile = _Pile()
    names = {place: shown(path, place) for place, path in enumerate(files, 1)}
    for place, path in enumerate(files, 1):
        try:
            text, problem = _text_of(path)
        except OSError as error:
            pile.put(place, None, [unopened(error, path)])
            continue
        row, wrong = (None, None) if text is None else record(path, text)
        pile.put(place, row or None, [one for one in (problem, wrong) if one])
    frame, more = read_numbered(NOTES, pile.rows, folder) if pile.rows else (_none(), [])
    told = [_of_file(one, _place(folder, names, one.row)) for one in (*pile.problems, *more)]
    called = pl.Series(NAME, [names[place] for place in frame["row"]], dtype=pl.String)
    return frame.with_columns(called), sorted(told, key=lambda one: one.row or 0)


def _of_file(problem: Problem, file: str) -> Problem:
    """The same, of a file and not of a row of a table."""
    message = problem.message.replace("this row", "this note").replace("the row", "the note")
    return replace(problem, file=file, message=message)


def _place(folder: str, names: Mapping[int, str], row: int | None) -> str:
    name = names.get(row or 0, "")
    return f"{folder}/{name}" if name and len(names) > 1 else name if name.startswith("…") else folder


def _text_of(path: Path) -> tuple[str | None, Problem | None]:
    with opened(path) as file:
        data = file.stream.read(LARGEST + 1)
        damage = file.cut_off()
    if damage is not None:  # what a note does not say would be taken for not done
        return None, replace(damage, message="the compressed file is damaged or cut off; the note is not read")
    text, problem = decoded(data)
    if text is not None and (_suffix(path) in _MARKUP or text.lstrip()[:15].lower().startswith(("<!doctype", "<html"))):
        text = stripped(text)
    return text, problem


def _one(path: Path) -> Read:
    """A table, JSON records, or FHIR."""
    if _suffix(path) in _JSON:
        try:
            found = _resources(path)
        except OSError as error:
            return empty(), [unopened(error, path)]
        if found is not None:
            return found
    with _long_cells():
        frame, problems = read_file(NOTES, path)
    return _named(frame, problems, path.name)


def _resources(path: Path) -> Read | None:
    """The notes of FHIR resources; None where the file holds none."""
    problems: list[Problem] = []
    with opened(path) as file:
        found = [value for value, _ in values(file.stream, path.name, problems)]
    if not any(map(fhir.is_fhir, found)):
        return None
    pile = _Pile(problems=problems)
    for place, (row, wrong) in enumerate(fhir.documents(found), 1):
        pile.put(place, row, [replace(one, file=path.name) for one in wrong])
    frame, more = read_numbered(NOTES, pile.rows, path.name) if pile.rows else (_none(), [])
    if not pile.rows and not pile.problems:
        what = "no DocumentReference is among these resources"
        more = [Problem("INP-EMPTY", what, "give DocumentReference resources, alone or in a Bundle", file=path.name)]
    return _named(frame, sorted([*pile.problems, *more], key=lambda one: one.row or 0), path.name)


def _named(frame: pl.DataFrame, problems: list[Problem], file: str) -> Read:
    """Notes with what each is called: its id, or its place in the file."""
    where = pl.format("{}, row {}", pl.lit(file or "the notes"), pl.col("row"))
    return frame.with_columns(pl.col("id").fill_null(where).alias(NAME)).select(list(NOTES_SCHEMA)), problems


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema=dict(NOTES.schema))


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return suffixes[-1] if suffixes else ""


def _hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)


@contextmanager
def _long_cells() -> Iterator[None]:
    """A cell of a table may hold a whole note, which is longer than Python's reader takes by itself."""
    before = csv.field_size_limit(LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


# one note, whoever's it is -------------------------------------------------------------------------------------------


def one_text(path: Path) -> tuple[str | None, list[Problem], str]:
    """The text of a file that holds one note, what is wrong with it, and what it may be called.

    Whose note it is and of which day need not be known.
    """
    if _suffix(path) in _TABLES:
        frame, problems = _one(path)
        if frame.height == 1:
            return frame["text"][0], problems, frame[NAME][0]
        message = f"the file holds {frame.height} notes that can be read, and one is asked for"
        return None, [*problems, Problem("INP-NOTE-MANY", message, "give one note", file=path.name)], path.name
    try:
        text, problem = _text_of(path)
    except OSError as error:
        return None, [unopened(error, path)], path.name
    name = shown(path, 1)
    return text, [replace(problem, file=name)] if problem else [], name


def text_of_bytes(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of some bytes, and what is wrong with them."""
    text, problem = decoded(data)
    return text, [replace(problem, file=file)] if problem else []


def day_of(text: str) -> date | None:
    """The day of the visit by the first lines of a note."""
    told = header(text).get("service_from")
    found = dates(pl.Series([told], dtype=pl.String), TABLE_DATES)[0]
    return found if isinstance(found, date) else None
