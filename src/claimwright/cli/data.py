"""`claimwright data`: the official tables a user downloads, imported as they are, and what is there of them."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli import today
from claimwright.cli.options import Data

if TYPE_CHECKING:
    from claimwright.days import Span
    from claimwright.lines.problems import Problem
    from claimwright.reference.published.gather import Group
    from claimwright.reference.release import Release
    from claimwright.reference.store import Store

GOOD, BAD, UNREAD = 0, 1, 2

app = typer.Typer(
    name="data",
    help="Public tables: NCCI pairs, MUE, fee schedules, code lists. You download them; nothing is fetched for you.",
    epilog=(
        "\b\nStart with:      claimwright data import ~/Downloads/medicare-ncci-2026q3-practitioner-ptp-edits-*.zip\n"
        "what is there:   claimwright data list\n"
        "where to get it: docs/reference-data.md"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Format = Annotated[str, typer.Option("--format", "-f", help="text or json.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a release, as `data list` shows it.")]


@app.command(
    "import",
    epilog="\b\nExamples:  claimwright data import medicare-ncci-2026q3-practitioner-ptp-edits-*.zip\n"
    "           claimwright data import MCR_MUE_PractitionerServices_Eff_07-01-2026.csv rvu26c.zip\n"
    "           claimwright data import localities.csv --covers 2026",
)
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Tables as published: .zip, .txt, .csv or .xlsx.")
    ],
    covers: Annotated[
        str | None,
        typer.Option("--covers", help="The days they speak for where their names do not say: 2026Q3, 2026, a span."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept-licence", help="Accept the terms that would be asked for; recorded with each.")
    ] = False,
    with_descriptors: Annotated[
        bool, typer.Option("--with-descriptors", help="Keep descriptions too: you hold a licence for them.")
    ] = False,
    published: Annotated[
        datetime | None,
        typer.Option("--published", formats=["%Y-%m-%d"], help="The day they came out, for --as-known-on. Today."),
    ] = None,
    data: Data = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Import official tables, straight from the files as they were downloaded.

    A file is known by its header, and its days by its name. Every row is checked; where one is wrong, nothing is
    imported. Parts of one table (f1 to f4) belong into one command: without all of them a pair that is not listed means
    nothing. What was imported before for the same days is replaced, and stays for `--as-known-on`.

    Ends with 0 when everything was imported, and with 2 when something could not be read or was not accepted.
    """
    from claimwright.cli.data_pages import show_imported
    from claimwright.cli.progress import working
    from claimwright.reference.published import gather, importing

    days = _covers(covers)
    if published and published.date() > today():
        raise typer.BadParameter("the day lies in the future", param_hint="--published")
    with working(len(files), quiet=quiet) as heard:
        seen: list[Path] = []

        def opened(path: Path) -> None:
            seen.append(path)
            heard("recognising files", len(seen))

        gathered = gather.gather(files, days, opened)
    _stop_at(gathered.problems)
    store = _store(data)
    try:
        how = importing.How(
            today(),
            published.date() if published else None,
            with_descriptors,
            _accepted(gathered.groups, store, today(), accept=accept),
        )
        with working(importing.steps(gathered.groups), quiet=quiet) as step:
            imported, problems = importing.import_groups(gathered.groups, store, how, step)
    except OSError as error:
        message = f"{store.folder} cannot be written: {error.strerror or error}"
        raise _unusable(message, "name another folder: --data DIR") from None
    _stop_at(problems)
    show_imported(imported, gathered.left, store.folder)


@app.command("list")
def list_(
    data: Data = None,
    shipped: Annotated[bool, typer.Option("--shipped", help="Also the releases that come with claimwright.")] = False,
    format_: Format = "text",
) -> None:
    """List the releases: table, days, rows, and how old each is."""
    from claimwright.cli.data_pages import list_json, show_list
    from claimwright.reference import releases
    from claimwright.reference.releases import Releases

    store = _store(data)
    there = store.releases()
    for problem in there.problems:
        typer.echo(str(problem), err=True)
    chosen = Releases((*(releases.load().items if shipped else ()), *there.items))
    if format_ == "json":
        typer.echo(list_json(chosen))
    else:
        show_list(chosen, store.folder, today())
    raise typer.Exit(UNREAD if there.problems else GOOD)


