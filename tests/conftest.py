"""What tests of several rooms share: the shipped policies, an engine, and a claim made from a few words."""

from pathlib import Path

import postgresql
import pytest
from hypothesis import settings

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.lines.case import Case, lines_of
from claimwright.policies.reading import read_folder
from claimwright.reference import releases

# a machine may be busy: that an example took long says nothing about what it found
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

POLICIES = Path(__file__).parents[1] / "policies"


@pytest.fixture(scope="session", autouse=True)
def no_tables_of_a_user(tmp_path_factory):
    """No test sees what the person who runs it has imported; a command run in a process of its own does not either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMWRIGHT_DATA", str(tmp_path_factory.mktemp("store") / "empty"))
        yield


@pytest.fixture(scope="session")
def server():
    """The address of a PostgreSQL that only the tests use."""
    with postgresql.running() as address:
        yield address


@pytest.fixture(scope="session")
def library():
    shelf = read_folder(POLICIES)
    assert shelf.complaints == ()
    return shelf.library


@pytest.fixture(scope="session")
def engine(library):
    return Engine(library, releases.load())


@pytest.fixture(scope="session")
def answers(engine):
    """The answers to a case given as fields of the case model; a Part B claim of 2026-03-10 if they say nothing."""

    def of(**case):
        lines = case.pop("lines", [{}])
        base = {
            "form": "professional",
            "patient": {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"},
            "provider": {"npi": "1234567893", "state": "OH"},
            "payer": {"program": "medicare-part-b", "key": "medicare"},
            "diagnoses": ["M17.11"],
            "whole_day": True,
        }
        line = {"procedure": "97026", "service": "2026-03-10", "modifiers": ["GP"], "units": 1, "place": "11"}
        told = {**base, **case}
        # a line points to every diagnosis of its claim (the first four) unless it says otherwise
        pointers = list(range(1, min(4, len(told["diagnoses"])) + 1))
        told["lines"] = [{**line, "pointers": pointers, **one} for one in lines]
        determined = engine.determine(lines_of(Case.model_validate(told), file="case"))
        return list(explain(determined))

    return of
