"""How `claimwright policy trace` looks: statements by standing, each with its clauses and what proves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimwright.policies.statements import Standing, Statement
from claimwright.proving.trace import Kind, Shown, Traced
from claimwright.report.wording import count

FORMATS = ("text", "json", "markdown")
_TITLES = {
    Standing.DECIDED: "Decided by a clause",
    Standing.SHAPE: "Kept by the shape of the engine",
    Standing.TEXT: "Text only",
    Standing.LATER: "Later",
}
_COLUMNS = ("statement", "says", "clause", "proved by")


def show(console: Console, found: Sequence[Traced], format_: str, *, lost: bool) -> None:
    """All statements, or those that have lost their proof, in one of the FORMATS."""
    shown = [one for one in found if one.lost] if lost else list(found)
    match format_:
        case "json":
            typer.echo(as_json(shown))
        case "markdown":
            typer.echo(as_markdown(shown))
        case _:
            _print(console, shown)
            console.print(_counts(found))


def as_json(found: Sequence[Traced]) -> str:
    """One object: the statements, and how many there are and have lost their proof."""
    statements = [_record(one) for one in found]
    body = {"statements": statements, "count": len(found), "lost": sum(bool(one.lost) for one in found)}
    return orjson.dumps(body, option=orjson.OPT_INDENT_2).decode()


def _record(one: Traced) -> dict[str, Any]:
    statement = one.statement
    return {
        "id": statement.id,
        "source": statement.source,
        "says": statement.says,
        "derived": statement.derived,
        "standing": statement.standing,
        "where": statement.where,
        "note": statement.note,
        "clauses": [{"clause": clause.name, "in_force": str(clause.in_force)} for clause in one.clauses],
        "proofs": [vars(proof) for proof in one.proofs],
        "lost": one.lost,
    }


def as_markdown(found: Sequence[Traced]) -> str:
    """A table for each standing."""
    lines: list[str] = []
    for standing, group in _by_standing(found):
        lines += [f"## {_TITLES[standing]}", "", f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|"]
        for one in group:
            rows = list(_rows(one))
            clauses, proved = ("<br>".join(dict.fromkeys(_cell(row[place]) for row in rows)) for place in (0, 1))
            lines.append(f"| {one.statement.id} | {_cell(_says(one.statement))} | {clauses} | {proved} |")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _by_standing(found: Sequence[Traced]) -> Iterator[tuple[Standing, list[Traced]]]:
    order = list(Standing)
    for standing, group in groupby(
        sorted(found, key=lambda one: order.index(one.statement.standing)), key=lambda one: one.statement.standing
    ):
        yield standing, list(group)


def _print(console: Console, found: Sequence[Traced]) -> None:
    for standing, group in _by_standing(found):
        table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0), title_justify="left")
        table.title = Text(_TITLES[standing], style="bold")
        table.add_column(_COLUMNS[0], no_wrap=True, style="bold")
        table.add_column(_COLUMNS[1], ratio=3)
        table.add_column(_COLUMNS[2], ratio=2)
        table.add_column(_COLUMNS[3], ratio=4, overflow="fold")
        for one in group:
            for place, (clause, proof, style) in enumerate(_rows(one)):
                head = (one.statement.id, _says(one.statement)) if not place else ("", "")
                table.add_row(head[0], Text(head[1]), Text(clause), Text(proof, style=style))
        console.print(table)
        console.print()


def _says(statement: Statement) -> str:
    return f"{statement.says} (derived)" if statement.derived else statement.says


def _rows(one: Traced) -> Iterator[tuple[str, str, str]]:
    """Clause, proof and style: a row for each clause, for what proves a shape, and for what is missing."""
    for clause in dict.fromkeys(clause.name for clause in one.clauses):
        mine = [proof for proof in one.proofs if proof.clause == clause]
        if mine:
            yield clause, _proved(mine), ""
    for proof in one.proofs:
        if not proof.clause:
            yield "", _words(proof), ""
    if one.statement.standing is Standing.LATER:
        yield "", f"needs {', '.join(one.statement.where)}", "dim"
    for words in one.lost:
        yield "", f"lost: {words}", "red"


def _proved(proofs: Sequence[Shown]) -> str:
    """The first proof, the cases, and how many there are besides."""
    first = next((proof for proof in proofs if proof.kind is Kind.EXAMPLE), proofs[0])
    cases = list(dict.fromkeys(proof.name for proof in proofs if proof.kind is Kind.CASE and proof is not first))
    others = len({proof.place for proof in proofs if proof.kind is Kind.EXAMPLE} - {first.place})
    parts = [_words(first), f"{count(others, 'more example')}" if others else "", *(f"case {id_}" for id_ in cases)]
    return " · ".join(part for part in parts if part)


def _words(proof: Shown) -> str:
    match proof.kind:
        case Kind.DOCUMENT:
            return proof.name
        case Kind.TEST:
            return proof.name.partition("::")[2]
        case _:
            return f"{proof.kind} {proof.name}"


def _counts(found: Sequence[Traced]) -> Text:
    """How many statements stand how, and how many have lost their proof."""
    parts = [f"{len(group)} {standing}" for standing, group in _by_standing(found)]
    lost = sum(bool(one.lost) for one in found)
    verdict = f"{lost or 'none'} lost {'their' if lost > 1 else 'its'} proof"
    return Text.assemble(
        f"{count(len(found), 'statement')} ({', '.join(parts)}): ",
        (verdict, "bold red" if lost else "bold green"),
    )
