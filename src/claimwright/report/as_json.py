"""The published JSON: a run in one document, or one record for each line. The same answers give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import orjson

from claimwright.lines.answers import (
    Check,
    Citation,
    Evidence,
    Finding,
    LineAnswer,
    LineRef,
    NamedSilence,
    Predicted,
    Question,
    ViewAnswer,
)
from claimwright.lines.problems import Problem
from claimwright.lines.summary import NotRun, Summary, Tally
from claimwright.report import as_money, shape
from claimwright.report.as_money import money


@dataclass(frozen=True)
class RunIdentity:
    """Which run this is: the version that ran, and the day it took for today."""

    version: str
    as_of: date


def run_json(identity: RunIdentity, summary: Summary, answers: Iterable[LineAnswer]) -> Iterator[bytes]:
    """The run document in UTF-8, piece by piece: the head on the first text line, then one text line per claim line."""
    opening = dumps(head(identity, summary))
    yield opening[:-1] + b',"lines":['
    between = b"\n"
    for answer in answers:
        yield between + dumps(line_object(answer))
        between = b",\n"
    yield b"\n]}\n"


def ndjson(identity: RunIdentity, answers: Iterable[LineAnswer], summary: Summary) -> Iterator[bytes]:
    """One record for each line, then the summary, each in UTF-8 with its line feed.

    A summary that is counted while the answers pass can be given through `summary_record` instead.
    """
    for answer in answers:
        yield line_record(answer)
    yield summary_record(identity, summary)


def line_record(answer: LineAnswer) -> bytes:
    return dumps({"type": "line", **line_object(answer)}) + b"\n"


def summary_record(identity: RunIdentity, summary: Summary) -> bytes:
    return dumps({"type": "summary", **head(identity, summary)}) + b"\n"


def dumps(value: object) -> bytes:
    """UTF-8 with keys in the order given. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return orjson.dumps(_whole(value))


def _whole(value: object) -> object:
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def head(identity: RunIdentity, summary: Summary) -> shape.HeadJson:
    return {
        "schema": shape.RUN,
        "claimwright": identity.version,
        "as_of": identity.as_of.isoformat(),
        "summary": summary_object(summary),
        "problems": [problem_object(problem) for problem in summary.problems],
    }


def line_object(answer: LineAnswer) -> shape.LineAnswerJson:
    """One answer, with every key of the published shape, in its order."""
    told: shape.LineAnswerJson = {
        "line": _line(answer.line),
        "views": {"coded": _view(answer.coded), "documented": _view(answer.documented)},
        "difference": answer.difference,
        "findings": [finding_object(finding) for finding in answer.findings],
        "checks": [_check(check) for check in answer.checks],
        "looked_at": list(answer.looked_at),
        "not_looked_at": list(answer.not_looked_at),
        "would_change": list(answer.would_change),
        "citations": [citation_object(citation) for citation in answer.citations],
        "basis": dict(answer.basis),
        "settings": [{"name": one.name, "value": one.value, "source": one.source} for one in answer.settings],
    }
    if answer.evidence:
        told["evidence"] = [_evidence(one) for one in answer.evidence]
    return {**told, "money": as_money.money_object(answer.money)} if answer.money else told


def _evidence(one: Evidence) -> shape.EvidenceJson:
    quoted: list[shape.QuotedJson] = [{"start": at.start, "end": at.end, "words": at.words} for at in one.quoted]
    return {"fact": one.fact, "value": one.value, "note": one.note, "quoted": quoted}


def finding_object(finding: Finding) -> shape.FindingJson:
    told: shape.FindingJson = {
        "id": finding.id,
        "channel": finding.channel,
        "severity": finding.severity,
        "views": list(finding.views),
        "clause": finding.clause,
        "witness": dict(finding.witness),
        "because": finding.because,
        "likelihood": finding.likelihood,
        "predicted": [_predicted(predicted) for predicted in finding.predicted],
        "would_change": finding.would_change,
        "unknown_only": finding.unknown_only,
        "citation": citation_object(finding.citation),
    }
    return {**told, "derived": "gem"} if finding.derived else told


