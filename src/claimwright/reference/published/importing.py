"""Official files in, a pinned release out: every row checked, and everything stored or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from claimwright.lines.problems import Problem
from claimwright.reference.published import checks, grids
from claimwright.reference.published.gather import Group, Piece
from claimwright.reference.release import Release
from claimwright.reference.store import Store, Written
from claimwright.reference.tables import DESCRIPTION

Progress = Callable[[str, int], None]  # what is being done, and how many steps are behind
STEPS_OF_PART, STEPS_OF_GROUP = 2, 2


@dataclass(frozen=True)
class How:
    """How files are imported: on which day, when they were published if the user says, with texts or without."""

    on: date
    published: date | None = None
    with_descriptors: bool = False
    accepted: str = ""  # how terms were accepted: `--accept-licence on 2026-11-27`, or `earlier, on …`


@dataclass(frozen=True)
class Imported:
    """A release that came of some files. `replaced` is the one of the same days that no longer speaks; `same` says that
    its content was there already, and nothing was stored.
    """

    release: Release
    group: Group
    replaced: Release | None
    same: bool = False


def steps(groups: Iterable[Group]) -> int:
    """How many steps `import_groups` will report."""
    return sum(STEPS_OF_GROUP + STEPS_OF_PART * len(group.pieces) for group in groups)


def import_groups(
    groups: Iterable[Group], store: Store, how: How, progress: Progress = lambda _what, _done: None
) -> tuple[list[Imported], list[Problem]]:
    """Import tables, all or none. Raises OSError when the store cannot be written."""
    ready: list[tuple[Group, Written, Release | None]] = []
    problems: list[Problem] = []
    count = _Counter(progress)
    try:
        for group in groups:
            frame, wrong = _read(group, how, count)
            problems.extend(wrong)
            before = _before(group, store)
            if before is not None and before.holds_all and group.missing:
                problems.append(_lesser(group, before))
            if problems:
                continue
            written = _write(group, frame, before, store, how)
            count.step(f"writing {group.id}")
            ready.append((group, written, before))
        if problems:
            return [], problems
        return _all_kept(ready, store), []
    finally:
        store.abandon()


@dataclass
class _Counter:
    progress: Progress
    done: int = 0

    def step(self, what: str) -> None:
        self.done += 1
        self.progress(what, self.done)


def _read(group: Group, how: How, count: _Counter) -> tuple[pl.DataFrame, list[Problem]]:
    """All rows of a table, checked, in the order of its parts."""
    frames: list[pl.DataFrame] = []
    problems: list[Problem] = []
    files = [str(piece.sheet.source) for piece in group.pieces]
    for number, (piece, file) in enumerate(zip(group.pieces, files, strict=True)):
        frame, wrong = _part(piece, file, how, count)
        problems.extend(wrong)
        frames.append(frame.with_columns(pl.lit(number, dtype=pl.UInt8).alias("part")))
    whole = pl.concat(frames)
    if not problems:
        problems.extend(checks.repeated(whole, files, group.table.name, group.covers))
    count.step(f"comparing the rows of {group.id}")
    return _stored(whole, group), problems


def _part(piece: Piece, file: str, how: How, count: _Counter) -> tuple[pl.DataFrame, list[Problem]]:
    content = piece.sheet.source.read()
    if isinstance(content, Problem):
        return _nothing(piece, how), [content]
    grid = grids.cells(piece.sheet, content)
    del content  # the largest have 50 MB
    count.step(f"read {piece.sheet.source.name}")
    if isinstance(grid, Problem):
        return _nothing(piece, how), [grid]
    part = checks.checked(piece.sheet, grid, with_descriptors=how.with_descriptors)
    problems = [*part.problems, *checks.ends_before_it_begins(file, part.frame)]
    if part.frame.is_empty():
        problems.append(Problem("REF-ROWS", "there is no row under the header", "get the file again", file=file))
    count.step(f"checked {piece.sheet.source.name}")
    return part.frame, problems


def _nothing(piece: Piece, how: How) -> pl.DataFrame:
    empty = {str(place): pl.String for place in range(piece.sheet.width)}
    grid = pl.DataFrame(schema={grids.ROW: pl.UInt32, **empty, grids.WIDE: pl.Boolean, grids.SHORT: pl.Boolean})
    return checks.checked(piece.sheet, grid, with_descriptors=how.with_descriptors).frame


def _stored(frame: pl.DataFrame, group: Group) -> pl.DataFrame:
    """The columns of the table in their order and types, then descriptors where the user holds a licence."""
    columns = group.table.columns
    texts = [name for name in (f"short_{DESCRIPTION}", DESCRIPTION) if name in frame.columns]
    return frame.select(
        *(
            (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
            for name, kind in columns.items()
        ),
        *(pl.col(name).cast(pl.String) for name in texts),
    )


def _write(group: Group, frame: pl.DataFrame, before: Release | None, store: Store, how: How) -> Written:
    taken = {release.id for release in store.releases()}
    names = [group.id, *(f"{group.id}-{number}" for number in range(2, len(taken) + 3))]
    id_ = next(name for name in names if name not in taken and not (store.folder / name).exists())
    return store.write(frame, _stated(group, id_, before, how), whole=not group.missing)


def _before(group: Group, store: Store) -> Release | None:
    """The release that speaks now for this table and these days."""
    alike = [
        release
        for release in store.releases().current()
        if (release.table, release.setting, release.covers) == (group.table.name, group.setting, group.covers)
        and release.stated.get("variant", "") == group.variant
    ]
    # other parts of a table that is not whole go on speaking beside this one; a whole table speaks before any part
    return next((one for one in alike if one.holds_all or set(one.stated.get("parts", ())) <= set(_parts(group))), None)


def _parts(group: Group) -> list[int]:
    return [piece.part for piece in group.pieces if piece.part is not None]


def _lesser(group: Group, before: Release) -> Problem:
    message = f"{before.id} holds the whole table of these days, and this is only part of it"
    help_ = f"give all {group.table.parts} parts, or remove the whole one first: claimwright data remove {before.id}"
    return Problem("REF-PART", message, help_, file=str(group.pieces[0].sheet.source))


def _stated(group: Group, id_: str, before: Release | None, how: How) -> dict[str, Any]:
    parts = ", ".join(map(str, _parts(group)))
    subset = f"Only part {parts} of {group.table.parts}; what is not listed means nothing." if group.missing else ""
    told = {
        "id": id_,
        "table": group.table.name,
        "setting": group.setting,
        "variant": group.variant,
        "covers": str(group.covers),
        "release": f"{group.words[0].upper()}{group.words[1:]}, {group.covers}",
        "source": "Imported from " + ", ".join(str(piece.sheet.source) for piece in group.pieces),
        "sources": [{"file": str(piece.sheet.source), "sha256": piece.sha256} for piece in group.pieces],
        "subset": subset,
        "parts": _parts(group) if group.missing else None,
        "layout": group.pieces[0].sheet.layout.verified,
        "licence": f"terms {group.table.terms}: {how.accepted}" if group.table.terms else "no terms to accept",
        "descriptors": how.with_descriptors,
        "imported": how.on,
        "published": how.published,
        "known": how.published or how.on,
        "replaces": before.id if before else "",
    }
    return {key: value for key, value in told.items() if value is not None and value != ""}


def _all_kept(ready: list[tuple[Group, Written, Release | None]], store: Store) -> list[Imported]:
    done: list[Imported] = []
    try:
        for group, written, before in ready:
            done.append(_kept(group, written, before, store))
    except OSError:
        for one in done:
            if not one.same:
                store.remove(one.release.id)
        raise
    return done


def _kept(group: Group, written: Written, before: Release | None, store: Store) -> Imported:
    """Put a release in its place, unless the one there says the same."""
    if before is not None and before.stated.get("content") == written.content:
        return Imported(before, group, None, same=True)
    store.keep(written)
    return Imported(store.releases()[written.id], group, before)
