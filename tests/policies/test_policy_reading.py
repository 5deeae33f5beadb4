"""Reading a folder of policies: what a clause, a predicate, a fact and a row of codes may look like."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwright.days import Span
from claimwright.lines.answers import Outcome
from claimwright.policies import predicates
from claimwright.policies.model import Codes, Predicate
from claimwright.policies.predicates import SET_PREDICATES
from claimwright.policies.reading import read_folder

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).parent / "golden" / "P009"
names = st.text("abcdefghij XYZ123", min_size=1, max_size=10).map(str.strip).filter(bool)
days = st.dates().map(str)


@pytest.fixture
def desk(tmp_path):
    return Path(shutil.copytree(SMALL, tmp_path / "policies"))


def edit(desk, old, new, file="one-unit/policy.md"):
    path = desk / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return read_folder(desk)


def test_every_clause_stands_under_a_sentence_on_an_earlier_line():
    shelf = read_folder(ROOT / "policies")
    for policy in shelf.library.policies:
        lines = shelf.documents[policy.id].text.splitlines()
        for clause in policy.clauses:
            assert 0 < clause.sentence_line < clause.line
            assert lines[clause.line - 1] == f"```rule {clause.id}"
            assert lines[clause.sentence_line - 1].startswith(("> ", "*Reading.*"))


def test_conditions_know_their_lines():
    shelf = read_folder(ROOT / "policies")
    for policy in shelf.library.policies:
        lines = shelf.documents[policy.id].text.splitlines()
        for clause in policy.clauses:
            for condition in clause.when:
                assert str(condition.predicate).split("[")[0].strip() in lines[condition.line - 1]


@given(st.sampled_from(sorted(SET_PREDICATES)), st.lists(names, min_size=1, max_size=4))
def test_a_set_predicate_reads_back_as_it_is_written(op, operands):
    folded = tuple(" ".join(operand.split()) for operand in operands)
    predicate = Predicate(op, folded)
    assert predicates.parse(str(predicate)) == predicate


@given(days, days, st.integers(0, 999))
def test_a_measure_reads_back_as_it_is_written(first, last, number):
    for predicate in (
        Predicate("between", (first, last)),
        Predicate("at least", (first,)),
        Predicate("more than", (str(number),)),
        Predicate("within", (str(number), "plan renewed")),
        Predicate("in table", ("pairs", "indicator", str(number % 10))),
        Predicate("is absent"),
        Predicate("is present"),
        Predicate("is", ("msk adjunct",)),
    ):
        assert predicates.parse(str(predicate)) == predicate


@given(st.text(max_size=30))
def test_no_text_is_too_strange_for_a_predicate(text):
    parsed = predicates.parse(text)
    assert parsed is None or parsed.op in predicates.STANDS_ON


def test_codes_may_have_remarks_and_alternatives(desk):
    shelf = edit(desk, "likelihood: likely", "likelihood: likely\ncodes: 16 N822, MA130 | 4 | 222")
    assert shelf.library.policy("ONE-UNIT").clauses[0].codes == Codes("16", ("N822", "MA130"), ("4", "222"))


def test_an_exception_names_a_policy_and_a_clause(desk):
    shelf = edit(desk, "likelihood: likely", "likelihood: likely\nexcept: HCSC-DME101.045 NMN")
    assert shelf.library.policy("ONE-UNIT").clauses[0].excepts == ("HCSC-DME101.045", "NMN")


def test_a_day_without_dots_is_one_day(desk):
    shelf = edit(desk, "2020-01-01 ..", "2020-01-01")
    assert shelf.library.policy("ONE-UNIT").clauses[0].in_force == Span.parse("2020-01-01 .. 2020-01-01")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in force: 2020-01-01 ..", "in force: 2020-01-01", None),
        ("in force: 2020-01-01 ..", "in force: 2021-01-01 .. 2020-01-01", "a span cannot end (2020-01-01) before"),
        ("in force: 2020-01-01 ..\n", "", "Invalid isoformat string"),
        ("channel: coding", "channel: coverage", "a coverage clause needs `then`"),
        ("channel: coding", "channel: coding\nthen: covered", "a coverage clause needs `then`"),
        ("channel: coding", "channel: coverage\nthen: nothing met", "'nothing met' is not an outcome a clause may"),
        ("finding: CLM-UNITS\n", "", "a clause that collects needs a finding"),
        ("severity: BLOCK", "severity: FATAL", "severity is 'FATAL'"),
        ("likelihood: likely", "likelihood: likely\nexcept: NMN", "an exception names a policy and a clause"),
        ("likelihood: likely", "likelihood: likely\nliability: {otherwise: US}", "the liability under 'otherwise'"),
        ("```rule ONE", "```rule", "a rule has no name"),
        ("instrument: manual", "instrument: manuel", "the instrument 'manuel' is unknown"),
        ("quote: paraphrase", "quote: paraphrase\nclock: noon", "the clock 'noon' is unknown"),
        ("quote: paraphrase", "quote: paraphrase\nexample tables: {pairs: no.csv}", "'no.csv', which is no file"),
        ("quote: paraphrase", "quote: paraphrase\nhistory:\n  - {date: May 2020}", "is 'May 2020', which is no"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_so(desk, old, new, message):
    told = [complaint.message for complaint in edit(desk, old, new).complaints]
    if message is None:
        assert told == []
    else:
        assert any(message in text for text in told), told


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ranks: [manual]", "ranks: [manuel]", "the instrument 'manuel' is unknown"),
        ("ranks: [manual]", "ranks: [manual]\nend: {coded: paid}", "the outcome 'paid' is unknown"),
        ("ranks: [manual]", "ranks: [manual]\nend: {codded: covered}", "the view 'codded' is unknown"),
        ("ranks: [manual]", "ranks: [manual]\nsilences: {hush: next}", "the silence 'hush' is unknown"),
        ("ranks: [manual]", "rank: [manual]", "the key 'rank' is unknown"),
        ("```program", "```text", "a program needs an id and one program block"),
    ],
)
def test_a_program_that_cannot_be_read_says_so(desk, old, new, message):
    shelf = edit(desk, old, new, "programs/medicare-part-b/program.md")
    assert any(message in complaint.message for complaint in shelf.complaints), shelf.complaints
    if "```" not in old:
        assert shelf.library.programs["medicare-part-b"].end_coded is Outcome.NOTHING_MET


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("type: number", "type: numeral", "the fact units: type is 'numeral'"),
        ("from: [chart]", "from: [charts]", "the fact purpose: from is 'charts'"),
        ("column: units", "colum: units", "the fact units: nobody reads the key 'colum'"),
        ("facts:", "facts: [", "the vocabulary cannot be read"),
    ],
)
def test_a_vocabulary_that_cannot_be_read_says_so(desk, old, new, message):
    assert any(message in complaint.message for complaint in edit(desk, old, new, "facts.yaml").complaints)


def test_a_file_that_is_no_utf_8_is_told_with_its_line(desk):
    for name, line in (("one-unit/policy.md", 4), ("facts.yaml", 4), ("one-unit/codes.csv", 3)):
        path = desk / name
        lines = path.read_bytes().split(b"\n")
        lines.insert(3 if line == 4 else 2, "# Größe".encode("latin-1"))
        path.write_bytes(b"\n".join(lines))
        told = [complaint for complaint in read_folder(desk).complaints if complaint.path == name]
        assert any((c.line, c.message) == (line, "the text is not UTF-8") for c in told), told


def test_dots_are_taken_out_of_codes_and_hidden_files_do_not_count(desk):
    before = edit(desk, "supervised,CPT,97026", "supervised,ICD-10-CM,E11.42", "one-unit/codes.csv")
    (row,) = before.library.policy("ONE-UNIT").codes
    assert row.code == "E1142"
    (desk / "one-unit" / ".policy.md.swp").write_bytes(b"an editor was here")
    assert read_folder(desk).library.hashes == before.library.hashes


def test_another_header_is_refused(desk):
    shelf = edit(desk, "set,system,code", "set,code,system", "one-unit/codes.csv")
    assert any(complaint.message.startswith("the columns are set, code, system") for complaint in shelf.complaints)


def test_an_empty_folder_is_an_empty_library(tmp_path):
    shelf = read_folder(tmp_path)
    assert shelf.complaints == ()
    assert shelf.library.policies == ()
