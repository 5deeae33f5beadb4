"""The command line as a whole: what `claimwright --help` teaches."""

from __future__ import annotations

from typing import Annotated

import typer

from claimwright.cli import ask, cases, check, correct, data, desk, explain, flowchart, note, people, policy, serve

app = typer.Typer(
    name="claimwright",
    help="Checks outpatient-therapy claims before they are billed, and cites the sentence that decides each line.",
    epilog=(
        "\b\nStart with:           claimwright check week.837\n"
        "one question:         claimwright ask --line 97026 --dx E11.42 --payer medicare\n"
        "what is true, sent:   claimwright correct week.837 --edits edits.csv --out corrected.837\n"
        "what a finding means: claimwright explain CLM-NCCI\n"
        "this quarter's edits: claimwright data import ~/Downloads/medicare-ncci-*.zip"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts in a third of the time
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_show_locals=False,  # locals may hold claim data
)
app.command("check")(check.check)
app.command("ask", epilog=ask.EXAMPLES)(ask.ask)
app.command("note", epilog=note.EXAMPLES)(note.note)
app.command("correct", epilog=correct.EXAMPLES)(correct.correct)
app.command("explain")(explain.explain)
app.command("serve")(serve.serve)
policy.app.command("flowchart", epilog=flowchart.EXAMPLES)(flowchart.flowchart)
app.add_typer(policy.app, name="policy")
app.add_typer(cases.app, name="cases")
app.add_typer(data.app, name="data")
app.add_typer(desk.app, name="desk")
app.add_typer(people.app, name="people")


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"claimwright {version('claimwright')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Checks outpatient-therapy claims before they are billed, and cites the sentence that decides each line."""
