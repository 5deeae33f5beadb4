"""One line's whole answer: the decision, its findings, the sentences behind them, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from claimwright.determine import stated as stating
from claimwright.determine.atoms import Rows, stem
from claimwright.determine.citing import citation
from claimwright.determine.collect import BIT
from claimwright.determine.combine import Combination
from claimwright.determine.facts import unit_rules
from claimwright.determine.looked_at import looked_at, not_looked_at
from claimwright.determine.marks import GEM_SAYS, through_gem
from claimwright.determine.money_steps import money_of
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.raised import raised
from claimwright.determine.run import Determined
from claimwright.determine.stated import NOTHING
from claimwright.determine.trees import Leaf, Tree, leaves
from claimwright.determine.truth import FALSE, TRUE, Truth
from claimwright.determine.wording import Scene, dotted, filled, number
from claimwright.lines.answers import (
    COVERING,
    DENIALS,
    Channel,
    Check,
    Citation,
    Finding,
    Likelihood,
    LineAnswer,
    LineRef,
    Outcome,
    Predicted,
    Setting,
    View,
)
from claimwright.lines.schema import modifier_columns, pointed_columns
from claimwright.reference.remedy import remedy, silence

DEFENSIBLE = "denied though defensible"
INDEFENSIBLE = "paid though indefensible"
# what `line_ref`, the unit rules of a site and what was not looked at read of a line
_NAMED = frozenset(
    {
        *("file", "claim", "claim_index", "line", "at_line", "procedure", "modifier", "units", "unstated", "charge"),
        *("pointed", "dx", "dx_system", "service_from", "payer", "payer_name", "program", "form"),
    }
)


@dataclass(frozen=True)
class _Told:
    """One row of the findings frame."""

    ready: Ready
    views: int
    missing: str | None
    conflict: str | None
    unknown: bool
    partner: int | None
    aged: bool
    age_days: int | None
    release: str | None


def explain(determined: Determined, rows: Sequence[int] | None = None) -> Iterator[LineAnswer]:
    """The answers of some lines (all, by default), in the order given."""
    wanted = np.arange(determined.lines.height) if rows is None else np.asarray(list(rows), dtype=np.int64)
    told = _told(determined, wanted)
    explainer = _Explainer(determined, wanted)
    for place, row in enumerate(wanted):
        yield explainer.answer(place, int(row), told.get(int(row), []))


def _told(determined: Determined, wanted: np.ndarray[Any, np.dtype[np.int64]]) -> dict[int, list[_Told]]:
    frame = determined.findings
    if wanted.size < determined.lines.height:
        frame = frame.filter(pl.col("row").is_in(wanted.tolist()).fill_null(False))
    by_row: dict[int, list[_Told]] = {}
    for row, clause, *rest in frame.iter_rows():
        by_row.setdefault(row, []).append(_Told(determined.plan.clauses[clause], *rest))
    for told in by_row.values():
        told.sort(key=_place)  # the order of the frame depends on what else was determined
    return by_row


def _place(told: _Told) -> tuple[int, str, str, int]:
    return told.ready.number, told.missing or "", told.conflict or "", told.partner or 0


def _so(says: str) -> str:
    """What a yes says of a fact: `the note is signed`, of `whether the note is signed`."""
    return says.removeprefix("whether ")


class _Explainer:
    """Columns gathered once for the lines to explain; then one answer after the other."""

    def __init__(self, determined: Determined, wanted: np.ndarray[Any, np.dtype[np.int64]]) -> None:
        self.determined, self.plan = determined, determined.plan
        self.position = np.full(determined.lines.height, -1, dtype=np.int64)
        self.position[determined.rows] = np.arange(determined.rows.size)
        live = self.position[wanted]
        facts = determined.facts.gather(np.maximum(live, 0)) if determined.facts.width else pl.DataFrame()
        lines = determined.lines.gather(wanted)
        self.frame = lines.with_columns(facts.get_columns())
        self.records = self.frame.select(_columns(self.frame, self.plan)).to_dicts()
        self.parts = determined.money.frame.gather(wanted).iter_rows(named=True)
        self.partners: dict[int, dict[str, Any]] = {}
        self.stated = [determined.stated[int(determined.stated_of[at])] if at >= 0 else NOTHING for at in live]
        days = lines["service_from"].to_physical().fill_null(0).to_numpy().astype(np.int32)
        self.rows = Rows(self.plan, self.frame, days, self._stated_leaf)
        self.remedies: dict[tuple[str, str, date], str] = {}

    def _stated_leaf(self, leaf: Leaf) -> Truth:
        fact = self.plan.fact(leaf)
        return np.array([stating.leaf_truth(leaf, fact, stated) for stated in self.stated], dtype=np.uint8)

    def answer(self, place: int, row: int, told: list[_Told]) -> LineAnswer:
        record = self.records[place]
        combination = self.determined.combinations[int(self.determined.combination[row])]
        findings = [self._finding(one, place, combination) for one in told]
        findings.sort(key=lambda finding: (finding.severity.order, finding.channel is not Channel.COVERAGE, finding.id))
        decided = [self._citation(ready, record) for ready in combination.deciding]
        cited = dict.fromkeys([*decided, *(finding.citation for finding in findings)])
        checks = self._checks(row, place, combination)
        part = next(self.parts)  # lines are answered in the order in which they were gathered
        return LineAnswer(
            line=line_ref(record),
            coded=combination.coded.answer,
            documented=combination.documented.answer,
            difference=difference(combination),
            findings=tuple(findings),
            checks=checks,
            looked_at=looked_at(record, self.plan, self.stated[place].sources),
            not_looked_at=not_looked_at(record, checks),
            would_change=self._would_change(findings, combination, place),
            citations=tuple(cited),
            basis=self._basis(combination, told, part),
            settings=self._settings(record, row, [*combination.deciding, *(one.ready for one in told)]),
            money=money_of(self.determined.money, part),
            evidence=self.determined.noted.evidence(row, record["procedure"] or ""),
        )

    def _settings(self, record: dict[str, Any], row: int, clauses: list[Ready]) -> tuple[Setting, ...]:
        """The dated numbers that these clauses name or that the line was looked up by, as they stood on the day, and
        the payer's own unit rule.
        """
        day = record["service_from"]
        named = [name for ready in clauses for name in ready.named_numbers]
        looked_up = [name for name, flags in self.determined.stood_on.items() if flags[row]]
        names = dict.fromkeys([*named, *looked_up])
        numbers = [found for name in names if day and (found := self.plan.numbers.row(name, day))]
        library = self.plan.library
        own = unit_rules.named(record, library.unit_rules, library.shared_codes) if library.unit_rules else None
        counted = (Setting("unit rule", own.rule, f"site: {own.source}"),) if own else ()
        return (
            *(Setting(one.name, f"{number(one.value)} {one.unit}".strip(), one.source) for one in numbers),
            *counted,
        )

    def _finding(self, told: _Told, place: int, combination: Combination) -> Finding:
        ready, clause = told.ready, told.ready.clause
        record = self.records[place]
        if told.missing is not None:
            return self._missing(told, place)
        if told.conflict is not None:
            return self._conflict(told, place)
        partner = self._partner(told)
        scene = Scene(record, self.stated[place], partner)
        because, witness = filled(clause.because, ready, self.plan, scene)
        likelihood, predicted = self._expected(told, place, combination)
        mapped = through_gem(ready, self.plan)
        if mapped:
            because += f"; {GEM_SAYS}"
        if told.aged:
            because += f", by a table that ended {told.age_days} days before"
        if told.release:
            witness = (*witness, ("table", told.release))
        return Finding(
            id=clause.finding,
            channel=clause.channel,
            severity=clause.severity,
            views=tuple(view for view in View if told.views & BIT[view]),
            clause=clause.name,
            because=because,
            witness=witness,
            likelihood=likelihood,
            predicted=predicted,
            would_change=filled(clause.would_change, ready, self.plan, scene)[0],
            citation=self._citation(ready, record),
            unknown_only=told.unknown,
            derived=mapped,
        )

    def _missing(self, told: _Told, place: int) -> Finding:
        """A need that is not met: its own documentation finding, with its own ask."""
        fact = self.plan.library.asked(str(told.missing))
        state = "not seen" if told.unknown else "missing"
        named = raised(self.plan, told.ready.number, told.missing, None)
        return Finding(
            id=named.id,
            channel=named.channel,
            severity=named.severity,
            views=(View.DOCUMENTED,),
            clause=told.ready.clause.name,
            because=f"{state}, and a line that is covered stands on it: that {_so(fact.says)}",
            witness=((fact.name, "unknown" if told.unknown else "absent"),),
            likelihood=Likelihood.LIKELY,
            predicted=(),
            would_change=fact.ask,
            citation=self._citation(told.ready, self.records[place]),
            unknown_only=told.unknown,
        )

    def _conflict(self, told: _Told, place: int) -> Finding:
        """Sources that disagree: the fact counts as unknown until somebody settles it."""
        fact = self.plan.library.facts[str(told.conflict)]
        named = raised(self.plan, told.ready.number, None, fact.name)
        sources = [source for name, source in self.stated[place].sources if name == fact.name]
        return Finding(
            id=named.id,
            channel=named.channel,
            severity=named.severity,
            views=(View.DOCUMENTED,),
            clause=told.ready.clause.name,
            because=f"two sources disagree about {fact.name} ({fact.says}), so it counts as unknown",
            witness=(
                (fact.name, "disputed between " + " and ".join(dict.fromkeys([*sources, "the files given"][:2]))),
            ),
            likelihood=Likelihood.LIKELY,
            predicted=(),
            would_change=fact.ask,
            citation=self._citation(told.ready, self.records[place]),
        )

    def _partner(self, told: _Told) -> dict[str, Any] | None:
        if told.partner is None:
            return None
        if told.partner not in self.partners:
            self.partners[told.partner] = self.determined.lines.row(told.partner, named=True)
        return self.partners[told.partner]

    def _expected(self, told: _Told, place: int, combination: Combination) -> tuple[Likelihood, tuple[Predicted, ...]]:
        """How likely, and which codes: those of the view the clause decides, where it does."""
        ready, clause = told.ready, told.ready.clause
        for view, decision in zip(View, (combination.coded, combination.documented), strict=True):
            deciding = told.views & BIT[view] and clause.name in decision.answer.clause
            if deciding and decision.answer.likelihood is not None:
                return decision.answer.likelihood, decision.answer.predicted
        likelihood = clause.likelihood
        if told.aged or ready.policy.unverified:
            likelihood = likelihood.at_most(Likelihood.LIKELY)
        return likelihood, self._predicted(ready, place, likelihood)

    def _predicted(self, ready: Ready, place: int, likelihood: Likelihood) -> tuple[Predicted, ...]:
        codes = ready.clause.codes
        if codes is None or ready.clause.then in COVERING:
            return ()
        group = None
        for name, tree in ready.liability:
            value = TRUE if tree is None else int(self.rows.tree(tree)[place])
            if value != FALSE:
                group = name if value == TRUE else None
                break
        return (Predicted(codes.carc, codes.rarc, group, likelihood, ready.clause.finding, codes.alternatives),)

    def _citation(self, ready: Ready, record: dict[str, Any]) -> Citation:
        return citation(self.plan, ready, str(record["service_from"] or ""))

    def _checks(self, row: int, place: int, combination: Combination) -> tuple[Check, ...]:
        found = list(combination.station.looks)
        for at, (spec, speaks, _) in enumerate(combination.station.checks):
            if not (spec.table and speaks):
                continue
            silent = self.determined.silent.get(spec.table, self.determined.unfilled.get(spec.table))
            if silent is not None and silent[row]:
                help_ = self._remedy(spec.table, self.records[place])
                found[at] = Check(spec.name, False, f"{silence(spec.table)} on this day", help_)
        seen = self.stated[place].of_the_record
        found.append(Check("documentation", seen, "" if seen else stating.NOT_SEEN))
        return tuple(found)

    def _remedy(self, table: str, record: dict[str, Any]) -> str:
        """What to import for the day of a line."""
        day, form = record["service_from"], record["form"]
        if day is None or form is None:
            return ""
        key = (table, form, day)
        if key not in self.remedies:
            self.remedies[key] = remedy(self.determined.releases, table, form, {day: 1})
        return self.remedies[key]

    def _would_change(self, findings: list[Finding], combination: Combination, place: int) -> tuple[str, ...]:
        """What the clauses say would change the answer, and what would move liability."""
        said = dict.fromkeys(finding.would_change for finding in findings if finding.would_change)
        for ready in combination.deciding[:1]:
            settled = combination.coded.answer.liability or combination.documented.answer.liability
            for (key, group), (_, tree) in zip(ready.clause.liability, ready.liability, strict=True):
                if key != "otherwise" and group != settled and not self._elsewhere(tree, place):
                    derived = self.plan.library.derived.get(key)
                    case = f"if {_so(derived.says)}" if derived else f"with {key}"
                    said[f"{case}, the group would be {group}"] = None
        return tuple(said)

    def _elsewhere(self, tree: Tree | None, place: int) -> bool:
        """Whether it can only be so in another line of business, which nothing on the line will change."""
        return tree is not None and any(
            self.plan.fact(leaf).column == "program" and self.rows.leaf(leaf)[place] == FALSE for leaf in leaves(tree)
        )

    def _basis(self, combination: Combination, told: list[_Told], part: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        known = self.plan.basis
        used = self.determined.releases.basis(one.release for one in told if one.release)
        basis = {name: known[name] for name in combination.station.rests_on if name in known}
        return tuple(sorted({**basis, **used, **self.determined.money.basis_of(part)}.items()))


def _columns(frame: pl.DataFrame, plan: Plan) -> list[str]:
    """The columns that a sentence or an answer may name; of lists only the places that are filled on some line."""
    named = {*_NAMED, *(fact.column for fact in plan.library.facts.values())}
    return [
        name
        for name in frame.columns
        if name in named or (stem(name) in named and frame[name].null_count() < frame.height)
    ]


def difference(combination: Combination) -> str | None:
    """Where the views part: denied though the record defends it, or paid though the record, known, does not."""
    coded, record = combination.coded.answer.outcome, combination.documented.answer
    documented = record.outcome
    if coded in DENIALS and documented in COVERING - {Outcome.NEEDS_DOCUMENTATION}:
        return DEFENSIBLE
    if coded is Outcome.NOTHING_MET and documented in DENIALS and set(record.reachable) <= DENIALS:
        return INDEFENSIBLE
    return None


def line_ref(record: dict[str, Any]) -> LineRef:
    """Which line this is, without a name or a member id."""
    return LineRef(
        file=record["file"] or "",
        claim=record["claim"] or f"#{record['claim_index']}",
        line=record["line"],
        segment=record["at_line"],
        procedure=record["procedure"] or "",
        modifiers=tuple(code for name in modifier_columns if (code := record.get(name))),
        units=number(record["units"]) if record["units"] is not None else "",
        service=str(record["service_from"] or ""),
        points_to=tuple(
            dotted(code, "pointed", record["dx_system"]) for name in pointed_columns if (code := record.get(name))
        ),
        payer=record["payer"] or record["payer_name"] or "",
        program=record["program"] or "",
        charge=str(record["charge"] or ""),
    )
