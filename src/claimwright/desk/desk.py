"""What every face of the worklist works with: the database, the folder of files, the engines and the clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Lock

from claimwright.desk.database import Database
from claimwright.determine.engine import Engine


@dataclass(frozen=True)
class Limits:
    """What may be handed in at most. Bytes."""

    upload: int = 2_000_000_000  # all files of a batch
    claim: int = 2_000_000  # one call with a claim
    files: int = 10_000  # of a batch, notes among them
    unpacked: int = 4_000_000_000  # all files of a batch, out of their archives
    rows: int = 10_000_000  # of a Parquet file, whose equal rows take no room
    ratio: int = 200  # how many times larger than itself an archive may unpack; claims and notes reach 30


@dataclass(frozen=True, repr=False)
class Desk:
    """`engine` answers people who wait, `background` works through batches; each is asked by one thread at a time."""

    database: Database
    folder: Path
    engine: Engine
    background: Engine
    now: Callable[[], datetime]  # in UTC
    limits: Limits = Limits()
    asking: Lock = field(default_factory=Lock)
    handed: Event = field(default_factory=Event)  # set when a batch waits, so that nobody has to look for it

    @property
    def files(self) -> Path:
        return self.folder / "files"


def private_folder(path: Path) -> Path:
    """A folder that only its owner may look into."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chmod(path, 0o700)  # noqa: PTH101 - mkdir obeys the umask and leaves an existing folder as it was
    return path
