"""A payer of one's own: a folder begun with `policy new`, tried, edited, and used beside the shipped policies."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app
from claimwright.cli.engine import shipped_engine
from claimwright.desk.reading import Reading, papers_of
from claimwright.policies import shipped
from claimwright.policies.reading import read_folder

HEADER = (
    "claim,line,form,payer_id,payer_name,filing,service,procedure,modifiers,units,diagnoses,pointers,prior_auth,"
    "member_id,npi"
)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def acme(desk):
    told = run("policy", "new", "acme", "--payer", "ACME Health", "--code", "97026", "--from", "2026-01-01")
    assert told.exit_code == 0, told.output
    return desk / "acme"


def test_its_document_is_what_the_library_shows_and_its_examples_run_there(acme):
    papers = papers_of(acme)
    [name] = papers.documents
    assert papers.documents[name] == next(acme.rglob("policy.md")).read_text("utf-8")
    engine = shipped_engine(policies=acme)
    reading = Reading(engine.library, engine.releases, papers)
    ran = reading.ran(engine.library.policy(name), datetime(2026, 6, 30, tzinfo=UTC))
    assert (len(ran.amiss), ran.failed, ran.hindered) == (7, 0, "")


def claims(desk, *rows):
    """A file of one line for each row: payer's number, payer's name, day, code, authorization."""
    path = desk / "claims.csv"
    lines = [
        f"C{n},1,professional,{number},{name},CI,{day},{code},GP,1,M17.11,1,{auth},M12345{n},2912345678"
        for n, (number, name, day, code, auth) in enumerate(rows, start=1)
    ]
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    return path


def checked(desk, *rows, policies=("--policies", "acme")):
    """The exit code, and the lines of the JSON a check writes."""
    told = run("check", claims(desk, *rows), *policies, "--as-of", "2026-06-30", "-f", "json", "-q")
    return told.exit_code, json.loads(told.stdout)["lines"]


def test_a_new_folder_passes_every_lint_and_every_example(acme):
    assert run("policy", "test", "--policies", acme).output.endswith("7 examples: 7 passed, 0 failed\n")
    told = run("policy", "lint", "--policies", acme)
    assert told.exit_code == 0, told.output
    assert "0 errors, 0 warnings" in told.output
    assert run("policy", "lock", "--check", "--policies", acme).exit_code == 0


def test_several_codes_and_a_line_of_business_pass_as_well(desk):
    words = (
        "--payer",
        "O'Hara & Söhne Comp.",
        "--code",
        "97026",
        "--code",
        "a4639",
        "--program",
        "ohara-comp",
        "--from",
        "2026-01-01",
    )
    assert run("policy", "new", "comp", *words).exit_code == 0
    assert (desk / "comp/o-hara-sohne-comp/97026/codes.csv").is_file()
    assert run("policy", "test", "--policies", "comp").exit_code == 0
    told = run("policy", "lint", "--policies", "comp")
    assert told.exit_code == 0, told.output
    code, (line,) = checked(
        desk, ("", "O'Hara & Söhne Comp", "2026-01-05", "97026", "A1"), policies=("--policies", "comp")
    )
    assert code == 0
    assert line["line"]["program"] == "ohara-comp"


def test_what_it_holds_is_explained_to_people(acme):
    policy = (acme / "acme-health/97026/policy.md").read_text("utf-8")
    assert "This page is a policy, and it runs" in policy
    readme = (acme / "README.md").read_text("utf-8")
    assert "nobody needs to program" in readme
    assert "claimwright policy lock --policies acme" in readme
    assert "{{" not in policy + readme


@pytest.mark.usefixtures("acme")
def test_a_claim_of_the_payer_is_decided_by_its_own_policy(desk):
    code, (line,) = checked(desk, ("", "ACME HEALTH OF OHIO", "2026-01-05", "97026", ""))
    assert code == 1
    assert line["line"]["payer"] == "acme-health"
    assert line["views"]["coded"]["outcome"] == "PRIOR_AUTH_REQUIRED"
    (finding,) = [one for one in line["findings"] if one["id"] == "COV-PA-REQ"]
    assert finding["citation"]["policy"] == "ACME-HEALTH-97026"
    assert finding["citation"]["where"].startswith("acme/acme-health/97026/policy.md:")
    assert "ACME-HEALTH-97026" in line["basis"]


@pytest.mark.usefixtures("acme")
def test_the_day_before_the_policy_is_not_modelled(desk):
    _, (line,) = checked(desk, ("", "ACME Health", "2025-12-31", "97026", ""))
    assert "not modelled" in {silence["name"] for silence in line["views"]["coded"]["silences"]}


@pytest.mark.usefixtures("acme")
def test_other_payers_and_programs_are_decided_as_before(desk):
    rows = (
        ("00621", "BLUE CROSS BLUE SHIELD OF ILLINOIS", "2026-01-05", "97026", ""),
        ("", "Some other plan", "2026-01-05", "97026", ""),
    )
    _, with_own = checked(desk, *rows)
    _, without = checked(desk, *rows, policies=())
    assert with_own == without
    assert with_own[0]["views"]["coded"]["outcome"] == "NOT_MEDICALLY_NECESSARY"


def test_a_row_of_ones_own_stands_before_a_shipped_one(desk, acme):
    rows = (acme / "payers.csv").read_text("utf-8")
    (acme / "payers.csv").write_text(
        rows + "60054,,,,commercial,acme-health,,,,yes,their number is ours now\n", "utf-8"
    )
    _, (line,) = checked(desk, ("60054", "", "2026-01-05", "97026", ""))
    assert line["line"]["payer"] == "acme-health"


def test_a_question_is_answered_from_it_too(acme):
    told = run("ask", "--line", "97026-GP", "--payer", "ACME Health", "--on", "2026-01-05", "--policies", acme)
    assert told.exit_code == 1
    assert "ACME Health wants an authorization for 97026" in told.output
    assert "restated: The service is authorized beforehand" in told.output


def test_an_edit_by_somebody_who_does_not_program(desk, acme):
    path = acme / "acme-health/97026/policy.md"
    text = path.read_text("utf-8")
    for old, new in (
        ("Infrared and similar modalities are covered when", "Infrared is not covered at all, even when"),
        ("then: covered conditional", "then: investigational\nfinding: COV-INVEST"),
        ("needs:\n  - rationale documented\n  - response documented\nseverity: INFO", "severity: BLOCK"),
        (
            "| A1 | yes | yes | documented | covered conditional | |",
            "| A1 | yes | yes | documented | investigational | COV-INVEST |",
        ),
        (
            "| A1 | no | yes | documented | needs documentation | DOC-RATIONALE |",
            "| A1 | no | yes | documented | investigational | COV-INVEST |",
        ),
        (
            "yes | documented | prior auth required CO-197 | COV-PA-REQ |",
            "yes | documented | investigational | COV-PA-REQ COV-INVEST |",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    assert (
        "the quotation under “The written position” is not the one that was locked"
        in run("policy", "lint", "--policies", acme).output
    )
    assert run("policy", "lock", "--policies", acme).exit_code == 0
    told = run("policy", "test", "--policies", acme)
    assert told.exit_code == 0, told.output
    told = run("policy", "lint", "--policies", acme)
    assert told.exit_code == 0, told.output
    _, (line,) = checked(desk, ("", "ACME Health", "2026-01-05", "97026", "A1"))
    reachable = line["views"]["documented"]["reachable"]
    assert "INVESTIGATIONAL" in reachable
    assert "COVERED_CONDITIONAL" not in reachable


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("procedure: in", "procedur: in", "P006: clause POSITION: nobody declares the fact 'procedur'"),
        ("in [97026]", "in [infra red]", "P005: clause POSITION names the set 'infra red'"),
        ("view: documented", "veiw: documented", "P000: clause POSITION: nobody reads the key 'veiw'"),
        ("> Infrared and", "Infrared and", "P001: clause POSITION does not follow the sentence it encodes"),
        ("```rule AUTHORIZATION", "```rule POSITION", "P004: clause POSITION is in force twice"),
        ("id: ACME-HEALTH-97026", "id: NCD-270.6", "P000: the id NCD-270.6 is there already, in the shipped policies"),
    ],
)
def test_a_broken_document_stops_a_check_with_file_and_line(desk, acme, old, new, said):
    path = acme / "acme-health/97026/policy.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    place = " --> acme/acme-health/97026/policy.md:"
    for words in (("check", claims(desk)), ("ask", "--line", "97026")):
        told = run(*words, "--policies", "acme")
        assert told.exit_code == 2
        assert said in told.output
        assert place in told.output
        assert " help: " in told.output


def test_a_broken_payer_table_stops_a_check(desk, acme):
    (acme / "payers.csv").write_text(
        (acme / "payers.csv").read_text("utf-8").replace(",commercial,", ",comercial,"), "utf-8"
    )
    told = run("check", claims(desk), "--policies", "acme")
    assert told.exit_code == 2
    assert "comercial is not a program" in told.output


def test_words_and_sets_of_ones_own_stand_beside_the_shipped(desk, acme):
    (acme / "facts.yaml").write_text(
        "facts:\n  home visit:\n    type: yes/no\n    from: [person]\n    says: whether it was furnished at home\n"
        "    ask: Was it furnished at home?\n",
        "utf-8",
    )
    path = acme / "acme-health/97026/policy.md"
    text = path.read_text("utf-8").replace(
        "  procedure: in [97026]\n", "  procedure: in [97026]\n  home visit: is no\n", 1
    )
    text = text.replace("| rationale |", "| home visit | rationale |").replace("| A1 | ", "| A1 | no | ")
    text = text.replace("| 97026 | | yes", "| 97026 | | no | yes").replace("| | | | coded", "| | | | | coded")
    text = text.replace("|---|\n| the day before", "|---|---|\n| the day before")
    path.write_text(text, "utf-8")
    told = run("policy", "test", "--policies", acme)
    assert told.exit_code == 0, told.output
    _, (line,) = checked(desk, ("", "ACME Health", "2026-01-05", "97026", "A1"))
    assert "home visit" in line["views"]["documented"]["depends_on"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (
            "facts.yaml",
            "facts:\n  units:\n    type: number\n    from: [claim]\n    says: the units\n",
            "the fact units is there already, in the shipped policies\n --> acme/facts.yaml:2\n help: use it as it is",
        ),
        (
            "facts.yaml",
            "facts:\n  Intent:\n    type: yes/no\n    from: [person]\n    says: whether\n",
            "P000: the fact Intent is there already",
        ),
        (
            "codes.csv",
            "set,system,code,from,to,source\ninfrared,CPT,97024,,,ours\n",
            "P000: the set infrared is there already, in the shipped policies\n --> acme/codes.csv:2",
        ),
        (
            "numbers.csv",
            "name,value,unit,from,to,source\nkx threshold,1,USD,,,ours\n",
            "P000: the number kx threshold is there already",
        ),
        (
            "programs/ours/program.md",
            "---\nid: commercial\ntitle: ours\n---\n\n```program\nranks: [medical policy]\n```\n",
            "P000: the program commercial is there already",
        ),
    ],
)
def test_what_was_shipped_is_not_said_again(acme, file, text, said):
    (acme / file).parent.mkdir(parents=True, exist_ok=True)
    (acme / file).write_text(text, "utf-8")
    told = run("ask", "--line", "97026", "--policies", "acme")
    assert told.exit_code == 2
    assert said in told.output


def test_a_folder_with_a_whole_vocabulary_stands_alone(desk):
    told = run("ask", "--line", "97026", "--policies", desk)
    assert "0 policies" in run("policy", "list", "--policies", desk).output
    assert told.exit_code == 0
    (desk / "facts.yaml").write_text(
        "facts:\n  procedure: {type: code, column: procedure, from: [claim], says: a code}\n"
    )
    assert read_folder(desk).whole.facts.keys() == {"procedure"}
    told = run("ask", "--line", "97026", "--payer", "medicare", "--policies", desk)
    assert "no order of authority is loaded" in told.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--payer", "ACME|Health", "--code", "97026"), "is no name of a payer"),
        (("--payer", "健康", "--code", "97026"), "is no name of a payer"),
        (("--payer", "ACME", "--code", "9702"), "'9702' is no procedure code"),
        (("--payer", "ACME", "--code", "97026", "--program", "ACME comp"), "is no id of a program"),
        (("--payer", "ACME", "--code", "97026", "--program", "commercial"), "the program commercial is there already"),
    ],
)
def test_what_cannot_be_begun_says_why_and_writes_nothing(desk, words, said):
    told = run("policy", "new", "ours", *words)
    assert told.exit_code == 2
    assert said in told.output
    assert not (desk / "ours").exists()


def test_a_folder_that_is_not_empty_is_left_alone(acme):
    before = {path: path.read_bytes() for path in acme.rglob("*") if path.is_file()}
    told = run("policy", "new", "acme", "--payer", "ACME Health", "--code", "97026")
    assert told.exit_code == 2
    assert "is not empty" in told.output
    assert {path: path.read_bytes() for path in acme.rglob("*") if path.is_file()} == before


def test_a_clause_of_ones_own_is_explained_beside_the_shipped_ones(acme):
    own = read_folder(acme, None if (acme / "facts.yaml").exists() else shipped.load()).library.policies[0]
    told = run("explain", own.clauses[0].name, "--policies", acme)
    assert told.exit_code == 0, told.output
    assert "acme" in told.output
    assert run("explain", "NCD-270.6", "--policies", acme).exit_code == 0
    assert run("explain", own.clauses[0].name).exit_code == 2
