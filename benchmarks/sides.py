"""A side of a comparison: a program run in a process of its own, which says in JSON what it did."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent


class SkippedError(Exception):
    """A side that cannot be run here, and why."""


def ours(script: str, *arguments: object, environment: dict[str, str] | None = None, one_core: bool = False) -> Any:
    """A script beside this one, in the project's own environment. Text that is no JSON is handed back as it is."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    if one_core and shutil.which("taskset"):
        command = ["taskset", "-c", "0", *command]
    return _run(command, {**os.environ, **(environment or {})})


def peer(name: str, script: str, *arguments: object) -> Any:
    """A script of a peer, in its own locked environment. Raises SkippedError when that cannot be made."""
    folder = HERE / "peers" / name
    return _run([str(_python(folder)), str(folder / script), *map(str, arguments)], dict(os.environ))


def _python(folder: Path) -> Path:
    python = folder / ".venv" / "bin" / "python"
    maker = uv()
    if maker is None:
        raise SkippedError("its environment is made by uv, which is not here")
    outside = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT"}}
    made = subprocess.run(
        [maker, "sync", "--frozen", "--quiet", "--project", str(folder)],
        env=outside,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode or not python.exists():
        said = made.stderr.strip().splitlines()
        raise SkippedError(f"its environment cannot be made: {said[-1] if said else 'uv failed'}")
    return python


def uv() -> str | None:
    for place in (os.environ.get("UV"), ROOT / ".tools" / "bin" / "uv", Path(sys.prefix) / "bin" / "uv"):
        if place and (found := shutil.which(str(place))):
            return found
    return shutil.which("uv")


def _run(command: list[str], environment: dict[str, str]) -> Any:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise SkippedError(said[-1] if said else f"it ended with {done.returncode}")
    last = done.stdout.strip().splitlines()[-1]
    return json.loads(last) if last.startswith("{") else done.stdout
