"""How `claimwright policy` looks: tables, timelines, complaints, and a policy document in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console, Group
from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from claimwright.documents.complaints import Complaint
from claimwright.lines.answers import Silence
from claimwright.policies.changes import Change
from claimwright.policies.history import What, timeline
from claimwright.policies.model import Clause, Library, Policy
from claimwright.proving.lints import Linted
from claimwright.proving.prove import Proof

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_OURS = re.compile(r"^```(rule|criteria|program)[ ]?(.*)$", re.MULTILINE)
_EXAMPLES = re.compile(r"^## Examples\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_STYLES = {What.BEGINS: "green", What.ENDED: "yellow", What.TITLE: "cyan", What.CODES: "magenta", What.BOUND: "dim"}


def _checked(checked: str) -> Text:
    return Text("unverified", style="yellow") if checked == "never" else Text(checked)


def _span(policy: Policy) -> str:
    """From the first day of the policy, or of any clause, to the last of all; an open end stays open."""
    spans = [clause.in_force for clause in policy.clauses]
    if not spans:
        return "—"
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    first = policy.began or ("" if None in firsts else min(day.isoformat() for day in firsts if day))
    last = "" if None in lasts else max(day.isoformat() for day in lasts if day)
    return f"{first} .. {last}".strip()


def library_table(library: Library) -> Group:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("policy", no_wrap=True, style="bold")
    table.add_column("title", min_width=18)
    table.add_column("instrument", max_width=12)
    table.add_column("in force", no_wrap=True)
    for name in ("clauses", "examples"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("text read", no_wrap=True)
    for policy in sorted(library.policies, key=lambda policy: policy.path):
        counts = (str(len(policy.clauses)), str(len(policy.examples)))
        table.add_row(policy.id, policy.title, policy.instrument, _span(policy), *counts, _checked(policy.checked))
    clauses = sum(len(policy.clauses) for policy in library.policies)
    examples = sum(len(policy.examples) for policy in library.policies)
    programs = " · ".join(f"{program.id} ({program.title})" for program in library.orders)
    policies = "1 policy" if len(library.policies) == 1 else f"{len(library.policies)} policies"
    count = f"{policies}, {_counted(clauses, 'clause version')}, {_counted(examples, 'example')}"
    orders = [Text(f"orders of authority: {programs}", style="dim")] if programs else []
    return Group(table, Text(), Text(count), *orders)


def whole(console: Console, markdown: str, policy: Policy | None) -> None:
    """The document as it reads; its examples as a table that fits a terminal."""
    body = _OURS.sub(r"**\1 \2**\n\n```yaml", _FRONT.sub("", markdown))
    if policy is None:
        console.print(Markdown(body))
        return
    console.print(_head(policy, policy.title))
    console.print(Markdown(_EXAMPLES.sub("", body)))
    console.print()
    console.print(_examples(policy))


def _head(policy: Policy, title: str) -> Panel:
    lines = [
        Text(title, style="bold"),
        Text(policy.authority),
        Text(f"{policy.instrument} · {policy.payer} · in force {_span(policy)}"),
        Text.assemble("text read: ", _checked(policy.checked), f" · quoted {_QUOTED[policy.quote]}"),
        Text(policy.source, style="dim"),
    ]
    return Panel(Group(*lines), title=policy.id, title_align="left")


_QUOTED = {"verbatim": "word for word", "paraphrase": "in our own words"}


def _examples(policy: Policy) -> Table:
    apart = {"case", "service", "view", "answer", "findings", "by"}
    table = Table(
        "case", "what is given", "view", "answer", "by", title=f"Examples ({len(policy.examples)})", header_style="bold"
    )
    for row in policy.examples:
        given = ", ".join(f"{name} {cell}" for name, cell in row.cells if cell and name not in apart)
        answer = Text(row.get("answer"))
        if row.get("findings"):
            answer.append(f"\n{row.get('findings')}", style="dim")
        table.add_row(row.get("case"), f"{row.get('service')}: {given}", row.get("view"), answer, row.get("by"))
    return table


def in_force(console: Console, policy: Policy, day: date | None, clause_id: str) -> None:
    """The clauses in force on a day, or every version of one clause, each under its sentence."""
    title = policy.title_on(day.isoformat()) if day else policy.title
    console.print(_head(policy, title))
    shown = [
        clause
        for clause in policy.clauses
        if (not clause_id or clause.id == clause_id) and (day is None or day in clause.in_force)
    ]
    for clause in shown:
        console.print()
        _clause(console, clause, policy, day)
    if day:
        console.print()
        console.print(_said_on(policy, day, shown))


def _said_on(policy: Policy, day: date, shown: Sequence[Clause]) -> Text:
    """How much of a policy speaks on a day, or the name of its silence."""
    before = policy.began and day.isoformat() < policy.began
    if policy.modelled_from and day.isoformat() < policy.modelled_from and not before:
        why = f"it is modelled from {policy.modelled_from} on"
        return Text(f"On {day} the answer is: {Silence.NOT_MODELLED} ({why}).", style="yellow")
    if not shown:
        why = f" (the policy began on {policy.began})" if before else ""
        return Text(f"Nothing is in force on {day}, so the answer is: {Silence.NO_DETERMINATION}{why}.", style="yellow")
    return Text(f"{len(shown)} of {len(policy.clauses)} clause versions are in force on {day}.", style="dim")


def _clause(console: Console, clause: Clause, policy: Policy, day: date | None) -> None:
    console.print(
        Text.assemble(
            (clause.id, "bold"), f"  in force {clause.in_force}", (f"  {policy.path}/policy.md:{clause.line}", "dim")
        )
    )
    if clause.reading and clause.quoted:
        console.print(Text(clause.quoted, style="italic"))
    mark = "Our reading: " if clause.reading else ""
    console.print(Text(f"{mark}{clause.sentence}", style="italic"))
    facts = [("view", clause.view), ("channel", str(clause.channel))]
    facts += [("when" if place == 0 else "", str(condition)) for place, condition in enumerate(clause.when)]
    facts += [("then", str(clause.then).lower().replace("_", " "))] if clause.then else []
    facts += [("needs", ", ".join(clause.needs))] if clause.needs else []
    facts += [("finding", f"{clause.finding} · {clause.severity} · {clause.likelihood}")] if clause.finding else []
    if clause.codes:
        facts.append(("codes", " ".join((clause.codes.carc, *clause.codes.rarc))))
    facts += (
        [("liability", ", ".join(f"{key}: {group}" for key, group in clause.liability))] if clause.liability else []
    )
    facts += [("because", clause.because)]
    facts += [("would change", clause.would_change)] if clause.would_change else []
    facts += [("sets", named) for named in _sets(clause, policy, day)]
    table = Table.grid(padding=(0, 2))
    for name, value in facts:
        table.add_row(Text(name, style="cyan"), Text(value))
    console.print(table)


def _sets(clause: Clause, policy: Policy, day: date | None) -> Iterable[str]:
    """How many rows each set of the policy's own has that the clause names, on the day."""
    named = {operand for condition in clause.when for operand in condition.predicate.operands}
    for name in sorted(named & policy.sets):
        rows = [row for row in policy.codes if row.set == name and (day is None or day in row.span)]
        systems = ", ".join(sorted({row.system for row in rows})) or "no system"
        yield f"{name}: {_counted(len(rows), 'row')} of {systems}"


