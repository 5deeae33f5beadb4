"""The schema of the API as it is committed: `python -m claimwright.api.publish schemas` writes it again."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from claimwright.api.app import described

FILE = "openapi-1.json"


def written() -> bytes:
    return orjson.dumps(described().openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def main(folder: str) -> None:
    Path(folder, FILE).write_bytes(written())


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "schemas")
