"""The releases a user imported: a folder of their own, written whole or not at all, and never sent anywhere.

    <store>/<id>/release.yaml, rows.parquet[, codes.csv]      one release
    <store>/accepted.yaml                                     whose terms were accepted, and when

A release is written into a hidden folder beside the others and renamed when it is complete, so that a reader never sees
a part of one. What an import replaces stays, for a look at what was known before; `remove` deletes it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs
import polars as pl
import yaml

from claimwright.reference import releases
from claimwright.reference.release import COLUMNS, HELD_SCHEMA
from claimwright.reference.releases import Releases

ACCEPTED = "accepted.yaml"
_UNFINISHED = ".unfinished-"
_ROWS_AT_ONCE = 250_000
_GROUP = 131_072  # rows of a Parquet row group: a table ordered by its first code is searched by their statistics


def default_folder() -> Path:
    """Where a user's releases are kept when nobody says otherwise."""
    return Path(platformdirs.user_data_dir("claimwright", appauthor=False)) / "reference"


class _Plain(yaml.SafeDumper):
    """Writes every value where it stands, for people to read."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the dumper asks of every value
        return True


@dataclass(frozen=True)
class Written:
    """A release that is complete, but not yet in its place."""

    id: str
    folder: Path
    rows: int
    content: str  # SHA-256 of its rows


@dataclass(frozen=True)
class Store:
    """A folder of releases; it need not exist."""

    folder: Path
    _unfinished: list[Path] = field(default_factory=list, repr=False, compare=False)

    def releases(self) -> Releases:
        """Every release in the folder, replaced ones too, as they are now."""
        found = self.folder.glob("*/release.yaml")
        return releases.read(sorted(path for path in found if not path.parent.name.startswith(".")))

    def accepted(self) -> dict[str, str]:
        """Terms accepted earlier, and on which day."""
        path = self.folder / ACCEPTED
        if not path.is_file():
            return {}
        read = yaml.safe_load(path.read_text("utf-8"))
        return {str(key): str(day) for key, day in read.items()} if isinstance(read, dict) else {}

    def accept(self, terms: str, day: date) -> None:
        """Record that terms were accepted."""
        self._private()
        told = {**self.accepted(), terms: str(day)}
        path = self.folder / ACCEPTED
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(yaml.safe_dump(told, sort_keys=True), "utf-8")
        beside.replace(path)

    def write(self, frame: pl.DataFrame, stated: Mapping[str, Any], *, whole: bool) -> Written:
        """Write a release beside its place. `stated` says what its `release.yaml` does, but for rows and hashes."""
        self._private()
        self.sweep()
        id_ = str(stated["id"])
        folder = self.folder / f"{_UNFINISHED}{os.getpid()}-{id_}"
        folder.mkdir(mode=0o700)
        self._unfinished.append(folder)
        frame.write_parquet(folder / COLUMNS, compression="zstd", row_group_size=_GROUP, statistics=True)
        files = [COLUMNS]
        if not whole:
            # a subset about whose silence nothing is known holds no code
            (folder / "codes.csv").write_text(",".join(HELD_SCHEMA) + "\n", "utf-8")
            files.append("codes.csv")
        pinned: dict[str, Any] = {
            **stated,
            "codes": "all" if whole else "codes.csv",
            "rows": frame.height,
            "content": content_hash(frame, f"{stated['table']}\n{stated['setting']}\n{stated['covers']}\n{whole}"),
            "sha256": {name: _sha256(folder / name) for name in files},
        }
        text = yaml.dump(pinned, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
        with (folder / "release.yaml").open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return Written(id_, folder, frame.height, pinned["content"])

    def keep(self, written: Written) -> Path:
        """Put a complete release in its place. Raises FileExistsError where one of its id is there."""
        place = self.folder / written.id
        if place.exists():
            raise FileExistsError(f"{place} is there already")
        written.folder.rename(place)
        self._unfinished.remove(written.folder)
        return place

    def abandon(self) -> None:
        """Remove whatever was written and not kept."""
        for folder in self._unfinished:
            shutil.rmtree(folder, ignore_errors=True)
        self._unfinished.clear()

    def sweep(self) -> None:
        """Remove what imports left that were killed: unfinished folders of processes that no longer run."""
        for folder in self.folder.glob(f"{_UNFINISHED}*"):
            owner = folder.name.removeprefix(_UNFINISHED).partition("-")[0]
            if owner.isdigit() and not _running(int(owner)):
                shutil.rmtree(folder, ignore_errors=True)

    def remove(self, id_: str) -> None:
        """Delete a release. Hidden first, so that a reader sees it whole or not at all. Raises KeyError."""
        place = self.folder / id_
        if place.parent != self.folder or not (place / "release.yaml").is_file():
            raise KeyError(id_)
        hidden = self.folder / f"{_UNFINISHED}{os.getpid()}-removed-{id_}"
        place.rename(hidden)
        shutil.rmtree(hidden)

    def _private(self) -> None:
        """Make the folder, for its user alone."""
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(OSError):  # a file system that knows no rights
                self.folder.chmod(0o700)


def content_hash(frame: pl.DataFrame, about: str) -> str:
    """The SHA-256 of the rows as CSV, after what the release is about: the same for the same content, whoever imports
    it on whatever day, and whatever version writes the Parquet.
    """
    digest = hashlib.sha256(about.encode())
    digest.update(",".join(frame.columns).encode())
    for rows in frame.iter_slices(_ROWS_AT_ONCE):
        digest.update(rows.write_csv(include_header=False).encode())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _running(process: int) -> bool:
    if os.name != "posix":
        return True  # elsewhere to ask is to signal
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