def print_complaints(console: Console, complaints: Iterable[Complaint]) -> None:
    """Each complaint exactly as it is written, in colour."""
    for complaint in complaints:
        style = "yellow" if complaint.warning else "red"
        text = Text(str(complaint))
        text.stylize(f"bold {style}", 0, len(complaint.id))
        text.highlight_regex(r"(?m)^ -->.*$", "cyan")
        text.highlight_regex(r"(?m)^ help:", "bold")
        console.print(text, soft_wrap=True)
        console.print()


def print_count(console: Console, found: Linted) -> None:
    for note in found.notes:
        console.print(Text(note, style="dim"), soft_wrap=True)
    errors = len(found.errors)
    warnings = len(found.complaints) - errors
    counts = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    console.print(Text(counts, style="bold red" if errors else "bold yellow" if warnings else "bold green"))


def print_proofs(console: Console, proofs: Sequence[Proof], chosen: Sequence[Policy]) -> None:
    table = Table.grid(padding=(0, 2))
    by_id = {proof.policy.id: proof for proof in proofs}
    for policy in chosen:
        proof = by_id.get(policy.id)
        if proof is None:
            table.add_row(Text(policy.id, style="bold"), "", Text("not run", style="red"))
            continue
        said = (
            f"{proof.failed} failed, {_counted(proof.unproved, 'clause version')} not proved"
            if proof.complaints
            else "all come out"
        )
        style = "red" if proof.complaints else "green"
        table.add_row(Text(policy.id, style="bold"), _counted(proof.examples, "example"), Text(said, style=style))
    console.print(table)
    examples, failed = sum(proof.examples for proof in proofs), sum(proof.failed for proof in proofs)
    unproved = sum(proof.unproved for proof in proofs)
    parts = [f"{_counted(examples, 'example')}: {examples - failed} passed, {failed} failed"]
    parts += [f"{_counted(unproved, 'clause version')} not proved"] if unproved else []
    parts += [f"{len(chosen) - len(proofs)} not run"] if len(chosen) > len(proofs) else []
    good = not failed and not unproved and len(chosen) == len(proofs)
    console.print(Text("; ".join(parts), style="bold green" if good else "bold red"))


def print_changes(console: Console, changes: Sequence[Change]) -> None:
    """The changes in the form of the policy changelog, ready to be pasted."""
    if not changes:
        console.print("Nothing changed since the lock.")
    for change in changes:
        console.print(Text(str(change)), soft_wrap=True)
        console.print()


def print_timeline(console: Console, policies: Sequence[Policy]) -> None:
    """Everything dated in these policies on one line of time."""
    moments = sorted(
        ((moment, policy) for policy in policies for moment in timeline(policy)),
        key=lambda pair: (pair[0].day, pair[1].id, list(What).index(pair[0].what)),
    )
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("day", no_wrap=True)
    if len(policies) > 1:
        table.add_column("policy", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what")
    table.add_column("by", style="dim")
    for moment, policy in moments:
        which = [policy.id] if len(policies) > 1 else []
        what = Text(moment.what, style=_STYLES.get(moment.what, ""))
        table.add_row(moment.day or "always", *which, what, moment.text, moment.cite)
    console.print(table)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
