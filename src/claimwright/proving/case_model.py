"""What a file of worked cases may say: its keys, and how an expectation is written.

Fields of the claim itself are those of `lines.case`; here only their names are known, for a case may be wrong on
purpose and is judged when it is run.
"""

from __future__ import annotations

from types import GenericAlias
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model

from claimwright.lines.case import Case, Line, Patient, Payer, Provider
from claimwright.proving.case_expect import Expect
from claimwright.proving.case_words import Short, Texts

Name = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._ -]*$", max_length=60)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PairRow(_Strict):
    """One invented edit: while it is in force, column 2 is not paid beside column 1."""

    column1: Any
    column2: Any
    indicator: Any = Field(description="0: no modifier lifts the edit; 1: one may; 9: it never was")
    first: Any = Field(default=None, alias="from", description="First day in force; empty: always was.")
    last: Any = Field(default=None, alias="to", description="Last day in force; empty: still is.")


class MueRow(_Strict):
    """The most units of one code, invented."""

    code: Any
    value: Any
    indicator: Any = Field(description="1: counted by line; 2: by day, a policy; 3: by day, a clinical benchmark")


class _Table(Short):
    use: Literal["rows", "shipped", "none"] = Field(
        default="rows", description="The rows below, the tables that come with the program, or no table at all."
    )
    covers: str | None = Field(default=None, description="The days the rows speak for: 2026-01-01 .. 2026-03-31")

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        return {"use": text}


class PairTable(_Table):
    """Edits of pairs of codes: a list of rows, `shipped`, or `none`."""

    rows: tuple[PairRow, ...] = ()


class MueTable(_Table):
    """Limits of units: a list of rows, `shipped`, or `none`."""

    rows: tuple[MueRow, ...] = ()


class Tables(_Strict):
    """The tables the cases stand on. Rows written here replace the shipped table; they never join it."""

    pairs: PairTable | None = None
    mue: MueTable | None = None


def _partly(model: type[BaseModel], **nested: Any) -> dict[str, Any]:
    """The fields of a model of the claim, each of which may be left out."""
    return {
        name: (Annotated[nested.get(name, Any), Field(alias=field.alias)], None)
        for name, field in model.model_fields.items()
    }


def _whatever(model: type[BaseModel]) -> Any:
    """A part of the claim whose keys are known here and whose values are not."""
    name = f"{model.__name__}Fields"
    return create_model(name, __base__=_Strict, __doc__=model.__doc__, **_partly(model)) | None


class _Beside(_Strict):
    says: Sentence | None = Field(default=None, description="One sentence: what is special here.")
    like: Name | None = Field(default=None, description="The base, or an earlier case, whose fields these go over.")
    as_of: Any = Field(default=None, alias="as of", description="The day on which the payer receives the claim.")
    tables: Tables | None = None
    site: dict[str, Any] | None = Field(default=None, description="Settings of the practice, as in a site file.")
    history: tuple[dict[str, Any], ...] | None = Field(default=None, description="Earlier visits.")
    plans: tuple[dict[str, Any], ...] | None = Field(default=None, description="Members' plans.")
    authorizations: tuple[dict[str, Any], ...] | None = None
    plans_of_care: tuple[dict[str, Any], ...] | None = Field(default=None, alias="plans of care")
    notes: tuple[dict[str, Any], ...] | None = Field(default=None, description="Notes of the visits, each a text.")


_claim: Any = _partly(
    Case,
    patient=_whatever(Patient),
    provider=_whatever(Provider),
    payer=_whatever(Payer),
    lines=GenericAlias(tuple, (_whatever(Line), ...)) | None,
    facts=dict[str, Any] | None,
)
Base: Any = create_model("Base", __base__=_Beside, __doc__="A named claim that cases are like.", **_claim)


class WrittenCase(Base):  # type: ignore[misc] # a model made from the claim's own
    """One case: what differs from the base it is like, and what must come out."""

    id: Name
    says: Sentence = Field(description="One sentence: what is special here.")
    proves: Texts = Field(default=(), description="Ids of statements.csv that hold because the case comes out.")
    text: str | None = Field(default=None, description="The case as raw JSON, instead of fields.")
    expect: Expect


class CaseFile(_Strict):
    """Worked cases: claims with what is known beyond them, and what must come out."""

    says: Sentence | None = Field(default=None, description="One sentence on what these cases have in common.")
    include: Texts = Field(default=(), description="Files beside this one whose tables and bases are taken over.")
    tables: Tables | None = None
    as_of: Any = Field(default=None, alias="as of")
    bases: dict[str, Annotated[Base, BeforeValidator(lambda value: {} if value is None else value)]] = Field(
        default_factory=dict
    )
    cases: tuple[WrittenCase, ...] = ()
