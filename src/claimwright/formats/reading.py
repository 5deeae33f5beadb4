"""Any input, recognised by what it holds, then by its name."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from claimwright.formats.assembly import assemble
from claimwright.formats.batch import Batch
from claimwright.formats.case_json import read_cases
from claimwright.formats.opening import GZIP, Opened, opened, unknown, unopened
from claimwright.formats.tables import read_csv, read_parquet
from claimwright.formats.x12 import read as read_x12
from claimwright.formats.x12.strict import strict_problems
from claimwright.lines.problems import Problem


def batches(path: str | Path, *, mapping: Mapping[str, str] | None = None, strict: bool = False) -> Iterator[Batch]:
    """Batches of lines from an 837, a CSV or Parquet table, or JSON cases, gzipped or not. Data never raises.

    `mapping` is header → column for tables. `strict` adds what the implementation guide itself finds wrong with an 837
    (needs the extra `x12`). A file that is missing, unreadable or unknown gives one batch with one problem.
    """
    path = Path(path)
    try:
        with opened(path) as file:
            yield from _recognised(file, mapping)
            if (damage := file.cut_off()) is not None:
                yield _nothing(damage)
    except OSError as error:
        yield _nothing(unopened(error, path))
        return
    if strict:
        found = tuple(strict_problems(path))
        if found:
            yield Batch(assemble({}, 0), found, 0, total_bytes(path))


def total_bytes(path: str | Path) -> int:
    """About how many bytes the last batch will have read; of a gzipped file what its trailer says (modulo 4 GiB).

    0 when the file cannot be read.
    """
    try:
        with Path(path).open("rb") as stream:
            zipped = stream.read(2) == GZIP
            size = stream.seek(0, io.SEEK_END)
            if zipped and size >= 18:
                stream.seek(-4, io.SEEK_END)
                return int.from_bytes(stream.read(4), "little")
            return size
    except OSError:
        return 0


def _recognised(file: Opened, mapping: Mapping[str, str] | None) -> Iterator[Batch]:
    name = file.path.name
    readers: dict[str, Callable[[], Iterator[Batch]]] = {
        "x12": lambda: read_x12(file.stream, name=name),
        "json": lambda: read_cases(file.stream, name=name),
        "csv": lambda: read_csv(file.stream, name=name, mapping=mapping),
        "parquet": lambda: read_parquet(file.path, mapping=mapping),
    }
    if file.kind in readers:
        return readers[file.kind]()
    problem = unknown(
        file.kind,
        file.path,
        wanted="an 837, a CSV or Parquet table, or JSON cases",
        otherwise="neither X12, JSON, CSV nor Parquet",
    )
    return iter((_nothing(problem),))


def _nothing(problem: Problem) -> Batch:
    return Batch(assemble({}, 0), (problem,), 0, 0)
