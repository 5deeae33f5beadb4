"""Procedures, modifiers, diagnoses and pointers: written the one way the schema has them, never guessed."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from claimwright.formats.assembly import filled
from claimwright.formats.places import Places, code
from claimwright.formats.values import flag
from claimwright.lines.lookalikes import LOOKALIKE, meant
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.schema import DIAGNOSES, POINTERS, Unstated, dx_columns, modifier_columns, pointed_columns

_CLEAN_PROCEDURE = r"^[0-9A-Z]{5}$"
_CLEAN_MODIFIER = r"^[0-9A-Z]{2}$"
_CLEAN_DIAGNOSIS = r"^[0-9A-Z]{3,7}$"
_GLUED = re.compile(r"^([0-9A-Z]{5}) ?[-: ] ?([0-9A-Z]{2})$")


def procedures(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Procedures without blanks, in upper case, without a modifier glued on (`97026-59`); letters like O are told."""
    if "procedure" not in frame.columns:
        return frame, []
    code_ = pl.col("procedure")
    clean, plain = frame.select(
        code_.str.contains(_CLEAN_PROCEDURE).all().alias("clean"),
        (~code_.str.contains(LOOKALIKE)).all().alias("plain"),
    ).row(0)
    problems: list[Problem] = []
    if not clean:
        unclean = (~frame["procedure"].str.contains(_CLEAN_PROCEDURE)).fill_null(False)
        frame, problems = _tidy(frame, unclean, places)
    if not plain or not clean:
        column = frame["procedure"]
        problems += places.problems(
            frame,
            (column.str.contains(LOOKALIKE) & (column.str.len_bytes() == 5)).fill_null(False),
            "procedure",
            "INP-CODE-LETTER",
            lambda row: f"{row['procedure']} has a letter where a digit belongs; kept as written",
            help_=lambda row: f"if {meant(row['procedure'])} was meant, correct the code; it is not changed for you",
            gravity=Gravity.WARNING,
        )
    return frame, problems


