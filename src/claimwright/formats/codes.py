"""Procedures, modifiers, diagnoses and pointers: written the one way the schema has them, never guessed."""

from __future__ import annotations

import re

import polars as pl

from claimwright.formats.places import Places, code
from claimwright.formats.values import flag
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.schema import POINTERS, Unstated, dx_columns, modifier_columns, pointed_columns

_CLEAN_PROCEDURE = r"^[0-9A-Z]{5}$"
_CLEAN_MODIFIER = r"^[0-9A-Z]{2}$"
_CLEAN_DIAGNOSIS = r"^[0-9A-Z]{3,7}$"
_GLUED = re.compile(r"^([0-9A-Z]{5})[-: ]([0-9A-Z]{2})$")
_LOOKALIKE = r"^[A-Z0-9][0-9OIL]*[OIL][0-9OIL]*$"
_LIKE = str.maketrans("OIL", "011")


def procedures(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Procedures without blanks, in upper case, without a modifier glued on (`97026-59`); lookalike letters are told."""
    if "procedure" not in frame.columns:
        return frame, []
    column = frame["procedure"]
    problems: list[Problem] = []
    if not column.str.contains(_CLEAN_PROCEDURE).all():
        unclean = (~column.str.contains(_CLEAN_PROCEDURE)).fill_null(False)
        frame, problems = _tidy(frame, unclean, places)
        column = frame["procedure"]
    lookalike = (column.str.contains(_LOOKALIKE) & (column.str.len_bytes() == 5)).fill_null(False)
    if lookalike.any():
        problems += places.problems(
            frame,
            lookalike,
            "procedure",
            "INP-CODE-LETTER",
            lambda row: f"{row['procedure']} has a letter where a digit belongs; kept as written",
            "if {} was meant, correct the code".format("the code with 0 for O and 1 for I or L"),
            Gravity.WARNING,
        )
        problems = [_with_meant(problem) for problem in problems]
    return frame, problems


def _with_meant(problem: Problem) -> Problem:
    """Name the code that was probably meant; it is never put in its place."""
    if problem.id != "INP-CODE-LETTER":
        return problem
    written = problem.message[:5]
    meant = written[0] + written[1:].translate(_LIKE)
    return Problem(**{**problem.__dict__, "help": f"if {meant} was meant, correct the code; it is not changed for you"})


def _tidy(frame: pl.DataFrame, unclean: pl.Series, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Rewrite the few procedures that need it, one by one."""
    rows = unclean.arg_true().to_list()
    procedures_ = frame["procedure"].to_list()
    present = [name for name in modifier_columns if name in frame.columns]
    modifiers = {name: frame[name].to_list() if name in present else [None] * len(frame) for name in modifier_columns}
    changed = [False] * len(frame)
    strange = [False] * len(frame)
    for row in rows:
        text = (
            "".join(str(procedures_[row]).split()).upper()
            if "-" not in str(procedures_[row])
            else str(procedures_[row]).strip().upper()
        )
        glued = _GLUED.match(text)
        if glued:
            text, modifier = glued.groups()
            written = [modifiers[name][row] for name in modifier_columns if modifiers[name][row]]
            free = [name for name in modifier_columns if not modifiers[name][row]]
            if modifier not in written and free:
                modifiers[free[0]][row] = modifier
        changed[row] = text != procedures_[row]
        strange[row] = not re.match(_CLEAN_PROCEDURE, text)
        procedures_[row] = text or None
    new = frame.with_columns(
        pl.Series("procedure", procedures_, dtype=pl.String),
        *(
            pl.Series(name, values, dtype=pl.String)
            for name, values in modifiers.items()
            if name in present or any(value is not None for value in values)
        ),
    )
    problems = places.problems(
        frame,
        pl.Series(changed),
        "procedure",
        "INP-CODE-FORM",
        lambda row: f"procedure {code(row['procedure'])} was read without blanks, in upper case, its modifier apart",
        "write the five characters of the code, and modifiers in their own places",
        Gravity.WARNING,
    )
    problems += places.problems(
        new,
        pl.Series(strange) & new["procedure"].is_not_null(),
        "procedure",
        "INP-CODE-FORM",
        lambda row: f"procedure {code(row['procedure'])} has not the five characters of a code; kept as written",
        "write a five-character CPT or HCPCS code",
        Gravity.WARNING,
    )
    return new, problems


def modifiers(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Modifiers of two characters in upper case without blanks, gaps closed; duplicates and a fifth one are told."""
    present = [name for name in modifier_columns if name in frame.columns]
    problems: list[Problem] = []
    columns = []
    for name in present:
        column = frame[name]
        if column.str.contains(_CLEAN_MODIFIER).all():
            continue
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
            "write modifiers as two capital letters or digits",
            Gravity.WARNING,
        )
        odd = (~tidy.str.contains(_CLEAN_MODIFIER)).fill_null(False)
        problems += places.problems(
            frame,
            odd,
            name,
            "INP-MODIFIER",
            "a modifier has not two letters or digits; kept as written",
            "write modifiers as two capital letters or digits",
            Gravity.WARNING,
        )
        columns.append(tidy.alias(name))
    if columns:
        frame = frame.with_columns(columns)
    for index, name in enumerate(present):
        for earlier in present[:index]:
            twice = (frame[name] == frame[earlier]).fill_null(False)
            if twice.any():
                problems += places.problems(
                    frame,
                    twice,
                    name,
                    "INP-MODIFIER-TWICE",
                    lambda row, name=name: f"modifier {code(row[name])} stands twice on one line; kept as written",  # type: ignore[misc] # as above
                    "write each modifier once",
                    Gravity.WARNING,
                )
    return frame, problems


def diagnoses(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Diagnoses without dots and blanks, in upper case; what has not the form of a code is told and kept."""
    problems: list[Problem] = []
    columns = []
    for name in dx_columns:
        if name not in frame.columns:
            continue
        column = frame[name]
        if column.str.contains(_CLEAN_DIAGNOSIS).all():
            continue
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
            "write the code in full, three to seven letters and digits",
            Gravity.WARNING,
        )
        columns.append(tidy.alias(name))
    return (frame.with_columns(columns) if columns else frame), problems


def pointers(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """`pointed_1..4` from `pointers` (`1:2` or `A,B`); a pointer to no diagnosis is an error, and its group unknown."""
    if "pointers" not in frame.columns or frame["pointers"].null_count() == len(frame):
        return frame, []
    present = [name for name in dx_columns if name in frame.columns]
    written = frame["pointers"].str.strip_chars()
    distinct = written.unique().to_list()
    table = pl.DataFrame(
        [[text, *_numbers(text)] for text in distinct],
        schema={
            "written": pl.String,
            **{f"p{n}": pl.UInt8 for n in range(1, POINTERS + 1)},
            "bad": pl.Boolean,
            "more": pl.Boolean,
        },
        orient="row",
    )
    at = written.to_frame("written").join(table, on="written", how="left", nulls_equal=True, maintain_order="left")
    wrong = at["bad"].fill_null(False)
    columns = []
    every = pl.concat([frame[name].alias("dx") for name in present]) if present else None
    row = pl.int_range(len(frame), eager=True)
    for n, name in enumerate(pointed_columns, 1):
        position = at[f"p{n}"].cast(pl.Int64)
        if position.null_count() == len(position):
            continue
        inside = (position <= len(present)).fill_null(False)
        wrong = wrong | (~inside & position.is_not_null())
        if every is None:
            continue
        index = ((position - 1) * len(frame) + row).zip_with(inside, pl.Series([None], dtype=pl.Int64))
        found = every.gather(index).alias(name)
        wrong = wrong | (inside & found.is_null())
        columns.append(found)
    problems: list[Problem] = []
    if wrong.any():
        problems += places.problems(
            frame,
            wrong,
            "pointers",
            "INP-POINTER",
            lambda row: f"diagnosis pointer {code(row['pointers'])} names a diagnosis the claim does not have",
            "point to the claim's diagnoses by their number, the first one is 1",
        )
    more = at["more"].fill_null(False)
    if more.any():
        problems += places.problems(
            frame,
            more,
            "pointers",
            "INP-POINTER",
            f"more than {POINTERS} diagnosis pointers; the first {POINTERS} were read",
            f"point to at most {POINTERS} diagnoses, the one treated first",
            Gravity.WARNING,
        )
    frame = frame.with_columns(columns)
    return (flag(frame, wrong, Unstated.POINTERS) if wrong.any() else frame), problems


def _numbers(text: str | None) -> tuple[int | None, int | None, int | None, int | None, bool, bool]:
    """The first four places a pointer text names, from 1; whether one cannot be read; whether there are more."""
    if text is None:
        return None, None, None, None, False, False
    numbers: list[int | None] = []
    bad = False
    for part in re.split(r"[:,;>\s|^/]+", text.strip(":,;>|^/ ")):
        if re.fullmatch(r"[0-9]{1,2}", part) and 1 <= int(part) <= 25:
            numbers.append(int(part))
        elif re.fullmatch(r"[A-La-l]", part):
            numbers.append(ord(part.upper()) - ord("A") + 1)
        elif re.fullmatch(r"[A-La-l]{2,4}", part):
            numbers.extend(ord(letter) - ord("A") + 1 for letter in part.upper())
        else:
            bad = True
    first, second, third, fourth = (*numbers, None, None, None, None)[:POINTERS]
    return first, second, third, fourth, bad, len(numbers) > POINTERS
