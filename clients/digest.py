"""What of the schema the client is made of: everything but examples. `python clients/digest.py` prints its SHA-256."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WRITTEN = HERE / "python" / "made-of.sha256"


def digest() -> str:
    schema = json.loads((HERE.parent / "schemas" / "openapi-1.json").read_bytes())
    told = json.dumps(_without_examples(schema), sort_keys=True) + (HERE / "generator.yaml").read_text("utf-8")
    return hashlib.sha256(told.encode()).hexdigest()


def _without_examples(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_examples(value) for key, value in part.items() if key not in {"example", "examples"}}
    return [_without_examples(item) for item in part] if isinstance(part, list) else part


if __name__ == "__main__":
    print(digest())
