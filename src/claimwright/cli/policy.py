"""`claimwright policy`: read, prove, lint and lock the policy documents."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli import policy_codes, policy_near, policy_new, today
from claimwright.cli.options import Data, NoStore

if TYPE_CHECKING:
    from rich.console import Console

    from claimwright.documents.complaints import Complaint
    from claimwright.policies.model import Library, Policy
    from claimwright.policies.shelf import Shelf

GOOD, BAD = 0, 1

app = typer.Typer(
    name="policy",
    help="Read, prove, lint and lock the policies: documents that happen to run.",
    epilog=(
        "Start with:  claimwright policy list   ·   one policy on a day:  "
        "claimwright policy show NCD-270.6 --on 2024-03-01   ·   before a commit:  claimwright policy lint"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[
    Path | None,
    typer.Option(
        "--policies",
        help="The folder of policies; one without a vocabulary of its own builds on the shipped policies. By default "
        "the folder of the source checkout, else the library that was shipped.",
        exists=True,
        file_okay=False,
    ),
]
Ids = Annotated[list[str] | None, typer.Argument(help="Ids of policies, NCD-270.6; all of them by default.")]


@app.command("list", epilog="Example:  claimwright policy list")
def list_(policies: Policies = None) -> None:
    """List every policy: what it is, since when, how many rules and examples it has, and when its text was read.

    Ends with 0.
    """
    from claimwright.cli.policy_pages import library_table

    library, _ = readable(policies)
    terminal().print(library_table(library))


@app.command(
    epilog="Examples:  claimwright policy show NCD-270.6   ·   claimwright policy show NCCI-PTP --clause PTP.1   ·   "
    "claimwright policy show HCSC-DME101.045 --on 2025-09-30   ·   claimwright policy show NCD-270.6 --codes"
)
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a policy or a program.")],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Only what is in force on this day."),
    ] = None,
    clause: Annotated[str, typer.Option("--clause", "-c", help="Only this clause, all its versions.")] = "",
    codes: Annotated[
        bool, typer.Option("--codes", help="What its code sets hold in each list of diagnoses that is loaded.")
    ] = False,
    policies: Policies = None,
    data: Data = None,
    no_store: NoStore = False,
) -> None:
    """Show a policy as its document reads, or only what is in force on a day, or what its code sets hold.

    Ends with 0, or with 2 when there is no such policy or clause.
    """
    from claimwright.cli import policy_pages
    from claimwright.cli.tables import loaded

    library, texts = readable(policies)
    known = {name.lower(): name for name in texts}
    name = known.get(id_.lower())
    if name is None:
        raise typer.BadParameter(no_such("policy", id_, list(texts)), param_hint="ID")
    found = library.policy(name)
    if found is not None and clause and clause not in {version.id for version in found.clauses}:
        raise typer.BadParameter(no_such("clause", clause, [v.id for v in found.clauses]), param_hint="--clause")
    console = terminal()
    if codes:
        if found is None:
            raise typer.BadParameter(f"{name} is a program, which has no code sets of its own", param_hint="--codes")
        policy_codes.of_policy(console, found, library, loaded(data, no_store=no_store))
    elif found is None or not (on or clause):
        policy_pages.whole(console, texts[name], found)
    else:
        policy_pages.in_force(console, found, on.date() if on else None, clause)


@app.command(
    epilog="Examples:  claimwright policy test   ·   claimwright policy test NCD-270.6 -k 'first day'", name="test"
)
def prove(
    ids: Ids = None,
    only: Annotated[str, typer.Option("-k", help="Only examples whose case holds this text.")] = "",
    policies: Policies = None,
) -> None:
    """Run the examples of policies on the engine, each policy alone, and see which clauses they prove.

    A clause version is proved by an example that comes out differently without it; -k runs examples only.
    Ends with 0 when all is well, and with 1 when an example fails, a clause is not proved or a policy cannot be run.
    """
    from claimwright.cli.policy_pages import print_complaints, print_proofs
    from claimwright.cli.policy_runs import proofs

    shelf = _shelf(policies)
    chosen = _chosen(ids, shelf.library)
    console = terminal()
    ran, hindered = proofs(shelf, chosen, only)
    print_complaints(console, [*(c for proof in ran for c in proof.complaints), *hindered])
    print_proofs(console, ran, chosen)
    raise typer.Exit(BAD if hindered or any(proof.complaints for proof in ran) else GOOD)


@app.command(
    epilog="Examples:  claimwright policy trace   ·   two statements:  claimwright policy trace S5 S118   ·   "
    "in CI:  claimwright policy trace --lost"
)
def trace(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[STATEMENT]...", help="Ids of statements, S5; all by default.")
    ] = None,
    lost: Annotated[bool, typer.Option("--lost", help="Only statements that have lost their proof.")] = False,
    format_: Annotated[str, typer.Option("--format", "-f", help="text, json or markdown.")] = "text",
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases", help="The folder of worked cases. By default the one beside the policies.", exists=True
        ),
    ] = None,
    policies: Policies = None,
) -> None:
    """Trace statements to the clauses that decide them, and the clauses to what proves them.

    The statements stand in statements.csv. An example or a case proves a clause when it comes out otherwise without it.
    What the engine's shape keeps is proved by a test or a case; what only explains is listed with its document.
    Ends with 0; with 1 when a statement has lost its proof; with 2 when something cannot be read.
    """
    from claimwright.cli.policy_trace import traced
    from claimwright.cli.trace_pages import FORMATS, show

    if format_ not in FORMATS:
        raise typer.BadParameter(no_such("format", format_, list(FORMATS)), param_hint="--format")
    shelf = _shelf(policies)
    known = {statement.id.lower(): statement for statement in shelf.statements}
    for name in ids or ():
        if name.lower() not in known:
            message = no_such("statement", name, [statement.id for statement in shelf.statements])
            raise typer.BadParameter(message, param_hint="STATEMENT")
    chosen = [known[name.lower()] for name in ids] if ids else list(shelf.statements)
    found = traced(shelf, chosen, cases)
    show(terminal(), found, format_, lost=lost)
    raise typer.Exit(BAD if any(one.lost for one in found) else GOOD)


@app.command(epilog="Examples:  claimwright policy lint   ·   what a lint wants:  claimwright explain P004")
def lint(
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day from which to look. Today, by default."),
    ] = None,
    policies: Policies = None,
) -> None:
    """Run every lint, the examples included, and say what is wrong, where, and what to do.

    Warnings fail nothing. Ends with 0 when there is no error, and with 1 when there is.
    """
    from claimwright.cli.policy_pages import print_complaints, print_count
    from claimwright.cli.policy_runs import linted

    found = linted(_shelf(policies), as_of.date() if as_of else today())
    console = terminal()
    print_complaints(console, found.complaints)
    print_count(console, found)
    raise typer.Exit(BAD if found.errors else GOOD)


@app.command(
    epilog="Examples:  claimwright policy lock   ·   in CI:  claimwright policy lock --check   ·   "
    "for the changelog:  claimwright policy lock --diff"
)
def lock(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a generated file is stale.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; say what changed since the lock.")] = False,
    library: Annotated[
        Path | None,
        typer.Option(
            "--library", help="Write the compiled library here. By default only the checkout's own is.", file_okay=False
        ),
    ] = None,
    policies: Policies = None,
) -> None:
    """Regenerate policies.lock and the compiled library, and say what changed since the last lock.

    Ends with 0; with 1 when a document cannot be read, or when --check finds a generated file that is stale.
    """
    from claimwright.cli.policy_pages import print_changes, print_complaints
    from claimwright.cli.policy_runs import changes
    from claimwright.policies.publish import outputs

    shelf = _shelf(policies)
    console = terminal()
    if shelf.complaints:
        print_complaints(console, shelf.complaints)
        console.print("Nothing was locked: what cannot be read cannot be locked.", style="bold")
        raise typer.Exit(BAD)
    if diff:
        print_changes(console, changes(shelf))
        return
    own = library or (_checkout_library() if shelf.root == _checkout() else None)
    stale = [output for output in outputs(shelf, own) if not output.current]
    if check:
        for output in stale:
            console.print(f"{output.path} is stale; run `claimwright policy lock`")
        raise typer.Exit(BAD if stale else GOOD)
    print_changes(console, changes(shelf))
    for output in stale:
        output.write()
        console.print(f"wrote {output.path}")
    if not stale:
        console.print("Everything generated is up to date.")


@app.command(epilog="Examples:  claimwright policy history HCSC-DME101.045   ·   claimwright policy history")
def history(
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The id of a policy; all of them by default.")
    ] = None,
    policies: Policies = None,
) -> None:
    """Show the time of a policy: the authority's own entries, its titles, its clause versions and its codes.

    Ends with 0, or with 2 when there is no such policy.
    """
    from claimwright.cli.policy_pages import print_timeline

    library, _ = readable(policies)
    print_timeline(terminal(), _chosen([id_] if id_ else None, library))


app.command(
    "codes",
    epilog="Examples:  claimwright policy codes 'L97*' M15-M19   ·   every code of a day:  "
    "claimwright policy codes neuropathy --on 2026-04-01",
)(policy_codes.codes)
app.command(
    "near",
    epilog="Example:  claimwright policy near 250.60 357.2 --set 'near neuropathy' >> codes.csv",
)(policy_near.near)
app.command(
    "new",
    epilog="Examples:  claimwright policy new acme --payer 'ACME Health' --code 97026   ·   "
    "claimwright policy new comp --payer 'Ohio Comp' --code 97026 --code 97024 --program ohio-comp",
)(policy_new.new)


def terminal() -> Console:
    """The terminal, or through a pipe a page wide enough for tables."""
    from rich.console import Console

    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=120)


def _checkout() -> Path | None:
    """The policies of the source checkout this program runs from; None when it is installed."""
    folder = Path(__file__).resolve().parents[3] / "policies"
    return folder if (folder / "facts.yaml").is_file() else None


def _checkout_library() -> Path:
    return Path(__file__).resolve().parents[1] / "library"


def _shelf(policies: Path | None) -> Shelf:
    """The documents themselves, for commands that cannot do without."""
    from claimwright.policies import reading, shipped

    folder = policies.resolve() if policies else _checkout()
    if folder is None:
        message = "this needs the policy documents, and only the compiled library was shipped; name their folder"
        raise typer.BadParameter(message, param_hint="--policies")
    return reading.read_folder(folder, None if reading.stands_alone(folder) else shipped.load())


def readable(policies: Path | None) -> tuple[Library, dict[str, str]]:
    """A library and the Markdown of its documents, from a folder or as shipped."""
    if policies or _checkout():
        shelf = _shelf(policies)
        _warn(shelf.complaints)
        return shelf.library, {name: document.text for name, document in shelf.documents.items()}
    from claimwright.policies import shipped

    return shipped.load(), {name: text.markdown for name, text in shipped.documents().items()}


def _warn(complaints: tuple[Complaint, ...]) -> None:
    if complaints:
        count = f"{len(complaints)} {'place' if len(complaints) == 1 else 'places'}"
        typer.echo(f"The documents could not be read in {count}; see `claimwright policy lint`.", err=True)


def _chosen(ids: list[str] | None, library: Library) -> tuple[Policy, ...]:
    """The policies with these ids, whatever their case; every policy when none is named."""
    if not ids:
        return library.policies
    known = {policy.id.lower(): policy for policy in library.policies}
    for name in ids:
        if name.lower() not in known:
            message = no_such("policy", name, [policy.id for policy in library.policies])
            raise typer.BadParameter(message, param_hint="ID")
    return tuple(known[name.lower()] for name in ids)


def no_such(what: str, word: str, known: list[str]) -> str:
    """That nothing has this name, with the nearest one, or all there are."""
    from claimwright.documents.complaints import nearest

    every = ", ".join(dict.fromkeys(known))
    return f"there is no {what} {word!r}; {nearest(word, known, f'there are: {every}')}"
