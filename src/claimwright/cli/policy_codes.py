"""`claimwright policy codes`, and `policy show --codes`: what code sets hold in each list that is loaded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli.options import Data, NoStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, RenderableType

    from claimwright.policies.families import Expanded
    from claimwright.policies.model import CodeRow, Library, Policy
    from claimwright.reference.releases import Releases
    from claimwright.reference.vintages import Vintage

NAMED = 12  # codes that came or went, named in one place


def codes(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WHAT...", help="Code sets, codes, families and ranges: neuropathy, E11.42, L97*."),
    ],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Name every code, as of this day."),
    ] = None,
    policies: Annotated[
        Path | None, typer.Option("--policies", help="The folder of policies whose sets are meant.", exists=True)
    ] = None,
    data: Data = None,
    no_store: NoStore = False,
) -> None:
    """Show which diagnoses a set, family or range stands for in each list that is loaded, and which came and went.

    Ends with 0; with 1 where no list has a code of one; with 2 for what is neither a set nor formed like a diagnosis.
    """
    from claimwright.cli.policy import no_such, readable, terminal
    from claimwright.cli.tables import loaded

    library, _ = readable(policies)
    known = loaded(data, no_store=no_store)
    screen, empty = terminal(), False
    for word in words:
        sets = _named(word, library, known)
        if not sets:
            names = sorted({row.set for row in _every(library)})
            message = no_such("set, and no diagnosis is formed like,", word, names)
            raise typer.BadParameter(message, param_hint="WHAT")
        held = [_shown(screen, title, rows, known, on) for title, rows in sets]
        empty |= not any(held)
    raise typer.Exit(1 if empty else 0)


def of_policy(console: Console, policy: Policy, library: Library, known: Releases) -> None:
    """The sets that a policy's clauses rest on, each with what it holds in each list."""
    from claimwright.policies.lints.walk import sets_of

    names = {name for clause in policy.clauses for name in sets_of(clause, library)}
    for name in sorted(names):
        own = name in policy.sets
        rows = [row for row in (policy.codes if own else library.shared_codes) if row.set == name]
        where = "its own codes.csv" if own else "the shared codes.csv"
        for title, of_system in _by_system(name, rows, where):
            _shown(console, title, of_system, known, None)
    if not names:
        console.print("No clause of it names a code set.")


def _every(library: Library) -> Iterable[CodeRow]:
    yield from library.shared_codes
    for policy in library.policies:
        yield from policy.codes


def _named(word: str, library: Library, known: Releases) -> list[tuple[str, list[CodeRow]]]:
    """The rows that a word means: those of a set, or one row made of a code, family or range, by code set."""
    found = _by_system(word, library.shared_codes, "the shared codes.csv", only=word)
    for policy in library.policies:
        found += _by_system(word, policy.codes, policy.id, only=word)
    return found or _made(word, known)


def _by_system(
    name: str, rows: Iterable[CodeRow], where: str, *, only: str | None = None
) -> list[tuple[str, list[CodeRow]]]:
    by_system: dict[str, list[CodeRow]] = {}
    for row in rows:
        if only is None or row.set == only:
            by_system.setdefault(row.system, []).append(row)
    return [
        (f"{name} · {system} · {len(of)} {'row' if len(of) == 1 else 'rows'} of {where}", of)
        for system, of in by_system.items()
    ]


def _made(word: str, known: Releases) -> list[tuple[str, list[CodeRow]]]:
    """A code, family or range as a row of the code sets that have something of it, else of all in which it may stand,
    over all days.
    """
    import re

    from claimwright.days import Span
    from claimwright.lines.code_set import ICD_9, ICD_10
    from claimwright.policies.families import bounds, held
    from claimwright.policies.model import CodeRow
    from claimwright.reference.vintages import vintages

    code = word.upper().replace(".", "")
    ends = bounds(code)
    if ends and (len(ends[0]) != len(ends[1]) or ends[0] > ends[1]):
        return []
    forms = {ICD_10: r"[A-Z]([0-9A-Z]{0,6})", ICD_9: r"([0-9]|V|E)[0-9]{0,4}"}
    made = [
        CodeRow(word, system, code, Span(), "asked", 0)
        for system, form in forms.items()
        if all(re.fullmatch(form, part) for part in ends or (code,))
    ]
    there = [row for row in made if any(next(held(row, one), None) for one in vintages(known, row.system))]
    return [(f"{word} · {row.system}", [row]) for row in there or made]


def _shown(console: Console, title: str, rows: list[CodeRow], known: Releases, on: datetime | None) -> bool:
    """Print what rows of one code set hold; whether any list has a code of them, or none is looked at."""
    from rich.text import Text

    from claimwright.policies.families import expanded, written
    from claimwright.reference.vintages import TABLE_OF, vintages

    console.print(Text(title, style="bold"), soft_wrap=True)
    if any(row.derived for row in rows):
        console.print("  derived through the General Equivalence Mappings: a hit means review, never that CMS lists it")
    system = rows[0].system
    if system not in TABLE_OF:
        console.print(f"  {', '.join(written(row.code, system) for row in rows)}", soft_wrap=True)
        console.print()
        return True
    lists = vintages(known, system)
    told = expanded(rows, lists)
    console.print(_table(rows, lists, told, system))
    headings = [one.name for one in lists if len(rows) == 1 and one.status.get(rows[0].code) is False]
    if headings:
        name = written(rows[0].code, system)
        console.print(f"  a heading of {', '.join(headings)}: {name}* stands for all codes below it", soft_wrap=True)
    for one in told:
        _told_of(console, one, system, named=on is not None and on.date() in one.vintage.covers)
    console.print()
    return any(one.codes or one.unsure for one in told)


def _table(rows: Sequence[CodeRow], lists: Sequence[Vintage], told: Sequence[Expanded], system: str) -> RenderableType:
    """How many codes each family, and all rows together, hold in each list."""
    from rich.padding import Padding
    from rich.table import Table

    from claimwright.policies.families import bounds, expanded, written

    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2))
    table.add_column("", no_wrap=True)
    for one in lists:
        table.add_column(f"{one.name}\n{one.covers}", justify="right", no_wrap=True)
    families = [row for row in rows if bounds(row.code)]
    single = [row for row in rows if not bounds(row.code)]
    for row in families if len(rows) > 1 else ():
        counts = [str(len(one.codes)) for one in expanded([row], lists)]
        table.add_row(written(row.code, system), *counts)
    if single and families:
        table.add_row(f"{len(single)} single codes", *[str(len(one.codes)) for one in expanded(single, lists)])
    table.add_row("codes", *[str(len(one.codes)) for one in told], style="bold")
    return Padding(table, (0, 0, 0, 2))


def _told_of(console: Console, one: Expanded, system: str, *, named: bool) -> None:
    from claimwright.policies.families import written

    def listed(found: Sequence[str], most: int) -> str:
        shown = ", ".join(written(code, system) for code in found[:most])
        return f"{shown} and {len(found) - most} more" if len(found) > most else shown

    for word, found in (("came", one.came), ("went", one.went), ("not told by it", one.unsure)):
        if found:
            console.print(f"  {one.vintage.name} {word}: {listed(found, NAMED)}", soft_wrap=True)
    if named:
        console.print(f"  {one.vintage.name}: {listed(one.codes, len(one.codes)) or 'none'}", soft_wrap=True)
