"""What tests of worked cases share: a small file with one base, and ways to read and run it."""

from claimwright.proving.case_files import read
from claimwright.proving.cases import Bench, run
from claimwright.report.faces import faces

BASE = """\
tables:
  pairs:
    - {column1: 97110, column2: 97026, indicator: 1, from: 2020-01-01}
bases:
  CLAIM:
    form: professional
    as of: 2026-03-12
    patient: {member_id: 1AB2CD3EF45, first: PAT, birth_date: 1950-05-05}
    provider: {npi: 1234567893, state: OH}
    payer: {program: medicare-part-b, key: medicare}
    diagnoses: [M17.11]
    whole_day: yes
    lines:
      - {procedure: 97026, service: 2026-03-10, modifiers: [GP], units: 1, pointers: [1], place: 11}
    facts: {furnished by: PT, device: ir lamp, setting of use: clinic, contractor position: no policy}
"""


def written(tmp_path, cases, *, head=BASE, name="cases.yaml"):
    """A file of cases: the base claim, and below it the text of a list of cases."""
    file = tmp_path / name
    file.write_text(f"{head}cases:\n{cases}", "utf-8")
    return file


def results(tmp_path, engine, cases, **bench):
    """The results of the cases of a text, which must be readable."""
    found = read([written(tmp_path, cases)])
    assert found.complaints == ()
    return run(found.cases, Bench(engine, faces, **bench))


def case(expect, fields="", id_="A"):
    """The text of one case like the base claim; fields and expectation as YAML of one line."""
    more = "".join(f"    {line}\n" for line in fields.splitlines())
    return f"  - id: {id_}\n    says: a sentence\n    like: CLAIM\n{more}    expect: {expect}\n"
