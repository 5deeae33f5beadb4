"""Pinned releases of public edit tables: which there are, which days and codes each speaks for, and their hashes.

A release is a folder with `release.yaml`, `rows.csv` or `rows.parquet`, and `codes.csv` unless the table is whole;
every folder found is a release, and there is no list of them anywhere. Only the small `release.yaml` is read when
releases are loaded; rows are read when first asked.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import yaml

from claimwright.days import Span
from claimwright.lines.problems import Problem
from claimwright.reference.release import COLUMNS, SCOPES, TEXT, Release
from claimwright.reference.rows import MUE, PAIRS
from claimwright.reference.tables import SETTINGS, TABLES

__all__ = ["SCOPES", "SETTINGS", "Release", "Releases", "load"]

ALWAYS = Span()
SHIPPED = Path(__file__).parent / "releases"

_REQUIRED = ("id", "table", "setting", "covers", "codes", "release", "source", "licence", "rows", "sha256")


@dataclass(frozen=True, eq=False)
class Releases:
    """Releases side by side, and the problems met while reading their folders."""

    items: tuple[Release, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Release]:
        return iter(self.items)

    def __getitem__(self, id_: str) -> Release:
        for release in self.items:
            if release.id == id_:
                return release
        raise KeyError(id_)

    def of(self, table: str, setting: str | None = None) -> tuple[Release, ...]:
        """The releases of a table, the one with the latest last day first: that is the order in which they speak.

        Of two about the same days the whole table speaks first, then the one that was known last.
        """
        chosen = [r for r in self.items if r.table == table and setting in {None, r.setting}]
        return tuple(sorted(chosen, key=_precedence, reverse=True))

    def basis(self, ids: Iterable[str]) -> dict[str, str]:
        """Release id → content hash, for the `basis` of an answer."""
        return {id_: self[id_].hash for id_ in sorted(set(ids))}

    def joined(self, other: Releases) -> Releases:
        """These releases and others side by side, without those that one of them replaces.

        Two of the same id are a problem; what an import replaced stays where it is, for a look at what was known.
        """
        ours = {release.id for release in self.items}
        clash = [release for release in other.items if release.id in ours]
        help_ = "rename the folder of one, and its id in release.yaml"
        problems = tuple(
            Problem("REF-RELEASE", f"two releases are called {one.id}", help_, file=str(one.folder)) for one in clash
        )
        kept = tuple(release for release in other.items if release.id not in ours)
        return Releases(self.items + kept, self.problems + other.problems + problems).current()

    def current(self) -> Releases:
        """These releases without those that another of them replaces."""
        replaced = {release.replaces for release in self.items}
        return Releases(tuple(one for one in self.items if one.id not in replaced), self.problems)

    def known_on(self, day: date) -> Releases:
        """What was at hand on a day; a release that does not say since when was always. Ask before `current`."""
        kept = tuple(one for one in self.items if one.known is None or one.known <= day)
        return Releases(kept, self.problems)

    def replaced_by(self, other: Releases) -> Releases:
        """These releases, with every table that `other` has taken from `other` alone: fixtures replace, never join."""
        tables = {release.table for release in other.items}
        kept = tuple(release for release in self.items if release.table not in tables)
        return Releases(kept + other.items, self.problems + other.problems)

    @classmethod
    def of_pairs(
        cls,
        frame: pl.DataFrame,
        *,
        setting: str | tuple[str, ...] = SETTINGS[:2],
        covers: Span | str = ALWAYS,
        held: Iterable[str] | None = None,
        id_: str = "pairs",
    ) -> Releases:
        """Procedure-to-procedure edits made up or read elsewhere: columns column1, column2, indicator, [from, to].

        Without `held` the table counts as whole, so a pair it does not list has no edit. The same rows speak for every
        setting; each is a release of its own, called `<id_>-<setting>`. `verify` names rows that were rejected.
        """
        codes = None if held is None else sorted(held)
        return cls(tuple(_made(PAIRS, name, frame, covers, codes, id_) for name in _settings(setting)))

    @classmethod
    def of_mue(
        cls,
        frame: pl.DataFrame,
        *,
        setting: str | tuple[str, ...] = SETTINGS[:2],
        covers: Span | str = ALWAYS,
        id_: str = "mue",
    ) -> Releases:
        """Most units per code, made up or read elsewhere: columns code, value, indicator."""
        return cls(tuple(_made(MUE, name, frame, covers, None, id_) for name in _settings(setting)))

    @classmethod
    def of_table(
        cls, table: str, frame: pl.DataFrame, *, covers: Span | str = ALWAYS, id_: str = "", holds: bool = True
    ) -> Releases:
        """Any other table, made up or read elsewhere, with the columns that `tables.TABLES` has for it.

        `holds`: that the table does not list a code means that there is none.
        """
        kinds = TABLES[table].columns
        typed = frame.select(
            (pl.col(n) if n in frame.columns else pl.lit(None)).cast(k).alias(n) for n, k in kinds.items()
        )
        setting = TABLES[table].settings[0]
        return cls((_made(table, setting, typed, covers, None if holds else [], id_ or TABLES[table].slug),))


def _precedence(release: Release) -> tuple[date, date, bool, date]:
    covers = release.covers
    return covers.last or date.max, covers.first or date.min, release.holds_all, release.known or date.min


def _settings(setting: str | tuple[str, ...]) -> tuple[str, ...]:
    return (setting,) if isinstance(setting, str) else setting


def _made(  # noqa: PLR0917 - private, called twice above with the fields in this order
    table: str, setting: str, frame: pl.DataFrame, covers: Span | str, held: list[str] | None, id_: str
) -> Release:
    span = Span.parse(covers) if isinstance(covers, str) else covers
    codes = pl.DataFrame({"code": held or []}, schema={"code": pl.String}).with_columns(
        pl.lit("held").alias("scope"), *(pl.lit(None, dtype=pl.Date).alias(end) for end in ("from", "to"))
    )
    content = f"{table}\n{setting}\n{span}\n{'all' if held is None else ' '.join(held)}\n{frame.write_csv()}"
    return Release(
        id=f"{id_}-{setting}",
        table=table,
        setting=setting,
        covers=span,
        release="made in memory",
        source="made in memory",
        hash=_short(content.encode()),
        holds_all=held is None,
        made=(frame, codes),
    )


def load(folder: Path | str | None = None) -> Releases:
    """The releases in a folder and its subfolders (None: those that come with the package), read once per process."""
    return _load(Path(folder) if folder is not None else SHIPPED)


@functools.lru_cache(maxsize=8)
def _load(folder: Path) -> Releases:
    found = folder.rglob("release.yaml")
    return read(sorted(path for path in found if not path.parent.name.startswith(".")))


def read(paths: Iterable[Path]) -> Releases:
    """The releases that these `release.yaml` speak of, as they are now."""
    items: list[Release] = []
    problems: list[Problem] = []
    for path in paths:
        found = _release(path)
        if isinstance(found, Problem):
            problems.append(found)
        elif found.id in {release.id for release in items}:
            problems.append(
                Problem("REF-RELEASE", f"two releases are called {found.id}", "rename one of them", file=str(path))
            )
        else:
            items.append(found)
    return Releases(tuple(items), tuple(problems))


def _release(path: Path) -> Release | Problem:
    content = path.read_bytes()
    try:
        stated = yaml.load(content, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where libyaml is there
    except yaml.YAMLError as error:
        return _unread(path, f"release.yaml is not YAML: {getattr(error, 'problem', error)}")
    if not isinstance(stated, dict):
        return _unread(path, "release.yaml is not a list of keys and values")
    lacking = [key for key in _REQUIRED if not stated.get(key)]
    if lacking:
        return _unread(path, f"release.yaml does not say {', '.join(lacking)}")
    try:
        covers = Span.parse(str(stated["covers"]))
    except ValueError as error:
        return _unread(path, str(error))
    if stated["table"] not in TABLES:
        return _unread(path, f"table is {stated['table']!r}, not one of {', '.join(TABLES)}")
    allowed = TABLES[stated["table"]].settings
    if stated["setting"] not in allowed:
        return _unread(path, f"setting is {stated['setting']!r}, not one of {', '.join(allowed)}")
    file = COLUMNS if COLUMNS in stated["sha256"] else TEXT
    files = [file, *([] if stated["codes"] == "all" else [str(stated["codes"])])]
    absent = [name for name in files if not (path.parent / name).is_file()]
    if absent:
        return _unread(path, f"{' and '.join(absent)} is not beside it")
    lost = _unreadable(path.parent / COLUMNS, stated["table"]) if file == COLUMNS else ""
    if lost:
        return _unread(path, lost)
    if stated["id"] != path.parent.name:
        return _unread(path, f"its id {stated['id']!r} is not the name of its folder")
    return Release(
        id=stated["id"],
        table=stated["table"],
        setting=stated["setting"],
        covers=covers,
        release=stated["release"],
        source=stated["source"],
        subset=stated.get("subset", ""),
        licence=stated["licence"],
        checked=stated.get("checked"),
        known=stated.get("known") or stated.get("checked"),
        replaces=stated.get("replaces", ""),
        hash=f"sha256:{stated['content'][:12]}" if stated.get("content") else _short(content),
        holds_all=stated["codes"] == "all",
        folder=path.parent,
        stated=stated,
    )


def _unreadable(path: Path, table: str) -> str:
    """What is wrong with a Parquet of rows, as far as its end tells; "" where nothing is."""
    try:
        schema = pl.read_parquet_schema(path)
    except (OSError, pl.exceptions.PolarsError):
        return f"{path.name} is damaged or cut off"
    lacking = [name for name, kind in TABLES[table].columns.items() if schema.get(name) != kind]
    return f"{path.name} lacks {', '.join(lacking)}" if lacking else ""


_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _unread(path: Path, message: str) -> Problem:
    return Problem("REF-RELEASE", message, "docs/reference-data.md says what a release folder holds", file=str(path))


def _short(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()[:12]}"
