"""What `claimwright policy trace` runs: the policies and the cases behind the statements that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from claimwright.cli.engine import shipped_engine
from claimwright.cli.policy_runs import proofs, unfit
from claimwright.cli.progress import counting
from claimwright.documents.complaints import Complaint
from claimwright.policies.shelf import Shelf
from claimwright.policies.statements import Statement
from claimwright.proving import case_files, trace_cases
from claimwright.proving.cases import Bench
from claimwright.proving.trace import Evidence, Traced, cases_wanted, stating, trace
from claimwright.proving.trace_cases import CaseProofs
from claimwright.report.faces import faces

UNREAD = 2


def traced(shelf: Shelf, chosen: Sequence[Statement], cases: Path | None) -> tuple[Traced, ...]:
    """The statements with their proofs; documents or cases that cannot be read end the command with 2."""
    _stop_at(unfit(shelf))
    clauses = stating(shelf.library, chosen)
    policies = {clause.policy for found in clauses.values() for clause in found}
    ran, _ = proofs(shelf, [policy for policy in shelf.library.policies if policy.id in policies], "")
    evidence = Evidence(
        shelf.library,
        {proof.policy.id: proof for proof in ran},
        _case_proofs(shelf, chosen, cases),
        shelf.root.parent,
    )
    return trace(chosen, evidence)


def _case_proofs(shelf: Shelf, chosen: Sequence[Statement], folder: Path | None) -> CaseProofs:
    beside = shelf.root.parent / "cases"
    if folder is None and not beside.is_dir():
        return trace_cases.NONE
    here = Path.cwd()
    read = case_files.read([folder or (beside.relative_to(here) if beside.is_relative_to(here) else beside)])
    _stop_at([*read.complaints, *trace_cases.unknown(read.cases, shelf.statements)])
    names = {statement.id for statement in chosen}
    named = cases_wanted(chosen)
    wanted = [case for case in read.cases if case.id in named or names & set(case.proves)]
    clauses = stating(shelf.library, chosen)
    bench = Bench(shipped_engine(library=shelf.library), faces)
    with counting("running cases", trace_cases.runs(clauses)) as heard:
        return trace_cases.prove(wanted, bench, clauses, progress=heard)


def _stop_at(complaints: Sequence[Complaint]) -> None:
    for complaint in complaints:
        typer.echo(str(complaint), err=True)
    if complaints:
        raise typer.Exit(UNREAD)
