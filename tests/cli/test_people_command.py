"""`claimwright people`, as whoever has the machine uses it."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from claimwright.cli import now
from claimwright.cli.app import app
from claimwright.desk import people
from claimwright.desk.database import opened
from claimwright.desk.tables import Person, Trail

PASSWORD = "four words that rhyme"


@pytest.fixture
def run(tmp_path):
    def people_(*words):
        return CliRunner().invoke(app, ["people", *words, "--folder", str(tmp_path / "desk")], catch_exceptions=False)

    return people_


@pytest.fixture
def database(tmp_path, run):
    run("list")
    found = opened(f"sqlite:///{tmp_path / 'desk' / 'desk.sqlite3'}")
    yield found
    found.close()


def used(database, link):
    with database.writing() as session:
        return people.password_set(session, now(), link.strip().rpartition("=")[2], PASSWORD, PASSWORD).name


def test_somebody_is_added_and_comes_in_by_the_link(run, database):
    added = run("add", "Bea  Biller", "--role", "biller", "--at", "https://desk.example/")
    assert added.stdout.startswith("https://desk.example/link?of=")
    assert run("add", "BEA BILLER", "--role", "viewer").exit_code == 2
    assert used(database, added.stdout) == "Bea Biller"
    assert "Bea Biller  biller  active" in run("list").stdout


def test_a_forgotten_password(run, database):
    used(database, run("add", "Bea", "--role", "biller").stdout)
    first = run("link", "bea").stdout
    with database.reading() as session:
        assert session.scalar(select(Person)).password is not None
    second = run("link", "bea", "--reset").stdout
    with database.reading() as session:
        assert session.scalar(select(Person)).password is None
        assert people.linked(session, now(), first.strip().rpartition("=")[2]) is None
    assert used(database, second) == "Bea"


def test_roles_and_leaving(run, database):
    used(database, run("add", "Ada", "--role", "admin").stdout)
    assert "last admin" in run("deactivate", "ada").stderr
    assert run("role", "Ada", "viewer").exit_code == 2
    assert "there is no role 'boss'" in run("role", "Ada", "boss").stderr
    used(database, run("add", "Cal", "--role", "admin").stdout)
    assert run("deactivate", "ADA").stdout == "Ada is deactivated\n"
    assert "let them in again first" in run("link", "Ada").stderr
    assert run("activate", "Ada").stdout == "Ada may sign in again\n"
    assert run("role", "Ada", "Auditor").stdout == "Ada is an auditor\n"
    with database.reading() as session:
        rows = session.scalars(select(Trail).where(Trail.action == "person changed")).all()
    assert len(rows) == 3
    assert all(row.person.endswith("(command line)") for row in rows)


def test_a_locked_name_is_unlocked(run, database):
    used(database, run("add", "Bea", "--role", "biller").stdout)
    for _ in range(people.TRIES):
        with database.writing() as session:
            people.signed_in(session, now(), "Bea", "wrong words here")
    assert "locked" in run("list").stdout
    assert run("unlock", "Bea").stdout == "Bea may try again\n"
    with database.writing() as session:
        assert people.signed_in(session, now(), "Bea", PASSWORD)


@pytest.mark.parametrize("command", [("link", "Nobody"), ("deactivate", "Nobody"), ("role", "Nobody", "viewer")])
def test_a_name_nobody_has(run, command):
    result = run(*command)
    assert result.exit_code == 2
    assert "claimwright people list" in result.stderr
