"""What a case expects of its answer: the vocabulary, as records that know how to be written short."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from claimwright.lines.answers import Channel, Finality, Likelihood, Outcome, Severity, View
from claimwright.lines.case_values import MistakeError
from claimwright.proving.case_words import (
    AFinality,
    ALikelihood,
    ASeverity,
    AView,
    Codes,
    Outcomes,
    Short,
    Silences,
    Texts,
    is_code,
    listed,
    outcome,
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Reachable(Short):
    """Outcomes that can still come about; one text or a list says `contains`."""

    contains: Outcomes | None = None
    exactly: Outcomes | None = None
    without: Outcomes | None = None
    rows: Outcomes | None = Field(default=None, exclude=True)

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        return {"contains": text}

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.rows is None and self.contains is None and self.exactly is None and self.without is None:
            raise MistakeError("nothing is said of what is reachable", "write contains, exactly or without")
        return self

    @property
    def all_of(self) -> tuple[Outcome, ...]:
        return (*(self.contains or ()), *(self.rows or ()))


class ViewExpect(Short):
    """One view. Short: an outcome, then in any order a finality, a likelihood and a code, between commas."""

    outcome: Outcomes | None = Field(default=None, description="The outcome; of a list, any one.")
    finality: AFinality | None = None
    likelihood: ALikelihood | None = None
    predicted: Codes | None = Field(default=None, description="Denial codes that are predicted, like CO-50 N386; none.")
    alternatives: Codes | None = Field(default=None, description="Codes that may come instead; none.")
    liability: str | None = Field(default=None, description="CO, PR, OA, PI, or none when it is not decided.")
    reachable: Reachable | None = None
    leaning: str | None = Field(default=None, description="The outcome it leans to, and how likely; none.")
    silences: Silences | None = Field(default=None, description="Silences that are named; none when there is none.")
    next_question: Texts | None = Field(
        default=None, alias="next question", description="The fact asked for next; of a list, any one; none."
    )
    never_asks: Texts | None = Field(
        default=None, alias="never asks", description="Facts that are never asked for, whatever is answered."
    )
    conditions: Texts | None = Field(
        default=None, description="Words of what a covering outcome stands on; none when it stands on nothing."
    )
    depends_on: Texts | None = Field(
        default=None, alias="depends on", description="Unknown facts the outcome stands or falls with."
    )

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        first, *others = (part.strip() for part in text.split(","))
        said: dict[str, Any] = {"outcome": (outcome(first),)}
        for part in others:
            if part in set(Finality):
                said["finality"] = part
            elif part in set(Likelihood):
                said["likelihood"] = part
            elif is_code(part):
                said["predicted"] = part
            else:
                raise MistakeError(
                    f"{part!r} is no finality, likelihood or code",
                    "write it like: nationally noncovered, final, certain",
                )
        return said


class Wanted(Short):
    """A finding. Short: its id, and severity, channel or view; a severity alone stands for any finding that has it."""

    id: str | None = None
    severity: ASeverity | None = None
    channel: Channel | None = None
    view: AView | None = None
    clause: str | None = Field(default=None, description="POLICY CLAUSE, or POLICY alone")
    predicted: Codes | None = None
    likelihood: ALikelihood | None = None
    says: Texts | None = Field(default=None, description="Texts that its reason or its advice holds.")

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for part in text.split():
            key = _KIND.get(part, "id")
            if key in said:
                raise MistakeError(f"{text!r} names two things as {key}", "write it like: CLM-UNITS BLOCK coded")
            said[key] = part
        return said

    def __str__(self) -> str:
        words = [
            self.id,
            self.severity,
            self.channel,
            self.view and f"as {self.view}",
            self.clause and f"by {self.clause}",
        ]
        words += [str(code) for code in self.predicted or ()]
        words += [self.likelihood, *(f"saying {text!r}" for text in self.says or ())]
        return " ".join(str(word) for word in words if word)


_KIND: dict[str, str] = {
    **dict.fromkeys(Severity, "severity"),
    **dict.fromkeys(Channel, "channel"),
    **dict.fromkeys(View, "view"),
}
Wanteds = Annotated[tuple[Wanted, ...], BeforeValidator(listed)]


class FindingsExpect(Short):
    """Findings on the line, or on its visit or claim; the finding of a silence counts as one. A list says `has`."""

    has: Wanteds | None = None
    has_not: Wanteds | None = Field(default=None, alias="has not")
    only: Texts | None = Field(default=None, description="The ids that are found, and no other; none.")
    rows: Wanteds | None = Field(default=None, exclude=True)

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        return {"only": text} if text == "none" else {"has": text}

    @property
    def all_of(self) -> tuple[Wanted, ...]:
        return (*(self.has or ()), *(self.rows or ()))


class Cited(Short):
    """A citation. Short: POLICY, or POLICY CLAUSE."""

    policy: str | None = None
    clause: str | None = None
    title: str | None = None
    says: Texts | None = Field(default=None, description="Texts that the sentence cited holds.")

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        policy, _, clause = text.partition(" ")
        return {"policy": policy, "clause": clause or None}

    def __str__(self) -> str:
        words = [
            self.policy,
            self.clause,
            self.title and f"“{self.title}”",
            *(f"saying {text!r}" for text in self.says or ()),
        ]
        return " ".join(word for word in words if word)


Citeds = Annotated[
    tuple[Cited, ...], BeforeValidator(lambda value: [value] if isinstance(value, (str, dict)) else value)
]


class LineExpect(_Strict):
    """What must come out for one line."""

    coded: ViewExpect | None = Field(default=None, description="As coded: what the claim alone will meet.")
    documented: ViewExpect | None = Field(default=None, description="As documented: what the record supports.")
    findings: FindingsExpect | None = None
    difference: str | None = Field(default=None, description="denied though defensible, paid though indefensible; none")
    to_fix: bool | None = Field(default=None, alias="to fix", description="Whether a known BLOCK or FIX stands.")
    not_run: Texts | None = Field(default=None, alias="not run", description="Checks that could not run; none.")
    cites: Citeds | None = None
    cites_not: Citeds | None = Field(default=None, alias="cites not")
    says: Texts | None = Field(default=None, description="Texts that must stand in the answer as it is shown.")
    says_never: Texts | None = Field(
        default=None, alias="says never", description="Texts that must stand in no face of the answer."
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise MistakeError("nothing is expected", "say what must come out; see docs/cases.md")
        return self


class Refusal(Short):
    """How the case is refused. Short: a text that the message or its advice holds."""

    id: str | None = None
    path: str | None = Field(default=None, description="Where: lines[0].units, or `row 2` of a table.")
    says: Texts | None = None

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        return {"says": text}

    def __str__(self) -> str:
        words = [self.id, self.path and f"at {self.path}", *(f"saying {text!r}" for text in self.says or ())]
        return "refused: " + (" ".join(word for word in words if word) or "for any reason")


class Expect(LineExpect):
    """What must come out for the case: of its first line, unless `lines` names another."""

    lines: dict[int, LineExpect] | None = Field(default=None, description="By line number, from 1.")
    anywhere: FindingsExpect | None = Field(default=None, description="Findings on any line of the claim.")
    error: Refusal | None = Field(default=None, description="The case cannot be read, and this is said.")
    problems: Texts | None = Field(default=None, description="Ids of what reading told without refusing; none.")

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.error is not None and self.model_fields_set != {"error"}:
            raise MistakeError("a case that is refused has no answer", "expect the error alone, or no error")
        return self
