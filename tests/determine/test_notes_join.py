"""Notes and claims brought together: which note is of which line, and what its facts do there."""

import numpy as np
import orjson
import polars as pl
from side_samples import PATIENT, claim, claims

from claimwright.chart.told import Said, Span, Told
from claimwright.determine.explain import explain
from claimwright.determine.notes import joining, reading, saying
from claimwright.determine.notes.matching import matched
from claimwright.determine.notes.reading import Notes
from claimwright.determine.sides import Sides
from claimwright.formats import notes
from claimwright.proving.cases import read_beside

MEMBER, NPI, OTHER = PATIENT["member_id"], "1234567893", "1111111112"
DAY = "2026-03-10"


def frame(*rows):
    told = [{"member_id": MEMBER, "service_from": DAY, "text": "x", **row} for row in rows]
    found, problems = notes.records(told)
    assert problems == []
    return found


def of(lines, *rows):
    return matched(lines, frame(*rows), np.ones(lines.height, dtype=np.bool_))


def said(fact, value, *, spans=((0, 1),), **more):
    return Said(fact, value, tuple(Span(*one) for one in spans), **more)


def told(*facts, services=("97026",), text="0123456789"):
    return Told(text, facts, (), services)


def stated(engine, lines, *of_notes, rows=None):
    """What stands in the `stated` column of each line beside notes that tell this."""
    many = frame(*(rows or [{} for _ in of_notes]))
    joined, noted = joining.joined(lines, Notes(many, of_notes, np.arange(len(of_notes))), engine.plan)
    return [orjson.loads(text) if text else {} for text in joined["stated"]], noted


def test_a_note_is_of_the_lines_of_its_patient_and_day():
    lines = claims(claim(DAY, "2026-03-12"), claim(DAY, patient={**PATIENT, "member_id": "OTHER"}))
    found = of(lines, {}, {"service_from": "2026-03-11"}, {"member_id": "NOBODY"})
    assert list(zip(found.note, found.line, strict=True)) == [(0, 0)]
    assert (found.alone.tolist(), found.several.tolist(), found.bare) == ([1, 2], [], 2)


def test_birth_date_and_first_name_tell_members_apart():
    other = {**PATIENT, "first": "SAM", "birth_date": "1980-01-01"}
    lines = claims(claim(DAY), claim(DAY, patient=other))
    found = of(lines, {"patient_first": "Sam"}, {"birth_date": "1950-05-05"}, {})
    assert list(zip(found.note, found.line, strict=True)) == [(1, 0), (0, 1)]
    assert found.alone.tolist() == [2]


def test_the_provider_tells_two_visits_of_a_day_apart():
    lines = claims(claim(DAY), claim(DAY, provider={"npi": OTHER}))
    found = of(lines, {"provider_npi": OTHER}, {}, {"provider_npi": "1999999992"})
    assert list(zip(found.note, found.line, strict=True)) == [(0, 1)]
    assert found.several.tolist() == [1, 2]


def test_who_treated_goes_before_who_billed():
    lines = claims(
        claim(DAY, provider={"npi": NPI, "rendering_npi": "1999999992"}),
        claim(DAY, provider={"npi": NPI, "rendering_npi": OTHER}),
    )
    found = of(lines, {"provider_npi": OTHER}, {"provider_npi": NPI})
    assert list(zip(found.note, found.line, strict=True)) == [(0, 1)]
    assert found.several.tolist() == [1]


def test_a_note_by_somebody_else_is_of_the_only_visit_and_says_so(engine):
    facts, _ = stated(engine, claim(DAY), told(), rows=[{"provider_npi": OTHER}])
    assert facts[0]["provider in the note"] == {"source": "chart", "value": [OTHER]}
    determined = engine.determine(claim(DAY), _sides(told(), {"provider_npi": OTHER}))
    assert "PRACTICE-NOTE-AND-CLAIM PROVIDER" in _found(determined)


def _sides(note, row):
    return Sides(notes=Notes(frame(row), (note,), np.arange(1)))


def _found(determined):
    return {determined.plan.clauses[clause].clause.name for clause in determined.findings["clause"]}


def test_a_line_of_several_days_takes_no_note():
    lines = claim(DAY).with_columns(service_to=pl.date(2026, 3, 12))
    found = of(lines, {}, {"service_from": "2026-03-13"})
    assert (found.line.size, found.several.tolist(), found.alone.tolist()) == (0, [0], [1])


def test_a_note_of_one_service_is_of_its_lines_alone():
    lines = claim({"procedure": "97026"}, {"procedure": "97110"})
    assert of(lines, {"procedure": "97110"}).line.tolist() == [1]


def test_a_fact_of_the_service_goes_before_that_of_the_visit_and_reaches_no_other(engine):
    lines = claim({"procedure": "97026"}, {"procedure": "97110"})
    note = told(
        said("supervision documented", True, of=("97026",)),
        said("supervision documented", False, spans=()),
        said("furnished by", "PT"),
    )
    infrared, exercise = stated(engine, lines, note)[0]
    assert infrared["supervision documented"] == {"source": "chart", "value": True}
    assert exercise["supervision documented"] == {"source": "chart", "value": False}
    assert infrared["furnished by"] == exercise["furnished by"] == {"source": "chart", "value": "PT"}
    assert infrared["services in the note"]["value"] == ["97026"]