@app.command()
def show(id_: Id, data: Data = None, format_: Format = "text") -> None:
    """Show what a release says about itself: source files and hashes, days, terms, what it replaced, and its rows."""
    from claimwright.cli.data_pages import release_json, show_release

    release = _release(id_, data)
    if format_ == "json":
        typer.echo(release_json(release))
    else:
        show_release(release)


@app.command()
def verify(
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="One release; all of them by default.")] = None,
    data: Data = None,
) -> None:
    """Check that every file is still what was imported, byte for byte and row for row.

    Ends with 0 when all is well and with 1 when something is not.
    """
    from claimwright.reference.releases import Releases
    from claimwright.reference.verification import verify as wrong_with

    there = _store(data).releases()
    chosen = Releases((_release(id_, data),)) if id_ else there
    problems = wrong_with(chosen)
    for problem in problems:
        typer.echo(str(problem), err=True)
    wrong = f"{len(problems)} {'thing is' if len(problems) == 1 else 'things are'} wrong" if problems else "all is well"
    typer.echo(f"{len(chosen.items)} {'release' if len(chosen.items) == 1 else 'releases'} checked: {wrong}")
    raise typer.Exit(BAD if problems else GOOD)


@app.command()
def remove(
    id_: Id,
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a release that you imported. What it replaced speaks again."""
    release = _release(id_, data)
    if release.folder is None or release.folder.parent != _store(data).folder:
        raise _unusable(
            f"{id_} comes with claimwright and cannot be removed", "--no-store and --data choose what is looked at"
        )
    if not yes:
        if not _can_ask():
            raise _unusable("nothing was removed: nobody could be asked", "say it with --yes")
        typer.confirm(f"Remove {id_} ({release.covers})?", abort=True)
    _store(data).remove(id_)
    typer.echo(f"removed {id_}" + (f"; {release.replaces} speaks again" if release.replaces else ""))


def _store(data: Path | None) -> Store:
    from claimwright.reference import store

    return store.Store(data or store.default_folder())


def _release(id_: str, data: Path | None) -> Release:
    from claimwright.documents.complaints import nearest
    from claimwright.reference import releases

    there: dict[str, Release] = {}
    for release in (*releases.load().items, *_store(data).releases().items):
        there[release.id] = release
    if id_ in there:
        return there[id_]
    raise _unusable(f"there is no release {id_!r}", nearest(id_, there, "`claimwright data list` names them"))


def _covers(text: str | None) -> Span | None:
    from claimwright.reference.published.editions import covers_of

    span = covers_of(text) if text else None
    if text and span is None:
        raise typer.BadParameter(f"{text!r}: write 2026Q3, 2026 or '2026-07-01 .. 2026-09-30'", param_hint="--covers")
    return span


def _accepted(groups: tuple[Group, ...], store: Store, day: date, *, accept: bool) -> str:
    """How the terms of these tables were accepted. Each is shown once and asked for once; a no ends the command."""
    from claimwright.reference.terms import TERMS

    before = store.accepted()
    wanted = [TERMS[key] for key in dict.fromkeys(group.table.terms for group in groups if group.table.terms)]
    told = []
    for terms in wanted:
        if terms.key in before:
            told.append(f"accepted on {before[terms.key]}")
            continue
        typer.echo(f"{terms.owner}:\n{terms.says}\nThe terms: {terms.read}\n", err=True)
        if not accept:
            if not _can_ask():
                raise _unusable(
                    "nothing was imported: the terms were not accepted", "read them, then say --accept-licence"
                )
            if not typer.confirm("Do you accept?", err=True):
                raise _unusable("nothing was imported: the terms were not accepted", "nothing was stored")
        store.accept(terms.key, day)
        told.append(f"accepted on {day}{' with --accept-licence' if accept else ''}")
    return "; ".join(dict.fromkeys(told))


def _can_ask() -> bool:
    """Whether somebody sits at the other end of standard input."""
    return sys.stdin.isatty()


def _stop_at(problems: tuple[Problem, ...] | list[Problem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        typer.echo("nothing was imported", err=True)
        raise typer.Exit(UNREAD)


def _unusable(message: str, help_: str) -> typer.Exit:
    """What ends the command, said on standard error."""
    typer.echo(f"{message}\n help: {help_}", err=True)
    return typer.Exit(UNREAD)
