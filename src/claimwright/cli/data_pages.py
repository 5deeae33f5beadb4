"""How `claimwright data` looks: what was imported, what is there, and what a release says about itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import typer
from rich.table import Table
from rich.text import Text

from claimwright.reference.published.importing import Imported
from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.tables import SETTING_WORDS, TABLES
from claimwright.report import text
from claimwright.report.wording import count

_SAID = ("release", "subset", "layout", "licence", "replaces")


def show_imported(imported: list[Imported], left: tuple[str, ...], folder: Path) -> None:
    """One paragraph for each release: what it is, what it replaced, and what is missing."""
    for one in imported:
        release = one.release
        rows = count(int(release.stated["rows"]), "row")
        if one.same:
            typer.echo(f"{release.id}: the same rows were there already; nothing changed")
            continue
        typer.echo(f"{release.id}: {rows} for {release.covers}, {release.hash}")
        if one.replaced is not None:
            before = one.replaced
            typer.echo(
                f"  replaces {before.id} ({count(int(before.stated['rows']), 'row')}, {before.hash}), which stays for "
                "--as-known-on"
            )
        if one.group.missing:
            parts = ", ".join(f"f{part}" for part in one.group.missing)
            typer.echo(
                f"  part {parts} of {one.group.table.parts} is missing: a pair that is listed is found, any other "
                "stays unknown\n"
                "  help: import all parts in one command"
            )
    if left:
        typer.echo(f"not read, because no table that is known here: {', '.join(left)}")
    typer.echo(f"in {folder}")


def show_list(there: Releases, folder: Path, day: date) -> None:
    """A table of releases, the newest days first."""
    if not there.items:
        help_ = "claimwright data import FILE..., see docs/reference-data.md; --shipped lists what comes along"
        typer.echo(f"nothing was imported into {folder}\n help: {help_}")
        return
    replaced = {release.replaces for release in there}
    rows = [("release", "days", "rows", "")]
    for release in _ordered(there):
        notes = [] if release.holds_all else ["subset"]
        notes.append("replaced" if release.id in replaced else _age(release, day))
        rows.append((release.id, str(release.covers), f"{int(release.stated['rows']):,}", ", ".join(notes)))
    first, second, third = (max(len(row[place]) for row in rows) for place in range(3))
    for row in rows:
        typer.echo(f"{row[0]:<{first}}  {row[1]:<{second}}  {row[2]:>{third}}  {row[3]}".rstrip())


def _ordered(there: Releases) -> Iterable[Release]:
    return sorted(there, key=lambda one: (one.table, one.setting, one.covers.last or date.max, one.id), reverse=True)


def _words(release: Release) -> str:
    setting = SETTING_WORDS.get(release.setting, release.setting)
    return f"{TABLES[release.table].words}{f', {setting}' if setting else ''}"


def _age(release: Release, day: date) -> str:
    """Whether it speaks for today, and for how long it has not."""
    first, last = release.covers.first, release.covers.last
    if last is not None and last < day:
        return f"ended {count((day - last).days, 'day')} ago"
    if first is not None and first > day:
        return f"begins in {count((first - day).days, 'day')}"
    return "speaks today"


def list_json(there: Releases) -> str:
    """An array of releases."""
    return orjson.dumps([_record(release) for release in _ordered(there)], option=orjson.OPT_INDENT_2).decode()


def release_json(release: Release) -> str:
    """Everything `release.yaml` says, and the hash that answers carry."""
    told = {**release.stated, "hash": release.hash}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2, default=str).decode()


def _record(release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "table": release.table,
        "setting": release.setting,
        "covers": str(release.covers),
        "known": release.known and str(release.known),
        "rows": int(release.stated["rows"]),
        "whole": release.holds_all,
        "hash": release.hash,
        "replaces": release.replaces,
    }


def show_release(release: Release) -> None:
    """What a release says about itself."""
    console = text.console_for(sys.stdout)
    console.print(f"{release.id} · {_words(release)}", style="bold", highlight=False)
    rows = [
        ("days", str(release.covers)),
        ("rows", f"{int(release.stated['rows']):,}"),
        ("whole", "yes: what it does not list does not exist" if release.holds_all else "no: it is a subset"),
        ("hash", release.hash),
        ("known since", str(release.known or "")),
        ("descriptors", "kept" if release.stated.get("descriptors") else "none"),
        *((name, str(release.stated[name])) for name in _SAID if release.stated.get(name)),
        *(("from", f"{one['file']}\nsha256:{one['sha256']}") for one in release.stated.get("sources", ())),
        ("folder", str(release.folder or "")),
    ]
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, said in rows:
        table.add_row(Text(name, style="dim"), Text(said))
    console.print(table)
