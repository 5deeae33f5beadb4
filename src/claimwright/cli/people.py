"""`claimwright people`: who may sign in, for whoever has the machine the server runs on."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli import now
from claimwright.cli.serve import Address, Folder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from claimwright.desk.database import Database
    from claimwright.desk.tables import Person, Role

app = typer.Typer(
    name="people",
    help="List people of the worklist, add them, make a link for a new password, change roles, deactivate.",
    epilog=(
        "\b\nsomebody new:         claimwright people add 'Bea Biller' --role biller\n"
        "a forgotten password: claimwright people link 'Bea Biller'\n"
        "somebody who left:    claimwright people deactivate 'Bea Biller'"
    ),
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="The name by which they sign in, in any case.")]
As = Annotated[str, typer.Option("--role", help="viewer, biller, auditor or admin.")]
At = Annotated[
    str, typer.Option("--at", help="Where browsers find the server: the beginning of the link that is printed.")
]
_AT = "http://localhost:8026"


@app.command("list")
def list_(folder: Folder = None, database: Address = None) -> None:
    """Show who may sign in, as what, and when they were last here."""
    from claimwright.desk import roster

    with _opened(folder, database) as found, found.reading() as session:
        rows = [
            (one.person.name, one.person.role, one.state, f"{one.seen:%Y-%m-%d %H:%M} UTC" if one.seen else "never")
            for one in roster.standings(session, now())
        ]
    if not rows:
        typer.echo("nobody yet; claimwright serve makes the first admin")
        return
    head = ("name", "role", "state", "last here")
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, *rows):
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@app.command("add")
def add(name: Name, role: As, at: At = _AT, folder: Folder = None, database: Address = None) -> None:
    """Add a person, and print the link with which they set their password: good once, for a day."""
    from claimwright.desk import people

    wanted = _role(role)
    with _opened(folder, database) as found, _refusing(), found.writing() as session:
        _, secret = people.added(session, now(), _by(), name, wanted)
    _tell(at, secret)


@app.command("link")
def link(
    name: Name,
    at: At = _AT,
    reset: Annotated[
        bool, typer.Option("--reset", help="End the present password at once, and sign out every browser.")
    ] = False,
    folder: Folder = None,
    database: Address = None,
) -> None:
    """Print a link for a new password: good once, for a day. Without --reset the present password works until then."""
    from claimwright.desk import people

    with _opened(folder, database) as found, _refusing(), found.writing() as session:
        make = people.reset if reset else people.link_made
        secret = make(session, now(), _by(), _named(session, name))
    _tell(at, secret)


@app.command("role")
def role(
    name: Name,
    role: Annotated[str, typer.Argument(help="viewer, biller, auditor or admin.")],
    folder: Folder = None,
    database: Address = None,
) -> None:
    """Give a person another role. Their browsers are signed out; an admin who can sign in is always left."""
    from claimwright.desk import people

    wanted = _role(role)
    said = _changed(
        folder, database, name, lambda session, one: people.changed(session, now(), _by(), one, role=wanted)
    )
    typer.echo(f"{said} is {_article(wanted)} {wanted}")


@app.command("deactivate")
def deactivate(name: Name, folder: Folder = None, database: Address = None) -> None:
    """Let somebody in no more: browsers are signed out, tokens and links end for good. What they did stays."""
    from claimwright.desk import people

    said = _changed(
        folder, database, name, lambda session, one: people.changed(session, now(), _by(), one, active=False)
    )
    typer.echo(f"{said} is deactivated")


@app.command("activate")
def activate(name: Name, folder: Folder = None, database: Address = None) -> None:
    """Let somebody in again who was deactivated."""
    from claimwright.desk import people

    said = _changed(
        folder, database, name, lambda session, one: people.changed(session, now(), _by(), one, active=True)
    )
    typer.echo(f"{said} may sign in again")


@app.command("unlock")
def unlock(name: Name, folder: Folder = None, database: Address = None) -> None:
    """End the wait after wrong passwords."""
    from claimwright.desk import people

    said = _changed(folder, database, name, lambda session, one: people.unlocked(session, now(), _by(), one))
    typer.echo(f"{said} may try again")


def _changed(folder: Path | None, database: str | None, name: str, what: Callable[[Session, Person], None]) -> str:
    """Change one person; the name as it is kept."""
    with _opened(folder, database) as found, _refusing(), found.writing() as session:
        person = _named(session, name)
        what(session, person)
        return person.name


@contextmanager
def _opened(folder: Path | None, database: str | None) -> Iterator[Database]:
    from claimwright.cli.desk import at_rest

    desk = at_rest(folder, database)
    try:
        yield desk.database
    finally:
        desk.database.close()


@contextmanager
def _refusing() -> Iterator[None]:
    """What is refused ends the command with 2, and nothing is changed."""
    from claimwright.desk.people import RefusedError

    try:
        yield
    except RefusedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _named(session: Session, name: str) -> Person:
    from claimwright.desk import roster
    from claimwright.desk.people import RefusedError

    found = roster.named(session, name)
    if found is None:
        raise RefusedError("there is nobody of this name\n help: claimwright people list shows the names")
    return found


def _role(word: str) -> Role:
    from claimwright.desk.tables import Role

    try:
        return Role(word.strip().lower())
    except ValueError:
        raise typer.BadParameter(f"there is no role {word!r}; write {', '.join(Role)}") from None


def _by() -> str:
    from claimwright.desk import trail

    try:
        account = getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as containers have them
        account = f"account {os.getuid()}"
    return trail.operator(account)


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _tell(at: str, secret: str) -> None:
    typer.echo("good once, for a day, for whoever has it:", err=True)
    typer.echo(f"{at.rstrip('/')}/link?of={secret}")
