"""`claimwright desk`: what whoever runs the server does with the worklist: back it up, restore it, purge it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli.serve import Address, Folder

if TYPE_CHECKING:
    from claimwright.desk.backup import Report
    from claimwright.desk.desk import Desk

app = typer.Typer(
    name="desk",
    help="Back up, restore and purge the worklist.",
    epilog=(
        "\b\nevery night:   claimwright desk backup /backups/desk-$(date +%F).tar.gz\n"
        "and back:      claimwright desk restore /backups/desk-2026-03-20.tar.gz --folder /srv/claimwright"
    ),
    no_args_is_help=True,
)


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, .tar.gz; only you may read it. Store it encrypted.")],
    folder: Folder = None,
    database: Address = None,
) -> None:
    """Write the worklist into one file, while the server works.

    A SQLite database is in it. One on PostgreSQL is not: save it with pg_dump, first the database and then this.
    """
    from claimwright.desk import backup as saving
    from claimwright.desk.people import RefusedError

    desk = at_rest(folder, database)
    try:
        report = saving.saved(desk, file)
    except RefusedError as error:
        _stop(str(error))
    except OSError as error:
        _stop(
            f"the backup cannot be written: {error.strerror or type(error).__name__}\n help: see that the disk has room"
        )
    finally:
        desk.database.close()
    _tell(report)
    if report.missing:
        typer.echo(f"{report.missing} files that the database names were not found", err=True)
    if not report.database:
        typer.echo(
            "the database is not in it; save it with: pg_dump --format=custom --file=desk.dump DATABASE", err=True
        )


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.", exists=True, dir_okay=False)],
    folder: Folder = None,
) -> None:
    """Put a backup into a folder that holds no worklist yet, after every hash in it was checked.

    A database on PostgreSQL is restored with pg_restore; this restores the files beside it.
    """
    from claimwright.cli.serve import desk_folder
    from claimwright.desk import backup as saving
    from claimwright.desk.people import RefusedError

    try:
        report = saving.restored(file, desk_folder(folder))
    except RefusedError as error:
        _stop(str(error))
    _tell(report)
    if not report.database:
        typer.echo("the database is not in it; restore it with: pg_restore --dbname=DATABASE desk.dump", err=True)


@app.command("purge")
def purge(
    older_than: Annotated[int, typer.Option("--older-than", min=0, help="Days since a batch ended.")],
    folder: Folder = None,
    database: Address = None,
) -> None:
    """Delete batches that ended long ago, with their files, lines and answers, for good. The audit trail stays."""
    from claimwright.desk import purging, trail

    desk = at_rest(folder, database)
    many = purging.purged(desk, older_than, trail.SERVER)
    desk.database.close()
    typer.echo(f"{many} batch{'' if many == 1 else 'es'} deleted")


def _tell(report: Report) -> None:
    typer.echo(
        f"{report.files} files, {report.size / 1e6:.1f} MB; the trail ends with the seal {report.seal or 'none'}"
    )


def at_rest(folder: Path | None, database: str | None) -> Desk:
    """The worklist without an engine: nothing is checked here."""
    from claimwright.cli.serve import opened_desk
    from claimwright.determine.engine import Engine
    from claimwright.policies.model import Library
    from claimwright.reference.releases import Releases

    return opened_desk(folder, database, lambda: Engine(Library({}, {}, (), {}, (), {}), Releases()))


def _stop(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(2)
