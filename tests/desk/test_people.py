from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import desks
import pytest
from sqlalchemy import select

from claimwright.desk import people, roster, trail, visits
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import Right
from claimwright.desk.tables import Person, Role, Trail


def test_the_first_start_gives_a_link_and_later_starts_none_once_it_was_used(desk):
    with desk.database.writing() as session:
        secret = people.first_link(session, desk.now())
    assert secret
    with desk.database.writing() as session:
        again = people.first_link(session, desk.now())  # nobody used it: the next start gives another, the first ends
        assert again != secret
        assert people.linked(session, desk.now(), secret) is None
        admin = people.password_set(session, desk.now(), again, desks.PASSWORD, desks.PASSWORD)
    assert admin.role == Role.ADMIN
    with desk.database.writing() as session:
        assert people.first_link(session, desk.now()) is None


def test_a_link_is_good_once_and_for_a_day(desk, clock):
    with desk.database.writing() as session:
        _, secret = people.added(session, desk.now(), "tests", "Bea Biller", Role.BILLER)
    clock.passes(hours=25)
    with desk.database.writing() as session, pytest.raises(RefusedError, match="ended"):
        people.password_set(session, desk.now(), secret, desks.PASSWORD, desks.PASSWORD)
    clock.passes(hours=-24)
    with desk.database.writing() as session:
        people.password_set(session, desk.now(), secret, desks.PASSWORD, desks.PASSWORD)
    with desk.database.writing() as session, pytest.raises(RefusedError, match="used"):
        people.password_set(session, desk.now(), secret, "five other words that rhyme", "five other words that rhyme")


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaaaa", "I am bea biller"])
def test_a_password_that_is_easy_to_guess_is_refused(desk, weak):
    with desk.database.writing() as session:
        _, secret = people.added(session, desk.now(), "tests", "Bea Biller", Role.BILLER)
    with desk.database.writing() as session, pytest.raises(RefusedError, match="several words"):
        people.password_set(session, desk.now(), secret, weak, weak)


def test_five_wrong_passwords_lock_a_name_for_a_quarter_of_an_hour(desk, clock):
    desks.somebody(desk, "Bea", Role.BILLER)

    def tried(password: str) -> Person | None:
        with desk.database.writing() as session:
            return people.signed_in(session, desk.now(), "bea", password)

    assert all(tried("not the right words") is None for _ in range(people.TRIES))
    assert tried(desks.PASSWORD) is None  # the right one does not help now
    clock.passes(minutes=16)
    assert tried(desks.PASSWORD) is not None
    with desk.database.reading() as session:
        told = session.scalars(select(Trail.action).order_by(Trail.number)).all()
    assert told[-7:] == [*["sign-in failed"] * 5, "sign-in refused", "signed in"]


def test_the_last_admin_stays_one(desk):
    admin = desks.somebody(desk, "Ada", Role.ADMIN)
    with desk.database.writing() as session, pytest.raises(RefusedError, match="last admin"):
        people.changed(session, desk.now(), admin.name, session.get_one(Person, admin.id), active=False)


def test_two_admins_who_demote_each_other_at_one_time_leave_one(desk):
    """Each sees the other when it begins; the second waits for the first, and looks again."""
    both = [desks.somebody(desk, name, Role.ADMIN) for name in ("Ada", "Cal")]
    together = Barrier(2)

    def demoted(at: int) -> bool:
        together.wait()
        try:
            with desk.database.writing() as session:
                one = session.get_one(Person, both[at].id)
                people.changed(session, desk.now(), both[1 - at].name, one, role=Role.VIEWER)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demoted, (0, 1))) == [False, True]


def test_a_name_is_not_that_of_the_server_or_of_whoever_has_the_machine(desk):
    for name in ("claimwright", "ClaimWright", "root (command line)", "root (COMMAND  line)"):
        with desk.database.writing() as session, pytest.raises(RefusedError, match="choose another"):
            people.added(session, desk.now(), "tests", name, Role.ADMIN)


