"""`claimwright policy new`: a folder of one's own policies, which runs as it stands and is edited from there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from claimwright.cli import today


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it must not exist, or be empty.")],
    payer: Annotated[str, typer.Option("--payer", "-p", help="The payer, as people call it: 'ACME Health'.")],
    code: Annotated[
        list[str], typer.Option("--code", "-c", help="A procedure code the policy is about. May stand several times.")
    ],
    from_: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The first day of the policy. Today, by default."),
    ] = None,
    program: Annotated[
        str, typer.Option("--program", help="Begin a line of business too, under this id: 'acme-workers-comp'.")
    ] = "",
) -> None:
    """Begin a folder of your own policies: a payer, a coverage position, prior authorization, and their examples.

    What it holds is invented and runs; edit its sentences, and the rules and examples with them. No program is needed,
    and nothing of what was shipped is changed.
    Ends with 0; with 2 when the folder is not empty, or something cannot be written into a policy.
    """
    from claimwright.policies import reading, shipped
    from claimwright.policies.publish import outputs
    from claimwright.policies.template import Start

    day = from_.date() if from_ else today()
    try:
        start = Start(" ".join(payer.split()), tuple(dict.fromkeys(one.strip().upper() for one in code)), day, program)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if program in shipped.load().programs:
        message = (
            f"the program {program} is there already; leave --program out for commercial plans, or choose another id"
        )
        raise typer.BadParameter(message, param_hint="--program")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise typer.BadParameter(f"{folder} is not empty; name a folder that is not there yet", param_hint="DIR")
    for path, text in start.files(folder.as_posix()).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        typer.echo(f"wrote {file}")
    for output in outputs(reading.read_folder(folder, shipped.load()), None):
        output.write()
        typer.echo(f"wrote {output.path}")
    typer.echo(
        f"\nRead {folder / start.folder / 'policy.md'} next, and edit it. Then:\n"
        f"  claimwright policy test --policies {folder}\n"
        f"  claimwright check claims.837 --policies {folder}"
    )
