"""What the schema shows as examples: invented claims, and what is answered to them."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

AS_OF = "2026-03-20"
ID = "8Zb0yQ1nq0yqvN5mC1cR2g"


def shown(name: str) -> str:
    return files("claimwright").joinpath("api", "shown", name).read_text("utf-8")


def _json(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shown(name))
    return found


CLAIM, ANSWER = _json("claim.json"), _json("answer.json")
QUESTION, ASKED = _json("question.json"), _json("asked.json")
IN_837 = shown("claim.837")
