"""The library as one JSON text, so that a check never reads Markdown: what `dump` writes, `load` reads back equal.

Left out are `front_line`s, which only lints need. Days are ISO texts, spans are written as policies write them, and
records whose fields are all texts and numbers are lists of these in the order of the fields.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

from claimwright.days import Clock, Span
from claimwright.documents.blocks import Row
from claimwright.lines.answers import Channel, Likelihood, Outcome, Severity
from claimwright.policies.model import (
    CheckSpec,
    Clause,
    CodeRow,
    Codes,
    Combination,
    Condition,
    Derived,
    Event,
    Fact,
    Library,
    NumberRow,
    OpenCase,
    Policy,
    Predicate,
    Presumption,
    Program,
)

FORMAT = 4
Json = dict[str, Any]


def dump(library: Library) -> bytes:
    """One line for each fact, policy and program, so that a diff shows which of them changed."""
    parts: Json = {
        "facts": [_fact(fact) for fact in library.facts.values()],
        "derived": [_derived(derived) for derived in library.derived.values()],
        "policies": [_policy(policy) for policy in library.policies],
        "programs": [_program(program) for program in library.programs.values()],
        "shared_codes": [_code_row(row) for row in library.shared_codes],
        "numbers": [_number(row) for row in library.numbers],
    }
    lines = [b'{"format":%d' % FORMAT, b'"hashes":' + orjson.dumps(library.hashes)]
    for name, records in parts.items():
        body = b",\n".join(orjson.dumps(record) for record in records)
        lines.append(orjson.dumps(name) + b":[" + (b"\n" + body + b"\n" if body else b"") + b"]")
    return b",\n".join(lines) + b"}\n"


def load(text: bytes) -> Library:
    """The library that was dumped. Raises ValueError when another format was written."""
    root: Json = orjson.loads(text)
    if root.get("format") != FORMAT:
        raise ValueError(f"the compiled library has the format {root.get('format')}, and this program reads {FORMAT}")
    facts = [_read_fact(record) for record in root["facts"]]
    derived = [_read_derived(record) for record in root["derived"]]
    programs = [_read_program(record) for record in root["programs"]]
    return Library(
        facts={fact.name: fact for fact in facts},
        derived={item.name: item for item in derived},
        policies=tuple(_read_policy(record) for record in root["policies"]),
        programs={program.id: program for program in programs},
        shared_codes=tuple(_read_code_row(record) for record in root["shared_codes"]),
        hashes=root["hashes"],
        numbers=tuple(_read_number(record) for record in root["numbers"]),
    )


def _pairs(items: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in items)


def _fact(fact: Fact) -> Json:
    return vars(fact) | {"sources": sorted(fact.sources)}


def _read_fact(record: Json) -> Fact:
    return Fact(
        **record
        | {
            "sources": frozenset(record["sources"]),
            "aka": tuple(record["aka"]),
            "columns": _pairs(record["columns"]),
            "values": _pairs(record["values"]),
            "also": tuple((word, tuple(values)) for word, values in record["also"]),
        }
    )


def _derived(derived: Derived) -> Json:
    return vars(derived) | {"of": _combination(derived.of)}


def _read_derived(record: Json) -> Derived:
    return Derived(**record | {"of": _read_combination(record["of"])})


def _combination(of: Combination) -> Json:
    parts = [_combination(part) if isinstance(part, Combination) else _condition(part) for part in of.parts]
    return {"op": of.op, "parts": parts}


def _read_combination(record: Json) -> Combination:
    parts = (_read_combination(part) if isinstance(part, dict) else _read_condition(part) for part in record["parts"])
    return Combination(record["op"], tuple(parts))


def _condition(condition: Condition) -> list[Any]:
    return [condition.fact, condition.predicate.op, condition.predicate.operands, condition.line]


def _read_condition(record: list[Any]) -> Condition:
    fact, op, operands, line = record
    return Condition(fact, Predicate(op, tuple(operands)), line)


def _clause(clause: Clause) -> Json:
    return vars(clause) | {
        "in_force": str(clause.in_force),
        "when": [_condition(condition) for condition in clause.when],
        "codes": clause.codes and [clause.codes.carc, clause.codes.rarc, clause.codes.alternatives],
    }


def _read_clause(record: Json) -> Clause:
    codes, then = record["codes"], record["then"]
    return Clause(
        **record
        | {
            "in_force": Span.parse(record["in_force"]),
            "channel": Channel(record["channel"]),
            "when": tuple(_read_condition(condition) for condition in record["when"]),
            "then": then if then in {None, "silent"} else Outcome(then),
            "leans": Outcome(record["leans"]) if record["leans"] else None,
            "needs": tuple(record["needs"]),
            "provided": tuple(record["provided"]),
            "severity": Severity(record["severity"]),
            "likelihood": Likelihood(record["likelihood"]),
            "codes": Codes(codes[0], tuple(codes[1]), tuple(codes[2])) if codes else None,
            "liability": _pairs(record["liability"]),
            "excepts": tuple(record["excepts"]) if record["excepts"] else None,
            "reading": tuple(record["reading"]) if record["reading"] else None,
            "states": tuple(record["states"]),
        }
    )


def _number(row: NumberRow) -> list[Any]:
    return [row.name, row.value, row.unit, row.span.first, row.span.last, row.source, row.line]


def _read_number(record: list[Any]) -> NumberRow:
    name, value, unit, first, last, source, line = record
    return NumberRow(name, value, unit, Span(_day(first), _day(last)), source, line)


def _code_row(row: CodeRow) -> list[Any]:
    return [row.set, row.system, row.code, row.span.first, row.span.last, row.source, row.line, row.derived]


def _read_code_row(record: list[Any]) -> CodeRow:
    name, system, code, first, last, source, line, derived = record
    return CodeRow(name, system, code, Span(_day(first), _day(last)), source, line, derived)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_NOT_PLAIN = {"clauses", "codes", "examples", "history", "front_line", "sets"}  # sets is a cache on the object


def _policy(policy: Policy) -> Json:
    plain = {name: value for name, value in vars(policy).items() if name not in _NOT_PLAIN}
    return plain | {
        "history": [[event.day, event.event, event.cite] for event in policy.history],
        "clauses": [_clause(clause) for clause in policy.clauses],
        "codes": [_code_row(row) for row in policy.codes],
        "examples": [[row.line, row.cells] for row in policy.examples],
    }


def _read_policy(record: Json) -> Policy:
    lists = ("programs", "payers", "contractors", "forms")
    pairs = ("titles", "tables", "example_tables", "quotations")
    return Policy(
        **record
        | {name: tuple(record[name]) for name in lists}
        | {name: _pairs(record[name]) for name in pairs}
        | {
            "clock": Clock(record["clock"]),
            "history": tuple(Event(*event) for event in record["history"]),
            "clauses": tuple(_read_clause(clause) for clause in record["clauses"]),
            "codes": tuple(_read_code_row(row) for row in record["codes"]),
            "examples": tuple(Row(_pairs(cells), line) for line, cells in record["examples"]),
        }
    )


def _program(program: Program) -> Json:
    return vars(program) | {
        "checks": [[check.name, check.instruments, check.table] for check in program.checks],
        "presume": [
            [one.fact, one.values, [_condition(condition) for condition in one.when]] for one in program.presume
        ],
        "open": [[[_condition(condition) for condition in one.when], one.why] for one in program.open],
    }


def _read_program(record: Json) -> Program:
    return Program(
        **record
        | {name: tuple(record[name]) for name in ("must_have", "ask")}
        | {name: _pairs(record[name]) for name in ("silences", "usual")}
        | {
            "presume": tuple(
                Presumption(fact, tuple(values), tuple(_read_condition(condition) for condition in when))
                for fact, values, when in record["presume"]
            ),
            "open": tuple(
                OpenCase(tuple(_read_condition(condition) for condition in when), why) for when, why in record["open"]
            ),
            "checklists": tuple((title, tuple(facts)) for title, facts in record["checklists"]),
            "ranks": tuple(tuple(rank) for rank in record["ranks"]),
            "checks": tuple(CheckSpec(name, tuple(kinds), table) for name, kinds, table in record["checks"]),
            "end_coded": Outcome(record["end_coded"]),
            "end_documented": Outcome(record["end_documented"]),
        }
    )
