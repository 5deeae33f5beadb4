"""Runs a policy's examples, the policy alone, and says which do not come out; and which clauses they prove."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from claimwright.determine.collect import BIT
from claimwright.determine.engine import Engine
from claimwright.determine.raised import raised
from claimwright.determine.run import Determined
from claimwright.documents.complaints import Complaint
from claimwright.lines.answers import Finality, Outcome, Silence, View, ViewAnswer
from claimwright.policies.model import Clause, Library, Policy, Program
from claimwright.proving.examples import Example, Prepared, prepare
from claimwright.reference import releases
from claimwright.reference.releases import Releases
from claimwright.reference.rows import PAIRS
from claimwright.reference.tables import TABLES


@dataclass(frozen=True)
class Outcomes:
    """What came out for each example: the answer in the table's own words, the finding ids, and the clauses at work."""

    answers: tuple[str, ...]
    findings: tuple[frozenset[str], ...]
    clauses: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class ClauseProof:
    """One clause version: the examples that name it while it is in force, and which of them differ without it."""

    clause: Clause
    naming: tuple[Example, ...]
    by: tuple[Example, ...]


@dataclass(frozen=True)
class Proof:
    """One policy's examples run: how many there are, what each clause version rests on, the complaints (P000, P002).

    `failing` holds the lines of the examples that did not come out or could not be read.
    """

    policy: Policy
    examples: int
    failing: frozenset[int]
    clauses: tuple[ClauseProof, ...]
    complaints: tuple[Complaint, ...]

    @property
    def failed(self) -> int:
        return len(self.failing)

    @property
    def unproved(self) -> int:
        """How many clause versions no example proves."""
        return sum(not one.by for one in self.clauses)


def prove(policy: Policy, library: Library, root: Path, *, only: str = "") -> Proof:
    """Run the examples of one policy; every example that fails is a complaint P002 with expected and found.

    With `only`, run the examples whose case holds this text, and do not ask which clauses they prove.
    """
    if only:
        rows = tuple(row for row in policy.examples if only.lower() in row.get("case").lower())
        policy = replace(policy, examples=rows)
    prepared = prepare(policy, library)
    tables = example_releases(policy, root)
    outcomes = run(policy, library, prepared, tables)
    complaints = list(prepared.complaints)
    for example, answer, findings, clauses in zip(
        prepared.examples, outcomes.answers, outcomes.findings, outcomes.clauses, strict=True
    ):
        complaints.extend(_failures(policy, example, answer, findings, clauses))
    failing = frozenset(complaint.line for complaint in complaints)
    proofs = () if only else tuple(_clause_proofs(policy, library, prepared, outcomes, tables))
    complaints.extend(_unproved(policy, one) for one in proofs if not one.by)
    return Proof(policy, len(policy.examples), failing, proofs, tuple(complaints))


def came_out(policy: Policy, library: Library, tables: Releases) -> dict[int, tuple[str, ...]]:
    """The examples of one policy, run with it alone: what is amiss with each, by its line in the document."""
    prepared = prepare(policy, library)
    outcomes = run(policy, library, prepared, tables)
    amiss: dict[int, tuple[str, ...]] = {complaint.line: (complaint.message,) for complaint in prepared.complaints}
    for example, answer, found, clauses in zip(
        prepared.examples, outcomes.answers, outcomes.findings, outcomes.clauses, strict=True
    ):
        failures = _failures(policy, example, answer, found, clauses)
        amiss[example.line] = tuple(complaint.message for complaint in failures)
    return amiss


def run(policy: Policy, library: Library, prepared: Prepared, tables: Releases) -> Outcomes:
    """Run prepared examples with one policy alone."""
    if not prepared.examples:
        return Outcomes((), (), ())
    engine = Engine(alone(policy, library), tables)
    determined = engine.determine(prepared.lines)
    answers, findings, clauses = [], [], []
    for example in prepared.examples:
        combination = determined.combinations[int(determined.combination[example.row])]
        decision = combination.coded if example.view is View.CODED else combination.documented
        found = _found(determined, example)
        answers.append(in_words(decision.answer, fired_silent=any(r.clause.then == "silent" for r in decision.fired)))
        findings.append(frozenset(name for name, _ in found))
        names = {ready.clause.id for ready in decision.fired} | {clause for _, clause in found}
        clauses.append(frozenset(names))
    return Outcomes(tuple(answers), tuple(findings), tuple(clauses))


def _found(determined: Determined, example: Example) -> list[tuple[str, str]]:
    """Finding ids and their clauses on the example's line, in its view.

    A clause on a code's day, a visit or a claim may have put its one finding on another line of the example.
    """
    here = determined.findings.filter(
        pl.col("row").is_between(example.lines.start, example.lines.stop - 1)
        & ((pl.col("views") & BIT[example.view]) != 0)
    )
    found = []
    for row, number, missing, conflict in here.select("row", "clause", "missing", "conflict").iter_rows():
        clause = determined.plan.clauses[number].clause
        if row != example.row and clause.each in {"line", "pair of lines"}:
            continue
        found.append((raised(determined.plan, number, missing, conflict).id, clause.id))
    return found


def alone(policy: Policy, library: Library) -> Library:
    """The library with one policy, and programs that ask for no other."""
    programs = {}
    for name in policy.programs or tuple(library.programs):
        program = library.programs.get(name) or _plain(name, policy)
        programs[name] = replace(program, must_have=(), checks=())
    return replace(library, policies=(policy,), programs=programs)