def citation_object(citation: Citation) -> shape.CitationJson:
    return {
        "policy": citation.policy,
        "clause": citation.clause,
        "title": citation.title,
        "payer": citation.payer,
        "authority": citation.authority,
        "instrument": citation.instrument,
        "in_force": citation.in_force,
        "quote": citation.quote,
        "quote_kind": citation.quote_kind,
        "source": citation.source,
        "checked": citation.checked,
        "unverified": citation.unverified,
        "reading": citation.reading,
        "our_reading": citation.our_reading,
        "where": citation.where,
    }


def problem_object(problem: Problem) -> shape.ProblemJson:
    return {
        "id": problem.id,
        "message": problem.message,
        "help": problem.help,
        "gravity": problem.gravity,
        "file": problem.file,
        "segment": problem.segment,
        "offset": problem.offset,
        "row": problem.row,
        "field": problem.field,
        "claim": problem.claim,
        "line": problem.line,
    }


def summary_object(summary: Summary) -> shape.SummaryJson:
    return {
        "files": list(summary.files),
        "claims": summary.claims,
        "all": _tally(summary.all),
        "to_fix": _tally(summary.to_fix),
        "clean": _tally(summary.clean),
        "unchecked": _tally(summary.unchecked),
        "withdrawn": summary.withdrawn,
        "by_payer": [
            {"payer": payer, "all": _tally(lines), "to_fix": _tally(to_fix)}
            for payer, lines, to_fix in summary.by_payer
        ],
        "coded": {str(outcome): _tally(tally) for outcome, tally in summary.coded},
        "documented": {str(outcome): _tally(tally) for outcome, tally in summary.documented},
        "differences": dict(summary.differences),
        "findings": [
            {
                "finding": row.finding,
                "clause": row.clause,
                "severity": row.severity,
                "channel": row.channel,
                "payer": row.payer,
                "tally": _tally(row.tally),
            }
            for row in summary.findings
        ],
        "not_run": [_not_run(row) for row in summary.not_run],
        "silences": {str(name): lines for name, lines in summary.silences},
        "basis": dict(summary.basis),
        "money": as_money.stakes_object(summary.money),
    }


def _line(line: LineRef) -> shape.LineJson:
    return {
        "file": line.file,
        "claim": line.claim,
        "line": line.line,
        "segment": line.segment,
        "procedure": line.procedure,
        "modifiers": list(line.modifiers),
        "units": line.units,
        "service": line.service,
        "points_to": list(line.points_to),
        "payer": line.payer,
        "program": line.program,
        "charge": line.charge,
    }


def _view(view: ViewAnswer) -> shape.ViewAnswerJson:
    return {
        "outcome": view.outcome,
        "finality": view.finality,
        "likelihood": view.likelihood,
        "liability": view.liability,
        "predicted": [_predicted(predicted) for predicted in view.predicted],
        "reachable": list(view.reachable),
        "reachable_is": view.reachable_is,
        "leaning": view.leaning,
        "silences": [_silence(silence) for silence in view.silences],
        "clause": list(view.clause),
        "next_question": _question(view.next_question) if view.next_question else None,
        "conditions": list(view.conditions),
        "depends_on": list(view.depends_on),
    }


def _predicted(predicted: Predicted) -> shape.PredictedJson:
    return {
        "carc": predicted.carc,
        "rarc": list(predicted.rarc),
        "group": predicted.group,
        "likelihood": predicted.likelihood,
        "finding": predicted.finding,
        "alternatives": list(predicted.alternatives),
    }


def _silence(silence: NamedSilence) -> shape.NamedSilenceJson:
    return {"name": silence.name, "finding": silence.finding, "why": silence.why}


def _question(question: Question) -> shape.QuestionJson:
    return {
        "fact": question.fact,
        "text": question.text,
        "who": question.who,
        "why": question.why,
        "answers": [{"answer": answer, "outcomes": list(outcomes)} for answer, outcomes in question.answers],
    }


def _check(check: Check) -> shape.CheckJson:
    told: shape.CheckJson = {"name": check.name, "ran": check.ran, "why": check.why}
    return {**told, "help": check.help} if check.help else told


def _not_run(row: NotRun) -> shape.NotRunJson:
    told: shape.NotRunJson = {"check": row.check, "why": row.why, "lines": row.lines}
    return {**told, "help": row.help} if row.help else told


def _tally(tally: Tally) -> shape.TallyJson:
    return {"lines": tally.lines, "charge": money(tally.charge)}
