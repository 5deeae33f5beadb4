"""A command pays only for the face it shows."""

import subprocess
import sys


def loaded_after(module):
    heavy = ("jinja2", "rich", "orjson", "pydantic", "polars")
    code = f"import {module}, sys; print(*(name for name in {heavy} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_the_package_imports_nothing():
    assert loaded_after("claimwright.report") == []


def test_each_face_imports_only_its_own():
    assert loaded_after("claimwright.report.as_csv") == []
    assert loaded_after("claimwright.report.as_json") == ["orjson"]
    assert "jinja2" not in loaded_after("claimwright.report.text")