def _plain(name: str, policy: Policy) -> Program:
    """An order of authority for a program that has none yet: the policy's own instrument alone."""
    return Program(
        name,
        name,
        ((policy.instrument,),),
        (),
        (),
        (),
        (),
        (),
        Outcome.NOTHING_MET,
        Outcome.INDETERMINATE,
        "",
        "never",
        "",
    )


def in_words(answer: ViewAnswer, *, fired_silent: bool) -> str:
    """An answer as examples write it."""
    named = {silence.name for silence in answer.silences}
    if answer.outcome in {Outcome.INDETERMINATE, Outcome.NOTHING_MET}:
        if fired_silent and answer.clause:
            return "silent"
        for silence in (Silence.NOT_MODELLED, Silence.EDIT_STATUS_UNKNOWN):
            if silence in named:
                return silence.value
        if answer.finality is Finality.INDETERMINATE and answer.next_question:
            return f"asks: {answer.next_question.fact}"
        return Silence.NO_DETERMINATION.value
    return " ".join([answer.outcome.words, *(str(code) for code in answer.predicted[:1])])


def _failures(
    policy: Policy, example: Example, answer: str, findings: frozenset[str], clauses: frozenset[str]
) -> Iterator[Complaint]:
    def complaint(message: str, advice: str) -> Complaint:
        return Complaint(
            f"{policy.path}/policy.md", example.line, "P002", f"example {example.case!r} {message}", advice
        )

    if answer != example.answer:
        yield complaint(f"answers {answer!r}, not {example.answer!r}", _MEND_HELP)
    if findings != example.findings:
        yield complaint(f"finds {_set(findings)}, not {_set(example.findings)}", _MEND_HELP)
    known = {clause.id for clause in policy.clauses}
    for name in example.by.replace(",", " ").split():
        if name not in known:
            yield complaint(f"names {name}, which is no clause", f"one of: {_set(known)}")
        elif name not in clauses and (answer, findings) == (example.answer, example.findings) and not _asks(answer):
            yield complaint(f"does not rest on {name} but on {_set(clauses)}", "name the clause that decides the row")


def _asks(answer: str) -> bool:
    return answer.startswith("asks: ")


def _set(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _clause_proofs(
    policy: Policy, library: Library, prepared: Prepared, whole: Outcomes, tables: Releases
) -> Iterator[ClauseProof]:
    """A clause version is proved only by an example that comes out differently without it."""
    for clause in policy.clauses:
        naming = {
            place: example
            for place, example in enumerate(prepared.examples)
            if clause.id in example.by.replace(",", " ").split() and example.day in clause.in_force
        }
        by: tuple[Example, ...] = ()
        if naming:
            without = replace(policy, clauses=tuple(other for other in policy.clauses if other is not clause))
            other = run(without, library, prepared, tables)
            by = tuple(example for place, example in naming.items() if _differs(whole, other, place))
        yield ClauseProof(clause, tuple(naming.values()), by)


_MEND_HELP = "mend the rule, or the row if the rule is right"
_PROVE_HELP = "add a row whose `by` names the clause and which fails when the clause is taken away"


def _unproved(policy: Policy, proof: ClauseProof) -> Complaint:
    clause = proof.clause
    message = f"clause {clause.id} ({clause.in_force}) decides no example"
    if proof.naming:
        message = f"clause {clause.id} ({clause.in_force}) is named by examples that come out the same without it"
    return Complaint(f"{policy.path}/policy.md", clause.line, "P002", message, _PROVE_HELP)


def _differs(one: Outcomes, other: Outcomes, place: int) -> bool:
    return one.answers[place] != other.answers[place] or one.findings[place] != other.findings[place]


def example_releases(policy: Policy, root: Path) -> Releases:
    """The tables the examples run on: a policy's invented rows where it has them, else the shipped releases."""
    return releases_with(policy, lambda file: (root / policy.path / file).read_text("utf-8"))


def releases_with(policy: Policy, text_of: Callable[[str], str]) -> Releases:
    """The same, from the text of each file of invented rows that the policy names."""
    tables = releases.load()
    used = dict(policy.tables)
    for name, file in policy.example_tables:
        rows = list(csv.DictReader(io.StringIO(text_of(file))))
        frame = pl.DataFrame(rows, infer_schema_length=None)
        dates = [pl.col(column).str.to_date(strict=False) for column in ("from", "to") if column in frame.columns]
        if used.get(name) == "mue":
            columns = {"procedure": "code"} if "procedure" in frame.columns else {}
            frame = frame.rename(columns).with_columns(pl.col("value", "indicator").cast(pl.Int32))
            tables = tables.replaced_by(Releases.of_mue(frame))
        elif used.get(name, PAIRS) != PAIRS:
            kinds = TABLES[used[name]].columns
            typed = [pl.col(c).cast(kinds[c]) for c in frame.columns if c in kinds and c not in {"from", "to"}]
            tables = tables.replaced_by(Releases.of_table(used[name], frame.select(*typed, *dates)))
        else:
            tables = tables.replaced_by(
                Releases.of_pairs(frame.with_columns(pl.col("indicator").cast(pl.UInt8), *dates))
            )
    return tables
