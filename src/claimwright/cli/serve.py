"""`claimwright serve`: the web application and the API, on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli import now
from claimwright.cli.options import Data, Fees, NoStore, OwnPolicies, Site

if TYPE_CHECKING:
    from claimwright.desk.desk import Desk
    from claimwright.determine.engine import Engine

Folder = Annotated[
    Path | None,
    typer.Option("--folder", envvar="CLAIMWRIGHT_DESK", help="Where the worklist is kept; your user data, by default."),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--database", envvar="CLAIMWRIGHT_DATABASE", help="postgresql://USER@HOST/NAME, for teams. A file, by default."
    ),
]


def serve(
    folder: Folder = None,
    database: Address = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen on. Only this machine, by default.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", "-p", help="The port to listen on.")] = 8026,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A name by which browsers call this server. May stand several times."),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="A proxy in front speaks TLS: cookies go over nothing else.")
    ] = False,
    watch: Annotated[
        Path | None,
        typer.Option(
            "--watch", help="A folder: claims that appear in it are checked, each file once (docs/worklist.md)."
        ),
    ] = None,
    watch_as: Annotated[
        str | None,
        typer.Option("--watch-as", help="Who hands in what is watched, by name. The first admin, by default."),
    ] = None,
    keep_days: Annotated[
        int | None,
        typer.Option("--keep-days", min=1, help="Delete batches so many days after their end. Never, by default."),
    ] = None,
    processes: Annotated[
        int,
        typer.Option("--processes", min=1, max=64, help="Processes that answer, for many callers (docs/api.md)."),
    ] = 1,
    public_library: Annotated[
        bool,
        typer.Option("--public-library", help="Let people read the library and look codes up without signing in."),
    ] = False,
    policies: OwnPolicies = None,
    site: Site = None,
    payers: Annotated[Path | None, typer.Option("--payers", help="Your own payers.csv.")] = None,
    data: Data = None,
    no_store: NoStore = False,
    fees: Fees = None,
) -> None:
    """Start the worklist in a browser, and the API under /api/v1.

    The first start prints a link that makes you its admin. Everything stays on this machine: no page fetches anything
    from elsewhere. Ctrl-C ends it; what was running goes on at the next start.
    """
    from claimwright.cli.serving import Serving, Socket, served
    from claimwright.desk import people
    from claimwright.desk.working import Worker

    hosts = (*(name or ()), host, "localhost", "127.0.0.1", "[::1]")
    what = Serving(folder, database, hosts, https, public_library, policies, site, payers, data, no_store, fees)
    desk = what.desk()
    with desk.database.writing() as session:
        secret = people.first_link(session, desk.now())
    shown = "localhost" if host in {"127.0.0.1", "::1"} else host
    typer.echo(f"claimwright is at http://{shown}:{port}/", err=True)
    if secret:
        typer.echo(f"become its admin, once, within a day: http://{shown}:{port}/link?of={secret}", err=True)
    if not https and host not in {"127.0.0.1", "::1", "localhost"}:
        typer.echo("nothing is encrypted on its way: put a proxy that speaks TLS before it, and say --https", err=True)
    worker = Worker(desk, keep_days)
    if watch is not None:
        worker.also = _watcher(desk, watch, watch_as)
    served(what, desk, worker, Socket(host, port, processes))


def _watcher(desk: Desk, folder: Path, name: str | None) -> Callable[[], None]:
    """A folder or a person that is not there ends the command with 2."""
    from claimwright.desk.people import RefusedError
    from claimwright.desk.watching import Watcher, watching_as

    if not folder.is_dir():
        typer.echo(f"there is no folder {folder}\n help: make it, then start again", err=True)
        raise typer.Exit(2)
    try:
        with desk.database.reading() as session:
            watching_as(session, name)
    except RefusedError as error:
        typer.echo(f"{error}\n help: name a biller or an admin with --watch-as", err=True)
        raise typer.Exit(2) from None
    return Watcher(desk, folder, name)


def opened_desk(folder: Path | None, database: str | None, engine: Callable[[], Engine]) -> Desk:
    """The worklist in a folder or on a server, in its newest shape. One that cannot be used ends the command with 2."""
    from claimwright.desk.database import DatabaseError, opened
    from claimwright.desk.desk import Desk, private_folder

    where = private_folder(desk_folder(folder))
    try:
        found = opened(database or f"sqlite:///{where / 'desk.sqlite3'}")
    except DatabaseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    return Desk(found, where, engine(), engine(), now)


def desk_folder(folder: Path | None) -> Path:
    """Where the worklist is kept."""
    from platformdirs import user_data_path

    return folder or user_data_path("claimwright") / "desk"