def test_how_people_stand(desk, clock):
    bea = desks.somebody(desk, "Bea", Role.BILLER)
    ada = desks.somebody(desk, "Ada", Role.ADMIN)
    clock.passes(hours=1)
    with desk.database.writing() as session:
        people.added(session, desk.now(), "Ada", "Nia", Role.VIEWER)
        people.signed_in(session, desk.now(), "bea", desks.PASSWORD)
        visits.begun(session, desk.now(), bea)
        visits.token_made(session, desk.now(), people.actor_of(bea), name="EHR", scopes=[Right.READ], days=1)
        people.changed(session, desk.now(), "Ada", session.get_one(Person, ada.id), active=True)  # as it was
    with desk.database.reading() as session:
        standings = {one.person.name: one for one in roster.standings(session, desk.now())}
    assert [(name, one.state, one.browsers, one.tokens) for name, one in standings.items()] == [
        ("Ada", "active", 0, 0),
        ("Bea", "active", 1, 1),
        ("Nia", "no password yet", 0, 0),
    ]
    assert (standings["Ada"].seen, standings["Bea"].seen) == (None, clock())
    assert standings["Nia"].link_until == clock() + timedelta(days=1)


def test_a_token_does_no_more_than_its_person_may_today(desk):
    biller = desks.somebody(desk, "Bea", Role.BILLER)
    admin = desks.somebody(desk, "Ada", Role.ADMIN)
    actor = people.actor_of(biller)
    with desk.database.writing() as session, pytest.raises(RefusedError, match="what you may do"):
        visits.token_made(session, desk.now(), actor, name="theirs", scopes=[Right.ADMIN], days=1)
    with desk.database.writing() as session:
        _, secret = visits.token_made(session, desk.now(), actor, name="EHR", scopes=[Right.READ, Right.WORK], days=30)
    with desk.database.reading() as session:
        assert visits.bearer(session, desk.now(), secret).rights == {Right.READ, Right.WORK}
        assert visits.bearer(session, desk.now(), secret + "x") is None
    with desk.database.writing() as session:
        one = session.get_one(Person, biller.id)
        people.changed(session, desk.now(), admin.name, one, role=Role.VIEWER)
    with desk.database.reading() as session:
        assert visits.bearer(session, desk.now(), secret).rights == {Right.READ}


def test_an_idle_browser_is_signed_out(desk, clock):
    biller = desks.somebody(desk, "Bea", Role.BILLER)
    with desk.database.writing() as session:
        cookie = visits.begun(session, desk.now(), biller)
    clock.passes(minutes=29)
    with desk.database.writing() as session:
        assert visits.browser(session, desk.now(), cookie)
        visits.noted(session, desk.now(), cookie)
    clock.passes(minutes=29)
    with desk.database.reading() as session:
        assert visits.browser(session, desk.now(), cookie)
    clock.passes(minutes=2)
    with desk.database.reading() as session:
        assert visits.browser(session, desk.now(), cookie) is None


def test_what_is_kept_opens_nothing(desk):
    """Whoever reads the database can neither sign in nor use a link, a cookie or a token."""
    person = desks.somebody(desk, "Bea", Role.BILLER)
    with desk.database.writing() as session:
        secrets = [
            people.link(session, desk.now(), session.get_one(Person, person.id)),
            visits.begun(session, desk.now(), person),
            visits.token_made(session, desk.now(), people.actor_of(person), name="t", scopes=[Right.READ], days=1)[1],
            desks.PASSWORD,
        ]
    with desk.database.engine.connect() as connection:
        kept = repr([connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in desks.tables()])
    assert "$argon2id$" in kept
    assert not [secret for secret in secrets if secret in kept]


def test_the_trail_takes_no_change_and_shows_one_that_was_forced(desk):
    desks.somebody(desk, "Bea", Role.BILLER)
    desks.somebody(desk, "Ada", Role.ADMIN)
    with desk.database.reading() as session:
        assert trail.broken_at(session) is None
    for what in ("UPDATE trail SET person = 'nobody'", "DELETE FROM trail"):
        with pytest.raises(Exception, match="only added to"), desk.database.engine.begin() as connection:
            connection.exec_driver_sql(what)
    with desk.database.engine.begin() as connection:  # somebody with all rights over the database
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER trail_update")
        else:
            connection.exec_driver_sql("ALTER TABLE trail DISABLE TRIGGER ALL")
        connection.exec_driver_sql("UPDATE trail SET person = 'nobody' WHERE number = 2")
    with desk.database.reading() as session:
        assert trail.broken_at(session) == 2
