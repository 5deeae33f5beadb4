"""Two at one time, where only one may."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import desks
import pytest
from sqlalchemy import select

from claimwright.desk import people, saved, visits
from claimwright.desk.list_query import Query
from claimwright.desk.people import RefusedError, actor_of
from claimwright.desk.rights import Right
from claimwright.desk.tables import Person, Role, Trail, Visit


def at_once(*things):
    """What each gives, begun at one moment; errors of refusal are given too."""
    gate = Barrier(len(things))

    def one(thing):
        gate.wait()
        try:
            return thing()
        except RefusedError as error:
            return error

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(one, things))


def test_a_link_that_two_use_at_one_time_is_used_by_one(desk):
    with desk.database.writing() as session:
        person, secret = people.added(session, desk.now(), "tests", "Bea", Role.BILLER)

    def use(password):
        def used():
            with desk.database.writing() as session:
                return people.password_set(session, desk.now(), secret, password, password).id

        return used

    found = at_once(*(use(f"some words that rhyme {n}") for n in range(4)))
    assert [one for one in found if one == person.id] == [person.id]
    with desk.database.reading() as session:
        assert len(session.scalars(select(Trail).where(Trail.action == "password set")).all()) == 1


def test_wrong_passwords_at_one_time_are_all_counted(desk):
    desks.somebody(desk, "Bea", Role.BILLER)

    def guess():
        with desk.database.writing() as session:
            return people.signed_in(session, desk.now(), "Bea", "wrong words")

    assert at_once(*[guess] * people.TRIES) == [None] * people.TRIES
    with desk.database.writing() as session:
        assert people.signed_in(session, desk.now(), "Bea", desks.PASSWORD) is None, "locked by all five together"


def test_whoever_is_let_go_while_signing_in_has_no_browser_left(desk):
    desks.somebody(desk, "Ada", Role.ADMIN)
    bea = desks.somebody(desk, "Bea", Role.BILLER)

    def sign_in():
        with desk.database.writing() as session:
            person = people.signed_in(session, desk.now(), "Bea", desks.PASSWORD)
            return visits.begun(session, desk.now(), person) if person else None

    def let_go():
        with desk.database.writing() as session:
            people.changed(session, desk.now(), "Ada", session.get_one(Person, bea.id), active=False)

    cookies = [one for one in at_once(sign_in, let_go, sign_in) if one]
    with desk.database.reading() as session:
        assert [visits.browser(session, desk.now(), cookie) for cookie in cookies] == [None] * len(cookies)


def test_a_token_that_is_revoked_speaks_for_nobody_from_then_on(desk):
    actor = actor_of(desks.somebody(desk, "Bea", Role.BILLER))
    with desk.database.writing() as session:
        token, secret = visits.token_made(session, desk.now(), actor, name="x", scopes=[Right.READ], days=1)

    def revoke():
        with desk.database.writing() as session:
            visits.revoked(session, desk.now(), actor, session.merge(token))

    at_once(revoke, revoke, revoke)
    with desk.database.reading() as session:
        assert visits.bearer(session, desk.now(), secret) is None


@pytest.mark.parametrize("words", ["'; DROP TABLE person --", '" OR 1=1', "%", "_", "\\", "100%_\\"])
def test_no_word_is_read_as_a_command_of_the_database(desk, words):
    actor = actor_of(desks.somebody(desk, words, Role.BILLER))
    with desk.database.writing() as session:
        people.signed_in(session, desk.now(), words, words)
        saved.saved(session, desk.now(), actor, name=words, query=Query(payer=words), shared=False)
        saved.search(session, actor, words)
    with desk.database.reading() as session:
        assert [one.name for one in session.scalars(select(Person))] == [words]
        assert session.scalars(select(Visit)).all() == []
