"""Pinned releases of public edit tables: which there are, which days and codes each speaks for, and their hashes.

A release is a folder with `release.yaml`, `rows.csv` and `codes.csv`; every folder found is a release, and there is no
list of them anywhere. Only the small `release.yaml` is read when releases are loaded; rows are read when first asked.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from claimwright.days import Span
from claimwright.lines.problems import Problem
from claimwright.reference import rows
from claimwright.reference.rows import KEYS, MUE, PAIRS, Rows

SETTINGS = ("professional", "institutional", "dme")
ALWAYS = Span()
SHIPPED = Path(__file__).parent / "releases"

# What codes.csv says of a code. `held`: every pair of two held codes is in the rows, so one that is not has no edit.
# `any`: every pair of this code with any code whatever is in the rows.
SCOPES = ("held", "any")
_HELD_SCHEMA = {"code": pl.String, "scope": pl.String, "from": pl.Date, "to": pl.Date}
_REQUIRED = ("id", "table", "setting", "covers", "codes", "release", "source", "licence", "rows", "sha256")


@dataclass(frozen=True, eq=False)
class Release:
    """One release of one table for one setting, and the closed span of days it speaks for.

    `holds_all` says that the table is whole: what it does not list does not exist. Otherwise `held` lists the codes
    about which its silence means something. Two releases are the same only when they are the same object.
    """

    id: str
    table: str
    setting: str
    covers: Span
    release: str
    source: str
    subset: str = ""
    licence: str = ""
    checked: date | None = None
    hash: str = ""  # `sha256:` and twelve hexadecimal digits over release.yaml, which itself pins the other files
    holds_all: bool = False
    folder: Path | None = None
    stated: Mapping[str, Any] = field(default_factory=dict, repr=False)
    made: tuple[pl.DataFrame, pl.DataFrame] | None = field(default=None, repr=False)

    @functools.cached_property
    def rows(self) -> Rows:
        """The checked rows (see `rows.Rows`), read once. Raises OSError when the file has gone."""
        if self.made is not None:
            return rows.check(self.made[0], self.table, self.covers, self.id)
        assert self.folder is not None
        return rows.read(self.folder / "rows.csv", self.table, self.covers)

    @functools.cached_property
    def held(self) -> pl.DataFrame:
        """`code`, `scope` (held | any) and `from`, `to`, the closed span in which it is held; null: no bound."""
        if self.made is not None:
            return self.made[1]
        if self.folder is None or self.holds_all:
            return pl.DataFrame(schema=_HELD_SCHEMA)
        return self.codes[0]

    @functools.cached_property
    def codes(self) -> tuple[pl.DataFrame, list[Problem]]:
        """The codes held, without rows that cannot be read: a code in doubt is not held."""
        assert self.folder is not None
        path = self.folder / str(self.stated["codes"])
        text = pl.read_csv(path, infer_schema=False)
        lacking = [name for name in _HELD_SCHEMA if name not in text.columns]
        if lacking:
            help_ = f"give it the columns {', '.join(_HELD_SCHEMA)}"
            problem = Problem("REF-COLUMNS", f"it lacks {', '.join(lacking)}", help_, file=str(path), field=lacking[0])
            return pl.DataFrame(schema=_HELD_SCHEMA), [problem]
        typed = text.with_row_index("row", offset=1).with_columns(
            pl.col(end).str.to_date("%Y-%m-%d", strict=False).alias(f"{end} day") for end in ("from", "to")
        )
        once = ~pl.col("code").is_duplicated()
        good = once & pl.col("code").is_not_null() & pl.col("scope").is_in(SCOPES).fill_null(value=False)
        for end in ("from", "to"):
            good &= pl.col(end).is_null() | pl.col(f"{end} day").is_not_null()
        help_ = f"a row has a code that no other has, one of {', '.join(SCOPES)}, and days like 2024-09-30 or none"
        problems = [
            Problem("REF-CODE", "the code cannot be held", help_, file=str(path), row=row)
            for row in typed.filter(~good)["row"]
        ]
        ends = (pl.col(f"{end} day").alias(end) for end in ("from", "to"))
        return typed.filter(good).select("code", "scope", *ends), problems

    def __str__(self) -> str:
        return self.id


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
        """The releases of a table, the one with the latest last day first: that is the order in which they speak."""
        chosen = [r for r in self.items if r.table == table and setting in {None, r.setting}]
        return tuple(
            sorted(chosen, key=lambda r: (r.covers.last or date.max, r.covers.first or date.min), reverse=True)
        )

    def basis(self, ids: Iterable[str]) -> dict[str, str]:
        """Release id → content hash, for the `basis` of an answer."""
        return {id_: self[id_].hash for id_ in sorted(set(ids))}

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
    items: list[Release] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("release.yaml")):
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


def verify(releases: Releases) -> list[Problem]:
    """Everything wrong with the releases: their folders, files that differ from their hashes, and rejected rows."""
    problems = list(releases.problems)
    for release in releases:
        if release.folder is None:
            problems.extend(release.rows.problems)
            continue
        for name, expected in release.stated["sha256"].items():
            path = release.folder / name
            if not path.is_file():
                problems.append(Problem("REF-FILE", f"{release.id} has no {name}", "restore the file", file=str(path)))
            elif hashlib.sha256(path.read_bytes()).hexdigest() != expected:
                problems.append(
                    Problem(
                        "REF-HASH",
                        f"{name} is not the file that {release.id} was pinned to",
                        "restore the file, or pin its new sha256 in release.yaml under a new id",
                        file=str(path),
                    )
                )
        if (release.folder / "rows.csv").is_file():
            problems.extend(release.rows.problems)
            problems.extend(_counted(release))
        if not release.holds_all and (release.folder / release.stated["codes"]).is_file():
            problems.extend(release.codes[1])
    return problems


def _counted(release: Release) -> Iterator[Problem]:
    height = release.rows.frame.height + len({p.row for p in release.rows.problems if p.row is not None})
    if height != release.stated["rows"]:
        message = f"{release.id} has {height} rows, and its release.yaml says {release.stated['rows']}"
        yield Problem("REF-ROWS", message, "restore the file", file=str(release.folder))


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
    for key, allowed in (("table", tuple(KEYS)), ("setting", SETTINGS)):
        if stated[key] not in allowed:
            return _unread(path, f"{key} is {stated[key]!r}, not one of {', '.join(allowed)}")
    files = ["rows.csv", *([] if stated["codes"] == "all" else [str(stated["codes"])])]
    absent = [name for name in files if not (path.parent / name).is_file()]
    if absent:
        return _unread(path, f"{' and '.join(absent)} is not beside it")
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
        hash=_short(content),
        holds_all=stated["codes"] == "all",
        folder=path.parent,
        stated=stated,
    )


_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _unread(path: Path, message: str) -> Problem:
    return Problem("REF-RELEASE", message, "docs/reference-data.md says what a release folder holds", file=str(path))


def _short(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()[:12]}"
