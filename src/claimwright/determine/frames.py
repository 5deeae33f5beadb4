"""What was determined, as two flat tables: a row for each line, and a row for each finding.

Everything that lines share is written down once, in a small table, and handed to each line by number.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from claimwright.determine.answer import Decision
from claimwright.determine.combine import Combination
from claimwright.determine.plan import Ready
from claimwright.determine.run import Determined
from claimwright.lines.answers import Channel, Finality, Likelihood, Outcome, Severity, View

KEY = ("file", "claim_index", "claim", "line")
OUTCOMES = pl.Enum(Outcome)
FINALITIES = pl.Enum(Finality)
LIKELIHOODS = pl.Enum(Likelihood)
CHANNELS = pl.Enum(Channel)
SEVERITIES = pl.Enum(Severity)
VIEWS = pl.Enum(["coded", "documented", "both"])  # in the order of the bits
TEXT = pl.Categorical(pl.Categories("claimwright.frames"))

_OF_VIEW = {
    "outcome": OUTCOMES,
    "finality": FINALITIES,
    "likelihood": LIKELIHOODS,
    "liability": TEXT,  # CO or PR
    "predicted": TEXT,  # codes, `50 N386`; several separated by |
    "clause": TEXT,  # what decides
    "reachable": TEXT,  # outcomes, separated by |
    "reachable_is": TEXT,
    "silences": TEXT,  # names, separated by |
}


def answers(determined: Determined) -> pl.DataFrame:
    """A row for each line, in the order of `determined.lines`: its key, who pays, both views, and the tables that could
    not speak about it. Columns of a view begin with its name.
    """
    lines = determined.lines
    known = _combinations(determined.combinations).gather(determined.combination)
    silent = [pl.Series(f"{table} silent", flags) for table, flags in sorted(determined.silent.items())]
    who = [lines[name].cast(TEXT) for name in ("program", "payer", "contractor")]
    return pl.DataFrame([*(lines[name] for name in KEY), *who, *known, *silent])


def findings(determined: Determined) -> pl.DataFrame:
    """A row for each finding: the key of its line, the clause and what it says, in which views, and by which table."""
    found, lines = determined.findings, determined.lines
    clauses = _clauses(determined.plan.clauses).gather(found["clause"])
    views = pl.Series("views", VIEWS.categories, dtype=VIEWS).gather(found["views"].cast(pl.Int64) - 1)
    # a table that has aged, like a policy nobody has read, makes nothing more than likely
    likely = pl.Series([Likelihood.LIKELY], dtype=LIKELIHOODS)
    likelihood = pl.max_horizontal("likelihood", pl.when(pl.col("aged").fill_null(False)).then(pl.lit(likely)))
    return (
        lines.select(KEY)
        .gather(found["row"])
        .hstack([*clauses, views, *found.select("missing", "conflict", "unknown", "release", "aged", "age_days")])
        .with_columns(likelihood.alias("likelihood"), lines["line"].gather(found["partner"]).alias("partner_line"))
    )


def _combinations(combinations: Iterable[Combination]) -> pl.DataFrame:
    listed = list(combinations)
    return pl.DataFrame(
        [
            column
            for view in View
            for column in _view(view, [one.coded if view is View.CODED else one.documented for one in listed])
        ]
    )


def _view(view: View, decisions: list[Decision]) -> list[pl.Series]:
    cells: dict[str, list[str | None]] = {
        "outcome": [one.answer.outcome for one in decisions],
        "finality": [one.answer.finality for one in decisions],
        "likelihood": [one.answer.likelihood for one in decisions],
        "liability": [one.answer.liability for one in decisions],
        "predicted": [_joined(" ".join((p.carc, *p.rarc)) for p in one.answer.predicted) for one in decisions],
        "clause": [_joined(one.answer.clause) for one in decisions],
        "reachable": [_joined(one.answer.reachable) for one in decisions],
        "reachable_is": [one.answer.reachable_is for one in decisions],
        "silences": [_joined(silence.name for silence in one.answer.silences) for one in decisions],
    }
    return [pl.Series(f"{view.value}_{name}", cells[name], dtype=kind) for name, kind in _OF_VIEW.items()]


def _clauses(clauses: Iterable[Ready]) -> pl.DataFrame:
    of = [ready.clause for ready in clauses]
    unverified = np.array([ready.policy.unverified for ready in clauses], dtype=np.bool_)
    likelihood = [
        one.likelihood.at_most(Likelihood.LIKELY) if doubtful else one.likelihood
        for one, doubtful in zip(of, unverified, strict=True)
    ]
    return pl.DataFrame(
        {
            "finding": pl.Series([one.finding for one in of], dtype=TEXT),
            "clause": pl.Series([one.name for one in of], dtype=TEXT),
            "channel": pl.Series([one.channel for one in of], dtype=CHANNELS),
            "severity": pl.Series([one.severity for one in of], dtype=SEVERITIES),
            "likelihood": pl.Series(likelihood, dtype=LIKELIHOODS),
            "predicted": pl.Series(
                [" ".join((c.carc, *c.rarc)) if (c := one.codes) else None for one in of], dtype=TEXT
            ),
        }
    )


def _joined(parts: Iterable[str]) -> str | None:
    return "|".join(parts) or None
