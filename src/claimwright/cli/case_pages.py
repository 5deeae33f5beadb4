"""How `claimwright cases` looks: a line for each case that comes out, a table for each that does not."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimwright.proving.case_compare import Row
from claimwright.proving.cases import CaseResult
from claimwright.report import text as report_text
from claimwright.report import wording


def print_results(results: Sequence[CaseResult], *, failed_only: bool) -> None:
    """Every case, file by file; then how many came out."""
    console = _console()
    file = ""
    for result in results:
        if result.ok and failed_only:
            continue
        if result.case.file != file:
            file = result.case.file
            console.print(Text(file, style="bold underline"))
        _print(console, result)
    failed = sum(not result.ok for result in results)
    things = sum(len(result.rows) for result in results)
    counted = f"{wording.count(len(results), 'case')}, {wording.count(things, 'thing')} expected"
    verdict = Text(f"{failed} failed" if failed else "all came out", style="bold red" if failed else "bold green")
    console.print()
    console.print(Text.assemble(counted, ": ", verdict))


def print_case(result: CaseResult) -> None:
    """One case in full: what it says, the claim, what was expected beside what came, and the answer to each line."""
    console = _console()
    console.print(Text.assemble((result.case.id, "bold"), "  ", _plain(result.case.says)))
    console.print(Text(f"{result.case.file}:{result.case.line}", style="dim"))
    console.print()
    shown = result.case.text or yaml.safe_dump(_shown(result.written), sort_keys=False, allow_unicode=True, width=100)
    console.print(Text(shown.rstrip()))
    if result.case.tables:
        console.print()
        console.print(Text("stands on " + "; ".join(_tables(result.case.tables))))
    console.print()
    console.print(_table(result.rows))
    for problem in result.problems:
        console.print(Text(str(problem), style="yellow"))
    for answer in result.answers:
        console.print()
        report_text.render_line(answer, report_text.console_for(sys.stdout))


def results_json(results: Sequence[CaseResult]) -> str:
    """One object: the counts, and every case with its rows."""
    cases = [
        {
            "id": result.case.id,
            "says": result.case.says,
            "file": result.case.file,
            "line": result.case.line,
            "ok": result.ok,
            "rows": [{"what": row.what, "expected": row.expected, "got": row.got, "ok": row.ok} for row in result.rows],
        }
        for result in results
    ]
    failed = sum(not result.ok for result in results)
    return orjson.dumps({"cases": cases, "count": len(cases), "failed": failed}, option=orjson.OPT_INDENT_2).decode()


def _print(console: Console, result: CaseResult) -> None:
    mark = ("ok    ", "green") if result.ok else ("FAILED", "bold red")
    console.print(Text.assemble(mark, "  ", (result.case.id, "bold"), "  ", _plain(result.case.says)))
    if not result.ok:
        console.print(Text(f"        {result.case.file}:{result.case.line}", style="dim"))
        console.print(_table(result.failed))


def _table(rows: Sequence[Row]) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("        ", no_wrap=True)
    table.add_column("what")
    table.add_column("expected", ratio=1)
    table.add_column("got", ratio=1)
    for row in rows:
        style = "" if row.ok else "red"
        mark = Text("      ok" if row.ok else "       ✗", style="green" if row.ok else "red")
        table.add_row(
            mark, _plain(row.what), Text(_plain(row.expected), style="green"), Text(_plain(row.got), style=style)
        )
    return table


def _plain(text: str) -> str:
    return wording.visible(text)


def _shown(value: Any) -> Any:
    """The claim without fields that nobody filled."""
    if isinstance(value, Mapping):
        return {key: _shown(inner) for key, inner in value.items() if inner is not None}
    return [_shown(item) for item in value] if isinstance(value, list) else value


def _tables(tables: Mapping[str, Any]) -> Iterator[str]:
    for name, said in tables.items():
        rows = said.get("rows") if isinstance(said, Mapping) else said
        if isinstance(rows, list):
            yield f"{name}: " + ", ".join(" ".join(str(cell) for cell in row.values() if cell) for row in rows)
        else:
            yield f"{name}: {rows or said.get('use')}"


def _console() -> Console:
    terminal = Console(highlight=False, markup=False, emoji=False)
    # through a pipe there is no terminal to fit into, and tables want room
    return terminal if terminal.is_terminal else Console(highlight=False, markup=False, emoji=False, width=120)
