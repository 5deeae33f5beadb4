"""The compiled library: equal to what was read, quick to load, and without Markdown or YAML."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwright.days import Clock, Span
from claimwright.documents.blocks import Row
from claimwright.lines.answers import Channel, Likelihood, Outcome, Severity
from claimwright.policies import compiled, shipped
from claimwright.policies.model import (
    EACH,
    CheckSpec,
    Clause,
    CodeRow,
    Codes,
    Combination,
    Condition,
    Derived,
    Event,
    Fact,
    Library,
    NumberRow,
    Policy,
    Predicate,
    Presumption,
    Program,
)
from claimwright.policies.reading import read_folder

ROOT = Path(__file__).parents[2]
text = st.text(max_size=8)
texts = st.lists(text, max_size=3).map(tuple)
pair = st.tuples(text, text)
pairs = st.lists(pair, max_size=3).map(tuple)
line = st.integers(0, 999)


@st.composite
def spans(draw):
    first, last = draw(st.none() | st.dates()), draw(st.none() | st.dates())
    return Span(*sorted((first, last))) if first and last else Span(first, last)


predicates = st.builds(Predicate, text, texts)
conditions = st.builds(Condition, text, predicates, line)
combinations = st.recursive(
    st.builds(Combination, st.sampled_from(["all of", "any of", "not"]), st.lists(conditions, max_size=2).map(tuple)),
    lambda inner: st.builds(
        Combination, st.sampled_from(["all of", "any of", "not"]), st.lists(conditions | inner, max_size=3).map(tuple)
    ),
    max_leaves=4,
)
facts = st.builds(
    Fact,
    name=text,
    type=st.sampled_from(["code", "codes", "choice", "yes/no", "number", "date", "row of a table"]),
    says=text,
    sources=st.frozensets(st.sampled_from(["claim", "chart", "plan"])),
    aka=texts,
    columns=pairs,
    each=st.sampled_from(EACH),
    values=pairs,
    also=st.lists(st.tuples(text, texts), max_size=2).map(tuple),
    grows=st.booleans(),
    line=line,
)
clauses = st.builds(
    Clause,
    policy=text,
    id=text,
    in_force=spans(),
    view=st.sampled_from(["coded", "documented", "both"]),
    channel=st.sampled_from(Channel),
    each=st.sampled_from(EACH),
    when=st.lists(conditions, max_size=3).map(tuple),
    then=st.none() | st.just("silent") | st.sampled_from(Outcome),
    leans=st.none() | st.sampled_from(Outcome),
    presumptive=st.booleans(),
    states=texts,
    provided=texts,
    needs=texts,
    finding=text,
    severity=st.sampled_from(Severity),
    likelihood=st.sampled_from(Likelihood),
    codes=st.none() | st.builds(Codes, text, texts, texts),
    liability=pairs,
    excepts=st.none() | pair,
    because=text,
    would_change=text,
    ask=text,
    reading=st.none() | pair,
    lapsed=text,
    sentence=text,
    quoted=text,
    line=line,
    sentence_line=line,
)
numbers = st.builds(NumberRow, text, st.floats(allow_nan=False, allow_infinity=False), text, spans(), text, line)
code_rows = st.builds(CodeRow, text, text, text, spans(), text, line, text)
policies = st.builds(
    Policy,
    id=text,
    title=text,
    titles=pairs,
    payer=text,
    authority=text,
    source=text,
    instrument=text,
    programs=texts,
    payers=texts,
    contractors=texts,
    forms=texts,
    quote=st.sampled_from(["verbatim", "paraphrase"]),
    clock=st.sampled_from(Clock),
    began=text,
    modelled_from=text,
    checked=text,
    history=st.lists(st.builds(Event, text, text, text), max_size=2).map(tuple),
    tables=pairs,
    example_tables=pairs,
    clauses=st.lists(clauses, max_size=2).map(tuple),
    codes=st.lists(code_rows, max_size=2).map(tuple),
    path=text,
    examples=st.lists(st.builds(Row, pairs, line), max_size=2).map(tuple),
    quotations=st.lists(st.tuples(text, line), max_size=2).map(tuple),
)
programs = st.builds(
    Program,
    id=text,
    title=text,
    ranks=st.lists(texts, max_size=2).map(tuple),
    must_have=texts,
    checks=st.lists(st.builds(CheckSpec, text, texts, text), max_size=2).map(tuple),
    silences=pairs,
    presume=st.lists(st.builds(Presumption, text, texts, st.lists(conditions, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
    usual=pairs,
    checklists=st.lists(st.tuples(text, texts), max_size=2).map(tuple),
    ask=texts,
    end_coded=st.sampled_from(Outcome),
    end_documented=st.sampled_from(Outcome),
    source=text,
    checked=text,
    path=text,
    line=line,
)


def by(attribute):
    return lambda items: {getattr(item, attribute): item for item in items}


libraries = st.builds(
    Library,
    facts=st.lists(facts, max_size=2).map(by("name")),
    derived=st.lists(st.builds(Derived, text, text, text, combinations, text, text, text, text, line), max_size=2).map(
        by("name")
    ),
    policies=st.lists(policies, max_size=2).map(tuple),
    programs=st.lists(programs, max_size=2).map(by("id")),
    shared_codes=st.lists(code_rows, max_size=2).map(tuple),
    hashes=st.dictionaries(text, text, max_size=2),
    numbers=st.lists(numbers, max_size=2).map(tuple),
)


@given(libraries)
def test_what_is_dumped_is_loaded_back_equal(library):
    again = compiled.load(compiled.dump(library))
    assert again == library
    assert list(again.facts) == list(library.facts)  # the order of declaration is part of it
    assert compiled.dump(again) == compiled.dump(library)


def test_the_shipped_policies_are_loaded_back_equal():
    library = read_folder(ROOT / "policies").library
    assert compiled.load(compiled.dump(library)) == library


def test_using_a_library_does_not_change_its_dump():
    library = read_folder(ROOT / "policies").library
    before = compiled.dump(library)
    assert all(isinstance(policy.sets, frozenset) for policy in library.policies)
    assert compiled.dump(library) == before


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="has the format 99"):
        compiled.load(b'{"format":99}')


def test_the_shipped_library_is_whole():
    library = shipped.load()
    assert library.policy("NCD-270.6") is not None
    assert shipped.load() is library
    clause = library.policy("NCD-270.6").clauses[0]
    assert isinstance(clause.in_force, Span)
    assert clause.in_force.first == date(2006, 10, 24)
    assert set(shipped.documents()) == {policy.id for policy in library.policies} | set(library.programs)
    assert shipped.documents()["NCD-270.6"].markdown.startswith("---\nid: NCD-270.6\n")


def test_loading_reads_neither_markdown_nor_yaml_and_needs_no_frames():
    program = (
        "import sys\n"
        "from claimwright.policies import shipped\n"
        "shipped.load()\n"
        "print(sorted({'markdown_it', 'yaml', 'polars', 'pydantic'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
