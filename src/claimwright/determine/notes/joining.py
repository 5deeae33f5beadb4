"""The facts of notes joined with those of the lines they are of, and the words of the notes that say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import orjson
import polars as pl

from claimwright.chart.batch import read_all
from claimwright.chart.told import Said, Told
from claimwright.determine.facts import standing
from claimwright.determine.notes import saying
from claimwright.determine.notes.matching import Matches, matched
from claimwright.determine.notes.reading import Notes
from claimwright.determine.plan import Plan
from claimwright.lines.answers import Evidence, Quoted
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.statements import Facts, merged_facts

NTE = "NTE of the claim"


@dataclass(frozen=True, repr=False)
class _Of:
    """The notes of one line: what each tells, its name, whether it is a note and no NTE, and the NPI it names."""

    told: tuple[tuple[Told, str, bool, str], ...]
    several: bool


@dataclass(frozen=True, repr=False)
class Noted:
    """Which notes each line stands on, and how many notes and visits had no partner."""

    of_line: dict[int, _Of] = field(default_factory=dict)
    notes: int = 0
    alone: int = 0
    several: int = 0
    bare: int = 0

    def evidence(self, line: int, procedure: str) -> tuple[Evidence, ...]:
        """What the notes of a line say in words, in the order of the vocabulary of each note."""
        of = self.of_line.get(line)
        return () if of is None else tuple(_evidence(of, procedure))

    def problems(self) -> list[Problem]:
        """What could not be brought together, told once for the run."""
        found = []
        for many, what, help_ in (
            (self.alone, "match no line of these claims by patient and day", "check member id and date of service"),
            (
                self.several,
                "may be of more than one visit, or of a line of several days, and are used for none",
                "name the provider's NPI in them, and bill each day on its own line",
            ),
        ):
            if many:
                message = f"{many:,} of {self.notes:,} notes {what}"
                found.append(Problem("INP-NOTE-ALONE", message, help_, Gravity.WARNING))
        if self.bare:
            visits = "1 visit has" if self.bare == 1 else f"{self.bare:,} visits have"
            message, help_ = f"{visits} lines and no note", "give their notes too, where there are any"
            found.append(Problem("INP-VISIT-BARE", message, help_, Gravity.WARNING))
        return found


def joined(lines: pl.DataFrame, notes: Notes | None, plan: Plan) -> tuple[pl.DataFrame, Noted]:
    """Lines with what their notes and NTE segments say in their `stated` column, beside what was stated before."""
    of_line: dict[int, list[tuple[Told, str, bool, str]]] = {}
    matches: Matches | None = None
    if notes is not None and notes.frame.height:
        matches = matched(lines, notes.frame, standing.live(lines).to_numpy())
        npis = notes.frame["provider_npi"].to_list()
        for note, line in zip(matches.note.tolist(), matches.line.tolist(), strict=True):
            told = notes.told[notes.of[note]]
            of_line.setdefault(line, []).append((told, notes.names[note], True, npis[note] or ""))
    for line, told in _of_claims(lines):
        of_line.setdefault(line, []).append((told, NTE, False, ""))
    if not of_line:
        return lines, _counted(matches, notes, {})
    noted = _stand(lines, of_line)
    return _stated(lines, noted, plan), _counted(matches, notes, noted)


def _of_claims(lines: pl.DataFrame) -> list[tuple[int, Told]]:
    """Lines with an NTE that names a treatment, and what it tells; each distinct text is read once."""
    column = lines["note"] if "note" in lines.columns else None
    if column is None or column.null_count() == lines.height:
        return []
    texts = column.drop_nulls().unique(maintain_order=True).to_list()
    told = {text: one for text, one in zip(texts, read_all(texts), strict=True) if one.services and one.said}
    rows = np.flatnonzero(column.is_not_null().to_numpy())
    return [(int(row), told[text]) for row, text in zip(rows, column.drop_nulls(), strict=True) if text in told]


def _stand(lines: pl.DataFrame, of_line: dict[int, list[tuple[Told, str, bool, str]]]) -> dict[int, _Of]:
    """The notes of each line, and whether its visit has other lines of its code."""
    rows = sorted(of_line)
    keys = ("member_id", "birth_date", "patient_first", "service_from", "billing_npi", "rendering_npi", "procedure")
    held = [name for name in keys if name in lines.columns]
    beside = lines.select(pl.struct(held).is_duplicated()).to_series().gather(rows).to_list()
    return {row: _Of(tuple(of_line[row]), several) for row, several in zip(rows, beside, strict=True)}


def _stated(lines: pl.DataFrame, noted: dict[int, _Of], plan: Plan) -> pl.DataFrame:
    """The `stated` column with what the notes say; each distinct combination is put into words once."""
    name = _canonical(plan)
    rows = list(noted)
    before, procedures = lines["stated"].gather(rows).to_list(), lines["procedure"].gather(rows).to_list()
    done: dict[tuple[Any, ...], str] = {}
    texts: list[str | None] = lines["stated"].to_list()
    for row, text, procedure in zip(rows, before, procedures, strict=True):
        of = noted[row]
        key = (text, procedure, of.several, *((id(told), note, npi) for told, _, note, npi in of.told))
        if key not in done:
            done[key] = _merged(text, _said(of, procedure or ""), name)
        texts[row] = done[key] or None
    return lines.with_columns(pl.Series("stated", texts, dtype=pl.String))


def _said(of: _Of, procedure: str) -> Facts:
    notes = [told for told, _, note, _ in of.told if note]
    npis = [npi for _, _, note, npi in of.told if note and npi]
    facts = saying.statements(notes, procedure, several=of.several, providers=npis)
    for told, _, note, _ in of.told:
        if not note:
            facts = merged_facts(facts, saying.of_claim_note(told, procedure, several=of.several))
    return facts


def _merged(text: str | None, facts: Facts, name: Callable[[str], str]) -> str:
    before: Facts = {}
    for word, said in (orjson.loads(text) if text else {}).items():
        before = merged_facts(before, {name(word): said})
    both = merged_facts(before, facts)
    return orjson.dumps(both, option=orjson.OPT_SORT_KEYS).decode() if both else ""


def _canonical(plan: Plan) -> Callable[[str], str]:
    """A fact's own name of any of its names, so that two who mean one fact are heard together."""

    @cache
    def name(word: str) -> str:
        fact = plan.library.fact(word)
        return fact.name if fact is not None else word

    return name


def _counted(matches: Matches | None, notes: Notes | None, noted: dict[int, _Of]) -> Noted:
    if matches is None or notes is None:
        return Noted(noted)
    return Noted(noted, notes.frame.height, matches.alone.size, matches.several.size, matches.bare)


def _evidence(of: _Of, procedure: str) -> list[Evidence]:
    found: dict[Evidence, None] = {}
    for told, called, note, _ in of.told:
        for said in saying.of_line(told, procedure):
            if said.spans and (note or said.fact in saying.OF_TREATMENT):
                quoted = tuple(Quoted(start, end, told.text[start:end]) for start, end in said.spans)
                found[Evidence(said.fact, words(said), called, quoted)] = None
    return list(found)


def words(said: Said) -> str:
    """The value of a statement as a reader sees it."""
    if said.either:
        return " or ".join(dict.fromkeys((*([said.value] if isinstance(said.value, str) else []), *said.either)))
    value = said.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return f"{value:g}" if isinstance(value, float | int) else value
