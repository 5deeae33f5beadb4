"""The flat tables say what the combinations and findings they are made of say."""

import polars as pl
import pytest

from claimwright.determine import frames
from claimwright.determine.engine import Engine
from claimwright.formats.x12 import read
from claimwright.lines.answers import View
from claimwright.policies import shipped
from claimwright.reference import releases


@pytest.fixture(scope="module")
def determined(request):
    week = request.config.rootpath / "examples" / "clinic-week.837"
    lines = pl.concat([batch.lines for batch in read(week)])
    return Engine(shipped.load(), releases.load()).determine(lines)


def test_every_line_has_its_answer_in_both_views(determined):
    table = frames.answers(determined)
    assert table.height == determined.lines.height
    for row in range(0, table.height, 37):
        combination = determined.combinations[determined.combination[row]]
        cells = table.row(row, named=True)
        for view, decision in ((View.CODED, combination.coded), (View.DOCUMENTED, combination.documented)):
            answer = decision.answer
            assert cells[f"{view.value}_outcome"] == answer.outcome
            assert cells[f"{view.value}_finality"] == answer.finality
            assert cells[f"{view.value}_likelihood"] == answer.likelihood
            assert cells[f"{view.value}_liability"] == answer.liability
            assert (cells[f"{view.value}_reachable"] or "").split("|") == [*answer.reachable]
            assert (cells[f"{view.value}_clause"] or "") == "|".join(answer.clause)


def test_every_finding_has_its_row(determined):
    table = frames.findings(determined)
    told = determined.findings
    assert table.height == told.height
    named = [determined.plan.clauses[clause].clause for clause in told["clause"]]
    assert table["finding"].to_list() == [clause.finding for clause in named]
    assert table["severity"].to_list() == [clause.severity for clause in named]
    assert table["claim_index"].to_list() == determined.lines["claim_index"].gather(told["row"]).to_list()


def test_what_stands_on_an_aged_table_is_at_most_likely(determined):
    table = frames.findings(determined)
    aged = table.filter(pl.col("aged"))
    assert aged.height
    assert "certain" not in aged["likelihood"].to_list()


def test_a_partner_is_named_by_its_line(determined):
    table = frames.findings(determined).filter(pl.col("finding") == "CLM-NCCI")
    assert table.height
    assert table["partner_line"].null_count() == 0
