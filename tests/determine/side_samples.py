"""Lines and side records of one invented patient, made from a few words."""

from __future__ import annotations

import numpy as np
import polars as pl

from claimwright.determine import sides
from claimwright.determine.beside import Beside
from claimwright.determine.facts.visits import visits
from claimwright.lines.case import Case, lines_of

PATIENT = {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"}
MODALITIES = ("97012", "97018", "97026", "G0283")


def claim(*lines, **case):
    """Lines of a Part B claim of one patient; a line is a day, or fields of a line."""
    base = {
        "claim": "A",
        "form": "professional",
        "patient": PATIENT,
        "provider": {"npi": "1234567893"},
        "payer": {"key": "medicare", "name": "MEDICARE PART B"},
        "received": "2026-03-20",
        "whole_day": True,
    }
    line = {"procedure": "97026", "service": "2026-03-10", "modifiers": ["GP"], "units": 1}
    told = [{**line, **({"service": one} if isinstance(one, str) else one)} for one in lines]
    return lines_of(Case.model_validate({**base, **case, "lines": told}), claim_index=1)


def claims(*frames):
    """Several claims in one run."""
    numbered = [frame.with_columns(claim_index=pl.lit(n, dtype=pl.UInt32)) for n, frame in enumerate(frames, 1)]
    return pl.concat(numbered)


def beside(lines, live=None, **records):
    """The lines with side records beside them, all of the patient who is named nowhere else; no row may be bad."""
    told, problems = sides.of_records(records, defaults={"member_id": PATIENT["member_id"]})
    assert problems == ()
    stands = np.ones(lines.height, dtype=np.bool_) if live is None else np.array(live)
    return Beside(lines, visits(lines, stands), stands, told)


def therapy(codes, _):
    """What counts as therapy in these tests: codes that begin with 9 or G."""
    return codes.str.contains("^[9G]").fill_null(False).to_numpy()


def modality(codes, _):
    return codes.is_in(MODALITIES).fill_null(False).to_numpy()


def columns(series):
    """Columns by name, as lists."""
    return {one.name: one.to_list() for one in series}