def test_what_one_note_does_not_say_another_may(engine):
    silent = told(
        said("note signed", False, spans=()), said("regions", ("knee_R",)), said("rationale is pain alone", True)
    )
    whole = told(
        said("note signed", True), said("regions", ("lumbar",)), said("rationale is pain alone", False, spans=())
    )
    facts = stated(engine, claim(DAY), silent, whole)[0][0]
    assert facts["note signed"] == {"source": "chart", "value": True}
    assert facts["regions"] == {"source": "chart", "value": ["knee_R", "lumbar"]}
    assert facts["rationale is pain alone"] == {"source": "chart", "value": False}


def test_two_notes_that_say_different_things_are_a_conflict(engine):
    lines = claim(DAY)
    both = [told(said("treatment intent", "msk adjunct")), told(said("treatment intent", "wound"))]
    facts = stated(engine, lines, *both)[0][0]
    assert [one["value"] for one in facts["treatment intent"]] == ["msk adjunct", "wound"]
    joined, _ = joining.joined(lines, Notes(frame({}, {}), tuple(both), np.arange(2)), engine.plan)
    findings = {one.id for answer in _answers(engine, joined) for one in answer.findings}
    assert "DOC-INTENT-CONFLICT" in findings


def _answers(engine, lines):
    return explain(engine.determine(lines))


def test_what_a_note_does_not_tell_apart_is_either(engine):
    note = told(said("treatment intent", "wound", either=("wound", "ulcer")))
    facts = stated(engine, claim(DAY), note)[0][0]
    assert facts["treatment intent"] == {"source": "chart", "value": {"either": ["wound", "ulcer"]}}


def test_a_note_joins_what_a_person_states_by_any_name_of_the_fact(engine):
    lines = claim({"facts": {"intent": "wound", "regions": ["foot_L"]}})
    note = told(said("treatment intent", "msk adjunct"), said("regions", ("knee_R",)))
    facts = stated(engine, lines, note)[0][0]
    assert facts["treatment intent"] == ["wound", {"source": "chart", "value": "msk adjunct"}]
    joined, _ = joining.joined(lines, Notes(frame({}), (note,), np.arange(1)), engine.plan)
    assert "DOC-INTENT-CONFLICT" in {one.id for one in next(_answers(engine, joined)).findings}
    assert "PRACTICE-NOTE-AND-CLAIM REGIONS" in _found(engine.determine(joined))


def test_minutes_of_a_code_on_two_lines_are_nobodys(engine):
    twice = claim({"procedure": "97110"}, {"procedure": "97110", "modifiers": ["GP", "KX"]})
    note = told(said("minutes", 30.0, of=("97110",)))
    assert [("minutes" in facts) for facts in stated(engine, twice, note)[0]] == [False, False]
    assert stated(engine, claim({"procedure": "97110"}), note)[0][0]["minutes"]["value"] == 30.0


def test_a_claim_note_says_what_was_treated_and_nothing_of_the_record():
    note = told(
        said("treatment intent", "wound"),
        said("region documented", True),
        said("comfort only", False, spans=()),
    )
    assert saying.of_claim_note(note, "97026", several=False) == {
        "treatment intent": {"source": "claim", "value": "wound"}
    }
    assert saying.of_claim_note(told(said("treatment intent", "wound"), services=()), "97026", several=False) == {}


def test_evidence_quotes_the_note_and_the_counts_are_told_once(engine):
    note = told(said("regions", ("knee_R",), spans=((2, 5),), of=("97026",)), said("note signed", False, spans=()))
    _, noted = stated(engine, claim(DAY), note, note, rows=[{"id": "N1"}, {"service_from": "2026-03-01"}])
    (evidence,) = noted.evidence(0, "97026")
    assert (evidence.fact, evidence.value, evidence.note) == ("regions", "knee_R", "N1")
    assert [(one.start, one.end, one.words) for one in evidence.quoted] == [(2, 5, "234")]
    assert [one.message for one in noted.problems()] == [
        "1 of 2 notes match no line of these claims by patient and day"
    ]
    assert "knee" not in repr(evidence) + repr(noted) + repr(evidence.quoted)


def test_a_distinct_note_is_read_once_and_progress_is_heard():
    heard = []
    found = reading.of_frame(frame({"text": "IR"}, {"text": "IR"}, {"text": "97110"}), lambda *at: heard.append(at))
    assert (len(found.told), found.of.tolist()) == (2, [0, 0, 1])
    assert heard == [(1, 2), (2, 2)]


def test_records_of_a_case_may_be_notes(engine):
    row = {"service_from": DAY, "text": "Infrared to both feet to treat diabetic peripheral neuropathy."}
    determine, problems = read_beside(engine, {"notes": [row]}, MEMBER)
    assert problems == ()
    assert "treatment intent" in dict(determine(claim(DAY)).stated[1].sources)
