"""The guided check: one question at a time about one line, with back and "I don't know", by the engine itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from claimwright.determine import any_day, any_payer, ask
from claimwright.determine.combine import Combination
from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.determine.run import Determined
from claimwright.determine.sides import NO_SIDES, Sides
from claimwright.lines.answers import LineAnswer, Question
from claimwright.lines.case import Case, Payer, lines_of
from claimwright.lines.schema import LINE_SCHEMA
from claimwright.policies.model import Fact


@dataclass(frozen=True)
class Step:
    """A question that was asked, the answer in words ("" for *I don't know*), and where the others would have led."""

    question: Question
    answer: str
    value: str | bool | float | Payer | None

    @property
    def led_to(self) -> tuple[str, ...]:
        return dict(self.question.answers).get(self.answer, ())

    @property
    def not_taken(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((label, outcomes) for label, outcomes in self.question.answers if label != self.answer)


@dataclass(frozen=True)
class Guide:
    """A case, whose first line is asked about, and the steps taken so far. Each step gives another guide."""

    engine: Engine
    case: Case
    steps: tuple[Step, ...] = ()
    sides: Sides = NO_SIDES

    @cached_property
    def determined(self) -> Determined:
        # one patient, whoever it is: the lines are of one visit, and the age is known only where it is told
        one = pl.col("patient").fill_null(pl.lit(1, dtype=LINE_SCHEMA["patient"]))
        return self.engine.determine(lines_of(self._told, file="question").with_columns(one), self.sides)

    @cached_property
    def answer(self) -> LineAnswer:
        return next(iter(explain(self.determined, [0])))

    @property
    def combination(self) -> Combination:
        return self.determined.combinations[int(self.determined.combination[0])]

    @cached_property
    def question(self) -> Question | None:
        """The next question, passing over what nobody here knows; None when nothing more would change the outcome."""
        skip = frozenset(step.question.fact for step in self.steps if step.value is None)
        if not skip and (self.combination.versions or self.combination.station.instead):
            return self.combination.documented.answer.next_question  # what is asked of everybody was worked out there
        if self.combination.versions:
            return any_day.next_question(self.combination, self.engine.combinations, skip)
        walks = self.engine.combinations.walks(self.combination)
        if self.combination.station.instead:
            return any_payer.next_question(walks, skip)
        return ask.next_question(walks[0], skip) if walks and len(walks[0].reach({})) > 1 else None

    @property
    def checklists(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The programs' checklists: title, then each point as yes, no or open, with the fact in words."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for docket, _ in self.engine.combinations.dockets(self.combination):
            for title, facts in docket.program.checklists:
                found.setdefault(title, tuple(self._point(name) for name in facts))
        return tuple(found.items())

    def _point(self, name: str) -> tuple[str, str]:
        """Whether a point of a checklist is met, as far as anything was said of it."""
        library = self.engine.library
        fact = library.fact(name)
        if fact is None:
            return "open", library.derived[name].says.removeprefix("whether ")
        said = next((step for step in reversed(self.steps) if step.question.fact == fact.name), None)
        stated = self.determined.stated[int(self.determined.stated_of[0])].single(fact.name)
        value = said.value if said is not None else stated
        words = fact.says.removeprefix("whether ")
        if value is None:
            return "open", words
        if isinstance(value, bool):
            return "yes" if value else "no", words
        return "told", f"{words}: {dict(fact.values).get(str(value), value)}"

    def answered(self, text: str) -> Guide:
        """After an answer: the number of one that is listed, its words or value, or "" for *I don't know*.

        Raises ValueError with what may be said.
        """
        assert self.question is not None
        if not text:
            return replace(self, steps=(*self.steps, Step(self.question, "", None)))
        return replace(self, steps=(*self.steps, self._step(self.question, text.strip())))

    def back(self) -> Guide:
        """Before the last answer."""
        return replace(self, steps=self.steps[:-1])

    def _step(self, question: Question, text: str) -> Step:
        labels = [label for label, _ in question.answers]
        fact = self.engine.library.facts.get(question.fact)
        measured = fact is not None and fact.type in {"number", "date"}
        if not measured and text.isdecimal() and 1 <= int(text) <= len(labels):
            label = labels[int(text) - 1]
            return Step(question, label, self.value_of(label, fact))
        if fact is not None and measured:
            return Step(question, text, _measure(text, fact))
        begin = (one for one in labels if one.lower().startswith(text.lower()))
        label = text if text in labels else next(begin, "")
        if not label:
            raise ValueError(
                f"{text!r} is none of the answers; type the number of one, ? if you don't know, b to go back"
            )
        return Step(question, label, self.value_of(label, fact))

    def value_of(self, label: str, fact: Fact | None) -> str | bool | Payer:
        """The value that an answer in words stands for."""
        if fact is None or fact.name == any_payer.PAYER:
            faced = (docket for docket, _ in self.engine.combinations.dockets(self.combination))
            chosen = next(docket for docket in faced if docket.called == label)
            return Payer(program=chosen.program.id, key=chosen.payer)
        if fact.type == "yes/no":
            return label == "yes"
        return next((name for name, words in fact.values if words == label), label)

    @property
    def _told(self) -> Case:
        """The case with what was answered."""
        facts = {
            step.question.fact: {"value": step.value, "source": "person"}
            for step in self.steps
            if step.value is not None and step.question.fact not in {any_payer.PAYER, any_day.DAY}
        }
        payers = [step.value for step in self.steps if isinstance(step.value, Payer)]
        payer = payers[-1] if payers else self.case.payer
        told = [step.value for step in self.steps if step.question.fact == any_day.DAY and step.value]
        lines = [line.model_copy(update={"service": told[-1]}) if told else line for line in self.case.lines]
        return self.case.model_copy(update={"facts": {**self.case.facts, **facts}, "payer": payer, "lines": lines})


def _measure(text: str, fact: Fact) -> str | float:
    try:
        return date.fromisoformat(text).isoformat() if fact.type == "date" else float(text.replace(",", "").strip("$"))
    except ValueError:
        wanted = "a day like 2026-03-10" if fact.type == "date" else f"a number of {fact.unit}"
        raise ValueError(f"{text!r}: write {wanted}, ? if you don't know, b to go back") from None
