"""Whether releases are still what they were pinned to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from claimwright.lines.problems import Problem
from claimwright.reference.release import TEXT, Release
from claimwright.reference.releases import Releases


def verify(releases: Releases) -> list[Problem]:
    """Everything wrong with the releases: their folders, files that differ from their hashes, and rejected rows."""
    problems = list(releases.problems)
    for release in releases:
        if release.folder is None:
            problems.extend(release.rows.problems)
            continue
        found = len(problems)
        for name, expected in release.stated["sha256"].items():
            path = release.folder / name
            if not path.is_file():
                problems.append(Problem("REF-FILE", f"{release.id} has no {name}", "restore the file", file=str(path)))
            elif _sha256(path) != expected:
                problems.append(
                    Problem(
                        "REF-HASH",
                        f"{name} is not the file that {release.id} was pinned to",
                        "restore the file, or pin its new sha256 in release.yaml under a new id",
                        file=str(path),
                    )
                )
        if len(problems) > found and release.whole_table is not None:
            continue  # a Parquet that was changed may not even be one
        if release.whole_table is not None or (release.folder / TEXT).is_file():
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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
