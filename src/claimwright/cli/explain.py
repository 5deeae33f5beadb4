"""`claimwright explain`: what a finding, a clause, a policy, a fact or a lint is."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli.options import OwnPolicies

if TYPE_CHECKING:
    from rich.console import Console

    from claimwright.policies.model import Clause, Fact, Library, Policy


def explain(
    word: Annotated[
        list[str], typer.Argument(help="A finding (CLM-NCCI), a clause (NCD-270.6 NC.coded), a fact, or a lint (P004).")
    ],
    policies: OwnPolicies = None,
) -> None:
    """Explain a finding, a clause, a policy, a fact (`explain facts` lists them) or a lint.

    Examples:  claimwright explain CLM-DX-NCD   ·   claimwright explain NCD-270.6 NC.coded   ·   claimwright explain abn
    """
    from rich.console import Console

    from claimwright.cli.engine import with_own
    from claimwright.policies import lints, shipped

    name = " ".join(word).strip()
    library = shipped.load() if policies is None else with_own(policies)[0]
    console = Console(highlight=False, markup=False)
    clauses = [c for policy in library.policies for c in policy.clauses]
    lint = lints.explain(name.upper())
    raised = [c for c in clauses if c.finding == name.upper()]
    missing = [fact for fact in library.facts.values() if fact.missing == name.upper()]
    named = [c for c in clauses if name.lower() in {c.name.lower(), c.id.lower()}]
    policy = next((policy for policy in library.policies if policy.id.lower() == name.lower()), None)
    fact = library.fact(name.lower()) or library.fact(name)
    if name.lower() == "facts":
        for each in library.facts.values():
            _fact(each, console, brief=True)
    elif lint is not None:
        console.print(lint)
    elif raised or missing:
        _finding(name.upper(), raised, missing, library, console)
    elif policy is not None:
        _policy(policy, console)
    elif named:
        for clause in named:
            _clause(clause, library, console)
    elif fact is not None:
        _fact(fact, console)
    else:
        _unknown(name, library)


def _finding(name: str, raised: list[Clause], missing: list[Fact], library: Library, console: Console) -> None:
    console.print(name, style="bold")
    for fact in missing:
        console.print(f"  raised when a clause needs this and it is not there: {fact.name}, {fact.says}")
        if fact.ask:
            console.print(f"  ask: {fact.ask}")
    for clause in raised:
        console.print()
        _clause(clause, library, console)


def _clause(clause: Clause, library: Library, console: Console) -> None:
    policy = library.policy(clause.policy)
    assert policy is not None
    console.print(f"{clause.name} · {clause.finding or 'no finding'} · {clause.severity}", style="bold")
    console.print(f"  {policy.authority}")
    console.print(f"  in force {clause.in_force} · {clause.view} view · {clause.channel}")
    if clause.reading:
        console.print(f"  a reading by {clause.reading[0]}, {clause.reading[1]}")
    mark = "“{}”" if policy.quote == "verbatim" and not clause.reading else "{} (restated)"
    console.print("  " + mark.format(clause.sentence.removesuffix("[paraphrase]").strip()))
    for condition in clause.when:
        console.print(f"    when {condition}")
    for need in clause.needs:
        console.print(f"    needs {need}")
    if clause.codes:
        others = "".join(f", or {other}" for other in clause.codes.alternatives)
        console.print(f"  predicted {' '.join((clause.codes.carc, *clause.codes.rarc))}{others} ({clause.likelihood})")
    if clause.would_change:
        console.print(f"  would change: {clause.would_change}")
    unverified = (
        " · unverified: nobody has read the authority's text" if policy.unverified else f" · read {policy.checked}"
    )
    console.print(f"  read it: {policy.source} · {policy.home}/{policy.path}/policy.md:{clause.line}{unverified}")


def _policy(policy: Policy, console: Console) -> None:
    console.print(f"{policy.id} · {policy.title}", style="bold")
    console.print(f"  {policy.authority} · {policy.instrument} · {policy.source}")
    for clause in policy.clauses:
        console.print(f"  {clause.id:<14} {clause.in_force!s:<26} {clause.finding:<20} {clause.severity}")
    console.print(f"  the whole document: claimwright policy show {policy.id}")


def _fact(fact: Fact, console: Console, *, brief: bool = False) -> None:
    also = f" (also {', '.join(fact.aka)})" if fact.aka else ""
    console.print(f"{fact.name}{also}", style="bold", end="")
    console.print(f" · {fact.says}")
    if brief:
        return
    console.print(f"  {fact.type}, from {', '.join(sorted(fact.sources))}")
    for value, meaning in fact.values:
        console.print(f"    {value}: {meaning}")
    if fact.ask:
        console.print(f"  ask: {fact.ask}")
    if fact.who:
        console.print(f"  who usually knows: {fact.who}")


def _unknown(name: str, library: Library) -> None:
    known = {c.finding for policy in library.policies for c in policy.clauses if c.finding}
    known |= {c.name for policy in library.policies for c in policy.clauses} | set(library.facts)
    known |= {policy.id for policy in library.policies} | {f.missing for f in library.facts.values() if f.missing}
    near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else "`claimwright policy list` names the policies"
    typer.echo(f"nothing here is called {name!r}\n help: {hint}", err=True)
    raise typer.Exit(2)