def _tidy(frame: pl.DataFrame, unclean: pl.Series, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Rewrite the few procedures that need it, one by one."""
    columns: dict[str, list[str | None]] = {
        name: frame[name].to_list() if name in frame.columns else [None] * len(frame)
        for name in ("procedure", *modifier_columns)
    }
    changed, strange = [False] * len(frame), [False] * len(frame)
    for row in unclean.arg_true().to_list():
        written = str(columns["procedure"][row])
        text = " ".join(written.split()).upper()
        glued = _GLUED.match(text)
        free = next((name for name in modifier_columns if not columns[name][row]), None)
        if glued and glued.group(2) in [columns[name][row] for name in modifier_columns]:
            text = glued.group(1)
        elif glued and free:
            text, columns[free][row] = glued.groups()
        else:
            text = text.replace(" ", "")
        changed[row] = text != written
        strange[row] = bool(text) and not re.match(_CLEAN_PROCEDURE, text)
        columns["procedure"][row] = text or None
    new = frame.with_columns(
        pl.Series(name, values, dtype=pl.String)
        for name, values in columns.items()
        if name in frame.columns or any(value is not None for value in values)
    )
    problems = places.problems(
        frame,
        pl.Series(changed),
        "procedure",
        "INP-CODE-FORM",
        lambda row: f"procedure {code(row['procedure'])} was read without blanks, in upper case, its modifier apart",
        help_="write the five characters of the code, and modifiers in their own places",
        gravity=Gravity.WARNING,
    )
    problems += places.problems(
        new,
        pl.Series(strange),
        "procedure",
        "INP-CODE-FORM",
        lambda row: f"procedure {code(row['procedure'])} has not the five characters of a code; kept as written",
        help_="write a five-character CPT or HCPCS code",
        gravity=Gravity.WARNING,
    )
    return new, problems


def modifiers(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Modifiers of two characters in upper case without blanks, gaps closed; duplicates and a fifth one are told."""
    present = [name for name in modifier_columns if name in frame.columns]
    problems: list[Problem] = []
    columns = []
    for name in _unclean(frame, present, _CLEAN_MODIFIER):
        column = frame[name]
        tidy = column.str.replace_all(r"\s", "").str.to_uppercase()
        tidy = tidy.zip_with(
            (tidy != "").fill_null(False), pl.Series([None], dtype=pl.String).new_from_index(0, len(tidy))
        )
        changed = (tidy != column).fill_null(False) & (column != "").fill_null(False)
        problems += places.problems(
            frame,
            changed,
            name,
            "INP-MODIFIER",
            lambda row, name=name: f"modifier {code(row[name])} was read without blanks and in upper case",  # type: ignore[misc] # a default binds the loop's name
            help_="write modifiers as two capital letters or digits",
            gravity=Gravity.WARNING,
        )
        odd = (~tidy.str.contains(_CLEAN_MODIFIER)).fill_null(False)
        problems += places.problems(
            frame,
            odd,
            name,
            "INP-MODIFIER",
            "a modifier has not two letters or digits; kept as written",
            help_="write modifiers as two capital letters or digits",
            gravity=Gravity.WARNING,
        )
        columns.append(tidy.alias(name))
    if columns:
        frame = frame.with_columns(columns)
    pairs = [(name, earlier) for index, name in enumerate(present) for earlier in present[:index]]
    if not pairs:
        return frame, problems
    twice = frame.select(
        (pl.col(name) == pl.col(earlier)).fill_null(False).alias(f"{name}={earlier}") for name, earlier in pairs
    )
    for (name, _), column in zip(pairs, twice.get_columns(), strict=True):
        problems += places.problems(
            frame,
            column,
            name,
            "INP-MODIFIER-TWICE",
            lambda row, name=name: f"modifier {code(row[name])} stands twice on one line; kept as written",  # type: ignore[misc] # as above
            help_="write each modifier once",
            gravity=Gravity.WARNING,
        )
    return frame, problems


def _unclean(frame: pl.DataFrame, names: list[str], pattern: str) -> list[str]:
    """The columns that hold anything else than the pattern."""
    if not names:
        return []
    clean = frame.select(pl.col(name).str.contains(pattern).all() for name in names).row(0)
    return [name for name, fits in zip(names, clean, strict=True) if not fits]


def diagnoses(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Diagnoses without dots and blanks, in upper case; what has not the form of a code is told and kept."""
    problems: list[Problem] = []
    columns = []
    for name in _unclean(frame, [name for name in dx_columns if name in frame.columns], _CLEAN_DIAGNOSIS):
        column = frame[name]
        tidy = column.str.replace_all(r"[\s.]", "").str.to_uppercase()
        tidy = tidy.zip_with(
            (tidy != "").fill_null(False), pl.Series([None], dtype=pl.String).new_from_index(0, len(tidy))
        )
        odd = (~tidy.str.contains(_CLEAN_DIAGNOSIS)).fill_null(False)
        problems += places.problems(
            frame,
            odd,
            name,
            "INP-DIAGNOSIS",
            lambda row, name=name: f"diagnosis {code(row[name])} has not the form of a code; kept as written",  # type: ignore[misc] # a default binds the loop's name
            help_="write the code in full, three to seven letters and digits",
            gravity=Gravity.WARNING,
        )
        columns.append(tidy.alias(name))
    return (frame.with_columns(columns) if columns else frame), problems


def pointers(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """`pointed_1..4` from `pointers` (`1:2` or `A,B`); a pointer to no diagnosis is an error, and its group unknown."""
    if "pointers" not in frame.columns or frame["pointers"].null_count() == len(frame):
        return frame, []
    present = [name for name in dx_columns if name in frame.columns]
    written = frame["pointers"]
    distinct = written.unique().to_list()
    table = np.array([_numbers(text) for text in distinct], dtype=np.int64)
    row_of = pl.Series(range(len(distinct)), dtype=pl.UInt32)
    at = table[written.replace_strict(pl.Series(distinct, dtype=pl.String), row_of).to_numpy()]
    length, last = len(frame), len(frame) * len(present)
    # all diagnoses one under the other, and a null after them for pointers that name nothing
    every = pl.concat([*(frame[name].alias("dx") for name in present), filled("dx", None, 1, pl.String)])
    wrong = at[:, POINTERS] > 0
    columns = []
    for n, name in enumerate(pointed_columns):
        position = at[:, n]
        if not position.any():
            continue
        inside = (position > 0) & (position <= len(present))
        found = every[np.where(inside, (position - 1) * length + np.arange(length), last)].alias(name)
        wrong |= (position > 0) & found.is_null().to_numpy()
        columns.append(found)
    wrong_, more = pl.Series(wrong), pl.Series(at[:, POINTERS + 1] > 0)
    problems = places.problems(
        frame,
        wrong_,
        "pointers",
        "INP-POINTER",
        lambda row: f"diagnosis pointer {code(row['pointers'])} names a diagnosis the claim does not have",
        help_="point to the claim's diagnoses by their number, the first one is 1",
    )
    problems += places.problems(
        frame,
        more,
        "pointers",
        "INP-POINTER",
        f"more than {POINTERS} diagnosis pointers; the first {POINTERS} were read",
        help_=f"point to at most {POINTERS} diagnoses, the one treated first",
        gravity=Gravity.WARNING,
    )
    frame = frame.with_columns(columns)
    return (flag(frame, wrong_, Unstated.POINTERS) if wrong.any() else frame), problems


def _numbers(text: str | None) -> tuple[int, ...]:
    """The first four places a pointer text names, from 1, or 0; whether one cannot be read; whether there are more."""
    if text is None:
        return (0,) * (POINTERS + 2)
    numbers: list[int] = []
    bad = False
    for part in re.split(r"[:,;>\s|^/]+", text.strip(":,;>|^/ \t")):
        if re.fullmatch(r"[0-9]{1,2}", part) and 1 <= int(part) <= DIAGNOSES:
            numbers.append(int(part))
        elif re.fullmatch(r"[A-La-l]{1,4}", part):
            numbers.extend(ord(letter) - ord("A") + 1 for letter in part.upper())
        else:
            bad = True
    return (*[*numbers, 0, 0, 0, 0][:POINTERS], int(bad), int(len(numbers) > POINTERS))
