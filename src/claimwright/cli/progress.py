"""Progress bars, over the bytes of files or over things that are counted; on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    Task,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from claimwright.determine.engine import Engine
from claimwright.determine.files import Checked, check_files
from claimwright.formats.reading import total_bytes


class _Done(DownloadColumn):
    """How much is done: of bytes in their units, of other things how many."""

    def render(self, task: Task) -> Text:
        if not task.fields.get("counted"):
            return super().render(task)
        return Text(f"{int(task.completed):,}/{int(task.total or 0):,}", style="progress.download")


def reading_files(
    files: list[Path],
    engine: Engine,
    as_of: date,
    mapping: Mapping[str, str],
    *,
    beside: Mapping[str, list[Path]],
    strict: bool,
    quiet: bool,
) -> Checked:
    """Check files, showing how far reading has come on standard error."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        _Done(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=quiet) as bar:
        tasks = {path: bar.add_task(f"reading {path.name}", total=total_bytes(path) or None) for path in files}

        def heard(path: Path, read: int) -> None:
            bar.update(tasks[path], completed=read)

        of_notes: list[TaskID] = []

        def noted(done: int, many: int) -> None:
            if not of_notes:
                of_notes.append(bar.add_task("reading notes", total=many, counted=True))
            bar.update(of_notes[0], completed=done)

        checked = check_files(
            files,
            engine,
            as_of=as_of,
            mapping=mapping,
            strict=strict,
            beside=beside,
            progress=heard,
            heard=noted,
        )
        for path, task in tasks.items():
            bar.update(task, completed=total_bytes(path))
    return checked


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that hears how many of so many things are done, and goes away when they are."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def working(total: int, *, quiet: bool = False) -> Iterator[Callable[[str, int], None]]:
    """A bar that hears what is being done and how many steps are behind, on a terminal and while the work lasts."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda what, done: bar.update(task, description=what, completed=done)
