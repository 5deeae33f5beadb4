"""The sides of the benchmark say the same where they speak of the same. Nothing here is timed."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from claimwright.lines.schema import LINE_SCHEMA
from claimwright.reference import mue, pairs, releases

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"


def _module(name, folder=BENCHMARKS):
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "lines.parquet"
    _module("sides").ours("make_lines.py", path, "--lines", 3000)
    return path


def test_the_lines_made_are_lines_of_the_schema(lines):
    frame = pl.read_parquet(lines)
    assert frame.height == 3000
    assert {name: LINE_SCHEMA[name] for name in frame.columns} == dict(frame.schema)


def test_the_same_arguments_make_the_same_lines(lines, tmp_path):
    again = tmp_path / "again.parquet"
    _module("sides").ours("make_lines.py", again, "--lines", 3000)
    assert pl.read_parquet(again).equals(pl.read_parquet(lines))


def test_our_side_writes_an_answer_for_each_line_and_counts_its_findings(lines, tmp_path):
    said = _module("sides").ours("deciding.py", lines, "--out", tmp_path, "--runs", 1)
    answers, findings = pl.read_parquet(tmp_path / "answers.parquet"), pl.read_parquet(tmp_path / "findings.parquet")
    assert answers.height == said["lines"] == 3000
    assert answers["coded_outcome"].null_count() == 0
    assert findings.height >= sum(said["findings"].values()) > 0
    assert sum(said["by_program"].values()) == said["combinations"]


def test_the_query_s_tables_say_of_pairs_and_limits_what_ours_say():
    """The peer works out by itself which edit speaks on which day; here against the look-ups of the engine."""
    tables = _module("tables", BENCHMARKS / "peers" / "duckdb")
    folder = ROOT / "src" / "claimwright" / "reference" / "releases"
    shipped = releases.load()
    columns = ["form", "column1", "column2", "from", "to", "indicator", "release", "last"]
    edits = pl.DataFrame(tables.edits(folder), schema=columns, orient="row")
    for end in ("from", "to"):
        asked = edits.select("form", "column1", "column2", day=end)
        said = pairs.look_up(asked, shipped)
        assert (said["status"] == "hit").all()
        assert said["indicator"].to_list() == edits["indicator"].to_list()
        assert said["release"].to_list() == edits["release"].to_list()
    columns = ["form", "code", "from", "to", "value", "indicator", "release", "last"]
    limits = pl.DataFrame(tables.limits(folder), schema=columns, orient="row")
    for end in ("from", "to"):
        said = mue.look_up(limits.select("form", procedure="code", day=end), shipped)
        assert said["value"].to_list() == limits["value"].to_list()
        assert said["release"].to_list() == limits["release"].to_list()


def _rarer(lines):
    """The same lines, with more of what is rare: infrared, notices, chiropractors, early days, nobody's claims."""
    rng = np.random.default_rng(2706)
    claims = lines["claim_index"].max() + 1

    def replaced(name, values, share, *, by_claim=False):
        size = claims if by_claim else lines.height
        drawn = pl.Series(rng.choice(np.array(values, dtype=object), size).tolist(), dtype=pl.String)
        where = pl.Series(rng.random(size) < share)
        of = lines["claim_index"] if by_claim else pl.Series(range(size))
        return lines[name].zip_with(~where[of], drawn[of]).alias(name)

    def emptied(name, share):
        return lines[name].set(pl.Series(rng.random(claims) < share)[lines["claim_index"]], None)

    earlier = pl.Series(rng.choice([0, 0, 1000, 2500, 4000, 5500, 7000], claims))[lines["claim_index"]]
    notices = ("GA", "GX", "GY", "GZ", "59", "KX", "CQ", "GL")
    named = ("E1142", "L97509", "3572", "G629", "M5450")
    first = replaced("dx_1", named, 0.6, by_claim=True)
    turned = lines.with_columns(
        replaced("procedure", ("97026", "97026", "97026", "97018", "E0221"), 0.5),
        replaced("modifier_2", notices, 0.4),
        replaced("modifier_3", notices, 0.15),
        replaced("rendering_taxonomy", ("111N00000X",), 0.2, by_claim=True),
        first,
        emptied("patient", 0.1),
        emptied("provider", 0.1),
        emptied("pointed_2", 0.5),
        pointed_1=pl.when(pl.col("pointed_1").is_not_null()).then(first),
        service_from=(pl.col("service_from").cast(pl.Int32) - earlier).cast(pl.Int32).cast(pl.Date),
    )
    return turned.with_columns(
        service_to=pl.col("service_from"),
        pointed_3=pl.when(pl.col("pointed_2").is_not_null()).then("pointed_3"),
        pointed_4=pl.when(pl.col("pointed_2").is_not_null()).then("pointed_4"),
    )


