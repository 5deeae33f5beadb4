"""How well the labelled notes are read: floors that may rise, and one number that stays nought."""

import importlib.util
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def reading():
    spec = importlib.util.spec_from_file_location("read_notes", BENCHMARKS / "read_notes.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["read_notes"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["development", "held-out"])
def half(request, reading):
    return request.param, reading.scored(request.param)


def test_no_national_purpose_is_read_as_musculoskeletal(half, reading):
    _, scores = half
    confused = {
        pair: many
        for pair, many in scores["intent"].pairs.items()
        if pair[0] in reading.NATIONAL and pair[1] == "msk_adjunct"
    }
    assert confused == {}


FLOORS = {
    "development": {"intent": 0.95, "status": 0.95, "supervision": 0.90, "signed": 0.91, "minutes": 0.93},
    "held-out": {"intent": 0.83, "status": 0.93, "supervision": 0.90, "signed": 0.97, "minutes": 0.93},
}


def test_the_labels_are_read_no_worse_than_before(half, reading):
    name, scores = half
    below = {
        label: scores[label].f1(reading.NOTHING)[2]
        for label, floor in FLOORS[name].items()
        if scores[label].f1(reading.NOTHING)[2] < floor
    }
    assert below == {}


def test_the_halves_hold_what_their_page_says(reading):
    for name, least in (("development", 144), ("held-out", 110)):
        rows = reading.notes(name)
        assert len(rows) >= least
        assert len({row["id"] for row in rows}) == len(rows)
        assert {row["style"] for row in rows} == {"terse", "narrative", "templated", "dictated", "ocr"}
        assert all(mention["words"] in row["text"] for row in rows for mention in row["mentions"])
        assert all(phrase in row["text"] for row in rows for phrase in row["risk_phrases"] + row["comfort_phrases"])
