"""What was known on a day: readings say since when they are ours."""

from datetime import date

from claimwright.policies import shipped
from claimwright.policies.known import known_on


def test_readings_written_later_are_left_out_and_the_authoritys_own_words_stay():
    library = shipped.load()
    then = known_on(library, date(2020, 1, 1))
    kept = {clause.name for policy in then.policies for clause in policy.clauses}
    all_ = {clause.name: clause for policy in library.policies for clause in policy.clauses}
    assert {name for name in all_ if name not in kept} == {name for name, one in all_.items() if one.reading}
    assert any(clause.reading for clause in all_.values())
    assert known_on(library, max(date.fromisoformat(one.reading[1]) for one in all_.values() if one.reading)) == library