@pytest.mark.nightly  # makes the peer's environment
@pytest.mark.skipif(_module("sides").uv() is None, reason="uv makes the peer's environment, and is not here")
@pytest.mark.parametrize("turned", [None, _rarer])
def test_the_query_finds_what_we_find(lines, tmp_path, turned):
    sides = _module("sides")
    made = tmp_path / "made.parquet"
    frame = pl.read_parquet(lines)
    (turned(frame) if turned else frame).write_parquet(made)
    arguments = ("--reference", ROOT / "src/claimwright/reference", "--policies", ROOT / "policies", "--runs", 1)
    theirs = sides.peer("duckdb", "decide.py", made, "--out", tmp_path / "theirs", *arguments)
    ours = sides.ours("deciding.py", made, "--out", tmp_path / "ours", "--runs", 1)
    assert theirs["findings"] == ours["findings"]
    assert turned is None or {f"MEDICARE-WHICH-NOTICE {n}" for n in ("GY.NAMED", "GX.NAMED")} <= ours["findings"].keys()
    # and line by line; withdrawn claims and lines without a day have an answer of ours, and no row of theirs
    said = [pl.read_parquet(tmp_path / side / "findings.parquet") for side in ("ours", "theirs")]
    with_day = pl.read_parquet(made).filter(pl.col("service_from").is_not_null())
    coded = said[0].filter(pl.col("views") != "documented").join(with_day, on=["claim_index", "line"], how="semi")
    query = said[1]
    assert _texts(coded, *FINDING).equals(_texts(query, *FINDING))
    renamed = {name: name.removeprefix("coded_") for name in ANSWER if name.startswith("coded_")}
    answers = pl.read_parquet(tmp_path / "ours" / "answers.parquet").select(ANSWER).rename(renamed)
    query = pl.read_parquet(tmp_path / "theirs" / "answers.parquet")
    assert query.height > 0
    answers = answers.join(query, on=["claim_index", "line"], how="semi")
    assert _texts(answers, *answers.columns).equals(_texts(query, *answers.columns))


FINDING = ("claim_index", "line", "finding", "clause", "severity", "likelihood", "release", "partner_line")
ANSWER = (
    "claim_index", "line", "coded_outcome", "coded_likelihood", "coded_clause", "coded_liability", "coded_predicted",
)  # fmt: skip


def _texts(frame, *names):
    return frame.select(pl.col(name).cast(pl.String) for name in names).sort(names, nulls_last=False)


def test_differences_are_named():
    run = _module("run")
    assert run.agreement({"A": 1}, {"A": 1}) == [
        "the query finds the same as claimwright: 1 coded findings of 1 clauses"
    ]
    assert run.agreement({"A": 1}, {"A": 2, "B": 1}) == [
        "the query finds something else than claimwright: A: 1 against 2; B: 0 against 1"
    ]


def test_a_side_that_cannot_run_is_named_and_not_hidden():
    run, sides = sys.modules.get("run") or _module("run"), sys.modules["sides"]
    results = sys.modules["results"].Results({"cores": 2})
    with run.skipping(results, "somebody"):
        raise sides.SkippedError("its environment cannot be made: no network")
    assert "skipped: somebody: its environment cannot be made: no network" in results.markdown()


def test_the_published_table_stands_between_its_marks(tmp_path):
    results = _module("results")
    page = tmp_path / "page.md"
    page.write_text(f"before\n\n{results.BEGIN}\nold\n{results.END}\n\nafter\n")
    made = results.Results({"cores": 2})
    made.figures.append(results.Figure("reading", "floor", 200_000.0, "claims/s", 0.25, 20.0, "nothing kept"))
    made.publish(page)
    text = page.read_text()
    assert text.startswith("before")
    assert text.endswith("after\n")
    assert "| reading | floor | 200,000 claims/s | 0.25× | 20 MB | nothing kept |" in text
    assert "old" not in text
